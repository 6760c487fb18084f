"""`rundown find`, as its own process."""

import json
from pathlib import Path

from tests.cli.test_once import run
from tests.needs import need
from tests.services.desk.house import git, make_site

PAGE = "---\ntitle: '{n}: Title {n}'\n---\n\n### {topic}\n\n- [{words}]({url})\n"


def site_with_episodes(folder: Path) -> Path:
    site = make_site(folder)
    (site / "_posts").mkdir()
    (site / "_config.yml").write_text("url: https://show.example\npermalink: /:title\n")
    for n, topic, words in ((1, "超伝導の話", "A paper"), (2, "Robots", "Another paper")):
        text = PAGE.format(n=n, topic=topic, words=words, url=f"https://a.example/{n}")
        (site / f"_posts/2026-01-0{n}-ep{n}.md").write_text(text, encoding="utf-8")
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message=episodes")
    return site


def test_words_are_found_in_all_episodes_of_a_site(tmp_path: Path) -> None:
    need("git")
    site = site_with_episodes(tmp_path / "site")
    assert run("find", "pap", site=site) == (
        "2: Title 2 (2026-01-02): https://show.example/ep2\n  Robots: Another paper\n"
        "1: Title 1 (2026-01-01): https://show.example/ep1\n  超伝導の話: A paper\n"
    )
    [hit] = json.loads(run("find", "--json", "伝導", site=site))
    assert (hit["number"], hit["topic"], hit["kind"]) == ("1", "超伝導の話", "topic")
    assert "Nothing found for “robotic dogs”" in run("find", "robotic", "dogs", site=site, code=1)
    git(site, "rm", "--quiet", "_posts/2026-01-02-ep2.md")
    git(site, "commit", "--quiet", "--message=away")
    assert "Title 2" not in run("find", "paper", site=site)


def test_a_site_that_is_none_is_one_line(tmp_path: Path) -> None:
    need("git")
    said = run("find", "x", site=tmp_path / "nowhere", code=2)
    assert said.startswith("rundown: ")
    assert said.count("\n") == 1


def test_a_script_gets_all_places_and_a_person_is_told_that_there_are_more(tmp_path: Path) -> None:
    need("git")
    site = site_with_episodes(tmp_path / "site")
    lines = "".join(f"- [A paper {n}](https://a.example/more/{n})\n" for n in range(7))
    page = PAGE.format(n=3, topic="Seven", words="A paper", url="https://a.example/3") + lines
    (site / "_posts/2026-01-03-ep3.md").write_text(page, encoding="utf-8")
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message=third")
    assert len(json.loads(run("find", "--json", "paper", site=site))) == 10
    said = run("find", "paper", site=site)
    assert said.count("Seven: A paper") == 3
    assert said.endswith("There is more. Add a word to narrow it down.\n")


def test_nothing_to_look_for_is_an_error(tmp_path: Path) -> None:
    assert "Give one word or more" in run("find", " ", site=tmp_path, code=2)


def test_the_first_search_of_a_chat_script_waits_for_the_pages(tmp_path: Path) -> None:
    need("git")
    site = site_with_episodes(tmp_path / "site")
    said = run("chat", "--offline", site=site, given="/find another\n")
    assert "Robots: Another paper" in said
    assert "still being read" not in said


def test_a_folder_is_no_database_to_put_an_index_beside(tmp_path: Path) -> None:
    need("git")
    site = site_with_episodes(tmp_path / "site")
    (tmp_path / "work" / "folder").mkdir(parents=True)
    for named in (".", "", tmp_path / "work" / "folder"):
        said = run("find", "pap", "--db", str(named), site=site, code=2)
        assert "it must be a file" in said
        assert said.count("\n") == 1
    assert [path.name for path in (tmp_path / "work").rglob("*")] == ["folder"]
