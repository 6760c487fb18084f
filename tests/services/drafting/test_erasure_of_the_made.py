"""🔒 takes what people made of a line that the chat did not give then, and not their notes."""

from pathlib import Path

import pytest

from bot.core.grammar.message import LEAVE_OUT, OFF_RECORD
from tests.services.desk.house import House, house, stored
from tests.services.drafting.test_erasure_alone import edit, text

WITHOUT = "### A\n\n- <https://example.org/a>\n- my note\n"
LINK = "https://example.org/own"


async def _made_and_asked_about(home: House) -> str:
    """Have people note something below a link whose message is left out meanwhile."""
    await home.say("# A\nhttps://example.org/a", by="oka")
    message = await home.say(f"[Bob leaves]({LINK})")
    await home.draft()
    await home.mark(message, LEAVE_OUT)
    edit(home, f"- [Bob leaves]({LINK})\n", f"- [Bob leaves]({LINK})\n  - my note\n")
    await home.draft()
    assert "  - my note\n" in text(home)
    return message


@pytest.mark.parametrize("retitled", [False, True])
@pytest.mark.parametrize("address", [LINK, "https://example.org/corrected"])
async def test_their_note_stays_though_its_line_was_given_other_words(
    tmp_path: Path, address: str, *, retitled: bool
) -> None:
    async with house(tmp_path) as home:
        message = await _made_and_asked_about(home)
        if retitled:
            edits = home.desk.edits
            await edits.link_retitle(home.request(), link="Bob leaves", title="Bob goes")
        if address != LINK:
            edit(home, LINK, address)
        await home.draft()
        if retitled:
            edits = home.desk.edits
            await edits.link_retitle(home.request(), link="Bob goes", title="Bob went")
        await home.mark(message, OFF_RECORD)
        assert "Bob" not in stored(tmp_path)
        await home.draft()
        assert text(home) == WITHOUT
        preview = (await home.desk.drafts.preview(home.request())).text
        assert preview.partition("\n---\n\n")[2] + "\n" == text(home)
