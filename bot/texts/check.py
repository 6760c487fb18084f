"""What `rundown check` and `/check` say is wrong with a file and its links."""

TEXTS: dict[str, tuple[str, str]] = {
    "nothing": (
        "Nothing to check. Name files, or a site with --site DIR.",
        "確認するものがありません。ファイルか、--site でサイトを指定してください。",
    ),
    # a file
    "at-line": ("{path}:{line}: {fault}", "{path}:{line}: {fault}"),
    "front-matter": (
        "The front matter cannot be read: {cause}.",
        "front matter を読み取れません: {cause}。",
    ),
    "front-matter-open": (
        "The front matter has no end. Add a line of --- below it.",
        "front matter の終わりがありません。下に --- の行を足してください。",
    ),
    "front-matter-late": (
        "The front matter must begin in the first line. Remove what stands above it.",
        "front matter は 1 行目から始めてください。上にあるものを消してください。",
    ),
    "truth": (
        "{key}: Jekyll reads {value} as yes or no, others as a word. Write true, false, or “{value}” in quotes.",
        "{key}: {value} は Jekyll では真偽、ほかでは文字列になります。true か false と書くか、引用符で囲んでください。",
    ),
    "number": (
        "{key}: {value} is read as {read} by some generators. Put it in quotes.",
        "{key}: {value} は {read} と読まれることがあります。引用符で囲んでください。",
    ),
    "no-text": (
        "{key}: {value} is not text. Put it in quotes.",
        "{key}: {value} は文字列になりません。引用符で囲んでください。",
    ),
    "cut": (
        "{key}: “{lost}” is a comment and gets lost. Put the whole value in quotes.",
        "{key}: 「{lost}」はコメントになり、失われます。値全体を引用符で囲んでください。",
    ),
    "fence": (
        "This fence is never closed: all below is code.",
        "コードブロックが閉じていません。これより下がすべてコードになります。",
    ),
    "heading-blank": (
        "“{heading}” is not a heading: a blank is missing behind #.",
        "「{heading}」は見出しになりません。# のあとに空白を入れてください。",
    ),
    "heading-empty": ("This heading has no words.", "見出しに文字がありません。"),
    "heading-level": (
        "A heading of level {level} below one of level {above}: a level is left out.",
        "レベル {above} の見出しの下に、レベルを飛ばしてレベル {level} の見出しがあります。",
    ),
    "link-blank": (
        "This is not a link: a blank stands between ] and (.",
        "] と ( のあいだに空白があり、リンクになりません。",
    ),
    "link-open": ("This is not a link: a ] is missing.", "] がなく、リンクになりません。"),
    "link-no-words": ("This is not a link: a [ is missing.", "[ がなく、リンクになりません。"),
    "link-unclosed": ("This is not a link: its ) is missing.", ") がなく、リンクになりません。"),
    "link-empty": ("This link has no address.", "リンクに URL がありません。"),
    "link-address-blank": (
        "This is not a link: its address has a blank in it.",
        "URL に空白があり、リンクになりません。",
    ),
    "tag": ("<{tag}> is never closed.", "<{tag}> が閉じていません。"),
    "tag-extra": ("</{tag}> closes nothing.", "</{tag}> に対応する開始タグがありません。"),
    "tag-open": ("The tag <{tag} has no >.", "<{tag} タグに > がありません。"),
    "doubled": (
        "{url} stands in line {line} already.",
        "{url} は {line} 行目にもあります。",
    ),
    "left-over": ("“{words}” is left over.", "「{words}」が残っています。"),
}
