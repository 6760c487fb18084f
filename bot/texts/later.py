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
    "in-no-file-one": (
        "1 thing kept for episode {number} is in no file:",
        "第{number}回で残したもののうち、どのファイルにもないもの:",
    ),
    "in-no-file-many": (
        "{count} things kept for episode {number} are in no file:",
        "第{number}回で残したもののうち、どのファイルにもないもの（{count} 件）:",
    ),
    "words-of": ("“{name}”: {words}", "「{name}」: {words}"),
    "in-no-file-how": (
        "To put them off until the next episode: /later late. To leave them out: /later leave.",
        "次の回に回すには /later late、このままにするには /later leave。",
    ),
    "in-file-still": (
        "Put off until the next episode, but the file of episode {number} has it still: {names}. To take it out there: /episode start {number}, then /draft.",
        "次の回に回しましたが、第{number}回のファイルに残っています: {names}。外すには /episode start {number} のあと /draft。",
    ),
    "do-late": ("To the next episode", "次の回へ"),
    "do-leave": ("Leave out", "このまま"),
    "put-off-late": (
        "{count} from episode {number}: put off until the next episode. To take that back: /episode start {number}, then /undo.",
        "第{number}回の {count} 件を次の回に回しました。/episode start {number} のあと /undo で取り消せます。",
    ),
    "taken-late": (
        "{count} from episode {number}: now in episode {into}. To take that back: /episode start {number}, then /undo.",
        "第{number}回の {count} 件を第{into}回に入れました。/episode start {number} のあと /undo で取り消せます。",
    ),
    "left": (
        "Left out: {count} from episode {number}. To use them after all: /episode start {number}; its outline has them.",
        "第{number}回の {count} 件はこのままにします。使うには /episode start {number} で再開します。アウトラインに残っています。",
    ),
    "none-late": (
        "Nothing that was kept is missing from its file.",
        "ファイルに入っていないものはありません。",
    ),
    "chat-side": ("(put off until the next episode)", "（次の回に回す）"),
    "chosen-chat": (
        "“{name}” waits for the next episode. The next draft takes it out of the file.",
        "「{name}」を次の回に回しました。次の原稿でファイルから外れます。",
    ),
    "outline": (
        "Waiting for the next episode: {count}. See /later.",
        "次の回に回したもの: {count} 件。/later で確認できます。",
    ),
}
