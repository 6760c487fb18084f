"""Chat exports as snapshots: DiscordChatExporter's JSON, and Slack's export.

The kind is recognised by itself. `path` may be

- a JSON file of DiscordChatExporter's; its further parts (`… [part 2].json`), if they lie beside
  it, are read with it, from the part that was named;
- a folder or ZIP of such files: channels, their threads, and parts;
- the folder or ZIP of a Slack export, or the folder of one channel in it.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Protocol

from bot.adapters.export.discord import DiscordExport
from bot.adapters.export.files import open_files
from bot.adapters.export.slack import SlackExport, channel_folder
from bot.errors import ExportError
from bot.services.ports import Snapshot

Progress = Callable[[int, int], None]


class Export(Protocol):
    """An export whose kind was recognised; `size` is the bytes of its messages' files."""

    @property
    def size(self) -> int: ...

    def snapshots(self, zone: tzinfo, count: Callable[[int], None]) -> Iterator[Snapshot]: ...


def read_export(
    path: Path, *, zone: tzinfo = UTC, progress: Progress | None = None
) -> Iterator[Snapshot]:
    """Read an export, one message after the other, in the order of its files.

    Dates that the platform keeps as moments are written in `zone`. `progress` is told the bytes
    read and those there are. Memory is bounded whatever the files hold. Nothing is said of
    messages that are not there.

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

        yield from export.snapshots(zone, count)
    finally:
        files.close()


def _recognised(path: Path, export: Export | None) -> Export:
    if export is None:
        raise ExportError("export.nothing-there", file=path)
    return export
