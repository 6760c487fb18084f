"""People at random: what they do to a draft's file on the site."""

import re
from collections.abc import Callable
from random import Random

HEADING = re.compile(r"^(#{3,4}) (.*)$")
LINK = re.compile(r"^- (?:.*?)(?:\[([^\]]*)\]\((https://[^)]*)\)|<(https://[^>]*)>)")
BULLET = re.compile(r"^- ")
ANY_BULLET = re.compile(r"^ *- ")
NESTED = re.compile(r"^ +- ")
INSIDE = re.compile(r"^(- | +\S)")

Edit = Callable[[list[str], int], list[str]]
"""One thing that somebody does to the lines of a file, whose body begins there."""


def body_start(lines: list[str]) -> int:
    """Return where what is below the front matter begins."""
    return 1 + next((n for n, line in enumerate(lines) if n and line == "---"), 0)


class People:
    """Whoever edits the file; each word of theirs has a number, so that it can be found again."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._count = 0
        self._known = 0  # numbers up to this one are those of former drafts

    def look(self) -> None:
        """See the file as the app drafted it: from here on, everything may be changed again."""
        self._known = self._count

    def edit(self, text: str) -> str:
        """Return the file after one thing that somebody did to it."""
        lines = text.split("\n")
        start = body_start(lines)
        way = self._random.choice(self._ways())
        lines = way(lines, start)
        return "\n".join(lines)

    def _ways(self) -> tuple[Edit, ...]:
        """Return what people do; what they do more often is there more than once."""
        return (
            self._retitle, self._note, self._words, self._link, self._topic, self._remove,
            self._move_item, self._move_topic, self._reword, self._time, self._swap, self._to_link,
            self._front, self._link_again, self._block, self._block, self._key, self._nest,
            self._nest, self._unnest,
        )  # fmt: skip

    def new(self) -> str:
        self._count += 1
        return f"p{self._count:04}"

    def _pick(self, lines: list[str], start: int, pattern: re.Pattern[str]) -> int | None:
        found = [n for n in range(start, len(lines)) if pattern.match(lines[n])]
        return self._random.choice(found) if found else None

    def _pick_link(self, lines: list[str], start: int) -> int | None:
        """Pick a link that nobody changed since the last draft.

        With another title and another address, a link is another link.
        """
        at = self._pick(lines, start, LINK)
        fresh = at is not None and any(
            int(number) > self._known for number in re.findall(r"\bp(\d{4})\b", lines[at])
        )
        return None if fresh else at

    def _span(self, lines: list[str], at: int) -> int:
        """Return where a bullet with its notes ends."""
        end = at + 1
        while end < len(lines) and lines[end].startswith("  "):
            end += 1
        return end

    def _retitle(self, lines: list[str], start: int) -> list[str]:
        at = self._pick_link(lines, start)
        if at is not None:
            found = LINK.match(lines[at])
            url = found[2] or found[3]
            old = f"[{found[1]}]({url})" if found[2] else f"<{url}>"
            lines[at] = lines[at].replace(old, f"[Title {self.new()}]({url})", 1)
        return lines

    def _note(self, lines: list[str], start: int) -> list[str]:
        at = self._pick(lines, start, BULLET)
        if at is not None:
            lines.insert(self._span(lines, at), f"  - note {self.new()}")
        return lines

    def _words(self, lines: list[str], start: int) -> list[str]:
        at = self._pick(lines, start, HEADING)
        if at is not None:
            lines[at + 1 : at + 1] = ["", f"Words {self.new()},", f"and more {self.new()}."]
            if at + 4 < len(lines) and lines[at + 4] != "":
                lines.insert(at + 4, "")
        return lines

    def _link(self, lines: list[str], start: int) -> list[str]:
        at = self._pick(lines, start, BULLET)
        if at is not None:
            title, url = self.new(), self.new()
            at = self._random.choice((at, self._span(lines, at)))
            lines.insert(at, f"- [Title {title}](https://p.example/{url})")
        return lines

    def _link_again(self, lines: list[str], start: int) -> list[str]:
        """Put in by hand a link that may be dropped in the chat, too."""
        at = self._pick(lines, start, BULLET)
        if at is not None:
            url = f"https://c.example/x{self._random.randrange(40):04}"
            if url not in "\n".join(lines):
                lines.insert(self._span(lines, at), f"- [Title {self.new()}]({url})")
        return lines

    def _topic(self, lines: list[str], start: int) -> list[str]:
        name, title, url = self.new(), self.new(), self.new()
        block = [f"### Topic {name}", "", f"- [Title {title}](https://p.example/{url})", ""]
        at = self._pick(lines, start, HEADING)
        if at is None:
            return [*lines[:-1], "", *block] if lines[-1] == "" else [*lines, "", *block]
        return [*lines[:at], *block, *lines[at:]]

    def _remove(self, lines: list[str], start: int) -> list[str]:
        at = self._pick(lines, start, BULLET)
        if at is not None:
            del lines[at : self._span(lines, at)]
        return lines

    def _move_item(self, lines: list[str], start: int) -> list[str]:
        at = self._pick(lines, start, BULLET)
        if at is not None:
            end = self._span(lines, at)
            block = lines[at:end]
            del lines[at:end]
            to = self._pick(lines, start, BULLET)
            to = at if to is None else self._span(lines, to)
            lines[to:to] = block
        return lines

    def _move_topic(self, lines: list[str], start: int) -> list[str]:
        heads = [n for n in range(start, len(lines)) if lines[n].startswith("### ")]
        if len(heads) < 2:
            return lines
        at = self._random.randrange(len(heads))
        end = heads[at + 1] if at + 1 < len(heads) else len(lines)
        block = lines[heads[at] : end]
        if block[-1] != "":
            block.append("")
        rest = [*lines[: heads[at]], *lines[end:]]
        places = [n for n in range(start, len(rest)) if rest[n].startswith("### ")]
        to = self._random.choice([*places, len(rest)])
        if to == len(rest) and rest[-1] != "":
            rest.append("")
            to += 1
        moved = [*rest[:to], *block, *rest[to:]]
        while len(moved) > 1 and moved[-1] == moved[-2] == "":
            moved.pop()
        return moved

    def _reword(self, lines: list[str], start: int) -> list[str]:
        at = self._pick(lines, start, HEADING)
        if at is not None:
            lines[at] = f"{lines[at]} {self.new()}"
        return lines

    def _time(self, lines: list[str], start: int) -> list[str]:
        at = self._pick(lines, start, HEADING)
        if at is not None:
            mark, name = HEADING.match(lines[at]).groups()
            if not re.match(r"\d+:\d\d ", name):
                lines[at] = (
                    f"{mark} {self._random.randrange(90)}:{self._random.randrange(10, 60)} {name}"
                )
        return lines

    def _swap(self, lines: list[str], start: int) -> list[str]:
        at = self._pick_link(lines, start)
        if at is not None:
            found = LINK.match(lines[at])
            url = found[2] or found[3]
            lines[at] = lines[at].replace(url, f"https://p.example/{self.new()}", 1)
        return lines

    def _to_link(self, lines: list[str], start: int) -> list[str]:
        at = self._pick(lines, start, re.compile(r"^- bullet \w+$"))
        if at is not None:
            lines[at] = f"- [{lines[at][2:]}](https://p.example/{self.new()})"
        return lines

    def _nest(self, lines: list[str], start: int) -> list[str]:
        """Put a bullet with all that is below it below the one above, but not the template's."""
        at = self._pick(lines, start, ANY_BULLET)
        if at is None or not INSIDE.match(lines[at - 1]):
            return lines
        above = next(n for n in range(at - 1, -1, -1) if not lines[n].startswith(" "))
        if "t.example" in lines[above] + lines[at]:
            return lines
        end = self._inner_end(lines, at)
        deepest = len(lines[at - 1]) - len(lines[at - 1].lstrip())
        if deepest < len(lines[at]) - len(lines[at].lstrip()):
            return lines  # it is the first below the one above already
        return [*lines[:at], *(f"  {line}" for line in lines[at:end]), *lines[end:]]

    def _unnest(self, lines: list[str], start: int) -> list[str]:
        """Take a bullet with all that is below it a step further out."""
        at = self._pick(lines, start, NESTED)
        if at is not None:
            end = self._inner_end(lines, at)
            lines[at:end] = [line[2:] for line in lines[at:end]]
        return lines

    def _inner_end(self, lines: list[str], at: int) -> int:
        """Return where a bullet on any level ends."""
        indent, end = len(lines[at]) - len(lines[at].lstrip()), at + 1
        while end < len(lines) and lines[end].strip():
            if len(lines[end]) - len(lines[end].lstrip()) <= indent:
                break
            end += 1
        return end

    def _block(self, lines: list[str], start: int) -> list[str]:
        """Put in a block of any kind, between two others."""
        kinds = (
            ["Said {}.", "And {}."],
            ["- one {}", "  - two {}", "    - three {}", "  - four {}"],
            ["```py", "x = '{}'", "# {}", "```"],
            ["| a | {} |", "|---|---|", "| {} | 2 |"],
            ["<div>", "<b>{}</b>", "</div>"],
            ['<iframe src="https://p.example/{}"></iframe>'],
            ["> quoted {}", "> and {}"],
            ["1. first {}", "2. second {}"],
            ["#### Sub {}"],
            ["***", "", "After a rule {}."],
            ["{{% note %}} {} {{% endnote %}}"],
        )
        block = [line.format(self.new()) for line in self._random.choice(kinds)]
        places = [n for n in range(start, len(lines)) if lines[n] == ""]
        if not places or self._random.randrange(8) == 0:
            end = len(lines) - 1 if lines[-1] == "" else len(lines)
            return [*lines[:end], "", *block, *lines[end:]]
        at = self._random.choice(places)
        return [*lines[:at], "", *block, *lines[at:]]

    def _key(self, lines: list[str], start: int) -> list[str]:
        """Put a key into the front matter, or a comment, or take it out."""
        ours = [n for n in range(1, start - 1) if lines[n].startswith(("by_hand", "# by hand"))]
        if ours and self._random.randrange(2):
            del lines[self._random.choice(ours)]
        else:
            word = self.new()
            new = self._random.choice((f"by_hand_{word}: {word}", f"# by hand {word}"))
            lines.insert(self._random.randrange(1, start), new)
        return lines

    def _front(self, lines: list[str], start: int) -> list[str]:
        at = next((n for n in range(start) if lines[n].startswith("title:")), None)
        if at is not None:
            lines[at] = f'title: "Episode {self.new()}"'
        return lines
