"""What a draft costs on GitHub, in requests, against the local one with a clock of its own."""

import asyncio
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.core.git_ids import drafts_in
from bot.errors import SiteMoved
from bot.services.site_port import Change
from tests.adapters.github.github_house import PATH, House, change, github_house
from tests.bench.row import Row
from tests.fakes.descriptions import GRAPHQL

SHOWS, EACH, EDITS = 8, 25, 60


def requests_a_draft() -> Iterator[Row]:
    """Draft once with nothing in the way, then 200 times from 8 shows while a person edits."""
    if not GRAPHQL.file.exists():
        yield Row("requests to GitHub a draft", "not measured: no npm", "2")
        return
    yield from asyncio.run(_measured())


async def _measured() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="rundown-bench-") as folder:
        async with github_house(Path(folder)) as house:
            site = house.site()
            await site.commit(change(await site.look(PATH, number="57"), "# 57\n"))
            alone = house.asked()
            edits = iter(range(EDITS))

            def person(asked: object) -> None:
                if (n := next(edits, None)) is not None:
                    house.local.site.append(f"_posts/show{n % SHOWS}.md", f"- by hand {n}")

            house.local.before = person
            await asyncio.gather(*(_show(house, f"show{n}") for n in range(SHOWS)))
            messages = house.local.site.messages()
            made = sum(len(drafts_in(message)) for message in messages) - 1
            names = house.local.names()
            commits = sum(name == "Commit" for name in names)
            lost = SHOWS * EACH + EDITS - _lines(house)
            what = f"{made} drafts of {SHOWS} shows at once into one branch, {EDITS} edits by hand"
            return [
                Row("requests to GitHub a draft, nothing in the way", str(len(alone)), "2"),
                Row(f"{what}: requests a draft", f"{len(names) / made:.2f}"),
                Row(f"{what}: commits asked for; writes a minute at most",
                    f"{commits}; {house.local.writes_in(60)}", "; < 80"),
                Row(f"{what}: lines lost", str(lost), "0"),
            ]  # fmt: skip


async def _show(house: House, name: str) -> None:
    site, path = house.site(), f"_posts/{name}.md"
    for n in range(EACH):
        while True:
            seen = await site.look(path, number=name)
            text = (seen.data or b"").decode() + f"- {name} link {n}\n"
            try:
                await site.commit(Change(path, text, seen, name, (f"Rundown-Draft: {name}-{n}",)))
                break
            except SiteMoved:
                continue


def _lines(house: House) -> int:
    texts = [house.local.site.read(f"_posts/show{n}.md") or "" for n in range(SHOWS)]
    return sum(len(set(re.findall(r"(?m)^- .*$", text))) for text in texts)


ALL = (requests_a_draft,)
