"""How the body of a draft is laid out (docs/chat-grammar.md, sections 2, 3 and 7)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core import urls
from bot.core.chapters.heading_time import HeadingTime
from bot.core.document.definitions import only_defines
from bot.core.document.hard_break import with_break
from bot.core.document.list_marks import ITEM_MARK, ItemMark, item_mark, remarked
from bot.core.document.nesting import is_code
from bot.core.grammar.topic_name import split_time
from bot.core.model import (
    Bullet,
    Episode,
    Found,
    Item,
    Line,
    Link,
    Note,
    Paragraph,
    Topic,
    Verbatim,
    Written,
)
from bot.core.profile.profile import Profile
from bot.core.render import escape
from bot.core.render.mdx import mdx, paragraph_start

_MARK = re.compile(rf" *{ITEM_MARK} {{1,4}}(?=\S)")
_BREAK = re.compile(r"\s*\n\s*")
_NOTHING = Found()


@dataclass(frozen=True, slots=True)
class Body:
    """The topics laid out, without a newline at the end.

    `lines` has an entry for each line of `text`: the id of the item, or of the topic for a
    heading; None for the blank lines between them. `untitled` are the links without a title.
    `lead` counts the lines before the first link, bullet or heading: words, for the most part.
    """

    text: str
    lines: tuple[str | None, ...]
    untitled: tuple[Link, ...]
    lead: int = 0

    @property
    def parts(self) -> tuple[str, str]:
        """The lead, and all else, for templates that put something between them."""
        lines = self.text.split("\n")
        return "\n".join(lines[: self.lead]), "\n".join(lines[self.lead :]).lstrip("\n")


@dataclass(slots=True)
class Writer:
    """What is written so far: lines, whose they are, and what is known of the links."""

    found: Mapping[str, Found]
    profile: Profile
    lines: list[str] = field(default_factory=list)
    owners: list[str | None] = field(default_factory=list)
    untitled: dict[str, Link] = field(default_factory=dict)
    in_list: bool = False
    count: int = 0
    theirs: tuple[ItemMark, int] | None = None
    """How people began the bullet above, where that is not the profile's way, and since when."""
    embeds: bool = True
    """Whether any link may have an embed; where none has, none is looked for, item by item."""
    is_mdx: bool = field(init=False)
    _bullet: str | None = field(init=False)
    _kind: tuple[str, str, str] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.is_mdx = self.profile.is_mdx
        self._bullet = self.profile.list_style.bullet

    def add(self, owner: str | None, *lines: str) -> None:
        """Write lines."""
        self.lines += lines
        self.owners += [owner] * len(lines)

    @property
    def kind(self) -> tuple[str, str, str] | None:
        """The kind of mark that the profile's items have."""
        if self._kind is None and (mark := item_mark(f"{self.profile.list_style.mark(1)}x")):
            self._kind = mark.kind
        return self._kind

    def blank(self) -> None:
        """Write the blank line between two blocks, if there is a block before."""
        if self.lines:
            self.add(None, "")

    def mark(self) -> str:
        """Return the mark of the next item of a list; numbers count on."""
        if self._bullet is not None:
            return self._bullet
        self.count = self.count + 1 if self.in_list else 1
        return self.profile.list_style.mark(self.count)

    def numbered(self, line: str, *, counted: bool) -> str:
        """Return a line of people's with its number, by which the next ones are counted on."""
        if self._bullet is not None:
            return line
        mark = item_mark(line)
        if mark is None or not mark.bullet[0].isdigit():
            return line
        self.count = self.count + 1 if self.in_list else 1
        if not counted:
            self.count = int(mark.bullet[:-1])
            return line
        number = f"{self.count}{mark.bullet[-1]}"
        return f"{mark.indent}{number}{mark.gap}{line[mark.column :]}"

    def follow(self, start: int, at: int, listed: Sequence[str] = ()) -> None:
        """Have a bullet of a time, from line `start` on, look like the one of people's above it.

        What stood below that when people wrote it has the mark that they left it. `listed` are its
        lines as they stood in people's list, if they changed them there: so they stand again.
        """
        theirs = self.theirs
        lines = listed or self.lines[start:]
        mark = item_mark(lines[0])
        if theirs is None or mark is None or at <= theirs[1]:
            self.theirs = None
            return
        wanted = theirs[0]
        if wanted.bullet[0].isdigit():
            wanted = wanted._replace(bullet=f"{int(wanted.bullet[:-1]) + 1}{wanted.bullet[-1]}")
        self.lines[start:] = remarked(lines, mark, wanted)
        self.theirs = wanted, theirs[1]

    def break_line(self) -> None:
        """End the last line with a hard break, which people may have put there."""
        self.lines[-1] = with_break(self.lines[-1])


