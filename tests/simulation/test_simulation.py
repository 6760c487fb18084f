"""Hosts in the chat and people on the site, at random, over many drafts: nothing is lost."""

import pytest

from tests.simulation.world import World

DRAFTS = 6


@pytest.mark.parametrize("seed", range(24))
async def test_nothing_is_lost_doubled_or_brought_back(seed: int) -> None:
    world = World(seed)
    await world.run(DRAFTS)


@pytest.mark.parametrize("seed", range(24))
async def test_no_word_of_hosts_is_lost_though_lines_become_other_kinds(seed: int) -> None:
    await World(seed, kinds=True).run(DRAFTS)


@pytest.mark.parametrize("seed", range(24))
async def test_nothing_is_lost_of_what_people_and_hosts_do_more_seldom(seed: int) -> None:
    await World(seed, more=True).run(DRAFTS)


@pytest.mark.parametrize("seed", range(24))
async def test_nothing_is_lost_where_what_is_rare_comes_close_together(seed: int) -> None:
    await World(seed, dense=True).run(DRAFTS)


WRONG_ONCE = (
    1158,
    1234,
    1444,
    2205,
    2699,
    3466,
    10249,
    30299,
    30658,
    40051,
    100101,
    200072,
    200251,
    400691,
    601620,
    602253,
    704502,
    2_000_136,
    2_000_261,
    2_017_638,
    6_009_970,
    30_087,
    30_416,
    51_123,
    30_786,
    31_126,
    8_000_058,
    8_000_246,
    8_000_527,
    8_100_009,
    3044,
    8_001_190,
    9_002_145,
    8_000_234,
    8_000_594,
    8_001_283,
    9_110_964,
    9_150_663,
    9_151_667,
    9_850_555,
    9_865_231,
    9_733_190,
    9_738_176,
    10_503_494,
    10_602_269,
    10_608_943,
    10_608_539,
    40_000_105,
    14_000_282,
    15_000_439,
    10_606_441,
    10_609_619,
    10_509_667,
    43_000_182,
    17_002_553,
    17_003_657,
    80_102_917,
    80_105_575,
    86_001_426,
    91_102_596,
    92_002_723,
    93_001_537,
    94_002_486,
    94_102_555,
    95_102_227,
    97_005_422,
    99_300_196,
    99_310_476,
    100_000_946,
    100_108_188,
    110_103_553,
    110_001_383,
    95_102_002,
    86_003_388,
    100_101_804,
    110_101_097,
    110_001_100,
    120_102_670,
    124_000_179,
    124_001_618,
    124_101_413,
    126_004_723,
    128_004_044,
    136_005_114,
    150_001_595,
    156_102_313,
    160_102_527,
    162_000_024,
    166_008_411,
    166_108_008,
    170_001_660,
)
"""Seeds that failed on the way: items that moved under a lock, headings that people reworded,
messages that took in the link of another, notes that people put below another link, locked links
into which people put another address, topics below what a late heading made a sub-topic,
notes of others that a locked link left without an item, a link that is asked about whose heading an
edit took elsewhere, what people put below a link that goes, or that a lock took and gave back,
which they move while the chat takes that link out or gives it notes, or where 🔒 is taken away that
never was, what stood below a link that is back, or says something else, while they put it below
another one, what a message that is locked had said before, which they had put there, what they
write below a note of a link that a command has taken out, hosts' notes on a bullet that goes whole,
or on theirs below what is left out, theirs that changed places where a message was edited,
a note that they put out of a link which stands alone by then on both sides,
one that they left below another line when they took out what it was on,
a link that they put below another one while the chat took it out, though it stands twice,
or brought it back, one that they retitled before its message is locked, which another gives with
its own title, a note behind a blank line, below what is locked, a paragraph with a word of a
locked heading, and their link below a locked bullet, where a note of that had stood,
what they put below a link that was left out before it is locked twice,
a link that they nest, in whose place hosts had taken another out,
a note that they put out of a link which the chat gives elsewhere by now,
links that are asked about below a bullet that goes off the record,
a note that is asked about on a link of theirs that goes, below another one,
a link of theirs that a host posts in the place of one that they had put below another,
another link that a message says, the former one of which people put out of a line,
a title that they gave a link while it was left out, which came back and was deleted then,
a note on a link that stood, without the title that the web has for it, below one that is locked,
their title of a link that they put out of a line, of which hosts had chosen a note,
a note below a locked link, in the place of another one that they took out,
a note of another message, which they put where a link that is locked had stood,
one below what they put below a link that is locked, without the title that it had got,
one that they put below another link with its own, which the chat gives elsewhere,
a link below another that is asked about, since its message is deleted, and posted again,
what the web calls a link that they took out with the one above it, as the chat had,
a note that they put out of a link of two messages, which give it each by itself by then,
what is left out with the link that it stands below, while they put that below a third,
a note that is named since its link was taken out,
another title from the web for a link that is asked about, below what was deleted,
a note of theirs where they put out a host's with a quotation,
a link below one with a number, less far in than that one's words,
one that is locked after they retitled it while it was left out, which another gives since,
a title found for what stood below a link that hosts take out while they correct it,
one for a link that is there twice, what both take out that they had put below another one,
a new note on what they took out with the line above it,
a message that says a link twice, of which they take out the one,
a note on a message that says another link by now,
a quotation below a heading of theirs, with a word of a locked one that had stood above that,
and their title on a link of two messages, of which the one says another link before its lock."""


