"""How much of real episodes comes out the same if hosts had typed them in a chat.

    python -m tests.bench.site_replay CHECKOUTS [SITE...]

Of each site, the three newest episodes are taken apart: their topics, items with notes and words
become messages, marked 📝 where they are words, and are rendered with the profile that `init`
writes. Printed are the share of the body's lines that are the same, and those that are not; where
a line is wrapped, and whether a bare address stands in `<>`, does not count.
Sites that keep their links in front matter are judged by those.
"""

import asyncio
import re
import sys
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path

from bot.adapters.new_profile import NewProfile, learned
from bot.adapters.site_files import reader
from bot.adapters.templates.client import TemplateWorker
from bot.core.document.pieces import read
from bot.core.front_matter.values import FrontMatterFault, values_in
from bot.core.profile.profile import Profile, load
from bot.core.render import render
from bot.core.survey.context import Context
from bot.core.survey.frame import blocks
from bot.core.survey.keys import put_together
from bot.core.survey.page import SurveyPage
from tests.bench.sites import listed
from tests.talk import fold, marked, said

EPISODES = 3
_MARK = re.compile(r"([ \t]*)(?:[-*+]|\d{1,3}[.)])[ \t]+")
_QUIET = re.compile(r"<(https?://[^<>\s]+)>")
_SHORTCODE = re.compile(r"(?m)^\{\{< (\w+)\b.*>\}\}\n(?:.*\n)*?\{\{< /\1 >\}\}$")
_ID = re.compile(r"[ \t]*\{#[^{}]*\}\s*$")


def messages(page: SurveyPage, profile: Profile, framed: set[str]) -> list[tuple[str, bool]]:
    """Return an episode's body as hosts would type it, and whether a message is marked 📝."""
    found: list[tuple[str, bool]] = []
    lines = [line.rstrip() for line in page.body]
    fixed = [block for block in blocks(lines) if all(lines[at] in framed for at in block)]
    gone = {at for block in fixed for at in block}
    body = "\n".join(line for at, line in enumerate(page.body) if at not in gone)
    end = 0
    for code in _SHORTCODE.finditer(body):
        found += _typed_part(body[end : code.start()], profile)
        found.append((f"````md\n{code[0]}\n````", True))
        end = code.end()
    return found + _typed_part(body[end:], profile)


def _typed_part(body: str, profile: Profile) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    for piece in read(body):
        text = piece.text.strip("\n")
        if piece.kind == "gap" or not text.strip():
            continue
        if piece.kind == "heading":
            hashes = "#" if piece.level <= profile.headings[0] else "####"
            found.append((f"{hashes} {_ID.sub('', piece.title)}", False))
        elif piece.kind == "item":
            found.append((_item(text), True))
        elif piece.kind == "html" or "```" in text or text.lstrip().startswith(("{", "|")):
            found.append((f"````md\n{text}\n````", True))
        else:
            found.append(("\n".join(_unwrapped(text.split("\n"))), True))
    return found


def _item(text: str) -> str:
    """Return an item with its notes as typed: a level is two columns in."""
    lines = text.split("\n")
    first = _MARK.match(lines[0])
    base = len(first[1]) if first else 0
    depths = sorted({len(line) - len(line.lstrip()) for line in lines[1:] if _MARK.match(line)})
    typed: list[str] = []
    for line in _unwrapped(lines):
        mark = _MARK.match(line)
        depth = len(line) - len(line.lstrip())
        level = depths.index(depth) + 1 if mark and depth > base and depth in depths else 0
        typed.append(f"{'  ' * level}- {line[mark.end() :]}" if mark else line)
    return "\n".join(typed)


def _unwrapped(lines: Iterable[str]) -> list[str]:
    """Return lines put together where they were only wrapped: nobody wraps lines in a chat."""
    whole: list[str] = []
    is_broken = True
    for line in lines:
        bare = line.rstrip("\\ ")
        if is_broken or _MARK.match(line) or not bare.strip():
            whole.append(bare)
        else:
            whole[-1] += f" {bare.strip()}"
        is_broken = line.endswith(("  ", "\\")) or not bare.strip()
    return [line for line in whole if line]


