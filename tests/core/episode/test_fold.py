"""What hosts see of their talk: where it goes, and what later things do to it."""

import pytest

from bot.core.episode.fold import Outline
from bot.core.events import (
    EpisodeClosed,
    EpisodeOpened,
    EpisodeReopened,
    FieldSet,
    ItemMoved,
    ItemNoted,
    ItemRemoved,
    ItemRestored,
    ItemRetitled,
    Redone,
    Thread,
    TopicAdded,
    TopicMerged,
    TopicMoved,
    TopicRemoved,
    TopicRenamed,
    Undone,
)
from bot.core.grammar.message import KEEP, LEAVE_OUT, OFF_RECORD, Rules
from bot.core.urls import canonical, fingerprint
from tests.talk import SECOND, did, fold, gone, marked, said, told, url

A_AND_B = (said(1, "# A"), said(2, url(1)), said(3, "# B"), said(4, url(2)), said(5, url(3)))


def item_of(outline: Outline, words: str) -> str:
    """Return the id of the item whose line has that address or text."""
    for item in outline.episode.items():
        if words in repr(item.content):
            return item.id
    raise LookupError(words)


def topic_of(outline: Outline, name: str) -> str:
    return next(topic.id for topic in outline.episode.sections() if topic.name == name)


# --- where a message goes ------------------------------------------------------------------------


def test_links_go_under_the_topic_that_is_open_in_their_channel() -> None:
    outline = fold(
        said(1, "# A", channel="x"),
        said(2, "# B", channel="y"),
        said(3, url(1), channel="x"),
        said(4, url(2), channel="y"),
    )
    assert told(outline.episode) == ["# A", "1", "# B", "2"]


def test_lines_before_the_first_heading_stand_at_the_top() -> None:
    assert told(fold(said(1, url(1)), said(2, "# A")).episode) == ["1", "# A"]


def test_a_topic_named_again_is_opened_again() -> None:
    events = [*A_AND_B, said(6, "##  1:30  a"), said(7, url(4))]
    assert told(fold(*events).episode) == ["# A", "1", "4", "# B", "2", "3"]


@pytest.mark.parametrize("name", ["ＧＮｏＭＥ", "１：３０　gnome", "Gnome"])
def test_letters_of_another_width_name_the_same_topic(name: str) -> None:
    events = [said(1, "# GNoME"), said(2, "# B"), said(3, f"# {name}\n{url(1)}")]
    assert told(fold(*events).episode) == ["# GNoME", "1", "# B"]


def test_a_name_is_the_same_however_its_letters_are_put_together() -> None:
    events = [said(1, "# デモ"), said(2, "# B"), said(3, "# テ\u3099モ\n" + url(1))]
    assert told(fold(*events).episode) == ["# デモ", "1", "# B"]


def test_a_sub_topic_belongs_to_the_topic_that_is_open() -> None:
    outline = fold(said(1, "# A"), said(2, "#### S"), said(3, url(1)), said(4, "# A\n" + url(2)))
    assert told(outline.episode) == ["# A", "2", "## S", "1"]


def test_a_sub_topic_of_no_topic_is_a_topic() -> None:
    assert told(fold(said(1, "#### S\n" + url(1))).episode) == ["# S", "1"]


def test_a_reply_with_a_link_stands_behind_what_it_replies_to() -> None:
    outline = fold(
        *A_AND_B,
        said(6, url("r1"), reply_to=2),
        said(7, url("r2"), reply_to=2),
        said(8, url("r1a"), reply_to=6),
        said(9, url("r3"), reply_to=2),
    )
    assert told(outline.episode) == ["# A", "1", "r1", "r1a", "r2", "r3", "# B", "2", "3"]


def test_a_reply_to_talk_goes_to_the_topic_that_was_open_then() -> None:
    outline = fold(said(1, "# A"), said(2, None), said(3, "# B"), said(4, url(1), reply_to=2))
    assert told(outline.episode) == ["# A", "1", "# B"]


def test_a_reply_without_a_link_goes_where_the_channel_is() -> None:
    outline = fold(*A_AND_B, said(6, "- bullet", reply_to=2))
    assert told(outline.episode)[-1] == "bullet"


