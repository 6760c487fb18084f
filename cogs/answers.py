"""Answers to interactions: in time, in the right eyes, and within what Discord takes.

The first word is due in 3 seconds, the rest within 15 minutes
(https://discord.com/developers/docs/interactions/receiving-and-responding). Where the first word
comes too late, Discord refuses it (10062), and has told its giver that all failed. So what changes
anything is announced first, and done only once Discord took that word. What only shows is answered
at once if that takes no longer than PATIENCE.
"""

import asyncio
import io
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import discord

from bot.errors import ChatError, RundownError
from bot.mentions import CLOSE, MENTION, OPEN, untyped
from bot.services.request import Answer, parts
from bot.texts import say
from cogs.translate import UNREACHABLE, explained, language

_log = logging.getLogger(__name__)

PATIENCE = 0.8
"""Seconds until work that only shows is announced instead of answered."""

LONGEST_MESSAGE = 2_000
"""Characters of a message that Discord takes."""

LONGEST = 1_900
"""Characters of a message of ours, which may have more to show."""

MOST_PARTS = 3
"""Messages that an answer may take; a longer one becomes a file."""

PAUSES = (0.1, 0.5)
"""Seconds before a word is said again under which the connection broke; the first is due soon."""

ACKNOWLEDGED = 40060
"""Discord's code for a first word to an interaction that had one."""

NOBODY = discord.AllowedMentions.none()

_PLAIN = re.compile(
    rf"{MENTION.pattern}"
    # An address is a link to what it says; with brackets escaped, nothing can mask it.
    r"|(?P<url>https?://[^\s<>\[\]`|\\*]+)"
    r"|(?P<mark>[\\*_`~|<>\[\]])|^(?P<indent>\s*)(?P<line>\#{1,3}\ |-\#\ |[-+]\ |\d+\.\ )"
    rf"|(?P<stray>[{OPEN}{CLOSE}])",
    re.MULTILINE,
)
_MENTIONS = {"#": "<#", "&": "<@&", "@": "<@"}

_T = TypeVar("_T")

_OVER = (10015, 50027)
"""What Discord says of an interaction after its 15 minutes: unknown webhook, invalid token."""

_TAKEN = "first word taken"
"""Where an interaction keeps that its first word was taken, though the library heard no answer."""

_Extra = Callable[[], dict[str, Any]]
"""Makes what goes with a message beside its text."""

Buttons = Callable[[Answer], Awaitable[discord.ui.View | None]]
"""Makes the buttons of an answer's choices."""


def plain(text: str) -> str:
    """Return a text for a message or embed: nothing in it is mark-up but addresses and mentions.

    The mentions are those that we made ourselves, and nobody is pinged by them.
    """

    def drawn(found: re.Match[str]) -> str:
        if found["kind"]:
            # What is none of Discord's ids names somebody or something on Slack.
            is_ours = found["id"].isdecimal()
            return f"{_MENTIONS[found['kind']]}{found['id']}>" if is_ours else "Slack"
        if found["url"] or found["stray"]:
            return found["url"] or ""
        if found["mark"]:
            return f"\\{found['mark']}"
        begin, dot, rest = found["line"].partition(".")
        return f"{found['indent']}{begin}\\.{rest}" if dot else f"{found['indent']}\\{begin}"

    return _PLAIN.sub(drawn, text)


def no_dispatch(view: discord.ui.View) -> discord.ui.View:
    """Have a view drawn only: taps are found by their id, so they work after a restart too."""
    view.stop()
    return view


def as_file(text: str, name: str) -> discord.File:
    """Return a text as a file to be sent along."""
    return discord.File(io.BytesIO(text.encode("utf-8", "replace")), filename=name)


async def said(word: Callable[[], Awaitable[_T]]) -> _T:
    """Return what a word to Discord gives; say it again where the connection breaks under it.

    Discord closes idle connections when it likes, and the library tries nothing again then. Nobody
    knows whether the word was heard: what hosts wait for is rather said twice than not at all.
    """
    for pause in PAUSES:
        try:
            return await word()
        except UNREACHABLE as error:
            _log.info("said again", extra={"cause": type(error).__name__})
            await asyncio.sleep(pause)
    return await word()


async def first(interaction: discord.Interaction, word: Callable[[], Awaitable[object]]) -> None:
    """Say the first word to an interaction.

    The library wants more in the reply than every server sends; what it says of that does not
    matter once the word was taken. Nor does Discord's refusal of a word that it had heard already.
    """
    times = 0

    def once() -> Awaitable[object]:
        nonlocal times
        times += 1
        return word()

    try:
        await said(once)
    except (TypeError, KeyError):
        if not interaction.response.is_done():
            raise
    except discord.HTTPException as error:
        if times == 1 or error.code != ACKNOWLEDGED:
            raise
    interaction.extras[_TAKEN] = True


async def announced(
    interaction: discord.Interaction, word: Callable[[], Awaitable[object]]
) -> bool:
    """Announce some work; return whether Discord took that word, so that it may be done.

    Where Discord did not, its giver is told that it failed, and may ask for it again; or another
    process of ours was given it, too, and does it.
    """
    try:
        await first(interaction, word)
    except (discord.HTTPException, *UNREACHABLE) as error:
        _log.warning("not done, as its announcement was not taken", extra=why(error))
        return False
    return True


