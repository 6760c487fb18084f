"""A repository on the local GitHub: its branches and pull requests, and people who work on them.

site = github.site
site.edit("_posts/57.md", "words", by="mika")
site.rename("_posts/57.md", "_posts/58.md")
site.merge(site.pulls[0])
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.fakes.github_bare import Bare


@dataclass
class Pull:
    """A pull request; `head_oid` stays what it was when it was merged or closed."""

    number: int
    title: str
    body: str
    base: str
    head: str
    state: str = "OPEN"
    head_oid: str = ""
    merge: str | None = None
    from_fork: bool = False
    draft: bool = False


@dataclass
class Repository:
    """What GitHub keeps of a repository, beside the bare one in its folder."""

    full_name: str
    bare: Bare
    page: str
    default: str = "main"
    protected: set[str] = field(default_factory=set)
    archived: bool = False
    installed: bool = True
    rights: set[str] = field(default_factory=lambda: {"contents", "pull_requests"})
    pulls: list[Pull] = field(default_factory=list)
    verified: set[str] = field(default_factory=set)
    former: set[str] = field(default_factory=set)

    @classmethod
    def make(
        cls, folder: Path, full_name: str, page: str, clock: Callable[[], float]
    ) -> "Repository":
        return cls(full_name, Bare(folder, clock), page)

    # --- what tests look at --------------------------------------------------------------------

    def read(self, path: str, branch: str | None = None) -> str | None:
        found = self.bare.object(f"refs/heads/{branch or self.default}:{path}")
        return found[2].decode() if found else None

    def head(self, branch: str | None = None) -> str:
        head = self.bare.head(branch or self.default)
        assert head is not None
        return head

    def messages(self, branch: str | None = None) -> list[str]:
        """Return the messages of a branch's commits, newest first."""
        return [self.bare.info(one).message for one in self.bare.history(self.head(branch), None)]

    def pull_of(self, branch: str) -> Pull | None:
        ours = [pull for pull in self.pulls if pull.head == branch and not pull.from_fork]
        return ours[-1] if ours else None

    # --- what people do ------------------------------------------------------------------------

    def edit(
        self,
        path: str,
        text: str | bytes,
        *,
        by: str = "mika",
        branch: str | None = None,
        message: str = "",
    ) -> str:
        """Write a file in the editor on the web; return the commit."""
        data = text.encode() if isinstance(text, str) else text
        return self.commit({path: data}, by=by, branch=branch, message=message or f"Edit {path}")

    def append(self, path: str, line: str, *, by: str = "mika", branch: str | None = None) -> str:
        return self.edit(path, f"{self.read(path, branch) or ''}{line}\n", by=by, branch=branch)

    def delete(self, path: str, *, by: str = "mika", branch: str | None = None) -> str:
        return self.commit({path: None}, by=by, branch=branch, message=f"Delete {path}")

    def rename(
        self,
        old: str,
        new: str,
        text: str | None = None,
        *,
        by: str = "mika",
        branch: str | None = None,
    ) -> str:
        """Return a file another name, and in the same commit another text where one is given."""
        files = {} if text is None else {new: text.encode()}
        message = f"Rename {old} to {new}"
        return self.commit(files, by=by, branch=branch, message=message, moves={old: new})

    def commit(
        self,
        files: Mapping[str, bytes | None],
        *,
        by: str = "mika",
        branch: str | None = None,
        message: str = "by hand",
        moves: Mapping[str, str] | None = None,
    ) -> str:
        author = f"{by.title()} <{by}@users.noreply.github.com>"
        place = branch or self.default
        return self.bare.commit(place, files, message, author=author, moves=moves)

    def force_push(self, commit: str, branch: str | None = None) -> None:
        """Set a branch back to a commit, whatever was there."""
        self.bare.point(branch or self.default, commit)

    def rename_branch(self, old: str, new: str) -> None:
        self.bare.point(new, self.head(old))
        self.bare.remove_branch(old)
        if self.default == old:
            self.default = new
        for pull in self.pulls:
            pull.base = new if pull.base == old else pull.base

    def rename_to(self, full_name: str) -> None:
        """Return the repository another name; the old one leads to it."""
        self.former.add(self.full_name)
        self.page = self.page.removesuffix(self.full_name) + full_name
        self.full_name = full_name

    # --- pull requests -------------------------------------------------------------------------

    def open_pull(self, head: str, base: str, title: str = "", body: str = "") -> Pull:
        pull = Pull(len(self.pulls) + 1, title, body, base, head)
        self.pulls.append(pull)
        return pull

    def head_of(self, pull: Pull) -> str:
        """Return the commit that a pull request stands at."""
        if pull.state == "OPEN" and not pull.from_fork:
            pull.head_oid = self.bare.head(pull.head) or pull.head_oid
        return pull.head_oid

    def merge(
        self, pull: Pull, *, how: str = "squash", by: str = "mika", delete: bool = True
    ) -> str:
        """Merge a pull request, as a squash or with a merge commit; give that."""
        head, base = self.head_of(pull), self.head(pull.base)
        self.bare.git("update-ref", f"refs/pull/{pull.number}/head", head)
        tree = self.bare.merge_tree(base, head)
        author = f"{by.title()} <{by}@users.noreply.github.com>"
        if how == "squash":
            message = f"{pull.title} (#{pull.number})\n\n{self._squashed(pull, head)}"
            merge = self.bare.commit_tree(tree, [base], message, author)
        else:
            message = f"Merge pull request #{pull.number} from {pull.head}\n\n{pull.title}\n"
            merge = self.bare.commit_tree(tree, [base, head], message, author)
        self.bare.point(pull.base, merge)
        pull.state, pull.merge = "MERGED", merge
        if delete:
            self.bare.remove_branch(pull.head)
        return merge

    def _squashed(self, pull: Pull, head: str) -> str:
        """Return the messages of a branch as GitHub puts them together: a list of them."""
        ours = self.bare.git("rev-list", "--reverse", f"{self.head(pull.base)}..{head}")
        messages = [self.bare.info(one).message for one in ours.decode().split()]
        return "\n\n".join("* " + each.strip().replace("\n", "\n  ") for each in messages)

    def close(self, pull: Pull, *, delete: bool = False) -> None:
        """Close a pull request without merging it."""
        self.head_of(pull)
        self.bare.git("update-ref", f"refs/pull/{pull.number}/head", pull.head_oid)
        pull.state = "CLOSED"
        if delete:
            self.bare.remove_branch(pull.head)

    def reopen(self, pull: Pull) -> None:
        if self.bare.head(pull.head) is None:
            self.bare.point(pull.head, pull.head_oid)
        pull.state = "OPEN"
