"""A draft goes to a local repository: its bytes, its commit, and nothing else."""

import asyncio
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.adapters.git.site import LocalSite
from bot.errors import SiteMoved
from tests.adapters.git.repositories import PATH, Repo, commit_to, empty_repo, message, site_repo


@pytest.fixture
def repo(tmp_path) -> Repo:
    return site_repo(tmp_path / "site")


async def commit(repo: Repo, text: str, *, path: str = PATH, draft: str = "d1", **options) -> str:
    site = await LocalSite.open(repo.folder, **options)
    await site.read(path)
    done = await commit_to(
        site, path=path, text=text, message=message(draft), head=await site.head()
    )
    return done.id


async def test_the_file_is_committed_alone_and_stands_in_the_working_tree(repo):
    before = repo.head()
    made = await commit(repo, "# 57\n")
    assert repo.head() == made
    assert repo("rev-parse", "HEAD^").strip() == before
    assert repo("show", "--name-status", "--format=", "HEAD").split() == ["A", PATH]
    assert (repo.folder / PATH).read_text() == "# 57\n"
    assert repo("status", "--porcelain") == ""
    assert repo.clean()


async def test_the_message_is_whole_and_the_author_is_the_sites(repo, monkeypatch):
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Somebody Else")
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "else@example.org")
    await commit(repo, "x\n")
    who, _, said = repo("log", "-1", "--format=%an <%ae> %cn <%ce>%n%B").partition("\n")
    assert who == "Site <site@example.org> Site <site@example.org>"
    assert said.strip() == message().strip()
    assert repo("log", "-1", "--format=%(trailers:key=Rundown-Draft,valueonly)").strip() == "d1"


async def test_folders_that_are_missing_are_made(repo):
    await commit(repo, "x\n", path="content/2026/posts/ep57.md")
    assert repo.blob("content/2026/posts/ep57.md") == b"x\n"
    assert (repo.folder / "content/2026/posts/ep57.md").read_bytes() == b"x\n"


async def test_what_people_have_staged_and_not_staged_stays_so(repo):
    repo.write("index.md", "staged\n")
    repo("add", "index.md")
    repo.write("index.md", "staged\nand edited\n")
    repo.write("new.md", "staged new\n")
    repo("add", "new.md")
    repo.write("untracked.md", "mine\n")
    (repo.folder / "_posts/2026-11-01-ep56.md").unlink()
    before = repo.state(), repo("diff"), repo("ls-files", "--stage")
    await commit(repo, "x\n")
    assert repo("show", "--name-only", "--format=", "HEAD").split() == [PATH]
    assert repo("diff", "--cached") == before[0]["staged"]
    assert repo("diff") == before[1]
    entries = [row for row in repo("ls-files", "--stage").splitlines() if PATH not in row]
    assert entries == before[2].splitlines()
    assert repo("status", "--porcelain").splitlines() == [
        " D _posts/2026-11-01-ep56.md", "MM index.md", "A  new.md", "?? untracked.md",
    ]  # fmt: skip


async def test_an_edit_that_git_could_miss_by_size_and_time_is_still_seen(repo):
    file = repo.write("index.md", "1234\n")
    repo("commit", "-qam", "now")
    was = file.stat()
    file.write_text("abcd\n")
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))
    os.utime(repo.folder / ".git/index", ns=(was.st_atime_ns, was.st_mtime_ns))
    repo("config", "core.trustctime", "false")
    await commit(repo, "x\n")
    assert repo("status", "--porcelain") == " M index.md\n"


async def test_a_repository_without_commits_gets_its_first(tmp_path):
    repo = empty_repo(tmp_path / "site")
    repo.write("staged.md", "mine\n")
    repo("add", "staged.md")
    site = await LocalSite.open(repo.folder)
    assert await site.head() == "0" * 40
    assert await site.paths() == ["staged.md"]
    assert await site.find("d1", path=PATH, number="57") is None
    await commit(repo, "x\n")
    assert repo("rev-list", "--count", "HEAD").strip() == "1"
    assert repo("ls-tree", "-r", "--name-only", "HEAD").split() == [PATH]
    assert repo("status", "--porcelain") == "A  staged.md\n"


async def test_before_its_first_commit_the_files_are_those_that_lie_there(tmp_path):
    repo = empty_repo(tmp_path / "site")
    for name, text in (("_posts/2026-01-02-ep7.md", "seven\n"), ("new.md", "new\n")):
        repo.write(name, text)
    repo.write(".gitignore", "*.bin\n")
    repo.write("x.bin", "x\n")
    repo("add", "new.md")
    site = await LocalSite.open(repo.folder)
    assert sorted(await site.paths()) == [".gitignore", "_posts/2026-01-02-ep7.md", "new.md"]
    assert await site.texts(["_posts/2026-01-02-ep7.md", "gone.md"]) == ["seven\n", ""]


