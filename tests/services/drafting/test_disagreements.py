"""What the chat and the file have otherwise, thing by thing: each is asked once, by its name."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import CommitUnknown
from bot.services.request import Answer
from tests.services.desk.house import House, house
from tests.services.drafting.test_file_edits import PAPER, TALK, edit, text


async def asked(home: House) -> Answer:
    answer = await home.draft()
    assert [one.values["side"] for one in answer.choices] == ["chat", "file"]
    return answer


async def choose(home: House, answer: Answer, side: int) -> None:
    await home.desk.drafts.choose(home.request(), **answer.choices[side].values)
    await home.draft()


async def test_a_topic_that_both_renamed_is_asked_by_its_names(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# Bread\n{PAPER}")
        await home.draft()
        edit(home, "### Bread", "### Rolls")
        await home.desk.edits.topic_rename(home.request(), topic="1", name="Loaves")
        answer = await asked(home)
        assert "Rolls" in answer.text
        assert "#" not in answer.text
        assert not any("#" in one.label for one in answer.choices)
        assert "### Rolls" in text(home)
        await choose(home, answer, 0)
        assert "### Loaves" in text(home)
        assert (await home.draft()).choices == ()


async def test_a_field_that_both_set_is_asked_and_the_chats_goes_into_the_file(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        await home.desk.edits.episode_set(home.request(), field="title", value="First")
        await home.draft()
        edit(home, 'title: "First"', 'title: "By hand"')
        await home.desk.edits.episode_set(home.request(), field="title", value="In the chat")
        answer = await asked(home)
        assert 'title: "By hand"' in text(home)
        assert (await home.desk.views.episode("notes")).fields["title"] == "By hand"
        await choose(home, answer, 0)
        assert 'title: "In the chat"' in text(home)
        assert (await home.desk.views.episode("notes")).fields["title"] == "In the chat"


@pytest.mark.parametrize("side", [0, 1])
async def test_what_people_took_out_and_the_chat_changed_is_asked_and_nothing_beside_it(
    tmp_path: Path, side: int
) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n[Mine]({PAPER})")
        await home.say(f"[Beside]({TALK})")
        await home.draft()
        edit(home, f"- [Mine]({PAPER})\n", "")
        await home.desk.edits.link_retitle(home.request(), link="1.1", title="In the chat")
        await choose(home, await asked(home), side)
        assert text(home).count(f"[Beside]({TALK})") == 1
        assert (f"[In the chat]({PAPER})" in text(home)) == (side == 0)
        assert (await home.draft()).choices == ()


async def test_two_things_with_the_same_words_are_two_questions(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        for url in (PAPER, TALK):
            await home.say(f"[Same]({url})")
        await home.draft()
        for number, url in enumerate((PAPER, TALK), 1):
            edit(home, f"[Same]({url})", f"[By hand]({url})")
            await home.desk.edits.link_retitle(home.request(), link=f"0.{number}", title="Chat")
        answer = await home.draft()
        assert "2 things" in answer.text
        assert [one.values["side"] for one in answer.choices] == ["chat", "file"] * 2
        assert len({one.values["conflict"] for one in answer.choices}) == 2


# --- a draft whose answer was lost ---------------------------------------------------------------


def losing(home: House, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Have the answer of the next commit lost, though it is made; return what ends that."""
    site = home.desk._show.site
    commit = site.commit

    async def lost(change: object) -> object:
        await commit(change)  # type: ignore[arg-type]
        raise CommitUnknown("github.unknown", why="a test")

    monkeypatch.setattr(site, "commit", lost)
    return lambda: monkeypatch.setattr(site, "commit", commit)


@pytest.mark.parametrize("people", [False, True])
async def test_what_is_said_after_a_draft_whose_answer_was_lost_is_no_edit_of_peoples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, people: bool
) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n[Mine]({PAPER})")
        await home.draft()
        if people:
            edit(home, "[Mine]", "[By hand]")
        await home.say(f"[A talk]({TALK})")
        found = losing(home, monkeypatch)
        with pytest.raises(CommitUnknown):
            await home.draft()
        found()
        await home.desk.edits.topic_rename(home.request(), topic="1", name="B")
        await home.say("- said since")
        answer = await home.draft()
        assert answer.choices == ()
        title = "By hand" if people else "Mine"
        body = text(home).partition("---\n\n")[2]
        assert body == f"### B\n\n- [{title}]({PAPER})\n- [A talk]({TALK})\n- said since\n"
        outline = (await home.desk.views.outline(home.request())).text.split("\n")[1:]
        assert [one.strip() for one in outline] == [
            "1. B", f"1.1 {title}", "1.2 A talk", "1.3 said since",
        ]  # fmt: skip
        assert len(await home.store.drafts("show#1")) == 1
        assert home.git("log", "--format=%s").count("\n") == 4 + people
