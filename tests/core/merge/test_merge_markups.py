"""AsciiDoc and Org are merged piece by piece: nothing of either side is lost or harmed."""

import pytest

from bot.core.document.version import Side
from bot.core.merge.merge import merge

ADOC = """= Episode 302

== Guests

* https://example.org/ann[Ann]

== Links

* https://example.org/a[A]
** a note
* https://example.org/b[B]

[source,python]
----
x = 1
----

[quote]
____
Words.
____
"""
ORG = """#+TITLE: Episode 302

* Guests

- [[https://example.org/ann][Ann]]

* Links
:PROPERTIES:
:CUSTOM_ID: links
:END:

** First part

- [[https://example.org/a][A]]
  - a note
- [[https://example.org/b][B]]

#+BEGIN_SRC python
x = 1
#+END_SRC
"""


@pytest.mark.parametrize("prefer", ["ours", "theirs"])
@pytest.mark.parametrize(
    ("base", "link", "after", "changes"),
    [
        (ADOC, "* https://example.org/new[New]\n", "* https://example.org/b[B]\n",
         (("[Ann]", "[Anna]"), ("** a note", "** a better note"), ("Words.", "Other words."))),
        (ORG, "- [[https://example.org/new][New]]\n", "- [[https://example.org/b][B]]\n",
         (("[Ann]", "[Anna]"), ("- a note", "- a better note"), ("x = 1", "x = 2"))),
    ],
    ids=["asciidoc", "org"],
)  # fmt: skip
def test_a_link_of_ours_and_the_words_of_people_are_both_there(base, link, after, changes, prefer):
    ours = base.replace(after, after + link)
    theirs = base
    for old, new in changes:
        assert old in theirs
        theirs = theirs.replace(old, new)
    result = merge(Side(base), Side(ours), Side(theirs), prefer=prefer)
    assert result.conflicts == ()
    assert result.text == theirs.replace(after, after + link)


@pytest.mark.parametrize("base", [ADOC, ORG], ids=["asciidoc", "org"])
def test_a_link_with_the_mark_of_markdown_becomes_no_heading(base):
    ours = base + "\n+ [new](https://example.org/new)\n"
    theirs = base.replace("A]", "Better A]")
    text = merge(Side(base), Side(ours), Side(theirs)).text
    assert sorted(text.split("\n")) == sorted([*theirs.split("\n"), "", text.split("\n")[-2]])
    assert text.split("\n")[-2].endswith("[new](https://example.org/new)")
