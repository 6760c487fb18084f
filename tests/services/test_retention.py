"""RUNDOWN_KEEP: old episodes are forgotten, but none that is open, and none that no file has."""

import json
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.core.grammar.message import OFF_RECORD
from bot.services.drafting.hidden_lines import KEYS
from bot.services.request import Choice
from bot.services.retention import NOTICE, Retention
from bot.services.saved_choices import SavedChoices
from bot.services.short_notes import chosen_in
from bot.services.tasks import Supervisor
from tests.services.desk.house import MONDAY, SECOND, house, stored

DAY = 86_400 * SECOND
KEEP = timedelta(days=100)
LATER = MONDAY + 200 * DAY
WORDS = "a talk about trains"


@asynccontextmanager
async def kept(folder, **more):
    """A house with a closed episode that was drafted, and the clock in a list."""
    async with house(folder, **more) as home:
        now = [MONDAY + DAY]
        said = []
        show = home.desk._show
        show.notifications.listen(
            lambda news: said.append(news.text("en")) if news.kind == "said" else None
        )
        retention = Retention(
            show=show, keep=KEEP, scrub=home.desk._erasure.scrub, clock=lambda: now[0],
            supervisor=Supervisor(),
        )  # fmt: skip
        yield home, retention, now, said


async def an_episode(home, *, close=True, draft=True):
    await home.say(f"# Trains\n- {WORDS}\nhttps://example.org/trains", by="aoi")
    await home.say("only talk", by="mika")
    if draft:
        await home.draft()
    if close:
        await home.desk.edits.episode_close(home.request())


async def looked(retention, now, *times):
    for at in times:
        now[0] = at
        await retention.look()


async def test_an_episode_is_forgotten_so_long_after_its_end_and_its_number_is_not(tmp_path):
    async with kept(tmp_path) as (home, retention, now, said):
        await an_episode(home)
        await home.say("# The next", by="buka")
        await looked(retention, now, MONDAY + 99 * DAY, MONDAY + 99 * DAY + 2 * NOTICE)
        assert WORDS in stored(tmp_path)
        await looked(retention, now, LATER, LATER + NOTICE)
        assert [one for one in (WORDS, "Aoi", "Mika") if one in stored(tmp_path)] == []
        assert said == []
        assert WORDS in (home.site / "_drafts/ep1.md").read_text()
        assert await home.desk._show.numbers() == {"show#1": "1", "show#2": "2"}
    async with house(tmp_path, begin=100) as home:  # and all goes on from there
        assert "The next" in await home.body()
        await home.draft()
        assert "The next" in (home.site / "_drafts/ep2.md").read_text()


async def test_what_buttons_give_is_forgotten_so_long_after_they_were_last_shown(tmp_path):
    async with kept(tmp_path) as (home, retention, now, _):
        choices = SavedChoices(home.store, lambda: now[0])
        once = await choices.keep(Choice("Once", "note", {"text": WORDS}))
        again = await choices.keep(Choice("Again", "link remove", {"link": "1.1"}))
        await home.store.put_state(
            "offers", "of-before", json.dumps({"command": "x", "values": {}})
        )
        now[0] = MONDAY + 60 * DAY
        assert await choices.keep(Choice("Again", "link remove", {"link": "1.1"})) == again
        # A clock that is far ahead for a while makes nothing old.
        await looked(retention, now, LATER, MONDAY + 61 * DAY, LATER, MONDAY + 100 * DAY)
        assert set(await home.store.state("offers")) == {once, again, "of-before"}
        await looked(retention, now, MONDAY + 105 * DAY, MONDAY + 107 * DAY)
        assert set(await home.store.state("offers")) == {again, "of-before"}
        assert WORDS not in "".join((await home.store.state("offers")).values())
        assert (await choices.find(again)).values == {"link": "1.1"}
        await looked(retention, now, MONDAY + 400 * DAY, MONDAY + 402 * DAY)
        assert await home.store.state("offers") == {}


async def test_what_hosts_chose_and_looked_at_of_an_episode_goes_with_it(tmp_path):
    async with kept(tmp_path) as (home, retention, now, _):
        await an_episode(home, close=False)
        await home.desk.views.history(home.request())
        await home.store.put_state(chosen_in("show#1"), "a line", "keep")
        await home.store.put_state(chosen_in("show#2"), "a line", "keep")
        for key in ("show#0/d", "show#1/d", "show#2/d"):
            await home.store.put_state(KEYS, key, "a key")
        await home.desk.edits.episode_close(home.request())
        assert await home.store.state("looked")
        await looked(retention, now, LATER, LATER + NOTICE)
        assert await home.store.state("looked") == {}
        assert set(await home.store.state(KEYS)) == {"show#0/d", "show#2/d"}
        assert await home.store.state(chosen_in("show#1")) == {}
        assert await home.store.state(chosen_in("show#2")) == {"a line": "keep"}


