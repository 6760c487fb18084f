"""What `/notes` says."""

TEXTS: dict[str, tuple[str, str]] = {
    "length": ("Short notes: {length} characters of HTML.", "短いノート: HTML で {length} 文字。"),
    "length-of": (
        "Short notes: {length} of {limit} characters of HTML.",
        "短いノート: HTML で {length} / {limit} 文字。",
    ),
    "cut-one": ("{length} 1 line was cut:", "{length}外した行は 1 行:"),
    "cut-many": (
        "{length} {cut} lines were cut, the best of them first:",
        "{length}外した行は {cut} 行で、重要なものから並べると:",
    ),
    "whole": ("{length} Nothing was cut.", "{length}外した行はありません。"),
    "do-markdown": ("Markdown", "Markdown（ファイル）"),
    "do-html": ("HTML", "HTML（ファイル）"),
    "do-keep": ("Keep: {line}", "残す: {line}"),
    "kept": ("The short notes keep “{line}”.", "短いノートに「{line}」を残します。"),
    "dropped": ("The short notes leave “{line}” out.", "短いノートから「{line}」を外します。"),
    "reset": (
        "“{line}” is kept or cut by the profile's rules again.",
        "「{line}」を、プロファイルの規則に戻しました。",
    ),
    "not-understood": (
        "“{typed}” is not understood. Write /notes, /notes markdown, html or text, or /notes keep, drop or reset LINE.",
        "「{typed}」は読み取れません。/notes、/notes markdown・html・テキスト、/notes 残す・外す・戻す 行 のどれかを書いてください。",
    ),
    "no-such-line": (
        "No line of the notes matches “{typed}”. To see them: /notes markdown",
        "「{typed}」に当てはまる行がありません。/notes markdown で確認できます。",
    ),
    "not-clear": (
        "Several lines match “{typed}”. Write more of it.",
        "「{typed}」に当てはまる行がいくつもあります。もっと長く書いてください。",
    ),
}
