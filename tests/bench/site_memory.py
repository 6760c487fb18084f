"""What is known of a real site's episodes, beside plain scripts that know nothing of our parsers.

    python -m tests.bench.site_memory CHECKOUT [--queries]

CHECKOUT is a clone of the site with its profile in `.rundown/`. Prints the time and memory of the
index from nothing and after one commit; how many links recur, by the index and by a plain script;
how many titles of links to own episodes are as hosts wrote them; and with `--queries`, for 40
words in English and Japanese, in how many episodes they were found and in how many they should be.
"""

import argparse
import asyncio
import html
import re
import resource
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.adapters.git.site import LocalSite
from bot.core.document.pieces import links_in
from bot.core.profile.profile import Profile, load
from bot.core.site_index.addresses import own_place
from bot.core.site_index.profile_rules import episode_paths
from bot.core.site_index.words import query
from bot.core.urls import canonical
from bot.services.site_index.memory import SiteMemory
from bot.services.site_index.upkeep import SiteUpkeep
from storage import site_index_queries as sql
from storage.site_index import SqliteSiteIndex

JAPANESE = (
    *(
        "超伝導",
        "暗黒物質",
        "ダークマター",
        "量子",
        "論文",
        "物理学会",
        "宇宙",
        "ポスドク",
        "おたより",
    ),
    *(
        "高圧",
        "ロボット",
        "磁性",
        "京都",
        "実験",
        "留学",
        "半導体",
        "ゲーム",
        "望遠鏡",
        "導",
        "重力波",
    ),
    *("ニュートリノ", "人工知能"),
)
QUERIES = (
    *((one, one) for one in JAPANESE),
    ("超伝導 撤回", "超伝導", "撤回"),
    ("ＡＩ", r"\bai"),
    ("superconductor", r"\bsuperconductor"),
    ("superconductors", r"\bsuperconductor"),
    ("dark matter", r"\bdark\b", r"\bmatter"),
    ("experiments ", r"\bexperiment(?:s|al|ally|ed|ing)?\b"),
    ("neutrino", r"\bneutrino"),
    ("arxiv", r"\barxiv"),
    ("wikipedia", r"\bwikipedia"),
    ("quantum computing", r"\bquantum\b", r"\bcomput"),
    ("nobel", r"\bnobel"),
    ("github", r"\bgithub"),
    ("phys rev", r"\bphys\b", r"\brev"),
    ("materials", r"\bmateri"),
    ("galaxies", r"\bgalax(?:y|ies)"),
    ("postdoc", r"\bpostdoc"),
    ("magnetic ", r"\bmagnet(?:s|ism|ic|ize|ized|ization)?\b"),
    ("bonderm", r"\bbonderm"),
)
"""What is typed, and expressions that a line has to match, made by hand of the words' stems."""

_UNSEEN = re.compile(
    r"<!--.*?-->|```.*?```|!\[[^\]]*\]\([^)]*\)|<(?:iframe|script|audio|img|source|video)\b[^>]*>",
    re.S,
)
_FRONT = re.compile(r"\A(---|\+\+\+)\n(.*?)\n\1\n", re.S)
_TARGET = re.compile(r"\]\(\s*<?(https?://(?:[^\s()<>]|\([^\s()]*\))+)")
_BARE = re.compile(r"https?://[^\s<>\"'\]）」、。]+")


def plain_links(text: str) -> set[str]:
    """Return a page's addresses as a script finds them that knows no Markdown."""
    text = _UNSEEN.sub(" ", _FRONT.sub("", text))
    found = set(re.findall(r'href="(https?://[^"]+)"', text))
    text = re.sub(r"<(https?://[^>\s]+)>", r" \1 ", text)
    text = re.sub(r"<[a-zA-Z/][^>]*>", " ", text)
    found |= set(_TARGET.findall(text)) | set(
        re.findall(r"(?m)^\s*\[[^\]]+\]:\s*(https?://\S+)", text)
    )
    found |= {url.rstrip(".,;:)*") for url in _BARE.findall(_TARGET.sub(" ", text))}
    return {canonical(html.unescape(url)) for url in found}


def number_of(path: str) -> float:
    found = re.findall(r"\d+(?:\.\d+)?", path.rpartition("/")[2].rpartition(".")[0])
    return float(found[-1]) if found else 0.0


def recurring(by_page: Mapping[str, set[str]]) -> set[tuple[str, str]]:
    """Return the links that a page with a smaller number had."""
    seen: set[str] = set()
    found = set()
    for path in sorted(by_page, key=number_of):
        found |= {(path, url) for url in by_page[path] & seen}
        seen |= by_page[path]
    return found


def found_by(memory: SiteMemory, by_page: Mapping[str, set[str]]) -> set[tuple[str, str]]:
    """Return the same, as the index tells it of each page's links."""
    return {
        (path, url)
        for path, urls in by_page.items()
        for url in memory.earlier(urls, f"{number_of(path):g}")
    }


def own_titles(
    texts: Mapping[str, str], index: SqliteSiteIndex, upkeep: SiteUpkeep, name: str
) -> None:
    """Print how the titles of links to own episodes are beside what hosts wrote."""
    kinds: Counter[str] = Counter()
    for text in texts.values():
        for link in (link for line in text.splitlines() for link in links_in(line)):
            page = (
                index.at([place]).get(place)
                if (place := own_place(link.url, upkeep.settings))
                else None
            )
            if page is not None:
                made, wrote = (
                    f"{name} {page.number}: {page.title}",
                    (link.title or "").replace("\\", ""),
                )
                kinds[_kind(wrote, made, page.title)] += 1
    print(f"titles of {kinds.total()} links to own episodes:", dict(kinds))


