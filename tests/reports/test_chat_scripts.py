"""What use and reports showed to be wrong, as data: played in the local chat on a fresh site."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.needs import need
from tests.reports.script import Play, check_text

# Each worker reads all of it before its first test: by libyaml, where it is there.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
CASES = [
    case
    for file in sorted(Path(__file__).parent.glob("*.yml"))
    for case in yaml.load(file.read_text(encoding="utf-8"), LOADER)  # noqa: S506 - it is safe
]


@pytest.mark.parametrize("case", [pytest.param(one, id=one["id"]) for one in CASES])
async def test_what_reports_showed_is_right(tmp_path: Path, case: dict[str, Any]) -> None:
    need("git")
    play = Play(tmp_path)
    play.begin(case.get("site", "jekyll"))
    await play.play(case["steps"], live=case.get("live", False))
    right = case["right"]
    check_text(play.said + play.errors, right.get("said", {}))
    assert play.code == right.get("exit", play.code)
    _check_files(play, right.get("files", {}))
    if "episodes" in right:
        listed = await play.episodes()
        for number, state in right["episodes"].items():
            check_text(listed, {"match": [rf"\b{number}\b.*\b{state}\b"]})


def _check_files(play: Play, right: dict[str, Any]) -> None:
    drafts = play.drafts()
    for end, wanted in right.items():
        found = [path for name, path in drafts.items() if name.removesuffix(".md").endswith(end)]
        if wanted == "none":
            assert found == []
            continue
        (path,) = found
        text = path.read_bytes().decode()
        if wanted == "as people left it":
            assert text == play.left
        else:
            check_text(text, wanted)
