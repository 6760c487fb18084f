"""From a message in plain Markdown to what it gives: docs/chat-grammar.md, sections 1 to 3.

Headings, links and bullets are kept; talk is not, unless it stands right under a link or a host
marked the message with 📝. Any text is taken, in time that grows with its length.
"""

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.core.grammar.guest import harmless, harmless_note
from bot.core.grammar.line import is_prose, label_in, read_line, with_labels
from bot.core.grammar.secrets import (
    SHIPPED_IGNORE,
    carries_secret,
    host_as_written,
    may_carry_secret,
)
from bot.core.model import Block, Bullet, Heading, Line, Link, Note, Paragraph, Verbatim
from bot.core.urls import canonical, url_end

KEEP = "📝"
LEAVE_OUT = "🚫"
OFF_RECORD = "🔒"
MARKS = frozenset({KEEP, LEAVE_OUT, OFF_RECORD})
OF_AUTHORS = frozenset({LEAVE_OUT, OFF_RECORD})
"""The marks that whoever wrote a message may always put on it, host or not."""


def _nothing() -> Callable[[str], object]:
    return lambda _: False


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site's profile says about reading its hosts' messages.

    `ignoring` gives, for each message, what is asked of every address whether it is talk, beside
    those that are talk on any site. With `item_times`, a time before an item is a part of it.
    """

    around_links: Literal["labels", "keep"] = "labels"
    item_times: bool = False
    ignoring: Callable[[], Callable[[str], object]] = _nothing

    @property
    def is_quick(self) -> bool:
        """Whether no expressions of a profile are asked, which may take their time."""
        return self.ignoring is _nothing

    def ignores(self, link: Link) -> bool:
        """Return whether an address is talk."""
        return self.for_message()(link)

    def for_message(self) -> Callable[[Link], bool]:
        """Return what tells of the links of one message whether they are talk."""
        ignored = self.ignoring()
        return lambda link: bool(SHIPPED_IGNORE.match(link.url) or ignored(link.url))


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a message gives, and the hosts of the addresses left out because of a secret."""

    blocks: tuple[Block, ...] = ()
    secrets: tuple[str, ...] = ()


_DEFAULT = Rules()
_NOTHING = Parsed()


def parse(
    text: str, rules: Rules = _DEFAULT, *, marked: bool = False, guest: bool = False
) -> Parsed:
    """Read a message; `marked` says that a host wants all of it kept (📝).

    What a `guest` wrote, who is no host, gives words and links alone: no fence, HTML or Liquid.
    """
    text = _tidy(text)
    if not marked and "://" not in text and not _MAY_GIVE.search(text):
        return _NOTHING
    if _ONE_LINK.match(text) and not may_carry_secret(text):
        link = Link(text, canonical(text))
        if not marked and rules.ignores(link):
            return _NOTHING
        return Parsed((Bullet((link,)),))
    lines, secrets = _without_secrets(text)
    blocks = _Reader(rules, marked=marked, guest=guest).read(lines)
    return Parsed(tuple(map(harmless, blocks)) if guest else blocks, secrets)


def parse_note(text: str, *, guest: bool = False) -> tuple[Note, ...]:
    """Read lines as they would be read below an item typed without a bullet; all are notes.

    No rule makes talk of what a host says of an item and means to be kept; lines with a secret
    are left out all the same.
    """
    item = _Item((), 0, bullet=False)
    for line in _without_secrets(_tidy(text))[0]:
        if line and not line.isspace():
            shape = _shape(line)
            item.note(shape, line, read_line(_content(shape, line)))
    return tuple(map(harmless_note, item.notes)) if guest else tuple(item.notes)


def redact(text: str) -> str:
    """Return a message as it may be kept: with a blank line for each line with a secret address."""
    return "\n".join(_without_secrets(_tidy(text))[0])


