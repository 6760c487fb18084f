"""The path of a draft: a name that is missing in it must not go unseen."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from bot.core.model import Episode
from bot.core.render.profile import Profile
from bot.errors import TemplateError

_PRINTED = re.compile(r"\{\{-?\s*([A-Za-z_]\w*)\s*(?:\|([^{}]*))?-?\}\}")
_DEFAULT = re.compile(r"\s*(?:default|d)\b")


def check_path(profile: Profile, episode: Episode, path: str, *, names: Sequence[str]) -> None:
    """Raise TemplateError where a draft's path lacks a field that it prints, or is no file's name.

    A field that hosts did not set, or a name with a typo, would give `_posts/.md`, or the same
    file to two episodes. What a template makes of a field otherwise is its own affair. `names` are
    the fields that every episode may have.
    """
    if "number" not in episode.fields:  # no episode is open yet: this is only a preview
        return
    fields = {**profile.defaults, **episode.fields}
    for name, filters in _PRINTED.findall(profile.path.source):
        if fields.get(name) in (None, "", [], ()) and not _DEFAULT.match(filters):
            near = get_close_matches(name, names, n=1) if name not in names else []
            hint = f" ({near[0]}?)" if near else ""
            raise TemplateError("draft_file.path-lacks", name=name, path=path, hint=hint)
    *_, file = path.split("/")
    if not file.partition(".")[0].strip("-_ ") or "//" in path:
        raise TemplateError("draft_file.path-empty", path=path)
