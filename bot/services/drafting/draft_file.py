"""The draft's file as people left it: a text, whole, and still a draft; else a person is asked."""

import hashlib
from collections import Counter

from bot.core.document.damage import conflicts_in, damage_of, restored
from bot.core.front_matter.draft_state import DraftState, is_unpublished
from bot.core.front_matter.region import front_matter
from bot.core.front_matter.values import FrontMatterFault, values_in
from bot.core.profile.profile import Profile
from bot.errors import FileChanged
from bot.services.ports import Draft
from bot.services.site_port import Seen

MOST_LINES = 20_000
"""Lines of a file that is merged: some fifty of the longest drafts, in a second and 40 MB."""

MOST_FILES = 3
"""Files of one number that are looked at; one that is no draft is enough."""


def text_of(seen: Seen, path: str) -> str | None:
    """Return a file's text, None where there is none; FileChanged where it is no draft's text."""
    if seen.data is None:
        return None
    if seen.data.count(b"\n") + seen.data.count(b"\r") > MOST_LINES:
        raise FileChanged("desk.file-too-long", path=path, most=MOST_LINES)
    try:
        return seen.data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FileChanged("desk.file-not-text", path=path, place=error.start) from error


def whole(last: Draft, text: str, path: str, *, recreate: bool) -> str:
    """Return a file that people changed since the draft before; `recreate` mends what is damaged.

    Raises FileChanged for what nobody does on purpose: it is emptied, it ends in the middle of
    what we committed, it lost its front matter, that cannot be read any more, or git could not
    merge it. What is missing then is no edit.
    """
    damage = damage_of(last.committed, text)
    if damage is not None and not recreate:
        raise FileChanged(f"draft_file.file-{damage}", path=path)
    if damage is not None:
        text = restored(last.committed, text, damage)
    check_resolved(text, path, known=None if recreate else last.committed)
    try:
        values_in(text)
    except FrontMatterFault as fault:
        raise _broken(path, fault) from fault
    return text


def check_resolved(text: str, path: str, *, known: str | None) -> None:
    """Raise FileChanged where a file holds what git could not merge.

    Hosts may mean such lines, in a listing: what is `known` has them already, and was answered for;
    None where hosts say now that they are meant.
    """
    if known is None:
        return
    before = Counter(what for _, what in conflicts_in(known))
    for line, what in conflicts_in(text):
        before[what] -= 1
        if before[what] < 0:
            raise FileChanged("draft_file.file-unresolved", path=path, line=line)


def state_of(profile: Profile, path: str, text: str, ours: str) -> DraftState:
    """Return whether a file is a draft, as `ours` is; FileChanged where only a person can tell."""
    try:
        state = profile.draft_state(path, text)
        if state == "draft" and not profile.draft_when and "_posts" in path.split("/"):
            # A site with a plugin may have `draft` in its own template; Jekyll itself has not.
            state = "unclear" if is_unpublished(ours) and not is_unpublished(text) else state
    except FrontMatterFault as fault:
        raise _broken(path, fault) from fault
    if state == "unclear":
        raise FileChanged("draft_file.draft-unclear", path=path)
    return state


def is_draft(profile: Profile, path: str, data: bytes) -> bool:
    """Return whether a file of the site is a draft; what cannot be read is none."""
    try:
        return profile.draft_state(path, data.decode("utf-8", "replace")) == "draft"
    except FrontMatterFault:
        return False


def _broken(path: str, fault: FrontMatterFault) -> FileChanged:
    return FileChanged(
        "draft_file.front-matter-broken", path=path, line=fault.line, shown=fault.shown
    )


def was_draft(profile: Profile, last: Draft) -> bool:
    """Return whether what we committed was a draft: a site may have none, and publish at once."""
    try:
        return profile.draft_state(last.path, last.committed) == "draft"
    except FrontMatterFault:  # committed before it was looked at
        return False


def owners_below(owners: tuple[str | None, ...], before: str, after: str) -> tuple[str | None, ...]:
    """Return whose the lines of a text are whose front matter has another height by now."""
    heights = [front.height if (front := front_matter(text)) else 0 for text in (before, after)]
    return (*(None,) * heights[1], *owners[heights[0] :])


def draft_identity(episode: str, seq: int, head: str, text: str) -> str:
    """Return a draft's id: the same draft tried again has the same."""
    parts = "\0".join((episode, str(seq), head, text))
    return hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()[:20]
