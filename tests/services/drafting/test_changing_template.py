"""A template that changes the body: people's edits come back all the same, or it is refused."""

from pathlib import Path

import pytest

from bot.errors import TemplateError
from tests.services.desk.house import House, house

PAPER = "https://example.org/paper"
FILE = "_drafts/ep1.md"
HEAD = "---\ntitle: {{ title | yaml }}\nnumber: {{ number | yaml }}\n---\n\n"


def text(home: House) -> str:
    return (home.site / FILE).read_text(encoding="utf-8")


def edit(home: House, old: str, new: str) -> None:
    was = text(home)
    assert old in was
    (home.site / FILE).write_text(was.replace(old, new), encoding="utf-8")
    home.git("-c", "user.name=Oka", "commit", "--quiet", "--all", "--message=by hand")


@pytest.mark.parametrize(
    "body",
    [
        "{{ body | replace('### ', '## ') }}",
        "{{ body | replace('https:', 'http:') }}",
        "{{ body | replace('- ', '* ') }}",
        "<div markdown=1>\n{{ body | replace('paper', 'PAPER') }}\n</div>",
        "{% for line in body.split('\\n') %}{{ line }}\n{% endfor %}",
        "{{ body.split('\\n') | reject('equalto', '') | join('\\n') }}",
        "{{ body | replace('A', 'Alpha') | replace('1', 'one') }}",
        "{{ body | replace('### A', '### A {#a}') }}",
        "{{ body | wordwrap(20, false) }}",
        "{{ body | length }}\n\n{{ body }}",
    ],
)
async def test_what_people_do_reaches_the_outline_and_stays(tmp_path: Path, body: str) -> None:
    async with house(tmp_path, template=f"{HEAD}{body}\n") as home:
        await home.say(f"# A\n{PAPER}")
        await home.say("# B\n- a point")
        await home.draft()
        before = text(home)
        (line,) = [one for one in before.splitlines() if "a point" in one]
        edit(home, f"{line}\n", f"{line}\n  - noted by hand\n")
        answer = (await home.draft()).text
        assert "Kept edits by Oka" in answer
        await home.say("https://example.org/more")
        await home.draft()
        now = text(home)
        for words in ("a point", "noted by hand", "example.org/more"):
            assert now.count(words) == 1, now
        assert len([one for one in now.splitlines() if one.startswith("#")]) == 2
        outline = (await home.desk.views.outline(home.request())).text
        assert "2.1 a point" in outline
        assert (await home.desk.drafts.preview(home.request())).text + "\n" == now


@pytest.mark.parametrize(
    ("body", "heading"),
    [
        ("{{ body | replace('### ', '## ') }}", "### Sub"),
        ("{{ body | replace('### ', '#### ') }}", "##### Sub"),
        ("{{ body | replace('\n#', '\n##') | replace('### A', '#### A') }}", "##### Sub"),
        ("{{ body }}", "#### Sub"),
    ],
)
async def test_a_sub_topic_stays_one_whose_heading_has_another_level(
    tmp_path: Path, body: str, heading: str
) -> None:
    """It was told as people's edit, and was a topic of its own from then on."""
    async with house(tmp_path, template=f"{HEAD}{body}\n") as home:
        await home.say(f"# A\n{PAPER}\n#### Sub\n- a point")
        assert "Kept edits" not in (await home.draft()).text
        assert f"\n{heading}\n" in text(home)
        edit(home, "- a point", "- a point\n- noted by hand")
        assert "Kept edits by Oka" in (await home.draft()).text
        await home.say("https://example.org/more")
        await home.draft()
        outline = (await home.desk.views.outline(home.request())).text
        assert "  1a. Sub\n     1a.1 a point\n     1a.2 noted by hand\n" in outline
        assert "\n2. " not in outline
        for words in ("a point", "noted by hand", "example.org/more"):
            assert text(home).count(words) == 1


@pytest.mark.parametrize("body", ["{{ body | replace('#### ', '### ') }}", "{{ body }}"])
async def test_topics_stay_topics_though_a_template_writes_sub_topics_as_those(
    tmp_path: Path, body: str
) -> None:
    async with house(tmp_path, template=f"{HEAD}{body}\n") as home:
        await home.say(f"# A\n{PAPER}\n#### Sub\n- a point\n# B\n- two\n# C\n- three")
        await home.draft()
        edit(home, "- three", "- three\n\n### D\n\n- four")
        await home.draft()
        outline = (await home.desk.views.outline(home.request())).text
        for name in ("A", "B", "C", "D"):
            assert any(line.endswith(f". {name}") and line[0].isdigit()
                       for line in outline.splitlines()), outline  # fmt: skip


GUEST = "- [our guest is a baker from {} who makes bread](https://example.org/a)"


