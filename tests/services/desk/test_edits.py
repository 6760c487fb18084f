"""The commands that change an episode: where things go, which link is meant, what is refused."""

from collections.abc import Awaitable, Mapping
from pathlib import Path

import pytest

from bot.errors import CommandError
from bot.services.desk.topic_place import FRONT
from bot.texts import say
from tests.services.desk.house import House, house

A, B, C = (f"https://example.org/{one}" for one in "abc")


async def refused(asking: Awaitable[object]) -> str:
    with pytest.raises(CommandError) as told:
        await asking
    return told.value.name


async def row(home: House) -> list[str]:
    """The outline in short: `One: a b`, and `>` before a sub-topic."""
    episode = await home.desk.views.episode("notes")
    numbered = {one.id: one.label for one in (await home.desk.panels.panel("notes")).entries}
    subs = {sub.id for topic in episode.topics for sub in topic.subtopics}
    return [
        f"{'>' * (section.id in subs)}{section.name or '-'}: "
        + " ".join(str(numbered[one.id]) for one in section.items)
        for section in episode.sections()
    ]


async def filled(home: House) -> None:
    for text in ("- z", "# One", "- a", "- b", "- c", "#### Sub", "- s", "# Two", "- d", "# Three"):
        await home.say(text)
    assert await row(home) == ["-: z", "One: a b c", ">Sub: s", "Two: d", "Three: "]


# --- where things go -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "place", "expected"),
    [
        ("a", {"after": "b"}, ["-: z", "One: b a c", ">Sub: s", "Two: d", "Three: "]),
        ("c", {"before": "a"}, ["-: z", "One: c a b", ">Sub: s", "Two: d", "Three: "]),
        ("a", {}, ["-: z", "One: b c a", ">Sub: s", "Two: d", "Three: "]),
        ("a", {"topic": "Two"}, ["-: z", "One: b c", ">Sub: s", "Two: d a", "Three: "]),
        ("a", {"topic": "Three"}, ["-: z", "One: b c", ">Sub: s", "Two: d", "Three: a"]),
        (
            "a",
            {"topic": "Two", "after": "first"},
            ["-: z", "One: b c", ">Sub: s", "Two: a d", "Three: "],
        ),
        (
            "a",
            {"topic": "Three", "after": "first"},
            ["-: z", "One: b c", ">Sub: s", "Two: d", "Three: a"],
        ),
        ("c", {"after": "first"}, ["-: z", "One: c a b", ">Sub: s", "Two: d", "Three: "]),
        ("a", {"after": "d"}, ["-: z", "One: b c", ">Sub: s", "Two: d a", "Three: "]),
        ("a", {"before": "d"}, ["-: z", "One: b c", ">Sub: s", "Two: a d", "Three: "]),
        ("a", {"before": "z"}, ["-: a z", "One: b c", ">Sub: s", "Two: d", "Three: "]),
        ("d", {"topic": "Sub"}, ["-: z", "One: a b c", ">Sub: s d", "Two: ", "Three: "]),
    ],
)
async def test_a_link_goes_where_it_is_said(
    tmp_path: Path, link: str, place: Mapping[str, str], expected: list[str]
) -> None:
    async with house(tmp_path) as home:
        await filled(home)
        answer = await home.desk.edits.link_move(home.request(), link=link, **place)
        assert await row(home) == expected
        into = next(one for one in expected if f" {link}" in one).partition(":")[0].strip(">-")
        assert answer.text == say("desk.link-moved", "en", link=link, topic=into or "–")
        await home.desk.edits.undo(home.request())
        assert await row(home) == ["-: z", "One: a b c", ">Sub: s", "Two: d", "Three: "]


