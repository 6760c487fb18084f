"""What is said of shows and their channels: setting up, who may, and what was caught up."""

TEXTS: dict[str, tuple[str, str]] = {
    "not-watched": (
        "This channel is not watched; whoever manages the server or workspace can change that with /setup here",
        "このチャンネルは読んでいません。サーバーやワークスペースを管理する人がここで /setup を使うと始まります",
    ),
    "no-host": (
        "Only hosts can do that here; /setup says who they are",
        "これができるのはホストだけです。だれがホストかは /setup で見られます",
    ),
    "no-manager": (
        "Only those who may manage the server or workspace can set it up; ask one of them",
        "設定できるのはサーバーやワークスペースを管理する権限がある人だけです。その人に頼んでください",
    ),
    "no-owner": (
        "Which site this server or workspace drafts for, only the bot's owner can say: have them"
        " give /setup here once (RUNDOWN_OWNERS names more owners). Nothing was changed.",
        "このサーバーやワークスペースのサイトを決められるのは、ボットの所有者だけです。"
        "所有者に一度ここで /setup してもらってください (RUNDOWN_OWNERS で所有者を増やせます)。"
        "何も変更していません。",
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
        "No site is named; say it with /setup site:owner/repo",
        "サイトが決まっていません。/setup site:owner/repo のように指定してください",
    ),
    "bad-past": (
        "'{past}' is no number of days; write 7, 30 or all",
        "「{past}」は日数として読めません。7、30、all のように書いてください",
    ),
    "watching": (
        "This channel is watched now, for {site}.",
        "このチャンネルを読み始めました。サイト: {site}",
    ),
    "watched": (
        "This channel is watched, for {site}.",
        "このチャンネルを読んでいます。サイト: {site}",
    ),
    "unwatched": (
        "This channel is left alone from now on. What was kept stays.",
        "このチャンネルはもう読みません。これまでに残したものはそのままです。",
    ),
    "others": ("Also watched here: {channels}", "ほかに読んでいるチャンネル: {channels}"),
    "hosts-all": (
        "Everybody who can write here is a host, except people of other workspaces and other apps."
        " /setup hosts:@ROLE, @SOMEBODY limits that: what others post then waits (⏳) until a host"
        " marks it with 📝.",
        "ここに書ける人は全員ホストです (ほかのワークスペースの人とアプリは除きます)。"
        "/setup hosts:@ロール, @だれか で限れます。ほかの人の投稿は、ホストが 📝 を付けるまで"
        "待ちます (⏳)。",
    ),
    "hosts-named": (
        "Hosts are {hosts}, and whoever manages the server or workspace. What others post waits"
        " (⏳) until a host marks it with 📝.",
        "ホストは {hosts} と、サーバーやワークスペースを管理する人です。"
        "ほかの人の投稿は、ホストが 📝 を付けるまで待ちます (⏳)。",
    ),
    "no-such-host": (
        "Nobody here is called '{typed}': name roles or people with @, with commas between them.",
        "「{typed}」は見つかりません。ロールや人を @ で、複数なら , で区切って指定してください。",
    ),
    "read-past": ("Read the last {days} days", "過去{days}日分を読む"),
    "watch-here": ("Watch this channel", "このチャンネルを読む"),
    "reading-past": (
        "Reading what was said here; a line will say what came of it.",
        "これまでの投稿を読んでいます。終わったら知らせます。",
    ),
    "shut-out": (
        "Rundown was taken out of {channel}. What is said there is read when it is let in again; /setup leave:True there ends it.",
        "Rundown は {channel} から外されました。戻されると、その間の投稿も読みます。やめるときは /setup leave:True を使ってください。",
    ),
    "no-thread": (
        "{channel} holds posts alone, and there is none to write into: give /outline in a post",
        "{channel} は投稿だけのチャンネルで、書き込む投稿がありません。投稿の中で /outline を使ってください",
    ),
    "unread": (
        "Not all that was said in {channels} has been read yet: it cannot be read now, or there is much of it. Try again a little later.",
        "{channels} にはまだ読めていない投稿があります。いま読めないか、量が多いためです。少したってからもう一度どうぞ。",
    ),
    "caught-up": (
        "Caught up with what was missed: {what}.",
        "読めていなかった分を反映しました: {what}。",
    ),
    "caught-nothing": (
        "Read what was said here; nothing of it was new.",
        "これまでの投稿を読みました。新しいものはありませんでした。",
    ),
    "caught-added-one": ("{count} thing is new", "新しいもの {count} 件"),
    "caught-added-many": ("{count} things are new", "新しいもの {count} 件"),
    "caught-changed-one": ("{count} changed", "変わったもの {count} 件"),
    "caught-changed-many": ("{count} changed", "変わったもの {count} 件"),
    "caught-removed-one": ("{count} is gone", "なくなったもの {count} 件"),
    "caught-removed-many": ("{count} are gone", "なくなったもの {count} 件"),
}
