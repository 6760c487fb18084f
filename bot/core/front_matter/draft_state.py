"""Whether a page is a draft, by what its front matter says (docs/drafts.md).

`draft` is read as Hugo and Zola do, `published` as Jekyll does. What one version of a generator
hides and the next one shows is neither: a person is asked.
"""

from typing import Literal

from bot.core.front_matter.region import front_matter
from bot.core.front_matter.values import Scalar, Value, values

DraftState = Literal["draft", "published", "unclear"]

_TRUE = frozenset({"true", "True", "TRUE", "1", "t", "T"})  # Go's strconv.ParseBool
_WAS_TRUE = frozenset({"yes", "on", "y"})  # YAML 1.1, which Hugo read up to 0.151
_FALSE = frozenset({"false", "False", "FALSE"})
_FALSE_IN_YAML_1_1 = frozenset({"no", "No", "NO", "off", "Off", "OFF"})  # as Psych reads it
_NULL = frozenset({"", "~", "null", "Null", "NULL"})


def draft_state(text: str) -> DraftState:
    """Return what a file's front matter makes of it; without any it is published.

    Raises FrontMatterFault where it cannot be read.
    """
    front = front_matter(text)
    if front is None:
        return "published"
    found = values(front)
    if _is_unpublished(found.get("published"), is_yaml=front.format == "yaml"):
        return "draft"
    states = {_by_draft(value) for name, value in found.items() if name.lower() == "draft"}
    return next((one for one in ("draft", "unclear") if one in states), "published")


def is_unpublished(text: str) -> bool:
    """Return whether a file says `published: false`, which alone counts for Jekyll.

    Raises FrontMatterFault where its front matter cannot be read.
    """
    front = front_matter(text)
    if front is None:
        return False
    return _is_unpublished(values(front).get("published"), is_yaml=front.format == "yaml")


def _by_draft(value: Value) -> DraftState:
    if not isinstance(value, Scalar):
        return "published"
    if value.text in _TRUE:
        return "draft"
    return "unclear" if not value.quoted and value.text.lower() in _WAS_TRUE else "published"


def _is_unpublished(value: Value | None, *, is_yaml: bool) -> bool:
    """Return whether Jekyll hides a page with this `published`: false or null, but no text."""
    if not isinstance(value, Scalar) or value.quoted:
        return False
    return value.text in _FALSE or (is_yaml and value.text in _FALSE_IN_YAML_1_1 | _NULL)
