"""What `rundown doctor` looks at on this machine: settings, database file, templates."""

import os
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from bot import config
from bot.adapters.templates.pool import TemplatePool
from bot.core.episode.fields import FIELDS
from bot.core.grammar.message import parse
from bot.core.model import Bullet, Episode, Item, Job, Topic
from bot.core.profile.profile import Profile
from bot.core.profile.template import Template
from bot.core.publication.picture import check_apart
from bot.core.render import render
from bot.core.render.draft_path import check_file, check_path, check_place
from bot.core.survey.families import FEWEST, looked_at
from bot.core.survey.site import looked
from bot.errors import TemplateError

_OURS = ("RUNDOWN_", "DISCORD_", "SLACK_", "GITHUB_")
EXAMPLE = "- [A title](https://example.org/)"


def misspelt(environment: Mapping[str, str], env_file: Path) -> list[tuple[str, str]]:
    """Return names of .env that are no setting, and of both that nearly are one, with that one."""
    filed = set(config.names_in(env_file))
    found = [(name, _nearest(name)) for name in sorted(filed) if name not in config.NAMES]
    ours = sorted(name for name in environment if name.startswith(_OURS))
    near = ((name, _nearest(name)) for name in ours if name not in {*config.NAMES, *filed})
    return found + [(name, meant) for name, meant in near if meant]


def _nearest(name: str) -> str:
    return next(iter(get_close_matches(name.upper(), config.NAMES, n=1, cutoff=0.8)), "")


def cannot_be_kept(file: Path) -> bool:
    """Return whether no database can be written to, or be made, at a path."""
    if file.exists():
        folder = file.resolve().parent  # where its log stands, and who has it
        is_ours = os.access(file, os.R_OK | os.W_OK) and os.access(folder, os.W_OK | os.X_OK)
        return not file.is_file() or not is_ours
    folder = next((each for each in file.absolute().parents if each.exists()), Path("/"))
    return not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK)


async def try_templates(profile: Profile) -> None:
    """Render an example by a profile, and look at its path as for a draft.

    Raises TemplateError where a template fails or its path is none, or where the picture that an
    episode is published with would have none of its own.
    """
    items = tuple(_items(parse(EXAMPLE, profile.rules).blocks))
    fields = {"number": "1", "title": "Title", "date": "2026-01-01"}
    example = Episode(id="E", fields=fields, topics=(Topic("T", "Topic", items, ()),))
    async with TemplatePool() as templates:
        body = render.body(example, {}, profile)
        names = render.names(example, profile, body, {})
        path, *_ = await templates.render("doctor", render.files(profile, names))
        _try_path(profile, example, " ".join(path.split()))
        if profile.publish.picture is not None:
            await _try_picture(templates, profile, profile.publish.picture, names)


def unseen_pages(paths: Sequence[str], texts: Sequence[str], profile: Profile) -> str | None:
    """Return where a site has pages, if the profile finds no episode's number among its files.

    `texts` are what its numbers are looked for in: the paths, or the files that it names.
    """
    if profile.number_from and profile.number_from.numbers(texts):
        return None
    return looked(paths) if any(count >= FEWEST for _, count in looked_at(paths)) else None


def _try_path(profile: Profile, example: Episode, path: str) -> None:
    check_place(path, profile.path)
    try:
        check_path(profile, example, path, names=FIELDS)
    except TemplateError as error:
        if error.name == "draft_file.path-lacks" and not error.values["hint"]:
            return  # a field of the site's own, which hosts set for each episode
        raise
    check_file(path, profile.path)


def _items(blocks: Iterable[object]) -> Iterable[Item]:
    for number, block in enumerate(blocks):
        if isinstance(block, Bullet):
            yield Item(str(number), block, "M", "", number)


async def _try_picture(
    templates: TemplatePool, profile: Profile, template: Template, names: Mapping[str, object]
) -> None:
    """Look at the picture's path as for an episode that has every field its site asks for."""
    page = profile.publish.path
    others = [("path", profile.path)]
    others += [("publish: path", page)] if page is not None else []
    others += [("files", one.path) for one in profile.files if not one.repository]
    own: dict[str, object] = {name: f"a-{name}" for name in profile.field_names}
    sees = {**own, **names, "tags": ["a-tag"], "published": names["date"], "extension": "png"}
    of_files = {**sees, "published": True}
    jobs = [Job(template.source, sees, template.file, template.line)]
    jobs += [
        Job(one.source, of_files if key == "files" else sees, one.file, one.line)
        for key, one in others
    ]
    try:
        made = await templates.render("doctor", jobs)
    except TemplateError:
        return  # a field of the site's own has another form than an example's
    path, *taken = [" ".join(one.split()) for one in made]
    check_file(path, template)
    keys = [key for key, _ in others]
    check_apart(path, template, [one for one in zip(keys, taken, strict=True) if one[1]])
