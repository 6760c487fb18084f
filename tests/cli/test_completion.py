"""`rundown completion`: each shell completes commands, options and files by what it prints."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.needs import need
from tests.patience import LONGEST

RUNDOWN = Path(sys.executable).with_name("rundown")

BASH = """\
source "$1"
COMP_WORDS=("${@:2}") COMP_CWORD=$(($# - 2))
"$(complete -p rundown | sed 's/.*-F \\([^ ]*\\).*/\\1/')" rundown
printf '%s\\n' "${COMPREPLY[@]}"
"""


def script(folder: Path, shell: str) -> Path:
    done = subprocess.run(
        [RUNDOWN, "completion", shell], capture_output=True, text=True, check=True
    )
    path = folder / f"rundown.{shell}"
    path.write_text(done.stdout, encoding="utf-8")
    return path


def said(command: list[str], folder: Path) -> list[str]:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=LONGEST)
    assert done.returncode == 0, done.stderr
    return [line.split("\t")[0].strip() for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["rundown", "re"], {"replay", "restore"}),
        (["rundown", "replay", "--pro"], {"--profile"}),
        (["rundown", "completion", "z"], {"zsh"}),
        (["rundown", "backup", "old"], {"old.db"}),
        (["rundown", "export", "--db", "old"], {"old.db"}),
        (["rundown", "chat", "--db", "old"], {"old.db"}),
    ],
)
def test_bash_completes(tmp_path: Path, typed: list[str], offered: set[str]) -> None:
    need("bash")
    (tmp_path / "old.db").touch()
    path = script(tmp_path, "bash")
    assert set(said(["bash", "-c", BASH, "bash", str(path), *typed], tmp_path)) == offered


def test_fish_completes(tmp_path: Path) -> None:
    need("fish")
    path = script(tmp_path, "fish")
    line = f"source {path}; complete -C 'rundown re'"
    assert {"replay", "restore"} <= set(said(["fish", "--no-config", "-c", line], tmp_path))


def test_zsh_reads_it(tmp_path: Path) -> None:
    need("zsh")
    path = script(tmp_path, "zsh")
    line = f'autoload -Uz compinit; compinit -u -D; eval "$(<{path})"; print $_comps[rundown]'
    assert said(["zsh", "-f", "-c", line], tmp_path) == ["_shtab_rundown"]


def test_another_shell_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    done = subprocess.run([RUNDOWN, "completion", "tcsh"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "'bash', 'zsh', 'fish'" in done.stderr
