"""A page's head is scanned as it comes, and gives what it gives in one piece."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.page.html_head import Scanner

PARTS = st.sampled_from([
    *("<title>", "</title>", "<h1>", "</h1>", "<script>", "</script>", "<svg>", "</svg>", "<svg/>"),
    *('<meta property="og:title" content="A > B">', "<meta name='twitter:title' content="),
    *('<script type="application/ld+json">', '{"headline": "X"}', "<link type=", "</style>", "</"),
    *("application/json+oembed", "href=", "<noscript>", "</noscript>", "<!--", "-->", "--", "-"),
    *("<", ">", "=", '"', "'", " ", "words", "</head>", "<body>", "<?xml encoding='euc-jp'?>", "+"),
    *("http-equiv=refresh", "<template>", "</template>", "<meta charset=utf-8>", "<meta ", "\n"),
    *("!", "<style>"),
])  # fmt: skip


@given(st.lists(PARTS, max_size=40), st.data())
def test_a_page_that_comes_in_pieces_gives_what_it_gives_at_once(parts, data):
    page = "".join(parts).encode()
    ends = data.draw(st.lists(st.integers(0, len(page)), max_size=4).map(sorted))
    scanner = Scanner()
    for end in ends:
        if scanner.scan(page[:end]).enough:
            return  # nothing behind can matter
    assert scanner.scan(page) == Scanner().scan(page)


@given(st.lists(PARTS, max_size=40), st.data())
def test_the_same_page_scanned_again_gives_the_same(parts, data):
    page = "".join(parts).encode()
    end = data.draw(st.integers(0, len(page)))
    scanner = Scanner()
    scanner.scan(page[:end])
    again = scanner.scan(page)
    assert scanner.scan(page) == again
