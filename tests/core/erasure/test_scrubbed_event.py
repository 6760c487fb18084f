"""What is left of events when an address goes off the record."""

from bot.core.erasure.scrubbed_event import GoneLines, scrubbed
from bot.core.file_events import LinkInTemplate
from bot.core.urls import canonical, fingerprint
from tests.talk import in_file, url


def test_a_link_in_the_template_s_line_is_none_any_more_but_others_are() -> None:
    """Else it would be there for others who post it after the next draft took it out."""
    gone = GoneLines((), {canonical(url(1))})
    one, other = (
        in_file(10 + number, LinkInTemplate(fingerprint(canonical(url(number))), True))
        for number in (1, 2)
    )
    assert scrubbed(one, gone, {}).what == LinkInTemplate("", True)
    assert scrubbed(other, gone, {}) is other
