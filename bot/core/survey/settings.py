"""The text of `site.yml` for a site that was looked at, with comments that say what was seen."""

import re
from collections.abc import Mapping, Sequence
from textwrap import wrap

from bot.core.chapters.heading_time import BEFORE
from bot.core.render.escape import yaml
from bot.core.survey.data_files import DataFile
from bot.core.survey.draft_template import DraftTemplate
from bot.core.survey.page import whole
from bot.core.survey.site import Survey
from bot.texts import say

_MOST_MEMBERS = 60
LIQUID = 0.5
"""The share of pages with Liquid or shortcodes in their own words that makes them wanted."""


LINK_TITLES = 0.5
"""The share of pages whose links have titles behind their addresses that makes them a custom."""


PIPES = 0.25
"""The share of pages with bare pipes in their items that shows that they are no tables there."""


def settings_text(
    site: Survey,
    template: DraftTemplate,
    said: Mapping[str, str | None],
    *,
    language: str,
    files: Sequence[DataFile] = (),
) -> str:
    """Return the settings of a site's profile, with comments in a language."""
    writer = _Writer(site, template, language)
    parts = [
        writer.comment("head", seen=len(site.pages), folder=site.folder or "."),
        [f"{key}: {yaml(value)}" for key, value in said.items() if value],
        writer.own_title(said.get("name")),
        writer.root(), writer.path(), writer.number(), writer.draft(), writer.headings(),
        writer.list_style(), writer.link_titles(), writer.pipes(), writer.times(), writer.liquid(),
        writer.front_matter(), writer.fields(files), writer.files(files), writer.members(),
    ]  # fmt: skip
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


class _Writer:
    """Writes the parts of the settings, each with what was seen."""

    def __init__(self, site: Survey, template: DraftTemplate, language: str) -> None:
        self._site = site
        self._template = template
        self._language = language

    def comment(self, what: str, **values: object) -> list[str]:
        """Return a comment of one text, in lines that are not long."""
        text = say(f"survey.{what}", self._language, **values)
        return [f"# {line}" for line in wrap(text, 98, break_long_words=False)]

    def root(self) -> list[str]:
        root = self._site.root
        return [*self.comment("root", root=root), f"root: {yaml(root)}"] if root else []

    def path(self) -> list[str]:
        shape = self._site.shape
        is_dropped = shape.has("slug") and not self._site.keeps_letters and self._site.is_japanese
        return [
            *(self.comment("slug") if is_dropped else ()),
            *self.comment("path", seen=shape.seen, of=shape.of, newest=_shown(self._site.paths[0])),
            f"path: {_single(self._from_root(self._site.episode_path))}",
        ]

    def _from_root(self, path: str) -> str:
        return path.removeprefix(f"{self._site.root}/") if self._site.root else path

    def _pattern(self) -> str:
        """Return the expression for the paths of episodes, as seen from the root."""
        pattern, root = self._site.shape.pattern, self._site.root
        return _anchored(pattern.removeprefix(re.escape(f"{root}/")) if root else pattern)

    def number(self) -> list[str]:
        site = self._site
        if site.number_at is not None:
            lines = self.comment("number-key", key=site.number_at.key, newest=site.newest)
            if site.number_at.season:
                season = max((one.season for one in site.known), key=whole)
                lines += self.comment("season", season=season)
            match = _single(site.number_at.match)
            return [
                *lines, "number_from:", f"  front_matter: {yaml(site.number_at.key)}",
                *([f"  season: {yaml(site.number_at.season)}"] if site.number_at.season else []),
                f"  match: {match}", f"  files: {_single(self._pattern())}",
            ]  # fmt: skip
        if not site.shape.has("number"):
            return self.comment("number-none")
        lines = self.comment("number-path", newest=site.newest, next=site.next)
        if site.shape.has("season"):
            lines += self.comment("season", season=site.known[0].season)
        return [*lines, f"number_from: {_single(self._pattern())}"]

    def own_title(self, name: str | None) -> list[str]:
        learned = self._site.own_title
        if learned is not None:
            about = self.comment("own-title-seen", seen=learned.seen, of=learned.of)
            return [*about, f"own_title: {yaml(learned.template)}"]
        if not name or "{" in name or not any(one.number for one in self._site.known):
            return []
        title = f"{name} {{{{ number }}}}: {{{{ title }}}}"
        return [*self.comment("own-title"), f"# own_title: {yaml(title)}"]

    def draft(self) -> list[str]:
        draft = self._site.draft
        if draft.mark == "none":
            return [*self.comment("draft-none", why=draft.why), "draft: pull_request"]
        return self.comment("draft-mark", mark=draft.mark, why=draft.why)

    def headings(self) -> list[str]:
        body = self._site.body
        if body.heading is None:
            return self.comment("headings-none", of=len(self._site.pages))
        level = min(body.heading, 5)
        return [
            *self.comment("headings", seen=body.headed, of=len(self._site.pages), level=level),
            f"headings: {{topic: {level}, subtopic: {level + 1}}}",
        ]

    def list_style(self) -> list[str]:
        body = self._site.body
        if body.marker is None or body.markup != "markdown":
            return []
        bare = body.marker.strip()
        least = max(len(bare) + 1, 2)
        indent = body.indent if body.indent and least <= body.indent <= 8 else least
        lead = body.marker[: -len(body.marker.lstrip())]
        gap = min(len(body.marker) - len(body.marker.rstrip()), 4)
        marker = f"{lead}{f'1{bare[-1]}' if body.is_numbered else bare}{' ' * gap}"
        return [
            *self.comment("list", seen=body.listed, of=len(self._site.pages), marker=marker),
            f"list: {{marker: {yaml(marker)}, indent: {indent}}}",
        ]

    def link_titles(self) -> list[str]:
        pages, seen = len(self._site.pages), self._site.body.titled
        if seen < LINK_TITLES * pages:
            return []
        return [*self.comment("link-titles", seen=seen, of=pages), "link_titles: true"]

    def pipes(self) -> list[str]:
        """Keep pipes where the site does: kramdown, which makes tables of them, is Jekyll's."""
        pages, seen = len(self._site.pages), self._site.body.piped
        if not self._site.is_jekyll and seen >= PIPES * pages:
            return [*self.comment("pipes", seen=seen, of=pages), "pipes: keep"]
        return []

    def times(self) -> list[str]:
        body = self._site.body
        if body.times == "none":
            return self.comment("times-none")
        lines = self.comment(f"times-{body.times}", shape=body.time_shape)
        pattern = " ".join(body.time_pattern.split())
        if body.times == "items":
            return [*lines, "times:", f"  items: {yaml(pattern or BEFORE)}"]
        if pattern in ("", BEFORE):
            return lines
        return [*lines, f"times: {yaml(pattern)}"]

    def liquid(self) -> list[str]:
        pages = len(self._site.pages)
        if self._site.body.liquid < LIQUID * pages:
            return []
        return [*self.comment("liquid", seen=self._site.body.liquid, of=pages), "liquid: keep"]

    def front_matter(self) -> list[str]:
        site = self._site
        if site.format is None:
            return self.comment("front-none")
        lines = self.comment("front", format=site.format.upper(), seen=site.read,
                             of=len(site.pages))  # fmt: skip
        steady = [key.name for key in site.keys if key.kind == "constant" and key.is_usual]
        usual = [f"{key.name} ({key.usual[1]}/{key.of})" for key in site.keys
                 if key.usual and key.kind != "constant" and key.is_usual]  # fmt: skip
        rare = [f"{key.name} ({key.seen}/{key.of})" for key in site.keys if not key.is_usual]
        for what, names in (("steady", steady), ("usual", usual), ("rare", rare)):
            if names:
                lines += self.comment(f"front-{what}", keys=_shown(", ".join(names), 300))
        return lines

    def files(self, files: Sequence[DataFile]) -> list[str]:
        lines = [*self.comment("files"), "files:"] if files else []
        for file in files:
            lines += [f"  - path: {_single(self._from_root(file.path))}", "    text: |"]
            lines += [f"      {line}".rstrip() for line in file.made.text.splitlines()]
        return lines

    def fields(self, files: Sequence[DataFile]) -> list[str]:
        fields = dict(self._template.fields)
        for file in files:
            fields = {**file.made.fields, **fields}
        if not fields:
            return []
        return [*self.comment("fields"), "fields:",
                *(f"  {name}: {kind}" for name, kind in fields.items())]  # fmt: skip

    def members(self) -> list[str]:
        key = self._template.people
        found = members(self._site, key) if key else []
        if not found:
            return []
        rows = ("{" + ", ".join(f"{name}: {yaml(text)}" for name, text in one.items()) + "}"
                for one in found)  # fmt: skip
        return [*self.comment("members", key=key), "members:", *(f"  - {row}" for row in rows)]


