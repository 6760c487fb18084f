"""Files of an episode in another repository: bound by who runs the bot, merged, never lost."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.profile.further_files import FileText
from bot.services.drafting.owed_files import Owed
from tests.services.desk.house import SITE_YML, House, git, house, make_site

SETTINGS = f"""{SITE_YML}files:
  - path: 'notes/ep{{{{ number }}}}.md'
    text: '{{{{ body }}}}'
    repository: hosts/Show-Notes
  - path: 'data/ep{{{{ number }}}}.yml'
    text: 'public: {{{{ published }}}}'
    repository: hosts/show-notes
"""


@pytest.fixture
def other(tmp_path: Path) -> Path:
    return make_site(tmp_path / "show-notes")


def bound(tmp_path: Path) -> dict[str, str]:
    return {"RUNDOWN_FILES": f"{tmp_path}/site={tmp_path}/show-notes"}


def notes(other: Path) -> str:
    return git(other, "show", "HEAD:notes/ep1.md")


def by_hand(other: Path, text: str) -> None:
    (other / "notes/ep1.md").write_text(text, encoding="utf-8")
    git(other, "-c", "user.name=Oka", "commit", "--quiet", "--all", "--message=by hand")


async def drafted(home: House, *lines: str) -> str:
    for line in lines:
        await home.say(line)
    return (await home.draft()).text


async def test_the_sites_commit_comes_first_then_one_there(tmp_path: Path, other: Path) -> None:
    async with house(tmp_path, settings=SETTINGS, environment=bound(tmp_path)) as home:
        told = await drafted(home, "# A", "- [a](https://example.org/a)")
        assert notes(other) == "### A\n\n- [a](https://example.org/a)\n"
        assert home.git("show", "--format=", "--name-only", "HEAD").split() == ["_drafts/ep1.md"]
        there = git(other, "show", "--format=%s%n%b", "--name-only", "HEAD").split("\n")
        assert there[0] == "ep1: files of the episode"
        assert there[1].startswith("Rundown-Draft: ")
        assert there[-3:-1] == ["data/ep1.yml", "notes/ep1.md"]
        commit = git(other, "rev-parse", "HEAD")[:10]
        assert f"Also in hosts/show-notes: {commit}" in told
        assert await home.store.state("files-owed") == {}


async def test_what_people_wrote_there_stays(tmp_path: Path, other: Path) -> None:
    async with house(tmp_path, settings=SETTINGS, environment=bound(tmp_path)) as home:
        await drafted(home, "# A", "- [a](https://example.org/a)", "- [b](https://example.org/b)")
        by_hand(other, f"Listen to us!\n\n{notes(other)}")
        await home.desk.edits.link_remove(home.request(), link="a")
        await drafted(home, "- [c](https://example.org/c)")
        links = "- [b](https://example.org/b)\n- [c](https://example.org/c)\n"
        assert notes(other) == f"Listen to us!\n\n### A\n\n{links}"
        commits = git(other, "rev-list", "HEAD")
        told = await drafted(home)  # nothing is new, so nothing is asked of it either
        assert "Also in" not in told
        assert git(other, "rev-list", "HEAD") == commits


@pytest.mark.parametrize(
    "settings",
    [{}, {"RUNDOWN_FILES": "else/where=hosts/show-notes"}, {"RUNDOWN_FILES": "{0}/site=a/b"}],
)
async def test_a_profile_alone_makes_the_bot_write_nowhere_else(
    tmp_path: Path, other: Path, settings: dict[str, str]
) -> None:
    given = {name: value.format(tmp_path) for name, value in settings.items()}
    before = git(other, "rev-parse", "HEAD")
    async with house(tmp_path, settings=SETTINGS, environment=given or {"HOME": "/"}) as home:
        told = await drafted(home, "# A")
        assert home.git("show", "HEAD:_drafts/ep1.md").endswith("### A\n")  # the draft is made
        assert "files in hosts/show-notes are not written yet" in told
        assert "RUNDOWN_FILES" in told
    assert git(other, "rev-parse", "HEAD") == before


async def test_what_it_could_not_take_is_told_and_comes_with_the_next(
    tmp_path: Path, other: Path
) -> None:
    async with house(tmp_path, settings=SETTINGS, environment=bound(tmp_path)) as home:
        await drafted(home, "# A", "- [a](https://example.org/a)", "- [b](https://example.org/b)")
        by_hand(other, f"Ours.\n\n{notes(other)}")
        away = shutil.move(other / ".git", tmp_path / "away")
        await home.desk.edits.link_remove(home.request(), link="a")
        told = await drafted(home)
        assert "hosts/show-notes are not written yet" in told
        await home.desk.edits.link_retitle(home.request(), link="b", title="better")
        assert "not written yet" in await drafted(home)
    shutil.move(away, other / ".git")
    async with house(tmp_path, settings=SETTINGS, environment=bound(tmp_path), begin=50) as home:
        assert "Also in hosts/show-notes" in await drafted(home, "- [c](https://example.org/c)")
    links = "- [better](https://example.org/b)\n- [c](https://example.org/c)\n"
    assert notes(other) == f"Ours.\n\n### A\n\n{links}"


async def test_it_is_tried_again_by_itself_also_after_a_restart(
    tmp_path: Path, other: Path
) -> None:
    away = shutil.move(other / ".git", tmp_path / "away")
    async with house(tmp_path, settings=SETTINGS, environment=bound(tmp_path)) as home:
        await drafted(home, "# A")
    shutil.move(away, other / ".git")
    async with house(tmp_path, settings=SETTINGS, environment=bound(tmp_path), begin=50) as home:
        others = home.desk._publish.further._others
        said: list[str] = []
        home.desk.listen(lambda news: said.append(news.text("en") if news.text else ""))

        async def no_time(seconds: float) -> None:
            assert seconds > 0

        await others.aclose()
        others._sleep = no_time
        await home.say("# B")  # in no draft yet: what is owed is the last one's
        await others._again()
        assert notes(other) == "### A\n"
        (told,) = [one for one in said if "are written now" in one]
        assert told.startswith("Episode 1: its files in hosts/show-notes are written now: ")
        assert await home.store.state("files-owed") == {}


async def test_a_published_page_tells_it_there_and_takes_it_back(
    tmp_path: Path, other: Path
) -> None:
    settings = f"{SETTINGS}publish: {{required: []}}\n"
    async with house(tmp_path, settings=settings, environment=bound(tmp_path)) as home:
        await drafted(home, "# A")
        assert git(other, "show", "HEAD:data/ep1.yml") == "public: False\n"
        told = await home.desk.publishing.publish(home.request(), what="anyway")
        assert "Also in hosts/show-notes" in told.text
        assert git(other, "show", "HEAD:data/ep1.yml") == "public: True\n"
        told = await home.desk.publishing.publish(home.request(), what="undo")
        assert "Also in hosts/show-notes" in told.text
        assert git(other, "show", "HEAD:data/ep1.yml") == "public: False\n"


async def test_a_publication_that_was_not_told_there_is_told_later(
    tmp_path: Path, other: Path
) -> None:
    settings = f"{SETTINGS}publish: {{required: []}}\n"
    async with house(tmp_path, settings=settings, environment=bound(tmp_path)) as home:
        await drafted(home, "# A")
        away = shutil.move(other / ".git", tmp_path / "away")
        told = await home.desk.publishing.publish(home.request(), what="anyway")
        assert "not written yet" in told.text
        shutil.move(away, other / ".git")
        (episode,) = [one.id for one in await home.desk._show.episodes.all()]
        (written,) = await home.desk._publish.further.write_owed(episode, turn=None)
        assert written.commit is not None
        assert git(other, "show", "HEAD:data/ep1.yml") == "public: True\n"


async def test_what_goes_off_the_record_leaves_it_even_where_it_was_owed(
    tmp_path: Path, other: Path
) -> None:
    async with house(tmp_path, settings=SETTINGS, environment=bound(tmp_path)) as home:
        await home.say("# A")
        secret = await home.say("- [a secret](https://example.org/secret)")
        await drafted(home, "- [a](https://example.org/a)")
        assert "secret" in notes(other)
        away = shutil.move(other / ".git", tmp_path / "away")
        assert "not written yet" in await drafted(home, "- [b](https://example.org/b)")
        assert "secret" in "".join((await home.store.state("files-owed")).values())
        told = (await home.mark(secret, "🔒")).note or ""
        assert "could not be asked" in told
        assert "secret" not in "".join((await home.store.state("files-owed")).values())
        assert "not written yet" in await drafted(home)
        shutil.move(away, other / ".git")
        await drafted(home, "- [c](https://example.org/c)")
        assert "secret" not in notes(other)
        links = "".join(f"- [{one}](https://example.org/{one})\n" for one in "abc")
        assert notes(other) == f"### A\n\n{links}"


async def test_a_branch_that_moves_meanwhile_is_merged_anew(
    tmp_path: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house(tmp_path, settings=SETTINGS, environment=bound(tmp_path)) as home:
        await drafted(home, "# A")
        there = await home.desk._show.further.site("hosts/show-notes")
        commit = there.commit
        quick = ["Quicker.\n\n"]

        async def slow(change: object) -> object:
            if quick:
                by_hand(other, quick.pop() + notes(other))
            return await commit(change)  # type: ignore[arg-type]

        monkeypatch.setattr(there, "commit", slow)
        await drafted(home, "- [a](https://example.org/a)")
        assert notes(other) == "Quicker.\n\n### A\n\n- [a](https://example.org/a)\n"


async def test_the_commits_there_that_hold_it_still_are_named(tmp_path: Path, other: Path) -> None:
    async with house(tmp_path, settings=SETTINGS, environment=bound(tmp_path)) as home:
        await home.say("# A")
        secret = await home.say("- [a secret](https://example.org/secret)")
        await drafted(home, "- [a](https://example.org/a)")
        told = (await home.mark(secret, "🔒")).note or ""
        assert f"hosts/show-notes {git(other, 'rev-parse', 'HEAD')[:10]}" in told
        await drafted(home)
        assert notes(other) == "### A\n\n- [a](https://example.org/a)\n"


TEXT = st.text(max_size=20)
FILES = st.lists(st.builds(FileText, TEXT, TEXT, TEXT), max_size=3).map(tuple)
OWED = st.builds(
    Owed,
    st.none() | FILES,
    st.none() | st.booleans(),
    st.booleans(),
    st.lists(st.tuples(st.lists(TEXT, max_size=3).map(tuple), TEXT), max_size=2).map(tuple),
)


@given(OWED)
def test_what_is_owed_is_stored_as_it_is(owed: Owed) -> None:
    assert Owed.parse(owed.dump()) == owed
