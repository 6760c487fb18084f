"""How a site writes its lists: what an item begins with, and how far a nested one is indented."""

import re
from dataclasses import dataclass

from bot.core.profile.yaml_nodes import Value, one_line

_MARKER = re.compile(r"[ ]{0,3}(?:[-*+]|1[.)])[ \t]{0,4}")


@dataclass(frozen=True, slots=True)
class ListStyle:
    """A marker with the blanks around it, and the columns by which each level is indented.

    Blanks before the marker indent the list itself. Items of a marker with a number are counted.
    """

    marker: str = "- "
    indent: int = 2

    @property
    def bullet(self) -> str | None:
        """The mark of all items of the list itself; None where they are counted."""
        return None if self.marker.lstrip()[0].isdigit() else self.marker

    @property
    def lead(self) -> str:
        """The blanks before an item of the list itself."""
        return self.marker[: len(self.marker) - len(self.marker.lstrip())]

    def mark(self, number: int) -> str:
        """Return the mark of an item, the first of its list being 1."""
        return f"{self.lead}{self.nested_mark(number)}"

    def nested_mark(self, number: int) -> str:
        """Return the same of an item in another, which has its column before it."""
        bare = self.marker.lstrip()
        return f"{number}{bare[1:]}" if bare[0].isdigit() else bare

    def column(self, level: int) -> str:
        """Return the indentation of a nested item; 1 is below an item of the list itself."""
        return self.lead + " " * (self.indent * level)


def read_list_style(value: Value) -> ListStyle:
    """Read `list: {marker, indent}`."""
    keys = value.mapping(("marker", "indent"))
    marker = keys["marker"].text(9) if "marker" in keys else "- "
    if not _MARKER.fullmatch(marker):
        keys["marker"].fail("marker", value=one_line(marker))
    marker = marker if marker[-1:].isspace() else f"{marker} "
    least = len(marker.strip()) + 1
    columns = keys["indent"].text(2) if "indent" in keys else str(max(2, least))
    if not columns.isdigit() or not least <= int(columns) <= 8:
        keys.get("indent", value).fail("indent", value=one_line(columns), least=least)
    return ListStyle(marker, int(columns))
