"""The pages of other projects' tests, where they are beside the repository."""

from functools import cache
from pathlib import Path
from typing import Any

from tests.needs import SAMPLES

FOLDER = SAMPLES / "titles"
Case = dict[str, Any]


@cache
def cases() -> dict[str, Case]:
    """Return the cases by id; none where there are no samples."""
    if not FOLDER.is_dir():
        return {}
    from tests.core.page.test_page_samples import CASES

    return CASES


def pages() -> dict[str, Case]:
    """Return the cases that are one HTML page each: what all libraries can read."""
    return {name: case for name, case in cases().items() if case["kind"] == "html"}


def is_real(case: Case) -> bool:
    return "real-page" in case["tags"]


def path(case: Case) -> Path:
    return FOLDER / case["body"]


def real_pages() -> list[bytes]:
    return [path(case).read_bytes() for case in pages().values() if is_real(case)]


def is_accepted(case: Case, title: str | None) -> bool:
    from tests.core.page.test_page_samples import verdict_of

    return verdict_of()(case, title) != "fail"


def our_title(case: Case) -> str | None:
    """Return the title that the app would find, oEmbed answers included."""
    from tests.core.page.test_page_samples import title_of

    return title_of(case)
