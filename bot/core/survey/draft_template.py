"""The template of a draft that looks like the site's newest episodes, and what it cannot tell."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.front_matter.values import Scalar, Value
from bot.core.survey.context import ALONE
from bot.core.survey.expressions import (
    expression,
    inline,
    quoted,
    raw,
    title_expression,
)
from bot.core.survey.frame import FixedLine
from bot.core.survey.keys import Key
from bot.core.survey.list_formats import JsonList, ListFormat, TomlList, YamlList
from bot.core.survey.page import date_parts
from bot.core.survey.site import Survey

FieldType = str
"""`text`, `number`, `boolean` or `list`: what a field that a template asks for may hold."""

_SUMMARY = re.compile(r"description|summary|excerpt|subtitle|abstract|synopsis", re.IGNORECASE)
_TAGS = re.compile(r"tags|categories|keywords|topics", re.IGNORECASE)
_PEOPLE = re.compile(
    r"hosts?|starring|members|actors?|actor_ids|participants|people|speakers|presenters|cast\Z"
    r"|panelists",
    re.IGNORECASE,
)
_LINK_ADDRESS = ("url", "link", "href")
_LINK_TITLE = ("title", "name", "text", "label")
_WHOLE = ["{{ body }}"]
_LEAD = ["{%- if body_lead %}", "", "{{ body_lead }}", "{%- endif %}"]
_TIME = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(.*)\Z")


@dataclass(slots=True)
class DraftTemplate:
    """The template's text, and what was found on the way.

    `fields` are what a host may set for it, `people` the key of who stars, `unknown` the keys for
    whose values nothing better than an empty one is known.
    """

    text: str = ""
    fields: dict[str, FieldType] = field(default_factory=dict)
    people: str | None = None
    links: str | None = None
    unknown: list[str] = field(default_factory=list)


def draft_template(site: Survey) -> DraftTemplate:
    """Return the template of a site's drafts."""
    return _Writer(site).write()


def data_template(site: Survey) -> DraftTemplate:
    """Return the template of a data file, whose keys are those of a site's pages."""
    return _Writer(site).write_data()


