"""Draws the README's pictures of panels, as the local Discord recorded them: `make pictures`."""

import asyncio
import re
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.cogs.front import PROFILE, front
from tests.fakes.discord_shapes import Post
from tests.needs import ROOT

WIDTH, LINE = 620, 26
SAID = {
    "en": [
        "# A machine that dreams of crystals",
        "[A machine proposes two million crystals](https://example.org/crystals)",
        "Reply: [Are they new? A chemist reads the list](https://example.org/new)",
        "# Robots",
        "[A robot with no joints that walks upstairs](https://example.org/robot)",
        "https://example.org/video",
        "# Superconductors",
    ],
    "ja": [
        "# 結晶を夢みる機械",
        "[機械が提案した二百万の結晶](https://example.org/crystals)",
        "返信: [本当に新しい? 化学者が読む](https://example.org/new)",
        "# ロボット",
        "[関節のないロボットが階段を上る](https://example.org/robot)",
        "https://example.org/video",
        "# 超伝導",
    ],
}


class Picture:
    """An SVG that grows downwards."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._y = 20

    def line(self, text: str, *, bold: bool = False, indent: int = 0) -> None:
        weight = "bold" if bold else "normal"
        self._text(30 + indent, self._y + 16, text, weight=weight)
        self._y += LINE

    def embed(self, embed: dict[str, Any]) -> None:
        top = self._y
        self.line(embed["title"], bold=True)
        for raw in embed["description"].split("\n"):
            indent = 18 * (len(raw) - len(raw.lstrip("\u2003")))
            text = re.sub(r"\\(.)", r"\1", raw.strip("\u2003"))
            self.line(text.replace("*", ""), bold=text.startswith("**"), indent=indent)
        if "footer" in embed:
            self.line(embed["footer"]["text"])
        colour = f"#{embed['color']:06x}"
        self._parts.insert(0, _box(12, top - 6, WIDTH - 24, self._y - top + 10, "#2b2d31"))
        self._parts.insert(1, _box(12, top - 6, 5, self._y - top + 10, colour))
        self._y += 16

    def row(self, row: dict[str, Any]) -> None:
        x = 12
        for one in row["components"]:
            label = one.get("label") or one.get("placeholder") or ""
            wide = (
                WIDTH - 24
                if one["type"] == 3
                else 28 + sum(14 if ord(c) > 255 else 8 for c in label)
            )
            colour = {3: "#248046", 4: "#da373c"}.get(one.get("style", 2), "#4e5058")
            self._parts.append(
                _box(x, self._y, wide, 32, "#1e1f22" if one["type"] == 3 else colour)
            )
            self._text(x + 14, self._y + 21, label + ("  ▾" if one["type"] == 3 else ""))
            x += wide + 8
        self._y += 40

    def _text(self, x: int, y: int, text: str, *, weight: str = "normal") -> None:
        self._parts.append(
            f'<text x="{x}" y="{y}" font-weight="{weight}" fill="#dbdee1">{escape(text)}</text>'
        )

    def svg(self) -> str:
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{self._y + 8}" '
            'font-family="sans-serif" font-size="14">'
        )
        back = _box(0, 0, WIDTH, self._y + 8, "#313338")
        return "\n".join([head, back, *self._parts, "</svg>", ""])


def _box(x: int, y: int, wide: int, high: int, colour: str) -> str:
    return f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" rx="4" fill="{colour}"/>'


def drawn(*posts: Post) -> str:
    picture = Picture()
    for post in posts:
        for line in filter(None, post.content.replace("*", "").split("\n")):
            picture.line(line, bold=True)
        for embed in post.embeds:
            picture.embed(embed)
        for row in post.components:
            picture.row(row)
    return picture.svg()


async def draw(folder: Path, language: str) -> None:
    profile = PROFILE + f"language: {language}\n"
    async with front(folder / language, profile=profile) as home:
        home.mika.locale = "ja" if language == "ja" else "en-US"
        await home.command("episode set", field="number", value="57")
        await home.command("episode set", field="date", value="2026-11-29")
        for text in SAID[language]:
            await home.say(text)
        await home.command("outline")
        panel = home.discord.panel(home.channel)
        picked = await home.discord.pick(home.mika, panel, "2.1")
        for name, post in (("panel", panel), ("card", picked.answers[0])):
            (ROOT / "docs" / f"{name}-{language}.svg").write_text(drawn(post), "utf-8")


async def main() -> None:
    with TemporaryDirectory() as folder:
        for language in SAID:
            await draw(Path(folder), language)


if __name__ == "__main__":
    asyncio.run(main())
