"""What goes off the record in a simulated chat, and what of the file goes with it."""

import re
from collections.abc import Iterable, Iterator

from bot.core.document.list_marks import item_mark
from bot.core.events import born_of
from bot.core.urls import canonical
from tests.simulation.lines import LINE, NOTE, counts

Owned = list[tuple[str, str | None]]
"""The lines of a draft, with the item or topic that each is of."""


class OffRecord:
    """The words that a lock takes with it, or may take."""

    def __init__(self) -> None:
        self.words: set[str] = set()
        """The words that people wrote on or below what went off the record."""
        self.below: set[str] = set()
        """Words below that, since the last draft: chat or file keeps them."""
        self.back: set[str] = set()
        """Words, since the last draft, that a link had which people joined with one of it."""
        self._said: set[str] = set()
        """What messages said, and people made of it, that were locked since the last draft."""
        self._noted: set[str] = set()
        """The words of others' notes on these: of them, people's words may go, which is told."""
        self._titles: dict[str, set[str]] = {}
        """By address, the words of the titles that links had in the last draft."""

    def lock(
        self,
        message: str,
        said: Iterable[str],
        text: str,
        owned: Owned,
        file: str | None,
        *,
        noted: Iterable[str] = (),
    ) -> None:
        """Note what goes with a message, which says `text` and `said` that once.

        `owned` is the last draft, `file` what people have made of it. What others `noted` on it
        stays, as they said it.
        """
        self.words.update(*map(counts, said))
        if file is not None:
            self._noted.update(*map(counts, noted))
            self._said |= {*said, *_own_lines(message, text, owned)}
            for title, a, b in LINE.findall("\n".join(line for line, _ in owned)):
                self._titles.setdefault(canonical(a or b), set()).update(counts(title))
            self._note(file)

    def note(self, file: str) -> set[str]:
        """Return, and note, what stands on the lines of what was locked, for the draft."""
        taken = self._note(file)
        self._said.clear()
        self._noted.clear()
        self._titles.clear()
        return taken

    def drafted(self) -> None:
        """Begin anew: what was below is where it stays."""
        self.below.clear()
        self.back.clear()

    def _note(self, file: str) -> set[str]:
        said = "\n".join(self._said)
        addresses = {canonical(url) for url in re.findall(r"https://[^\s<>()]+", said)}
        words, indent, begun, taken = set(counts(said)), None, 0, set[str]()
        # What stands where a locked note stood may be that, reworded: it goes, which is told.
        notes = {word for line in said.split("\n") if NOTE.search(line) for word in counts(line)}
        reworded = len(notes - counts(file).keys())
        names = [one.lstrip("# ") for one in said.split("\n") if one.startswith("#")]
        for line in filter(str.strip, file.split("\n")) if self._said else ():
            column = len(line) - len(line.lstrip())
            inside = indent is not None and column > indent
            begun = column if not line.startswith(" ") or item_mark(line) else begun
            links = {canonical(a or b) for _, a, b in LINE.findall(line)}
            own = links & addresses
            own |= set(counts(line)) & words
            taken |= set(counts(line)) if own else set()
            if own:  # another's link is there as it was before, and people's words go: that is told
                self.back.update(*(self._titles.get(link, ()) for link in links - addresses))
            if self._noted & set(counts(line)):
                peoples = {word for word in counts(line) if word.startswith("p")}
                self.words |= peoples
                taken |= peoples
            # People may have reworded its heading, and made another kind of line of it.
            is_heading = line.startswith("#") or any(name in line for name in names)
            is_note = inside and bool(NOTE.search(line))
            if inside and not own and reworded and " note " in line and not is_note:
                reworded, is_note = reworded - 1, True
            if own or is_note or is_heading:
                self.words |= set(counts(line))
                if own and not inside:
                    indent = begun
            elif inside:
                self.below |= set(counts(line))
            else:
                indent = None
        return taken


def _own_lines(message: str, text: str, owned: Owned) -> Iterator[str]:
    """Yield the lines that a message gave to the last draft, as people left them there.

    What it gave not itself stands below: links and words of others stay, though not a note of
    those who locked it.
    """
    said, former, is_open = set(counts(text)), None, False
    for line, owner in owned:
        is_own = owner != former or said & set(counts(line)) or NOTE.search(line) or is_open
        if owner and born_of(owner) == message and is_own:
            yield line
        is_open = line.count("[") > line.count("]")  # people wrapped a link's title
        former = owner if line.strip() else former
