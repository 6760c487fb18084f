"""Which of a site's files are pages of episodes, and how they are read, by its profile."""

from collections.abc import Iterable, Iterator
from hashlib import blake2b

from bot.core.front_matter.values import FrontMatterFault
from bot.core.profile.expression import Expression
from bot.core.profile.number_source import path_pattern
from bot.core.profile.profile import Profile
from bot.core.profile.template import Template
from bot.core.site_index.addresses import SiteSettings
from bot.core.site_index.reader import PageRules

READER = 1
"""To be raised where pages are read in another way, so that all are read anew."""

_ENDINGS = (".md", ".markdown", ".mkd", ".mdx", ".html", ".htm", ".adoc", ".asciidoc", ".org")


def episode_paths(profile: Profile, paths: Iterable[str]) -> Iterator[str]:
    """Yield the paths of episodes' pages; raise TemplateError where an expression is too slow."""
    source, places = profile.number_from, [profile.publish.path]
    if source is None:
        places.append(profile.path)
    named = [_expression(one) for one in places if one is not None]
    for path in paths:
        if path.lower().endswith(_ENDINGS) and (
            (source is not None and source.is_page(path)) or any(one.search(path) for one in named)
        ):
            yield path


def _expression(template: Template) -> Expression:
    number = r"\d+(?:[._-]\d+)?"
    pattern = path_pattern(template.source, number=number, printed=number)
    return Expression(pattern, "path", template.file, template.line)


def folder_of(profile: Profile) -> str:
    """Return the folder below which a profile puts its episodes."""
    return profile.path.source.partition("{")[0].rpartition("/")[0]


def reading(profile: Profile, settings: SiteSettings) -> PageRules:
    """Return how the pages of a site are read."""

    def number(path: str, text: str) -> str:
        source = profile.number_from
        if source is None:
            return ""
        found = source.numbers([text if source.front_matter else path])
        return found[0] if found else ""

    def is_draft(path: str, text: str) -> bool:
        try:
            return profile.draft_state(path, text) == "draft"
        except FrontMatterFault:
            return False

    return PageRules(number=number, is_draft=is_draft, times=profile.times, settings=settings)


def state_of(profile: Profile, settings: SiteSettings) -> str:
    """Return what tells one way of reading a site's pages from another."""
    source = profile.number_from
    said = (
        READER,
        profile.path.source,
        profile.publish.path and profile.publish.path.source,
        source
        and (
            source.match.source,
            source.front_matter,
            source.files and source.files.source,
            source.season,
            source.root,
        ),
        profile.draft_when and profile.draft_when.source,
        profile.times.pattern,
        settings,
    )
    return blake2b(repr(said).encode(), digest_size=8).hexdigest()
