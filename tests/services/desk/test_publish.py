"""`/publish` on a real repository: what is checked, what is committed, and taking it back."""

from dataclasses import replace

import pytest

from bot.adapters.web.fetcher import WebAnswer
from bot.errors import CommandError, FetchError, FileChanged, TemplateError
from tests.services.desk.house import MONDAY, SECOND, house

SITE_YML = """
name: Test
path: "_posts/{{ date }}-ep{{ number }}.md"
draft_when: '(?m)^layout: podcast-draft$'
around_links: keep
publish:
  path: "_posts/{{ published }}-ep{{ number }}.md"
  set:
    layout: podcast
    permalink: '/{{ number }}'
    player: '<iframe src="{{ audio }}"></iframe>'
  required: [title, summary, player]
  player: player
"""
TEMPLATE = """---
layout: podcast-draft
title: {{ title | yaml }}
permalink: /{{ number }}-draft
player: <iframe src=""></iframe>
excerpt: {{ summary | yaml }}
---

{{ body }}
"""
FIRST = {"settings": SITE_YML, "template": TEMPLATE}
DAY = 86_400


async def publish(there, what="", *, at=None):
    request = there.request()
    if at is not None:
        request = replace(request, at=at)
    return await there.desk.publishing.publish(request, what=what)


async def filled(there, *, audio=True):
    await there.say("# A\n- [a](https://example.org/a)")
    fields = {"title": "An episode", "summary": "About a", "audio": "https://a.example/1.mp3"}
    for field, value in list(fields.items())[: 3 if audio else 2]:
        await there.desk.edits.episode_set(there.request(), field=field, value=value)


PAGE = """---
layout: podcast
title: "An episode"
permalink: /1
player: "<iframe src=\\"https://a.example/1.mp3\\"></iframe>"
excerpt: "About a"
---

### A

- [a](https://example.org/a)
"""


async def test_a_draft_becomes_a_page_in_one_commit_under_its_new_name(tmp_path):
    async with house(tmp_path, **FIRST) as there:
        await filled(there)
        await there.draft()
        before = there.git("rev-parse", "HEAD").strip()
        told = await publish(there, "anyway", at=MONDAY + 3 * DAY * SECOND)
        assert there.git("rev-parse", "HEAD~1").strip() == before
        changed = there.git("show", "--format=%s", "--name-status", "--find-renames=20%", "HEAD")
        assert changed.split() == [
            *("ep1:", "publish", "R058"),
            *("_posts/2023-11-14-ep1.md", "_posts/2023-11-17-ep1.md"),
        ] or changed.startswith("ep1: publish\n\nR")
        assert (there.site / "_posts/2023-11-17-ep1.md").read_text() == PAGE
        assert not (there.site / "_posts/2023-11-14-ep1.md").exists()
        assert there.git("status", "--porcelain") == ""
        assert "Episode 1 is published: _posts/2023-11-17-ep1.md" in told.text
        await there.say("# B")  # it is over: this begins the next
        assert (await there.desk.views.episode("notes")).fields["number"] == "2"


async def test_what_is_missing_is_told_first_and_nothing_is_committed(tmp_path):
    async with house(tmp_path, **FIRST) as there:
        await there.say("# 1:00 A\n- TODO\n# 0:30 B")
        told = await publish(there)
        assert told.text.splitlines() == [
            "Not published. Something is missing:",
            "- Title: not set yet. Write /episode set title …",
            "- Summary: not set yet. Write /episode set summary …",
            "- the player is empty (player in the front matter): /episode set audio URL",
            "- line 13: 0:30 is earlier than the time before it",
            "- line 11 still says “TODO”",
        ]
        assert [dict(one.values) for one in told.choices] == [
            {"field": "title"},
            {"field": "summary"},
            {"field": "audio"},
            {"what": "anyway #1"},
        ]
        assert there.git("log", "--format=%s").split("\n")[0] == "begin"
        assert "Episode 1 is published" in (await publish(there, "anyway #1")).text


async def test_publishing_is_taken_back_while_nobody_built_on_it(tmp_path):
    async with house(tmp_path, **FIRST) as there:
        await filled(there)
        await there.draft()
        draft = (there.site / "_posts/2023-11-14-ep1.md").read_text()
        await publish(there, "anyway", at=MONDAY + 3 * DAY * SECOND)
        told = await publish(there, "undo")
        assert told.text == "Episode 1 is a draft again: _posts/2023-11-14-ep1.md"
        assert (there.site / "_posts/2023-11-14-ep1.md").read_text() == draft
        assert not (there.site / "_posts/2023-11-17-ep1.md").exists()
        assert there.git("status", "--porcelain") == ""
        await there.say("# B\nhttps://example.org/b")  # it goes on
        await there.draft()
        assert "### B" in (there.site / "_posts/2023-11-14-ep1.md").read_text()
        with pytest.raises(CommandError, match="No episode was published"):
            await publish(there, "undo")


