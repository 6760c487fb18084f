"""Real repositories to commit to, and what a test looks at in them."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.git.site import LocalSite
from bot.services.site_port import Change, Commit, Seen
from tests.made_once import copy_to

PATH = "_posts/2026-11-20-ep57.md"


def message(draft: str = "d1") -> str:
    return f"ep57: 1 topic\n\nCo-authored-by: Ada <ada@example.org>\nRundown-Draft: {draft}\n"


async def commit_to(site: LocalSite, *, path: str, text: str, message: str, head: str) -> Commit:
    """Commit a text as a draft does that saw the branch at `head`."""
    subject, _, trailers = message.partition("\n\n")
    seen = Seen(site.branch, head, None, None)
    return await site.commit(Change(path, text, seen, subject, tuple(trailers.splitlines())))


@dataclass(frozen=True)
class Repo:
    """A repository in a folder; `repo("status")` runs git in it and gives what it prints."""

    folder: Path

    def __call__(self, *args: str, given: str | bytes = "", code: int = 0) -> str:
        data = given.encode() if isinstance(given, str) else given
        done = subprocess.run(["git", *args], cwd=self.folder, input=data, capture_output=True)
        assert done.returncode == code, done.stderr.decode()
        return done.stdout.decode()

    def write(self, path: str, data: str | bytes) -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)
        return file

    def add(self, path: str, data: str | bytes, message: str = "by hand") -> str:
        """Commit a file as people do; return the commit."""
        self.write(path, data)
        self("add", "--force", "--", path)
        self("commit", "-q", "-m", message, "--", path)
        return self.head()

    def head(self, branch: str = "HEAD") -> str:
        return self("rev-parse", branch).strip()

    def blob(self, path: str, branch: str = "HEAD") -> bytes:
        return subprocess.run(
            ["git", "cat-file", "blob", f"{branch}:{path}"],
            cwd=self.folder, capture_output=True, check=True,
        ).stdout  # fmt: skip

    def state(self) -> dict[str, object]:
        """Return all that a refused commit must leave as it is."""
        return {
            "refs": self("for-each-ref"),
            "status": self("status", "--porcelain=v2", "--branch", "--untracked-files=all"),
            "staged": self("diff", "--cached"),
            "files": {
                str(file.relative_to(self.folder)): file.read_bytes() if file.is_file() else None
                for file in sorted(self.folder.rglob("*"))
                if ".git" not in file.relative_to(self.folder).parts
            },
            "locks": sorted((self.folder / ".git").glob("**/*.lock")),
            "ours": (self.folder / ".git" / "rundown-commit").exists(),
        }

    def clean(self) -> bool:
        """Return whether git finds no fault with it."""
        self("fsck", "--strict", "--no-dangling")
        return True


def empty_repo(folder: Path, *options: str) -> Repo:
    """Make a repository on the branch main without a commit."""
    copy_to(folder, lambda made: _make_empty(Repo(made), *options), ("empty", *options))
    return Repo(folder)


def _make_empty(repo: Repo, *options: str) -> None:
    repo("init", "-q", "-b", "main", *options)
    repo("config", "user.name", "Site")
    repo("config", "user.email", "site@example.org")


def site_repo(folder: Path) -> Repo:
    """Make a repository with two files committed by people."""
    copy_to(folder, lambda made: _make_site(Repo(made)), "site of two")
    return Repo(folder)


def _make_site(repo: Repo) -> None:
    _make_empty(repo)
    repo.write("_posts/2026-11-01-ep56.md", "# 56\n")
    repo.write("index.md", "home\n")
    repo("add", ".")
    repo("commit", "-q", "-m", "Begin the site")
