"""`rundown doctor`: a line for each thing that has to be right, and how to mend what is not."""

import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.adapters.new_profile import init
from bot.local.demo import make_site
from storage.store import SqliteStore
from tests.adapters.github.github_house import environment
from tests.cli.program import program_text
from tests.fakes.github import LocalGitHub
from tests.fakes.github_apps import pem
from tests.needs import need
from tests.services.desk.house import git
from tests.storage.happenings import output

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
RUNDOWN = str(Path(sys.executable).with_name("rundown"))
PROFILE = {".rundown/site.yml": b"name: Crystal FM\n", ".rundown/draft.md.j2": b"{{ body }}\n"}
APP = {"GITHUB_TOKEN": "", "GITHUB_APP_ID": "12345"}


@pytest.fixture
async def github(tmp_path: Path) -> AsyncIterator[LocalGitHub]:
    async with LocalGitHub(tmp_path, time.time) as local:
        local.site.commit(PROFILE)
        yield local


NO_CHAT = (
    "✗ No chat is connected. Put DISCORD_TOKEN, or SLACK_BOT_TOKEN and SLACK_APP_TOKEN, into .env."
)


async def doctor(tmp_path: Path, **settings: str) -> tuple[int, list[str]]:
    """Run the command in an empty folder; return its exit code and its lines."""
    done = await asyncio.create_subprocess_exec(
        RUNDOWN,
        "doctor",
        cwd=tmp_path,
        env={**os.environ, "LC_ALL": "C.UTF-8"} | settings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await done.communicate()
    assert err == b""
    assert done.returncode is not None
    return done.returncode, out.decode().splitlines()


async def test_where_all_is_well_every_line_says_so(github, tmp_path):
    head = github.site.head()
    assert await doctor(tmp_path, **environment(github)) == (
        1,
        [
            "✓ GitHub: the token is valid, and hosts/site can be read.",
            "✓ Profile: that of Crystal FM can be used.",
            "✓ GitHub: drafts go to the branch main.",
            "✓ GitHub: the token may commit to hosts/site.",
            NO_CHAT,
        ],
    )
    assert (github.site.head(), github.site.bare.branches()) == (head, ["main"])


async def test_an_app_is_well_too(github, tmp_path):
    code, lines = await doctor(tmp_path, **environment(github, **APP, GITHUB_APP_PRIVATE_KEY=pem()))
    assert [line[0] for line in lines] == ["✓", "✓", "✓", "✓", "✗"]
    assert (code, lines[-1]) == (1, NO_CHAT)


async def test_for_pull_requests_their_permission_is_checked_and_none_is_opened(github, tmp_path):
    github.site.edit(".rundown/site.yml", "draft: pull_request\n")
    github.site.protected.add("main")
    code, lines = await doctor(tmp_path, **environment(github))
    may = "✓ GitHub: the token may open pull requests in hosts/site."
    assert lines[-2:] == [may, NO_CHAT]
    github.site.rights.discard("pull_requests")
    code, lines = await doctor(tmp_path, **environment(github))
    assert code == 1 and "Pull requests: read and write" in lines[-2]
    assert github.site.pulls == []


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"RUNDOWN_SITE": ""}, "No site is set: write RUNDOWN_SITE=owner/repo"),
        ({"GITHUB_TOKEN": ""}, "no token is set: set GITHUB_TOKEN"),
        ({"GITHUB_TOKEN": "github_pat_old"}, "rejects the token"),
        ({"RUNDOWN_SITE": "hosts/sight"}, "no hosts/sight on GitHub"),
        ({"RUNDOWN_SITE": "hosts/site@gone"}, "no branch gone in hosts/site"),
    ],
)
async def test_what_is_missing_is_told_with_how_to_mend_it(github, tmp_path, settings, words):
    code, lines = await doctor(tmp_path, **environment(github) | settings)
    assert code == 1
    assert [line for line in lines if line.startswith("✗ ") and words in line]
    assert "github_pat_old" not in "\n".join(lines)