def test_whatever_a_slack_thread_holds_goes_to_the_message_it_hangs_on() -> None:
    outline = fold(*A_AND_B, said(6, "- bullet", reply_to=2, threaded=True))
    assert told(outline.episode) == ["# A", "1", "bullet", "# B", "2", "3"]


def test_a_heading_in_a_slack_thread_is_for_that_thread_alone() -> None:
    outline = fold(
        *A_AND_B,
        said(6, "# C", reply_to=2, threaded=True),
        said(7, url(4), reply_to=2, threaded=True),
        said(8, url(5)),
    )
    assert told(outline.episode) == ["# A", "1", "# B", "2", "3", "5", "# C", "4"]


def test_a_threads_name_is_its_topic_until_one_is_set_in_it() -> None:
    thread = Thread("t1", "The thread", "notes")
    outline = fold(
        *A_AND_B,
        said(6, url(4), thread=thread),
        said(7, "# Own", thread=thread),
        said(8, url(5), thread=thread),
        said(9, url(6)),
    )
    told_now = told(outline.episode)
    assert told_now == ["# A", "1", "# B", "2", "3", "6", "# The thread", "4", "# Own", "5"]


def test_talk_alone_makes_no_topic_of_a_thread() -> None:
    outline = fold(*A_AND_B, said(6, None, thread=Thread("t1", "The thread", "notes")))
    assert "# The thread" not in told(outline.episode)


def test_a_thread_without_a_name_goes_where_its_message_stands() -> None:
    thread = Thread("t1", "", "notes", starter="0002")
    outline = fold(*A_AND_B, said(6, url(4), thread=thread))
    assert told(outline.episode) == ["# A", "1", "4", "# B", "2", "3"]


# --- what happens later --------------------------------------------------------------------------


def test_an_edit_replaces_what_the_message_gave_in_its_place() -> None:
    outline = fold(*A_AND_B, said(4, url(9), edited=1))
    assert told(outline.episode) == ["# A", "1", "# B", "9", "3"]


def test_an_older_state_that_comes_late_changes_nothing() -> None:
    outline = fold(*A_AND_B, said(4, url(9), edited=2), said(4, url(8), edited=1))
    assert told(outline.episode) == ["# A", "1", "# B", "9", "3"]


def test_a_heading_that_is_edited_takes_everybodys_links_along() -> None:
    outline = fold(*A_AND_B, said(6, url(4), by="oka"), said(3, "# Better", edited=1))
    assert told(outline.episode) == ["# A", "1", "# Better", "2", "3", "4"]


@pytest.mark.parametrize("event", [gone(3), marked(3, LEAVE_OUT), marked(3, OFF_RECORD)])
def test_without_its_heading_what_was_said_falls_to_the_topic_before(event: object) -> None:
    outline = fold(*A_AND_B, event)  # type: ignore[arg-type]  # parametrize hides the type
    assert told(outline.episode) == ["# A", "1", "2", "3"]


def test_a_deleted_message_leaves_the_draft_and_can_be_brought_back() -> None:
    outline = fold(*A_AND_B, gone(4))
    assert told(outline.episode) == ["# A", "1", "# B", "3"]
    [removed] = outline.episode.removed
    outline.apply(did(1000, ItemRestored(removed.id)))
    assert told(outline.episode) == ["# A", "1", "# B", "2", "3"]


def test_a_deleted_link_makes_room_for_the_one_who_posted_it_again() -> None:
    outline = fold(*A_AND_B, said(6, url(2)))
    assert told(outline.episode) == ["# A", "1", "# B", "2", "3"]
    outline.apply(gone(4))
    assert told(outline.episode) == ["# A", "1", "# B", "3", "2"]


def test_the_same_link_is_not_added_twice_and_its_label_and_notes_go_to_the_first() -> None:
    again = "元論文: https://www.a.example/1/?utm_source=x\nread this"
    outline = fold(*A_AND_B, said(6, again, by="oka"))
    assert told(outline.episode) == ["# A", "1", "  元論文", "  read this", "# B", "2", "3"]
    assert outline.outcome("0006") == "already"
    assert outline.episode.people() == ("buka", "oka")


def test_a_title_that_comes_with_the_second_is_that_of_the_first_if_it_has_none() -> None:
    outline = fold(
        *A_AND_B, *(said(n, f"[{title}]({url(1)})") for n, title in ((6, "I"), (7, "II")))
    )
    assert told(outline.episode) == ["# A", "[I]", "# B", "2", "3"]
    outline.apply(gone(6))
    assert told(outline.episode) == ["# A", "[II]", "# B", "2", "3"]


