"""Each way in which a piece of a file is known again in another version of it."""

import pytest

from bot.core.document.tree import tree_of
from bot.core.merge import align
from bot.core.merge.alignment import Alignment


def url(name):
    return f"https://example.org/{name}"


def text_of(lines):
    """Return a file of these pieces, each a paragraph, a heading or an item of its own."""
    return "\n\n".join(lines) + "\n"


def job_of(base, side, base_owners=(), side_owners=()):
    trees = []
    for lines, owners in ((base, base_owners), (side, side_owners)):
        each = [one for owner in owners for one in (owner, None)]
        trees.append(tree_of(text_of(lines), each))
    return Alignment(*trees)


def pairs(job):
    """Return the texts of what was paired, those of the base first."""
    return [
        (job.base.texts[at], job.side.texts[node])
        for at, node in enumerate(job.to_side)
        if node >= 0
    ]


def places(job):
    return [(at, node) for at, node in enumerate(job.to_side) if node >= 0]


def test_what_stands_once_in_both_is_the_same_wherever_it_stands():
    job = job_of(["- a", "- b", "- b", "- c"], ["- c", "- b", "- a", "- d"])
    job.same(align._text)
    assert places(job) == [(0, 2), (3, 0)]
    assert list(job.left) == [1, 2]
    assert list(job.side_left) == [1, 3]


def test_what_stands_several_times_is_the_same_in_its_order():
    job = job_of(["- a", "- b", "- a", "- a"], ["- a", "- c", "- a"])
    job.same(align._text, in_order=True)
    assert places(job) == [(0, 0), (2, 2)]


def test_of_what_stands_in_several_topics_each_is_the_same_in_its_own():
    job = job_of(["## A", "- x", "## B", "- x", "- x"], ["## A", "## B", "- x", "- x"])
    job.same(align._heading)
    job.same(align._text, within=True, in_order=True)
    assert places(job) == [(0, 0), (2, 1), (3, 2), (4, 3)]
    job = job_of(["- x", "## B", "- x"], ["- x", "## C", "- x"])
    job.same(align._text, within=True, in_order=True)
    assert places(job) == [(0, 0)]  # nobody knows that C is B


@pytest.mark.parametrize(
    ("base", "side", "found"),
    [
        (["- k", "- x", "- x"], ["- k", "- x", "- y"], [(0, 0), (1, 1)]),
        (["- x", "- x", "- k"], ["- y", "- x", "- k"], [(1, 1), (2, 2)]),
        (["- x", "- y", "- x", "- k"], ["- x", "- z", "- x"], [(0, 0)]),
        (["- k", "- x", "- y", "- x"], ["- z", "- x", "- w", "- x"], [(3, 3)]),
        (["- k", "- y", "- x", "- x"], ["- k", "- x", "- x", "- z"], [(0, 0)]),
    ],
)
def test_what_stands_right_beside_what_is_known_or_at_an_end_is_the_same(base, side, found):
    job = job_of(base, side)
    if "- k" in side:
        job.pair(base.index("- k"), side.index("- k"))
    job.beside(align._text)
    assert places(job) == found


SENTENCE = "- the strange matter of the early universe"
ALIKE = "- the strange matter of an early cosmos"
OTHER = "- 123 456 789"


@pytest.mark.parametrize(
    ("base", "side", "found"),
    [
        (["- k", SENTENCE, "- l"], ["- k", ALIKE, "- l"], True),
        (["- k", SENTENCE, "- l"], ["- k", OTHER, "- l"], False),
        (["- k", SENTENCE, "- l"], ["- k", "- m", ALIKE, "- l"], False),
        (["- k", SENTENCE, "- l"], ["- k", ALIKE, "- m", "- l"], False),
        (["- k", "- n", SENTENCE, "- l"], ["- k", ALIKE, "- l"], False),
        (["- k", SENTENCE, "- l"], ["- k", ALIKE[2:], "- l"], False),  # of another kind
        ([SENTENCE, "- l"], [ALIKE, "- l"], True),
        ([SENTENCE, "- l"], [ALIKE, "- m", "- l"], False),
        (["- k", SENTENCE], ["- k", ALIKE], True),
        (["- k", SENTENCE], ["- k", ALIKE, "- m"], False),
        (["- k", SENTENCE], ["- k", "- m", ALIKE], False),
        ([SENTENCE], [ALIKE], True),
    ],
)
def test_what_alone_stands_between_the_same_is_the_same_if_a_bit_alike(base, side, found):
    job = job_of(base, side)
    for one in ("- k", "- l"):
        if one in base:
            job.pair(base.index(one), side.index(one))
    known = len(pairs(job))
    job.in_place()
    assert len(pairs(job)) == known + found


@pytest.mark.parametrize("within", [True, False])
def test_what_begins_with_a_link_is_what_has_it(within):
    base = [f"- [first]({url('a')}) words", f"- [second]({url('b')})"]
    side = [f"- [0 1]({url('b')})", f"- [2 3 4]({url('a')}) 5 6 7"]
    job = job_of(base, side)
    job.by_link(within=within)
    assert places(job) == [(0, 1), (1, 0)]


