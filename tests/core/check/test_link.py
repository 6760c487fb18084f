"""What is wrong with a link, by what its address answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.check.link import Answered, archived_in, is_asked, is_gone, rot

URL = "https://a.example/paper"
FOUND = Answered(URL, status=200, final=URL, title="The paper")
STATUSES = st.sampled_from([200, 204, 301, 400, 401, 403, 404, 410, 429, 451, 500, 503, 999])
WORDS = st.sampled_from(["The paper", "the paper | A site", "Another", ""])
ANSWERED = st.builds(
    Answered,
    st.just(URL),
    reason=st.sampled_from([None, None, "dns", "tls", "never-asked", "private"]),
    status=STATUSES,
    final=st.sampled_from([URL, "https://a.example/", "https://b.example/paper"]),
    moved=st.sampled_from([None, "https://b.example/paper", "https://www.a.example/paper/"]),
    title=st.none() | WORDS,
    wall=st.sampled_from([None, "login", "error", "challenge", "consent"]),
    secure=st.booleans(),
    embed=st.sampled_from([None, "status-404"]),
    archived=st.sampled_from([None, "https://web.archive.org/web/2020/x"]),
)


@given(ANSWERED)
def test_what_is_told_is_one_thing_unless_the_page_is_there(answered: Answered):
    found = rot(answered, known_title="The paper")
    kinds = [one.what for one in found]
    assert len(set(kinds)) == len(kinds)
    if not is_asked(answered):
        assert found == []
    if answered.reason or answered.status >= 400 or answered.wall:
        assert len(found) <= 1
    assert ("gone" in kinds) is (answered.reason is None and answered.status in (404, 410))
    if "no-answer" in kinds:
        assert "gone" not in kinds


@pytest.mark.parametrize(
    ("title", "is_told"),
    [
        ("The paper", False),
        ("THE PAPER – A site", False),
        ("Ｔhe paper", False),
        ("Another thing", True),
        (None, False),
    ],
)
def test_a_title_is_another_where_neither_holds_the_other(title: str | None, is_told: bool):
    now = Answered(URL, status=200, final=URL, title=title)
    assert bool(rot(now, known_title="The paper")) is is_told
    assert rot(now) == []


def test_only_a_copy_that_is_there_and_in_the_archive_is_taken():
    def answer(**values: object) -> object:
        closest = {"available": True, "status": "200", "url": copy} | values
        return {"archived_snapshots": {"closest": closest}}

    copy = "http://web.archive.org/web/20200101000000/https://a.example/paper"
    assert archived_in(answer()) == f"https{copy[4:]}"
    assert archived_in(answer(url=copy.ljust(3999, "x"))) is not None
    for bad in (
        answer(available=False),
        answer(status="404"),
        answer(url="https://evil.example/web.archive.org/web/2020/x"),
        answer(url="http://web.archive.org/web/2020/a b"),
        answer(url=7),
        answer(url=copy.ljust(4001, "x")),
        {"archived_snapshots": {}},
        [],
        None,
    ):
        assert archived_in(bad) is None


@pytest.mark.parametrize(
    ("answered", "gone"),
    [
        (FOUND, False),
        (Answered(URL, status=404), True),
        (Answered(URL, status=410), True),
        (Answered(URL, status=403), False),
        (Answered(URL, status=500), False),
        (Answered(URL, status=200, final="https://a.example/", title="A site"), True),
        (Answered(URL, status=200, final=URL, title="Not found", wall="error"), True),
        (Answered(URL, reason="dns"), False),
    ],
)
def test_a_page_is_gone_where_nothing_of_it_is_left(answered: Answered, gone: bool):
    assert is_gone(answered) is gone
