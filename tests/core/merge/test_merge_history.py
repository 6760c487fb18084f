"""The merge on the real history of some files: people's next revision, and a draft of the app's."""

from functools import cache
from itertools import pairwise
from random import Random

import pytest

from bot.core.document.version import Side
from bot.core.merge.merge import merge
from tests.bench.merging import by_git
from tests.core.episode.histories import apart, drafted, faults, histories, successive
from tests.core.ruby import html_of, needs_ruby
from tests.needs import SAMPLES

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="no samples beside the repository")


@cache
def following():
    return list(successive(seeds=2))


@cache
def any_others():
    return list(apart())[::7]


def merged(case, **options):
    return merge(Side(case.base), Side(case.ours.text), Side(case.theirs), **options)


def wrong(cases):
    """Return what is wrong with the merges of some cases, conflicts included, by case."""
    found = {}
    for case in cases:
        result = merged(case)
        told = [f"conflict: {one.kind} {one.name}" for one in result.conflicts]
        if bad := faults(case, result.text) + told:
            found[case.name] = bad
    return found


def test_a_draft_is_merged_with_peoples_next_revision():
    assert wrong(following()) == {}


@pytest.mark.soak
def test_a_draft_is_merged_with_any_other_revision():
    """Where people cut a topic in two that ours moved, ours is not always in its order."""
    found = wrong(any_others())
    assert [bad for bad in found.values() if any("out of order" not in one for one in bad)] == []
    assert len(found) / len(any_others()) < 0.02


def test_what_is_judged_right_is_more_than_that_nothing_is_asked():
    right = sum(not conflicts and not faults(case, text) for case in following()
                for text, conflicts in [by_git(case)])  # fmt: skip
    assert 0.5 < right / len(following()) < 0.9


def test_which_side_is_preferred_makes_no_difference_where_nothing_is_asked():
    for case in following()[::5]:
        one, other = merged(case), merged(case, prefer="ours")
        assert one.conflicts == other.conflicts == ()
        texts = [sorted(filter(str.strip, merge.text.split("\n"))) for merge in (one, other)]
        assert texts[0] == texts[1]


@needs_ruby
def test_the_page_has_as_many_topics_links_and_embeds_as_the_file():
    cases = [case for case in following() if "/both/" in case.name][::3]
    texts = [merged(case).text for case in cases]
    pages = html_of([_body(text) for text in texts], liquid=False)
    befores = html_of([_body(case.theirs) for case in cases], liquid=False)
    for case, text, page, before in zip(cases, texts, pages, befores, strict=True):
        added = case.ours.added
        topics = sum(line.startswith("### ") for line in added)
        for mark, more in (
            ("<h3", topics), ("<h4", 0), ("<li", len(added) - topics),
            ('<a href="https://added.example', len(added) - topics), ("<iframe", 0),
            ("<blockquote", 0), ("<details", 0),
        ):  # fmt: skip
            expected = before.count(mark) + more
            assert (page.count(mark), mark, case.name) == (expected, mark, case.name)
        assert text.count("](") - case.theirs.count("](") == len(added) - topics


def _body(text):
    return text.split("\n---\n", 1)[-1]


def test_a_draft_of_a_draft_keeps_what_people_do_in_between():
    """Revision by revision, as over the weeks: what ours added before is in what people edit."""
    for name, texts in histories().items():
        random, ours = Random(name), texts[0]  # noqa: S311 - to be the same every time
        added = []
        for base, theirs in pairwise(texts):
            draft = drafted(ours, random, "links")
            added += draft.added
            result = merge(Side(base), Side(draft.text), Side(theirs))
            assert result.conflicts == ()
            ours = result.text
        lines = ours.split("\n")
        assert [line for line in added if lines.count(line) != 1] == []
        kept = [line for line in lines if line not in added and line.strip()]
        assert kept == [line for line in texts[-1].split("\n") if line.strip()]
