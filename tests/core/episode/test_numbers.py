"""The numbers of episodes come of a few events alone."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.episode.fold import Outline
from bot.core.episode.numbers import OF_FIELDS, bare_number, numbers_of
from bot.core.events import EpisodeOpened, Event, FieldSet, Redone, Undone, What
from bot.core.file_events import ConflictFound, ConflictSettled
from bot.core.grammar.message import Rules
from tests.core.episode.test_fold_laws import EVENTS
from tests.talk import did

SECONDS = st.integers(1, 30)
NUMBERS = st.sampled_from(["57", "58", ""])
WHATS: st.SearchStrategy[What] = st.one_of(
    st.builds(EpisodeOpened, NUMBERS),
    st.builds(FieldSet, st.just("number"), st.sampled_from([57, "59", None])),
    st.builds(ConflictFound, st.just("field"), st.just("number"), st.just(""), NUMBERS, NUMBERS),
    st.builds(ConflictSettled, st.builds("c{:05}".format, SECONDS), st.booleans()),
    st.builds(Undone, st.builds("c{:05}".format, SECONDS)),
    st.builds(Redone, st.builds("c{:05}".format, SECONDS)),
)
EPISODES = st.lists(
    st.lists(st.builds(did, SECONDS, WHATS), max_size=12).flatmap(
        lambda first: EVENTS.map(lambda more: [*first, *more])
    ),
    max_size=3,
)


@settings(max_examples=150)
@given(EPISODES)
def test_numbers_are_those_of_the_whole_episodes(happened: list[list[Event]]) -> None:
    expected, of_fields = {}, []
    for number, events in enumerate(happened):
        episode = f"show#{number}"
        mine = [replace(event, episode=episode) for event in events]
        whole = Outline(episode, Rules())
        whole.extend(mine)
        if (found := whole.episode.fields.get("number")) is not None:
            expected[episode] = str(found)
        seen = {event.key: event for event in reversed(mine)}.values()
        of_fields += [event for event in reversed(seen) if isinstance(event.what, OF_FIELDS)]
    assert numbers_of(of_fields) == expected


@given(
    st.integers(0, 999), st.sampled_from(["", ".5", ".25"]), st.integers(0, 3), st.integers(0, 2)
)
def test_zeros_around_a_number_make_no_other_one(whole, rest, before, behind):
    number = f"{whole}{rest}"
    spelled = "0" * before + number + ("." + "0" * behind if behind and not rest else "")
    assert bare_number(spelled) == bare_number(number)
    assert bare_number(f"1{number}") != bare_number(number)
    assert bare_number(f"{number}1" if rest else f"{number}.5") != bare_number(number)