def without_secrets(text: str) -> str:
    """Return a message as it may be shown: of each secret address, only its host.

    What is left of the address still counts as one with a secret.
    """
    tidy = _tidy(text)
    if not may_carry_secret(tidy):
        return text
    return _ADDRESS.sub(lambda url: _host_alone(url) if carries_secret(url[0]) else url[0], tidy)


def secrets_in(text: str) -> tuple[str, ...]:
    """Return the hosts of the addresses in a text that carry a secret."""
    return _without_secrets(_tidy(text))[1]


def label_of(content: Bullet) -> tuple[Note, ...]:
    """Return the label of a link line as a note, for an item that has its link already."""
    label = label_in(content.line)
    return (Note("text", 0, (label,)),) if label else ()


# --- lines -------------------------------------------------------------------------------------

# Control characters and half characters, which neither a file nor a database holds.
_UNTIDY = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ADDRESS = re.compile(r"[Hh][Tt][Tt][Pp][Ss]?://\S+")
_SHOWN = re.compile(r"https://\*{3}:\*{3}@[^/?#\s]*/")  # by `without_secrets`
# What no secret goes on with: what closes a link or a sentence, and words in another script.
_BEHIND = re.compile(r"[\])}>,.:;!?'\"*~_`|]*(?:[^\x00-\x7f]\S*)?")
_LONGEST_HOST = 100
# By far the most common message: an address whose end needs no thought.
_ONE_LINK = re.compile(r"https?://[A-Za-z0-9][\w./%+-]*[\w/]\Z", re.ASCII)

_MAY_GIVE = re.compile(
    r"(?:\A|\n)[^\S\n]*+(?:[#＃]{1,4}\s|[#＃]{0,3}＃|[-*]\s|\d{1,3}[.)]\s|[•・]|```)"
)
_SHAPE = re.compile(
    r"""
    (?P<indent> \s*+ )
    (?: (?P<heading> [#＃]{1,4}+ ) (?: \s++ | (?<=＃) (?![#＃]) ) (?=\S)
      | (?P<bullet> (?: [-*] | \d{1,3} [.)] ) \s++ | [•・] (?![•・]) \s*+ ) (?=\S)
      | (?P<quote> [>＞] )
      | (?P<mention> @ (?=\w) )
    )?
    """,
    re.VERBOSE,
)
_FENCE = re.compile(r"\s*+(`{3,})([^`]*)\Z")
_VERBATIM = frozenset({"md", "html"})
_DEEPEST_HEADING = 3  # blanks before a `#`, as in Markdown
_BLANK_BULLETS = frozenset("-*•・")
_NOTHING_SEEN = re.compile(
    r"[\s\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe0e\ufe0f"
    r"\ufeff\uffa0]+"
)
"""Blanks, and characters that show nothing, which come with what is pasted."""


def _tidy(text: str) -> str:
    """Make line feeds of all line breaks, and spaces of what is no text."""
    if text.replace("\n", "").isprintable():
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNTIDY.sub(_blank, text)


def _blank(found: re.Match[str]) -> str:
    return "\ufffd" if found[0] >= "\ud800" else " "


def _host_alone(url: re.Match[str]) -> str:
    """Return what may be shown of a secret address, with the words right behind it."""
    shown = _SHOWN.match(url[0])
    end = url.start() + shown.end() if shown else url_end(url.string, url.start())
    head, found = url.string[url.start() : end], _BEHIND.match(url.string, end, url.end())
    behind = found[0] if found and carries_secret(head) else ""
    shown_behind = "" if may_carry_secret(behind) else behind
    return f"https://***:***@{host_as_written(url[0])}/{shown_behind}"


def _without_secrets(text: str) -> tuple[list[str], tuple[str, ...]]:
    """Return the lines, blank where they held a secret address, and those addresses' hosts."""
    lines = text.split("\n")
    hosts: dict[str, None] = {}
    for number, line in enumerate(lines):
        if "://" in line:
            urls = _ADDRESS.findall(line)
            if may_carry_secret(" ".join(urls)) and (secret := list(filter(carries_secret, urls))):
                hosts |= dict.fromkeys(host_as_written(url)[:_LONGEST_HOST] for url in secret)
                lines[number] = ""
    return lines, tuple(hosts)


