"""A site's profile: how it wants its drafts (docs/profile.md). Never trusted, always bounded."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo

from bot.core.chapters.heading_time import HeadingTime
from bot.core.front_matter.draft_state import DraftState, draft_state
from bot.core.grammar.message import Rules
from bot.core.model import Link
from bot.core.profile.expression import Budget, Expression
from bot.core.profile.field_types import read_fields
from bot.core.profile.further_files import FurtherFile, read_files
from bot.core.profile.list_style import ListStyle, read_list_style
from bot.core.profile.members import Member, read_members
from bot.core.profile.notes_rules import NotesRules, check_replacement, read_notes
from bot.core.profile.number_source import (
    NumberSource,
    next_number,
    read_source,
    source_of,
    with_files,
)
from bot.core.profile.publish_rules import PublishRules, read_publish
from bot.core.profile.template import Template
from bot.core.profile.yaml_nodes import Value, one_line, read
from bot.errors import ProfileError

LONGEST_TEMPLATE = 256 * 1024
SOURCES = ("title", "og", "twitter", "citation", "jsonld", "oembed", "h1")
SECONDS_A_MESSAGE = 0.03
"""Seconds for all expressions that are asked about one message: all chats wait meanwhile."""

SECONDS_A_DRAFT = 1.0
"""The same for one rendering of an episode, which nobody else waits for."""

DEFAULT_PATH = "_posts/{{ date }}-ep{{ number }}.md"

_Entry = TypeVar("_Entry")

_TEMPLATE_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_TEMPLATE_WORD = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class TitleRule:
    """What to replace in looked-up titles, for all hosts or those named (and below them)."""

    match: Expression
    replace: str
    hosts: tuple[str, ...] = ()

    def applies_to(self, host: str) -> bool:
        """Return whether the rule counts for a host (in lower case)."""
        return not self.hosts or any(host == h or host.endswith("." + h) for h in self.hosts)


@dataclass(frozen=True, slots=True)
class Embed:
    """How the links that `match` matches whole are embedded.

    `oembed` is the provider's address; `needs` are the names that `title` prints, without which
    it makes no title.
    """

    match: Expression
    html: Template
    oembed: str | None = None
    title: Template | None = None
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Profile:
    """A site's profile, checked; every key has its default. `autodraft` is None where it is off.

    `site_yml` is the text that it was read from.
    """

    name: str
    path: Template
    draft_template: Template
    language: str = "en"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    branch: str | None = None
    headings: tuple[int, int] = (3, 4)
    titles: tuple[TitleRule, ...] = ()
    title_from: tuple[str, ...] = SOURCES
    embeds: tuple[Embed, ...] = ()
    members: tuple[Member, ...] = ()
    clean_urls: bool = False
    link_titles: bool = False
    around_links: Literal["labels", "keep"] = "labels"
    keep_liquid: bool = False
    keep_pipes: bool = False
    ignore: tuple[Expression, ...] = ()
    number_from: NumberSource | None = None
    draft_when: Expression | None = None
    defaults: Mapping[str, object] = field(default_factory=dict)
    draft: Literal["commit", "pull_request"] = "commit"
    autodraft: timedelta | None = None
    times: HeadingTime = field(default_factory=HeadingTime)
    item_times: HeadingTime | None = None
    notes: NotesRules = field(default_factory=NotesRules)
    publish: PublishRules = field(default_factory=PublishRules)
    notes_template: Template | None = None
    announce_template: Template | None = None
    list_style: ListStyle = field(default_factory=ListStyle)
    fields: Mapping[str, str] = field(default_factory=dict)
    own_title: Template | None = None
    site_url: tuple[str, ...] = ()
    files: tuple[FurtherFile, ...] = ()
    site_yml: str = ""
    timer: Callable[[], float] | None = field(default=None, compare=False)

    def embed_for(
        self, url: str, budget: Budget | None = None
    ) -> tuple[Embed, dict[str, str]] | None:
        """Return the first embed that matches the whole URL, and what its groups name."""
        budget = budget or self.budget(SECONDS_A_MESSAGE)
        for embed in self.embeds:
            found = embed.match.fullmatch(url, budget)
            if found:
                return embed, {k: v for k, v in found.groupdict().items() if v is not None}
        return None

    def asks_for(self, link: Link) -> bool:
        """Return whether a link is to be looked up: for its title, or for its provider's embed."""
        if link.title is None:
            return True
        matched = self.embed_for(link.url) if self.embeds and not link.quiet else None
        return matched is not None and matched[0].oembed is not None

    def member(self, name_or_id: str) -> Member | None:
        """Find a member by name, by what they are called, or by their id in a chat."""
        wanted = name_or_id.strip().lstrip("@").casefold()
        for kind in ("discord", "slack", "name", "called"):
            for member in self.members:
                value = getattr(member, kind)
                if value is not None and value.casefold() == wanted:
                    return member
        return None

    def draft_state(self, path: str, text: str) -> DraftState:
        """Return whether a file of the site is a draft, by `draft_when` or what is usual.

        GitHub's editor may end lines with CR LF, before which no `$` of an expression matches.

        Raises FrontMatterFault where that stands in front matter that cannot be read.
        """
        if self.draft_when:
            found = self.draft_when.search(text.replace("\r\n", "\n"))
            return "draft" if found else "published"
        return "draft" if "_drafts" in path.split("/")[:-1] else draft_state(text)

    def next_number(self, texts: Iterable[str], taken: Iterable[str] = ()) -> str:
        """Return the next whole number after the highest in the site's files and those `taken`.

        `texts` are the paths of its files, or the texts of those that `number_from` names.
        """
        return next_number(self.number_from.numbers(texts) if self.number_from else (), taken)

    @property
    def field_names(self) -> frozenset[str]:
        """The words of the profile's templates among which the names of its fields are.

        What a template writes as it stands (`layout: post`) names none.
        """
        publish = self.publish
        page = [publish.path, publish.picture, *(one for _, one in publish.set)]
        files = [one for file in self.files for one in (file.path, file.text)]
        templates = [self.path, self.draft_template, *files, *page, self.announce_template]
        sources = [one.source for one in templates if one is not None]
        code = [part for source in sources for part in _TEMPLATE_CODE.findall(source)]
        words = {word for part in code for word in _TEMPLATE_WORD.findall(part)}
        return frozenset({*words, *self.defaults})

    @property
    def makes_more(self) -> bool:
        """Whether templates make something else of what an episode has than its body."""
        return bool(self.files) or not {"topics", "links"}.isdisjoint(self.field_names)

    @property
    def is_mdx(self) -> bool:
        """Whether drafts are MDX, as Astro and others read it: not all of Markdown is."""
        return self.path.source.rstrip().lower().endswith(".mdx")

    @property
    def files_have_notes(self) -> bool:
        """Whether a further file asks for the episode's short notes."""
        return any(re.search(r"\bnotes(_html)?\b", one.text.source) for one in self.files)

    @property
    def rules(self) -> Rules:
        """How the hosts' messages are read."""
        timed = self.item_times is not None
        rules = Rules(around_links=self.around_links, item_times=timed)
        return replace(rules, ignoring=self.ignoring) if self.ignore else rules

    def budget(self, seconds: float) -> Budget:
        """Return a budget of work that several expressions share."""
        return Budget() if self.timer is None else Budget(seconds, self.timer)

    def ignoring(self) -> Callable[[str], bool]:
        """Return what tells of a message's addresses whether they are talk, for this site.

        It raises TemplateError once it has taken SECONDS_A_MESSAGE for all of them.
        """
        budget = self.budget(SECONDS_A_MESSAGE)
        return lambda url: any(pattern.search(url, budget) for pattern in self.ignore)

    def moment(self, at: int) -> datetime:
        """Return an instant, in microseconds since 1970, in the profile's zone."""
        instant = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)
        return instant.astimezone(self.zone)

    def date(self, at: int) -> date:
        """Return the date of an instant, in microseconds since 1970, in the profile's zone."""
        return self.moment(at).date()


