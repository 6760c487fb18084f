"""What is said of shows and their channels: setting up, who may, and what was caught up."""

TEXTS: dict[str, tuple[str, str]] = {
    "not-watched": (
        "Rundown does not collect links from this channel. Someone who manages the server or workspace can start it here with /setup.",
        "このチャンネルは対象になっていません。サーバーやワークスペースの管理者が、ここで /setup を使うと始められます。",
    ),
    "no-host": (
        "Only hosts can do this. Ask someone who manages the server or workspace.",
        "これはホストだけができる操作です。サーバーやワークスペースの管理者に相談してください。",
    ),
    "no-manager": (
        "Only people who manage the server or workspace can use /setup. Ask one of them.",
        "/setup を使えるのは、サーバーやワークスペースの管理者だけです。管理者に相談してください。",
    ),
    "no-owner": (
        "Which site this server or workspace drafts for, only the bot's owner can say: have them give /setup here once (RUNDOWN_OWNERS names more owners). Nothing was changed.",
        "このサーバーやワークスペースのサイトを決められるのは、ボットの所有者だけです。所有者に一度ここで /setup してもらってください（RUNDOWN_OWNERS で所有者を増やせます）。何も変更していません。",
    ),
    "which-site": (
        "Several sites are set up here: say which with /setup site: {sites}",
        "ここには複数のサイトがあります。/setup site: で選んでください: {sites}",
    ),
    "other-branch": (
        "That site is set up as {site} already; a show has one branch. Nothing was changed.",
        "そのサイトはすでに {site} として設定されています。ブランチは一つだけです。"
        "何も変更していません。",
    ),
    "no-site": (
        "No site is set. Write /setup site:owner/repo.",
        "サイトが設定されていません。/setup site:owner/repo のように指定してください。",
    ),
    "bad-past": (
        "“{past}” is not a number of days. Write 7, 30 or all.",
        "「{past}」は日数として読み取れません。7、30、全部 のように書いてください。",
    ),
    "watching": (
        "Rundown now collects links here, for {site}.",
        "このチャンネルのリンクを集め始めました。サイト: {site}",
    ),
    "watched": (
        "Rundown collects links here, for {site}.",
        "このチャンネルのリンクを集めています。サイト: {site}",
    ),
    "unwatched": (
        "Rundown no longer collects links here. What it has stays.",
        "このチャンネルのリンクを集めるのをやめました。これまでの分は残ります。",
    ),
    "welcome": (
        "Write as usual: “# Topic”, then links and “- bullets”; talk is not kept. ✅ kept, 🔙 kept, and in an earlier episode, ♻️ already there, ❓ no title found (set one in /outline), ⏳ waits for a host. React with 📝 to keep a message, 🚫 to leave it out, 🔒 to take it off the record.",
        "いつもどおりに書いてください。「# 話題」のあとのリンクと「- 箇条書き」が原稿に入り、雑談は入りません。✅ 原稿に入りました、🔙 以前の回にもあったリンクです、♻️ もう入っています、❓ タイトルが見つかりません（/outline で入力できます）、⏳ ホストを待っています。リアクション 📝 で入れる、🚫 で外す、🔒 でオフレコ。",
    ),
    "others": ("Also collecting in: {channels}", "ほかの対象チャンネル: {channels}"),
    "hosts-all": (
        "Everyone who can write here is a host. To limit that: /setup hosts:@name",
        "ここに書ける人は全員ホストです。限定するには /setup hosts:@名前",
    ),
    "hosts-named": (
        "Hosts are {hosts}, and whoever manages the server or workspace. What others post waits (⏳) until a host marks it with 📝.",
        "ホストは {hosts} と、サーバーやワークスペースを管理する人です。ほかの人のメッセージは、ホストが 📝 を付けるまで待ちます（⏳）。",
    ),
    "no-such-host": (
        "Nobody here is called “{typed}”: name roles or people with @, with commas between them.",
        "「{typed}」は見つかりません。ロールや人を @ で、複数なら , で区切って指定してください。",
    ),
    "read-past": ("Read the last {days} days", "過去 {days} 日分を読む"),
    "watch-here": ("Collect links here", "このチャンネルを対象にする"),
    "reading-past": (
        "Reading earlier messages. You will get a line when it is done.",
        "過去のメッセージを読んでいます。終わったらお知らせします。",
    ),
    "shut-out": (
        "Rundown was taken out of {channel}. What is said there is read when it is let in again; /setup leave:True there ends it.",
        "Rundown は {channel} から外されました。戻されると、その間のメッセージも読みます。やめるときは /setup leave:True を使ってください。",
    ),
    "no-thread": (
        "{channel} holds posts alone, and there is none to write into: give /outline in a post.",
        "{channel} は投稿だけのチャンネルで、書き込む投稿がありません。投稿の中で /outline を使ってください。",
    ),
    "unread": (
        "Not all that was said in {channels} has been read yet: it cannot be read now, or there is much of it. Try again a little later.",
        "{channels} にはまだ読めていないメッセージがあります。いま読めないか、量が多いためです。少したってからもう一度お試しください。",
    ),
    "refused-unread": (
        "{why} Not all that was said in {channels} has been read yet: if it was said there, try again a little later.",
        "{why}{channels} にはまだ読めていないメッセージがあります。その中にあるはずなら、少したってからもう一度お試しください。",
    ),
    "caught-up": (
        "Read the messages from while Rundown was away: {what}.",
        "停止中のメッセージを反映しました: {what}。",
    ),
    "caught-nothing": (
        "Read the earlier messages: nothing new.",
        "過去のメッセージを読みました。新しいものはありませんでした。",
    ),
    "caught-added": ("{count} new", "新規 {count} 件"),
    "caught-changed": ("{count} changed", "変更 {count} 件"),
    "caught-removed": ("{count} removed", "削除 {count} 件"),
}
