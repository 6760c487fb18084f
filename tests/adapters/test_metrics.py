"""The figures of a bot, as Prometheus reads them."""

import json
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.adapters.metrics import Metrics
from bot.core.model import Lookup
from bot.errors import SettingsError
from storage.metered import MeteredStore
from tests.storage.happenings import seen

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
WATCHED = json.dumps({"channel": "c1", "place": "discord:1", "show": "show"})


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[MeteredStore]:
    async with MeteredStore.open(tmp_path / "kept.db", clock=lambda: 0) as store:
        yield store


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def figures(port: int) -> dict[str, float]:
    """Read what is served; return each sample's value by its name and labels."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/metrics") as answer,
    ):
        assert answer.status == 200
        text = await answer.text()
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_what_is_stored_is_counted_once(store):
    metrics = Metrics(waiting=lambda: {"lookups": 3})
    await store.meter(metrics, ())
    await store.append([seen("m1", "text"), seen("m2")])
    await store.append([seen("m1", "text")])
    await store.put_lookups({"a": Lookup("https://a", "A"), "b": Lookup("https://b")})
    port = free_port()
    async with metrics.served("127.0.0.1", port):
        found = await figures(port)
    assert found["rundown_messages_total"] == 2
    assert found["rundown_lookups_total title"] == found["rundown_lookups_total none"] == 1
    assert found["rundown_waiting lookups"] == 3
    assert found["rundown_event_loop_lag_seconds"] >= 0


async def test_each_channel_tells_until_when_nothing_of_it_was_missed(store):
    await store.put_state("watched", "c1", WATCHED)
    await store.put_state("watched", "c2", WATCHED.replace("c1", "c2"))
    metrics = Metrics(waiting=dict)
    await store.meter(metrics, ("watched", "alive", "owed discord"))
    await store.put_state("alive", "discord", str(90_000_000))
    await store.put_state("owed discord", "c2", str(60_000_000))
    port = free_port()
    async with metrics.served("127.0.0.1", port):
        found = await figures(port)
        assert found["rundown_channel_read_timestamp_seconds c1"] == 90
        assert found["rundown_channel_read_timestamp_seconds c2"] == 60
        await store.drop_state("owed discord", "c2")
        assert (await figures(port))["rundown_channel_read_timestamp_seconds c2"] == 90


async def test_no_figure_tells_what_anybody_said(store):
    metrics = Metrics(waiting=dict)
    await store.meter(metrics, ())
    await store.append([seen("m1", "a secret", by="somebody")])
    port = free_port()
    async with metrics.served("127.0.0.1", port):
        found = " ".join(await figures(port))
    assert "secret" not in found
    assert "somebody" not in found


async def test_an_address_that_is_taken_is_told(store):
    metrics, other = Metrics(waiting=dict), Metrics(waiting=dict)
    port = free_port()
    async with metrics.served("127.0.0.1", port):
        with pytest.raises(SettingsError, match="RUNDOWN_METRICS"):
            async with other.served("127.0.0.1", port):
                pass
