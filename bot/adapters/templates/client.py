"""Renders a profile's templates in a process of its own, which may be killed at any time."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, Self

from bot.core.model import Job
from bot.core.profile.yaml_nodes import one_line
from bot.errors import TemplateError

DATE = "$date"
_ROOT = Path(__file__).parents[3]
_MOST_BYTES = 32 * 1024 * 1024  # of one answer: 4 Mi characters as JSON writes them


class TemplateWorker:
    """The process that renders templates: started at first use, kept, started again if it fails.

    A batch may take `seconds` of processor time, and a few times as long by the clock.
    """

    def __init__(self, *, seconds: float = 2.0) -> None:
        self._seconds = seconds
        self._process: Process | None = None
        self._lock = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """End the process, if it was started."""
        async with self._lock:
            await self._end()

    async def render(self, jobs: Sequence[Job]) -> list[str]:
        """Return each job's text, or raise TemplateError for the first that fails."""
        if not jobs:
            return []
        async with self._lock:
            texts: list[str] = []
            try:
                process = await self._started()
                await self._batch(process, jobs, texts)
            finally:
                if len(texts) < len(jobs):  # failed, or given up: nobody knows what it is at
                    await self._end()
            return texts

    async def _batch(self, process: Process, jobs: Sequence[Job], texts: list[str]) -> None:
        """Send the jobs and take in their texts, one after the other."""
        try:
            async with asyncio.timeout(3 * self._seconds + 2):
                await _send(process, jobs)
                while len(texts) < len(jobs):
                    answer = await _answer(process)
                    if "text" not in answer:
                        self._fail(jobs[len(texts)], **answer)
                    texts.append(answer["text"])
        except TimeoutError:
            self._fail(jobs[len(texts)], "template-slow")
        except (OSError, ValueError):  # it is gone, or in the middle of a line
            self._fail(jobs[len(texts)], await _why_it_went(process))

    def _fail(self, job: Job, what: str, line: int = 1, cause: str = "") -> NoReturn:
        raise TemplateError(
            f"profile.{what}",
            file=job.where,
            line=job.line + line - 1,
            cause=one_line(cause),
            most=f"{self._seconds:g}" if what == "template-slow" else "4,194,304",
        )

    async def _started(self) -> Process:
        """Return the process, started if it is not there."""
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-s", "-m", "bot.adapters.templates.worker"),
                str(self._seconds),
                stdin=PIPE,
                stdout=PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env={"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"},  # and no secret of ours
                cwd="/",
                limit=_MOST_BYTES,
            )
            with suppress(ValueError):  # it did not start: the first job will say that it is gone
                await _answer(self._process)
        return self._process

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):  # ended by itself
            process.kill()
        await process.communicate()


async def _why_it_went(process: Process) -> str:
    """Return what became of a process that answers no more: its time was up, or it crashed."""
    with suppress(TimeoutError):
        async with asyncio.timeout(1):
            await process.wait()
    return "template-slow" if process.returncode == -signal.SIGXCPU else "template-died"


async def _send(process: Process, jobs: Sequence[Job]) -> None:
    assert process.stdin is not None  # noqa: S101 - started with a pipe
    batch = [{"template": job.template, "names": job.names} for job in jobs]
    process.stdin.write(json.dumps(batch, default=_as_json).encode() + b"\n")
    await process.stdin.drain()


async def _answer(process: Process) -> dict[str, Any]:
    """Read one answer; raises ValueError where there is none, or no whole one."""
    assert process.stdout is not None  # noqa: S101 - started with a pipe
    answer: dict[str, Any] = json.loads(await process.stdout.readline())
    return answer


def _as_json(value: object) -> object:
    if isinstance(value, date):
        return {DATE: value.isoformat()}
    return dict(value) if isinstance(value, Mapping) else str(value)
