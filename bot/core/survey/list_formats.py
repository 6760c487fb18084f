"""How a template writes a list of the front matter, in each of its formats."""

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence

from bot.core.survey.keys import Key


class ListFormat(ABC):
    """How the template writes the list of a key."""

    def __init__(self, key: Key) -> None:
        self.name = key.name
        self.key = key

    @abstractmethod
    def texts(self, source: str, one: str) -> list[str]:
        """Return the lines of a list of texts: the expression `one` for each of `source`."""

    @abstractmethod
    def tables(self, source: str, parts: Sequence[tuple[str, str]]) -> list[str]:
        """Return the lines of a list of tables; `parts` are their keys, each with its expression.

        Of parts without names a single table is made, of the names and addresses in `source`.
        """

    @abstractmethod
    def empty(self) -> list[str]:
        """Return the lines of a list with nothing in it."""


class YamlList(ListFormat):
    """A list in YAML, in one line or with an item a line, as the site has it."""

    def __init__(self, key: Key, indent: str) -> None:
        super().__init__(key)
        self._indent = indent

    def texts(self, source: str, one: str) -> list[str]:
        if re.match(r"[^\n]*:[ \t]*\[", self.key.source):
            shown = f"{{% for one in {source} %}}{{{{ {one} | yaml }}}}"
            return [f"{self.name}: [{shown}{{{{ ', ' if not loop.last }}}}{{% endfor %}}]"]
        return [
            f"{self.name}:", f"{{%- for one in {source} %}}",
            f"{self._indent}- {{{{ {one} | yaml }}}}", "{%- else %} []", "{%- endfor %}",
        ]  # fmt: skip

    def _rows(self, parts: Sequence[tuple[str, str]]) -> list[str]:
        marks = [f"{self._indent}- ", *[f"{self._indent}  "] * (len(parts) - 1)]
        return [f"{mark}{name}: {{{{ {one} | yaml }}}}"
                for mark, (name, one) in zip(marks, parts, strict=True)]  # fmt: skip

    def tables(self, source: str, parts: Sequence[tuple[str, str]]) -> list[str]:
        if parts == (("", ""),):
            rows = ["  {{ one.name | yaml }}: {{ one.url | yaml }}"]
            end = "{%- else %} {}"
        else:
            rows, end = self._rows(parts), "{%- else %} []"
        return [f"{self.name}:", f"{{%- for one in {source} %}}", *rows, end, "{%- endfor %}"]

    def empty(self) -> list[str]:
        return [f"{self.name}: {{}}" if self.key.kind == "table" else f"{self.name}: []"]


class TomlList(ListFormat):
    """A list in TOML; its tables stand behind all other keys."""

    def texts(self, source: str, one: str) -> list[str]:
        shown = f"{{% for one in {source} %}}{{{{ {one} | toml }}}}"
        return [f"{self.name} = [{shown}{{{{ ', ' if not loop.last }}}}{{% endfor %}}]"]

    def _rows(self, parts: Sequence[tuple[str, str]]) -> list[str]:
        return ["", f"[[{self.name}]]",
                *(f"{name} = {{{{ {one} | toml }}}}" for name, one in parts)]  # fmt: skip

    def tables(self, source: str, parts: Sequence[tuple[str, str]]) -> list[str]:
        if parts == (("", ""),):
            rows = ["{{ one.name | toml }} = {{ one.url | toml }}"]
            return [f"\n[{self.name}]", f"{{%- for one in {source} %}}", *rows, "{%- endfor %}"]
        return [f"{{%- for one in {source} %}}", *self._rows(parts), "{%- endfor %}"]

    def empty(self) -> list[str]:
        return []


class JsonList(ListFormat):
    """A list in JSON, in one line."""

    def texts(self, source: str, one: str) -> list[str]:
        shown = f"{{% for one in {source} %}}{{{{ {one} | json }}}}"
        return [f'"{self.name}": [{shown}{{{{ ", " if not loop.last }}}}{{% endfor %}}]']

    def _rows(self, parts: Sequence[tuple[str, str]]) -> str:
        shown = ", ".join(f"{json.dumps(name)}: {{{{ {one} | json }}}}" for name, one in parts)
        return f"{{{shown}}}".replace("{{{", "{ {{").replace("}}}", "}} }")

    def tables(self, source: str, parts: Sequence[tuple[str, str]]) -> list[str]:
        if parts == (("", ""),):
            return self.empty()
        shown = f"{{% for one in {source} %}}{self._rows(parts)}"
        return [f'"{self.name}": [{shown}{{{{ ", " if not loop.last }}}}{{% endfor %}}]']

    def empty(self) -> list[str]:
        return [f'"{self.name}": {"{}" if self.key.kind == "table" else "[]"}']
