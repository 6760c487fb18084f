"""Values that are written in a format are read again as what they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.front_matter.values import Scalar, values_in
from bot.core.front_matter.written import flow, written

TEXTS = st.text(max_size=12) | st.sampled_from(["060", "yes", "a: b", "#1", "- x", "日本: 語", ""])
NAMES = st.text(min_size=1, max_size=6) | st.sampled_from(["title", "a b", "題", "-x", "true"])
SCALARS = st.builds(Scalar, TEXTS)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple) | st.dictionaries(NAMES, inner, max_size=3)
    ),
    max_leaves=6,
)
DATA = st.dictionaries(NAMES, VALUES, min_size=1, max_size=4)
RULERS = {"yaml": "---\n", "toml": "+++\n", "json": ""}


@pytest.mark.parametrize("form", ["yaml", "toml", "json"])
@given(DATA)
def test_what_is_written_says_what_was_to_be_said(form, values):
    ruler = RULERS[form]
    assert values_in(f"{ruler}{written(values, form)}{ruler}") == values


@given(DATA)
def test_on_one_line_too(values):
    text = flow(values)
    assert "\n" not in text
    assert values_in(f"---\nx: {text}\n---\n") == {"x": values}


@pytest.mark.parametrize("text", ["true", "12", "-1.5", "2026-11-28"])
@pytest.mark.parametrize("form", ["yaml", "toml"])
def test_numbers_dates_and_truths_stay_what_they_are(form, text):
    values = {"x": Scalar(text, quoted=False)}
    ruler = RULERS[form]
    assert values_in(f"{ruler}{written(values, form)}{ruler}") == values


def test_a_word_of_yaml_is_a_text_elsewhere():
    values = {"layout": Scalar("post", quoted=False), "at": Scalar("12:30", quoted=False)}
    assert written(values, "toml") == 'layout = "post"\nat = "12:30"\n'
    assert written(values, "json") == '{\n  "layout": "post",\n  "at": "12:30"\n}\n'
