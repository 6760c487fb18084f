"""Lists of the front matter, as a template writes them in each format, read back."""

import json
import tomllib

import pytest
import yaml

from bot.adapters.templates.client import TemplateWorker
from bot.core.model import Job
from bot.core.survey.keys import Key
from bot.core.survey.list_formats import JsonList, TomlList, YamlList

LINKS = [
    {"title": 'A "b"', "url": "https://a.example/"},
    {"title": "題", "url": "https://b.example/"},
]
MEMBERS = [
    {"name": "oka", "url": "https://o.example/"},
    {"name": "ミカ", "url": "https://m.example/"},
]
NAMES = {"links": LINKS, "tags": ["x", "y, z"], "starring": MEMBERS, "nothing": []}


def toml_of(text):
    return tomllib.loads(text)


def json_of(text):
    return json.loads(f"{{{text}}}")


FORMATS = {
    "yaml": (lambda key: YamlList(key, "  "), yaml.safe_load),
    "yaml at the margin": (lambda key: YamlList(key, ""), yaml.safe_load),
    "toml": (TomlList, toml_of),
    "json": (JsonList, json_of),
}


async def rendered(lines):
    async with TemplateWorker() as worker:
        [text] = await worker.render([Job("\n".join(lines), NAMES, "list")])
    return text


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("source", ["tags", "nothing"])
async def test_texts_are_a_list(name, source):
    lists, read = FORMATS[name]
    text = await rendered(lists(Key("k", "list", 9, 9)).texts(source, "one"))
    assert read(text) == {"k": NAMES[source]}


@pytest.mark.parametrize("source", ["tags", "nothing"])
async def test_a_list_in_one_line_stays_in_one(source):
    key = Key("k", "list", 9, 9, source="k: [a, b]")
    text = await rendered(YamlList(key, "  ").texts(source, "one"))
    assert len(text.splitlines()) == 1
    assert yaml.safe_load(text) == {"k": NAMES[source]}


@pytest.mark.parametrize("name", FORMATS)
async def test_tables_have_the_parts_that_the_sites_own_have(name):
    lists, read = FORMATS[name]
    parts = (("name", "one.title"), ("link", "one.url"))
    wanted = [{"name": one["title"], "link": one["url"]} for one in LINKS]
    shown = lists(Key("k", "tables", 9, 9))
    assert read(await rendered(shown.tables("links", parts))) == {"k": wanted}
    one_part = [{"name": one["title"]} for one in LINKS]
    assert read(await rendered(shown.tables("links", parts[:1]))) == {"k": one_part}
    none = read(await rendered(shown.tables("nothing", parts)))
    assert none == ({} if name == "toml" else {"k": []})


@pytest.mark.parametrize("name", ["yaml", "toml"])
async def test_parts_without_names_are_one_table_of_names_and_addresses(name):
    lists, read = FORMATS[name]
    text = await rendered(lists(Key("k", "table", 9, 9)).tables("starring", (("", ""),)))
    assert read(text) == {"k": {one["name"]: one["url"] for one in MEMBERS}}
    none = await rendered(lists(Key("k", "table", 9, 9)).tables("nothing", (("", ""),)))
    assert read(none) == {"k": {}}


@pytest.mark.parametrize(("kind", "value"), [("table", {}), ("tables", []), ("list", [])])
def test_what_nobody_knows_is_empty(kind, value):
    key = Key("k", kind, 9, 9)
    assert yaml.safe_load("\n".join(YamlList(key, "").empty())) == {"k": value}
    assert json_of("\n".join(JsonList(key).empty())) == {"k": value}
    assert TomlList(key).empty() == []
