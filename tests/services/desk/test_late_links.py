"""Links that are in no file when an episode is over are named, and go where hosts say."""

from pathlib import Path

import pytest

from bot.errors import CommandError
from bot.services.notification import Notification
from tests.services.desk.house import House, house
from tests.services.desk.test_later import stored

SITE_YML = """
name: Test
path: '_posts/ep{{ number }}.md'
draft_when: '(?m)^layout: draft$'
around_links: keep
publish:
  set:
    layout: podcast
  required: []
"""
TEMPLATE = "---\nlayout: draft\ntitle: x\n---\n\n{{ body }}\n"
KIND = {"settings": SITE_YML, "template": TEMPLATE}
PAPER, TALK, LATE = (f"https://example.org/{one}" for one in ("paper", "talk", "late"))


def hears(home: House) -> list[Notification]:
    said: list[Notification] = []
    home.desk.listen(lambda news: said.append(news) if news.kind == "said" else None)
    return said


async def named(home: House, said: list[Notification]) -> list[str]:
    """Return what was said since the last time."""
    await home.desk.late.wait_idle()
    texts = [news.text("en") for news in said if news.text]
    said.clear()
    return texts


def publish_by_hand(home: House) -> None:
    path = home.site / "_posts/ep1.md"
    path.write_text(path.read_text("utf-8").replace("layout: draft", "layout: podcast"), "utf-8")
    home.git("commit", "--quiet", "--all", "--message=publish")


async def decide(home: House, said: list[Notification], place: int) -> str:
    """Tap one of the buttons below the last thing that was said."""
    await home.desk.late.wait_idle()
    choices = said[-1].choices
    assert choices is not None
    return (await home.desk.later.later(home.request(), **choices("en")[place].values)).text


async def published_with_a_late_link(home: House) -> None:
    """Draft an episode, keep one more link, and let a person publish it without that."""
    await home.say(f"# A\n{PAPER}")
    await home.draft()
    await home.say(f"[Came late]({LATE})")
    publish_by_hand(home)
    await home.desk._watch.look()


async def test_a_person_publishes_and_what_came_after_the_draft_is_named(tmp_path: Path) -> None:
    async with house(tmp_path, **KIND) as home:
        said = hears(home)
        await published_with_a_late_link(home)
        closed, late = await named(home, said)
        assert "Episode 1 has been published" in closed
        assert late == (
            "1 thing kept for episode 1 is in no file:\n- Came late\n"
            "To put them off until the next episode: /later late. To leave them out: /later leave."
        )
        assert "Came late" in (await home.desk.later.later(home.request())).text
        await home.desk._watch.look()
        assert await named(home, said) == []  # once


async def test_a_button_puts_it_off_and_the_next_episode_takes_it(tmp_path: Path) -> None:
    async with house(tmp_path, **KIND) as home:
        said = hears(home)
        await published_with_a_late_link(home)
        assert "1 from episode 1: put off" in await decide(home, said, 0)
        await home.say(TALK)
        assert await home.body() == f"- <{TALK}>\n\n### A\n\n- [Came late]({LATE})"
        assert "Nothing waits" in (await home.desk.later.later(home.request())).text


async def test_with_the_next_one_open_it_goes_there_at_once(tmp_path: Path) -> None:
    async with house(tmp_path, **KIND) as home:
        said = hears(home)
        await published_with_a_late_link(home)
        await home.say(TALK)
        assert "1 from episode 1: now in episode 2." in await decide(home, said, 0)
        assert await home.body() == f"- <{TALK}>\n\n### A\n\n- [Came late]({LATE})"


async def test_it_can_be_left_out(tmp_path: Path) -> None:
    async with house(tmp_path, **KIND) as home:
        said = hears(home)
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        await home.say(LATE)
        publish_by_hand(home)
        await home.desk._watch.look()
        assert "Left out: 1 from episode 1." in await decide(home, said, 1)
        assert "Nothing waits" in (await home.desk.later.later(home.request())).text
        await home.say(TALK)
        assert await home.body() == f"- <{TALK}>"


async def test_close_names_them_in_its_answer(tmp_path: Path) -> None:
    async with house(tmp_path, **KIND) as home:
        said = hears(home)
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        await home.say(f"[One]({LATE})")
        await home.say(f"[Two]({TALK})")
        answer = await home.desk.edits.episode_close(home.request(language="ja"))
        assert "どのファイルにもないもの（2 件）:\n- One\n- Two" in answer.text
        assert [one.label for one in answer.choices] == ["次の回へ", "このまま"]
        answer = await home.desk.later.later(home.request(), what="late")
        assert "2 from episode 1: put off" in answer.text
        assert await named(home, said) == []


