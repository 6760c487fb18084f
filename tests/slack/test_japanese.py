"""An evening in Japanese on Slack: whatever is shown has no English word that is no name."""

from pathlib import Path
from typing import Any

import yaml

from tests.cogs.test_japanese import JAPANESE, TEMPLATE
from tests.fakes.slack_shapes import elements_of, words_of
from tests.japanese import EVENING, english_in
from tests.needs import ROOT
from tests.slack.front import Front, front, needs_network

pytestmark = needs_network

WRONG = (
    "/rundown",
    "/rundown ない",
    "/rundown topic",
    "/rundown topic mvoe 題",
    "/rundown link remove",
    "/rundown link note 題 メモ あと",
    '/rundown link note "題 メモ',
    "/rundown help ない",
    "/rundown setup channel:ない",
)


async def tapped(home: Front) -> None:
    """Tap what panels, cards and windows offer."""
    slack, mika = home.slack, home.mika
    await home.command("/outline")
    panel = slack.panel(home.channel)
    for picked in ("1 話題その一", "1.1"):
        await slack.tap(mika, panel, "編集する", option=picked)
        await home.settled()
        card = await slack.window(lambda view: view["callback_id"] == "rd:card")
        for button in elements_of(card["blocks"], "button"):
            await slack.tap(mika, card, button["text"]["text"])
            await home.settled()
            if slack.windows()[-1]["callback_id"] == "rd:form":
                await slack.submit(mika, slack.windows()[-1], "打った文")
                await home.settled()
            if button["action_id"] == "rd:do:remove":
                await home.command("/rundown undo")
                break
    for button in elements_of(slack.panel(home.channel)["blocks"], "button"):
        await slack.tap(mika, slack.panel(home.channel), button["text"]["text"])
        await home.settled()
        if slack.windows()[-1]["callback_id"] == "rd:form":
            await slack.submit(mika, slack.windows()[-1], "打った文")
            await home.settled()
    await slack.open_home(mika)
    await home.settled()


async def test_whatever_is_shown_is_japanese(tmp_path: Path) -> None:
    async with front(
        tmp_path,
        setup=False,
        profile=JAPANESE,
        template=TEMPLATE,
        names=("管理人", "美佳", "如月"),
    ) as home:
        slack = home.slack
        for user in (home.boss, home.mika, home.jonas):
            user.locale = "ja-JP"
        await slack.open_home(home.mika)
        for line in ("setup", "setup past:いつか", "setup hosts:@だれか", "setup past:7", "setup"):
            await home.command(f"/rundown {line}", by=home.boss)
        await home.command("/rundown setup")
        post = await home.say("[題](https://example.org/b) いい話")
        await home.say("# 話題その一")
        await home.say("https://example.org/a")
        await home.say("# 話題その二")
        await home.say("- 箇条")
        await home.say("password: hunter2hunter2 https://example.org/?token=abcdefghijklmnop1234")
        await tapped(home)
        for line in filter(None, (*EVENING.splitlines(), *WRONG)):
            name = line.split()[0]
            own = name in ("/outline", "/preview", "/draft", "/rundown")
            await home.command(line if own else f"/rundown {line[1:]}")
            await home.settled()
        file = slack.file("音.mp3", b"\xff\xfb")
        await slack.mention(home.mika, home.channel, "times", thread=post, files=[file])
        talk = await home.say("ただの雑談")
        for name in ("change", "leave-out", "keep", "off-record", "command"):
            payload = slack.shortcut_payload(home.jonas, talk, name)
            await slack.socket.tell("interactive", payload)
            await home.settled()
        await home.command("/rundown setup leave:はい", by=home.boss)
        await home.command("/outline")
        seen = shown(home)
        assert any("公開しました" in text for text in seen)
        assert {text: words for text in seen if (words := english_in(text))} == {}


def shown(home: Front) -> set[str]:
    """All that anybody was shown."""
    slack = home.slack
    said = [*slack.shown, *slack.answers]
    texts = {one.words for one in said} | {words_of(one.raw.get("blocks")) for one in said}
    for view in (*slack.views.values(), *slack.homes.values()):
        texts |= {words_of(view.get(part)) for part in ("title", "blocks", "submit", "close")}
    texts |= {text for one in said for text in options(one.blocks)}
    return {text for text in texts if not text.startswith("---")}  # a preview of the site's file


def options(blocks: Any) -> set[str]:
    return {
        text
        for one in elements_of(blocks, "static_select")
        for text in (
            one["placeholder"]["text"],
            *(each["text"]["text"] for each in one["options"]),
        )
    }


def test_the_japanese_manifest_is_the_same_app_in_japanese() -> None:
    english, japanese = (
        yaml.safe_load((ROOT / name).read_text("utf-8"))
        for name in ("slack-manifest.yml", "slack-manifest.ja.yml")
    )
    texts = [japanese["display_information"].pop("description")]
    english["display_information"].pop("description")
    for kind, shown in (
        ("shortcuts", ("name", "description")),
        ("slash_commands", ("description", "usage_hint")),
    ):
        for ours, theirs in zip(english["features"][kind], japanese["features"][kind], strict=True):
            for name in shown:
                if name in ours:
                    ours.pop(name)
                    texts.append(theirs.pop(name))
    assert english == japanese
    assert {text: words for text in texts if (words := english_in(text))} == {}
