"""`make release`: builds an sdist and a wheel, and tries the wheel where nothing else is.

`python -m tests.release dist` installs the wheel of that folder into an empty environment, in a
folder of its own, and does the main job there: the demo, the podcast of tests/samples/, the doctor.
"""

import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import __version__
from tests.needs import ROOT
from tests.samples import podcast

PACKAGES = {"bot", "cogs", "storage"}


def built(folder: Path) -> tuple[Path, Path]:
    """Return the sdist and the wheel; stop where they hold what they may not."""
    sdist = folder / f"rundown-{__version__}.tar.gz"
    wheel = folder / f"rundown-{__version__}-py3-none-any.whl"
    found = {path for path in folder.iterdir() if path.suffix in (".gz", ".whl")}
    if found != {sdist, wheel}:
        sys.exit(f"{folder} holds {sorted(path.name for path in found)}")
    with zipfile.ZipFile(wheel) as whole:
        tops = {name.split("/")[0] for name in whole.namelist()}
    if tops - {f"rundown-{__version__}.dist-info"} != PACKAGES:
        sys.exit(f"the wheel holds {sorted(tops)}")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    if not {"pyproject.toml", "README.md", "LICENSE"} <= names:
        sys.exit("the sdist is not whole")
    return sdist, wheel


def check_version() -> None:
    """Stop where the changelog does not tell of this version, or a tag names another."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    told = re.findall(r"(?m)^## (\S+)", text)
    if ".dev" not in __version__ and __version__ not in told:
        sys.exit(f"CHANGELOG.md does not tell of {__version__}")
    tag = os.environ.get("TAG")
    if tag is not None and tag != f"v{__version__}":
        sys.exit(f"the tag is {tag}, and the version {__version__}")


def run(*command: str | Path, folder: Path, typed: str = "", code: int = 0) -> str:
    """Run a command with an environment that has nothing of ours; return what it printed."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        input=typed,
        capture_output=True,
        text=True,
        timeout=600,
        env={"PATH": os.defpath, "HOME": str(folder), "LC_ALL": "C.UTF-8", **_index()},
    )
    if done.returncode != code or "Traceback" in done.stderr:
        sys.exit(f"{' '.join(map(str, command))}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def _index() -> dict[str, str]:
    """Return where pip is told to look for packages."""
    return {name: value for name, value in os.environ.items() if name.startswith("PIP_")}


def try_out(wheel: Path, folder: Path) -> None:
    """Install the wheel and let it do the main job."""
    home = folder / "environment"
    venv.create(home, with_pip=True)
    lock = ROOT / "requirements.txt"
    pip = [home / "bin/python", "-m", "pip", "install", "-qq"]
    run(*pip, "--require-hashes", "-r", lock, folder=folder)
    run(*pip, "--no-deps", wheel, folder=folder)
    rundown = home / "bin/rundown"

    said = run(rundown, "--version", folder=folder)
    assert said == f"rundown {__version__}\n", said

    run(rundown, "chat", "--demo", "--offline", typed="/draft\n", folder=folder)
    [draft] = folder.glob("data/**/_posts/*-ep3.md")
    assert "crystals" in draft.read_text("utf-8")

    export = podcast.write_discord_export(folder / "export.json")
    files = ["--profile", podcast.PODCAST / "profile", "--lookups", podcast.LOOKUPS]
    files += ["--episode", podcast.EPISODE / "episode.yml"]
    said = run(rundown, "replay", export, *files, "--offline", folder=folder)
    assert said == podcast.expected(), said

    said = run(rundown, "doctor", folder=folder, code=1)  # no token is set: it says so
    assert "RUNDOWN_SITE" in said, said


def main() -> None:
    check_version()
    _, wheel = built(Path(sys.argv[1]).resolve())
    with TemporaryDirectory(prefix="rundown-release-") as folder:
        try_out(wheel, Path(folder))
    print(f"{wheel.name} does the main job in an empty environment.")


if __name__ == "__main__":
    main()
