"""The `publish` key of site.yml: what of an episode's file changes when it is published."""

from dataclasses import dataclass

from bot.core.profile.expression import Expression
from bot.core.profile.template import Template
from bot.core.profile.yaml_nodes import Value

REQUIRED = ("title", "summary", "tags", "starring", "player", "times", "picture")
"""What may be asked for before an episode is published."""


@dataclass(frozen=True, slots=True)
class PublishRules:
    """What publishing does to an episode's file.

    `set` gives keys of its front matter new values, templates that see what the draft's does and
    `published`, the day; None takes a key out. `path` is where the file goes, None for where it
    is (a draft in `_drafts` goes to `_posts`). `required` has to be there first, `leftovers` find
    words that must not be left, `player` is the key that holds the player. `feed` is the address
    of the podcast's feed, which tells bytes and length of its audio. `picture` is where the
    episode's picture goes.
    """

    set: tuple[tuple[str, Template | None], ...] = ()
    path: Template | None = None
    required: tuple[str, ...] = ("title", "summary")
    leftovers: tuple[Expression, ...] = ()
    player: str | None = None
    feed: str | None = None
    picture: Template | None = None


def read_publish(value: Value) -> PublishRules:
    """Read the value of `publish`; raise ProfileError for what is wrong in it."""
    keys = value.mapping(("set", "path", "required", "leftovers", "player", "feed", "picture"))
    entries = keys["set"].mapping() if "set" in keys else {}
    listed = keys["required"].entries() if "required" in keys else None
    left = keys["leftovers"].entries() if "leftovers" in keys else ()
    return PublishRules(
        set=tuple(
            (name, None if entry.is_null else entry.template()) for name, entry in entries.items()
        ),
        path=keys["path"].template() if "path" in keys else None,
        required=(
            PublishRules().required
            if listed is None
            else tuple(entry.choice(REQUIRED) for entry in listed)
        ),
        leftovers=tuple(entry.expression() for entry in left),
        player=keys["player"].text(100) if "player" in keys else None,
        feed=keys["feed"].text(2_000) if "feed" in keys else None,
        picture=keys["picture"].template() if "picture" in keys else None,
    )
