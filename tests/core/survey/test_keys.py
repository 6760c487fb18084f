"""What values of the front matter are made of: the same of every episode, with its own words."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.templates.client import TemplateWorker
from bot.core.model import Job
from bot.core.survey.context import Context
from bot.core.survey.expressions import expression, inline
from bot.core.survey.keys import ValuePart, put_together, value_pieces, variants

WORDS = ("Robots", "Dark matter", "Peer review", "Quiet seas")
EPISODES = [
    Context(
        number=str(n), season=str(n // 20), date=f"2026-0{n % 9 + 1}-1{n % 7}", title=title,
        full_title=f"Show {n}: {title}", slug=title.lower().replace(" ", "-"),
    )
    for n, title in zip((57, 58, 59, 60), WORDS, strict=True)
]  # fmt: skip
NAMED = st.one_of(
    st.sampled_from([
        "number", "season", "title", "full_title", "date", "title_slug", "full_slug", "slug",
    ]).map(ValuePart),
    st.builds(ValuePart, st.just("number"), width=st.just(4)),
)  # fmt: skip
FIXED = st.sampled_from(
    [" ", "-", "/", "https://cdn.example/a", "ep", ".mp3", " – ", "{{ x }}", '"']
)
PIECES = st.lists(
    st.one_of(NAMED, FIXED.map(lambda text: ValuePart("", text))), min_size=1, max_size=4
)


@given(PIECES)
def test_every_way_in_which_a_text_may_be_made_gives_that_text(pieces):
    for context in EPISODES:
        text = put_together(pieces, context)
        ways = variants(text, context)
        assert ways
        assert {put_together(way, context) for way in ways} == {text}


@given(FIXED.filter(lambda text: not text[-1].isdigit()), NAMED, FIXED)
def test_what_texts_are_made_of_is_found_and_gives_each_of_them(before, named, behind):
    pieces = [ValuePart("", before), named, ValuePart("", behind)]
    pairs = [(put_together(pieces, context), context) for context in EPISODES]
    found = value_pieces(pairs)
    assert [put_together(found, context) for _, context in pairs] == [text for text, _ in pairs]


def test_texts_that_have_nothing_of_their_episodes_are_made_of_nothing():
    assert value_pieces([("words", context) for context in EPISODES]) == ()
    assert value_pieces([(context.title, context) for context in EPISODES[:1]]) == ()
    some = [(context.title if n < 2 else "x", context) for n, context in enumerate(EPISODES)]
    assert value_pieces(some) == ()
    most = [(context.title if n < 3 else "x", context) for n, context in enumerate(EPISODES)]
    assert value_pieces(most) == (ValuePart("title"),)


@settings(max_examples=20, deadline=None)
@given(PIECES)
def test_a_template_makes_of_the_pieces_what_they_are_made_of(pieces):
    context = EPISODES[0]
    names = {
        "number": context.number, "season": context.season, "date": context.date,
        "title": context.title, "full_title": context.full_title, "slug": context.slug,
    }  # fmt: skip
    more = {"season": "season", "full_title": "full_title"}
    sources = [inline(pieces, **more), f"{{{{ {expression(pieces, **more)} }}}}"]

    async def rendered():
        async with TemplateWorker() as worker:
            return await worker.render([Job(source, names, "x") for source in sources])

    shown = put_together(pieces, context)
    assert [one.strip() for one in asyncio.run(rendered())] == [shown.strip()] * 2
