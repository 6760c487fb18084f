"""Has what a host does be decided and recorded before the next thing is decided.

Two commands at the same moment would else decide by the same outline, and both hosts would read
that theirs is done: an answer to a question that was answered, one thing that was taken back twice.
"""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from bot.services.show import Show


class _OfShow(Protocol):
    _show: Show


S = TypeVar("S", bound=_OfShow)
P = ParamSpec("P")
T = TypeVar("T")
Method = Callable[Concatenate[S, P], Coroutine[Any, Any, T]]


def one_at_a_time(deed: Method[S, P, T]) -> Method[S, P, T]:
    """Make a method of a desk's part wait until what others of its show do so is recorded.

    It is not for what waits long for the web: all others wait, too. It must not call another one
    that is made so: it would wait for itself.
    """

    @wraps(deed)
    async def alone(self: S, /, *args: P.args, **named: P.kwargs) -> T:
        async with self._show.deciding:
            return await deed(self, *args, **named)

    return alone