@pytest.mark.parametrize(
    ("topic", "place", "expected"),
    [
        ("Three", {"after": "One"}, ["One", ">Sub", "Three", "Two"]),
        ("Three", {"before": "One"}, ["Three", "One", ">Sub", "Two"]),
        ("One", {}, ["Two", "Three", "One", ">Sub"]),
        ("Three", {"after": "first"}, ["Three", "One", ">Sub", "Two"]),
        ("One", {"after": "first"}, ["One", ">Sub", "Two", "Three"]),
        ("One", {"before": "Three"}, ["Two", "One", ">Sub", "Three"]),
    ],
)
async def test_a_topic_goes_where_it_is_said(
    tmp_path: Path, topic: str, place: Mapping[str, str], expected: list[str]
) -> None:
    async with house(tmp_path) as home:
        await filled(home)
        await home.desk.edits.topic_move(home.request(), topic=topic, **place)
        assert [one.partition(":")[0] for one in (await row(home))[1:]] == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ({}, ["One", ">Sub", "Two", "Three", "New"]),
        ({"after": "One"}, ["One", ">Sub", "New", "Two", "Three"]),
        ({"after": FRONT[0]}, ["New", "One", ">Sub", "Two", "Three"]),
        ({"under": "One"}, ["One", ">Sub", ">New", "Two", "Three"]),
        ({"under": "One", "after": "Sub"}, ["One", ">Sub", ">New", "Two", "Three"]),
        ({"under": "One", "after": FRONT[0]}, ["One", ">New", ">Sub", "Two", "Three"]),
        ({"under": "Two", "after": FRONT[0]}, ["One", ">Sub", "Two", ">New", "Three"]),
    ],
)
async def test_a_new_topic_stands_where_it_is_said(
    tmp_path: Path, place: Mapping[str, str], expected: list[str]
) -> None:
    async with house(tmp_path) as home:
        await filled(home)
        await home.desk.edits.topic_add(home.request(), name="New", **place)
        assert [one.partition(":")[0] for one in (await row(home))[1:]] == expected
        await home.say("- said then")
        assert next(one for one in await row(home) if "said then" in one).strip(">")[:3] == "New"


