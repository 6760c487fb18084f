"""What the lines of a draft's file stand under."""


def headings_above(lines: list[str], at: int) -> list[str]:
    """Return the headings under which a line stands."""
    found = [line for line in lines[:at] if line.startswith("###")]
    is_sub = bool(found) and found[-1].startswith("####")
    return found[-1:] + ([one for one in found if one.startswith("### ")][-1:] if is_sub else [])


def with_tops(text: str) -> list[tuple[str, str]]:
    """Return each line with the one that it is indented below; that stands below none itself."""
    top, found = "", []
    for line in text.split("\n"):
        if line and not line.startswith(" "):
            top = line
        found.append(("" if line == top else top, line))
    return found
