"""An evening in Japanese in the terminal: no English word that is no name nor part of a command."""

import os
import subprocess
import sys
from pathlib import Path

from tests.japanese import english_in
from tests.needs import need
from tests.patience import LONGEST
from tests.services.desk.house import make_site

RUNDOWN = str(Path(sys.executable).with_name("rundown"))
EVENING = """
# 話題その一
https://example.org/a
[題](https://example.org/b) いい話
https://example.org/a
/outline
/topic add 追加
/topic rename 追加 別名
/topic move 別名 before:1
/topic remove なし
/link retitle 2.2 新しい題
/link note 2.2 メモ
/link remove 2.2
/link restore 1
/link refresh 2.1
/link move 9.9 1
/history
/undo
/undo 2
/redo
/undo ない
/episode show
/episode set title 題名
/episode set starring 一, 二
/episode set date 明日
/episode set number 五
/episode list
/autodraft 10分
/autodraft いつか
/autodraft オフ
/draft
/draft
/mark 📝 1
/unmark 📝 1
/mark 🔒 3
/topic
/ outline
/choose 1 チャット
/episode close
/episode close
/reply 99 x
"""


def test_a_japanese_evening_has_no_english_word(tmp_path: Path) -> None:
    need("git")
    done = subprocess.run(
        [RUNDOWN, "chat", "--offline", "--site", str(make_site(tmp_path / "site")), "--as", "美佳"],
        input=EVENING, capture_output=True, text=True, timeout=LONGEST,
        env={**os.environ, "LC_ALL": "ja_JP.UTF-8"},
    )  # fmt: skip
    shown = done.stdout + done.stderr
    assert "取り消しました" in shown
    assert english_in(shown) == set()