def body(episode: Episode, found: Mapping[str, Found], profile: Profile) -> Body:
    """Lay out an episode's topics; `found` says what is written for a link, by its address."""
    writer = Writer(found, profile, embeds=any(known.embed for known in found.values()))
    lead, in_lead = 0, True
    for topic in episode.topics:
        for level, section in zip(
            (profile.headings[0], *[profile.headings[1]] * len(topic.subtopics)),
            (topic, *topic.subtopics),
            strict=True,
        ):
            if section.name:
                _heading(section, level, writer)
                in_lead = False
            for item in section.items:
                in_lead = in_lead and _is_words(item)
                _item(item, writer)
                lead = len(writer.lines) if in_lead else lead
    untitled = tuple(writer.untitled.values())
    return Body("\n".join(writer.lines), tuple(writer.owners), untitled, lead)


def _is_words(item: Item) -> bool:
    """Return whether an item is neither a link nor a bullet."""
    content = item.content
    return not (content.bullet if isinstance(content, Written) else isinstance(content, Bullet))


def _heading(topic: Topic, level: int, writer: Writer) -> None:
    shown = topic.name
    time, title = split_time(topic.name)
    if time and writer.profile.times != HeadingTime():
        shown = writer.profile.times.join(time.strip(), title)
    name = escape.host(shown, keep_liquid=writer.profile.keep_liquid, pipes=False).strip()
    if writer.is_mdx:
        name = mdx(name)
    if name.endswith("#"):
        name = name[:-1] + "\\#"  # else it is taken for the heading's closing mark
    writer.blank()
    writer.add(topic.id, f"{'#' * level} {name}")
    writer.in_list = False
    writer.theirs = None


def _item(item: Item, writer: Writer) -> None:
    content = item.content
    if isinstance(content, Bullet):
        _bullet(item, content, writer)
    elif isinstance(content, Paragraph):
        _paragraph(item.id, content, writer)
    elif isinstance(content, Written):
        _written(item, content, writer)
    else:
        _verbatim(item.id, content, writer)


def item_text(item: Item, found: Mapping[str, Found], profile: Profile) -> str:
    """Return the lines of one item, as they stand in the draft."""
    writer = Writer(found, profile)
    _item(item, writer)
    return "\n".join(writer.lines)


def noted_text(
    text: str, notes: Iterable[Note], found: Mapping[str, Found], profile: Profile
) -> str:
    """Return the lines of a bullet with notes below those that it has, before its embed."""
    lines = text.split("\n")
    end = next((n for n in range(1, len(lines)) if _ends_bullet(lines, n)), len(lines))
    writer = Writer(found, profile, lines=lines[:end])
    # Right behind a quotation, or a bullet below this one, it would go on with the words of that.
    inner = lines[max(1, _last_block(lines, end)) : end]
    apart = inner and (inner[-1].lstrip().startswith(">") or any(map(_MARK.match, inner)))
    _notes("", notes, writer, previous=Note("quote", 1, ()) if apart else None)
    above, new = writer.lines[:end], writer.lines[end:]
    more = " " * _further_in(above, len(profile.list_style.column(1)))
    return "\n".join([*above, *(more + line if line else line for line in new), *lines[end:]])