async def test_a_repository_with_longer_ids_works_too(tmp_path):
    repo = empty_repo(tmp_path / "site", "--object-format=sha256")
    assert await (await LocalSite.open(repo.folder)).head() == "0" * 64
    await commit(repo, "x\n")
    assert repo.blob(PATH) == b"x\n"


async def test_the_same_text_again_makes_no_commit(repo):
    made = await commit(repo, "x\n")
    assert await commit(repo, "x\n", draft="d2") == made


async def test_a_file_keeps_its_mode(repo):
    repo.write(PATH, "x\n").chmod(0o755)
    repo("add", PATH)
    repo("commit", "-q", "-m", "executable")
    await commit(repo, "y\n")
    assert repo("ls-tree", "HEAD", PATH).startswith("100755 ")
    assert (repo.folder / PATH).stat().st_mode & 0o777 == 0o755
    assert repo("status", "--porcelain") == ""


# --- a branch that is not checked out ----------------------------------------------------------


async def test_a_branch_that_is_not_checked_out_gets_the_commit_and_the_working_tree_nothing(repo):
    repo("branch", "drafts")
    repo.write(PATH, "mine, on main\n")
    repo("add", PATH)
    before = repo.state()
    site = await LocalSite.open(repo.folder, branch="drafts")
    assert await site.read(PATH) is None
    made = await commit_to(site, path=PATH, text="x\n", message=message(), head=await site.head())
    assert repo.head("drafts") == made.id
    assert await site.read(PATH) == b"x\n"
    after = repo.state()
    assert {**after, "refs": None} == {**before, "refs": None}
    assert repo.head() != made.id


async def test_a_detached_head_is_no_obstacle_where_the_profile_names_the_branch(repo):
    repo("switch", "-q", "--detach")
    made = await commit(repo, "x\n", branch="main")
    assert repo.head("main") == made
    assert not (repo.folder / PATH).exists()


