"""People go on editing the file on the site while links keep coming in: neither loses a word."""

from pathlib import Path

import pytest

from bot.errors import CommandError, FileChanged
from tests.services.desk.house import House, house

PAPER = "https://example.org/paper"
TALK = "https://example.org/talk"
NOTE = "https://example.org/note"
FILE = "_drafts/ep1.md"


def text(home: House, path: str = FILE) -> str:
    return (home.site / path).read_text(encoding="utf-8")


def edit(home: House, old: str, new: str, path: str = FILE) -> None:
    """Change a passage of the file and commit it, as somebody called Oka."""
    was = text(home, path)
    assert old in was
    (home.site / path).write_text(was.replace(old, new), encoding="utf-8")
    home.git("-c", "user.name=Oka", "commit", "--quiet", "--all", "--message=by hand")


async def outline(home: House) -> list[str]:
    return (await home.desk.views.outline(home.request())).text.splitlines()[1:]


async def preview(home: House) -> str:
    return (await home.desk.drafts.preview(home.request())).text + "\n"


async def test_what_people_added_is_in_the_outline_and_commands_work_on_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        edit(
            home, f"- <{PAPER}>\n", f"- <{PAPER}>\n- [A talk]({TALK})\n\n### By hand\n\nMy words.\n"
        )
        answer = (await home.draft()).text
        assert "Kept edits by Oka: 2 links or lines, 1 topic" in answer
        assert [line.strip() for line in await outline(home)] == [
            "1. A", f"1.1 {PAPER} (no title)", "1.2 A talk", "2. By hand", "2.1 My words.",
        ]  # fmt: skip
        assert await preview(home) == text(home)
        await home.desk.edits.link_retitle(home.request(), link="A talk", title="The talk")
        await home.desk.edits.link_move(home.request(), link="The talk", topic="By hand")
        await home.desk.edits.link_note(home.request(), link="The talk", text="worth an hour")
        await home.draft()
        body = text(home).partition("---\n\n")[2]
        assert body == (
            f"### A\n\n- <{PAPER}>\n\n### By hand\n\nMy words.\n\n"
            f"- [The talk]({TALK})  \n  worth an hour\n"
        )
        assert await preview(home) == text(home)


