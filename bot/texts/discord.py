"""What is said of Discord itself: refusals, and what the doctor finds."""

TEXTS: dict[str, tuple[str, str]] = {
    "closed": (
        "Discord does not let the bot into {what}: give it these permissions there: {rights}",
        "Discord がボットに {what} を使わせてくれません。そこで次の権限を付けてください: {rights}",
    ),
    "unknown": (
        "Discord knows no {what} any more, or does not show it to the bot: give it View Channel there.",
        "Discord に {what} が見つからないか、ボットには見えません。あるなら 「チャンネルを見る」の権限を付けてください。",
    ),
    "failed": (
        "Discord has a problem with {what} just now; nothing was lost. Try again in a moment.",
        "いま Discord で {what} がうまく扱えません。何も失われていません。少し待ってもう一度お試しください。",
    ),
    "unreachable": (
        "Discord did not answer about {what}; nothing was lost. Try again in a moment.",
        "{what} について Discord から返事がありません。何も失われていません。少し待ってもう一度お試しください。",
    ),
    "bad-token": (
        "Discord rejects DISCORD_TOKEN. Make a new one under Bot at https://discord.com/developers/applications and put it in .env.",
        "DISCORD_TOKEN が Discord に拒まれました。https://discord.com/developers/applications の Bot で作り直し、.env に書いてください。",
    ),
    "intents": (
        "Discord refuses the Message Content Intent; switch it on under Bot at https://discord.com/developers/applications, then start again.",
        "Message Content Intent が許可されていません。https://discord.com/developers/applications の Bot でオンにしてから、もう一度起動してください。",
    ),
    "oops": (
        "Something went wrong in Rundown. Nothing was lost. Try again; if it happens again, tell whoever runs the bot.",
        "Rundown でエラーが起きました。何も失われていません。もう一度お試しください。続くときはボットの管理者に知らせてください。",
    ),
    "stale": (
        "This command has changed. Reload Discord (Ctrl+R, or restart the app), then try again.",
        "このコマンドは新しくなりました。Discord を読み込み直して（Ctrl+R かアプリの再起動）、もう一度お試しください",
    ),
    "too-long-file": ("The full text is in the file.", "全文は添付ファイルにあります。"),
}
