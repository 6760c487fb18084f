"""🔒 takes what its message alone gave: what others wrote stays, though it is the same."""

from pathlib import Path

import pytest

from bot.core.erasure.line_prints import fingerprint
from bot.core.grammar.message import OFF_RECORD
from bot.services.drafting.hidden_lines import KEYS
from tests.services.desk.house import House, house, stored

SECRET = "https://example.org/shared-result"
FILE = "_drafts/ep1.md"


def text(home: House) -> str:
    return (home.site / FILE).read_text(encoding="utf-8").partition("\n---\n\n")[2]


def edit(home: House, old: str, new: str) -> None:
    path = home.site / FILE
    was = path.read_text(encoding="utf-8")
    assert old in was
    path.write_text(was.replace(old, new, 1), encoding="utf-8")
    home.git("-c", "user.name=Oka", "commit", "--quiet", "--all", "--message=by hand")


async def locked(home: House, message: str) -> str:
    """Lock a message and draft; return the file. Nothing may be said to be people's doing."""
    await home.mark(message, OFF_RECORD)
    answer = (await home.draft()).text
    assert "Kept edits" not in answer
    assert "was changed both here and in the file" not in answer
    preview = (await home.desk.drafts.preview(home.request())).text
    assert preview.partition("\n---\n\n")[2] + "\n" == text(home)
    return text(home)


