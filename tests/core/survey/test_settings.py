"""What a profile that was learned says of the site, with what was counted, and its members."""

import pytest

from tests.core.survey.made_sites import links, odd
from tests.core.survey.test_survey import profile_of


def page(n):
    """Return a page of which every part is on another number of the newest twenty."""
    front = f"title: Podcast {n}\naudio: https://cdn.example/{n}.mp3\n"
    front += f"mood: {'calm' if n < 24 else 'loud'}\n"
    front += "explicit: false\n" if n % 4 else ""
    front += "rare: x\n" if n == 20 else ""
    body = f"## 1:{n:02} Start {odd(n)}\n\n" if n % 5 else "words\n\n"
    body += links(n, head="") if n % 7 else "words\n"
    body += f"{{% include x{odd(n)}.html %}}\n" if n % 3 else ""
    body += f'- [P{n}](https://p.example/{n} "P{n}")\n' * 9 if n % 9 else ""
    body += f"- a{n} | b\n" if n % 8 else ""
    return f"---\n{front}---\n\n{body}"


def test_a_profile_says_how_many_pages_do_what_it_tells():
    files = {f"ep/ep{n}.md": page(n) for n in range(1, 25)}
    settings = profile_of(files)[0].settings
    text = settings.replace("\n# ", " ")
    for count in (
        "20 newest episodes in ep",
        "20 of 20 are called so, the newest ep/ep24.md",
        "the newest is 24, the next 25",
        "16 of 20 have headings; topics are on level 2",
        "20 of 20 have lists",
        "20 of 20 can be read",
        "mood (19/20)",
        "rare (1/20)",
    ):
        assert count in text
    for what, counted in (("liquid: keep", 13), ("link_titles: true", 18), ("pipes: keep", 17)):
        [about] = [lines for lines in settings.split("\n\n") if lines.splitlines()[-1] == what]
        assert f"{counted} of 20" in about.replace("\n# ", " ")


@pytest.mark.parametrize(
    ("people", "members"),
    [
        ("hosts: [Ann, Bo]", [("Ann", {}), ("Bo", {})]),
        (
            "hosts:\n- name: Ann\n  url: https://ann.example\n  twitter-id: a\n- name: Bo\n",
            [("Ann", {"url": "https://ann.example", "twitter_id": "a"}), ("Bo", {})],
        ),
        (
            "hosts:\n  Ann: https://ann.example\n  Bo: https://bo.example\n",
            [("Ann", {"url": "https://ann.example"}), ("Bo", {"url": "https://bo.example"})],
        ),
        ("hosts:\n- url: https://ann.example\n- name: Bo\n", [("Bo", {})]),
    ],
)
def test_who_stars_in_the_newest_are_the_members(people, members):
    files = {
        f"ep/ep{n}.md": f"---\ntitle: Podcast {n}\n{people.strip()}\n---\n\n{links(n)}"
        for n in range(1, 25)
    }
    # In the newest somebody else stars: else the key were the same on all pages.
    files["ep/ep24.md"] = files["ep/ep24.md"].replace("Bo", "Cy")
    found = {one.name: one.fields() for one in profile_of(files)[1].members}
    names = [name for name, _ in members]
    assert list(found) == [*(name.replace("Bo", "Cy") for name in names), "Bo"]
    for name, more in members:
        assert {key: value for key, value in found[name].items() if key != "name"} == more