async def test_a_button_of_an_earlier_episode_does_nothing_to_a_later_one(tmp_path):
    async with house(tmp_path, **FIRST) as there:
        await filled(there)
        first = await publish(there, "anyway", at=MONDAY + 3 * DAY * SECOND)
        (undo,) = (one.values["what"] for one in first.choices)
        await there.desk.edits.episode_start(there.request())
        await there.say("# B\n- [b](https://example.org/b)")
        anyway = (await publish(there)).choices[-1].values["what"]
        await publish(there, "anyway", at=MONDAY + 4 * DAY * SECOND)
        pages = sorted((there.site / "_posts").iterdir())
        assert len(pages) == 2
        with pytest.raises(CommandError, match="No episode was published"):
            await publish(there, undo)
        await there.desk.edits.episode_start(there.request())
        await there.say("# C\n- [c](https://example.org/c)")
        with pytest.raises(CommandError, match="belongs to another episode"):
            await publish(there, anyway)
        assert sorted((there.site / "_posts").iterdir()) == pages


async def test_what_people_changed_since_is_not_undone(tmp_path):
    async with house(tmp_path, **FIRST) as there:
        await filled(there)
        await publish(there, "anyway")
        (page,) = (there.site / "_posts").iterdir()
        page.write_text(page.read_text() + "\nA correction.\n")
        with pytest.raises(FileChanged, match="was changed since it was published"):
            await publish(there, "undo")
        assert page.read_text().endswith("A correction.\n")


async def test_after_it_corrections_go_on_as_commands_and_the_sites_edits_stay(tmp_path):
    async with house(tmp_path, **FIRST) as there:
        await filled(there)
        await publish(there, "anyway", at=MONDAY + 3 * DAY * SECOND)
        page = there.site / "_posts/2023-11-17-ep1.md"
        page.write_text(page.read_text().replace("About a", "About it"))
        await there.desk.edits.episode_start(there.request(), number="1")
        await there.desk.edits.link_retitle(there.request(), link="a", title="better")
        await there.draft()
        text = page.read_text()
        assert text == PAGE.replace("About a", "About it").replace("[a]", "[better]")


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("_drafts/ep{{ number }}.md", "_posts/2023-11-17-ep1.md"),
        ("_drafts/{{ date }}-ep{{ number }}.md", "_posts/2023-11-14-ep1.md"),
        ("show/_drafts/more/ep{{ number }}.md", "show/_posts/more/2023-11-17-ep1.md"),
    ],
)
async def test_a_draft_of_jekyll_goes_to_its_posts_under_a_day(tmp_path, path, page):
    async with house(tmp_path, settings=f"name: T\npath: '{path}'\n") as there:
        await filled(there, audio=False)
        await there.draft()
        await publish(there, "anyway", at=MONDAY + 3 * DAY * SECOND)
        assert (there.site / page).exists()
        assert not list(there.site.rglob("_drafts/**/*.md"))


async def test_a_draft_of_jekyll_is_published_without_any_rules(tmp_path):
    head = "title: {{ title | yaml }}\nabout: {{ summary }}\npublished: false"
    usual = f"---\n{head}\n---\n\n{{{{ body }}}}\n"
    plain = "name: T\npath: '_drafts/ep{{ number }}.md'\n"
    async with house(tmp_path, settings=plain, template=usual) as there:
        await filled(there, audio=False)
        await there.draft()
        await publish(there, at=MONDAY + 3 * DAY * SECOND)
        page = there.site / "_posts/2023-11-17-ep1.md"
        assert page.read_text().startswith('---\ntitle: "An episode"\nabout: About a\n---\n')
        assert not (there.site / "_drafts").exists()


async def test_what_the_site_would_still_hide_is_not_published(tmp_path):
    rules = SITE_YML.replace("layout: podcast\n", "layout: podcast-draft\n")
    async with house(tmp_path, settings=rules, template=TEMPLATE) as there:
        await filled(there)
        with pytest.raises(CommandError, match="would still be a draft"):
            await publish(there, "anyway")
        assert there.git("log", "--format=%s").strip() == "begin"


