"""What `rundown doctor` finds in order; what is not, the errors say."""

TEXTS: dict[str, tuple[str, str]] = {
    "no-site": (
        "No site is set: write RUNDOWN_SITE=owner/repo, or the path of a folder, into .env.",
        "サイトが設定されていません。.env に RUNDOWN_SITE=owner/repo か、フォルダーのパスを"
        "書いてください。",
    ),
    "folder": (
        "Site: {folder} is a git repository that can be committed to.",
        "サイト: {folder} はコミットできる git リポジトリです。",
    ),
    "repository": (
        "GitHub: the token is taken, and {repository} can be read.",
        "GitHub: トークンは有効で、{repository} を読めます。",
    ),
    "branch": (
        "GitHub: drafts go to the branch {branch}.",
        "GitHub: 原稿の行き先はブランチ {branch} です。",
    ),
    "write": (
        "GitHub: the token may commit to {repository}.",
        "GitHub: トークンは {repository} にコミットできます。",
    ),
    "pulls": (
        "GitHub: the token may open pull requests in {repository}.",
        "GitHub: トークンは {repository} でプルリクエストを開けます。",
    ),
    "profile": (
        "Profile: that of {name} can be used.",
        "プロファイル: {name} のものを使えます。",
    ),
}
