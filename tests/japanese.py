"""What of a Japanese evening is English: words that are no name, and no part of a command."""

import re

NAMES = {
    "Rundown", "GitHub", "Markdown", "Discord", "Slack", "HTML", "Audacity", "Reaper", "URL",
    "REAPER", "Audition", "Resolve", "Hindenburg", "WebVTT", "SRT", "Esc", "Enter", "TAB", "Ctrl",
    "Minutes", "Seconds", "XXX", "TODO", "UTF", "UTC", "mp", "txt", "player", "example", "org",
    "mvoe", "PNG", "JPEG", "WebP", "AVIF", "GIF", "MB",
}  # fmt: skip
"""Names of products, formats and keys, placeholders, and the site's own and what is typed here."""

WORDS = frozenset(
    [
        "new",
        "leave",
        "earlier",
        "topic",
        "add",
        "rename",
        "move",
        "merge",
        "remove",
        "retitle",
        "note",
        "refresh",
        "restore",
        "start",
        "set",
        "show",
        "close",
        "list",
        "before",
        "after",
        "front",
        "matter",
        "yml",
        "site",
        "path",
        "publish",
        "owner",
        "repo",
        "at",
        "check",
        "markdown",
        "html",
        "everyone",
        "yes",
    ]
)
"""Words of commands, of options and of the profile, which are the same in every language."""

_COMMAND = (
    r"/(?:rundown )?[a-z]+(?: (?:add|rename|move|merge|remove|retitle|note|refresh|restore|start"
    r"|set \w+|show|close|list|draft|outline|topic \w+|link \w+|episode \w+(?: \w+)?))*"
)
_OTHER = (
    rf"(?m:^  (?:after|before|under|link|address|file|picture|recreate)(?=（))|https?://\S+|\S*[/.]\S*\.(?:md|yml|j2|html)\S*|\b[0-9a-f]{{7,}}\b|<[@#]\S+>|{_COMMAND}"
    r"|\b\w+:(?=\S|$)|@\w+|`[^`]*`|\S*/site\b"
)


def english_in(text: str) -> set[str]:
    """Return the English words of a text that no name, command, address or path explains."""
    words = set(re.findall(r"[A-Za-z]{2,}", re.sub(_OTHER, " ", text)))
    return words - NAMES - WORDS


EVENING = """
/help
/help topic move
/outline
/preview
/draft
/episode show
/topic add 追加
/topic rename 追加 別名
/topic move 別名 before:1
/topic merge 別名 話題その一
/topic remove なし
/topic remove 話題その二
/link retitle 2.1 新しい題
/link note 題 メモ
/link move 題 先頭
/link remove 題
/link restore 題
/link refresh 題
/link move 9.9 話題その一
/history
/history 3
/undo
/undo 2
/redo
/undo ない
/redo ない
/episode set title 題名
/episode set starring 一, 二
/episode set date 明日
/episode set number 五
/episode set 番号 7
/episode set 不明 値
/episode list
/autodraft 10分
/autodraft いつか
/autodraft オフ
/choose 1 チャット
/choose 1 どちらか
/later 題
/later ない
/later
/find 題
/find ない
/check
/check 題
/notes
/notes 残す なし
/notes 変
/record
/record 次
/record 開始
/record 次
/record なし
/record 飛ばす
/record カット 咳
/record 一時停止
/record 開始
/record 戻る
/record 終了
/record 終了
/record マーカー
/times
/times 0:00 話題その一 4:16 ほか
/times あ
/publish 確認
/publish なにか
/publish at 2020-01-01 07:00
/publish at 2099-01-01 07:00
/publish やめる
/publish 取り消す
/publish
/draft
/publish それでも
/draft
/publish 取り消す
/episode start 7
/episode start
/episode close
/episode close
/draft
"""
"""All that is typed, some of it wrong."""