async def test_a_page_that_stands_there_already_is_never_written_over(tmp_path):
    async with house(tmp_path, **FIRST) as there:
        await filled(there)
        await there.draft()
        other = there.site / "_posts/2023-11-17-ep1.md"
        other.write_text("theirs\n")
        with pytest.raises(FileChanged, match="there is a file already"):
            await publish(there, "anyway", at=MONDAY + 3 * DAY * SECOND)
        assert other.read_text() == "theirs\n"
        assert not (await there.desk.views.episode("notes")).closed


@pytest.mark.parametrize("folder", ["_a", "_z"])
async def test_a_page_goes_wherever_its_place_is_unless_something_stands_there(tmp_path, folder):
    settings = SITE_YML.replace("_posts/{{ published }}-", f"{folder}/")
    async with house(tmp_path, **FIRST | {"settings": settings}) as there:
        await filled(there)
        await there.draft()
        (there.site / folder).mkdir()
        page = there.site / folder / "ep1.md"
        page.write_text("theirs\n")
        with pytest.raises(FileChanged, match="there is a file already"):
            await publish(there, "anyway")
        page.unlink()
        assert f"{folder}/ep1.md" in (await publish(there, "anyway")).text
        assert "layout: podcast\n" in page.read_text()
        assert list((there.site / "_posts").glob("*")) == []


async def test_it_waits_for_its_time_over_a_restart(tmp_path):
    async with house(tmp_path, **FIRST) as there:
        await filled(there)
        told = await publish(there, "at 2123-12-01 07:00")
        assert "will be published at 2123-12-01 07:00 (UTC)" in told.text
        assert "the player is empty" in told.text
    async with house(tmp_path, **FIRST) as there:
        heard = []
        there.desk.listen(lambda news: heard.append(news.text("en") if news.text else ""))
        there.desk.publishing._clock = lambda: MONDAY + 101 * 365 * DAY * SECOND
        await there.desk.publishing.publish_due()
        assert any("It was time to publish" in text for text in heard)
        assert there.git("log", "--format=%s").strip() == "begin"


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("at 2001-01-01 07:00", "past"),
        ("at 2033-13-01 07:00", "no-time"),
        ("soon", "not-understood"),
    ],
)
async def test_what_is_no_time_to_come_is_said(tmp_path, what, name):
    async with house(tmp_path, **FIRST) as there:
        await filled(there)
        with pytest.raises(CommandError) as told:
            await publish(there, what)
        assert told.value.name == f"publish.{name}"


class Audio:
    """A web that has one sound file, whose server names its bytes or not."""

    def __init__(self, size):
        self.size = size

    async def get(self, url, *, accept, language=None, enough=None):
        if url != "https://a.example/1.mp3":
            raise FetchError("web.dns", host="a.example")
        return WebAnswer(url, 200, "audio/mpeg", b"", size=self.size)


@pytest.mark.parametrize(
    ("url", "size", "words"),
    [
        ("https://a.example/1.mp3", 123_456, "The audio has 123456 bytes."),
        ("https://a.example/1.mp3", None, "does not say how many bytes"),
        ("https://a.example/2.mp3", 1, "does not say how many bytes"),
    ],
)
async def test_the_audio_gives_its_bytes_to_the_template_that_asks_for_them(
    tmp_path, url, size, words
):
    template = TEMPLATE.replace("excerpt", "bytes: {{ audio_bytes }}\nexcerpt")
    async with house(tmp_path, settings=SITE_YML, template=template, web=Audio(size)) as there:
        await there.say("# A")
        told = await there.desk.edits.episode_set(there.request(), field="audio", value=url)
        assert words in told.text
        text = (await there.desk.views.rendered("notes")).text
        assert ("bytes: 123456\n" in text) is (size == 123_456)


class Feed(Audio):
    """A web in which the audio's server says nothing, and a feed may have it."""

    def __init__(self):
        super().__init__(None)
        self.items = ""
        self.asked = 0

    async def get(self, url, *, accept, language=None, enough=None):
        if url == "https://a.example/feed":
            self.asked += 1
            return WebAnswer(url, 200, "application/rss+xml", f"<rss>{self.items}</rss>".encode())
        return await super().get(url, accept=accept)


