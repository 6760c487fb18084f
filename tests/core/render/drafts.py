"""Files of an episode at random, and what people make of them: for the laws of the merge."""

import hashlib
from dataclasses import dataclass

from hypothesis import strategies as st


def words(seed: int, count: int = 4) -> str:
    """Return words that are like no others'."""
    letters = hashlib.blake2b(str(seed).encode()).hexdigest()
    return " ".join(letters[at * 6 : at * 6 + 6] for at in range(count))


@dataclass(frozen=True)
class Block:
    """A block of a file; `tight` ones follow each other without a blank line."""

    text: str
    tight: bool = False


def heading(seed: int) -> Block:
    level = (3, 3, 4, 2)[seed % 4]
    return Block(f"{'#' * level} {('', '1:30 ')[seed % 2]}{words(seed)}")


def item(seed: int) -> Block:
    link = f"[{words(seed)}](https://example.org/{seed})"
    line = (link, link, f"元論文: {link} {words(seed + 1, 2)}", words(seed))[seed % 4]
    notes = ("", f"\n  - {words(seed + 2)}", f"  \n  {words(seed + 3)}")[seed % 3]
    return Block(f"- {line}{notes}", tight=True)


def embed(seed: int) -> Block:
    return Block(
        f'<blockquote>{words(seed)} <a href="https://example.org/e{seed}"></a></blockquote>'
    )


def paragraph(seed: int) -> Block:
    return Block(f"{words(seed)}\n{words(seed + 1)}")


SEEDS = st.integers(0, 10**9)
BODY = st.one_of(
    SEEDS.map(heading), SEEDS.map(item), SEEDS.map(item), SEEDS.map(embed), SEEDS.map(paragraph)
)
FRONT = st.fixed_dictionaries(
    {},
    optional={
        "layout": st.sampled_from(["layout: podcast", "layout: podcast-draft"]),
        "title": SEEDS.map(lambda seed: f'title: "{words(seed)}"'),
        "tags": st.lists(SEEDS.map(words), unique=True, max_size=4).map(
            lambda tags: "\n".join(["tags:", *(f"  - {tag}" for tag in tags)])
        ),
    },
)
Pieces = tuple[dict[str, str], list[Block]]
PIECES = st.tuples(FRONT, st.lists(BODY, max_size=12, unique_by=lambda block: block.text))


def text_of(pieces: Pieces) -> str:
    """Lay a file out as the app does."""
    front, blocks = pieces
    text = "---\n" + "".join(f"{value}\n" for value in front.values()) + "---\n" if front else ""
    before: Block | None = None
    for block in blocks:
        is_tight = before is not None and before.tight and block.tight
        text += ("" if is_tight or not text else "\n") + block.text + "\n"
        before = block
    return text


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["add", "add", "remove", "move", "word", "word", "key", "unkey"]),
        st.integers(0, 40),
        st.integers(0, 40),
        BODY,
        SEEDS,
    ),
    max_size=4,
)


def edited(pieces: Pieces, edits) -> Pieces:
    """Return a file with some edits made."""
    front, blocks = dict(pieces[0]), list(pieces[1])
    for what, first, second, block, seed in edits:
        at = first % (len(blocks) + 1)
        if what == "add":
            blocks.insert(at, block)
        elif what == "key":
            front["title"] = f'title: "{words(seed)}"'
        elif what == "unkey":
            front.pop("layout", None)
        elif at == len(blocks):
            continue
        elif what == "remove":
            del blocks[at]
        elif what == "move":
            moved = blocks[at : at + 1 + seed % 3]
            del blocks[at : at + len(moved)]
            place = second % (len(blocks) + 1)
            blocks[place:place] = moved
        else:
            parts = blocks[at].text.split(" ")
            places = [n for n, part in enumerate(parts) if len(part) == 6 and part.isalnum()]
            if places:
                parts[places[second % len(places)]] = words(seed, 1)
                blocks[at] = Block(" ".join(parts), blocks[at].tight)
    return front, blocks


@st.composite
def versions(draw: st.DrawFn) -> tuple[str, str, str]:
    """Return a file, and what two sides made of it."""
    base = draw(PIECES)
    return (
        text_of(base),
        text_of(edited(base, draw(EDITS))),
        text_of(edited(base, draw(EDITS))),
    )
