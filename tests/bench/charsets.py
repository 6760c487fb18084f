"""Titles in every encoding of the web, ours beside Chromium's: `python -m tests.bench.charsets`.

Every label of the WHATWG Encoding standard (https://encoding.spec.whatwg.org/#names-and-labels) is
tried right and wrong, in the answer's header and in the page, and none; on pages that hold nothing
but a title and on pages with text. A row counts the pages of one encoding, length and declaration.
"""

import asyncio
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import webencodings  # type: ignore[import-untyped]  # it has no types
from aiohttp import web

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
APART = 13
TONES = "\u0300\u0301\u0303\u0309\u0323"
DECLARED = ("header", "page", "wrong header", "wrong page", "right header, wrong page", "none")


@dataclass(frozen=True)
class Case:
    """A page: its row, the title that it has, its bytes and what its header says."""

    row: tuple[str, str, str]
    title: str
    data: bytes
    content_type: str


def cases() -> Iterator[Case]:
    for name, languages in LANGUAGES.items():
        others = [each[0] for other, each in LABELS.items() if other != name]
        for language in languages:
            for at, title in enumerate(TEXTS[language]):
                for length in ("short", "long"):  # some of the wrong labels with each title
                    text = " ".join(TEXTS[language])
                    some = others[(7 * at + len(title)) % APART :: APART]
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


async def theirs(all_cases: list[Case]) -> list[str]:
    """Return the titles that Chromium shows."""

    async def answer(request: web.Request) -> web.Response:
        case = all_cases[int(request.match_info["at"])]
        return web.Response(body=case.data, headers={"Content-Type": case.content_type})

    app = web.Application()
    app.router.add_get(r"/{at:\d+}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        root = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        async with chromium() as tab:
            found = []
            for at in range(len(all_cases)):
                await tab.open(f"{root}{at}")
                found.append(unicodedata.normalize("NFC", tidy(await tab.value("document.title"))))
            return found
    finally:
        await runner.cleanup()


def main() -> None:
    every = list(dict.fromkeys(cases()))
    browser = asyncio.run(theirs(every))
    totals: Counter[tuple[str, str, str]] = Counter()
    rights: dict[str, Counter[tuple[str, str, str]]] = {"ours": Counter(), "Chromium": Counter()}
    for case, shown in zip(every, browser, strict=True):
        got = ours(case)
        totals[case.row] += 1
        rights["ours"][case.row] += got == case.title
        rights["Chromium"][case.row] += shown == case.title
        if shown == case.title != got and "-v" in sys.argv:
            print(case.row, case.content_type, case.title, got, file=sys.stderr)
    print("| encoding | page |", " | ".join(DECLARED), "|")
    print("| --- | --- |", " ---: |" * len(DECLARED), sep="")
    for name, length in dict.fromkeys(row[:2] for row in totals):
        cells = [
            f"{rights['ours'][row]} / {rights['Chromium'][row]} of {totals[row]}"
            for row in ((name, length, declared) for declared in DECLARED)
        ]
        print(f"| {name} | {length} |", " | ".join(cells), "|")
    worse = [row for row in totals if rights["ours"][row] < rights["Chromium"][row]]
    print(f"\n{len(every)} pages, {len(totals)} rows; ours worse on {len(worse)}: {worse or ''}")


if __name__ == "__main__":
    main()
