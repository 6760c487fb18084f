"""Drafting: render the episode, merge it with what people made of the file, commit.

Two merges (over-time.md, 1): what the episode gives now is first merged onto what we committed
last, over what it gave then; the outcome is merged with the file as it is now, over what we
committed. So people's words are never taken for something that the episode dropped.
"""

import hashlib
from dataclasses import dataclass, replace

from bot.core.find import links_within, shortened
from bot.core.front_matter import check_front_matter
from bot.core.model import Episode, Link, Topic
from bot.errors import FileChanged, SiteError
from bot.services.drafting import Drafting, Rendered
from bot.services.erasure import without_hidden
from bot.services.ports import Commit, Draft
from bot.services.request import Request
from bot.services.show import Show
from bot.services.views import headline

MOST_NAMED = 10
"""Links without a title that an answer names one by one."""

SEEN_AS = "rundown.invalid"
"""The domain of the addresses under which hosts are named: chat ids have no e-mail address."""


@dataclass(frozen=True, slots=True)
class Published:
    """What came of a draft: the commit, None where nothing had changed."""

    rendered: Rendered
    path: str
    commit: Commit | None

    def told(self, request: Request) -> str:
        """Say what went in, where it is, and what needs a person."""
        episode = self.rendered.episode
        title = headline(episode, request.language)
        if self.commit is None:
            lines = [request.say("drafted-nothing-new", headline=title, path=self.path)]
        else:
            lines = [
                request.say(
                    "drafted",
                    headline=title,
                    topics=_counted(request, "topics", len(_topics(episode))),
                    links=_counted(request, "links", len(_links(episode))),
                    commit=self.commit.where,
                    path=self.path,
                )
            ]
        untitled = self.rendered.body.untitled
        if untitled:
            named = [shortened(link.url, 80) for link in untitled[:MOST_NAMED]]
            links = ", ".join(named) + (", …" if len(untitled) > MOST_NAMED else "")
            lines.append(_counted(request, "waits", len(untitled), links=links))
        empty = [one.name for one in _topics(episode) if not one.items and not one.subtopics]
        if empty:
            lines.append(request.say("empty-topics", topics=", ".join(empty)))
        return "\n".join(lines)


class Publish:
    """Commits drafts to a show's site, each exactly once."""

    def __init__(self, *, show: Show, drafting: Drafting) -> None:
        self._show = show
        self._drafting = drafting

    async def draft(self, episode: str, *, at: int) -> Published:
        """Commit the episode's draft as it stands.

        Raises FileChanged where people's edits and the episode's cannot be brought together, and
        SiteError where the repository refuses; nothing is changed then.
        """
        last = await self._settle(episode)
        outline = await self._show.outline(episode)
        seq = outline.seq
        rendered = await self._drafting.render(await self._show.episode(episode))
        check_front_matter(rendered.text)
        path = last.path if last else rendered.path
        head = await self._show.site.head()
        theirs = await self._read(path)
        text = await self._merged(last, rendered.text, theirs, path)
        if text == theirs:
            return Published(rendered, path, None)
        draft = Draft(
            id=_identity(episode, seq, head, text),
            episode=episode,
            seq=seq,
            at=at,
            path=path,
            rendered=rendered.text,
            committed=text,
            head=head,
        )
        await self._show.store.put_draft(draft)
        message = await self._message(rendered, draft)
        try:
            commit = await self._show.site.commit(path=path, text=text, message=message, head=head)
        except SiteError:
            await self._show.store.drop_draft(draft.id)
            raise
        await self._show.store.put_draft(replace(draft, commit=commit.id))
        return Published(rendered, path, commit)

    async def is_published(self, episode: str) -> bool:
        """Tell whether people made of the draft that we committed something that is none."""
        last = await self._settle(episode)
        is_draft = self._show.profile.is_draft
        if last is None or not is_draft(last.path, last.committed):
            return False
        now = await self._read(last.path)
        return now is not None and not is_draft(last.path, now)

    async def _settle(self, episode: str) -> Draft | None:
        """Find out what became of drafts that were cut short; give the last that was committed."""
        last = None
        for draft in await self._show.store.drafts(episode):
            if draft.commit is None:
                commit = await self._show.site.find(draft.id)
                if commit is None:
                    await self._show.store.drop_draft(draft.id)
                    continue
                draft = replace(draft, commit=commit.id)
                await self._show.store.put_draft(draft)
            last = draft
        return last

    async def _read(self, path: str) -> str | None:
        found = await self._show.site.read(path)
        if found is None:
            return None
        try:
            return found.decode("utf-8")
        except UnicodeDecodeError as error:
            raise FileChanged("desk.file-not-text", path=path, place=error.start) from error

    async def _merged(self, last: Draft | None, ours: str, theirs: str | None, path: str) -> str:
        if theirs is None and last is not None:
            # Absence is no deletion: under another name the file would be in the site twice.
            commit = (last.commit or "")[:10]
            raise FileChanged("desk.file-gone", path=path, commit=commit)
        if theirs is None or theirs == ours:
            return ours
        if last is None:
            if not await self._show.site.ours(path):
                raise FileChanged("desk.file-is-not-ours", path=path)
            return ours
        merge = self._show.site.merge
        committed = await merge(last.rendered, ours, last.committed, prefer_ours=True) or ours
        theirs = without_hidden(last, theirs)
        text = await merge(last.committed, committed, theirs, prefer_ours=False)
        if text is None:
            raise FileChanged("desk.file-disagrees", path=path)
        return text

    async def _message(self, rendered: Rendered, draft: Draft) -> str:
        episode = rendered.episode
        topics, links = len(_topics(episode)), len(_links(episode))
        number = episode.fields.get("number", "")
        people = await self._show.people()
        trailers = [
            f"Co-authored-by: {_on_one_line(people[one])} <{_slug(one)}@{SEEN_AS}>"
            for one in episode.people()
            if one in people
        ]
        name = f"ep{_on_one_line(str(number))}"
        subject = f"{name}: {_count(topics, 'topic')}, {_count(links, 'link')}"
        return "\n".join([subject, "", *trailers, f"Rundown-Draft: {draft.id}", ""])


def _topics(episode: Episode) -> list[Topic]:
    return [topic for topic in episode.topics if topic.name]


def _links(episode: Episode) -> list[Link]:
    return [link for item in episode.items() for link in links_within(item.content)]


def _counted(request: Request, what: str, count: int, **values: object) -> str:
    return request.say(f"{what}-{'one' if count == 1 else 'many'}", count=count, **values)


def _identity(episode: str, seq: int, head: str, text: str) -> str:
    """Give a draft's id: the same draft of the same episode on the same head has the same."""
    whole = "\0".join((episode, str(seq), head, text))
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _on_one_line(text: str) -> str:
    return " ".join(text.replace("<", " ").replace(">", " ").split()) or "-"


def _slug(identity: str) -> str:
    """Give an id in the letters of an address; others are written by their code points."""
    return "".join(
        one if one.isascii() and (one.isalnum() or one in "-_.") else f"-{ord(one):x}"
        for one in identity
    )
