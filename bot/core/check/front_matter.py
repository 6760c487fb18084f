"""Front matter that its generator reads otherwise than whoever wrote it meant.

YAML 1.1, as Ruby's Psych reads it for Jekyll, makes numbers and truth values of what 1.2 (Go,
JavaScript) takes for words or for other numbers: https://yaml.org/type/int.html, /bool.html.
"""

import re
from collections.abc import Iterator

import yaml

from bot.core.check.fault import Fault
from bot.core.front_matter.region import FrontMatter, front_matter
from bot.core.front_matter.values import FrontMatterFault, values

TEXTS = frozenset({"title", "subtitle", "summary", "description", "excerpt", "name"})
"""Keys whose value is meant as text, whatever it looks like."""

_TRUTH = re.compile(r"(?:yes|no|on|off)", re.I)
_OCTAL = re.compile(r"[-+]?0[0-7_]+")
_BASE_60 = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9]){1,2}")
_GROUPED = re.compile(r"[-+]?[1-9][0-9]*(?:[,_][0-9]+)+")
_ENDS_IN_0 = re.compile(r"[-+]?[0-9]+\.[0-9]*0")
_NO_TEXT = re.compile(
    r"[-+]?[0-9][0-9.]*|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?|true|false|null|~", re.I
)
_CUT = re.compile(r"[ \t]#\S[^\n]*")
_BEGINS = re.compile(r"---[ \t]*\Z")
_KEY = re.compile(r"[A-Za-z_][\w-]*[ \t]*:(?:[ \t]|\Z)")


def front_matter_faults(text: str) -> list[Fault]:
    """Return what is wrong with the front matter of a file."""
    front = front_matter(text)
    if front is None:
        return _not_begun(text.removeprefix("\ufeff").splitlines())
    try:
        values(front)
    except FrontMatterFault as fault:
        return [Fault(fault.line, "front-matter", {"cause": fault.cause})]
    if front.format != "yaml":
        return []
    return [*_yaml_faults(front)]


def _not_begun(lines: list[str]) -> list[Fault]:
    """Return why what looks like front matter is none: it never ends, or begins too late."""
    at = next((at for at, line in enumerate(lines) if line.strip()), None)
    if at is None or not _BEGINS.match(lines[at]):
        return []
    below = next((line for line in lines[at + 1 :] if line.strip()), "")
    if not _KEY.match(below):
        return []
    return [Fault(at + 1, "front-matter-late" if at else "front-matter-open")]


def _yaml_faults(front: FrontMatter) -> Iterator[Fault]:
    node = yaml.compose(front.text, Loader=yaml.CSafeLoader)
    for key, scalar in _plain(node, ""):
        fault = _fault_of(key, scalar.value)
        cut = _CUT.match(front.text, scalar.end_mark.index)
        if fault is None and cut:
            fault = "cut", {"value": scalar.value[:60], "lost": cut[0].strip()[:40]}
        if fault is not None:
            name, more = fault
            # YAML ends lines at more characters than an editor, so its count is not theirs.
            line = front.text.count("\n", 0, scalar.start_mark.index)
            yield Fault(front.first + line + 1, name, {"key": key, **more})


def _plain(node: yaml.Node | None, key: str) -> Iterator[tuple[str, yaml.ScalarNode]]:
    """Yield the values without quotes, each with its key."""
    stack = [(key, node)]
    seen = set[int]()
    while stack:
        key, node = stack.pop()
        if node is None or id(node) in seen:
            continue  # an alias names it once more
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            stack += [(str(name.value), below) for name, below in reversed(node.value)]
        elif isinstance(node, yaml.SequenceNode):
            stack += [(key, below) for below in reversed(node.value)]
        elif isinstance(node, yaml.ScalarNode) and not node.style:
            yield key, node


def _fault_of(key: str, value: str) -> tuple[str, dict[str, object]] | None:
    """Return how a value is read otherwise by some generator, and as what."""
    shown = value[:60]
    if _TRUTH.fullmatch(value):
        return "truth", {"value": shown}
    if _OCTAL.fullmatch(value):
        return "number", {"value": shown, "read": int(value.replace("_", ""), 8)}
    if _BASE_60.fullmatch(value):
        return "number", {"value": shown, "read": _base_60(value)}
    if _GROUPED.fullmatch(value):
        return "number", {"value": shown, "read": re.sub("[,_]", "", value)[:60]}
    if _ENDS_IN_0.fullmatch(value):
        return "number", {"value": shown, "read": value.rstrip("0").rstrip(".")[:60]}
    if key.lower() in TEXTS and _NO_TEXT.fullmatch(value):
        return "no-text", {"value": shown}
    return None


def _base_60(value: str) -> int:
    sign = -1 if value.startswith("-") else 1
    total = 0
    for part in value.lstrip("+-").replace("_", "").split(":"):
        total = total * 60 + int(part[:18])
    return sign * total
