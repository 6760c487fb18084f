"""When a look-up is done, done again and given up, and which servers are left alone."""

from collections.abc import AsyncIterator

import pytest

from bot.adapters.web.fetcher import WebAnswer
from bot.core.model import Link, Lookup
from bot.core.profile.profile import load
from bot.core.urls import canonical
from bot.errors import FetchError
from bot.services.lookups import FRESH, LONGEST_PAUSE, PAUSES, SECOND, Lookups
from bot.services.tasks import Supervisor
from storage.store import SqliteStore
from tests.patience import LONGEST

A, B, ELSEWHERE = "https://a.example/1", "https://a.example/2", "https://b.example/1"
START = 1_700_000_000 * SECOND


def link(url: str) -> Link:
    return Link(url, canonical(url))


def page(title: str | None = "Title", status: int = 200, **more: object) -> WebAnswer:
    body = f"<title>{title}</title>".encode() if title else b""
    return WebAnswer(A, status, "text/html", body, **more)  # type: ignore[arg-type]


class Asking:
    """Look-ups over a web that answers what a test says, and a clock that it sets."""

    def __init__(self, store: SqliteStore, *, online: bool = True) -> None:
        self.store = store
        self.now = START
        self.answer: WebAnswer | FetchError = page()
        self.asked: list[str] = []
        self.told: list[Lookup] = []
        self.lookups = Lookups(
            store=store, profile=load("name: T\n", "{{ body }}"), web=self if online else None,
            clock=lambda: self.now, supervisor=Supervisor(),
        )  # fmt: skip
        self.lookups.listen(self.told.append)

    async def get(self, url: str, **_: object) -> WebAnswer:
        self.asked.append(url)
        if isinstance(self.answer, FetchError):
            raise self.answer
        return self.answer

    async def want(self, url: str = A) -> Lookup | None:
        """Have a link looked up if that is due; return what is known of it then."""
        await self.lookups.want([link(url)])
        await self.lookups.wait_idle(LONGEST)
        return (await self.store.lookups([canonical(url)])).get(canonical(url))

    async def known(self, **more: object) -> None:
        made = Lookup(A, **({"at": self.now} | more))  # type: ignore[arg-type]
        await self.store.put_lookups({canonical(A): made})


@pytest.fixture
async def store() -> AsyncIterator[SqliteStore]:
    async with SqliteStore.open(None, clock=lambda: START) as opened:
        yield opened


@pytest.fixture
async def web(store: SqliteStore) -> AsyncIterator[Asking]:
    made = Asking(store)
    yield made
    await made.lookups.aclose()
    assert len(made.lookups) == 0


async def test_offline_nothing_is_asked_and_what_is_known_counts(store: SqliteStore) -> None:
    web = Asking(store, online=False)
    assert await web.want() is None
    assert (await web.lookups.find(link(A))).error == "offline"
    await web.known(title="Known")
    assert (await web.lookups.find(link(A))).title == "Known"
    assert (await web.lookups.find(link(A), refresh=True)).title == "Known"
    assert await web.lookups.size_of(A) is None
    assert await web.lookups.feed(A) is None
    assert await web.lookups.ask(A, accept="*/*") == "offline"


@pytest.mark.parametrize(
    ("known", "is_asked"),
    [
        ({"title": "T", "source": "page"}, False),
        ({"title": "T", "source": "page", "at": START - FRESH}, False),
        ({"title": "T", "source": "page", "at": START - FRESH - 1}, True),
        ({"title": "T", "source": "provider", "at": START - FRESH - 1}, True),
        ({"title": "T", "source": "preview"}, True),  # till the page itself is read
        ({"title": "T", "source": "file", "at": 0}, False),
        ({"source": "file", "error": "empty", "again": 1}, False),
        ({"error": "empty"}, False),
        ({"error": "empty", "at": 0}, False),
        ({"error": "dns", "again": START - 1}, True),
        ({"error": "dns", "again": START}, True),
        ({"error": "dns", "again": START + SECOND * 3600}, False),
    ],
)
async def test_what_is_known_is_asked_again_when_it_is_old_or_due(
    web: Asking, known: dict[str, object], is_asked: bool
) -> None:
    await web.known(**known)
    await web.want()
    assert web.asked == [A] * is_asked
    assert len(web.lookups) == (known.get("again", 0) == START + SECOND * 3600)


