import logging
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Secret
from bot.errors import SettingsError
from bot.logs import LineFormatter

PEM = "-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END PRIVATE KEY-----\n"


def line(message: str, *args: object, name="bot.desk", error=None, secrets=(), **extra) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.INFO, "x.py", 1, message, args, info)
    vars(record).update(extra)
    return LineFormatter(Secret(secret) for secret in secrets).format(record)


def caught(raises) -> BaseException:
    with pytest.raises(BaseException) as info:
        raises()
    return info.value


def test_a_record_is_one_line_of_pairs():
    said = line("drafted %s", "ep57", number="57", title="二人の 話")
    time, rest = said.split(" ", 1)
    assert time.startswith("time=20")
    assert rest == 'level=info logger=bot.desk message="drafted ep57" number=57 title="二人の 話"'


@given(st.text())
def test_whatever_it_holds_a_record_stays_on_one_line(text):
    said = line("%s", text, more=text)
    assert len(said.splitlines()) == 1
    assert all(character.isprintable() for character in said)


@given(st.text(), st.text())
def test_a_secret_is_blotted_out_wherever_it_stands(before, after):
    secrets = ["xoxb-1", 'a"\\b']
    said = line(f"{before}{secrets[1]}{after}", secrets=secrets, more=[before, "xoxb-1", after])
    assert said.count("***") >= 2
    assert "xoxb-1" not in said


def test_a_key_is_blotted_out_line_by_line():
    said = line("key", secrets=[PEM], whole=PEM, part="got MIIEpAIBAAKCAQEA instead")
    assert "MIIE" not in said


def test_an_exception_is_named_with_its_place_and_without_its_words():
    said = line("failed", error=caught(lambda: {}["what a host wrote"]))
    assert "error=KeyError" in said
    assert "test_logs.py:" in said
    assert "host wrote" not in said


def test_an_error_of_ours_says_its_cause():
    def refuse() -> None:
        raise SettingsError("settings.home", name="RUNDOWN_DB")

    assert 'cause="RUNDOWN_DB: ' in line("failed", error=caught(refuse))


def test_of_what_a_library_says_only_the_first_line_is_kept():
    said = line("Task was destroyed\nfuture: <what a host wrote>", name="asyncio")
    assert "destroyed" in said
    assert "host wrote" not in said


def test_libraries_are_heard_from_warnings_on_only():
    program = """
import logging
from bot.config import Secret
from bot.logs import setup
setup("debug", [Secret("s3cret")])
for name in ("bot.desk", "aiosqlite"):
    logging.getLogger(name).debug("%s s3cret", name)
    logging.getLogger(name).warning("%s again", name)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == ""
    assert [said.partition("message=")[2] for said in done.stderr.splitlines()] == [
        '"bot.desk ***"',
        '"bot.desk again"',
        '"aiosqlite again"',
    ]
    assert done.returncode == 0
