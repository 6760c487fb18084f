"""An episode's file as lines of which each may be left out, with what depends on it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.core.document.list_marks import item_start, split_marks
from bot.core.document.pieces import Piece, read
from bot.core.grammar.topic_name import split_time
from bot.core.profile.expression import Expression
from bot.core.profile.notes_rules import NotesRules
from bot.core.profile.profile import Profile

Kind = Literal["heading", "prose", "quote", "note", "text", "provider", "link"]

_LIQUID = re.compile(r"[ \t]*(?:\{%.*?%\}|\{\{.*?\}\})")
_ATTRIBUTES = re.compile(r"\s*\{[:#][^{}]*\}[ \t]*$")
_LINK = re.compile(r"\[[^\]\n]*\]?.*?\]\(|<https?://|https?://")
_HTML = re.compile(r"\s*</?[A-Za-z!][^>]*>")
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A line of the notes, or the lines of a block that is left out as a whole.

    `parent` is the place of the bullet that it belongs to, -1 if there is none; `level` is how deep
    it is nested, of a heading its Markdown level. `is_first` tells of a link whether it is the
    first below its heading, `is_standing` that the site's template gives every episode its section.
    """

    kind: Kind
    text: str
    level: int = 0
    parent: int = -1
    is_bullet: bool = False
    is_first: bool = False
    is_standing: bool = False


def note_lines(text: str, profile: Profile) -> list[NoteLine]:
    """Return the lines of an episode's file that short notes may hold, in order.

    Left out are front matter, embeds and other HTML, Liquid, and the sections of `leave_out`.
    Sections that the template of the profile's drafts writes itself are standing ones.
    """
    rules = profile.notes
    lines: list[NoteLine] = []
    for piece in _shown(read(text), rules):
        if piece.kind == "heading":
            changed = _changed(piece.text.rstrip("\r\n"), rules)
            lines += [NoteLine("heading", line, piece.level) for line in [changed] if line]
        elif piece.kind == "item" and not _FENCE.search(piece.text):
            _add_item(lines, piece, rules)
        else:
            lines += _block(piece, rules)
    return _marked(lines, standing_titles(profile.draft_template.source), provider_titles(profile))


def _shown(pieces: Sequence[Piece], rules: NotesRules) -> Iterator[Piece]:
    """Yield the pieces that are not left out: a section ends at a heading of its own level."""
    left_out = 0
    for piece in pieces:
        if piece.kind == "heading":
            if left_out and piece.level <= left_out:
                left_out = 0
            title = piece.title
            if not left_out and any(one.search(title) for one in rules.leave_out):
                left_out = piece.level
        if not left_out and piece.kind in ("heading", "item", "block"):
            yield piece


def _add_item(lines: list[NoteLine], piece: Piece, rules: NotesRules) -> None:
    """Add an item: its bullet, and the bullets, notes and quotations below it."""
    above: list[tuple[int, int]] = []  # the bullets around, with their indents, from the outermost
    for line in _joined(piece.text):
        indent = len(line) - len(line.lstrip())
        changed = _changed(line, rules)
        if _HTML.match(line) or not split_marks(changed)[1]:
            continue
        is_bullet = item_start(line) > 0
        while above and above[-1][0] >= indent and is_bullet:
            above.pop()
        parent = above[-1][1] if above else -1
        level = len(above)
        if is_bullet:
            above.append((indent, len(lines)))
        kind: Kind = "link" if _LINK.search(changed) else "text" if is_bullet else "note"
        if not is_bullet and changed.lstrip().startswith(">"):
            kind = "quote"
        lines.append(NoteLine(kind, changed, level, parent, is_bullet))


def _joined(text: str) -> Iterator[str]:
    """Yield the lines of an item; a link that was broken in the middle is one line again."""
    held = ""
    for line in text.rstrip().splitlines():
        if held and line.startswith("]("):
            held += line
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _block(piece: Piece, rules: NotesRules) -> Iterator[NoteLine]:
    """Yield a block as one: prose, a quotation, a table or a fence."""
    shown = piece.text.strip("\r\n").splitlines()
    if piece.kind == "block" and not _FENCE.match(piece.text):
        shown = [line for one in shown if (line := _changed(one, rules)).strip()]
    if not any(line.strip() for line in shown) or all(_HTML.fullmatch(line) for line in shown):
        return
    kind: Kind = "quote" if shown[0].lstrip().startswith(">") else "prose"
    yield NoteLine(kind, "\n".join(shown))


def _changed(line: str, rules: NotesRules) -> str:
    """Return a line without Liquid, and as the profile's rules change it."""
    changed = _ATTRIBUTES.sub("", _LIQUID.sub("", line)) if "{" in line else line
    for rule in rules.lines:
        changed = rule.match.sub(rule.replace, changed)
    return changed.replace("\n", " ")


def standing_titles(template: str) -> set[str]:
    """Return the headings that a template writes as they are."""
    found = re.findall(r"^#{1,6}[ \t]+(.+?)[ \t]*$", template, re.MULTILINE)
    return {title for title in found if "{" not in title}


def provider_titles(profile: Profile) -> list[Expression]:
    """Return what the titles look like that the profile makes of providers' answers.

    Such a title repeats at length what an embed shows; a host's own title of the link does not.
    """
    made = []
    for title in (embed.title for embed in profile.embeds if embed.title):
        words = re.split(r"\{\{.*?\}\}|\{%.*?%\}", title.source.strip(), flags=re.DOTALL)
        if "".join(words).strip():
            pattern = ".*".join(map(re.escape, words))
            made.append(Expression(pattern, "title", title.file, title.line))
    return made


def _marked(
    lines: Sequence[NoteLine], standing: set[str], providers: Sequence[Expression]
) -> list[NoteLine]:
    """Mark the first link below each heading, providers' titles, and standing sections."""
    marked = []
    waits, is_standing = True, False
    for line in lines:
        kind = line.kind
        if kind == "heading":
            waits = True
            is_standing = split_time(line.text.lstrip("# \t"))[1].strip() in standing
        elif kind == "link" and any(one.search(line.text) for one in providers):
            kind = "provider"
        is_first = kind == "link" and waits
        waits = waits and not is_first
        marked.append(replace(line, kind=kind, is_first=is_first, is_standing=is_standing))
    return marked
