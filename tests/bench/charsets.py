"""Titles in every encoding of the web, ours beside Chromium's: `python -m tests.bench.charsets`.

Every label of the WHATWG Encoding standard (https://encoding.spec.whatwg.org/#names-and-labels) is
tried right and wrong, in the answer's header and in the page, and none; on pages that hold nothing
but a title and on pages with text. A row counts the pages of one encoding, length and declaration.
What a browser does with a label is the standard's to say; `python -m tests.bench.charsets 600
FILE` asks a Chromium, 600 seconds long, and counts its own answers instead. They are kept in FILE,
so that the next run goes on where this one ended.
"""

import asyncio
import hashlib
import itertools
import json
import re
import sys
import time
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import webencodings  # type: ignore[import-untyped]  # it has no types
from aiohttp import web

from bot.core.page.charset import decode
from bot.core.page.page import read_page
from bot.core.page.title_text import tidy
from tests.bench.browser import chromium
from tests.bench.charset_texts import LANGUAGES, TEXTS

LABELS: dict[str, list[str]] = defaultdict(list)
for _label, _name in sorted(webencodings.LABELS.items()):
    LABELS[_name].append(_label)

CODECS = {
    "gbk": "gbk", "shift_jis": "cp932", "euc-kr": "cp949", "iso-8859-8-i": "iso8859-8",
    "windows-874": "cp874", "macintosh": "mac-roman", "x-mac-cyrillic": "mac-cyrillic",
    "utf-16le": "utf-16-le", "utf-16be": "utf-16-be", "big5": "big5",
}  # fmt: skip
# A web page writes these in another way than Python's codec.
RESPELT = {"euc-jp": str.maketrans("～－", "〜−"), "iso-2022-jp": str.maketrans("～－", "〜−")}
RENAMED = {"gbk": "gb18030", "euc-jp": "euc_jp", "big5": "big5hkscs", "shift_jis": "cp932"}
DEFAULT = "windows-1252"
Row = tuple[str, str, str]
HEADER = re.compile("charset=([^;]+)")
META = re.compile("<meta charset=([^>]+)>")
TITLE = re.compile("<title>(.*?)</title>", re.DOTALL)
SHOWN = "[...document.querySelectorAll('iframe')].map(one => one.contentDocument.title)"
AT_ONCE = 50
APART = 31
TONES = "\u0300\u0301\u0303\u0309\u0323"
DECLARED = ("header", "page", "wrong header", "wrong page", "right header, wrong page", "none")


@dataclass(frozen=True)
class Case:
    """A page: its row, the title that it has, its bytes and what its header says."""

    row: Row
    title: str
    data: bytes
    content_type: str

    @property
    def key(self) -> str:
        """What tells it from every other page, from run to run."""
        return hashlib.sha256(self.data + b"\0" + self.content_type.encode()).hexdigest()[:24]


def cases() -> Iterator[Case]:
    turns = itertools.count()
    for name, languages in LANGUAGES.items():
        others = [label for other, each in LABELS.items() if other != name for label in each]
        for language in languages:
            for title in TEXTS[language]:
                # Some of the wrong labels with each title, each label with some titles.
                some = others[next(turns) % APART :: APART]
                text = " ".join(TEXTS[language])
                for length in ("short", "long"):
                    yield from _cases(name, title, text, length, some)


def _cases(name: str, title: str, text: str, length: str, others: list[str]) -> Iterator[Case]:
    text = f"<p>{text}.</p>\n" * 20 if length == "long" else ""

    def case(declared: str, header: str | None, page: str | None) -> Case:
        meta = f"<meta charset={page}>" if page else ""
        whole = f"<!doctype html><html><head>{meta}<title>{title}</title></head><body>{text}</body>"
        charset = f"; charset={header}" if header else ""
        data = encode(whole, name)
        return Case((name, length, declared), title, data, f"text/html{charset}")

    yield case("none", None, None)
    for label in LABELS[name]:
        yield case("header", label, None)
    for label in LABELS[name][::4]:
        yield case("page", None, label)
        yield case("right header, wrong page", label, "utf-8" if name != "utf-8" else "sjis")
    for label in others:
        yield case("wrong header", label, None)
        yield case("wrong page", None, label)


def encode(text: str, name: str) -> bytes:
    """Write a page as the standard's encoder does."""
    if name == "windows-1258":
        text = "".join(map(_tone_apart, text))
    return text.translate(RESPELT.get(name, {})).encode(CODECS.get(name, name))


def _tone_apart(letter: str) -> str:
    """Write a letter of Vietnamese as windows-1258 does, with its tone behind it."""
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(part for part in parts if part in TONES)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES)) + tone


def ours(case: Case) -> str:
    url = "http://127.0.0.1/a"
    page = read_page(case.data, content_type=case.content_type, url=url, status=200)
    return unicodedata.normalize("NFC", page.title or "")


