"""People at random who put links into the template's own lines, and take them out of there."""

import re
from random import Random

OWN = re.compile(r"^- .*https://t\.example/mail\)")
ALONE = re.compile(r"^- (\[[^\]]*\]\(https://[^)]*\)|<https://[^>]*>)$")
ADDED = re.compile(r" (?:and|or) (\[[^\]]*\]\(https://c[^)]*\)|<https://c[^>]*>)$")


def change_fixed_line(text: str, random: Random, title: str) -> str:
    """Return the file after somebody changed which links the template's line has.

    One comes from another line, or the chat may give it, too; one goes, or becomes a bullet.
    """
    lines = text.split("\n")
    at = next((at for at, line in enumerate(lines) if OWN.match(line)), None)
    if at is None:
        return text
    added = ADDED.search(lines[at])
    how = random.randrange(4)
    alone = [
        n
        for n, line in enumerate(lines)
        if ALONE.match(line) and n != at and not lines[n + 1].startswith(" ")
    ]
    if added and how < 2:
        lines[at] = lines[at][: added.start()]
        if how and alone:
            lines.insert(random.choice(alone), f"- {added[1]}")
    elif how == 3 and alone:
        other = random.choice(alone)
        lines[at] = f"{lines[at]} and {lines[other][2:]}"
        del lines[other]
    else:
        url = f"https://c.example/x{random.randrange(40):04}"
        if url not in text:
            lines[at] = f"{lines[at]} or [Title {title}]({url})"
    return "\n".join(lines)
