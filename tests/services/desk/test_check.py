"""`/check` against a web in which links have rotted in all ways, and what each button does."""

import json
from pathlib import Path

import pytest

from bot.core.model import Lookup
from bot.core.urls import canonical
from bot.errors import CommandError
from tests.fakes.rotten import Rotten, cut, hang, json_of, page, rotten, status, to
from tests.patience import LONGEST
from tests.services.desk.house import House, house

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

COPY = "https://web.archive.org/web/20200101000000/http://gone.example/archived"
ARCHIVE = {"archived_snapshots": {"closest": {"available": True, "status": "200", "url": COPY}}}
MOVED = "http://new.example/paper"

ROT = {
    # what an address answers, and what is to be told of it
    "gone.example/a": (status(404), "it is gone (404)"),
    "gone.example/b": (status(410), "it is gone (410)"),
    "gone.example/page": (page("Not the title", status=404), "it is gone (404)"),
    "gone.example/after-moving": (to("http://gone.example/nothing", 301), "it is gone (404)"),
    "old.example/paper": (to(MOVED, 301), f"it has moved to {MOVED}"),
    "old.example/308": (to(MOVED, 308), f"it has moved to {MOVED}"),
    "old.example/twice": (to("http://old.example/paper", 301), f"it has moved to {MOVED}"),
    "old.example/then": (to("http://old.example/for-now", 301), "it has moved to http://old."),
    "front.example/deep/page": (to("http://front.example/", 302), "it leads to a front page"),
    "front.example/deep/too": (to("http://front.example/en/", 301), "it leads to a front page"),
    "closed.example/text": (to("http://closed.example/login?next=/text", 302), "a log-in page"),
    "closed.example/wall": (page("Log in"), "it leads to a log-in page"),
    "closed.example/401": (status(401), "it leads to a log-in page"),
    "soft.example/404": (page("404 Not Found"), "it leads to an error page"),
    "down.example/500": (status(500), "it does not answer (the site answers 500)"),
    "down.example/503": (status(503), "it does not answer (the site answers 503)"),
    "down.example/cut": (cut, "it does not answer (the site closed the connection)"),
    "slow.example/hang": (hang, "it does not answer (the site takes too long)"),
    "loop.example/a": (to("http://loop.example/a", 302), "it does not answer (too many red"),
    "plain.example/page": (page("A page"), "https answers too: https://plain.example/page"),
    "title.example/page": (page("Quite another title"), "its title is “Quite another title” now"),
    "empty.example/page": (page(""), "it has no title"),
}
SOUND = {
    "good.example/": page("The front page itself"),
    "good.example/page": page("A page"),
    "good.example/for-now": to("http://good.example/page", 302),
    "good.example/slash": to("http://www.good.example/slash/", 301),
    "guard.example/403": status(403),
    "guard.example/429": status(429),
    "guard.example/bots": page("Just a moment..."),
}
REDIRECTED = {
    "new.example/paper": page("The paper"),
    "old.example/for-now": to("http://good.example/page", 302),
    "front.example/": page("A site"),
    "front.example/en/": page("A site"),
    "closed.example/login": page("Log in"),
    "www.good.example/slash/": page("A page with a stroke"),
    "archive.org/wayback/available": json_of(json.dumps({"archived_snapshots": {}})),
}
UNASKED = {
    "http://nobody.example/page": "it does not answer (no such host)",
    "http://refused.example/page": "it does not answer (the site cannot be reached)",
    "http://inside.example/page": None,
    "http://never.example/page": None,
    "http://127.0.0.1/page": None,
}


def fill(web: Rotten) -> None:
    for address, (answers, _) in ROT.items():
        web.put(address, answers)
    for address, answers in (*SOUND.items(), *REDIRECTED.items()):
        web.put(address, answers)
    web.secure |= {"plain.example", "archive.org"}


async def titled(home: House, address: str, title: str) -> None:
    url = f"http://{address}"
    await home.store.put_lookups({canonical(url): Lookup(url, title, at=10**18)})


async def check(home: House) -> str:
    return (await home.desk.checking.check(home.request())).text


async def all_told(home: House) -> list[str]:
    """Check, and leave what was found as it is, until nothing is found any more."""
    lines: list[str] = []
    for _ in range(20):
        answer = await home.desk.checking.check(home.request())
        found = [line for line in answer.text.splitlines() if line.startswith("- ")]
        if not found:
            break
        lines += found
        for choice in answer.choices:
            if choice.values.get("what", "").startswith("leave"):
                await home.desk.checking.check(home.request(), **choice.values)
    return lines


async def test_each_kind_of_rot_is_told_and_nothing_else(tmp_path: Path) -> None:
    async with rotten() as served:
        fill(served)
        async with served.web(silence=3.0) as web, house(tmp_path, web=web) as home:
            expected = {f"http://{one}": told for one, (_, told) in ROT.items()}
            expected |= dict.fromkeys((f"http://{one}" for one in SOUND), None)
            expected |= UNASKED
            for url in expected:
                name = url.removeprefix("http://")
                known = name in ("title.example/page", "empty.example/page")
                if not known:
                    await home.say(f"[{name}!]({url})")
            await titled(home, "title.example/page", "The title that it had")
            await home.say("http://title.example/page")
            await home.say("http://empty.example/page")
            await home.desk.look_up("notes", seconds=LONGEST)
            await titled(home, "title.example/page", "The title that it had")
            served.asked.clear()
            served.turns.clear()
            lines = await all_told(home)
            for url, told in expected.items():
                name = url.removeprefix("http://")
                found = [one for one in lines if f"{name}!" in one or f" {url}:" in one]
                if name == "title.example/page":
                    found = [one for one in lines if "The title that it had" in one]
                if told is None:
                    assert found == [], url
                else:
                    assert [told in one for one in found] == [True], (url, found)
            assert len([one for one in expected.values() if one]) >= 20
            # Each address was asked once, also by https where it is not, and took its turn.
            for address in (*ROT, *SOUND):
                most = 2 if address in ("plain.example/page",) else 1
                most += address in ("gone.example/nothing", "old.example/paper")
                if address not in ("good.example/page", "loop.example/a", "down.example/cut"):
                    assert served.asked[address] <= most, address
            assert not served.turns["never.example"]
            assert served.turns["gone.example"] == 4
            assert "never.example/page" not in served.asked


