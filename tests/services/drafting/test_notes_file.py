"""Short notes as a further file of the draft's commit, merged with what people wrote there."""

from pathlib import Path

from bot.core.short_notes.html import html_of
from tests.services.desk.house import SITE_YML, House, house

SETTINGS = f"""{SITE_YML}notes: {{limit: 260}}
files:
  - path: 'notes/ep{{{{ number }}}}.md'
    text: '{{{{ notes }}}}'
  - path: 'notes/ep{{{{ number }}}}.html'
    text: '{{{{ notes_html }}}}'
"""
LINES = [f"- [link {n}](https://example.org/{n}{'x' * 9 * n})" for n in range(1, 6)]


def notes(home: House, name: str = "ep1.md") -> str:
    return (home.site / "notes" / name).read_text(encoding="utf-8")


async def drafted(home: House, *lines: str) -> str:
    for line in lines:
        await home.say(line)
    await home.draft()
    return notes(home)


async def test_they_are_committed_with_the_draft_and_never_too_long(tmp_path: Path) -> None:
    async with house(tmp_path, settings=SETTINGS) as home:
        made = await drafted(home, "# A", *LINES)
        assert home.git("show", "--format=", "--name-only", "HEAD").split() == [
            "_drafts/ep1.md", "notes/ep1.html", "notes/ep1.md",
        ]  # fmt: skip
        assert "link 1" in made
        assert "link 5" not in made  # the longest goes first
        assert len(notes(home, "ep1.html").strip()) <= 260
        assert html_of(made).strip() == notes(home, "ep1.html").strip()


async def test_what_people_wrote_there_and_what_hosts_keep_both_stay(tmp_path: Path) -> None:
    async with house(tmp_path, settings=SETTINGS) as home:
        made = await drafted(home, "# A", *LINES)
        path = home.site / "notes/ep1.md"
        path.write_text(f"{made}\nListen to us!\n", encoding="utf-8")
        home.git("-c", "user.name=Oka", "commit", "--quiet", "--all", "--message=by hand")
        await home.desk.notes.notes(home.request(), what="drop link 1")
        await home.desk.notes.notes(home.request(), what="keep link 5")
        made = await drafted(home, "# B")
        assert "Listen to us!" in made
        assert "link 1" not in made
        assert "link 5" in made
    async with house(tmp_path, settings=SETTINGS) as home:  # nothing is known but what is stored
        await home.desk.notes.notes(home.request(), what="reset link 1")
        made = await drafted(home, "# C")
        assert made.count("Listen to us!") == 1
        assert made.count("link 5") == 1


async def test_a_choice_alone_makes_a_draft(tmp_path: Path) -> None:
    async with house(tmp_path, settings=SETTINGS) as home:
        await drafted(home, "# A", *LINES)
        await home.desk.notes.notes(home.request(), what="drop link 1")
        assert "link 1" not in await drafted(home)


async def test_they_go_on_with_the_published_page(tmp_path: Path) -> None:
    async with house(tmp_path, settings=SETTINGS) as home:
        await drafted(home, "# A", *LINES)
        for field in ("title", "summary"):
            await home.desk.edits.episode_set(home.request(), field=field, value="About")
        await home.desk.publishing.publish(home.request(), what="anyway")
        assert "link 1" in notes(home)


async def test_what_goes_off_the_record_leaves_them(tmp_path: Path) -> None:
    async with house(tmp_path, settings=SETTINGS) as home:
        await home.say("# A")
        secret = await home.say("- [a secret](https://example.org/secret)")
        assert "a secret" in await drafted(home, LINES[0])
        await home.mark(secret, "🔒")
        assert "secret" not in await drafted(home)
        assert "secret" not in notes(home, "ep1.html")
        assert "link 1" in notes(home)
