"""All expressions that are asked about one message share one budget of time."""

import itertools
from dataclasses import replace

import pytest

from bot.core.grammar.message import parse
from bot.core.model import Episode
from bot.core.profile.expression import Budget, Expression
from bot.core.profile.profile import SECONDS_A_MESSAGE, Profile, load
from bot.core.render import render
from bot.errors import TemplateError

URLS = [f"https://example.org/{number}" for number in range(4)]


def profile(settings: str, *, seconds_an_ask: float) -> Profile:
    """Return a profile of which every look at the time costs so many seconds."""
    ticks = itertools.count()
    loaded = load(settings, "{{ body }}\n")
    return replace(loaded, timer=lambda: next(ticks) * seconds_an_ask)


RULES = "ignore:\n" + "".join(f"  - never-{number}\n" for number in range(40))


def test_rules_that_are_quick_are_all_asked():
    rules = profile(RULES + "  - /3$\n", seconds_an_ask=0.0).rules
    assert [len(parse(url, rules).blocks) for url in URLS] == [1, 1, 1, 0]


def test_rules_that_are_slow_together_end_with_an_error_that_names_one():
    rules = profile(RULES, seconds_an_ask=SECONDS_A_MESSAGE / 20).rules
    with pytest.raises(TemplateError, match=r"site\.yml, line \d+: .*ignore"):
        parse(" ".join(URLS), rules)


def test_each_message_has_a_budget_of_its_own():
    rules = profile("ignore:\n  - never\n", seconds_an_ask=SECONDS_A_MESSAGE / 4).rules
    for url in URLS * 5:
        assert parse(f"Paper: {url}", rules).blocks


def test_an_episode_s_titles_share_one_budget_too():
    settings = "titles:\n" + "".join(
        f"  - {{match: never-{number}, replace: x}}\n" for number in range(40)
    )
    slow = profile(settings, seconds_an_ask=0.1)
    links = tuple(render._Planned(url, "A title", None, None) for url in URLS)
    with pytest.raises(TemplateError, match="titles"):
        render.found(render.TitlePlan((), links), [], slow)
    assert render.plan(Episode("show#1"), slow, {}).links == ()


def test_what_is_done_between_the_rules_costs_them_nothing():
    now = 0.0
    slow = replace(load("ignore:\n  - never\n", "{{ body }}\n"), timer=lambda: now)
    is_talk = slow.ignoring()
    for url in URLS:
        now += 10 * SECONDS_A_MESSAGE
        assert not is_talk(url)


class BusyMachine:
    """A compiled expression whose first matches take long on the wall, and `works` seconds each."""

    def __init__(self, late: int, works: float = 0.0) -> None:
        self.late = late
        self.works = works
        self.worked = 0.0
        self.waited: list[float] = []

    def search(self, text: str, *, timeout: float, concurrent: bool) -> str:
        self.waited.append(timeout)
        self.worked += self.works
        if len(self.waited) <= self.late:
            raise TimeoutError
        return text

    def budget(self, seconds: float) -> Budget:
        return Budget(seconds, lambda: self.worked)


def on(machine: BusyMachine) -> Expression:
    expression = Expression("x", "ignore[1]", "site.yml", 3)
    expression.__dict__["compiled"] = machine
    return expression


@pytest.mark.parametrize("late", [0, 1, 2])
def test_time_that_the_machine_spent_on_others_does_not_count(late):
    machine = BusyMachine(late)
    assert on(machine).search("text", machine.budget(0.03)) == "text"
    assert machine.waited == sorted(machine.waited)


def test_what_used_up_its_budget_is_not_tried_again():
    machine = BusyMachine(9, works=0.03)
    with pytest.raises(TemplateError, match=r"site\.yml, line 3: .*ignore\[1\]"):
        on(machine).search("text", machine.budget(0.03))
    assert machine.waited == [0.03]


def test_one_match_may_not_use_up_what_many_share():
    machine = BusyMachine(9, works=0.15)
    budget = machine.budget(1.0)
    with pytest.raises(TemplateError):
        on(machine).search("text", budget)
    assert machine.waited == pytest.approx([0.2, 0.05 * 5])
    assert budget.left == pytest.approx(0.7)


def test_without_a_budget_of_work_the_time_on_the_wall_ends_it():
    machine = BusyMachine(9)
    with pytest.raises(TemplateError):
        on(machine).search("text")
    assert len(machine.waited) == 1