async def house_with(home: House, *links: str) -> None:
    await home.say("\n\n".join(links))


async def test_a_moved_link_takes_its_new_address_and_undo_brings_the_old_one_back(
    tmp_path: Path,
) -> None:
    async with rotten() as served:
        fill(served)
        async with served.web() as web, house(tmp_path, web=web) as home:
            await home.say("[Paper](http://old.example/paper)\n- a note")
            await home.draft()
            answer = await home.desk.checking.check(home.request())
            assert [one.label for one in answer.choices] == ["0.1 new address", "0.1 leave"]
            told = await home.desk.checking.check(home.request(), **answer.choices[0].values)
            assert told.text == f"“Paper” leads to {MOVED} now."
            assert await home.body() == f"- [Paper]({MOVED})\n  - a note"
            assert "Nothing is wrong" in await check(home)
            await home.draft()
            text = (home.site / "_drafts/ep1.md").read_text("utf-8")
            assert MOVED in text and "old.example" not in text
            await home.desk.edits.undo(home.request())
            assert "old.example/paper" in await home.body()
            await home.draft()
            assert "old.example" in (home.site / "_drafts/ep1.md").read_text("utf-8")


async def test_a_line_that_people_wrote_is_mended_too(tmp_path: Path) -> None:
    async with rotten() as served:
        fill(served)
        async with served.web() as web, house(tmp_path, web=web) as home:
            await home.say("[Paper](http://old.example/paper)")
            await home.draft()
            path = home.site / "_drafts/ep1.md"
            path.write_text(path.read_text("utf-8").replace("[Paper]", "see: [The paper]"), "utf-8")
            home.git("commit", "--quiet", "--all", "--message=edit")
            await home.draft()
            answer = await home.desk.checking.check(home.request())
            await home.desk.checking.check(home.request(), **answer.choices[0].values)
            await home.draft()
            assert f"- see: [The paper]({MOVED})" in path.read_text("utf-8")


async def test_an_archived_copy_is_offered_and_keeps_the_title(tmp_path: Path) -> None:
    async with rotten() as served:
        fill(served)
        served.put("gone.example/archived", status(404))
        served.put("archive.org/wayback/available", json_of(json.dumps(ARCHIVE)))
        async with served.web() as web, house(tmp_path, web=web) as home:
            await titled(home, "gone.example/archived", "What it was about")
            await home.say("http://gone.example/archived")
            answer = await home.desk.checking.check(home.request())
            assert f"it is gone (404); a copy: {COPY}" in answer.text
            assert answer.choices[0].label == "0.1 archived copy"
            await home.desk.checking.check(home.request(), **answer.choices[0].values)
            assert await home.body() == f"- [What it was about]({COPY})"


async def test_an_embed_that_its_provider_has_no_more_is_told(tmp_path: Path) -> None:
    async with rotten() as served:
        served.put("www.youtube.com/watch", page("A video"))
        served.put("www.youtube.com/oembed", status(404))
        served.secure |= {"www.youtube.com"}
        async with served.web() as web, house(tmp_path, web=web) as home:
            await home.say("[Video](https://www.youtube.com/watch?v=abcdefghijk)")
            assert "its embed does not answer any more (the site answers 404)" in await check(home)


async def test_a_link_that_stands_twice_is_told_at_the_second(tmp_path: Path) -> None:
    async with rotten() as served:
        fill(served)
        async with served.web() as web, house(tmp_path, web=web) as home:
            await home.say("[One](http://good.example/page)")
            await home.say("[Other](http://good.example/)")
            answer = await home.desk.checking.check(
                home.request(), what="new", link="0.2", address="http://good.example/page"
            )
            assert "leads to http://good.example/page now" in answer.text
            answer = await home.desk.checking.check(home.request())
            assert "- 0.2 Other: it is in the episode twice" in answer.text
            assert answer.choices[0].command == "link remove"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"what": "something"}, "not understood"),
        ({"what": "new", "link": "0.1"}, "not understood"),
        ({"what": "new", "link": "0.1", "address": "javascript:alert(1)"}, "not a web address"),
        ({"what": "new", "link": "0.1", "address": "https://u:pw@e.example/"}, "password"),
        ({"what": "new", "link": "9.9", "address": "https://e.example/"}, "No link matches"),
    ],
)
async def test_what_cannot_be_done_is_said(
    tmp_path: Path, values: dict[str, str], words: str
) -> None:
    async with house(tmp_path) as home:
        await home.say("[One](https://good.example/page)")
        with pytest.raises(CommandError, match=words):
            await home.desk.checking.check(home.request(), **values)
        assert await home.body() == "- [One](https://good.example/page)"


async def test_offline_nothing_is_asked_and_nothing_is_told(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("[One](https://good.example/page)")
        assert "No link was asked" in await check(home)
