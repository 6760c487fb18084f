"""Hard breaks at the ends of lines: two blanks, or a backslash, as CommonMark has it."""

HARD_BREAK = "  "


def hard_break(line: str) -> str:
    """Return the hard break that a line ends with, if any."""
    bare = line.rstrip(" ")
    if bare and len(line) - len(bare) >= len(HARD_BREAK):
        return line[len(bare) :]
    return "\\" if (len(line) - len(line.rstrip("\\"))) % 2 else ""


def with_break(line: str) -> str:
    """Return a line with a hard break at its end, which it may have already."""
    return line if hard_break(line) else line + HARD_BREAK
