"""The log and what is kept beside it, as the services use them."""

import asyncio
import logging
import time
from dataclasses import replace

import asyncpg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.episode.numbers import OF_FIELDS
from bot.core.events import (
    EpisodeClosed,
    EpisodeOpened,
    FieldSet,
    ItemRetitled,
    MessageGone,
    MessageSeen,
    Redone,
    Thread,
    Undone,
)
from bot.core.file_events import ConflictFound, ConflictSettled
from bot.core.merge.conflict import Conflict
from bot.core.model import Lookup
from bot.services.ports import Person, Store
from tests.storage.databases import Database
from tests.storage.happenings import EPISODE, did, drafted, keys, marked, seen

# --- the log -----------------------------------------------------------------------------------


async def test_events_come_back_in_the_order_in_which_they_were_stored(store: Store):
    events = [seen("m2", "second", at=2), seen("m1", "first", at=1), marked("m1")]
    stored = await store.append(events)
    assert stored == [replace(event, seq=seq) for seq, event in enumerate(events, 1)]
    assert await store.events(EPISODE) == stored


async def test_what_is_delivered_again_counts_once(store: Store):
    await store.append([seen("m1", "text")])
    stored = await store.append([seen("m1", "other"), seen("m2", "new"), seen("m2", "again")])
    assert [(event.key, event.seq) for event in stored] == [("m2:1", 2)]
    assert await store.append([seen("m2", "once more")]) == []
    assert await store.append([]) == []
    assert [e.what.message.text for e in await store.events(EPISODE)] == ["text", "new"]


async def test_places_go_on_after_a_restart(database: Database):
    for message in ("m1", "m2", "m3"):
        async with database.open() as store:
            await store.append([seen("m1", "text"), seen(message, "text")])
    async with database.open() as store:
        assert [event.seq for event in await store.events(EPISODE)] == [1, 2, 3]


async def test_events_that_cannot_all_be_stored_are_not_stored_at_all(store: Store):
    with pytest.raises((OverflowError, asyncpg.DataError)):
        await store.append([seen("m1", "text"), seen("m2", "text", at=2**64)])
    assert await store.events(EPISODE) == []
    (stored,) = await store.append([seen("m1", "text")])
    assert stored.seq == 1


async def test_an_episode_gives_its_own_events_alone(store: Store):
    await store.append([seen("m1", "a"), seen("m2", "b", episode="show#2")])
    assert keys(await store.events("show#2")) == ["m2:1"]
    assert await store.events("show#3") == []


async def test_many_tasks_may_append_at_once(store: Store):
    events = [seen(f"m{n}", "text") for n in range(20)]
    stored = await asyncio.gather(*(store.append([a, b]) for a in events for b in events[:3]))
    seqs = [event.seq for each in stored for event in each]
    assert sorted(seqs) == list(range(1, 21))
    assert sorted(keys(await store.events(EPISODE))) == sorted(keys(events))


@pytest.mark.parametrize("ticks", range(0, 14, 2))
async def test_a_cancelled_append_stores_all_or_nothing_and_the_next_one_works(store, ticks):
    task = asyncio.create_task(store.append([seen("m1", "text"), seen("m2", "text")]))
    for _ in range(ticks):
        await asyncio.sleep(0.0003)
    task.cancel()
    await asyncio.wait([task])
    assert len(await store.events(EPISODE)) in (0, 2)
    await store.append([seen("m1", "text"), seen("m2", "text"), seen("m3", "text")])
    assert len(await store.events(EPISODE)) == 3


# --- talk --------------------------------------------------------------------------------------

HANGING = Thread("t1", "a thread", "c1", starter="m1")


@pytest.mark.parametrize(
    "other",
    [
        marked("m1", on=False),
        did("gone", MessageGone("m1")),
        seen("m1", "edited", at=1, stamp=2),
        seen("m2", "a reply", reply_to="m1"),
        seen("m2", None, reply_to="m1"),
        seen("m2", "in a thread", channel="t1", thread=HANGING),
        did("title", ItemRetitled("m1/5/0", "l", "x")),
    ],
    ids=lambda event: event.what.kind,
)
@pytest.mark.parametrize("first", ["talk", "other"])
async def test_talk_is_given_once_something_refers_to_it(store: Store, other, first):
    talk = seen("m1")
    await store.append([talk] if first == "talk" else [other])
    await store.append([talk, other])
    assert talk.key in keys(await store.events(EPISODE))


