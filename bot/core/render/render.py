"""An episode and a site's profile -> Markdown, with a map from its lines to the items.

In four steps, because a profile's templates run in a worker: `plan` says which templates the
links' titles and embeds take, `found` makes of their texts what is written for each link, `body`
lays it all out, `names` gives what the templates of the file see (`files`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape as html_escape
from html import unescape

from bot.core import urls
from bot.core.model import (
    Bullet,
    Episode,
    Found,
    Job,
    Link,
    Lookup,
    Written,
)
from bot.core.profile.expression import Budget
from bot.core.profile.further_files import FileText
from bot.core.profile.profile import SECONDS_A_DRAFT, Embed, Profile
from bot.core.profile.template import Template
from bot.core.render import escape, topic_data
from bot.core.render.layout import Body, Writer, body, shown_link
from bot.core.render.topic_data import links_of

__all__ = [
    "Body", "TitlePlan", "body", "file_texts", "files", "found", "further", "links", "links_of",
    "names", "owners", "page", "plan",
]  # fmt: skip

LONGEST_EMBED = 50_000


# --- what is to be looked up -------------------------------------------------------------------


def links(episode: Episode, profile: Profile) -> tuple[Link, ...]:
    """Return the distinct links that need a look-up: for their title, or for their embed."""
    return tuple(
        want.link
        for want in _wanted(episode, profile)
        if want.title or (want.embed and profile.embeds and _takes_oembed(want.link.url, profile))
    )


def _takes_oembed(url: str, profile: Profile) -> bool:
    matched = profile.embed_for(url)
    return matched is not None and matched[0].oembed is not None


@dataclass(slots=True)
class _Want:
    """A link, and whether a title or an embed is wanted for it anywhere."""

    link: Link
    title: bool = False
    embed: bool = False


def _wanted(episode: Episode, profile: Profile) -> list[_Want]:
    """Return the distinct addresses of an episode, with those of its fields."""
    wants: dict[str, _Want] = {}

    def add(link: Link, *, embed: bool) -> None:
        want = wants.get(link.url)
        if want is None:
            want = wants[link.url] = _Want(link)
        want.title |= link.title is None
        want.embed |= embed and not link.quiet

    for item in episode.items():
        if isinstance(item.content, Written):
            continue  # people wrote it as it is to be
        own = item.content.links if isinstance(item.content, Bullet) else ()
        if len(own) == 1:
            add(own[0], embed=True)
        for link in links_of(item):
            add(link, embed=False)
    for value in _fields(episode, profile).values():
        url = value.get("url") if isinstance(value, Mapping) else None
        if isinstance(url, str):
            add(Link(url, urls.canonical(url)), embed=True)
    return list(wants.values())


# --- titles and embeds -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Planned:
    """A link's own title, and which jobs make a better title, or an embed, of it."""

    url: str
    title: str | None
    title_job: int | None
    embed_job: int | None


@dataclass(frozen=True, slots=True)
class TitlePlan:
    """What is known of an episode's links, and the templates (`jobs`) that say the rest."""

    jobs: tuple[Job, ...]
    links: tuple[_Planned, ...]


def plan(episode: Episode, profile: Profile, lookups: Mapping[str, Lookup]) -> TitlePlan:
    """Say which templates make the titles and embeds of an episode's links.

    `lookups` are by canonical address. Raises TemplateError where a regular expression of the
    profile takes too long.
    """
    jobs: list[Job] = []
    planned = []
    budget = profile.budget(SECONDS_A_DRAFT)
    for want in _wanted(episode, profile):
        lookup = lookups.get(want.link.canonical)
        url = want.link.url
        matched = profile.embed_for(url, budget) if profile.embeds else None
        title_job = embed_job = None
        if matched:
            embed, groups = matched
            if want.title and lookup and embed.title:
                title_job = _add(jobs, embed.title, _title_names(embed, url, groups, lookup))
            if want.embed:
                embed_job = _add(jobs, embed.html, _embed_names(embed, url, groups, lookup))
        planned.append(_Planned(url, lookup.title if lookup else None, title_job, embed_job))
    return TitlePlan(tuple(jobs), tuple(planned))


