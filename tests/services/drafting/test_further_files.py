"""An episode's further files are committed with its draft, and merged with what people write."""

from pathlib import Path

import pytest

from bot.errors import FileChanged, ProfileError, TemplateError
from bot.services.profile_renewal import ProfileRenewal
from tests.adapters.github.github_house import github_house
from tests.services.desk.house import SITE_YML, House, house, house_on, profile

DATA = "data/episodes/{{ number }}.yml"
SETTINGS = f"""{SITE_YML}files:
  - path: '{DATA}'
    text: |
      number: {{{{ number }}}}
      title: {{{{ title | yaml }}}}
      shown: {{{{ published | string | lower }}}}
      links:
      {{%- for one in links %}}
        - {{{{ one.url | yaml }}}}
      {{%- else %}} []
      {{%- endfor %}}
"""
PAPER, NEWS = "https://example.org/paper", "https://example.org/news"


def data(home: House, path: str = "data/episodes/1.yml") -> str:
    return (home.site / path).read_text(encoding="utf-8")


def write(home: House, text: str, path: str = "data/episodes/1.yml") -> None:
    (home.site / path).write_text(text, encoding="utf-8")
    home.git("-c", "user.name=Oka", "commit", "--quiet", "--all", "--message=by hand")


async def test_they_go_into_the_same_commit_and_follow_what_hosts_say(tmp_path: Path) -> None:
    async with house(tmp_path, settings=SETTINGS) as home:
        await home.say(f"- [paper]({PAPER})")
        await home.draft()
        assert home.git("show", "--format=", "--name-only", "HEAD").split() == [
            "_drafts/ep1.md", "data/episodes/1.yml",
        ]  # fmt: skip
        assert home.git("status", "--porcelain") == ""
        await home.say(f"- [news]({NEWS})")
        await home.draft()
        assert data(home).count("https://") == 2


async def test_what_people_write_there_stays_committed_or_not(tmp_path: Path) -> None:
    async with house(tmp_path, settings=SETTINGS) as home:
        await home.say(f"- [paper]({PAPER})")
        await home.draft()
        write(home, data(home).replace('title: ""', 'title: "By hand"') + "youtube: abc\n")
        await home.say(f"- [news]({NEWS})")
        (home.site / "data/episodes/1.yml").write_text(data(home) + "length: 12\n")
        await home.draft()
        for words in ('title: "By hand"', "youtube: abc", "length: 12", NEWS, PAPER):
            assert data(home).count(words) == 1, data(home)
        assert home.git("status", "--porcelain") == ""


async def test_one_that_git_could_not_merge_is_told_and_nothing_is_committed(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, settings=SETTINGS) as home:
        await home.say(f"- [paper]({PAPER})")
        await home.draft()
        write(home, data(home) + "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> branch\n")
        before = home.git("rev-parse", "HEAD")
        await home.say(f"- [news]({NEWS})")
        with pytest.raises(FileChanged, check=lambda error: error.name.endswith("unresolved")):
            await home.draft()
        assert home.git("rev-parse", "HEAD") == before


async def test_one_that_people_took_away_stays_away_until_asked_for(tmp_path: Path) -> None:
    async with house(tmp_path, settings=SETTINGS) as home:
        await home.say(f"- [paper]({PAPER})")
        await home.draft()
        home.git("rm", "--quiet", "data/episodes/1.yml")
        home.git("commit", "--quiet", "--message=away")
        await home.say(f"- [news]({NEWS})")
        await home.draft()
        assert not (home.site / "data/episodes/1.yml").exists()
        await home.desk.drafts.draft(home.request(), recreate="yes")
        assert NEWS in data(home)


@pytest.mark.parametrize("left", ["", "\n"])
async def test_one_that_people_emptied_stays_so_until_asked_for(tmp_path: Path, left: str) -> None:
    async with house(tmp_path, settings=SETTINGS) as home:
        await home.say(f"- [paper]({PAPER})")
        await home.draft()
        made = data(home)
        write(home, left)
        await home.say(f"- [news]({NEWS})")
        await home.draft()
        assert data(home) == left
        await home.desk.drafts.draft(home.request(), recreate="yes")
        assert data(home) == f'{made}  - "{NEWS}"\n'
        write(home, data(home) + "length: 12\n")
        await home.desk.drafts.draft(home.request(), recreate="yes")
        assert "length: 12" in data(home)


