"""Look-ups over real sockets: who is asked, what is kept, and when again."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.adapters.web.fetcher import Web
from bot.core.model import Link, Lookup
from bot.core.profile.profile import load
from bot.core.urls import canonical
from bot.services import tasks
from bot.services.lookups import PAUSES, SECOND, Lookups
from bot.services.tasks import Supervisor
from storage.store import SqliteStore
from tests.failing_store import Faults
from tests.fakes.pages import Pages, pages
from tests.patience import LONGEST

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

TWEET = '<blockquote lang="en"><p>So it says</p>— Ada</blockquote>'


class Clock:
    """A clock that a test sets, in microseconds."""

    def __init__(self) -> None:
        self.now = 1_700_000_000 * SECOND

    def __call__(self) -> int:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += int(seconds * SECOND)


def link(url: str, title: str | None = None) -> Link:
    return Link(url, canonical(url), title)


@asynccontextmanager
async def looking_up(
    store: SqliteStore, clock: Clock | Callable[[], int], settings: str = "name: Test\n"
) -> AsyncIterator[Lookups]:
    async with Web(allow_private=True) as web:
        profile = load(settings, "{{ body }}")
        lookups = Lookups(
            store=store, profile=profile, web=web, clock=clock, supervisor=Supervisor()
        )
        try:
            yield lookups
        finally:
            await lookups.aclose()


@pytest.fixture
async def served() -> AsyncIterator[Pages]:
    async with pages() as site:
        yield site


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(clock: Clock) -> AsyncIterator[SqliteStore]:
    async with SqliteStore.open(None, clock=clock) as opened:
        yield opened


async def test_a_page_gives_its_title_once(served: Pages, store: SqliteStore, clock: Clock) -> None:
    one = link(served.put("/a", "<title>The &amp; title</title>"))
    async with looking_up(store, clock) as lookups:
        found = await asyncio.gather(*(lookups.find(one) for _ in range(5)))
        assert {lookup.title for lookup in found} == {"The & title"}
        assert found[0].source == "page"
        await lookups.find(one)
        assert served.asked["/a"] == 1
        served.put("/a", "<title>Another</title>")
        assert (await lookups.find(one, refresh=True)).title == "Another"


async def test_a_look_up_grows_old(served: Pages, store: SqliteStore, clock: Clock) -> None:
    one = link(served.put("/a", "<title>Then</title>"))
    async with looking_up(store, clock) as lookups:
        await lookups.find(one)
        clock.pass_by(31 * 24 * 3600)
        served.put("/a", "<title>Now</title>")
        assert (await lookups.find(one)).title == "Now"


async def test_a_page_that_is_gone_is_not_asked_for_again(
    served: Pages, store: SqliteStore, clock: Clock
) -> None:
    one = link(served.root + "/gone")
    async with looking_up(store, clock) as lookups:
        assert (await lookups.find(one)).error == "status-404"
        clock.pass_by(7 * 24 * 3600)
        await lookups.want([one])
        await lookups.wait_idle(5)
    assert served.asked["/gone"] == 1


async def test_a_server_in_trouble_is_asked_again_later_also_after_a_restart(
    served: Pages, store: SqliteStore, clock: Clock
) -> None:
    one = link(served.put("/a", "", status=500))
    for number, pause in enumerate(PAUSES, 1):
        async with looking_up(store, clock) as lookups:
            await lookups.want([one])
            await lookups.wait_idle(5)
            await lookups.want([one])  # too early: nothing is asked
            await lookups.wait_idle(5)
            assert served.asked["/a"] == number
        clock.pass_by(pause + 1)
    served.put("/a", "<title>At last</title>")
    async with looking_up(store, clock) as lookups:
        assert (await lookups.find(one)).title == "At last"


async def test_in_the_end_it_is_given_up_until_somebody_asks(
    served: Pages, store: SqliteStore, clock: Clock
) -> None:
    one = link(served.put("/a", "", status=500))
    async with looking_up(store, clock) as lookups:
        for _ in range(10):
            await lookups.find(one)
            clock.pass_by(2 * PAUSES[-1])
        assert served.asked["/a"] == len(PAUSES) + 1
        served.put("/a", "<title>At last</title>")
        assert (await lookups.find(one, refresh=True)).title == "At last"


async def test_a_host_that_asks_for_quiet_gets_it(
    served: Pages, store: SqliteStore, clock: Clock
) -> None:
    first = link(served.put("/a", "", status=429, Retry_After="120"))
    second = link(served.put("/b", "<title>B</title>"))
    async with looking_up(store, clock) as lookups:
        await lookups.find(first)
        assert (await lookups.find(second)).error == "status-429"
        assert served.asked["/b"] == 0
        known = (await store.lookups([second.canonical]))[second.canonical]
        assert known.again >= clock() + 119 * SECOND
        clock.pass_by(121)
        assert (await lookups.find(second)).title == "B"


async def test_the_provider_that_the_profile_names_comes_before_the_page(
    served: Pages, store: SqliteStore, clock: Clock
) -> None:
    answer = {"type": "rich", "author_name": "Ada", "html": TWEET}
    served.put("/oembed", json.dumps(answer), kind="application/json")
    one = link(served.put("/ada/status/1", "<title>X</title>"))
    settings = f"""
