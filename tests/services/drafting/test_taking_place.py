"""Two messages give a link, and the one by whose line it stands in the file goes off the record.

The other one's line takes its place, with what people did there meanwhile.
"""

from hashlib import sha256
from pathlib import Path

import pytest

from bot.core.events import Message
from tests.services.drafting.test_asked_within import OPEN, Scene, scene

TITLED = f"[The plan of Kim]({OPEN})"
LINE = f"- {TITLED}\n  - of Kim\n  - two\n"
BY_HAND = "[By hand](https://p.example/)"


async def two_give_it(at: Scene, second: str) -> None:
    texts = ("- first", "ken"), (f"{TITLED}\n- of Kim", "ken"), (second, "buka"), ("- last", "utti")
    for text, by in texts:
        await at.say(text, by)
    await at.draft()


async def lock(at: Scene) -> None:
    await at.mark(1, "🔒", by="ken")
    await at.draft()
    assert "Kim" not in at.file
    assert (await at.desk.views.rendered("notes")).text == at.file


async def next_draft_changes_nothing(at: Scene) -> None:
    before = at.file
    at.people("- last", "- the last")
    await at.draft()
    assert at.file == before.replace("- last", "- the last")


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        ("- last", "- last", f"- first\n- <{OPEN}>\n  - two\n- last\n"),
        ("- two", "- in short", f"- first\n- <{OPEN}>\n  - in short\n- last\n"),
        ("  - two\n", "", f"- first\n- <{OPEN}>\n- last\n"),
        ("- two\n", "- two\n  - by hand\n", f"- first\n- <{OPEN}>\n  - two\n  - by hand\n- last\n"),
        ("  - two\n", "  - by hand\n  - two\n",
         f"- first\n- <{OPEN}>\n  - by hand\n  - two\n- last\n"),
        ("  - two\n", "- two\n", f"- first\n- <{OPEN}>\n- two\n- last\n"),
        (f"{LINE}- last\n", f"- last\n{LINE}", f"- first\n- last\n- <{OPEN}>\n  - two\n"),
        (LINE, f"  - {TITLED}\n    - of Kim\n    - two\n",
         f"- first\n  - <{OPEN}>\n    - two\n- last\n"),
    ],
    ids=["nothing", "reworded", "taken-out", "added", "added-above", "put-out", "moved", "nested"],
)  # fmt: skip
async def test_what_people_did_to_the_line_stays_done(
    old: str, new: str, left: str, tmp_path: Path
) -> None:
    async with scene(tmp_path) as at:
        await two_give_it(at, f"{OPEN}\n- two")
        at.people(old, new)
        await lock(at)
        assert left in at.file
        assert not await at.asked()
        await next_draft_changes_nothing(at)


@pytest.mark.parametrize("by_people", [f"- {BY_HAND}\n", "- by hand\n"])
async def test_what_people_wrote_instead_stands_once_and_is_asked_about(
    by_people: str, tmp_path: Path
) -> None:
    async with scene(tmp_path) as at:
        await two_give_it(at, f"[A harbour]({OPEN})\n- two")
        at.people(f"- {TITLED}\n", by_people)
        await lock(at)
        assert f"- first\n{by_people}  - two\n- last\n" in at.file
        assert await at.asked() == [f"- [A harbour]({OPEN})\n  - two\n-\n{by_people}  - two"]
        await next_draft_changes_nothing(at)
        await at.choose("chat")
        await at.draft()
        assert f"- first\n- [A harbour]({OPEN})\n  - two\n- the last\n" in at.file


@pytest.mark.parametrize("by_people", ["", f"- {BY_HAND}\n", "- by hand\n"])
@pytest.mark.parametrize(
    ("second", "named"), [(f"[A harbour]({OPEN})", ": A harbour"), (OPEN, f": {OPEN}")]
)
async def test_a_link_of_which_no_line_is_left_is_named(
    by_people: str, second: str, named: str, tmp_path: Path
) -> None:
    async with scene(tmp_path) as at:
        await two_give_it(at, second)
        at.people(f"- {TITLED}\n  - of Kim\n", by_people)
        await lock(at)
        assert f"- first\n{by_people}- last\n" in at.file
        assert f"/link restore brings that back){named}\n" in f"{at.answers[-1]}\n"
        await next_draft_changes_nothing(at)
        assert named not in at.answers[-1]


