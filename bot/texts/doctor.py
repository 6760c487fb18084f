"""What `rundown doctor` says: a check, and the link or click that mends it."""

TEXTS: dict[str, tuple[str, str]] = {
    "token": ("Discord takes the token", "Discord のトークン"),
    "application": ("Discord tells about the application", "Discord のアプリ情報"),
    "intent": ("Message Content Intent is on", "Message Content Intent がオン"),
    "mend-intent": (
        "open {link} and switch on 'Message Content Intent'",
        "{link} を開き「Message Content Intent」をオンにしてください",
    ),
    "invite": ("Add the bot to a server: {link}", "ボットをサーバーに招待する: {link}"),
    "channel": ("Channel {channel}", "チャンネル {channel}"),
    "channel-named": ("Rights in #{channel}", "#{channel} での権限"),
    "mend-rights": (
        "at {link}, Edit Channel, Permissions, allow the bot: {rights}",
        "{link} の「チャンネルの編集 → 権限」で、ボットに許可してください: {rights}",
    ),
    "because": ("{cause}", "理由: {cause}"),
    "database": ("Database {file}", "データベース {file}"),
    "database-new": (
        "Database {file}, made at the first start",
        "データベース {file} (最初の起動で作成)",
    ),
    "watched": ("Channels that are watched: {count}", "読んでいるチャンネル: {count}"),
    "mend-watched": (
        "give /setup in the channel where links are dropped",
        "リンクを貼るチャンネルで /setup を使ってください",
    ),
    "site": ("Site {site}", "サイト {site}"),
    "profile": ("Profile of {podcast}", "「{podcast}」の設定ファイル"),
}
