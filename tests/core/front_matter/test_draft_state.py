"""What is taken for a draft, spelling by spelling (docs/drafts.md)."""

from itertools import product

import pytest

from bot.core.front_matter.draft_state import draft_state, is_unpublished
from bot.core.front_matter.values import FrontMatterFault

DRAFTS = """
draft: true | draft: True | draft: TRUE | draft: 1 | draft: t | draft: "true" | draft: 'True'
"draft": true | 'draft' : true | draft : true | Draft: true | draft: true # not yet
draft: !!bool true | draft: true\\npublished: true
draft: !!bool "true" | draft: !!bool yes | draft: !!bool "yes" | draft: !!bool on | draft: !!bool 1
draft: !!str true | draft: !!str "true" | draft: !!str 1 | draft: !<tag:yaml.org,2002:str> true
draft: !mine true | draft: !!int 1 | published: !!str false\\ndraft: true
"""
HIDDEN = """
published: false | published: False | published: FALSE | published: no | published: No
published: NO | published: off | published: Off | published: OFF | published: | published: ~
published: null | "published": false | published : false # yet | draft: yes\\npublished: false
draft: false\\npublished: false | <<: {published: false} | published: !!bool "false"
x: &d {published: false}\\n<<: *d | <<: [{published: false}, {published: true}]
published: !!bool no | published: !!bool "no" | published: !!bool | published: !!null "false"
published: !!null | published: !mine false | published: !mine "false" | published: nO
published: fALSE | published: nULL
"""
PUBLISHED = """
title: x | draft: false | draft: no | draft: off | draft: | draft: ~ | draft: "yes" | draft: tRUE
draft: maybe | draft: 0 | draft: [true] | draft: {a: true} | params:\\n  draft: true
published: "false" | published: 'no' | published: true | published: n | published: 0
Published: false | published: [] | layout: draft | undraft: true
<<: {published: false}\\npublished: true | <<: false | x: {<<: {published: false}}
draft: !!str yes | draft: !!str on | draft: !!str false | draft: !mine yes | draft: !!bool false
draft: !!bool "no" | draft: !!null false | draft: !!int 0 | draft: !!str
published: !!bool n | published: !!str n | published: !!str true | published: !!binary false
published: >-\\n  false
"""
UNCLEAR = """
draft: yes | draft: Yes | draft: YES | draft: on | draft: On | draft: y | draft: Y
draft: !!null true | draft: !!int true | draft: !!float 1
published: !!str false | published: !!str "false" | published: !!str no | published: !!str
published: !<tag:yaml.org,2002:str> false | published: !str false
"""


def spellings(text: str) -> list[str]:
    parts = [part for line in text.split("\n") if line for part in line.split(" | ")]
    return [part.strip().replace("\\n", "\n") for part in parts]


@pytest.mark.parametrize(
    ("text", "state"),
    [(DRAFTS + HIDDEN, "draft"), (PUBLISHED, "published"), (UNCLEAR, "unclear")],
    ids=["draft", "published", "unclear"],
)
def test_what_front_matter_in_yaml_makes_of_a_page(text: str, state: str) -> None:
    forms = (("", "\n"), ("\ufeff", "\n"), ("", "\r\n"))
    for line, (start, end) in product(spellings(text), forms):
        lines = ["---", "title: x", *line.split("\n"), "---", "", "Body."]
        lines = [one for at, one in enumerate(lines) if one != "title: x" or line != "title: x"]
        page = start + end.join(lines)
        assert draft_state(page) == state, page
        assert is_unpublished(page) == (line in spellings(HIDDEN)), page


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("+++\ndraft = true\n+++\n", "draft"),
        ('+++\ndraft = "true"\n+++\n', "draft"),
        ("+++\npublished = false\n+++\n", "draft"),
        ("+++\n[params]\ndraft = true\n+++\n", "published"),
        ('{"draft": true}\n', "draft"),
        ('{"draft": "true"}\n', "draft"),
        ('{"draft": false, "published": false}\n', "draft"),
        ('{"published": null}\n', "published"),
        ('{"title": "draft: true"}\n', "published"),
        ("draft: true\n", "published"),
        ("", "published"),
    ],
)
def test_what_other_front_matter_makes_of_it_or_none(text: str, state: str) -> None:
    assert draft_state(text) == state
    assert is_unpublished(text) == ("published" in text and state == "draft")


@pytest.mark.parametrize(
    "text", ["---\ntitle: a: b\ndraft: true\n---\n", "+++\ndraft = True\n+++\n", '{"draft": tru}\n']
)
def test_what_cannot_be_read_is_said_to_be_so(text: str) -> None:
    with pytest.raises(FrontMatterFault):
        draft_state(text)
