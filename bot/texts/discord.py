"""What is said of Discord itself: refusals, and what the doctor finds."""

TEXTS: dict[str, tuple[str, str]] = {
    "closed": (
        "Discord does not let the bot into {what}: give it these permissions there: {rights}",
        "Discord がボットに {what} を使わせてくれません。そこで次の権限を付けてください: {rights}",
    ),
    "unknown": (
        "Discord knows no {what} any more, or does not show it to the bot: give it View Channel there",
        "Discord に {what} が見つからないか、ボットには見えません。あるなら View Channel の権限を付けてください",
    ),
    "failed": (
        "Discord has a problem with {what} just now; nothing was lost. Try again in a moment",
        "いま Discord で {what} がうまく扱えません。何も失われていません。少し待ってもう一度どうぞ",
    ),
    "unreachable": (
        "Discord did not answer about {what}; nothing was lost. Try again in a moment",
        "{what} について Discord から返事がありません。何も失われていません。少し待ってもう一度どうぞ",
    ),
    "bad-token": (
        "Discord does not take DISCORD_TOKEN; make a new one under Bot at "
        "https://discord.com/developers/applications and put it in .env",
        "DISCORD_TOKEN が Discord に拒まれました。https://discord.com/developers/applications の"
        " Bot で作り直し、.env に書いてください",
    ),
    "intents": (
        "Discord refuses the Message Content Intent; switch it on under Bot at "
        "https://discord.com/developers/applications, then start again",
        "Message Content Intent が許可されていません。https://discord.com/developers/applications の"
        " Bot でオンにしてから、もう一度起動してください",
    ),
    "oops": (
        "That went wrong on our side; nothing was lost. Please try once more",
        "こちらの不具合でできませんでした。何も失われていません。もう一度お試しください",
    ),
    "stale": (
        "This command is another one now; reload Discord (Ctrl+R, or restart the app) and try again",
        "このコマンドは新しくなりました。Discord を読み込み直して (Ctrl+R かアプリの再起動)、もう一度どうぞ",
    ),
    "too-long-file": ("The whole of it is in the file.", "全文はファイルにあります。"),
}
