"""Words for a full-text index, and a query for it, so that any script is found.

Languages that write no spaces are indexed by pairs of letters: 超伝導 is 超伝, 伝導 and, at its
end, 導. A query of two letters or more is then a phrase of pairs, one of a single letter a prefix.
All else is left to the index's own tokens and stems.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.site_index.model import SiteEntry
from bot.core.urls import canonical

LONGEST_QUERY = 200
MOST_TERMS = 12

# Letters of scripts without spaces between words: kana, Han, Thai, Lao, Khmer, Burmese.
_PAIRED = (
    r"\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\U00020000-\U0003fffd\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
)
_RUN = re.compile(f"[{_PAIRED}]+")
_TERM = re.compile(rf"[{_PAIRED}]+|[^\W_{_PAIRED}]+")
_HOST = re.compile(r"https?://([^/?#]+)")


def fold(text: str) -> str:
    """Return a text in the form in which words are the same: no case, width or long spellings."""
    return unicodedata.normalize("NFKC", text).casefold()


def indexed(text: str) -> str:
    """Return a text as it is given to the index: runs of letters without spaces by pairs."""
    return _RUN.sub(lambda run: f" {' '.join(_pairs(run[0]))} ", fold(text))


def _pairs(run: str) -> Iterable[str]:
    return (run[at : at + 2] for at in range(len(run)))


def columns(entry: SiteEntry) -> tuple[str, str]:
    """Return what the index has of an entry: its own words, and those of its topic."""
    hosts = (_HOST.match(canonical(url)) for url in entry.urls)
    named = " ".join(found[1] for found in hosts if found)
    words = indexed(f"{entry.text} | {entry.notes} | {named}")
    return words, indexed(entry.topic) if entry.kind == "item" else ""


@dataclass(frozen=True, slots=True)
class Query:
    """Two queries of SQLite's FTS5: for whole words, and one whose last word is begun only."""

    whole: str
    begun: str


def query(typed: str) -> Query | None:
    """Return the queries for what somebody typed; None where no word is in it.

    Every word must be there, one of them at least in the entry itself and not in its topic alone.
    """
    typed = typed[:LONGEST_QUERY]
    words = _TERM.findall(fold(typed))[:MOST_TERMS]
    if not words:
        return None
    terms = [_term(one) for one in words]
    whole = _joined(terms)
    if typed[-1].isspace() or _RUN.match(words[-1]):
        return Query(whole, whole)
    return Query(whole, _joined([*terms[:-1], f"({terms[-1]} OR {terms[-1]} *)"]))


def _joined(terms: Sequence[str]) -> str:
    return f"({' AND '.join(terms)}) AND {{words}} : ({' OR '.join(terms)})"


def _term(term: str) -> str:
    if not _RUN.match(term):
        return f'"{term}"'
    if len(term) == 1:
        return f'"{term}" *'
    return f'"{" ".join(term[at : at + 2] for at in range(len(term) - 1))}"'
