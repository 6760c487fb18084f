"""What stands on the outline's panel: short, as it is read on a phone."""

TEXTS: dict[str, tuple[str, str]] = {
    "up": ("Up", "上へ"),
    "down": ("Down", "下へ"),
    "rename": ("Rename", "名前を変更"),
    "note": ("Add note", "メモを追加"),
    "remove": ("Remove", "外す"),
    "later": ("Next episode", "次の回へ"),
    "move-to": ("Move to …", "移動先…"),
    "to-front": ("To the top", "先頭へ"),
    "behind": ("After {topic}", "「{topic}」の後へ"),
    "rename-topic": ("Rename topic", "話題の名前を変更"),
    "rename-link": ("Change link title", "リンクのタイトルを変更"),
    "add-topic": ("Add topic", "話題を追加"),
    "add-note": ("Add note", "メモを追加"),
    "name": ("Topic name", "話題の名前"),
    "title": ("Link title", "リンクのタイトル"),
    "note-text": ("Note", "メモ"),
    "pick": ("Choose a topic or link to edit", "編集する話題やリンクを選択"),
    "page": ("Page {page} of {pages}", "{page} / {pages} ページ"),
    "draft": ("Commit draft", "原稿をコミット"),
    "undo": ("Undo", "取り消す"),
    "not-kept": (
        "Nothing of this message is in the draft; 📝 or 'Add to draft' keeps it",
        "このメッセージは原稿に入っていません。📝 か「原稿に入れる」で残せます",
    ),
    "gone": (
        "That is no longer there. The outline above is up to date.",
        "対象が見つかりません。上の一覧が最新です。",
    ),
    "posted": ("The outline is here: {link}", "一覧はこちらです: {link}"),
}
