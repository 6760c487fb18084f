"""The path of a draft: no name may be missing in it, and it leads to where pages are."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches

from bot.core.model import Episode
from bot.core.profile.profile import Profile
from bot.core.profile.template import Template
from bot.core.site_path import check_site_path
from bot.errors import SiteError, TemplateError

_PRINTED = re.compile(r"\{\{-?\s*([A-Za-z_]\w*)\s*(?:\|([^{}]*))?-?\}\}")
_DEFAULT = re.compile(r"\s*(?:default|d)\b")
# What a host, a generator, git or we ourselves would run or obey: workflows, plug-ins, profiles. No
# generator makes pages of what is in a folder that begins with a dot.
_NO_FOLDER = re.compile(r"\..+|_(?:plugins|layouts|includes)|node_modules", re.IGNORECASE)
_NO_FILE = re.compile(r"\.git.*", re.IGNORECASE)
# What Unicode calls default ignorable, beside its formats (Cf): it has no width.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U000e0000-\U000e0fff]"
)


def check_place(path: str, template: Template) -> None:
    """Raise TemplateError where what a template made of a file's path leads to no place for pages.

    Nor may it hide letters: two files would look the same to whoever reviews them.
    """
    where = {"file": template.file, "line": template.line}
    unseen = [char for char in path if unicodedata.category(char) == "Cf" or _UNSEEN.match(char)]
    if unseen:
        shown = "".join(char for char in path if char not in unseen)
        code = f"U+{ord(unseen[0]):04X}"
        raise TemplateError("draft_file.path-unseen", path=shown, code=code, **where)
    *folders, file = unicodedata.normalize("NFKC", path).split("/")
    wrong = [one for one in folders if one != ".." and _NO_FOLDER.fullmatch(one)]
    if wrong or _NO_FILE.fullmatch(file):
        raise TemplateError("draft_file.path-no-page", path=path, part=(*wrong, file)[0], **where)


def check_file(path: str, template: Template) -> None:
    """Raise TemplateError where what a template made of a path is none of a file for pages."""
    check_place(path, template)
    try:
        check_site_path(path)
    except SiteError as error:
        where = {"file": template.file, "line": template.line}
        raise TemplateError("draft_file.path-wrong", why=error, **where) from None


def is_in_way(path: str, other: str) -> bool:
    """Return whether two files cannot both be: at one path, or one within the other."""
    return f"{path}/".startswith(f"{other}/") or f"{other}/".startswith(f"{path}/")


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
