"""Which pages of a repository are a show's episodes, and in which order."""

import pytest

from bot.core.survey.families import families, looked_at, named


def repository(**groups):
    """Return pages by their path: so many of a name, each with a text of its own."""
    files = {}
    for pattern, text in groups.values():
        files |= {pattern.format(n=n): text.format(n=n) for n in range(1, 25)}
    return files


def found(files):
    return [family.folder for family in families(files, files.get)]


LINKS = "- https://a.example/{n}\n- https://b.example/{n}\n- https://c.example/{n}\n"
SOUND = "---\ntitle: A {n}\naudio: https://cdn.example/{n}.mp3\n---\n\n"
DATED = SOUND.replace("audio", "date: 2026-01-05\naudio", 1)
PLAIN = "---\ntitle: A {n}\n---\n\n"


@pytest.mark.parametrize(
    ("episodes", "others"),
    [
        # pages that have a sound file are episodes, others are not
        (("a/{n}.md", SOUND), ("b/{n}.md", PLAIN + LINKS)),
        # so are those in a folder that says so
        (("podcast/{n}.md", PLAIN), ("b/{n}.md", PLAIN + LINKS)),
        (("b/podcast-{n}.md", PLAIN), ("a/post-{n}.md", PLAIN + LINKS)),
    ],
)
def test_pages_that_speak_of_a_podcast_are_its_episodes(episodes, others):
    files = repository(episodes=episodes, others=others)
    assert found(files) == [episodes[0].rpartition("/")[0]]


def test_a_page_in_a_folder_of_its_own_is_called_as_that_is():
    text = PLAIN + LINKS
    assert found(repository(a=("content/ep{n}/index.md", text))) == ["content"]
    assert found(repository(a=("content/ep{n}/index.ja.md", text))) == ["content"]
    assert found(repository(a=("content/post-{n}/index.md", text))) == []
    assert found(repository(a=("content/post-{n}.md", text))) == []


def test_pages_in_folders_of_their_own_are_one_show_over_the_years():
    files = {
        f"content/{2024 + n // 13}/{n}-words-{n % 7}x/index.md": SOUND.format(n=n)
        for n in range(1, 25)
    } | {"content/2026/25-words-x/index.md": SOUND.format(n=25)}
    (family,) = families(files, files.get)
    assert (len(family.paths), family.paths[0]) == (25, "content/2026/25-words-x/index.md")


@pytest.mark.parametrize(
    ("likelier", "other"),
    [
        (("b/{n}.md", SOUND + LINKS), ("a/{n}.md", SOUND)),
        (("b/{n}.md", SOUND + LINKS), ("a/{n}.md", SOUND + "- https://a.example/{n}\n")),
        (("podcast/{n}.md", SOUND), ("a/{n}.md", SOUND)),
        (("b/ep{n}.md", SOUND), ("a/{n}/page.md", SOUND.replace("title", "name"))),
        (("b/{n}.md", DATED), ("a/{n}.md", SOUND)),
    ],
)
def test_the_likeliest_show_comes_first(likelier, other):
    files = repository(other=other, likelier=likelier)
    assert found(files)[0] == likelier[0].partition("{")[0].rpartition("/")[0]


def test_a_few_pages_that_speak_of_a_podcast_make_no_show_of_a_blog():
    blog = repository(blog=("blog/{n}.md", PLAIN + LINKS))
    for sound, shows in ((2, []), (3, ["blog"])):
        some = {f"blog/{n}.md": SOUND.format(n=n) for n in range(24, 24 - sound, -1)}
        assert found({**blog, **some}) == shows


def test_what_is_no_page_of_an_episode_is_not_looked_at():
    groups = ("podcast/{n}.md", "_layouts/{n}.md", "podcast/{n}.txt", "themes/podcast/{n}.md")
    pages = repository(**{name: (name, SOUND) for name in groups})
    more = ["README.md", "podcast/README.md", "about.md", "podcast/index.md", "x.md"]
    assert looked_at([*pages, *more]) == [("podcast", 24), (".", 1)]


def test_pages_of_a_folder_that_is_meant_are_episodes_whatever_they_are_like():
    files = repository(a=("notes/{n}.md", "words {n}\n"), b=("other/{n}.md", SOUND))
    for folder in ("notes", "/notes/"):
        family = named(folder, files, files.get)
        assert family is not None
        assert family.folder == "notes"
        assert family.paths[0] == "notes/24.md"
        assert len(family.paths) == 24
    assert named("nowhere", files, files.get) is None
