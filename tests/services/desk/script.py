"""What people do in a channel, the same for the same seed, on whatever platform it is played."""

import random
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Post = TypeVar("Post")
SIGNS = "📝🚫🔒"


class Script(ABC, Generic[Post]):
    """Says, edits, deletes and marks at random; posts are known by the order they came in."""

    deletes_replies = False

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - to be the same each time
        self._posts: list[Post] = []
        self._gone: set[int] = set()
        self._answered: set[int] = set()
        self._replies: set[int] = set()
        self._count = 0

    @abstractmethod
    async def say(self, text: str, reply_to: Post | None) -> Post: ...
    @abstractmethod
    async def edit(self, post: Post, text: str) -> None: ...
    @abstractmethod
    async def delete(self, post: Post) -> None: ...
    @abstractmethod
    async def mark(self, post: Post, sign: str, *, on: bool) -> None: ...

    async def step(self) -> None:
        deeds: list[tuple[int, Callable[[], Awaitable[None]]]] = [
            (3, self._topic),
            (12, self._link),
            (4, self._talk),
            (3, self._reply),
            (3, self._edit),
            (2, self._delete),
            (5, lambda: self._mark(on=True)),
            (2, lambda: self._mark(on=False)),
        ]
        weights = [weight for weight, _ in deeds]
        await self.random.choices(deeds, weights)[0][1]()

    async def _say(self, text: str, reply_to: int | None = None) -> None:
        target = self._posts[reply_to] if reply_to is not None else None
        self._posts.append(await self.say(text, target))

    async def _topic(self) -> None:
        await self._say(f"# Topic {self.random.randrange(4)}")

    async def _link(self) -> None:
        self._count += 1
        number = self.random.randrange(self._count + 1)
        await self._say(f"[Link {number}](https://example.org/{number})")

    async def _talk(self) -> None:
        self._count += 1
        await self._say(f"talk {self._count}")

    def _one(self) -> int | None:
        left = [n for n in range(len(self._posts)) if n not in self._gone]
        return self.random.choice(left) if left else None

    async def _reply(self) -> None:
        if (post := self._one()) is not None:
            self._count += 1
            self._answered.add(post)
            self._replies.add(len(self._posts))
            await self._say(f"[Reply {self._count}](https://example.org/r{self._count})", post)

    async def _edit(self) -> None:
        if (post := self._one()) is not None:
            self._count += 1
            text = f"[Edited {self._count}](https://example.org/e{self._count})"
            await self.edit(self._posts[post], text)

    async def _delete(self) -> None:
        # What a reply hangs on stays: of one that came and went unseen, nobody can know the place.
        post = self._one()
        if post is None or post in self._answered:
            return
        if self.deletes_replies or post not in self._replies:
            self._gone.add(post)
            await self.delete(self._posts[post])

    async def _mark(self, *, on: bool) -> None:
        if (post := self._one()) is not None:
            await self.mark(self._posts[post], self.random.choice(SIGNS), on=on)
