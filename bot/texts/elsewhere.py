"""What is said of the files of an episode that stand in another repository than its site's."""

TEXTS: dict[str, tuple[str, str]] = {
    "subject": ("ep{number}: files of the episode", "第{number}回: 回のファイル"),
    "written": ("Also in {repository}: {commit}", "{repository} にもコミットしました: {commit}"),
    "written-review": (
        "Also in {repository}: {commit}, pull request: {review}",
        "{repository} にもコミットしました: {commit}、プルリクエスト: {review}",
    ),
    "failed": (
        "The draft is done, but its files in {repository} are not written yet: {why} Nothing is lost; it is tried again by itself.",
        "原稿はできましたが、{repository} のファイルはまだ書いていません: {why} 何も失われていません。自動でもう一度試します。",
    ),
    "late": (
        "Episode {number}: its files in {repository} are written now: {commit}",
        "第{number}回: {repository} のファイルを書きました: {commit}",
    ),
    "well": (
        "files of episodes may be written to {repository}",
        "回のファイルを {repository} に書き込めます",
    ),
    "unwell": ("files of episodes for {repository}: {why}", "{repository} に書くファイル: {why}"),
    "not-bound": (
        "site.yml names it, but who runs this bot has not said that this site may write there. They add it to RUNDOWN_FILES.",
        "site.yml に書かれていますが、このサイトから書き込んでよいとは設定されていません。ボットの管理者が RUNDOWN_FILES に追加してください。",
    ),
}
