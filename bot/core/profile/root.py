"""A site that stands in a folder of its repository: the profile's paths are seen from there."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.core.profile.further_files import FurtherFile
from bot.core.profile.number_source import NumberSource
from bot.core.profile.publish_rules import PublishRules
from bot.core.profile.template import Template
from bot.core.profile.yaml_nodes import Value, one_line

_NO_NAME = re.compile(r"[{}\\'\"\s]")


def read_root(value: Value) -> str:
    """Read `root`: a folder, from the repository's root, without slashes around it."""
    root = value.text(200).strip("/")
    if any(part in ("", ".", "..") for part in root.split("/")) or _NO_NAME.search(root):
        value.fail("root", value=one_line(value.text()))
    return root


def below(root: str, values: Mapping[str, object]) -> dict[str, object]:
    """Return those values of a profile that name places, put below a folder."""
    found: dict[str, object] = {}
    for name, value in values.items():
        if name == "path" and isinstance(value, Template):
            found[name] = _below(root, value)
        elif isinstance(value, NumberSource):
            found[name] = replace(value, root=root)
        elif isinstance(value, PublishRules):
            path, picture = (one and _below(root, one) for one in (value.path, value.picture))
            found[name] = replace(value, path=path, picture=picture)
        elif name == "files" and isinstance(value, tuple):
            found[name] = tuple(_file(root, one) for one in value)
    return found


def _file(root: str, file: FurtherFile) -> FurtherFile:
    if file.repository:
        return file  # the folder is one of the site's repository
    # A path that comes out empty makes no file, and no file below the folder.
    path, at = file.path, f"{{{{ '{root}/' ~ at | trim if at | trim }}}}"
    source = f"{{%- set at %}}{path.source}{{% endset %}}{at}"
    return replace(file, path=replace(path, source=source))


def _below(root: str, template: Template) -> Template:
    return replace(template, source=f"{root}/{template.source.lstrip()}")
