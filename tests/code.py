"""`python -m tests.code PROGRAM …` is `python -c PROGRAM …`, which tests can have forked."""

import sys
from typing import Any


def main() -> None:
    program = sys.argv[1]
    sys.argv = ["-c", *sys.argv[2:]]
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(program, names)  # noqa: S102 - a test's own


if __name__ == "__main__":
    main()
