"""An old episode is forgotten: no byte of its words or people is left, and nothing comes twice."""

from bot.core.events import EpisodeClosed, EpisodeOpened, FieldSet, ItemNoted
from bot.services.ports import Person
from tests.storage.happenings import EPISODE, did, drafted, keys, marked, seen

WORDS = "機密 confidential"
OTHER = "show#2"


def an_old_episode():
    return [
        did("opened", EpisodeOpened("1")),
        seen("m1", f"# {WORDS}\n- {WORDS}", by="ami"),
        seen("m2", None, by="bo"),
        marked("m3", "🔒", by="bo"),
        did("noted", ItemNoted("m1/f/0", WORDS), by="cho"),
        did("titled", FieldSet("title", WORDS), by="cho"),
        did("closed", EpisodeClosed(), by="cho"),
    ]


async def fill(store):
    old = an_old_episode()
    await store.append(old)
    await store.append([seen("m9", "of another episode", by="dan", episode=OTHER)])
    await store.put_people([Person(one, f"{one} Realname") for one in ("ami", "bo", "cho", "dan")])
    await store.put_draft(drafted("d1", WORDS, commit="c"))
    await store.put_draft(drafted("d2", "Another's text", commit="c", episode=OTHER))
    return old


STAYS = ["opened", "closed", "m3:bo:🔒:5:True"]


async def test_what_is_to_stay_stays_and_all_else_of_the_episode_is_gone(store):
    await fill(store)
    assert await store.prune(EPISODE, keep=STAYS)
    assert sorted(keys(await store.events(EPISODE))) == sorted(STAYS)
    assert await store.drafts(EPISODE) == []
    assert await store.talk(["m2"]) == []
    assert keys(await store.events(OTHER)) == ["m9:1"]
    assert [one.id for one in await store.drafts(OTHER)] == ["d2"]
    assert await store.people() == {one: f"{one} Realname" for one in ("bo", "dan")}


async def test_nothing_of_it_is_stored_again(store):
    old = await fill(store)
    await store.prune(EPISODE, keep=STAYS)
    assert await store.append(old) == []
    assert sorted(keys(await store.events(EPISODE))) == sorted(STAYS)


async def test_it_is_done_once(store):
    await fill(store)
    assert await store.prune(EPISODE, keep=STAYS)
    assert not await store.prune(EPISODE, keep=STAYS)
    assert not await store.prune("show#99", keep=[])


async def test_no_byte_of_its_words_and_people_is_left_after_scrubbing(database):
    async with database.open() as store:
        await fill(store)
        await store.prune(EPISODE, keep=STAYS)
        assert await store.scrub_due()
        assert await store.scrub()
    left = await database.held()
    assert b"of another episode" in left
    assert not [one for one in (WORDS, "ami Realname", "cho Realname") if one.encode() in left]
