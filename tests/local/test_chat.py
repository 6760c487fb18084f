"""The local chat over the real desk: what hosts say and what comes of it."""

import asyncio
from pathlib import Path

import pytest

from bot.local.chat import ALL
from bot.local.completion import suggest
from bot.local.room import LONGEST_MESSAGE, person_named
from bot.services.request import Request
from tests.local.conftest import House


async def test_a_conversation_becomes_a_committed_draft(house: House) -> None:
    script = "# GNoME\nhttps://example.org/a\n/as oka\nnice one\n- A point\n/draft\n"
    code, output, errors = await house.play(script)
    assert (code, errors) == (0, "")
    assert output.count("\n") >= 1
    changed = house.git("show", "--format=", "--name-only", "HEAD").split()
    assert len(changed) == 1
    assert changed[0].endswith("ep3.md")
    text = (house.site / changed[0]).read_text()
    assert text.endswith("### GNoME\n\n- <https://example.org/a>\n- A point\n")
    assert house.git("status", "--porcelain") == ""


async def test_lines_joined_by_a_backslash_are_one_message(house: House) -> None:
    await house.play("# T\nhttps://example.org/a\\\n- a note\\\n  - deeper\n")
    assert await house.body() == ("### T\n\n- <https://example.org/a>\n  - a note\n    - deeper")


async def test_marks_replies_edits_and_deletions_do_what_a_platform_does(house: House) -> None:
    await house.play("# T\nhttps://example.org/a\njust talk\n# U\nhttps://example.org/b\n")
    code, output, _ = await house.play(
        "/mark 📝 3\n/reply 2 https://example.org/c\n/edit [5] https://example.org/d\n"
    )
    assert (code, output) == (0, "📝 on [3]  ✓\n")
    assert await house.body() == (
        "### T\n\n- <https://example.org/a>\n- <https://example.org/c>\n\njust talk\n\n"
        "### U\n\n- <https://example.org/d>"
    )
    await house.play("/unmark 📝 3\n/delete 6\n/mark 🚫 5\n")
    assert await house.body() == "### T\n\n- <https://example.org/a>\n\n### U"


async def test_what_is_said_keeps_its_quotation_marks(house: House) -> None:
    await house.play("https://example.org/a\n/reply 1 「すごい」\n/mark 📝\n")
    assert await house.body() == "- <https://example.org/a>  \n  「すごい」"
    await house.play('/edit 2 "great"\n')
    assert await house.body() == '- <https://example.org/a>  \n  "great"'


