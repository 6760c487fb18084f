"""oEmbed: where a provider answers for an address, and what its answer says."""

import json
import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import quote

from bot.core.page import charset

LONGEST_ANSWER = 256 * 1024
_MOST_FIELDS = 100

# Providers whose pages are walls to bots, or say less than their answers do. A host stands for
# those below it too; the pattern is of the path.
_PROVIDERS: dict[str, tuple[str, str]] = {
    "youtube.com": ("https://www.youtube.com/oembed", r"/(?:watch|playlist|shorts/|live/|embed/)"),
    "youtu.be": ("https://www.youtube.com/oembed", r"/[\w-]"),
    "twitter.com": ("https://publish.twitter.com/oembed", r"/\w+/status(?:es)?/\d"),
    "x.com": ("https://publish.twitter.com/oembed", r"/\w+/status(?:es)?/\d"),
    "vimeo.com": ("https://vimeo.com/api/oembed.json", r"/(?:\d|[\w/]+/\d)"),
    "soundcloud.com": ("https://soundcloud.com/oembed", r"/[\w-]+/[\w-]"),
    "open.spotify.com": (
        "https://open.spotify.com/oembed",
        r"/(?:intl-\w+/)?(?:track|album|artist|playlist|show|episode)/\w",
    ),
    "tiktok.com": ("https://www.tiktok.com/oembed", r"/@[\w.-]+(?:/(?:video|photo)/\d|/?\Z)"),
    "reddit.com": ("https://www.reddit.com/oembed", r"/(?:r|user)/[\w-]+/comments/\w"),
    "flickr.com": ("https://www.flickr.com/services/oembed/", r"/photos/[^/]+/\d"),
    "flic.kr": ("https://www.flickr.com/services/oembed/", r"/p/\w"),
    "bsky.app": ("https://embed.bsky.app/oembed", r"/profile/[^/]+/post/\w"),
    "dailymotion.com": ("https://www.dailymotion.com/services/oembed", r"/video/\w"),
    "ted.com": ("https://www.ted.com/services/v1/oembed.json", r"/talks/\w"),
    "speakerdeck.com": ("https://speakerdeck.com/oembed.json", r"/[\w-]+/[\w-]"),
    "slideshare.net": ("https://www.slideshare.net/api/oembed/2", r"/(?:slideshow/)?[\w-]+/[\w-]"),
    "mixcloud.com": ("https://app.mixcloud.com/oembed/", r"/[^/]+/[^/]"),
}
_COMPILED = {host: re.compile(path) for host, (_, path) in _PROVIDERS.items()}
_ADDRESS = re.compile(
    r"https?://(?:[^/?#@]*@)?([^/?#:@]{1,253})(?::\d{1,5})?([^?#]*)", re.IGNORECASE
)

_XML_FIELDS = (
    "type", "version", "title", "author_name", "author_url", "provider_name", "provider_url",
    "cache_age", "thumbnail_url", "thumbnail_width", "thumbnail_height", "url", "html", "width",
    "height", "description",
)  # fmt: skip
_XML_OPENING = {
    name: re.compile(rf"<({name.replace('_', '[_-]')})(?:\s[^<>]*)?>") for name in _XML_FIELDS
}
_SURROGATE = re.compile("[\ud800-\udfff]")


def endpoint(url: str) -> str | None:
    """Return the oEmbed endpoint of a known provider for one of its addresses, else None."""
    address = _ADDRESS.match(url)
    if address is None:
        return None
    labels = address[1].lower().rstrip(".").split(".")
    for first in range(len(labels)):
        host = ".".join(labels[first:])
        if host in _PROVIDERS:
            return _PROVIDERS[host][0] if _COMPILED[host].match(address[2]) else None
    return None


def endpoint_of(template: str, url: str) -> str:
    """Return the address that asks an endpoint (a profile's `oembed`, `endpoint`'s) for `url`."""
    address = template.replace("{format}", "json").partition("#")[0]
    mark = "&" if "?" in address else "?"
    return f"{address.rstrip('&?')}{mark}url={quote(url, safe='', errors='replace')}&format=json"


def read_answer(data: bytes, content_type: str | None) -> Mapping[str, object]:
    """Read an oEmbed answer, JSON or XML: its texts and numbers by field name.

    Returns nothing for what is no such answer, is over LONGEST_ANSWER bytes, or is nested deeper
    than Python reads. No entities are expanded that the answer itself defines.
    """
    if len(data) > LONGEST_ANSWER:
        return {}
    declared = re.findall(r"charset=[\"']?([\w:.+-]{1,40})", content_type or "")
    data, known = charset.straighten(data)
    text = charset.decode(data, known or charset.choose(data, declared)).strip()
    return _from_xml(text) if text.startswith("<") else _from_json(text)


def _from_json(text: str) -> Mapping[str, object]:
    try:
        answer = json.loads(text, strict=False, parse_constant=str)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(answer, dict):
        return {}
    plain = [
        (_clean(name), _clean(value) if isinstance(value, str) else value)
        for name, value in answer.items()
        if isinstance(value, str | int | float)
    ]
    return dict(plain[:_MOST_FIELDS])


def _clean(text: str) -> str:
    """Take half characters out, which JSON can spell and nothing can store."""
    return _SURROGATE.sub("\ufffd", text)


def _from_xml(text: str) -> Mapping[str, object]:
    """Read the fields that oEmbed knows.

    Not by an XML parser: providers put HTML in as it is, and a document type could define
    entities.
    """
    answer: dict[str, object] = {}
    if "<oembed" not in text:
        return answer
    for name, opening in _XML_OPENING.items():
        start = opening.search(text)
        end = text.find(f"</{start[1]}", start.end()) if start else -1
        if start and end >= 0:
            answer[name] = _xml_text(text[start.end() : end])
    return answer


def _xml_text(text: str) -> str:
    """Return the text of an element, with its CDATA sections as they are."""
    first, *sections = text.split("<![CDATA[")
    made = [unescape(first)]
    for section in sections:
        inside, _, after = section.partition("]]>")
        made += [inside, unescape(after)]
    return "".join(made).strip()