def _kind(wrote: str, made: str, title: str) -> str:
    if wrote == made:
        return "equal to the letter"
    if _alike(title) in _alike(wrote):
        return "with the episode's title, in another form"
    return "the number alone, or words of their own"


def _alike(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def lines_with_topics(text: str) -> Iterator[tuple[str, str]]:
    """Yield the lines of a page with all that is indented below them, each with its heading."""
    topic, block = "", ""
    for line in [*_UNSEEN.sub(" ", _FRONT.sub("", text)).splitlines(), ""]:
        is_more = line.startswith((" ", "\t", ">")) or (
            block and not block.lstrip().startswith("-")
        )
        if line.strip() and block and is_more and not line.startswith("#"):
            block += "\n" + line
            continue
        if block:
            yield block, topic
        block = line if line.strip() else ""
        if line.startswith("#"):
            topic = line
    said = _FRONT.match(text)
    yield said[2] if said else "", ""


def should_be_in(texts: Mapping[str, str], wanted: tuple[str, ...]) -> set[str]:
    found = set()
    for path, text in texts.items():
        for block, topic in lines_with_topics(text):
            shown = re.sub(r"(https?://(?:www\.)?[^/\s)]+)[^\s)]*", r"\1", block).casefold()
            whole = f"{shown} {topic.casefold()}"
            if all(re.search(one, whole, re.ASCII) for one in wanted) and any(
                re.search(one, shown, re.ASCII) for one in wanted
            ):
                found.add(path)
    return found


async def queries(file: Path, index: SqliteSiteIndex, texts: Mapping[str, str]) -> None:
    """Print a table of queries."""
    print("\n| typed | episodes | should be | too many | missing | ms |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    total: Counter[str] = Counter()
    with sqlite3.connect(file) as db:
        paths = dict(db.execute("SELECT id, path FROM pages"))
        for typed, *wanted in QUERIES:
            asked = query(typed)
            assert asked is not None
            began = time.perf_counter()
            await SiteMemory(index).find(typed)
            took = (time.perf_counter() - began) * 1e3
            rows = db.execute(sql.FIND, (asked.begun, -1)).fetchall()
            came = {paths[(row >> 12) & 0xFFFFF] for (row,) in rows}
            should = should_be_in(texts, tuple(wanted))
            counts = (len(came), len(should), len(came - should), len(should - came))
            print(f"| {typed} | {' | '.join(map(str, counts))} | {took:.1f} |", flush=True)
            total.update(dict(enumerate(counts)))  # type: ignore[arg-type]  # by their places
    print(f"| **all** | {' | '.join(str(count) for _, count in sorted(total.items()))} | |")


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--queries", action="store_true")
    given = parser.parse_args()
    profile = load(
        (given.checkout / ".rundown/site.yml").read_text("utf-8"), "", default_name="Show"
    )
    site = await LocalSite.open(given.checkout)
    with TemporaryDirectory() as folder:
        index = SqliteSiteIndex(Path(folder, "index.db"))
        upkeep = SiteUpkeep(site=site, index=index, profile=lambda: profile)
        await timed(index, upkeep, site, profile)
        blobs = await site.blobs()
        paths = list(episode_paths(profile, blobs))
        contents = await site.contents([blobs[path] for path in paths], most=10**6)
        texts = {path: (data or b"").decode() for path, data in zip(paths, contents, strict=True)}
        by_page = {path: plain_links(text) for path, text in texts.items()}
        plain, ours = recurring(by_page), found_by(SiteMemory(index), by_page)
        print(f"links: {sum(map(len, by_page.values()))}; recur by a plain script: {len(plain)};",
              f"by the index: {len(ours)};",
              f"missing {len(plain - ours)}, false {len(ours - plain)}")  # fmt: skip
        own_titles(texts, index, upkeep, profile.name)
        if given.queries:
            await queries(Path(folder, "index.db"), index, texts)
        await index.aclose()


async def timed(
    index: SqliteSiteIndex, upkeep: SiteUpkeep, site: LocalSite, profile: Profile
) -> None:
    """Print how long the index takes from nothing and after a commit, and the memory."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    stop = asyncio.Event()
    held = asyncio.create_task(loop_held(stop))
    began, busy = time.perf_counter(), time.process_time()
    await upkeep.bring_up_to_date()
    whole, cpu = time.perf_counter() - began, time.process_time() - busy
    stop.set()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    known = await index.known(upkeep_state(upkeep, profile))
    path = max(known, key=number_of)
    await index.put([], [path])  # as a page is that a commit changed
    began, busy = time.perf_counter(), time.process_time()
    await upkeep.bring_up_to_date()
    one, one_cpu = time.perf_counter() - began, time.process_time() - busy
    print(f"{len(known)} pages from nothing: {whole:.2f} s ({cpu:.2f} s CPU),",
          f"{most / 1024:.0f} MB more at most,",
          f"the event loop held for {await held * 1e3:.0f} ms at most")  # fmt: skip
    print(f"after one commit: {one * 1e3:.0f} ms ({one_cpu * 1e3:.0f} ms CPU)")


def upkeep_state(upkeep: SiteUpkeep, profile: Profile) -> str:
    from bot.core.site_index.profile_rules import state_of

    return state_of(profile, upkeep.settings)


async def loop_held(stop: asyncio.Event) -> float:
    """Return for how long the event loop was held at most, in seconds."""
    most = 0.0
    while not stop.is_set():
        began = time.perf_counter()
        await asyncio.sleep(0.001)
        most = max(most, time.perf_counter() - began - 0.001)
    return most


if __name__ == "__main__":
    asyncio.run(main())
