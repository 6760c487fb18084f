"""Jinja for what values are made of: number, date, season, slug and title of an episode."""

import re
from collections.abc import Sequence

from bot.core.survey.context import TitleShape
from bot.core.survey.keys import ValuePart
from bot.core.survey.page import whole
from bot.core.survey.path_shape import PathShape

_JINJA = re.compile(r"\{\{|\{%|\{#")


def raw(text: str) -> str:
    """Return a text that a template gives as it stands."""
    return f"{{% raw %}}{text}{{% endraw %}}" if _JINJA.search(text) else text


def quoted(text: str) -> str:
    """Return a text as a Jinja string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def expression(pieces: Sequence[ValuePart], *, season: str, full_title: str) -> str:
    """Return the expression for a value that is made of pieces."""
    parts = [
        quoted(piece.text) if not piece.name else _named(piece, season, full_title)
        for piece in _merged(pieces)
    ]
    return parts[0] if len(parts) == 1 else f"({' ~ '.join(parts)})"


def inline(pieces: Sequence[ValuePart], *, season: str, full_title: str) -> str:
    """Return a line of a template that is made of pieces."""
    return "".join(
        raw(piece.text) if not piece.name
        else f"{{{{ {_named(piece, season, full_title, is_inline=True)} }}}}"
        for piece in _merged(pieces)
    )  # fmt: skip


def _merged(pieces: Sequence[ValuePart]) -> list[ValuePart]:
    merged: list[ValuePart] = []
    for piece in pieces:
        if not piece.name and merged and not merged[-1].name:
            merged[-1] = ValuePart("", merged[-1].text + piece.text)
        else:
            merged.append(piece)
    return merged


def _named(piece: ValuePart, season: str, full_title: str, *, is_inline: bool = False) -> str:
    width = f" | pad({piece.width})" if piece.width else ""
    made = {
        "number": f"number{width}", "season": f"{season}{width}", "year": "date.year",
        "month": 'date.strftime("%m")', "day": 'date.strftime("%d")', "date": "date",
        "title": "title", "full_title": full_title,
        "title_slug": "title | slug", "full_slug": f"{full_title} | slug",
        "slug": "slug or (title | slug)",
    }[piece.name]  # fmt: skip
    return made if is_inline or re.fullmatch(r"[\w.]+|\([^()]*\)", made) else f"({made})"


def season_expression(offset: int | None, newest: str) -> str:
    """Return the expression for the season."""
    if offset is not None:
        return f"(season or date.year - {offset})"
    return f"(season or {whole(newest)})" if whole(newest) else "season"


def title_expression(titles: TitleShape | None, season: str) -> str:
    """Return the expression for the whole title: what leads to it, and the title itself."""
    if titles is None or not titles.lead:
        return '(title or ("Episode " ~ number) | trim)'
    last = max(at for at, (is_name, _) in enumerate(titles.lead) if is_name)
    lead = [
        ValuePart(text, width=titles.width if text == "number" else 0)
        if is_name
        else ValuePart("", text)
        for is_name, text in titles.lead[: last + 1]
    ]
    gap = "".join(text for _, text in titles.lead[last + 1 :])
    first = expression(lead, season=season, full_title="title")
    if titles.is_whole:
        return first
    return f'({first} ~ ({quoted(gap or " ")} ~ title if title else ""))'


def path_template(shape: PathShape, season: str, *, keeps: bool = False) -> str:
    """Return the template of a new episode's path; its slug `keeps` letters of any script."""
    slugged = "slug(true)" if keeps else "slug"
    made = []
    for part in shape.parts:
        width = f" | pad({part.width})" if part.width else ""
        made.append(
            {
                "text": raw(part.text), "date": "{{ date }}", "year": "{{ date.year }}",
                "month": '{{ date.strftime("%m") }}', "number": f"{{{{ number{width} }}}}",
                "season": f"{{{{ {season}{width} }}}}",
                "slug": f'{{{{ slug or (title | {slugged}) or ("episode-" ~ number) }}}}',
            }[part.name]
        )  # fmt: skip
    return "".join(made)