def load(
    site_yml: str,
    template: str,
    *,
    folder: str = ".rundown",
    default_name: str = "",
    further: Mapping[str, str] | None = None,
) -> Profile:
    """Read a profile from the texts of its files; errors name them in `folder`.

    `further` holds those of FURTHER that it has.

    Raises ProfileError, which names file, line and cause, for anything that is not right.
    """
    file = f"{folder}/site.yml"
    templates = {
        name: _whole_template(text, f"{folder}/{name}")
        for name, text in {"draft.md.j2": template, **(further or {})}.items()
    }
    root = read(site_yml, file)
    keys = root.mapping(_READERS) if root else {}
    values = {name: read_key(keys[name]) for name, read_key in _READERS.items() if name in keys}
    values = {_RENAMED.get(name, name): value for name, value in values.items()}
    times = values.pop("times", None)
    values |= times if isinstance(times, dict) else {}
    path = values.setdefault("path", Template(DEFAULT_PATH, file))
    assert isinstance(path, Template)  # noqa: S101 - _READERS gives it
    source = values.get("number_from")
    if isinstance(source, NumberSource):
        values["number_from"] = with_files(source, path)
    else:
        values["number_from"] = source_of(path)
    if folder_of_site := values.pop("root", ""):
        # Loaded here because most sites stand at the root of their repository.
        from bot.core.profile.root import below

        values |= below(str(folder_of_site), values)
    return Profile(
        **{"name": default_name, **values},  # type: ignore[arg-type]  # each by its reader
        draft_template=templates["draft.md.j2"],
        notes_template=templates.get("notes.md.j2"),
        announce_template=templates.get("announce.md.j2"),
        site_yml=site_yml,
    )


