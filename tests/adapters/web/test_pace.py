"""Requests are spaced out, and some hosts are never asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.web.fetcher import Limits, Web
from bot.adapters.web.pace import Pace
from bot.errors import FetchError
from tests.adapters.web.test_fetcher import local, page
from tests.fakes.internet import Internet

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]


@given(
    st.lists(st.floats(0, 10), min_size=1, max_size=80),
    st.sampled_from([0.05, 0.5, 1.0]),
    st.integers(1, 10),
)
def test_no_stretch_of_time_has_more_turns_than_the_pace(pauses, every, burst):
    pace, now, turns = Pace(every=every, burst=burst), 100.0, []
    for pause in pauses:
        now += pause
        turns.append(now + pace.take(now))
    for first, begin in enumerate(turns):
        for last, end in enumerate(turns[first:], first):
            assert last - first + 1 <= burst + (end - begin) / every + 1e-6


@given(st.integers(1, 20))
def test_a_burst_comes_at_once_and_the_next_one_waits(burst):
    pace = Pace(every=1.0, burst=burst)
    assert [pace.take(5.0) for _ in range(burst)] == [0.0] * burst
    assert pace.take(5.0) == 1.0
    assert not pace.is_idle(5.0)
    assert pace.is_idle(6.0 + burst)


@pytest.mark.parametrize(
    ("host", "is_asked"),
    [
        ("left.example", False),
        ("LEFT.example.", False),
        ("deep.below.left.example", False),
        ("notleft.example", True),
        ("left.example.org", True),
    ],
)
async def test_a_host_that_is_never_asked_is_left_alone_with_all_below_it(host, is_asked):
    net = Internet({}, {})
    async with Web(look_up=net.look_up, never_ask={"left.example"}) as web:
        with pytest.raises(FetchError) as caught:
            await web.get(f"https://{host}/a")
    assert caught.value.reason == ("dns" if is_asked else "never-asked")


async def test_a_redirect_leads_to_no_host_that_is_never_asked():
    there = b"HTTP/1.1 302 Found\r\nLocation: https://left.example/\r\nContent-Length: 0\r\n\r\n"

    async def answer(line):
        await line.send(there)

    async with local({"/": answer}, never_ask={"left.example"}) as (server, web):
        with pytest.raises(FetchError) as caught:
            await web.get(server.url("/"))
    assert caught.value.reason == "never-asked"


async def test_requests_to_one_host_wait_for_its_pace():
    limits = Limits(every_a_host=0.05, burst_a_host=2)
    async with local({"/": page(b"x")}, limits=limits) as (server, web):
        for _ in range(4):
            assert (await web.get(server.url("/"))).status == 200
        (pace,) = web._pace_of.values()
    assert not pace.is_idle(0.0)
    assert len(server.heads) == 4
