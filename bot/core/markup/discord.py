"""Discord's mark-up into plain Markdown (docs/chat-grammar.md, section 0).

Made for a message's raw `content`; what an exporter has already made plain passes unchanged.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, tzinfo

from bot.core.markup import common as markup
from bot.core.markup import emoji

_EMOJI = r"<a?:\w{1,64}:\d{1,20}>"
_TOKEN = re.compile(
    rf"""
      \\[^\w\s]                                        # escaped: left to Markdown
    | (?P<address>https?://[^\s<>|]+)                  # nothing in an address is mark-up
    | (?P<gone>^(?:{_EMOJI}[ ]*)+ | [ ]{_EMOJI}(?=\s|\Z) | {_EMOJI})
    | <@!?(?P<user>\d{{1,20}})>
    | <@&(?P<role>\d{{1,20}})>
    | <\#(?P<channel>\d{{1,20}})>
    | <id:(?P<guide>[a-z-]{{1,32}})>
    | </(?P<command>[^:<>\n]{{1,100}}):\d{{1,20}}>
    | <t:(?P<moment>-?\d{{1,15}})(?::(?P<style>[tTdDfFR]))?>
    | (?<![0-9A-Za-z]):(?P<short>[a-z0-9_+-]{{1,64}}):(?![0-9A-Za-z])
    | (?P<spoiler>\|\|)
    | (?P<small>(?:^|(?<=^>[ ]))-\#[ ]+(?![ \#>*-]))   # subtext, of words that open nothing
    """,
    re.VERBOSE | re.MULTILINE,
)
_HINT = re.compile(r"<|\|\||>>>|:[\w+-]+:|-# ")
_SHORT = re.compile(r"(?<!<)(?<!<a):(\w{1,64}):")
_BLOCK_QUOTE = re.compile(r"^>>> ?", re.MULTILINE)
_NOBODY: Mapping[str, str] = {}


def to_markdown(
    content: str,
    *,
    users: Mapping[str, str] = _NOBODY,
    roles: Mapping[str, str] = _NOBODY,
    channels: Mapping[str, str] = _NOBODY,
    custom: Collection[str] = (),
    zone: tzinfo = UTC,
) -> str:
    """Turn a message's content into plain Markdown; takes any text, in linear time.

    `users`, `roles` and `channels` give names by id. `custom` are the server's own emoji that an
    exporter wrote as `:name:`. Dates are written in `zone`. Code stays as it is.
    """
    if not is_marked(content):
        return content  # as nearly every message is
    if custom:
        content = _custom_as_raw(content, custom)
    spans = markup.code_spans(content)
    quote = _block_quote(content, spans)
    names = {"user": users, "role": roles, "channel": channels}
    if quote is None:
        return _inline(content, spans, names, zone)
    # What follows `>>> ` is a quotation to the message's end, fences and all.
    before, quoted = content[: quote.start()], content[quote.end() :]
    lines = _inline(quoted, markup.code_spans(quoted), names, zone).split("\n")
    return _inline(before, markup.code_spans(before), names, zone) + "\n".join(
        f"> {line}".rstrip() for line in lines
    )


def is_marked(content: str) -> bool:
    """Return whether there may be mark-up of Discord's own in a message's content."""
    return _HINT.search(content) is not None


def thread_topic(name: str, first: str) -> str:
    """Return the topic that a thread's name stands for: none if it only begins its first message.

    Discord proposes such a name by itself; `first` is that message in plain Markdown.
    """
    beginning = re.sub(r"(?:…|\.\.\.)\Z", "", name)
    begins = " ".join(first.split()).startswith(" ".join(beginning.split()))
    return "" if begins else name


def _custom_as_raw(content: str, custom: Collection[str]) -> str:
    def raw(match: re.Match[str]) -> str:
        return f"<:{match[1]}:0>" if match[1] in custom else match[0]

    return "".join(
        part if code else _SHORT.sub(raw, part)
        for part, code in _parts(content, markup.code_spans(content))
    )


def _parts(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    at = 0
    for start, end in spans:
        yield text[at:start], False
        yield text[start:end], True
        at = end
    yield text[at:], False


def _block_quote(content: str, spans: list[tuple[int, int]]) -> re.Match[str] | None:
    at = 0
    for start, end in [*spans, (len(content), len(content))]:
        if found := _BLOCK_QUOTE.search(content, at, start):
            return found
        at = end
    return None


def _inline(
    text: str, spans: list[tuple[int, int]], names: Mapping[str, Mapping[str, str]], zone: tzinfo
) -> str:
    out: list[str] = []
    spoilers: list[int] = []
    at = 0
    for start, end in [*spans, (len(text), len(text))]:
        for match in _TOKEN.finditer(text, at, start):
            out.append(text[at : match.start()])
            if match["spoiler"]:
                spoilers.append(len(out))
            out.append(_plain(match, names, zone))
            at = match.end()
        out.append(text[at:end])
        at = end
    for opening, closing in zip(spoilers[::2], spoilers[1::2], strict=False):
        if any(out[opening + 1 : closing]):
            out[opening] = out[closing] = ""
    return "".join(out)


def _plain(match: re.Match[str], names: Mapping[str, Mapping[str, str]], zone: tzinfo) -> str:
    kind = match.lastgroup
    if kind in ("user", "role", "channel"):
        sign = "#" if kind == "channel" else "@"
        return sign + markup.one_line(names[kind].get(match[kind], ""), f"unknown-{kind}")
    if kind in ("gone", "small"):
        return ""
    if kind == "guide":
        return "#" + match["guide"]
    if kind == "command":
        return "/" + match["command"]
    if kind in ("moment", "style"):
        style = match["style"] or "f"
        day, time = style not in "tT", style not in "dDR"
        return markup.date(int(match["moment"]), zone, day=day, time=time) or match[0]
    if kind == "short":
        return emoji.character(match["short"]) or match[0]
    return match[0]
