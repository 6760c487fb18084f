"""What is said of Slack itself: refusals, the app's windows, and what the doctor finds."""

TEXTS: dict[str, tuple[str, str]] = {
    "not-in-channel": (
        "That belongs to a channel that you are not in; join it, then try again.",
        "参加していないチャンネルのものです。チャンネルに参加してから、もう一度お試しください。",
    ),
    "closed": (
        "Rundown has no access to {what} on Slack ({code}). Write /invite @Rundown in the channel; if its scopes changed, install the app again.",
        "Slack の {what} にアクセスできません（{code}）。チャンネルで /invite @Rundown と送信してください。スコープが変わったときは、アプリを再インストールしてください。",
    ),
    "scope": (
        "The app lacks the scope {scope}, which {what} needs: open https://api.slack.com/apps, your app, App Manifest, paste slack-manifest.yml, save, and install it again.",
        "{what} に必要な {scope} のスコープがアプリにありません。https://api.slack.com/apps → アプリ → App Manifest に slack-manifest.yml を貼って保存し、再インストールしてください。",
    ),
    "app-scope": (
        "SLACK_APP_TOKEN lacks the scope connections:write: open https://api.slack.com/apps, your app, Basic Information, App-Level Tokens, generate one with it, and put it into .env.",
        "SLACK_APP_TOKEN に connections:write のスコープがありません。https://api.slack.com/apps → アプリ → Basic Information → App-Level Tokens で、スコープを付けて作り直し、.env に書いてください。",
    ),
    "failed": (
        "Slack answered {what} with {code}; try again in a moment.",
        "Slack が {what} に {code} と答えました。少し待ってもう一度お試しください。",
    ),
    "window-late": (
        "Slack lets a window open within 3 seconds only, and this took longer. Try once more.",
        "Slack のウィンドウは 3 秒以内にしか開けませんが、間に合いませんでした。もう一度お試しください。",
    ),
    "unreachable": (
        "Slack did not answer about {what} ({why}); it is tried again by itself.",
        "{what} について Slack から返事がありません（{why}）。自動でやり直します。",
    ),
    "bad-token": (
        "Slack does not take SLACK_BOT_TOKEN or SLACK_APP_TOKEN ({code}); copy both again from https://api.slack.com/apps into .env.",
        "SLACK_BOT_TOKEN か SLACK_APP_TOKEN が Slack に拒まれました（{code}）。https://api.slack.com/apps から .env へ両方を写し直してください。",
    ),
    "org-wide": (
        "The app is installed for all of {team}, and Rundown works in one workspace. Install it in that workspace at https://api.slack.com/apps, and put its tokens into .env.",
        "アプリが組織全体（{team}）にインストールされていますが、Rundown はひとつのワークスペースで動きます。https://api.slack.com/apps でワークスペースにインストールし、そのトークンを .env に書いてください。",
    ),
    "oops": (
        "That went wrong on our side; nothing was lost. Please try once more",
        "こちらの不具合でできませんでした。何も失われていません。もう一度お試しください",
    ),
    "no-conversation": (
        "Only channels can be watched, not conversations of a few people; write /setup in a channel.",
        "読めるのはチャンネルだけです。ダイレクトメッセージではなく、チャンネルで /setup と書いてください。",
    ),
    "revoked": (
        "The workspace {team} took its tokens from the app: nothing of it is read any more; install the app there again and put the new tokens into .env.",
        "ワークスペース {team} がアプリのトークンを取り消しました。アプリを再インストールし、新しいトークンを .env に書いてください。",
    ),
    "no-file": (
        "Slack did not give the file {path}. The app needs the scope files:read: paste slack-manifest.yml under App Manifest, then install it again.",
        "Slack からファイル {path} を読めません。アプリに files:read のスコープが必要です。App Manifest に slack-manifest.yml を貼って保存し、再インストールしてください。",
    ),
    "no-channel": (
        "There is no channel “{channel}” here; choose it from the list that Slack shows behind #",
        "「{channel}」というチャンネルはありません。# の後に Slack が出す一覧から選んでください。",
    ),
    "invite": (
        "One more step: write /invite @Rundown in that channel, so that it can be read.",
        "あと一歩です。読めるように、そのチャンネルで /invite @Rundown と書いてください。",
    ),
    "file-sent": (
        "The answer is long, so it was sent to you as a file.",
        "長いため、ファイルで送信しました。",
    ),
    "card-title": ("Edit", "編集"),
    "close": ("Close", "閉じる"),
    "send": ("Save", "保存"),
    "command-title": ("Rundown command", "コマンド"),
    "command": (
        "What you would type after /rundown, for example: topic move GNoME",
        "/rundown の後に入力する内容。例: topic move ロボット after:結晶",
    ),
    "other-channel": ("Another channel", "ほかのチャンネル"),
    # The doctor
    "token": (
        "Slack: the bot token for {team} is valid.",
        "Slack: {team} で Bot トークンは有効です。",
    ),
    "socket": (
        "Slack: the app's token is valid in {team}; Socket Mode is on.",
        "Slack: {team} で App トークンは有効で、Socket Mode はオンです。",
    ),
    "mend-scopes": (
        "Slack: the app in {team} lacks {scopes}: open {link}, your app, App Manifest, paste "
        "slack-manifest.yml, save, and install it again.",
        "Slack: {team} のアプリに {scopes} がありません。{link} のアプリの App Manifest に "
        "slack-manifest.yml を貼って保存し、再インストールしてください。",
    ),
    "channel": ("Slack: the app is in #{channel}.", "Slack: アプリは #{channel} にいます。"),
    "mend-channel": (
        "Slack: the app is not in #{channel}: write /invite @Rundown there.",
        "Slack: アプリが #{channel} にいません。そこで /invite @Rundown と書いてください。",
    ),
    "home-empty": (
        "Rundown does not collect links from any channel yet. Write /setup in one.",
        "対象のチャンネルがまだありません。チャンネルで /setup を使ってください。",
    ),
}
