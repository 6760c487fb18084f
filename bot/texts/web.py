"""Why an address was not fetched. Hosts are named, whole addresses never: they may be private."""

TEXTS: dict[str, tuple[str, str]] = {
    "scheme": (
        "Only http and https addresses are looked up, not {scheme}: ones.",
        "調べられるのは http と https の URL だけです（{scheme}: は対象外です）。",
    ),
    "bad-address": (
        "{host} is not a valid host name, or the address is too long. Check the link.",
        "{host} がホスト名として正しくないか、URL が長すぎます。リンクを確認してください。",
    ),
    "port": (
        "{host} was not asked: its address names port {port}, which is not allowed.",
        "{host} には問い合わせませんでした。許可されていないポート {port} の URL です。",
    ),
    "private": (
        "{host} was not asked: it is not on the public internet (--allow-private permits it).",
        "{host} には問い合わせませんでした。公開されたインターネットの外にあります（--allow-private で許可できます）。",
    ),
    "never-asked": (
        "{host} is never asked: RUNDOWN_NEVER_ASK names it.",
        "{host} には問い合わせません。RUNDOWN_NEVER_ASK に書かれています。",
    ),
    "redirects": (
        "{host} redirects again after {most} redirects: link to the page itself.",
        "{most} 回転送された後も {host} がさらに転送します。ページそのものへのリンクにしてください。",
    ),
    "dns": (
        "{host} was not found (DNS). Check the link, or try again later.",
        "{host} が見つかりません（DNS）。リンクを確認するか、後でもう一度お試しください。",
    ),
    "unreachable": (
        "{host} takes no connection: check the link, or try again later.",
        "{host} に接続できません。リンクを確かめるか、後でもう一度お試しください。",
    ),
    "too-slow": (
        "{host} takes too long to answer: try again later.",
        "{host} の応答が遅すぎます。後でもう一度お試しください。",
    ),
    "closed": (
        "{host} broke off in the middle of its answer: try again later.",
        "{host} が応答の途中で接続を切りました。後でもう一度お試しください。",
    ),
    "tls": (
        "{host} has no valid certificate: open the link in a browser to see what is wrong.",
        "{host} の証明書が正しくありません。ブラウザーでリンクを開いて確かめてください。",
    ),
    "bad-answer": (
        "{host} answers with something that is not HTTP, or with too large a header: type a title.",
        "{host} の応答が HTTP ではないか、ヘッダーが大きすぎます。タイトルを入力してください。",
    ),
    "encoding": (
        "{host} sends a page that cannot be unpacked: type a title.",
        "{host} のページの圧縮を展開できません。タイトルを入力してください。",
    ),
}
