"""What people ask of the app: commands, shortcuts, taps and windows, as Slack sends them."""

import asyncio
import itertools
from collections.abc import Callable
from typing import Any

from tests.fakes.slack_rules import faults_of_options
from tests.fakes.slack_shapes import Channel, Said, User, elements_of, words_of
from tests.fakes.slack_socket import Envelope, SocketMode
from tests.patience import LONGEST

Raw = dict[str, Any]


class Asks:
    """The asking side of a LocalSlack."""

    team: str
    port: int
    count: "itertools.count[int]"
    socket: SocketMode
    answers: list[Said]
    triggers: set[str]
    responses: dict[str, tuple[str, str, int]]
    stamp: Callable[[], str]
    until: Callable[..., Any]

    def _asked(self, user: User, channel: str) -> Raw:
        trigger = f"{next(self.count)}.{self.team}.abc"
        self.triggers.add(trigger)
        name = f"r{next(self.count)}"
        self.responses[name] = (channel, user.id, 0)
        return {
            "trigger_id": trigger,
            "response_url": f"http://127.0.0.1:{self.port}/respond/{name}",
        }

    async def ask(
        self, kind: str, payload: Raw, *, until: Callable[[], object] | None = None
    ) -> Said | None:
        """Send something that is answered; return the answer."""
        before = len(self.answers)
        envelope = await self.socket.tell(kind, payload)
        async with asyncio.timeout(LONGEST):
            await envelope.acked.wait()
        await self.until(until or (lambda: len(self.answers) > before))
        return self.answers[-1] if self.answers else None

    async def command(self, user: User, channel: Channel, line: str) -> Said:
        """Type a slash command: `/rundown topic add X`."""
        payload = self._typed(user, channel, line)
        name = payload["response_url"].rpartition("/")[2]
        await self.ask("slash_commands", payload, until=lambda: self._answer_to(name))
        said = self._answer_to(name)
        assert said is not None
        return said

    def _answer_to(self, name: str) -> Said | None:
        """Return what was last sent to a response_url: the app may have more to say meanwhile."""
        return next((one for one in reversed(self.answers) if one.answers == name), None)

    async def give(self, user: User, channel: Channel, line: str) -> None:
        """Type a slash command that is not answered with words."""
        envelope = await self.socket.tell("slash_commands", self._typed(user, channel, line))
        async with asyncio.timeout(LONGEST):
            await envelope.acked.wait()

    def _typed(self, user: User, channel: Channel, line: str) -> Raw:
        name, _, text = line.partition(" ")
        return {
            "token": "local",
            "team_id": self.team,
            "channel_id": channel.id,
            "channel_name": channel.name,
            "user_id": user.id,
            "user_name": user.name,
            "command": name,
            "text": text,
            "api_app_id": "A0000APP",
            "is_enterprise_install": "false",
            **self._asked(user, channel.id),
        }

    def shortcut_payload(self, user: User, raw: Raw, name: str) -> Raw:
        return {
            "type": "message_action",
            "token": "local",
            "action_ts": self.stamp(),
            "team": {"id": self.team, "domain": "local"},
            "user": {"id": user.id, "name": user.name, "team_id": self.team},
            "channel": {"id": raw["channel"], "name": "show-notes"},
            "callback_id": name,
            "message_ts": raw["ts"],
            "message": {one: raw[one] for one in raw if one != "channel"},
            **self._asked(user, raw["channel"]),
        }

    async def shortcut(self, user: User, raw: Raw, name: str) -> Said:
        said = await self.ask("interactive", self.shortcut_payload(user, raw, name))
        assert said is not None
        return said

    async def tap(
        self, user: User, where: Raw, label: str, *, option: str | Raw | None = None
    ) -> Envelope:
        """Press a button of a message or window, or pick an option (part of its words).

        An option that `type_in` gave is picked as it is.
        """
        if isinstance(option, dict):
            element = _field(where["blocks"], label) | {"picked": option}
        else:
            element = _find(where["blocks"], label, option)
        action = {
            "type": element["type"],
            "action_id": element["action_id"],
            "block_id": element["block_id"],
            "action_ts": self.stamp(),
        }
        if option is None:
            action["value"] = element.get("value", "")
        else:
            action["selected_option"] = element["picked"]
        payload: Raw = {
            "type": "block_actions",
            "team": {"id": self.team, "domain": "local"},
            "user": {"id": user.id, "username": user.name, "team_id": self.team},
            "api_app_id": "A0000APP",
            "token": "local",
            "actions": [action],
        }
        payload |= self._asked(user, where.get("channel", ""))
        if "ts" in where:
            payload |= {
                "container": {"type": "message", "channel_id": where["channel"]},
                "channel": {"id": where["channel"], "name": "show-notes"},
                "message": {one: where[one] for one in where if one != "channel"},
            }
        else:
            del payload["response_url"]
            payload |= {"view": where, "container": {"type": "view", "view_id": where["id"]}}
        envelope = await self.socket.tell("interactive", payload)
        async with asyncio.timeout(LONGEST):
            await envelope.acked.wait()
        return envelope

    async def type_in(self, user: User, where: Raw, label: str, typed: str) -> list[Raw]:
        """Type into a field whose options the app gives; return them, as `tap` takes one."""
        element = _field(where["blocks"], label)
        assert len(typed) >= element.get("min_query_length", 3)
        payload: Raw = {
            "type": "block_suggestion",
            "team": {"id": self.team, "domain": "local"},
            "user": {"id": user.id, "name": user.name, "team_id": self.team},
            "api_app_id": "A0000APP",
            "token": "local",
            "action_id": element["action_id"],
            "block_id": element["block_id"],
            "value": typed,
            "container": {"type": "message", "channel_id": where["channel"], "is_ephemeral": True},
            "channel": {"id": where["channel"], "name": "show-notes"},
        }
        envelope = await self.socket.tell("interactive", payload)
        async with asyncio.timeout(LONGEST):
            await envelope.acked.wait()
        found = list((envelope.answer or {}).get("options", ()))
        assert not list(faults_of_options(found))
        return found

    async def submit(self, user: User, view: Raw, typed: str | dict[str, str]) -> None:
        """Fill in a window's fields by their labels, or its first one, and send it."""
        inputs = [one for one in view["blocks"] if one["type"] == "input"]
        if isinstance(typed, str):
            typed = {inputs[0]["label"]["text"]: typed}
        assert typed.keys() <= {one["label"]["text"] for one in inputs}
        values = {}
        for one in inputs:
            known = one["element"].get("initial_value")
            value = typed.get(one["label"]["text"], known)
            assert value or one.get("optional"), "a field that is required is empty"
            values[one["block_id"]] = {
                "value": {"type": "plain_text_input", "value": value or None}
            }
        payload = {
            "type": "view_submission",
            "team": {"id": self.team, "domain": "local"},
            "user": {"id": user.id, "username": user.name, "team_id": self.team},
            "api_app_id": "A0000APP",
            "token": "local",
            "view": view | {"state": {"values": values}},
            "response_urls": [],
            "trigger_id": self._asked(user, "")["trigger_id"],
        }
        envelope = await self.socket.tell("interactive", payload)
        async with asyncio.timeout(LONGEST):
            await envelope.acked.wait()


def _field(blocks: Any, label: str) -> Raw:
    fields = elements_of(blocks, "external_select")
    return next(one for one in fields if label in one["placeholder"]["text"])


def _find(blocks: Any, label: str, option: str | None) -> Raw:
    if option is None:
        for one in elements_of(blocks, "button"):
            if one["text"]["text"] == label:
                return one
    for one in elements_of(blocks, "static_select"):
        for each in one["options"]:
            is_meant = option is not None and option in each["text"]["text"]
            if is_meant and label in one["placeholder"]["text"]:
                return one | {"picked": each}
    raise LookupError(f"no {label} {option or ''} in {words_of(blocks)}")
