"""`/notes`: what is cut is named, the best of it first, and lines are kept, dropped and reset."""

from pathlib import Path

import pytest

from bot.core.short_notes.html import html_of
from bot.errors import CommandError
from bot.services.desk.notes_commands import MOST_CUT
from bot.texts import say
from tests.services.desk.house import SITE_YML, House, house

SETTINGS = f"{SITE_YML}notes: {{limit: 400}}\n"


async def notes(home: House, what: str | None = None) -> str:
    return (await home.desk.notes.notes(home.request(), what=what)).text


async def filled(home: House, count: int = 14) -> None:
    """Links of which each is longer than the one before: the longest is cut first."""
    await home.say("# A")
    for number in range(count):
        await home.say(f"- [link {number:02}](https://example.org/{number}{'x' * 5 * number})")


async def test_without_an_episode_there_are_none(tmp_path: Path) -> None:
    async with house(tmp_path, settings=SETTINGS) as home:
        with pytest.raises(CommandError) as nothing:
            await notes(home)
        assert nothing.value.name == "desk.nothing-to-draft"


async def test_where_all_fits_nothing_is_cut(tmp_path: Path) -> None:
    async with house(tmp_path, settings=SETTINGS) as home:
        await filled(home, 2)
        answer = await home.desk.notes.notes(home.request())
        length = say("notes.length", "en", length=len(await notes(home, "html")))
        assert answer.text == say("notes.whole", "en", length=length)
        assert [one.values for one in answer.choices] == [{"what": "markdown"}, {"what": "html"}]


async def test_of_what_was_cut_the_best_is_named_and_can_be_kept(tmp_path: Path) -> None:
    async with house(tmp_path, settings=SETTINGS) as home:
        await filled(home, 18)
        answer = await home.desk.notes.notes(home.request())
        head, *named = answer.text.split("\n")
        markdown = await notes(home, "markdown")
        gone = [one for one in range(18) if f"link {one:02}" not in markdown]
        assert len(gone) > MOST_CUT
        length = say("notes.length-of", "en", length=len(html_of(markdown)), limit=400)
        assert head == say("notes.cut-many", "en", length=length, cut=len(gone))
        assert named == [f"- link {one:02}" for one in gone[:MOST_CUT]]
        assert [one.label for one in answer.choices[2:]] == [
            say("notes.do-keep", "en", line=f"link {one:02}") for one in gone[:5]
        ]
        kept = answer.choices[2]
        assert kept.command == "notes"
        done = await home.desk.notes.notes(home.request(), what=kept.values["what"])
        assert done.text == say("notes.kept", "en", line=f"link {gone[0]:02}")
        assert done.private  # as what other commands change
        assert f"link {gone[0]:02}" in await notes(home, "markdown")


@pytest.mark.parametrize(
    ("keep", "drop", "reset"),
    [("keep", "drop", "reset"), ("残す", "外す", "戻す"), ("KEEP", "Drop", "RESET")],
)
async def test_a_line_is_kept_dropped_and_left_to_the_rules_again(
    tmp_path: Path, keep: str, drop: str, reset: str
) -> None:
    async with house(tmp_path, settings=SETTINGS) as home:
        await filled(home, 18)
        usual = await notes(home, "markdown")
        assert "link 17" not in usual
        assert await notes(home, f"{drop} link 00") == say("notes.dropped", "en", line="link 00")
        assert await notes(home, f"{keep} link 17") == say("notes.kept", "en", line="link 17")
        made = await notes(home, "markdown")
        assert ("link 00" in made, "link 17" in made) == (False, True)
        for number in ("00", "17"):
            await notes(home, f"{reset} link {number}")
        assert await notes(home, "markdown") == usual


@pytest.mark.parametrize(
    ("words", "file"),
    [
        (("markdown", "md", "MD"), "notes.md"),
        (("html", "HTML"), "notes.html"),
        (("text", "plain", "テキスト"), "notes.txt"),
    ],
)
async def test_they_are_given_as_a_file(tmp_path: Path, words: tuple[str, ...], file: str) -> None:
    async with house(tmp_path, settings=SETTINGS) as home:
        await filled(home, 2)
        for word in words:
            answer = await home.desk.notes.notes(home.request(), what=word)
            assert answer.file == file
            assert "link 01" in answer.text
            assert not answer.text.endswith("\n")
        assert ("](" in answer.text, "<a " in answer.text) == (
            file == "notes.md", file == "notes.html",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("sing", "notes.not-understood"),
        ("keep nothing like it", "notes.no-such-line"),
        ("keep", "notes.no-such-line"),
        ("keep link", "notes.not-clear"),
    ],
)
async def test_what_is_not_understood_is_told(tmp_path: Path, what: str, name: str) -> None:
    async with house(tmp_path, settings=SETTINGS) as home:
        await filled(home, 3)
        with pytest.raises(CommandError) as refused:
            await notes(home, what)
        assert refused.value.name == name


async def test_a_whole_line_counts_before_lines_that_hold_its_words(tmp_path: Path) -> None:
    async with house(tmp_path, settings=SETTINGS) as home:
        await home.say("# A\n- bread\n- bread and butter")
        assert await notes(home, "drop BREAD") == say("notes.dropped", "en", line="bread")
        assert await notes(home, "drop butter") == say(
            "notes.dropped", "en", line="bread and butter"
        )


async def test_without_a_limit_none_is_named(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\n[Ay](https://example.org/a)\n# B\n[Bee](https://example.org/b)")
        await notes(home, "drop Bee")
        told = (await notes(home)).splitlines()
        assert told[0].endswith("characters of HTML. 1 line was cut:")
        assert " of 0 " not in told[0]
        assert told[1:] == ["- Bee"]
