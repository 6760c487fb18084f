"""A message's own menu, at most 32 characters each."""

TEXTS: dict[str, tuple[str, str]] = {
    "keep": ("Add to draft", "原稿に入れる"),
    "leave-out": ("Leave out of draft", "原稿から外す"),
    "off-record": ("Off the record", "オフレコにする"),
    "move": ("Move to topic…", "話題へ移す…"),
    "note": ("Note…", "メモを付ける…"),
    "change": ("Change it…", "変更する…"),
}
