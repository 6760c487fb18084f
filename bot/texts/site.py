"""What is said of the site repository, its profile's files and `rundown init`."""

TEXTS: dict[str, tuple[str, str]] = {
    # git itself
    "no-git": (
        "git is not installed, or not on the PATH: install it (version {needed} or newer).",
        "git が見つかりません。バージョン {needed} 以降をインストールしてください。",
    ),
    "old-git": (
        "git {found} is too old: install version {needed} or newer.",
        "git {found} は古すぎます。バージョン {needed} 以降をインストールしてください。",
    ),
    "slow": (
        "`git {command}` in {folder} took longer than {seconds} seconds and was stopped.",
        "{folder} での `git {command}` が {seconds} 秒以内に終わらなかったため、中止しました。",
    ),
    "too-much": (
        "`git {command}` in {folder} gave more than {limit} MB, which is more than is read.",
        "{folder} での `git {command}` の出力が {limit} MB を超えたため、読み込みません。",
    ),
    "refused": (
        "`git {command}` failed in {folder}: {why}",
        "{folder} で `git {command}` が失敗しました: {why}",
    ),
    # the repository
    "no-folder": (
        "There is no folder {folder}: name the folder that the site is in.",
        "フォルダー {folder} がありません。サイトのあるフォルダーを指定してください。",
    ),
    "not-a-repository": (
        "{folder} is not a git repository: run `git init` in it, or name the site's folder with"
        " --site DIR.",
        "{folder} は git リポジトリではありません。そこで `git init` を実行するか、--site DIR で"
        "サイトのフォルダーを指定してください。",
    ),
    "inside-a-repository": (
        "{folder} lies inside the repository {root}: name that folder instead.",
        "{folder} はリポジトリ {root} の中にあります。{root} の方を指定してください。",
    ),
    "other-owner": (
        "{folder} belongs to another user, so git does not trust it: if you do, run"
        " `git config --global --add safe.directory {folder}`.",
        "{folder} の所有者が別のユーザーのため、git が信頼しません。信頼できる場合は"
        " `git config --global --add safe.directory {folder}` を実行してください。",
    ),
    "detached": (
        "No branch is checked out in {folder}: run `git switch BRANCH` there, or name one as"
        " `branch` in .rundown/site.yml.",
        "{folder} ではどのブランチもチェックアウトされていません。`git switch BRANCH` を"
        "実行するか、.rundown/site.yml の `branch` で指定してください。",
    ),
    "no-branch": (
        "There is no branch {branch} in {folder}: make it with `git branch`, or name another as"
        " `branch` in .rundown/site.yml.",
        "{folder} にブランチ {branch} がありません。`git branch` で作るか、.rundown/site.yml の"
        " `branch` で別のブランチを指定してください。",
    ),
    "branch-elsewhere": (
        "The branch {branch} is checked out in {folder}: name that folder with --site DIR.",
        "ブランチ {branch} は {folder} でチェックアウトされています。--site DIR でそのフォルダーを"
        "指定してください。",
    ),
    "no-identity": (
        "git does not know who commits in {folder}: run `git config user.name NAME` and"
        " `git config user.email ADDRESS` there.",
        "{folder} のコミットの作者が設定されていません。そこで `git config user.name 名前` と"
        " `git config user.email メールアドレス` を実行してください。",
    ),
    "cannot-sign": (
        "The commit in {folder} could not be signed, as commit.gpgSign asks for: {why}",
        "{folder} のコミットに署名できませんでした（commit.gpgSign が有効です）: {why}",
    ),
    "in-progress": (
        "A {what} is in progress in {folder}: finish it or abort it, then try again.",
        "{folder} で {what} の途中です。完了するか中止してから、もう一度お試しください。",
    ),
    "unmerged": (
        "{folder} has files with merge conflicts: settle and commit them, then try again.",
        "{folder} にマージの競合が残っています。解決してコミットしてから、もう一度お試しください。",
    ),
    "locked": (
        "Another git process is at work in {folder}: try again; if there is none, delete {lock}.",
        "{folder} で別の git が動いています。もう一度お試しください。動いていない場合は {lock} を"
        "削除してください。",
    ),
    "unwritable": (
        "{path} cannot be written: {why}. Nothing was committed.",
        "{path} に書き込めません: {why}。何もコミットしていません。",
    ),
    "unreadable": (
        "{path} cannot be read: {why}.",
        "{path} を読み込めません: {why}。",
    ),
    "head-moved": (
        "Someone committed to {branch} in the meantime: try again.",
        "その間に {branch} へ別のコミットが入りました。もう一度お試しください。",
    ),
    "file-moved": (
        "Someone edited {path} in the meantime: try again.",
        "その間に {path} が編集されました。もう一度お試しください。",
    ),
    "staged-apart": (
        "{path} is staged with a text that is neither committed nor in the file: commit it or run"
        " `git restore --staged` on it, then try again.",
        "{path} には、コミットにもファイルにもない内容がステージされています。コミットするか"
        " `git restore --staged` を実行してから、もう一度お試しください。",
    ),
    "ignored": (
        "{path} is ignored by .gitignore, so it is not committed: change the rule (`git"
        " check-ignore -v` shows it), or the path that .rundown/site.yml gives it.",
        "{path} は .gitignore の対象のため、コミットしません。その規則（`git check-ignore -v` で"
        "表示）か、.rundown/site.yml でのこのファイルのパスを変更してください。",
    ),
    "not-text": (
        "The draft for {path} holds half a character (a lone surrogate), which no file can hold.",
        "{path} の原稿に、ファイルに書けない文字（対になっていないサロゲート）が含まれています。",
    ),
    # paths in it
    "path-outside": (
        "The site can have no file at “{path}”: give a path from the repository's root, with a name, "
        "without `..` or `//`.",
        "サイトのパスに「{path}」は使えません。リポジトリのルートからのパスを、ファイル名まで、"
        "`..` と `//` なしで指定してください。",
    ),
    "path-git": (
        "The path {path} goes into git's own folder: choose another.",
        "パス {path} は git 自身のフォルダーを指しています。別のパスにしてください。",
    ),
    "path-name": (
        "The path {path} holds a name that not every system can store: leave out control"
        ' characters, \\ < > : " | ? *, a dot or blank at the end, CON and its like, and shorten'
        " what is over 200 bytes.",
        "パス {path} に、保存できないシステムがある名前が含まれています。制御文字、"
        '\\ < > : " | ? *、末尾の点や空白、CON などの予約名、200 バイトを超える名前は使えません。',
    ),
    "path-folder": (
        "The path {path} is a folder: choose another, or move the folder.",
        "パス {path} はフォルダーです。別のパスにするか、フォルダーを移動してください。",
    ),
    "path-not-file": (
        "The path {path} is a symbolic link or no plain file: choose another, or move it.",
        "パス {path} はシンボリックリンクか、通常のファイルではないものです。別のパスにするか、"
        "移動してください。",
    ),
    "path-through": (
        "The path {path} goes through {part}, which is not a plain folder of this repository: choose another.",
        "パス {path} の途中の {part} は、このリポジトリの通常のフォルダーではありません。別のパスにしてください。",
    ),
    "too-large": (
        "{path} is larger than {limit} KB, which is more than is read.",
        "{path} が {limit} KB を超えているため、読み込みません。",
    ),
    # the profile's files
    "no-profile": (
        "There is no {file} in {folder}: run `rundown init` on the site, or give --profile DIR.",
        "{folder} に {file} がありません。サイトに対して `rundown init` を実行するか、"
        "--profile DIR を指定してください。",
    ),
    "profile-outside": (
        "{path} leads out of {folder}: a profile is read from inside its repository only.",
        "{path} は {folder} の外を指しています。プロファイルはリポジトリの中からしか"
        "読み込みません。",
    ),
    "profile-not-utf8": (
        "{path} is not UTF-8 text (byte {byte}): save it as UTF-8.",
        "{path} は UTF-8 のテキストではありません（{byte} バイト目）。UTF-8 で保存してください。",
    ),
    # rundown init
    "unknown-kind": (
        "No episodes were found in {folder} (three pages of Markdown, AsciiDoc or Org with a date or number), and it is neither a Jekyll nor a Hugo site: looked for _config.yml; hugo.toml, .yaml or .json; and for config.toml, .yaml or .json beside content/.",
        "{folder} に番組の回（日付か番号のある Markdown・AsciiDoc・Org のページ3つ以上）がなく、Jekyll のサイトにも Hugo のサイトにも見えません。_config.yml、hugo.toml / .yaml / .json、content/ と並ぶ config.toml / .yaml / .json を探しました。",
    ),
    "no-such-kind": (
        "There is no profile for {kind}: choose one of {kinds}.",
        "{kind} 用のプロファイルはありません。{kinds} から選んでください。",
    ),
    "has-profile": (
        "{folder} is there already and was left as it is: edit it, or move it away first.",
        "{folder} はすでにあるため、そのままにしました。編集するか、先に移動してください。",
    ),
    "broken-settings": (
        "{place} cannot be read as {format}: fix it, then try again.",
        "{place} を {format} として読めません。直してから、もう一度お試しください。",
    ),
}