async def test_a_topic_of_which_nothing_is_in_the_file_goes_along_with_its_links(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, **KIND) as home:
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        await home.say(f"[Late here]({LATE})\n\n# Robots\n{TALK}")
        await home.desk.edits.episode_close(home.request())
        answer = await home.desk.later.later(home.request(), what="late")
        assert "To take that back: /episode start 1, then /undo." in answer.text
        await home.say("# N")
        assert await home.body() == (
            f"### A\n\n- [Late here]({LATE})\n\n### Robots\n\n- <{TALK}>\n\n### N"
        )
        await home.desk.edits.episode_close(home.request())
        await home.desk.edits.episode_start(home.request(), number="1")
        for _ in range(2):
            await home.desk.edits.undo(home.request())
        assert await home.body() == (
            f"### A\n\n- <{PAPER}>\n- [Late here]({LATE})\n\n### Robots\n\n- <{TALK}>"
        )


async def test_a_part_of_a_topic_comes_with_its_headings_once_each(tmp_path: Path) -> None:
    async with house(tmp_path, **KIND) as home:
        await home.say(f"# A\n{PAPER}\n#### S\n{TALK}")
        await home.draft()
        first = await home.say("https://example.org/one")
        await home.say("https://example.org/two")
        await home.desk.edits.episode_close(home.request())
        await home.desk.later.later(home.request(), what="late")
        assert (
            "- https://example.org/one\n- https"
            in (await home.desk.later.later(home.request())).text
        )
        await home.say(f"# N\n{LATE}")
        links = "- <https://example.org/one>\n- <https://example.org/two>"
        assert await home.body() == f"### A\n\n#### S\n\n{links}\n\n### N\n\n- <{LATE}>"
        await home.edit(first, "https://example.org/one\n- a note")
        noted = links.replace("one>", "one>\n  - a note", 1)
        assert f"#### S\n\n{noted}" in await home.body()


async def test_a_heading_that_goes_off_the_record_leaves_the_next_episode_its_link(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, **KIND) as home:
        heading = await home.say("# A hushed name")
        await home.say(PAPER)
        await home.draft()
        await home.say(LATE)
        await home.desk.edits.episode_close(home.request())
        await home.desk.later.later(home.request(), what="late")
        await home.say(TALK)
        assert "hushed" in await home.body()
        await home.mark(heading, "🔒")
        assert await home.body() == f"- <{LATE}>\n- <{TALK}>"
        assert not stored(tmp_path, "hushed")


async def test_what_was_left_out_is_had_by_opening_the_episode_again(tmp_path: Path) -> None:
    async with house(tmp_path, **KIND) as home:
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        await home.say(LATE)
        await home.desk.edits.episode_close(home.request())
        answer = await home.desk.later.later(home.request(), what="leave")
        assert "To use them after all: /episode start 1" in answer.text
        await home.desk.edits.episode_start(home.request(), number="1")
        assert LATE in await home.body()


async def test_where_all_is_in_the_file_nothing_is_said(tmp_path: Path) -> None:
    async with house(tmp_path, **KIND) as home:
        said = hears(home)
        await home.say(f"# A\n{PAPER}\n- a note\n\n- words alone")
        await home.draft()
        answer = await home.desk.edits.episode_close(home.request())
        assert "file" not in answer.text
        assert answer.choices == ()
        assert (
            "is missing from its file"
            in (await home.desk.later.later(home.request(), what="leave")).text
        )
        assert await named(home, said) == []


async def test_the_command_publishes_all_and_names_what_comes_for_it_later(tmp_path: Path) -> None:
    async with house(tmp_path, **KIND) as home:
        said = hears(home)
        message = await home.say(f"# A\n{PAPER}")
        await home.draft()
        await home.say(LATE)
        await home.desk.publishing.publish(home.request(), what="anyway")
        assert await named(home, said) == []
        await home.edit(message, f"# A\n{PAPER}\n\n{TALK}")
        (late,) = await named(home, said)
        assert f"- {TALK}" in late
        await home.edit(message, f"# A\n{PAPER}\n\n{TALK}\n\nhttps://example.org/more")
        (late,) = await named(home, said)
        assert "more" in late and TALK not in late  # that one was named


async def test_it_is_named_after_a_restart_too(tmp_path: Path) -> None:
    async with house(tmp_path, **KIND) as home:
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        await home.say(LATE)
        home.desk.late._look = lambda episode: None  # type: ignore[method-assign]  # it ends here
        publish_by_hand(home)
        await home.desk._watch.look()
    async with house(tmp_path, begin=100, **KIND) as home:
        said = hears(home)
        (late,) = [one for one in await named(home, said) if "in no file" in one]
        assert LATE in late


async def test_a_draft_of_a_published_page_tells_it_too(tmp_path: Path) -> None:
    async with house(tmp_path, **KIND) as home:
        said = hears(home)
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        await home.say(LATE)
        publish_by_hand(home)
        with pytest.raises(CommandError, match="has been published"):
            await home.draft()
        (late,) = await named(home, said)
        assert LATE in late


