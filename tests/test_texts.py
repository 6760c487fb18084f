"""Every text is there in both languages, is given what it needs, and is said somewhere."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from string import Formatter

import pytest

from bot import errors
from bot.local import chat
from bot.services.desk.command_table import SETUP
from tests.needs import ROOT

TEXTS = {
    f"{path.stem}.{what}": pair
    for path in sorted((ROOT / "bot/texts").glob("[a-z]*.py"))
    for what, pair in import_module(f"bot.texts.{path.stem}").TEXTS.items()
}
ALL = (*chat.ALL, SETUP)
SAYERS = {"say"} | {
    name
    for name, thing in vars(errors).items()
    if isinstance(thing, type) and issubclass(thing, errors.RundownError)
}
SHAPE = re.compile(r"[a-z_]+\.[a-z0-9.-]+")
SOURCES = {
    str(path.relative_to(ROOT)): path.read_text("utf-8")
    for top in ("bot", "cogs", "storage")
    for path in sorted((ROOT / top).rglob("*.py"))
    if path.parent != ROOT / "bot/texts"
}


@cache
def parsed(source: str) -> ast.Module:
    return ast.parse(source)


@dataclass(frozen=True)
class Said:
    """A place in the source that says a text; `given` is None where that is known only later."""

    where: str
    name: str
    given: frozenset[str] | None


def said(source: str, where: str = "x.py") -> Iterator[Said]:
    """Yield the calls that say a text whose name stands there: `say`, an error, `request.say`."""
    for node in ast.walk(parsed(source)):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="say", value=ast.Name(id="request")),
                args=[ast.Constant(value=str(what)), *_],
            ):
                names = [f"desk.{what}"]
            case ast.Call(
                func=ast.Name(id=sayer) | ast.Attribute(attr=sayer),
                args=[ast.Constant() | ast.IfExp() as name, *_],
            ) if sayer in SAYERS:
                names = [each for each in strings(name) if SHAPE.fullmatch(each)]
            case _:
                continue
        keywords = [keyword.arg for keyword in node.keywords]
        given = None if None in keywords else frozenset(filter(None, keywords))
        yield from (Said(f"{where}:{node.lineno}", name, given) for name in names)


def strings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)):
                yield text


def beginnings(tree: ast.AST) -> Iterator[str]:
    """Yield what stands before the first blank of f-strings: `desk.`, `desk.no-such-`."""
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr(values=[ast.Constant(value=str(start)), _, *_]):
                yield start


def unsaid(sources: list[str]) -> set[str]:
    """Return the texts that no source names: whole, in part, or after an area."""
    trees = [parsed(source) for source in sources]
    whole = {text for tree in trees for text in strings(tree)}
    begun = {start for tree in trees for start in beginnings(tree) if start.endswith(("-", "."))}
    if {"one", "many"} <= whole:  # the ends that a count puts behind a name
        whole |= {f"{text}-{end}" for text in whole for end in ("one", "many")}
    found = set()
    for name in TEXTS:
        area, _, what = name.partition(".")
        put_before = f"{area}." in begun
        parts = tuple(start for start in begun if start != f"{area}.")
        is_whole = name in whole or (put_before and what in whole)
        if not (is_whole or name.startswith(parts) or (put_before and what.startswith(parts))):
            found.add(name)
    return found


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def lacking(call: Said) -> set[str]:
    english, _ = TEXTS[call.name]
    return set() if call.given is None else placeholders(english) - call.given


@cache
def calls() -> list[Said]:
    return [call for where, source in SOURCES.items() for call in said(source, where)]


def takes_the_same_values(english: str, japanese: str) -> bool:
    names = placeholders(english)
    return names == placeholders(japanese) and all(map(str.isidentifier, names))


def has_words_in_both(english: str, japanese: str) -> bool:
    words = re.search("[A-Za-z]", re.sub(r"\{\w+\}", "", english))
    return bool(words) == bool(re.search("[ぁ-ヿ一-鿿]", japanese))


def is_one_line(text: str) -> bool:
    return text == text.rstrip() and len(text.splitlines()) == 1


# (One test for all texts, as one each would be a quarter of the suite.)


def test_every_text_takes_the_same_values_in_both_languages():
    assert {name for name, pair in TEXTS.items() if not takes_the_same_values(*pair)} == set()


def test_every_text_with_words_has_them_in_japanese_too():
    assert {name for name, pair in TEXTS.items() if not has_words_in_both(*pair)} == set()


def test_every_text_is_one_line_unless_it_is_a_page():
    long = {name for name, pair in TEXTS.items() if not all(map(is_one_line, pair))}
    pages = {name for name in long if re.search(r"-page$|\bhelp\b", name)}
    assert long - pages == set()
    assert all(text == text.rstrip() for name in pages for text in TEXTS[name])


def test_every_command_and_its_options_are_described_in_both_languages():
    described = {
        (command.name, option and option.name, language): command.about(language, option)
        for command in ALL
        for option in (None, *command.options)
        for language in ("en", "ja")
    }
    wrong = {which for which, text in described.items() if not 0 < len(text) <= 100}
    assert wrong == set()  # Discord takes no more


@pytest.mark.parametrize(
    ("check", "pair"),
    [
        (takes_the_same_values, ("{a}", "{b}")),
        (takes_the_same_values, ("{}", "{}")),
        (has_words_in_both, ("One", "1")),
        (has_words_in_both, ("{n}", "何")),
    ],
)
def test_a_pair_that_is_wrong_is_seen(check, pair):
    assert not check(*pair)


@pytest.mark.parametrize("text", ["a\nb", "a ", ""])
def test_what_is_not_one_line_is_seen(text):
    assert not is_one_line(text)


def test_whatever_is_said_is_a_text():
    assert [call for call in calls() if call.name not in TEXTS] == []


def test_a_text_is_given_all_its_values():
    assert [(call, lacking(call)) for call in calls() if call.name in TEXTS and lacking(call)] == []


def test_every_text_is_said_somewhere():
    described = {
        f"{command.area}.{'.'.join([command.name.replace(' ', '-'), *option])}"
        for command in ALL
        for option in ([], *([option.name] for option in command.options))
    }
    assert unsaid(list(SOURCES.values())) - described == set()


def test_a_text_that_is_missing_or_lacks_a_value_is_seen():
    source = """
raise SettingsError("settings.pair" if odd else "settings.no-such", name=1)
request.say("no-such")
error.say("ja")
say("settings.pair", language, **values)
"""
    pair, missing, short, later = said(source)
    assert lacking(pair) == {"other"}
    assert missing.name not in TEXTS
    assert short == Said("x.py:3", "desk.no-such", frozenset())
    assert later == Said("x.py:5", "settings.pair", None)


def test_a_text_that_nobody_says_is_seen():
    assert "settings.pair" in unsaid(["x = 'pair', 'settings'"])
    assert "settings.pair" not in unsaid(["x = 'settings.pair'"])
    assert "settings.pair" not in unsaid(["x = f'settings.{what}'", "say_setting('pair')"])
    assert "settings.app-id" not in unsaid(["x = f'settings.app-{what}'"])