def members(site: Survey, key: str) -> list[dict[str, str]]:
    """Return who stars in the newest episodes by a key, each with what is said of them there."""
    found: dict[str, dict[str, str]] = {}
    for page in site.pages:
        value = page.values.get(key)
        entries = value if isinstance(value, tuple) else ()
        if isinstance(value, Mapping):
            entries = tuple({"name": name, "url": one} for name, one in value.items())
        for entry in entries:
            member = _member(entry)
            if member and len(found) < _MOST_MEMBERS:
                found.setdefault(member["name"], member)
    return list(found.values())


def _member(entry: object) -> dict[str, str] | None:
    if not isinstance(entry, Mapping):
        text = getattr(entry, "text", None)
        name = text.strip() if isinstance(text, str) else ""
        return {"name": name} if name else None
    made: dict[str, str] = {}
    for key, value in entry.items():
        text = value if isinstance(value, str) else getattr(value, "text", "")
        name = re.sub(r"[^A-Za-z0-9_]", "_", key)
        if isinstance(text, str) and text.strip() and len(text) < 500 and not name[:1].isdigit():
            made[name] = text.strip()
    return {"name": made.pop("name"), **made} if "name" in made else None


def _anchored(pattern: str) -> str:
    """Return the pattern of paths as people write it."""
    plain = pattern.replace("(?P<date>", "(?:").replace("(?P<year>", "(?:")
    plain = plain.replace("(?P<month>", "(?:").replace("(?P<slug>", "(?:")
    return f"^{plain.replace(chr(92) + '-', '-').replace(chr(92) + ' ', ' ')}$"


def _single(text: str) -> str:
    """Return a YAML scalar in single quotes, in which nothing is escaped but those."""
    return "'" + text.replace("'", "''") + "'"


def _shown(text: str, most: int = 120) -> str:
    line = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    return line if len(line) <= most else line[: most - 1] + "…"
