"""What hosts said since the last draft: each word of it stands in the file, or is named."""

import re
from collections.abc import Collection

from bot.core.episode.fold import Outline
from bot.core.events import Message, TopicMerged, TopicRemoved, TopicRenamed, born_of
from bot.core.model import Item, Retitled, Written
from bot.core.urls import canonical
from bot.services.request import Request

WORD = re.compile(r"\bh\d{4}\b")


class Said:
    """The words that are new since a draft was answered."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._fresh: dict[str, str] = {}
        self._noted: dict[str, tuple[Request, str]] = {}
        self._hidden: set[tuple[str, str, str]] = set()

    def message(self, message: Message) -> None:
        """Hear what a message says now."""
        new = set(WORD.findall(message.text or "")) - self._known
        self._known |= new
        self._fresh |= dict.fromkeys(new, message.id)

    def note(self, word: str, request: Request, item: str) -> None:
        """Hear of a note that a command added to an item."""
        self._noted[word] = (request, item)

    def mark(self, message: str, emoji: str, by: str, *, on: bool) -> None:
        """See somebody's mark that leaves a message out, or its end: those of others stay."""
        change = self._hidden.add if on else self._hidden.discard
        change((message, emoji, by))

    def kept(self) -> set[str]:
        """Return the messages of which hosts want all."""
        return {message for message, emoji, _ in self._hidden if emoji == "📝"}

    def off_record(self) -> set[str]:
        """Return the messages that are off the record."""
        return {message for message, emoji, _ in self._hidden if emoji == "🔒"}

    def lock(self, message: Message, by: str) -> None:
        """See a message go off the record: with it go its author's notes, and whose mark it is."""
        self._noted = {
            word: (request, item)
            for word, (request, item) in self._noted.items()
            if born_of(item) != message.id or request.person.id not in (message.by, by)
        }

    def answered(self) -> None:
        """Begin anew: what was said was shown or named."""
        self._fresh.clear()
        self._noted.clear()

    def missing(
        self,
        messages: dict[str, Message],
        outline: Outline,
        *,
        file: str,
        named: str,
        taken_back: Collection[str],
    ) -> list[str]:
        """Return the words that neither the file nor an answer has, and nobody took back.

        `taken_back` are the ids of the items that hosts took out themselves.
        """
        shown = {*WORD.findall(file), *WORD.findall(named)}
        topics = _changed_topics(outline)
        left_out = {message for message, emoji, _ in self._hidden if emoji in "🚫🔒"}
        asked = {found.about for _, found in outline.conflicts().values() if not found.ours}
        away = [
            outline.given(one) for one in taken_back if not outline.is_shown(one) or one in asked
        ]
        out = set(WORD.findall(repr(away)))
        titled = {born_of(one) for one in taken_back if _is_titled(outline.given(one))}
        lost = []
        for word, identity in self._fresh.items():
            message = messages.get(identity)
            if word in shown | out or message is None or identity in left_out:
                continue
            line = next((one for one in (message.text or "").split("\n") if word in one), "talk ")
            url = re.search(r"\]\((https://[^)]*)\)", line)
            if line.startswith("talk ") or (url and url[1] in file + repr(away)):
                continue
            if url and _is_there(url[1], outline):
                continue  # people gave it another address: posted again with either, it is the same
            if line.startswith("#") and identity in topics:
                continue
            if line.startswith("- bullet") and identity in titled:
                continue
            lost.append(word)
        for word, (request, item) in self._noted.items():
            # Behind people's sentence it is a bullet of its own, which hosts may take out, too.
            is_gone = bool({item, request.key} & {*taken_back}) or born_of(item) in left_out
            is_gone = is_gone or not outline.is_shown(item) or item in asked
            # Of what people wrote, 🔒 may have left no word: it says what the locked message does.
            is_gone = is_gone or _is_blank(outline.given(item))
            if word not in shown and not outline.undone(request.key) and not is_gone:
                lost.append(word)
        return lost


def _is_titled(given: Item | str | None) -> bool:
    """Return whether hosts gave a title to what people made a link of: it stands above its words.

    So it does above what the message of a link calls that.
    """
    steps = given.steps if isinstance(given, Item) else ()
    return any(isinstance(step, Retitled) for step in steps)


def _is_blank(given: Item | str | None) -> bool:
    content = given.content if isinstance(given, Item) else None
    return isinstance(content, Written) and not content.text.strip()


def _is_there(url: str, outline: Outline) -> bool:
    return outline._laid().builder.first_with(canonical(url)) is not None


def _changed_topics(outline: Outline) -> set[str]:
    """Return the messages whose topics hosts renamed, merged or took out by command.

    Those of a topic that they merge into a sub-topic, which can have none, go with it.
    """
    changed = {
        born_of(event.what.topic)
        for event in outline.commands()
        if isinstance(event.what, TopicRenamed | TopicMerged | TopicRemoved)
        and not event.key.startswith("file:")
    }
    sections = outline._laid().builder.sections.items()
    return changed | {born_of(one) for one, it in sections if it.follow and not it.gone}
