"""What is known of links in memory is what a plain search through them says."""

from hypothesis import given
from hypothesis import strategies as st

from storage.known_links import KnownLinks

KEYS = st.integers(0, 2**63 - 1) | st.integers(0, 5)
LINKS = st.lists(st.tuples(KEYS, st.integers(1, 6)), unique=True)
NUMBERS = st.dictionaries(st.integers(1, 6), st.text("0123456789", max_size=3))


@given(LINKS, NUMBERS, KEYS)
def test_an_address_is_known_where_it_stands_and_with_the_numbers_of_published_pages(
    links: list[tuple[int, int]], numbers: dict[int, str], key: int
) -> None:
    known = KnownLinks(sorted(links), numbers)
    for one in {key, *(found for found, _ in links)}:
        pages = sorted(page for found, page in links if found == one)
        assert (one in known) is bool(pages)
        assert list(known.numbers(one)) == [numbers[page] for page in pages if page in numbers]
