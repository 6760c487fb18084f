"""Serve what a measurement asks for in a process of its own, whose CPU and memory do not count."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from tests.bench.samples import real_pages
from tests.fakes.hostile_answers import hostile_cases
from tests.fakes.hostile_server import Answer, page, serve

LATENCY = 0.05
PAGES = 200


def slow_pages() -> dict[str, Answer]:
    """Return real pages where the samples are there, each 50 ms away."""
    pages = real_pages() or [b"<title>A page</title></head><body>" + b"<p>Text.</p>" * 5_000]
    return {f"/{n}": page(pages[n % len(pages)], after=LATENCY) for n in range(PAGES)}


def hostile_answers() -> dict[str, Answer]:
    return {f"/{name}": answer for name, (answer, _) in hostile_cases().items()}


ANSWERS: Mapping[str, Callable[[], Mapping[str, Answer]]] = {
    "slow": slow_pages,
    "hostile": hostile_answers,
}


@contextmanager
def served(what: str) -> Iterator[int]:
    """Start a server with these answers; return its port of 127.0.0.1."""
    command = [sys.executable, "-m", "tests.bench.server", what]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as server:
        yield int(server.stdout.readline())


async def main() -> None:
    async with serve(ANSWERS[sys.argv[1]]()) as server:
        print(server.port, flush=True)
        await asyncio.to_thread(sys.stdin.read)  # it ends when nobody listens any more


if __name__ == "__main__":
    asyncio.run(main())
