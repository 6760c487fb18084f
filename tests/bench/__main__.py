"""Measure, and print a table in Markdown: `make bench`."""

import argparse
import os
import platform
import sys
from pathlib import Path

from tests.bench import (
    against,
    comparing,
    discord,
    github,
    holds,
    lookups,
    measures,
    memory,
    merging,
    publishing,
    servers,
    starts,
)

ALL = (
    *measures.ALL,
    *servers.ALL,
    *merging.ALL,
    *publishing.ALL,
    *lookups.ALL,
    *github.ALL,
    *discord.ALL,
    *holds.ALL,
    *starts.ALL,
    *memory.ALL,
    *comparing.ALL,
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--against", metavar="CHECKOUT", type=Path, help="compare with another")
    parser.add_argument("rows", nargs="*", help="of the comparison; all of them without any")
    asked = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}\n")
    if asked.against:
        against.compare(asked.against, asked.rows)
        return
    print("| what | measured | aim |\n| --- | ---: | --- |", flush=True)
    for measure in ALL:
        print(f"  {measure.__name__} ...", file=sys.stderr)
        for row in measure():
            print(f"| {row.what} | {row.figure} | {row.aim} |", flush=True)


if __name__ == "__main__":
    main()
