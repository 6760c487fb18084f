"""Hosts at random who do what `hosts` does not, or hardly ever one behind the other.

They write what real ones write: words around links, several links on a line, lists, blocks, talk
that somebody marks 📝; they add, take out and merge topics and take that back at once; and what
they wrote once, they write again.
"""

from collections.abc import Awaitable, Callable

from bot.services.desk.desk import Desk
from tests.simulation.hosts import Hosts

Way = Callable[[Hosts, Desk], Awaitable[None]]


async def do_more(hosts: Hosts, desk: Desk) -> None:
    """Do one thing, or something that cannot be done."""
    ways: list[Way] = [_say, _say, _say_and_mark, _add_and_undo, _remove_and_redo,
                       _merge_and_delete, _edit_back, _undo_all]  # fmt: skip
    await hosts.random.choice(ways)(hosts, desk)


def _text(hosts: Hosts) -> str:
    word, url = hosts.word, hosts.url
    texts = (
        lambda: f"Words {word()}: {url()}",
        lambda: f"{url()} {word()} / [Host {word()}]({url()})",
        lambda: f"- bullet {word()}\n  - nested {word()}\n    - deeper {word()}\n- bullet {word()}",
        lambda: f"- {url()}\n- {url()}\n  - note {word()}",
        lambda: f"{url()}\nmore {word()}\n> quoted {word()}\n- note {word()}",
        lambda: f"```md\nBlock {word()}\n\n| {word()} | 2 |\n```",
        lambda: f"talk {word()}\ntalk {word()}",
        lambda: (
            f"## Topic {word()}\n- bullet {word()}\n#### Sub {word()}\n{url()}\n- note {word()}"
        ),
        lambda: f"1. bullet {word()}\n2. bullet {word()}",
    )
    return hosts.random.choice(texts)()


async def _say(hosts: Hosts, desk: Desk) -> None:
    await hosts.post(desk, _text(hosts))


async def _say_and_mark(hosts: Hosts, desk: Desk) -> None:
    message = await hosts.post(desk, _text(hosts))
    await hosts.mark(desk, message, "📝")


async def _add_and_undo(hosts: Hosts, desk: Desk) -> None:
    """Add a topic, have something said below it, and take the topic back."""
    request = hosts.request()
    await desk.edits.topic_add(request, name=f"Topic {hosts.word()}")
    if hosts.random.randrange(2):
        await hosts.post(desk, _text(hosts))
    await desk.edits.undo(hosts.request(person=request.person))
    if not hosts.random.randrange(3):
        await desk.edits.redo(hosts.request(person=request.person))


async def _remove_and_redo(hosts: Hosts, desk: Desk) -> None:
    if topic := await hosts.a_topic(desk):
        request = hosts.request()
        await desk.edits.topic_remove(request, topic=topic)
        for step in (desk.edits.undo, desk.edits.redo)[: hosts.random.randrange(3)]:
            await step(hosts.request(person=request.person))


async def _merge_and_delete(hosts: Hosts, desk: Desk) -> None:
    """Merge a topic into another one, and delete the message that one of them is of."""
    topic, other = await hosts.a_topic(desk), await hosts.a_topic(desk)
    if topic and other:
        await desk.edits.topic_merge(hosts.request(), topic=topic, into=other)
        message = hosts.random.choice((topic, other)).partition("/")[0]
        if message in hosts.messages:
            await hosts.delete(desk, message)


async def _edit_back(hosts: Hosts, desk: Desk) -> None:
    """Have a message say again what it said once."""
    if hosts.messages:
        message = hosts.random.choice(list(hosts.messages))
        await hosts.say_instead(desk, message, hosts.random.choice(hosts.texts[message]))


async def _undo_all(hosts: Hosts, desk: Desk) -> None:
    """Take back some of one's commands, one after the other, and some of that."""
    person = hosts.request().person
    for step in (desk.edits.undo,) * 3 + (desk.edits.redo,) * hosts.random.randrange(3):
        await step(hosts.request(person=person))
