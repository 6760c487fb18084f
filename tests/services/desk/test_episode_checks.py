"""What would make one episode look like another is refused, with the reason."""

from pathlib import Path

import pytest

from bot.errors import CommandError, FileChanged, TemplateError
from tests.services.desk.house import House, house

PAPER = "https://example.org/paper"
POSTS = "name: Test\npath: '_posts/{{ date }}-ep{{ number }}.md'\n"
TEMPLATE = (
    "---\npublished: false\ntitle: {{ title | yaml }}\nmood: {{ mood | yaml }}\n---\n\n{{ body }}\n"
)
PAGE = "---\ntitle: Old\n---\n\nHello.\n"


def write(home: House, path: str, text: str) -> None:
    file = home.site / path
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    home.git("add", "--all")
    home.git("commit", "--quiet", "--message=by hand")


async def start(home: House, number: str) -> None:
    await home.desk.edits.episode_start(home.request(), number=number)


async def put(home: House, field: str, value: str) -> str:
    return (await home.desk.edits.episode_set(home.request(), field=field, value=value)).text


async def test_a_second_episode_is_not_opened_beside_the_open_one(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(PAPER)
        await home.desk.edits.episode_close(home.request())
        await home.say("https://example.org/next")
        with pytest.raises(CommandError, match="Episode 2 is open here"):
            await start(home, "1")
        with pytest.raises(CommandError, match="has the number 01"):
            await put(home, "number", "01")
        await home.desk.edits.episode_close(home.request())
        await start(home, "1")
        assert (await home.desk.views.episode("notes")).fields["number"] == "1"


async def test_a_number_that_a_page_of_the_site_has_is_refused(tmp_path: Path) -> None:
    async with house(tmp_path, settings=POSTS, template=TEMPLATE) as home:
        write(home, "_posts/2020-01-02-ep7.md", PAGE)
        with pytest.raises(CommandError, match=r"has episode 7 already \(_posts/2020-01-02-ep7.md"):
            await start(home, "7")
        await home.say(PAPER)
        for number in ("7", "07", "7.0", "007.00", "７"):
            with pytest.raises(CommandError, match=r"has episode [07.]+ already"):
                await put(home, "number", number)
        assert (await home.desk.views.episode("notes")).fields["number"] == "8"
        write(home, "_posts/2020-01-03-ep8.md", PAGE)  # published by hand meanwhile
        with pytest.raises(FileChanged, match="has episode 8 already"):
            await home.draft()


async def test_the_number_of_its_own_draft_or_of_one_begun_by_hand_is_not(tmp_path: Path) -> None:
    async with house(tmp_path, settings=POSTS, template=TEMPLATE) as home:
        await home.say(PAPER)
        await home.draft()
        assert "number: 1" in await put(home, "number", "1")
        write(home, "_posts/2020-01-02-ep5.md", PAGE.replace("title", "published: false\ntitle"))
        assert "number: 5" in await put(home, "number", "5")


async def test_an_empty_number_is_refused_and_the_old_one_stays(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(PAPER)
        for empty in ("", " ", "\u3000"):
            with pytest.raises(CommandError, match="needs its number"):
                await put(home, "number", empty)
        assert (await home.desk.views.episode("notes")).fields["number"] == "1"


async def test_a_field_that_the_template_does_not_know_is_refused(tmp_path: Path) -> None:
    async with house(tmp_path, settings=POSTS, template=TEMPLATE) as home:
        await home.say(PAPER)
        with pytest.raises(CommandError, match=r"“moood” is nowhere in the site's template.*mood"):
            await put(home, "moood", "glad")
        with pytest.raises(CommandError, match=r"“music\.url” is nowhere"):
            await put(home, "music.url", PAPER)
        assert await put(home, "mood", "glad") == "mood: glad"
        assert await put(home, "mood.of", "us") == "mood.of: us"
        assert "does not show summary" in await put(home, "summary", "Short.")


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("_posts/{{ nubmer }}.md", r"no “nubmer” \(number\?\): _posts/\.md"),
        ("_posts/{{ date }}-ep{{ slug }}.md", "no “slug”"),
        ("_posts/{{ title }}.md", "no “title”"),
        ("_posts/{% if title %}{{ title | default('x') }}{% endif %}.md", "would have no name"),
    ],
)
async def test_a_typo_in_the_path_is_said_before_a_file_is_made(
    tmp_path: Path, path: str, says: str
) -> None:
    settings = f'name: Test\npath: "{path}"\n'
    async with house(tmp_path, settings=settings, template=TEMPLATE) as home:
        await home.say(PAPER)
        with pytest.raises(TemplateError, match=says):
            await home.draft()
        assert home.git("status", "--porcelain") == ""


async def test_closing_names_the_other_episode_that_is_open_and_goes_on(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(PAPER)
        edits, views = home.desk.edits, home.desk.views
        await start(home, "9")
        await home.say("https://example.org/own")
        for channel, number in (("notes", "9"), ("other", "1")):
            listed = (await views.episode_list(home.request(channel=channel))).text
            [line] = [one for one in listed.splitlines() if "this channel's" in one]
            assert line.startswith(f"Episode {number} ")
        said = (await edits.episode_close(home.request())).text
        assert "Episode 9 is closed. Episode 1 is still open and takes the next" in said
        await home.say("https://example.org/next")
        assert "example.org/next" in await home.body()
        assert "this channel" not in (await views.episode_list(home.request())).text
        said = (await edits.episode_close(home.request())).text
        assert "The next link or topic starts a new one." in said
