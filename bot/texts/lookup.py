"""What is said of look-ups: why an address has no title."""

TEXTS: dict[str, tuple[str, str]] = {
    "reason-challenge": (
        "the site wants to see that a person is asking",
        "サイトが人間による閲覧かどうかの確認を求めています",
    ),
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
}
