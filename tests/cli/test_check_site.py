"""`rundown check --site DIR`, as its own process against pages on this machine."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.pages import Pages, pages

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

RUNDOWN = str(Path(sys.executable).with_name("rundown"))


@pytest.fixture
async def served() -> AsyncIterator[Pages]:
    async with pages() as site:
        site.put("/good", "<title>Good</title>")
        site.put("/moved", "", status=301, Location=site.root + "/good")
        yield site


def site_of(folder: Path, root: str, *names: str) -> Path:
    """A site whose first page has links to these, and what is no page."""
    (folder / "_posts").mkdir(parents=True)
    links = "".join(f"- [{name}]({root}/{name})\n" for name in names)
    (folder / "_posts/ep1.md").write_text(f"---\ntitle: A\n---\n\n### T\n\n{links}", "utf-8")
    (folder / "_posts/ep2.md").write_text(f"---\ntitle: B\n---\n\n<{root}/gone>\n", "utf-8")
    (folder / "README.md").write_text(f"[a]({root}/readme)\n", "utf-8")
    return folder


async def started(site: Path, *arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(RUNDOWN, "check", "--site", str(site), "--allow-private", *arguments),
        cwd=site.parent,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "LC_ALL": "C.UTF-8", "RUNDOWN_NEVER_ASK": "archive.org"},
    )


async def check(site: Path, *arguments: str, code: int) -> tuple[list[str], str]:
    process = await started(site, *arguments)
    out, err = await process.communicate()
    assert process.returncode == code, err.decode()
    return out.decode().splitlines(), err.decode()


async def test_each_rotten_link_has_its_file_and_line_and_is_asked_once(
    served: Pages, tmp_path: Path
) -> None:
    site = site_of(tmp_path / "site", served.root, "good", "gone", "moved", "gone")
    lines, said = await check(site, code=1)
    root = served.root
    assert [line.split(maxsplit=2) for line in lines] == [
        ["_posts/ep1.md:8", f"{root}/gone", "it is gone (404)"],
        ["_posts/ep1.md:9", f"{root}/moved", f"it has moved to {root}/good"],
        ["_posts/ep1.md:10", f"{root}/gone", "it is gone (404)"],
        ["_posts/ep2.md:5", f"{root}/gone", "it is gone (404)"],
    ]
    assert said.strip() == "3 links, 4 findings."
    assert served.asked["/gone"] == 1
    assert served.asked["/readme"] == 0
    found = [json.loads(line) for line in (await check(site, "--json", code=1))[0]]
    assert [(one["line"], one["what"]) for one in found] == [
        (8, "gone"), (9, "moved"), (10, "gone"), (5, "gone"),
    ]  # fmt: skip
    assert found[1]["address"] == f"{root}/good"


async def test_where_all_is_well_the_exit_code_is_0(served: Pages, tmp_path: Path) -> None:
    served.put("/gone", "<title>Back again</title>")
    site = site_of(tmp_path / "site", served.root, "good")
    assert await check(site, code=0) == ([], "2 links, 0 findings.\n")


async def test_the_next_run_tells_the_titles_that_changed(served: Pages, tmp_path: Path) -> None:
    site = site_of(tmp_path / "site", served.root, "good")
    served.put("/gone", "<title>Back again</title>")
    await check(site, code=0)
    served.put("/good", "<title>Something else</title>")
    lines, _ = await check(site, code=1)
    assert lines[0].endswith("its title is “Something else” now")
    assert served.asked["/good"] == 2


async def test_an_interrupted_run_goes_on_behind_what_was_answered(
    served: Pages, tmp_path: Path
) -> None:
    site = site_of(tmp_path / "site", served.root, "good", "slow", "gone")
    served.put("/slow", "<title>Slow</title>")
    held = served.hold("/slow")
    process = await started(site)
    await held.asked.wait()
    state = tmp_path / "rundown-check.jsonl"
    while "/gone" not in (state.read_text("utf-8") if state.exists() else ""):  # noqa: ASYNC110
        await asyncio.sleep(0.02)  # another process writes it
    process.send_signal(signal.SIGINT)
    _, err = await process.communicate()
    assert process.returncode == 130
    assert "The same command goes on from rundown-check.jsonl" in err.decode()
    held.go.set()
    state.write_text(state.read_text("utf-8") + '{"url": "cut sho', "utf-8")
    lines, _ = await check(site, code=1)
    assert len(lines) == 2
    assert (served.asked["/gone"], served.asked["/slow"]) == (1, 2)
    assert [json.loads(line) for line in state.read_text("utf-8").splitlines()[-1:]] == [
        {"done": True}
    ]


async def test_what_is_no_state_is_not_written_over(served: Pages, tmp_path: Path) -> None:
    site = site_of(tmp_path / "site", served.root, "good")
    other = tmp_path / "letter.txt"
    other.write_text("Dear Mika\n", "utf-8")
    _, said = await check(site, "--state", str(other), code=2)
    assert "is not the state of a check" in said
    assert other.read_text("utf-8") == "Dear Mika\n"