async def test_what_the_audios_server_does_not_say_comes_from_the_feed_once_it_is_there(tmp_path):
    template = TEMPLATE.replace("excerpt", "a: {{ audio_bytes }}, {{ audio_duration }}\nexcerpt")
    settings = f"{SITE_YML}  feed: https://a.example/feed\n"
    web = Feed()
    async with house(tmp_path, settings=settings, template=template, web=web) as there:
        await there.say("# A")
        url = "https://a.example/1.mp3"
        told = await there.desk.edits.episode_set(there.request(), field="audio", value=url)
        assert "does not say how many bytes" in told.text
        web.items = (
            f"<item><enclosure url='{url}' length='123456'/>"
            "<itunes:duration>3723</itunes:duration></item>"
        )
        await publish(there, "check")
        assert "a: 123456, 1:02:03\n" in (await there.desk.views.rendered("notes")).text


@pytest.mark.parametrize(("size", "asked"), [(123_456, 0), (None, 1)])
async def test_a_feed_is_asked_for_what_the_audios_server_does_not_say_alone(tmp_path, size, asked):
    template = TEMPLATE.replace("excerpt", "a: {{ audio_bytes }}\nexcerpt")
    settings = f"{SITE_YML}  feed: https://a.example/feed\n"
    web = Feed()
    web.size = size
    async with house(tmp_path, settings=settings, template=template, web=web) as there:
        await there.say("# A")
        url = "https://a.example/1.mp3"
        await there.desk.edits.episode_set(there.request(), field="audio", value=url)
        assert web.asked == asked


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("_plugins/{{ number }}.md", "do not belong in _plugins"),
        ("p\u200b.md", "cannot be seen"),
        ("../{{ number }}.md", "can have no file at “../1.md”"),
    ],
)
async def test_no_page_is_published_to_where_none_belongs(tmp_path, path, told):
    settings = SITE_YML.replace("_posts/{{ published }}-ep{{ number }}.md", path)
    async with house(tmp_path, **FIRST | {"settings": settings}) as there:
        await filled(there)
        await there.draft()
        head = there.git("rev-parse", "HEAD")
        with pytest.raises(TemplateError, match="site.yml, line 7: .*" + told):
            await publish(there, "anyway")
        assert there.git("rev-parse", "HEAD") == head


async def test_whether_people_published_a_draft_is_known_from_its_file_alone(tmp_path):
    async with house(tmp_path, **FIRST) as there:
        await filled(there)
        [record] = there.desk._show.episodes.open_now()
        publish_of = there.desk._publish
        assert await publish_of.is_published(record.id) is None
        await there.draft()
        assert await publish_of.is_published(record.id) is False
        path = there.site / "_posts/2023-11-14-ep1.md"
        path.write_text(path.read_text().replace("layout: podcast-draft", "layout: podcast"))
        there.git("commit", "--quiet", "--all", "--message=by hand")
        assert await publish_of.is_published(record.id) is True
        page = path.read_text()
        for damaged in ("", page.partition("---\n\n")[2]):  # nobody does that on purpose
            path.write_text(damaged)
            there.git("commit", "--quiet", "--all", "--message=by mishap")
            assert await publish_of.is_published(record.id) is None
        path.unlink()
        there.git("commit", "--quiet", "--all", "--message=by hand")
        assert await publish_of.is_published(record.id) is None


async def test_a_page_that_publishing_leaves_as_it_is_has_no_commit_in_the_answer(tmp_path):
    settings = "name: Test\npath: 'notes/ep{{ number }}.md'\naround_links: keep\n"
    async with house(tmp_path, settings=settings) as there:
        await there.say("# A\n- [a](https://example.org/a)")
        await there.draft()
        told = await publish(there, "anyway")
        assert told.text.startswith(
            "Episode 1 is published: notes/ep1.md, as it was committed before. "
        )


async def test_a_page_that_never_was_a_draft_may_have_a_key_that_leaves_open_whether_it_is(
    tmp_path,
):
    settings = "name: Test\npath: 'notes/ep{{ number }}.md'\naround_links: keep\n"
    template = "---\ntitle: {{ title | yaml }}\ndraft: false\n---\n\n{{ body }}\n"
    async with house(tmp_path, settings=settings, template=template) as there:
        await there.say("# A\n- [a](https://example.org/a)")
        await there.draft()
        path = there.site / "notes/ep1.md"
        path.write_text(path.read_text().replace("draft: false", "draft: yes"))
        there.git("commit", "--quiet", "--all", "--message=by hand")
        await there.say("- [b](https://example.org/b)")
        await there.draft()
        assert "draft: yes" in path.read_text()
        assert "- [b](https://example.org/b)" in path.read_text()
