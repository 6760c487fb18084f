"""A message's own menu, at most 32 characters each, and what it did."""

TEXTS: dict[str, tuple[str, str]] = {
    "keep": ("Add to draft", "原稿に入れる"),
    "leave-out": ("Leave out of draft", "原稿から外す"),
    "off-record": ("Off the record", "オフレコにする"),
    "move": ("Move to topic…", "話題へ移す…"),
    "note": ("Note…", "メモを付ける…"),
    "change": ("Change it…", "変更する…"),
    # what they did
    "did-keep-on": (
        "Added to the draft. The same menu takes it out.",
        "原稿に入れました。同じメニューで取り消せます。",
    ),
    "did-keep-off": ("It is no longer in the draft.", "原稿から外しました。"),
    "did-keep-off-kept": (
        "Undone. Its links and bullets are still in the draft.",
        "取り消しました。リンクと箇条書きは原稿に残っています。",
    ),
    "did-leave-out-on": (
        "Left out of the draft. The same menu brings it back.",
        "原稿から外しました。同じメニューで戻せます。",
    ),
    "did-leave-out-off": (
        "No longer left out. It has no link or bullet to add.",
        "除外をやめました。原稿に入るリンクや箇条書きはありません。",
    ),
    "did-leave-out-off-kept": ("It is back in the draft.", "原稿に戻しました。"),
    "did-off-record-on": (
        "Off the record: it will not be read again.",
        "オフレコにしました。このメッセージはもう読みません。",
    ),
    "did-off-record-off": (
        "Back on the record. It has no link or bullet to add.",
        "オフレコを解除しました。原稿に入るリンクや箇条書きはありません。",
    ),
    "did-off-record-off-kept": (
        "Back on the record and in the draft.",
        "オフレコを解除し、原稿に戻しました。",
    ),
}
