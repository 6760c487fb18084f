"""An evening in Japanese on Discord: whatever is shown has no English word that is no name."""

from pathlib import Path

from bot.services.chat.router import ALL
from bot.services.desk.command_text import parse_command
from bot.services.desk.given_files import LARGEST_FILE
from bot.texts import say
from tests.cogs.front import Front, front, needs_network
from tests.fakes.discord_asks import parts
from tests.fakes.discord_shapes import Post
from tests.front import PROFILE
from tests.japanese import EVENING, english_in

pytestmark = needs_network

JAPANESE = PROFILE.replace("name: Test", "name: 番組") + (
    "language: ja\n"
    "publish:\n  required: [title, summary, tags, starring, player]\n  player: player\n"
)
TEMPLATE = (
    "---\ntitle: {{ title | yaml }}\nexcerpt: {{ summary | yaml }}\nplayer: ''\n---\n\n{{ body }}\n"
)


async def tapped(home: Front) -> None:
    """Tap what panels, cards and windows offer."""
    discord, mika = home.discord, home.mika

    def label(name: str) -> str:
        return say(f"panel.{name}", "ja")

    await home.command("outline")
    panel = discord.panel(home.channel)
    for picked in ("1 話題その一", "1.1"):
        card = (await discord.pick(mika, panel, picked)).answers[-1]
        identity = next(parts(card))["custom_id"].split(":", 3)[3]
        names = [one["label"] for one in parts(card) if one["type"] == 2 and not one["disabled"]]
        for name in names:
            if name not in [one.get("label") for one in parts(card)]:
                asked = await discord.tap(mika, home.channel, "rd:pick:", panel, identity)
                card = asked.answers[-1]
            asked = await discord.press(mika, card, name)
            if asked.modal is not None:
                await discord.submit(asked, "打った文")
            if name in (label("remove"), label("later")):
                await home.command("undo")
                await home.settled()
    form = await discord.press(mika, panel, label("episode"))
    await discord.submit(form, {say("desk.field-summary", "ja"): "概要", "日付": "いつか"})
    await discord.submit(await discord.press(mika, panel, label("add-topic")), "新しい話題")
    await discord.press(mika, panel, label("undo"))
    told = (await home.command("publish")).answers[-1]
    for part in [one for one in parts(told) if one["type"] == 2][:-1]:
        await discord.press(mika, told, part["label"])


async def chosen_in_menus(home: Front, post: Post) -> None:
    talk = await home.say("ただの雑談")
    for menu in ("note", "move", "leave-out", "keep", "off-record"):
        for one in (talk, post):
            await home.discord.menu(home.jonas, one, say(f"menus.{menu}"))


async def test_whatever_is_shown_is_japanese(tmp_path: Path) -> None:
    async with front(
        tmp_path, setup=False, profile=JAPANESE, template=TEMPLATE, names=("管理人", "美佳", "如月")
    ) as home:
        for user in (home.boss, home.mika, home.jonas):
            user.locale = "ja"
        await home.setup()
        await home.setup(past="いつか")
        await home.setup(hosts="@だれか")
        await home.command("setup", past="7")
        post = await home.say(
            "# 話題その一\n[題](https://example.org/b) いい話\nhttps://example.org/a"
        )
        await home.say("https://example.org/a\n# 話題その二\n- 箇条")
        await home.say("password: hunter2hunter2 https://example.org/?token=abcdefghijklmnop1234")
        await tapped(home)
        for line in filter(None, EVENING.splitlines()):
            command, values = parse_command(line, ALL, {})
            await home.command(command.name, **values)
        large = home.discord.file("大.txt", b"", size=LARGEST_FILE + 1)
        await home.command("times", file=large)
        await home.command("times", file=home.discord.file("音.mp3", b"\xff\xfb"))
        await chosen_in_menus(home, post)
        for command, option in (("topic move", "topic"), ("link move", "link"), ("undo", "what")):
            await home.discord.complete(home.mika, home.channel, command, option, "")
        await home.setup(leave=True)
        await home.command("outline")
        await home.setup()
        seen = shown(home)
        assert any("公開しました" in text for text in seen)
        assert {text: words for text in seen if (words := english_in(text))} == {}


def shown(home: Front) -> set[str]:
    """All that anybody was shown."""
    posts = [post for of in home.discord.posts.values() for post in of.values()]
    texts = set()
    for post in (one for one in posts if one.author is home.discord.me):
        texts |= of_post(post)
    for asked in home.discord.interactions.values():
        for post in asked.answers:
            texts |= of_post(post)
        if asked.modal is not None:
            texts.add(asked.modal["title"])
            for row in asked.modal["components"]:
                texts |= {one["label"] for one in row.get("components") or [row]}
        texts |= {one["name"] for one in asked.choices or ()}
    for command in home.discord.commands:
        texts |= of_command(command)
    return texts


def of_post(post: Post) -> set[str]:
    found = {post.content}
    for embed in post.embeds:
        found |= {embed.get("title", ""), embed.get("description", "")}
        found.add((embed.get("footer") or {}).get("text", ""))
    for part in parts(post):
        found |= {part.get("label") or "", part.get("placeholder") or ""}
        for option in part.get("options") or ():
            found |= {option["label"], option.get("description") or ""}
    return found


def of_command(command: dict) -> set[str]:
    """What Discord shows of a command to somebody Japanese; its names are typed."""
    found = set()
    if command.get("type", 1) == 1:
        found.add(command["description_localizations"]["ja"])
    elif command["type"] == 3:
        found.add(command["name_localizations"]["ja"])
    for option in command.get("options") or ():
        found |= of_command(option | {"type": 1})
    return found
