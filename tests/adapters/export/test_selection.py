"""A part of an export: one channel of a whole workspace's, from and until a time."""

from pathlib import Path

import pytest

from bot.adapters.export.read import Selection, read_export
from bot.errors import ExportError
from tests.adapters.export.exports import discord, discord_message, put, slack, slack_message

SECOND = 1_000_000


def texts(path: Path, **which: object) -> list[str | None]:
    select = Selection(**which)  # type: ignore[arg-type]
    return [one.message.text for one in read_export(path, select=select)]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    days = {
        "収録/2023-11-14": [slack_message("1700000000.000100", "one")],
        "収録/2023-11-15": [slack_message("1700086400.000100", "two")],
        "D1/2023-11-14": [slack_message("1700000001.000100", "secret")],
    }
    return slack(tmp_path / "slack", days)


@pytest.fixture
def server(tmp_path: Path) -> Path:
    put(tmp_path / "s" / "a.json", discord(discord_message(1, "here"), discord_message(5, "late")))
    other = {"id": "9", "name": "off-topic"}
    put(tmp_path / "s" / "b.json", discord(discord_message(3, "there"), channel=other))
    thread = {"id": "8", "name": "Robots", "type": "GuildPublicThread", "categoryId": "2"}
    put(tmp_path / "s" / "c.json", discord(discord_message(4, "within"), channel=thread))
    return tmp_path / "s"


@pytest.mark.parametrize("channel", ["収録", "#収録", "C1"])
def test_one_channel_of_a_workspace_by_its_name_or_id(workspace: Path, channel: str) -> None:
    assert texts(workspace, channel=channel) == ["one", "two"]


@pytest.mark.parametrize("channel", ["show-notes", "2"])
def test_a_channel_of_a_server_comes_with_its_threads(server: Path, channel: str) -> None:
    assert sorted(map(str, texts(server, channel=channel))) == ["here", "late", "within"]
    assert texts(server, channel="off-topic") == ["there"]


def test_a_channel_that_is_not_there_is_named_with_those_that_are(server: Path) -> None:
    with pytest.raises(ExportError, match=r"no channel “notes”.*off-topic"):
        texts(server, channel="notes")


def test_messages_from_and_until_a_time(workspace: Path) -> None:
    midnight = 1_700_006_400 * SECOND
    assert texts(workspace, channel="C1", before=midnight) == ["one"]
    assert texts(workspace, channel="C1", after=midnight) == ["two"]
    assert texts(workspace, after=midnight, before=midnight) == []