def _whole_template(text: str, file: str) -> Template:
    if len(text) > LONGEST_TEMPLATE:
        raise ProfileError("profile.too-long", file=file, most=LONGEST_TEMPLATE)
    return Template(text, file)


# --- the keys of site.yml ----------------------------------------------------------------------


def _zone(value: Value) -> ZoneInfo:
    try:
        return ZoneInfo(value.text(100))
    except (KeyError, ValueError, OSError):
        value.fail("timezone", value=one_line(value.text()))


def _root(value: Value) -> str:
    from bot.core.profile.root import read_root

    return read_root(value)


def _language(value: Value) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value.text()):
        value.fail("language", value=one_line(value.text()))
    return value.text()


def _headings(value: Value) -> tuple[int, int]:
    keys = value.mapping(("topic", "subtopic"))
    levels = {name: key.text() for name, key in keys.items()}
    if not all(re.fullmatch("[1-6]", level) for level in levels.values()):
        value.fail("headings")
    topic = int(levels.get("topic", "3"))
    subtopic = int(levels.get("subtopic", str(topic + 1)))
    if not topic < subtopic <= 6:
        value.fail("headings")
    return topic, subtopic


def _title_rule(value: Value) -> TitleRule:
    keys = value.mapping(("match", "replace", "hosts"))
    match = value.required(keys, "match").expression()
    replace = value.required(keys, "replace")
    check_replacement(match, replace)
    hosts = keys["hosts"].texts() if "hosts" in keys else ()
    return TitleRule(match, replace.text(), tuple(host.lower() for host in hosts))


def _embed(value: Value) -> Embed:
    keys = value.mapping(("match", "oembed", "html", "title"))
    title = keys["title"].template() if "title" in keys else None
    return Embed(
        match=value.required(keys, "match").expression(),
        html=value.required(keys, "html").template(),
        oembed=_address(keys["oembed"]) if "oembed" in keys else None,
        title=title,
        needs=frozenset(re.findall(r"\{\{-?\s*([A-Za-z_]\w*)", title.source) if title else ()),
    )


def _address(value: Value) -> str:
    url = value.text(2_000)
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url):
        value.fail("address")
    return url


def _title_from(value: Value) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.choice(SOURCES) for entry in value.entries())) or SOURCES


def _defaults(value: Value) -> Mapping[str, object]:
    return {name: entry.plain() for name, entry in value.mapping().items()}


def _autodraft(value: Value) -> timedelta | None:
    word = value.text()
    found = re.fullmatch(r"([1-9][0-9]{0,4}) ?([smhd])", word)
    if not found and word.lower() not in ("off", "no", "false"):
        value.fail("duration", value=one_line(word))
    units = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
    return timedelta(**{units[found[2]]: int(found[1])}) if found else None


def _times(value: Value) -> dict[str, object]:
    """Read `times`: a pattern for headings, or one each for headings and items."""
    if not value.is_mapping:
        return {"times": _pattern(value)}
    keys = value.mapping(("headings", "items"))
    names = {"headings": "times", "items": "item_times"}
    return {names[name]: _pattern(entry) for name, entry in keys.items()}


def _pattern(value: Value) -> HeadingTime:
    try:
        return HeadingTime(value.text(100))
    except ValueError:
        value.fail("times", value=one_line(value.text()))


def _list_of(read_entry: Callable[[Value], _Entry]) -> Callable[[Value], tuple[_Entry, ...]]:
    return lambda value: tuple(read_entry(entry) for entry in value.entries())


_READERS: dict[str, Callable[[Value], object]] = {
    "name": Value.text,
    "language": _language,
    "timezone": _zone,
    "root": _root,
    "path": Value.template,
    "branch": Value.text,
    "headings": _headings,
    "titles": _list_of(_title_rule),
    "title_from": _title_from,
    "embeds": _list_of(_embed),
    "members": read_members,
    "clean_urls": Value.boolean,
    "link_titles": Value.boolean,
    "around_links": lambda value: value.choice(("labels", "keep")),
    "liquid": lambda value: value.choice(("keep", "escape")) == "keep",
    "pipes": lambda value: value.choice(("keep", "escape")) == "keep",
    "ignore": _list_of(Value.expression),
    "number_from": read_source,
    "draft_when": Value.expression,
    "defaults": _defaults,
    "draft": lambda value: value.choice(("commit", "pull_request")),
    "autodraft": _autodraft,
    "times": _times,
    "notes": read_notes,
    "list": read_list_style,
    "fields": read_fields,
    "files": read_files,
    "publish": read_publish,
    "own_title": Value.template,
    "site_url": lambda value: tuple(map(_address, [value] if value.is_scalar else value.entries())),
}
_RENAMED = {
    "timezone": "zone", "liquid": "keep_liquid", "pipes": "keep_pipes", "list": "list_style",
}  # fmt: skip