@pytest.mark.parametrize("seed", WRONG_ONCE)
async def test_what_was_wrong_once_is_right(seed: int) -> None:
    await World(seed).run(DRAFTS)


KINDS_WRONG_ONCE = (
    835,
    3176,
    3959,
    10_427,
    10_929,
    11_140,
    20_220,
    20_428,
    20_698,
    11_269,
    20_207,
    10_874,
    51_602,
    52_162,
    52_286,
    53_191,
    53_372,
    91_615,
    91_707,
    91_780,
    92_171,
    93_954,
    94_452,
    95_072,
    9_460_177,
    9_460_311,
    9_460_536,
    96_181,
    9_460_381,
    31_500_103,
    10_200_901,
    10_201_991,
    10_202_111,
    10_202_146,
    10_202_545,
    10_114_177,
    10_204_396,
    10_207_922,
    10_801_792,
    45_011_239,
    31_900_049,
    31_800_256,
    31_862_030,
    52_100_132,
    14_200_054,
    63_900_151,
    45_001_071,
    63_000_735,
    45_001_011,
)
"""Seeds that failed so: notes on links that people had typed by hand, which a message gives for
which that is not new; links posted again to which people gave another address; marks of which
another person's stays, titles that people wrapped on a line that goes off the record,
links that they joined to one that does, or put below it, joined lines that they changed while one
of the messages goes, what they put out of such a line with a note behind it, sentences that they
made of a bullet beside one that looks like it, headings of which they made a bullet before the
message is locked, a note that they took out of an item which gives another link since, bullets
that they made of their sentence about a host's link while that was taken out, headings that they
made of a link that goes while another host posts it, and a link of theirs, put below another one
and out again, that a host posted too, and headings that they reworded, whose message names them
anew, before which they put a time, or of which they made a paragraph, notes on a link that is part
of their sentence, or that comes with a title once they have made a heading of it, bullets that they
wrapped while those were locked, headings that were talk before they said something else, of which
people had made a bullet, a link that they put into the template's line, which a host brings back,
a note of theirs below what a host takes out, and takes out once more when asked,
a note behind their paragraph, which the host takes out again, and a title that the host chose
before they put its link below one that is locked, and a note that is asked about on a link which
they joined with one whose message is deleted, a title that hosts chose for a link below a bullet
that is left out, and of which people made a link, and a number that they left a host's link which
had gone on with their list, or its bullet where they moved it there, and the title of a link that
comes out from below one under 🔒 into a list of theirs with numbers,
a heading that is asked about, whose message had become talk, and then another heading,
a note, asked about alone, on a link that they joined with one whose message is deleted,
a heading without a word of its own, reworded and made a bullet after it went off the record,
notes behind a sentence that they made of a heading, when a host moves that before a lock,
a link that another message gives, too, where they numbered the first one's line before an edit
put another link there, and a title that they gave a link after they joined it with a locked one."""


@pytest.mark.parametrize("seed", KINDS_WRONG_ONCE)
async def test_what_was_wrong_once_of_other_kinds_is_right(seed: int) -> None:
    await World(seed, kinds=True).run(DRAFTS)


FIXED_WRONG_ONCE = (
    9_710_009,
    9_710_015,
    9_710_020,
    9_710_058,
    9_710_110,
    9_710_153,
    40_300_039,
)
"""Seeds at which a link stood twice that people had put into the template's line, or a bullet that
they had made a link of there."""


@pytest.mark.parametrize("seed", [*range(8), *FIXED_WRONG_ONCE])
async def test_a_link_that_people_put_into_the_template_s_line_is_there(seed: int) -> None:
    await World(seed, fixed=True).run(DRAFTS)


DENSE_WRONG_ONCE = (
    11_010_333,
    11_010_401,
    11_010_425,
    11_010_452,
    11_010_457,
    11_010_691,
    11_010_714,
    11_100_103,
    11_100_131,
    52_200_153,
    64_000_593,
    64_001_384,
    64_001_529,
    64_001_555,
    64_001_888,
    64_002_067,
    64_002_335,
    64_002_681,
    64_003_092,
    64_003_674,
    64_003_902,
    90_000_097,
    96_000_356,
    90_200_191,
)
"""Seeds that failed where what is rare comes close together: a 🔒 taken away that was not there, a
title taken back below what people had put above its link, what stayed until somebody chose, while a
host said it anew, a choice about what stands below a line that a host takes out meanwhile, and what
they brought back of that, people's address in a line that is asked about and locked, a link that is
back from being locked and asked about, a title for a bullet above another's link, notes that are
like others which were in no draft, what the web calls a link that is asked about, a link of two
messages that people had put another in the place of, when the first one is locked, a heading
that they had reworded among other lines, when it is locked and back, what a message got before it
was deleted, with its link, which hosts are asked about, and a note of people's that they put
elsewhere with its link, when that is locked and back."""


