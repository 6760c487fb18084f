"""What a draft says: what went in, where it is, what people had done, and what needs a person."""

from collections.abc import Iterator, Sequence

from bot.core.episode.file_text import links_written, written
from bot.core.episode.find import is_empty, is_listed, shortened
from bot.core.file_events import ConflictFound
from bot.core.model import Episode, Topic, links_within, words_of
from bot.services.desk.view_commands import headline
from bot.services.drafting.proposal import Published
from bot.services.drafting.pull_requests import review_text
from bot.services.drafting.summary import joined, summary
from bot.services.request import Answer, Choice
from bot.services.show import Show
from bot.services.site_port import PullRequest
from bot.texts import say

MOST_NAMED = 10
"""Links without a title that an answer names one by one."""

MOST_ASKED = 5
"""Disagreements that an answer shows one by one."""

LONGEST_SIDE = 200


async def report(published: Published, show: Show, language: str) -> Answer:
    """Say what came of a draft, in `language`, with two choices for each conflict."""
    outline = await show.log.outline(published.rendered.episode.id)
    new = published.file_edits.conflicts
    conflicts = {key: found for key, found in outline.conflicts().items() if key in new}
    lines = [
        *_drafted(published, language),
        *_stays(published, language),
        *elsewhere(published, language),
        *_kept(published, language),
        *_reworded(published, language),
        *_unshown(published, language),
        *_waiting(published, language),
        *_disagreed(list(conflicts.values()), language),
    ]
    choices = tuple(
        Choice(
            say(f"desk.choose-{side}", language, number=number),
            "choose",
            {"conflict": key, "side": side},
        )
        for key, (number, _) in list(conflicts.items())[:MOST_ASKED]
        for side in ("chat", "file")
    )
    return Answer("\n".join(lines), private=False, choices=choices)


def counted(what: str, count: int, language: str, **values: object) -> str:
    """Say how many there are of something."""
    name = f"desk.{what}-{'one' if count == 1 else 'many'}"
    return say(name, language, count=count, **values)


def _drafted(published: Published, language: str) -> Iterator[str]:
    episode, commit = published.rendered.episode, published.commit
    title = headline(episode, language)
    if commit is None:
        yield say("desk.drafted-nothing-new", language, headline=title, path=published.path)
        yield from reviewed(published.review, language)
        return
    yield say(
        "desk.drafted",
        language,
        headline=title,
        topics=counted("topics", len(_topics(episode)), language),
        links=counted("links", _links(episode), language),
        commit=commit.where,
        path=published.path,
    )
    if not published.first:
        yield say("desk.drafted-changes", language, changes=summary(published.changes, language))
    yield from reviewed(published.review, language)


def _stays(published: Published, language: str) -> Iterator[str]:
    """Say that the file could not follow its number, title or date, and what is in its way."""
    if taken := published.waits_for:
        yield say("draft_file.file-waits", language, path=published.path, taken=taken)


def reviewed(
    review: PullRequest | None, language: str, name: str = "desk.drafted-review"
) -> Iterator[str]:
    """Say, by the text of a `name`, which pull request has to be merged, or why there is none."""
    if review is not None:
        text, values = review_text(review, name)
        yield say(text, language, **values)


def elsewhere(published: Published, language: str) -> Iterator[str]:
    """Say what came of an episode's files in other repositories."""
    for one in published.elsewhere:
        if one.error is not None:
            yield say("elsewhere.failed", language, repository=one.repository, why=one.error)
        elif one.commit is not None:
            is_open = one.review is not None and one.review.error is None
            name = "elsewhere.written-review" if is_open else "elsewhere.written"
            where, page = one.commit.where, one.review.page if one.review else ""
            yield say(name, language, repository=one.repository, commit=where, review=page)
            if not is_open:
                yield from reviewed(one.review, language)
        else:
            yield from reviewed(one.review, language)


