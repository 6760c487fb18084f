"""Answers: as rich text in which nothing is mark-up, in the right eyes, within what Slack takes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.core.markup.slack_message import dict_of
from bot.mentions import CLOSE, MENTION, OPEN, untyped
from bot.services.chat.router import ALL
from bot.services.request import Answer, parts
from bot.texts import say

OURS = ("draft", "outline", "preview")
"""The commands that Slack knows by themselves; all others are words of `/rundown`."""

MOST_BLOCK = 2_800
"""Characters of a block: Slack takes 3,000 (https://docs.slack.dev/reference/block-kit/blocks)."""

MOST_PARTS = 40
"""Blocks of text in an answer: Slack takes 50 in all (the same page)."""

MOST_INLINE = 9_000
"""Characters of a file that is shown in the chat; a longer one is sent as a file."""

MOST_WINDOW = 60_000
"""Characters of a file that is shown in a window."""

MOST_FALLBACK = 3_000
"""Characters of the text beside the blocks, which notifications show."""

Block = dict[str, Any]

_PART = re.compile(
    rf"(?P<url>https?://[^\s<>\[\]{{}}|\\^`\"{OPEN}{CLOSE}]+)|{MENTION.pattern}"
    rf"|(?P<stray>[{OPEN}{CLOSE}])"
)
_MENTIONS = {
    "#": ("channel", "channel_id"),
    "&": ("usergroup", "usergroup_id"),
    "@": ("user", "user_id"),
}
_WORDS = "|".join(sorted({one.name.split()[0] for one in ALL} - set(OURS)))
_COMMAND = re.compile(rf"(?<![\w/:.<])/(?=(?:{_WORDS})(?![\w/.-]))")


@dataclass(frozen=True, slots=True)
class Reply:
    """Where an answer goes: by `url` where Slack gave one, else to a user or channel."""

    channel: str
    user: str
    url: str | None = None
    thread: str | None = None


def named(text: str) -> str:
    """Return a text in which commands are called as they are on Slack: `/rundown topic move`."""
    return _COMMAND.sub("/rundown ", text)


def escaped(text: str) -> str:
    """Return a text for a field in which Slack reads mark-up."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def rich(text: str) -> list[Block]:
    """Draw a text as blocks of rich text: addresses and names of channels are links, no more."""
    return [_rich("rich_text_section", list(elements(part))) for part in _parts(text)]


def as_code(text: str) -> list[Block]:
    """Draw a file's text as it is."""
    return [
        _rich("rich_text_preformatted", [{"type": "text", "text": part}]) for part in _parts(text)
    ]


def _parts(text: str) -> list[str]:
    return parts(text, MOST_BLOCK)[:MOST_PARTS]


def _rich(kind: str, inner: list[Block]) -> Block:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": inner}]}


def elements(text: str) -> Iterator[Block]:
    """Draw a text as elements of a section."""
    at = 0
    for found in _PART.finditer(text):
        if at < found.start():
            yield {"type": "text", "text": text[at : found.start()]}
        at = found.end()
        if found["url"] and _is_address(found["url"]):
            yield {"type": "link", "url": found["url"]}
        elif found["url"]:
            yield {"type": "text", "text": found["url"]}
        elif found["kind"] and found["id"].isdecimal():
            # Slack refuses a block with an id that is none of its own.
            yield {"type": "text", "text": "Discord"}
        elif found["kind"]:
            kind, name = _MENTIONS[found["kind"]]
            yield {"type": kind, name: found["id"]}
    if at < len(text):
        yield {"type": "text", "text": text[at:]}


def _is_address(url: str) -> bool:
    """Return whether Slack takes an address for a link, and shows all of it: else it is words."""
    try:
        return bool(urlsplit(url).hostname) and url.isprintable()
    except ValueError:
        return False


def buttons(choices: list[tuple[str, str]]) -> list[Block]:
    """Draw the choices below an answer, given as labels and keys."""
    if not choices:
        return []
    drawn = [
        {
            "type": "button",
            "action_id": f"rd:choice:{number}",
            "text": {"type": "plain_text", "text": label[:75]},
            "value": key,
        }
        for number, (label, key) in enumerate(choices)
    ]
    return [{"type": "actions", "elements": drawn}]


def search(language: str) -> Block:
    """Draw a field in which words are looked for: what completes them is asked of us as one types.

    Slack completes nothing in slash commands.
    """
    field = {
        "type": "external_select",
        "action_id": "rd:find",
        "min_query_length": 1,  # one letter is a word in Japanese
        "placeholder": {"type": "plain_text", "text": say("find.type", language)},
    }
    return {"type": "actions", "elements": [field]}


async def send(
    client: AsyncWebClient,
    reply: Reply,
    answer: Answer,
    *,
    choices: list[tuple[str, str]],
    language: str,
) -> None:
    """Send an answer, seen by its giver alone or by all."""
    text = named(answer.text)
    if answer.file is None:
        below = [search(language)] if answer.search else []
        blocks = [*rich(text), *buttons(choices), *below]
        await _send(client, reply, text, blocks, public=not answer.private)
    elif len(answer.text) <= MOST_INLINE:
        await _send(client, reply, answer.file, as_code(answer.text), public=False)
    else:
        await _send_file(client, reply, answer.text, answer.file)
        await say_to(client, reply, say("slack.file-sent", language))


async def say_to(client: AsyncWebClient, reply: Reply, text: str) -> None:
    """Tell somebody what they have to know, seen by them alone."""
    text = named(text)
    await _send(client, reply, text, rich(text), public=False)


async def post(
    client: AsyncWebClient, channel: str, text: str, choices: Sequence[tuple[str, str]] = ()
) -> None:
    """Say something in a channel, without pinging anybody, with buttons below."""
    text = named(text)
    blocks = [*rich(text), *buttons(list(choices))]
    await _send(client, Reply(channel, ""), text, blocks, public=True)


async def _send(
    client: AsyncWebClient, reply: Reply, text: str, blocks: list[Block], *, public: bool
) -> None:
    fallback = escaped(untyped(text)[:MOST_FALLBACK])
    if reply.url is not None and await _respond(client, reply.url, fallback, blocks, public=public):
        return
    if public:
        await client.chat_postMessage(
            channel=reply.channel,
            text=fallback,
            blocks=blocks,
            thread_ts=reply.thread,
            unfurl_links=False,
            unfurl_media=False,
        )
    else:
        await client.chat_postEphemeral(
            channel=reply.channel,
            user=reply.user,
            text=fallback,
            blocks=blocks,
            thread_ts=reply.thread,
        )


async def _respond(
    client: AsyncWebClient, url: str, fallback: str, blocks: list[Block], *, public: bool
) -> bool:
    """Answer where Slack said; False where that has run out, or was used up."""
    hook = AsyncWebhookClient(url, session=client.session, retry_handlers=client.retry_handlers)
    try:
        done = await hook.send(
            text=fallback,
            blocks=blocks,
            response_type="in_channel" if public else "ephemeral",
            replace_original=False,
            unfurl_links=False,
            unfurl_media=False,
        )
    except (aiohttp.ClientError, TimeoutError):
        return False
    return done.status_code == 200


async def _send_file(client: AsyncWebClient, reply: Reply, text: str, name: str) -> None:
    """Send a file to somebody, where nobody else sees it."""
    opened: Any = await client.conversations_open(users=reply.user)
    channel = str(dict_of(opened.get("channel")).get("id"))
    await client.files_upload_v2(content=text, filename=name, channel=channel)