def _shape(line: str) -> re.Match[str]:
    shape = _SHAPE.match(line)
    assert shape is not None  # noqa: S101 - every part of it may be empty
    return shape


def _content(shape: re.Match[str], typed: str) -> str:
    """Return a line without white space around it, and without its bullet."""
    return (typed[shape.end() :] if shape.lastgroup == "bullet" else typed).strip()


def _links(line: Line) -> list[Link]:
    return [part for part in line if isinstance(part, Link)]


def _width(shape: re.Match[str]) -> int:
    """Return the columns that a line is indented by; a full-width space is two."""
    indent = shape["indent"]
    return len(indent.expandtabs(4)) + indent.count("\u3000") if indent else 0


class _Item:
    """A bullet of the draft that still takes notes."""

    __slots__ = ("_columns", "_levels", "_open", "bullet", "indent", "line", "notes")

    def __init__(self, line: Line, indent: int, *, bullet: bool) -> None:
        self.line = line
        self.indent = indent
        self.bullet = bullet
        self.notes: list[Note] = []
        self._open: list[int] = []  # columns at which lines were typed, each deeper than the last
        self._columns: list[int] = []  # those of them that are bullets
        self._levels: list[int] = []  # and the levels of these

    def note(self, shape: re.Match[str], typed: str, line: Line) -> None:
        """Add a line below: its shape, as it was typed, and what its content is."""
        width = _width(shape)
        if shape.lastgroup == "bullet":
            self.notes.append(Note("bullet", self._nest(width), line))
        elif shape.lastgroup == "quote":
            said = typed[shape.end() :]
            tight = not said[:1].isspace()
            self.notes.append(Note("quote", self._under(width), read_line(said.strip()), tight))
        else:
            self.notes.append(Note("text", self._under(width), line))

    def _nest(self, width: int) -> int:
        """Return the level of a bullet: one more with each deeper column."""
        while self._open and self._open[-1] >= width:
            self._open.pop()
        while self._columns and self._columns[-1] >= width:
            self._columns.pop()
            self._levels.pop()
        self._open.append(width)
        self._columns.append(width)
        self._levels.append(len(self._open))
        return len(self._open)

    def _under(self, width: int) -> int:
        """Return the level of the deepest bullet that text is indented under, or typed below."""
        deepest = bisect_left(self._columns, width)
        if deepest:
            level = self._levels[deepest - 1]
        else:
            level = self._levels[-1] if self._levels and width <= self.indent else 0
        # Bullets that are indented under this text are a level deeper than its column.
        if (width > self.indent or not self.bullet) and (not self._open or width > self._open[-1]):
            self._open.append(width)
        return level


