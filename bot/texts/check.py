"""What `rundown check` and `/check` say is wrong with a file and its links."""

TEXTS: dict[str, tuple[str, str]] = {
    "nothing": (
        "Nothing to check. Name files, or a site with --site DIR.",
        "確認するものがありません。ファイルか、--site でサイトを指定してください。",
    ),
    "both": (
        "Name files, or a site with --site DIR, but not both.",
        "ファイルか --site のどちらか一方を指定してください。",
    ),
    "state": (
        "{path} is not the state of a check ({cause}). Name another file with --state.",
        "{path} は確認の記録ではありません（{cause}）。--state で別のファイルを指定してください。",
    ),
    "go-on": (
        "Interrupted. The same command goes on from {path}.",
        "中断しました。同じコマンドで {path} から続けられます。",
    ),
    "site-done": (
        "{links} links, {count} findings.",
        "リンク {links} 件、見つかったもの {count} 件。",
    ),
    # a file
    "at-line": ("{path}:{line}: {fault}", "{path}:{line}: {fault}"),
    "profile": (
        "The site's profile cannot be used, and is left aside: {cause}",
        "サイトのプロファイルを使えないため、なしで確認しました: {cause}",
    ),
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
    "comment": (
        "This comment is never closed: all below is hidden.",
        "コメントが閉じていません。これより下がすべて表示されなくなります。",
    ),
    "liquid-open": ("Liquid: this {sign} is never closed.", "Liquid の {sign} が閉じていません。"),
    "liquid": (
        "Liquid: the block {tag} is never closed. Add end{tag}.",
        "Liquid のブロック {tag} が閉じていません。end{tag} を足してください。",
    ),
    "liquid-extra": (
        "Liquid: end{tag} closes nothing.",
        "Liquid の end{tag} に対応する開始タグがありません。",
    ),
    "front-matter-no-keys": (
        "The front matter has no keys. Write lines such as title: …",
        "front matter に項目がありません。title: … のように書いてください。",
    ),
    "tag": ("<{tag}> is never closed.", "<{tag}> が閉じていません。"),
    "tag-extra": ("</{tag}> closes nothing.", "</{tag}> に対応する開始タグがありません。"),
    "tag-open": ("The tag <{tag} has no >.", "<{tag} タグに > がありません。"),
    "doubled": (
        "{url} stands in line {line} already.",
        "{url} は {line} 行目にもあります。",
    ),
    # links
    "not-understood": (
        "“{typed}” is not understood. Write /check, or /check new link:1.2 address:URL.",
        "「{typed}」は読み取れません。/check か /check new link:1.2 address:URL と書いてください。",
    ),
    "bad-address": (
        "“{typed}” is not a web address. Nothing was changed.",
        "「{typed}」は URL として読み取れません。変更していません。",
    ),
    "readdressed": ("“{link}” leads to {url} now.", "「{link}」の URL を {url} に変更しました。"),
    "left": ("Left “{link}” as it is.", "「{link}」はこのままにします。"),
    "found": ("Found in the links: {count}", "リンクで見つかったもの: {count} 件"),
    "all-well": (
        "Nothing is wrong with the links ({count} asked).",
        "リンクに問題はありません（{count} 件を確認）。",
    ),
    "none-asked": (
        "No link was asked: there is none, Rundown is offline, or their sites are left alone.",
        "確認したリンクはありません（リンクがない、オフライン、または問い合わせを止めているサイト）。",
    ),
    "more": (
        "{count} more. Mend these, then /check again.",
        "ほかに {count} 件あります。対応したあと、もう一度 /check を使ってください。",
    ),
    "not-all": (
        "{count} links have not answered yet. Give /check again to go on.",
        "まだ応答のないリンクが {count} 件あります。続けるにはもう一度 /check を使ってください。",
    ),
    "rot-gone": ("it is gone ({detail})", "なくなっています（{detail}）"),
    "rot-gone-new": (
        "it is gone ({detail}); a copy: {address}",
        "なくなっています（{detail}）。保存されたもの: {address}",
    ),
    "rot-error-page": (
        "it leads to an error page",
        "エラーページになっています",
    ),
    "rot-error-page-new": (
        "it leads to an error page; a copy: {address}",
        "エラーページになっています。保存されたもの: {address}",
    ),
    "rot-front-page": (
        "it leads to a front page: {detail}",
        "トップページに転送されます: {detail}",
    ),
    "rot-front-page-new": (
        "it leads to a front page: {detail}; a copy: {address}",
        "トップページに転送されます: {detail}。保存されたもの: {address}",
    ),
    "rot-log-in": (
        "it leads to a log-in page",
        "ログインのページになっています",
    ),
    "rot-moved-new": ("it has moved to {address}", "{address} に移転しています"),
    "rot-https-new": ("https answers too: {address}", "https でも表示できます: {address}"),
    "rot-title": ("its title is “{detail}” now", "タイトルが「{detail}」に変わっています"),
    "rot-embed": (
        "its embed does not answer any more ({detail})",
        "埋め込みが応答しません（{detail}）",
    ),
    "rot-no-answer": ("it does not answer ({detail})", "応答しません（{detail}）"),
    "rot-untitled": ("it has no title", "タイトルがありません"),
    "rot-twice": ("it is in the episode twice", "同じリンクが 2 つあります"),
    "do-new": ("new address", "新しい URL"),
    "do-archived": ("archived copy", "保存されたもの"),
    "do-title": ("new title", "新しいタイトル"),
    "do-refresh": ("look up again", "もう一度調べる"),
    "do-remove": ("remove", "外す"),
    "do-leave": ("leave", "このまま"),
    "left-over": ("“{words}” is left over.", "「{words}」が残っています。"),
}
