"""What is said of earlier episodes: /find, and links that were there before."""

TEXTS: dict[str, tuple[str, str]] = {
    "draft": ("{episode} (draft)", "{episode}（下書き）"),
    "dated": ("{episode} ({date})", "{episode}（{date}）"),
    "no-words": (
        "There is nothing to look for. Give one word or more.",
        "探す語がありません。1 つ以上の語を指定してください。",
    ),
    "type": ("Type words to look for", "探す語を入力"),
    "none": (
        "Nothing found for “{words}”. Try fewer or shorter words.",
        "「{words}」は見つかりませんでした。語を減らすか、短くしてお試しください。",
    ),
    "more": (
        "There is more. Add a word to narrow it down.",
        "ほかにもあります。語を足すと絞り込めます。",
    ),
    "reading": (
        "The site's episodes are still being read. There may be more in a moment.",
        "サイトの各回を読み込んでいます。少しあとで、もっと見つかるかもしれません。",
    ),
    # --- a link that an earlier episode had ---
    "in-one": ("in episode {number}", "第{number}回にもあり"),
    "in-many": ("in episode {number} and {others} more", "第{number}回ほか {others} 回にもあり"),
    "earlier": ("“{link}” was in:", "「{link}」は次の回にありました:"),
    "never": (
        "“{link}” was in no earlier episode.",
        "「{link}」は以前の回にはありません。",
    ),
}