def _further_in(bullet: Sequence[str], column: int) -> int:
    """Return how much further in than usual a bullet's words stand: people may have numbered it.

    Where its notes stand less far in than its words, the next one stands with them.
    """
    mark = _MARK.match(bullet[0])
    insides = [len(line) - len(line.lstrip()) for line in bullet[1:]]
    inside = min([mark.end() if mark else column, *(one for one in insides if one)])
    return max(0, inside - column)


def _last_block(lines: Sequence[str], end: int) -> int:
    """Return where what stands before a line without a blank line between begins."""
    return next((at for at in range(end, 0, -1) if not lines[at - 1].strip()), 0)


def _ends_bullet(lines: Sequence[str], number: int) -> bool:
    """Return whether a bullet ends before this line: it is blank, and another block follows."""
    if lines[number].strip():
        return False
    below = next((line for line in lines[number:] if line.strip()), "")
    return not below[:1].isspace()


def _written(item: Item, written: Written, writer: Writer) -> None:
    """Write a piece of the file as people left it."""
    lines = written.text.split("\n")
    if not written.text.strip():
        return
    is_bullet = written.bullet and (writer.in_list or not is_code(lines[0]))
    if not (is_bullet and writer.in_list):
        writer.blank()
    first = writer.numbered(lines[0], counted=written.counted)
    writer.add(item.id, first, *lines[1:])
    mark = item_mark(first) if is_bullet else None
    if mark is not None and written.listed is not None and writer.theirs is not None:
        writer.follow(len(writer.lines) - len(lines), item.at, written.listed.split("\n"))
    elif mark is not None and written.listed is None:
        since = item.at if written.since is None else written.since
        if (above := writer.theirs) is not None and above[0].kind == mark.kind:
            since = min(since, above[1])  # it went on with those before people wrote it
        writer.theirs = None if mark.kind == writer.kind else (mark, since)
    for link in written.links:
        # It waits for its title still, unless it is what a link by reference leads to.
        if link.title is None and link.quiet and not only_defines(written.text):
            writer.untitled.setdefault(link.url, link)
    is_one = not any(_ends_bullet(lines, number) for number in range(1, len(lines)))
    writer.in_list = is_bullet and is_one


def _bullet(item: Item, bullet: Bullet, writer: Writer) -> None:
    owner = item.id
    text = _text(bullet.line, writer)
    if (times := writer.profile.item_times) is not None:
        text = _timed(text, times)
    if not text and not bullet.notes:
        return
    if not writer.in_list:
        writer.blank()
    start = len(writer.lines)
    shown = text or "&nbsp;"  # a lone dash would underline what stands above
    mark = writer.mark()
    if "\n" in shown:
        writer.add(owner, *_lines(mark, shown, writer.profile.list_style.column(1)))
    else:
        writer.lines.append(f"{mark}{shown}".rstrip())
        writer.owners.append(owner)
    if bullet.notes:
        _notes(owner, bullet.notes, writer)
    if writer.theirs is not None:
        writer.follow(start, item.at)
    embed = _embed(bullet, writer) if writer.embeds else None
    if embed:
        # The blank line belongs to the item, which so stays in one piece.
        writer.add(owner, "", *embed.split("\n"))
    writer.in_list = not embed


def _timed(text: str, times: HeadingTime) -> str:
    """Return an item with its time as the site writes it."""
    time, title = split_time(text)
    return times.join(time.strip(), title) if time else text


def _embed(bullet: Bullet, writer: Writer) -> str | None:
    links = bullet.links
    if len(links) != 1 or links[0].quiet:
        return None
    return writer.found.get(links[0].url, _NOTHING).embed


def _notes(
    owner: str, notes: Iterable[Note], writer: Writer, *, previous: Note | None = None
) -> None:
    """Write notes below an item, of which `previous` stands there already."""
    for note in notes:
        _note(owner, note, previous, writer)
        previous = note


