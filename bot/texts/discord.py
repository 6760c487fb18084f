"""What is said of Discord itself: refusals, and what the doctor finds."""

TEXTS: dict[str, tuple[str, str]] = {
    "closed": (
        "Discord does not let {what} be read ({code}); give the bot access to it, or leave it out",
        "Discord が {what} を読ませてくれません ({code})。ボットに権限を付けるか、外してください",
    ),
    "failed": (
        "Discord answered {what} with {status}; it is tried again by itself",
        "Discord が {what} に {status} と答えました。自動でやり直します",
    ),
    "unreachable": (
        "Discord did not answer about {what} ({why}); it is tried again by itself",
        "{what} について Discord から返事がありません ({why})。自動でやり直します",
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
