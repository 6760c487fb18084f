"""Regular expressions of a profile: bounded in time, and compiled at their first use."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from bot.errors import TemplateError

SECONDS_A_MATCH = 0.2

PATIENCE = (1, 5, 25)
"""How many times its seconds a match is waited for: they are of this thread's work, and pass on the
wall, where the library counts them, also while a busy machine does something else."""


class Budget:
    """Seconds of work that several expressions share: what they match with, and nothing else.

    What is done between two matches is ours, and so is loading the library at the first of them.
    Without a timer of work each match has SECONDS_A_MATCH on the wall.
    """

    def __init__(
        self, seconds: float = SECONDS_A_MATCH, timer: Callable[[], float] | None = None
    ) -> None:
        self.left = seconds
        self.is_measured = timer is not None
        self._timer = timer

    @contextmanager
    def spending(self) -> Iterator[None]:
        """Take what is worked meanwhile from what is left."""
        timer = self._timer or float
        begun = timer()
        try:
            yield
        finally:
            self.left -= timer() - begun


@dataclass(frozen=True)
class Expression:
    """A regular expression of a profile, with its place; it may be a catastrophic one.

    Every use raises TemplateError when it takes longer than SECONDS_A_MATCH, or than is left of a
    budget that it shares with others. What it finds has the form of re's own matches.
    """

    source: str
    key: str
    file: str
    line: int

    @cached_property
    def compiled(self) -> Any:  # noqa: ANN401 - the stubs of regex are a package of their own
        """The pattern, a `regex.Pattern[str]`."""
        # Loaded at the first use: it takes 1.4 MB, and many profiles have no expression.
        import regex  # type: ignore[import-untyped]  # its stubs are a package of their own

        return regex.compile(self.source)

    def fault(self) -> str:
        """Return why this is no regular expression; empty where it is one."""
        from regex import error as regex_error

        try:
            self.compiled  # noqa: B018 - compiled for what it raises
        except RecursionError:
            return "nested too deep"
        except (regex_error, OverflowError, ValueError, KeyError) as error:
            return str(error)
        return ""

    def fault_of(self, replacement: str) -> str:
        """Return why a replacement does not fit, such as a group that is not there, or nothing."""
        from regex import error as regex_error

        anything = Expression(f"{self.source}|", self.key, self.file, self.line).compiled
        try:
            if probe := anything.match("", timeout=SECONDS_A_MATCH):
                probe.expand(replacement)
        except (regex_error, IndexError, ValueError, TimeoutError) as error:
            return str(error)
        return ""

    def search(self, text: str, budget: Budget | None = None) -> re.Match[str] | None:
        """Find the first match in the text."""
        return cast("re.Match[str] | None", self._within(budget, self.compiled.search, text))

    def fullmatch(self, text: str, budget: Budget | None = None) -> re.Match[str] | None:
        """Match the whole text."""
        return cast("re.Match[str] | None", self._within(budget, self.compiled.fullmatch, text))

    def sub(self, replacement: str, text: str, budget: Budget | None = None) -> str:
        """Replace all matches in the text; the replacement may name groups."""
        return str(self._within(budget, self.compiled.sub, replacement, text))

    def _within(self, budget: Budget | None, match: Callable[..., object], *texts: str) -> object:
        budget = budget or Budget()
        rest = budget.left - SECONDS_A_MATCH
        for patience in PATIENCE:
            seconds = budget.left - max(rest, 0)
            if seconds <= 0:
                break
            try:
                # `concurrent` lets other threads go on meanwhile.
                with budget.spending():
                    return match(*texts, timeout=seconds * patience, concurrent=True)
            except MemoryError:
                break
            except TimeoutError:
                if not budget.is_measured:
                    break
        raise self._slow()

    def _slow(self) -> TemplateError:
        return TemplateError("profile.regex-slow", file=self.file, line=self.line, key=self.key)