@pytest.mark.parametrize("is_known", [False, True])
@pytest.mark.parametrize("width", [32, 40, 60])
async def test_words_that_both_changed_in_a_wrapped_item_are_asked_about_as_they_are(
    tmp_path: Path, width: int, *, is_known: bool
) -> None:
    """A line that nobody wrote stood in the file: it was taken for none that the template broke."""
    body = f"{{{{ body | wordwrap({width}) }}}}"
    async with house(tmp_path, template=f"{HEAD}{body}\n") as home:
        message = await home.say(f"# A\n{GUEST.format('Kyoto')}\n- last")
        await home.draft()
        edit(home, "Kyoto", "Nara")
        if is_known:
            await home.draft()
        await home.edit(message, f"# A\n{GUEST.format('Osaka')}\n- last")
        answer = (await home.draft()).text
        assert "1. our guest is a baker from Nara who makes bread – chat:" in answer
        assert " ".join(text(home).split()).endswith(f"{GUEST.format('Nara')} - last")
        await home.desk.drafts.choose(home.request(), conflict="1", side="chat")
        await home.draft()
        assert " ".join(text(home).split()).endswith(f"{GUEST.format('Osaka')} - last")


@pytest.mark.parametrize("is_known", [False, True])
async def test_words_that_both_changed_elsewhere_in_a_wrapped_item_all_stand(
    tmp_path: Path, *, is_known: bool
) -> None:
    body = "{{ body | wordwrap(40) }}"
    async with house(tmp_path, template=f"{HEAD}{body}\n") as home:
        message = await home.say(f"# A\n{GUEST.format('Kyoto')}\n- last")
        await home.draft()
        edit(home, "baker", "cook")
        if is_known:
            await home.draft()
        await home.edit(message, f"# A\n{GUEST.format('Osaka')}\n- last")
        assert "/choose" not in (await home.draft()).text
        now = GUEST.format("Osaka").replace("baker", "cook")
        assert " ".join(text(home).split()).endswith(f"{now} - last")


@pytest.mark.parametrize(
    "body",
    ["{{ body | wordwrap(20) | upper }}", "{{ body | length }} {{ body | lower }}"],
)
async def test_what_cannot_be_followed_is_refused_with_the_reason(
    tmp_path: Path, body: str
) -> None:
    async with house(tmp_path, template=f"{HEAD}{body}\n") as home:
        await home.say(f"# A\n{PAPER}\n- a note of more than twenty letters")
        with pytest.raises(TemplateError, match=r"draft\.md\.j2 changes the body"):
            await home.draft()
        assert home.git("status", "--porcelain") == ""


SPLIT = """{%- if body_lead %}

{{ body_lead }}
{%- endif %}

### Show Notes

{{ body_rest }}

{%- if "Later" not in topics | map(attribute="title") | list %}

### Later
{%- endif %}
"""


async def test_a_body_in_two_parts_takes_edits_on_both_sides_of_what_stands_between(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, template=f"{HEAD.rstrip()}\n\n{SPLIT}") as home:
        await home.say("A talk about lamps.", marks="📝")
        await home.say(PAPER)
        await home.draft()
        lead = text(home)
        assert lead.endswith(
            f"---\n\nA talk about lamps.\n\n### Show Notes\n\n- <{PAPER}>\n\n### Later\n"
        ), lead
        edit(home, "about lamps.\n", "about old lamps.\n\nSaid by hand.\n")
        edit(
            home, f"- <{PAPER}>\n", f"Before the list.\n\n- [Named]({PAPER})\n  - a note by hand\n"
        )
        answer = (await home.draft()).text
        assert "Kept edits by Oka" in answer
        await home.say("# Later\nhttps://example.org/more")
        await home.draft()
        now = text(home)
        for words in ("old lamps", "Said by hand", "Before the list", "[Named]", "a note by hand",
                      "example.org/more", "### Show Notes", "### Later"):  # fmt: skip
            assert now.count(words) == 1, now
        order = [now.index(words) for words in ("old lamps", "Said by hand", "### Show Notes",
                 "[Named]", "a note by hand", "### Later", "example.org/more")]  # fmt: skip
        assert order == sorted(order), now
        before = (await home.desk.views.outline(home.request())).text
        await home.draft()
        assert text(home) == now
        assert (await home.desk.views.outline(home.request())).text == before


TOPICS = """{% for topic in topics %}
## {{ topic.title }}

{% for link in topic.links %}
* [{{ link.title }}]({{ link.url }})
{% endfor %}

{% endfor %}
"""


@pytest.mark.parametrize("end", ["", "\n", "\n\nBye.", "\n\nBye.\n\n"])
async def test_a_template_that_writes_the_topics_itself_gives_people_the_same(
    tmp_path: Path, end: str
) -> None:
    async with house(tmp_path, template=f"{HEAD}{TOPICS}{end}") as home:
        await home.say(f"# A\n[The paper]({PAPER})")
        await home.say("# B\n[b](https://example.org/b)")
        await home.draft()
        edit(home, "## A\n", "## By hand\n")
        edit(home, "[The paper]", "[Their paper]")
        await home.say("[c](https://example.org/c)")
        assert "Kept edits by Oka" in (await home.draft()).text
        lines = [one for one in text(home).splitlines() if one.startswith(("#", "*", "Bye"))]
        assert lines == [
            "## By hand", f"* [Their paper]({PAPER})",
            "## B", "* [b](https://example.org/b)", "* [c](https://example.org/c)",
            *["Bye."] * ("Bye" in end),
        ]  # fmt: skip
        outline = (await home.desk.views.outline(home.request())).text
        assert [one.strip() for one in outline.splitlines()[1:]] == [
            "1. By hand", "1.1 Their paper", "2. B", "2.1 b", "2.2 c",
        ]  # fmt: skip
