"""What a template makes of an episode follows what people do in the draft's file, too.

That is in the log once a draft is committed: what is made of it goes into a second commit.
"""

import random
import re
from pathlib import Path

import pytest

from tests.services.desk.house import TEMPLATE, House, git, house, make_site
from tests.services.drafting.test_further_files import NEWS, PAPER, SETTINGS, data
from tests.services.drafting.test_other_repositories import SETTINGS as ELSEWHERE
from tests.services.drafting.test_other_repositories import bound, notes

FILE = "_drafts/ep1.md"
CONTENTS = TEMPLATE.replace(
    "{{ body }}",
    """{% for topic in topics -%}
- {{ topic.title }}
{% endfor %}
In this order:

{{ body }}

## All links

{% for link in links -%}
- {{ link.title }}: {{ link.url }}
{% endfor %}
{{ links | length }} links in {{ topics | length }} topics of “{{ title }}”.""",
)
OTHER = "https://other.example/1"


def text(home: House) -> str:
    return (home.site / FILE).read_text(encoding="utf-8")


def change(home: House, was: str, now: str) -> None:
    """Have a person change the draft's file where something stands first."""
    assert was in text(home)
    (home.site / FILE).write_text(text(home).replace(was, now, 1), encoding="utf-8")
    home.git("-c", "user.name=Oka", "commit", "--quiet", "--all", "--message=by hand")


async def begun(home: House) -> None:
    await home.say(f"# Papers\n[Paper]({PAPER})")
    await home.say(f"# News\n[News]({NEWS})")
    await home.draft()


@pytest.mark.parametrize(
    ("was", "now", "gone", "made"),
    [
        (f"- [News]({NEWS})\n", f"- [News]({NEWS})\n- [O]({OTHER})\n", "2 links", f"- O: {OTHER}"),
        (f"\n- [News]({NEWS})\n", "", f"- News: {NEWS}", "1 links in "),
        (f"- [News]({NEWS})\n", f"- [Better]({NEWS})\n", f"- News: {NEWS}", f"- Better: {NEWS}"),
        ("### News\n", "### Late\n", "- News\n", "- Late\n"),
        ("### News\n", f"### Late\n\n- [O]({OTHER})\n\n### News\n", "2 topics", "- Late\n- News\n"),
        ('title: ""\n', 'title: "First"\n', "“”", "topics of “First”"),
    ],
    ids=["link", "removed", "title", "heading", "topic", "front-matter"],
)  # fmt: skip
async def test_a_list_that_the_template_makes_has_what_people_did(
    tmp_path: Path, was: str, now: str, gone: str, made: str
) -> None:
    async with house(tmp_path, template=CONTENTS) as home:
        await begun(home)
        change(home, was, now)
        await home.draft()
        assert made in text(home)
        assert gone not in text(home)
        assert text(home) == (await home.desk.views.rendered("notes")).text
        head = home.git("rev-parse", "HEAD")
        assert "no changes" in (await home.draft()).text
        assert home.git("rev-parse", "HEAD") == head


async def test_what_people_wrote_into_such_a_list_stays(tmp_path: Path) -> None:
    async with house(tmp_path, template=CONTENTS) as home:
        await begun(home)
        change(home, "### News\n", "### Late\n")
        change(home, "- News\n", "- What came in late\n")
        change(home, f"- Paper: {PAPER}\n", f"- Paper: {PAPER} (read it!)\n- Nobody's line\n")
        await home.draft()
        for words in ("- What came in late\n", f"- Paper: {PAPER} (read it!)\n- Nobody's line\n"):
            assert text(home).count(words) == 1
        assert "- News\n" not in text(home)


async def test_a_further_file_has_what_people_did_in_the_draft_s_file(tmp_path: Path) -> None:
    async with house(tmp_path, settings=SETTINGS) as home:
        await begun(home)
        change(home, f"- [News]({NEWS})\n", f"- [O]({OTHER})\n")
        await home.draft()
        assert OTHER in data(home)
        assert NEWS not in data(home)


async def test_a_further_file_keeps_what_people_wrote_there_as_well(tmp_path: Path) -> None:
    async with house(tmp_path, settings=SETTINGS) as home:
        await begun(home)
        change(home, f"- [News]({NEWS})\n", f"- [News]({NEWS})\n- [O]({OTHER})\n")
        path = home.site / "data/episodes/1.yml"
        path.write_text(f'{data(home)}  - "{OTHER}/by-hand"\nlength: 12\n', encoding="utf-8")
        home.git("-c", "user.name=Oka", "commit", "--quiet", "--all", "--message=there")
        await home.draft()
        for words in (f'  - "{OTHER}"\n', f'  - "{OTHER}/by-hand"\n', "length: 12\n", PAPER, NEWS):
            assert data(home).count(words) == 1


async def test_a_page_that_is_published_has_it(tmp_path: Path) -> None:
    settings = SETTINGS + "publish:\n  path: 'episodes/{{ number }}.md'\n"
    async with house(tmp_path, settings=settings, template=CONTENTS) as home:
        await begun(home)
        change(home, f"- [News]({NEWS})\n", f"- [News]({NEWS})\n- [O]({OTHER})\n")
        await home.desk.publishing.publish(home.request(), what="anyway")
        page = (home.site / "episodes/1.md").read_text(encoding="utf-8")
        assert f"- O: {OTHER}\n\n3 links in 2 topics" in page
        assert OTHER in data(home)