@pytest.mark.parametrize("seed", DENSE_WRONG_ONCE)
async def test_what_was_wrong_once_close_together_is_right(seed: int) -> None:
    await World(seed, dense=True).run(DRAFTS)


@pytest.mark.parametrize("seed", [*range(14), 98_000_098, 98_000_177])
async def test_what_is_locked_is_nowhere_though_people_made_headings_of_it(seed: int) -> None:
    """In the last two its words stayed, as a heading in the file and as that topic's name."""
    await World(seed, headings=True, leaks=True).run(DRAFTS)


@pytest.mark.parametrize(
    "seed",
    [
        98_010_039, 98_010_053, 98_010_078, 98_010_143, 99_010_073, 99_700_072, 122_000_069,
        133_200_309,
    ],
)  # fmt: skip
async def test_so_is_what_people_reworded_as_well_before_a_draft_took_it_in(seed: int) -> None:
    await World(seed, dense=True, headings=True, leaks=True).run(DRAFTS)


@pytest.mark.parametrize("seed", [98_010_120, 99_010_085])
async def test_what_is_asked_about_within_a_line_goes_where_that_is_by_now(seed: int) -> None:
    """A heading got the lines below it, too, for its name; a link went that people had put out."""
    await World(seed, dense=True, headings=True).run(DRAFTS)


@pytest.mark.parametrize("seed", [11_002_139, 11_002_177, 11_002_206])
async def test_what_was_wrong_once_of_other_kinds_close_together_is_right(seed: int) -> None:
    await World(seed, dense=True, kinds=True).run(DRAFTS)


async def test_a_host_s_mark_puts_a_link_in_that_is_in_the_template_s_line_too() -> None:
    await World(9_740_105, kinds=True, more=True, fixed=True).run(DRAFTS)


async def test_what_people_leave_behind_of_what_they_put_into_such_a_line_is_named() -> None:
    await World(9_740_124, kinds=True, more=True, fixed=True).run(DRAFTS)


async def test_liquid_that_people_put_into_a_heading_stays_in_the_file() -> None:
    await World(63_502_324, kinds=True, more=True, fixed=True).run(DRAFTS)


async def test_a_heading_above_its_topics_stays_for_what_is_asked_about_below_it() -> None:
    await World(63_503_033, kinds=True, more=True, fixed=True).run(DRAFTS)


async def test_a_locked_title_goes_from_the_paragraph_that_people_made_of_its_link() -> None:
    await World(63_503_041, kinds=True, more=True, fixed=True).run(DRAFTS)


async def test_words_before_a_link_of_which_people_made_a_quotation_are_there() -> None:
    await World(63_500_288, kinds=True, more=True, fixed=True).run(DRAFTS)


async def test_a_link_that_people_took_out_of_such_a_line_does_not_come_back_with_a_lock() -> None:
    await World(9_725_341, fixed=True, kinds=True).run(DRAFTS)


async def test_a_link_put_elsewhere_does_not_come_back_into_such_a_line_with_a_lock() -> None:
    await World(90_010_079, kinds=True, more=True, fixed=True).run(DRAFTS)


async def test_a_link_that_hosts_retitle_while_people_put_it_into_such_a_line_stands_once() -> None:
    await World(10_420_194, fixed=True, kinds=True).run(DRAFTS)


@pytest.mark.parametrize("seed", [98_000_010, 98_000_030, 98_503_060, 98_503_099])
async def test_what_people_parted_from_a_locked_line_goes_or_is_named(seed: int) -> None:
    await World(seed, dense=True, leaks=True).run(DRAFTS)


async def test_what_people_parted_from_a_line_that_a_host_took_out_is_named_when_locked() -> None:
    await World(98_000_104, kinds=True, leaks=True).run(DRAFTS)


@pytest.mark.parametrize("seed", [98_505_039, 98_505_198])
async def test_what_was_wrong_once_of_all_kinds_with_a_lock_is_right(seed: int) -> None:
    """A question had another's name; a draft was taken for an older one that wrote the same."""
    await World(seed, kinds=True, more=True, fixed=True, leaks=True).run(DRAFTS)


async def test_a_word_whose_fingerprint_is_another_s_is_not_taken_for_it() -> None:
    await World(2_016_912, key=755).run(DRAFTS)


@pytest.mark.soak
@pytest.mark.parametrize("hundred", range(200))
async def test_nothing_is_lost_in_twenty_thousand_runs(hundred: int) -> None:
    for seed in range(1000 + 100 * hundred, 1100 + 100 * hundred):
        world = World(seed)
        await world.run(DRAFTS)
