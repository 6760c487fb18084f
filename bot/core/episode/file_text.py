"""Items as people left them in the file: one text of what the episode gives and what they wrote.

People's words are kept to the letter; what the chat does to such an item later goes into them.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from bot.core.document.form import unwrapped
from bot.core.document.list_marks import (
    ItemMark,
    behind,
    item_mark,
    item_start,
    split_marks,
)
from bot.core.document.nesting import below
from bot.core.document.sense import Sense, sense_of
from bot.core.document.wrapped_links import with_whole_links
from bot.core.grammar.line import read_line, spans
from bot.core.grammar.message import label_of
from bot.core.merge.lines import merge_lines
from bot.core.model import (
    Bullet,
    Content,
    Episode,
    Item,
    Line,
    Link,
    Note,
    Noted,
    Parted,
    Patch,
    Readdressed,
    Retitled,
    Step,
    Topic,
    Written,
    links_within,
    notes_of,
)
from bot.core.render import escape
from bot.core.urls import fingerprint

Render = Callable[[Item], str]
"""Returns the lines of an item, as its content alone has them."""

Annotate = Callable[[str, Noted], str]
"""Returns the lines of a bullet with notes below them."""


def written(text: str) -> Written:
    """Read a piece of a file."""
    lines = text.split("\n")
    at = next((at for at, line in enumerate(lines) if line.strip()), 0)
    whole, height = unwrapped(lines[at:])
    marks, words = split_marks(whole)
    first = read_line(words)
    # Marks hold no link, so the first line need not be read twice; but a `*` may end an emphasis.
    own = _links_in([whole]) if "*" in marks else _links(first)
    links = (*own, *_links_in(lines[at + height :]))
    return Written(text, item_start(lines[at]) > 0, first, links)


def links_written(text: str) -> tuple[Link, ...]:
    """Return the links of a piece of a file."""
    return tuple(_links_in(text.split("\n")))


def links_now(item: Item, patch: Patch) -> tuple[Link, ...]:
    """Return the links of what people wrote, as far as its message leaves them there.

    Where that was edited since, its own line has another link than the one that people left in it.
    """
    if not (isinstance(item.content, Bullet) and _is_newer(item, patch)):
        return links_written(patch.now)
    says = "".join(part if isinstance(part, str) else _link(part) for part in item.content.line)
    first, before = f"- {says}", (step for step in item.steps if isinstance(step, Patch))
    for one in (*(step for step in before if step != patch), patch):
        was, now = (text.partition("\n")[0] for text in (one.was or first, one.now))
        texts = *_in_kind_of(now, was, first), now
        first, _ = merge_lines(*texts, prefer="theirs", whole=True)
    return links_written("\n".join([first, *patch.now.split("\n")[1:]]))


def _link(link: Link) -> str:
    title, address = link.title, escape.address(link.url)
    return f"<{address}>" if title is None else f"[{escape.host_title(title)}]({address})"


def notes_beside(content: Content, text: str) -> tuple[Note, ...]:
    """Return the notes of what the chat gives that a text of people's for the same has not."""
    if not isinstance(content, Bullet):
        return ()
    there = [read_line(split_marks(line)[1]) for line in text.split("\n")[1:]]
    return tuple(note for note in content.notes if note.line not in there)


def labelled(item: Item) -> tuple[Note, ...]:
    """Return all that the chat says with a link of an item: its label, as a note, and its notes."""
    label = label_of(item.content) if isinstance(item.content, Bullet) else ()
    return (*label, *notes_of(item))


def stand_below(item: Item, notes: tuple[Note, ...]) -> bool:
    """Return whether an item has notes already, in these words and this order.

    The chat gives them, so that they come back where what gave them goes; and what people last
    wrote has them as well, who may have taken them out.
    """
    said, there = ([note.line for note in some] for some in (notes, labelled(item)))
    starts = range(len(there) - len(said) + 1)
    if not any(there[at : at + len(said)] == said for at in starts):
        return False
    patches = [step for step in item.steps if isinstance(step, Patch)]
    return not patches or not notes_beside(Bullet((), notes), patches[-1].now)


def _links_in(lines: Iterable[str]) -> Iterator[Link]:
    for line in lines:
        if "://" in line:
            yield from _links(read_line(line))


def _links(line: Line) -> Iterator[Link]:
    return (part for part in line if isinstance(part, Link))


