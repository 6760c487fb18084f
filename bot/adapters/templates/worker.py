"""The process in which a profile's templates are rendered, apart from all that is ours.

It reads a batch of jobs as one line of JSON and answers one line a job: its text, or what went
wrong and in which line of the template; a batch ends with the first that fails. It opens no file
and no connection, and its memory and time are limited. client.py starts it.
"""

import json
import math
import resource
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache, lru_cache
from typing import Any, NoReturn

from jinja2 import ChainableUndefined, Template
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.core.render import escape, slug

MEMORY = 256 * 1024 * 1024
MOST_CHARACTERS = 4 * 1024 * 1024
DATE = "$date"
KEPT = 16 * 1024
"""Characters of a template that is kept compiled for the next batch: many must fit into MEMORY."""


class TimeUp(Exception):  # noqa: N818 - what happened, not a fault of ours
    """The batch has used up its processor time."""


class TooBig(Exception):  # noqa: N818 - what happened, not a fault of ours
    """The batch has given more text than a page can be."""


class Empty(ChainableUndefined):
    """A name that is not set: it is empty, and so is anything asked of it."""

    def _itself(self, *_: object, **__: object) -> "Empty":
        return self

    def __int__(self) -> int:  # type: ignore[override]  # Jinja's own only raises
        return 0

    def __float__(self) -> float:  # type: ignore[override]  # Jinja's own only raises
        return 0.0

    # mypy: Jinja's own, of another type, only raise.
    __call__ = __neg__ = __pos__ = _itself  # type: ignore[assignment]
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _itself  # type: ignore[assignment]
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = _itself  # type: ignore[assignment]
    __mod__ = __rmod__ = _itself  # type: ignore[assignment]


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which reaching out is an error, never silently nothing."""

    def unsafe_undefined(self, obj: Any, attribute: str) -> NoReturn:  # noqa: ANN401 - as Jinja's
        """Refuse an attribute that leads out."""
        raise SecurityError(f"{type(obj).__name__}.{attribute}")


@cache
def environment() -> Sandbox:
    """Return the environment of a profile's templates: Jinja's defaults and our filters."""
    sandbox = Sandbox(undefined=Empty, autoescape=False)
    # What is not set, and a date, are no JSON by themselves; they are written as they print.
    sandbox.policies["json.dumps_kwargs"] = {"sort_keys": True, "default": str}
    sandbox.filters["yaml"] = escape.yaml
    sandbox.filters["toml"] = sandbox.filters["json"] = escape.json
    sandbox.filters["slug"] = slug.slug
    sandbox.filters["pad"] = slug.padded
    sandbox.filters["markdown"] = lambda value: escape.markdown(str(value))
    return sandbox


@lru_cache(maxsize=32)
def _kept(template: str) -> Template:
    return environment().from_string(template)


def compiled(template: str) -> Template:
    """Compile a template, once while it is asked for: each draft is made of the same few."""
    return _kept(template) if len(template) <= KEPT else environment().from_string(template)


def render(template: Template, names: dict[str, Any], most: int) -> str:
    """Render a template; raise TooBig as soon as it gives more than `most` characters."""
    pieces: list[str] = []
    length = 0
    for piece in template.generate(names):
        length += len(piece)
        if length > most:
            raise TooBig
        pieces.append(piece)
    return "".join(pieces)


def fault(error: BaseException) -> dict[str, Any]:
    """Return what went wrong: the text that says it, the template's line, and the cause."""
    line = 1
    step = error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == "<template>":
            line = step.tb_lineno
        step = step.tb_next
    what, cause = "template", f"{type(error).__name__}: {error}"
    match error:
        case TemplateSyntaxError():
            line, cause = error.lineno, error.message or "syntax error"
        case SecurityError():
            what, cause = "template-reaches-out", str(error)
        case RecursionError():
            cause = "it calls itself without end"
        case MemoryError():
            what = "template-memory"
        case TimeUp():
            what = "template-slow"
        case TooBig():
            what = "template-big"
    return {"what": what, "line": line, "cause": cause[:1000]}


def answers(batch: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the answer to each job of a batch, up to the first that fails."""
    left = MOST_CHARACTERS
    for job in batch:
        try:
            text = render(compiled(job["template"]), job["names"], left)
        except Exception as error:  # noqa: BLE001 - whatever a template raises is told its writers
            yield fault(error)
            return
        left -= len(text)
        yield {"text": text}


def read_dates(values: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON's own
    """Make dates again of what JSON made of them."""
    if values.keys() == {DATE}:
        with suppress(ValueError, TypeError):
            return date.fromisoformat(values[DATE])
    return values


def up(*_: object) -> NoReturn:
    """End a batch whose time is up."""
    raise TimeUp


def limit_processor_time(seconds: float) -> None:
    """Have the system end us soon after so many more seconds of processor time.

    Python hears the timer of a batch only between its own steps: what runs long in C never does.
    """
    with suppress(ValueError, OSError):
        most = math.ceil(time.process_time() + seconds) + 1
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


def main(seconds: float) -> None:
    """Answer batches until standard input ends; each has so many seconds of processor time."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # a system without this limit still has the others
            resource.setrlimit(limit, (most, most))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who started us
    signal.signal(signal.SIGPROF, up)
    _say({"ready": True})
    for line in sys.stdin:
        batch = json.loads(line, object_hook=read_dates)
        limit_processor_time(seconds)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        for answer in answers(batch):
            _say(answer)
        signal.setitimer(signal.ITIMER_PROF, 0)


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]))
