"""Short notes of an episode's file, by the profile's `notes` and its notes.md.j2."""

from collections.abc import Mapping
from dataclasses import replace

from bot.core.front_matter.values import FrontMatterFault, Scalar, Value, values_in
from bot.core.model import Job
from bot.core.profile.profile import Profile
from bot.core.profile.template import Template
from bot.core.short_notes.html import html_of
from bot.core.short_notes.lines import note_lines
from bot.core.short_notes.shorten import ShortNotes, cut_short, shorten
from bot.services.ports import Store, Templates

_USUAL = Template(
    "# {{ page.title }}\n\n"
    "{% set about = page.summary or page.description or page.excerpt %}"
    "{% if about %}{{ about }}\n\n{% endif %}{{ body }}\n",
    "notes.md.j2",
)
"""What stands for a profile's own notes.md.j2."""

_BODY = "\ue000body\ue001"  # nobody writes these; where a template puts them, the body goes
_TRIES = 4


def chosen_in(episode: str) -> str:
    """Return the area of the state that holds which lines of an episode's notes hosts chose."""
    return f"notes:{episode}"


async def choices_of(store: Store, episode: str) -> dict[str, bool]:
    """Return which lines of an episode's notes hosts keep or drop, by their `line_key`."""
    return {key: body == "keep" for key, body in (await store.state(chosen_in(episode))).items()}


async def short_notes(
    text: str,
    profile: Profile,
    templates: Templates,
    *,
    limit: int | None = None,
    choices: Mapping[str, bool] | None = None,
) -> ShortNotes:
    """Return the short notes of an episode's file, never longer than the limit (0: none).

    `limit` stands for the profile's. `choices` are what hosts keep or drop (`shorten`).
    Raises TemplateError where the template fails.
    """
    template = profile.notes_template or _USUAL
    page = _page(text)
    lines = note_lines(text, profile)
    most = profile.notes.limit if limit is None else limit

    async def rendered(body: str) -> str:
        names = {"page": page, "body": body}
        job = Job(template.source, names, template.file, template.line)
        return (await templates.render([job]))[0].strip("\n") + "\n"

    around = await rendered(_BODY)
    if around.count(_BODY) == 1:  # the body goes in as it is: no need to render for each line
        return shorten(
            lines,
            profile.notes,
            whole=lambda body: around.replace(_BODY, body).strip("\n") + "\n",
            limit=most,
            choices=choices,
        )
    room = most
    for _ in range(_TRIES):
        notes = shorten(lines, profile.notes, limit=max(room, 1 if most else 0), choices=choices)
        markdown = await rendered(notes.markdown)
        over = len(html_of(markdown)) - most
        if not most or over <= 0:
            return replace(notes, markdown=markdown, html=html_of(markdown))
        room = len(notes.html) - over
    markdown = cut_short(markdown, most)
    return replace(notes, markdown=markdown, html=html_of(markdown))


def _page(text: str) -> dict[str, object]:
    """Return what the front matter of a file says, as templates see it; nothing if it is broken."""
    try:
        return {name: _plain(value) for name, value in values_in(text).items()}
    except FrontMatterFault:
        return {}


def _plain(value: Value) -> object:
    if isinstance(value, Scalar):
        return value.text
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value]
