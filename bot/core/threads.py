"""The names of threads, under which what is said in them stands."""

from dataclasses import replace

from bot.core.events import Message


def unnamed(message: Message) -> Message:
    """Return a message without its thread's name, which may be words of the thread's starter."""
    thread = message.thread
    return replace(message, thread=replace(thread, name="") if thread else None)