async def replayed(new: NewProfile, profile: Profile, page: SurveyPage, context: Context,
                   worker: TemplateWorker) -> tuple[int, int, list[str]]:  # fmt: skip
    """Return how many lines there are, how many come out the same, and those that do not."""
    lines = [*new.site.body.before, *new.site.body.after]
    framed = {put_together(line.pieces, context) for line in lines if not line.is_topic}
    events = []
    for number, (text, is_kept) in enumerate(_typed(new, page, profile, framed), 1):
        events.append(said(number, text))
        if is_kept:
            events.append(marked(number, "📝"))
    episode = fold(*events, rules=profile.rules).episode
    fields = {"number": context.number or "1", "title": context.title, "date": context.date,
              "season": context.season}  # fmt: skip
    episode = type(episode)(episode.id, episode.topics, {**profile.defaults, **fields})
    body = render.body(episode, {}, profile)
    names = render.names(episode, profile, body, {})
    _, text = await worker.render(render.files(profile, names))
    if new.made.links and not new.site.body.listed:
        return _links(page.text, text, new.made.links)
    made, real = even(text.splitlines()), even(page.body)
    blocks = SequenceMatcher(None, real, made, autojunk=False).get_matching_blocks()
    same = {at for block in blocks for at in range(block.a, block.a + block.size)}
    return len(real), len(same), [line for at, line in enumerate(real) if at not in same]


def even(lines: Iterable[str]) -> list[str]:
    """Return lines without what says nothing: wraps, blank lines, and `<>` around an address."""
    found: list[str] = []
    for piece in read("\n".join(_QUIET.sub(r"\1", line.rstrip()) for line in lines)):
        rows = [line for line in piece.text.split("\n") if line.strip()]
        whole = piece.kind in ("front", "html", "heading") or piece.text[:3] in ("```", "{{<")
        for row in rows:
            starts = whole or row is rows[0] or _MARK.match(row) or row.lstrip()[:1] in "|{<"
            found.append(row) if starts else found.append(f"{found.pop()} {row.strip()}")
    return found


def _typed(
    new: NewProfile, page: SurveyPage, profile: Profile, framed: set[str]
) -> list[tuple[str, bool]]:
    key = new.made.links
    if key is None or new.site.body.listed:
        return messages(page, profile, framed)
    return [(f"- [{title}]({url})", True) for title, url in _pairs(page.text, key)]


def _pairs(text: str, key: str) -> list[tuple[str, str]]:
    try:
        found = values_in(text).get(key, ())
    except FrontMatterFault:
        return []
    rows = [{name: getattr(one, "text", "") for name, one in row.items()}
            for row in found if isinstance(row, dict)]  # fmt: skip
    return [(row.get("title") or row.get("name") or "", row.get("url") or row.get("link") or "")
            for row in rows]  # fmt: skip


def _links(real: str, made: str, key: str) -> tuple[int, int, list[str]]:
    wanted, found = Counter(_pairs(real, key)), Counter(_pairs(made, key))
    missing = wanted - found
    return wanted.total(), wanted.total() - missing.total(), [f"{t} {u}" for t, u in missing]


async def site(folder: Path, *, verbose: bool) -> tuple[int, int] | None:
    """Replay the newest episodes of a site, and print how that went."""
    new = learned(
        listed(folder), reader(folder), {}, show=None, language="en", place=str(folder)
    )  # fmt: skip
    if new is None or new.site.body.markup != "markdown":
        return None
    profile = load(new.settings, new.template)
    count = same = 0
    left: list[str] = []
    async with TemplateWorker() as worker:
        pairs = [pair for pair in zip(new.site.pages, new.site.known, strict=True)
                 if not pair[0].is_broken]  # fmt: skip
        for page, context in pairs[:EPISODES]:
            lines, kept, others = await replayed(new, profile, page, context, worker)
            count, same, left = count + lines, same + kept, left + others
    print(f"{folder.name:16} {same:5} of {count:5} lines  {100 * same / max(count, 1):5.1f} %")
    for line in left if verbose else ():
        print(f"      {line[:120]}")
    return count, same


def main(checkouts: Path, names: list[str]) -> None:
    """Print a line for each site, and the whole."""
    totals = [
        found
        for folder in sorted(checkouts.iterdir())
        if not names or folder.name in names
        if (found := asyncio.run(site(folder, verbose=bool(names))))
    ]
    lines, same = (sum(column) for column in zip(*totals, strict=True))
    shares = [one[1] / max(one[0], 1) for one in totals]
    print(f"all: {100 * same / lines:.1f} % of lines; mean of sites "
          f"{100 * sum(shares) / len(shares):.1f} %")  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
