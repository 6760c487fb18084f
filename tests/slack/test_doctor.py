"""`rundown doctor` on Slack, and the app's manifest: they ask for the same."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_sdk.errors import SlackApiError

from bot import mentions
from bot.errors import ChatClosed, ChatError
from bot.services.chat.router import MENUS
from bot.slack.answers import OURS
from bot.slack.commands import CHANGE, COMMAND
from bot.slack.doctor import SCOPES
from bot.slack.translate import explained
from bot.texts import say
from tests.cogs.test_process import stopped
from tests.fakes.slack import LocalSlack, local_slack
from tests.needs import ROOT
from tests.patience import LONGEST
from tests.services.desk.house import make_site
from tests.slack.front import needs_network
from tests.slack.test_process import running

pytestmark = needs_network


async def examined(folder: Path, slack: LocalSlack, **more: str) -> tuple[int, str]:
    async with running(folder, slack, more, command=("doctor",)) as process:
        async with asyncio.timeout(LONGEST):
            out, errors = await process.communicate()
    assert errors == b""
    return process.returncode or 0, out.decode()


@pytest.mark.long
async def test_what_is_well_and_what_is_not_is_told_with_what_mends_it(tmp_path: Path) -> None:
    make_site(tmp_path / "site")
    async with local_slack() as slack:
        channel = slack.channel()
        boss = slack.user("Boss", admin=True)
        async with running(tmp_path, slack) as process:
            await slack.socket.until(lambda: bool(slack.socket.sessions), LONGEST)
            await slack.command(boss, channel, "/rundown setup")
            await stopped(process)
        code, told = await examined(tmp_path, slack)
        assert (code, "✗" in told) == (0, False)
        assert "✓ Slack: the app is in #show-notes." in told
        channel.member = False
        slack.api.scopes -= {"reactions:read"}
        code, told = await examined(tmp_path, slack)
        assert code == 1
        assert "✗ Slack: the app is not in #show-notes: write /invite @Rundown" in told
        assert "lacks reactions:read: open https://api.slack.com/apps" in told
        code, told = await examined(tmp_path, slack, SLACK_APP_TOKEN="x")
        assert code == 1
        assert "SLACK_APP_TOKEN" in told


async def test_an_app_of_a_whole_organisation_is_told_to_be_installed_in_a_workspace(
    tmp_path: Path,
) -> None:
    make_site(tmp_path / "site")
    async with local_slack() as slack:
        slack.is_org_wide = True
        code, told = await examined(tmp_path, slack)
        assert code == 1
        assert "Install it in that workspace" in told


async def test_an_app_token_without_its_scope_is_told_and_ends_the_bot_as_only_a_new_one_helps(
    tmp_path: Path,
) -> None:
    make_site(tmp_path / "site")
    async with local_slack() as slack:
        slack.api.app_scopes.clear()
        code, told = await examined(tmp_path, slack)
        assert code == 1
        assert "✗ Slack: SLACK_APP_TOKEN lacks the scope connections:write" in told
        async with running(tmp_path, slack) as process, asyncio.timeout(LONGEST):
            _, errors = await process.communicate()
        assert process.returncode == 2
        assert b"SLACK_APP_TOKEN lacks the scope connections:write" in errors


def test_a_scope_that_the_bot_lacks_is_named_with_what_wants_it() -> None:
    response: Any = {"error": "missing_scope", "needed": "groups:history", "provided": "chat:write"}
    with pytest.raises(ChatClosed, match="groups:history, which C1 needs"), explained("C1"):
        raise SlackApiError("refused", response)
    del response["needed"]
    with pytest.raises(ChatClosed, match="no access to C1 on Slack"), explained("C1"):
        raise SlackApiError("refused", response)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C024BE91L", mentions.channel("C024BE91L")),
        ("CHYKEABCD", mentions.channel("CHYKEABCD")),
        ("WHYKEABCD", mentions.hosts((), ["WHYKEABCD"])),
        ("auth.test", "auth.test"),
    ],
)
def test_a_refusal_names_channels_and_people_whichever_letters_their_ids_have(
    given: str, shown: str
) -> None:
    response: Any = {"error": "internal_error"}
    with pytest.raises(ChatError) as refused, explained(given):
        raise SlackApiError("refused", response)
    assert refused.value.values["what"] == shown


def test_the_manifest_asks_for_what_the_app_needs_and_offers_what_it_does() -> None:
    manifest = yaml.safe_load((ROOT / "slack-manifest.yml").read_text("utf-8"))
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == SCOPES
    features = manifest["features"]
    assert {one["command"].lstrip("/") for one in features["slash_commands"]} == {*OURS, "rundown"}
    named = {one["callback_id"]: one["name"] for one in features["shortcuts"]}
    texts = {menu: say(f"menus.{menu}") for menu in MENUS}
    texts |= {CHANGE: say("menus.change"), COMMAND: say("slack.command-title")}
    assert named == texts
    assert len(named) <= 5  # as many message shortcuts as Slack takes
    assert all(len(one["name"]) <= 24 for one in features["shortcuts"])
    assert manifest["settings"]["socket_mode_enabled"] is True
