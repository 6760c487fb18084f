"""`/check` without a web: what is left alone, given another address, and not understood."""

from pathlib import Path

import pytest

from bot.core.check.link import Rot
from bot.core.model import Link
from bot.core.urls import fingerprint
from bot.errors import CommandError
from bot.services.desk.check_commands import MOST_TOLD, RottenLink, _choices, _line
from bot.texts import say
from tests.services.desk.house import House, house

A, B, NEW = (f"https://example.org/{one}" for one in ("a", "b", "new"))
ARCHIVED = f"https://web.archive.org/web/20200101000000/{A}"
SECRET = "https://e.org/?token=aVeryLongSecretToken0123456789"


async def check(home: House, what: str | None = None, **more: str) -> str:
    return (await home.desk.checking.check(home.request(), what=what, **more)).text


def finding(what: str, address: str | None = None, detail: str = "") -> RottenLink:
    return RottenLink("1.2", "A paper", "item", Link(A, A), Rot(what, address, detail))


def buttons(of: RottenLink) -> list[tuple[str, dict[str, str]]]:
    return [(one.command, dict(one.values)) for one in _choices(of, "en")]


async def test_of_an_item_with_several_links_the_one_that_is_meant_gets_its_address(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.say(f"- see [one]({A}) and [two]({B})")
        told = await check(home, f"new {fingerprint(B)}", link="0.1", address=f" <{NEW}> ")
        assert NEW in told
        assert await home.body() == f"- see [one]({A}) and [two]({NEW})"
        await check(home, "new", link="0.1", address=B)  # where none is named, the first
        assert await home.body() == f"- see [one]({B}) and [two]({NEW})"


@pytest.mark.parametrize(
    ("what", "link", "address", "name"),
    [
        ("new ffffffff", "0.1", NEW, "desk.has-no-link"),
        ("new", "9.9", NEW, "desk.no-such-link"),
        ("new", "0.2", NEW, "desk.has-no-link"),
        ("new", "0.1", "ftp://example.org/x", "check.bad-address"),
        ("new", "0.1", "", "check.not-understood"),
        ("new", "", NEW, "check.not-understood"),
        ("leave", "", "", "check.not-understood"),
        ("sing", "0.1", NEW, "check.not-understood"),
        ("new", "0.1", SECRET, "desk.secret-left-out"),
    ],
)
async def test_what_cannot_be_done_is_told_and_changes_nothing(
    tmp_path: Path, what: str, link: str, address: str, name: str
) -> None:
    async with house(tmp_path) as home:
        await home.say(f"- see [one]({A})")
        await home.say("- words alone")
        before = await home.body()
        with pytest.raises(CommandError) as refused:
            await check(home, what, link=link, address=address)
        assert refused.value.name == name
        assert await home.body() == before


@pytest.mark.parametrize("count", [1, MOST_TOLD - 1, MOST_TOLD, MOST_TOLD + 1])
async def test_of_much_that_is_found_the_first_is_told_and_how_much_more_there_is(
    tmp_path: Path, count: int
) -> None:
    async with house(tmp_path) as home:
        answer = home.desk.checking._told(
            home.request(), [finding("gone")] * count, count=count, missing=0
        )
        more = [say("check.more", "en", count=1)] * (count > MOST_TOLD)
        assert answer.text.split("\n") == [
            say("check.found", "en", count=count),
            *[_line(finding("gone"), "en")] * min(count, MOST_TOLD),
            *more,
        ]


async def test_what_is_left_as_it_is_is_told_no_more_for_that_reason_alone(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"[One]({A})")
        await home.say(f"[Again]({B})")
        await check(home, "new", link="0.2", address=A)
        assert "0.2 Again" in await check(home)
        await check(home, f"leave {fingerprint(A)} gone", link="0.2")
        assert "0.2 Again" in await check(home)
        told = await check(home, f"leave {fingerprint(A)} twice", link="0.2")
        assert told == say("check.left", "en", link="Again")
        assert "Again" not in await check(home)
        await check(home, "leave ffffffff twice", link="0.1")  # a link that is there no more


def test_each_finding_is_a_line_with_its_number_and_what_mends_it() -> None:
    line = _line(finding("gone", detail="404"), "en")
    assert line.startswith("- 1.2 A paper: ")
    assert "404" in line
    moved = _line(finding("moved", NEW), "en")
    assert NEW in moved
    why = _line(finding("no-answer", detail="status-503"), "en")
    assert "503" in why
    assert "status" not in why
    mark = fingerprint(A)
    leave = {"what": f"leave {mark} gone", "link": "item"}
    assert buttons(finding("gone")) == [("link remove", {"link": "item"}), ("check", leave)]
    assert buttons(finding("moved", NEW))[0] == (
        "check", {"what": f"new {mark}", "link": "item", "address": NEW},
    )  # fmt: skip
    assert buttons(finding("title", detail="T"))[0] == (
        "link retitle", {"link": "item", "title": "T"},
    )  # fmt: skip
    assert buttons(finding("untitled"))[0] == ("link refresh", {"link": "item"})
    assert [command for command, _ in buttons(finding("no-answer", detail="dns"))] == ["check"]
    labels = [next(_choices(finding("gone", one), "en")).label for one in (NEW, ARCHIVED)]
    assert labels[0] != labels[1]