async def test_talk_that_nothing_refers_to_is_left_out(store: Store):
    others = [seen("m3", "text"), marked("m4", episode="show#2"), did("f", FieldSet("a", 1))]
    await store.append([seen("m1"), seen("m2", reply_to="m9", thread=HANGING), *others])
    assert keys(await store.events(EPISODE)) == ["m3:1", "f"]


async def test_talk_can_be_asked_for_by_its_messages(store: Store):
    talk = [seen("m1"), seen("m1", stamp=2), seen("m2", reply_to="m1", thread=HANGING)]
    stored = await store.append([*talk, seen("m3", "text"), seen("m4")])
    assert await store.talk(["m2", "m1", "m3", "m9"]) == stored[:3]
    assert await store.talk([]) == []


some = st.sampled_from(["m1", "m2", "m3", "m4"])


@settings(max_examples=50)
@given(
    st.lists(
        st.one_of(
            st.builds(seen, some, st.none() | st.just("x"), stamp=st.integers(0, 3)),
            st.builds(seen, some, reply_to=st.none() | some),
            st.builds(marked, some, on=st.booleans()),
        ),
        max_size=8,
        unique_by=lambda event: event.key,
    )
)
def test_of_an_episode_all_is_given_but_talk_that_nothing_refers_to(on_empty, events):
    def is_talk(event):
        return isinstance(event.what, MessageSeen) and event.what.message.text is None

    referred = {event.about for event in events if not is_talk(event)}
    referred |= {e.what.message.reply_to for e in events if isinstance(e.what, MessageSeen)}

    async def given(store):
        await store.append(events)
        return keys(await store.events(EPISODE))

    wanted = [event for event in events if not is_talk(event) or event.about in referred]
    assert on_empty(given) == keys(wanted)


# --- about messages and episodes ---------------------------------------------------------------


async def test_a_show_has_its_own_lifecycle(store: Store):
    opened = [
        did(episode, EpisodeOpened("1"), episode=episode) for episode in ("a#1", "a#b#1", "a#2")
    ]
    closed = did("over", EpisodeClosed(), episode="a#1")
    await store.append([*opened, seen("m1", "x", episode="a#1"), seen("m2", episode="a#1"), closed])
    assert keys(await store.lifecycle("a")) == ["a#1", "a#2", "over"]
    assert keys(await store.lifecycle("a#b")) == ["a#b#1"]
    assert await store.lifecycle("b") == []


async def test_what_says_the_fields_of_a_shows_episodes_is_given_without_all_else(store: Store):
    whats = [
        EpisodeOpened("1"),
        FieldSet("number", "2"),
        ConflictFound("field", "number", "number", "2", "3"),
        ConflictSettled("e2", ours=True),
        Undone("e1"),
        Redone("e1"),
    ]
    assert {type(what) for what in whats} == set(OF_FIELDS)
    said = [did(f"e{number}", what, episode="a#1") for number, what in enumerate(whats)]
    other = did("other", FieldSet("number", "4"), episode="b#1")
    over = did("over", EpisodeClosed(), episode="a#1")
    await store.append([*said, seen("m1", "x", episode="a#1"), other, over])
    assert keys(await store.field_events("a")) == keys(said)
    assert keys(await store.field_events("b")) == ["other"]


async def test_a_message_belongs_to_the_episode_it_or_else_its_mark_was_first_stored_with(
    store: Store,
):
    await store.append([marked("m1"), marked("m2")])
    await store.append([seen("m1", episode="show#2"), seen("m1", "x", stamp=3, episode="show#3")])
    assert await store.episode_of("m1") == "show#2"
    assert await store.episode_of("m2") == "show#1"
    assert await store.episode_of("m3") is None


# --- look-ups, people, drafts ------------------------------------------------------------------

