"""An item that waits is in the next episode's log just as it was."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.core.later.item_state import item_of, state_of
from bot.core.model import (
    Bullet,
    Item,
    Link,
    Note,
    Noted,
    Paragraph,
    Patch,
    Readdressed,
    Retitled,
    Verbatim,
    Written,
)

WORDS = st.text(max_size=6)
MAYBE = st.none() | WORDS
LINKS = st.builds(Link, WORDS, WORDS, MAYBE, quiet=st.booleans())
LINES = st.lists(WORDS | LINKS, max_size=3).map(tuple)
NOTES = st.lists(
    st.builds(
        Note, st.sampled_from(["bullet", "text", "quote"]), st.integers(0, 4), LINES, st.booleans()
    ),
    max_size=3,
).map(tuple)
CONTENTS = st.one_of(
    st.builds(Bullet, LINES, NOTES),
    st.builds(Paragraph, st.lists(LINES, max_size=3).map(tuple)),
    st.builds(Verbatim, WORDS),
    st.builds(Written, WORDS, st.booleans(), LINES, st.lists(LINKS, max_size=3).map(tuple)),
)
STEPS = st.one_of(
    st.builds(Patch), st.builds(Retitled), st.builds(Readdressed), st.builds(Noted, NOTES)
)
ITEMS = st.builds(Item, content=CONTENTS, steps=st.lists(STEPS, max_size=3).map(tuple))


@given(ITEMS)
def test_an_item_comes_back_through_json_as_it_was(item):
    state = json.loads(json.dumps(state_of(item)))
    assert item_of(item.id, state) == item
    assert hash(item_of(item.id, state)) == hash(item)


@given(ITEMS, WORDS)
def test_in_its_state_an_item_has_no_id_so_that_it_takes_another(item, identity):
    assert "id" not in state_of(item)
    other = item_of(identity, state_of(item))
    assert (other.id, state_of(other)) == (identity, state_of(item))