def has_file_text(episode: Episode) -> bool:
    """Return whether people wrote any of an episode's items in the file, or 🔒 left one blank."""
    items = (*episode.items(), *episode.removed, *episode.waiting_items())
    return bool(episode.nested) or any(item.steps or _is_blank(item) for item in items)


def is_said_anew(item: Item) -> bool:
    """Return whether hosts said an item or its notes anew after people had changed it."""
    return any(isinstance(step, Patch) and _is_newer(item, step) for step in item.steps)


def _is_newer(item: Item, patch: Patch) -> bool:
    return patch.was is not None and max(item.stamp, item.noted) > max(patch.at, item.at)


def apply_file_text(
    episode: Episode, render: Render, annotate: Annotate, *, newest: bool = False
) -> Episode:
    """Return an episode with the text of each item that people wrote in the file in its place.

    Where a message was edited since in the same place, people's words stand until hosts chose; or,
    with `newest`, those of the message. One of which 🔒 left no word is none any more.
    """
    if not has_file_text(episode):
        return episode

    def item(one: Item) -> Item:
        return _item(one, render, annotate, newest=newest) if one.steps else one

    def left(items: Iterable[Item]) -> tuple[Item, ...]:
        return tuple(one for one in map(item, items) if not _is_blank(one))

    def topic(one: Topic) -> Topic:
        items, subs = left(one.items), tuple(map(topic, one.subtopics))
        return replace(one, items=items, subtopics=subs)

    topics, removed = tuple(map(topic, episode.topics)), left(episode.removed)
    waiting = tuple(replace(one, topic=topic(one.topic)) for one in episode.waiting)
    nested = tuple(replace(one, item=item(one.item)) for one in episode.nested)
    return replace(episode, topics=topics, removed=removed, waiting=waiting, nested=nested)


def _is_blank(item: Item) -> bool:
    content = item.content
    return isinstance(content, Written) and not item.steps and not content.text.strip()


def _item(item: Item, render: Render, annotate: Annotate, *, newest: bool) -> Item:
    text = render(replace(item, steps=()))
    mark, disagreed, counted = item_mark(text), False, isinstance(item.content, Bullet)
    for step in item.steps:
        if isinstance(step, Patch):
            counted = counted and _number(step.was or "") == _number(step.now)
            left = _left_mark(step) if mark else None
            text = behind(text, left)
            over = _is_newer(item, step) or (newest and disagreed)
            # A look-up is never newer than people's words.
            over = over and not _only_looked_up(step, text, item.content)
            text, disagree = _patched(step, text, over=over, newest=newest)
            disagreed = disagreed or (over and disagree)
            mark = mark if left else item_mark(text)
        elif isinstance(step, Parted):
            text = _without(text, {sense_of(one) for one in _first_lines(step.part, render)})
        else:
            text = _after(step, text, annotate)
    since = _marked_since(item.steps, mark)
    listed = text if isinstance(item.content, Bullet) and since is None else None
    content = replace(written(behind(text, mark)), counted=counted, since=since, listed=listed)
    return replace(item, content=content, steps=())


def _left_mark(patch: Patch) -> ItemMark | None:
    """Return the mark that people left as it was when they changed a text: it was its list's.

    It stands there as its neighbours do, and its notes as far in.
    """
    had = item_mark(patch.was or "")
    return had if had == item_mark(patch.now) else None


def _marked_since(steps: Sequence[Step], mark: ItemMark | None) -> int | None:
    """Return since when people had a text begin with a mark; None if they never changed that."""
    since = None
    for step in steps:
        if isinstance(step, Patch):
            now = item_mark(step.now)
            if step.was is None or item_mark(step.was) != now:
                since = (step.at if since is None else since) if now == mark else None
    return since


def _number(text: str) -> str | None:
    """Return the number that an item of a list begins with."""
    mark = item_mark(text)
    return mark.bullet if mark and mark.bullet[0].isdigit() else None


def _first_lines(item: Item, render: Render) -> Iterator[str]:
    """Yield the first line of an item as it was, and as people left it each time."""
    yield render(replace(item, steps=())).strip("\n").split("\n")[0]
    for step in item.steps:
        if isinstance(step, Patch):
            yield step.now.strip("\n").split("\n")[0]


