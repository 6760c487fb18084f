"""The outline as hosts tap it: on the panel, in windows, and in the App Home tab."""

from pathlib import Path

from tests.services.desk.house import git
from tests.slack.front import Front, front, needs_network

pytestmark = needs_network


async def outlined(home: Front) -> None:
    """Two topics, three links, and the panel."""
    for text in (
        "# Robots",
        "[A](https://example.org/a)",
        "[B](https://example.org/b)",
        "# Crystals",
        "[C](https://example.org/c)",
    ):
        await home.say(text)
    said = await home.command("/outline")
    assert not said.public
    assert "https://local.slack.com/archives/" in said.words


async def test_the_panel_shows_the_outline_and_changes_by_itself(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await outlined(home)
        panel = home.slack.panel(home.channel)
        assert "1. Robots\n\u20031.1 A\n\u20031.2 B\n2. Crystals\n\u20032.1 C" in home.slack.words(
            panel
        )
        await home.say("[D](https://example.org/d)", by=home.jonas)
        await home.slack.until(lambda: "2.2 D" in home.slack.words(panel))
        assert home.slack.panels(home.channel) == [panel]


async def test_asked_for_again_the_panel_is_posted_anew(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await outlined(home)
        first = home.slack.panel(home.channel)
        await home.command("/outline", by=home.jonas)
        assert first not in home.slack.panels(home.channel)
        assert len(home.slack.panels(home.channel)) == 1


async def test_a_link_that_was_picked_is_moved_renamed_noted_and_removed(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await outlined(home)
        slack, mika = home.slack, home.mika
        await slack.tap(mika, slack.panel(home.channel), "Choose", option="1.2 B")
        card = await slack.window(lambda view: "1.2 B" in slack.words(view))
        await slack.tap(mika, card, "Up")
        await slack.until(lambda: "1.1 B" in slack.words(card))
        await slack.tap(mika, card, "Move to", option="2 Crystals")
        await slack.until(lambda: "2.2 B" in slack.words(card))
        await slack.tap(mika, card, "Rename")
        form = await slack.window(lambda view: view["callback_id"] == "rd:form")
        assert form["blocks"][0]["element"]["initial_value"] == "B"
        await slack.submit(mika, form, "The letter B")
        await slack.until(lambda: "2.2 The letter B" in slack.words(card))
        await slack.tap(mika, card, "Add note")
        form = await slack.window(lambda view: "Note" in slack.words(view))
        await slack.submit(mika, form, "read it twice")
        await slack.until(lambda: "note" in slack.words(card))
        assert "- [The letter B](https://example.org/b)  \n  read it twice" in await home.body()
        await slack.tap(mika, card, "Remove")
        await slack.until(lambda: "2.2 The letter B" not in slack.words(card))
        assert "example.org/b" not in await home.body()
        await slack.tap(mika, card, "Undo")
        await slack.until(lambda: "Undo" not in slack.words(card) or "back" in slack.words(card))
        await home.settled()
        assert "example.org/b" in await home.body()


async def test_a_topic_is_added_by_its_button_and_drafted(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await outlined(home)
        slack = home.slack
        await slack.tap(home.mika, slack.panel(home.channel), "Add topic")
        form = await slack.window(lambda view: view["callback_id"] == "rd:form")
        await slack.submit(home.mika, form, "Superconductors")
        await slack.until(lambda: "Superconductors" in slack.words(slack.panel(home.channel)))
        await slack.tap(home.mika, slack.panel(home.channel), "Commit draft")
        await slack.until(lambda: "_drafts/ep1.md" in slack.shown[-1].words)
        assert slack.shown[-1].public
        assert "### Superconductors" in home.committed("_drafts/ep1.md")


async def test_the_home_tab_shows_the_same_in_the_language_of_who_looks(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await outlined(home)
        slack = home.slack
        aoi = slack.user("Aoi", locale="ja-JP")
        await slack.open_home(aoi)
        await slack.until(lambda: aoi.id in slack.homes)
        assert "話題を追加" in slack.words(slack.homes[aoi.id])
        await slack.tap(aoi, slack.homes[aoi.id], "編集する", option="1 Robots")
        card = await slack.window(lambda view: "1 Robots" in slack.words(view))
        await slack.tap(aoi, card, "下へ")
        await slack.until(lambda: "2 Robots" in slack.words(card))
        await slack.until(lambda: "1. Crystals" in slack.words(slack.homes[aoi.id]))


async def test_a_hundred_links_have_pages(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        for topic in range(25):
            lines = [f"[Link {topic}-{n}](https://example.org/{topic}/{n})" for n in range(4)]
            await home.slack.say(home.mika, home.channel, "\n".join([f"# Topic {topic}", *lines]))
        await home.settled()
        await home.command("/outline")
        panel = home.slack.panel(home.channel)
        assert "Page 1 of 5" in home.slack.words(panel)
        await home.slack.tap(home.mika, panel, "▶")
        await home.slack.until(lambda: "Page 2 of 5" in home.slack.words(panel))
        await home.slack.tap(home.mika, panel, "Choose", option="Link 5-0")
        card = await home.slack.window(lambda view: "Link 5-0" in home.slack.words(view))
        await home.slack.tap(home.mika, card, "Move to", option="25 Topic 24")
        await home.slack.until(lambda: "25.5 Link 5-0" in home.slack.words(card))


async def test_who_is_no_host_changes_nothing_and_is_told(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await outlined(home)
        slack = home.slack
        stranger = slack.user("Stranger", stranger=True)
        await slack.tap(stranger, slack.panel(home.channel), "Commit draft")
        await slack.until(lambda: "Only hosts" in slack.shown[-1].words)
        assert "Only hosts" in slack.shown[-1].words
        assert not slack.shown[-1].public


async def test_a_panel_works_after_a_restart(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await outlined(home)
        await home.restart()
        panel = home.slack.panel(home.channel)
        await home.slack.tap(home.mika, panel, "Choose", option="1.1 A")
        card = await home.slack.window(lambda view: "1.1 A" in home.slack.words(view))
        await home.slack.tap(home.mika, card, "Down")
        await home.slack.until(lambda: "1.2 A" in home.slack.words(card))
        await home.slack.until(lambda: "1.2 A" in home.slack.words(panel))


# --- who is in the channel ----------------------------------------------------------------------


async def test_the_home_tab_shows_nothing_of_channels_that_one_is_not_in(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("[Unpublished](https://example.org/a)")
        outsider = home.slack.user("Outsider")
        home.channel.without.add(outsider.id)
        await home.slack.open_home(outsider)
        await home.settled()
        assert "Unpublished" not in home.slack.words(home.slack.homes[outsider.id])
        await home.slack.open_home(home.mika)
        await home.settled()
        assert "Unpublished" in home.slack.words(home.slack.homes[home.mika.id])


async def test_a_button_does_nothing_for_somebody_who_is_not_in_the_channel(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        await outlined(home)
        outsider = home.slack.user("Outsider")
        home.channel.without.add(outsider.id)
        before = home.slack.shown[:]
        await home.slack.tap(outsider, home.slack.panel(home.channel), "Commit draft")
        await home.slack.until(lambda: len(home.slack.shown) > len(before))
        assert "not in" in home.slack.shown[-1].words
        assert git(home.site, "log", "--format=%s").splitlines() == ["profile", "begin"]


async def test_a_message_of_which_something_was_kept_is_changed_by_its_own_menu(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        slack = home.slack
        raw = await home.say("[A](https://example.org/a)")
        payload = slack.shortcut_payload(home.mika, raw, "change")
        await slack.socket.tell("interactive", payload)
        card = await slack.window()
        await slack.tap(home.mika, card, "Remove")
        await slack.until(lambda: "example.org" not in slack.words(slack.windows()[-1]))
        assert await home.body() == ""
        talk = await home.say("see you at eight")
        said = await slack.shortcut(home.mika, talk, "change")
        assert "Nothing of this message is in the draft" in said.words
