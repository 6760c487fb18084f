"""`rundown init`: put a profile into a site, and show what was learned of its episodes."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot import config
from bot.adapters.new_profile import has_no_commit
from bot.adapters.new_profile import init as put_profile
from bot.adapters.templates.client import TemplateWorker
from bot.app.app import clock
from bot.app.sites import Sites
from bot.config import Repository
from bot.core.model import Bullet, Episode, Item, Link, Topic
from bot.core.profile.further_files import FileText
from bot.core.profile.profile import Profile, load
from bot.core.render import render
from bot.core.survey.draft_template import DraftTemplate
from bot.core.survey.site import Survey
from bot.texts import say

_PAGE = "https://example.org/"
_REPOSITORY = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]*)/([A-Za-z0-9._-]+)(?:@(\S+))?")


@dataclass(frozen=True, slots=True)
class InitOptions:
    """What `rundown init` was asked for."""

    folder: Path
    kind: str | None = None
    show: str | None = None


def init(options: InitOptions, *, language: str, environment: Mapping[str, str]) -> int:
    """Put a profile into a site's folder or propose it on GitHub; print what was learned."""
    named = _REPOSITORY.fullmatch(str(options.folder))
    if named and not options.folder.exists():
        where = Repository(named[1], named[2], named[3])
        print(asyncio.run(_propose(where, options, language, environment)))
    else:
        print(asyncio.run(_init(options, language)))
    return 0


async def _propose(
    where: Repository, options: InitOptions, language: str, environment: Mapping[str, str]
) -> str:
    """Open a pull request with the profile of a site on GitHub."""
    from bot.adapters.github.new_profile import propose

    settings = config.read(environment, Path(".env"))
    sites = Sites(settings=settings, environment=environment, clock=clock)
    async with sites.github(where) as github:
        proposed = await propose(github, where.branch, show=options.show, language=language)
    new = proposed.new
    lines = [say("cli.proposed", language, url=proposed.url)]
    lines += [*learned(new.site, new.made, language), ""]
    return "\n".join([*lines, *await _first(new.settings, new.template, new.site, language)])


async def _init(options: InitOptions, language: str) -> str:
    written = await put_profile(
        options.folder, kind=options.kind, show=options.show, language=language
    )
    files = [str(path) for path in written.paths]
    lines = [say("cli.written", language, files=files, kind=written.kind)]
    if written.site is not None and written.template is not None:
        lines += learned(written.site, written.template, language)
        if await has_no_commit(options.folder):
            lines.append(say("cli.uncommitted", language))
        lines.append("")
        settings, template = (path.read_text(encoding="utf-8") for path in written.paths)
        lines += await _first(settings, template, written.site, language)
    elif written.looked is not None:
        values = {"folder": options.folder, "looked": written.looked, "kind": written.kind}
        lines.append(say("survey.shipped", language, **values))
    return "\n".join(lines)


def learned(site: Survey, template: DraftTemplate, language: str) -> list[str]:
    """Return what was learned of a site, and what could not be told."""
    values = {
        "count": len(site.paths), "folder": site.folder or ".", "path": site.pages[0].path,
        "newest": site.newest, "next": site.next,
    }  # fmt: skip
    lines = [say("survey.found" if site.newest else "survey.found-unnumbered", language, **values)]
    broken = [page.path for page in site.pages if page.is_broken]
    markup = {"asciidoc": "AsciiDoc", "org": "Org"}.get(site.body.markup)
    told: list[tuple[str, bool, dict[str, object]]] = [
        ("others", bool(site.others), {"folders": site.others}),
        ("broken", bool(broken), {"count": len(broken), "of": len(site.pages),
                                  "paths": broken[:3]}),
        ("beside", bool(site.beside), {"files": ", ".join(site.beside[:10])}),
        ("markup", bool(markup), {"markup": markup}),
        ("untold-number", not site.next, {}),
        ("untold-headings", site.body.heading is None, {}),
        ("unknown", bool(template.unknown), {"keys": template.unknown}),
    ]  # fmt: skip
    return lines + [say(f"survey.{what}", language, **more) for what, is_so, more in told if is_so]


async def _first(settings: str, template: str, site: Survey, language: str) -> list[str]:
    """Return how a first draft would look, by the profile that was written."""
    async with TemplateWorker() as worker:
        draft, *more = await first_files(
            load(settings, template), site.next, worker, day=date.today().isoformat()
        )
    lines = [say("survey.first", language, path=draft.path), "", draft.text.rstrip()]
    for one in more:
        lines += ["", say("survey.first-further", language, path=one.path), "", one.text.rstrip()]
    return lines


async def first_files(
    profile: Profile, number: str, worker: TemplateWorker, *, day: str
) -> list[FileText]:
    """Return a draft with a title, a topic and a link, and its commit's further files but notes."""
    link = Link(_PAGE, _PAGE, "Example")
    topic = Topic("topic", "Topic", (Item("item", Bullet((link,)), "", "", 0),))

    fields = {"number": number, "title": "Title", "date": day}
    episode = Episode("first", (topic,), {**profile.defaults, **fields})
    body = render.body(episode, {}, profile)
    names = render.names(episode, profile, body, {})
    jobs = (*render.files(profile, names), *render.further(profile, names))
    path, text, *more = await worker.render(jobs)
    draft = FileText(" ".join(path.split()), render.page(text))
    return [draft, *(one for one in render.file_texts(profile, more) if one.path)]
