"""Versions of front matter in one form, where people wrote it in another one than the template.

What the template's side changed is merged into people's form then; nothing of theirs is lost. So it
is with YAML in braces, and with YAML's aliases, whose values a change of one key would take away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from textwrap import dedent

import yaml

from bot.core.front_matter.region import Format, front_format
from bot.core.front_matter.values import Scalar, Value
from bot.core.front_matter.written import flow, written
from bot.core.merge.front_values import Values, values_of
from bot.core.merge.lines import Taken
from bot.core.merge.union import BASE, OURS, THEIRS
from bot.core.merge.words import Prefer


def in_one_form(texts: Sequence[str], values: Sequence[Values]) -> tuple[list[str], int] | None:
    """Return three versions as the side has it that changed the form, and which side that is.

    None where they have one form already, or one cannot be read.
    """
    if not texts[BASE] or None in values:
        return None
    forms = [_form(text) for text in texts]
    stands = OURS if forms[THEIRS] == forms[BASE] != forms[OURS] else THEIRS
    form = forms[stands]
    if form is None or (len(set(forms)) == 1 and form[1]):
        return None
    if len(set(forms)) == 1:
        spelled = [_without_aliases(text) if form[0] == "yaml" else text for text in texts]
        return (spelled, stands) if spelled != [*texts] else None
    made = [
        text if side == stands else _written(one or {}, form, texts[stands])
        for side, (text, one) in enumerate(zip(texts, values, strict=True))
    ]
    return made, stands


def at_home(lines: Sequence[Taken], texts: Sequence[str], stands: int) -> list[Taken]:
    """Return lines of a merge as if all came from the text of the side that stands."""
    name: Prefer = "ours" if stands == OURS else "theirs"
    last = texts[stands].count("\n") - 1
    return [replace(line, side=name, line=min(line.line, last)) for line in lines]


def on_one_line(text: str) -> str:
    """Return a key of YAML with the list or mapping below it in brackets; what has notes stays."""
    values = None if "#" in text else values_of(f"---\n{dedent(text)}\n---\n")
    if not values or len(values) > 1 or "\n" not in text:
        return text
    [value] = values.values()
    return text if isinstance(value, Scalar) else f"{text.partition(':')[0]}: {flow(value)}"


def is_in_braces(text: str) -> bool:
    """Return whether all that YAML says stands in braces."""
    inside = text.partition("\n")[2].lstrip()
    return inside.startswith("{") and inside.rstrip().rpartition("\n")[0].rstrip().endswith("}")


def _form(text: str) -> tuple[Format, bool] | None:
    """Return the format of front matter, and whether it is YAML in braces."""
    found = front_format(text.split("\n"))
    return (found[0], found[0] == "yaml" and is_in_braces(text)) if found else None


def _written(values: Mapping[str, Value], form: tuple[Format, bool], like: str) -> str:
    lines = like.removesuffix("\n").split("\n")
    inside = f"{flow(values)}\n" if form[1] else written(values, form[0])
    if form[0] == "json" and lines[0].removeprefix("\ufeff").startswith("{"):
        return inside
    return f"{lines[0]}\n{inside}{lines[-1]}\n"


def _without_aliases(text: str) -> str:
    """Return YAML with values of one line in place of what stands for them."""
    first, _, inside = text.partition("\n")
    named: dict[str, str] = {}
    pieces: list[str] = []
    end = 0
    for event in yaml.parse(inside, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.DocumentEndEvent):
            break
        if not isinstance(event, yaml.NodeEvent) or not event.anchor:
            continue
        assert event.start_mark and event.end_mark  # noqa: S101 - a text that is parsed has both
        start, stop = event.start_mark.index, event.end_mark.index
        shown = inside[start:stop].split(None, 1)
        if isinstance(event, yaml.ScalarEvent):
            named[event.anchor] = shown[1] if len(shown) > 1 and "\n" not in shown[1] else ""
        elif isinstance(event, yaml.AliasEvent) and (value := named.get(event.anchor)):
            pieces += [inside[end:start], value]
            end = stop
    return f"{first}\n{''.join(pieces)}{inside[end:]}"
