"""A real Chromium without a window, spoken to over its DevTools protocol."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp

_OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--remote-debugging-port=0", "--remote-allow-origins=*", "about:blank",
)  # fmt: skip
_NAMES = ("chromium", "chromium-browser", "google-chrome")


class Tab:
    """A tab of the browser (https://chromedevtools.github.io/devtools-protocol/)."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._last = 0

    async def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method and return its result."""
        self._last += 1
        await self._socket.send_json({"id": self._last, "method": method, "params": parameters})
        return (await self._wait(lambda message: message.get("id") == self._last))["result"]

    async def open(self, url: str, event: str = "Page.domContentEventFired") -> None:
        """Go to an address, and wait until the page's tree is made (or for another event)."""
        await self.send("Page.navigate", url=url)
        await self._wait(lambda message: message.get("method") == event)

    async def value(self, expression: str) -> Any:
        """Return what an expression gives in the page."""
        result = await self.send(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        return result["result"]["value"]

    async def _wait(self, is_it: Any) -> dict[str, Any]:
        async with asyncio.timeout(60):
            while not is_it(message := await self._socket.receive_json()):
                pass
        return message


def program() -> str | None:
    """Return where Chromium is on this machine; None without one."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


@asynccontextmanager
async def chromium() -> AsyncIterator[Tab]:
    """Start a Chromium with a profile of its own, and open a tab."""
    found = program()
    assert found is not None
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process = await asyncio.create_subprocess_exec(
            found, f"--user-data-dir={folder}", *_OPTIONS,
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            port = await _port(Path(folder))
            async with aiohttp.ClientSession() as session:
                async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                    [page] = [one for one in await answer.json() if one["type"] == "page"]
                address = page["webSocketDebuggerUrl"]
                async with session.ws_connect(address, max_msg_size=0) as socket:
                    tab = Tab(socket)
                    await tab.send("Page.enable")
                    yield tab
        finally:
            process.terminate()
            await process.wait()


async def _port(folder: Path) -> int:
    """Wait for the file in which Chromium says where it listens."""
    file = folder / "DevToolsActivePort"
    async with asyncio.timeout(60):
        while not file.exists() or not file.read_text():  # noqa: ASYNC110 - another's process
            await asyncio.sleep(0.1)
    return int(file.read_text().splitlines()[0])
