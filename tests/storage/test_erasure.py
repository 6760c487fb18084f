"""Off the record: after an erasure and its scrubbing, no byte of any file holds the words."""

from dataclasses import replace

import pytest

from bot.core.events import (
    ItemMoved,
    ItemNoted,
    ItemRemoved,
    ItemRetitled,
    Marked,
    Message,
    Thread,
    TopicRenamed,
)
from bot.core.file_events import ConflictFound, ItemWritten, TopicWritten
from bot.core.merge.conflict import Conflict
from bot.core.model import Lookup
from tests.storage.databases import Database, database_at
from tests.storage.happenings import EPISODE, did, drafted, marked, running, seen

WORDS = "機密 confidential"
ADDRESS = "https://unpublished.example/preprint"
LINES = f"# {WORDS}\n{ADDRESS}\n> {WORDS}"
FORMS = [each.encode(form) for each in (WORDS, ADDRESS) for form in ("utf-8", "utf-16-le")]
FORMS += [word.encode("unicode_escape") for word in WORDS.split()]

THREAD = Thread("t1", WORDS, "c1", starter="m1")
CONFLICT = Conflict("item", WORDS, LINES, LINES, LINES, "m1/f/0", 0)
DRAFT = drafted("d1", LINES + "\nMore.", commit="commit", conflicts=(CONFLICT,))


def said_of_it():
    """Return all that chat and commands can say of the message m1, among other things."""
    return [
        *(seen(f"before{n}", f"# Topic {n}\n" + "talk " * 50, at=n) for n in range(40)),
        seen("m1", LINES, at=50),
        seen("m1", LINES + " edited", at=50, stamp=51, reply_to="before1", thread=THREAD),
        seen("m2", "in the thread", at=52, channel="t1", thread=THREAD),
        seen("m3", None, at=53, channel="t1", thread=THREAD),
        did("retitled", ItemRetitled("m1/f/0", "l", WORDS)),
        did("noted", ItemNoted("m1/f/0", f"{WORDS} {ADDRESS}")),
        did("renamed", TopicRenamed("m1/h/0", WORDS)),
        did("moved", ItemMoved("m1/f/0", "before1/h/0", None, None)),
        did("removed", ItemRemoved("m1/f/0")),
        did("written", ItemWritten("m1/f/0", LINES, LINES + " by hand")),
        did("reworded", TopicWritten("m1/h/0", WORDS, WORDS + " by hand")),
        did("disputed", ConflictFound("item", "m1/f/0", WORDS, LINES, LINES)),
        did("elsewhere", ItemWritten("before1/f/0", LINES, LINES + " by hand")),
        *(seen(f"after{n}", f"{n} " + "more " * 50, at=60 + n) for n in range(40)),
    ]


async def fill(store):
    for event in said_of_it():
        await store.append([event])
    await store.put_lookups({ADDRESS: Lookup(ADDRESS, WORDS), "other": Lookup("o", "Other")})
    await store.put_draft(DRAFT)


async def erase(store):
    scrubbed = replace(
        DRAFT, committed="More.", owners=(None,), lookups={}, conflicts=(), hidden=("a1",)
    )
    elsewhere = did("elsewhere", ItemWritten("before1/f/0", "", " by hand"))
    await store.erase("m1", canonicals=[ADDRESS], drafts=[scrubbed], events=[elsewhere])


async def found(database: Database) -> list[bytes]:
    raw = await database.held()
    assert b"before1" in raw  # we are looking at the right files
    return [form for form in FORMS if form in raw]


async def test_the_words_are_there_before(store, database):
    await fill(store)
    assert {WORDS.encode(), ADDRESS.encode()} <= set(await found(database))


async def test_nothing_of_the_words_is_left_in_any_file(store, database):
    await fill(store)
    await erase(store)
    assert await store.scrub_due()
    assert await store.scrub()
    assert not await store.scrub_due()
    assert await found(database) == []


async def test_nothing_is_left_after_closing_either(database):
    async with database.open() as store:
        await fill(store)
        await erase(store)
        assert await store.scrub()
    assert await found(database) == []


ERASE_AND_WAIT = """
import asyncio, sys
from tests.storage.databases import database_at
from tests.storage.test_erasure import erase, fill

async def main(where):
    async with database_at(where) as store:
        await fill(store)
        await erase(store)
        print("erased", flush=True)
        await asyncio.sleep(60)

asyncio.run(main(sys.argv[1]))
"""


async def test_an_erasure_is_scrubbed_after_a_kill(database):
    with running(ERASE_AND_WAIT, database.where) as process:
        assert process.stdout.readline() == "erased\n"
        process.kill()
    assert await found(database)
    await database.forget()
    async with database_at(database.where) as store:
        assert await store.scrub_due()
        assert await store.scrub()
    assert await found(database) == []


async def test_what_an_erasure_keeps(store):
    await fill(store)
    before = {event.key: event for event in await store.events(EPISODE)}
    await store.append([marked("m1", "🔒", at=90)])
    await erase(store)
    after = {event.key: event for event in await store.events(EPISODE)}

    first, edited = after["m1:50"].what.message, after["m1:51"].what.message
    assert first == Message("m1", "c1", 50, "u1", None, 50)
    nameless = replace(THREAD, name="")
    assert edited == Message("m1", "c1", 50, "u1", None, 51, "before1", thread=nameless)
    assert after["m2:52"].what.message.thread == nameless
    assert before.keys() - after.keys() == {
        "retitled", "noted", "renamed", "written", "reworded", "disputed",
    }  # fmt: skip
    changed = {"m1:50", "m1:51", "m2:52", "elsewhere"}
    assert after["elsewhere"].what.now == " by hand"
    for key in after.keys() - changed - {"m1:u1:🔒:90:True"}:
        assert after[key] == before[key]

    assert after["m1:u1:🔒:90:True"].what == Marked("m1", "🔒", on=True)
    assert await store.episode_of("m1") == EPISODE
    assert set(await store.lookups([ADDRESS, "other"])) == {"other"}
    (draft,) = await store.drafts(EPISODE)
    assert (draft.committed, draft.hidden, draft.commit) == ("More.", ("a1",), "commit")


async def test_what_was_erased_does_not_come_back_when_it_is_delivered_again(store, database):
    await fill(store)
    await erase(store)
    assert await store.append(said_of_it()) == []
    assert await store.scrub()
    assert await found(database) == []


async def test_a_draft_that_was_dropped_meanwhile_stays_away(store):
    await store.erase("m1", canonicals=[], drafts=[DRAFT])
    assert await store.drafts(EPISODE) == []


async def test_a_message_can_be_erased_twice_or_without_being_known(store, database):
    await store.erase("m1", canonicals=[])
    await fill(store)
    await erase(store)
    first = await store.events(EPISODE)
    await erase(store)
    assert await store.events(EPISODE) == first
    assert await store.scrub()
    assert await found(database) == []


async def test_places_in_the_log_do_not_change_by_scrubbing(store):
    await fill(store)
    await erase(store)
    before = await store.events(EPISODE)
    assert await store.scrub()
    assert await store.events(EPISODE) == before
    (new,) = await store.append([seen("m9", "text")])
    assert new.seq == 94


async def test_an_erasure_is_whole_or_not_at_all(store, database):
    await fill(store)
    before = await store.events(EPISODE)
    with pytest.raises(TypeError):
        await store.erase("m1", canonicals=[b"no text"], drafts=[])
    assert await store.events(EPISODE) == before
    assert not await store.scrub_due()
