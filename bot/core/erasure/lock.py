"""That a message is off the record, and the episode as it was before that."""

from functools import cached_property

from bot.core.episode.fold import Outline
from bot.core.events import Event, Marked, MessageGone
from bot.core.grammar.message import OFF_RECORD
from bot.core.model import Episode


class Lock:
    """The marks that took a message off the record."""

    def __init__(self, outline: Outline, message: str) -> None:
        self.outline = outline
        self.message = message

    @property
    def users(self) -> list[str]:
        """Who set the marks that stand."""
        marks = self.outline.marks(self.message).items()
        return [user for (user, emoji), on in marks if emoji == OFF_RECORD and on]

    @cached_property
    def before(self) -> Episode:
        """The episode as it would be had nobody set them; folded when it is first asked for."""
        return self.unlocked.episode

    @cached_property
    def deleted(self) -> Outline:
        """The fold as it would be had the message been deleted instead."""
        outline, gone = self.unlocked.copy(), MessageGone(self.message)
        outline.apply(Event(f"deleted:{self.message}", outline.episode.id, 0, "", gone))
        return outline

    @cached_property
    def unlocked(self) -> Outline:
        """The fold as it would be had nobody set the marks."""
        outline = self.outline.copy()
        for user in self.users:
            at = outline.after_mark((user, OFF_RECORD), self.message, 0, on=False)
            what = Marked(self.message, OFF_RECORD, on=False)
            outline.apply(Event(f"unlocked:{user}", self.outline.episode.id, at, user, what))
        return outline
