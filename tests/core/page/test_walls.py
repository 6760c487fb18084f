"""What is no title, and what is one although it looks like none."""

import pytest

from bot.core.page.page import Page, read_page
from bot.core.page.wall_phrases import BEGINNINGS, DOTTED, SENTENCES, WORDS
from bot.core.page.wall_spellings import spelled_walls
from bot.core.page.walls import Judge

SITE = "https://www.example.com/2024/story"


def read(title: str, url: str = SITE, status: int = 200, more: str = "") -> Page:
    page = f"<head><title>{title}</title>{more}</head><body>".encode()
    return read_page(page, content_type="text/html; charset=utf-8", url=url, status=status)


@pytest.mark.parametrize(
    ("title", "wall", "url"),
    [
        ("Just a moment...", "challenge", SITE),
        ("Just a moment…", "challenge", SITE),
        ("Attention Required! | Cloudflare", "challenge", SITE),
        ("Robot Check", "challenge", "https://www.amazon.co.jp/dp/4000000000"),
        ("Bloomberg - Are you a robot?", "challenge", "https://www.bloomberg.com/news/x"),
        ("しばらくお待ちください...", "challenge", SITE),
        ("Access to this page has been denied.", "challenge", SITE),
        ("Access Denied", "error", SITE),
        ("Access Denied | Example", "error", SITE),
        ("403 Forbidden", "error", SITE),
        ("404 - Not Found", "error", SITE),
        ("HTTP Status 404 – Not Found", "error", SITE),
        ("Error 404 (Not Found)!!1", "error", SITE),
        ("ERROR: The request could not be satisfied", "error", SITE),
        ("Page not found · GitHub", "error", "https://github.com/a/b"),
        ("ページが見つかりません | 日本の学会", "error", "https://www.gakkai.example.jp/a"),
        ("Log in · GitLab", "login", "https://gitlab.com/a"),
        ("Sign in to GitHub · GitHub", "login", "https://github.com/login"),
        ("Login • Instagram", "login", "https://www.instagram.com/p/abc/"),
        ("Facebook – log in or sign up", "login", "https://www.facebook.com/x"),
        ("ログイン | あるサイト", "login", "https://www.site.example.jp/a"),
        ("Before you continue to YouTube", "consent", "https://www.youtube.com/watch?v=1"),
        ("YouTube に進む前に", "consent", "https://www.youtube.com/watch?v=1"),
        ("Anything", "consent", "https://consent.example.com/?u=1"),
    ],
)
def test_a_wall_is_no_title(title, wall, url):
    page = read(title, url, more='<meta property="og:title" content="Some title">')
    assert (page.title, page.source, page.wall) == (None, "", wall)


@pytest.mark.parametrize(
    "title",
    [
        "Access Denied: a history",
        "Page not found: a novel",
        "Just a Moment",
        "Just a Moment - a song | Genius",
        "404 days in the Arctic",
        "500 Days of Summer",
        "Error correction codes",
        "How to log in to Example",
        "Sign in with Apple: what it means",
        "Human",
        "The robot check that failed",
        "Login systems compared",
        "ログインの歴史",
        "X-ray optics",
    ],
)
def test_an_article_about_walls_has_a_title(title):
    assert read(title).title == title


def test_what_shows_itself_an_article_has_a_title():
    article = '<meta property="og:type" content="article">'
    for title in sorted({*SENTENCES, *WORDS, "Just a moment..."}):
        assert read(f"{title} - Example", more=article).title, title
        assert read(f"{title} - Wikipedia", "https://en.wikipedia.org/wiki/X").title, title


def test_a_sentence_that_is_said_in_many_ways_shows_itself_an_article_too():
    article = '<meta property="og:type" content="article">'
    for title in spelled_walls():
        assert read(f"{title} - Example", more=article).title
        assert read(f"{title} - Wikipedia", "https://en.wikipedia.org/wiki/X").title


def test_no_sentence_is_there_twice():
    assert not {*SENTENCES, *WORDS, *BEGINNINGS, *DOTTED} & {*spelled_walls()}


@pytest.mark.parametrize("words", [BEGINNINGS, DOTTED, SENTENCES, WORDS, spelled_walls()])
def test_every_wall_we_know_is_told(words):
    for text, wall in words.items():
        assert read(text + "..." * (words is DOTTED)).wall == wall


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("X", "https://x.com/someone/status/1"),
        ("YouTube", "https://www.youtube.com/watch?v=abc"),
        ("Instagram", "https://www.instagram.com/p/abc/"),
        ("Amazon.co.jp", "https://www.amazon.co.jp/dp/4000000000"),
        ("Untitled Document", SITE),
        ("無題ドキュメント", SITE),
        ("https://www.example.com/2024/story", SITE),
        ("880139124791029763", "https://x.com/someone/status/880139124791029763"),
        ("---", SITE),
    ],
)
def test_a_title_that_says_nothing_gives_way_to_the_next(title, url):
    assert read(title, url).wall == "empty"
    page = read(title, url, more='<meta property="og:title" content="A post">')
    assert (page.title, page.source) == ("A post", "og")


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("12345", "https://www.example.com/p/12345"),
        ("1984", "https://www.example.com/books/1984"),
        ("123456", "https://www.example.com/p/654321"),
        ("123456", "https://www.example.com/"),
        ("Flight 123456", "https://www.example.com/p/123456"),
    ],
)
def test_a_number_is_a_title_unless_it_is_the_long_one_of_the_address(title, url):
    assert read(title, url).title == title


@pytest.mark.parametrize("place", ["/p/123456", "/p/x?id=123456", "/123456.html"])
def test_the_number_of_an_address_says_nothing(place):
    assert read("123456", f"https://www.example.com{place}").wall == "empty"


def test_the_name_of_a_site_is_the_title_of_its_front_page():
    assert read("YouTube", "https://www.youtube.com/").title == "YouTube"
    assert read("Example", "https://www.example.com").title == "Example"


@pytest.mark.parametrize(
    ("status", "wall"), [(401, "login"), (403, "error"), (404, "error"), (503, "error")]
)
def test_an_answer_that_is_an_error_has_no_title(status, wall):
    assert read("A fine title", status=status).wall == wall
    assert read("Just a moment...", status=status).wall == "challenge"


def test_a_challenge_without_words_is_told_by_what_it_loads():
    script = "<script src='https://geo.captcha-delivery.com/x.js'></script>"
    assert read("example.com", more=script).wall == "challenge"
    assert read("A fine title", more=script).title == "A fine title"
    assert read("", status=403, more=script).wall == "challenge"


@pytest.mark.parametrize(
    ("words", "url", "name", "is_site"),
    [
        ("Example", SITE, None, True),
        ("www.example.com", SITE, None, True),
        ("example.com", SITE, None, True),
        ("The Example", SITE, None, True),
        ("Exam", SITE, None, True),
        ("Exa", SITE, None, False),
        ("Story", SITE, None, False),
        ("Com", SITE, None, False),
        ("My Site", SITE, "My site", True),
        ("Site", SITE, "My site", False),
        ("News", "https://news.bbc.example/x", None, True),
        ("The BBC", "https://news.bbc.example/x", None, False),
        ("BBC", "https://news.bbc.example/x", None, True),
        ("Xyz", "https://xyz.example/", None, True),
        ("Wxyz", "https://xyz.example/", None, False),
        ("", SITE, "", False),
        ("…", SITE, "", False),
    ],
)
def test_words_are_the_sites_name_where_they_are_like_its_host(words, url, name, is_site):
    assert Judge(url, name).is_site(words) is is_site
