"""What is said of earlier episodes: /find, and links that were there before."""

TEXTS: dict[str, tuple[str, str]] = {
    "draft": ("{episode} (draft)", "{episode}（下書き）"),
    "dated": ("{episode} ({date})", "{episode}（{date}）"),
    "none": (
        "Nothing found for “{words}”. Try fewer or shorter words.",
        "「{words}」は見つかりませんでした。語を減らすか、短くしてお試しください。",
    ),
    "more": (
        "There is more. Add a word to narrow it down.",
        "ほかにもあります。語を足すと絞り込めます。",
    ),
}
