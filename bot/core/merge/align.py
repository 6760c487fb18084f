"""Find out which pieces of two versions of a file are the same thing.

Nothing is sure but what an owner says; so what is surest comes first: the very same text, a
heading's name, links, words, likeness. Each step looks at what is left over, the same topic first.
The time that it takes grows with the pieces: only few are ever compared one by one.
"""

from collections.abc import Callable, Hashable

from bot.core.document.tree import Tree
from bot.core.grammar.topic_name import same_name
from bot.core.merge.alignment import Alignment, first_links
from bot.core.merge.kinds import has_all_words, has_first_link, has_most_words, pair_other_kinds

_LETTERS = 6

Step = Callable[[Alignment], None]


def align(base: Tree, ours: Tree, theirs: Tree) -> tuple[Alignment, Alignment]:
    """Pair the nodes of two sides with those of the base that they are.

    What both sides have in the same words, and the base has not, is the same thing of it in both.
    """
    jobs = (Alignment(base, ours), Alignment(base, theirs))
    for job in jobs:
        _pair_same(job)
    twins = _twins(*jobs)
    for step in (_pair_by_words, _pair_alike):
        twins = _pair_twins(*jobs, twins, step)
        for job, kept in zip(jobs, (twins.values(), twins), strict=True):
            job.without(kept, step)
    return jobs


def _pair_same(job: Alignment) -> None:
    if job.base.is_owned and job.side.is_owned:
        job.same(_owned_text, in_order=True)
        job.heirs()
        job.same(_by_owner, in_order=True)
    job.same(_text)
    job.same(_heading)
    job.same(_name)
    job.headings_by_content(_name)
    job.beside(_content)
    for key in (_text, _heading, _name):
        job.same(key, within=True, in_order=True)
    job.same(_text, in_order=True)
    job.same(_name, in_order=True)


def _pair_by_words(job: Alignment) -> None:
    job.by_beginning(within=True)
    job.by_beginning(within=False)
    pair_other_kinds(job, has_all_words)
    for key in (_links, _words):
        job.same(key, on_top=True)
        job.beside(key, on_top=True)
        job.same(key, within=True, in_order=True, on_top=True)
        job.same(key, in_order=True, on_top=True)


def _pair_alike(job: Alignment) -> None:
    job.by_link(within=True)
    job.by_link(within=False)
    pair_other_kinds(job, has_first_link)  # that is more like it than what has some of its words
    job.headings_by_content()
    job.alike(within=True)
    job.in_place()
    job.alike(within=False)
    job.headings_by_content()
    pair_other_kinds(job, has_most_words)


def _twins(ours: Alignment, theirs: Alignment) -> dict[int, int]:
    """Return for each node that only theirs has in these words, and ours too, the one of ours."""
    job = Alignment(ours.side, theirs.side, ours.side_left, theirs.side_left)
    job.same(_text)
    return {node: at for node, at in enumerate(job.to_base) if at >= 0}


def _pair_twins(
    ours: Alignment,
    theirs: Alignment,
    twins: dict[int, int],
    step: Step,
) -> dict[int, int]:
    """Take a step for what both sides have alike; return those of which nothing was found."""
    if not twins:
        return twins
    both = [at for at in theirs.left if at in ours.left]
    job = Alignment(theirs.base, theirs.side, both, twins)
    job.to_side, job.to_base = list(theirs.to_side), list(theirs.to_base)
    step(job)
    left = dict(twins)
    for node, other in twins.items():
        # What came out of another item's text is not that item, though people took it out there.
        if (at := job.to_base[node]) >= 0 and not ours.differ(at, other):
            theirs.pair(at, node)
            ours.pair(at, other)
            del left[node]
    return left


def align_new(ours: Alignment, theirs: Alignment) -> Alignment:
    """Pair what both sides added: the same link or topic, or the same text under one topic."""
    new = [[node for node, at in enumerate(one.to_base) if at < 0] for one in (ours, theirs)]
    job = Alignment(ours.side, theirs.side, *new)
    for node, at in enumerate(ours.to_base):
        if at >= 0 and (other := theirs.to_side[at]) >= 0:
            job.to_side[node], job.to_base[other] = other, node
    job.same(_owned_text, in_order=True)
    job.same(_by_owner, in_order=True)
    job.same(_linked_text, in_order=True)
    job.same(_heading)
    job.same(_name)
    job.same(first_links)
    job.same(_text, within=True, in_order=True)
    job.same(_heading, in_order=True)
    job.beside(_text)
    return job


# --- what nodes are known by ---------------------------------------------------------------------


def _by_owner(tree: Tree, node: int) -> Hashable | None:
    piece = tree.nodes[node]
    return (piece.owner, piece.kind) if piece.owner is not None else None


def _owned_text(tree: Tree, node: int) -> Hashable | None:
    owner = tree.nodes[node].owner
    return (owner, tree.texts[node]) if owner is not None else None


def _text(tree: Tree, node: int) -> Hashable | None:
    return tree.texts[node]


def _content(tree: Tree, node: int) -> Hashable | None:
    return None if tree.nodes[node].kind == "heading" else tree.texts[node]


def _linked_text(tree: Tree, node: int) -> Hashable | None:
    text = tree.texts[node]
    return text if "://" in text else None


def _heading(tree: Tree, node: int) -> Hashable | None:
    piece = tree.nodes[node]
    return (piece.level, same_name(piece.title)) if piece.kind == "heading" else None


def _name(tree: Tree, node: int) -> Hashable | None:
    piece = tree.nodes[node]
    if piece.kind == "front":
        return "front"
    return same_name(piece.title) if piece.kind == "heading" else None


def _links(tree: Tree, node: int) -> Hashable | None:
    piece = tree.nodes[node]
    links = piece.links if piece.kind != "heading" else ()
    return (piece.kind, links) if links else None


def _words(tree: Tree, node: int) -> Hashable | None:
    piece = tree.nodes[node]
    words = piece.words.casefold() if piece.kind in ("item", "block") else ""
    return (piece.kind, words) if len(words) >= _LETTERS else None
