import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.chapters.clock import long_clock
from bot.core.chapters.transcript import Cue, Sought, proposed, read_transcript

TALK = [
    (0, "こんばんは"),
    (65_000, "今日は DeepMind の GNoME という論文の話です"),
    (90_000, "二百万の新物質を見つけた"),
    (1_200_000, "で、次は LK-99 どうなったんですかね"),
    (1_215_000, "常温超伝導体 LK-99 は結局ダメでした"),
    (2_400_000, "おたより が 来ています"),
]
FILLER = [(at, "えーと それは そうですね") for at in range(20_000, 3_000_000, 15_000)]
CUES = [Cue(at, text) for at, text in sorted(TALK + FILLER)]


def vtt(cues):
    shown = "\n\n".join(
        f"{long_clock(one.at)} --> {long_clock(one.at + 1)}\n<v A&amp;B>{one.text} &amp;"
        for one in cues
    )
    return f"WEBVTT\n\nNOTE x\n\n{shown}\n"


def srt(cues):
    return "\n".join(
        f"{number}\n{long_clock(one.at).replace('.', ',')} --> 99:00:00,000\n{one.text} &\n"
        for number, one in enumerate(cues, 1)
    )


def namespace(cues):
    shown = [{"startTime": one.at / 1000, "body": f"{one.text} &"} for one in cues]
    return json.dumps({"version": "1.0.0", "segments": shown})


def whisper(cues):
    return json.dumps(
        {"segments": [{"start": one.at / 1000, "text": f"{one.text} &"} for one in cues]}
    )


@pytest.mark.parametrize("write", [vtt, srt, namespace, whisper])
def test_transcripts_are_read_alike_whatever_wrote_them(write):
    assert read_transcript(write(CUES)) == [Cue(one.at, f"{one.text} &") for one in CUES]


@pytest.mark.parametrize("text", ["", "hello", "[]", "{", '{"segments": 1}', "1:30 A\n"])
def test_what_is_no_transcript_is_none(text):
    assert read_transcript(text) is None


def test_topics_are_proposed_where_their_words_are_spoken():
    topics = [
        Sought(0, "DeepMind GNoME", "Millions of new materials 新物質"),
        Sought(1, "LK-99", "常温超伝導体"),
        Sought(2, "何も話していない", "unspoken words"),
        Sought(3, "おたより", ""),
    ]
    assert proposed(topics, CUES) == {0: 65_000, 1: 1_200_000, 3: 2_400_000}


def test_a_time_that_is_known_holds_the_others_in_their_order():
    topics = [Sought(0, "LK-99"), Sought(1, "known", at=100_000), Sought(2, "DeepMind GNoME")]
    assert proposed(topics, CUES) == {}


@given(
    st.lists(st.text("abcdefgh ", min_size=2, max_size=20), max_size=8),
    st.lists(st.tuples(st.integers(0, 600_000), st.text("abcdefgh ", max_size=20)), max_size=40),
)
def test_proposals_ascend_and_stand_where_something_is_spoken(titles, spoken):
    cues = sorted((Cue(at, text) for at, text in spoken), key=lambda one: one.at)
    found = proposed([Sought(place, title) for place, title in enumerate(titles)], cues)
    assert list(found) == sorted(found)
    assert list(found.values()) == sorted(found.values())
    assert set(found.values()) <= {one.at for one in cues}
