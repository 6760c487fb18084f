"""Files that people share on Slack, where a command asks for one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.core.markup.slack_message import dicts_of
from bot.errors import CommandError
from bot.services.desk import given_files
from bot.slack.translate import explained

MOST_NAME = 200
HOST = "files.slack.com"
PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file as a message has it: where it is, and its name."""

    url: str
    name: str


def file_of(message: Mapping[str, Any]) -> SharedFile | None:
    """Return the first file of a message; None where it has none, or Slack does not say where."""
    first = next(iter(dicts_of(message.get("files"))), None)
    if first is None:
        return None
    url = first.get("url_private_download") or first.get("url_private")
    name = str(first.get("name") or "")[:MOST_NAME]
    return SharedFile(str(url), name) if isinstance(url, str) else None


def held(file: SharedFile | None) -> dict[str, str]:
    """Return what a window carries of a file."""
    return {"file": file.url, "name": file.name} if file else {}


def file_held(carried: Mapping[str, str]) -> SharedFile | None:
    """Return the file that a window carries."""
    url = carried.get("file")
    return SharedFile(url, carried.get("name", "")) if url else None


async def given_as(kind: str, file: SharedFile, client: AsyncWebClient) -> str:
    """Return a file's text, of a `picture` its bytes in base64.

    Raises CommandError where it is too large, or no text, ChatError where Slack does not give it.
    """
    data = await _bytes_of(file, client)
    given_files.check_size(len(data), kind=kind, name=file.name)
    return given_files.option_value(data, kind=kind, name=file.name)


async def _bytes_of(file: SharedFile, client: AsyncWebClient) -> bytes:
    """Return a file's bytes, and no more of one that is too large than tells it."""
    address = URL(file.url)
    # The token is Slack's own: nobody else is shown it, whatever a message says.
    is_slacks = address.scheme == "https" and address.host == HOST
    if not is_slacks and address.origin() != URL(client.base_url).origin():
        raise CommandError("slack.no-file", path=file.name)
    headers = {"Authorization": f"Bearer {client.token}"}
    data = b""
    with explained(file.name):
        assert client.session is not None  # noqa: S101 - web_client gave it one
        asked = client.session.get(address, headers=headers, allow_redirects=False)
        async with asked as answer:
            # Without the scope files:read, Slack leads to its log-in page.
            if answer.status != 200 or answer.content_type == "text/html":
                raise CommandError("slack.no-file", path=file.name)
            async for piece in answer.content.iter_chunked(PIECE):
                data += piece
                if len(data) > given_files.LARGEST_FILE:
                    break
    return data