def test_words_that_are_no_label_are_not_kept_of_a_link_that_is_there_already() -> None:
    outline = fold(*A_AND_B, said(6, "was this here? " + url(1)))
    assert told(outline.episode) == ["# A", "1", "# B", "2", "3"]


def test_notes_of_others_do_not_read_as_part_of_a_bullet_above() -> None:
    outline = fold(said(1, url(1) + "\n- mine"), said(2, url(1) + "\nyours\n> quoted"))
    assert told(outline.episode) == ["1", "  - mine", "  - yours", "  > quoted"]


def test_a_link_marked_kept_may_stand_twice() -> None:
    outline = fold(*A_AND_B, said(6, url(1)), marked(6, KEEP))
    assert told(outline.episode)[-1] == "1"


# --- marks ---------------------------------------------------------------------------------------


def test_marked_talk_is_a_paragraph_under_the_topic_of_its_time() -> None:
    outline = fold(said(1, "# A"), said(2, "but is it new?\nreally"), said(3, "# B"))
    assert told(outline.episode) == ["# A", "# B"]
    outline.apply(marked(2, KEEP))
    assert told(outline.episode) == ["# A", "| but is it new?", "| really", "# B"]
    outline.apply(marked(2, KEEP, on=False, at=901))
    assert told(outline.episode) == ["# A", "# B"]


def test_marked_talk_that_replies_to_a_link_is_a_note_of_it() -> None:
    outline = fold(*A_AND_B, said(6, "so it says", reply_to=2, by="oka"), marked(6, KEEP))
    assert told(outline.episode) == ["# A", "1", "  so it says", "# B", "2", "3"]


def test_marked_talk_is_a_note_of_the_message_itself_not_of_a_link_in_reply_to_it() -> None:
    events = [said(6, url(4), reply_to=2), said(7, "of 1", reply_to=2), marked(7, KEEP)]
    assert told(fold(*A_AND_B, *events).episode) == ["# A", "1", "  of 1", "4", "# B", "2", "3"]


def test_a_note_leaves_with_the_deleted_reply_that_it_was() -> None:
    outline = fold(*A_AND_B, said(6, "so it says", reply_to=2), marked(6, KEEP), gone(6))
    assert told(outline.episode) == ["# A", "1", "# B", "2", "3"]


def test_marked_talk_that_replies_to_what_takes_no_notes_stands_behind_it() -> None:
    events = [said(1, "# A\n```md\nx\n```"), said(2, "# B"), said(3, "y", reply_to=1)]
    assert told(fold(*events, marked(3, KEEP)).episode) == ["# A", "= x", "| y", "# B"]


def test_marked_talk_that_replies_to_a_paragraph_loses_no_word() -> None:
    events = [said(1, "first"), marked(1, KEEP), said(2, "second", reply_to=1), marked(2, KEEP)]
    assert told(fold(*events).episode) == ["| first", "| second"]


def test_one_host_taking_a_mark_away_leaves_that_of_another() -> None:
    events = [marked(4, LEAVE_OUT), marked(4, LEAVE_OUT, by="buka")]
    outline = fold(*A_AND_B, *events, marked(4, LEAVE_OUT, on=False, at=901))
    assert told(outline.episode) == ["# A", "1", "# B", "3"]


def test_off_the_record_holds_for_a_message_that_comes_after_its_mark() -> None:
    outline = fold(marked(2, OFF_RECORD), *A_AND_B)
    assert told(outline.episode) == ["# A", "# B", "2", "3"]
    assert not outline.episode.removed


def test_marked_messages_whose_text_we_lack_are_named() -> None:
    outline = fold(said(1, None), marked(1, KEEP), marked(2, KEEP), said(3, "x"), marked(3, KEEP))
    assert outline.unread() == ["0001", "0002"]


# --- commands ------------------------------------------------------------------------------------