@pytest.mark.parametrize(
    ("others", "stays"),
    [
        ([SECRET], f"- <{SECRET}>\n"),
        ([f"see also {SECRET}\n- a note of mine"], f"- see also <{SECRET}>\n  - a note of mine\n"),
        ([f"[Mine]({SECRET})"], f"- [Mine]({SECRET})\n"),
        ([f"https://example.org/2 and {SECRET}"], f"- <https://example.org/2> and <{SECRET}>\n"),
        (["- the same words"], "- the same words\n"),
        ([SECRET, f"once more: {SECRET}"], f"- <{SECRET}>  \n  once more\n"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
async def test_what_others_posted_stays(
    tmp_path: Path, others: list[str], stays: str, first: bool
) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/open")
        own = f"{SECRET}\n- whispered\n\n- the same words"
        message = await home.say(own) if first else ""
        for other in others:
            await home.say(other, by="oka")
        message = message or await home.say(own)
        await home.say("https://example.org/last")
        await home.draft()
        assert "whispered" in text(home)
        file = await locked(home, message)
        assert "whispered" not in file
        assert stays in file
        assert file.endswith("- <https://example.org/last>\n")


@pytest.mark.parametrize("above", ["- <https://example.org/open>\n", ""])
async def test_a_note_of_others_below_a_locked_link_goes_along_to_their_own(
    tmp_path: Path, above: str
) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/first\n\nhttps://example.org/open")
        message = await home.say(f"[Bob]({SECRET})\n- whispered")
        await home.say(f"{SECRET}\n- a note of mine\n> quoted", by="oka")
        await home.draft()
        edit(home, f"[Bob]({SECRET})", f"[By hand]({SECRET})")
        await home.draft()
        await home.mark(message, OFF_RECORD)
        edit(home, above or "### A\n", "" if above else "### A\n\nMy words.\n")
        await home.draft()
        own = f"- <{SECRET}>\n  - a note of mine  \n    > quoted\n"
        assert text(home).count(own) == 1
        assert text(home).count("a note of mine") == 1
        assert "whispered" not in text(home)


async def test_what_people_wrote_in_the_file_stays_though_it_is_the_same(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/open")
        message = await home.say(f"{SECRET}\n- a note")
        await home.draft()
        by_hand = f"### By hand\n\n- see [this]({SECRET})\n- <{SECRET}>\n  - a note\n"
        edit(home, f"- <{SECRET}>\n  - a note\n", f"- <{SECRET}>\n  - a note\n\n{by_hand}")
        await home.draft()
        file = await locked(home, message)
        assert file.endswith(f"- <https://example.org/open>\n\n{by_hand}")


async def test_what_people_wrote_since_the_draft_stays(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/open")
        message = await home.say(SECRET)
        await home.draft()
        edit(home, "### A\n", "### A\n\nMy words.\n\n- [mine](https://example.org/mine)\n")
        await home.mark(message, OFF_RECORD)
        await home.draft()
        assert text(home) == (
            "### A\n\nMy words.\n\n- [mine](https://example.org/mine)\n\n- <https://example.org/open>\n"
        )


async def test_under_a_locked_heading_all_that_others_said_falls_to_the_topic_before(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/a")
        message = await home.say("# Hush\nhttps://example.org/own")
        await home.say("https://example.org/b")
        await home.say("# C\nhttps://example.org/c")
        await home.draft()
        edit(home, "- <https://example.org/b>\n", "- <https://example.org/b>\n\nMy words.\n")
        await home.draft()
        file = await locked(home, message)
        assert file == (
            "### A\n\n- <https://example.org/a>\n- <https://example.org/b>\n\nMy words.\n\n"
            "### C\n\n- <https://example.org/c>\n"
        )


@pytest.mark.parametrize("lifted", [False, True])
async def test_a_locked_heading_goes_though_people_reworded_it(
    tmp_path: Path, lifted: bool
) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/a")
        message = await home.say("# Hush\nhttps://example.org/own")
        await home.say("https://example.org/b")
        await home.draft()
        edit(home, "### Hush\n", "### 12:30 Hush, all of it\n")
        await home.mark(message, OFF_RECORD)
        if lifted:
            await home.mark(message, OFF_RECORD, on=False)
        await home.draft()
        assert text(home).count("Hush") == int(lifted)
        assert "- <https://example.org/b>\n" in text(home)


@pytest.mark.parametrize(
    "reworded", ["### All of it\n\nMine below.\n", "Mine above.\n\n### All of it\n"]
)
async def test_a_reworded_locked_heading_is_known_by_the_line_above_it_or_the_one_below(
    tmp_path: Path, reworded: str
) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/a")
        message = await home.say("# Hush\nhttps://example.org/own")
        await home.say("https://example.org/b")
        await home.draft()
        edit(home, "### Hush\n", reworded)
        end = "- <https://example.org/b>\n"
        edit(home, end, f"{end}\n### Theirs\n\nNobody else's.\n")
        await home.mark(message, OFF_RECORD)
        await home.draft()
        assert "All of it" not in text(home)
        assert "### Theirs\n\nNobody else's.\n" in text(home)


@pytest.mark.parametrize("lifted", [False, True])
async def test_it_is_known_by_its_links_below_too_where_others_stand_around_it_by_now(
    tmp_path: Path, lifted: bool
) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/a")
        message = await home.say("# Hush\nhttps://example.org/own")
        await home.say("https://example.org/b")
        await home.draft()
        edit(home, "### Hush\n", "Mine above.\n\n### Hush, all of it\n\nMine below.\n")
        await home.mark(message, OFF_RECORD)
        if lifted:
            await home.mark(message, OFF_RECORD, on=False)
        await home.draft()
        assert text(home).count("Hush") == text(home).count("example.org/own") == int(lifted)
        assert "all of it" not in text(home)
        assert "Mine above.\n\nMine below.\n" in text(home) or lifted
        assert all(one in text(home) for one in ("Mine above.", "Mine below.", "example.org/b>"))


async def test_what_comes_back_with_a_lock_comes_though_people_changed_the_file(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        message = await home.say("# A")
        await home.desk.edits.topic_add(home.request(), name="B")
        await home.say("https://example.org/b")
        await home.desk.edits.topic_merge(home.request(), topic="B", into="A")
        await home.desk.edits.topic_remove(home.request(), topic="A")
        await home.draft()
        assert text(home) == "- <https://example.org/b>\n"
        await home.mark(message, OFF_RECORD)  # what B was merged into is no more
        edit(home, "- <https://example.org/b>\n", "- [mine](https://example.org/b)\n")
        await home.draft()
        assert text(home) == "### B\n\n- [mine](https://example.org/b)\n"


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    ("secret", "reworded"),
    [
        ("Bob leaves the company in May", "Bob leaves us in May"),
        ("Bob leaves the company in May", "[Bob leaves the company](https://example.org/news)"),
        ("来週ボブが会社を辞めるらしい", "ボブが会社を辞める、来週"),
    ],
)
async def test_a_locked_line_goes_though_people_reworded_it(
    tmp_path: Path, secret: str, reworded: str, first: bool
) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/a")
        message = await home.say(f"- {secret}")
        await home.say("- the next company meeting is in May")
        await home.draft()
        if first:
            edit(home, f"- {secret}\n", f"- {reworded}\n  - whispered\n- mine, in June\n")
            await home.mark(message, OFF_RECORD)
        else:
            await home.mark(message, OFF_RECORD)
            edit(home, f"- {secret}\n", f"- {reworded}\n  - whispered\n- mine, in June\n")
        assert "Kept edits" in (await home.draft()).text  # of what people added
        assert text(home) == (
            "### A\n\n- <https://example.org/a>\n- whispered\n- mine, in June\n"
            "- the next company meeting is in May\n"
        )


async def test_a_word_with_the_same_short_fingerprint_elsewhere_stays(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/a")
        message = await home.say("- whispered")
        await home.say("# B\nhttps://example.org/b")
        await home.draft()
        await home.mark(message, OFF_RECORD)
        (key,) = (await home.desk._show.store.state(KEYS)).values()
        begin = fingerprint(key, "whispered")[:3]
        words = (f"word{number:05}" for number in range(100_000))
        alike = next(word for word in words if fingerprint(key, word)[:3] == begin)
        edit(home, "- whispered\n", "- whispered!\n")
        edit(home, "- <https://example.org/b>\n", f"- <https://example.org/b>\n- {alike}\n")
        await home.draft()
        assert text(home) == (
            f"### A\n\n- <https://example.org/a>\n\n### B\n\n- <https://example.org/b>\n- {alike}\n"
        )


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("lifted", [False, True])
async def test_a_locked_link_goes_though_people_put_another_address_into_it(
    tmp_path: Path, first: bool, lifted: bool
) -> None:
    line, new = f"- [Bob leaves in May]({SECRET})\n", "- [Bob leaves](https://example.org/other)\n"
    async with house(tmp_path) as home:
        await home.say("# A\n[Meeting in May](https://example.org/a)")
        message = await home.say(f"[Bob leaves in May]({SECRET})")
        await home.draft()
        if first:
            edit(home, line, f"{new}- [mine](https://example.org/mine)\n")
        await home.mark(message, OFF_RECORD)
        if lifted:
            await home.mark(message, OFF_RECORD, on=False)
        if not first:
            edit(home, line, f"{new}- [mine](https://example.org/mine)\n")
        await home.draft()
        assert text(home).count("Bob leaves") == int(lifted)
        assert "[Meeting in May]" in text(home)
        assert "[mine](https://example.org/mine)" in text(home)


async def test_what_has_the_title_of_a_locked_link_stays_where_that_is_still(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/a")
        message = await home.say(f"[Bob leaves]({SECRET})")
        await home.draft()
        new = f"- [Bob stays]({SECRET})\n- [Bob leaves](https://example.org/news)\n"
        edit(home, f"- [Bob leaves]({SECRET})\n", new)
        await home.mark(message, OFF_RECORD)
        await home.draft()
        assert "- [Bob leaves](https://example.org/news)\n" in text(home)
        assert SECRET not in text(home)


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    ("secret", "said", "reworded"),
    [
        ("- Bob leaves the company in May", "Bob leaves the company in May", "Bob moves to Osaka"),
        (f"[Bob leaves the company]({SECRET})", "Bob leaves the company", "Bob leaves for Osaka"),
        (
            "- 来週ボブが会社を辞めるらしい",
            "来週ボブが会社を辞めるらしい",
            "ボブ退社、会社は後任を探す",
        ),
    ],
)
async def test_what_may_be_a_locked_line_reworded_stays_and_is_named(
    tmp_path: Path, secret: str, said: str, reworded: str, first: bool
) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/a")
        message = await home.say(secret)
        await home.draft()
        line = f"- [{said}]({SECRET})\n" if SECRET in secret else f"- {said}\n"
        new = f"- {reworded}\n- quite something else\n"
        if first:
            edit(home, line, new)
        told = str((await home.mark(message, OFF_RECORD)).note)
        if not first:
            assert "Reworded in the file" not in told
            edit(home, line, new)
        answer = (await home.draft()).text
        for one in (told, answer) if first else (answer,):
            assert f"take it out yourself if it is: {reworded}" in one
            assert "quite something else" not in one
        assert f"- {reworded}\n" in text(home)
        await home.say("https://example.org/b")
        assert "Reworded in the file" not in (await home.draft()).text


async def test_two_locks_before_one_draft_take_both(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        one = await home.say(f"# A\n- the same\n{SECRET}")
        two = await home.say(f"- the same\nthis: {SECRET}")
        await home.say(f"- the same\nthat: {SECRET}")
        await home.draft()
        await home.mark(one, OFF_RECORD)
        file = await locked(home, two)
        assert file == f"- the same\n- that: <{SECRET}>\n"


async def test_lifted_before_a_draft_the_file_stays_as_it_was(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/open")
        message = await home.say(f"{SECRET}\n- a note")
        await home.say(f"again: {SECRET}")
        await home.draft()
        before = text(home)
        await home.mark(message, OFF_RECORD)
        await home.mark(message, OFF_RECORD, on=False)
        await home.draft()
        assert text(home) == before


async def test_hosts_are_told_what_else_holds_the_address(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await home.say(SECRET)
        await home.say(f"see also {SECRET}", by="oka")
        receipt = await home.mark(message, OFF_RECORD)
        assert "which stays: see also https://example.org/shared-result" in str(receipt.note)
        lonely = await home.say("https://example.org/lonely")
        assert "stays" not in str((await home.mark(lonely, OFF_RECORD)).note)


@pytest.mark.parametrize("name", ["Hush", "Hush now"])
@pytest.mark.parametrize("made", ["\n{}\n\n", "- {}\n\n", "> {}\n\n"])
@pytest.mark.parametrize("is_moved", [False, True])
@pytest.mark.parametrize("now", [None, "- a note\n- of mine\n", "- a note by hand of mine\n"])
async def test_notes_that_stand_behind_what_people_made_of_a_locked_heading_stay_as_they_are(
    tmp_path: Path, name: str, made: str, now: str | None, *, is_moved: bool
) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/a")
        message = await home.say(f"# {name}")
        await home.draft()
        edit(home, f"### {name}\n", made.format(name))
        await home.draft()
        note = home.request(by="utti")
        await home.desk.edits.link_note(note, link=name, text="a note of mine")
        await home.desk.edits.topic_add(home.request(), name="Other")
        await home.draft()
        written = text(home)
        if is_behind := "\n- a note of mine\n" in written:
            edit(home, "- a note of mine\n", now or "- a note of mine\n- below\n")
        if is_moved:
            await home.desk.edits.link_move(home.request(), link=name, topic="Other")
        await home.mark(message, OFF_RECORD)
        await home.draft()
        file = text(home)
        assert "Hush" not in file + stored(tmp_path)
        assert file.count("mine\n") == 1
        if is_behind:
            assert (now or "- a note of mine\n- below\n") in file.partition("### Other")[0]
        preview = (await home.desk.drafts.preview(home.request())).text
        assert preview.partition("\n---\n\n")[2] + "\n" == file


@pytest.mark.parametrize(
    "made", ["\n{}\n\n", "1. {}\n", "> {}\n\n", "### {}\n\n", "| {} | x |\n\n"]
)
@pytest.mark.parametrize("first", [True, False])
async def test_a_locked_title_goes_whatever_people_put_its_link_into_that_another_host_gave(
    tmp_path: Path, made: str, *, first: bool
) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\nhttps://example.org/a\nWords: {SECRET}\nhttps://example.org/b")
        message = await home.say(f"[Bob leaves]({SECRET})", by="oka")
        await home.draft()
        said = f"Words: [Bob leaves]({SECRET})"
        if first:
            edit(home, f"- {said}\n", made.format(said))
        await home.mark(message, OFF_RECORD)
        if not first:
            edit(home, f"- {said}\n", made.format(said))
        await home.draft()
        file = text(home)
        assert "Bob" not in file + stored(tmp_path)
        assert file.count(SECRET) == file.count("Words: ") == 1
        assert file.count("- <https://example.org/") == 2
