"""From an episode to its file: look-ups and the profile's templates, around `bot.core.render`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

from bot.core.document.version import Side
from bot.core.episode.file_text import apply_file_text, has_file_text
from bot.core.episode.fold import Outline
from bot.core.model import Episode, Found, Item, Job, Lookup, Noted, Topic, links_within
from bot.core.profile.further_files import FileText
from bot.core.profile.profile import Profile
from bot.core.profile.template import Template
from bot.core.render import layout, line_marks, render, topic_data
from bot.core.render.fixed_heading import below_fixed_heading
from bot.core.render.left_out import LeftOut, left_out
from bot.core.render.render import Body
from bot.errors import TemplateError
from bot.services.ports import Templates
from bot.services.show import Show
from bot.services.site_index.memory import Earlier
from bot.services.tasks import aside

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rendered:
    """An episode's draft: the file's path in the site, its whole text, and its body.

    `episode` has what people wrote in the file in place; `owners` names for each line of `text`
    the item or topic that it belongs to; `lookups` are what was known of the links. `seq` is the
    place in the log up to which it has all, where that is known. `files` are the further ones,
    `notes` what these see of its short notes, made with the `choices` of the hosts; `nested` is the
    text, for itself, of each item that is a part of another one's.
    """

    episode: Episode
    path: str
    text: str
    body: Body
    owners: tuple[str | None, ...]
    lookups: Mapping[str, Lookup]
    seq: int = 0
    files: tuple[FileText, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, bool] = field(default_factory=dict)
    nested: Mapping[str, str] = field(default_factory=dict)

    @property
    def left_out(self) -> LeftOut:
        """What the template leaves out of what was kept."""
        return left_out(self.episode, self.body.text, self.text)

    @property
    def side(self) -> Side:
        """The text as one side of a merge."""
        return Side(self.text, self.owners)


@dataclass(frozen=True, slots=True)
class EpisodeView:
    """An episode as hosts are shown it, with what is known of its links.

    `titles` are those that were looked up, `reasons` tell why a link has none; both by address as
    typed. Nothing is said of links that were not asked for yet. `earlier` tells, by address as
    typed, where earlier episodes had a link.
    """

    episode: Episode
    titles: Mapping[str, str]
    reasons: Mapping[str, str]
    earlier: Mapping[str, Earlier] = field(default_factory=dict)


@dataclass(slots=True)
class _Made:
    """What was made of one fold, and of which state of it and of the look-ups."""

    lookups_version: int = -1
    asked: set[str] = field(default_factory=set)
    lookups: dict[str, Lookup] = field(default_factory=dict)
    version: tuple[object, ...] = ()
    seq: int = 0
    results: dict[str, object] = field(default_factory=dict)


class Drafting:
    """Renders the episodes of a show, by its profile unless another is given.

    What is made of an episode is kept until it, its look-ups or the profile change: a command
    asks for it several times.
    """

    def __init__(self, *, show: Show, templates: Templates) -> None:
        self._show = show
        self._templates = templates
        self._made: WeakKeyDictionary[Outline, _Made] = WeakKeyDictionary()

    # --- an episode as it stands now -----------------------------------------------------------

    async def episode(self, identity: str) -> Episode:
        """Return an episode as it stands, with what people wrote in its file."""
        return (await self.view(identity)).episode

    async def view(self, identity: str) -> EpisodeView:
        """Return an episode with what people wrote in its file, and what is known of its links."""
        return await self._once("view", identity, self._view)

    async def chat_view(self, identity: str) -> EpisodeView:
        """Return an episode as the chat alone gives it, and what is known of its links."""
        return await self._once("chat view", identity, self._chat_view)

    async def rendered(self, identity: str) -> Rendered:
        """Render the whole file of an episode; raise TemplateError where the templates fail."""
        return await self._once("rendered", identity, self._rendered)

    async def _once(
        self, what: str, identity: str, make: Callable[[Episode, _Made], Awaitable[T]]
    ) -> T:
        """Return what is made of an episode's present state, made once."""
        outline = await self._show.log.outline(identity)
        episode = self._show.with_defaults(outline.episode)
        made = self._made.setdefault(outline, _Made())
        store, date = self._show.store, episode.fields.get("date")
        memory = self._show.memory.version
        choices = tuple((await self._choices(identity)).items())
        profile = self._show.profile
        version = (outline.version, store.lookups_version, profile, date, memory, choices)
        if made.version != version:
            made.version, made.seq, made.results = version, outline.seq, {}
        results = made.results
        if what not in results:
            results[what] = await make(episode, made)
        return cast(T, results[what])

    async def _view(self, episode: Episode, made: _Made) -> EpisodeView:
        profile = self._show.profile
        known = await self._known(episode, profile, made)
        found = await self._found(_with_waiting(episode), profile, known)
        if has_file_text(episode):
            episode = with_file_text(episode, found, profile)
            known = await self._known(episode, profile, made)
            found = await self._found(_with_waiting(episode), profile, known)
        return self._view_of(episode, known, found)

    async def _chat_view(self, episode: Episode, made: _Made) -> EpisodeView:
        if not has_file_text(episode):
            return await self.view(episode.id)
        profile = self._show.profile
        known = await self._known(episode, profile, made)
        found = await self._found(_with_waiting(episode), profile, known)
        return self._view_of(episode, known, found)

    def _view_of(
        self, episode: Episode, lookups: Mapping[str, Lookup], found: Mapping[str, Found]
    ) -> EpisodeView:
        titles = {url: one.title for url, one in found.items() if one.title}
        links = [link for item in episode.items() for link in links_within(item.content)]
        reasons = {
            link.url: reason
            for link in links
            if link.canonical in lookups and (reason := lookups[link.canonical].error)
        }
        before = self._show.memory.earlier(
            {link.canonical for link in links}, episode.fields.get("number")
        )
        earlier = {link.url: before[link.canonical] for link in links if link.canonical in before}
        return EpisodeView(episode, titles, reasons, earlier)

    async def _rendered(self, episode: Episode, made: _Made) -> Rendered:
        profile, seq = self._show.profile, made.seq
        known = await self._known(episode, profile, made)
        choices = await self._choices(episode.id)
        rendered = await self.render(episode, profile=profile, lookups=known, choices=choices)
        return replace(rendered, seq=seq)

    async def _choices(self, episode: str) -> Mapping[str, bool]:
        """Return which lines hosts keep in or drop from short notes that a further file has."""
        if not self._show.profile.files_have_notes:
            return {}
        # Loaded here because most sites have no such file.
        from bot.services.short_notes import choices_of

        return await choices_of(self._show.store, episode)

    async def _known(self, episode: Episode, profile: Profile, made: _Made) -> dict[str, Lookup]:
        """Return what is known of an episode's links; read what was not read before."""
        store = self._show.store
        if made.lookups_version != store.lookups_version:
            made.lookups_version = store.lookups_version
            made.asked, made.lookups = set(), {}
        asked, lookups = made.asked, made.lookups
        wanted = _addresses(episode, profile)
        if missing := wanted - asked:
            lookups.update(await store.lookups(missing))
            asked |= missing
        return {one: lookups[one] for one in wanted if one in lookups}

    # --- any state of an episode ---------------------------------------------------------------

    async def render(
        self,
        episode: Episode,
        *,
        profile: Profile | None = None,
        lookups: Mapping[str, Lookup] | None = None,
        choices: Mapping[str, bool] | None = None,
    ) -> Rendered:
        """Render the whole file of a folded episode, with what is known now or was then.

        `choices` are what hosts keep in its short notes or drop, where a further file has those.

        Raises TemplateError where the profile's templates fail.
        """
        profile = profile or self._show.profile
        if lookups is None:
            lookups = await self._show.store.lookups(_addresses(episode, profile))
        found = await self._found(_with_nested(episode), profile, lookups)
        episode = with_file_text(episode, found, profile)
        body = render.body(episode, found, profile)
        names = render.names(episode, profile, body, found)
        with_notes = profile.files_have_notes
        more = () if with_notes else render.further(profile, names)
        jobs = (*render.files(profile, names), *more)
        path, text, *further = await self._templates.render(jobs)
        text, notes = render.page(text), {}
        if with_notes:
            notes = await self._notes(text, profile, choices or {})
            further = await self._templates.render(render.further(profile, {**names, **notes}))
        owners = render.owners(text, body)
        if owners is None:
            owners = await self._owners_by_marks(profile, names, text, body)
            if not any(owners):  # the template leaves the body out
                owners = await self._owners_by_topics(profile, names, text, episode, found)
        topics = {topic.id for topic in episode.sections()}
        text, owners = below_fixed_heading(text, owners, topics)
        return Rendered(
            episode,
            " ".join(path.split()),
            text,
            body,
            owners,
            lookups,
            files=render.file_texts(profile, further),
            notes=notes,
            choices=choices or {},
            nested={
                one.item.id: layout.item_text(one.item, found, profile) for one in episode.nested
            },
        )

    async def _notes(
        self, text: str, profile: Profile, choices: Mapping[str, bool]
    ) -> dict[str, str]:
        """Return what further files see of the short notes of a draft's text."""
        # Loaded here because most sites have no such file.
        from bot.services.short_notes import short_notes

        made = await short_notes(text, profile, self._templates, choices=choices)
        return {"notes": made.markdown.rstrip("\n"), "notes_html": made.html}

    async def _owners_by_marks(
        self, profile: Profile, names: Mapping[str, object], text: str, body: Body
    ) -> tuple[str | None, ...]:
        """Return whose the lines are of a file whose template changed the body, or left it out.

        Raises TemplateError where that cannot be followed: people's edits would be lost.
        """
        jobs = [render.files(profile, one)[1] for one in line_marks.marked(names, body)]
        pages = [render.page(one) for one in await self._templates.render(jobs)]
        if owners := line_marks.owners_by_marks(text, pages, body):
            return owners
        if any(map(line_marks.is_marked, pages)):
            raise TemplateError("draft_file.template-body", file=profile.draft_template.file)
        return (None,) * (text.count("\n") + (not text.endswith("\n")))

    async def _owners_by_topics(
        self,
        profile: Profile,
        names: Mapping[str, object],
        text: str,
        episode: Episode,
        found: Mapping[str, Found],
    ) -> tuple[str | None, ...]:
        """Return whose the lines are of a file whose template writes the topics itself."""
        ids = {topic.id for topic in episode.topics}
        marks = line_marks.TopicMarks(
            lambda mark: topic_data.topics(episode, found, profile, mark), ids
        )
        jobs = [render.files(profile, {**names, **one})[1] for one in marks.names]
        pages = await self._templates.render(jobs)
        return marks.owners(text, [render.page(one) for one in pages])

    async def item_text(
        self,
        item: Item,
        *,
        profile: Profile,
        lookups: Mapping[str, Lookup],
        newest: bool = False,
    ) -> str:
        """Return the lines of an item as they would stand in a draft.

        With `newest`, what its message says by now stands over what people had made of it.
        """
        episode = Episode("", topics=(Topic("", "", (item,)),))
        found = await self._found(episode, profile, lookups)
        items = with_file_text(episode, found, profile, newest=newest).items()
        return "".join(layout.item_text(one, found, profile) for one in items)

    async def published_files(self, rendered: Rendered) -> tuple[FileText, ...]:
        """Return the further files of an episode as they are once it is published."""
        profile = self._show.profile
        templates = [one for file in profile.files for one in (file.path, file.text)]
        more = {**rendered.notes, "published": True}
        return render.file_texts(profile, await self.filled(rendered, templates, more))

    async def filled(
        self, rendered: Rendered, templates: Sequence[Template], more: Mapping[str, object]
    ) -> list[str]:
        """Render templates that see of an episode what its draft's does, and `more`.

        Raises TemplateError where one fails.
        """
        profile = self._show.profile
        found = await self._found(rendered.episode, profile, rendered.lookups)
        names = {**render.names(rendered.episode, profile, rendered.body, found), **more}
        jobs = [Job(one.source, names, one.file, one.line) for one in templates]
        return await self._templates.render(jobs)

    async def _found(
        self, episode: Episode, profile: Profile, lookups: Mapping[str, Lookup]
    ) -> Mapping[str, Found]:
        """Return what is written for each link, by address as typed."""
        plan = await aside(lambda: render.plan(episode, profile, lookups), when=profile.embeds)
        texts = await self._templates.render(plan.jobs) if plan.jobs else []
        return await aside(lambda: render.found(plan, texts, profile), when=profile.titles)


