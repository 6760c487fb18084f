"""Whatever stands in a repository, init gives a profile that can be read, or says why not."""

from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.new_profile import learned
from bot.core.profile.profile import load
from bot.core.survey.path_shape import path_shape
from bot.errors import RundownError

ODD = st.text(alphabet="ab1-:#'\"{}%[]|=\n .é回`~\\", max_size=30)
DIGITS = st.sampled_from(["1", "07", "2024", "9" * 400, "0", "1.5", "٣", "²"])
NAMES = st.builds("".join, st.lists(DIGITS | st.sampled_from(["ep", "-", "_", "s", "e", "x"]),
                                    min_size=1, max_size=5))  # fmt: skip
VALUES = st.sampled_from(["{{ x }}", "{% raw %}", "'a", '"', "5", "060", "2024-01-02", "[a, b]",
                          "yes", "", "|\n  x", "ép 9", "9" * 400]) | ODD  # fmt: skip
KEYS = st.sampled_from(["title", "date", "episode", "audio", "hosts", "draft", "if", "a b", "é-1"])
FRONT = st.dictionaries(KEYS, VALUES, max_size=6)


@st.composite
def pages(draw):
    front = draw(FRONT)
    ruler, mark = draw(st.sampled_from([("---", ": "), ("+++", " = "), ("", ": ")]))
    lines = [f"{name}{mark}{value}" for name, value in front.items()]
    body = draw(st.lists(ODD | st.sampled_from(["# Ep. 1 {{ x }}", "- [a](https://a.example/1)",
                                                "https://b.example podcast https://c.example"]),
                         max_size=5))  # fmt: skip
    return "\n".join([ruler, *lines, ruler, *body])


SITES = st.dictionaries(
    st.builds("{}/{}.md".format, st.sampled_from(["episodes", "_posts/2024", "a/1"]), NAMES),
    pages(), min_size=3, max_size=8,
)  # fmt: skip


@given(SITES, st.sampled_from(["en", "ja"]))
def test_any_repository_gives_a_profile_that_can_be_read(files, language):
    try:
        new = learned(
            list(files), files.get, {"name": "x"}, show=None, language=language, place="x"
        )
    except RundownError as error:  # said to whoever asked; nothing is written
        assert error.say(language)
        return
    if new is not None:
        profile = load(new.settings, new.template)
        assert profile.name == "x"


@given(st.lists(st.builds("x/{}.md".format, NAMES), min_size=1, max_size=8))
def test_any_paths_have_a_shape(paths):
    shape = path_shape(paths)
    assert 0 <= shape.seen <= shape.of == len(paths)
