"""What hosts are asked about something within another line, once people put it into a third one.

They are asked anew then, about the line in which it stands by now.
"""

from collections.abc import Iterator
from dataclasses import replace

from bot.core.episode.fold import Outline
from bot.core.file_edits.said_anew import said_anew
from bot.services.drafting.conflict_keys import conflict_key
from bot.services.drafting.past_render import edits_prefix
from bot.services.drafting.said_apart import text_in_file
from bot.services.drafting.said_over import Question
from bot.services.ports import Draft


def asked_elsewhere(outline: Outline, draft: Draft) -> Iterator[Question]:
    """Yield what to ask anew of an episode that has what people did at a draft."""
    put, prefix = outline.stands_in(), edits_prefix(draft)
    for _, found in outline.conflicts().values():
        one = found.about
        if not found.had or found.thing != "item" or outline.is_shown(one):
            continue
        if one not in put or not put[one].key.startswith(prefix):
            continue
        text = text_in_file(draft, outline, one)
        if text is None or text == found.theirs:
            continue
        ours = said_anew(text, found.had, found.said)
        if ours is not None:
            yield conflict_key(one, ours, text), replace(found, ours=ours, theirs=text)
