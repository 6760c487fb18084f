"""What a draft's answer says: what went in, what people had done, what needs a person."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.services.desk.draft_report import MOST_ASKED, MOST_NAMED, report
from bot.services.drafting.hidden_words import HiddenWords
from tests.services.desk.house import House, house
from tests.services.drafting.test_file_edits import edit

PAPER = "https://example.org/paper"


async def told(home: House) -> list[str]:
    answer = await home.draft()
    assert not answer.private
    return answer.text.split("\n")


async def test_a_first_draft_says_how_much_it_holds_and_where_it_is(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n[Paper]({PAPER})")
        first = await told(home)
        commit = home.git("rev-parse", "--short=7", "HEAD").strip()
        assert len(first) == 1
        for words in ("1 topic", "1 link", "_drafts/ep1.md", commit):
            assert words in first[0]
        await home.say("# B\n[One](https://example.org/1)\n[Two](https://example.org/2)")
        drafted, changed = await told(home)
        assert "2 topics" in drafted
        assert "3 links" in drafted
        assert "2 links in B" in changed
        (nothing,) = await told(home)
        assert "2 topics" not in nothing
        assert "_drafts/ep1.md" in nothing


async def test_what_people_did_is_told_with_their_names(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n[Paper]({PAPER})")
        await home.draft()
        edit(home, "- [Paper]", "- by hand\n- [Paper]")
        edit(home, "### A", "### B")
        edit(home, 'title: ""', 'title: "T"')
        await home.say("- more")
        (kept,) = [line for line in await told(home) if line.startswith("Kept")]
        assert kept.startswith("Kept edits by Oka: 1 link or line, 1 topic, 1 ")
        assert not [line for line in await told(home) if line.startswith("Kept")]


@pytest.mark.parametrize("count", [MOST_NAMED, MOST_NAMED + 1])
async def test_of_what_may_be_off_the_record_more_than_is_named_is_said(
    tmp_path: Path, count: int
) -> None:
    async with house(tmp_path) as home:
        await home.say("- words")
        record = await home.desk._show.episodes.current("notes")
        published = await home.desk._publish.draft(record.id, at=1)
        hidden = HiddenWords(tuple(f"line-{number}" for number in range(count)))
        answer = await report(replace(published, hidden=hidden), home.desk._show, "en")
        (line,) = [one for one in answer.text.split("\n") if "line-0" in one]
        assert line.count("line-") == MOST_NAMED
        assert line.endswith("…") is (count > MOST_NAMED)


async def test_links_without_a_title_are_named_up_to_a_number_and_empty_topics_all(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.say("# Full")
        for number in range(MOST_NAMED + 1):
            await home.say(f"https://example.org/{number}")
            answer = await home.draft()
            line = answer.text.split("\n")[-1]
            assert line.count("example.org") == min(number + 1, MOST_NAMED)
            assert ("…" in line) == (number + 1 > MOST_NAMED)
        await home.say("# Bare\n# Parent\n#### Child\n- x")
        line = (await told(home))[-1]
        assert "Bare" in line
        assert "Parent" not in line
        assert "Full" not in line


async def test_disagreements_are_shown_up_to_a_number_each_with_both_sides(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        for number in range(MOST_ASKED + 1):
            await home.say(f"[L{number}](https://example.org/{number})")
        await home.draft()
        for number in range(MOST_ASKED + 1):
            edit(home, f"[L{number}]", f"[File {number}]")
            await home.desk.edits.link_retitle(
                home.request(), link=f"0.{number + 1}", title=f"Chat {number}"
            )
        answer = await home.draft()
        lines = answer.text.split("\n")
        shown = [one for one in lines if "File" in one and "Chat" in one]
        assert len(shown) == MOST_ASKED
        assert f"{MOST_ASKED + 1} things" in answer.text
        assert len(answer.choices) == 2 * MOST_ASKED
        assert [one.label for one in answer.choices[:2]] != [
            one.label for one in answer.choices[2:4]
        ]
        assert {one.command for one in answer.choices} == {"choose"}


async def test_what_was_removed_on_one_side_is_said_to_be(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n[Mine]({PAPER})")
        await home.say("- beside")
        await home.draft()
        edit(home, f"- [Mine]({PAPER})\n", "")
        await home.desk.edits.link_retitle(home.request(), link="1.1", title="In the chat")
        (line,) = [one for one in await told(home) if "In the chat" in one]
        assert "removed" in line


async def test_where_each_side_has_another_address_both_are_shown(tmp_path: Path) -> None:
    """Words alone did not tell that the chat's side leads elsewhere."""
    async with house(tmp_path) as home:
        paper = await home.say(f"[The paper]({PAPER})")
        await home.say("- beside")
        await home.draft()
        edit(home, "[The paper]", "[By hand]")
        await home.edit(paper, f"[The talk]({PAPER}/talk)")
        (line,) = [one for one in await told(home) if "The talk" in one]
        assert f"[The talk]({PAPER}/talk)" in line
        assert f"[By hand]({PAPER})" in line
