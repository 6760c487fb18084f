"""`rundown completion`: what a shell needs to complete our commands, options and files."""

import argparse
from pathlib import Path

import shtab


def completion(parser: argparse.ArgumentParser, shell: str) -> int:
    """Print the shell's script; its help texts are in the parser's language."""
    _name_files(parser)
    print(shtab.complete(parser, shell))
    return 0


def _name_files(parser: argparse.ArgumentParser) -> None:
    """Say of every argument that is a path that files complete it, or folders."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                _name_files(command)
        elif action.type is Path or action.metavar in ("SITE", "FILE", "DB"):
            kind = shtab.DIRECTORY if action.metavar == "DIR" else shtab.FILE
            action.complete = kind  # type: ignore[attr-defined]  # shtab looks for it there
