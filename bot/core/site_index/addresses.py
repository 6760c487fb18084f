"""Where a site shows its episodes: by its generator's settings, and by what a page says itself.

A `place` is the path of an address on the site in one form, whichever of the usual ones it was
written in: `/57/`, `/57.html` and `/57/index.html` are all `/57`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.core.front_matter.region import Format, FrontMatter
from bot.core.front_matter.values import FrontMatterFault, Scalar, Value, values
from bot.core.render.slug import slug
from bot.core.urls import canonical

_JEKYLL = re.compile(r"(?:^|/)_config\.ya?ml\Z")
_HUGO = re.compile(
    r"(?:^|/)(?:config/_default/)?(?P<name>hugo|config|permalinks)\.(?:toml|ya?ml|json)\Z"
)
_FORMATS: dict[str, Format] = {"toml": "toml", "json": "json", "yml": "yaml", "yaml": "yaml"}
_ENDING = re.compile(r"(?:/index)?(?:\.html?)?/*\Z")
_POST = re.compile(
    r"(?:.*/)?(?:_posts|_drafts)/(?:.*/)?(?:\d{4}-\d{1,2}-\d{1,2}-)?([^/]+)\.[^./]+\Z"
)
_TOKEN = re.compile(r":([a-z_]+)(?:\[[^\[\]]*\])?")
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title.html",
}
_MOST = 50
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What a site's settings say of its addresses.

    `bases` are the addresses at which its pages stand, the first the one that is shown; `kind` is
    its generator's, "" where that is not known; `permalinks` are the patterns by section, ""
    being all others.
    """

    bases: tuple[str, ...] = ()
    kind: str = ""
    permalinks: tuple[tuple[str, str], ...] = ()


def settings_paths(paths: Iterable[str], folder: str) -> list[str]:
    """Return the files of generators' settings that count for pages below a folder."""
    found = []
    for path in paths:
        hugo = _HUGO.search(path)
        if not hugo and not _JEKYLL.search(path):
            continue
        above = path.rpartition("/")[0].removesuffix("config/_default").rstrip("/")
        if not above or folder == above or folder.startswith(f"{above}/"):
            found.append(path)
    return sorted(found, key=lambda path: (-path.count("/"), path))[:10]


def read_settings(texts: Mapping[str, str], given: Sequence[str] = ()) -> SiteSettings:
    """Read the settings of a site, by path; `given` are bases that its profile names."""
    bases, kind, permalinks = list(given), "", dict[str, str]()
    for path, text in texts.items():
        said = _said(path, text)
        lower = {name.lower(): value for name, value in said.items()}
        if _JEKYLL.search(path):
            kind = kind or "jekyll"
            url, below = _text(lower.get("url")), _text(lower.get("baseurl"))
            bases += [f"{url.rstrip('/')}/{below.strip('/')}".rstrip("/")] if url else []
            if pattern := _text(lower.get("permalink")):
                permalinks.setdefault("", _STYLES.get(pattern, pattern))
        elif "permalinks" in path or lower.keys() & {"baseurl", "permalinks"}:
            kind = kind or "hugo"
            bases += [url.rstrip("/")] if (url := _text(lower.get("baseurl"))) else []
            rules = said if "permalinks." in path else lower.get("permalinks")
            permalinks |= dict(_hugo_rules(rules))
    shown = dict.fromkeys(base for base in bases if base.startswith(("http://", "https://")))
    return SiteSettings(tuple(shown), kind, tuple(permalinks.items()))


def _hugo_rules(rules: "Value | None") -> Iterator[tuple[str, str]]:
    if not isinstance(rules, Mapping):
        return
    page = rules.get("page")
    for section, pattern in {**rules, **(page if isinstance(page, Mapping) else {})}.items():
        if isinstance(pattern, Scalar):
            yield section, pattern.text[:_LONGEST]


def _said(path: str, text: str) -> Mapping[str, Value]:
    format = _FORMATS[path.rpartition(".")[2]]
    try:
        return values(FrontMatter(format, text.removeprefix("\ufeff"), 0, 0))
    except FrontMatterFault:
        return {}


