from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.episode.find import Named, find, link_to_title, numbered_topics, shortened
from bot.core.model import Episode, Topic
from tests.talk import fold, said


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


def linked(*items: tuple[str, ...]) -> list[Named]:
    return [Named(f"i{n}", f"1.{n}", *(" ".join(one),) * 2, one) for n, one in enumerate(items, 1)]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("https://x.example/b", ["1.1"]),
        ("https://x.example/b?p=2", ["1.2", "1.4"]),
        ("https://x.example/c", ["1.3"]),
        ("http://X.example/c/", ["1.3"]),
        ("https://x.example/C", ["1.4"]),
        ("x.example/c", ["1.3", "1.4"]),
        ("https://x.example/", ["1.2", "1.3", "1.4"]),
    ],
)
def test_an_address_counts_before_what_begins_with_it(typed, numbers):
    among = linked(
        ("https://x.example/b",),
        ("https://x.example/b?p=2",),
        ("https://x.example/b3", "https://x.example/c"),
        ("https://x.example/C", "https://x.example/b?p=2"),
    )
    among[0] = replace(among[0], words="look: https://x.example/b", label="look: https://x.exa…")
    assert [one.number for one in find(typed, among)] == numbers


@given(st.lists(st.sampled_from(["b", "b3", "b/c", "b?q=1"]), min_size=1, unique=True))
def test_every_item_is_found_by_its_own_address_alone(paths):
    urls = [f"https://x.example/{path}" for path in paths]
    for number, url in enumerate(urls, 1):
        assert [one.number for one in find(url, linked(*((u,) for u in urls)))] == [f"1.{number}"]


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


@pytest.mark.parametrize(
    ("typed", "titled"),
    [
        ("https://x.example/", "https://x.example/"),
        ("https://x.example/b", "https://x.example/b"),
        ("http://X.example/b/", "https://x.example/b"),
        ("1.1", "https://x.example/"),
    ],
)
def test_a_title_is_for_the_link_that_was_typed_not_for_one_that_this_begins_with(typed, titled):
    (item,) = fold(said(1, "https://x.example/ and https://x.example/b")).episode.items()
    assert link_to_title(item, (), typed)[1].url == titled
