"""Where hosts are named, what others say reaches the draft by a host's hand alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.grammar.message import KEEP
from bot.services.ports import Person, Snapshot
from tests.services.desk.house import house

OURS, THEIRS, OTHER = (f"https://example.org/{one}" for one in ("ours", "theirs", "other"))
FENCE = "```html\n<script>alert(1)</script>\n```"


async def test_a_guest_s_link_waits_until_a_host_takes_it_in(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(OURS)
        theirs = await home.say(THEIRS, guest=True)
        assert home.receipt.outcome == "waits"
        assert THEIRS not in await home.body()
        receipt = await home.mark(theirs, KEEP)
        assert receipt.outcome in ("kept", "untitled")
        assert THEIRS in await home.body()
        await home.mark(theirs, KEEP, on=False)
        assert THEIRS not in await home.body()
        await home.mark(theirs, KEEP)
        assert THEIRS in await home.body()


async def test_talk_of_a_guest_needs_no_mark(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("well said!", guest=True)
        assert home.receipt.outcome == "talk"


async def test_a_guest_s_heading_takes_no_link_of_the_hosts(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# Ours")
        await home.say("# Theirs", guest=True)
        await home.say(OURS)
        assert "Theirs" not in await home.body()


async def test_what_a_guest_changes_waits_again_and_what_was_taken_in_stays(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        theirs = await home.say(THEIRS, guest=True)
        await home.mark(theirs, KEEP)
        receipt = await home.edit(theirs, OTHER)
        assert receipt.outcome == "waits"
        assert THEIRS in await home.body()
        assert OTHER not in await home.body()
        assert (await home.see(theirs, marks=KEEP)).outcome == "waits"  # read again, mark and all
        assert OTHER not in await home.body()
        await home.mark(theirs, KEEP, on=False)
        await home.mark(theirs, KEEP)
        assert OTHER in await home.body()
        assert THEIRS not in await home.body()


async def test_what_was_changed_after_the_host_looked_is_not_taken_in(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        theirs = await home.say(THEIRS, guest=True)
        seen = home.chat.messages[theirs]
        home.chat.messages[theirs] = replace(seen, text=OTHER, stamp=seen.stamp + 10**12)
        assert (await home.mark(theirs, KEEP)).outcome == "waits"
        assert OTHER not in await home.body()


async def test_a_mark_set_while_nobody_ran_takes_in_what_is_there(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        theirs = await home.say(THEIRS, guest=True)
        await home.see(theirs, marks=KEEP)
        assert THEIRS in await home.body()


async def test_somebody_who_is_no_host_any_more_changes_nothing_in_the_draft(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        theirs = await home.say(THEIRS)
        home.chat.messages[theirs] = replace(home.chat.messages[theirs], guest=True)
        assert (await home.edit(theirs, OTHER)).outcome == "waits"
        assert THEIRS in await home.body()
        assert OTHER not in await home.body()


async def test_becoming_a_host_takes_in_nothing_that_was_said_before(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        theirs = await home.say(THEIRS, guest=True)
        home.chat.messages[theirs] = replace(home.chat.messages[theirs], guest=False)
        seen = Snapshot(home.chat.messages[theirs], Person("buka", "Buka"))
        await home.desk.capture.read([seen], at=seen.message.at + 10**7)
        assert THEIRS not in await home.body()


async def test_becoming_a_host_takes_in_nothing_that_was_edited_before(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        theirs = await home.say("talk", guest=True)
        await home.edit(theirs, THEIRS)
        home.chat.messages[theirs] = replace(home.chat.messages[theirs], guest=False)
        assert (await home.see(theirs)).outcome != "kept"
        assert THEIRS not in await home.body()
        await home.edit(theirs, OTHER)
        assert OTHER in await home.body()


@pytest.mark.parametrize(
    "typed",
    [FENCE, f"{FENCE}\n{THEIRS}", f"{THEIRS}\n- <b onclick=x>note</b> {{{{ site }}}}",
     "# <script>x</script> {% raw %}", f"[x](javascript:alert) {THEIRS} {{: onclick=x}}"],
)  # fmt: skip
async def test_nothing_of_a_guest_acts_on_the_page_taken_in_or_not(
    tmp_path: Path, typed: str
) -> None:
    async with house(tmp_path, settings="name: T\nliquid: keep\n") as home:
        theirs = await home.say(typed, guest=True)
        assert "script" not in await home.body()
        await home.mark(theirs, KEEP)
        body = await home.body()
        for acting in ("<script", "<b", "{{", "{%", "{:", "[x]("):
            assert acting not in body


async def test_nothing_of_a_guest_is_stored_before_it_is_taken_in(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# Secret plans\n{THEIRS}", guest=True)
        assert kept(tmp_path)
        assert not any(b"Secret plans" in data for data in kept(tmp_path))


def kept(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*.db*")]