def has_first(interaction: discord.Interaction) -> bool:
    """Return whether an interaction was answered, at least with a first word."""
    return interaction.response.is_done() or _TAKEN in interaction.extras


def why(error: Exception) -> dict[str, object]:
    """Return for the log why Discord did not take an answer."""
    if isinstance(error, discord.HTTPException):
        return {"status": error.status, "code": error.code}
    return {"cause": type(error).__name__}


async def answered(work: Awaitable[Answer], locale: discord.Locale) -> Answer:
    """Return what some work answers, or what went wrong with it."""
    try:
        return await work
    except RundownError as error:
        return Answer(error.say(language(locale)))
    except Exception:  # noqa: BLE001 - whatever it is, the host is told, and it is logged
        _log.exception("a request failed")
        return Answer(say("discord.oops", language(locale)))


async def within(task: "asyncio.Task[Any]", seconds: float) -> bool:
    """Wait for some work, but not longer than that; return whether it is done.

    Whoever cancels this cancels the work.
    """
    try:
        done, _ = await asyncio.wait({task}, timeout=seconds)
    except asyncio.CancelledError:
        task.cancel()
        raise
    return bool(done)


async def respond(
    interaction: discord.Interaction,
    work: Callable[[], Awaitable[Answer]],
    *,
    public: bool,
    buttons: Buttons,
    shows: bool = False,
) -> None:
    """Answer an interaction with what some work gives, seen by its giver alone or by all.

    Work that changes anything, which is all that not only `shows`, is done if Discord took its
    announcement.
    """

    def defer() -> Awaitable[object]:
        return interaction.response.defer(ephemeral=not public, thinking=True)

    if not shows and not await announced(interaction, defer):
        return
    task = asyncio.create_task(answered(work(), interaction.locale))
    if shows and not await within(task, PATIENCE) and not await announced(interaction, defer):
        task.cancel()
        return
    answer = await task
    try:
        if has_first(interaction) and public and answer.private:
            # It was announced to all, but concerns one: an error, mostly.
            await said(interaction.delete_original_response)
        await send(interaction, answer, buttons=buttons)
    except (discord.HTTPException, *UNREACHABLE) as error:
        # An interaction can be answered for 15 minutes: what all are waiting for is said without.
        is_over = isinstance(error, discord.HTTPException) and error.code in _OVER
        if public and (is_over or not answer.private):
            _log.warning("said in the channel", extra=why(error))
            await _say_in_channel(interaction, answer, buttons)
        elif shows:
            raise
        else:  # it is done, and nobody else may read of it
            _log.warning("said in private", extra=why(error))
            await _say_in_private(interaction, answer, buttons)


async def _say_in_channel(
    interaction: discord.Interaction, answer: Answer, buttons: Buttons
) -> None:
    """Say an answer in the channel where it was asked for, as a message of the bot's own."""
    target = interaction.client.get_partial_messageable(interaction.channel_id or 0)
    for text, extra in await _messages(answer, interaction.locale, buttons):
        with explained(interaction.channel_id, "send_messages", where=interaction.client):
            await target.send(
                text, allowed_mentions=NOBODY, suppress_embeds=True, silent=True, **extra()
            )


async def _say_in_private(
    interaction: discord.Interaction, answer: Answer, buttons: Buttons
) -> None:
    """Say an answer to whoever asked, as a direct message, if they take one."""
    try:
        for text, extra in await _messages(answer, interaction.locale, buttons):
            with explained("a direct message"):
                await interaction.user.send(
                    text, allowed_mentions=NOBODY, suppress_embeds=True, **extra()
                )
    except ChatError as error:
        _log.warning("not said at all", extra={"cause": str(error)})


async def send(interaction: discord.Interaction, answer: Answer, *, buttons: Buttons) -> None:
    """Send an answer as the first word, or as what follows one."""
    for text, extra in await _messages(answer, interaction.locale, buttons):
        await _say(interaction, text, extra, ephemeral=answer.private)


async def _messages(
    answer: Answer, locale: discord.Locale, buttons: Buttons
) -> list[tuple[str, _Extra]]:
    """Return an answer as messages that Discord takes; the last has its buttons and its file."""
    texts = parts(plain(answer.text), LONGEST)
    in_file = answer.file is not None or len(texts) > MOST_PARTS
    if in_file:
        texts = [say("discord.too-long-file", language(locale))]
    view = await buttons(answer)

    def last() -> dict[str, Any]:
        made: dict[str, Any] = {}
        if in_file:  # made anew each time: the library closes what it has sent, or tried to
            made["files"] = [as_file(untyped(answer.text), answer.file or "answer.txt")]
        if view is not None:
            made["view"] = no_dispatch(view)
        return made

    return [*((text, dict) for text in texts[:-1]), (texts[-1], last)]


async def _say(
    interaction: discord.Interaction, text: str, extra: _Extra, *, ephemeral: bool
) -> None:
    how: dict[str, Any] = {
        "ephemeral": ephemeral,
        "allowed_mentions": NOBODY,
        "suppress_embeds": True,
    }
    if has_first(interaction):
        await said(lambda: interaction.followup.send(text, **how, **extra()))
    else:
        await first(interaction, lambda: interaction.response.send_message(text, **how, **extra()))
