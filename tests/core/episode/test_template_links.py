"""A link that people put into a line of the template's is there already, and not put in again."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.core.episode.fold import Outline
from bot.core.events import Event, ItemRemoved, ItemRestored, Undone
from bot.core.file_events import ItemAdded, LinkInTemplate
from bot.core.grammar.message import KEEP, LEAVE_OUT
from bot.core.urls import canonical, fingerprint
from tests.talk import did, fold, in_file, marked, said, told, url


def link(number: int) -> str:
    return fingerprint(canonical(url(number)))


def there(second: int, number: int, *, is_there: bool = True) -> Event:
    return in_file(second, LinkInTemplate(link(number), is_there))


def already(outline: Outline) -> list[str]:
    return [item.content.links[0].url for item in outline.episode.already]


TALK = (said(1, "# A"), said(2, url(2)), there(10, 1))


def test_a_link_that_is_posted_again_is_not_put_in() -> None:
    outline = fold(*TALK, said(20, url(1)))
    assert told(outline.episode) == ["# A", "2"]
    assert already(outline) == [url(1)]
    assert outline.outcome("0020") == "already"
    assert outline.episode.removed == ()


def test_what_was_said_with_it_stands_as_a_bullet_of_its_own() -> None:
    outline = fold(*TALK, said(20, f"paper: {url(1)}\n- a note"))
    assert told(outline.episode) == ["# A", "2", "paper", "  - a note"]
    assert outline.outcome("0020") == "kept"


def test_others_are_put_in_and_so_is_one_that_stands_beside_words_or_other_links() -> None:
    outline = fold(*TALK, said(20, url(3)), said(21, f"{url(1)}, {url(4)}"))
    assert told(outline.episode) == ["# A", "2", "3", "1, 4"]


def test_a_host_who_wants_it_there_too_has_it() -> None:
    assert told(fold(*TALK, said(20, url(1)), marked(20, KEEP)).episode) == ["# A", "2", "1"]
    back = (said(3, url(1)), marked(3, KEEP), marked(3, LEAVE_OUT, at=5))
    back = (*back, marked(3, LEAVE_OUT, on=False, at=30))
    assert told(fold(*TALK, *back).episode) == ["# A", "2", "1"]


def test_what_is_brought_back_by_a_mark_or_by_undo_is_there_as_well() -> None:
    """It was out when people put the link there: else that would have been in the item, too."""
    first = said(3, f"{url(1)}\n> quoted")
    hidden = marked(3, LEAVE_OUT, at=5)
    assert told(fold(*TALK, first, hidden).episode) == ["# A", "2"]
    outline = fold(*TALK, first, hidden, marked(3, LEAVE_OUT, on=False, at=20))
    assert told(outline.episode) == ["# A", "2", "> quoted"]
    (item,) = fold(said(3, url(1))).episode.items()
    removed = did(4, ItemRemoved(item.id))
    outline = fold(*TALK, said(3, url(1)), removed, did(20, Undone(removed.key)))
    assert told(outline.episode) == ["# A", "2"]
    assert already(outline) == [url(1)]


def test_an_item_of_two_links_is_put_in_whole() -> None:
    hidden = (marked(3, LEAVE_OUT, at=5), marked(3, LEAVE_OUT, on=False, at=20))
    assert told(fold(*TALK, said(3, f"{url(1)}, {url(4)}"), *hidden).episode) == [
        "# A",
        "2",
        "1, 4",
    ]


def test_once_it_is_gone_there_it_stays_out_and_may_be_brought_back() -> None:
    """People took it out, as they take out an item."""
    talk = (*TALK, said(20, url(1)), there(30, 1, is_there=False))
    outline = fold(*talk)
    assert told(outline.episode) == ["# A", "2"]
    (item,) = outline.episode.removed
    assert told(fold(*talk, did(40, ItemRestored(item.id))).episode) == ["# A", "2", "1"]
    assert told(fold(*talk, said(41, url(1))).episode) == ["# A", "2", "1"]


def test_once_it_is_gone_there_a_host_may_post_it_again_whatever_was_said_with_it_before() -> None:
    """Also where that came so late that the link was an item's until the draft is folded."""
    for second in (3, 20):
        talk = (*TALK, said(second, f"paper: {url(1)}\n- a note"))
        twice = fold(*talk, said(25, url(1)))
        assert told(twice.episode) == ["# A", "2", "paper", "  - a note"]
        assert already(twice) == [url(1), url(1)]
        outline = fold(*talk, there(30, 1, is_there=False), said(40, url(1)))
        assert told(outline.episode) == ["# A", "2", "paper", "  - a note", "1"]
        assert outline.outcome("0040") == "kept"


def test_people_may_put_it_among_the_items_too() -> None:
    added = in_file(30, ItemAdded(f"- <{url(1)}>", "0001/0"))
    items = fold(*TALK, said(20, url(1)), added).episode.items()
    assert [item.content.links[0].url for item in items] == [url(2), url(1)]


def test_one_off_the_record_is_there_for_nobody() -> None:
    gone = in_file(10, LinkInTemplate("", True))
    assert told(fold(*TALK[:2], gone, said(20, url(1))).episode) == ["# A", "2", "1"]


@given(
    posts=st.lists(st.tuples(st.integers(1, 4), st.booleans()), max_size=6),
    links=st.sets(st.integers(1, 4)),
    order=st.randoms(use_true_random=False),
)
def test_every_link_that_is_posted_stands_once(
    posts: list[tuple[int, bool]], links: set[int], order: Random
) -> None:
    """In an item or in the template's line; where all stand there, each that came is told of."""
    talk = [said(1, "# A")]
    talk += [there(10 + number, number) for number in links]
    for at, (number, late) in enumerate(posts, 20):
        talk.append(said(at if late else at - 18, url(number)))
    order.shuffle(talk)
    outline = fold(*talk)
    items = [item.content.links[0].url for item in outline.episode.items()]
    posted = {url(number) for number, _ in posts}
    assert sorted(items) == sorted(posted - {url(number) for number in links})
    assert set(already(outline)) == posted & {url(number) for number in links}