def _note(owner: str, note: Note, previous: Note | None, writer: Writer) -> None:
    behind_quote = previous is not None and previous.kind == "quote"
    style = writer.profile.list_style
    column = style.column(note.level + 1)
    if note.kind == "quote":
        mark = ">" if note.tight else "> "
        if not behind_quote:
            writer.break_line()
        text = _text(note.line, writer, first=None)
        writer.add(owner, *_lines(column + mark, text, column + mark))
    elif note.kind == "bullet":
        text = _text(note.line, writer) or "&nbsp;"
        mark = f"{style.column(note.level)}{style.nested_mark(1)}"
        writer.add(owner, *_lines(mark, text, column))
    else:
        text = _text(note.line, writer, first=behind_quote) or "&nbsp;"
        if behind_quote:
            writer.add(owner, "")
        else:
            writer.break_line()
        writer.add(owner, *_lines(column, text, column))


def _paragraph(owner: str, paragraph: Paragraph, writer: Writer) -> None:
    """Write talk with its line breaks; what follows a quotation does not become part of it."""
    begun = quoted = False
    for line in paragraph.lines:
        quotes = bool(line) and isinstance(line[0], str) and line[0].lstrip().startswith(">")
        text = _text(line, writer, first=None if quotes else not begun or quoted)
        if not text:
            continue
        if not begun:
            text = paragraph_start(text) if writer.is_mdx else text
            writer.blank()
        elif quoted and not quotes:
            writer.add(owner, "")
        elif not quoted:
            writer.break_line()
        writer.add(owner, *text.split("\n"))
        begun, quoted = True, quotes
        writer.in_list = False


def _verbatim(owner: str, verbatim: Verbatim, writer: Writer) -> None:
    text = escape.liquid(escape.writable(verbatim.text), keep=writer.profile.keep_liquid)
    if not (text := text.strip("\n")):
        return
    writer.blank()
    writer.add(owner, *text.split("\n"))
    writer.in_list = False


def _lines(mark: str, text: str, column: str) -> list[str]:
    """Return the lines of a piece: the first behind its mark, the others at its column."""
    if "\n" not in text:
        return [f"{mark}{text}".rstrip()]
    first, *others = text.split("\n")
    return [f"{mark}{first}".rstrip(), *(f"{column}{other}".rstrip() for other in others)]


def _text(line: Line, writer: Writer, *, first: bool | None = True) -> str:
    """Return a line as Markdown; `first` tells whether it begins its block (None: a quotation)."""
    if len(line) == 1 and isinstance(line[0], Link):
        return shown_link(line[0], writer)
    shown: list[str] = []
    for part in line:
        if isinstance(part, Link):
            if shown:
                shown[-1] = _before_link(shown[-1])
            shown.append(shown_link(part, writer))
        else:
            keep, pipes = writer.profile.keep_liquid, not writer.profile.keep_pipes
            shown.append(escape.host(part, keep_liquid=keep, pipes=pipes, frames=True))
    text = _BREAK.sub("\n", "".join(shown).strip())
    if writer.is_mdx:
        text = mdx(text)
    return text if first is None else escape.line_start(text, first=first)


def _before_link(text: str) -> str:
    """Keep what stands before a link from making an image, or plain text, of it."""
    bare = text.removesuffix("!")
    is_escaped = (len(bare) - len(bare.rstrip("\\"))) % 2 == 1
    if bare == text:
        return text + "\\" if is_escaped else text
    return text if is_escaped else bare + "\\!"


def shown_link(link: Link, writer: Writer) -> str:
    """Return a link as Markdown: with its host's title, the one that was found, or none."""
    shown = _shown_link(link, writer)
    return mdx(shown) if writer.is_mdx else shown


def _shown_link(link: Link, writer: Writer) -> str:
    profile = writer.profile
    url = escape.address(urls.clean(link.url) if profile.clean_urls else link.url)
    title = writer.found.get(link.url, _NOTHING).title
    if link.title is not None:
        shown = escape.host_title(link.title, keep_liquid=profile.keep_liquid)
    elif title is None:
        writer.untitled.setdefault(link.url, link)
        return f"[{escape.title(url)}]({url})" if writer.is_mdx else f"<{url}>"
    else:
        shown = escape.title(title)
    if profile.keep_pipes:
        shown = shown.replace("\\|", "|")
    behind = f' "{escape.link_title(shown)}"' if profile.link_titles else ""
    return f"[{shown}]({url}{behind})"
