"""A site repository in memory that behaves like one, with people who work on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.core.git_ids import blob_id, drafts_in
from bot.errors import SiteMoved
from bot.services.site_port import Change, Commit, Edit, Holding, Seen


class Killed(BaseException):
    """The app ends here, in the middle of something."""


@dataclass(frozen=True)
class Made:
    """A commit: the files that it left, and who says what in it."""

    id: str
    by: str
    message: str
    files: dict[str, str]
    renamed: tuple[str, str] | None = None


def blob_of(text: str) -> str:
    return blob_id(text.encode())


@dataclass
class MemorySite:
    """A branch with its commits; `before_commit` and `after_commit` may do what happens there."""

    name: str = "Test"
    commits: list[Made] = field(default_factory=list)
    before_commit: Callable[[], None] = lambda: None
    after_commit: Callable[[], None] = lambda: None

    @property
    def files(self) -> dict[str, str]:
        return self.commits[-1].files if self.commits else {}

    def write(
        self,
        files: dict[str, str | None],
        *,
        by: str,
        message: str = "by hand",
        renamed: tuple[str, str] | None = None,
    ) -> str:
        """Commit these files (None takes one away)."""
        now = {**self.files, **{path: text for path, text in files.items() if text is not None}}
        for path, text in files.items():
            if text is None:
                now.pop(path, None)
        made = Made(f"{len(self.commits) + 1:040x}", by, message, now, renamed)
        self.commits.append(made)
        return made.id

    @property
    def head(self) -> str:
        return self.commits[-1].id if self.commits else "0" * 40

    async def paths(self) -> list[str]:
        return list(self.files)

    async def texts(self, paths: Sequence[str]) -> list[str]:
        return [self.files[path] for path in paths]

    async def look(
        self, path: str, *, number: str, until: str | None = None, recreate: bool = False
    ) -> Seen:
        text = self.files.get(path)
        edits: list[Edit] = []
        known = until is None
        for at in range(len(self.commits) - 1, -1, -1) if until else ():
            made = self.commits[at]
            was = self.commits[at - 1].files.get(path) if at else None
            if made.files.get(path) == was:
                continue
            now = made.files.get(path)
            blob = None if now is None else blob_of(now)
            if blob == until:
                known = True
                break
            edits.append(Edit(made.id, made.by, blob, drafts_in(made.message)))
        data = None if text is None else text.encode()
        blob = None if text is None else blob_of(text)
        return Seen("main", self.head, data, blob, tuple(edits), known)

    async def moved(self, path: str, *, blob: str, seen: Seen) -> str | None:
        for other, text in self.files.items():
            if blob_of(text) == blob:
                return other
        for made in self.commits:
            if made.renamed and made.renamed[0] == path:
                path = made.renamed[1]
        return path if path in self.files else None

    async def find(self, draft: str, *, path: str, number: str) -> Commit | None:
        for made in reversed(self.commits):
            if draft in drafts_in(made.message):
                return Commit(made.id, made.id[-6:], blob_of(made.files[path]))
        return None

    async def holding(
        self, paths: Sequence[str], *, number: str, holds: Callable[[bytes], bool]
    ) -> Holding:
        held = [
            made.id[-6:]
            for made in reversed(self.commits)
            if any(holds(made.files[path].encode()) for path in paths if path in made.files)
        ]
        return Holding(tuple(held))

    async def commit(self, change: Change) -> Commit:
        self.before_commit()
        if self.head != change.seen.head:
            raise SiteMoved("site.head-moved", branch="main")
        message = "\n".join([change.subject, "", *change.trailers])
        files: dict[str, str | None] = {change.path: change.text}
        if change.former is not None:
            files[change.former] = None
        made = self.write(files, by="Rundown", message=message)
        self.after_commit()
        return Commit(made, made[-6:], blob_of(change.text))

    async def open_review(
        self, path: str, *, number: str, named: str, is_page: bool = False
    ) -> None:
        return None
