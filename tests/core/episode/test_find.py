import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.episode.find import Named, find, numbered_topics, shortened
from bot.core.model import Episode, Topic


def named(*words: str) -> list[Named]:
    return [Named(f"t{n}", str(n), word, word) for n, word in enumerate(words, 1)]


def found(typed: str, *words: str) -> list[str]:
    return [one.words for one in find(typed, named(*words))]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2", ["超伝導"]),
        ("２", ["超伝導"]),
        ("t1", ["DeepMind GNoME"]),
        ("deepmind", ["DeepMind GNoME"]),
        ("gnome", ["GNOME"]),
        ("伝導", ["超伝導"]),
        ("nothing", []),
        ("  ", []),
    ],
)
def test_a_topic_is_found_by_number_id_and_words(typed, words):
    assert found(typed, "DeepMind GNoME", "超伝導", "GNOME") == words


def test_a_whole_name_counts_before_a_beginning_and_that_before_a_part():
    assert found("a", "ba", "ab", "A") == ["A"]
    assert found("a", "ba", "ab", "ac") == ["ab", "ac"]
    assert found("a", "ba", "ca") == ["ba", "ca"]


def topic(name: str, *subtopics: Topic) -> Topic:
    return Topic(id=name, name=name, items=(), subtopics=subtopics)


def episode(*topics: Topic) -> Episode:
    return Episode("show#1", topics)


def test_sub_topics_are_counted_in_letters_beyond_z():
    many = [topic(f"s{n}") for n in range(30)]
    numbers = [number for number, _ in numbered_topics(episode(topic("T", *many)))]
    assert numbers[:4] == ["1", "1a", "1b", "1c"]
    assert numbers[26:30] == ["1z", "1aa", "1ab", "1ac"]


def test_what_stands_before_the_first_heading_has_the_number_0():
    numbers = [number for number, _ in numbered_topics(episode(topic(""), topic("A")))]
    assert numbers == ["0", "1"]


@given(st.text(max_size=60), st.integers(2, 40))
def test_a_shortened_text_is_one_line_within_its_length_and_shortens_no_further(text, length):
    short = shortened(text, length)
    assert len(short) <= length
    assert short == " ".join(text.split()) or short.endswith("…")
    assert shortened(short, length) == " ".join(short.split())
