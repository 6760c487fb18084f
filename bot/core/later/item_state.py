"""An item as it is written into the log of another episode, and back: plain values of JSON."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.model import (
    Bullet,
    Content,
    Item,
    Line,
    Link,
    Note,
    Noted,
    Paragraph,
    Parted,
    Patch,
    Readdressed,
    Retitled,
    Step,
    Verbatim,
    Written,
)


def state_of(item: Item) -> dict[str, Any]:
    """Return an item as plain values, without its id."""
    return {
        "content": _content(item.content),
        "message": item.message,
        "by": item.by,
        "at": item.at,
        "also": list(item.also),
        "stamp": item.stamp,
        **({"noted": item.noted} if item.noted else {}),  # few have it, and none had it before
        # What was parted holds others' words, which nobody would find there once they are locked.
        "steps": [_step(step) for step in item.steps if not isinstance(step, Parted)],
    }


def item_of(identity: str, state: Mapping[str, Any]) -> Item:
    """Read what `state_of` gave."""
    values = {name: state[name] for name in ("message", "by", "at", "stamp")}
    return Item(
        identity,
        _read_content(state["content"]),
        also=tuple(state["also"]),
        noted=state.get("noted", 0),
        steps=tuple(map(_read_step, state["steps"])),
        **values,
    )


def _content(content: Content) -> dict[str, Any]:
    match content:
        case Bullet():
            notes = [_note(note) for note in content.notes]
            return {"is": "bullet", "line": _line(content.line), "notes": notes}
        case Paragraph():
            return {"is": "paragraph", "lines": [_line(line) for line in content.lines]}
        case Verbatim():
            return {"is": "verbatim", "text": content.text}
        case Written():
            return {
                "is": "written",
                "text": content.text,
                "bullet": content.bullet,
                "line": _line(content.line),
                "links": [_link(link) for link in content.links],
            }


def _read_content(values: Mapping[str, Any]) -> Content:
    match values["is"]:
        case "bullet":
            return Bullet(_read_line(values["line"]), _read_notes(values["notes"]))
        case "paragraph":
            return Paragraph(tuple(map(_read_line, values["lines"])))
        case "verbatim":
            return Verbatim(values["text"])
    links = tuple(Link(**link) for link in values["links"])
    return Written(values["text"], values["bullet"], _read_line(values["line"]), links)


def _line(line: Line) -> list[str | dict[str, Any]]:
    return [part if isinstance(part, str) else _link(part) for part in line]


def _read_line(parts: Sequence[str | Mapping[str, Any]]) -> Line:
    return tuple(part if isinstance(part, str) else Link(**part) for part in parts)


def _link(link: Link) -> dict[str, Any]:
    return {
        "url": link.url,
        "canonical": link.canonical,
        "title": link.title,
        "quiet": link.quiet,
    }


def _note(note: Note) -> dict[str, Any]:
    line = _line(note.line)
    return {"kind": note.kind, "level": note.level, "line": line, "tight": note.tight}


def _read_notes(notes: Sequence[Mapping[str, Any]]) -> tuple[Note, ...]:
    return tuple(
        Note(note["kind"], note["level"], _read_line(note["line"]), note["tight"]) for note in notes
    )


def _step(step: Patch | Retitled | Readdressed | Noted) -> dict[str, Any]:
    match step:
        case Patch():
            return {"is": "patch", "was": step.was, "now": step.now, "at": step.at}
        case Retitled():
            return {"is": "retitled", "link": step.link, "title": step.title}
        case Readdressed():
            values = {"link": step.link, "url": step.url, "title": step.title}
            return {"is": "readdressed", **values}
        case Noted():
            return {"is": "noted", "notes": [_note(note) for note in step.notes]}


def _read_step(values: Mapping[str, Any]) -> Step:
    match values["is"]:
        case "patch":
            return Patch(values["was"], values["now"], values["at"])
        case "retitled":
            return Retitled(values["link"], values["title"])
        case "readdressed":
            return Readdressed(values["link"], values["url"], values["title"])
    return Noted(_read_notes(values["notes"]))