def _text(value: "Value | None") -> str:
    if not isinstance(value, Scalar):
        return ""
    return "".join(c for c in value.text[:_LONGEST] if c.isprintable()).strip()


# --- places --------------------------------------------------------------------------------------


def place_of(path: str) -> str:
    """Return the place of a path on the site; "" for its front page."""
    bare = path.partition("#")[0].partition("?")[0]
    known = canonical(f"https://a.example/{bare.lstrip('/')}").removeprefix("https://a.example")
    return _ENDING.sub("", known)


def own_place(url: str, settings: SiteSettings) -> str | None:
    """Return the place that an address names on the site; None where it is another site's."""
    known = canonical(url).partition("#")[0].partition("?")[0]
    for base in settings.bases:
        root = canonical(base).partition("#")[0].partition("?")[0].rstrip("/")
        if known == root or known.startswith(f"{root}/"):
            return place_of(known[len(root) :])
    return None


def page_paths(
    path: str, said: Mapping[str, Value], title: str, date: str, settings: SiteSettings
) -> list[str]:
    """Return the paths at which a page is found, the one that the site shows first.

    `said` is its front matter, with names in lower case.
    """
    own = _text(said.get("permalink")) or _text(said.get("url"))
    known = _names(path, said, title, date)
    pattern = own or _pattern(path, settings)
    shown = _expanded(pattern, known) if pattern else None
    former = [*_texts(said.get("redirect_from")), *_texts(said.get("aliases"))]
    near = shown.rstrip("/").rpartition("/")[0] if shown else ""
    whole = [one if one.startswith("/") or "://" in one else f"{near}/{one}" for one in former]
    bare = [re.sub(r"\Ahttps?://[^/]*", "", one) for one in whole]
    return [one for one in dict.fromkeys([shown or "", *bare]) if one]


def _pattern(path: str, settings: SiteSettings) -> str:
    rules = dict(settings.permalinks)
    if settings.kind == "jekyll" and _POST.match(path):
        return rules.get("", _STYLES["date"])
    if settings.kind == "hugo":
        below = _below_content(path)
        if below is None:
            return ""
        section = below.split("/")[0] if "/" in below else ""
        return rules.get(section, "/:sections/:slugorcontentbasename/")
    return ""


def _below_content(path: str) -> str | None:
    _, found, below = f"/{path}".partition("/content/")
    return below if found else None


def _names(path: str, said: Mapping[str, Value], title: str, date: str) -> dict[str, str]:
    """Return what the words of a pattern stand for; those that are not known are missing."""
    folder, _, file = path.rpartition("/")
    base = file.rpartition(".")[0]
    if base in ("index", "_index"):
        folder, _, base = folder.rpartition("/")
    post = _POST.match(path)
    own = _text(said.get("slug"))
    named = post[1] if post else base
    sections = (_below_content(f"{folder}/") or "").strip("/")
    categories = [slug(one) for one in _texts(said.get("categories")) or []]
    names = {
        "filename": base,
        "contentbasename": base,
        "slugorfilename": own or base,
        "slugorcontentbasename": own or base,
        "sections": sections,
        "section": sections.split("/")[0],
        "categories": "/".join(one for one in categories if one) if post else "",
        "title": (own or named) if post else slug(title, True),
        "slug": own or (named if post else slug(title, True)),
        "output_ext": ".html",
    }
    if found := re.match(r"(\d{4})-(\d\d)-(\d\d)", date):
        year, month, day = found.groups()
        names |= {"year": year, "month": month, "day": day, "short_year": year[2:]}
        names |= {"i_month": str(int(month)), "i_day": str(int(day))}
    return names


def _expanded(pattern: str, names: Mapping[str, str]) -> str | None:
    """Return a pattern with its words filled in; None where one is not known."""
    if any(word not in names for word in _TOKEN.findall(pattern)):
        return None
    made = _TOKEN.sub(lambda word: names[word[1]], pattern)
    return re.sub(r"/{2,}", "/", made if made.startswith("/") else f"/{made}")[:_LONGEST]


def _texts(value: "Value | None") -> list[str]:
    """Return a value's text, or the texts of a list."""
    found = value if isinstance(value, tuple) else (value,)
    return [text for one in found[:_MOST] if (text := _text(one))]
