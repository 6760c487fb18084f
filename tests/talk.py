"""Events as a chat makes them, for tests: short to write, and with the keys that the desk gives."""

from bot.core.episode.fold import Outline
from bot.core.events import Event, Marked, Message, MessageGone, MessageSeen, Thread, What
from bot.core.file_events import OF_FILE
from bot.core.grammar.message import Rules
from bot.core.model import Bullet, Episode, Link, Note, Paragraph, Verbatim

EPISODE = "show#1"
SECOND = 1_000_000
KEEPING = Rules(around_links="keep")


def said(
    number: int,
    text: str | None,
    *,
    by: str = "buka",
    channel: str = "notes",
    edited: int = 0,
    reply_to: int | None = None,
    threaded: bool = False,
    thread: Thread | None = None,
) -> Event:
    """A message: `number` is its id and its second; `edited` counts its edits."""
    at = number * SECOND
    message = Message(
        id=f"{number:04}",
        channel=thread.id if thread else channel,
        at=at,
        by=by,
        text=text,
        stamp=at + edited,
        reply_to=None if reply_to is None else f"{reply_to:04}",
        threaded=threaded,
        thread=thread,
    )
    key = f"{message.id}@{message.stamp}{'' if text is None else '+'}"
    return Event(key, EPISODE, at, by, MessageSeen(message))


def marked(number: int, emoji: str, *, on: bool = True, by: str = "oka", at: int = 900) -> Event:
    """A mark on the message with that number, set or taken away at second `at`."""
    what = Marked(f"{number:04}", emoji, on)
    key = f"mark:{number:04}:{by}:{emoji}:{'on' if on else 'off'}:{at}"
    return Event(key, EPISODE, at * SECOND, by, what)


def gone(number: int, *, at: int = 950) -> Event:
    """The message with that number is deleted at second `at`."""
    return Event(f"{number:04}!gone", EPISODE, at * SECOND, "buka", MessageGone(f"{number:04}"))


def did(second: int, what: What, *, by: str = "oka") -> Event:
    """A command at that second."""
    return Event(f"c{second:05}", EPISODE, second * SECOND, by, what)


def in_file(second: int, what: What) -> Event:
    """What people did in the file, and a draft took in at that second."""
    return Event(f"{OF_FILE}{second:05}", EPISODE, second * SECOND, f"{OF_FILE}Oka", what)


def fold(*events: Event, rules: Rules = KEEPING) -> Outline:
    outline = Outline(EPISODE, rules)
    outline.extend(events)
    return outline


def told(episode: Episode) -> list[str]:
    """An episode in short: `# topic`, `## sub-topic`, its items, and `  note` below them."""
    lines = []
    for topic in episode.topics:
        for mark, section in (("#", topic), *(("##", one) for one in topic.subtopics)):
            if section.name:
                lines.append(f"{mark} {section.name}")
            for item in section.items:
                lines += _told(item.content)
    return lines


def _told(content: Bullet | Paragraph | Verbatim) -> list[str]:
    if isinstance(content, Verbatim):
        return [f"= {content.text}"]
    if isinstance(content, Paragraph):
        return [f"| {_words(line)}" for line in content.lines]
    return [_words(content.line), *(_note(note) for note in content.notes)]


def _note(note: Note) -> str:
    mark = {"bullet": "- ", "quote": "> ", "text": ""}[note.kind]
    return "  " * max(note.level, 1) + mark + _words(note.line)


def _words(line: tuple[str | Link, ...]) -> str:
    return "".join(part if isinstance(part, str) else _link(part) for part in line)


def _link(link: Link) -> str:
    return f"[{link.title}]" if link.title else link.url.removeprefix("https://a.example/")


def url(number: int | str) -> str:
    return f"https://a.example/{number}"
