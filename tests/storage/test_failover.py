"""The database's server dies, and a replica takes its place, without what was written last."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.errors import StoreBusy, StoreError
from storage.postgresql import processes
from storage.postgresql.store import PostgresStore
from tests.cogs.front import PROFILE, TEMPLATE
from tests.cogs.test_process import running, stopped, up
from tests.fakes.discord import LocalDiscord, local_discord
from tests.fakes.discord_shapes import MANAGER
from tests.front import profiled_site
from tests.needs import need
from tests.patience import LONGEST
from tests.postgresql import PostgreSQL, following
from tests.postgresql import running as server_running
from tests.services.desk.house import git
from tests.storage.happenings import EPISODE, keys, seen


class Pair:
    """A server and its replica, and the database's address as a bot is given it: both."""

    def __init__(self, primary: PostgreSQL, replica: PostgreSQL) -> None:
        self.primary = primary
        self.replica = replica
        hosts = f"{primary.folder},{replica.folder}"
        self.where = f"postgresql://rundown@/rundown?host={hosts}&target_session_attrs=read-write"

    async def caught_up(self) -> None:
        """Wait until the replica has all that was committed."""
        ((place,),) = await self.primary.tell("SELECT pg_current_wal_lsn()::text")
        ask = f"SELECT pg_last_wal_replay_lsn() >= '{place}'"
        async with asyncio.timeout(LONGEST):
            while await self.replica.tell(ask) != [(True,)]:  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def cut(self) -> None:
        """Have the replica hear nothing any more: what is committed from now on will be lost."""
        await self.replica.tell("ALTER SYSTEM SET primary_conninfo = ''")
        await self.replica.tell("SELECT pg_reload_conf()")
        async with asyncio.timeout(LONGEST):
            while await self.primary.tell("SELECT 1 FROM pg_stat_replication"):  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def fail_over(self) -> None:
        await asyncio.to_thread(self.primary.stop, signal.SIGQUIT)
        assert await self.replica.tell("SELECT pg_promote()") == [(True,)]


@pytest.fixture
def pair() -> Iterator[Pair]:
    need("postgresql")
    with server_running() as primary, following(primary) as replica:
        yield Pair(primary, replica)


async def test_a_replica_is_told_from_the_server_that_is_written_to(pair: Pair) -> None:
    with pytest.raises(StoreError, match="may only be read"):
        async with PostgresStore.open(pair.replica.address("rundown")):
            pass
    async with PostgresStore.open(pair.where) as store:
        assert await store.append([seen("m1", "text")])


async def test_whoever_had_the_database_before_a_failover_begins_anew(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "BEAT", 0.2)
    async with PostgresStore.open(pair.where) as store:
        await store.append([seen("m1", "text")])
        await pair.caught_up()
        await pair.cut()
        assert await store.append([seen("m2", "lost")])
        await pair.fail_over()
        with pytest.raises(StoreBusy, match="no longer registered"):
            await store.append([seen("m3", "text")])
        async with asyncio.timeout(LONGEST):
            await store.lost()
    async with PostgresStore.open(pair.where) as store:
        assert keys(await store.events(EPISODE)) == ["m1:1"]
        assert await store.append([seen("m2", "read again")])
        assert keys(await store.events(EPISODE)) == ["m1:1", "m2:1"]


@asynccontextmanager
async def bot(folder: Path, discord: LocalDiscord, pair: Pair) -> AsyncIterator[object]:
    async with running(folder, discord, {"RUNDOWN_DB": pair.where}) as process:
        await up(discord)
        yield process


@pytest.mark.long
@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
async def test_what_was_said_and_drafted_in_the_lost_second_is_there_again_once(
    tmp_path: Path, pair: Pair
) -> None:
    site = profiled_site(tmp_path, PROFILE, TEMPLATE, "main")
    async with local_discord() as discord:
        channel = discord.channel(discord.guild())
        boss = discord.owner = discord.user("Boss", permissions=MANAGER)

        async def say(number: int) -> None:
            post = await discord.say(boss, channel, f"[L{number}](https://example.org/{number})")
            await discord.until(lambda: bool(post.reactions), LONGEST)

        async with bot(tmp_path, discord, pair) as process:
            await discord.command(boss, channel, "setup")
            await say(1)
            await pair.caught_up()
            await pair.cut()
            await say(2)
            assert "ep1.md" in (await discord.command(boss, channel, "draft")).text
            await pair.fail_over()
            async with asyncio.timeout(LONGEST):
                _, errors = await process.communicate()
        assert process.returncode == 75
        assert b"no longer registered" in errors
        assert b"example.org" not in errors
        async with bot(tmp_path, discord, pair) as process:
            await say(3)
            assert "ep1.md" in (await discord.command(boss, channel, "draft")).text
            await stopped(process)
        assert discord.faults == []
    links = [f"- [L{number}](https://example.org/{number})" for number in (1, 2, 3)]
    assert git(site, "show", "HEAD:_drafts/ep1.md").split("\n\n")[-1].split("\n")[:3] == links
    assert git(site, "log", "--format=%B").count("Rundown-Draft:") == 2
