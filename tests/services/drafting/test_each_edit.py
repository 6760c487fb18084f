"""What people do to one line or heading of several is taken in for that one, whichever it is."""

from pathlib import Path

import pytest

from tests.services.desk.house import House, house
from tests.services.drafting.test_file_edits import edit, outline, text

TOPICS = ("Trees", "Herbs", "Birds")
LINKS = {"Trees": ["ash", "birch"], "Herbs": ["mint", "sage"], "Birds": ["crow", "wren"]}
ALL = [link for links in LINKS.values() for link in links]


def line(link: str, title: str | None = None) -> str:
    return f"- [{title or link}](https://example.org/{link})"


def body(**titles: str) -> str:
    """The file's body, with other titles of some topics and links."""
    parts = [
        f"### {titles.get(topic, topic)}\n\n"
        + "".join(f"{line(link, titles.get(link))}\n" for link in links)
        for topic, links in LINKS.items()
    ]
    return "\n".join(parts)


def in_file(home: House) -> str:
    return text(home).partition("---\n\n")[2]


async def names(home: House) -> list[str]:
    return [one.strip().split(" ", 1)[1] for one in await outline(home)]


def named(**titles: str) -> list[str]:
    return [titles.get(one, one) for topic in TOPICS for one in (topic, *LINKS[topic])]


async def drafted(home: House) -> None:
    for topic, links in LINKS.items():
        await home.say(f"# {topic}")
        for link in links:
            await home.say(f"[{link}](https://example.org/{link})")
    await home.draft()
    assert in_file(home) == body()


@pytest.mark.parametrize("which", [*ALL, *TOPICS])
async def test_other_words_are_its_own(tmp_path: Path, which: str) -> None:
    async with house(tmp_path) as home:
        await drafted(home)
        kind = "topic" if which in TOPICS else "link"
        edit(home, f"### {which}" if kind == "topic" else f"[{which}]",
             "### By hand" if kind == "topic" else "[By hand]")  # fmt: skip
        assert f"Kept edits by Oka: 1 {kind}" in (await home.draft()).text
        assert await names(home) == named(**{which: "By hand"})
        assert in_file(home) == body(**{which: "By hand"})
        await home.say("[new](https://example.org/new)")
        await home.draft()
        assert in_file(home) == body(**{which: "By hand"}) + f"{line('new')}\n"


@pytest.mark.parametrize("which", [*ALL, *TOPICS])
@pytest.mark.parametrize("side", ["chat", "file"])
async def test_what_both_changed_is_asked_and_chosen_for_it_alone(
    tmp_path: Path, which: str, side: str
) -> None:
    async with house(tmp_path) as home:
        await drafted(home)
        edits = home.desk.edits
        if which in TOPICS:
            edit(home, f"### {which}", "### In the file")
            await edits.topic_rename(home.request(), topic=which, name="In the chat")
        else:
            edit(home, f"[{which}]", "[In the file]")
            await edits.link_retitle(home.request(), link=which, title="In the chat")
        answer = await home.draft()
        assert "1 thing" in answer.text
        assert in_file(home) == body(**{which: "In the file"})
        (chosen,) = [one for one in answer.choices if one.values["side"] == side]
        await home.desk.drafts.choose(home.request(), **chosen.values)
        await home.draft()
        assert in_file(home) == body(**{which: f"In the {side}"})
        assert await names(home) == named(**{which: f"In the {side}"})
        assert (await home.draft()).choices == ()


@pytest.mark.parametrize("which", ALL)
async def test_what_is_written_behind_a_line_stands_behind_it(tmp_path: Path, which: str) -> None:
    async with house(tmp_path) as home:
        await drafted(home)
        edit(home, f"{line(which)}\n", f"{line(which)}\n- by hand\n")
        await home.draft()
        expected = named()
        expected.insert(expected.index(which) + 1, "by hand")
        assert await names(home) == expected
        await home.desk.edits.link_retitle(home.request(), link=which, title="Other")
        await home.draft()
        assert in_file(home) == body(**{which: "Other"}).replace(
            f"{line(which, 'Other')}\n", f"{line(which, 'Other')}\n- by hand\n"
        )


@pytest.mark.parametrize("which", ALL)
async def test_what_is_moved_in_the_file_is_moved_in_the_outline(
    tmp_path: Path, which: str
) -> None:
    async with house(tmp_path) as home:
        await drafted(home)
        edit(home, f"{line(which)}\n", "")
        target = "Herbs" if which not in LINKS["Herbs"] else "Birds"
        last = LINKS[target][-1]
        edit(home, f"{line(last)}\n", f"{line(last)}\n{line(which)}\n")
        by_hand = in_file(home)
        await home.draft()
        assert in_file(home) == by_hand
        expected = [one for one in named() if one != which]
        expected.insert(expected.index(last) + 1, which)
        assert await names(home) == expected