async def test_an_episode_that_never_had_a_file_names_all(tmp_path: Path) -> None:
    async with house(tmp_path, **KIND) as home:
        await home.say(f"# A\n{PAPER}\n\n- words alone")
        answer = await home.desk.edits.episode_close(home.request())
        assert f"- {PAPER}\n- words alone" in answer.text


async def test_a_note_that_came_after_the_draft_is_named_and_goes_with_its_link(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, **KIND) as home:
        said = hears(home)
        message = await home.say(f"# A\n\n[A paper]({PAPER})\n- a first note\n\n[A talk]({TALK})")
        await home.draft()
        noted = f"# A\n\n[A paper]({PAPER})\n- a first note\n- a late note\n\n[A talk]({TALK})"
        await home.edit(message, noted)
        answer = await home.desk.edits.episode_close(home.request(language="ja"))
        assert "どのファイルにもないもの:\n- 「A paper」: a late note\n" in answer.text
        assert [one.label for one in answer.choices] == ["次の回へ", "このまま"]
        assert "- “A paper”: a late note" in (await home.desk.later.later(home.request())).text
        await home.edit(message, noted.replace("late note", "late note\n- and one more"))
        assert "- “A paper”: a late note / and one more" in (await named(home, said))[0]
        await home.desk.later.later(home.request(), what="late")
        await home.say("# N")
        notes = "\n".join(f"  - {one}" for one in ("a first note", "a late note", "and one more"))
        assert await home.body() == f"### A\n\n- [A paper]({PAPER})\n{notes}\n\n### N"
        assert await named(home, said) == []


async def test_what_commands_say_of_a_link_after_its_draft_is_named(tmp_path: Path) -> None:
    async with house(tmp_path, **KIND) as home:
        said = hears(home)
        await home.say(f"# A\n{PAPER}\n{TALK}")
        await home.draft()
        await home.desk.edits.link_note(home.request(), link="1.1", text="a late note")
        await home.desk.edits.link_retitle(home.request(), link="1.2", title="A new title")
        publish_by_hand(home)
        await home.desk._watch.look()
        _, late = await named(home, said)
        assert f"\n- “{PAPER}”: a late note\n- “A new title”: A new title\n" in late


async def test_what_commands_say_of_a_line_that_people_wrote_is_named(tmp_path: Path) -> None:
    async with house(tmp_path, **KIND) as home:
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        path = home.site / "_posts/ep1.md"
        page = path.read_text("utf-8").replace(f"<{PAPER}>", f"Read [Oka's]({PAPER})\n  - by Oka")
        path.write_text(page, "utf-8")
        home.git("commit", "--quiet", "--all", "--message=words")
        await home.draft()
        await home.desk.edits.link_note(home.request(), link="1.1", text="a late note")
        answer = await home.desk.edits.episode_close(home.request())
        assert "\n- “Read Oka's”: a late note\n" in answer.text


async def test_a_topic_that_has_another_name_since_its_draft_is_named(tmp_path: Path) -> None:
    async with house(tmp_path, **KIND) as home:
        await home.say(f"# A\n{PAPER}")
        await home.say(f"# B\n{TALK}")
        await home.draft()
        await home.desk.edits.topic_rename(home.request(), topic="A", name="Another")
        await home.desk.edits.topic_rename(home.request(), topic="B", name="Better")
        path = home.site / "_posts/ep1.md"
        path.write_text(path.read_text("utf-8").replace("### B", "### 1:30 Better"), "utf-8")
        home.git("commit", "--quiet", "--all", "--message=by hand")
        answer = await home.desk.edits.episode_close(home.request(language="ja"))
        assert "どのファイルにもないもの:\n- 「A」: Another\n" in answer.text
        await home.desk.later.later(home.request(), what="leave")
        assert "Another" not in (await home.desk.later.later(home.request())).text


async def test_notes_and_titles_that_people_put_into_the_file_are_there(tmp_path: Path) -> None:
    async with house(tmp_path, **KIND) as home:
        await home.say(f"# A\n{PAPER}\n{TALK}")
        await home.draft()
        await home.desk.edits.link_note(home.request(), link="1.1", text=f"a *late* note: {LATE}")
        await home.desk.edits.link_retitle(home.request(), link="1.2", title="A [new] title")
        path = home.site / "_posts/ep1.md"
        page = path.read_text("utf-8").replace(
            f"<{PAPER}>", f"<{PAPER}>\n  - a *late* note: [Came late]({LATE})"
        )
        page = page.replace(f"<{TALK}>", rf"[A \[new\] title]({TALK})")
        path.write_text(page, "utf-8")
        home.git("commit", "--quiet", "--all", "--message=by hand")
        answer = await home.desk.edits.episode_close(home.request())
        assert "file" not in answer.text


async def test_a_title_that_the_web_gave_after_the_draft_is_no_word_of_a_host(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, **KIND) as home:
        await home.say(f"# A\n{PAPER}\n- a note")
        await home.draft()
        await home.know(PAPER, "A paper")
        answer = await home.desk.edits.episode_close(home.request())
        assert "file" not in answer.text
