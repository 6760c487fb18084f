"""What an episode's draft looks like by a profile that was learned: topics, lists, empty keys."""

import json

import pytest

from bot.adapters.templates.client import TemplateWorker
from bot.core.model import Episode, Topic
from bot.core.render import render
from tests.core.survey.made_sites import TITLES, episodes, links, odd, slugged
from tests.core.survey.test_survey import first_draft, profile_of
from tests.talk import fold, said


async def drafted_of(profile, topics, **fields):
    """Return the draft of an episode with these topics."""
    episode = Episode(
        "e", tuple(topics), {"number": "25", "title": "T", "date": "2026-01-05", **fields}
    )
    names = render.names(episode, profile, render.body(episode, {}, profile), {})
    async with TemplateWorker() as worker:
        _, text = await worker.render(render.files(profile, names))
    return text


async def drafted(files):
    """Return the first draft of a site."""
    new, profile = profile_of(files)
    async with TemplateWorker() as worker:
        return new, (await first_draft(profile, new.site.next, worker))[1]


async def test_words_before_a_heading_that_all_pages_have_stay_before_it():
    files = {
        f"posts/ep{n}.md": f"---\ntitle: Podcast {n}\n---\n\n"
        f"We talk about {TITLES[n % 24]} again.\n\n### Show Notes\n{links(n, head='')}\n### Follow us\n\n[We](https://we.example)\n"
        for n in range(1, 25)
    }
    new, text = await drafted(files)
    assert new.site.body.lead_at == 0
    assert "{%- if body_lead %}" in new.template and "{{ body_rest }}" in new.template
    item = "- [Example](https://example.org/)"
    end = f"\n---\n\n### Show Notes\n\n### Topic\n\n{item}\n\n### Follow us\n"
    assert f"{end}\n[We](https://we.example)\n" in text
    plain = {path: text.partition("---\n\n")[2] for path, text in files.items()}
    new, text = await drafted(plain)  # nothing stands above the words
    assert "{{ body }}" in new.template and text.startswith("### Show Notes\n")


@pytest.mark.parametrize("front", ["---\ntitle: Podcast {n}\n---\n\n", ""])
async def test_a_heading_between_two_lists_stands_where_hosts_type_it(front):
    files = {
        f"posts/ep{n}.md": f"{front.format(n=n)}## Ruby\n\n{links(n, head='')}\n## Web\n\n"
        f"{links(n + 40, head='')}"
        for n in range(1, 25)
    }
    _, profile = profile_of(files)
    for named in (("Ruby",), ("Web",), ("Ruby", "Web"), ()):
        text = await drafted_of(profile, [Topic(name, name, ()) for name in named])
        heads = [line for line in text.splitlines() if line.startswith("#")]
        assert sorted(heads) == ["## Ruby", "## Web"], text
        assert text.startswith("---\n" if front else "## ")


ADOC = ("adoc", "==", "* https://example.org/{}[Page]", "* {url}[{title}]")
ORG = ("org", "*", "- [[https://example.org/{}][Page]]", "- [[{url}][{title}]]")


@pytest.mark.parametrize(
    ("form", "above", "head"),
    [
        (ADOC, "", "=="),
        (ADOC, "=== Part {n}\n\n", "==="),
        (ADOC, "== Links\n\n", "==="),
        (ORG, "", "*"),
        (ORG, "** Part {n}\n\n", "**"),
        (ORG, "* Links\n\n", "**"),
    ],
)
async def test_topics_of_other_markups_stand_where_the_sites_own_do(form, above, head):
    ending, _, item, shown = form
    files = {
        f"posts/ep{n}.{ending}": f"---\ntitle: Podcast {n}\n---\n\nWe talk of {odd(n)}.\n\n"
        f"{above.format(n=odd(n))}{item.format(odd(n))}\n"
        for n in range(1, 25)
    }
    _, profile = profile_of(files)
    talk = (f"# {name}\n[Page {name}](https://example.org/{name})" for name in "AB")
    made = fold(*(said(at, text) for at, text in enumerate(talk))).episode.topics
    a, b = (shown.format(url=f"https://example.org/{name}", title=f"Page {name}") for name in "AB")
    text = await drafted_of(profile, made)
    assert f"{head} A\n\n{a}\n\n{head} B\n\n{b}\n" in text
    assert f"{head} A" not in await drafted_of(profile, made[:1])


@pytest.mark.parametrize(
    ("tags", "others"),
    [
        ("tags: [a, b]", "tags: [a, b]"),
        ("&e tags: [a, b]", "tags: []"),  # nobody can tell its lines
    ],
)
async def test_a_list_that_most_pages_have_is_there_where_hosts_set_none(tags, others):
    files = {
        f"posts/ep{n}.md": f"---\ntitle: Podcast {n}\n{line}\n---\n\n{links(n)}"
        for n, line in enumerate([*[tags] * 23, "tags: [x]"], 1)
    }
    _, profile = profile_of(files)
    assert f"\n{others}\n" in await drafted_of(profile, [])
    assert '\ntags: ["c"]\n' in await drafted_of(profile, [], tags=["c"])


async def test_what_a_json_site_has_and_nobody_knows_is_empty_and_of_its_kind():
    files = {}
    for n in range(1, 25):
        chapters = [{"at": f"{n}:00", "what": f"Start {odd(n)}"}]
        front = {"title": f"Podcast {n}", "chapters": chapters, "extra": {"rating": odd(n)}}
        files[f"posts/ep{n}.md"] = f"{json.dumps(front)}\n\n{links(n)}"
    _, profile = profile_of(files)
    front = json.loads((await drafted_of(profile, [])).partition("\n\n")[0])
    assert front == {"title": "Podcast 25", "chapters": [], "extra": {}}


async def test_addresses_with_the_day_in_them_and_dates_of_single_digits_are_made():
    files = {
        f"_posts/{day}-{slugged(title)}.md": f"---\ntitle: {title}\nepisode: {n}\n"
        f"date: {day.year}-{day.month}-{day.day} 9:00:00\n"
        f"permalink: /{day:%Y/%m/%d}/{n}-{slugged(title)}/\n---\n\n{links(n)}"
        for n, day, title in episodes()
    }
    _, text = await drafted(files)
    assert 'permalink: "/2026/01/05/25-title/"\n' in text
    assert "date: 2026-01-05 9:00:00\n" in text