async def test_what_the_repository_lacks_is_told(github, tmp_path):
    github.site.edit(".rundown/site.yml", "nmae: typo\n")
    github.site.rights.clear()
    code, lines = await doctor(tmp_path, **environment(github))
    assert (code, [line[0] for line in lines]) == (1, ["✓", "✗", "✓", "✗", "✗"])
    assert "hosts/site/.rundown/site.yml" in lines[1]
    assert "Contents: read and write" in lines[3]


async def test_a_protected_branch_is_told(github, tmp_path):
    github.site.protected.add("main")
    code, lines = await doctor(tmp_path, **environment(github))
    assert code == 1 and "`draft: pull_request`" in lines[-2]


async def test_a_site_on_github_whose_pages_are_no_episodes_of_the_profile_is_told(
    github, tmp_path
):
    github.site.commit({f"posts/a{n}.md": b"# A\n" for n in range(3)})
    _, lines = await doctor(tmp_path, **environment(github))
    [told] = [line for line in lines if line.startswith("✓ Episodes: none")]
    assert "posts (3)" in told
    github.site.commit({"_posts/2026-01-02-ep7.md": b"# 7\n"})
    _, lines = await doctor(tmp_path, **environment(github))
    assert not any("Episodes: none" in line for line in lines)


async def test_a_folder_is_looked_at_without_asking_anybody(tmp_path):
    need("git")
    await make_site(tmp_path / "site", put_profile=init)
    code, lines = await doctor(tmp_path, RUNDOWN_SITE=str(tmp_path / "site"))
    assert (code, [line[0] for line in lines]) == (1, ["✓", "✓", "✗"])
    code, lines = await doctor(tmp_path, RUNDOWN_SITE=str(tmp_path / "nowhere"))
    assert (code, [line[0] for line in lines]) == (1, ["✗", "✗"])


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("../x{{ number }}.md", "can have no file at"),
        ("_posts/{{ nope.x.y }}.md", "would have no name"),
        ("_posts/{{ nubmer }}.md", "(number?)"),
        (".github/ep{{ number }}.md", ".github"),
        ("_posts/{{ slug }}.md", None),
        ("{{ slug }}/ep{{ number }}.md", None),
    ],
)
async def test_a_path_at_which_no_draft_can_be_is_told(tmp_path, path, words):
    need("git")
    await make_site(tmp_path / "site", put_profile=init)
    settings = tmp_path / "site/.rundown/site.yml"
    others = [one for one in settings.read_text().splitlines() if not one.startswith("path:")]
    settings.write_text("\n".join([*others, f"path: '{path}'", ""]))
    _, lines = await doctor(tmp_path, RUNDOWN_SITE=str(tmp_path / "site"))
    assert lines[1].startswith("✗" if words else "✓") and (words or "") in lines[1]


@pytest.mark.parametrize(
    ("picture", "file", "words"),
    [
        ("_posts/{{ date }}-ep{{ number }}.md", "a.yml", "`path`"),
        ("pages/{{ published }}", "a.yml", None),
        ("pages/2026-01-01.md", "a.yml", "`publish: path`"),
        ("{{ slug }}.{{ extension }}", "{{ slug }}.png", "`files`"),
        ("{{ slug }}.{{ extension }}", "{{ guest }}.png", None),
        ("{{ slug }}.{{ extension }}", "{{ slug.parts.none }}.png", None),
        ("{{ slug }}/ep{{ number }}.{{ extension }}", "", None),
        ("../{{ slug }}.{{ extension }}", "a.yml", "can have no file at"),
    ],
)
async def test_a_picture_that_has_no_place_of_its_own_is_told(tmp_path, picture, file, words):
    need("git")
    await make_site(tmp_path / "site", put_profile=init)
    (tmp_path / "site/.rundown/site.yml").write_text(
        f"publish: {{picture: '{picture}', path: 'pages/{{{{ published }}}}.md'}}\n"
        f"files: [{{path: '{file}', text: a}}, {{path: x, text: a, repository: hosts/notes}}]\n"
    )
    _, lines = await doctor(tmp_path, RUNDOWN_SITE=str(tmp_path / "site"))
    assert lines[1].startswith("✗" if words else "✓")
    assert (words or "") in lines[1] and (".rundown/site.yml, line 1: " in lines[1]) == bool(words)


