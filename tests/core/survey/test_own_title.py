"""How hosts write links to their own episodes, learned from made-up sites."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.profile.profile import load
from bot.core.site_index.addresses import SiteSettings
from bot.core.survey.draft_template import draft_template
from bot.core.survey.own_title import own_title
from bot.core.survey.page import page
from bot.core.survey.settings import settings_text
from bot.core.survey.site import survey
from tests.core.survey.made_sites import jekyll

SETTINGS = SiteSettings(("https://show.example",))


def learned(*texts: str, body: str = "- [{}](https://show.example/{})\n") -> str | None:
    lines = "".join(body.format(text, number) for number, text in enumerate(texts, 7))
    found = own_title([page("_posts/ep20.md", f"---\ntitle: x\n---\n\n{lines}")], SETTINGS)
    return found.template if found else None


@pytest.mark.parametrize(
    ("texts", "template"),
    [
        (("Show 7: A", "Show 8: B", "Show 9: C"), "Show {{ number }}: {{ title }}"),
        (("7. A", "8. B", "9. C"), "{{ number }}. {{ title }}"),
        (("第7回 水", "第8回 火", "第9回 土"), "第{{ number }}回 {{ title }}"),
        (("#7 A - Show", "#8 B - Show", "#9 C - Show"), "#{{ number }} {{ title }} - Show"),
        (("Show 7: A", "Show 8: B", "Show 9: C", "11: what", "last time", "Ep. 12"),
         "Show {{ number }}: {{ title }}"),
        (("Show 7: A", "Show 8: B"), None),
        (("Ep. 7", "Ep. 8", "Ep. 9"), None),
        (("Top 3 tips: A", "Top 3 tips: B", "Top 3 tips: C"), None),
        (("a 7: A {{ x }}", "a 8: B {{ x }}", "a 9: C {{ x }}"), None),
    ],
)  # fmt: skip
def test_the_form_of_most_links_is_learned(texts: tuple[str, ...], template: str | None):
    assert learned(*texts) == template


def test_links_to_other_sites_say_nothing():
    texts = ("Show 7: A", "Show 8: B", "Show 9: C")
    assert learned(*texts, body="- [{}](https://other.example/{})\n") is None


@given(
    st.text(st.sampled_from("Show Ep#第· "), max_size=8),
    st.sampled_from([": ", ". ", " - ", " "]),
    st.lists(st.text(st.sampled_from("abc XYZ火水"), min_size=1, max_size=9), min_size=3),
)
def test_a_form_that_is_learned_gives_what_hosts_wrote(
    lead: str, sep: str, titles: list[str]
) -> None:
    titles = [" ".join(title.split()) or "x" for title in titles]
    texts = [f"{lead.lstrip()}{n}{sep}{title}" for n, title in enumerate(titles, 7)]
    template = learned(*texts)
    assert template is not None
    for number, (text, title) in enumerate(zip(texts, titles, strict=True), 7):
        made = template.replace("{{ number }}", str(number)).replace("{{ title }}", title)
        assert made == text


def test_a_profile_is_written_with_it():
    files = dict(jekyll().files)
    for number, path in enumerate(sorted(one for one in files if one.startswith("_posts/")), 1):
        files[path] += f"- [Show {number}: Before](https://show.example/{number}/)\n"
    files["_config.yml"] = "title: Show\nurl: https://show.example\n"
    site = survey(files, files.get)
    assert site is not None
    made = draft_template(site)
    text = settings_text(site, made, {"name": "Made"}, language="en")
    profile = load(text, made.text)
    assert profile.own_title is not None
    assert profile.own_title.source == "Show {{ number }}: {{ title }}"
    assert "10 of the 10 such links" in " ".join(text.replace("\n#", "").split())