async def test_a_page_that_nobody_edited_is_published_in_one_commit(tmp_path: Path) -> None:
    async with house(tmp_path, settings=SETTINGS, template=CONTENTS) as home:
        await begun(home)
        await home.say(f"[More]({OTHER})")
        before = int(home.git("rev-list", "--count", "HEAD"))
        await home.desk.publishing.publish(home.request(), what="anyway")
        assert int(home.git("rev-list", "--count", "HEAD")) == before + 1


async def test_what_is_told_of_a_draft_is_told_of_both_commits_as_of_one(tmp_path: Path) -> None:
    async with house(tmp_path, template=CONTENTS) as home:
        await begun(home)
        change(home, "### News\n", "### Late\n")
        await home.say(f"[More]({OTHER})")
        answer = (await home.draft()).text
        assert "Since the last draft: 1 link in News\nKept edits by Oka: 1 topic" in answer
        assert home.git("log", "--format=%h", "--max-count=1").strip() in answer
        assert home.git("rev-list", "--count", "HEAD").strip() == "5"


@pytest.mark.parametrize("has_news", [False, True])
async def test_files_in_another_repository_have_it_though_the_chat_said_nothing_new(
    tmp_path: Path, *, has_news: bool
) -> None:
    other = make_site(tmp_path / "show-notes")
    async with house(tmp_path, settings=ELSEWHERE, environment=bound(tmp_path)) as home:
        await begun(home)
        change(home, f"- [News]({NEWS})\n", f"- [Better]({NEWS})\n- [O]({OTHER})\n")
        if has_news:
            await home.say(f"[More]({OTHER}/more)")
        assert "Also in hosts/show-notes: " in (await home.draft()).text
        more = f"- [More]({OTHER}/more)\n" if has_news else ""
        assert notes(other).endswith(f"- [Better]({NEWS})\n- [O]({OTHER})\n{more}")
        commits = git(other, "rev-list", "HEAD")
        assert "Also in" not in (await home.draft()).text
        assert git(other, "rev-list", "HEAD") == commits


@pytest.mark.parametrize("seed", range(8))
async def test_lists_have_what_the_body_has_whoever_changes_that(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a seed makes the same run again
    async with house(tmp_path, template=CONTENTS) as home:
        said = [await home.say(f"# T0\n[L0]({OTHER}/0)")]
        await home.draft()
        for number in range(1, 30):
            if chance.random() < 0.4:
                said.append(await home.say(f"# T{number}\n[L{number}]({OTHER}/{number})"))
            if chance.random() < 0.3:
                await home.edit(chance.choice(said), f"# E{number}\n[L{number}]({OTHER}/{number})")
            if chance.random() < 0.2:
                await home.mark(chance.choice(said), "🚫", on=chance.random() < 0.7)
            if chance.random() < 0.6:
                edit_body(home, number, chance)
            if chance.random() < 0.4:
                await home.draft()
                assert_lists_are_right(text(home))


def edit_body(home: House, number: int, chance: random.Random) -> None:
    """Have a person change one line of the body."""
    lines = text(home).split("\n")
    start, end = lines.index("---", 1), lines.index("## All links")
    places = [at for at in range(start, end) if lines[at].startswith(("### ", "- ["))]
    if not places:
        return
    at = chance.choice(places)
    if lines[at].startswith("#"):
        lines[at] = f"### P{number}"
    else:
        new = f"- [P{number}]({OTHER}/p{number})"
        lines[at : at + 1] = chance.choice(
            [[], [lines[at], new], [lines[at], "", f"### N{number}", "", new]]
        )
    (home.site / FILE).write_text("\n".join(lines), encoding="utf-8")
    home.git("-c", "user.name=Oka", "commit", "--quiet", "--all", "--message=by hand")


def assert_lists_are_right(file: str) -> None:
    """Assert that the lists that the template makes have what the body has."""
    body, _, links = file.partition("\n## All links\n")
    titles = re.findall(r"^### (.*)$", body, re.MULTILINE)
    assert re.findall(r"^- (\w+)$", body, re.MULTILINE) == titles, file
    there = [f"- {title}: {url}" for title, url in re.findall(r"\[(\w+)\]\(([^)]*)\)", body)]
    assert [line for line in links.split("\n") if line.startswith("- ")] == there, file
    assert f"{len(there)} links in {len(titles)} topics" in links, file


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (f"- News: {NEWS}\n", f"- The news of all: {NEWS}\n"),
        ("2 links in 2 topics", "Two links, all read by us,"),
        ("## All links\n", "## Everything\n"),
    ],
)
async def test_what_people_wrote_into_a_line_of_the_template_s_stays_when_that_changes(
    tmp_path: Path, was: str, now: str
) -> None:
    """At the second draft the template's words took the place of theirs, untold."""
    async with house(tmp_path, template=CONTENTS) as home:
        await begun(home)
        change(home, was, now)
        await home.draft()
        assert now in text(home)
        await home.say(f"# More\n[More]({OTHER})")
        await home.desk.edits.link_retitle(home.request(), link="News", title="Nova")
        for _ in range(2):
            await home.draft()
            assert now in text(home)
            assert f"- More: {OTHER}\n" in text(home)
