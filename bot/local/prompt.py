"""The prompt of the local chat on a terminal: completion, several lines, history.

Enter sends; a line that ends in a backslash goes on, as does one after Esc and Enter. Lines that
are pasted together are one message. The history lives as long as the prompt: a file of it would
keep what was taken off the record.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from typing import TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app, run_in_terminal
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import create_output

from bot.local.completion import Suggestion
from bot.services.desk.command_text import is_command
from bot.services.tasks import BackgroundTasks

Suggest = Callable[[str], Awaitable[list[Suggestion]]]


class PromptReader:
    """Reads messages and commands as somebody types them."""

    line: int | None = None

    def __init__(self, suggest: Suggest, stream: TextIO, output: TextIO) -> None:
        self._asides = BackgroundTasks[None]("shown above the line")
        self._session: PromptSession[str] = PromptSession(
            input=create_input(stream),
            output=create_output(output),
            completer=_Completer(suggest),
            complete_while_typing=Condition(_types_a_command),
            key_bindings=_keys(),
            multiline=True,
            erase_when_done=True,
            prompt_continuation="  ",
        )

    async def read(self, who: str) -> str | None:
        """Return what was sent, None once somebody leaves by Ctrl-D or Ctrl-C on an empty line."""
        try:
            return await self._session.prompt_async(FormattedText([("bold", f"{who}> ")]))
        except (EOFError, KeyboardInterrupt):
            return None

    def aside(self, show: Callable[[], None]) -> None:
        """Show something above the line that is being typed."""
        if not self._session.app.is_running:
            show()
            return
        self._asides.start(_in_terminal(show))


async def _in_terminal(show: Callable[[], None]) -> None:
    await run_in_terminal(show)


class _Completer(Completer):
    def __init__(self, suggest: Suggest) -> None:
        self._suggest = suggest

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterator[Completion]:
        """Yield nothing: names are asked of the desk, which answers asynchronously."""
        yield from ()

    async def get_completions_async(
        self, document: Document, complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        line = document.text_before_cursor
        if not is_command(line):
            return
        for suggestion in await self._suggest(line):
            yield Completion(
                suggestion.text,
                start_position=suggestion.start - len(line),
                display=suggestion.label,
                display_meta=suggestion.about,
            )


def _types_a_command() -> bool:
    return is_command(get_app().current_buffer.text)


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add(Keys.Enter)
    def send(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.document.text_before_cursor.endswith("\\"):
            buffer.delete_before_cursor()
            buffer.insert_text("\n")
        else:
            buffer.validate_and_handle()

    @keys.add(Keys.Escape, Keys.Enter)
    @keys.add(Keys.Escape, Keys.ControlJ)  # what was typed before the prompt was there
    def go_on(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    @keys.add(Keys.ControlC)
    def stop(event: KeyPressEvent) -> None:
        """Drop what was typed; leave if nothing was."""
        if event.current_buffer.text:
            event.current_buffer.reset()
        else:
            event.app.exit(exception=KeyboardInterrupt)

    return keys
