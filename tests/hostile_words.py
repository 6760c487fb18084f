"""Texts as somebody writes them who wants the bot to say what it must not.

Each has a word of its own in it, by which it is found again wherever it is shown.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from bot.logs import OURS, LineFormatter
from tests.markup_readers import in_commit, in_log
from tests.services.desk.house import git

PARTS = (
    "[https://bank.example](https://evil.example)", "[x](<https://evil.example>)", "[a][b]",
    "<https://evil.example|https://bank.example>", "<https://evil.example>", "<mailto:x@y.zz|z>",
    "<@123456789012345678>", "<@!123456789012345678>", "<@&123456789012345678>", "<#1234567890>",
    "<@U024BE7LH>", "<@W024BE7LH|boss>", "<!subteam^SAZ94GDB8>", "<!subteam^SAZ94GDB8|@all>",
    "<!channel>", "<!here>", "<!everyone|everyone>", "<!date^1392734382^{date}^https://e.example|x>",
    "@everyone", "@here", "@channel", "&lt;!channel&gt;", "&amp;lt;!here&amp;gt;", "&#60;@U1&#62;",
    "\x02@U024BE7LH\x03", "\x02&SAZ94GDB8\x03", "\x02#1234567890\x03", "\x02", "\x03",
    "</outline:1234567890>", "<t:1618953630:R>", "<:emoji:123456789012345678>", "<a:b:123456>",
    "<id:customize>", "**", "__", "*", "_", "~~", "~", "||", "|", "`", "```", "```sh", "\\", "\\\\",
    "\\[", "]", "(", ")", ">", ">>> ", "> ", "# ", "## ", "-# ", "- ", "* ", "1. ", "<", "&",
    "\u202e", "\u200b", "\u2066", "\ufeff", "\u2028", "\u2029", "\x85", "\x1b[31m", "\x07", "\x00",
    "closes owner/repo#2", "fixes #1", "GH-3", "@octocat", "deadbeefdeadbeef", "www.evil.example",
    "Co-authored-by: Evil <evil@example.org>", "Rundown-Draft: 0123456789abcdef0123", "[skip ci]",
    "{{ x }}", "{% raw %}", "<script>alert(1)</script>", "javascript:alert(1)", "&colon;", "%0a",
    "日本語", "ｆｕｌｌ", "👩\u200d💻", "level=error", 'message="x"', "time=2026",
    " ", "  ", "\u3000",
)  # fmt: skip
BREAKS = ("\n", "\r", "\r\n", "\n\n", "\n# ", "\n> ", "\n- ", "\n1. ", "\n```\n")
FOUND = re.compile(r"zq\d+zq")


def hostile(seed: int, *, lines: bool = False) -> Iterator[str]:
    """Yield such texts without end; with `lines`, of several lines."""
    random = Random(seed)  # noqa: S311 - the same texts each time
    number = seed * 1_000_000
    while True:
        number += 1
        joints = PARTS + (BREAKS * 4 if lines else ())
        around = [random.choice(joints) for _ in range(random.randint(1, 5))]
        around.insert(random.randint(0, len(around)), f"zq{number}zq")
        yield random.choice(("", " ")).join(around)


class Lines(logging.Handler):
    """The lines that the log would have; `faults` is what is wrong with them."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(LineFormatter())
        self.faults: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record)
        self.faults += in_log(line)
        if FOUND.search(line):
            self.faults.append(f"somebody's words in the log: {line!r}")


@contextmanager
def logged() -> Iterator[Lines]:
    """Look at all that is logged meanwhile, down to what only developers want."""
    lines = Lines()
    loggers = [logging.getLogger(name) for name in OURS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(lines)
        logger.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeHandler(lines)
            logger.setLevel(level)


def commits(site: Path) -> list[str]:
    """Return what acts in the messages of a site's commits."""
    said = git(site, "log", "--format=%B%x00").split("\0")
    return [fault for one in said if one.strip() for fault in in_commit(one.strip())]