def _kept(published: Published, language: str) -> Iterator[str]:
    """Say what people had done to the file, and that it stays."""
    edits = published.file_edits
    if not edits:
        return
    parts = [
        counted(f"kept-{what}", count, language)
        for what in ("links", "topics", "fields")
        if (count := getattr(edits, what))
    ]
    things, people = joined(parts, language), joined(edits.people, language)
    name = "desk.kept" if people else "desk.kept-unnamed"
    yield say(name, language, people=people, things=things)


def _reworded(published: Published, language: str) -> Iterator[str]:
    """Name what may be left in the file of what went off the record, and what went along."""
    hidden = published.hidden
    if hidden.may_hold:
        yield say("erasure.may-hold", language, lines=_first(hidden.may_hold))
    if hidden.own:
        yield say("erasure.own-words-went", language)


def _unshown(published: Published, language: str) -> Iterator[str]:
    """Name what hosts said of what had been taken out, and what they took out that stays."""
    apart = published.file_edits.apart
    if words := apart.unshown:
        yield counted("unshown", len(words), language, words=_first(words))
    if words := apart.inside:
        yield say("desk.unshown-inside", language, words=_first(words))
    if apart.already:
        yield say("desk.already-in-file", language, spots=_spots(apart.already, language))
    if names := apart.headless:
        yield say("desk.unshown-headings", language, names=_first(names))
    if places := published.file_edits.places:
        yield say("desk.moved-in-both", language, names=_first(places))
    if apart.left:
        yield say("desk.left-in-file", language, spots=_spots(apart.left, language))


def _spots(found: Sequence[tuple[str, int]], language: str) -> list[str]:
    """Return the first of some words, with the line of each, and whether there are more."""
    spots = [
        say("desk.left-at-line", language, words=shortened(words, 80), line=line)
        for words, line in found
    ]
    return _first(spots)


def _first(words: Sequence[str]) -> list[str]:
    """Return the first of some words, and whether there are more."""
    named = [shortened(one, 80) for one in words[:MOST_NAMED]]
    return [*named, *(["…"] if len(words) > MOST_NAMED else [])]


def _waiting(published: Published, language: str) -> Iterator[str]:
    untitled = published.untitled
    if untitled:
        links = _first([link.url for link in untitled])
        yield counted("waits", len(untitled), language, links=links)
    topics = _topics(published.rendered.episode)
    missing = published.rendered.left_out
    if missing.words:
        yield counted("left-out-words", missing.words, language)
    if missing.links:
        yield counted("left-out-links", missing.links, language)
    empty = [one.name for one in topics if is_empty(one)]
    if empty:
        yield say("desk.empty-topics", language, topics=empty)


def _disagreed(conflicts: list[tuple[int, ConflictFound]], language: str) -> Iterator[str]:
    if conflicts:
        yield counted("disagreed", len(conflicts), language)
    for number, found in conflicts[:MOST_ASKED]:
        chat, file = _sides(found)
        removed = say("desk.disagreed-removed", language)
        later = say("later.chat-side", language)
        yield say(
            "desk.conflict",
            language,
            number=number,
            name=shortened(found.name, 60),
            chat=shortened(chat, LONGEST_SIDE) or (later if found.later else removed),
            file=shortened(file, LONGEST_SIDE) or removed,
        )


def _sides(found: ConflictFound) -> tuple[str, str]:
    """Return both versions in words, or as they are written where only that tells them apart.

    So it is where each has an address that the other has not.
    """
    chat, file = (_words(text) for text in (found.ours, found.theirs))
    links, others = (
        {link.canonical for link in links_written(text)} for text in (found.ours, found.theirs)
    )
    is_plain = chat != file and (links <= others or others <= links)
    return (chat, file) if is_plain else (found.ours, found.theirs)


def _words(text: str) -> str:
    return " ".join(words_of(written(line).line, {}) for line in text.split("\n"))


def _topics(episode: Episode) -> list[Topic]:
    return [topic for topic in episode.topics if topic.name]


def _links(episode: Episode) -> int:
    return sum(len(links_within(item.content)) for item in episode.items() if is_listed(item))
