"""Play many runs to their end, though some fail: `python -m tests.simulation FIRST COUNT`.

It names the seeds at which something was wrong, and says how long it took.
"""

import asyncio
import sys
import time

from tests.simulation.test_simulation import DRAFTS
from tests.simulation.world import World


def main(first: int, count: int) -> int:
    """Play `count` runs from the seed `first` on; return how many were wrong."""
    begun, wrong = time.process_time(), 0
    for seed in range(first, first + count):
        try:
            asyncio.run(World(seed).run(DRAFTS))
        except Exception as error:  # noqa: BLE001 - whatever it is, the seed tells it again
            wrong += 1
            print(f"{seed}: {type(error).__name__}: {error}", flush=True)
    took = time.process_time() - begun
    print(f"{count} runs from {first} on, {wrong} wrong, {took:.0f} s of CPU", flush=True)
    return wrong


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1]), int(sys.argv[2])) else 0)
