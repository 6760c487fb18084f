"""What a line of a file is known by, wherever it stands and however it is marked."""

from bot.core.document.pieces import lines_of, links_in, words_of

Sense = tuple[str, ...]
"""The addresses in a line, else its words."""


def addresses_in(line: str) -> Sense:
    """Return the addresses of a line's links."""
    return tuple(link.canonical for link in links_in(line))


def addresses_of(text: str) -> set[str]:
    """Return the addresses of all links in the lines of a text."""
    return {address for line in lines_of(text) for address in addresses_in(line)}


def sense_of(line: str) -> Sense:
    """Return what a line is known by."""
    return addresses_in(line) or (words_of(line) or line.strip(),)
