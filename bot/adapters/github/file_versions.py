"""Reads all that a file on GitHub ever was, to tell which commits hold some words."""

from collections.abc import Callable, Sequence

from bot.adapters.git.working_tree import MOST
from bot.adapters.github import graphql
from bot.adapters.github.client import GitHub
from bot.adapters.github.graphql import PAGE, Data
from bot.adapters.github.read import whole
from bot.services.site_port import Holding

AT_ONCE = 20
"""How many states of a file are asked for in one request."""

MOST_STATES, MOST_NAMES = 400, 12
"""How many states of a file, and names of it, are looked at."""


async def holding(
    github: GitHub, heads: Sequence[str], paths: Sequence[str], holds: Callable[[bytes], bool]
) -> Holding:
    """Return the commits below some heads that changed a file which then `holds` something."""
    states: dict[str, tuple[str, str]] = {}  # by commit: the content, and its path then
    waiting = [(head, path) for head in heads for path in paths]
    is_whole, seen = True, set[tuple[str, str]]()
    while waiting:
        head, path = waiting.pop(0)
        if (head, path) in seen:
            continue
        if len(seen) >= MOST_NAMES * len(heads) or len(states) >= MOST_STATES:
            is_whole = False
            break
        seen.add((head, path))
        nodes, is_all = await _history(github, head, path, MOST_STATES - len(states))
        is_whole = is_whole and is_all
        states |= {node["oid"]: (node["file"]["oid"], path) for node in nodes if node["file"]}
        if is_all and nodes and (before := await _before(github, nodes[-1]["oid"], path)):
            waiting.append((head, before))
    blobs = dict(states.values())
    held = await _held(github, blobs, holds)
    commits = tuple(commit[:10] for commit, (blob, _) in states.items() if blob in held)
    return Holding(commits, is_whole)


async def _history(github: GitHub, head: str, path: str, most: int) -> tuple[list[Data], bool]:
    """Return the commits that changed a path, newest first, and whether these are all."""
    nodes: list[Data] = []
    after = None
    while True:
        asked = {"head": head, "path": path, "first": PAGE, "after": after}
        commit = (await github.ask(graphql.HISTORY, asked))["repository"]["object"]
        if commit is None:
            return nodes, True
        nodes += commit["history"]["nodes"]
        page = commit["history"]["pageInfo"]
        if not page["hasNextPage"] or len(nodes) >= most:
            return nodes[:most], not page["hasNextPage"] and len(nodes) <= most
        after = page["endCursor"]


async def _before(github: GitHub, commit: str, path: str) -> str | None:
    """Return the name that a file had before the commit which gave it this one, if it had."""
    found = await github.get(f"/commits/{commit}?per_page={PAGE}", "parents")
    for each in found.get("files") or ():
        if each["status"] == "renamed" and each["filename"] == path:
            former = each.get("previous_filename")
            return former if isinstance(former, str) else None
    return None


async def _held(github: GitHub, blobs: dict[str, str], holds: Callable[[bytes], bool]) -> set[str]:
    """Return those of some contents, given with their paths, that hold what is asked about."""
    held = set()
    named = list(blobs.items())
    for start in range(0, len(named), AT_ONCE):
        asked = named[start : start + AT_ONCE]
        names = {f"blob{number}": blob for number, (blob, _) in enumerate(asked)}
        found = (await github.ask(graphql.blobs(len(asked)), names))["repository"]
        for number, (blob, path) in enumerate(asked):
            told = found[f"blob{number}"]
            if told is None:
                continue
            node = {"type": "blob", "mode": 0o100644, "oid": blob, "object": told}
            entry = graphql.entry(path, node)
            if entry is not None and holds(await whole(github, path, entry, MOST)):
                held.add(blob)
    return held
