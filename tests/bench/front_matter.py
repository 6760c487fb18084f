"""The merge of front matter on the real history of episodes, beside `git merge-file`.

    python -m tests.bench.front_matter FOLDER...

Each folder is a git directory (or a checkout) of a site. Of every commit that changed the front
matter of a page, what people made of it is merged with what we would have: another title, or a
key of our own. Right is: it can be read, has all that people changed, and all that we did; where
both changed the same key to something else, right is to tell of it, and to drop neither in silence.
Few sites write JSON: the same revisions are merged once more with their values written as JSON
(`json*`).
"""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bot.core.document.version import Side
from bot.core.front_matter.region import front_matter
from bot.core.front_matter.values import FrontMatterFault, Scalar, Value, values_in
from bot.core.merge.merge import merge

TITLE = re.compile(r"^([ \t{]*\"?title\"?[ \t]*[:=])[ \t]*([^|>\[{\s].*?)(,?)$", re.M | re.I)
OURS = "What we call it: 57"
PAGES = ("*.md", "*.markdown", "*.mdx", "*.adoc", "*.html")


class Case(NamedTuple):
    """Three versions of a page, and which key of it we set."""

    base: str
    ours: str
    theirs: str
    key: str


def git(folder: Path, *arguments: str, data: bytes = b"") -> bytes:
    """Return what git prints."""
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], check=True, capture_output=True, input=data
    )
    return done.stdout


def revisions(folder: Path, most: int) -> Iterator[tuple[str, str]]:
    """Yield the texts before and after each change of a page with front matter, newest first."""
    log = git(
        folder, "log", "--no-merges", "--diff-filter=M", "--raw", "--no-abbrev", "--format=",
        f"--max-count={most * 4}", "--", *PAGES,
    ).decode("utf-8", "replace")  # fmt: skip
    pairs = [line.split()[2:4] for line in log.splitlines() if line.startswith(":")][: most * 4]
    count = 0
    asked = "".join(f"{old}\n{new}\n" for old, new in pairs)
    texts = blobs(git(folder, "cat-file", "--batch", data=asked.encode()))
    for base, theirs in zip(texts, texts, strict=False):
        if base is None or theirs is None or count >= most:
            continue
        one, other = front_matter(base), front_matter(theirs)
        if one is not None and other is not None and one.text != other.text:
            count += 1
            yield base, theirs


def blobs(data: bytes) -> Iterator[str | None]:
    """Yield the texts of what `git cat-file --batch` gave; None for what is missing or no text."""
    at = 0
    while at < len(data):
        end = data.index(b"\n", at)
        head = data[at:end].split()
        at = end + 1
        if head[-1] == b"missing":
            yield None
            continue
        size = int(head[2])
        try:
            yield data[at : at + size].decode("utf-8")
        except UnicodeDecodeError:
            yield None
        at += size + 1


def cases(folder: Path, most: int) -> Iterator[tuple[str, Case]]:
    """Yield the cases of a site, by the format of the front matter."""
    for base, theirs in revisions(folder, most):
        front = front_matter(base)
        assert front is not None
        try:
            known, others = values_in(base), values_in(theirs)
        except FrontMatterFault:
            continue
        if front.format != "json":
            yield from (("json*", one) for one in rewritten(base, theirs))
        head = "".join(base.splitlines(keepends=True)[: front.height])
        for one in changed(base, head, front.format, theirs):
            if (one.key in known or one.key not in others) and is_set(one):
                yield front.format, one


def rewritten(base: str, theirs: str) -> Iterator[Case]:
    """Yield the cases of a page whose front matter is written as JSON."""
    before, after = as_json(base), as_json(theirs)
    head = before[: before.index("\n}\n") + 3]
    for one in changed(before, head, "json", after):
        if is_set(one):
            yield one


def as_json(text: str) -> str:
    """Return a page with its front matter as JSON."""
    front = front_matter(text)
    assert front is not None
    lines = text.splitlines(keepends=True)[front.height :]
    values = json.dumps(plain(values_in(text)), ensure_ascii=False, indent=2)
    return f"{values}\n{''.join(lines)}"