def _add(jobs: list[Job], template: Template, sees: dict[str, object] | None) -> int | None:
    """Add a job, if there is what it needs, and give its place."""
    if sees is None:
        return None
    jobs.append(Job(template.source, sees, template.file, template.line))
    return len(jobs) - 1


def _title_names(
    embed: Embed, url: str, groups: Mapping[str, str], lookup: Lookup
) -> dict[str, object] | None:
    """Return what a title's template sees; None where what it prints is not there."""
    sees = {**_scalars(lookup), "text": words(lookup.embed_html or ""), "url": url, **groups}
    return sees if lookup.answer and all(sees.get(name) for name in embed.needs) else None


def _embed_names(
    embed: Embed, url: str, groups: Mapping[str, str], lookup: Lookup | None
) -> dict[str, object] | None:
    """Return what an embed's template sees, with nothing in it that could break out of HTML.

    None where the provider's answer is needed and not there.
    """
    html = (lookup.embed_html or "") if lookup else ""
    if embed.oembed and not html.strip():
        return None
    answer = _scalars(lookup) if lookup else {}
    safe = {
        name: escape.liquid(html_escape(value), keep=False) if isinstance(value, str) else value
        for name, value in answer.items()
    }
    parts = {name: escape.address(value) for name, value in {**groups, "url": url}.items()}
    return {**safe, "html": escape.liquid(html[:LONGEST_EMBED], keep=False), **parts}


def _scalars(lookup: Lookup) -> dict[str, object]:
    return {
        name: value[:LONGEST_EMBED] if isinstance(value, str) else value
        for name, value in lookup.answer.items()
        if isinstance(value, str | int | float)
    }


def words(html: str) -> str:
    """Return the words of an embed's first paragraph (of all of it where it has none)."""
    html = html[:LONGEST_EMBED]
    start = re.search(r"<p[ >]", html)
    end = html.find("</p>")
    if start and end > start.start():
        html = html[start.start() : end]
    html = re.sub(r"<(?:br|p|div|li|a)\b[^<>]*>", " ", html)
    return " ".join(unescape(re.sub(r"<[^<>]*>", "", html)).split())


def found(plan: TitlePlan, texts: Sequence[str], profile: Profile) -> dict[str, Found]:
    """Return what is written for each link, by its address as typed.

    `texts` are what the plan's jobs gave. Raises TemplateError where a regular expression of the
    profile takes too long.
    """
    known: dict[str, Found] = {}
    budget = profile.budget(SECONDS_A_DRAFT)
    for link in plan.links:
        title = texts[link.title_job] if link.title_job is not None else link.title
        title = _by_rules(profile, link.url, title, budget) if title else None
        embed = _block(texts[link.embed_job]) if link.embed_job is not None else None
        known[link.url] = Found(title or None, embed)
    return known


def _by_rules(profile: Profile, url: str, title: str, budget: Budget) -> str:
    title = escape.plain(title)
    if profile.titles:
        host = urls.host_of(url)
        for rule in profile.titles:
            if rule.applies_to(host):
                title = escape.plain(rule.match.sub(rule.replace, title, budget))
    return title


def _block(html: str) -> str | None:
    """Return an embed as one block: a blank line in it would end it."""
    lines = (escape.writable(line).rstrip() for line in html.strip().splitlines())
    return "\n".join(line for line in lines if line) or None


# --- what the templates of the file see --------------------------------------------------------


def names(
    episode: Episode, profile: Profile, body: Body, found: Mapping[str, Found]
) -> dict[str, object]:
    """Return what the profile's template and `path` see of an episode."""
    writer = Writer(found, profile)
    sees: dict[str, object] = {
        name: _field(value, writer) for name, value in _fields(episode, profile).items()
    }
    if "number" in sees:
        sees["number"] = str(sees["number"])
    if isinstance(day := sees.get("date"), str):
        sees["date"] = _day(day)
    sees["starring"] = [_star(one, profile) for one in _listed(sees.get("starring"))]
    sees["tags"] = _listed(sees.get("tags"))
    for name, kind in profile.fields.items():
        if kind == "list":
            sees[name] = _listed(sees.get(name))
    sees["body"] = body.text
    sees["body_lead"], sees["body_rest"] = body.parts
    sees["topics"] = topic_data.topics(episode, found, profile)
    sees.setdefault("links", topic_data.links(episode, found))
    sees.setdefault("published", False)
    return sees


