"""What `rundown merge` says."""

TEXTS: dict[str, tuple[str, str]] = {
    "unread": ("{path} cannot be read: {cause}", "{path} を読めません: {cause}"),
    "not-text": (
        "{path} is not UTF-8 text, so it was not merged. Save it as UTF-8, then try again.",
        "{path} は UTF-8 のテキストではないため、マージしませんでした。UTF-8 で保存してからもう一度お試しください。",
    ),
    "disagree": (
        "Both sides changed this differently. Choose between the markers: {name}",
        "両方で異なる変更がありました。マーカーの間から選んでください: {name}",
    ),
}