@pytest.mark.parametrize(
    ("words", "found"), [("about the strange matter", True), ("123 456 789 000", False)]
)
def test_what_has_a_link_somewhere_is_the_same_if_alike_in_some_way(words, found):
    base = [f"- [x]({url('a')}) and [y]({url('b')}) about the strange matter"]
    side = [f"- [z]({url('c')}) {words} [w]({url('b')})"]
    job = job_of(base, side)
    job.by_link(within=False)
    assert places(job) == [(0, 0)] * found


def test_a_link_in_another_topic_or_of_another_kind_is_another_thing():
    base = ["## A", f"- [one]({url('a')})", "## B", f"- [two]({url('a')})"]
    side = ["## A", "## B", f"- [three]({url('a')})"]
    job = job_of(base, side)
    job.same(align._heading)
    job.by_link(within=True)
    assert places(job)[1:] == [(2, 1), (3, 2)]
    job = job_of([f"- [one]({url('a')})"], [f"[one]({url('a')})"])
    job.by_link(within=False)
    assert places(job) == []


@pytest.mark.parametrize(
    ("side", "found"),
    [
        (["## Z", "- a", "- b", "- c", "- d"], True),
        (["## Z", "- a", "- b", "## Y", "- c", "- d"], True),  # half of it
        (["## Z", "- a", "## Y", "- b", "## X", "- c", "- d"], True),
        (["## Z", "- a", "## Y", "- b", "## X", "- c"], False),  # a third
        (["- a", "- b", "- c", "- d", "## Z"], False),
    ],
)
def test_a_topic_is_known_by_half_of_what_it_holds(side, found):
    job = job_of(["## A", "- a", "- b", "- c", "- d"], side)
    job.same(align._content)
    job.headings_by_content()
    assert (job.to_side[0] >= 0) is found


def test_of_topics_that_went_into_one_it_is_the_one_that_is_named_alike():
    base = ["## Robots", "- a", "## Dark matter", "- b"]
    job = job_of(base, ["## Dark matters", "- a", "- b"])
    job.same(align._content)
    job.headings_by_content()
    assert pairs(job)[1][0] == "## Dark matter"
    job = job_of(base, ["## Robots", "- b", "## Dark matter", "- a"])
    job.same(align._content)
    job.headings_by_content(align._name)  # a name that says something else counts
    assert len(pairs(job)) == 2


NEARLY = "- the strange matter of the early universes"


def test_the_most_alike_is_the_same_and_only_of_one_kind():
    job = job_of([SENTENCE, "- x y z"], [ALIKE, NEARLY, NEARLY[2:]])
    job.alike(within=False)
    assert pairs(job) == [(SENTENCE, NEARLY)]


@pytest.mark.parametrize(("within", "found"), [(True, True), (False, False)])
def test_in_one_topic_less_likeness_is_enough(within, found):
    job = job_of([SENTENCE], ["- the strange matter of another cosmos"])
    job.alike(within=within)
    assert bool(pairs(job)) is found


def test_what_is_alike_in_another_topic_is_looked_for_last():
    base = ["## A", SENTENCE, "## B", "- x y z"]
    side = ["## A", "- 1 2 3", "## B", NEARLY]
    job = job_of(base, side)
    job.same(align._heading)
    job.alike(within=True)
    assert len(pairs(job)) == 2
    job.alike(within=False)
    assert (SENTENCE, NEARLY) in pairs(job)


def test_of_many_each_is_compared_with_those_at_about_its_place():
    words = [
        f"- {n} {'abcdefghij'[n % 10] * 3} {'klmnopqrst'[n // 10] * 5} word" for n in range(60)
    ]
    job = job_of(words, [f"{one}s" for one in words])
    job.alike(within=False)
    assert places(job) == [(at, at) for at in range(60)]
    far = job_of(words, [f"{one}s" for one in (*words[30:], *words[:30])])
    far.alike(within=False)
    assert (0, 30) not in places(far)


def test_what_is_known_to_be_two_peoples_is_never_the_same():
    for step in ("in_place", "alike", "by_link"):
        lines = [f"- [a]({url('a')}) strange matter"]
        for owner, found in (("1", True), ("2", False), (None, True)):
            job = job_of(lines, [f"{lines[0]}s"], ["1"], [owner])
            getattr(job, step)(**({} if step == "in_place" else {"within": False}))
            assert bool(pairs(job)) is found, (step, owner)


def test_an_item_goes_on_in_what_has_its_link_where_its_own_is_gone():
    base, side = [f"- {url('a')}", f"- {url('b')}"], [f"- [A]({url('a')})", f"- {url('b')}"]
    for mine, theirs, found in (
        (["1", "2"], ["3", "2"], [(0, 0)]),  # 3 is new, and 1 is gone
        (["1", "2"], ["3", "1"], [(0, 0), (1, 1)]),
        (["1", "2"], ["2", "1"], []),  # both are there still
        (["1", "2"], [None, "2"], []),
    ):
        job = job_of(base, side, mine, theirs)
        job.heirs()
        assert places(job) == found
