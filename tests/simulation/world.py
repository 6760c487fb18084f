"""A run: hosts and people at random, with crashes, and what must hold after each draft."""

from collections import Counter
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from random import Random

from bot.core.document.pieces import lines_of
from bot.core.document.version import Side
from bot.core.episode.template_links import is_put_there
from bot.core.file_events import OF_FILE, ItemAdded
from bot.errors import RundownError
from bot.services.desk.desk import Desk
from bot.services.profile_renewal import ProfileRenewal
from bot.services.show import Show
from storage.store import SqliteStore
from tests.patience import no_time
from tests.simulation.asked import asked_texts, moved_out, named_words, titles_gone, unshown_words
from tests.simulation.dense import DenseHosts, DensePeople
from tests.simulation.fixed_lines import change_fixed_line
from tests.simulation.headings import change_heading
from tests.simulation.hosts import Hosts
from tests.simulation.kinds import change_kind
from tests.simulation.leaks import Leaks
from tests.simulation.lines import counts, givers, is_left, says_more, times_anew, told, with_tops
from tests.simulation.more import change_more
from tests.simulation.more_hosts import do_more
from tests.simulation.off_record import OffRecord
from tests.simulation.people import People
from tests.simulation.site import Killed, MemorySite
from tests.simulation.templates import PROFILE, Templates

WAYS = ("kinds", "more", "fixed", "dense", "headings", "leaks")
"""What a run may be like, beside a plain one: words behind the command's numbers."""


class Fault(AssertionError):  # noqa: N818 - what it is, no error of the test
    """Something was lost, doubled, brought back or retitled back."""


