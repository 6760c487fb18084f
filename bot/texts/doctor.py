"""What `rundown doctor` finds in order; what is not, the errors say."""

TEXTS: dict[str, tuple[str, str]] = {
    "no-site": (
        "No site is set: write RUNDOWN_SITE=owner/repo, or the path of a folder, into .env.",
        "サイトが設定されていません。.env に RUNDOWN_SITE=owner/repo か、フォルダーのパスを"
        "書いてください。",
    ),
    "folder": (
        "Site: {folder} is a git repository that can be committed to.",
        "サイト: {folder} はコミットできる git リポジトリです。",
    ),
    "repository": (
        "GitHub: the token is valid, and {repository} can be read.",
        "GitHub: トークンは有効で、{repository} を読めます。",
    ),
    "branch": (
        "GitHub: drafts go to the branch {branch}.",
        "GitHub: 原稿の行き先はブランチ {branch} です。",
    ),
    "write": (
        "GitHub: the token may commit to {repository}.",
        "GitHub: トークンは {repository} にコミットできます。",
    ),
    "pulls": (
        "GitHub: the token may open pull requests in {repository}.",
        "GitHub: トークンは {repository} でプルリクエストを開けます。",
    ),
    "profile": (
        "Profile: that of {name} can be used.",
        "プロファイル: {name} のものを使えます。",
    ),
    "no-episodes": (
        "Episodes: none found by this profile (path and number_from in site.yml), so the next is 1. "
        "That is right for a new podcast. Folders with pages: {looked}. If one has your episodes: "
        "delete .rundown, then run rundown init SITE --show FOLDER",
        "回: このプロファイル（site.yml の path と number_from）では見つからないため、次の番号は 1 です。新しい番組なら"
        "そのままでかまいません。ページのあるフォルダー: {looked}。この中に回があれば、.rundown を削除してから"
        "実行してください: rundown init サイト --show フォルダー",
    ),
    "env-readable": (
        "{file} holds tokens, and others on this machine may read it: chmod 600 {file}",
        "{file} にはトークンがあり、このマシンのほかの人も読めます: chmod 600 {file}",
    ),
    "database": (
        "Database: {file} is whole ({events} events, {size} MB).",
        "データベース: {file} に壊れたところはありません（イベント {events} 件、{size} MB）。",
    ),
    "keep": (
        "What was said for an episode is forgotten {days} days after its end (RUNDOWN_KEEP), once a file has it.",
        "回の発言などは、ファイルにあるものに限り、終了から {days} 日後に消します（RUNDOWN_KEEP）。",
    ),
    "server": (
        "Database: PostgreSQL {version} answers ({events} events, {size} MB).",
        "データベース: PostgreSQL {version} が応答しています（イベント {events} 件、{size} MB）。",
    ),
    "server-new": (
        "Database: PostgreSQL {version} answers; `rundown run` makes the tables.",
        "データベース: PostgreSQL {version} が応答しています。テーブルは `rundown run` が作ります。",
    ),
    # Discord
    "token": ("Discord: the token is valid.", "Discord: トークンは有効です。"),
    "because": ("{what}: {cause}", "{what}: {cause}"),
    "intent": (
        "Discord: the Message Content Intent is on.",
        "Discord: Message Content Intent はオンです。",
    ),
    "mend-intent": (
        "Discord: the Message Content Intent is off: open {link} and switch it on.",
        "Discord: Message Content Intent がオフです。{link} を開いてオンにしてください。",
    ),
    "invite": (
        "Discord: this link adds the bot to a server: {link}",
        "Discord: サーバーに招待するリンク: {link}",
    ),
    "rights": (
        "Discord: the bot has all the permissions it needs in #{channel}.",
        "Discord: #{channel} で必要な権限があります。",
    ),
    "mend-rights": (
        "Discord: in #{channel} the bot lacks permissions. Open {link}, Edit Channel, Permissions, and allow: {rights}.",
        "Discord: #{channel} で権限が足りません。{link} の「チャンネルの編集 → 権限」でボットに許可してください: {rights}",
    ),
    "no-chat": (
        "No chat is connected. Put DISCORD_TOKEN, or SLACK_BOT_TOKEN and SLACK_APP_TOKEN, into .env.",
        "チャットにつながっていません。.env に DISCORD_TOKEN か、SLACK_BOT_TOKEN と SLACK_APP_TOKEN を書いてください。",
    ),
    "misspelt": (
        "{name} in .env is not a setting of Rundown. .env.example lists them.",
        ".env の {name} は Rundown の設定ではありません。一覧は .env.example にあります。",
    ),
    "misspelt-near": (
        "{name} is not a setting of Rundown. Did you mean {meant}?",
        "{name} は Rundown の設定ではありません。{meant} のことですか？",
    ),
    "no-database": (
        "No database can be kept at {file}. Set RUNDOWN_DB to a file in a folder that can be written to.",
        "{file} にデータベースを置けません。書き込めるフォルダーの中のファイルを RUNDOWN_DB に指定してください。",
    ),
    "watched": ("Channels that are watched: {count}.", "読んでいるチャンネル: {count}"),
    "mend-watched": (
        "No channel is set up. Start `rundown run`, then write /setup in the channel where links are shared.",
        "対象のチャンネルがありません。`rundown run` を起動し、リンクを貼るチャンネルで /setup を使ってください。",
    ),
}
