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
    "foreign-tables": (
        "Another program has tables in the PostgreSQL database that are called like ours: give Rundown a database of its own, or a schema.",
        "PostgreSQL のデータベースに、同じ名前の別のプログラムのテーブルがあります。Rundown 専用のデータベースかスキーマを用意してください。",
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
    "database-is-there": (
        "{file} is there already, and nothing was changed: with `--replace` the backup takes its place, and what was there is kept beside it.",
        "{file} はすでにあり、何も変更していません。`--replace` を付けるとバックアップに置き換え、元のデータベースは同じ場所に別名で残します。",
    ),
    "no-driver": (
        "RUNDOWN_DB names a PostgreSQL database, and what speaks to one is not installed: `pip install 'rundown[postgresql]'`, or in a clone `.venv/bin/pip install --require-hashes -r requirements-postgresql.txt`.",
        "RUNDOWN_DB に PostgreSQL のデータベースが指定されていますが、接続に必要なものがありません。`pip install 'rundown[postgresql]'`（クローンでは `.venv/bin/pip install --require-hashes -r requirements-postgresql.txt`）でインストールしてください。",
    ),
    "bad-address": (
        "The address of the PostgreSQL database cannot be read: it must be like postgresql://user:password@host/database, with special characters of a password as %XX.",
        "PostgreSQL のアドレスを読み取れません。postgresql://ユーザー:パスワード@ホスト/データベース の形で、パスワードの記号は %XX と書いてください。",
    ),
    "away": (
        "The PostgreSQL database does not answer: see that its server runs and can be reached from here, then try again.",
        "PostgreSQL のデータベースが応答しません。サーバーが動いていて、ここから接続できることを確かめてから、もう一度お試しください。",
    ),
    "no-connection": (
        "PostgreSQL has no connection free for us, and Rundown takes up to {most} for each process: raise the server's `max_connections`, or the CONNECTION LIMIT of our user or database, or end what else is connected.",
        "PostgreSQL に空いている接続がありません。Rundown はプロセスごとに最大 {most} 本使います。サーバーの `max_connections` か、ユーザーやデータベースの CONNECTION LIMIT を増やすか、ほかの接続を終了してください。",
    ),
    "refused": (
        "PostgreSQL refuses the user or password that RUNDOWN_DB names: correct it, or the server's pg_hba.conf.",
        "RUNDOWN_DB のユーザー名かパスワードを PostgreSQL が受け付けません。設定か、サーバーの pg_hba.conf を直してください。",
    ),
    "no-such": (
        "There is no such database on the PostgreSQL server: make it with `createdb`, encoding UTF8.",
        "そのデータベースは PostgreSQL サーバーにありません。`createdb` で、文字コードを UTF8 にして作ってください。",
    ),
    "no-schema": (
        "The PostgreSQL database has no schema for our tables that our user may use: make the one that `search_path` names (`CREATE SCHEMA`), or let our user have it.",
        "PostgreSQL のデータベースに、このユーザーが使えるスキーマがありません。`search_path` のスキーマを作る（`CREATE SCHEMA`）か、使用を許可してください。",
    ),
    "forbidden": (
        "PostgreSQL does not let our user do that: let it own the database, or a schema in it.",
        "PostgreSQL がこのユーザーに許可していない操作です。データベースかその中のスキーマの所有者にしてください。",
    ),
    "not-owner": (
        "The tables in the PostgreSQL database belong to another user, so what goes off the record would stay in their files: let our user own them (`ALTER TABLE … OWNER TO …`), or the database.",
        "PostgreSQL のテーブルが別のユーザーのものなので、記録から外した内容がファイルに残ります。テーブルの所有者をこのユーザーにする（`ALTER TABLE … OWNER TO …`）か、データベースの所有者にしてください。",
    ),
    "replica": (
        "The PostgreSQL server that answers may only be read: name the one that is written to if it is a replica, else switch `default_transaction_read_only` off.",
        "応答した PostgreSQL サーバーは読み取り専用です。レプリカなら書き込めるサーバーを指定し、そうでなければ `default_transaction_read_only` をオフにしてください。",
    ),
    "pooler": (
        "The pooler before the PostgreSQL database hands out single transactions, so nothing would keep two processes apart. Have it hand out whole sessions (pgbouncer: `pool_mode = session`), or name the server itself.",
        "PostgreSQL の前にあるプーラーがトランザクション単位で接続を渡しているため、プロセス同士の排他ができません。セッション単位にするか（pgbouncer では `pool_mode = session`）、サーバーを直接指定してください。",
    ),
    "certificate": (
        "The certificate of the PostgreSQL server cannot be trusted: in RUNDOWN_DB the host must be a name that it is for, and `sslrootcert=…` the file of who signed it (for a public one `/etc/ssl/certs/ca-certificates.crt`).",
        "PostgreSQL サーバーの証明書を信頼できません。RUNDOWN_DB のホスト名が証明書の名前と一致し、`sslrootcert=…` が署名した認証局のファイルを指しているか確かめてください（公的な認証局なら `/etc/ssl/certs/ca-certificates.crt`）。",
    ),
    "old-server": (
        "That PostgreSQL server is too old: Rundown needs version {oldest} or newer.",
        "PostgreSQL サーバーが古すぎます。バージョン {oldest} 以降が必要です。",
    ),
    "encoding": (
        "The PostgreSQL database is not in UTF-8: make another one, with `createdb --encoding=UTF8 --template=template0`.",
        "PostgreSQL のデータベースが UTF-8 ではありません。`createdb --encoding=UTF8 --template=template0` で別のものを作ってください。",
    ),
    "damaged-server": (
        "PostgreSQL says that its files are damaged: look at the server's log, and restore a backup.",
        "PostgreSQL がファイルの破損を報告しています。サーバーのログを確かめ、バックアップから復元してください。",
    ),
    "not-whole": (
        "The PostgreSQL database holds only a part of Rundown's tables: a restore is under way, or was cut short. Then restore the dump again, into an empty database.",
        "PostgreSQL のデータベースに Rundown のテーブルの一部しかありません。復元がまだ途中か、途中で止まっています。止まっている場合は、空のデータベースにダンプを復元し直してください。",
    ),
    "by-pg-dump": (
        "The database is on a PostgreSQL server, which has means of its own: `pg_dump` and `pg_restore` (docs/operating.md).",
        "データベースは PostgreSQL サーバーにあります。`pg_dump` と `pg_restore` を使ってください（docs/operating.md）。",
    ),
    "half-moved": (
        "{file} holds a part of another database, whose move was cut short: give the same `rundown migrate` again, which goes on with it.",
        "{file} には移行の途中の内容があります。同じ `rundown migrate` をもう一度実行すると続きから移行します。",
    ),
    "not-empty": (
        "{file} holds something already, and nothing was changed: name a database with nothing in it.",
        "{file} にはすでに内容があり、何も変更していません。空のデータベースを指定してください。",
    ),
    "moved-otherwise": (
        "The two databases do not hold the same ({table}): the old one was changed since the move was begun. Empty the new one, and begin again.",
        "二つのデータベースの内容が一致しません（{table}）。移行を始めたあとで元のほうが変更されています。新しいほうを空にしてやり直してください。",
    ),
    "busy-server": (
        "Another Rundown (process {process}, since {since}) is using the PostgreSQL database: stop it, or give this one another database.",
        "別の Rundown（プロセス {process}、{since} から）が PostgreSQL のデータベースを使っています。それを止めるか、別のデータベースを指定してください。",
    ),
    "busy-shared": (
        "Another Rundown (process {process}, since {since}) holds shards on the PostgreSQL database, and this one was started without --shards: stop it, or start this one with --shards as well.",
        "別の Rundown（プロセス {process}、{since} から）が PostgreSQL のデータベースでシャードを担当していますが、こちらは --shards なしで起動しました。それを止めるか、こちらも --shards を付けて起動してください。",
    ),
    "busy-whole": (
        "Another Rundown (process {process}, since {since}) was started without --shards and has the PostgreSQL database for itself: stop it, or start it with --shards as well.",
        "別の Rundown（プロセス {process}、{since} から）が --shards なしで PostgreSQL のデータベース全体を使っています。それを止めるか、--shards を付けて起動し直してください。",
    ),
    "busy-shard": (
        "Shard {shard} of {count} is held by another Rundown (process {process}, since {since}): ask for shards that nobody holds, or stop that one.",
        "シャード（{count} 個中の {shard} 番）は別の Rundown（プロセス {process}、{since} から）が担当しています。空いているシャードを指定するか、それを止めてください。",
    ),
    "busy-count": (
        "Another Rundown (process {process}, since {since}) divides the servers into {theirs} shards, and this one into {ours}; all have to count alike. Start this one with `--shards …/{theirs}`, or stop the others first.",
        "別の Rundown（プロセス {process}、{since} から）はシャードを {theirs} 個、こちらは {ours} 個としています。すべて同じ数にする必要があります。こちらを `--shards …/{theirs}` で起動するか、先にほかを止めてください。",
    ),
    "same": (
        "Both are the same database: name another one to move to.",
        "移行元と移行先が同じデータベースです。別の移行先を指定してください。",
    ),
    "held": (
        "Another process is at that episode's draft: try again in a moment.",
        "別のプロセスがこの回の原稿を処理しています。少し待ってからもう一度お試しください。",
    ),
    "taken-over": (
        "This process is no longer registered in the PostgreSQL database: it gave no sign of life for so long that another one took it for dead, or the database's server crashed. Nothing more is stored from here: start it again.",
        "このプロセスは PostgreSQL データベースの登録から外れました。長く応答がなく別のプロセスに停止したとみなされたか、サーバーがクラッシュしたためです。ここからは何も保存されません。再起動してください。",
    ),
}