@dataclass
class World:
    """One show's world. `tale` tells what happened, for when something is wrong."""

    seed: int
    key: int = 0
    """Makes other keys of the same run: short fingerprints of two words may be alike."""
    kinds: bool = False
    """Whether people make other kinds of lines, too, and each word of the hosts is looked for."""
    more: bool = False
    """Whether people and hosts also do what they do more seldom."""
    fixed: bool = False
    """Whether people put links into the template's own line, too, and take them out of there."""
    dense: bool = False
    """Whether there are few messages, and what rare faults need is done all the time."""
    headings: bool = False
    """Whether people make headings of bullets, too, and bullets of headings."""
    leaks: bool = False
    """Whether what is off the record is looked for in the file and the store."""
    random: Random = field(init=False)
    site: MemorySite = field(default_factory=MemorySite)
    tale: list[str] = field(default_factory=list)
    drafts: int = 0
    conflicts: int = 0
    known: int = 0
    committed: str = ""
    given: str = ""
    givers: list[dict[str, list[str | None]]] = field(default_factory=list)
    """The items that have the words, at each look at what the chat gives."""
    peoples: dict[str, str] = field(default_factory=dict)
    """The words that people wrote for themselves, by the item in which they stand."""
    off_record: OffRecord = field(default_factory=OffRecord)
    locked: Leaks = field(default_factory=Leaks)
    owned: list[tuple[str, str | None]] = field(default_factory=list)
    """The lines of the last draft, with the item or topic that each is of."""
    made: dict[str, str] = field(default_factory=dict)
    """What people made of an item while the chat did not give it, with that item."""
    moved_out: set[str] = field(default_factory=set)
    """The words that the chat put to what people took out, of which hosts are asked."""

    def __post_init__(self) -> None:
        self.random = Random(self.seed)  # noqa: S311 - a seed makes the same run again
        self._keys = Random(f"{self.seed}/{self.key}")  # noqa: S311 - the same
        self.hosts = (DenseHosts if self.dense else Hosts)(self.random)
        self.people = (DensePeople if self.dense else People)(self.random)
        self.hosts.before_lock = self._before_lock
        self.hosts.heard = lambda note: self.locked.read(note, self.site.files)

    async def run(self, drafts: int) -> None:
        """Live until so many drafts are made."""
        async with SqliteStore.open(None, clock=lambda: 0) as store:
            while self.drafts < drafts:
                try:
                    async with self._open(store) as desk:
                        await self._live(desk, drafts)
                except Killed:
                    self.tale.append("killed")
                    self.hosts.said.answered()  # what the draft would have named is not known

    @asynccontextmanager
    async def _open(self, store: SqliteStore):
        show = Show(
            name="show", store=store, site=self.site, clock=self.hosts.now,
            renewal=ProfileRenewal(PROFILE),
        )  # fmt: skip
        desk = Desk(
            show=show, templates=Templates(), room=self.hosts, web=None, sleep=no_time,
            new_key=lambda: self._keys.randbytes(32).hex(),
        )  # fmt: skip
        desk.listen(self.locked.hear)
        try:
            await self._settle(desk)
            yield desk
        finally:
            await desk.aclose()

    async def _settle(self, desk: Desk) -> None:
        """Let the app find out what became of a draft that was cut short."""
        if self._path() and not self.random.randrange(2):
            self._edit()
        for record in await desk._show.episodes.all():
            await desk._publish.resume(record.id)
            drafts = await desk._show.store.drafts(record.id)
            if drafts:
                former = await desk._publish._former.rendered(drafts[-1])
                last = drafts[-1]
                if last.written is not None:  # what took a lock's place is not in the file yet
                    self.off_record.words |= set(counts(last.committed) - counts(last.written))
                self.committed = last.committed if last.written is None else last.written
                self.given = former.text
                self.givers.append(givers(former.side))
                self.people.look()
        await self._remember(desk)

    async def _live(self, desk: Desk, drafts: int) -> None:
        while self.drafts < drafts:
            for _ in range(self.random.randrange(1, 8)):
                if self.more and not self.random.randrange(4):
                    await self._do_more(desk)
                else:
                    await self.hosts.do(desk)
                if self.more and not self.random.randrange(25):
                    raise Killed  # between two things: another process goes on
            if self._path():
                for _ in range(self.random.randrange(4)):
                    self._edit()
            await self._draft(desk)
            if not self.random.randrange(12):
                await self._publish(desk)

    async def _do_more(self, desk: Desk) -> None:
        with suppress(RundownError):
            await do_more(self.hosts, desk)

    async def _publish(self, desk: Desk) -> None:
        """Have people publish the page and take it back: nothing is committed between."""
        path = self._path()
        if path is None:
            return
        draft, number = self.site.files[path], (await desk.views.episode("notes")).fields["number"]
        self.site.write({path: draft.replace("draft: true\n", "")}, by="oka")
        head = self.site.head
        for _ in range(2):
            try:
                await desk.drafts.draft(self.hosts.request())
            except RundownError as error:
                if error.name not in ("desk.published", "desk.nothing-to-draft"):
                    raise
        if self.site.head != head:
            raise Fault("something was committed into a published page")
        self.site.write({path: draft}, by="oka")
        await desk._watch.look()
        if (await desk.views.episode("notes")).fields.get("number") != number:
            raise Fault("an episode is not open again whose page is a draft again")

    def _before_lock(self, message: str) -> None:
        """Note what people wrote on the lines of a message: it goes with those."""
        path, text = self._path(), self.hosts.messages[message].text or ""
        own, others = self.hosts.noted_on(message, by="oka")
        # Brought back, it is a new message: what people took out of it meanwhile is not known.
        file = None if path is None else self.site.files[path]
        owned = [(line, self.made.get(owner or "", owner)) for line, owner in self.owned]
        self.off_record.lock(
            message, {text, *self.hosts.said_before(message), *own}, text, owned, file, noted=others
        )

    def _path(self) -> str | None:
        return next((path for path in self.site.files if path.startswith("posts/")), None)

    def _edit(self) -> None:
        path = self._path()
        assert path is not None
        text = self.site.files[path]
        if self.fixed and not self.random.randrange(4):
            text = change_fixed_line(text, self.random, self.people.new())
        elif self.headings and not self.random.randrange(4):
            text = change_heading(text, self.random, self.people.new)
        elif self.kinds and not self.random.randrange(3):
            text = change_kind(text, self.random, self.people.new)
        elif self.more and not self.random.randrange(3):
            text = change_more(text, self.random, self.people.new)
        else:
            text = self.people.edit(text)
        if not self.random.randrange(10):
            new = f"posts/ep{self.random.randrange(1000)}.md"
            if new not in self.site.files:
                self.site.write({path: None, new: text}, by="oka", renamed=(path, new))
                return
        if text != self.site.files[path]:
            self.site.write({path: text}, by="oka")

    async def _draft(self, desk: Desk) -> None:
        fate = self.random.randrange(5 if self.dense else 8)
        between = not self.random.randrange(6)

        def before() -> None:
            nonlocal between
            if fate == 0:
                raise Killed
            if between and self._path():
                between = False
                self._edit()

        def after() -> None:
            if fate == 1:
                raise Killed

        self.site.before_commit, self.site.after_commit = before, after
        ours = await self._rendered(desk)
        self.known = len(self.site.commits)
        try:
            answer = await desk.drafts.draft(self.hosts.request())
        except Killed:
            # The next start settles it; what holds is looked at after the draft that follows.
            raise
        except RundownError as error:
            if error.name != "desk.nothing-to-draft":
                raise
            return
        finally:
            self.site.before_commit = self.site.after_commit = lambda: None
        self.conflicts += len(answer.choices) // 2
        if self.kinds:
            await self._check_said(desk, answer.text)
        await self._check(desk, ours, answer.text)
        self.drafts += 1

    async def _check_said(self, desk: Desk, answer: str) -> None:
        """Hold that what hosts said since the last draft stands in the file, or is named."""
        path = self._path()
        assert path is not None
        outline = await desk._show.log.outline((await desk.views.episode("notes")).id)
        asked = "\n".join(found.ours for _, found in outline.conflicts().values())
        lost = self.hosts.said.missing(
            self.hosts.messages, outline, file=self.site.files[path], named=f"{answer}\n{asked}",
            taken_back=self.hosts.touched,
        )  # fmt: skip
        if lost:
            raise Fault(f"{lost} were said, and are nowhere, nor named")
        self.hosts.said.answered()

    async def _rendered(self, desk: Desk) -> str:
        side = (await desk.views.rendered("notes")).side
        self.givers.append(givers(side))
        return side.text

    # --- what must hold ------------------------------------------------------------------------

    async def _check(self, desk: Desk, ours: str, answer: str) -> None:
        path = self._path()
        assert path is not None
        now = self.site.files[path]
        theirs = self._theirs(path, now)
        disputed = await self._disputed(desk, theirs, ours)
        # What is named or asked of what stands in another line is in no conflict of a merge.
        disputed |= named_words(answer)
        there = (await desk._show.store.drafts((await desk.views.episode("notes")).id))[-1].owners
        disputed |= unshown_words(answer, self.givers[-1], there)
        left = await self.locked.found(desk, self.hosts, file=now, answer=answer)
        if self.leaks and left:
            raise Fault(f"off the record, and there still: {sorted(left)}")
        taken = self.off_record.note(theirs)
        self._check_words(ours, theirs, now, disputed)
        self.off_record.drafted()
        self._check_peoples(theirs, now, taken, await self._touched(desk))
        await self._check_outline(desk, now)
        await self._remember(desk)
        self.committed, self.given = now, await self._rendered(desk)
        self.people.look()

    def _theirs(self, path: str, now: str) -> str:
        """Return the file as it was before the draft: what people had made of it."""
        if len(self.site.commits) == self.known or self.site.commits[-1].by != "Rundown":
            return now
        before = self.site.commits[-2].files if len(self.site.commits) > 1 else {}
        return before.get(path, "")

    async def _disputed(self, desk: Desk, theirs: str, ours: str) -> set[str]:
        """Return the words in what chat and file disagreed on: there the file's stand."""
        episode = await desk.views.episode("notes")
        last = (await desk._show.store.drafts(episode.id))[-1]
        self.moved_out = moved_out(last.conflicts, ours)
        texts = asked_texts(last.conflicts, last.committed, theirs, ours)
        texts += titles_gone(ours, self.committed, theirs, last.committed)
        outline = await desk._show.log.outline(episode.id)
        given = map(outline.given, outline.taken_out() if self.fixed else ())
        # What hosts said of a link that people put into the template's line is told, not asked,
        # and a title that the web gave it is nobody's word.
        put = {
            word
            for one in given
            if is_put_there(one, episode.in_template)
            for word in counts(repr(one))
        }
        lines = (line for text in (ours, theirs) for line in text.split("\n"))
        texts += [*put, *(line for line in lines if put & set(counts(line)))]
        return {word for text in texts for word in counts(text)}

    def _check_words(self, ours: str, theirs: str, now: str, disputed: set[str]) -> None:
        """Hold each numbered word and address to the rule of three: who changed it, has it."""
        sides = [counts(one) for one in (self.given, ours, self.committed, theirs, now)]
        wanted = self.hosts.wanted(f"{ours}\n{theirs}") if self.fixed else set[str]()
        for word in sorted(set().union(*sides)):
            given, our, committed, their, result = (bool(side[word]) for side in sides)
            allowed = self._allowed(word, sides, theirs, disputed)
            # One side may take one of two away while the other puts one in.
            both = sides[1][word] - sides[0][word] + sides[3][word]
            if result not in allowed and sides[4][word] != both:
                raise Fault(
                    f"{word}: {given=} ours={our}, {committed=} theirs={their}, now={result}"
                )
            # Both may put the same link in at once, one of them in the place of another link, or
            # people one that is gone, of which they made something else, and a host another.
            came = our and their and not given and not committed
            another = self._is_anothers(word) and self._is_another_now(word, theirs, sides[1])
            another = another or word in wanted
            ways = (sides[1][word], sides[3][word])
            most = sum(ways) if came or another else max(ways)
            # What is asked about stays until somebody chooses, though hosts say it anew.
            if word in disputed:
                most = max(most, ways[1] + times_anew(word, self.givers))
            if sides[4][word] > max(most, 1):
                raise Fault(f"{word} stands {sides[4][word]} times, not {most}")

    def _allowed(
        self, word: str, sides: list[Counter[str]], theirs: str, disputed: set[str]
    ) -> set[bool]:
        """Return whether a word may stand in the file, must or must not, by the rule of three."""
        given, our, committed, their, result = (bool(side[word]) for side in sides)
        anothers, more = self._is_anothers(word), says_more(word, self.givers)
        anew = anothers or (more and self._is_another_now(word, theirs, sides[1]))
        allowed = {result}
        if word in self.off_record.words | self.moved_out:
            allowed = {True, False}
        elif word in disputed and not anew:  # until somebody chooses, it is as people have it
            allowed = {their}
        elif anothers or self._is_another_now(word, theirs, sides[1]):
            allowed = {our, their}
        elif given == our or word in self.off_record.below:
            allowed = {their}
        elif committed == their:
            allowed = {our}
        if our and self.hosts.took_out(word):  # people's line has a copy of it
            allowed = {*allowed, False}
        return {*allowed, True} if word in self.off_record.back else allowed

    def _check_peoples(self, theirs: str, now: str, locked: set[str], touched: set[str]) -> None:
        """Hold that what people wrote for themselves stays, but for lines that say what is locked.

        It does whatever became of its topic.
        """
        gone = counts(theirs).keys() - counts(now).keys() - locked
        for word, item in self.peoples.items():
            if word in gone and item not in touched:
                raise Fault(f"{word}, which people wrote, is gone")

    async def _touched(self, desk: Desk) -> set[str]:
        """Return all ids of the items that hosts touched: an edited message may take one in."""
        episode = await desk.views.episode("notes")
        entries = (await desk._show.log.outline(episode.id))._laid().builder.entries
        touched = {entries[one].item.id for one in self.hosts.touched if one in entries}
        taken_in = {one for one, entry in entries.items() if entry.item.id in touched}
        return taken_in | self.hosts.touched

    async def _remember(self, desk: Desk) -> None:
        """Know again the words of items that people wrote, once they are in the log."""
        episode = await desk.views.episode("notes")
        drafts = await desk._show.store.drafts(episode.id)
        items = {item.id for item in episode.items()}
        if drafts:
            last = drafts[-1]
            self.owned = list(zip(lines_of(last.committed), last.owners, strict=True))
            added = (
                (one.key, one.what.item)
                for one in await desk._show.store.events(episode.id)
                if isinstance(one.what, ItemAdded)
            )
            self.made = {key: item for key, item in added if item}
            self.peoples = {
                word: owner
                for line, owner in self.owned
                if owner in items and owner.startswith(OF_FILE)
                for word in counts(line)
                if word.startswith("p")
            }

    def _is_another_now(self, word: str, theirs: str, ours: Counter[str]) -> bool:
        """Return whether the chat dropped a line of which people made so much else that it stays.

        That they put it below another one is so, too. They are told of it as of something new,
        then, not as of a disagreement. What others have of the line, they give by themselves then,
        or did so before: a link may stand twice, of which the chat drops one. A note stays with its
        message, though that says another link by now, and another message this one.
        """
        lines = [(top, line) for top, line in with_tops(self.committed) if word in line]
        dropped = all(
            any(map(self._is_anothers, counts(top)))
            or all(
                self._is_anothers(one) or self._is_not_of(line, one)
                for one in counts(line)
                if ours[one]
            )
            for top, line in lines
        )
        return bool(lines) and not is_left(lines, theirs) and dropped

    def _is_anothers(self, word: str) -> bool:
        """Return whether another message gives a word by now: to people it is something new."""
        former, now = self.givers[-2:] if len(self.givers) > 1 else ({}, {})
        return word in former and word in now and former[word][0] != now[word][0]

    def _is_not_of(self, line: str, word: str) -> bool:
        """Return whether a line's item in the last draft is known, and gives a word no more."""
        items = {owner for text, owner in self.owned if text.rstrip("\n") == line and owner}
        return bool(items) and items.isdisjoint(self.givers[-1].get(word, ()))

    async def _check_outline(self, desk: Desk, now: str) -> None:
        episode = await desk.views.episode("notes")
        rendered = await desk.views.rendered("notes")
        given = told(Side(rendered.text, rendered.owners), episode)
        drafts = await desk._show.store.drafts(episode.id)
        file = told(Side(drafts[-1].committed, drafts[-1].owners), episode)
        if drafts[-1].committed != now:
            raise Fault("what was committed is not what is in the file")
        if given != file:
            raise Fault(f"the outline differs from the file:\n{given}\n{file}")
        preview = (await desk.drafts.preview(self.hosts.request())).text
        if preview != now.rstrip("\n"):
            raise Fault("the preview differs from the file")