def by_standard(case: Case) -> str | None:
    """Return the title that the standard has a browser show; None where it leaves that open.

    The answer's label counts, else the page's, as it stands there: nothing looks at the bytes.
    """
    if case.row[2] == "none":
        return None
    labels = (HEADER.search(case.content_type), META.search(case.data.decode("ascii", "replace")))
    label = next((found[1] for found in labels if found), None)
    encoding = webencodings.lookup(label) if label else None
    if encoding is None:
        return None
    name = encoding.name
    if labels[0] is None:  # in a page, which is read as ASCII so far, these cannot be meant
        name = {"utf-16le": "utf-8", "utf-16be": "utf-8", "x-user-defined": DEFAULT}.get(name, name)
    if name in ("replacement", "x-user-defined"):
        return ""
    if case.data.startswith((b"<\0", b"\0<")) and not name.startswith("utf-16"):
        return ""
    codec = RENAMED.get(name) or webencodings.lookup(name).codec_info.name
    is_straight = name.startswith(("utf-16", "iso-2022"))
    text = case.data.decode(codec, "replace") if is_straight else decode(case.data, codec)
    if name == "iso-2022-jp":
        text = text.translate({new: chr(old) for old, new in RESPELT[name].items()})
    shown = TITLE.search(text)
    return unicodedata.normalize("NFC", tidy(shown[1])) if shown else ""


async def theirs(cases: list[Case], seconds: float) -> dict[Case, str]:
    """Return the titles that Chromium shows, of as many pages as it opens in that time.

    Pages with a label are opened together, in frames; the others each by itself, since a frame
    without a label takes the one of the page around it.
    """

    async def answer(request: web.Request) -> web.Response:
        case = cases[int(request.match_info["at"])]
        return web.Response(body=case.data, headers={"Content-Type": case.content_type})

    async def frames(request: web.Request) -> web.Response:
        numbers = range(int(request.match_info["first"]), int(request.match_info["last"]))
        inner = "".join(f"<iframe src=/{at}></iframe>" for at in numbers)
        # What is not shown is read all the same, and quicker.
        head = "<!doctype html><style>iframe { display: none }</style>"
        return web.Response(text=head + inner, content_type="text/html")

    app = web.Application()
    app.router.add_get(r"/{at:\d+}", answer)
    app.router.add_get(r"/{first:\d+}/{last:\d+}", frames)
    runner = web.AppRunner(app)
    await runner.setup()
    found: dict[Case, str] = {}
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        root = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        async with chromium() as tab:
            until = time.monotonic() + seconds
            for first in range(0, len(cases), AT_ONCE):
                if time.monotonic() > until:
                    break
                some = cases[first : first + AT_ONCE]
                await tab.open(f"{root}{first}/{first + len(some)}", "Page.loadEventFired")
                shown = await tab.value(SHOWN)
                found |= {
                    case: unicodedata.normalize("NFC", tidy(title))
                    for case, title in zip(some, shown, strict=True)
                    if case.row[2] != "none"
                }
                for at, case in enumerate(some, first):
                    if case.row[2] == "none":
                        await tab.open(f"{root}{at}")
                        title = tidy(await tab.value("document.title"))
                        found[case] = unicodedata.normalize("NFC", title)
        return found
    finally:
        await runner.cleanup()


def shown_by_chromium(every: list[Case], seconds: float, file: Path | None) -> dict[Case, str]:
    """Return what Chromium shows, as far as it was asked in this run or those that FILE is of."""
    kept: dict[str, str] = json.loads(file.read_text()) if file and file.exists() else {}
    shuffled = sorted(every, key=lambda case: zlib.crc32(case.data))  # some of each row
    rest = [case for case in shuffled if case.key not in kept]
    if seconds and rest:
        kept |= {case.key: title for case, title in asyncio.run(theirs(rest, seconds)).items()}
        if file:
            file.write_text(json.dumps(kept))
    return {case: kept[case.key] for case in every if case.key in kept}


def main() -> None:
    """Print a table; with seconds to ask Chromium for, and a file to keep that, beside its own."""
    every = list(dict.fromkeys(cases()))
    seconds, file = (*sys.argv[1:], *("0", "")[len(sys.argv) - 1 :])[:2]
    shown = shown_by_chromium(every, float(seconds), Path(file) if file else None)
    totals: Counter[Row] = Counter()
    right: dict[str, Counter[Row]] = {"ours": Counter(), "theirs": Counter()}
    unlike = 0
    for case in every:
        standard = by_standard(case)
        title = shown.get(case, standard)
        if (
            case in shown
            and standard is not None
            and (shown[case] == case.title) != (standard == case.title)
        ):
            unlike += 1
            print("unlike the standard:", case.row, case.content_type, case.title, shown[case])
        if title is None:
            continue
        got = ours(case)
        totals[case.row] += 1
        right["ours"][case.row] += got == case.title
        right["theirs"][case.row] += title == case.title
        if title == case.title != got:
            print("worse:", case.row, case.content_type, case.title, got, file=sys.stderr)
    _print_table(totals, right)
    worse = [row for row in totals if right["ours"][row] < right["theirs"][row]]
    print(
        f"\n{totals.total()} pages, {len(totals)} rows; ours worse on {len(worse)}: {worse or ''}"
    )
    print(f"Chromium was asked for {len(shown)}; on {unlike} it did not do as the standard says")


def _print_table(totals: Counter[Row], right: dict[str, Counter[Row]]) -> None:
    print("| encoding | page |", " | ".join(DECLARED), "|")
    print("| --- | --- |", " ---: |" * len(DECLARED), sep="")
    for name, length in dict.fromkeys(row[:2] for row in totals):
        rows = [(name, length, declared) for declared in DECLARED]
        cells = [
            f"{right['ours'][row]} / {right['theirs'][row]} of {totals[row]}"
            if totals[row]
            else "–"
            for row in rows
        ]
        print(f"| {name} | {length} |", " | ".join(cells), "|")


if __name__ == "__main__":
    main()