def files(profile: Profile, names: Mapping[str, object]) -> tuple[Job, Job]:
    """Return the jobs that make the draft's path, and its text (`page` puts its end right)."""
    path, draft = profile.path, profile.draft_template
    return (
        Job(path.source, names, path.file, path.line),
        Job(draft.source, names, draft.file, draft.line),
    )


def further(profile: Profile, names: Mapping[str, object]) -> tuple[Job, ...]:
    """Return the jobs that make the further files of an episode: the path and the text of each."""
    return tuple(
        Job(one.source, names, one.file, one.line)
        for file in profile.files
        for one in (file.path, file.text)
    )


def file_texts(profile: Profile, texts: Sequence[str]) -> tuple[FileText, ...]:
    """Return the further files of which `further` gave the texts."""
    made = zip(profile.files, texts[::2], texts[1::2], strict=True)
    return tuple(
        FileText(" ".join(path.split()), page(text), file.repository) for file, path, text in made
    )


def page(text: str) -> str:
    """Return a file's text with one newline at its end."""
    return escape.writable(text).rstrip() + "\n"


def owners(text: str, body: Body) -> tuple[str | None, ...] | None:
    """Return for each line of a file the item or topic that it belongs to, where the body stands.

    None where the template made something else of the body.
    """
    lines = text.count("\n") + (not text.endswith("\n"))
    if not body.text:
        return (None,) * lines
    if (at := _place(text, body.text, 0)) is not None:
        return _owned(lines, (at, body.lines))
    lead, rest = body.parts
    at = _place(text, lead, 0) if lead and rest else None
    below = None if at is None else _place(text, rest, at + body.lead)
    if at is None or below is None:
        return None
    own = body.lines[len(body.lines) - 1 - rest.count("\n") :]
    return _owned(lines, (at, body.lines[: body.lead]), (below, own))


def _place(text: str, part: str, start: int) -> int | None:
    """Return the number of the line at which a part of the body stands, below another one."""
    at = -1
    for _ in range(start):
        at = text.index("\n", at + 1)
    found = f"\n{text}".find(f"\n{part}\n", at + 1)
    return None if found < 0 else f"\n{text}".count("\n", 0, found)


def _owned(lines: int, *parts: tuple[int, tuple[str | None, ...]]) -> tuple[str | None, ...]:
    """Return whose each line of a file is, where parts of the body stand at lines of it."""
    owners: list[str | None] = [None] * lines
    for at, own in parts:
        owners[at : at + len(own)] = own
    return tuple(owners)


def _fields(episode: Episode, profile: Profile) -> dict[str, object]:
    return _merged(profile.defaults, episode.fields)


def _merged(under: Mapping[str, object], over: Mapping[str, object]) -> dict[str, object]:
    """Put mappings over one another, key by key at every depth."""
    merged = dict(under)
    for name, value in over.items():
        below = merged.get(name)
        both = isinstance(below, Mapping) and isinstance(value, Mapping)
        merged[name] = _merged(below, value) if both else value  # type: ignore[arg-type]  # `both`
    return {name: value for name, value in merged.items() if value is not None}


def _field(value: object, writer: Writer) -> object:
    url = value.get("url") if isinstance(value, Mapping) else None
    if not isinstance(value, Mapping) or not isinstance(url, str):
        return value
    known = writer.found.get(url, Found())
    link = shown_link(Link(url, url), writer)
    return {**value, "link": link, "embed": known.embed or ""}


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _listed(value: object) -> list[object]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _star(one: object, profile: Profile) -> object:
    if isinstance(one, Mapping):
        return one
    member = profile.member(str(one))
    return member.fields() if member else {"name": str(one)}
