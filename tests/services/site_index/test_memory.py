"""A show whose site has episodes: they are read, found again, and told of."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.git.site import LocalSite
from bot.core.grammar.message import KEEP
from bot.errors import CommandError, StoreError
from bot.services.desk.desk import Desk
from bot.services.notification import Notification
from bot.services.profile_renewal import ProfileRenewal
from bot.texts import say
from tests.needs import need
from tests.services.desk.house import House, git, house_on, make_site, profile

SETTINGS = "name: Show\npath: '_posts/ep{{ number }}.md'\n"
PAPER = "https://a.example/paper"


def write(site: Path, number: int, body: str, front: str = "") -> None:
    text = (
        f"---\ntitle: '{number}: Title {number}'\ndate: 2026-01-{number:02}\n{front}---\n\n{body}"
    )
    (site / "_posts").mkdir(exist_ok=True)
    (site / f"_posts/ep{number}.md").write_text(text, encoding="utf-8")


def commit(site: Path) -> None:
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message=by hand")


def site_with_episodes(folder: Path) -> Path:
    site = make_site(folder)
    (site / "_config.yml").write_text("url: https://show.example\npermalink: /:title\n")
    write(site, 1, f"### Robots\n\n- [The paper]({PAPER}?utm_source=x)\n  - a *fine* one\n")
    write(site, 2, "### 超伝導\n\n- [高圧の話](https://a.example/sc)\n")
    commit(site)
    return site


@asynccontextmanager
async def remembering(
    folder: Path, settings: str = SETTINGS, *, is_read: bool = True
) -> AsyncIterator[House]:
    """A house whose desk keeps an index, brought up to date unless it is not to be read."""
    need("git")
    root = folder / "site"
    if not root.exists():
        site_with_episodes(root)
    site, renewal = await LocalSite.open(root), ProfileRenewal(profile(settings))
    async with house_on(site, folder, renewal, root=root, identity=str(root)) as home:
        if is_read:
            await known(home.desk)
        yield home


async def known(desk: Desk) -> None:
    assert desk.keeper is not None
    await desk.keeper.refresh()


async def find(house: House, words: str, language: str = "en") -> list[str]:
    answer = await house.desk.finding.find(house.request(language=language), words=words)
    return answer.text.split("\n")


async def test_words_are_found_in_all_episodes_with_their_addresses(tmp_path):
    async with remembering(tmp_path) as house:
        assert await find(house, "paper") == [
            "1: Title 1 (2026-01-01): https://show.example/ep1",
            "  Robots: The paper – a fine one",
        ]
        assert (await find(house, "伝導"))[0].startswith("2: Title 2")
        assert await find(house, "title") == [
            "2: Title 2 (2026-01-02): https://show.example/ep2",
            "1: Title 1 (2026-01-01): https://show.example/ep1",
        ]
        assert "見つかりませんでした" in (await find(house, "nothing", "ja"))[0]
        assert "Nothing found" in (await find(house, "?!"))[0]


async def test_what_is_typed_is_completed_from_all_episodes(tmp_path):
    async with remembering(tmp_path) as house:
        request = house.request()
        choices = await house.desk.views.choices("words", "pap", request=request)
        assert choices == [("1 · The paper", "The paper")]
        assert await house.desk.views.choices("words", "", request=request) == []
        [(_, value)] = await house.desk.views.choices("words", "高圧", request=request)
        assert "高圧の話" in (await find(house, value))[1]


async def test_what_people_change_in_the_site_is_followed(tmp_path):
    async with remembering(tmp_path) as house:
        git(house.site, "mv", "_posts/ep1.md", "_posts/ep3.md")
        write(house.site, 2, "- [Another](https://b.example/)\n", "published: false\n")
        commit(house.site)
        await known(house.desk)
        assert (await find(house, "paper"))[0].startswith("3: ")
        assert "Nothing found" in (await find(house, "高圧"))[0]
        assert "(draft)" in (await find(house, "another"))[0]
        git(house.site, "rm", "--quiet", "_posts/ep2.md")
        git(house.site, "commit", "--quiet", "--message=away")
        await known(house.desk)
        assert "Nothing found" in (await find(house, "another"))[0]


async def test_a_link_that_an_earlier_episode_had_is_kept_and_marked(tmp_path):
    async with remembering(tmp_path) as house:
        await house.know(PAPER, "The paper")
        await house.say(f"# Again\nhttp://www.a.example/paper/?utm_medium=y [T]({PAPER}#x)")
        assert house.receipt.outcome == "recurs"
        await house.say("[New](https://new.example/)")
        assert house.receipt.outcome == "kept"
        await house.say(f"[It]({PAPER})")
        assert house.receipt.outcome == "already"


async def test_a_mark_taken_off_a_link_that_an_earlier_episode_had_says_that_it_stays(tmp_path):
    async with remembering(tmp_path) as house:
        message = await house.say(f"[T]({PAPER})")
        for text in ("did-keep-on", "did-keep-off-kept"):
            answer = await house.desk.capture.mark_by_menu(
                house.request(), message=message, emoji=KEEP, channel="notes"
            )
            assert answer.text == say(f"menus.{text}", "en")


async def test_a_link_without_a_title_is_marked_as_that_first(tmp_path):
    async with remembering(tmp_path) as house:
        message = await house.say(PAPER)
        assert house.receipt.outcome == "untitled"
        assert house.receipt.meanwhile == "recurs"
        await house.know(PAPER, "The paper")
        assert (await house.desk.capture.receipt(message)).outcome == "recurs"


async def test_outline_history_panel_and_card_tell_of_the_earlier_episode(tmp_path):
    async with remembering(tmp_path) as house:
        await house.desk.views.history(house.request())
        await house.say(f"[Mine]({PAPER})\n[New](https://new.example/)")
        outline = (await house.desk.views.outline(house.request())).text
        assert "Mine (in episode 1)" in outline
        assert "New (" not in outline
        history = (await house.desk.views.history(house.request(language="ja"))).text
        assert "Mine（第1回にもあり）" in history
        entries = (await house.desk.panels.panel("notes", language="en")).entries
        assert [entry.hint for entry in entries if "Mine" in entry.label] == ["in episode 1"]
        [mine, new] = [entry.id for entry in entries if entry.depth == 2]
        card = await house.desk.panels.card(house.request(), mine)
        assert card.control("earlier").command == "link earlier"
        assert (await house.desk.panels.card(house.request(), new)).control("earlier") is None


async def test_it_is_shown_where_and_with_which_words_a_link_was_before(tmp_path):
    async with remembering(tmp_path) as house:
        await house.say(f"[Mine]({PAPER})\n[New](https://new.example/)")
        earlier = house.desk.finding.earlier
        assert (await earlier(house.request(), link="Mine")).text.split("\n") == [
            "“Mine” was in:",
            "1: Title 1 (2026-01-01): https://show.example/ep1",
            "  Robots: The paper – a fine one",
        ]
        assert "no earlier episode" in (await earlier(house.request(), link="New")).text
        with pytest.raises(CommandError):
            await earlier(house.request(), link="Nothing of it")


async def test_neither_the_episodes_own_draft_nor_any_other_is_an_earlier_episode(tmp_path):
    async with remembering(tmp_path) as house:
        write(house.site, 2, "- [x](https://draft.example/)\n", "draft: true\n")
        commit(house.site)
        await house.say("[Mine](https://own.example/)\n[x](https://draft.example/)")
        await house.draft()
        await known(house.desk)
        outline = (await house.desk.views.outline(house.request())).text
        assert "in episode" not in outline
        assert "own.example" in git(house.site, "show", "HEAD:_posts/ep3.md")


async def test_a_later_episode_is_no_earlier_one(tmp_path):
    async with remembering(tmp_path) as house:
        write(house.site, 9, "- [x](https://late.example/)\n")
        commit(house.site)
        await known(house.desk)
        await house.desk.edits.episode_start(house.request(), number="5")
        await house.say("[x](https://late.example/)")
        assert house.receipt.outcome == "kept"


async def test_the_index_is_remembered_and_nothing_of_it_is_in_the_database(tmp_path):
    async with remembering(tmp_path):
        pass
    [index] = tmp_path.glob("rundown-index-*.db")
    assert b"The paper" not in (tmp_path / "rundown.db").read_bytes()
    index.write_bytes(b"broken")
    async with remembering(tmp_path) as house:
        assert (await find(house, "paper"))[0].startswith("1: ")


async def test_another_profile_reads_the_site_anew(tmp_path):
    async with remembering(tmp_path):
        pass
    async with remembering(tmp_path, "path: 'other/ep{{ number }}.md'\n") as house:
        assert "Nothing found" in (await find(house, "paper"))[0]


async def test_what_went_off_the_record_leaves_the_index_with_the_next_draft(tmp_path):
    async with remembering(tmp_path) as house:
        await house.say("# Topic\n- [x](https://x.example/)")
        message = await house.say("- the word is xyzzyplugh")
        await house.draft()
        await known(house.desk)
        assert "xyzzyplugh" in (await find(house, "xyzzyplugh"))[1]
        await house.mark(message, "🔒")
        await known(house.desk)
        await house.draft()
        await known(house.desk)
        assert "Nothing found" in (await find(house, "xyzzyplugh"))[0]
        files = list(tmp_path.glob("rundown-index-*"))
        assert not any(b"xyzzy" in file.read_bytes() for file in files)


async def test_find_knows_what_the_draft_before_it_changed(tmp_path):
    async with remembering(tmp_path) as house:
        message = await house.say("- the word is xyzzyplugh")
        await house.draft()
        assert "xyzzyplugh" in (await find(house, "xyzzyplugh"))[1]
        await house.mark(message, "🔒")
        assert "xyzzyplugh" in (await find(house, "xyzzyplugh"))[1]
        await house.draft()
        assert "Nothing found" in (await find(house, "xyzzyplugh"))[0]
        assert not traces(tmp_path)


async def locked_and_drafted(house: House) -> None:
    message = await house.say("- the word is xyzzyplugh")
    await house.draft()
    await known(house.desk)
    await house.mark(message, "🔒")
    await known(house.desk)
    assert traces(house.folder)
    await house.draft()


def traces(folder: Path) -> list[Path]:
    files = list(folder.glob("rundown-index-*"))
    assert files
    return [file for file in files if b"xyzzy" in file.read_bytes()]


async def test_what_a_draft_takes_out_has_left_the_index_when_the_bot_stops(tmp_path):
    async with remembering(tmp_path) as house:
        await locked_and_drafted(house)
    assert not traces(tmp_path)


async def test_what_was_to_leave_the_index_leaves_it_with_the_next_start(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.services.site_index.keeper.LAST", 0)  # as if it had been killed
    async with remembering(tmp_path) as house:
        await locked_and_drafted(house)
    assert traces(tmp_path)
    async with remembering(tmp_path, is_read=False) as house:
        assert "Nothing found" in (await find(house, "xyzzyplugh"))[0]
        assert not traces(tmp_path)


async def test_a_draft_made_while_pages_are_read_leaves_the_rest_to_the_next_round(
    tmp_path, monkeypatch
):
    async with remembering(tmp_path) as house:
        message = await house.say("- the word is xyzzyplugh")
        await house.draft()
        await known(house.desk)
        await house.mark(message, "🔒")
        show = house.desk._show
        put = show.index.end_round

        async def drafted() -> None:
            monkeypatch.undo()
            await house.draft()
            await put()

        monkeypatch.setattr(show.index, "end_round", drafted)
        await known(house.desk)
        assert traces(tmp_path)
        assert show.index.scrub_owed
        await known(house.desk)
        assert not traces(tmp_path)
        assert not show.index.scrub_owed


async def test_a_site_that_does_not_answer_holds_nothing_up(tmp_path, monkeypatch):
    async with remembering(tmp_path) as house:
        assert "paper" in (await find(house, "paper"))[1]
        await house.say("# Opened while it answered, as its number is the site's to say")
        (house.site / ".git/HEAD").rename(house.site / "HEAD-away")
        await house.say("[x](https://x.example/)")
        assert house.receipt.outcome in ("kept", "recurs")
        (house.site / "HEAD-away").rename(house.site / ".git/HEAD")


# --- titles of links to the show's own episodes --------------------------------------------------

OWN = SETTINGS + "own_title: 'Show {{ number }}: {{ title }}'\n"


async def titles(house: House) -> list[str]:
    entries = (await house.desk.panels.panel("notes", language="en")).entries
    return [entry.label for entry in entries if entry.depth == 2]


async def test_links_to_own_episodes_have_their_titles_from_the_files_without_the_web(tmp_path):
    async with remembering(tmp_path, OWN) as house:
        await house.say("https://show.example/ep1\nhttps://show.example/ep9\nhttps://x.example/")
        assert await titles(house) == [
            "Show 1: Title 1",
            "https://show.example/ep9",
            "https://x.example/",
        ]
        await house.say("https://www.show.example/ep2.html?utm_source=x#there")
        assert house.receipt.outcome == "kept"
        assert (await titles(house))[-1] == "Show 2: Title 2"
        assert "[Show 2: Title 2](https://www.show.example/ep2.html" in await house.body()


async def test_addresses_that_an_episode_had_earlier_lead_to_it_too(tmp_path):
    site = site_with_episodes(tmp_path / "site")
    write(site, 1, "x\n", "permalink: /1\nredirect_from:\n  - /first/\n  - /old/1.html\n")
    commit(site)
    async with remembering(tmp_path, OWN + "site_url: [https://new.example/pod]\n") as house:
        for url in (
            "https://new.example/pod/1",
            "https://show.example/first",
            "http://show.example/old/1",
        ):
            await house.say(url)
            assert house.receipt.outcome in ("kept", "already"), url
        assert set(await titles(house)) == {"Show 1: Title 1"}


async def test_a_title_that_people_change_in_the_file_is_followed(tmp_path):
    async with remembering(tmp_path, OWN) as house:
        await house.say("https://show.example/ep1\n[Mine](https://show.example/ep2)")
        text = (house.site / "_posts/ep1.md").read_text()
        (house.site / "_posts/ep1.md").write_text(text.replace("Title 1", "Another title"))
        commit(house.site)
        await known(house.desk)
        assert await titles(house) == ["Show 1: Another title", "Mine"]


async def test_a_link_that_was_typed_before_the_site_was_read_gets_its_title(tmp_path):
    async with remembering(tmp_path, OWN) as house:
        await house.say("https://show.example/ep3")
        assert house.receipt.outcome == "untitled"
        write(house.site, 3, "x\n", "published: false\n")
        commit(house.site)
        await known(house.desk)
        assert await titles(house) == ["Show 3: Title 3"]


async def test_an_outline_is_shown_anew_when_titles_of_own_episodes_are_others_and_only_then(
    tmp_path,
):
    async with remembering(tmp_path, OWN) as house:
        await house.say("https://show.example/ep1")
        await house.desk.edits.episode_start(house.request(channel="other"), number="9")
        await house.say("- without any link", channel="other")
        show, heard = house.desk._show, []
        own = house.desk.keeper._own_titles
        await own.know_all()
        show.notifications.listen(heard.append)
        await own.know_all()
        assert heard == []
        [(key, known)] = (await show.store.lookups(["https://show.example/ep1"])).items()
        await show.store.put_lookups({key: replace(known, title="Show 1: Its old title")})
        await own.know_all()
        first, _ = show.episodes.open_now()
        assert heard == [Notification(first.id, "changed")]
        assert await titles(house) == ["Show 1: Title 1"]


async def test_what_people_change_in_the_site_has_open_outlines_shown_anew_and_nothing_else_has(
    tmp_path,
):
    async with remembering(tmp_path) as house:
        await house.say("- a line")
        await known(house.desk)
        heard = []
        house.desk._show.notifications.listen(heard.append)
        await known(house.desk)
        assert heard == []
        write(house.site, 3, "x\n")
        commit(house.site)
        await known(house.desk)
        [record] = house.desk._show.episodes.open_now()
        assert heard == [Notification(record.id, "changed")]


async def test_an_index_that_cannot_be_opened_keeps_nothing_from_starting(tmp_path, monkeypatch):
    async def broken() -> None:
        raise StoreError("store.unread", file="index.db")

    async with remembering(tmp_path) as house:
        keeper = house.desk.keeper
        monkeypatch.setattr(keeper._index, "open", broken)
        await keeper.start()
        assert "paper" in (await find(house, "paper"))[1]


async def test_without_own_title_the_web_is_asked_as_for_any_link(tmp_path):
    async with remembering(tmp_path) as house:
        await house.say("https://show.example/ep1")
        assert house.receipt.outcome == "untitled"


async def test_a_mistake_in_own_title_loses_no_link(tmp_path):
    async with remembering(tmp_path, SETTINGS + "own_title: '{{ number | nothing }}'\n") as house:
        await house.say("https://show.example/ep1")
        assert house.receipt.outcome == "untitled"
        assert await titles(house) == ["https://show.example/ep1"]


async def test_what_a_title_holds_is_no_markup_in_the_draft(tmp_path):
    site = site_with_episodes(tmp_path / "site")
    path = site / "_posts/ep1.md"
    path.write_text(path.read_text().replace("Title 1", "A [b](c) <i> *d* | e"))
    commit(site)
    async with remembering(tmp_path, OWN) as house:
        await house.say("https://show.example/ep1")
        assert r"\[b\]" in await house.body()


async def test_as_long_as_not_all_is_read_no_answer_is_the_last_word(tmp_path):
    async with remembering(tmp_path) as house:
        await house.say("[New](https://example.org/new)")
        finding, request = house.desk.finding, house.request()
        assert (await finding.earlier(request, link="New")).text.count("\n") == 0
        house.desk._show.memory._index._is_whole = False
        for answer in (
            await finding.earlier(request, link="New"),
            await finding.find(request, words="nothing like it"),
        ):
            assert answer.text.split("\n")[-1].startswith(
                "The site's episodes are still being read"
            )
