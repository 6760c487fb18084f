"""Where hidden lines stood: the lines around them, by which reworded headings are known.

What is kept of those lines are fingerprints alone.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.core.erasure.line_prints import fingerprint


def standing_in(lines: Iterable[str]) -> set[str]:
    """Return the lines that are not blank, as they are looked for: however they are indented."""
    return {line.strip() for line in lines if line.strip()}


def place_of(key: str, lines: Sequence[str], at: int, kept: Collection[str]) -> str:
    """Return fingerprints of the lines that stay above and below another."""
    above = next((line for line in reversed(lines[:at]) if line.strip() in kept), "")
    below = next((line for line in lines[at + 1 :] if line.strip() in kept), "")
    return f"{fingerprint(key, above)[:16]}.{fingerprint(key, below)[:16]}"


def is_near(
    key: str, lines: Sequence[str], at: int, kept: Collection[str], gone: Collection[int], spot: str
) -> bool:
    """Return whether a line stands between the same lines as what was at a `spot`, or next to one.

    A heading of people's, which is none of those that are `gone`, begins another place.
    """
    ways = range(at - 1, -1, -1), range(at + 1, len(lines))
    for way, print_ in zip(ways, spot.split("."), strict=False):
        stops = (one for one in way if lines[one].strip() in kept or _is_new(lines, one, gone))
        stop = next(stops, None)
        line = lines[stop].strip() if stop is not None else ""
        if (not line or line in kept) and fingerprint(key, line)[:16] == print_:
            return True
    return False


def _is_new(lines: Sequence[str], at: int, gone: Collection[int]) -> bool:
    return lines[at].startswith("#") and at not in gone


def neighbours(key: str, lines: Sequence[str], at: int) -> str:
    """Return fingerprints of the lines around a heading, and its level."""
    return f"{place_of(key, lines, at, standing_in(lines))}{level_of(lines[at])}"


def level_of(line: str) -> str:
    """Return what a heading's place has of its level; nothing for a line that is none."""
    return f".{len(line) - len(line.lstrip('#'))}" if line.startswith("#") else ""


def reworded_headings(
    key: str,
    lines: Sequence[str],
    headings: Mapping[str, str],
    kept: Collection[str],
    gone: Collection[int],
) -> dict[str, int | None]:
    """Return the headings that people made of hidden ones: they stand there. None is not known.

    Where others stand around one by now, it is known by what is below it: lines that are `gone`, or
    the one that stood there.
    """
    known: dict[str, int | None] = {}
    there = {fingerprint(key, line) for line in lines if line.startswith("#")}
    for print_, spot in headings.items():
        if print_ in there:
            continue
        above, below, level = spot.split(".")
        found = [
            at
            for at, line in enumerate(lines)
            if line.startswith("#") and line.strip() not in kept
            for near in [neighbours(key, lines, at).split(".")]
            if near[2] == level and (near[0] == above or near[1] == below)
        ]
        known[print_] = found[0] if len(found) == 1 else None
    unknown = {print_: headings[print_] for print_, at in known.items() if at is None}
    if unknown:
        places = _above_hidden(key, lines, {spot.split(".")[1] for spot in unknown.values()}, gone)
        new = [at for at in sorted(places.difference(gone)) if lines[at].strip() not in kept]
        new = [at for at in new if at not in known.values()]
        for level in {level_of(lines[at]) for at in new}:
            those = [print_ for print_, spot in unknown.items() if spot.endswith(level)]
            found = [at for at in new if level_of(lines[at]) == level]
            known |= dict(zip(those, found, strict=True)) if len(those) == len(found) else {}
    return known


def _above_hidden(
    key: str, lines: Sequence[str], below: Collection[str], gone: Collection[int]
) -> set[int]:
    """Return the headings right under which lines stand that are `gone`, or have one of the prints.

    Such prints are of what stood below hidden headings.
    """
    found, above = set[int](), None
    for at, line in enumerate(lines):
        if line.startswith("#"):
            above = at
        elif above is not None and (at in gone or fingerprint(key, line)[:16] in below):
            found.add(above)
    return found
