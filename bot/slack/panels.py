"""Panels, lines and reactions of the app's own in a workspace's channels."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.core.markup.slack_message import id_of, split_id
from bot.services.desk.panel import Panel
from bot.services.watched_channels import Watched
from bot.slack import draw
from bot.slack.answers import escaped, post
from bot.slack.translate import code_of, explained

_NAMES = {
    "✅": "white_check_mark",
    "🔙": "back",
    "♻️": "recycle",
    "❓": "question",
    "⏳": "hourglass_flowing_sand",
}
"""Slack's names of the reactions that show a message's status (status_reactions.SHOWN)."""


class SlackPanels:
    """Draws panels as messages. Fulfils live_panels.PanelPort."""

    slows_old = False

    def __init__(self, client: AsyncWebClient, workspace: str, *, url: str) -> None:
        self._client = client
        self._workspace = workspace
        self._url = url

    def home(self, channel: str, thread: str | None) -> str | None:
        """Return where to write for a channel: always the channel itself."""
        return channel

    def reaches(self, watched: Watched) -> bool:
        """Return whether a channel is one of this workspace's."""
        return watched.workspace == self._workspace

    async def post(self, conversation: str, panel: Panel) -> str:
        """Post a panel in a channel; return its message's id."""
        with explained(conversation):
            answer: Any = await self._client.chat_postMessage(
                channel=conversation,
                text=escaped(panel.headline),
                blocks=draw.panel_blocks(panel),
                unfurl_links=False,
                unfurl_media=False,
            )
        return id_of(conversation, str(answer.get("ts")))

    async def edit(self, conversation: str, message: str, panel: Panel) -> None:
        """Draw a panel in place of the one that a message shows."""
        with explained(conversation):
            await self._client.chat_update(
                channel=conversation,
                ts=_stamp(message),
                text=escaped(panel.headline),
                blocks=draw.panel_blocks(panel),
            )

    def link(self, channel: str, conversation: str, message: str) -> str:
        """Return the address at which a message of a channel is seen."""
        return f"{self._url}archives/{channel}/p{_stamp(message).replace('.', '')}"

    async def remove(self, conversation: str, message: str) -> None:
        """Take a panel away."""
        with explained(conversation):
            await self._client.chat_delete(channel=conversation, ts=_stamp(message))

    async def say(self, conversation: str, text: str, choices: Sequence[tuple[str, str]]) -> None:
        """Say something in a channel, without pinging anybody."""
        with explained(conversation):
            await post(self._client, conversation, text, choices)


class SlackReactions:
    """Changes the reaction below messages. Fulfils status_reactions.Reactions."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def change(
        self, channel: str, message: str, *, add: str | None, remove: str | None
    ) -> None:
        """Put a reaction below a message, then take another one away."""
        spot = {"channel": channel, "timestamp": _stamp(message)}
        with explained(channel):
            if add is not None:
                await _unless("already_reacted", self._client.reactions_add, _NAMES[add], spot)
            if remove is not None:
                await _unless("no_reaction", self._client.reactions_remove, _NAMES[remove], spot)


async def _unless(done: str, ask: Any, name: str, spot: dict[str, str]) -> None:  # noqa: ANN401
    """Ask for a change of reactions; that it is so already is well, too."""
    try:
        await ask(name=name, **spot)
    except SlackApiError as error:
        if code_of(error) != done:
            raise


def _stamp(message: str) -> str:
    return (split_id(message) or ("", ""))[1]
