"""What is said about the database."""

TEXTS: dict[str, tuple[str, str]] = {
    "unknown-event": (
        'The database holds an event "{kind}" (version {version}) that this version of Rundown does not know: use the newer version that wrote it.',
        "データベースに、このバージョンの Rundown が知らないイベント「{kind}」（バージョン {version}）があります。書き込んだ新しいバージョンを使ってください。",
    ),
    "older": (
        "{file} is of an earlier version; start `rundown run` once, which brings it up to date.",
        "{file} は以前の版のものです。一度 `rundown run` を起動すると更新されます。",
    ),
    "newer": (
        "The database {file} was written by a newer version of Rundown (its format is {theirs}, this version knows {ours}): use the newer version.",
        "データベース {file} は新しいバージョンの Rundown が書いたものです（形式 {theirs}、このバージョンは {ours} まで）。新しいバージョンを使ってください。",
    ),
    "busy": (
        "Another Rundown (process {pid}, since {since}) is using the database {file}: stop it, or give this one another database.",
        "別の Rundown（プロセス {pid}、{since} から）がデータベース {file} を使っています。それを止めるか、別のデータベースを指定してください。",
    ),
    "locked": (
        "Another program is writing to {file}. Close it, then try again.",
        "別のプログラムが {file} に書き込んでいます。終了してから、もう一度お試しください。",
    ),
    "cannot-open": (
        "The database {file} can be neither opened nor made: it must be a file, in a folder that "
        "exists and may be written to.",
        "データベース {file} を開くことも作ることもできません。"
        "既存の書き込めるフォルダーの中のファイルを指定してください。",
    ),
    "read-only": (
        "The database {file} cannot be written to: let Rundown write to the file and its folder.",
        "データベース {file} に書き込めません。"
        "ファイルとそのフォルダーへの書き込みを許可してください。",
    ),
    "damaged": (
        "{file} is not a database, or it is damaged. Restore a backup, or choose another file.",
        "{file} はデータベースではないか、壊れています。バックアップに戻すか、別のファイルを指定してください。",
    ),
    "damaged-event": (
        "Event {seq} in the database cannot be read, it was changed or damaged: put a good copy "
        "of the database in its place.",
        "データベースのイベント {seq} が読めません。変更されたか壊れています。"
        "データベースを正しいコピーに戻してください。",
    ),
    "foreign": (
        "{file} is the database of another program: name another file.",
        "{file} は別のプログラムのデータベースです。別のファイルを指定してください。",
    ),
    "full": (
        "There is no room left on the disk for {file}, so nothing was stored: make room, then try again.",
        "{file} を保存するディスクに空きがないため、何も保存されませんでした。空きを作ってから、もう一度お試しください。",
    ),
    "disk": (
        "The disk failed on {file}, so nothing was stored: look at the disk and its limits, then try again.",
        "{file} でディスクのエラーが起きたため、何も保存されませんでした。ディスクとその制限を確かめてから、もう一度お試しください。",
    ),
    "unread": (
        "{file} is not there, or may not be read: name the file of a database.",
        "{file} がないか、読む権限がありません。データベースのファイルを指定してください。",
    ),
    "is-there": (
        "{file} is there already, and nothing was changed: name another file, or move it away.",
        "{file} はすでにあり、何も変更していません。別のファイルを指定するか、移動してください。",
    ),
}