sources = ["preview", "answer", "page", "provider", "file"]
lookups = st.builds(
    Lookup,
    url=st.just("u"),
    title=st.none() | st.sampled_from("abc"),
    error=st.none() | st.text(max_size=3),
    source=st.sampled_from([one for one in sources if one != "answer"]),
    answer=st.dictionaries(st.text(max_size=3), st.integers() | st.text(max_size=3), max_size=2),
)


@settings(max_examples=50)
@given(st.lists(lookups, min_size=1, max_size=6))
def test_the_best_source_with_a_title_wins_and_of_equals_the_latest(on_empty, found):
    async def kept(store):
        for lookup in found:
            await store.put_lookups({"c": lookup})
        return await store.lookups(["c", "d"])

    def rank(lookup):
        if lookup.title:
            return sources.index(lookup.source)
        return sources.index("answer") if lookup.answer else -1  # a title may be made of it

    best = max(map(rank, found))
    assert on_empty(kept) == {"c": [each for each in found if rank(each) == best][-1]}


async def test_look_ups_hold_whatever_the_web_says(store: Store):
    lookup = Lookup("u", 'a\ud800"\x00\n]]>', "サイト", "<b>", None, "provider", {"n": [1, {}]}, 5)
    await store.put_lookups({"c": lookup, "d": Lookup("d", error="timeout")})
    assert (await store.lookups(["c"]))["c"] == lookup
    assert await store.lookups([]) == {}


async def test_people_have_the_name_that_was_heard_last(store: Store):
    await store.put_people([Person("u1", "oka"), Person("u2", "shun")])
    await store.put_people([Person("u1", "岡"), Person("u3", "cut \ud83d off")])
    assert await store.people() == {"u1": "岡", "u2": "shun", "u3": "cut ? off"}


def draft(name, *, at, commit=None, episode=EPISODE, text="text"):
    conflicts = (Conflict("item", "name", "a", "b", "c", None, 0),)
    return drafted(
        name, text, at=at, commit=commit, episode=episode, conflicts=conflicts, hidden=("a1", "b2")
    )


async def test_drafts_are_the_last_settled_one_and_those_still_open(store: Store):
    for each in ("d1", "d2", "d3"):
        await store.put_draft(draft(each, at=int(each[1])))
    await store.put_draft(draft("other", at=1, commit="c0", episode="show#2"))
    await store.put_draft(draft("d1", at=1, commit="c1"))
    assert await store.drafts(EPISODE) == [
        draft("d1", at=1, commit="c1"), draft("d2", at=2), draft("d3", at=3),
    ]  # fmt: skip
    await store.put_draft(draft("d3", at=3, commit="c3"))
    await store.drop_draft("d2")
    await store.drop_draft("d9")
    assert await store.drafts(EPISODE) == [draft("d3", at=3, commit="c3")]
    assert len(await store.drafts("show#2")) == 1


async def test_a_settled_draft_that_is_not_the_last_is_not_kept(store: Store, database: Database):
    for n in range(3):
        await store.put_draft(draft(f"d{n}", at=n, commit=f"c{n}", text=f"words {n}"))
    assert await database.rows("SELECT count(*) FROM drafts") == [(1,)]


async def test_no_words_of_a_host_reach_the_log_file(database: Database, caplog):
    caplog.set_level(logging.DEBUG)
    async with database.open() as store:
        await store.append([seen("m1", "hidden words")])
        await store.append([seen("m1", "hidden words"), seen("m2", "hidden words")])
        await store.put_lookups({"c": Lookup("u", "hidden words")})
    assert "hidden" not in caplog.text


async def test_old_look_ups_are_forgotten_but_not_what_a_person_gave(store: Store):
    await store.put_lookups(
        {
            "old": Lookup("https://example.org/old", "Old", at=10),
            "new": Lookup("https://example.org/new", "New", at=20),
            "given": Lookup("https://example.org/given", "Given", source="file", at=10),
        }
    )
    await store.prune_lookups(20)
    assert set(await store.lookups(["old", "new", "given"])) == {"new", "given"}


async def test_the_database_s_clock_is_asked_for_the_time(store):
    assert abs(await store.now() - time.time()) < 60