class _Writer:
    """Writes a template, key by key and line by line."""

    def __init__(self, site: Survey) -> None:
        self._site = site
        self._season = site.season
        self._filter = site.format or "yaml"
        self.made = DraftTemplate()

    def write(self) -> DraftTemplate:
        return self._finished([*self._front(), *self._body()])

    def write_data(self) -> DraftTemplate:
        lines = self._front()
        is_ruled = self._site.format != "json"
        return self._finished(lines[1:-2] if is_ruled else lines[:-1])

    def _front(self) -> list[str]:
        front = {"yaml": self._yaml, "toml": self._toml, "json": self._json, None: list}
        return front[self._site.format]()

    def _finished(self, lines: Sequence[str]) -> DraftTemplate:
        title = title_expression(self._site.titles, self._season)
        head = f"{{%- set full_title = {title} -%}}\n"
        text = "\n".join(lines) + "\n"
        self.made.text = head + text if "full_title" in text else text
        return self.made

    # --- front matter ----------------------------------------------------------------------------

    def _yaml(self) -> list[str]:
        lines = ["---"]
        for key in self._wanted():
            lines += self._entry(key, ": ", YamlList(key, self._list_indent(key)))
        return [*lines, "---", ""]

    def _toml(self) -> list[str]:
        lines = ["+++"]
        wanted = list(self._wanted())
        plain = [key for key in wanted if key.kind not in ("tables", "table")]
        for key in plain:
            lines += self._entry(key, " = ", TomlList(key))
        for key in wanted:
            if key not in plain and (one := self._list(key, TomlList(key))):
                lines += one
        return [*lines, "+++", ""]

    def _json(self) -> list[str]:
        lines = []
        for key in self._wanted():
            [line] = self._entry(key, ": ", JsonList(key), name=json.dumps(key.name))
            lines.append(f"  {line}")
        return ["{", *(f"{line}," for line in lines[:-1]), *lines[-1:], "}", ""]

    def _wanted(self) -> Iterator[Key]:
        """Yield the keys that a new episode gets, with the mark of a draft behind the title."""
        mark = self._site.draft.mark.partition(":")[0]
        has_mark = any(key.name.lower() == mark for key in self._site.keys)
        titles = self._site.titles
        keys = [key for key in self._site.keys if key.is_usual or key.name.lower() == mark]
        lead = titles.key if titles and titles.key else keys[0].name if keys else ""
        for key in keys:
            yield key
            if key.name == lead and mark != "none" and not has_mark:
                yield Key(mark, "constant", 0, 0, False)

    def _entry(
        self, key: Key, mark: str, lists: ListFormat, *, name: str | None = None
    ) -> list[str]:
        """Return the lines of a key."""
        start = f"{name or key.name}{mark}"
        hides, _, value = self._site.draft.mark.partition(": ")
        if key.name.lower() == hides:
            return [start + value]
        if key.kind == "constant":
            return self._constant(key, start)
        if key.kind in ("list", "tables", "table"):
            return self._list(key, lists)
        if key.kind == "date":
            return [start + self._date(key)]
        return [start + self._scalar(key)]

    def _constant(self, key: Key, start: str) -> list[str]:
        if key.source and self._filter != "json":
            return [raw(key.source)]
        return [start + raw(json.dumps(_plain(key.sample), ensure_ascii=False))]

    def _date(self, key: Key) -> str:
        text = key.sample.text.strip() if isinstance(key.sample, Scalar) else ""
        found = _TIME.match(text)
        behind = found[2] if found and date_parts(text) else ""
        is_quoted = key.quoted or self._filter == "json"
        return f'"{{{{ date }}}}{behind}"' if is_quoted else f"{{{{ date }}}}{behind}"

    def _scalar(self, key: Key) -> str:
        made = self._value(key)
        if made is None:
            made = self._field(key)
        if key.kind in ("number", "boolean"):
            return f"{{{{ {made} }}}}"
        return f"{{{{ {made} | {self._filter} }}}}"

    def _value(self, key: Key) -> str | None:
        """Return the expression of a value that is made of what is known."""
        titles = self._site.titles
        if titles and key.name == titles.key:
            return "full_title"
        place = self._site.number_at
        if place and key.name == place.key and place.match == ALONE:
            digits = key.sample.text if isinstance(key.sample, Scalar) else ""
            return f"(number | pad({len(digits)}))" if digits.startswith("0") else "number"
        if key.pieces:
            return expression(key.pieces, season=self._season, full_title="full_title")
        if key.name.lower() == "slug":
            return '(slug or (title | slug) or ("episode-" ~ number))'
        if key.kind == "text" and _SUMMARY.fullmatch(key.name):
            first = next(one.name for one in self._site.keys if _SUMMARY.fullmatch(one.name))
            return "summary" if key.name == first else None
        return None

    def _field(self, key: Key) -> str:
        """Return the expression of a field that hosts may set for a key."""
        name = self._named(key, "text" if key.kind == "date" else key.kind)
        if key.usual:
            source = _usual_text(key)
            return f"({name} or {quoted(source)})" if source else name
        self.made.unknown.append(key.name)
        empty = {"number": "0", "boolean": '"false"'}.get(key.kind)
        return f"({name} or {empty})" if empty else name

    def _named(self, key: Key, kind: str) -> str:
        name = re.sub(r"\W+", "_", key.name.lower()).strip("_") or "field"
        name = f"the_{name}" if name in _TAKEN or name[0].isdigit() else name
        self.made.fields[name] = kind
        return name

    # --- lists -----------------------------------------------------------------------------------

    def _list(self, key: Key, lists: ListFormat) -> list[str]:
        if _TAGS.fullmatch(key.name) and key.kind == "list":
            return self._or_usual(key, "tags", lists.texts("tags", "one"))
        people = _PEOPLE.fullmatch(key.name) is not None and self.made.people in (None, key.name)
        if people:
            self.made.people = key.name
            if key.kind == "list":
                return self._or_usual(key, "starring", lists.texts("starring", "one.name"))
            return self._or_usual(key, "starring", lists.tables("starring", _member_parts(key)))
        if key.kind == "tables" and (parts := _link_parts(key)) and self.made.links is None:
            self.made.links = key.name
            return lists.tables("links", parts)
        if key.kind == "list":
            if key.pieces:
                first = expression(key.pieces, season=self._season, full_title="full_title")
                return lists.texts(f"[{first}]", "one")
            name = self._named(key, "list")
            return self._or_usual(key, name, lists.texts(name, "one"))
        self.made.unknown.append(key.name)
        return lists.empty()

    def _or_usual(self, key: Key, name: str, lines: list[str]) -> list[str]:
        """Put the lines that most episodes have where nothing was set by that name."""
        usual = key.usual[0] if key.usual else ""
        if not usual or self._filter == "json":
            return lines
        lines = [f"{{%- if {name} %}}\n{lines[0]}", *lines[1:]]
        return [*lines, "{%- else %}", raw(usual), "{%- endif %}"]

    def _list_indent(self, key: Key) -> str:
        found = re.search(r"\n([ \t]*)-", key.source)
        return found[1] if found else "  "

    # --- body ------------------------------------------------------------------------------------

    def _body(self) -> list[str]:
        body = self._site.body
        topics, at = self._topics(), body.lead_at
        lead: list[str] = []
        if at is not None and topics == _WHOLE and (at or self._site.format):
            topics, lead = ["{{ body_rest }}"], _LEAD  # what a site has first is typed first
        above, below = body.before[: at or 0], body.before[at or 0 :]
        parts = [self._fixed(above), lead, self._fixed(below), topics, self._fixed(body.after)]
        lines: list[str] = []
        for part in parts:
            if part:
                lines += ["", *part] if lines else part
        return lines

    def _fixed(self, lines: Sequence[FixedLine]) -> list[str]:
        made: list[str] = []
        for line in lines:
            shown = inline(line.pieces, season=self._season, full_title="full_title")
            if not line.is_topic:
                made.append(shown)
                continue
            title = quoted(line.shown.lstrip("#").strip())
            untyped = f'{title} not in topics | map(attribute="title") | list'
            if self._site.format or made or line not in self._site.body.before[:1]:
                made += [f"{{%- if {untyped} %}}", "", shown, "{%- endif %}"]
            else:  # nothing stands above it
                made += [f"{{% if {untyped} %}}{shown}", "", "{% endif -%}"]
        return made

    def _topics(self) -> list[str]:
        if self._site.body.markup == "markdown":
            # Links that the site keeps in front matter stand in no list of the page, too.
            return [] if self.made.links and not self._site.body.listed else _WHOLE
        if self._site.body.markup == "asciidoc":
            sign, level, mark, link = "=", 2, "* ", "{{ link.url }}[{{ link.title }}]"
        else:
            sign, level, mark, link = "*", 1, "- ", "[[{{ link.url }}][{{ link.title }}]]"
        mark = self._site.body.marker or mark
        level = self._site.body.heading or level
        if self._site.body.fixed_heading:  # topics stand below a heading that every page has
            level = self._site.body.fixed_heading + 1
        head = sign * level
        named = f"{{% if topics | length > 1 %}}{head} {{{{ topic.title }}}}\n\n{{% endif %}}"
        return [
            f"{{% for topic in topics %}}{named}{{% for link in topic.links %}}{mark}{link}",
            "{% endfor %}",
            "{% endfor %}",
        ]


