"""Small exports, built as the platforms' own programs write them."""

import json
import zipfile
from pathlib import Path
from typing import Any

HOST = {"id": "1000", "name": "buka_", "nickname": "buka", "isBot": False, "roles": []}
OTHER = {"id": "1001", "name": "oka_", "nickname": "oka", "isBot": False, "roles": []}
BOT = {"id": "1999", "name": "rundown", "nickname": "rundown", "isBot": True, "roles": []}


def discord_message(number: int, content: str, **more: Any) -> dict[str, Any]:
    """Return a message as DiscordChatExporter writes it; `number` tells its id and second."""
    return {
        "id": str(1190000000000000000 + number),
        "type": "Default",
        "timestamp": f"2023-12-20T21:00:{number:02}+09:00",
        "timestampEdited": None,
        "isPinned": False,
        "content": content,
        "author": HOST,
        "attachments": [{"id": "7", "url": "https://cdn.example/x.png", "fileName": "x.png"}],
        "embeds": [],
        "reactions": [],
        "mentions": [],
        "inlineEmojis": [],
        **more,
    }


def discord(*messages: Any, channel: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Return a whole file."""
    return {
        "guild": {"id": "1", "name": "Show", "iconUrl": ""},
        "channel": {
            "id": "2",
            "type": "GuildTextChat",
            "categoryId": "3",
            "category": "Text",
            "name": "show-notes",
            "topic": None,
            **(channel or {}),
        },
        "dateRange": {"after": None, "before": None},
        "exportedAt": "2023-12-21T00:00:00+09:00",
        "messages": list(messages),
        "messageCount": len(messages),
        **more,
    }


def put(path: Path, content: object) -> Path:
    """Write a JSON file, indented as exporters do."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")
    return path


def slack_message(ts: str, text: str, **more: Any) -> dict[str, Any]:
    return {"type": "message", "user": "U1", "ts": ts, "text": text, "team": "T1", **more}


def slack(folder: Path, days: dict[str, list[Any]]) -> Path:
    """Write an export; `days` has messages by `channel/date`."""
    people = [
        {"id": "U1", "name": "buka_", "profile": {"display_name": "buka", "real_name": "B"}},
        {"id": "U2", "name": "oka_", "profile": {"display_name": "", "real_name": "oka"}},
        {"id": "U9", "name": "helper", "is_bot": True, "profile": {"real_name": "Helper"}},
    ]
    put(folder / "users.json", people)
    put(folder / "channels.json", [{"id": "C1", "name": "収録", "members": ["U1", "U2"]}])
    put(folder / "dms.json", [{"id": "D1", "members": ["U1", "U2"]}])
    for day, messages in days.items():
        put(folder / f"{day}.json", messages)
    return folder


def pack(folder: Path, path: Path, inside: str = "", method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Pack a folder's files, beneath `inside`, as people do."""
    with zipfile.ZipFile(path, "w", method) as packed:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                packed.write(file, inside + file.relative_to(folder).as_posix())
    return path
