"""The title that a page's JSON-LD gives: an article's headline, or the name of what it is about."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

_LONGEST = 256 * 1024
_MOST = 200
# What a page is part of, made by or led to from, rather than what it is about.
_ASIDE = re.compile(
    r"WebSite|\w*Organization|Person|BreadcrumbList|ListItem|ImageObject|SearchAction|Brand|Place"
    r"|SiteNavigationElement|WPHeader|WPFooter|Corporation|ItemList|Rating|AggregateRating|Offer"
)


def titles(texts: Iterable[str]) -> Iterator[str]:
    """Yield the titles in the texts of a page's JSON-LD, headlines first; broken ones give none."""
    things = [thing for text in texts for thing in _things(text)]
    for key in ("headline", "name"):
        for thing in things:
            value = thing.get(key)
            if isinstance(value, str) and not _is_aside(thing.get("@type")):
                yield value


def _things(text: str) -> Iterator[dict[str, Any]]:
    try:
        root = json.loads(text[:_LONGEST].strip().removesuffix(";"), strict=False)
    except (ValueError, RecursionError):
        return
    roots = root if isinstance(root, list) else [root]
    for thing in roots[:_MOST]:
        if isinstance(thing, dict):
            yield thing
            graph = thing.get("@graph")
            for part in graph[:_MOST] if isinstance(graph, list) else []:
                if isinstance(part, dict):
                    yield part


def _is_aside(kind: object) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(each, str) and _ASIDE.fullmatch(each) for each in kinds)
