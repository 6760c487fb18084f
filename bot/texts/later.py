"""What is said of links and topics that wait for the next episode, and of those in no file."""

TEXTS: dict[str, tuple[str, str]] = {
    "put-off": (
        "“{name}” waits for the next episode. To take that back: /undo.",
        "「{name}」を次の回に回しました。/undo で取り消せます。",
    ),
    "topic-put-off": (
        "The topic “{name}” waits for the next episode, with everything in it. To take that back: /undo.",
        "話題「{name}」を中身ごと次の回に回しました。/undo で取り消せます。",
    ),
    "no-such": (
        "No topic or link matches “{typed}”. See /outline for the numbers.",
        "「{typed}」に当てはまる話題やリンクがありません。番号は /outline で確認できます。",
    ),
    "nothing": (
        "Nothing waits for the next episode. To put something off: /later NUMBER.",
        "次の回に回したものはありません。回すには /later 番号。",
    ),
    "waiting": ("Waiting for the next episode:", "次の回に回したもの:"),
    "from": ("From episode {number}:", "第{number}回から:"),
    "topic": ("Topic “{topic}” ({count})", "話題「{topic}」（{count} 件）"),
    "outline": (
        "Waiting for the next episode: {count}. See /later.",
        "次の回に回したもの: {count} 件。/later で確認できます。",
    ),
}
