"""The two merges of a draft, with owners: renders of real conversations, and people's edits."""

import re
from collections import Counter
from itertools import groupby
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.export.read import read_export
from bot.adapters.lookup_file import read_lookups
from bot.core.document.pieces import lines_of
from bot.core.document.version import Side
from bot.core.episode.fold import Outline
from bot.core.events import Event, ItemMoved, ItemRemoved, ItemRetitled, MessageSeen
from bot.core.merge.merge import merge
from bot.core.model import Found
from bot.core.profile.profile import load
from bot.core.render import render
from bot.core.urls import canonical
from tests.needs import SAMPLES
from tests.talk import EPISODE, SECOND

FOLDER = SAMPLES / "interaxion" / "transcripts"
NAMES = sorted(path.name for path in FOLDER.glob("*"))
PROFILE = load("around_links: keep\nliquid: keep\n", "{{ body }}")


def chat(name):
    """Return what was said, as events, and what is known of its links."""
    events = [
        Event(f"{one.message.id}", EPISODE, one.message.at, one.author.id, MessageSeen(one.message))
        for one in read_export(FOLDER / name / "export.json")
    ]
    found = {
        lookup.url: Found(
            lookup.title, "<blockquote>embed</blockquote>\n<br>" if number % 4 else None
        )
        for number, lookup in enumerate(read_lookups(FOLDER / name / "lookups.jsonl"))
    }
    return events, found


def rendered(events, found):
    """Render an episode, with the owners of its lines."""
    outline = Outline(EPISODE, PROFILE.rules)
    outline.extend(events)
    known = {}
    for item in outline.episode.items():
        for link in render.links_of(item):
            known[link.url] = found.get(link.url) or found.get(link.canonical) or Found("A title")
    body = render.body(outline.episode, known, PROFILE)
    return Side(body.text + "\n", body.lines), outline.episode


def commands(episode, random, at):
    """Return some commands of hosts."""
    items = list(episode.items())
    topics = [topic.id for topic in episode.topics]
    what = [
        ItemRemoved(random.choice(items).id),
        ItemMoved(random.choice(items).id, random.choice(topics), None, None),
        *(ItemRetitled(one.id, canonical(link.url), f"Retitled {random.randrange(10**6)}")
          for one in random.sample(items, 2) for link in render.links_of(one)[:1]),
    ]  # fmt: skip
    return [
        Event(f"c{at}{number}", EPISODE, at + number, "oka", one) for number, one in enumerate(what)
    ]


def by_people(side, random, mark):
    """Return a file with people's edits, and the lines that they added; owners follow the lines."""
    lines, owners = lines_of(side.text), list(side.owners)
    added = []
    for number in range(5):
        bullets = [
            at for at, line in enumerate(lines)
            if (line.startswith("- ") and lines[at + 1 : at + 2] in ([], ["\n"], [lines[at]]))
            or (line.startswith("- ") and lines[at + 1 : at + 2][0].startswith(("- ", "### ")))
        ]  # fmt: skip
        line = f"- [People's {mark} {number}](https://people.example/{mark}/{number})\n"
        at = random.choice(bullets) + 1
        lines.insert(at, line)
        owners.insert(at, None)
        added.append(line)
    headings = [at for at, line in enumerate(lines) if re.match(r"### [^\d]", line)]
    for at in headings[::3]:
        lines[at] = lines[at].replace("### ", f"### {at}:{mark}0 ")
    return Side("".join(lines), tuple(owners)), added


def runs(owners):
    """Return each owner once for every run of its lines, blank lines between them or not."""
    return [owner for owner, _ in groupby(owner for owner in owners if owner)]


@pytest.mark.parametrize("name", NAMES)
def test_two_merges_keep_what_hosts_and_people_did_and_know_whose_it_is(name):
    random = Random(name)  # noqa: S311 - to be the same every time
    events, found = chat(name)
    cut = len(events) * 2 // 3
    before, episode = rendered(events[:cut], found)
    now, _ = rendered([*events, *commands(episode, random, events[-1].at + SECOND)], found)
    committed, first = by_people(before, random, 1)

    onto = merge(before, now, committed, prefer="ours")
    check(now, committed, onto, first)
    assert onto.conflicts == ()

    theirs, second = by_people(committed, random, 2)
    result = merge(committed, Side(onto.text, onto.owners), Side(theirs.text))
    check(now, theirs, result, [*first, *second])
    assert result.conflicts == ()


def check(now, theirs, result, peoples):
    lines = lines_of(result.text)
    assert len(result.owners) == len(lines)
    once = Counter(runs(result.owners))
    assert [owner for owner, count in once.items() if count > 1] == []
    # All that hosts have stands there, and what is said of it; in order where nobody moved it.
    assert once.keys() == set(filter(None, now.owners))
    theirs_lines = set(lines_of(theirs.text))
    for line, owner in zip(lines_of(now.text), now.owners, strict=True):
        if owner and line not in lines:
            standing = [
                one for one, whose in zip(lines, result.owners, strict=True) if whose == owner
            ]
            assert any(one in theirs_lines for one in standing), (line, standing)
    for line in peoples:
        assert lines.count(line) == 1
        assert result.owners[lines.index(line)] is None
    new = [one for one, owner in zip(lines, result.owners, strict=True) if owner is None]
    assert [one for one in new if one.strip() and one not in peoples] == []


@given(
    notes=st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta"]), min_size=2, unique=True),
    out=st.integers(0, 3),
    prefer=st.sampled_from(["ours", "theirs"]),
)
def test_a_note_stands_once_that_another_took_over_in_theirs_and_ours_wrote_anew(
    notes: list[str], out: int, prefer: str
) -> None:
    """Ours drops the note that theirs put further out, and writes the others in its own way."""
    out %= len(notes)
    base = ["<https://example.org/a>", *(f"  - {note}" for note in notes)]
    theirs = [line.lstrip() if at == out + 1 else line for at, line in enumerate(base)]
    rest = [f"  {note}" for at, note in enumerate(notes) if at != out]
    ours = "  \n".join(["<https://example.org/b>", *rest])
    sides = [
        Side("".join(f"{line}\n" for line in lines), ("x",) * len(lines))
        for lines in (base, ours.split("\n"))
    ]
    result = merge(*sides, Side("".join(f"{line}\n" for line in theirs)), prefer=prefer)
    said = Counter(result.text.replace("-", " ").split())
    assert said["<https://example.org/b>"] == 1
    assert all(said[note] == 1 for at, note in enumerate(notes) if at != out), result.text
    assert said[notes[out]] <= 1
