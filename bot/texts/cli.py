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
    "site": (
        "the site that drafts are committed to: its folder, or owner/repo on GitHub (default: RUNDOWN_SITE)",
        "原稿をコミットするサイト。フォルダーか、GitHub の owner/repo（既定: RUNDOWN_SITE）",
    ),
    "demo": (
        "a small site of its own under ./data, with a conversation in the room already",
        "./data の下に小さなサイトを作り、会話の入ったチャットを開きます",
    ),
    "chat-db": (
        "where the conversation is kept (default: RUNDOWN_DB, else inside the site's .git, or in ~/.local/share/rundown for a site on GitHub)",
        "会話の保存先（既定: RUNDOWN_DB、なければサイトの .git の中。GitHub のサイトでは ~/.local/share/rundown の中）",
    ),
    "as": ("who is speaking (default: your login)", "話す人の名前（既定: ログイン名）"),
    "once-outline": (
        "Prints the episode of the local chat: topics and links.",
        "端末のチャットの回を、話題とリンクで表示します。",
    ),
    "once-history": (
        "Prints who changed what in the episode of the local chat.",
        "端末のチャットの回を、誰がどう変更したか表示します。",
    ),
    "once-draft": (
        "Commits the draft of the local chat's episode to the site.",
        "端末のチャットの回の原稿を、サイトにコミットします。",
    ),
    "find": (
        "Finds words in all episodes of a site: titles, notes, topics and hosts' words.",
        "サイトのすべての回から、タイトル、メモ、話題、ホストの言葉を探します。",
    ),
    "find-words": (
        "the words; the last may be begun only",
        "探す語。最後の語は途中まででもかまいません",
    ),
    "find-json": ("print what was found as JSON", "見つかったものを JSON で出力します"),
    "replay": (
        "Reads a chat export (DiscordChatExporter's JSON, Slack's) and prints the draft.",
        "チャットの書き出し（DiscordChatExporter の JSON、Slack）を読み、原稿を出力します。",
    ),
    "replay-channel": ("only this channel, by its name or id", "このチャンネルだけ（名前か ID）"),
    "replay-after": (
        "only messages from this date or time on, such as 2026-11-01 or 2026-11-01T20:00",
        "この日時からのメッセージだけ（例: 2026-11-01、2026-11-01T20:00）",
    ),
    "replay-before": (
        "only messages before this date or time",
        "この日時より前のメッセージだけ",
    ),
    "no-moment": (
        "“{typed}” is not a date. Write it as 2026-11-22 or 2026-11-22T20:00.",
        "「{typed}」は日時として読み取れません。2026-11-22 か 2026-11-22T20:00 のように書いてください。",
    ),
    "replay-export": (
        "a JSON file, a folder or a ZIP file",
        "JSON ファイル、フォルダー、ZIP ファイル",
    ),
    "profile": (
        "the folder with site.yml and draft.md.j2 (default: that of --commit's site)",
        "site.yml と draft.md.j2 のあるフォルダー（既定: --commit のサイトのもの）",
    ),
    "episode": (
        "a YAML file with number, title, date and other fields",
        "番号、タイトル、日付などを書いた YAML ファイル",
    ),
    "lookups": ("a file of look-ups (JSON lines)", "リンク情報のファイル（JSON Lines）"),
    "record": (
        "write the look-ups that were used to this file",
        "使ったリンク情報をこのファイルに書き出します",
    ),
    "offline": ("ask nothing of the web", "ウェブに問い合わせません"),
    "replay-db": (
        "keep everything in this database (default: nothing is kept)",
        "このデータベースに残します（既定: 何も残しません）",
    ),
    "commit": (
        "commit the draft to this site instead of printing it: a folder, or owner/repo on GitHub",
        "出力する代わりに、このサイト（フォルダーか GitHub の owner/repo）にコミットします",
    ),
    "doctor": (
        "Checks tokens, permissions, repository and profile, and says how to fix what is missing.",
        "トークン、権限、リポジトリ、プロファイルを調べ、足りないものの直し方を示します。",
    ),
    "check": (
        "Look for what is wrong in files of episodes, a line each: file:line: message; or ask all links of a site (--site). The exit code is 1 if anything is found.",
        "回のファイルの誤りを「ファイル:行: 内容」の形で 1 行ずつ出力します。--site ではサイトのリンクすべてを確認します。見つかれば終了コードは 1 です。",
    ),
    "check-files": ("files of episodes", "回のファイル"),
    "check-profile": (
        "folder of a profile; else the site's own: .rundown above the file",
        "プロファイルのフォルダー。なければファイルの上にある .rundown",
    ),
    "check-site": (
        "ask all links of this site's pages, over the web",
        "このサイトのページのリンクすべてにウェブで問い合わせます",
    ),
    "check-state": (
        "where answers are kept, to go on after an interruption (rundown-check.jsonl)",
        "中断しても続けられるように、応答を保存するファイル（rundown-check.jsonl）",
    ),
    "check-json": ("a JSON object a line", "JSON Lines で出力します"),
    "titles": (
        "Looks titles up: a line for each address, in the order asked.",
        "リンクのタイトルを調べ、聞かれた順に1行ずつ出力します。",
    ),
    "urls": ("addresses; none: a list on standard input", "URL。なければ標準入力の一覧"),
    "json": ("JSON lines, with source and embed", "JSON Lines で、出典や埋め込みも出力します"),
    "allow-private": (
        "also ask loopback and private addresses, and other ports",
        "ループバックや内部の URL、ほかのポートにも問い合わせます",
    ),
    "max": ("look-ups at once (16)", "同時に調べる数（16）"),
    "no-title": ("({reason}) {url}", "({reason}) {url}"),
    "looked-up": (
        "{count} of {total} looked up, {left} to go",
        "{total} 件中 {count} 件を調べました（残り {left} 件）",
    ),
    "merge": (
        "Merges two versions of an episode's file; exit code 1: they disagree, 129: cannot be done.",
        "回のファイルの2つの版をマージします。終了コード 1 は食い違い、129 は失敗です。",
    ),
    "merge-base": ("the version that both were made from", "両方の元になった版"),
    "merge-ours": ("one version", "片方の版"),
    "merge-theirs": ("the other version", "もう片方の版"),
    "merge-output": (
        "write the merge to this file instead of printing it",
        "出力する代わりに、このファイルに書きます",
    ),
    "chapters": (
        "Prints an episode's chapters for a player, or writes them into the audio file.",
        "回の章を、プレーヤーの形式で出力するか、音声ファイルに書き込みます。",
    ),
    "episode-file": ("the episode's Markdown file", "回の Markdown ファイル"),
    "format": ("the reader that the chapters are for", "章を読む相手の形式"),
    "audio": (
        "with id3 (MP3) or mp4 (MP4, M4A): the audio file that gets the chapters",
        "id3（MP3）、mp4（MP4、M4A）のとき、章を書き込む音声ファイル",
    ),
    "profile-folder": (
        "the folder with site.yml and draft.md.j2",
        "site.yml と draft.md.j2 のあるフォルダー",
    ),
    "length": (
        "the length of the recording (default: that of --audio)",
        "録音の長さ（省略時は --audio のもの）",
    ),
    "completion": (
        'Prints what a shell needs to complete commands: eval "$(rundown completion bash)"',
        'シェルでコマンドを補完するための設定を出力します: eval "$(rundown completion bash)"',
    ),
    "shell": ("the shell that you use", "お使いのシェル"),
    "notes": (
        "Prints short notes for podcast apps, made of an episode's file.",
        "回のファイルから、ポッドキャストアプリ用の短いノートを作ります。",
    ),
    "limit": (
        "the most characters of HTML (default: that of the profile)",
        "HTML の最大の文字数（省略時はプロファイルのもの）",
    ),
    "notes-format": ("what to print (markdown)", "出力する形式（markdown）"),
    "times": (
        "Gives an episode's topics the times of an audio editor's markers, or of a transcript.",
        "音声編集ソフトのマーカーや文字起こしの時間を、回の話題に付けます。",
    ),
    "markers": (
        "markers of Audacity, Reaper, Audition, Resolve, Hindenburg, mp4chaps or Podlove; an MP3, MP4"
        " or Opus file; a transcript (WebVTT, SRT, JSON)",
        "Audacity、Reaper、Audition、Resolve、Hindenburg、mp4chaps、Podlove のマーカー、MP3・MP4・Opus"
        " ファイル、文字起こし（WebVTT、SRT、JSON）",
    ),
    "times-write": (
        "write the times into FILE instead of printing it",
        "出力する代わりに、FILE に書き込みます",
    ),
    "accept": ("say yes to all that would be asked", "確認にすべて「はい」と答えます"),
    "init": (
        "Puts a profile (.rundown/) into a site's folder, learned from its newest episodes.",
        "サイトのフォルダーにプロファイル（.rundown/）を置きます。原稿の形はそこで変更できます。",
    ),
    "init-folder": (
        "the site's folder, or OWNER/REPO on GitHub, which gets a pull request",
        "サイトのフォルダー。または GitHub の OWNER/REPO（プルリクエストを開きます）",
    ),
    "kind": (
        "take the profile that is shipped for this kind of site",
        "この種類のサイト用に用意された設定を使う",
    ),
    "show": (
        "the folder, or a word of it, of the show that is meant where there are several",
        "番組がいくつもあるとき、そのフォルダー（またはその一部）",
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
    "backup-file": (
        "the file to write, which is not there yet",
        "書き込むファイル（まだないもの）",
    ),
    "restore": (
        "Puts a backup in the database's place; stop the bot first.",
        "バックアップをデータベースに戻します。先にボットを止めてください。",
    ),
    "restore-file": ("a file that `rundown backup` wrote", "`rundown backup` で作ったファイル"),
    "restore-replace": (
        "also where there is a database; it is kept beside, as NAME.before-restore",
        "データベースがすでにあっても戻します（元のものは 名前.before-restore として残します）",
    ),
    "export": (
        "Writes all that is kept as JSON lines (docs/operating.md says what they hold).",
        "保存しているものをすべて JSON Lines で書き出します（内容は docs/operating.md）。",
    ),
    "export-file": (
        "the file to write, which is not there yet (default: standard output)",
        "書き込むファイル（まだないもの。既定: 標準出力）",
    ),
    "kept-db": (
        "the database (default: RUNDOWN_DB, else that of the site)",
        "データベース（既定: RUNDOWN_DB、なければサイトのもの）",
    ),
    "site-moved": (
        "go on with the database although it had another site: the podcast's site has moved",
        "データベースのサイトが変わっていても続けます（番組のサイトが引っ越したとき）",
    ),
    "shards": (
        "be one of several processes on a PostgreSQL database: 0-3/16 holds Discord's shards 0 to 3 of 16, any:4/16 four that are free",
        "PostgreSQL のデータベースを複数のプロセスで分担します。0-3/16 は Discord のシャード 16 個のうち 0 から 3、any:4/16 は空いている 4 個",
    ),
    "migrate": (
        "Moves all that is kept to another database: from a file to PostgreSQL, or back.",
        "保存した内容を別のデータベースに移します（ファイルから PostgreSQL へ、またはその逆）。",
    ),
    "migrate-from": (
        "the database to move from, which stays as it is: a file, or postgresql://…",
        "移行元のデータベース（ファイルか postgresql://…。そのまま残ります）",
    ),
    "migrate-to": (
        "the database to move to, with nothing in it: a file, or postgresql://…",
        "移行先の空のデータベース（ファイルか postgresql://…）",
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
