"""What is known of each episode: its number, season, date, slug and title, wherever they stand."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.survey.page import SurveyPage, common, date_parts, is_sequence, share, whole
from bot.core.survey.path_shape import PathShape

_RUN = re.compile(r"\d+|[^\W\d_]+|\s+|.", re.DOTALL)
_WHOLE = re.compile(r"\d{1,6}")


@dataclass(frozen=True, slots=True)
class NumberPlace:
    """Where the number stands, beside or instead of the path: a key, and how its text is read.

    `season` is the key of the season within which it is counted, if it is.
    """

    key: str
    match: str
    season: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of one page; empty where it is not."""

    number: str = ""
    season: str = ""
    date: str = ""
    slug: str = ""
    title: str = ""
    full_title: str = ""

    @property
    def year(self) -> str:
        """The year of its date."""
        return self.date[:4]

    @property
    def month(self) -> str:
        """The month of its date, in two digits."""
        return self.date[5:7]

    @property
    def day(self) -> str:
        """The day of its date, in two digits."""
        return self.date[8:10]


@dataclass(frozen=True, slots=True)
class TitleShape:
    """How titles begin: texts and the names `number` and `season`; the title itself follows.

    `key` is empty where the page's first heading is its title; `width` is that of a number that
    is filled up with zeros.
    """

    key: str
    lead: tuple[tuple[bool, str], ...] = ()  # whether it is a name, and the name or the text
    is_whole: bool = False
    width: int = 0

    def read(self, context: Context, text: str) -> str:
        """Return the title without what leads to it; the text itself where that is not there."""
        lead = "".join(
            (str(whole(getattr(context, part))) if is_name else part) for is_name, part in self.lead
        )
        bare = re.sub(r"(?<!\d)0+(?=\d)", "", text)
        return bare[len(lead) :] if lead and bare.startswith(lead) else text


def contexts(pages: Sequence[SurveyPage], shape: PathShape) -> list[Context]:
    """Return what the paths say of pages, and a date key where they do not."""
    pattern = re.compile(shape.pattern)
    key = date_key(pages)
    found = []
    for page in pages:
        match = pattern.fullmatch(page.path)
        parts = match.groupdict("") if match else {}
        day = parts.get("date", "") or (page.scalar(key) or "" if key else "")[:10]
        found.append(
            Context(
                number=parts.get("number", ""), season=parts.get("season", ""), date=day,
                slug=parts.get("slug", ""),
            )
        )  # fmt: skip
    return found


def date_key(pages: Sequence[SurveyPage]) -> str | None:
    """Return the key under which most pages have a date; one that is called so, if there is one."""
    names = [name for page in pages for name in page.values if date_parts(page.scalar(name))]
    if not names:
        return None
    often = [name for name in dict.fromkeys(names) if names.count(name) >= 0.5 * len(pages)]
    named = [name for name in often if name.lower() in ("date", "published_at", "pubdate")]
    return next(iter([*named, *often]), None)


def number_place(pages: Sequence[SurveyPage]) -> NumberPlace | None:
    """Return the key whose texts count the episodes: `205`, `DNE 446 - …`; None if none does."""
    places: list[tuple[float, NumberPlace]] = []
    for key in dict.fromkeys(name for page in pages for name in page.values):
        known = [text for page in pages if (text := page.scalar(key))]
        for match in dict.fromkeys(_patterns(known)):
            numbers = [
                whole(found[1]) for text in known if (found := re.match(match, text)) is not None
            ]
            are_own = len(set(numbers)) > 0.8 * len(numbers) >= 0.56 * len(pages)
            if are_own and is_sequence(numbers):
                worth = len(numbers) / len(pages) + (0.5 if match == ALONE else 0)
                places.append((worth, NumberPlace(key, match)))
    return max(places, key=lambda place: place[0])[1] if places else _within_season(pages)


def _within_season(pages: Sequence[SurveyPage]) -> NumberPlace | None:
    """Return the key whose numbers are counted on within each season that another key names."""
    names = dict.fromkeys(name for page in pages for name in page.values)
    season = next((name for name in names if name.lower() in ("season", "series")), None)
    for key in names if season else ():
        if key == season or not re.search(r"episode|number|no\Z", key, re.IGNORECASE):
            continue
        pairs = [(whole(page.scalar(season or "") or ""), whole(page.scalar(key) or ""))
                 for page in pages]  # fmt: skip
        pairs = sorted((pair for pair in pairs if all(pair)), reverse=True)
        steps = list(itertools.pairwise(pairs))
        within = [one[1] - two[1] == 1 for one, two in steps if one[0] == two[0]]
        if len(pairs) >= 0.8 * len(pages) and within and share(within) >= 0.7:
            return NumberPlace(key, ALONE, season or "")
    return None


ALONE = r"^(\d+)$"


