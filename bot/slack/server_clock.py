"""Slack's time of day, for what it tells without a time: slash commands and taps."""

from collections.abc import Callable
from email.utils import parsedate_to_datetime

from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState

SECOND = 1_000_000
FAR = 60 * SECOND
"""Microseconds by which our own clock may differ: an answer may have been long on its way."""


class ServerClock(AsyncRetryHandler):
    """Microseconds since 1970, by our own clock, set right where it is far from Slack's.

    Messages have Slack's times, and commands stand between them: given by a clock that is an hour
    ahead, `/topic add` would stand behind all that is said in that hour. Slack says its time with
    each answer (the header Date); the client shows those to this handler, which retries nothing.
    """

    def __init__(self, clock: Callable[[], int]) -> None:
        super().__init__()
        self._clock = clock
        self._ahead = 0

    def __call__(self) -> int:
        """Return the time."""
        return self._clock() - self._ahead

    async def can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        """Take in an answer's time."""
        said = _date(response) if response is not None else None
        if said is not None:
            ahead = self._clock() - said
            self._ahead = ahead if abs(ahead) > FAR else 0
        return False


def _date(response: HttpResponse) -> int | None:
    values = [value for name, value in response.headers.items() if name.lower() == "date"]
    try:
        text = values[0] if isinstance(values[0], str) else values[0][0]
        return int(parsedate_to_datetime(text).timestamp()) * SECOND
    except (IndexError, ValueError):
        return None
