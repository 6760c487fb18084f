"""What of a simulated draft hosts are asked about, and what goes or stays with that."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.core.merge.conflict import Conflict
from bot.texts import say
from tests.simulation.lines import counts, headings_above

_WEB_TITLE = re.compile(r"\[(Web h\d{4})\]\((https://[^)]*)\)")

_INSIDE = (("desk.left-in-file", {"spots": ""}), ("desk.unshown-inside", {"words": ""}))
_OUT = (("desk.unshown-one", {"words": ""}), ("desk.unshown-many", {"count": "#", "words": ""}))


def _begun(*told: tuple[str, dict[str, str]]) -> str:
    return "|".join(re.escape(say(one, "en", **gap)).replace(r"\#", r"\d+") for one, gap in told)


_NAMED = re.compile(_begun(*_INSIDE) + r"|\d+\. .* – chat: .* – file: ")
"""How a draft begins to name what was taken out and stays where people put it, what was said of
something in another line and is not in the file, and what it asks."""

_UNSHOWN = re.compile(_begun(*_OUT))
"""How it begins to name what was said of something that was taken out."""


def asked_texts(conflicts: Iterable[Conflict], now: str, theirs: str, ours: str) -> list[str]:
    """Return what chat and file have of what they disagree on, in the draft that is there `now`.

    Above what the chat took out, the file's heading stands, too. What the web calls a link that is
    asked about is nobody's word: it stands as it stood.
    """
    texts = list[str]()
    for one in conflicts:
        texts += (one.base, one.ours, one.theirs)
        if one.kind in ("item", "text") and not one.ours:
            texts += headings_above(now.split("\n"), one.line)
            # Its own heading may stand elsewhere by now: that of the file stays, too.
            first, file = one.theirs.split("\n")[0], theirs.split("\n")
            texts += headings_above(file, file.index(first) if first in file else 0)
    asked = "\n".join(texts)
    titles = _WEB_TITLE.findall(ours)
    return texts + [title for title, url in titles if f"<{url}>" in asked or f"({url})" in asked]


def titles_gone(ours: str, committed: str, theirs: str, now: str) -> list[str]:
    """Return what the web calls links by now that people took out of the file: it goes with them.

    It is nobody's word, and nobody is asked about it where the chat has taken out the line, too,
    below which the link stood.
    """
    titles = _WEB_TITLE.findall(ours)
    return [title for title, url in titles if url in committed and url not in theirs + now]


def moved_out(conflicts: Iterable[Conflict], ours: str) -> set[str]:
    """Return the words that the chat put to what people took out: they are asked about with it.

    What the web calls a link that the chat gives twice stands with the one, or the other, or both.
    """
    taken_out = (one for one in conflicts if not one.theirs)
    words = {word for one in taken_out for word in counts(one.ours) - counts(one.base)}
    twice = (title for title, times in Counter(_WEB_TITLE.findall(ours)).items() if times > 1)
    return words.union(*(counts(title) for title, _ in twice))


def named_words(answer: str) -> set[str]:
    """Return the words of what a draft's answer names or asks, one thing a line."""
    return {word for one in answer.split("\n") if _NAMED.match(one) for word in counts(one)}


def unshown_words(
    answer: str, given: Mapping[str, Sequence[str | None]], there: Collection[str | None]
) -> set[str]:
    """Return the words that an answer names as said of what was taken out, where that is so.

    `given` has the items that gave each word before the draft, `there` those that the file has.
    """
    named = {word for one in answer.split("\n") if _UNSHOWN.match(one) for word in counts(one)}
    return {word for word in named if set(given.get(word, ())).isdisjoint(there)}
