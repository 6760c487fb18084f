"""What the command line says."""

TEXTS: dict[str, tuple[str, str]] = {
    "rundown": (
        "Turns the links that podcast hosts share in a chat into the episode's show notes.",
        "チャットに貼られたリンクから、ポッドキャストのショーノートの原稿を作ります。",
    ),
    "command": ("COMMAND", "コマンド"),
    "chat": (
        "A chat room in the terminal: lines are messages, lines that start with / commands.",
        "端末の中のチャット。行はメッセージ、/ で始まる行はコマンドです。",
    ),
    "outline": (
        "Prints the episode of the local chat: topics and links.",
        "端末のチャットの回を、話題とリンクで表示します。",
    ),
    "history": (
        "Prints who changed what in the episode of the local chat.",
        "端末のチャットの回を、誰がどう変更したか表示します。",
    ),
    "draft": (
        "Commits the draft of the local chat's episode to the site.",
        "端末のチャットの回の原稿を、サイトにコミットします。",
    ),
    "find": (
        "Finds words in all episodes of a site: titles, notes, topics and hosts' words.",
        "サイトのすべての回から、タイトル、メモ、話題、ホストの言葉を探します。",
    ),
    "replay": (
        "Reads a chat export (DiscordChatExporter's JSON, Slack's) and prints the draft.",
        "チャットの書き出し（DiscordChatExporter の JSON、Slack）を読み、原稿を出力します。",
    ),
    "no-moment": (
        "“{typed}” is not a date. Write it as 2026-11-22 or 2026-11-22T20:00.",
        "「{typed}」は日時として読み取れません。2026-11-22 か 2026-11-22T20:00 のように書いてください。",
    ),
    "doctor": (
        "Checks tokens, permissions, repository and profile, and says how to fix what is missing.",
        "トークン、権限、リポジトリ、プロファイルを調べ、足りないものの直し方を示します。",
    ),
    "check": (
        "Look for what is wrong in files of episodes, a line each: file:line: message; or ask all links of a site (--site). The exit code is 1 if anything is found.",
        "回のファイルの誤りを「ファイル:行: 内容」の形で 1 行ずつ出力します。--site ではサイトのリンクすべてを確認します。見つかれば終了コードは 1 です。",
    ),
    "titles": (
        "Looks titles up: a line for each address, in the order asked.",
        "リンクのタイトルを調べ、聞かれた順に1行ずつ出力します。",
    ),
    "no-title": ("({reason}) {url}", "({reason}) {url}"),
    "looked-up": (
        "{count} of {total} looked up, {left} to go",
        "{total} 件中 {count} 件を調べました（残り {left} 件）",
    ),
    "merge": (
        "Merges two versions of an episode's file; exit code 1: they disagree, 129: cannot be done.",
        "回のファイルの2つの版をマージします。終了コード 1 は食い違い、129 は失敗です。",
    ),
    "chapters": (
        "Prints an episode's chapters for a player, or writes them into the audio file.",
        "回の章を、プレーヤーの形式で出力するか、音声ファイルに書き込みます。",
    ),
    "completion": (
        'Prints what a shell needs to complete commands: eval "$(rundown completion bash)"',
        'シェルでコマンドを補完するための設定を出力します: eval "$(rundown completion bash)"',
    ),
    "notes": (
        "Prints short notes for podcast apps, made of an episode's file.",
        "回のファイルから、ポッドキャストアプリ用の短いノートを作ります。",
    ),
    "times": (
        "Gives an episode's topics the times of an audio editor's markers, or of a transcript.",
        "音声編集ソフトのマーカーや文字起こしの時間を、回の話題に付けます。",
    ),
    "init": (
        "Puts a profile (.rundown/) into a site's folder, learned from its newest episodes.",
        "サイトのフォルダーにプロファイル（.rundown/）を置きます。原稿の形はそこで変更できます。",
    ),
    "proposed": (
        "Opened a pull request with the profile: {url}",
        "設定を入れた プルリクエストを開きました: {url}",
    ),
    "written": ("Wrote {files} ({kind}).", "{files} を書きました（{kind}）。"),
    "run": (
        "Runs the bot on every platform whose tokens are set, until it is stopped.",
        "トークンを設定したチャットでボットを動かします。止めるまで続きます。",
    ),
    "no-token": (
        "No token is set; put DISCORD_TOKEN, or SLACK_BOT_TOKEN and SLACK_APP_TOKEN, into .env (.env.example says where to get them).",
        "トークンがありません。.env に DISCORD_TOKEN か、SLACK_BOT_TOKEN と SLACK_APP_TOKEN を書いてください（.env.example に入手先があります）。",
    ),
    "no-site": (
        "No site is named; say --site DIR (a git repository), or try --demo.",
        "サイトが決まっていません。--site DIR（git リポジトリ）か --demo を付けてください。",
    ),
    "two-sites": ("--demo and --site exclude each other.", "--demo と --site は一緒に使えません。"),
    "system": (
        "{path} cannot be used: {cause}. Look at its name, its rights and the disk, then try again.",
        "{path} を使えません: {cause}。名前、権限、ディスクを確かめて、もう一度お試しください。",
    ),
    "system-nameless": (
        "Reading or writing failed: {cause}. Look at where the output goes and at the disk, then try"
        " again.",
        "読み書きに失敗しました: {cause}。出力先とディスクを確かめて、もう一度お試しください。",
    ),
    "demo-folder": (
        "The demo's site stands in {folder}; delete that folder to begin again.",
        "デモのサイトは {folder} にあります。最初からやり直すにはこのフォルダーを消してください。",
    ),
    "replay-again": (
        "{path} in the site holds what this export gives already; no second file was made. "
        "Go on with it by its number in an --episode file, or keep a database with --db "
        "from the first run on.",
        "サイトの {path} に、この書き出しの内容がすでにあります。もう一つのファイルは作って"
        "いません。続けるには --episode のファイルに番号を書くか、最初から --db を使ってく"
        "ださい。",
    ),
    "replay-partly": (
        "{path} in the site holds {count} of the {of} links of this export already; no second "
        "file was made. Write its number into an --episode file to go on with it, or another "
        "number to make a new file all the same.",
        "サイトの {path} に、この書き出しのリンク {of} 件のうち {count} 件がすでにあります。"
        "もう一つのファイルは作っていません。続けるにはその番号を、それでも新しいファイルに"
        "するには別の番号を、--episode のファイルに書いてください。",
    ),
    "replay-nothing": (
        "The export has no link, topic or bullet for the draft. Look at --channel, --after and --before.",
        "書き出しに、原稿に入るリンク・話題・箇条書きがありません。--channel、--after、--before を"
        "確認してください。",
    ),
    "uncommitted": (
        "Nothing is committed in this site yet, and what is known of its episodes is read from commits: "
        "commit its files first. Until then only the next number is right, by the files as they lie there.",
        "このサイトにはまだコミットがありません。回の内容はコミットから読むため、先にファイルをコミットして"
        "ください。それまで正しいのは、置いてあるファイルから数える次の番号だけです。",
    ),
    "episode-unread": ("{path} cannot be read: {cause}", "{path} を読めません: {cause}"),
    "untitled-more": ("… and for {count} more links", "… ほか {count} 件"),
    "untitled": ("No title for {url}", "タイトルがありません: {url}"),
    "reading": ("Reading the export: {percent} %", "書き出しを読んでいます: {percent} %"),
    "no-repository": (
        "A draft cannot be committed: no repository was named.",
        "リポジトリの指定がないため、コミットできません。",
    ),
    "backup": (
        "Copies the database into a new file, also while the bot runs.",
        "データベースを新しいファイルにコピーします。ボットの実行中でもかまいません。",
    ),
    "restore": (
        "Puts a backup in the database's place; stop the bot first.",
        "バックアップをデータベースに戻します。先にボットを止めてください。",
    ),
    "export": (
        "Writes all that is kept as JSON lines (docs/operating.md says what they hold).",
        "保存しているものをすべて JSON Lines で書き出します（内容は docs/operating.md）。",
    ),
    "migrate": (
        "Moves all that is kept to another database: from a file to PostgreSQL, or back.",
        "保存した内容を別のデータベースに移します（ファイルから PostgreSQL へ、またはその逆）。",
    ),
    "moved": (
        "{events} events of {episodes} episodes were moved, with all beside them; both databases hold the same ({digest}). Set RUNDOWN_DB to the new one.",
        "{episodes} 回分、イベント {events} 件とその他すべてを移し、両方の内容が同じことを確かめました（{digest}）。RUNDOWN_DB を新しいほうに変えてください。",
    ),
    "backed-up": (
        "{file}: a backup of {events} events, {size} MB.",
        "{file}: イベント {events} 件、{size} MB をバックアップしました。",
    ),
    "restored": (
        "{file} holds the backup's {events} events, {size} MB.",
        "{file} にバックアップのイベント {events} 件、{size} MB を戻しました。",
    ),
    "kept-aside": ("The one before is in {file}.", "元のものは {file} にあります。"),
    "exported": ("All that is kept is in {file}.", "保存しているものを {file} に書き出しました。"),
    "export-unwritten": (
        "{file} cannot be written ({cause}); name a file that is not there yet.",
        "{file} に書き込めません（{cause}）。まだないファイルを指定してください。",
    ),
}
