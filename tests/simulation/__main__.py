"""Play many runs to their end, though some fail: `python -m tests.simulation FIRST COUNT`.

With `kinds` behind that, people make other kinds of lines of what is there, too; with `more`, they
and the hosts also do what they do more seldom; with `fixed`, they put links into the template's own
line; with `dense`, there are few messages, and what rare faults need is done all the time; with
`headings`, people make headings of bullets and bullets of headings. With `leaks`, what is off the
record is looked for in the file and in the store: it is gone, or named.

It names the seeds at which something was wrong, and says how long it took. What is needed of such a
run is found by `python -m tests.simulation.shrink SEED`.
"""

import asyncio
import sys
import time

from tests.simulation.test_simulation import DRAFTS
from tests.simulation.world import WAYS, World


def main(first: int, count: int, **ways: bool) -> int:
    """Play `count` runs from the seed `first` on, in these ways; return how many were wrong."""
    begun, wrong = time.process_time(), 0
    for seed in range(first, first + count):
        try:
            asyncio.run(World(seed, **ways).run(DRAFTS))
        except Exception as error:  # noqa: BLE001 - whatever it is, the seed tells it again
            wrong += 1
            print(f"{seed}: {type(error).__name__}: {error}", flush=True)
    took = time.process_time() - begun
    print(f"{count} runs from {first} on, {wrong} wrong, {took:.0f} s of CPU", flush=True)
    return wrong


if __name__ == "__main__":
    first, count = map(int, sys.argv[1:3])
    ways = {one: one in sys.argv for one in WAYS}
    sys.exit(bool(main(first, count, **ways)))