async def test_a_title_that_people_wrote_is_not_taken_back_by_a_look_up(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        edit(home, f"<{PAPER}>", f"[By hand]({PAPER})")
        await home.draft()
        await home.know(PAPER, "From the web")
        await home.say(TALK)
        await home.draft()
        assert f"- [By hand]({PAPER})\n- <{TALK}>\n" in text(home)


async def test_a_late_title_comes_into_an_item_that_people_noted(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        edit(home, f"<{PAPER}>\n", f"<{PAPER}>\n  - my note\n")
        await home.draft()
        await home.know(PAPER, "From the web")
        await home.draft()
        assert f"- [From the web]({PAPER})\n  - my note\n" in text(home)


async def test_what_people_took_out_stays_out_and_can_be_brought_back(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        await home.say(TALK)
        await home.draft()
        edit(home, f"- <{PAPER}>\n", "")
        await home.say(NOTE)
        await home.draft()
        assert PAPER not in text(home)
        assert not any(PAPER in line for line in await outline(home))
        await home.desk.edits.link_restore(home.request(), link=PAPER)
        await home.draft()
        assert text(home).count(PAPER) == 1


async def test_a_disagreement_leaves_the_files_and_is_asked_once(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n[Mine]({PAPER})")
        await home.draft()
        edit(home, "[Mine]", "[By hand]")
        await home.desk.edits.link_retitle(home.request(), link="1.1", title="In the chat")
        answer = await home.draft()
        assert "1 thing was changed both here and in the file" in answer.text
        assert [choice.values["side"] for choice in answer.choices] == ["chat", "file"]
        assert f"[By hand]({PAPER})" in text(home)
        assert await preview(home) == text(home)
        again = await home.draft()
        assert "was changed both" not in again.text
        assert again.choices == ()
        chat = dict(answer.choices[0].values)
        assert "the next draft uses" in (await home.desk.drafts.choose(home.request(), **chat)).text
        await home.draft()
        assert f"[In the chat]({PAPER})" in text(home)
        with pytest.raises(CommandError, match="was answered already: Oka chose"):
            await home.desk.drafts.choose(home.request(), **chat)


async def test_the_choice_for_the_chat_can_be_undone(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n[Mine]({PAPER})")
        await home.draft()
        edit(home, "[Mine]", "[By hand]")
        await home.desk.edits.link_retitle(home.request(), link="1.1", title="In the chat")
        answer = await home.draft()
        await home.desk.drafts.choose(home.request(), **answer.choices[0].values)
        await home.desk.edits.undo(home.request())
        await home.draft()
        assert f"[By hand]({PAPER})" in text(home)


async def test_a_draft_follows_its_file_to_another_name(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        home.git("mv", FILE, "_drafts/ep-one.md")
        home.git("commit", "--quiet", "--message=by hand")
        await home.say(TALK)
        assert "_drafts/ep-one.md" in (await home.draft()).text
        assert TALK in text(home, "_drafts/ep-one.md")
        assert not (home.site / FILE).exists()


@pytest.mark.parametrize("adopted", [False, True])
async def test_what_people_did_not_commit_yet_is_no_other_history(
    tmp_path: Path, adopted: bool
) -> None:
    async with house(tmp_path) as home:
        file = home.site / FILE
        await home.say(f"# A\n{PAPER}")
        if adopted:
            file.parent.mkdir()
            file.write_text(f'---\ntitle: ""\nnumber: "1"\n---\n\n### A\n\n- <{PAPER}>\n', "utf-8")
        await home.draft()
        for number in range(3):
            with file.open("a", encoding="utf-8") as stream:
                stream.write(f"\nNot committed, {number}.\n")
            await home.draft()  # nothing new was said
        await home.say(TALK)
        await home.draft()
        with file.open("a", encoding="utf-8") as stream:
            stream.write("\nNor this.\n")
        await home.say(NOTE)
        await home.draft()
        for words in ("Not committed, 0.", "Not committed, 2.", "Nor this.", TALK, NOTE):
            assert text(home).count(words) == 1
        assert home.git("status", "--porcelain") == ""


@pytest.mark.parametrize("how", ["committed", "staged", "unstaged", "moved"])
async def test_a_file_that_people_removed_is_made_again_only_when_asked(
    tmp_path: Path, how: str
) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        edit(home, "### A", "### 1:30 A")
        await home.draft()
        if how == "unstaged":
            (home.site / FILE).unlink()
        elif how == "moved":
            (home.site / FILE).rename(home.site / "_drafts/mine.md")
        else:
            home.git("rm", "--quiet", FILE)
        if how == "committed":
            home.git("commit", "--quiet", "--message=by hand")
        await home.say(TALK)
        head, status = home.git("rev-parse", "HEAD"), home.git("status", "--porcelain")
        with pytest.raises(FileChanged, match="was deleted from the site"):
            await home.draft()
        assert (home.git("rev-parse", "HEAD"), home.git("status", "--porcelain")) == (head, status)
        await home.desk.drafts.draft(home.request(), recreate="yes")
        assert "### 1:30 A" in text(home)
        assert TALK in text(home)


@pytest.mark.parametrize("word", ["maybe", "yess", "はいはい"])
async def test_a_file_made_again_is_asked_for_with_yes_alone(tmp_path: Path, word: str) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        with pytest.raises(CommandError, match="neither yes nor no"):
            await home.desk.drafts.draft(home.request(), recreate=word)
        assert not (home.site / FILE).exists()
        await home.desk.drafts.draft(home.request(), recreate="No ")
        assert PAPER in text(home)


async def test_a_history_without_our_commit_is_no_edit(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        (home.site / "index.md").write_text("x\n")
        home.git("reset", "--quiet", "--hard", "HEAD~1")
        (home.site / "_drafts").mkdir(exist_ok=True)
        (home.site / FILE).write_text('---\ntitle: ""\nnumber: "1"\n---\n\nOther.\n')
        home.git("add", "--all")
        home.git("commit", "--quiet", "--message=another history")
        await home.say(TALK)
        with pytest.raises(FileChanged, match="no longer on"):
            await home.draft()
        assert PAPER in "\n".join(await outline(home)), "nothing was taken for a removal"
        await home.desk.drafts.draft(home.request(), recreate="yes")
        assert "Other." in text(home)
        assert TALK in text(home)


async def test_a_draft_that_people_began_by_hand_is_gone_on_with(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        (home.site / "_drafts").mkdir()
        begun = (
            f'---\ntitle: "By hand"\nnumber: "1"\n---\n\nHello.\n\n### A\n\n- [Paper]({PAPER})\n'
        )
        (home.site / FILE).write_text(begun, encoding="utf-8")
        home.git("add", "--all")
        home.git("commit", "--quiet", "--message=by hand")
        await home.say(f"# A\n{PAPER}\n{TALK}")
        await home.desk.edits.episode_set(home.request(), field="number", value="1")
        await home.draft()
        assert text(home) == begun + f"- <{TALK}>\n"
        assert (await home.desk.views.episode("notes")).fields["title"] == "By hand"


async def test_a_file_that_is_no_draft_is_never_touched(tmp_path: Path) -> None:
    settings = "name: Test\npath: 'posts/{{ title }}.md'\n"
    async with house(tmp_path, settings=settings) as home:
        (home.site / "posts").mkdir()
        (home.site / "posts/robots.md").write_text("mine\n", encoding="utf-8")
        home.git("add", "--all")
        home.git("commit", "--quiet", "--message=by hand")
        await home.desk.edits.episode_set(home.request(), field="title", value="robots")
        with pytest.raises(FileChanged, match="is not a draft"):
            await home.draft()
        assert text(home, "posts/robots.md") == "mine\n"


async def test_undo_of_what_people_did_takes_it_out_of_the_file(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        edit(home, f"- <{PAPER}>\n", f"- <{PAPER}>\n- [A talk]({TALK})\n")
        await home.draft()
        history = (await home.desk.views.history(home.request())).text
        assert "Oka: added in the file: “A talk”" in history
        await home.desk.edits.undo(home.request(), what="added in the file: “A talk”")
        await home.draft()
        assert TALK not in text(home)


@pytest.mark.parametrize("taken_in", [False, True])
@pytest.mark.parametrize("words", ["my own words", "the first note, and more", "THE FIRST NOTE"])
async def test_redo_of_a_note_that_somebody_reworded_does_not_double_it(
    tmp_path: Path, taken_in: bool, words: str
) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        await home.desk.edits.link_note(home.request(), link="1.1", text="the first note")
        await home.draft()
        edit(home, "the first note", words)
        if taken_in:
            await home.draft()
        await home.desk.edits.undo(home.request())
        await home.draft()
        assert f"  {words}\n" in text(home)
        await home.desk.edits.redo(home.request())
        await home.draft()
        assert text(home).endswith(f"- <{PAPER}>  \n  {words}\n")


async def test_redo_of_a_title_that_somebody_reworded_leaves_theirs(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n[One]({PAPER})")
        await home.desk.edits.link_retitle(home.request(), link="1.1", title="Two")
        await home.draft()
        edit(home, "[Two]", "[Three]")
        await home.desk.edits.undo(home.request())
        await home.draft()
        await home.desk.edits.redo(home.request())
        await home.draft()
        assert f"- [Three]({PAPER})\n" in text(home)


async def test_what_the_chat_took_away_comes_back_beside_what_people_added(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        await home.desk.edits.link_note(home.request(), link="1.1", text="- the first note")
        await home.draft()
        edit(home, "  - the first note\n", "  - the first note\n  - my own note\n")
        await home.desk.edits.undo(home.request())
        await home.draft()
        assert text(home).endswith(f"- <{PAPER}>\n  - my own note\n")
        await home.desk.edits.redo(home.request())
        await home.draft()
        assert text(home).endswith("  - the first note\n  - my own note\n")


async def test_a_file_that_is_no_text_or_too_long_is_told_and_left(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        for data, says in ((b"\xff\xfe", "not UTF-8"), (b"- \n" * 20_001, "more than 20000 lines")):
            (home.site / FILE).write_bytes(data)
            home.git("commit", "--quiet", "--all", "--message=by hand")
            with pytest.raises(FileChanged, match=says):
                await home.draft()
            assert (home.site / FILE).read_bytes() == data
        assert PAPER in "\n".join(await outline(home)), "nothing was taken for a removal"


TOML = '+++\ntitle = "{{ title }}"\nepisode = {{ number }}\n+++\n\n{{ body }}\n'


async def test_toml_is_merged_by_key_and_never_committed_broken(tmp_path: Path) -> None:
    async with house(tmp_path, template=TOML) as home:
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        edit(home, "+++\n\n", '[params]\nexplicit = "no"\n+++\n\n')
        await home.desk.edits.episode_set(home.request(), field="title", value="New")
        await home.draft()
        front = '+++\ntitle = "New"\nepisode = 1\n[params]\nexplicit = "no"\n+++\n'
        assert text(home).startswith(front)
        edit(home, 'explicit = "no"', "explicit = no")
        before = home.git("rev-parse", "HEAD")
        await home.say(TALK)
        with pytest.raises(FileChanged, match=r"line 5 .*explicit = no"):
            await home.draft()
        assert home.git("rev-parse", "HEAD") == before
        edit(home, "explicit = no", 'explicit = "no"')
        await home.draft()
        assert f"<{TALK}>" in text(home)


@pytest.mark.parametrize("way", ["rename", "edit", "recreate"])
async def test_liquid_in_a_heading_of_people_s_stays_when_that_is_renamed_or_made_again(
    tmp_path: Path, way: str
) -> None:
    async with house(tmp_path) as home:
        message = await home.say(f"# A\n{PAPER}")
        await home.draft()
        edit(home, "### A\n", "### A {% include b.html %}\n")
        await home.draft()
        if way == "rename":
            name = "B {% include b.html %}"
            await home.desk.edits.topic_rename(home.request(), topic="1", name=name)
        elif way == "edit":
            await home.edit(message, f"# B\n{PAPER}")
        else:
            home.git("rm", "--quiet", FILE)
            home.git("-c", "user.name=Oka", "commit", "--quiet", "--message=by hand")
        recreate = "yes" if way == "recreate" else None
        await home.desk.drafts.draft(home.request(), recreate=recreate)
        name = "A" if way == "recreate" else "B"
        assert f"### {name} {{% include b.html %}}\n" in text(home)
