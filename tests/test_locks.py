"""The locks fit pyproject.toml. Where a test here fails: `make lock`."""

import re
import tomllib
from importlib.metadata import requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.needs import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
GROUPS = PROJECT["dependency-groups"]
RUNTIME = PROJECT["project"]["dependencies"] + GROUPS["build"]
ON_SERVER = RUNTIME + PROJECT["project"]["optional-dependencies"]["postgresql"]
LOCKS = {
    "requirements.txt": RUNTIME,
    "requirements-postgresql.txt": ON_SERVER,
    "requirements-dev.txt": RUNTIME + GROUPS["dev"],
}
PIN = re.compile(r"^(\S+==[^\\\n]+) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M)


def pins(lock: str) -> dict[str, tuple[Requirement, str]]:
    """Return what a lock pins, by name: the pin, and its hashes as they stand there."""
    found = PIN.findall((ROOT / lock).read_text("utf-8"))
    by_name = {Requirement(pin).name: (Requirement(pin), hashes) for pin, hashes in found}
    assert len(by_name) == len(found)
    return by_name


def applies(requirement: Requirement, extras: set[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras or {""})


def needed(asked: list[str]) -> set[str]:
    """Return the names of all packages that these requirements need on this machine."""
    found: set[str] = set()
    seen: set[str] = set()
    while asked:
        text = asked.pop()
        requirement = Requirement(text)
        if text not in seen:
            seen.add(text)
            name = canonicalize_name(requirement.name)
            found.add(name)
            below = [Requirement(each) for each in requires(name) or ()]
            asked += [str(each) for each in below if applies(each, requirement.extras)]
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_within_its_range(lock):
    pinned = pins(lock)
    for requirement in map(Requirement, LOCKS[lock]):
        pin, _ = pinned[canonicalize_name(requirement.name)]
        (version,) = pin.specifier
        assert requirement.specifier.contains(version.version), requirement


@pytest.mark.parametrize("lock", LOCKS)
def test_what_is_pinned_is_what_is_needed(lock):
    pinned = {name for name, (pin, _) in pins(lock).items() if applies(pin, set())}
    asked = [each for each in LOCKS[lock] if applies(Requirement(each), set())]
    assert pinned == needed(asked)


def test_the_tests_run_on_what_users_run():
    users, tests = (
        {name: (pin.specifier, hashes) for name, (pin, hashes) in pins(lock).items()}
        for lock in ("requirements.txt", "requirements-dev.txt")
    )  # not on which Pythons: a tool may need on all what users need on some
    assert users.items() <= tests.items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_pins_with_hashes_and_says_nothing_of_where_it_was_made(lock):
    rest = PIN.sub("", (ROOT / lock).read_text("utf-8"))
    assert all(line.lstrip().startswith("#") for line in rest.splitlines())
    assert "/" not in rest  # no address, no path


def test_the_installer_is_the_one_that_the_makefile_names():
    (named,) = re.findall(r"^UV := (\S+)$", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert {str(pin) for pin, _ in pins("requirements-uv.txt").values()} == {f"uv=={named}"}


def test_every_action_is_pinned_by_its_hash_and_says_its_version():
    workflows = (ROOT / ".github/workflows").glob("*.yml")
    uses = [line for path in workflows for line in re.findall(r"uses: .*", path.read_text("utf-8"))]
    pinned = re.compile(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert len(uses) > 4
    assert [line for line in uses if not pinned.fullmatch(line)] == []
