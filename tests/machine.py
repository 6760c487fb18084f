"""What the tests use of a machine beside Python: each thing's name, and what Debian calls it.

`.ci/run` installs what `python3 -m tests.machine` prints, so this module needs the standard
library alone.
"""

import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

POSTGRESQL = "/usr/lib/postgresql/*/bin"
"""Where Debian puts the programs of PostgreSQL's server."""


@dataclass(frozen=True)
class Need:
    """A thing that a test may need; without a probe, its name is a program's."""

    name: str
    packages: str
    probe: tuple[str, ...] = ()


def _ruby(code: str) -> tuple[str, ...]:
    return ("ruby", "-W0", "-e", code)


NEEDS = {
    need.name: need
    for need in (
        Need("make", "make"),
        Need("git", "git"),
        Need("bash", "bash"),
        Need("zsh", "zsh"),
        Need("fish", "fish"),
        Need("openssl", "openssl"),
        Need("ssh-keygen", "openssh-client"),
        Need("npm", "nodejs npm", ("npm", "--version")),
        # (Debian puts its programs where no PATH leads.)
        Need("postgresql", "postgresql", ("sh", "-c", f"ls {POSTGRESQL}/postgres")),
        Need("pgbouncer", "pgbouncer", ("/usr/sbin/pgbouncer", "--version")),
        Need("ffmpeg", "ffmpeg", ("ffmpeg", "-version")),
        Need("hugo", "hugo", ("hugo", "version")),
        Need("jekyll", "jekyll", ("jekyll", "--version")),
        Need(
            "kramdown and Liquid",
            "ruby ruby-kramdown ruby-kramdown-parser-gfm ruby-liquid",
            _ruby('require "kramdown"; require "kramdown-parser-gfm"; require "liquid"'),
        ),
        Need("minima", "jekyll-theme-minima", _ruby('Gem::Specification.find_by_name("minima")')),
        Need("jekyll-feed", "ruby-jekyll-feed", _ruby('require "jekyll-feed"')),
    )
}


@cache
def has(name: str) -> bool:
    """Return whether a thing is there and runs; an empty shim does not."""
    probe = NEEDS[name].probe
    if not probe:
        return shutil.which(name) is not None
    if shutil.which(probe[0]) is None:
        return False
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def absent(names: Iterable[str] = ()) -> list[Need]:
    """Return those of the named things, else of all, that are not there."""
    return [NEEDS[name] for name in tuple(names) or NEEDS if not has(name)]


if __name__ == "__main__":
    print("\n".join(package for need in absent() for package in need.packages.split()))
