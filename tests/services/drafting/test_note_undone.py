"""A host's note on what people wrote is undone and redone, while they change what is below it."""

from pathlib import Path

import pytest

from tests.services.desk.house import house
from tests.services.drafting.test_erasure_alone import edit, text

NOTE = "- a note of a host's\n"


@pytest.mark.parametrize(
    "below",
    ["- by hand\n", "- [by hand](https://example.org/h)\n", "- by hand\n  - further down\n"],
)
@pytest.mark.parametrize("is_put_out", [False, True])
async def test_what_people_put_out_from_below_it_while_it_was_undone_stays(
    tmp_path: Path, below: str, *, is_put_out: bool
) -> None:
    """The note came back as it was before: what had stood below it was in no file any more."""
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/a")
        await home.draft()
        edit(home, "- <https://example.org/a>\n", "- <https://example.org/a>\n\nBy Oka.\n")
        await home.draft()
        await home.desk.edits.link_note(home.request(), link="By Oka.", text=NOTE[2:-1])
        await home.draft()
        assert NOTE in text(home)
        nested = "".join(f"  {line}\n" for line in below.splitlines())
        edit(home, NOTE, NOTE + nested)
        await home.draft()
        await home.desk.edits.undo(home.request())
        if is_put_out:
            edit(home, nested, below)
        await home.draft()
        assert text(home).count("by hand") == 1
        await home.desk.edits.redo(home.request())
        await home.draft()
        assert NOTE + (below if is_put_out else nested) in text(home)
        preview = (await home.desk.drafts.preview(home.request())).text
        assert preview.partition("\n---\n\n")[2] + "\n" == text(home)
