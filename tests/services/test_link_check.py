"""Who is asked of a link, and what of the answers counts."""

import json
from collections.abc import Callable, Mapping

import pytest

from bot.adapters.web.fetcher import WebAnswer
from bot.core.profile.profile import load
from bot.services import link_check
from bot.services.link_check import ARCHIVE, FRESH, LONGEST_ANSWER, LinkCheck

A = "https://a.example/one"
PLAIN = "http://a.example/one"
TUBE = "https://www.youtube.com/watch?v=abcdefghijk"
COPY = "http://web.archive.org/web/20200101000000/https://a.example/one"
FOUND = json.dumps(
    {"archived_snapshots": {"closest": {"available": True, "status": "200", "url": COPY}}}
)


def page(status: int = 200, url: str = A, title: str = "Title", **more: object) -> WebAnswer:
    body = f"<title>{title}</title>".encode()
    return WebAnswer(url, status, "text/html", body, **more)  # type: ignore[arg-type]


class Asking:
    """A check over a web that answers what a test says; what it does not say is a 404."""

    def __init__(self, answers: Mapping[str, WebAnswer | str], *, archived: int = 1) -> None:
        self.answers = dict(answers)
        self.asked: list[str] = []
        self.now = 1_000_000_000
        self.check = LinkCheck(
            ask=self._ask, profile=lambda: load("name: T\n", "{{ body }}"),
            clock=lambda: self.now, archived=archived,
        )  # fmt: skip

    async def _ask(
        self, url: str, *, accept: str, enough: Callable[[bytes], bool] | None = None
    ) -> WebAnswer | str:
        self.asked.append(url)
        return self.answers.get(url, WebAnswer(url, 404, "text/html", b""))


async def test_an_address_is_asked_once_in_a_while() -> None:
    web = Asking({A: page()})
    first = await web.check.answered(A)
    assert (first.status, first.title, first.wall, first.secure) == (200, "Title", None, False)
    web.now += FRESH - 1
    assert await web.check.answered(A) is first
    assert web.asked == [A]
    web.now += 1
    await web.check.answered(A)
    assert web.asked == [A, A]


async def test_no_more_answers_are_known_than_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(link_check, "MOST_KNOWN", 2)
    web = Asking({f"{A}{one}": page() for one in range(3)})
    for one in (0, 1, 0, 1, 2, 2, 1):
        await web.check.answered(f"{A}{one}")
    assert [one[-1] for one in web.asked] == ["0", "1", "2", "1"]


async def test_an_address_with_a_secret_is_never_asked() -> None:
    web = Asking({})
    secret = "https://files.example/x?token=aVeryLongSecretToken0123456789"
    assert (await web.check.answered(secret)).reason == "not-asked"
    assert web.asked == []


async def test_what_cannot_be_had_says_why() -> None:
    web = Asking({A: "dns"})
    assert (await web.check.answered(A)).reason == "dns"
    assert web.asked == [A]


@pytest.mark.parametrize(
    ("url", "final", "secure", "better"),
    [
        (PLAIN, PLAIN, page(url=A), True),
        (PLAIN, PLAIN, page(399, url=A), True),
        (PLAIN, PLAIN, page(400, url=A), False),
        (PLAIN, PLAIN, page(url=PLAIN), False),  # it sends one back
        (PLAIN, PLAIN, page(url="https://a.example/a"), False),
        (PLAIN, PLAIN, page(url="https://a.example/other"), False),
        (PLAIN, PLAIN, "tls", False),
        ("HTTP" + PLAIN[4:], PLAIN, page(url=A), True),
    ],
)
async def test_a_page_is_had_safely_where_https_gives_the_same(
    url: str, final: str, secure: WebAnswer | str, better: bool
) -> None:
    web = Asking({url: page(url=final), f"https{url[4:]}": secure})
    assert (await web.check.answered(url)).secure is better
    assert len(web.asked) == 2


@pytest.mark.parametrize(
    ("url", "final"),
    [(A, A), (PLAIN, A), ("http://a.example:8080/one", "http://a.example:8080/one")],
)
async def test_where_that_is_so_already_or_cannot_be_nobody_is_asked(url: str, final: str) -> None:
    web = Asking({url: page(url=final)})
    assert not (await web.check.answered(url)).secure
    assert web.asked == [url]


@pytest.mark.parametrize("status", [401, 403, 500])
async def test_of_a_page_that_does_not_answer_us_nothing_more_is_asked(status: int) -> None:
    web = Asking({PLAIN: page(status, url=PLAIN)})
    found = await web.check.answered(PLAIN)
    assert (found.status, found.secure, found.embed, found.archived) == (status, False, None, None)
    assert web.asked == [PLAIN]


@pytest.mark.parametrize(
    ("status", "is_gone"),
    [
        (400, True),
        (401, True),
        (403, True),
        (404, True),
        (410, True),
        (200, False),
        (500, False),
        (402, False),
    ],
)
async def test_a_provider_says_whether_its_embed_is_there_still(status: int, is_gone: bool) -> None:
    web = Asking({TUBE: page(url=TUBE)})
    await web.check.answered(TUBE)
    _, endpoint = web.asked
    web = Asking({TUBE: page(url=TUBE), endpoint: page(status)})
    assert (await web.check.answered(TUBE)).embed == (f"status-{status}" if is_gone else None)
    web = Asking({TUBE: page(url=TUBE), endpoint: "dns"})
    assert (await web.check.answered(TUBE)).embed is None


@pytest.mark.parametrize(
    ("answer", "copy"),
    [
        (FOUND, COPY.replace("http:", "https:")),
        ("{}", None),
        ("no JSON", None),
        ("[" * 50_000, None),
        (FOUND + " " * (LONGEST_ANSWER - len(FOUND)), COPY.replace("http:", "https:")),
        (FOUND + " " * (LONGEST_ANSWER - len(FOUND) + 1), None),
    ],
)
async def test_of_what_is_gone_a_copy_is_asked_for(answer: str, copy: str | None) -> None:
    archive = f"{ARCHIVE}https%3A%2F%2Fa.example%2Fone"
    web = Asking({archive: WebAnswer(archive, 200, "application/json", answer.encode())})
    found = await web.check.answered(A)
    assert (found.status, found.archived) == (404, copy)
    assert web.asked == [A, archive]
    for failing in ("dns", WebAnswer(archive, 503, "application/json", FOUND.encode())):
        web = Asking({archive: failing})
        assert (await web.check.answered(A)).archived is None


@pytest.mark.parametrize("most", [-1, 0, 1, 2])
async def test_no_more_copies_are_asked_for_than_may_be(most: int) -> None:
    web = Asking({}, archived=most)
    for one in range(3):
        await web.check.answered(f"{A}{one}")
    assert sum(one.startswith(ARCHIVE) for one in web.asked) == max(0, most)
