"""What a guest changes after a host wanted to take a message in waits for a host."""

from dataclasses import replace
from pathlib import Path

from tests.services.desk.house import SECOND, house


async def test_so_it_does_where_the_host_s_mark_came_too_late_for_what_it_said(
    tmp_path: Path,
) -> None:
    """With the mark that was refused, what the guest wrote next came in as it was."""
    async with house(tmp_path) as home:
        message = await home.say("[A](https://example.org/a)", by="gast", guest=True)
        seen = home.chat.messages[message]
        changed = replace(seen, text="[B](https://example.org/b)", stamp=seen.stamp + 90 * SECOND)
        home.chat.messages[message] = changed  # before the mark, and not seen yet
        assert (await home.mark(message, "📝")).outcome == "waits"
        for _ in range(100):
            next(home.seconds)
        assert (await home.edit(message, "[C](https://example.org/c)")).outcome == "waits"
        assert "example.org" not in await home.body()
        await home.mark(message, "📝", on=False)
        await home.mark(message, "📝")
        assert "[C](https://example.org/c)" in await home.body()