def _without(text: str, part: Collection[Sense]) -> str:
    """Return a text without the line that is a part of it, and what stands below that."""
    lines = text.split("\n")
    at = next((at for at in range(1, len(lines)) if sense_of(lines[at]) in part), None)
    if at is None:
        return text
    end = max((at, *below(lines, at))) + 1
    return "\n".join([*lines[:at], *lines[end:]]).rstrip("\n")


def _only_looked_up(patch: Patch, text: str, content: Content) -> bool:
    """Return whether titles that were looked up are all that speaks against people's words."""
    if patch.was is None or patch.was == text:
        return False
    untitled = {link.canonical for link in links_within(content) if link.title is None}
    said = _titled_as(patch.was, text, untitled)
    return said != text and not merge_lines(patch.was, said, patch.now, prefer="ours")[1]


def is_retitling(patch: Patch, address: str) -> bool:
    """Return whether people changed nothing but the title of the link with an address."""
    if patch.was is None or patch.was == patch.now:
        return False
    return _titled_as(patch.was, patch.now, {address}) == patch.was


def _titled_as(was: str, text: str, links: Collection[str]) -> str:
    """Return a text in which some links are written as they were."""
    before = {
        part.canonical: line[start:end]
        for line in was.split("\n")
        for start, end, part in spans(line)
        if isinstance(part, Link) and part.canonical in links
    }
    return "\n".join(
        "".join(
            before.get(part.canonical, line[start:end])
            if isinstance(part, Link)
            else line[start:end]
            for start, end, part in spans(line)
        )
        for line in text.split("\n")
    )


def _patched(patch: Patch, text: str, *, over: bool, newest: bool) -> tuple[str, bool]:
    """Let people's words go into a text; return whether it says another thing in their place."""
    if patch.was is None or patch.was == text:
        return patch.now, False
    # Words of both in one line, which hosts are asked about, would be neither's.
    texts = *_in_kind_of(patch.now, patch.was, text), patch.now
    merged, disagree = merge_lines(*texts, prefer="theirs", whole=over)
    if disagree and over and newest:
        return merge_lines(*texts, prefer="ours")
    return merged, disagree


def _in_kind_of(now: str, was: str, text: str) -> tuple[str, str]:
    """Return what an item was and is with the mark that people gave it, if the chat gave no other.

    So what the chat put behind the mark does not stand against another kind of line.
    """
    firsts = [one.partition("\n")[0] for one in (now, was, text)]
    marks = [split_marks(line)[0] for line in firsts]
    if marks[1] != marks[2] or firsts[1] in now.split("\n")[1:]:
        return was, text
    was, text = (marks[0] + one[len(marks[1]) :] for one in (was, text))
    return was, text


def _after(step: Noted | Retitled | Readdressed, text: str, annotate: Annotate) -> str:
    if isinstance(step, Retitled):
        return retitled(text, step.link, step.title)
    if isinstance(step, Readdressed):
        return readdressed(text, step)
    return annotate(text, step)


def retitled(text: str, link: str, title: str) -> str:
    """Return a text with another title for each link with that fingerprint."""
    return "\n".join(
        _retitled(line, link, title) if "://" in line else line
        for line in with_whole_links(text).split("\n")
    )


def _retitled(line: str, link: str, title: str) -> str:
    shown = []
    for start, end, part in spans(line):
        if isinstance(part, Link) and fingerprint(part.canonical) == link:
            address = escape.address(part.url)
            quiet = part.quiet and part.title is not None
            target = f"<{address}>" if quiet else address
            shown.append(f"[{escape.host_title(title)}]({target})")
        else:
            shown.append(line[start:end])
    return "".join(shown)


def readdressed(text: str, step: Readdressed) -> str:
    """Return a text with another address for each link with that fingerprint."""
    return "\n".join(
        _readdressed(line, step) if "://" in line else line
        for line in with_whole_links(text).split("\n")
    )


def _readdressed(line: str, step: Readdressed) -> str:
    shown = []
    for start, end, part in spans(line):
        piece = line[start:end]
        if isinstance(part, Link) and fingerprint(part.canonical) == step.link:
            address = escape.address(step.url)
            if part.title is None and step.title is not None:
                piece = f"[{escape.host_title(step.title)}]({address})"
            else:
                piece = piece.replace(part.url, address) if part.url in piece else f"<{address}>"
        shown.append(piece)
    return "".join(shown)
