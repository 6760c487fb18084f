"""What a profile says of a site's own ways reaches commands and drafts."""

from pathlib import Path

import pytest

from bot.errors import CommandError, TemplateError
from tests.services.desk.house import House, house

PAPER, TALK = "https://example.org/paper", "https://example.org/talk"
KEYED = """name: Test
path: 'content/{{ slug or (title | slug) or ("episode-" ~ number) }}.md'
number_from: {front_matter: params.episode}
list: {marker: '*   ', indent: 4}
fields: {guests: list, explicit: boolean, size: number}
"""
TEMPLATE = """+++
title = {{ title | toml }}
guests = [{% for one in guests %}{{ one | toml }}{{ ", " if not loop.last }}{% endfor %}]
explicit = {{ explicit or "false" }}
size = {{ size or 0 }}
[params]
episode = {{ number }}
+++

{{ body }}
"""
LINKS_ONLY = """---
title: {{ title | yaml }}
links:
{%- for one in links %}
  - {{ one.url | yaml }}
{%- else %} []
{%- endfor %}
---
"""


def put(home: House, path: str, text: str) -> None:
    (home.site / path).parent.mkdir(parents=True, exist_ok=True)
    (home.site / path).write_text(text, encoding="utf-8")
    home.git("add", "--all")
    home.git("commit", "--quiet", "--message=site")


async def test_the_next_number_is_found_in_the_front_matter_of_the_sites_pages(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, settings=KEYED, template=TEMPLATE) as home:
        put(home, "content/trains.md", "+++\n[params]\nepisode = 41\n+++\n")
        put(home, "content/lamp.md", '---\nparams:\n  episode: "42"\n---\n')
        put(home, "content/broken.md", "---\nparams: [\n---\n")
        put(home, "other/x.md", "+++\n[params]\nepisode = 99\n+++\n")
        await home.say(PAPER)
        assert (await home.desk.views.episode("notes")).fields["number"] == "43"


async def test_fields_of_the_site_are_checked_and_written_as_they_are_declared(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, settings=KEYED, template=TEMPLATE) as home:
        await home.say(f"# A\n{PAPER}\n- a note")
        for field, value in (("title", "Gödel & Bach"), ("guests", "Ann, Bo"),
                             ("explicit", "yes"), ("size", "12")):  # fmt: skip
            await home.desk.edits.episode_set(home.request(), field=field, value=value)
        for field, value in (("explicit", "perhaps"), ("size", "large")):
            with pytest.raises(CommandError, match=value):
                await home.desk.edits.episode_set(home.request(), field=field, value=value)
        await home.draft()
        text = (home.site / "content/godel-bach.md").read_text("utf-8")
        assert text == (
            '+++\ntitle = "Gödel & Bach"\nguests = ["Ann", "Bo"]\nexplicit = true\nsize = 12\n'
            f"[params]\nepisode = 1\n+++\n\n### A\n\n*   <{PAPER}>\n    *   a note\n"
        )


async def test_what_a_template_leaves_out_is_said_with_the_draft(tmp_path: Path) -> None:
    async with house(tmp_path, template=LINKS_ONLY) as home:
        await home.say(f"{PAPER}\nworth an hour")
        await home.say(f"# A\n{TALK}\n- my note\n- another")
        told = (await home.draft()).text
        assert "3 notes or lines of text are not in the draft" in told
        text = (home.site / "_drafts/ep1.md").read_text("utf-8")
        assert f'links:\n  - "{PAPER}"\n  - "{TALK}"\n' in text
    async with house(tmp_path / "whole") as home:
        await home.say(f"{PAPER}\nworth an hour")
        assert "not in the draft" not in (await home.draft()).text


@pytest.mark.parametrize(
    ("title", "told"),
    [
        (".github/workflows/x", "do not belong in .github"),
        ("ep\u31641", "cannot be seen"),
        ("../x", "can have no file at “../x.md”"),
        ("a: b", "holds a name that not every system can store"),
    ],
)
async def test_no_field_of_hosts_takes_a_draft_to_where_no_page_belongs(
    tmp_path: Path, title: str, told: str
) -> None:
    settings = "name: Test\npath: '{{ title }}.md'\n"
    async with house(tmp_path, settings=settings) as home:
        await home.say(PAPER)
        await home.desk.edits.episode_set(home.request(), field="title", value=title)
        head = home.git("rev-parse", "HEAD")
        with pytest.raises(TemplateError, match="site.yml, line 2: .*" + told):
            await home.draft()
        assert home.git("rev-parse", "HEAD") == head
        assert home.git("status", "--porcelain") == ""


async def test_a_field_that_a_path_lacks_is_named_also_where_the_path_leads_out_without_it(
    tmp_path: Path,
) -> None:
    settings = "name: Test\npath: '{{ slug }}/ep{{ number }}.md'\n"
    async with house(tmp_path, settings=settings) as home:
        await home.say(PAPER)
        with pytest.raises(TemplateError, match="has no “slug”"):
            await home.draft()
