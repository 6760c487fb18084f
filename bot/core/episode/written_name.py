"""The name of a topic that people reworded in the file, and what its message calls it by now."""

from dataclasses import dataclass

from bot.core.grammar.topic_name import joined, same_name, split_time
from bot.core.merge.words import merge_line


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A name in the file, and what the chat has in its place where both disagree.

    `asked` is what that was when people's words first stood against it: it is asked about once.
    """

    now: str
    ours: str = ""
    asked: str = ""

    @property
    def is_disputed(self) -> bool:
        return self.ours not in ("", self.now)

    def reworded(self, was: str, now: str, *, is_edited: bool) -> "WrittenName":
        """Return the name after people made another of what it `was` to them.

        Where its message `is_edited` since, that was the chat's name before; else they chose anew.
        """
        if self.now == was:
            return WrittenName(now, _put_over(was, self.ours, now), self.asked)
        if same_name(was) == same_name(now):  # only its time is another
            return WrittenName(joined(now, split_time(self.now)[1]))
        if not is_edited:
            return WrittenName(now)
        name, disagree = merge_line(was, self.now, now, prefer="ours")
        return WrittenName(now, name, name) if disagree else WrittenName(name)


def _put_over(was: str, ours: str, now: str) -> str:
    """Return the chat's name with what people changed in their own since."""
    if not ours or same_name(was) == same_name(now):
        return ours and joined(now, split_time(ours)[1])
    return merge_line(was, ours, now, prefer="ours")[0]
