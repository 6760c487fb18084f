"""How long `rundown init` takes on a site of 1,000 episodes, and how much memory.

    python -m tests.bench.init_time

Made are 1,000 pages of 12 KB whose names tell no order, so that all have to be asked for a date,
and 1,000 posts named by date and number.
"""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

COUNT = 1_000
BODY = "".join(f"- [A page {n}](https://example.org/{n}) and some words\n" for n in range(240))


def slugs(root: Path) -> None:
    """Make pages with slugs alone; the number and the date are keys."""
    folder = root / "content/episode"
    folder.mkdir(parents=True)
    (root / "hugo.toml").write_text('title = "Made"\n')
    for n in range(1, COUNT + 1):
        year, month = 2000 + n // 60, 1 + n // 5 % 12
        front = f'+++\ntitle = "Title {n * 7919 % 1009}"\ndate = {year}-{month:02}-{1 + n % 5:02}\n'
        name = f"name-{n * 7919 % 10007}.md"
        (folder / name).write_text(f'{front}episode = "{n}"\naudio = "x.mp3"\n+++\n\n{BODY}')


def posts(root: Path) -> None:
    """Make posts by date and number."""
    folder = root / "_posts"
    folder.mkdir(parents=True)
    (root / "_config.yml").write_text("title: Made\n")
    for n in range(1, COUNT + 1):
        name = f"{2000 + n // 60}-{1 + n // 5 % 12:02}-{1 + n % 5:02}-{n}.md"
        (folder / name).write_text(f"---\ntitle: {n}. Title\naudio: x.mp3\n---\n\n{BODY}")


def main() -> None:
    """Print a line for each site."""
    for make in (slugs, posts):
        with TemporaryDirectory() as folder:
            root = Path(folder) / "site"
            make(root)
            subprocess.run(["git", "init", "--quiet", str(root)], check=True)
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            start = time.perf_counter()
            command = [sys.executable, "-m", "bot", "init", str(root)]
            done = subprocess.run(command, capture_output=True, text=True, env=os.environ.copy())
            seconds = time.perf_counter() - start
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
            most = used.ru_maxrss / 1024
            assert "the next will be 1001" in done.stdout, done.stdout + done.stderr
            took = f"{seconds:.2f} s ({cpu:.2f} s of CPU)"
            print(f"{make.__name__}: {COUNT} episodes in {took}, {most:.0f} MB at most")


if __name__ == "__main__":
    main()
