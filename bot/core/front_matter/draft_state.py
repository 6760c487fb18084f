"""Whether a page is a draft, by what its front matter says (docs/drafts.md).

`draft` is read as Hugo and Zola do, `published` as Jekyll does. What one version of a generator
hides and the next one shows is neither: a person is asked.

Where YAML names what a value is (`!!str false`), they differ by their libraries: Hugo's (go-yaml,
then goccy/go-yaml) and Psych make that of it, and SafeYAML, which Jekyll uses but on Debian, reads
the word as if nothing were said.
"""

from typing import Literal

from bot.core.front_matter.region import front_matter
from bot.core.front_matter.values import Scalar, Value, values

DraftState = Literal["draft", "published", "unclear"]

_TRUE = frozenset({"true", "True", "TRUE", "1", "t", "T"})  # Go's strconv.ParseBool
_WAS_TRUE = frozenset({"yes", "on", "y"})  # YAML 1.1, which Hugo read up to 0.151
_FALSE_OR_NULL = frozenset({"false", "no", "off", "", "~", "null"})  # in any case, as Psych does
_YAML = "tag:yaml.org,2002:"
_ONE = (f"{_YAML}int", "1")


def draft_state(text: str) -> DraftState:
    """Return what a file's front matter makes of it; without any it is published.

    Raises FrontMatterFault where it cannot be read.
    """
    front = front_matter(text)
    if front is None:
        return "published"
    found = values(front)
    by_published = _by_published(found.get("published"), is_yaml=front.format == "yaml")
    states = {_by_draft(value) for name, value in found.items() if name.lower() == "draft"}
    states.add(by_published)
    return next((one for one in ("draft", "unclear") if one in states), "published")


def is_unpublished(text: str) -> bool:
    """Return whether a file says `published: false`, which alone counts for Jekyll.

    Raises FrontMatterFault where its front matter cannot be read.
    """
    front = front_matter(text)
    if front is None:
        return False
    found = values(front).get("published")
    return _by_published(found, is_yaml=front.format == "yaml") == "draft"


def _by_draft(value: Value) -> DraftState:
    """Return what Hugo makes of a page with this `draft`."""
    if not isinstance(value, Scalar):
        return "published"
    is_true = value.text in _TRUE
    was_true = value.text.lower() in _WAS_TRUE and not value.quoted
    if value.tag == f"{_YAML}bool":
        return "draft" if is_true or was_true else "published"
    if not value.tag.startswith(_YAML) or value.quoted or (value.tag, value.text) == _ONE:
        # A tag that it does not know leaves the word a text.
        return "draft" if is_true else "unclear" if was_true and not value.tag else "published"
    return "unclear" if is_true or was_true else "published"


def _by_published(value: Value | None, *, is_yaml: bool) -> DraftState:
    """Return what Jekyll makes of a page with this `published`: it hides false and null, no text.

    Of a tag, both its libraries heed `!!binary`, and Psych `!!str`, too.
    """
    if not isinstance(value, Scalar) or (value.quoted and not value.tag):
        return "published"
    word = value.text.lower()
    is_hidden = word in _FALSE_OR_NULL if is_yaml else word == "false"
    if not is_hidden or value.tag == f"{_YAML}binary":
        return "published"
    return "unclear" if value.quoted else "draft"
