"""Each button that `/publish` shows on Discord does what it says, over a restart too."""

from pathlib import Path

from tests.cogs.front import PROFILE, front, needs_network
from tests.cogs.test_forms import labels_of
from tests.services.desk.test_pictures import PNG

pytestmark = needs_network

WANTED = PROFILE + (
    "publish:\n  required: [title, summary, tags, starring, player, picture]\n"
    "  player: player\n  picture: 'images/ep{{ number }}.{{ extension }}'\n"
    "  set: {image: '/{{ picture }}', draft: }\n"
)
HEAD = (
    "---\ntitle: {{ title | yaml }}\nexcerpt: {{ summary | yaml }}\nplayer: {{ audio }}\n"
    "tags: {{ tags | json }}\nwith: {{ starring | map(attribute='name') | list | json }}\n"
    "draft: true\n---\n\n{{ body }}\n"
)
TYPED = {
    "Title…": ("An evening", "title: An evening"),
    "Summary…": ("About it", "summary: About it"),
    "Tags…": ("sky, sea", "tags: sky, sea"),
    "Starring…": ("mika", "starring: mika"),
    "Audio address…": ("https://a.example/1.mp3", "audio address: https://a.example/1.mp3"),
}


async def test_each_does_what_it_says(tmp_path: Path) -> None:
    async with front(tmp_path, profile=WANTED, template=HEAD) as home:
        await home.say("# A\n[a](https://example.org/a)")
        told = (await home.command("publish")).answers[-1]
        assert labels_of(told) == [*TYPED, "Publish anyway"]
        await home.restart()
        for label, (typed, answer) in TYPED.items():
            form = await home.discord.press(home.jonas, told, label)
            assert (await home.discord.submit(form, typed)).text == answer
        left = await home.command("publish", what="check")
        assert "no picture yet" in left.text
        assert labels_of(left.answers[-1]) == ["Publish anyway"]
        empty = home.discord.file("cover.png", b"")
        told = await home.command("publish", what="anyway", picture=empty)
        assert "Nothing was published: that file is no picture." in told.text
        file = home.discord.file("cover.png", PNG)
        ready = await home.command("publish", what="check", picture=file)
        assert "Nothing is missing." in ready.text
        await home.restart()
        done = await home.discord.press(home.mika, left.answers[-1], "Publish anyway")
        assert "Episode 1 is published" in done.text
        (page,) = (home.site / "_posts").iterdir()
        assert "image: /images/ep1.png\n" in page.read_text()
        assert (home.site / "images/ep1.png").read_bytes() == PNG
        assert labels_of(done.answers[-1]) == ["Undo publishing"]
        await home.restart()
        undone = await home.discord.press(home.mika, done.answers[-1], "Undo publishing")
        assert "Episode 1 is a draft again" in undone.text
        (draft,) = home.site.rglob("*ep1.md")
        assert "draft: true\n" in draft.read_text()
