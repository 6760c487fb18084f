"""A page's head is scanned as it comes, and gives what it gives in one piece."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.page.html_head import LONGEST_VALUE, Scanner

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


def oembed(*addresses: str) -> list[bytes]:
    link = '<link rel="alternate" type="text/xml+oembed" href="{}">'
    return Scanner().scan("".join(map(link.format, addresses)).encode()).oembed


@given(st.lists(st.sampled_from(["", " ", "/a", "/b?c=1", "/d"]), max_size=8))
def test_the_first_few_addresses_of_oembed_are_kept_and_empty_ones_are_none(addresses):
    assert oembed(*addresses) == [one.encode() for one in addresses if one.strip()][:4]


def test_an_address_of_oembed_that_is_too_long_is_passed_by():
    longest = "/" + "a" * (LONGEST_VALUE - 1)
    link = '<link type="text/xml+oembed" href="{}">'
    pages = [link.format(one) + link.format("/b") for one in (longest, f"{longest}a")]
    found = [Scanner().scan(page.encode()).oembed for page in pages]
    assert found == [[longest.encode(), b"/b"], [b"/b"]]


def json_ld(*sizes: int) -> list[int]:
    script = '<script type="application/ld+json">{}</script>'
    page = "".join(script.format("x" * size) for size in sizes)
    return [len(data) for data in Scanner().scan(page.encode()).data]


def test_of_json_ld_so_much_is_kept_and_no_more():
    half = 128 * 1024
    assert json_ld(half, half, 1) == [half, half]
    assert json_ld(half, half + 1, 1) == [half, 1]
    assert json_ld(2 * half + 1) == []
    assert json_ld(2 * half) == [2 * half]
    assert json_ld(*range(1, 20)) == list(range(1, 17))
