"""Forms of several fields, buttons that ask first, and the way through a long panel, on Discord."""

from pathlib import Path

from tests.cogs.front import PROFILE, front, needs_network
from tests.fakes.discord_asks import parts

pytestmark = needs_network

ASKING = PROFILE + "publish:\n  required: [title, summary, tags, starring]\n"
SHOWING = "---\n{{ title }} {{ summary }} {{ starring }} {{ date }}\n---\n\n{{ body }}\n"
TEMPLATE = "---\ntitle: {{ title | yaml }}\nexcerpt: {{ summary | yaml }}\n---\n\n{{ body }}\n"


def labels_of(post):
    return [part["label"] for part in parts(post) if part["type"] == 2]


async def test_an_episodes_fields_are_filled_in_at_once(tmp_path: Path) -> None:
    async with front(tmp_path, template=SHOWING) as home:
        await home.say("# A")
        await home.command("episode set", field="summary", value="as before")
        await home.command("outline")
        panel = home.discord.panel(home.channel)
        form = await home.discord.press(home.mika, panel, "Episode details")
        assert form.modal is not None
        asked = {row["components"][0]["label"] for row in form.modal["components"]}
        assert asked == {"Title", "Date", "Starring", "Summary", "Tags"}
        typed = {"Title": "An evening", "Starring": "mika, jonas", "Date": "never"}
        done = await home.discord.submit(form, typed)
        assert done.private
        assert [line.partition(" Write it")[0] for line in done.text.splitlines()] == [
            "title: An evening",
            "“never” is not a date.",
            "starring: mika, jonas",
        ]
        fields = (await (await home.desk()).views.episode(home.watched)).fields
        assert fields["summary"] == "as before"
        again = await home.discord.press(home.mika, panel, "Episode details")
        assert (await home.discord.submit(again, {})).text == "Nothing was changed."
        emptied = await home.discord.press(home.mika, panel, "Episode details")
        assert (await home.discord.submit(emptied, {"Summary": ""})).text == "Cleared summary."


async def test_a_summary_too_long_for_the_form_stays(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("# A")
        await home.command("episode set", field="summary", value="long " * 500)
        await home.command("outline")
        panel = home.discord.panel(home.channel)
        form = await home.discord.press(home.mika, panel, "Episode details")
        assert (await home.discord.submit(form, {"Title": "T"})).text == "title: T"
        fields = (await (await home.desk()).views.episode(home.watched)).fields
        assert len(fields["summary"]) > 2_000


async def test_what_is_missing_for_publishing_has_a_button_each(tmp_path: Path) -> None:
    async with front(tmp_path, profile=ASKING, template=TEMPLATE) as home:
        await home.say("# A\n[a](https://example.org/a)")
        told = (await home.command("publish")).answers[-1]
        assert labels_of(told) == ["Title…", "Summary…", "Tags…", "Starring…", "Publish anyway"]
        form = await home.discord.press(home.jonas, told, "Summary…")
        assert (await home.discord.submit(form, "About it")).text == "summary: About it"
        told = (await home.command("publish", what="check")).answers[-1]
        assert "Summary…" not in labels_of(told)
        assert "Title…" in labels_of(told)


async def test_a_running_sheet_has_all_its_buttons(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("\n".join(f"# Topic {n}" for n in range(8)))
        await home.command("record", what="start")
        sheet = (await home.command("record", what="next")).answers[-1]
        assert labels_of(sheet)[-5:] == [
            "Skip the next", "Undo last tap", "✂ Cut here", "Pause", "Stop",
        ]  # fmt: skip


async def test_one_jumps_to_a_topic_in_a_long_panel(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("\n".join(f"# Topic {n}" for n in range(1, 61)))
        await home.command("outline")
        panel = home.discord.panel(home.channel)
        assert panel.embeds[0]["footer"]["text"] == "Page 1 of 3"
        jump = next(one for one in parts(panel) if one.get("placeholder") == "Go to a topic")
        assert jump["options"][-1]["label"] == "58 Topic 58"
        await home.discord.press(home.mika, panel, "▶")
        jump = next(one for one in parts(panel) if one.get("placeholder") == "Go to a topic")
        (there,) = [one for one in jump["options"] if one["label"] == "37 Topic 37"]
        await home.discord.tap(
            home.mika, home.channel, jump["custom_id"], panel, jump["options"][0]["value"]
        )
        assert panel.embeds[0]["footer"]["text"] == "Page 1 of 3"
        await home.discord.tap(home.mika, home.channel, jump["custom_id"], panel, there["value"])
        assert panel.embeds[0]["footer"]["text"] == "Page 2 of 3"


async def test_who_writes_there_is_told_once_what_the_marks_mean(tmp_path: Path) -> None:
    async with front(tmp_path, setup=False) as home:
        await home.setup()
        (told,) = [one for one in home.discord.of_bot(home.channel) if "✅ kept" in one.content]
        assert "♻️ already there" in told.content
        assert "❓ no title found" in told.content
        assert "✅ kept" in (await home.command("help")).text
