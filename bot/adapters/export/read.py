"""Chat exports as snapshots: DiscordChatExporter's JSON, and Slack's export.

The kind is recognised by itself. `path` may be

- a JSON file of DiscordChatExporter's; its further parts (`… [part 2].json`), if they lie beside
  it, are read with it, from the part that was named;
- a folder or ZIP of such files: channels, their threads, and parts;
- the folder or ZIP of a Slack export, or the folder of one channel in it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Protocol

from bot.adapters.export.discord import DiscordExport
from bot.adapters.export.files import open_files
from bot.adapters.export.slack import SlackExport, channel_folder
from bot.core.events import Message
from bot.errors import ExportError
from bot.services.ports import Snapshot

Progress = Callable[[int, int], None]


class Export(Protocol):
    """An export whose kind was recognised; `size` is the bytes of its messages' files."""

    @property
    def size(self) -> int: ...

    def names(self) -> Mapping[str, str]:
        """Return the names of its channels by their ids."""

    def snapshots(self, zone: tzinfo, count: Callable[[int], None]) -> Iterator[Snapshot]: ...


@dataclass(frozen=True, slots=True)
class Selection:
    """Which messages of an export are wanted: of one channel, from and until a time.

    `channel` is its name or id; times are in microseconds since 1970.
    """

    channel: str | None = None
    after: int | None = None
    before: int | None = None

    def channels(self, names: Mapping[str, str], path: Path) -> frozenset[str] | None:
        """Return the ids of the channels that are wanted; None for all of them."""
        if self.channel is None:
            return None
        wanted = self.channel.removeprefix("#")
        found = frozenset(one for one, name in names.items() if wanted in (one, name))
        if not found:
            known = sorted(set(names.values()))[:MOST_NAMED]
            raise ExportError("export.no-channel", channel=wanted, file=path, channels=known)
        return found

    def takes(self, message: Message, channels: frozenset[str] | None) -> bool:
        """Return whether a message is wanted; a thread is of the channel that it began in."""
        if self.after is not None and message.at < self.after:
            return False
        if self.before is not None and message.at >= self.before:
            return False
        parent = message.thread.parent if message.thread else message.channel
        return channels is None or bool(channels & {message.channel, parent})


ALL = Selection()
MOST_NAMED = 20


def read_export(
    path: Path,
    *,
    zone: tzinfo = UTC,
    progress: Progress | None = None,
    select: Selection = ALL,
) -> Iterator[Snapshot]:
    """Read an export, one message after the other, in the order of its files.

    Dates that the platform keeps as moments are written in `zone`. `progress` is told the bytes
    read and those there are. Memory is bounded whatever the files hold. Nothing is said of
    messages that are not there. Only what `select` takes is given.

    Raises ExportError, at any time, where a file cannot be read to its end; what was given before
    is right, but not all.
    """
    only = channel_folder(path)
    files = open_files(path.parent if only else path)
    try:
        export = _recognised(path, SlackExport.find(files, only) or DiscordExport.find(files))
        done = 0

        def count(more: int) -> None:
            nonlocal done
            done += more
            if progress:
                progress(done, export.size)

        channels = select.channels(export.names(), path)
        for snapshot in export.snapshots(zone, count):
            if select.takes(snapshot.message, channels):
                yield snapshot
    finally:
        files.close()


def _recognised(path: Path, export: Export | None) -> Export:
    if export is None:
        raise ExportError("export.nothing-there", file=path)
    return export
