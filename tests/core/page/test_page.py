"""A page's title: where it stands, what stands there, and what does not count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.page.page import Page, PageReader, read_page

URL = "https://news.example.com/2024/story"


def read(html: str | bytes, *, url=URL, content_type="text/html", status=200, **order) -> Page:
    data = html.encode() if isinstance(html, str) else html
    return read_page(data, url=url, content_type=content_type, status=status, **order)


def title(html: str | bytes, **kinds) -> str | None:
    return read(html, **kinds).title


EVERYTHING = """<!DOCTYPE html><html><head><title>Tab</title>
<meta property="og:title" content="Graph"><META NAME=twitter:title CONTENT='Card'>
<meta name="DC.Title" content="Dublin"><meta name="citation_title" content="Paper">
<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Site"},
{"@type": "NewsArticle", "headline": "Data"}]}</script></head><body><h1>A <b>heading</b></h1>"""


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("title", "Tab"),
        ("og", "Graph"),
        ("twitter", "Card"),
        ("citation", "Paper"),
        ("jsonld", "Data"),
        ("h1", "A heading"),
    ],
)
def test_the_title_comes_from_the_first_source_in_the_order(source, wanted):
    page = read(EVERYTHING, order=(source, "title"))
    assert (page.title, page.source) == (wanted, source)


def test_the_next_source_counts_where_one_is_empty():
    html = '<title> \n</title><meta property=og:title><meta name="og:title" content="Graph">'
    assert title(html) == "Graph"


def test_a_title_in_the_body_counts_where_the_head_has_none():
    assert title("<head></head><body><p>x<title>Late</title>") == "Late"
    assert title("<head><title>Early</title></head><body><title>Late</title>") == "Early"


@pytest.mark.parametrize(
    "before",
    [
        "<!-- <title>no</title> -->",
        "<!--[if IE]><title>no</title><![endif]-->",
        "<script>'<title>no</title>'</script>",
        "<style><title>no</title></style>",
        "<noscript><title>no</title></noscript>",
        "<svg><title>no</title></svg>",
        "<svg><svg><title>no</title></svg><title>no</title></svg>",
        "<template><title>no</title></template>",
        "<textarea><title>no</title></textarea>",
        '<link href="<title>no</title>">',
        "<base target='<title>no</title>'>",
        '<meta name="description" content="<title>no</title>">',
    ],
)
def test_what_looks_like_a_title_elsewhere_is_none(before):
    assert title(f"<html><head>{before}<title>yes</title></head>") == "yes"
    assert title(f"<html><head></head><body>{before}<h1>yes</h1>") == "yes"


def test_a_quote_counts_behind_an_equals_sign_alone():
    html = "<meta name='description' content='Jack's words'><title>It's</title><p title=\"'\">"
    assert title(html) == "It's"


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<title>AT&amp;T</title>", "AT&T"),
        ("<title>AT&amp;amp;T</title>", "AT&T"),
        ("<title>It&amp;#39;s</title>", "It's"),
        ("<title>It&amp;amp;#039;s</title>", "It's"),
        ("<title>&amp; and &amp;amp; in HTML</title>", "& and &amp; in HTML"),
        ("<title>What is &amp;lt;b&amp;gt;?</title>", "What is &lt;b&gt;?"),
        ("<title>&lt;b&gt; &amp;amp; more</title>", "<b> &amp; more"),
        ("<title>a&nbsp;\n\t b\u2028c</title>", "a b c"),
        ("<title>ex\u00adtra\u200b or\ufeffdinary</title>", "extra ordinary"),
        ("<title>safe\u202egnp.exe\u202c</title>", "safegnp.exe"),
        ("<title>第一回\u3000物理</title>", "第一回\u3000物理"),
        ("<title>👩\u200d🔬 at\u200dwork</title>", "👩\u200d🔬 atwork"),
        ("<title>می\u200cخواهم</title>", "می\u200cخواهم"),
        ("<title><![CDATA[A <feed>]]></title>", "A <feed>"),
        ("<title>A&#0;B&#xD800;C&#99999999999;</title>", "A\ufffdB\ufffdC\ufffd"),
        (f"<title>&#{'9' * 3900};x</title>", "\ufffdx"),
    ],
)
def test_a_title_is_put_right_as_text(html, wanted):
    assert title(f"<meta charset=utf-8>{html}") == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("X - Example - Example", "X - Example"),
        ("X | News Example | news example", "X | News Example"),
        ("Example: X - Example", "X - Example"),
        ("Paris - Lyon - Paris", "Paris - Lyon - Paris"),
        ("Bora Bora - Bora Bora", "Bora Bora - Bora Bora"),
        ("X - Example", "X - Example"),
    ],
)
def test_the_name_of_the_site_is_kept_once(given, wanted):
    assert title(f"<title>{given}</title>") == wanted


def test_a_long_title_is_cut_between_words():
    cut = title(f"<title>{'word ' * 1000}</title>")
    assert len(cut) <= 500
    assert cut.endswith("word…")
    for short, long in (("a", 600), ("word " * 30, 600), ("", 501)):
        cut = title(f"<title>{short}{' ' * bool(short)}{'x' * long}</title>")
        assert len(cut) == 500, "no word is that long: it is cut itself"
    assert len(title(f"<title>{'x' * 470} {'y' * 40}</title>")) == 471
    assert title(f"<title>{'x' * 500}</title>") == "x" * 500


@given(st.text(alphabet="ab \t物", min_size=400, max_size=700))
def test_a_title_that_is_cut_is_a_beginning_of_the_whole(text):
    words = " ".join(text.split())
    found = title(f"<title>{text}</title>") or ""
    assert words.startswith(found.removesuffix("…"))
    assert (found == words) == (len(words) <= 500)
    assert len(found) > min(len(words), 500) - 42


def test_only_what_runs_without_scripts_sends_a_page_on():
    sends = '<meta http-equiv="refresh" content="0; url=https://a.example/next">'
    assert read(f"<noscript>{sends}</noscript><title>x</title>").moved == "https://a.example/next"
    for element in ("script", "style", "title", "textarea", "iframe"):
        assert read(f"<{element}>{sends}</{element}><title>x</title>").moved is None


def test_of_two_charsets_in_a_tag_the_first_is_meant():
    tag = '<meta charset="windows-1251" content="text/html; charset=koi8-r"><title>'
    assert title(tag.encode() + "Привет, мир".encode("cp1251")) == "Привет, мир"


def test_the_site_and_its_oembed_answer_are_told():
    page = read(
        '<title>x</title><meta property="og:site_name" content="The &amp; News">'
        '<link rel=alternate type="text/xml+oembed" href="/xml">'
        '<link rel=alternate type="application/json+oembed" href="../o?a=1&amp;copy=2">'
    )
    assert page.site_name == "The & News"
    assert page.oembed == "https://news.example.com/o?a=1&copy=2"
    evil = '<link type="application/json+oembed" href="javascript:x"><link type="text/xml+oembed" href="http://[">'
    assert read(evil).oembed is None


def test_json_ld_that_is_broken_or_deep_gives_nothing():
    for data in ("{", '"x"', "[" * 100_000, '{"headline": 3}', '{"@graph": 1}', "[null]"):
        html = f'<script type="application/ld+json">{data}</script><h1>Heading</h1>'
        assert title(html, order=("jsonld", "h1")) == "Heading"


@pytest.mark.parametrize(
    ("data", "content_type", "url", "wanted"),
    [
        (b"words", "text/plain", "https://a.example/my%20notes.txt?x=1", "my notes.txt"),
        (b"\x89PNG\r\n", None, "https://a.example/%E7%89%A9%E7%90%86.png", "物理.png"),
        (b"\xff\xd8\xff", "text/html", "https://a.example/%95%A8%97%9D.jpg", "物理.jpg"),
        (b"ID3", "application/octet-stream", "https://a.example/ep1.mp3", "ep1.mp3"),
        (b"x", "audio/mpeg", "https://a.example/stream", None),
        (b"ID3", "audio/mpeg", "https://a.example/player.PHP", None),
        (b"ID3", "audio/mpeg", "https://a.example/a%0Ab.HTML", None),
        (b"ID3", "audio/mpeg", "https://a.example/a%0Ab.MP3", "a b.MP3"),
        (b"{}", "application/json", "https://a.example/", None),
        (b"<html>", "application/octet-stream", "https://a.example/a.mp3", None),
    ],
)
def test_other_files_are_called_by_their_name_in_the_address(data, content_type, url, wanted):
    page = read_page(data, content_type=content_type, url=url, status=200)
    assert page.title == wanted
    assert page.source == ("address" if wanted else "")
    assert page.wall == (None if wanted else "empty")


def test_a_feed_has_a_title_too():
    feed = b'<?xml version="1.0" encoding="EUC-JP"?><rss><channel><title>\xca\xaa\xcd\xfd</title>'
    assert title(feed, content_type="application/rss+xml") == "物理"


def test_reading_stops_with_the_head():
    head = PageReader("text/html")
    assert not head.feed(b"<html><head><title>Story</title>")
    assert head.feed(b"</head><body>")
    assert not PageReader("text/html").feed(b"<head></head><body>")  # a title may come in the body
    assert not PageReader().feed(b"<head><script>'</head>'</script>")


def test_reading_goes_on_until_the_charset_can_be_told():
    page = "<head><title>東京</title></head><body>" + "物理学の話をする。" * 4000
    head = PageReader("text/html")
    data = page.encode("cp932")
    read = next(end for end in range(4096, len(data), 4096) if head.feed(data[end - 4096 : end]))
    assert read >= 32 * 1024
    assert PageReader("text/html; charset=Shift_JIS").feed(data[:4096])


def test_other_files_are_not_read_on_but_for_a_pdf():
    assert PageReader().feed(b"ID3" + b"\1" * 100)
    assert PageReader("image/png").feed(b"\x89PNG")
    assert not PageReader("application/pdf").feed(b"%")
    assert not PageReader().feed(b"%PDF-1.5" + b"\n" * 70_000)


@given(
    st.binary(max_size=400)
    | st.text(alphabet="<>/ab!-'\"= &;#xtile\0é", max_size=400).map(str.encode),
    st.sampled_from(
        [None, "text/html", "text/html; charset=shift_jis", "text/plain", "\0;charset"]
    ),
    st.sampled_from([URL, "http://[", "", "https://a.example/%FF\ud800.pdf", "x" * 5000]),
    st.sampled_from([200, 403, 999]),
)
def test_nothing_raises_and_a_title_is_one_clean_line(data, content_type, url, status):
    for body in (data, b"<title>" + data + b"</title>", b"%PDF-1.4 << /Producer /Title (" + data):
        page = read_page(body, content_type=content_type, url=url, status=status)
        assert (page.title is None) == (page.wall is not None) == (page.source == "")
        if page.title is not None:
            assert page.title == " ".join(page.title.split(" ")).strip() != ""
            assert len(page.title.splitlines()) == 1
            assert page.title.encode()
        assert page.oembed is None or page.oembed.startswith("http")


PIECES = st.sampled_from([
    *("<title>A story</title>", "<head>", "</head>", "<body class=x>", "<h1>Heading</h1>", "<p>"),
    *("<script>'</head>'</script>", "<title></title>", "<!-- ", "-->", "<svg>", "</svg>", "漢字"),
    *('<meta property="og:title" content="物理">', " " * 40_000),
])  # fmt: skip


@given(st.lists(PIECES, max_size=9), st.sampled_from([None, "text/html"]), st.integers(1, 3000))
def test_what_is_enough_gives_the_same_as_all(pieces, content_type, size):
    data = "".join(pieces).encode()
    head = PageReader(content_type)
    ends = range(size, len(data), size)
    enough = next((end for end in ends if head.feed(data[end - size : end])), len(data))
    part = read(data[:enough], content_type=content_type)
    assert part == read(data, content_type=content_type)
    of = {"content_type": content_type, "url": URL, "status": 200}
    assert head.page(data[:enough], **of) == part
    assert head.page(data, **of) == part
