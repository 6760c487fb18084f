"""What stands on the outline's panel: short, as it is read on a phone."""

TEXTS: dict[str, tuple[str, str]] = {
    "up": ("Up", "上へ"),
    "down": ("Down", "下へ"),
    "rename": ("Rename", "名前を変える"),
    "note": ("Note", "メモ"),
    "remove": ("Remove", "外す"),
    "move-to": ("Move to …", "移動先…"),
    "to-front": ("To the front", "先頭へ"),
    "behind": ("Behind: {topic}", "「{topic}」の後へ"),
    "rename-topic": ("Rename the topic", "話題の名前を変える"),
    "rename-link": ("Rename the link", "リンクのタイトルを変える"),
    "add-topic": ("Add a topic", "話題を足す"),
    "add-note": ("Add a note", "メモを足す"),
    "name": ("Its name", "名前"),
    "title": ("Its title", "タイトル"),
    "note-text": ("The note", "メモの文"),
    "pick": ("Pick a topic or link to change it", "変えたい話題やリンクを選ぶ"),
    "page": ("Page {page} of {pages}", "{page} / {pages} ページ"),
    "draft": ("Draft", "原稿を書き込む"),
    "undo": ("Undo", "元に戻す"),
    "not-kept": (
        "Nothing of this message is in the draft; 📝 or 'Add to draft' keeps it",
        "このメッセージは原稿に入っていません。📝 か「原稿に入れる」で残せます",
    ),
    "gone": (
        "That is not there any more; the outline above is up to date.",
        "それはもうありません。上の一覧が最新です。",
    ),
    "posted": ("The outline is here: {link}", "一覧はこちらです: {link}"),
}