async def test_what_is_open_is_never_forgotten(tmp_path):
    async with kept(tmp_path) as (home, retention, now, _):
        await an_episode(home, close=False)
        await looked(retention, now, LATER, LATER + NOTICE)
        assert WORDS in await home.body()


async def test_what_no_file_has_stays_and_hosts_are_told_once(tmp_path):
    async with kept(tmp_path) as (home, retention, now, said):
        await an_episode(home, close=False)
        await home.say("- said after the last draft")
        await home.desk.edits.episode_close(home.request())
        await looked(retention, now, LATER, LATER + NOTICE, LATER + 2 * NOTICE)
        assert "said after the last draft" in stored(tmp_path)
        assert [line.startswith("Episode 1 was closed long ago") for line in said] == [True]


async def test_what_was_never_drafted_stays_and_hosts_are_told_once(tmp_path):
    async with kept(tmp_path) as (home, retention, now, said):
        await an_episode(home, draft=False)
        await looked(retention, now, LATER, LATER + NOTICE, LATER + 2 * NOTICE)
        assert WORDS in stored(tmp_path)
        assert [line.startswith("Episode 1 was closed long ago") for line in said] == [True]


async def test_of_an_episode_that_holds_nothing_no_draft_is_asked(tmp_path):
    async with kept(tmp_path) as (home, retention, now, said):
        await home.desk.edits.episode_start(home.request(), title=WORDS)
        await home.desk.edits.episode_close(home.request())
        assert WORDS in stored(tmp_path)
        await looked(retention, now, LATER, LATER + NOTICE)
        assert WORDS not in stored(tmp_path)
        assert said == []


async def test_a_clock_that_is_far_ahead_for_a_while_loses_nothing(tmp_path):
    async with kept(tmp_path) as (home, retention, now, _):
        await an_episode(home)
        await looked(retention, now, LATER, LATER + NOTICE // 2, MONDAY + DAY, LATER + 2 * NOTICE)
        assert WORDS in stored(tmp_path)


async def test_messages_of_a_forgotten_episode_are_not_taken_in_again(tmp_path):
    async with kept(tmp_path) as (home, retention, now, _):
        secret = await home.say("- https://example.org/secret")
        await home.mark(secret, OFF_RECORD)
        await an_episode(home)
        await looked(retention, now, LATER, LATER + NOTICE)
        for message in home.chat.messages:
            await home.see(message)
        assert [one for one in (WORDS, "example.org/secret") if one in stored(tmp_path)] == []
        assert secret in await home.desk.off_record()


async def test_an_episode_that_is_opened_again_keeps_its_file(tmp_path):
    async with kept(tmp_path) as (home, retention, now, _):
        await an_episode(home)
        await looked(retention, now, LATER, LATER + NOTICE)
        await home.desk.edits.episode_start(home.request(), number="1")
        await home.say("- more of it")
        await home.draft()
        text = (home.site / "_drafts/ep1.md").read_text()
        assert WORDS in text
        assert "more of it" in text


async def test_what_was_handed_over_stays_with_the_next_and_can_still_be_erased(tmp_path):
    async with kept(tmp_path) as (home, retention, now, _):
        message = await home.say(f"[{WORDS}](https://example.org/trains)")
        await home.say("https://example.org/first")
        await home.desk.later.later(home.request(), what="0.1")
        await home.draft()
        await home.desk.edits.episode_close(home.request())
        await looked(retention, now, LATER, LATER + 2 * NOTICE)
        assert WORDS in stored(tmp_path)  # it waits
        await home.say("https://example.org/next")
        await looked(retention, now, LATER, LATER + 2 * NOTICE)
        await home.say("https://example.org/more")
        assert WORDS in await home.body()
        await home.draft()
        await home.mark(message, OFF_RECORD)
        assert WORDS not in await home.body()
        assert WORDS not in stored(tmp_path)
        await home.draft()
        assert WORDS not in (home.site / "_drafts/ep2.md").read_text("utf-8")
