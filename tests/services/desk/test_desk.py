"""The desk as hosts meet it, over real SQLite, git and templates."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.grammar.message import KEEP, LEAVE_OUT
from bot.errors import CommandError, StoreBusy
from bot.services.capture.receipts import Receipt
from bot.services.ports import Person, Preview, Snapshot
from tests.services.desk.house import MONDAY, SECOND, house, message_id

PAPER, TALK, NOTE = (f"https://example.org/{one}" for one in ("paper", "talk", "note"))


async def test_an_episode_opens_by_itself_with_the_next_number(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        (home.site / "_drafts").mkdir()
        for number in ("9", "50.5", "8"):
            (home.site / f"_drafts/ep{number}.md").write_text("x", encoding="utf-8")
        home.git("add", "--all")
        home.git("commit", "--quiet", "--message=episodes")
        await home.say("good morning")
        assert (await home.desk.views.episode("notes")).opened is None
        await home.say(PAPER)
        assert (await home.desk.views.episode("notes")).fields["number"] == "51"
        assert (await home.desk.views.episode("notes")).fields["date"] == "2023-11-14"


async def test_when_an_episode_is_closed_the_next_message_opens_the_next(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(PAPER)
        await home.desk.edits.episode_close(home.request())
        await home.say(TALK)
        assert (await home.desk.views.episode("notes")).fields["number"] == "2"
        assert TALK in await home.body()
        assert PAPER not in await home.body()
        listed = (await home.desk.views.episode_list(home.request())).text.splitlines()
        assert [line.split(" · ")[0] for line in listed] == ["Episode 2", "Episode 1"]


async def test_what_comes_late_for_a_closed_episode_is_kept_with_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(PAPER)
        late = home.request()
        await home.desk.edits.episode_close(home.request())
        await home.say(TALK)
        message = home.chat.messages[message_id(1)]
        moved = replace(message, id="m-late", at=late.at, stamp=late.at, text=NOTE)
        await home.desk.capture.message(Snapshot(moved, Person("oka", "Oka")))
        assert NOTE not in await home.body()
        await home.desk.edits.episode_close(home.request())
        await home.desk.edits.episode_start(home.request(), number="1")
        assert NOTE in await home.body()


async def test_a_channel_may_have_an_episode_of_its_own(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(PAPER)
        await home.desk.edits.episode_start(home.request(channel="guest"))
        await home.say(TALK, channel="guest")
        await home.say(NOTE)
        assert await home.body("guest") == f"- <{TALK}>"
        assert await home.body() == f"- <{PAPER}>\n- <{NOTE}>"


async def test_a_number_that_another_open_episode_has_is_refused(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(PAPER)
        await home.desk.edits.episode_start(home.request(channel="guest"))
        with pytest.raises(CommandError, match="has the number 1"):
            await home.desk.edits.episode_set(
                home.request(channel="guest"), field="number", value="1"
            )
        assert (await home.desk.views.episode("guest")).fields["number"] == "2"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("number", "fifty", "not an episode number"),
        ("date", "2026-02-30", "not a date"),
        ("Ti tle", "x", "cannot be a field name"),
        ("body", "x", "cannot be a field name"),
        ("title", "x" * 5000, "4000 characters"),
    ],
)
async def test_fields_that_cannot_be_are_refused(
    tmp_path: Path, field: str, value: str, said: str
) -> None:
    async with house(tmp_path) as home:
        with pytest.raises(CommandError, match=said):
            await home.desk.edits.episode_set(home.request(), field=field, value=value)


async def test_fields_are_read_as_hosts_type_them(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        for field, value in (("date", "2026年3月4日"), ("tags", "a、b, c"), ("number", "#50.5")):
            await home.desk.edits.episode_set(home.request(), field=field, value=value)
        fields = (await home.desk.views.episode("notes")).fields
        assert fields == {"number": "50.5", "date": "2026-03-04", "tags": ["a", "b", "c"]}
        for field, value in (("date", "２０２６／３／５"), ("number", "＃５７")):
            await home.desk.edits.episode_set(home.request(), field=field, value=value)
        fields = (await home.desk.views.episode("notes")).fields
        assert (fields["number"], fields["date"]) == ("57", "2026-03-05")
        await home.desk.edits.episode_set(home.request(language="ja"), field="番号", value="58")
        assert (await home.desk.views.episode("notes")).fields["number"] == "58"


async def test_commands_take_names_and_numbers_as_hosts_say_them(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        preview = (Preview(PAPER, "The paper"),)
        await home.say(f"# GNoME\n{PAPER}", previews=preview)
        await home.say(f"# Others\n{TALK}\n\n{NOTE}")
        await home.desk.edits.link_move(home.request(), link="2.2", topic="gno", after="the paper")
        await home.desk.edits.topic_move(home.request(), topic="others", after="first")
        await home.desk.edits.link_retitle(home.request(), link=TALK, title="Mine | yours")
        assert await home.body() == (
            f"### Others\n\n- [Mine \\| yours]({TALK})\n\n"
            f"### GNoME\n\n- [The paper]({PAPER})\n- <{NOTE}>"
        )


async def test_a_topic_is_not_renamed_to_what_another_is_called(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# GNoME\n# Other")
        with pytest.raises(CommandError, match="To put “Other” into it, use /topic merge"):
            await home.desk.edits.topic_rename(home.request(), topic="Other", name="1:30 gnome")
        await home.desk.edits.topic_rename(home.request(), topic="Other", name="other")
        assert await home.body() == "### GNoME\n\n### other"


async def test_a_name_that_may_be_several_things_is_asked_back(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"{PAPER}\n\n{TALK}")
        with pytest.raises(CommandError, match=r"matches several: 0\.1 .*, 0\.2"):
            await home.desk.edits.link_remove(home.request(), link="example")
        with pytest.raises(CommandError, match="No link matches “nowhere”"):
            await home.desk.edits.link_remove(home.request(), link="nowhere")


async def test_a_topic_is_added_under_another_or_at_a_place_within_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        ask, desk = home.request, home.desk
        await home.say("# A")
        await home.say("# B")
        await desk.edits.topic_add(ask(), name="one", under="A")
        await desk.edits.topic_add(ask(), name="two", under="A")
        await desk.edits.topic_add(ask(), name="three", under="A", after="one")
        with pytest.raises(CommandError, match="No topic matches “B”"):
            await desk.edits.topic_add(ask(), name="four", under="A", after="B")
        assert (await home.body()).split("\n\n") == [
            "### A", "#### one", "#### three", "#### two", "### B",
        ]  # fmt: skip


async def test_what_moves_next_to_itself_stays(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n[1]({PAPER})\n[2]({TALK})\n# B\n# C")
        before = await home.body()
        for name in ("A", "B"):
            await home.desk.edits.topic_move(home.request(), topic=name, before=name)
            await home.desk.edits.topic_move(home.request(), topic=name, after=name)
        await home.desk.edits.link_move(home.request(), link="1.1", after="1.1")
        assert await home.body() == before


async def test_talk_is_not_stored_and_a_mark_asks_the_platform_for_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        talk = await home.say("is it really new?")
        assert home.receipt.outcome == "talk"
        assert b"really new" not in _all_bytes(tmp_path)
        assert (await home.mark(talk, KEEP)).outcome == "kept"
        assert await home.body() == "is it really new?"
        await home.mark(talk, KEEP, on=False)
        assert await home.body() == ""


async def test_a_marked_message_that_is_gone_is_said_so(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        talk = await home.say("hm")
        home.chat.messages.clear()
        receipt = await home.mark(talk, KEEP)
        assert receipt.outcome == "talk"
        assert "could not be read again" in str(receipt.note)


async def test_a_mark_of_somebody_else_that_stays_is_told(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await home.say(PAPER, marks=LEAVE_OUT)
        person = Person("ken", "Ken")
        receipt = await home.desk.capture.mark(
            message, LEAVE_OUT, on=False, channel="notes", person=person, at=MONDAY + 60 * SECOND
        )
        assert receipt == Receipt("talk", "Someone else's 🚫 is still on this message.")
        assert (await home.mark(message, LEAVE_OUT, on=False)).note is None


async def test_what_could_not_be_read_is_asked_for_again_at_the_next_start(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        talk = await home.say("hm, is it new?")
        kept = home.chat.messages.pop(talk)
        await home.mark(talk, KEEP)
    async with house(tmp_path, known=[kept]) as home:
        assert await home.body() == "hm, is it new?"


async def test_left_out_and_taken_in_again(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await home.say(PAPER)
        await home.mark(message, LEAVE_OUT)
        assert await home.body() == ""
        await home.mark(message, LEAVE_OUT, on=False)
        assert PAPER in await home.body()


async def test_receipts_tell_what_became_of_a_message(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        outcomes = []
        for text in (f"[T]({PAPER})", f"<{PAPER}>", NOTE, "hm", "# A"):
            await home.say(text)
            outcomes.append(home.receipt.outcome)
        assert outcomes == ["kept", "already", "untitled", "talk", "kept"]


async def test_an_address_with_a_secret_is_neither_kept_nor_stored(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("https://example.org/x?access_token=abcdef0123456789")
        assert home.receipt.outcome == "secret"
        assert "example.org" in str(home.receipt.note)
        await home.say(
            f"{PAPER}\n\nhttps://example.org/x?access_token=abcdef0123456789", marks=KEEP
        )
        assert await home.body() == f"- <{PAPER}>"
        assert b"abcdef0123456789" not in _all_bytes(tmp_path)


async def test_no_command_stores_an_address_with_a_secret(tmp_path: Path) -> None:
    secret = "https://example.org/a?access_token=abcdef0123456789"
    async with house(tmp_path) as home:
        await home.say(PAPER)
        ask, desk = home.request, home.desk
        for doing in (
            desk.edits.link_note(ask(), link="0.1", text=f"see {secret}"),
            desk.edits.link_retitle(ask(), link="0.1", title=secret),
            desk.edits.topic_add(ask(), name=secret),
            desk.edits.episode_set(ask(), field="tags", value=f"a, {secret}"),
            desk.edits.episode_start(ask(channel="guest"), title=secret),
        ):
            with pytest.raises(CommandError, match=r"a link to example\.org"):
                await doing
        assert await home.body() == f"- <{PAPER}>"


async def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        talk = await home.say("hm")
        await home.say(f"# A\n{PAPER}")
        await home.say(TALK, reply_to=talk)
        await home.desk.edits.topic_rename(home.request(), topic="A", name="B")
        before = await home.body()
    async with house(tmp_path) as home:
        assert await home.body() == before


async def test_a_second_process_is_turned_away(tmp_path: Path) -> None:
    async with house(tmp_path):
        with pytest.raises(StoreBusy, match=r"rundown\.db"):
            async with house(tmp_path):
                raise AssertionError("two desks on one database")


async def test_a_deleted_message_leaves_the_draft_and_its_link_can_be_restored(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        message = await home.say(PAPER)
        at = MONDAY + 500 * SECOND
        await home.desk.capture.gone(message, channel="notes", person=Person("buka", "Buka"), at=at)
        assert await home.body() == ""
        labels = await home.desk.views.choices("removed", "", request=home.request())
        assert [label for label, _ in labels] == [f"1 {PAPER}"]
        await home.desk.edits.link_restore(home.request(), link="paper")
        assert PAPER in await home.body()


async def test_there_is_nothing_to_draft_before_something_is_kept(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("hello")
        with pytest.raises(CommandError, match="nothing to draft"):
            await home.draft()
        assert home.git("rev-list", "--count", "HEAD").strip() == "1"


async def test_a_published_episode_is_closed_and_the_next_message_opens_the_next(
    tmp_path: Path,
) -> None:
    template = "---\ndraft: true\n---\n\n{{ body }}\n"
    settings = "name: Test\npath: 'posts/ep{{ number }}.md'\n"
    async with house(tmp_path, settings=settings, template=template) as home:
        await home.say(PAPER)
        await home.draft()
        file = home.site / "posts/ep1.md"
        file.write_text(file.read_text(encoding="utf-8").replace("draft: true", "x: y"), "utf-8")
        home.git("commit", "--quiet", "--all", "--message=publish")
        with pytest.raises(CommandError, match="Episode 1 has been published"):
            await home.draft()
    async with house(tmp_path, settings=settings, template=template, begin=100) as home:
        await home.say(TALK)
        assert (await home.desk.views.episode("notes")).fields["number"] == "2"
        await home.desk.edits.episode_close(home.request())
        await home.desk.edits.episode_start(home.request(), number="1")
        published = file.read_text(encoding="utf-8")
        with pytest.raises(CommandError, match="nothing is committed into a published page"):
            await home.draft()
        assert file.read_text(encoding="utf-8") == published
        file.write_text(published.replace("x: y", "draft: true"), "utf-8")
        home.git("commit", "--quiet", "--all", "--message=take it back")
        await home.draft()
        assert "draft: true" in file.read_text(encoding="utf-8")


# --- drafts --------------------------------------------------------------------------------------


async def test_a_draft_is_one_commit_with_the_hosts_as_co_authors(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}", by="buka")
        await home.say(TALK, by="utti")
        answer = (await home.draft()).text
        assert "1 topic, 2 links" in answer
        assert "2 links have no title" in answer
        message = home.git("log", "-1", "--format=%B")
        assert message.startswith("ep1: 2 links in A\n\n")
        assert "Co-authored-by: Buka <buka@rundown.invalid>" in message
        assert "Co-authored-by: Utti <utti@rundown.invalid>" in message
        assert home.git("show", "--name-only", "--format=", "HEAD").split() == ["_drafts/ep1.md"]


async def test_a_title_that_people_gave_a_link_in_the_file_is_one(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}\n{TALK}")
        await home.draft()
        file = home.site / "_drafts/ep1.md"
        page = file.read_text(encoding="utf-8").replace(f"<{PAPER}>", f"[Oka's title]({PAPER})")
        file.write_text(page, encoding="utf-8")
        home.git("commit", "--quiet", "--all", "--message=a title")
        for _ in range(2):
            assert f"\n1 link has no title: {TALK}" in (await home.draft()).text


async def test_nothing_is_committed_when_nothing_changed(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(PAPER)
        await home.draft()
        head = home.git("rev-parse", "HEAD")
        assert "no changes since the last draft" in (await home.draft()).text
        assert home.git("rev-parse", "HEAD") == head


async def test_what_people_wrote_in_the_file_stays(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        await home.say(f"# B\n{TALK}")
        await home.draft()
        file = home.site / "_drafts/ep1.md"
        theirs = file.read_text(encoding="utf-8").replace("### A", "### 1:30 A\n\nOur words.")
        file.write_text(theirs, encoding="utf-8")
        home.git("commit", "--quiet", "--all", "--message=by hand")
        for link in (NOTE, f"{NOTE}/2"):
            await home.say(link)
            await home.draft()
        assert file.read_text(encoding="utf-8") == theirs.rstrip() + f"\n- <{NOTE}>\n- <{NOTE}/2>\n"


async def test_an_answer_names_only_the_first_of_many_links_without_a_title(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("\n".join(f"https://example.org/{number}" for number in range(12)))
        answer = (await home.draft()).text
    assert "12 links have no title: https://example.org/0, " in answer
    assert answer.endswith("https://example.org/9, …")


def _all_bytes(folder: Path) -> bytes:
    files = [one for one in folder.iterdir() if one.is_file()]
    assert files
    return b"".join(one.read_bytes() for one in files)


async def test_an_episode_that_was_only_opened_has_no_draft_until_something_is_in_it(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.desk.edits.episode_start(home.request())
        head = home.git("rev-parse", "HEAD")
        with pytest.raises(CommandError, match="nothing to draft"):
            await home.draft()
        assert home.git("rev-parse", "HEAD") == head
        await home.desk.edits.episode_set(home.request(), field="title", value="A title")
        await home.draft()
        assert home.git("rev-parse", "HEAD") != head
        first = await home.say("# A")
        await home.draft()
        await home.edit(first, "talk")
        await home.draft()  # what was drafted once is drafted empty, too
        assert "### A" not in (home.site / "_drafts/ep1.md").read_text("utf-8")
