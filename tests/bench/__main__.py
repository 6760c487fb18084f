"""Measure, and print a table in Markdown: `make bench`."""

import os
import platform
import sys

from tests.bench import comparing, discord, github, lookups, measures, merging, starts

ALL = (
    *measures.ALL,
    *merging.ALL,
    *lookups.ALL,
    *github.ALL,
    *discord.ALL,
    *starts.ALL,
    *comparing.ALL,
)


def main() -> None:
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}\n")
    print("| what | measured | aim |\n| --- | ---: | --- |", flush=True)
    for measure in ALL:
        print(f"  {measure.__name__} ...", file=sys.stderr)
        for row in measure():
            print(f"| {row.what} | {row.figure} | {row.aim} |", flush=True)


if __name__ == "__main__":
    main()