def plain(value: object) -> object:
    """Return a value of front matter as JSON has it."""
    if isinstance(value, Scalar):
        is_number = not value.quoted and re.fullmatch(r"-?(0|[1-9]\d{0,15})", value.text)
        return int(value.text) if is_number else value.text
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, tuple) else value


def is_set(case: Case) -> bool:
    """Return whether what we made sets the key: a title may be on several lines, or a link's."""
    try:
        return values_in(case.ours).get(case.key) == Scalar(OURS)
    except FrontMatterFault:
        return False


def changed(base: str, head: str, format: str, theirs: str) -> Iterator[Case]:
    """Yield what we might have made of a page meanwhile."""
    written = f'"{OURS}"'
    title = TITLE.search(head)
    if title and '"""' not in title[2]:
        ours = f"{head[: title.start()]}{title[1]} {written}{title[3]}{head[title.end() :]}"
        key = title[1].strip(' \t{":=')
        yield Case(base, ours + base[len(head) :], theirs, key)
    end = "\r\n" if "\r\n" in head else "\n"
    lines = head.splitlines(keepends=True)
    mark = {"yaml": ":", "toml": " ="}.get(format)
    if mark:
        ours = "".join([lines[0], f"ours{mark} {written}{end}", *lines[1:]])
        yield Case(base, ours + base[len(head) :], theirs, "ours")
    elif lines[0] == "{\n" and len(lines) > 2:
        ours = "".join([lines[0], f'  "ours": {written},\n', *lines[1:]])
        yield Case(base, ours + base[len(head) :], theirs, "ours")


def judged(case: Case, text: str, *, told: bool) -> str:
    """Say of a merge whether it is right, told as a disagreement, dropped something, or broken."""
    try:
        found = values_in(text)
    except FrontMatterFault:
        return "broken"
    ours, theirs, base = (values_in(one) for one in (case.ours, case.theirs, case.base))
    wanted: dict[str, Value] = {**theirs, case.key: ours[case.key]}
    both = theirs.get(case.key) not in (base.get(case.key), Scalar(OURS))
    if both:
        return "told" if told else "dropped"
    if found == wanted:
        return "right" if not told else "asked for nothing"
    return "told without need" if told else "dropped"


def by_git(case: Case) -> tuple[str, bool]:
    """Merge as git does; return the text and whether it has conflicts."""
    with TemporaryDirectory() as folder:
        names = []
        for name, text in (("ours", case.ours), ("base", case.base), ("theirs", case.theirs)):
            path = Path(folder) / name
            path.write_text(text, encoding="utf-8", newline="")
            names.append(str(path))
        done = subprocess.run(["git", "merge-file", "-p", *names], capture_output=True, check=False)
    return done.stdout.decode("utf-8"), done.returncode != 0


def main(folders: list[str], most: int = 150) -> None:
    """Print a table of the sites and formats."""
    sums: dict[str, tuple[Counter[str], Counter[str]]] = {}
    for folder in folders:
        for format, case in cases(Path(folder), most):
            mine, git_s = sums.setdefault(format, (Counter(), Counter()))
            result = merge(Side(case.base), Side(case.ours), Side(case.theirs))
            ours = judged(case, result.text, told=bool(result.conflicts))
            if ours in ("broken", "dropped", "asked for nothing"):
                print(f"{folder}: {ours} ({case.key})")
            mine[ours] += 1
            text, clash = by_git(case)
            git_s["conflict" if clash else judged(case, text, told=False)] += 1
    for format, (mine, git_s) in sums.items():
        right = mine["right"] + mine["told"]
        print(f"{format}: {100 * right / sum(mine.values()):.2f} % right")
        print(
            f"{format:5} {sum(mine.values()):5} merges: {dict(mine)}; git merge-file: {dict(git_s)}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
