"""What becomes of a message, as the quiet mark below it shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.core.episode.fold import Outline
from bot.core.model import Link, Lookup
from bot.services.lookups import Lookups, has_title
from bot.services.show import Show


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message.

    `outcome` is what the quiet mark of a front shows: `kept`, `recurs` (kept, and an earlier
    episode had its link), `already` (the episode has its link already), `untitled` (kept, but a
    link has no title), `talk` (nothing of it is in the draft), `waits` (a guest's, until a host
    takes it in), `secret` (an address was left out because it carries one) or `erased` (off the
    record). `note` tells the host what needs to be known. While `waiting`, a title is being looked
    up; the receipt may be another once it came, which is `meanwhile` until then.
    """

    outcome: Literal["kept", "recurs", "already", "untitled", "talk", "waits", "secret", "erased"]
    note: str | None = None
    waiting: bool = False
    meanwhile: Literal["kept", "recurs"] = "kept"


class Receipts:
    """Tells of messages that were kept what is to be known of their links."""

    def __init__(self, *, show: Show, lookups: Lookups) -> None:
        self._show = show
        self._lookups = lookups

    def kept(
        self,
        links: Iterable[Link],
        known: Mapping[str, Lookup],
        note: str | None,
        *,
        outline: Outline,
    ) -> Receipt:
        """Return the receipt of a message with these links; `outline` is that of its episode."""
        links = list(links)
        wanted = {link.canonical for link in links if link.title is None}
        profile = self._show.profile
        missing = {one for one in wanted if not has_title(known.get(one), profile)}
        recurs = self._show.memory.recur({link.canonical for link in links}, outline)
        kept: Literal["kept", "recurs"] = "recurs" if recurs else "kept"
        if not missing:
            return Receipt(kept, note)
        waiting = self._lookups.looks_for(missing)
        return Receipt("untitled", note, waiting=waiting, meanwhile=kept)
