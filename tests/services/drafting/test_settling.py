"""A draft that was made and of which nobody heard: hosts are told of it all the same, once."""

from pathlib import Path

import pytest

from bot.core.grammar.message import OFF_RECORD
from bot.errors import CommitUnknown
from bot.services.notification import Notification
from tests.services.desk.house import House, house
from tests.services.drafting.test_cut_short import head, unheard
from tests.services.drafting.test_file_edits import PAPER, TALK, edit, text


def told(home: House) -> list[Notification]:
    """All that is said in the channel by itself from now on."""
    news: list[Notification] = []
    home.desk.listen(lambda one: news.append(one) if one.kind == "said" else None)
    return news


def words(news: list[Notification], language: str = "en") -> list[str]:
    return [one.text(language) for one in news if one.text is not None]


async def cut_short(home: House) -> None:
    async with unheard(home, done=True):
        with pytest.raises(CommitUnknown):
            await home.draft()


async def idle(home: House) -> None:
    await home.desk._scheduler._telling.wait_idle()


async def test_a_start_tells_of_a_draft_and_of_what_it_asked(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await home.say(f"# A\n[Paper]({PAPER})\n- note one")
        await home.draft()
        edit(home, "note one", "note by hand")
        await home.edit(message, f"# A\n[Paper]({PAPER})\n- note by chat")
        await home.say(TALK)
        await cut_short(home)
        news = told(home)
        await home.desk._watch.look()
        await idle(home)
        (said,) = words(news)
        assert said.startswith("Episode 1")
        assert head(home)[:7] in said
        assert "Kept edits" in said
        assert "note by chat" in said
        (japanese,) = words(news, "ja")
        assert "note by chat" in japanese
        assert "Episode" not in japanese
        assert news[0].choices is not None
        chat, file = news[0].choices("en")
        assert [chat.values["side"], file.values["side"]] == ["chat", "file"]
        await home.desk.drafts.choose(home.request(), **chat.values)
        await home.draft()
        assert "note by chat" in text(home)
        await home.desk._watch.look()
        await idle(home)
        assert len(words(news)) == 1


async def test_the_next_draft_tells_of_the_one_before_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        await cut_short(home)
        news = told(home)
        answer = (await home.draft()).text
        assert "no changes" in answer
        await idle(home)
        (said,) = words(news)
        assert "1 topic, 1 link" in said
        assert head(home)[:7] in said


async def test_a_draft_that_was_not_made_is_not_told_of(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        async with unheard(home, done=False):
            with pytest.raises(CommitUnknown):
                await home.draft()
        news = told(home)
        await home.desk._watch.look()
        await idle(home)
        assert news == []


async def test_words_of_people_s_that_went_with_a_lock_are_told_of(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await home.say(f"# A\n[Secret plan]({PAPER})")
        await home.say(TALK)
        await home.draft()
        edit(home, "Secret plan", "Secret plan of the old harbour and its lighthouse")
        await home.mark(message, OFF_RECORD)
        await cut_short(home)
        news = told(home)
        await home.desk._watch.look()
        await idle(home)
        (said,) = words(news)
        assert "take what you want to keep" in said
        assert "lighthouse" not in text(home)
