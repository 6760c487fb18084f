"""A message's own menu on Discord: what it gave is moved, or gets a note, in two taps."""

from pathlib import Path

from tests.cogs.front import front, needs_network

pytestmark = needs_network

PAPER = "https://example.org/paper"


async def test_a_message_moves_to_another_topic_in_two_taps(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("# Robots")
        post = await home.say(f"[A]({PAPER})")
        await home.say("# Crystals")
        card = (await home.discord.menu(home.mika, post, "Move to topic…")).answers[0]
        await home.discord.pick(home.mika, card, "Crystals")
        assert await home.body() == f"### Robots\n\n### Crystals\n\n- [A]({PAPER})"


async def test_a_message_gets_a_note_in_two_taps(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        post = await home.say(f"[A]({PAPER})")
        form = await home.discord.menu(home.mika, post, "Note…")
        assert form.modal is not None
        await home.discord.submit(form, "read this first")
        assert "read this first" in await home.body()


async def test_a_message_that_gave_nothing_says_how_to_keep_it(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        post = await home.say("see you at eight")
        for menu in ("Move to topic…", "Note…"):
            told = await home.discord.menu(home.mika, post, menu)
            assert "Nothing of this message is in the draft" in told.text
            assert told.private
