"""What a Slack of our own holds: people, channels, and what was said."""

from dataclasses import dataclass, field
from typing import Any

TEAM = "T0000TEAM1"


@dataclass
class User:
    """Somebody in the workspace."""

    id: str
    name: str
    locale: str = "en-US"
    admin: bool = False
    bot: bool = False
    stranger: bool = False
    team: str = TEAM
    teams: tuple[str, ...] = ()
    """The workspaces of an organisation that somebody is in; the first is named before all."""

    def shape(self, *, locale: bool) -> dict[str, Any]:
        raw = {
            "id": self.id,
            "team_id": "T0000OTHER" if self.stranger else self.team,
            "name": self.name.lower(),
            "deleted": False,
            "real_name": self.name,
            "tz": "Asia/Tokyo",
            "profile": {"real_name": self.name, "display_name": self.name, "team": self.team},
            "is_admin": self.admin,
            "is_owner": False,
            "is_restricted": False,
            "is_bot": self.bot,
            "is_app_user": False,
            "updated": 1700000000,
        }
        if self.stranger:
            raw["is_stranger"] = True
        if self.teams:
            raw["team_id"] = self.teams[0]
            raw["enterprise_user"] = {
                "id": self.id,
                "enterprise_id": "E0000ORG",
                "enterprise_name": "Organisation",
                "is_admin": False,
                "is_owner": False,
                "teams": list(self.teams),
            }
        return raw | ({"locale": self.locale} if locale else {})


@dataclass
class Channel:
    """A channel; `member` tells whether the app was invited, `without` who is not in it."""

    id: str
    name: str
    private: bool = False
    member: bool = True
    archived: bool = False
    without: set[str] = field(default_factory=set)

    def shape(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "is_channel": not self.private,
            "is_group": False,
            "is_im": False,
            "is_private": self.private,
            "is_archived": self.archived,
            "is_member": self.member,
            "created": 1700000000,
            "creator": "U0000BOSS",
        }


@dataclass
class Said:
    """Something that the app showed: a message of its own, a whisper, or a window.

    `answers` is the end of the response_url that it was sent to, if it was.
    """

    text: str
    blocks: list[dict[str, Any]]
    user: str = ""
    thread: str | None = None
    public: bool = True
    raw: dict[str, Any] = field(default_factory=dict)
    answers: str = ""

    @property
    def words(self) -> str:
        return words_of(self.blocks) or self.text


def words_of(value: object) -> str:
    """All that can be read in blocks, a line a block."""
    if isinstance(value, list):
        return "\n".join(part for one in value if (part := words_of(one)))
    if not isinstance(value, dict):
        return ""
    if value.get("type") == "rich_text_section" or value.get("type") == "rich_text_preformatted":
        return "".join(words_of(one) for one in value["elements"]).rstrip("\n")
    if value.get("type") == "link":
        return str(value["url"])
    if value.get("type") == "channel":
        return f"#{value['channel_id']}"
    own = value.get("text") or value.get("label") or ""
    own = words_of(own) if isinstance(own, dict) else str(own)
    inner = [words_of(value.get(key)) for key in ("elements", "blocks", "element")]
    return "\n".join(part for part in (own, *inner) if part)


def elements_of(value: object, kind: str) -> list[dict[str, Any]]:
    """All interactive elements of a kind in blocks, with the block that they stand in."""
    return [
        element | {"block_id": block.get("block_id", "b")}
        for block in (value if isinstance(value, list) else [])
        for element in [*block.get("elements", ()), block.get("element")]
        if isinstance(element, dict) and element.get("type") == kind
    ]
