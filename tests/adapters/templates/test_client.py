"""Templates of a profile, rendered in the real process: what they see, and what they cannot do."""

import asyncio
import os
from datetime import date

import pytest
import yaml

from bot.adapters.templates.client import DATE, TemplateWorker
from bot.adapters.templates.worker import DATE as WORKERS_DATE
from bot.adapters.templates.worker import KEPT
from bot.core.model import Job
from bot.errors import TemplateError


def job(template: str, **names: object) -> Job:
    return Job(template, names, "site/draft.md.j2", 10)


async def test_jobs_are_rendered_in_order_with_what_they_see():
    async with TemplateWorker() as worker:
        jobs = [
            job("{{ date }} {{ date.year }} {{ date.strftime('%d') }}", date=date(2023, 12, 28)),
            job('{{ number | replace(".", "-") }} {{ number | float + 1 }}', number="60.75"),
            job(
                "{% for s in starring %}{{ s.called or s.name }},{% endfor %}",
                starring=[{"name": "x"}],
            ),
            job("a\n"),
        ]
        assert await worker.render(jobs) == ["2023-12-28 2023 28", "60-75 61.75", "x,", "a"]
        assert await worker.render([]) == []


@pytest.mark.parametrize("length", [0, KEPT + 1], ids=["kept compiled", "too long to be kept"])
async def test_nothing_of_a_batch_is_left_for_the_next(length):
    template = "{{ y }}{% set y = x %}{{ y }}" + " " * length
    async with TemplateWorker() as worker:
        for x in ("a", "b"):
            assert await worker.render([job(template, x=x)]) == [x + " " * length]


async def test_what_is_not_set_is_empty_and_so_is_anything_asked_of_it():
    asked = (
        "{{ x }}{{ x.y.z }}{{ x[0] }}{{ x.y() }}{{ x | yaml }}{{ x | int }}{{ x + 1 }}{{ x * 2 }}"
    )
    async with TemplateWorker() as worker:
        text = asked + '{% for a in x.y %}!{% endfor %}{{ x.strftime("%Y") }}{{ x is defined }}'
        assert await worker.render([job(text)]) == ['""0False']


async def test_our_filters_keep_text_from_being_more():
    nasty = '--- "a"\n...\n\u2028\u202e{{ x }} | <b> \ud800 題'
    async with TemplateWorker() as worker:
        scalar, shown = await worker.render(
            [job("---\nt: {{ t | yaml }}\n---", t=nasty), job("{{ t | markdown }}", t=nasty)]
        )
    head = scalar.removeprefix("---\n").removesuffix("\n---")
    assert yaml.safe_load(head) == {"t": nasty.replace("\ud800", "\ufffd")}
    assert shown == r"--- \"a\" ... &#123;{ x }} \| \<b>  題".replace(r"\"", '"')


@pytest.mark.parametrize(
    ("template", "line", "cause"),
    [
        ("a\n{{ b", 11, "unexpected end"),
        ("a\n\n{% nosuch %}", 12, "nosuch"),
        ("{{ 1 / 0 }}", 10, "division"),
        ("a\n{{ ''.__class__.__mro__ }}", 11, "uses something that is not allowed"),
        ("{{ x.__init__.__globals__ }}", 10, "uses something that is not allowed"),
        ("{{ [].append(1) }}", 10, "uses something that is not allowed"),
        ("{% include '/etc/passwd' %}", 10, "loader"),
        ("{% for i in range(10**9) %}x{% endfor %}", 10, "[Rr]ange"),
        ("a\n{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 11, "without end"),
        ("{{ 'a' * 10**10 }}", 10, "memory"),
        ("{{ 'a' * 10**8 }}", 10, "memory|4,194,304"),
        ("a\n{% for i in range(99999) %}{{ 'a' * 99 }}{% endfor %}", 10, "4,194,304"),
    ],
)
async def test_a_template_that_fails_is_told_with_file_line_and_cause(template, line, cause):
    async with TemplateWorker() as worker:
        with pytest.raises(TemplateError, match=cause) as caught:
            await worker.render([job("fine"), job(template, x="text"), job("not reached")])
        said = str(caught.value)
        assert said.startswith(f"site/draft.md.j2, line {line}: ")
        assert len(said.splitlines()) == 1
        assert await worker.render([job("still {{ x }}", x="here")]) == ["still here"]


@pytest.mark.parametrize(
    "template",
    [
        "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
        "{{ 10 ** (10 ** 10) }}",
    ],
)
async def test_a_template_without_end_is_stopped(template):
    async with TemplateWorker(seconds=0.3) as worker:
        with pytest.raises(TemplateError, match=r"longer than 0\.3 seconds|too much memory"):
            await worker.render([job(template)])
        assert await worker.render([job("next")]) == ["next"]


async def test_a_process_that_dies_is_started_again():
    async with TemplateWorker() as worker:
        await worker.render([job("a")])
        process = worker._process
        assert process is not None
        process.kill()
        await process.wait()
        assert await worker.render([job("b")]) == ["b"]


async def test_a_render_that_is_given_up_leaves_a_worker_that_works():
    loop = "{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}"
    async with TemplateWorker() as worker:
        await worker.render([job("a")])
        waiting = asyncio.create_task(worker.render([job(loop)]))
        await asyncio.sleep(0.1)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert await worker.render([job("b")]) == ["b"]


async def test_the_process_has_no_secret_of_ours(monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", "secret-of-ours")
    async with TemplateWorker() as worker:
        await worker.render([job("a")])
        process = worker._process
        assert process is not None
        environment = f"/proc/{process.pid}/environ"
        if not os.path.exists(environment):  # noqa: ASYNC240, PTH110 - a look at /proc
            pytest.skip("no /proc to look at")
        with open(environment, "rb") as file:  # noqa: ASYNC230, PTH123 - a look at /proc
            assert b"secret-of-ours" not in file.read()


def test_both_ends_write_dates_alike():
    assert DATE == WORKERS_DATE
