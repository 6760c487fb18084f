"""Draws the docs' pictures, as the local platforms recorded what was shown: `make pictures`."""

import asyncio
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.texts import say
from tests.cogs import front as on_discord
from tests.fakes.discord_shapes import Post
from tests.fakes.slack_shapes import elements_of, words_of
from tests.front import PROFILE
from tests.needs import ROOT
from tests.slack import front as on_slack

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


@dataclass(frozen=True)
class Look:
    """The colours of a platform."""

    back: str
    words: str
    box: str
    button: str
    field: str
    styles: dict[Any, str]


DARK = Look(
    "#313338", "#dbdee1", "#2b2d31", "#4e5058", "#1e1f22",
    {1: "#5865f2", 3: "#248046", 4: "#da373c"},
)  # fmt: skip
LIGHT = Look(
    "#ffffff", "#1d1c1d", "#ffffff", "#e8e8e8", "#f8f8f8",
    {"primary": "#8fd0b3", "danger": "#f3b3bd"},
)  # fmt: skip


class Picture:
    """An SVG that grows downwards."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._parts: list[str] = []
        self._y = 20

    def line(self, text: str, *, bold: bool = False, indent: int = 0) -> None:
        weight = "bold" if bold else "normal"
        self._text(30 + indent, self._y + 16, text, weight=weight)
        self._y += LINE

    def lines(self, text: str) -> None:
        """Draw lines that are indented by wide blanks, bold where they have no number of a link."""
        for raw in text.split("\n"):
            indent = 18 * (len(raw) - len(raw.lstrip("\u2003")))
            words = re.sub(r"\\(.)", r"\1", raw.strip("\u2003"))
            bold = words.startswith("**") or bool(re.match(r"\d+\. ", words))
            self.line(words.replace("*", ""), bold=bold, indent=indent)

    def embed(self, embed: dict[str, Any]) -> None:
        top = self._y
        self.line(embed["title"], bold=True)
        self.lines(embed["description"])
        if "footer" in embed:
            self.line(embed["footer"]["text"])
        high = self._y - top + 10
        self._parts.insert(0, _box(12, top - 6, WIDTH - 24, high, self._look.box))
        self._parts.insert(1, _box(12, top - 6, 5, high, f"#{embed['color']:06x}"))
        self._y += 16

    def buttons(self, buttons: list[tuple[str, Any]]) -> None:
        """Draw a row of buttons, given as labels and styles; what has no room goes below."""
        x = 12
        for label, style in buttons:
            wide = 28 + _width(label)
            if x > 12 and x + wide > WIDTH - 12:
                x = 12
                self._y += 40
            colour = self._look.styles.get(style, self._look.button)
            self._parts.append(_box(x, self._y, wide, 32, colour))
            self._text(x + 14, self._y + 21, label)
            x += wide + 8
        self._y += 40

    def select(self, label: str) -> None:
        self._parts.append(_box(12, self._y, WIDTH - 24, 32, self._look.field))
        self._text(26, self._y + 21, f"{label}  ▾")
        self._y += 40

    def field(self, label: str, value: str, *, long: bool) -> None:
        self.line(label, bold=True)
        high = 60 if long else 32
        self._parts.append(_box(26, self._y - 2, WIDTH - 52, high, self._look.field))
        self._text(38, self._y + 19, value)
        self._y += high + 12

    def _text(self, x: int, y: int, text: str, *, weight: str = "normal") -> None:
        self._parts.append(
            f'<text x="{x}" y="{y}" font-weight="{weight}" fill="{self._look.words}">'
            f"{escape(text)}</text>"
        )

    def svg(self) -> str:
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{self._y + 8}" '
            'font-family="sans-serif" font-size="14">'
        )
        back = _box(0, 0, WIDTH, self._y + 8, self._look.back)
        return "\n".join([head, back, *self._parts, "</svg>", ""])


def _box(x: int, y: int, wide: int, high: int, colour: str) -> str:
    return f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" rx="4" fill="{colour}"/>'


def _width(text: str) -> int:
    return sum(14 if ord(letter) > 255 else 8 for letter in text)


def of_post(post: Post) -> str:
    """Draw a message on Discord."""
    picture = Picture(DARK)
    for line in filter(None, re.sub(r"\\(.)", r"\1", post.content).split("\n")):
        picture.line(line.replace("**", ""), bold="**" in line)
    for embed in post.embeds:
        picture.embed(embed)
    for row in post.components:
        for one in row["components"]:
            if one["type"] == 3:
                picture.select(one.get("placeholder") or "")
        buttons = [(one["label"], one.get("style")) for one in row["components"] if "label" in one]
        if buttons:
            picture.buttons(buttons)
    return picture.svg()


def of_modal(modal: dict[str, Any], button: str) -> str:
    """Draw a form on Discord."""
    picture = Picture(DARK)
    picture.line(modal["title"], bold=True)
    for row in modal["components"]:
        one = row["components"][0]
        picture.field(one["label"], one.get("value") or "", long=one["style"] == 2)
    picture.buttons([(button, 1)])
    return picture.svg()


def of_blocks(blocks: list[dict[str, Any]], *, title: str = "") -> str:
    """Draw a message or window on Slack."""
    picture = Picture(LIGHT)
    if title:
        picture.line(title, bold=True)
    for block in blocks:
        if block["type"] == "header":
            picture.line(block["text"]["text"], bold=True)
        elif block["type"] in ("rich_text", "section"):
            picture.lines(words_of(block))
        elif block["type"] == "input":
            element = block["element"]
            value, long = element.get("initial_value") or "", element.get("multiline", False)
            picture.field(words_of(block["label"]), value, long=long)
        elif block["type"] == "actions":
            for one in elements_of([block], "static_select"):
                picture.select(one["placeholder"]["text"])
            buttons = elements_of([block], "button")
            if buttons:
                picture.buttons([(one["text"]["text"], one.get("style")) for one in buttons])
    return picture.svg()


def put(name: str, language: str, picture: str) -> None:
    (ROOT / "docs" / f"{name}-{language}.svg").write_text(picture, "utf-8")


SETTINGS = "language: {}\npublish:\n  required: [title, summary, tags, starring]\n"
FIELDS = {
    "en": {"number": "57", "date": "2026-11-29", "title": "Crystals and robots"},
    "ja": {"number": "57", "date": "2026-11-29", "title": "結晶とロボット"},
}


async def draw_discord(folder: Path, language: str) -> None:
    profile = PROFILE + SETTINGS.format(language)
    async with on_discord.front(folder / language, profile=profile) as home:
        discord, mika = home.discord, home.mika
        mika.locale = "ja" if language == "ja" else "en-US"
        for field, value in FIELDS[language].items():
            await home.command("episode set", field=field, value=value)
        for text in SAID[language]:
            await home.say(text)
        await home.command("outline")
        panel = discord.panel(home.channel)
        put("panel", language, of_post(panel))
        picked = await discord.pick(mika, panel, "2.1")
        put("card", language, of_post(picked.answers[0]))
        form = await discord.press(mika, panel, say("panel.episode", language))
        assert form.modal is not None
        # Discord's own button; the window is not ours.
        put("form", language, of_modal(form.modal, "Submit" if language == "en" else "送信"))
        missing = await home.command("publish", what="check")
        put("publish", language, of_post(missing.answers[-1]))
        await home.command("record", what="start")
        sheet = await home.command("record", what="next")
        put("record", language, of_post(sheet.answers[-1]))


async def draw_slack(folder: Path, language: str) -> None:
    profile = PROFILE + SETTINGS.format(language)
    async with on_slack.front(folder / f"slack-{language}", profile=profile) as home:
        slack, mika = home.slack, home.mika
        mika.locale = "ja-JP" if language == "ja" else "en-US"
        for field, value in FIELDS[language].items():
            await home.command(f"/rundown episode set {field} {value}")
        for text in SAID[language]:
            await home.say(text)
        await home.command("/outline")
        panel = slack.panel(home.channel)
        put("slack-panel", language, of_blocks(panel["blocks"]))
        await slack.tap(mika, panel, say("panel.pick", language)[:6], option="2.1")
        card = await slack.window(lambda view: view["callback_id"] == "rd:card")
        title = words_of(card["title"])
        put("slack-card", language, of_blocks(card["blocks"], title=title))
        await slack.tap(mika, panel, say("panel.episode", language))
        form = await slack.window(lambda view: view["callback_id"] == "rd:form")
        title = words_of(form["title"])
        put("slack-form", language, of_blocks(form["blocks"], title=title))
        missing = await home.command("/rundown publish check")
        put("slack-publish", language, of_blocks(missing.blocks))
        await home.command("/rundown record start")
        sheet = await home.command("/rundown record next")
        put("slack-record", language, of_blocks(sheet.blocks))


async def main() -> None:
    with TemporaryDirectory() as folder:
        for language in SAID:
            await draw_discord(Path(folder), language)
            await draw_slack(Path(folder), language)


if __name__ == "__main__":
    asyncio.run(main())