async def test_a_bare_repository_gets_the_commit(repo, tmp_path):
    repo("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    bare = Repo(tmp_path / "bare.git")
    bare("config", "user.name", "Site")
    bare("config", "user.email", "site@example.org")
    made = await commit(bare, "x\n")
    assert bare.head("main") == made
    assert (await LocalSite.open(bare.folder)).name == "bare"


async def test_another_working_tree_of_the_repository_is_one_too(repo, tmp_path):
    repo("worktree", "add", "-q", "-b", "drafts", str(tmp_path / "other"))
    other = Repo(tmp_path / "other")
    made = await commit(other, "x\n")
    assert repo.head("drafts") == made
    assert other("status", "--porcelain") == ""


# --- the bytes ---------------------------------------------------------------------------------


@pytest.mark.parametrize("setting", ["true", "input", "false"])
@pytest.mark.parametrize("attributes", ["", "* text=auto\n", "* text eol=crlf\n", "* filter=up\n"])
async def test_no_setting_changes_the_bytes(repo, setting, attributes):
    repo("config", "core.autocrlf", setting)
    repo("config", "filter.up.clean", "tr a-z A-Z")
    repo.add(".gitattributes", attributes)
    text = "a\r\nb\nc  \n終わり"
    await commit(repo, text)
    assert repo.blob(PATH) == text.encode()
    assert (repo.folder / PATH).read_bytes() == text.encode()


async def test_line_endings_of_the_checkout_are_no_edit(repo):
    repo.add(PATH, "a\nb\n", message())
    repo("config", "core.autocrlf", "true")
    (repo.folder / PATH).unlink()
    repo("checkout", "--", PATH)
    assert (repo.folder / PATH).read_bytes() == b"a\r\nb\r\n"
    site = await LocalSite.open(repo.folder)
    assert await site.read(PATH) == b"a\nb\n"
    repo.write(PATH, b"a\r\nb\r\nmine\r\n")
    assert await site.read(PATH) == b"a\nb\nmine\n"


async def test_the_sites_hooks_do_not_run(repo):
    for hook in ("pre-commit", "commit-msg", "post-commit", "reference-transaction"):
        repo.write(f".git/hooks/{hook}", "#!/bin/sh\nexit 1\n").chmod(0o755)
    assert repo.head() != await commit(repo, "x\n") == repo.head()


@settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(text=st.text(st.characters(codec="utf-8"), max_size=200))
def test_whatever_is_committed_is_read_back(tmp_path_factory, text):
    async def there_and_back() -> None:
        repo = site_repo(tmp_path_factory.mktemp("site"))
        await commit(repo, text)
        site = await LocalSite.open(repo.folder)
        assert await site.read(PATH) == repo.blob(PATH) == text.encode()

    asyncio.run(there_and_back())


@pytest.mark.parametrize(
    "path",
    [
        "-rf.md",
        "--all",
        "_posts/ a [b] (c)!.md",
        "日本語/第57回.md",
        "a'b$(c)`d`.md",
        "#%&;,@{}~^.md",
    ],
)
async def test_odd_names_are_names(repo, path):
    made = await commit(repo, "x\n", path=path)
    site = await LocalSite.open(repo.folder)
    assert repo.blob(path) == b"x\n"
    assert path in await site.paths()
    assert await site.read(path) == b"x\n"
    assert (await site.find("d1", path=PATH, number="57")).id == made
    assert repo("status", "--porcelain") == ""


# --- what people do meanwhile ------------------------------------------------------------------


async def test_edits_that_nobody_committed_are_read(repo):
    await commit(repo, "x\n")
    repo.write(PATH, "x\nmine\n")
    site = await LocalSite.open(repo.folder)
    assert await site.read(PATH) == b"x\nmine\n"
    await commit_to(
        site, path=PATH, text="x\nmine\nnew\n", message=message("d2"), head=await site.head()
    )
    assert repo.blob(PATH) == b"x\nmine\nnew\n"
    assert repo("status", "--porcelain") == ""


@pytest.mark.parametrize("was", [None, "x\n"])
@pytest.mark.parametrize("read_first", [True, False])
async def test_an_edit_after_the_reading_is_not_written_over(repo, was, read_first):
    if was is not None:
        await commit(repo, was)
    site = await LocalSite.open(repo.folder)
    if read_first:
        await site.read(PATH)
    repo.write(PATH, "somebody is typing")
    before = repo.state()
    with pytest.raises(SiteMoved, match=PATH):
        await commit_to(
            site, path=PATH, text="new\n", message=message("d2"), head=await site.head()
        )
    assert repo.state() == before


async def test_a_file_that_was_deleted_is_none_and_can_be_made_again(repo):
    await commit(repo, "x\n")
    (repo.folder / PATH).unlink()
    site = await LocalSite.open(repo.folder)
    assert await site.read(PATH) is None
    await commit(repo, "y\n", draft="d2")
    assert repo("status", "--porcelain") == ""


async def test_staged_edits_that_the_file_has_too_are_taken_along(repo):
    await commit(repo, "x\n")
    repo.write(PATH, "x\nmine\n")
    repo("add", PATH)
    await commit(repo, "x\nmine\nnew\n", draft="d2")
    assert repo("status", "--porcelain") == ""


async def test_a_file_that_is_only_meant_to_be_added_can_be_committed(repo):
    repo.write(PATH, "mine\n")
    repo("add", "--intent-to-add", PATH)
    await commit(repo, "mine\nnew\n")
    assert repo("status", "--porcelain") == ""


async def test_a_file_that_a_sparse_checkout_leaves_out_stays_out(repo):
    await commit(repo, "x\n")
    repo("sparse-checkout", "set", "--no-cone", "/index.md")
    assert not (repo.folder / PATH).exists()
    site = await LocalSite.open(repo.folder)
    assert await site.read(PATH) == b"x\n"
    await commit_to(site, path=PATH, text="y\n", message=message("d2"), head=await site.head())
    assert repo.blob(PATH) == b"y\n"
    assert not (repo.folder / PATH).exists()
    assert repo("status", "--porcelain") == ""


async def test_a_head_that_moved_is_told_and_nothing_changes(repo):
    site = await LocalSite.open(repo.folder)
    head = await site.head()
    repo.add("index.md", "moved\n")
    before = repo.state()
    with pytest.raises(SiteMoved, match="main"):
        await commit_to(site, path=PATH, text="x\n", message=message(), head=head)
    assert repo.state() == before


async def test_commits_of_others_at_the_same_time_lose_nothing(repo):
    other = await asyncio.create_subprocess_shell(
        "for i in $(seq 12); do sleep 0.1; echo $i >> index.md;"
        " until git commit -qm $i -- index.md 2>/dev/null; do sleep 0.01; done; done",
        cwd=repo.folder,
    )
    made = 0
    site = await LocalSite.open(repo.folder)
    while other.returncode is None or not made:  # on a busy machine others may always be quicker
        await site.read(PATH)
        head = await site.head()
        try:
            await commit_to(
                site, path=PATH, text=f"{made}\n", message=message(f"d{made}"), head=head
            )
        except SiteMoved:
            continue
        made += 1
    assert await other.wait() == 0
    assert made
    assert repo("rev-list", "--count", "HEAD").strip() == str(1 + 12 + made)
    assert repo("show", "HEAD:index.md").split()[-1] == "12"
    assert repo.blob(PATH) == f"{made - 1}\n".encode()
    # `git commit` reads the index before it locks it (`prepare_index` in git's builtin/commit.c),
    # so it may have put the one from before our commit back: not we, and it harms no file.
    repo("reset", "--quiet")
    assert repo("status", "--porcelain") == ""
    assert repo.clean()


# --- asking ------------------------------------------------------------------------------------


async def test_a_draft_is_found_wherever_its_trailer_stands(repo):
    made = await commit(repo, "x\n")
    squashed = repo.add("a.md", "a", "Drafts (#12)\n\n* ep57\n\n  Rundown-Draft: d2\n\n* more\n")
    site = await LocalSite.open(repo.folder)
    assert (await site.find("d1", path=PATH, number="57")).id == made
    assert (await site.find("d2", path=PATH, number="57")).id == squashed
    assert await site.find("d", path=PATH, number="57") is None
    assert await site.find("d22", path=PATH, number="57") is None


async def test_it_tells_who_changed_a_file_since_a_draft_by_its_content(repo):
    first = await commit(repo, "x\n")
    site = await LocalSite.open(repo.folder)
    blob = (await look(site)).blob
    repo("config", "user.name", "Oka")
    second = repo.add(PATH, "y\n")
    seen = await look(site, until=blob)
    assert [(edit.commit, edit.by, edit.drafts) for edit in seen.edits] == [(second, "Oka", ())]
    assert seen.known
    assert (seen.head, seen.data) == (second, b"y\n")
    found = await look(site, until=seen.edits[0].blob)
    assert found.edits == ()
    assert (await look(site, until=None)).edits == ()
    assert first != second


async def test_a_content_that_a_rewritten_history_lacks_is_not_known(repo):
    await commit(repo, "x\n")
    site = await LocalSite.open(repo.folder)
    blob = (await look(site)).blob
    repo("reset", "-q", "--hard", "HEAD~1")
    repo.add(PATH, "y\n")
    assert not (await look(site, until=blob)).known
    repo.add(PATH, "x\n")
    assert (await look(site, until=blob)).known, "ids tell content, not ancestry"


async def test_an_edit_that_nobody_committed_is_seen_and_has_no_commit(repo):
    await commit(repo, "x\n")
    site = await LocalSite.open(repo.folder)
    blob = (await look(site)).blob
    repo.write(PATH, "mine\n")
    seen = await look(site, until=blob)
    assert (seen.data, seen.edits, seen.known) == (b"mine\n", (), True)


async def test_a_file_is_followed_where_people_moved_it(repo):
    text = "".join(f"line {n}\n" for n in range(20))
    await commit(repo, text)
    site = await LocalSite.open(repo.folder)
    seen = await look(site)
    repo("mv", PATH, "_posts/2026-12-01-ep57.md")
    repo("commit", "-q", "-m", "another date")
    assert await moved(site, seen) == "_posts/2026-12-01-ep57.md"
    (repo.folder / "_posts/2026").mkdir()
    repo("mv", "_posts/2026-12-01-ep57.md", "_posts/2026/ep57.md")
    repo.write("_posts/2026/ep57.md", text + "and more\n")
    repo("commit", "-q", "-a", "-m", "a folder a year, and an edit")
    assert await moved(site, seen) == "_posts/2026/ep57.md"
    repo("rm", "-q", "_posts/2026/ep57.md")
    repo("commit", "-q", "-m", "gone")
    assert await moved(site, seen) is None


async def look(site, path=PATH, until=None):
    return await site.look(path, number="57", until=until)


async def moved(site, seen):
    return await site.moved(PATH, blob=seen.blob, seen=await look(site))


async def test_the_branch_stays_the_one_that_was_checked_out_at_first(repo):
    site = await LocalSite.open(repo.folder)
    assert site.branch == "main"
    repo("switch", "-q", "-c", "else")
    await commit_to(site, path=PATH, text="x\n", message=message(), head=await site.head())
    assert repo.head("main") != repo.head("else")
    assert not (repo.folder / PATH).exists()


async def test_all_files_are_told_with_their_contents_ids(repo):
    repo.add("a/é.md", "one\n")
    site = await LocalSite.open(repo.folder)
    blobs = await site.blobs()
    assert await site.contents([blobs["a/é.md"]], most=100) == [b"one\n"]
    assert await site.contents([blobs["a/é.md"], "0" * 40], most=3) == [None, None]
    assert await site.contents([], most=3) == []
