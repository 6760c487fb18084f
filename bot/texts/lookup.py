"""What is said of look-ups: why an address has no title."""

TEXTS: dict[str, tuple[str, str]] = {
    "reason-challenge": ("the site checks for bots", "サイトがボットかどうかを確認しています"),
    "reason-consent": (
        "the site asks for consent to cookies first",
        "サイトが先に Cookie への同意を求めています",
    ),
    "reason-login": (
        "the page is for people who are logged in",
        "ログインしないと見られないページです",
    ),
    "reason-error": (
        "the site answered with an error page",
        "サイトがエラーページを返しました",
    ),
    "reason-empty": (
        "the page has no title",
        "ページにタイトルがありません",
    ),
    "reason-status": ("the site answers {status}", "サイトの応答が {status} です"),
    "reason-embed": (
        "its embed has HTML that is not allowed",
        "埋め込みに許可されないものがあります",
    ),
    "reason-never-asked": (
        "the operator has this host left alone",
        "管理者が問い合わせを止めているサイトです",
    ),
    "reason-not-asked": ("such addresses are not looked up", "調べない種類の URL です"),
    "reason-offline": ("nothing is looked up offline", "オフラインのため調べていません"),
    "reason-scheme": ("not a web address", "ウェブの URL ではありません"),
    "reason-bad-address": ("not a good address", "URL の形が正しくありません"),
    "reason-port": ("its port is not allowed", "許可されていないポートです"),
    "reason-private": ("not on the public internet", "インターネットに公開されていません"),
    "reason-redirects": ("too many redirects", "リダイレクトが多すぎます"),
    "reason-dns": ("no such host", "サイトが見つかりません（DNS）"),
    "reason-unreachable": ("the site cannot be reached", "サイトに接続できません"),
    "reason-too-slow": ("the site takes too long", "サイトの応答が遅すぎます"),
    "reason-closed": ("the site closed the connection", "サイトが接続を切断しました"),
    "reason-tls": ("the site has no valid certificate", "サイトの証明書が正しくありません"),
    "reason-bad-answer": ("the site's answer is not HTTP", "サイトの応答が HTTP ではありません"),
    "reason-encoding": ("the page cannot be unpacked", "ページの圧縮を展開できません"),
}
