"""A bare repository as GitHub keeps one: read and committed to with git's plumbing."""

import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tests.made_once import copy_to

GITHUB = "GitHub <noreply@github.com>"


@dataclass(frozen=True)
class Info:
    """What a commit says."""

    message: str
    name: str
    email: str
    seconds: int
    parents: tuple[str, ...]

    @property
    def login(self) -> str | None:
        """Who has this address on GitHub; nobody may."""
        found = re.fullmatch(r"(.+)@users\.noreply\.github\.com", self.email)
        return found[1] if found else None


def _make_empty(folder: Path) -> None:
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main"], cwd=folder, check=True)


class Bare:
    """The repository in a folder; ids are 40 hex digits, paths from its root."""

    def __init__(self, folder: Path, clock: Callable[[], float]) -> None:
        self.folder = folder
        self._clock = clock
        copy_to(folder, _make_empty, "bare")
        # One process answers for all objects: a history asks for hundreds.
        self._objects = subprocess.Popen(
            ["git", "cat-file", "--batch"],
            cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self.info = lru_cache(maxsize=None)(self._info)
        self.history = lru_cache(maxsize=None)(self._history)

    def close(self) -> None:
        assert self._objects.stdin and self._objects.stdout
        self._objects.stdin.close()
        self._objects.wait()
        self._objects.stdout.close()

    def git(self, *args: str, given: bytes = b"", codes: tuple[int, ...] = (0,)) -> bytes:
        done = subprocess.run(["git", *args], cwd=self.folder, input=given, capture_output=True)
        assert done.returncode in codes, done.stderr.decode()
        return done.stdout

    # --- reading -------------------------------------------------------------------------------

    def object(self, name: str) -> tuple[str, str, bytes] | None:
        """Return id, type and content of what git knows by this name."""
        assert self._objects.stdin and self._objects.stdout
        assert "\n" not in name
        self._objects.stdin.write(name.encode() + b"\n")
        self._objects.stdin.flush()
        head = self._objects.stdout.readline().decode().rstrip("\n")
        found = re.fullmatch(r"([0-9a-f]{40}) (\w+) (\d+)", head)
        if found is None:
            return None
        data = self._objects.stdout.read(int(found[3]))
        self._objects.stdout.read(1)
        return found[1], found[2], data

    def head(self, branch: str) -> str | None:
        found = self.object(f"refs/heads/{branch}")
        return found[0] if found else None

    def branches(self) -> list[str]:
        heads = self.folder / "refs/heads"  # (nothing packs them)
        return sorted(str(one.relative_to(heads)) for one in heads.rglob("*") if one.is_file())

    def blob_at(self, commit: str, path: str) -> str | None:
        found = self.object(f"{commit}:{path}")
        return found[0] if found else None

    def mode(self, commit: str, path: str) -> int:
        return int(self.git("ls-tree", commit, "--", f":(literal){path}").split(b" ")[0], 8)

    def entries(self, tree: str, *, deep: bool) -> list[tuple[str, str, str, str, str]]:
        """Return mode, type, id, size and path of what is in a tree."""
        options = ("-r", "-t") if deep else ()
        out = self.git("ls-tree", "-l", "-z", *options, tree).decode()
        rows = (row.partition("\t") for row in out.split("\0") if row)
        return [(*meta.split(), path) for meta, _, path in rows]  # type: ignore[misc]

    def _history(self, commit: str, path: str | None) -> list[str]:
        """Return the commits that lead here, newest first; those that changed the path."""
        only = ("--", f":(literal){path}") if path is not None else ()
        return self.git("rev-list", "--topo-order", commit, *only).decode().split()

    def _info(self, commit: str) -> Info:
        found = self.object(commit)
        assert found is not None
        head, _, message = found[2].decode("utf-8", "replace").partition("\n\n")
        author = re.search(r"(?m)^author (.*) <(.*)> (\d+) ", head)
        assert author is not None
        parents = tuple(re.findall(r"(?m)^parent (\w+)$", head))
        return Info(message, author[1], author[2], int(author[3]), parents)

    def changes(self, before: str, after: str) -> list[tuple[str, str, str]]:
        """Return status letter, old and new path of what differs between two commits."""
        out = self.git("diff-tree", "-r", "-M", "-z", "--name-status", before, after).decode()
        fields = iter(out.split("\0")[:-1])
        found = []
        for status in fields:
            old = next(fields)
            found.append((status[0], old, next(fields) if status[0] in "RC" else old))
        return found

    # --- writing -------------------------------------------------------------------------------

    def commit(
        self,
        branch: str,
        files: Mapping[str, bytes | None],
        message: str,
        *,
        author: str,
        moves: Mapping[str, str] | None = None,
        parent: str | None = None,
    ) -> str:
        """Commit files (None takes one away) onto a branch, or anew onto `parent`."""
        when = int(self._clock())
        onto = parent or self.head(branch)
        stream = [
            b"commit refs/heads/%s\n" % branch.encode(),
            f"author {author} {when} +0000\ncommitter {GITHUB} {when} +0000\n".encode(),
            _data(message.encode()),
            b"from %s\n" % onto.encode() if onto else b"",
        ]
        for old, new in (moves or {}).items():
            stream.append(f"R {_quoted(old)} {_quoted(new)}\n".encode())
        for path, data in files.items():
            if data is None:
                stream.append(f"D {_quoted(path)}\n".encode())
            else:
                stream += [f"M 100644 inline {_quoted(path)}\n".encode(), _data(data)]
        forced = ("--force",) if parent else ()
        self.git("fast-import", "--quiet", *forced, given=b"".join(stream))
        head = self.head(branch)
        assert head is not None
        return head

    def point(self, branch: str, commit: str) -> None:
        """Make a branch, or move it by force."""
        self.git("update-ref", f"refs/heads/{branch}", commit)

    def remove_branch(self, branch: str) -> None:
        self.git("update-ref", "-d", f"refs/heads/{branch}")

    def merge_tree(self, ours: str, theirs: str) -> str:
        """Return the tree of two commits merged; no test merges what disagrees."""
        return self.git("merge-tree", "--write-tree", ours, theirs).decode().split()[0]

    def commit_tree(self, tree: str, parents: list[str], message: str, author: str) -> str:
        when = f"{int(self._clock())} +0000"
        head = "".join(f"parent {parent}\n" for parent in parents)
        text = f"tree {tree}\n{head}author {author} {when}\ncommitter {GITHUB} {when}\n\n{message}"
        out = self.git("hash-object", "-t", "commit", "-w", "--stdin", given=text.encode())
        return out.decode().strip()


def _data(data: bytes) -> bytes:
    return b"data %d\n" % len(data) + data + b"\n"


def _quoted(path: str) -> str:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