async def test_an_empty_file_is_told_and_not_taken_for_none(house: House, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.touch()
    asked = f'# T\n/times file:"{empty}"\n/publish anyway picture:"{empty}"\n'
    _, output, errors = await house.play(asked)
    assert "has no markers" in output + errors
    assert "where the picture goes" in output + errors
    assert "is published" not in output


async def test_the_outline_names_a_link_in_a_note_that_has_no_title(house: House) -> None:
    script = "[A](https://example.org/a)\\\n- https://example.org/b\n/outline\n"
    _, output, _ = await house.play(script)
    assert output.endswith("0.1 A (https://example.org/b: no title)\n")


async def test_a_mark_without_a_number_is_for_the_last_message(house: House) -> None:
    await house.play("# T\nhttps://example.org/a\nhttps://example.org/b\n/mark 🚫\n")
    assert await house.body() == "### T\n\n- <https://example.org/a>"


async def test_off_the_record_leaves_nothing_in_the_draft(house: House) -> None:
    _, output, _ = await house.play("# T\nhttps://example.org/secret-talk\n/mark 🔒\n")
    assert output.startswith("🔒 on [2]  off the record\n")
    assert "secret-talk" not in await house.body()
    assert b"secret-talk" not in house.db.with_suffix(".room.jsonl").read_bytes()
    await house.play("/unmark 🔒 2\n")  # no platform keeps it: what is gone here is gone
    assert "secret-talk" not in await house.body()


async def test_off_the_record_names_every_commit_that_holds_it(house: House) -> None:
    await house.play("# T\nhttps://example.org/secret-talk\n/draft\n")
    held = [house.git("rev-parse", "HEAD")[:10]]
    path = house.site / house.git("show", "--format=", "--name-only").strip()
    text = await asyncio.to_thread(path.read_text, "utf-8")
    await asyncio.to_thread(path.write_text, text + "\nSee example.org/secret-talk, says Jo.\n")
    house.git("commit", "--quiet", "--all", "--message=by hand")
    held.append(house.git("rev-parse", "HEAD")[:10])
    code, output, errors = await house.play("/mark 🔒 2\n")
    assert code == 0
    assert all(commit in output + errors for commit in held)
    assert "secret-talk" not in output + errors


async def test_a_crash_between_lock_and_room_leaves_nothing_after_the_next_start(
    house: House,
) -> None:
    await house.play("# T\nhttps://example.org/secret-talk\n")
    async with house.open() as (desk, room):
        post = room.posts()[-1]
        await desk.capture.mark(
            post.id, "🔒", on=True, channel="local", person=post.person, at=room.now()
        )
    await house.play("hello\n")
    assert b"secret-talk" not in house.db.with_suffix(".room.jsonl").read_bytes()
    assert "secret-talk" not in await house.body()


async def test_why_an_address_was_left_out_is_told_apart_from_the_results(house: House) -> None:
    said = "# T\nhttps://zoom.us/j/123456789?pwd=aGVsbG8gd29ybGQ\n"
    code, output, errors = await house.play(said)
    assert (code, output) == (0, "")
    assert "zoom.us" in errors
    assert "aGVsbG8" not in errors


async def test_topics_and_links_are_named_without_quotation_marks(house: House) -> None:
    await house.play("# DeepMind GNoME\n[A long title](https://example.org/a)\n# DeepMind\n- x\n")
    code, _, errors = await house.play(
        "/topic rename DeepMind GNoME Crystals, many\n"
        "/link retitle A long title Another title\n"
        "/link move Another title DeepMind\n"
    )
    assert (code, errors) == (0, "")
    assert await house.body() == (
        "### Crystals, many\n\n### DeepMind\n\n- x\n- [Another title](https://example.org/a)"
    )


async def test_what_fails_is_one_line_with_its_place_and_the_script_goes_on(house: House) -> None:
    script = "# T\n/topic mvoe T\n/mark 👍\n/delete 99\n/as \u200b\n/reply x y\n- kept\n"
    code, output, errors = await house.play(script)
    assert code == 2
    assert output == ""
    lines = errors.splitlines()
    assert [line.split(":")[0] for line in lines] == [f"line {n}" for n in (2, 3, 4, 5, 6)]
    assert lines[0] == (
        "line 2: There is no command /topic mvoe; did you mean /topic move? /help lists all."
    )
    assert "- kept" in await house.body()


@pytest.mark.parametrize("bad", [b"\xff\xfe", b"x" * (LONGEST_MESSAGE + 1), b"y" * 3_000_000])
async def test_a_line_that_cannot_be_a_message_is_left_out_and_the_next_ones_are_read(
    house: House, bad: bytes
) -> None:
    code, _, errors = await house.play(b"# T\n" + bad + b"\n- kept\n")
    assert code == 2
    assert errors.startswith("line 2: ")
    assert errors.count("\n") == 1
    assert await house.body() == "### T\n\n- kept"


async def test_what_the_desk_missed_in_a_crash_it_hears_at_the_next_start(house: House) -> None:
    await house.play("# T\nhttps://example.org/gone\n")
    async with house.open() as (_, room):
        room.post(person_named("buka"), "- told to the room alone")
        room.edit(2, None)
    assert await house.body() == "### T\n\n- told to the room alone"


async def test_starting_again_changes_nothing(house: House) -> None:
    await house.play("# T\nhttps://example.org/a\ntalk\n/mark 📝\n/topic rename T U\n")
    before = await house.body()
    assert "talk" in before
    assert await house.body() == before


async def test_japanese_is_spoken_where_it_is_asked_for(house: House) -> None:
    _, output, errors = await house.play("/help\n/nonsense\n", language="ja")
    assert "書いてください" in output
    assert errors.startswith("2 行目: /nonsense というコマンドはありません。")
    assert errors.endswith("/help で一覧を見てください。\n")


async def test_help_tells_of_all_commands_and_of_the_rooms_own(house: House) -> None:
    _, output, _ = await house.play("/help\n/help mark\n")
    assert all(f"/{command.name} - " in output for command in ALL)
    assert "end a line with \\" in output
    assert "/mark EMOJI [MESSAGE]\n" in output


async def test_quit_ends_a_script_before_its_end(house: House) -> None:
    code, output, _ = await house.play("/quit\n/help\n")
    assert (code, output) == (0, "")


async def test_nothing_that_was_said_can_steer_the_terminal(house: House) -> None:
    _, output, errors = await house.play("# T \x1b[2J\x9b\n/outline\n/\x1b]0;x\x07\n")
    assert not set("\x1b\x9b\x07") & set(output + errors)


async def completed(house: House, line: str) -> list[str]:
    async with house.open() as (desk, room):
        request = Request("C1", person_named("buka"), "local", room.now())
        found = await suggest(line, desk=desk, room=room, commands=ALL, request=request)
        return [line[: one.start] + one.text for one in found]


async def test_names_are_completed_so_that_they_can_be_read_back(house: House) -> None:
    await house.play(
        "# DeepMind GNoME\n# その他\n- 2 in one\n- alike\n- alike\n# 2026\n/as oka\nhm\n"
    )
    quoted = '/topic rename "DeepMind GNoME" '
    assert await completed(house, "/topic rename Dee") == [quoted]
    assert await completed(house, "/topic rename DeepMind GN") == [quoted]
    assert await completed(house, '/topic rename "そ') == ["/topic rename その他 "]
    assert await completed(house, "/topic move 2026 after:そ") == ["/topic move 2026 after:その他 "]
    assert await completed(house, "/topic remove 202") == ["/topic remove 3 "]
    assert await completed(house, "/link remove ali") == ["/link remove 2.2 ", "/link remove 2.3 "]
    assert await completed(house, "/topic m") == ["/topic move ", "/topic merge "]
    assert await completed(house, "/topic move 2 be") == ["/topic move 2 before:"]
    assert await completed(house, "/mark ") == ["/mark 📝 ", "/mark 🔒 ", "/mark 🚫 "]
    assert await completed(house, "/mark 📝 ") == [f"/mark 📝 {n} " for n in (7, 6, 5, 4, 3, 2, 1)]
    assert await completed(house, "/as o") == ["/as oka "]
    assert await completed(house, "/episode set t") == ["/episode set title ", "/episode set tags "]
    assert await completed(house, "/topic rename 1 De") == []


async def test_what_can_be_undone_is_completed_by_its_key(house: House) -> None:
    await house.play("# T\n/topic rename T U\n/topic rename U V\n")
    keys = [line.split()[1] for line in await completed(house, "/undo ")]
    assert len(keys) == 2
    code, _, _ = await house.play(f"/undo {keys[0]}\n")
    assert code == 0
    assert await house.body() == "### U"
    assert await completed(house, "/redo ") == [f"/redo {keys[0]} "]
