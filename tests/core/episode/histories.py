"""The real history of some files, and drafts made from them as the app would: links, topics, moves.

What is made here knows nothing of how a file is read by the app: it goes by lines alone.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

from tests.needs import SAMPLES

FOLDER = SAMPLES / "interaxion" / "history"
TOPIC = re.compile(r"#{2,3}\s")
KINDS = ("links", "topics", "both")


@dataclass(frozen=True)
class Draft:
    """A file that was changed: its text, the lines that were added, and the topics in order."""

    text: str
    added: list[str] = field(default_factory=list)
    moved: bool = False


@dataclass(frozen=True)
class Case:
    """Three versions of a file."""

    name: str
    base: str
    theirs: str
    ours: Draft


def histories() -> dict[str, list[str]]:
    """Return the revisions of each file, oldest first; none where there are no samples."""
    return {
        folder.name: [path.read_bytes().decode() for path in sorted(folder.glob("*.md"))]
        for folder in sorted(FOLDER.glob("*"))
    }


def successive(kinds: tuple[str, ...] = KINDS, seeds: int = 3) -> Iterator[Case]:
    """Yield what is made of every revision and the one after it."""
    for name, texts in histories().items():
        for number, (base, theirs) in enumerate(pairwise(texts)):
            yield from _cases(f"{name}/{number + 1}-{number + 2}", base, theirs, kinds, seeds)


def apart(kinds: tuple[str, ...] = KINDS, seeds: int = 1) -> Iterator[Case]:
    """Yield what is made of every revision and all that are further from it, before and after."""
    for name, texts in histories().items():
        for one, base in enumerate(texts):
            for other, theirs in enumerate(texts):
                if other not in (one, one + 1):
                    label = f"{name}/{one + 1}-{other + 1}"
                    yield from _cases(label, base, theirs, kinds, seeds)


def _cases(name: str, base: str, theirs: str, kinds: tuple[str, ...], seeds: int) -> Iterator[Case]:
    for kind in kinds:
        for seed in range(seeds):
            random = Random(f"{name}/{kind}/{seed}")  # noqa: S311 - to be the same every time
            yield Case(f"{name}/{kind}/{seed}", base, theirs, drafted(base, random, kind))


# --- what the app would make of it ---------------------------------------------------------------


def drafted(base: str, random: Random, kind: str) -> Draft:
    """Add links to a file, move its topics, or both."""
    text, added, moved = base, [], False
    if kind != "links":
        text = _with_topics_moved(text, random)
        moved = text != base
    if kind != "topics":
        for number in range(random.randint(1, 4)):
            text, lines = _with_link(text, random, number)
            added += lines
    in_order = [line for line in text.split("\n") if line in added]
    return Draft(text, in_order, moved)


def parts(text: str) -> list[list[str]]:
    """Return the lines of a file up to its first topic, then those of each topic."""
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        if TOPIC.match(line):
            found.append([])
        found[-1].append(line)
    return found


def _with_topics_moved(text: str, random: Random) -> str:
    head, *topics = parts(text)
    if len(topics) < 2:
        return text
    if topics[-1][-1] == "":
        topics[-1].pop()
    for topic in topics:
        while topic and not topic[-1]:
            topic.pop()
        topic.append("")
    for _ in range(random.randint(1, 2)):
        topics.insert(random.randrange(len(topics)), topics.pop(random.randrange(len(topics))))
    return "\n".join(line for part in (head, *topics) for line in part)


def _with_link(text: str, random: Random, number: int) -> tuple[str, list[str]]:
    """Add a link behind another, at the end of a topic, or in a topic of its own."""
    link = f"- [Added {number}](https://added.example/{random.randrange(10**9)}/{number})"
    lines = text.split("\n")
    bullets = [at for at, line in enumerate(lines) if line.startswith("- ")]
    topics = [at for at, line in enumerate(lines) if TOPIC.match(line)]
    where = random.choice(["behind", "behind", "end", "topic"])
    if where == "behind" and bullets:
        at = random.choice(bullets) + 1
        while at < len(lines) and lines[at] and not lines[at].startswith(("- ", "<", "#")):
            at += 1
        return "\n".join([*lines[:at], link, *lines[at:]]), [link]
    if where == "end" and topics:
        at = random.choice([*topics[1:], len(lines)])
        while not lines[at - 1].strip():
            at -= 1
        last = next(line for line in reversed(lines[:at]) if not line.startswith(" "))
        gap = [] if last.startswith("- ") else [""]
        return "\n".join([*lines[:at], *gap, link, *(lines[at:] or [""])]), [link]
    heading = f"### Topic {number} of {random.randrange(10**9)}"
    at = random.choice([*topics, len(lines)])
    if at == len(lines):
        while not lines[-1]:
            lines.pop()
        return "\n".join([*lines, "", heading, "", link, ""]), [heading, link]
    return "\n".join([*lines[:at], heading, "", link, "", *lines[at:]]), [heading, link]


# --- what must hold ------------------------------------------------------------------------------


def faults(case: Case, text: str) -> list[str]:
    """Return what is wrong with a merge: words lost, brought back or doubled, or out of order."""
    base, theirs, result = (
        Counter(line.rstrip() for line in one.split("\n") if line.strip())
        for one in (case.base, case.theirs, text)
    )
    found = [f"lost: {line}" for line in theirs - base - result]
    found += [f"lost of what nobody changed: {line}" for line in (theirs & base) - result]
    found += [f"brought back: {line}" for line in result - theirs if line not in case.ours.added]
    shown = text.split("\n")
    found += [
        f"ours, {shown.count(line)} times: {line}"
        for line in case.ours.added
        if shown.count(line) != 1
    ]
    in_order = [line for line in shown if line in set(case.ours.added)]
    if in_order != case.ours.added and not found and not _was_reordered(case):
        found.append(f"out of order: {in_order}")
    return found + _topic_faults(case, text)


def _was_reordered(case: Case) -> bool:
    """Return whether theirs put topics, or what stands in them, in another order."""
    base = Counter(line for line in case.base.split("\n") if line.strip())
    theirs = Counter(line for line in case.theirs.split("\n") if line.strip())
    once = {line for line in base if base[line] == theirs[line] == 1}
    kept = [[line for line in one.split("\n") if line in once] for one in (case.base, case.theirs)]
    return kept[0] != kept[1]


def _topic_faults(case: Case, text: str) -> list[str]:
    """See that the topics that all have stand as ours has them, if only ours moved them."""
    heads = [
        [line for line in one.split("\n") if TOPIC.match(line)]
        for one in (case.base, case.theirs, case.ours.text, text)
    ]
    once = set(heads[0]).intersection(*heads[1:])
    once = {line for line in once if all(one.count(line) == 1 for one in heads)}
    base, theirs, ours, shown = ([line for line in one if line in once] for one in heads)
    if base == theirs and shown != ours:
        return [f"topics out of order: {shown}"]
    return []