embeds:
- match: '{served.root}/\\w+/status/\\d+'
  oembed: {served.root}/oembed
  title: '{{{{ author_name }}}}: {{{{ text }}}}'
  html: '{{{{ html }}}}'
"""
    async with looking_up(store, clock, settings) as lookups:
        found = await lookups.find(one)
    assert found.embed_html == TWEET
    assert found.answer["author_name"] == "Ada"
    assert found.error is None
    assert served.asked == {"/oembed": 1}


async def test_an_embed_that_holds_more_than_it_may_is_refused(
    served: Pages, store: SqliteStore, clock: Clock
) -> None:
    bad = {"type": "rich", "title": "T", "html": TWEET + '<script src="https://evil.example/x.js">'}
    served.put("/oembed", json.dumps(bad), kind="application/json")
    one = link(served.put("/p/1", "<title>Page</title>"))
    settings = f"""
embeds:
- {{match: '{served.root}/p/\\d+', oembed: '{served.root}/oembed', html: '{{{{ html }}}}'}}
"""
    async with looking_up(store, clock, settings) as lookups:
        found = await lookups.find(one)
    assert found.embed_html is None
    assert found.title == "T"


async def test_where_the_page_is_a_wall_its_own_oembed_answer_is_asked(
    served: Pages, store: SqliteStore, clock: Clock
) -> None:
    answer = {"type": "video", "title": "Behind the wall"}
    address = served.put("/oembed", json.dumps(answer), kind="application/json")
    discovery = f'<link rel="alternate" type="application/json+oembed" href="{address}">'
    one = link(served.put("/v", f"<head>{discovery}<title>Just a moment...</title></head>"))
    async with looking_up(store, clock) as lookups:
        found = await lookups.find(one)
    assert (found.title, found.source, found.error) == ("Behind the wall", "provider", None)


async def test_the_platforms_preview_stands_until_the_page_is_read_and_where_it_cannot_be(
    served: Pages, store: SqliteStore, clock: Clock
) -> None:
    good = link(served.put("/good", "<title>Page</title>"))
    walled = link(served.put("/walled", "<title>Log in</title>", status=403))
    for one in (good, walled):
        preview = Lookup(one.url, title="Preview", source="preview", at=clock())
        await store.put_lookups({one.canonical: preview})
    async with looking_up(store, clock) as lookups:
        await lookups.want([good, walled])
        await lookups.wait_idle(5)
    known = await store.lookups([good.canonical, walled.canonical])
    assert known[good.canonical].title == "Page"
    assert known[walled.canonical].title == "Preview"
    assert known[walled.canonical].error == "status-403"


@pytest.mark.parametrize("path", ["/x?access_token=abcdef0123456789", "/gif/1"])
async def test_addresses_with_a_secret_or_that_are_talk_are_never_fetched(
    served: Pages, store: SqliteStore, clock: Clock, path: str
) -> None:
    settings = f"ignore: ['{served.root}/gif/']\n"
    async with looking_up(store, clock, settings) as lookups:
        assert (await lookups.find(link(served.root + path))).error == "not-asked"
    assert not served.asked


async def test_a_look_up_that_is_forgotten_stores_nothing(
    served: Pages, store: SqliteStore, clock: Clock
) -> None:
    one = link(served.put("/a", "<title>Secret</title>"))
    held = served.hold("/a")
    async with looking_up(store, clock) as lookups:
        await lookups.want([one])
        await held.asked.wait()
        await lookups.forget([one.canonical])
        held.go.set()
        await lookups.wait_idle(5)
    assert await store.lookups([one.canonical]) == {}


async def test_somebody_is_told_of_what_was_found(
    served: Pages, store: SqliteStore, clock: Clock
) -> None:
    told: list[str | None] = []
    one = link(served.put("/a", "<title>A</title>"))
    async with looking_up(store, clock) as lookups:
        lookups.listen(lambda lookup: told.append(lookup.title))
        await lookups.want([one])
        await lookups.wait_idle(5)
    assert told == ["A"]


async def test_what_a_private_address_holds_is_not_asked_unless_allowed(
    served: Pages, store: SqliteStore, clock: Clock, tmp_path: Path
) -> None:
    one = link(served.put("/a", "<title>Inside</title>"))
    async with Web() as web:
        profile = load("name: Test\n", "{{ body }}")
        lookups = Lookups(
            store=store, profile=profile, web=web, clock=clock, supervisor=Supervisor()
        )
        found = await lookups.find(one)
        await lookups.aclose()
    assert found.title is None
    assert found.error in ("private", "port")
    assert not served.asked


# --- pages that send one on ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [
        "<title>Redirecting&hellip;</title><meta http-equiv=refresh content='0; url=/new'>",
        "<meta content='0;URL=/new' http-equiv='Refresh'><title>https://example.org/new</title>",
        """<meta http-equiv="refresh" content="0; url='/new'"><body>Redirecting""",
        "<noscript><meta http-equiv=refresh content=0;URL=/new></noscript><title>Loading</title>",
        "<title>The old place</title><meta http-equiv='refresh' content='1;url=/new'>",
    ],
)
async def test_a_page_that_sends_one_on_gives_the_title_of_where(store, served, page):
    served.put("/new", "<title>Where it is now</title>")
    url = served.put("/old", page)
    async with looking_up(store, Clock()) as lookups:
        assert (await lookups.find(link(url))).title == "Where it is now"


async def test_a_page_that_renews_itself_keeps_its_title(store, served):
    served.put("/new", "<title>Something else</title>")
    pages = {
        "/late": "<title>News</title><meta http-equiv=refresh content='300; url=/new'>",
        "/self": "<title>News</title><meta http-equiv=refresh content='0; url=/self'>",
        "/gone": "<title>News</title><meta http-equiv=refresh content='0; url=/nowhere'>",
        "/script": "<title>News</title><meta http-equiv=refresh content='0; url=javascript:x()'>",
        "/text": "<title>News</title><meta name=x content='refresh 0; url=/new'>",
    }
    async with looking_up(store, Clock()) as lookups:
        for path, page in pages.items():
            assert (await lookups.find(link(served.put(path, page)))).title == "News"


async def test_a_page_is_followed_once(store, served):
    served.put("/c", "<title>Far away</title>")
    served.put("/b", "<meta http-equiv=refresh content='0; url=/c'>")
    url = served.put("/a", "<meta http-equiv=refresh content='0; url=/b'>")
    async with looking_up(store, Clock()) as lookups:
        assert (await lookups.find(link(url))).error == "empty"
    assert served.asked["/c"] == 0


async def test_a_page_that_sends_one_to_log_in_is_a_wall(store, served):
    article = "<title>Quayside</title><meta property=og:type content=article>"
    served.put("/login/", article)
    by_page = served.put("/a", "<meta http-equiv=refresh content='0; url=/login/?next=/a'>")
    by_header = served.put("/b", "", status=302, Location="/login/?next=/b")
    async with looking_up(store, Clock()) as lookups:
        for url in (by_page, by_header):
            found = await lookups.find(link(url))
            assert (found.title, found.error) == (None, "login")


async def test_where_a_page_sends_one_is_checked_like_any_address(store, served):
    url = served.put("/a", "<meta http-equiv=refresh content='0; url=http://169.254.1.1/x'>")
    found = "<meta http-equiv=refresh content='0; url=/b?access_token=abcdefghijklmnop'>"
    secret = served.put("/s", found)
    served.put("/b", "<title>Private</title>")
    async with looking_up(store, Clock()) as lookups:
        assert (await lookups.find(link(url))).title is None
        assert (await lookups.find(link(secret))).title is None
    assert served.asked["/b"] == 0


# --- a title from the provider -------------------------------------------------------------------


async def test_what_a_provider_calls_a_wall_does_not_displace_the_pages_title(store, served):
    answer = json.dumps({"type": "rich", "version": "1.0", "title": "Just a moment..."})
    served.put("/o", answer, kind="application/json")
    linked = "<link rel=alternate type=application/json+oembed href=/o>"
    first = served.put("/a", f"{linked}<h1>How kettles sing</h1>")
    embeds = f"embeds:\n  - match: '{served.root}/b'\n    oembed: '{served.root}/o'\n    html: ''\n"
    second = served.put("/b", "<title>How kettles sing</title>")
    async with looking_up(store, Clock(), f"name: Test\n{embeds}") as lookups:
        assert (await lookups.find(link(first))).title == "How kettles sing"
        assert (await lookups.find(link(second))).title == "How kettles sing"


async def test_a_provider_that_the_profile_prefers_gives_the_title(store, served):
    answer = json.dumps({"type": "rich", "version": "1.0", "title": "Salt &amp; light"})
    served.put("/o", answer, kind="application/json")
    linked = "<link rel=alternate type=application/json+oembed href=/o>"
    url = served.put("/a", f"{linked}<title>Salt and light – a page</title>")
    async with looking_up(store, Clock(), "title_from: [oembed, title]\n") as lookups:
        assert (await lookups.find(link(url))).title == "Salt & light"


async def test_a_store_that_fails_once_at_each_call_costs_no_title(
    served: Pages, store: SqliteStore, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "RETRY_PAUSES", (0.0,))
    faults = Faults({"Lookups._run", "Lookups._wait_and_start"})
    faults.arm(store)
    one = link(served.put("/a", "<title>The title</title>"))
    passing = Lookup(one.url, error="dns", tries=1, again=clock() + 1)
    async with looking_up(store, clock) as lookups:
        lookups.start({one.canonical: passing}, [one])
        async with asyncio.timeout(LONGEST):
            while not await store.lookups([one.canonical]):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    assert (await store.lookups([one.canonical]))[one.canonical].title == "The title"
    assert len(faults.seen) == 2