def test_an_item_moves_between_two_others_and_stays_there() -> None:
    outline = fold(*A_AND_B)
    two, three, one = (item_of(outline, f"/{n}'") for n in (2, 3, 1))
    outline.apply(did(10, ItemMoved(one, topic_of(outline, "B"), two, three)))
    assert told(outline.episode) == ["# A", "# B", "2", "1", "3"]
    outline.apply(said(2, url(1) + "\nnote", edited=1))
    assert told(outline.episode) == ["# A", "# B", "2", "1", "  note", "3"]


def test_an_item_moves_to_the_front() -> None:
    outline = fold(*A_AND_B)
    three, two = item_of(outline, "/3'"), item_of(outline, "/2'")
    outline.apply(did(10, ItemMoved(three, topic_of(outline, "B"), None, two)))
    assert told(outline.episode) == ["# A", "1", "# B", "3", "2"]


def test_a_title_that_a_host_set_stays_with_its_address() -> None:
    outline = fold(*A_AND_B)
    link = fingerprint(canonical(url(2)))
    outline.apply(did(10, ItemRetitled(item_of(outline, "/2'"), link, "Mine")))
    outline.apply(said(4, f"see {url(2)}", edited=1))
    assert told(outline.episode) == ["# A", "1", "# B", "see [Mine]", "3"]


def test_a_title_and_a_move_stay_with_their_address_when_another_comes_before_it() -> None:
    outline = fold(*A_AND_B)
    item, link = item_of(outline, url(2)), fingerprint(canonical(url(2)))
    outline.apply(did(10, ItemRetitled(item, link, "mine")))
    outline.apply(did(11, ItemMoved(item, topic_of(outline, "A"), None, None)))
    outline.apply(said(4, f"{url(8)} {url(2)}", edited=1))
    assert told(outline.episode) == ["# A", "1", "8 [mine]", "# B", "3"]


def test_a_bullet_stays_taken_out_when_a_note_is_put_below_it() -> None:
    outline = fold(said(1, "- one\n- two"))
    outline.apply(did(10, ItemRemoved(item_of(outline, "one"))))
    outline.apply(said(1, "- one\n  - more\n- two", edited=1))
    assert told(outline.episode) == ["two"]


def test_a_note_is_added_below() -> None:
    outline = fold(*A_AND_B)
    outline.apply(did(10, ItemNoted(item_of(outline, "/1'"), "> said\n- done"), by="utti"))
    assert told(outline.episode)[:4] == ["# A", "1", "  > said", "  - done"]
    assert outline.episode.people() == ("buka", "utti")


def test_a_removal_outlives_edits_and_can_be_taken_back() -> None:
    outline = fold(*A_AND_B)
    one = item_of(outline, "/1'")
    outline.apply(did(10, ItemRemoved(one)))
    outline.apply(said(2, "again " + url(1), edited=1))
    assert told(outline.episode) == ["# A", "# B", "2", "3"]
    outline.apply(did(11, ItemRestored(one)))
    assert told(outline.episode) == ["# A", "again 1", "# B", "2", "3"]


def test_a_link_that_was_taken_out_may_be_posted_again() -> None:
    outline = fold(*A_AND_B)
    outline.apply(did(10, ItemRemoved(item_of(outline, "/1'"))))
    outline.apply(said(11, url(1)))
    assert told(outline.episode) == ["# A", "# B", "2", "3", "1"]


def test_a_renamed_topic_is_still_found_by_its_former_name() -> None:
    outline = fold(*A_AND_B)
    outline.apply(did(10, TopicRenamed(topic_of(outline, "A"), "Alpha")))
    outline.extend([said(11, "# a"), said(12, url(4)), said(13, "# alpha"), said(14, url(5))])
    assert told(outline.episode) == ["# Alpha", "1", "4", "5", "# B", "2", "3"]


def test_a_topic_moves_with_all_it_holds() -> None:
    outline = fold(*A_AND_B, said(6, "#### S\n" + url(4)))
    a, b = topic_of(outline, "A"), topic_of(outline, "B")
    outline.apply(did(10, TopicMoved(b, None, a)))
    assert told(outline.episode) == ["# B", "2", "3", "## S", "4", "# A", "1"]


def test_a_sub_topic_moves_to_another_topic() -> None:
    outline = fold(*A_AND_B, said(6, "#### S\n" + url(4)), said(7, "# A\n#### T\n" + url(5)))
    s, t = topic_of(outline, "S"), topic_of(outline, "T")
    outline.apply(did(10, TopicMoved(s, t, None)))
    assert told(outline.episode) == ["# A", "1", "## T", "5", "## S", "4", "# B", "2", "3"]