async def test_people_s_words_stay_whichever_fingerprints_they_have(tmp_path: Path) -> None:
    """They went where three letters of a fingerprint were those of a hidden word: by this key."""
    async with scene(tmp_path, key=sha256(b"379").hexdigest()) as at:
        await two_give_it(at, f"[A harbour]({OPEN})")
        at.people(f"- {TITLED}\n  - of Kim\n", "- by hand\n")
        await lock(at)
        assert "- first\n- by hand\n- last\n" in at.file


async def test_it_stands_for_itself_where_people_s_line_goes_along(tmp_path: Path) -> None:
    async with scene(tmp_path) as at:
        await two_give_it(at, f"{OPEN}\n- two")
        at.people(OPEN, "https://p.example/")
        await lock(at)
        assert f"- first\n- <{OPEN}>\n  - two\n- last\n" in at.file
        await next_draft_changes_nothing(at)


@pytest.mark.parametrize(
    "now", [f"- see {TITLED}", f"- [The plan of Kim, in short]({OPEN})", TITLED, f"> {TITLED}"]
)
async def test_people_s_words_go_with_the_title_that_is_locked_and_the_link_stays(
    now: str, tmp_path: Path
) -> None:
    async with scene(tmp_path) as at:
        await two_give_it(at, f"{OPEN}\n- two")
        at.people(f"- {TITLED}", now)
        await lock(at)
        assert at.file.count(OPEN) == 1
        await next_draft_changes_nothing(at)


@pytest.mark.parametrize("first", [1, 2])
@pytest.mark.parametrize(
    "now", [f"[By hand]({OPEN})", f"see {OPEN} there", f"[The plan of Kim, in short]({OPEN})"]
)
async def test_once_both_are_locked_nothing_of_the_link_is_left_however_people_reworded_it(
    first: int, now: str, tmp_path: Path
) -> None:
    async with scene(tmp_path) as at:
        await two_give_it(at, f"[A harbour]({OPEN})\n- two")
        at.people(TITLED, now)
        await at.mark(first, "🔒", by="ken")
        await at.mark(3 - first, "🔒", by="ken")
        await at.draft()
        assert "- first\n- last\n" in at.file
        assert (await at.desk.views.rendered("notes")).text == at.file
        await next_draft_changes_nothing(at)


async def test_but_what_people_wrote_of_it_elsewhere_is_theirs(tmp_path: Path) -> None:
    async with scene(tmp_path) as at:
        await two_give_it(at, f"[A harbour]({OPEN})\n- two")
        at.people("- last", f"- last\n\nBy hand: {OPEN}")
        await at.mark(1, "🔒", by="ken")
        await at.mark(2, "🔒", by="ken")
        await at.draft()
        assert f"- first\n- last\n\nBy hand: {OPEN}\n" in at.file


async def an_older_one_gives_it(at: Scene) -> None:
    """Have people title a link and note something on it; then an older message comes with it."""
    await at.say("- first", "ken")
    before = at.request().at
    await at.say(OPEN, "ken")
    await at.say("- last", "buka")
    await at.draft()
    at.people(f"- <{OPEN}>\n", f"- [By hand]({OPEN})\n  - theirs\n")
    await at.draft()
    await at._see(Message("m9", "notes", before, "buka", OPEN, before))
    await at.draft()


async def test_what_people_wrote_stays_where_the_locked_message_says_another_link_by_now(
    tmp_path: Path,
) -> None:
    """An older message came that gives the link: the title went, and their note stood twice."""
    async with scene(tmp_path) as at:
        await an_older_one_gives_it(at)
        await at.edit(1, "https://other.example/")
        at.people(f"]({OPEN})", "](https://p.example/)")
        await at.draft()
        await lock(at)
        await at.draft()
        assert at.file.count("- [By hand](https://p.example/)\n  - theirs\n") == 1
        assert at.file.count("theirs") == 1
        assert "other.example" not in at.file
        assert (await at.desk.views.rendered("notes")).text == at.file


async def test_what_people_wrote_stays_though_they_reword_the_other_link_of_the_locked_message(
    tmp_path: Path,
) -> None:
    """What they did to that link has its words: so what they did to the first one went, too."""
    async with scene(tmp_path) as at:
        await an_older_one_gives_it(at)
        await at.edit(1, "[Where Kim is](https://other.example/)")
        await at.draft()
        at.people("[Where Kim is]", "[Where Kim stays]")
        await at.draft()
        await lock(at)
        assert f"- first\n- [By hand]({OPEN})\n  - theirs\n- last\n" in at.file
