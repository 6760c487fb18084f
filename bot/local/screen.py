"""What the local chat shows: the room on a terminal, plain results in a script."""

import os
from typing import Final, TextIO

from bot.core.episode.find import shortened
from bot.core.model import Lookup
from bot.errors import RundownError
from bot.local.room import Post
from bot.services.capture.receipts import Receipt
from bot.services.notification import Notification
from bot.texts import say

_CONTROLS: Final = {c: None for c in (*range(32), *range(127, 160)) if chr(c) not in "\n\t"}


class Screen:
    """Writes to `output` and `errors`; messages are shown on a terminal only."""

    def __init__(self, output: TextIO, errors: TextIO, *, language: str, terminal: bool) -> None:
        self._output = output
        self._errors = errors
        self._language = language
        self.terminal = terminal
        environment = os.environ
        dumb = environment.get("NO_COLOR") or environment.get("TERM") == "dumb"
        self._colours = terminal and not dumb

    def welcome(self) -> None:
        """Tell a newcomer how to begin."""
        if self.terminal:
            _write(self._output, self._dim(say("chat.welcome", self._language)))

    def earlier(self, count: int) -> None:
        """Say how many messages of the room are not shown."""
        if self.terminal and count > 0:
            _write(self._output, self._dim(say("chat.earlier", self._language, count=count)))

    def post(self, post: Post, receipt: Receipt) -> None:
        """Show a message with its number and what became of it, and the note for its author."""
        if self.terminal and post.text is not None:
            reply = f" ↩ {post.reply_to}" if post.reply_to else ""
            edited = f" {say('chat.edited', self._language)}" if post.edited else ""
            text = _plain(post.text).replace("\n", "\n     ")
            head = f"{self._dim(f'[{post.number}]')} {self._bold(_plain(post.name))}"
            mark = self._dim(self.receipt(receipt))
            _write(self._output, f"{head}{self._dim(reply + edited)}: {text}{mark}")
        if receipt.note:
            self.note(receipt.note)

    def title(self, lookup: Lookup) -> None:
        """Show a title that was looked up."""
        if lookup.title is not None:
            title = shortened(_plain(lookup.title), 200)
            _write(self._output, self._dim(f"     ↳ {title}  {shortened(lookup.url, 80)}"))

    def news(self, news: Notification) -> None:
        """Show what the hosts are told without having asked."""
        if news.kind == "said" and news.text is not None:
            self.note(news.text(self._language))

    def receipt(self, receipt: Receipt) -> str:
        """Return the quiet mark that stands behind a message."""
        if receipt.outcome == "talk":
            return ""
        return "  " + say(f"chat.{receipt.outcome}", self._language)

    def command(self, name: str, line: str) -> None:
        """Show the command that somebody gave, as the prompt that held it is gone."""
        if self.terminal:
            _write(self._output, self._dim(f"{_plain(name)}> {_plain(line)}"))

    def answer(self, text: str) -> None:
        """Show what a command says."""
        _write(self._output, _plain(text))

    def note(self, text: str) -> None:
        """Say something beside the results."""
        _write(self._output if self.terminal else self._errors, _plain(text))

    def problem(self, error: RundownError, line: int | None) -> None:
        """Say in one line what went wrong, in a script with the number of its line."""
        text = " ".join(_plain(error.say(self._language)).split("\n"))
        if line is not None:
            text = say("chat.at-line", self._language, number=line, text=text)
        _write(self._errors, text)

    def _dim(self, text: str) -> str:
        return f"\x1b[2m{text}\x1b[0m" if self._colours and text else text

    def _bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self._colours and text else text


def _plain(text: str) -> str:
    """Take out what could steer a terminal."""
    return text.translate(_CONTROLS)


def _write(stream: TextIO, text: str) -> None:
    """Write a line at once, with `?` for what the stream's encoding does not have."""
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    stream.flush()
