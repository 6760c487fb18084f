"""The shape of the paths of a site's episodes, whatever their folders and names are made of."""

import re

import pytest

from bot.core.survey.path_shape import path_shape


def shown(shape):
    """Return a shape as a text: `_posts/{date}-ep{number:3}.md`."""
    return "".join(
        part.text
        if part.name == "text"
        else f"{{{part.name}{f':{part.width}' if part.width else ''}}}"
        for part in shape.parts
    )


def days(*, first=1, count=10):
    return [f"2026-{first + at // 28:02}-{at % 28 + 1:02}" for at in range(count)]


NAMES = ["ant", "bee", "cat", "dog", "eel", "fox", "gnu", "hen", "ibis", "jay"]
NUMBERS = range(20, 10, -1)


@pytest.mark.parametrize(
    ("paths", "shape"),
    [
        ([f"ep/{n}.md" for n in NUMBERS], "ep/{number}.md"),
        ([f"ep/ep{n:03}.md" for n in NUMBERS], "ep/ep{number:3}.md"),
        ([f"ep{n}.md" for n in NUMBERS], "ep{number}.md"),
        ([f"ep/{n}.5.md" for n in NUMBERS], "ep/{number}.md"),
        ([f"_posts/{day}.md" for day in days()], "_posts/{date}.md"),
        ([f"_posts/{day}-{name}.md" for day, name in zip(days(), NAMES, strict=True)],
         "_posts/{date}-{slug}.md"),
        ([f"_posts/{day}-ep{n}.md" for day, n in zip(days(), NUMBERS, strict=True)],
         "_posts/{date}-ep{number}.md"),
        ([f"p/{n}-{name}.md" for n, name in zip(NUMBERS, NAMES, strict=True)],
         "p/{number}-{slug}.md"),
        ([f"p/s{n // 9:02}e{n:02}.md" for n in range(12, 2, -1)], "p/s{season:2}e{number:2}.md"),
        ([f"p/s{1 + n // 16}e{n:02}-{name}.md" for n, name in zip(NUMBERS, NAMES, strict=True)],
         "p/s{season}e{number}-{slug}.md"),
        ([f"p/{name}.md" for name in NAMES], "p/{slug}.md"),
        ([f"p/{name}/index.md" for name in NAMES], "p/{slug}/index.md"),
        ([f"p/{n}/index.md" for n in NUMBERS], "p/{number}/index.md"),
        ([f"p/{n:02}/{name}.md" for n, name in zip(NUMBERS, NAMES, strict=True)],
         "p/{number}/{slug}.md"),
        ([f"p/{2016 + n // 2}/{n}.md" for n in NUMBERS], "p/{year}/{number}.md"),
        ([f"p/{1990 + n // 2}/{n}.md" for n in NUMBERS], "p/{year}/{number}.md"),
        # A folder that repeats out of order is a month, in two digits, and else nothing known.
        ([f"p/2026/{n % 12 + 1:02}/{name}.md" for n, name in zip((9, 9, 3, 3, 11, 11, 5, 1, 1, 7),
                                                           NAMES, strict=True)],
         "p/{year}/{month}/{slug}.md"),
        ([f"p/{n}/{name}.md" for n, name in zip((9, 400, 3, 77, 1, 1, 9, 500, 2, 9), NAMES,
                                                strict=True)],
         "p/{slug}/{slug}.md"),
    ],
)  # fmt: skip
def test_paths_have_the_shape_that_all_of_them_fit(paths, shape):
    found = path_shape(paths)
    assert shown(found) == shape
    assert (found.seen, found.of) == (len(paths), len(paths))
    assert found.folder == shape.partition("{")[0].rpartition("/")[0]


def test_a_few_that_differ_are_not_counted_and_change_no_shape():
    paths = [f"ep/ep{n}.md" for n in range(40, 20, -1)]
    found = path_shape([*paths, "ep/news.md", "about.md"])
    assert (shown(found), found.seen, found.of) == ("ep/ep{number}.md", 20, 22)


def test_an_episode_is_told_from_a_page_of_the_folder_with_a_date():
    shape = path_shape([f"p/{n}.md" for n in NUMBERS])
    assert shape.beside(["p/news.md"]) is shape
    apart = re.compile(shape.beside(["p/2026-01-05-news.md"]).pattern)
    assert apart.fullmatch("p/57.md")
    dated = path_shape([f"p/{day}-ep{n}.md" for day, n in zip(days(), NUMBERS, strict=True)])
    assert dated.beside(["p/2026-01-05-news.md"]) is dated