async def test_another_repository_that_files_go_to_is_looked_at(github, tmp_path):
    files = "files: [{path: a.md, text: a, repository: hosts/show-notes}]\n"
    settings = github.site.read(".rundown/site.yml") or ""
    github.site.edit(".rundown/site.yml", settings + files)
    bound = environment(github, RUNDOWN_FILES="hosts/site=hosts/show-notes")
    _, lines = await doctor(tmp_path, **environment(github))
    assert any(line.startswith("✗ files of episodes") and "RUNDOWN_FILES" in line for line in lines)
    _, lines = await doctor(tmp_path, **bound)
    assert any(line.startswith("✗ files of episodes for hosts/show-notes: ") for line in lines)
    github.repository("hosts/show-notes").edit("README.md", "words")
    _, lines = await doctor(tmp_path, **bound)
    assert "✓ files of episodes may be written to hosts/show-notes" in lines


async def test_a_database_is_looked_through_and_an_env_file_of_everybody_told(github, tmp_path):
    db = tmp_path / "kept.db"
    db.write_bytes(b"this is no database " * 400)
    (tmp_path / ".env").write_text("RUNDOWN_LOG=warning\n")
    (tmp_path / ".env").chmod(0o644)
    code, lines = await doctor(tmp_path, **environment(github), RUNDOWN_DB=str(db))
    assert code == 1
    assert [line for line in lines if line.startswith("✗")] == [
        NO_CHAT,
        "✗ .env holds tokens, and others on this machine may read it: chmod 600 .env",
        f"✗ {db} is not a database, or it is damaged. Restore a backup, or choose another file.",
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "RUNDOWN_STIE=x/y",
            "RUNDOWN_STIE is not a setting of Rundown. Did you mean RUNDOWN_S",
        ),
        ("DISCORD_TOKN=x", "DISCORD_TOKN is not a setting of Rundown. Did you mean DISCORD_TOKEN?"),
        ("SLACK_BOT_TOKENS=x", "Did you mean SLACK_BOT_TOKEN?"),
        ("rundown_db=x", "Did you mean RUNDOWN_DB?"),
        ("COLOUR=red", "COLOUR in .env is not a setting of Rundown."),
    ],
)
async def test_a_misspelt_setting_is_told_with_the_right_one(tmp_path, line, said):
    (tmp_path / ".env").write_text(line + "\n")
    (tmp_path / ".env").chmod(0o600)
    code, lines = await doctor(tmp_path)
    assert code == 1
    assert any(said in one for one in lines)


async def test_a_broken_template_is_told(tmp_path):
    need("git")
    site = tmp_path / "site"
    await make_site(site, put_profile=init)
    template = site / ".rundown/draft.md.j2"
    template.write_text(template.read_text("utf-8") + "{{ 1 / 0 }}\n", "utf-8")
    code, lines = await doctor(tmp_path, RUNDOWN_SITE=str(site))
    assert code == 1
    assert any(line.startswith("✗") and "draft.md.j2" in line for line in lines)


async def test_a_database_that_can_never_be_is_told(tmp_path):
    (tmp_path / "file").write_text("x")
    for place in (tmp_path, tmp_path / "file" / "rundown.db"):
        code, lines = await doctor(tmp_path, RUNDOWN_DB=str(place))
        assert code == 1
        assert any(f"No database can be kept at {place}" in line for line in lines)


LOOK = """
import os, pathlib, sys
from bot.cli.doctor_checks import cannot_be_kept

if os.geteuid() == 0:  # to whom no right matters
    os.setuid(65534)
print(cannot_be_kept(pathlib.Path(sys.argv[1])))
"""