async def test_one_that_was_cut_is_asked_about_and_mended_when_hosts_say_so(tmp_path: Path) -> None:
    async with house(tmp_path, settings=SETTINGS) as home:
        await home.say(f"- [paper]({PAPER})")
        await home.draft()
        made = data(home)
        write(home, made[:-9])
        await home.say(f"- [news]({NEWS})")
        with pytest.raises(FileChanged, match=r"data/episodes/1\.yml") as refused:
            await home.draft()
        assert refused.value.name == "draft_file.file-cut"
        assert data(home) == made[:-9]
        await home.desk.drafts.draft(home.request(), recreate="yes")
        assert data(home) == f'{made}  - "{NEWS}"\n'


async def test_an_empty_one_is_written_where_people_began_it_or_its_template_gave_nothing(
    tmp_path: Path,
) -> None:
    settings = SITE_YML + (
        "files:\n  - {path: begun.txt, text: '{{ title }}'}\n"
        "  - {path: given.txt, text: '{{ summary }}'}\n"
    )
    async with house(tmp_path, settings=settings) as home:
        (home.site / "begun.txt").touch()
        home.git("add", "--all")
        home.git("commit", "--quiet", "--message=begun")
        await home.desk.edits.episode_set(home.request(), field="title", value="Words")
        await home.say("# A")
        await home.draft()
        assert data(home, "begun.txt") == "Words\n"
        assert not data(home, "given.txt").strip()
        await home.desk.edits.episode_set(home.request(), field="summary", value="More")
        await home.draft()
        assert data(home, "given.txt") == "More\n"


async def test_an_emptied_one_follows_its_path_once_it_is_asked_for(tmp_path: Path) -> None:
    settings = SETTINGS.replace(DATA, "data/{{ title }}.yml")
    async with house(tmp_path, settings=settings) as home:
        await home.desk.edits.episode_set(home.request(), field="title", value="one")
        await home.say(f"- [paper]({PAPER})")
        await home.draft()
        write(home, "", "data/one.yml")
        await home.desk.edits.episode_set(home.request(), field="title", value="two")
        await home.desk.drafts.draft(home.request(), recreate="yes")
        assert [one.name for one in (home.site / "data").iterdir()] == ["two.yml"]
        assert PAPER in data(home, "data/two.yml")


async def test_one_that_was_begun_by_hand_is_merged_with(tmp_path: Path) -> None:
    async with house(tmp_path, settings=SETTINGS) as home:
        (home.site / "data/episodes").mkdir(parents=True)
        begun = 'number: 1\ntitle: "By hand"\nshown: false\nlinks: []\nsponsor: none\n'
        (home.site / "data/episodes/1.yml").write_text(begun)
        home.git("add", "--all")
        write(home, begun)
        await home.say(f"- [paper]({PAPER})")
        await home.draft()
        for words in ('title: "By hand"', "sponsor: none", PAPER):
            assert data(home).count(words) == 1, data(home)


async def test_it_moves_with_what_its_path_is_made_of(tmp_path: Path) -> None:
    settings = SETTINGS.replace(DATA, "data/{{ title | slug or number }}.yml")
    async with house(tmp_path, settings=settings) as home:
        await home.say(f"- [paper]({PAPER})")
        await home.draft()
        write(home, data(home, "data/1.yml") + "youtube: abc\n", "data/1.yml")
        await home.desk.edits.episode_set(home.request(), field="title", value="Old Radios")
        await home.draft()
        assert "youtube: abc" in data(home, "data/old-radios.yml")
        assert not (home.site / "data/1.yml").exists()
        assert home.git("status", "--porcelain") == ""


