"""A line of the table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What was measured, the figure, and what is aimed at."""

    what: str
    figure: str
    aim: str = ""
