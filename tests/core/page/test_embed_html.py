"""An embed keeps its bytes, or it is refused."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.page.embed_html import contained, refusal

X = "https://publish.twitter.com/oembed"
YOUTUBE = "https://www.youtube.com/oembed"
POST = (
    '<blockquote class="twitter-tweet" data-lang="ja"><p lang="ja" dir="ltr">物理 &amp; {{ x }}<br>'
    '<a href="https://t.co/abc?a=1&amp;b=2">https://t.co/abc</a></p>&mdash; A (@a) '
    '<a href="https://twitter.com/a/status/1?ref_src=twsrc%5Etfw">December 2, 2023</a>'
    "</blockquote>\n"
    '<script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>\n\n'
)
VIDEO = (
    '<iframe width="200" height="113" src="https://www.youtube.com/embed/abc?feature=oembed" '
    'frameborder="0" allow="accelerometer; autoplay" referrerpolicy="origin" allowfullscreen '
    'title="A &quot;video&quot;"></iframe>'
)


@pytest.mark.parametrize(
    ("html", "endpoint"),
    [
        (POST, X),
        (VIDEO, YOUTUBE),
        (
            '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@a/video/1" '
            'data-video-id="1" style="max-width: 605px;min-width: 325px;" > <section> '
            '<a target="_blank" title="@a" href="https://www.tiktok.com/@a">@a</a> </section> '
            '</blockquote> <script async src="https://www.tiktok.com/embed.js"></script>',
            "https://www.tiktok.com/oembed",
        ),
        (
            '<a data-flickr-embed="true" href="https://www.flickr.com/photos/a/1/" title="A">'
            '<img src="https://live.staticflickr.com/1/1.jpg" width="75" height="75" alt="A" /></a>'
            '<script async src="https://embedr.flickr.com/assets/client-code.js" charset="utf-8">'
            "</script>",
            "https://www.flickr.com/services/oembed/",
        ),
        ('<iframe src="https://video.example/e/1"></iframe>', "https://video.example/oembed"),
        ("", X),
    ],
)
def test_what_a_provider_needs_is_let_pass(html, endpoint):
    assert refusal(html, endpoint) is None


@pytest.mark.parametrize(
    ("html", "endpoint", "reason"),
    [
        (VIDEO, X, "src of <iframe>: https://www.youtube.com/embed/abc?feature=oembed"),
        (POST, YOUTUBE, "src of <script>: https://platform.twitter.com/widgets.js"),
        ("<object></object>", X, "<object>"),
        ("<style>p {}</style>", X, "<style>"),
        ("<form></form>", X, "<form>"),
        ("<p onclick=x>a</p>", X, "onclick of <p>"),
        ("<p id=x>a</p>", X, "id of <p>"),
        ("<p lang=en lang=ja>a</p>", X, "lang of <p>"),
        ('<a href="javascript:alert(1)">a</a>', X, "href of <a>: javascript:alert(1)"),
        ('<a href="&#106;avascript:x">a</a>', X, "href of <a>: javascript:x"),
        ('<a href="//evil.example/">a</a>', X, "href of <a>: //evil.example/"),
        ("<script>alert(1)</script>", X, "src of <script>: "),
        (
            '<script src="https://platform.twitter.com/widgets.js">alert(1)</script>',
            X,
            "<script>…</script>",
        ),
        (
            '<script src="https://platform.twitter.com/widgets.js/../x.js"></script>',
            X,
            "src of <script>: https://platform.twitter.com/widgets.js/../x.js",
        ),
        (
            '<script src="http://platform.twitter.com/widgets.js"></script>',
            X,
            "src of <script>: http://platform.twitter.com/widgets.js",
        ),
        (
            '<iframe src="https://www.youtube.com@evil.example/"></iframe>',
            YOUTUBE,
            "src of <iframe>: https://www.youtube.com@evil.example/",
        ),
        ("<iframe></iframe>", YOUTUBE, "src of <iframe>: "),
        ('<iframe srcdoc="x"></iframe>', YOUTUBE, "srcdoc of <iframe>"),
        ('<blockquote style="background:url(x)">a</blockquote>', X, "style of <blockquote>"),
        ("<!-- x -->", X, "<!-- x -->"),
        ("<p>a", X, "<p>"),
        ("a</p>", X, "</p>"),
        ("<p><a>x</p></a>", X, "</p>"),
        ("<p>\n \n</p>", X, "\\n\\n"),
        ("<p title='x'>a</p>", X, "<p title='x'>a</p>"),
        ("a < b", X, "< b"),
        ('<a href="https://a\0.example/">x</a>', X, "href of <a>"),
        ('<a title="&#8;" href="https://a.example/">x</a>', X, "title of <a>"),
        ("x" * 60_000, X, "60000 > 50000"),
    ],
)
def test_anything_more_is_refused_and_named(html, endpoint, reason):
    assert refusal(html, endpoint) == reason


PARTS = st.sampled_from(
    ["<p>", "</p>", "<br>", '<a href="https://a.example/">', "</a>", "text", " ", "\n", "&amp;"]
)


@example('<a href="https://a.example/">', "\0")
@given(
    st.lists(PARTS, max_size=20).map("".join),
    st.sampled_from(["<svg>", "<p onload=x>", "<!", "\0"]),
)
def test_nothing_makes_up_for_what_is_too_much(html, evil):
    for at in (0, len(html) // 2, len(html)):
        assert refusal(html[:at] + evil + html[at:], X) is not None


@given(st.text(alphabet="<>ap/ \"'=-!&;#x\n\\", max_size=200), st.text(max_size=50))
def test_any_text_is_judged(html, endpoint):
    reason = refusal(html, endpoint)
    assert reason is None or (reason and len(reason.splitlines()) == 1)


# --- what a frame may do to the page around it -------------------------------------------------

UNKNOWN = "https://video.example/oembed"
FRAME = '<iframe src="https://video.example/e/1"{}></iframe>'


@pytest.mark.parametrize(
    "style",
    ["position:fixed;top:0;left:0", "position: absolute", "z-index:9", "transform:scale(9)",
     "margin-top:-900px", "margin:-1em", "inset:0", "top:0", "width:expression(1)",
     "width:1px;position:fixed", "POSITION:FIXED"],
)  # fmt: skip
@pytest.mark.parametrize("endpoint", [UNKNOWN, "https://video.example/"])
def test_an_embed_lies_over_nothing_else(style, endpoint):
    assert refusal(FRAME.format(f' style="{style}"'), endpoint) == "style of <iframe>"


@pytest.mark.parametrize(
    "style",
    ["", "width:100%", "max-width: 605px;min-width: 325px;", "border:none; height:352px",
     "border-radius: 12px", "aspect-ratio: 1.5",
     "margin: 0 auto;background-color:#fff", "border: 1px solid #eee"],
)  # fmt: skip
def test_sizes_and_colours_are_let_pass(style):
    assert refusal(FRAME.format(f' style="{style}"'), UNKNOWN) is None


@pytest.mark.parametrize(
    "allow", ["camera", "microphone *", "autoplay; camera", "Geolocation", "display-capture 'src'"]
)
def test_no_frame_gets_camera_microphone_screen_or_place(allow):
    html = FRAME.format(f' allow="{allow}"')
    assert refusal(html, UNKNOWN) is not None
    assert refusal(html.replace("video.example", "www.youtube.com"), YOUTUBE) is not None


@pytest.mark.parametrize("attribute", ["class=modal", "id=site", "name=_top"])
def test_what_is_the_site_s_is_not_named_by_a_provider_that_is_not_known(attribute):
    assert refusal(FRAME.format(f" {attribute}"), UNKNOWN) is not None


def test_a_link_of_an_unknown_provider_opens_beside_the_page():
    link = '<blockquote><a href="https://video.example/" target="{}">x</a></blockquote>'
    assert refusal(link.format("_blank"), UNKNOWN) is None
    assert refusal(link.format("_top"), UNKNOWN) == "target of <a>"


def test_a_frame_that_is_not_known_cannot_steer_the_page_around_it():
    html = contained(FRAME.format(""), UNKNOWN)
    assert "sandbox=" in html
    assert "allow-top-navigation" not in html
    assert html.replace(html[html.index(" sandbox") : html.index(" src")], "") == FRAME.format("")
    assert contained(VIDEO, YOUTUBE) == VIDEO