def _patterns(texts: Sequence[str]) -> list[str]:
    """Return expressions for the number in texts that begin alike."""
    if share([_WHOLE.fullmatch(text) for text in texts]) >= 0.7:
        return [ALONE]
    frames = [
        found for text in texts if (found := re.match(r"(\D{0,40}?)(\d{1,6})(\D{0,3})", text))
    ]
    frame = common((found[1], found[3][:1]) for found in frames)
    if frame is None or frame[1] < 0.6 * len(texts):
        return []
    whole = common(found[3] for found in frames)
    behind = whole[0] if whole and whole[1] >= 0.6 * len(texts) else frame[0][1]
    behind = re.match(r"[\W_]*", behind)[0]  # type: ignore[index]  # it always matches
    return [rf"^{_escaped(frame[0][0])}(\d+){_escaped(behind)}"]


def _escaped(text: str) -> str:
    return re.escape(text).replace(r"\ ", " ").replace(r"\-", "-")


def title_key(pages: Sequence[SurveyPage]) -> str | None:
    """Return the key of the titles."""
    for wanted in ("title", "name", "headline"):
        for name in dict.fromkeys(name for page in pages for name in page.values):
            if name.lower() == wanted and share([page.scalar(name) for page in pages]) >= 0.5:
                return name
    return None


def title_shape(pages: Sequence[SurveyPage], known: Sequence[Context]) -> TitleShape | None:
    """Return how most titles begin, with the number in it."""
    key = title_key(pages) or ""
    rows = []
    for page, context in zip(pages, known, strict=True):
        if text := title_of(page, key):
            rows.append([_named(run, context) for run in _RUN.findall(text)])
    if len(rows) < 0.5 * len(pages):
        return None
    lead: list[tuple[bool, str]] = []
    fits = rows
    while fits:
        at = len(lead)
        most = common(row[at] for row in fits if len(row) > at)
        if most is None or most[1] < 0.7 * len(rows) or most[1] < 2:
            break
        lead.append(most[0])
        fits = [row for row in fits if len(row) > at and row[at] == most[0]]
    if not any(is_name for is_name, _ in lead):
        return TitleShape(key)
    is_whole = share([len(row) == len(lead) for row in fits]) >= 0.5
    made = tuple(lead if is_whole else _without_words(lead))
    return TitleShape(key, made, is_whole, _width([title_of(page, key) for page in pages], known))


def _width(titles: Sequence[str], known: Sequence[Context]) -> int:
    """Return how many digits the number has in most titles, if zeros fill it up."""
    runs = [
        run
        for title, context in zip(titles, known, strict=True)
        for run in re.findall(r"(?<!\d)0\d+", title)
        if whole(context.number) and whole(run) == whole(context.number)
    ]
    most = common(map(len, runs))
    return most[0] if most else 0


def _without_words(lead: Sequence[tuple[bool, str]]) -> list[tuple[bool, str]]:
    """Cut off words that many titles happen to begin with: all behind the last mark or name."""
    last = max(at for at, (is_name, text) in enumerate(lead)
               if is_name or not (text.isalnum() or text.isspace()))  # fmt: skip
    end = last + 1
    while end < len(lead) and lead[end][1].isspace():
        end += 1
    return list(lead[:end])


def title_of(page: SurveyPage, key: str) -> str:
    """Return a page's title; without a key, that of the heading that it begins with."""
    if key:
        return page.scalar(key) or ""
    first = next((line for line in page.body if line.strip()), "")
    found = re.match(r"[#=][ \t]+(.*?)[ \t#]*\Z", first)
    return found[1] if found else ""


def _named(run: str, context: Context) -> tuple[bool, str]:
    if run.isdigit():
        for name in ("number", "season"):
            value = whole(getattr(context, name))
            if value and whole(run) == value:
                return True, name
    return False, run


def completed(
    pages: Sequence[SurveyPage],
    known: Sequence[Context],
    place: NumberPlace | None,
    titles: TitleShape | None,
) -> list[Context]:
    """Add numbers of a key, and titles, to what the paths said."""
    done = []
    for page, context in zip(pages, known, strict=True):
        if place and not context.number:
            found = re.match(place.match, page.scalar(place.key) or "")
            season = context.season or (page.scalar(place.season) or "" if place.season else "")
            context = replace(context, number=found[1] if found else "", season=season)
        if titles:
            text = title_of(page, titles.key)
            title = titles.read(context, text)
            context = replace(context, full_title=text, title=title)
        done.append(context)
    return done


def season_rule(known: Sequence[Context]) -> int | None:
    """Return what a season is less than the year of its date, where that is always the same."""
    offsets = {
        whole(one.year) - whole(one.season) for one in known if one.season and whole(one.year)
    }
    return offsets.pop() if len(offsets) == 1 else None
