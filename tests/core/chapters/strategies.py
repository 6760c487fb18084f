"""Made-up chapters: titles with whatever breaks formats, times to the millisecond."""

from hypothesis import strategies as st

from bot.core.chapters.clock import LONGEST
from bot.core.chapters.read import Chapter

CHARACTERS = st.one_of(
    st.sampled_from("=;#\\<>&\"'`*_[](){}|!%@,~^/ 超伝導パ𠮷é\u3000"),
    st.characters(categories=("L", "N", "P", "S"), max_codepoint=0x2FFFF),
)
TITLES = st.text(CHARACTERS, min_size=1, max_size=90).map(lambda text: text.strip() or "x")
ADDRESSES = st.sampled_from([None, "https://example.org/a?b=1&c=%E8%B6%85", "http://example.org/"])


@st.composite
def chapters(draw, *, most=40, titles=TITLES, whole_seconds=False):
    """Return chapters in order, and the length of their recording in milliseconds."""
    step = 1000 if whole_seconds else 1
    limit = LONGEST // step - 1
    starts = sorted(draw(st.sets(st.integers(0, limit - 1), min_size=1, max_size=most)))
    length = draw(st.integers(starts[-1] + 1, limit))
    made = [
        Chapter(start * step, draw(titles), draw(ADDRESSES), level=draw(st.sampled_from([3, 4])))
        for start in starts
    ]
    return made, length * step
