"""Two versions of a file, and what is known to be the same in them; steps pair what is left."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Set

from bot.core.document.pieces import words_of
from bot.core.document.tree import TOP, Tree
from bot.core.grammar.topic_name import same_name
from bot.core.merge.sequences import likeness, shingles

_SOME_ALIKE = 0.2
_RATHER_ALIKE = 0.35
_ALIKE = 0.5
_MUCH_ALIKE = 0.7
_FEW = 2_500
_NEAR = 6
_LETTERS = 6
_LOOKED_AT = 2_000
_MANY = -1

Key = Callable[[Tree, int], Hashable | None]
"""What two nodes have in common that are the same; None for a node that it says nothing of."""


def first_links(tree: Tree, node: int) -> Hashable | None:
    """Return the addresses in an item's first line."""
    piece = tree.nodes[node]
    return piece.first_links or None if piece.kind == "item" else None


class Alignment:
    """Two trees, what is known to be the same in them, and what is left over."""

    def __init__(
        self,
        base: Tree,
        side: Tree,
        left: Iterable[int] | None = None,
        side_left: Iterable[int] | None = None,
    ) -> None:
        self.base = base
        self.side = side
        self.to_side = [-1] * len(base.nodes)
        self.to_base = [-1] * len(side.nodes)
        self.left = dict.fromkeys(range(len(base.nodes)) if left is None else left)
        self.side_left = dict.fromkeys(range(len(side.nodes)) if side_left is None else side_left)

    def pair(self, at: int, node: int) -> None:
        """Take two nodes for the same thing."""
        self.to_side[at] = node
        self.to_base[node] = at
        del self.left[at]
        del self.side_left[node]

    def without(self, nodes: Iterable[int], step: Callable[["Alignment"], None]) -> None:
        """Take a step for all that is left of the side but for some nodes."""
        kept, left = set(nodes), self.side_left
        self.side_left = {node: None for node in left if node not in kept}
        step(self)
        self.side_left = {node: None for node in left if self.to_base[node] < 0}

    def same(
        self, key: Key, *, within: bool = False, in_order: bool = False, on_top: bool = False
    ) -> None:
        """Pair what has the same key, where that leaves no doubt; `in_order`, one after the other.

        Of these, `within` looks at what stands in one topic, or is part of one item. `on_top` is
        what does not stand below something else in the one, and is what the other begins with.
        """
        if not self.left or not self.side_left:
            return
        if not in_order:
            places = _singles(key, self.base, self.left)
            for name, node in _singles(key, self.side, self.side_left).items():
                is_sure = (at := places.get(name, _MANY)) != _MANY != node
                if is_sure and not (on_top and self._is_below(at, node)):
                    self.pair(at, node)
            return
        keys, side_keys = self._keys(key, within), self._side_keys(key, within)
        groups: dict[Hashable, deque[int]] = defaultdict(deque)
        for at, name in keys:
            groups[name].append(at)
        pairs = [(groups[name].popleft(), node) for node, name in side_keys if groups.get(name)]
        for at, node in pairs:
            if not (on_top and self._is_below(at, node)):
                self.pair(at, node)

    def _keys(self, key: Key, within: bool) -> list[tuple[int, Hashable]]:
        """Return what is left of the base with what it is known by."""
        keys = [(at, name) for at in self.left if (name := key(self.base, at)) is not None]
        if not within:
            return keys
        places = ((at, name, self._place(at)) for at, name in keys)
        return [(at, (name, place)) for at, name, place in places if place is not None]

    def _side_keys(self, key: Key, within: bool) -> list[tuple[int, Hashable]]:
        """Return the same of the side."""
        side = self.side
        keys = [(node, name) for node in self.side_left if (name := key(side, node)) is not None]
        return [(node, (name, side.parents[node])) for node, name in keys] if within else keys

    def _place(self, at: int) -> int | None:
        """Return the parent in the side that is the same as this node's in the base, if any is."""
        parent = self.base.parents[at]
        if parent == TOP:
            return TOP
        partner = self.to_side[parent]
        return partner if partner >= 0 else None

    def heirs(self) -> None:
        """Pair an item with the one whose link it has by now, where either's owner is gone or new.

        An edited message may take in the link of another, or give back what it had taken in: what
        has the link stands for that item from then on. What had that link before is itself.
        """
        owners = {piece.owner for piece in self.base.nodes}
        others = {piece.owner for piece in self.side.nodes}
        nodes = self.side.nodes
        itself = {(nodes[node].owner, first_links(self.side, node)) for node in self.side_left}
        linked = {
            links: at
            for at in self.left
            for owner in [self.base.nodes[at].owner]
            if owner and (links := first_links(self.base, at)) and (owner, links) not in itself
        }
        known = {(self.base.nodes[at].owner, first_links(self.base, at)) for at in self.left}
        for node in list(self.side_left) if linked else ():
            links, owner = first_links(self.side, node), self.side.nodes[node].owner
            at = linked.get(links) if (owner, links) not in known else None
            if at is None or owner is None or at not in self.left:
                continue
            if owner not in owners or self.base.nodes[at].owner not in others:
                self.pair(at, node)

    def beside(self, key: Key, *, on_top: bool = False) -> None:
        """Pair what has the same key and stands right behind, or before, what is paired.

        `on_top` is what `same` takes for that.
        """
        for step in (1, -1):
            for at in sorted(self.left, reverse=step < 0):
                edge = at == 0 if step > 0 else at == len(self.to_side) - 1
                if edge:
                    node = 0 if step > 0 else len(self.to_base) - 1
                elif (neighbour := self.to_side[at - step]) >= 0:
                    node = neighbour + step
                else:
                    continue
                if node in self.side_left:
                    name = key(self.base, at)
                    is_same = name is not None and name == key(self.side, node)
                    if is_same and not (on_top and self._is_below(at, node)):
                        self.pair(at, node)

    def in_place(self) -> None:
        """Pair what alone stands between the same neighbours, if it is a bit alike."""
        for at in list(self.left):
            piece = self.base.nodes[at]
            node = self.to_side[at - 1] + 1 if at else 0
            if (at and not node) or node not in self.side_left or self.differ(at, node):
                continue
            last = len(self.to_side) - 1, len(self.to_base) - 1
            follows = (at, node) == last or (at < last[0] and self.to_side[at + 1] == node + 1)
            if not follows or self.side.nodes[node].kind != piece.kind:
                continue
            if likeness(*self._shingles(at, node)) >= _RATHER_ALIKE:
                self.pair(at, node)

    def by_beginning(self, *, within: bool) -> None:
        """Pair what begins as the other does: the one has all that the other's first line says.

        Of two lines that people put into one, that is the first: what the other was is a part of
        it now. So it is with a line that they cut in two.
        """
        places: dict[Hashable, list[tuple[int, str]]] = defaultdict(list)
        for node in self.side_left:
            if words := _beginning(self.side, node):
                kind = self.side.nodes[node].kind
                place = self.side.parents[node] if within else None
                places[kind, place, words[:_LETTERS]].append((node, words))
        nodes = (self.side.nodes[node] for node in self.side_left)
        linked = {link for piece in nodes for link in piece.first_links} if places else set()
        for at in list(self.left) if places else ():
            if not (words := _beginning(self.base, at)):
                continue
            place = self._place(at) if within else None
            key = self.base.nodes[at].kind, place, words[:_LETTERS]
            for node, other in places[key][:_NEAR]:
                if node in self.side_left and self._goes_on(at, node, words, other, linked):
                    self.pair(at, node)
                    break

    def _goes_on(self, at: int, node: int, words: str, other: str, linked: Set[str]) -> bool:
        """Return whether of two first lines one begins with all that the other has.

        One that goes on without a link, which is `linked` elsewhere in the side, is another one.
        """
        links = self.base.nodes[at].first_links, self.side.nodes[node].first_links
        fewer = min(map(len, links))
        if other.startswith(words):
            is_begun = linked.isdisjoint(links[0][fewer:])
        else:
            is_begun = words.startswith(other)
        return is_begun and links[0][:fewer] == links[1][:fewer] and not self.differ(at, node)

    def by_link(self, *, within: bool) -> None:
        """Pair what begins with the same link, then what shares one and is alike in some way."""
        places: dict[Hashable, list[int]] = defaultdict(list)
        for node in self.side_left:
            piece = self.side.nodes[node]
            for link in dict.fromkeys(piece.links):
                if len(places[piece.kind, link]) < _NEAR:
                    places[piece.kind, link].append(node)
        for begins in (True, False):
            for at in list(self.left) if places else ():
                found = self._linked(at, places, within=within, begins=begins)
                if found is not None:
                    self.pair(at, found)

    def _linked(
        self, at: int, places: dict[Hashable, list[int]], *, within: bool, begins: bool
    ) -> int | None:
        """Return what begins with the first link of a node of the base, or has any and is alike."""
        kind, links = self.base.nodes[at].kind, self.base.nodes[at].links
        nodes = dict.fromkeys(node for link in links for node in places[kind, link])
        for node in list(nodes)[:_NEAR]:
            if node not in self.side_left or self.differ(at, node):
                continue
            if within and self.side.parents[node] != self._place(at):
                continue
            if begins and self.side.nodes[node].links[0] == links[0]:
                return node
            if not begins and likeness(*self._shingles(at, node)) >= _SOME_ALIKE:
                return node
        return None

    def headings_by_content(self, key: Key | None = None) -> None:
        """Pair topics by what they hold: of those with the same key, or whatever their name is."""
        names = {at for at in self.left if self.base.nodes[at].kind == "heading"}
        if not names:
            return
        votes: dict[int, Counter[int]] = defaultdict(Counter)
        for at, parent in enumerate(self.base.parents):
            if parent in names and self.to_side[at] >= 0:
                votes[parent][self.side.parents[self.to_side[at]]] += 1
        wanted: dict[int, list[int]] = defaultdict(list)
        for at in sorted(votes):
            [(node, count)] = votes[at].most_common(1)
            is_topic = node in self.side_left and self.side.nodes[node].kind == "heading"
            if key is not None and key(self.base, at) != key(self.side, node):
                continue
            if is_topic and not self.differ(at, node) and 2 * count >= votes[at].total():
                wanted[node].append(at)
        for node, those in wanted.items():  # of topics that went into one, it is the most alike
            alike = [likeness(*self._shingles(at, node)) if len(those) > 1 else 0 for at in those]
            self.pair(those[alike.index(max(alike))], node)

    def alike(self, *, within: bool) -> None:
        """Pair what is alike, the most alike first."""
        places: dict[Hashable, list[int]] = defaultdict(list)
        for node in self.side_left:
            kind = self.side.nodes[node].kind
            places[kind, self.side.parents[node] if within else None].append(node)
        groups: dict[Hashable, list[int]] = defaultdict(list)
        for at in self.left:
            groups[self.base.nodes[at].kind, self._place(at) if within else None].append(at)
        for name, group in groups.items():
            if nodes := places.get(name):
                self._pair_alike(group, nodes, _ALIKE if within else _MUCH_ALIKE)

    def _pair_alike(self, group: list[int], nodes: list[int], enough: float) -> None:
        """Compare all with all where they are few; else each with those at about its place."""
        few = len(group) * len(nodes) <= _FEW
        seen = [_letters(self.side, node) for node in nodes]
        found = []
        for number, at in enumerate(group):
            letters = _letters(self.base, at)
            middle = number * len(nodes) // len(group)
            for place in range(len(nodes)) if few else range(middle - _NEAR, middle + _NEAR):
                if not 0 <= place < len(nodes) or self.differ(at, nodes[place]):
                    continue
                score = likeness(letters, seen[place])
                if score >= enough:
                    found.append((-score, abs(place - middle), at, nodes[place]))
        for _, _, at, node in sorted(found):
            if at in self.left and node in self.side_left:
                self.pair(at, node)

    def differ(self, at: int, node: int) -> bool:
        """Return whether two nodes are known to be different things.

        What stands below something else in the one is not what the other begins with.
        """
        owner, other = self.base.nodes[at].owner, self.side.nodes[node].owner
        if owner is not None and other is not None and owner != other:
            return True
        return self._is_below(at, node)

    def _is_below(self, at: int, node: int) -> bool:
        """Return whether one of two nodes stands below something else in the other."""
        base, side = self.base, self.side
        return side.has_below(node, base.nodes[at]) or base.has_below(at, side.nodes[node])

    def _shingles(self, at: int, node: int) -> tuple[frozenset[str], frozenset[str]]:
        return _letters(self.base, at), _letters(self.side, node)


def _beginning(tree: Tree, node: int) -> str:
    """Return the words of an item's or paragraph's first line, without case; "" if they are few."""
    piece = tree.nodes[node]
    if piece.kind not in ("item", "block"):
        return ""
    words = words_of(piece.text.partition("\n")[0]).casefold()
    return words if len(words) >= _LETTERS else ""


def _singles(key: Key, tree: Tree, nodes: Iterable[int]) -> dict[Hashable, int]:
    """Return the node that has each key; _MANY where several have it."""
    found: dict[Hashable, int] = {}
    for node in nodes:
        if (name := key(tree, node)) is not None:
            found[name] = _MANY if name in found else node
    return found


def _letters(tree: Tree, node: int) -> frozenset[str]:
    piece = tree.nodes[node]
    if piece.kind == "heading":
        return shingles(same_name(piece.title))
    return shingles(words_of(piece.text[:_LOOKED_AT]) or piece.text)
