import pytest

from tests.needs import need


def test_what_is_there_is_used():
    need("sh")


def test_a_missing_program_skips_the_test(monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no-such-program"):
        need("sh", "no-such-program")


def test_on_ci_a_missing_program_fails_the_test(monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no-such-program"):
        need("sh", "no-such-program")