@pytest.mark.parametrize(("mode", "told"), [(0o777, "False"), (0o555, "True")])
def test_a_database_in_a_folder_that_may_not_be_written_to_is_told(mode, told):
    """What stands beside it, its log and who has it, could not be made."""
    with tempfile.TemporaryDirectory() as folder:  # pytest closes its own to others
        file = Path(folder) / "rundown.db"
        file.touch(0o666)
        file.chmod(0o666)
        Path(folder).chmod(mode)
        assert output(LOOK, file).strip() == told


async def test_a_file_that_is_half_moved_is_told(tmp_path):
    db = tmp_path / "kept.db"
    async with SqliteStore.open(db, clock=lambda: 0) as store:
        await store.run("INSERT INTO chores VALUES ('moving abc')")
    _, lines = await doctor(tmp_path, RUNDOWN_DB=str(db))
    assert lines[-1].startswith("✗") and "`rundown migrate` again" in lines[-1]


async def test_a_site_without_a_commit_is_told_before_its_first_draft(tmp_path):
    need("git")
    site = tmp_path / "site"
    (site / "_posts").mkdir(parents=True)
    (site / "_config.yml").write_text("title: Test\n")
    for n in range(1, 5):
        page = f"---\ntitle: '{n}: Title {n}'\ndate: 2026-01-0{n}\n---\n\n### A\n\n- [b](https://b.example/{n})\n"
        (site / f"_posts/2026-01-0{n}-ep{n}.md").write_text(page)
    git(site, "init", "--quiet")
    said = (await asyncio.to_thread(program_text, "init", site)).stdout
    assert "Nothing is committed in this site yet" in said
    _, lines = await doctor(tmp_path, RUNDOWN_SITE=str(site))
    assert lines[1].startswith("✗ Nothing is committed in this site yet")
    git(site, "add", "--all")
    who = "-c", "user.name=Oka", "-c", "user.email=oka@example.org"
    git(site, *who, "commit", "--quiet", "--message=all")
    _, lines = await doctor(tmp_path, RUNDOWN_SITE=str(site))
    assert lines[1].startswith("✓ Profile")


SITES = {
    "jekyll": ("_config.yml", "title: Test\n", "_posts/2026-01-0{n}-x{n}.md"),
    "hugo": ("hugo.toml", 'title = "Test"\n', "content/posts/x{n}.md"),
}
PAGE = "---\ntitle: Page {n}\ncolour: red\n---\n\nWords about gardens.\n"


@pytest.mark.parametrize("kind", SITES)
@pytest.mark.parametrize("language", ["en", "ja"])
async def test_a_site_with_pages_but_no_episodes_is_told(tmp_path, kind, language):
    need("git")
    site = tmp_path / "site"
    name, text, path = SITES[kind]
    for at, words in [(name, text), *((path.format(n=n), PAGE.format(n=n)) for n in range(1, 5))]:
        (site / at).parent.mkdir(parents=True, exist_ok=True)
        (site / at).write_text(words)
    git(site, "init", "--quiet")
    git(site, "add", "--all")
    who = "-c", "user.name=Oka", "-c", "user.email=oka@example.org"
    git(site, *who, "commit", "--quiet", "--message=all")
    where = path.rpartition("/")[0]
    speaks = {"LC_ALL": {"en": "C.UTF-8", "ja": "ja_JP.UTF-8"}[language]}
    done = await asyncio.to_thread(program_text, "init", site, **speaks)
    start = {"en": "No episodes were found in", "ja": f"{site} に番組の回が見つからなかったため"}
    [told] = [line for line in done.stdout.splitlines() if line.startswith(start[language])]
    assert f"{where} (4)" in told and kind in told and f"rundown init {site} --show" in told
    _, lines = await doctor(tmp_path, RUNDOWN_SITE=str(site), **speaks)
    [seen] = [line for line in lines if f"{where} (4)" in line]
    assert seen.startswith("✓ Episodes: none" if language == "en" else "✓ 回: ")
    shutil.rmtree(site / ".rundown")
    done = await asyncio.to_thread(program_text, "init", site, "--show", where, **speaks)
    assert f"4 episodes in {where}" in done.stdout or f"{where} に 4 回" in done.stdout