def test_merged_topics_answer_to_both_names() -> None:
    outline = fold(*A_AND_B)
    outline.apply(did(10, TopicMerged(topic_of(outline, "B"), topic_of(outline, "A"))))
    outline.extend([said(11, url(4)), said(12, "# B"), said(13, url(5))])
    assert told(outline.episode) == ["# A", "1", "2", "3", "4", "5"]


def test_a_removed_topic_leaves_its_links_to_the_one_before() -> None:
    outline = fold(*A_AND_B)
    b = topic_of(outline, "B")
    outline.apply(did(10, TopicRemoved(b)))
    outline.extend([said(11, url(4)), did(12, TopicRenamed(b, "sleeps"))])
    assert told(outline.episode) == ["# A", "1", "2", "3", "4"]


def test_removing_the_first_topic_lets_its_sub_topics_stand_alone() -> None:
    outline = fold(said(1, "# A\n" + url(1)), said(2, "#### S\n" + url(2)))
    outline.apply(did(10, TopicRemoved(topic_of(outline, "A"))))
    assert told(outline.episode) == ["1", "# S", "2"]


def test_a_topic_added_by_command_is_open_in_its_channel() -> None:
    outline = fold(*A_AND_B)
    a, b = topic_of(outline, "A"), topic_of(outline, "B")
    outline.apply(did(10, TopicAdded("Between", "notes", None, a, b)))
    outline.apply(said(11, url(4)))
    assert told(outline.episode) == ["# A", "1", "# Between", "4", "# B", "2", "3"]


def test_a_sub_topic_can_be_added_by_command() -> None:
    outline = fold(*A_AND_B)
    outline.apply(did(10, TopicAdded("S", "notes", under=topic_of(outline, "A"))))
    outline.apply(said(11, url(4)))
    assert told(outline.episode) == ["# A", "1", "## S", "4", "# B", "2", "3"]


def test_fields_are_set_and_taken_away_and_dots_reach_into_mappings() -> None:
    outline = fold(
        did(1, EpisodeOpened("57")),
        did(2, FieldSet("title", "T")),
        did(3, FieldSet("music.url", url(1))),
        did(4, FieldSet("music.name", "弓")),
        did(5, FieldSet("title", None)),
    )
    assert outline.episode.fields == {"number": "57", "music": {"url": url(1), "name": "弓"}}


def test_an_episode_is_opened_by_what_came_first_and_closed_and_reopened() -> None:
    outline = fold(said(5, url(1)), did(7, EpisodeOpened("57")), said(3, url(2)))
    assert outline.episode.opened == 3 * SECOND
    outline.apply(did(10, EpisodeClosed()))
    assert outline.episode.closed
    outline.apply(did(11, EpisodeReopened()))
    assert not outline.episode.closed


# --- undo ----------------------------------------------------------------------------------------


def test_undo_skips_one_command_also_when_others_worked_in_between() -> None:
    outline = fold(*A_AND_B)
    one, b = item_of(outline, "/1'"), topic_of(outline, "B")
    removal = did(10, ItemRemoved(one))
    outline.extend([removal, did(11, TopicRenamed(b, "Beta"), by="buka")])
    before = outline.episode
    outline.apply(did(12, Undone(removal.key)))
    assert told(outline.episode) == ["# A", "1", "# Beta", "2", "3"]
    outline.apply(did(13, Redone(removal.key)))
    assert outline.episode == before


def test_a_command_on_something_that_is_gone_sleeps_and_wakes_with_it() -> None:
    outline = fold(*A_AND_B)
    rename = did(10, TopicRenamed(topic_of(outline, "B"), "Beta"))
    outline.extend([rename, marked(3, LEAVE_OUT)])
    assert told(outline.episode) == ["# A", "1", "2", "3"]
    outline.apply(marked(3, LEAVE_OUT, on=False, at=901))
    assert told(outline.episode) == ["# A", "1", "# Beta", "2", "3"]


def test_rules_of_the_profile_decide_about_words_around_links() -> None:
    message = said(1, f"this one {url(1)} is great")
    assert told(fold(message).episode) == ["this one 1 is great"]
    assert told(fold(message, rules=Rules()).episode) == ["1"]
