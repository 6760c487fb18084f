"""Earlier episodes on Discord: the mark, completion, the card, and hostile words."""

from pathlib import Path

from tests.cogs.front import Front, front, needs_network, profiled_site
from tests.front import TEMPLATE
from tests.services.desk.house import git

pytestmark = needs_network

PROFILE = "name: Test\npath: '_posts/ep{{ number }}.md'\nown_title: 'Test {{ number }}'\n"
PAPER = "https://a.example/paper"


def site_with_episode(folder: Path) -> None:
    site = profiled_site(folder, PROFILE, TEMPLATE, "main")
    (site / "_config.yml").write_text("url: https://show.example\npermalink: /:title\n")
    (site / "_posts").mkdir()
    words = f"### Robots @everyone\n\n- [A **paper** `x` <@1>]({PAPER})\n  - 超伝導\n"
    (site / "_posts/ep1.md").write_text(f"---\ntitle: A day\n---\n\n{words}", encoding="utf-8")
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message=episode")


async def read(home: Front) -> None:
    keeper = (await home.desk()).keeper
    assert keeper is not None
    await keeper.refresh()


async def test_a_link_of_an_earlier_episode_is_marked_and_shown_where_it_was(
    tmp_path: Path,
) -> None:
    site_with_episode(tmp_path)
    async with front(tmp_path, profile=PROFILE) as home:
        await read(home)
        before = await home.say(f"[Again]({PAPER}?utm_source=x)")
        own = await home.say("https://show.example/ep1")
        assert [home.mark(before), home.mark(own)] == ["🔙", "✅"]
        told = await home.command("link earlier", link="Again")
        assert "https://show.example/ep1" in told.text
        assert "Robots" in told.text


async def test_words_are_completed_and_found_and_nothing_in_them_is_a_mention(
    tmp_path: Path,
) -> None:
    site_with_episode(tmp_path)
    async with front(tmp_path, profile=PROFILE) as home:
        await read(home)
        complete = home.discord.complete
        [choice] = await complete(home.mika, home.channel, "find", "words", "伝導")
        assert choice["name"].startswith("1 · A paper")
        found = await home.command("find", words=choice["value"])
        assert found.answers[-1].flags & 64
        assert "超伝導" in found.text
        assert "<@1>" not in found.text
        assert await complete(home.mika, home.channel, "find", "words", "") == []
        nothing = await home.command("find", words="no such thing")
        assert "Nothing found" in nothing.text
