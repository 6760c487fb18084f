"""Short notes by a profile's own template, whatever that does with the body."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from bot.core.model import Job
from bot.core.profile.profile import load
from bot.core.profile.template import Template
from bot.core.short_notes.html import html_of
from bot.core.short_notes.shorten import ShortNotes
from bot.services.short_notes import choices_of, chosen_in, short_notes

PROFILE = replace(
    load("name: T\n", "---\ntitle: x\n---\n\n{{ body }}\n"), notes_template=Template("own", "n")
)
LINES = [f"- [link {number}](https://example.org/{number})" for number in range(6)]
FILE = "---\ntitle: T\ntags: [a, b]\nmore: {deep: 1}\n---\n\n### A\n\n" + "\n".join(LINES) + "\n"


class Rendering:
    """A template that does something to the body, and notes what it was given."""

    def __init__(self, template: Callable[[str], str]) -> None:
        self._template = template
        self.names: list[dict[str, object]] = []

    async def render(self, jobs: Sequence[Job]) -> list[str]:
        self.names += [dict(job.names) for job in jobs]
        return [self._template(str(job.names["body"])) for job in jobs]


async def made(
    template: Callable[[str], str], limit: int, file: str = FILE
) -> tuple[ShortNotes, Rendering]:
    templates = Rendering(template)
    return await short_notes(file, PROFILE, templates, limit=limit), templates


TWICE, ONCE, SHOUTED = (
    lambda body: f"{body}\n\n{body}",
    lambda body: f"\n\nfirst\n\n{body}\n\nlast\n\n",
    lambda body: body.replace("link", "LINK").replace("\ue000", ""),
)


@pytest.mark.parametrize("template", [TWICE, ONCE, SHOUTED])
async def test_what_fits_is_whole_and_what_does_not_is_cut_to_the_limit(
    template: Callable[[str], str],
) -> None:
    whole, templates = await made(template, 0)
    assert not whole.cut
    assert whole.html == html_of(whole.markdown)
    assert whole.markdown.casefold().count("link 5") == template("link 5").casefold().count(
        "link 5"
    )
    assert whole.markdown == whole.markdown.strip("\n") + "\n"
    for limit in (len(whole.html), len(whole.html) + 1):
        fits, _ = await made(template, limit)
        assert fits.markdown == whole.markdown
        assert not fits.cut
    for limit in (len(whole.html) - 1, len(whole.html) * 2 // 3, 300):
        cut, _ = await made(template, limit)
        assert cut.cut
        assert len(cut.html) <= limit
        if template is not TWICE:  # of that too much goes rather than too little
            assert "link 0" in cut.markdown.casefold()
    assert templates.names[0]["page"] == {"title": "T", "tags": ["a", "b"], "more": {"deep": "1"}}


async def test_a_body_that_stands_once_is_rendered_once() -> None:
    _, once = await made(ONCE, 200)
    assert len(once.names) == 1
    _, twice = await made(TWICE, 200)
    assert 1 < len(twice.names) < 6


async def test_a_template_that_is_too_long_by_itself_is_cut_short() -> None:
    made_of_it, _ = await made(lambda body: "word " * 100 + body + body, 120)
    assert len(made_of_it.html) <= 120
    assert made_of_it.html == html_of(made_of_it.markdown)


async def test_front_matter_that_is_broken_says_nothing() -> None:
    _, templates = await made(ONCE, 0, FILE.replace("tags: [a", "tags: [[[a"))
    assert templates.names[0]["page"] == {}


class Noted:
    async def state(self, area: str) -> dict[str, str]:
        return {"a": "keep", "b": "drop"} if area == chosen_in("show#1") else {}


async def test_hosts_choices_are_those_of_their_episode() -> None:
    store: object = Noted()
    assert await choices_of(store, "show#1") == {"a": True, "b": False}  # type: ignore[arg-type]
    assert await choices_of(store, "show#2") == {}  # type: ignore[arg-type]