@pytest.mark.parametrize(
    ("answer", "error", "passes"),
    [
        (FetchError("web.dns", host="a"), "dns", True),
        (FetchError("web.tls", host="a"), "tls", False),
        (page(status=503), "status-503", True),
        (page(None, status=500), "status-500", True),
        (page(None, status=408), "status-408", True),
        (page(None, status=404), "status-404", False),
        (page(None), "empty", False),
    ],
)
async def test_what_may_pass_is_tried_again_after_ever_longer_pauses_and_then_given_up(
    web: Asking, answer: WebAnswer | FetchError, error: str, passes: bool
) -> None:
    web.answer = answer
    for tries, pause in enumerate((*PAUSES, 0), 1):
        found = await web.want()
        assert found is not None
        assert (found.error, found.title) == (error, None)
        again = web.now + pause * SECOND if passes and pause else 0
        assert (found.tries, found.again) == (tries, again)
        assert len(web.told) == tries
        if not passes:
            break
        await web.lookups.forget([canonical(A)])
        web.now += pause * SECOND
    web.answer = page()
    found = await web.lookups.find(link(A), refresh=True)
    assert (found.title, found.error, found.tries, found.again) == ("Title", None, 0, 0)


async def test_a_title_that_was_known_stays_where_its_page_fails_now(web: Asking) -> None:
    await web.known(title="Known", at=START - FRESH - 1)
    web.answer = FetchError("web.dns", host="a")
    found = await web.want()
    assert found is not None
    assert (found.title, found.error, found.at) == ("Known", "dns", START)
    assert found.again == START + PAUSES[0] * SECOND


async def test_nobody_is_told_of_what_is_as_it_was(web: Asking) -> None:
    await web.want()
    assert [one.title for one in web.told] == ["Title"]
    await web.lookups.find(link(A), refresh=True)
    assert len(web.told) == 1
    web.answer = page("Other")
    await web.lookups.find(link(A), refresh=True)
    assert [one.title for one in web.told] == ["Title", "Other"]


@pytest.mark.parametrize("status", [429, 503])
async def test_a_server_that_asks_to_be_left_alone_is_until_then_and_others_are_not(
    web: Asking, status: int
) -> None:
    web.answer = page(status=status, retry_after=100.0)
    assert await web.lookups.ask(A, accept="*/*") == web.answer
    web.answer = page()
    web.now += 100 * SECOND - 1
    assert await web.lookups.ask(B, accept="*/*") == "status-429"
    assert (await web.want(B) or Lookup(B)).again == START + PAUSES[0] * SECOND + 100 * SECOND - 1
    assert await web.lookups.ask(ELSEWHERE, accept="*/*") == page()
    web.now += 1
    assert await web.lookups.ask(B, accept="*/*") == page()
    assert web.asked == [A, ELSEWHERE, B]


async def test_nobody_is_left_alone_for_longer_than_a_day_or_for_no_time(web: Asking) -> None:
    for answer in (page(status=404, retry_after=50.0), page(status=429)):
        web.answer = answer
        await web.lookups.ask(A, accept="*/*")
        await web.lookups.ask(A, accept="*/*")
    assert len(web.asked) == 4
    web.answer = page(status=429, retry_after=10.0**9)
    await web.lookups.ask(A, accept="*/*")
    web.now += LONGEST_PAUSE * SECOND - 1
    assert await web.lookups.ask(A, accept="*/*") == "status-429"
    web.answer = page(status=429, retry_after=1.0)
    await web.lookups.ask(ELSEWHERE, accept="*/*")  # what is over of others is forgotten
    web.now += 1
    assert await web.lookups.ask(A, accept="*/*") != "status-429"


async def test_what_a_server_asks_for_is_longer_than_our_own_pause(web: Asking) -> None:
    web.answer = page(None, status=429, retry_after=3600.0)
    found = await web.want()
    assert found is not None
    assert found.again == START + 3600 * SECOND
    assert web.lookups.looks_for([canonical(A)]) is False
    assert len(web.lookups) == 1  # it waits
    await web.lookups.forget([canonical(A)])
    assert len(web.lookups) == 0


async def test_a_sound_file_has_the_size_that_its_server_says(web: Asking) -> None:
    web.answer = WebAnswer(A, 200, "audio/mpeg", b"", size=12)
    assert await web.lookups.size_of(A) == 12
    web.answer = WebAnswer(A, 404, "audio/mpeg", b"", size=12)
    assert await web.lookups.size_of(A) is None
    web.answer = FetchError("web.dns", host="a")
    assert await web.lookups.size_of(A) is None


async def test_a_feed_is_read_as_text_where_there_is_one(web: Asking) -> None:
    web.answer = WebAnswer(A, 200, "text/xml", b"<rss>\xff</rss>")
    assert await web.lookups.feed(A) == "<rss>\ufffd</rss>"
    web.answer = WebAnswer(A, 404, "text/xml", b"<rss/>")
    assert await web.lookups.feed(A) is None
    web.answer = FetchError("web.dns", host="a")
    assert await web.lookups.feed(A) is None
