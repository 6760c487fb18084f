"""What is done in one channel of several is done to the episode of that channel."""

from pathlib import Path

import pytest

from bot.errors import CommandError
from tests.services.desk.house import House, house

CHANNELS = ("notes", "other", "third")


def link(channel: str) -> str:
    return f"- [{channel}](https://example.org/{channel})"


async def begun(home: House) -> None:
    """An episode of its own for each channel, each with a link."""
    for channel in CHANNELS:
        await home.desk.edits.episode_start(home.request(channel=channel))
        await home.say(f"[{channel}](https://example.org/{channel})", channel=channel)


async def bodies(home: House) -> list[str]:
    return [await home.body(channel) for channel in CHANNELS]


def but(which: str, body: str) -> list[str]:
    return [body if channel == which else link(channel) for channel in CHANNELS]


async def numbers(home: House) -> list[str]:
    found = [await home.desk.views.episode(channel) for channel in CHANNELS]
    return [str(one.fields["number"]) for one in found]


@pytest.mark.parametrize("which", CHANNELS)
async def test_commands_and_messages_are_for_the_channels_own(tmp_path: Path, which: str) -> None:
    async with house(tmp_path) as home:
        await begun(home)
        assert await numbers(home) == ["1", "2", "3"]
        edits = home.desk.edits
        here = home.request(channel=which)
        await edits.link_retitle(here, link="0.1", title="Other words")
        assert await bodies(home) == but(which, link(which).replace(f"[{which}]", "[Other words]"))
        await edits.undo(home.request(channel=which))
        assert await bodies(home) == but(which, link(which))
        with pytest.raises(CommandError):
            await edits.undo(home.request(channel=which, by="mika"))
        message = await home.say("- more", channel=which)
        assert await bodies(home) == but(which, f"{link(which)}\n- more")
        await home.edit(message, "- other words")
        assert await bodies(home) == but(which, f"{link(which)}\n- other words")
        await edits.episode_set(home.request(channel=which), field="title", value="T")
        titles = [(await home.desk.views.episode(one)).fields.get("title") for one in CHANNELS]
        assert titles == ["T" if one == which else None for one in CHANNELS]


@pytest.mark.parametrize("which", CHANNELS)
async def test_a_draft_is_of_the_channels_own_and_so_is_what_people_did(
    tmp_path: Path, which: str
) -> None:
    async with house(tmp_path) as home:
        await begun(home)
        for channel in CHANNELS:
            await home.desk.drafts.draft(home.request(channel=channel))
        number = CHANNELS.index(which) + 1
        file = home.site / f"_drafts/ep{number}.md"
        file.write_text(file.read_text().replace(f"[{which}]", "[By hand]"))
        home.git("-c", "user.name=Oka", "commit", "--quiet", "--all", "--message=by hand")
        for channel in CHANNELS:
            answer = (await home.desk.drafts.draft(home.request(channel=channel))).text
            assert ("Kept edits by Oka" in answer) is (channel == which)
        assert await bodies(home) == but(which, link(which).replace(f"[{which}]", "[By hand]"))
        changed = home.git("log", "--format=", "--name-only").split()
        assert sorted(changed[: changed.index("_config.yml")]) == sorted(
            [*(f"_drafts/ep{one}.md" for one in (1, 2, 3)), f"_drafts/ep{number}.md"]
        )


async def test_after_the_episode_of_all_is_closed_the_next_is(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await begun(home)
        await home.desk.edits.episode_close(home.request())
        for channel in CHANNELS:
            await home.say("- next", channel=channel)
        assert await bodies(home) == ["- next", *(f"{link(one)}\n- next" for one in CHANNELS[1:])]
        assert await numbers(home) == ["4", "2", "3"]


@pytest.mark.parametrize("which", CHANNELS[1:])
async def test_after_its_own_is_closed_a_channel_goes_on_with_that_of_all(
    tmp_path: Path, which: str
) -> None:
    async with house(tmp_path) as home:
        await begun(home)
        await home.desk.edits.episode_close(home.request(channel=which))
        for channel in CHANNELS:
            await home.say(f"- from {channel}", channel=channel)
        of_all = "\n".join([link("notes"), "- from notes", f"- from {which}"])
        assert await bodies(home) == [
            of_all if one in ("notes", which) else f"{link(one)}\n- from {one}" for one in CHANNELS
        ]


@pytest.mark.parametrize("which", CHANNELS)
async def test_a_number_that_another_has_is_taken(tmp_path: Path, which: str) -> None:
    async with house(tmp_path) as home:
        await begun(home)
        own = CHANNELS.index(which) + 1
        for number in (1, 2, 3):
            setting = home.desk.edits.episode_set(
                home.request(channel=which), field="number", value=str(number)
            )
            if number == own:
                await setting
            else:
                with pytest.raises(CommandError) as refused:
                    await setting
                assert refused.value.name == "desk.number-taken"
        await home.desk.edits.episode_set(home.request(channel=which), field="number", value="9")
        assert (await home.desk.views.episode(which)).fields["number"] in (9, "9")
