"""What help says of the options of each command."""

TEXTS: dict[str, tuple[str, str]] = {
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
    "find-words": (
        "the words; the last may be begun only",
        "探す語。最後の語は途中まででもかまいません",
    ),
    "find-json": ("print what was found as JSON", "見つかったものを JSON で出力します"),
    "replay-channel": ("only this channel, by its name or id", "このチャンネルだけ（名前か ID）"),
    "replay-after": (
        "only messages from this date or time on, such as 2026-11-01 or 2026-11-01T20:00",
        "この日時からのメッセージだけ（例: 2026-11-01、2026-11-01T20:00）",
    ),
    "replay-before": (
        "only messages before this date or time",
        "この日時より前のメッセージだけ",
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
    "urls": ("addresses; none: a list on standard input", "URL。なければ標準入力の一覧"),
    "json": ("JSON lines, with source and embed", "JSON Lines で、出典や埋め込みも出力します"),
    "allow-private": (
        "also ask loopback and private addresses, and other ports",
        "ループバックや内部の URL、ほかのポートにも問い合わせます",
    ),
    "max": ("look-ups at once (16)", "同時に調べる数（16）"),
    "merge-base": ("the version that both were made from", "両方の元になった版"),
    "merge-ours": ("one version", "片方の版"),
    "merge-theirs": ("the other version", "もう片方の版"),
    "merge-output": (
        "write the merge to this file instead of printing it",
        "出力する代わりに、このファイルに書きます",
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
    "shell": ("the shell that you use", "お使いのシェル"),
    "limit": (
        "the most characters of HTML (default: that of the profile)",
        "HTML の最大の文字数（省略時はプロファイルのもの）",
    ),
    "notes-format": ("what to print (markdown)", "出力する形式（markdown）"),
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
    "db-on-server": (
        "this command needs a database in a file, and --db names one on a server: name a file",
        "このコマンドにはファイルのデータベースが必要ですが、--db がサーバーのものです。ファイルを指定してください",
    ),
    "no-name": (
        "it has no name: name the site's folder, `.` for this one",
        "空です。サイトのフォルダーを指定してください（今いるフォルダーなら `.`）",
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
    "backup-file": (
        "the file to write, which is not there yet",
        "書き込むファイル（まだないもの）",
    ),
    "restore-file": ("a file that `rundown backup` wrote", "`rundown backup` で作ったファイル"),
    "restore-replace": (
        "also where there is a database; it is kept beside, as NAME.before-restore",
        "データベースがすでにあっても戻します（元のものは 名前.before-restore として残します）",
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
    "migrate-from": (
        "the database to move from, which stays as it is: a file, or postgresql://…",
        "移行元のデータベース（ファイルか postgresql://…。そのまま残ります）",
    ),
    "migrate-to": (
        "the database to move to, with nothing in it: a file, or postgresql://…",
        "移行先の空のデータベース（ファイルか postgresql://…）",
    ),
}