class _Reader:
    """Reads the lines of one message."""

    def __init__(self, rules: Rules, *, marked: bool, guest: bool) -> None:
        self._rules = rules
        self._is_talk = rules.for_message()
        self._guest = guest
        self._marked = marked
        self._blocks: list[Block] = []
        self._item: _Item | None = None
        self._talk: list[Line] = []
        self._unclosed = 0  # a fence of so many backticks is not closed any more

    def read(self, lines: list[str]) -> tuple[Block, ...]:
        at = 0
        while at < len(lines):
            line = lines[at]
            at += 1
            if not line or line.isspace():
                self._end()
            elif not self._guest and "```" in line and (fence := _FENCE.match(line)) is not None:
                at = self._fence(fence, lines, at)
            else:
                self._line(line)
        self._end()
        return tuple(self._blocks)

    def _end(self) -> None:
        """Finish the item or paragraph that is open."""
        if self._item is not None:
            self._blocks.append(Bullet(self._item.line, tuple(self._item.notes)))
            self._item = None
        elif self._talk:
            self._blocks.append(Paragraph(tuple(self._talk)))
            self._talk = []

    def _say(self, content: str) -> None:
        """Take a line for talk, which ends an item, and is kept in a marked message alone."""
        if self._item is not None:
            self._end()
        if self._marked:
            self._talk.append(read_line(content))

    def _line(self, typed: str) -> None:
        """Read a line that is neither blank nor a fence."""
        shape = _shape(typed)
        kind = shape.lastgroup
        if kind == "mention":
            return self._say(typed.strip())
        if kind == "heading" and _width(shape) <= _DEEPEST_HEADING:
            return self._heading(shape["heading"], typed[shape.end() :].strip(), typed)
        content = _content(shape, typed)
        if content in _BLANK_BULLETS or _NOTHING_SEEN.fullmatch(content):
            return None
        line = read_line(content)
        links = _links(line) if "://" in content else []
        if links and self._ignored(links):
            return self._say(typed.strip())
        if self._item is not None and self._belongs(shape, linked=bool(links)):
            return self._item.note(shape, typed, line)
        if kind != "bullet" and (not links or (self._marked and is_prose(line))):
            return self._say(content)
        self._end()
        if self._rules.item_times:
            line = self._timed(line, has_links=bool(links))
        elif links and self._drops_words:
            line = with_labels(line)
        self._item = _Item(line, _width(shape), bullet=kind == "bullet")
        return None

    @property
    def _drops_words(self) -> bool:
        return self._rules.around_links == "labels" and not self._marked

    def _timed(self, line: Line, *, has_links: bool) -> Line:
        """Return what stays of a line with a time before it."""
        # Loaded here because few sites have times at items.
        from bot.core.grammar.item_time import split_line_time, with_line_time

        time, line = split_line_time(line)
        return with_line_time(time, with_labels(line) if has_links and self._drops_words else line)

    def _belongs(self, shape: re.Match[str], *, linked: bool) -> bool:
        """Return whether a line is a note of the item above it."""
        item = self._item
        assert item is not None  # noqa: S101 - the caller looked
        if shape.lastgroup == "bullet":
            return not item.bullet or _width(shape) > item.indent
        return not linked or shape.lastgroup == "quote" or _width(shape) > item.indent

    def _heading(self, hashes: str, name: str, typed: str) -> None:
        is_empty = _NOTHING_SEEN.fullmatch(name) is not None
        if is_empty or ("://" in name and self._ignored(_links(read_line(name)))):
            return self._say(typed.strip())
        self._end()
        self._blocks.append(Heading("subtopic" if len(hashes) == 4 else "topic", name))
        return None

    def _ignored(self, links: list[Link]) -> bool:
        return not self._marked and any(map(self._is_talk, links))

    def _fence(self, fence: re.Match[str], lines: list[str], at: int) -> int:
        """Read a fence whose first line is `lines[at - 1]`; return where to go on.

        One that nothing closes goes to the end if it is verbatim; any other is no fence at all,
        so that what was typed below it is not lost.
        """
        ticks, verbatim = fence[1], fence[2].strip().lower() in _VERBATIM
        end = self._closing(ticks, lines, at)
        if end is None and not verbatim:
            self._line(lines[at - 1])
            return at
        self._end()
        if end is None:
            self._verbatim(lines[at:])
            return len(lines)
        if verbatim:
            last = lines[end].rstrip().rstrip("`")
            self._verbatim([*lines[at:end], *([last] if last.strip() else [])])
        elif self._marked:
            self._verbatim(lines[at - 1 : end + 1])
        return end + 1

    def _closing(self, ticks: str, lines: list[str], at: int) -> int | None:
        """Return the line that closes a fence, at its end."""
        if self._unclosed and len(ticks) >= self._unclosed:
            return None
        for number in range(at, len(lines)):
            if lines[number].rstrip().endswith(ticks):
                return number
        self._unclosed = len(ticks)
        return None

    def _verbatim(self, lines: list[str]) -> None:
        text = "\n".join(lines)
        if text and not text.isspace():
            self._blocks.append(Verbatim(text))
