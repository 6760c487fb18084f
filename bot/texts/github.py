"""What is said of the site repository on GitHub: each line says what happened and what to do."""

TEXTS: dict[str, tuple[str, str]] = {
    # who we are, and what we may
    "no-token": (
        "{repository} is on GitHub (a folder would be ./{repository}), but no token is set: set GITHUB_TOKEN, or GITHUB_APP_ID with GITHUB_APP_PRIVATE_KEY; .env.example says where to get them.",
        "{repository} は GitHub のリポジトリですが（フォルダーなら ./{repository}）、トークンが設定されていません。GITHUB_TOKEN か、GITHUB_APP_ID と GITHUB_APP_PRIVATE_KEY を設定してください（取得方法は .env.example）。",
    ),
    "token-refused": (
        "GitHub rejects the token for {repository} ({why}): it is wrong, was revoked or has expired. Make a new one and set it as GITHUB_TOKEN.",
        "GitHub が {repository} 用のトークンを受け付けません（{why}）。誤っているか、失効しています。新しいトークンを作り、GITHUB_TOKEN に設定してください。",
    ),
    "app-refused": (
        "GitHub does not take the app's key ({why}): check GITHUB_APP_ID, GITHUB_APP_PRIVATE_KEY and this machine's clock.",
        "GitHub がアプリの鍵を受け付けません（{why}）。GITHUB_APP_ID、GITHUB_APP_PRIVATE_KEY と、このマシンの時刻を確かめてください。",
    ),
    "not-installed": (
        "The GitHub App is not installed on {repository}: open the app's page on GitHub, choose"
        " Install App, and pick the repository.",
        "GitHub App が {repository} にインストールされていません。GitHub のアプリの画面の"
        " Install App でこのリポジトリを選んでください。",
    ),
    "bad-key": (
        "GITHUB_APP_PRIVATE_KEY is not an RSA key that can sign: generate a new private key on the app's page, and paste the whole .pem file.",
        "GITHUB_APP_PRIVATE_KEY が署名に使える RSA 鍵ではありません。アプリの画面で秘密鍵を作り直し、.pem ファイルの全体を貼ってください。",
    ),
    "no-right": (
        'The token may not do that in {repository} ({why}): give it the permission "Contents: read and write", and "Pull requests: read and write" for `draft: pull_request`.',
        "トークンに {repository} での権限がありません（{why}）。「Contents: Read and write」（`draft: pull_request` では「Pull requests: Read and write」も）を与えてください。",
    ),
    "sso": (
        "The organization of {repository} asks for SAML single sign-on: authorize the token for it"
        " at github.com/settings/tokens (Configure SSO).",
        "{repository} の組織は SAML シングルサインオンを必須にしています。"
        "github.com/settings/tokens の Configure SSO でトークンを承認してください。",
    ),
    "forbidden": (
        "GitHub refuses access to {repository}: {why}. Check what the token may do, and the"
        " organization's rules for tokens.",
        "GitHub が {repository} へのアクセスを拒否しました: {why}。トークンの権限と、組織の"
        "トークンに関する規則を確かめてください。",
    ),
    # the repository and its branch
    "not-found": (
        "There is no {repository} on GitHub that the token can see: check RUNDOWN_SITE, and that"
        " the token was given access to it.",
        "トークンで見える {repository} が GitHub にありません。RUNDOWN_SITE と、トークンに"
        "このリポジトリが選ばれているかを確かめてください。",
    ),
    "no-branch": (
        "There is no branch {branch} in {repository}: make it, or name another in RUNDOWN_SITE (owner/repo@branch) or as `branch` in .rundown/site.yml.",
        "{repository} にブランチ {branch} がありません。作るか、RUNDOWN_SITE（owner/repo@ブランチ）か .rundown/site.yml の `branch` で別のブランチを指定してください。",
    ),
    "no-branch-but": (
        "There is no branch {branch} in {repository}; its default branch is {default}. If it was"
        " renamed, write that in RUNDOWN_SITE or as `branch` in .rundown/site.yml, or leave it out.",
        "{repository} にブランチ {branch} がありません。デフォルトブランチは {default} です。"
        "改名されたなら、RUNDOWN_SITE か .rundown/site.yml の `branch` を直すか、省いてください。",
    ),
    "empty": (
        "{repository} has no commit yet: add a first file on its page on GitHub (a README will do), then try again.",
        "{repository} にはまだコミットがありません。GitHub の画面で最初のファイル（README など）を追加してから、もう一度お試しください。",
    ),
    "archived": (
        "{repository} is archived, so nothing can be committed: unarchive it in its settings on"
        " GitHub, or name another in RUNDOWN_SITE.",
        "{repository} はアーカイブされているため、コミットできません。GitHub の設定で解除するか、"
        "RUNDOWN_SITE で別のリポジトリを指定してください。",
    ),
    "protected": (
        "{branch} of {repository} takes no commits directly ({why}): set `draft: pull_request` in .rundown/site.yml, or let the token bypass the rule.",
        "{repository} の {branch} には直接コミットできません（{why}）。.rundown/site.yml に `draft: pull_request` と書くか、トークンを規則の対象外にしてください。",
    ),
    "busy": (
        "Someone commits to {branch} of {repository} all the time, so nothing was committed: try again in a minute.",
        "{repository} の {branch} へのコミットが続いているため、コミットしませんでした。1 分ほどしてから、もう一度お試しください。",
    ),
    "refused": (
        "GitHub refuses what was asked of {repository}: {why}. Nothing was committed.",
        "GitHub が {repository} への要求を拒否しました: {why}。何もコミットしていません。",
    ),
    "not-whole": (
        "What GitHub gave of {path} in {repository} is not what is stored there, so nothing was"
        " committed: try again later.",
        "GitHub が返した {repository} の {path} の内容が保存されているものと一致しないため、何も"
        "コミットしていません。しばらくしてから、もう一度お試しください。",
    ),
    "too-many-files": (
        "{repository} has more files than GitHub lists at once, so it cannot be read.",
        "{repository} のファイルが GitHub の一覧の上限を超えているため、読み込めません。",
    ),
    "too-much": (
        "GitHub's answer about {repository} is larger than {limit} KB, which is more than is read.",
        "{repository} についての GitHub の応答が {limit} KB を超えたため、読み込みません。",
    ),
    # how it is reached
    "rate": (
        "GitHub takes no more requests with this token for about {minutes} min: wait that long,"
        " then try again.",
        "このトークンでの要求が多すぎるため、GitHub が約 {minutes} 分受け付けません。その後、"
        "もう一度お試しください。",
    ),
    "down": (
        "GitHub is in trouble (status {status}, {repository}: {why}): see githubstatus.com, and try again later.",
        "GitHub に障害が起きています（状態 {status}、{repository}: {why}）。githubstatus.com を確かめ、しばらくしてからもう一度お試しください。",
    ),
    "slow": (
        "{host} gave no answer within {seconds:g} seconds: try again; see githubstatus.com if it"
        " stays so.",
        "{host} が {seconds:g} 秒以内に応答しませんでした。もう一度お試しください。続くときは"
        " githubstatus.com を確かめてください。",
    ),
    "unreachable": (
        "{host} cannot be reached ({why}): check the network, and GITHUB_API_URL and GITHUB_GRAPHQL_URL if they are set.",
        "{host} に接続できません（{why}）。ネットワークと、設定していれば GITHUB_API_URL と GITHUB_GRAPHQL_URL を確かめてください。",
    ),
    "tls": (
        "The certificate of {host} cannot be trusted ({why}): check this machine's clock, and whether a proxy stands in the way.",
        "{host} の証明書を信頼できません（{why}）。このマシンの時刻と、途中にプロキシがないかを確かめてください。",
    ),
    "bad-answer": (
        "{host} does not answer as GitHub does: check GITHUB_API_URL and GITHUB_GRAPHQL_URL, and"
        " whether a proxy stands in the way.",
        "{host} の応答が GitHub のものではありません。GITHUB_API_URL と GITHUB_GRAPHQL_URL、"
        "途中のプロキシを確かめてください。",
    ),
    "unknown": (
        "GitHub did not say whether the commit was made ({why}). The next /draft finds out; nothing is committed twice.",
        "コミットできたかどうか、GitHub から応答がありませんでした（{why}）。次の /draft で確認します。二重にコミットされることはありません。",
    ),
    # drafts under review
    "review-closed": (
        "Pull request #{number} was closed without merging ({url}). Reopen it, or start over with `/draft recreate:yes`.",
        "プルリクエスト #{number} はマージされずにクローズされました（{url}）。再オープンするか、`/draft recreate:yes` で新しく始めてください。",
    ),
    "too-many-branches": (
        "All branches of this episode from {branch} on are used up in {repository}: delete those"
        " that were merged, then try again.",
        "{repository} の {branch} から始まるこの回のブランチをすべて使い切りました。マージ済みの"
        "ものを削除してから、もう一度お試しください。",
    ),
    "profile-subject": (
        "Say how this podcast's drafts look (.rundown)",
        "このポッドキャストの原稿の形を置く（.rundown）",
    ),
    "profile-body": (
        "Learned from the newest of {count} episodes in {folder}; the next will be {next}. The comments in `.rundown/site.yml` say what was seen. Change both files as you like; once they are merged, drafts follow them.",
        "{folder} の {count} 回のうち新しいものから読み取りました。次は {next} です。何を見たかは `.rundown/site.yml` のコメントにあります。どちらのファイルも自由に変えてください。マージすると、以後の原稿はこれに従います。",
    ),
    "profile-waits": (
        "{repository} has a branch {branch} already: merge or delete it first; nothing was changed.",
        "{repository} にはすでに {branch} というブランチがあります。先にマージするか削除してください。何も変えていません。",
    ),
    "pull-refused": (
        "GitHub refuses a pull request from {branch} of {repository} ({why}): see the repository's settings and rules.",
        "GitHub が {repository} の {branch} からのプルリクエストを拒否しました（{why}）。リポジトリの設定とルールを確かめてください。",
    ),
    "pull-title": ("Draft of episode {number}", "第{number}回の原稿"),
    "pull-body": (
        "What the hosts collected in the chat. Edit the file here as you like: later drafts keep what you write.",
        "ホストがチャットで集めた内容です。このファイルは自由に編集できます。以後の原稿でも、書いた内容はそのまま残ります。",
    ),
}
