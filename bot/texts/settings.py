"""What is wrong with a setting, and how to set it right."""

TEXTS: dict[str, tuple[str, str]] = {
    "unreadable": (
        "{file} cannot be read ({cause}). Fix that, or remove the file.",
        "{file} を読めません（{cause}）。読めるようにするか、ファイルを削除してください。",
    ),
    "not-text": (
        "{file} is not UTF-8 text. Save it as UTF-8.",
        "{file} は UTF-8 のテキストではありません。UTF-8 で保存し直してください。",
    ),
    "line": (
        "{file}, line {line}: not of the form NAME=value. Check its quotation marks.",
        "{file} の {line} 行目が「名前=値」の形になっていません。引用符を確かめてください。",
    ),
    "pair": (
        "{name} is not set, but {other} is. Set both, or neither.",
        "{other} だけがあり、{name} がありません。両方を設定するか、両方とも外してください。",
    ),
    "as-many": (
        "{name} and {other} do not hold as many tokens. Give both for each workspace, in one order.",
        "{name} と {other} のトークンの数が違います。ワークスペースごとに両方を、同じ順で書いてください。",
    ),
    "token": (
        "{name} holds blanks or characters that no token has. Copy it again, and nothing else.",
        "{name} に空白などトークンにない文字があります。トークンだけをコピーし直してください。",
    ),
    "app-id": (
        "{name} is not the id of a GitHub App. Copy the App ID from the app's settings page.",
        "{name} が GitHub App の ID ではありません。アプリの設定画面の App ID を写してください。",
    ),
    "key": (
        "{name} is not a private key. Paste the whole .pem file, from BEGIN to END, in quotes.",
        "{name} が秘密鍵ではありません。.pem ファイルの全体（BEGIN から END まで）を引用符で囲んで貼ってください。",
    ),
    "address": (
        "{name} is not a server's address. Write it as https://host/path, with nothing behind it.",
        "{name} がサーバーの URL ではありません。https://ホスト/パス の形で書いてください。",
    ),
    "database": (
        "{name} is neither a file nor the address of a PostgreSQL database. Write it as postgresql://user:password@host/database, special characters of a password as %XX.",
        "{name} がファイルでも PostgreSQL のデータベースのアドレスでもありません。postgresql://ユーザー:パスワード@ホスト/データベース の形で、パスワードの記号は %XX と書いてください。",
    ),
    "db-file": (
        "This command keeps its messages in a file beside its database, and RUNDOWN_DB is on a server: name a file with --db.",
        "このコマンドはメッセージをデータベースと並ぶファイルに保存しますが、RUNDOWN_DB がサーバー上にあります。--db でファイルを指定してください。",
    ),
    "shards": (
        "--shards {given}: write 0-3/16 (the shards 0 to 3 of 16), 3/16, or any:4/16 (four that nobody holds).",
        "--shards {given}: 0-3/16（16 個のうち 0 から 3 番）、3/16、any:4/16（空いている 4 個）のように書いてください。",
    ),
    "shards-need-server": (
        "--shards shares the work with other processes, which takes a database on a server: set RUNDOWN_DB to postgresql://… (docs/operating.md).",
        "--shards は複数のプロセスで分担するためのもので、サーバー上のデータベースが必要です。RUNDOWN_DB に postgresql://… を指定してください（docs/operating.md）。",
    ),
    "other-site": (
        "The database {file} holds the episodes of {site}, which must not get into {other}: name another database (RUNDOWN_DB, --db). If it is the same podcast, whose site has moved, start once with --site-moved.",
        "データベース {file} には {site} の回が入っており、{other} に混ぜることはできません。別のデータベースを指定してください（RUNDOWN_DB、--db）。同じ番組のサイトが引っ越しただけなら、一度だけ --site-moved を付けて起動してください。",
    ),
    "metrics": (
        "{name} is not an address to listen on: write it as 127.0.0.1:9464.",
        "{name} が待ち受けのアドレスではありません。127.0.0.1:9464 のように書いてください。",
    ),
    "metrics-taken": (
        "RUNDOWN_METRICS names an address that cannot be listened on ({cause}): free it, "
        "or name another.",
        "RUNDOWN_METRICS のアドレスで待ち受けできません（{cause}）。空けるか、別のものを指"
        "定してください。",
    ),
    "hosts": (
        "{name} takes names of hosts (example.org), with commas between them.",
        "{name} にはホスト名（example.org）を , で区切って書いてください。",
    ),
    "files": (
        "{name} must hold pairs such as owner/site=owner/show-notes, with commas between them: a site, and another repository that its profile may put files into.",
        "{name} は owner/site=owner/show-notes のような組をカンマで区切って書きます。サイトと、そのプロファイルからファイルを書いてよい別のリポジトリの組です。",
    ),
    "owners": (
        "{name} takes Discord users' ids (numbers) and Slack's T…/U…, with commas between them.",
        "{name} には Discord のユーザー ID（数字）や Slack の T…/U… を , で区切って書いてください。",
    ),
    "keep": (
        "{name} takes a number of days, {fewest} at least: 400d.",
        "{name} には日数を 400d のように書いてください（{fewest} 日以上）。",
    ),
    "plain-http": (
        "{name} would send tokens unencrypted: write https://. Plain http is for this machine (127.0.0.1, localhost) alone.",
        "{name} ではトークンが暗号化されずに送られます。https:// で書いてください。http:// はこのマシン（127.0.0.1、localhost）だけに使えます。",
    ),
    "level": (
        "{name} is none of: {levels}.",
        "{name} には次のどれかを書いてください: {levels}",
    ),
    "site": (
        "{name} is not a repository. Write owner/repo, owner/repo@branch, or the path of a folder.",
        "{name} がリポジトリではありません。owner/repo、owner/repo@ブランチ、またはフォルダーのパスを書いてください。",
    ),
    "folder-branch": (
        "{name} names a branch behind a folder, which takes none: what is checked out there is used. Write the folder's path alone.",
        "{name} のフォルダーにブランチは付けられません。そこでチェックアウトされているブランチを使います。フォルダーのパスだけを書いてください。",
    ),
    "path": (
        "{name} holds characters that no path has. Write the path of a file or folder.",
        "{name} にパスに使えない文字があります。ファイルかフォルダーのパスを書いてください。",
    ),
    "home": (
        "{name}: the home folder is not known (HOME is not set). Set {name} to a full path.",
        "{name}: HOME がなくホームフォルダーが不明です。{name} に絶対パスを書いてください。",
    ),
}
