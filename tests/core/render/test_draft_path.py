"""Where a draft may go: to where pages are, under a name that shows all its letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model import Episode
from bot.core.profile.profile import load
from bot.core.profile.template import Template
from bot.core.render.draft_path import check_path, check_place
from bot.errors import TemplateError

WHERE = Template("{{ title }}", ".rundown/site.yml", 7)


@pytest.mark.parametrize(
    ("path", "part"),
    [
        (".github/workflows/x.md", ".github"),
        ("docs/.GitHub/x.md", ".GitHub"),
        (".rundown/site.yml", ".rundown"),
        (".rundown/draft.md.j2", ".rundown"),
        ("_plugins/x.rb", "_plugins"),
        ("_Layouts/x.html", "_Layouts"),
        (".git/hooks/post-checkout", ".git"),
        (".gitattributes", ".gitattributes"),
        ("docs/.gitmodules", ".gitmodules"),
        ("\uff0egithub/x.md", ".github"),
        ("\uff0egithub\uff0fx.md", ".github"),
    ],
)
def test_a_path_to_where_no_page_belongs_is_told_with_the_profiles_line(path, part):
    with pytest.raises(TemplateError) as told:
        check_place(path, WHERE)
    assert str(told.value).startswith(".rundown/site.yml, line 7: ")
    assert f"do not belong in {part}." in str(told.value)


@given(
    unseen=st.sampled_from(
        "\u200b\u200d\u2060\ufeff\u202e\u2066\u00ad\u3164\u115f\u034f\ufe0f\U000e0041"
    ),
    before=st.sampled_from(["", "_posts/", "_posts/ep"]),
)
def test_a_path_that_hides_letters_is_told_without_them(unseen, before):
    with pytest.raises(TemplateError, match="cannot be seen") as told:
        check_place(f"{before}{unseen}57.md", WHERE)
    assert unseen not in str(told.value)
    assert f"U+{ord(unseen):04X}" in str(told.value)


@pytest.mark.parametrize(
    "path",
    [
        "_posts/2026-11-28-ep57.md",
        "_drafts/ep57.md",
        "content/回/第57回 髙橋さん.md",
        "docs/git/gitignore.md",
        "episodes/.md",
        "_posts/.md",
        "../elsewhere.md",
    ],
)
def test_any_other_path_is_left_to_the_checks_behind_it(path):
    check_place(path, WHERE)


def told_of(source: str, names: list[str]) -> str:
    profile = load(f"path: '{source}'\n", "{{ body }}")
    with pytest.raises(TemplateError) as told:
        check_path(profile, Episode("show#1", (), fields={"number": 57}), "_posts/.md", names=names)
    return str(told.value)


def test_a_name_in_a_path_that_no_field_has_is_told_with_the_one_that_is_most_like_it():
    names = ["titles", "title", "date"]
    assert "(title?)" in told_of("_posts/{{ titel }}.md", names)
    assert "?)" not in told_of("_posts/{{ guest }}.md", names)
    assert "?)" not in told_of("_posts/{{ title }}.md", names)