async def test_a_topic_falls_to_the_one_before_or_into_the_one_that_is_named(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await filled(home)
        await home.desk.edits.topic_remove(home.request(), topic="Two")
        assert await row(home) == ["-: z", "One: a b c d", ">Sub: s", "Three: "]
        await home.desk.edits.undo(home.request())
        answer = await home.desk.edits.topic_merge(home.request(), topic="Two", into="One")
        assert answer.text == say("desk.topic-merged", "en", topic="Two", into="One")
        assert "d" in (await row(home))[1]
        assert await refused(
            home.desk.edits.topic_merge(home.request(), topic="One", into="1")
        ) == "desk.same-topic"  # fmt: skip


async def test_a_topic_that_goes_into_a_subtopic_is_told_to_lose_the_headings_below_it(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        merge = home.desk.edits.topic_merge
        await home.say("# A\n- a\n#### A1\n- a1\n#### A2\n# B\n- b\n#### B1\n- b1")
        refusal = await refused(merge(home.request(), topic="A", into="A1"))
        assert refusal == "desk.own-subtopic"
        answer = await merge(home.request(), topic="A", into="B1")
        assert answer.text.splitlines()[1:] == [
            say("desk.topic-merged-without", "en", names=["A1", "A2"])
        ]
        assert await row(home) == ["B: b", ">B1: b1 a a1"]


# --- which link ----------------------------------------------------------------------------------


async def test_the_link_whose_address_is_typed_gets_the_title_else_the_first(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.say(f"- see [one]({A}) and [two]({B})")
        await home.desk.edits.link_retitle(home.request(), link=B, title=" Second  one ")
        assert await home.body() == f"- see [one]({A}) and [Second one]({B})"
        await home.desk.edits.link_retitle(home.request(), link="0.1", title="First")
        assert await home.body() == f"- see [First]({A}) and [Second one]({B})"
        await home.say("- words alone")
        retitle = home.desk.edits.link_retitle
        for link, title, name in (
            ("0.2", "T", "desk.has-no-link"), ("0.1", " ", "desk.nothing-given"),
            ("9", "T", "desk.no-such-link"),
        ):  # fmt: skip
            assert await refused(retitle(home.request(), link=link, title=title)) == name


async def test_titles_are_asked_for_anew_where_no_host_gave_one(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"- [mine]({A})")
        refresh = home.desk.edits.link_refresh
        assert await refused(refresh(home.request(), link="0.1")) == "desk.titled-by-host"
        await home.say(f"- {B} and {C}")
        await home.know(B, "Known")
        told = (await refresh(home.request(), link="0.2")).text.split("\n")
        assert len(told) == 2
        assert "Known" in told[0]
        assert told[1].startswith(f"No title found for {C}: ")


async def test_a_note_is_something_and_stands_below_its_link(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"[T]({A})")
        note = home.desk.edits.link_note
        assert await refused(note(home.request(), link="0.1", text=" \n ")) == "desk.nothing-given"
        await note(home.request(), link="0.1", text="worth it")
        assert "worth it" in await home.body()


async def test_two_topics_have_no_name_in_common(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await filled(home)
        rename = home.desk.edits.topic_rename
        assert await refused(rename(home.request(), topic="One", name="two")) == "desk.topic-exists"
        await rename(home.request(), topic="One", name="ONE")
        assert (await row(home))[1] == "ONE: a b c"


# --- episodes ------------------------------------------------------------------------------------


async def test_an_episode_is_started_reopened_and_refused_by_its_number(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        start, close = home.desk.edits.episode_start, home.desk.edits.episode_close
        assert await refused(close(home.request())) == "desk.nothing-open"
        told = await start(home.request(), number="７", title="T")
        assert told.text == say("desk.started", "en", number="7")
        assert (await home.desk.views.episode("notes")).fields["title"] == "T"
        assert await refused(start(home.request(), number="7")) == "desk.is-open"
        own = await start(home.request(channel="other"))
        assert own.text == say("desk.started-own", "en", number="8")
        assert await refused(start(home.request(channel="other"))) == "desk.channel-has-its-own"
        assert await refused(start(home.request(), number="8")) == "desk.number-taken"
        closed = await close(home.request(channel="other"))
        assert closed.text.startswith(say("desk.closed-other-open", "en", number="8", other="7"))
        assert (await close(home.request())).text.startswith(say("desk.closed", "en", number="7"))
        again = await start(home.request(), number="7")
        assert again.text == say("desk.reopened", "en", number="7")
        assert (await home.desk.views.episode("notes")).fields["number"] == "7"
        assert await refused(start(home.request(), number="7")) == "desk.is-open"


async def test_fields_are_named_as_they_are_called_and_a_number_stays(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        put = home.desk.edits.episode_set
        label = say("desk.field-title", "ja")
        await put(home.request(language="ja"), field=label, value="題")
        assert (await home.desk.views.episode("notes")).fields["title"] == "題"
        taken = await put(home.request(), field=" TITLE ", value="")
        assert taken.text == say("desk.field-taken-away", "en", field="title")
        assert "title" not in (await home.desk.views.episode("notes")).fields
        assert await refused(put(home.request(), field="number", value="")) == "desk.number-needed"
        unshown = await put(home.request(), field="summary", value="S")
        assert unshown.text.endswith(say("desk.field-not-shown", "en", field="summary"))
        shown = await put(home.request(), field="title", value="S")
        assert "\n" not in shown.text


async def test_what_a_file_gives_sets_what_is_not_so_already(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("- x")
        fill = home.desk.edits.episode_fill
        await fill(home.request(), fields={"title": "T", "number": "5", "tags": ["a"]})
        before = len(await home.store.events("show#1"))
        await fill(home.request(), fields={"title": "T", "tags": ["b"]})
        assert len(await home.store.events("show#1")) == before + 1
        fields = (await home.desk.views.episode("notes")).fields
        assert (fields["title"], fields["number"], fields["tags"]) == ("T", "5", ["b"])


# --- undo ----------------------------------------------------------------------------------------


async def test_a_deed_is_undone_by_its_number_its_words_or_as_ones_own_last(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await filled(home)
        edits = home.desk.edits
        for topic in ("One", "Two", "Three"):
            await edits.topic_rename(home.request(by="oka"), topic=topic, name=f"{topic}!")
        await edits.topic_rename(home.request(by="mika"), topic="Three!", name="Three!!")
        assert await refused(edits.undo(home.request(by="aoi"))) == "desk.nothing-to-undo"
        assert await refused(edits.redo(home.request(by="oka"))) == "desk.nothing-to-redo"
        assert await refused(edits.undo(home.request(), what="9")) == "desk.no-such-deed"
        await edits.undo(home.request(by="aoi"), what=" １. ")
        assert "One: a b c" in await row(home)
        await edits.undo(home.request(by="aoi"), what="renamed a topic to “Two!”")
        assert "Two: d" in await row(home)
        assert await refused(edits.undo(home.request(), what="1")) == "desk.no-such-deed"
        await edits.undo(home.request(by="oka"))
        assert "Three!!: " in await row(home)  # another's stands
        await edits.redo(home.request(by="aoi"), what="2")
        assert "Two!: d" in await row(home)
