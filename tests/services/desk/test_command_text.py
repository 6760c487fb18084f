"""Commands typed as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import CommandError
from bot.services.desk.command_table import COMMANDS, Command, Option
from bot.services.desk.command_text import (
    completables,
    find_command,
    parse_command,
    quote,
    wanted,
)

KNOWN = {"topic": ["DeepMind", "DeepMind GNoME", "その他"], "link": ["A robot that walks"]}


@pytest.mark.parametrize(
    ("line", "name", "values"),
    [
        ("/outline", "outline", {}),
        ("／Draft ", "draft", {}),
        ("／ｏｕｔｌｉｎｅ", "outline", {}),
        (
            "／ｌｉｎｋ　ｒｅｔｉｔｌｅ　１．１　題",
            "link retitle",
            {"link": "１．１", "title": "題"},
        ),
        ("／Ｔｏｐｉｃ ｍｏｖｅ ２ ａｆｔｅｒ：１", "topic move", {"topic": "２", "after": "１"}),
        (
            "/link note 2 ＡＢＣ：ａｆｔｅｒ",
            "link note",
            {"link": "2", "text": "ＡＢＣ：ａｆｔｅｒ"},
        ),
        ("/topic add Machine learning in 2026", "topic add", {"name": "Machine learning in 2026"}),
        ("/topic add 機械学習　入門", "topic add", {"name": "機械学習　入門"}),
        ('/topic add X under:"A B"', "topic add", {"name": "X", "under": "A B"}),
        ("/topic add under:A B name:X Y", "topic add", {"under": "A B", "name": "X Y"}),
        ("/topic rename GNoME GNoME 2", "topic rename", {"topic": "GNoME", "name": "GNoME 2"}),
        ('/topic rename "A B" C D', "topic rename", {"topic": "A B", "name": "C D"}),
        ("/topic rename 「A「B」C」 D", "topic rename", {"topic": "A「B」C", "name": "D"}),
        ("/topic rename “A B” C", "topic rename", {"topic": "A B", "name": "C"}),
        ("/topic move 2 after：その他", "topic move", {"topic": "2", "after": "その他"}),
        (
            "/topic move topic: DeepMind GNoME after: その他",
            "topic move",
            {"topic": "DeepMind GNoME", "after": "その他"},
        ),
        ("/link note 2.3 see also: this", "link note", {"link": "2.3", "text": "see also: this"}),
        ('/link note 2 "a" and "b"', "link note", {"link": "2", "text": '"a" and "b"'}),
        ('/link note 2 "a ""b"" c"', "link note", {"link": "2", "text": 'a "b" c'}),
        ('/link note 2 5" disks', "link note", {"link": "2", "text": '5" disks'}),
        ("/link note 2 - a\n  - b", "link note", {"link": "2", "text": "- a\n  - b"}),
        ("/episode set title ", None, {}),
        ('/episode set title ""', "episode set", {"field": "title", "value": ""}),
        ("/episode start 60.75 A story", "episode start", {"number": "60.75", "title": "A story"}),
        ("/episode start title:A story", "episode start", {"title": "A story"}),
        ("/link move 2.3 DeepMind GNoME", "link move", {"link": "2.3", "topic": "DeepMind GNoME"}),
        ("/link move a robot topic:1", "link move", {"link": "a robot", "topic": "1"}),
        ("/help topic move", "help", {"command": "topic move"}),
    ],
)
def test_what_hosts_type_is_read_as_they_mean_it(
    line: str, name: str | None, values: dict[str, str]
) -> None:
    if name is None:
        with pytest.raises(CommandError):
            parse_command(line)
        return
    command, given_values = parse_command(line)
    assert (command.name, given_values) == (name, values)


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("/topic rename DeepMind GNoME 2", {"topic": "DeepMind GNoME", "name": "2"}),
        ("/topic rename deepmind gnomes 2", {"topic": "deepmind", "name": "gnomes 2"}),
        ("/topic rename その他 雑談", {"topic": "その他", "name": "雑談"}),
        ("/link retitle A robot that walks On", {"link": "A robot that walks", "title": "On"}),
        ("/link move A robot that walks その他", {"link": "A robot that walks", "topic": "その他"}),
        ("/topic move after:その他 DeepMind GNoME", {"topic": "DeepMind GNoME", "after": "その他"}),
        ("/topic merge DeepMind DeepMind GNoME", {"topic": "DeepMind", "into": "DeepMind GNoME"}),
    ],
)
def test_the_longest_known_name_is_taken_without_quotation_marks(
    line: str, values: dict[str, str]
) -> None:
    assert parse_command(line, known=KNOWN)[1] == values


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("/topic", "/topic needs a second word: add, rename, move, merge, remove."),
        ("/topic mvoe A", "There is no command /topic mvoe; did you mean /topic move?"),
        ("/hlep", "There is no command /hlep; did you mean /help?"),
        ("/topics", "There is no command /topics; did you mean /topic?"),
        ("/nonsense", "There is no command /nonsense; /help lists all."),
        ("/ outline", "There is a space after the /. Write /outline"),
        ("／　link note 1 x", "There is a space after the /. Write /link note"),
        ("/draft now", "/draft: “now” is not understood. Write: /draft"),
        ("/topic rename A", "/topic rename needs name. Write: /topic rename TOPIC NAME"),
        ('/topic rename "A B C', "/topic rename: a quotation mark is not closed. Write: /topic"),
        ("/link note", "/link note needs link. Write: /link note LINK TEXT"),
        ("/", "There is no command /; /help lists all."),
    ],
)
def test_what_cannot_be_read_says_so_in_one_line(line: str, message: str) -> None:
    with pytest.raises(CommandError) as raised:
        parse_command(line)
    assert str(raised.value).startswith(message)
    assert "\n" not in str(raised.value)


def test_a_whole_paste_after_a_command_makes_no_long_error() -> None:
    with pytest.raises(CommandError) as raised:
        parse_command("/draft " + "あ\n" * 50_000)
    assert len(str(raised.value)) < 200
    assert "\n" not in str(raised.value)


VALUES = st.text(st.characters(exclude_categories=["Cs"])) | st.text('ab "“”「」:：\n　topicfr')


@st.composite
def commands_with_values(draw: st.DrawFn) -> tuple[Command, dict[str, str]]:
    command = draw(st.sampled_from(COMMANDS))
    given_options = [o for o in command.options if o.required or draw(st.booleans())]
    return command, {option.name: draw(VALUES) for option in given_options}


def typed(command: Command, values: dict[str, str]) -> str:
    """Return a command as somebody types it."""
    parts = [f"/{command.name}"]
    by_place = True
    for option in command.options:
        value = values.get(option.name)
        if value is None:
            by_place = by_place and option.named
        elif by_place and not option.named:
            parts.append(quote(value))
        else:
            parts.append(f"{option.name}:{quote(value)}")
    return " ".join(parts)


@given(commands_with_values())
def test_a_written_command_is_read_back_as_it_was(example: tuple[Command, dict[str, str]]) -> None:
    command, values = example
    assert parse_command(typed(command, values)) == (command, values)


@given(st.lists(VALUES, max_size=5), st.sampled_from(COMMANDS), st.text())
def test_no_line_and_no_known_names_break_the_reading(
    names: list[str], command: Command, text: str
) -> None:
    known = {"topic": names, "link": names}
    for line in (text, f"/{command.name} {text}"):
        completables(line)
        try:
            parse_command(line, known=known)
        except CommandError as error:
            assert "\n" not in error.say("ja")


@given(st.text('ab "「」:', min_size=1), st.lists(st.text("ab ", min_size=1)))
def test_a_quoted_name_is_read_whatever_else_is_known(name: str, others: list[str]) -> None:
    rename = next(command for command in COMMANDS if command.name == "topic rename")
    line = f"/topic rename {quote(name)} {quote('new')}"
    assert parse_command(line, known={"topic": [*others, name]}) == (
        rename,
        {"topic": name, "name": "new"},
    )


def _completed(text: str) -> list[tuple[int, str, str | tuple[str, ...]]]:
    return [(p.start, p.typed, p.option.name if p.option else p.words) for p in completables(text)]


def test_what_can_be_completed_is_named() -> None:
    assert _completed("/topic m")[0][:2] == (0, "/topic m")
    assert _completed("/topic rename ") == [(14, "", "topic")]
    assert _completed("/topic rename Deep") == [(14, "Deep", "topic")]
    assert _completed('/topic rename "Deep Mi') == [(14, "Deep Mi", "topic")]
    assert _completed("/topic rename Deep Mi") == [(14, "Deep Mi", "topic"), (19, "Mi", "name")]
    assert _completed("/topic move A af") == [
        (12, "A af", "topic"),
        (14, "af", ("after:", "before:")),
    ]
    assert _completed("/topic move A after:So") == [
        (12, "A after:So", "topic"),
        (20, "So", "after"),
        (14, "after:So", ("before:",)),
    ]


def test_a_half_typed_name_of_a_command_is_completed_as_far_as_it_goes() -> None:
    names = tuple(f"/{command.name}" for command in COMMANDS)
    assert _completed("/topic") == [(0, "/topic", names)]
    assert _completed("/topic ") == [(0, "/topic ", names)]
    assert _completed("") == [(0, "/", names)]
    assert _completed(" /Topic  Mo") == [(0, "/topic mo", names)]
    assert _completed("/topic move") == [(0, "/topic move", names)]


def test_where_nothing_is_left_to_be_given_nothing_is_completed() -> None:
    assert _completed('/topic remove "A" ') == []


def test_a_front_learns_which_names_to_ask_for() -> None:
    line = "/topic move Deep Mind after:その他"
    command, start = find_command(line)
    asked = wanted(line, command, start)
    assert asked["topic"] >= {"Deep", "その他"}


def test_local_commands_are_read_by_the_same_rules() -> None:
    reply = Command("reply", (Option("message", "message"), Option("text")))
    assert parse_command("/reply 12 その通り", [reply])[1] == {"message": "12", "text": "その通り"}


@pytest.mark.parametrize("typed", ["/draft recreate:yes", "/draft anew:yes", "/draft anew：はい"])
def test_a_name_that_an_option_had_is_still_understood(typed):
    command, values = parse_command(typed)
    assert list(values) == ["recreate"]
    assert command.usage.say() == "/draft [recreate:YES]"
    assert command.usage.say("ja") == "/draft [recreate:はい]"
