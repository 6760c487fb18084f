"""The one topic or link that a host means by what they typed."""

from collections.abc import Sequence

from bot.core.episode import find
from bot.core.episode.find import Named
from bot.errors import CommandError
from bot.services.drafting.rendering import EpisodeView


def named_thing(typed: str, among: Sequence[Named], *, missing: str) -> Named:
    """Return it; raise CommandError where it is not clear, or not there (which `missing` says)."""
    found = find.find(typed, among)
    if not found:
        raise CommandError(missing, typed=find.shortened(typed, 60))
    if len(found) > 1:
        shown = [f"{one.number} {find.shortened(one.label, 40)}" for one in found[:3]]
        raise CommandError("desk.not-clear", typed=find.shortened(typed, 60), found=shown)
    return found[0]


def named_topic(typed: str, among: Sequence[Named]) -> Named:
    return named_thing(typed, among, missing="desk.no-such-topic")


def named_link(typed: str, view: EpisodeView) -> Named:
    return named_thing(typed, find.items(view.episode, view.titles), missing="desk.no-such-link")
