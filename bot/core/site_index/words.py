"""Words for a full-text index, and a query for it, so that any script is found.

Languages that write no spaces are indexed by pairs of letters: 超伝導 is 超伝, 伝導 and, at its
end, 導. A query of two letters or more is then a phrase of pairs, one of a single letter a prefix.
All else is left to the index's own tokens and stems.
"""

import re
import unicodedata
from collections.abc import Iterable

from bot.core.site_index.model import SiteEntry
from bot.core.urls import canonical

LONGEST_QUERY = 200
MOST_TERMS = 12

# Letters of scripts without spaces between words: kana, Han, Thai, Lao, Khmer, Burmese.
_PAIRED = (
    r"\u3005-\u3007\u3041-\u309f\u30a1-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
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


def query(typed: str) -> str | None:
    """Return a query of SQLite's FTS5 for what somebody typed; None where no word is in it.

    Every word must be there, one of them at least in the entry itself and not in its topic alone.
    The last may be begun only: it is found while one types.
    """
    terms = _TERM.findall(fold(typed[:LONGEST_QUERY]))[:MOST_TERMS]
    if not terms:
        return None
    is_open = not typed[-1].isspace()
    asked = [_term(one, is_open and at == len(terms) - 1) for at, one in enumerate(terms)]
    return f"({' AND '.join(asked)}) AND {{words}} : ({' OR '.join(asked)})"


def _term(term: str, is_open: bool) -> str:
    if _RUN.match(term):
        if len(term) == 1:
            return f'"{term}" *'
        pairs = " ".join(term[at : at + 2] for at in range(len(term) - 1))
        return f'"{pairs}"'
    if not is_open:
        return f'"{term}"'
    return f'("{term}" OR "{term}" *)'