async def test_publishing_tells_them_and_taking_back_does_too(tmp_path: Path) -> None:
    template = "---\ntitle: {{ title | yaml }}\ndraft: true\n---\n\n{{ body }}\n"
    async with house(tmp_path, settings=SETTINGS, template=template) as home:
        await home.say(f"- [paper]({PAPER})")
        await home.draft()
        write(home, data(home) + "youtube: abc\n")
        await home.desk.publishing.publish(home.request(), what="anyway")
        assert "shown: true" in data(home)
        assert "youtube: abc" in data(home)
        await home.desk.publishing.publish(home.request(), what="undo")
        assert "shown: false" in data(home)


async def test_a_file_that_could_not_be_read_is_never_committed(tmp_path: Path) -> None:
    settings = SETTINGS.replace("title: {{ title | yaml }}", "title: {{ title }}")
    async with house(tmp_path, settings=settings) as home:
        await home.desk.edits.episode_set(home.request(), field="title", value="Part 1: a [b")
        await home.say(f"- [paper]({PAPER})")
        with pytest.raises(TemplateError, match=r"data/episodes/1\.yml"):
            await home.draft()
        assert home.git("log", "--oneline").count("\n") == 1
    async with house(tmp_path, settings=SETTINGS, begin=100) as home:
        await home.draft()
        write(home, data(home) + "a: [\n")
        await home.say(f"- [news]({NEWS})")
        with pytest.raises(FileChanged, match="fix it in the repository"):
            await home.draft()


@pytest.mark.parametrize(
    "path",
    [
        "_drafts/ep1.md",
        "_drafts",
        "_drafts/ep1.md/a.yml",
        ".github/workflows/x.yml",
        "data/",
        ".env",
        "../x.yml",
    ],
)
async def test_a_place_that_is_taken_or_hidden_is_refused(tmp_path: Path, path: str) -> None:
    async with house(tmp_path, settings=SETTINGS.replace(DATA, path)) as home:
        await home.say(f"- [paper]({PAPER})")
        with pytest.raises(
            TemplateError, match=r"line 5: .*(further file|pages do not belong|can have no file)"
        ):
            await home.draft()
        assert home.git("log", "--oneline").count("\n") == 1


async def test_a_path_that_comes_out_empty_makes_none(tmp_path: Path) -> None:
    settings = SETTINGS.replace(DATA, f"{{% if title %}}{DATA}{{% endif %}}")
    async with house(tmp_path, settings=settings) as home:
        await home.say(f"- [paper]({PAPER})")
        await home.draft()
        assert not (home.site / "data").exists()
        await home.desk.edits.episode_set(home.request(), field="title", value="Trains")
        await home.draft()
        assert 'title: "Trains"' in data(home)


@pytest.mark.parametrize(
    ("entry", "message"),
    [("{path: x}", "files.*text"), ("{path: x, text: y, to: z}", "to"), ("x", "files")],
)
def test_what_is_wrong_in_the_profile_is_told(entry: str, message: str) -> None:
    with pytest.raises(ProfileError, match=message):
        profile(f"{SITE_YML}files: [{entry}]\n")


async def test_what_goes_off_the_record_leaves_them(tmp_path: Path) -> None:
    async with house(tmp_path, settings=SETTINGS) as home:
        secret = await home.say(f"- [paper]({PAPER})")
        await home.say(f"- [news]({NEWS})")
        await home.draft()
        await home.mark(secret, "🔒")
        await home.draft()
        assert PAPER not in data(home)
        assert NEWS in data(home)


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize("review", [False, True])
async def test_on_github_they_are_one_commit_and_people_edit_them_on_the_web(
    tmp_path: Path, review: bool
) -> None:
    async with (
        github_house(tmp_path) as github,
        house_on(github.site(review=review), tmp_path, ProfileRenewal(profile(SETTINGS))) as home,
    ):
        site, path = github.local.site, "data/episodes/1.yml"
        commits = len(site.messages())
        await home.say(f"- [paper]({PAPER})")
        await home.draft()
        branch = site.pulls[0].head if review else None
        assert len(site.messages(branch)) == commits + 1
        site.append(path, "youtube: abc", branch=branch)
        await home.say(f"- [news]({NEWS})")
        await home.draft()
        text = site.read(path, branch)
        assert all(text.count(words) == 1 for words in (PAPER, NEWS, "youtube: abc")), text
        assert NEWS in site.read("_drafts/ep1.md", branch)