def _with_nested(episode: Episode) -> Episode:
    """Return an episode with what is nested behind its topics: it has its titles too."""
    if not episode.nested:
        return episode
    parts = Topic("", "", tuple(one.item for one in episode.nested))
    return replace(episode, topics=(*episode.topics, parts))


def _with_waiting(episode: Episode) -> Episode:
    """Return an episode with what waits behind its topics: it has its titles too."""
    waiting = tuple(one.topic for one in episode.waiting)
    return replace(episode, topics=(*episode.topics, *waiting)) if waiting else episode


def _addresses(episode: Episode, profile: Profile) -> set[str]:
    """Return the canonical addresses of which look-ups are wanted."""
    wanted = {link.canonical for link in render.links(episode, profile)}
    nested = (one.item for one in episode.nested)
    for item in (*episode.removed, *episode.waiting_items(), *nested):
        wanted |= {link.canonical for link in links_within(item.content)}
    return wanted


def with_file_text(
    episode: Episode, found: Mapping[str, Found], profile: Profile, *, newest: bool = False
) -> Episode:
    """Return a folded episode with what people wrote in its file in place."""

    def text(item: Item) -> str:
        return layout.item_text(item, found, profile)

    def notes(below: str, step: Noted) -> str:
        return layout.noted_text(below, step.notes, found, profile)

    return apply_file_text(episode, text, notes, newest=newest)
