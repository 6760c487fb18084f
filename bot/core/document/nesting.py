"""Lines that stand below others, indented, and what is left when one of those goes."""

from collections.abc import Collection, Iterator, Sequence

_BLANKS = " \t"
_CODE = 4  # columns: https://spec.commonmark.org/0.31.2/#indented-code-blocks


def indent_of(line: str) -> int:
    """Return how far in a line stands."""
    return len(line) - len(line.lstrip(_BLANKS))


def is_code(line: str) -> bool:
    """Return whether a line stands so far in that it is code, if it is below no item of a list."""
    return indent_of(line[: indent_of(line)].expandtabs(_CODE) + "x") >= _CODE


def below(lines: Sequence[str], at: int) -> Iterator[int]:
    """Yield the lines that stand indented below another."""
    indent = indent_of(lines[at])
    for number in range(at + 1, len(lines)):
        if lines[number].strip():
            if indent_of(lines[number]) <= indent:
                return
            yield number


def without_lines(lines: Sequence[str], gone: Collection[int]) -> list[str | None]:
    """Return lines as they stand without some, None for each of those.

    What stood below one that goes takes its place: it stands as far in as that one did.
    """
    left: list[str | None] = []
    over: list[
        tuple[int, int, bool]
    ] = []  # the lines one is below: indent, indent now, whether gone
    for at, line in enumerate(lines):
        if line.strip():
            indent = indent_of(line)
            while over and indent <= over[-1][0]:
                over.pop()
            was, now, is_gone = over[-1] if over else (0, 0, False)
            over.append((indent, now if is_gone else now + indent - was, at in gone))
            line = line[indent - over[-1][1] :]
        left.append(None if at in gone else line)
    return left
