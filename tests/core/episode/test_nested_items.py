"""What people put below another item is known by each of its ids: hosts may have posted it, too."""

from dataclasses import replace

import pytest

from bot.core.episode.file_text import apply_file_text
from bot.core.events import Event, ItemMoved, ItemRemoved, ItemRestored, ItemRetitled
from bot.core.file_events import ItemAdded, ItemNested
from bot.core.model import Item
from bot.core.profile.profile import load
from bot.core.render.layout import item_text
from bot.core.urls import canonical, fingerprint
from tests.talk import did, fold, in_file, said, told, url

TALK = (said(1, "# A"), said(2, url(1)), said(3, "# B"))
(FIRST,) = (item.id for item in fold(*TALK).episode.items())
ADDED = replace(did(10, ItemAdded(f"- [by hand]({url(2)})", "0001/0", FIRST)), key="file:d:0001")
LINE = f"- a line\n  - [by hand]({url(2)})"
TWIN = said(4, url(2), by="utti")
(OTHER,) = (item.id for item in fold(TWIN).episode.items())


def _text(item: Item) -> str:
    return item_text(item, {}, load("name: Test\n", "{{ body }}\n"))


def shown(*events: Event) -> list[str]:
    return [item.id for item in fold(*TALK, TWIN, ADDED, *events).episode.items()]


@pytest.mark.parametrize("put", [ADDED.key, OTHER])
@pytest.mark.parametrize("out", [ADDED.key, OTHER])
def test_put_below_by_one_id_and_out_by_the_other_it_stands_for_itself(put: str, out: str) -> None:
    nested = did(20, ItemNested(put, FIRST, "0001/0", after=FIRST))
    assert shown(nested) == [FIRST]
    for way in (ItemMoved(out, "0003/0", None, None), ItemRestored(out)):
        assert set(shown(nested, did(30, way))) == {FIRST, OTHER}


@pytest.mark.parametrize("under", [ADDED.key, OTHER])
def test_what_stands_below_it_goes_along_by_any_of_its_ids(under: str) -> None:
    nested = did(20, ItemNested(FIRST, under, "0003/0", after=under))
    assert shown(nested) == [OTHER]
    assert shown(nested, did(30, ItemRemoved(OTHER))) == [FIRST]
    moved = fold(*TALK, TWIN, ADDED, nested, did(30, ItemMoved(ADDED.key, "0001/0", None, None)))
    assert told(moved.episode)[0] == "# A"
    assert [one.under for one in moved.episode.nested] == [OTHER]


@pytest.mark.parametrize("is_back", [False, True])
def test_what_hosts_retitle_while_the_line_above_it_is_out_stands_once(*, is_back: bool) -> None:
    """The line came back with the link as people had put it below, with its former title."""
    link = ADDED.key
    line = in_file(20, ItemAdded(LINE, "0001/0", FIRST, again=True))
    nested = in_file(21, ItemNested(link, line.key, "0001/0", after=line.key))
    title = ItemRetitled(link, fingerprint(canonical(url(2))), "by Kim")
    events = [did(30, ItemRemoved(line.key)), did(31, title), did(32, ItemRestored(line.key))]
    events = events if is_back else events[:2]
    talk = fold(*TALK, ADDED, line, nested, *events)
    in_draft = apply_file_text(talk.episode, _text, lambda text, _: text)
    text = "\n".join(map(_text, in_draft.items())) + "\n"
    assert text.count(url(2)) == text.count(f"[by Kim]({url(2)})") == 1
    assert ("- a line\n" in text) is is_back