_TAKEN = {"number", "title", "date", "summary", "tags", "starring", "body", "topics", "season",
          "slug", "full_title", "if", "for", "in", "not", "and", "or", "is", "else", "true",
          "false", "none", "import", "from", "set", "with", "loop"}  # fmt: skip


def _usual_text(key: Key) -> str:
    """Return the text that most pages have for a scalar; empty where it is none."""
    source = key.usual[0] if key.usual else ""
    found = re.match(r"[^:=]+[:=][ \t]*(.*)\Z", source)
    text = found[1].strip() if found else ""
    double = re.match(r'"([^"\\]*)"', text) or re.match(r"'([^']*)'", text)
    return double[1] if double else text.partition(" #")[0].strip()


def _plain(value: Value | None) -> object:
    """Return a value as data, for JSON."""
    if isinstance(value, Scalar):
        if value.quoted:
            return value.text
        try:
            return json.loads(value.text)
        except ValueError:
            return value.text
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value or ()]


def _link_parts(key: Key) -> tuple[tuple[str, str], ...]:
    """Return the keys of a list's tables that hold a link's title and address, if it has."""
    address = next((name for name in key.members if name in _LINK_ADDRESS), None)
    title = next((name for name in key.members if name in _LINK_TITLE), None)
    if address is None or title is None:
        return ()
    known = {address: "one.url", title: "one.title"}
    return tuple((name, known[name]) for name in key.members if name in known)


def _member_parts(key: Key) -> tuple[tuple[str, str], ...]:
    if key.kind == "table":
        return (("", ""),)
    return tuple((name, f"one.{re.sub(r'[^A-Za-z0-9_]', '_', name)}") for name in key.members)
