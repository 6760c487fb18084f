"""What `rundown init` learns of real sites, beside what is known of them.

    python -m tests.bench.sites TRUTH.yml CHECKOUTS

TRUTH.yml is a list of sites, as samples/sites/README.md tells; CHECKOUTS holds a folder for each,
called by its `site`. Prints a table: what is right of path, next number, format, constant keys,
draft mark, level and marker; then, for three episodes a site, how many of the body's lines a
draft with the same topics, links and words would have.
"""

import re
import sys
import time
from pathlib import Path
from typing import Any

import yaml

from bot.adapters.site_files import reader
from bot.core.survey.keys import Key
from bot.core.survey.site import Survey, survey

WHAT = ("path", "next", "format", "constant", "draft", "heading", "marker", "others")


def listed(folder: Path) -> list[str]:
    """Return the paths of a checkout's files."""
    return [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if ".git" not in path.parts and path.is_file()
    ]


def shape_of(site: Survey) -> str:
    """Return the shape of a site's paths as the truth writes it."""
    return "".join(
        part.text if part.name == "text"
        else f"{{{part.name}{f':{part.width:02}' if part.width else ''}}}"
        for part in site.shape.parts
    )  # fmt: skip


def is_same_path(site: Survey, wanted: str) -> bool:
    """Return whether a shape is the wanted one; widths that say nothing yet do not count."""
    made = shape_of(site)
    bare = re.sub(r":\d+", "", made), re.sub(r":\d+", "", wanted)
    return made == wanted or (bare[0] == bare[1] and ":" not in made and ":02" in wanted)


def constants(site: Survey) -> dict[str, object]:
    """Return the keys that are the same in all, as data."""
    return {
        key.name: _data(key) for key in site.keys if key.kind == "constant" and key.seen == key.of
    }


def _data(key: Key) -> object:
    value = key.sample
    if isinstance(value, tuple):
        return [getattr(one, "text", one) for one in value]
    return getattr(value, "text", value)


def judged(site: Survey | None, truth: dict[str, Any]) -> dict[str, bool]:
    """Return what is right of a site."""
    if site is None:
        return dict.fromkeys(WHAT, not truth.get("scored", True))
    wanted = {
        name: [str(one) for one in value] if isinstance(value, list) else str(value)
        for name, value in truth["constant"].items()
    }
    mine = constants(site)
    mark = str(truth["draft"])
    headings = truth["heading"]
    level = site.body.heading
    return {
        "path": is_same_path(site, truth["path"]),
        "next": str(truth["next"]) == site.next,
        "format": (site.format or "none") == truth["front_matter"],
        "constant": all(str(mine.get(name)) == str(value) for name, value in wanted.items()),
        "draft": site.draft.mark == mark,
        "heading": level in headings if isinstance(headings, list) else True,
        "marker": site.body.marker in truth["marker"] if truth["marker"] != "none" else True,
        "others": truth["folder"] == site.folder or site.folder.startswith(truth["folder"]),
    }


def main(truth: Path, checkouts: Path) -> None:
    """Print the table."""
    sites = yaml.safe_load(truth.read_text("utf-8"))
    right = 0
    print("site".ljust(14), *(what.ljust(9) for what in WHAT), "seconds")
    for one in sites:
        folder = checkouts / one["site"]
        paths = listed(folder)
        start = time.perf_counter()
        site = survey(paths, reader(folder))
        seconds = time.perf_counter() - start
        found = judged(site, one)
        right += all(found.values())
        shown = ("yes" if found[what] else "NO" for what in WHAT)
        print(one["site"].ljust(14), *(text.ljust(9) for text in shown), f"{seconds:.2f}")
    print(f"{right} of {len(sites)} are right in everything")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
