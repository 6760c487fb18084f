"""Whether an embed's HTML holds nothing beyond what its provider needs.

Strict on purpose: what a browser might read in another way than we do is refused as well. What is
let pass keeps its bytes; only a frame of a provider that we do not know is put into a sandbox.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

from bot.core import urls

LONGEST = 50_000

_TOKEN = re.compile(
    r"(?P<text>[^<>&\0]++|&(?:[A-Za-z][A-Za-z0-9]{1,31};|\#[0-9]{1,7};|\#[xX][0-9A-Fa-f]{1,6};"
    r"|(?=[\s]|\Z)))"
    r"|<(?P<end>/)?(?P<name>[a-z][a-z0-9]*)(?P<attributes>(?>(?:\s++[a-z][a-z0-9-]*+"
    r"(?>(?:=(?:\"[^\"<>`]*+\"|[\w./:%-]++))?))*))\s*/?>",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"\s([a-z][a-z0-9-]*)(?:=(?:\"([^\"]*)\"|([^\s\"]+)))?", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# (`unescape` drops what these stand for; a browser does not.)
_CONTROL_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|127)|x0*(?:[0-8bcef]|1[0-9a-f]|7f))(?![0-9a-f]);?", re.I
)
# Sizes, distances and colours. Nothing that takes an element out of its place in the page, over
# what stands there: no `position`, `transform` or `z-index`, and no distance below zero.
_STYLE = re.compile(
    r"(?:\s*(?:(?:min-|max-)?(?:width|height)|aspect-ratio|(?:margin|padding)(?:-[a-z]+)?"
    r"|border(?:-[a-z]+){0,2}|background(?:-color)?|color|display|overflow|text-align|font-[a-z]+"
    r"|line-height)\s*:(?:\s*(?:\#[0-9a-f]{3,8}|\d*\.?\d+(?:px|em|rem|%)?|[a-z]+(?:-[a-z]+)?))+"
    r"\s*(?:;|\Z))*\s*",
    re.IGNORECASE,
)
# https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Permissions-Policy: what a player
# needs; never the camera, the microphone, the screen, the place or a payment.
_FEATURES = frozenset({
    "accelerometer", "autoplay", "clipboard-write", "encrypted-media", "fullscreen", "gyroscope",
    "picture-in-picture", "web-share",
})  # fmt: skip
_SANDBOX = 'sandbox="allow-scripts allow-same-origin allow-popups allow-presentation"'
"""What an unknown frame may do: play, open windows; but not steer the page around it."""
_EMPTY = frozenset({"br", "img"})

_IFRAME = frozenset({
    "src", "width", "height", "frameborder", "allow", "allowfullscreen", "title",
    "referrerpolicy", "loading", "scrolling", "style", "class", "name", "id",
})  # fmt: skip
_QUOTATION: Mapping[str, frozenset[str]] = {
    "blockquote": frozenset({"class", "lang", "dir", "cite", "style"}),
    "section": frozenset(),
    "p": frozenset({"lang", "dir", "class"}),
    "a": frozenset({"href", "title", "target", "rel", "class"}),
    "br": frozenset(),
    "img": frozenset({"src", "alt", "width", "height", "title"}),
    "script": frozenset({"src", "async", "defer", "charset"}),
}


@dataclass(frozen=True, slots=True)
class _Needs:
    """What a provider's embeds load: its scripts, and the hosts of its frames and pictures."""

    scripts: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    is_known: bool = True


_X = _Needs(
    frozenset({"https://platform.twitter.com/widgets.js", "https://platform.x.com/widgets.js"})
)
_PROVIDERS: dict[str, _Needs] = {
    "publish.twitter.com": _X,
    "publish.x.com": _X,
    "www.youtube.com": _Needs(hosts=frozenset({"www.youtube.com", "www.youtube-nocookie.com"})),
    "vimeo.com": _Needs(hosts=frozenset({"player.vimeo.com"})),
    "soundcloud.com": _Needs(hosts=frozenset({"w.soundcloud.com"})),
    "open.spotify.com": _Needs(hosts=frozenset({"open.spotify.com"})),
    "www.tiktok.com": _Needs(frozenset({"https://www.tiktok.com/embed.js"})),
    "www.reddit.com": _Needs(
        frozenset({"https://embed.reddit.com/widgets.js"}), frozenset({"embed.reddit.com"})
    ),
    "www.flickr.com": _Needs(
        frozenset({"https://embedr.flickr.com/assets/client-code.js"}),
        frozenset({"live.staticflickr.com"}),
    ),
    "embed.bsky.app": _Needs(frozenset({"https://embed.bsky.app/static/embed.js"})),
    "www.dailymotion.com": _Needs(hosts=frozenset({"geo.dailymotion.com", "www.dailymotion.com"})),
    "www.ted.com": _Needs(hosts=frozenset({"embed.ted.com"})),
    "speakerdeck.com": _Needs(hosts=frozenset({"speakerdeck.com"})),
    "www.slideshare.net": _Needs(hosts=frozenset({"www.slideshare.net"})),
    "app.mixcloud.com": _Needs(hosts=frozenset({"www.mixcloud.com", "player-widget.mixcloud.com"})),
}


def refusal(html: str, endpoint: str) -> str | None:
    """Return what an embed holds beyond what the provider at this endpoint needs; None if nothing.

    The answer names the first thing that is too much, as it stands in HTML: `<object>`,
    `onclick of <a>`, `src of <script>: https://…`. A provider that we do not know may have
    quotations, and frames and pictures of its own host; its elements have none of the page's
    classes, names or ids, by which they could take the place or the looks of what is the site's.
    """
    if len(html) > LONGEST:
        return f"{len(html)} > {LONGEST}"
    if _BLANK_LINE.search(html.strip()):
        return "\\n\\n"  # ends a block of HTML in Markdown
    needs = _needs(endpoint)
    opened: list[str] = []
    at = 0
    while at < len(html):
        token = _TOKEN.match(html, at)
        if token is None:
            return _shown(html[at : at + 40])
        at = token.end()
        fault = _fault_of_token(token, opened, needs)
        if fault:
            return fault
    return f"<{opened[-1]}>" if opened else None


def contained(html: str, endpoint: str) -> str:
    """Return an embed that was not refused, with the frames of an unknown provider in a sandbox."""
    if _needs(endpoint).is_known:
        return html
    return re.sub(r"<iframe(?=[\s>])", f"<iframe {_SANDBOX}", html, flags=re.IGNORECASE)


def _fault_of_token(token: re.Match[str], opened: list[str], needs: _Needs) -> str | None:
    """Return what is wrong with a text or tag; keep the names of the elements that are open."""
    if token["text"] is not None:
        return "<script>…</script>" if "script" in opened else None
    name = token["name"].lower()
    if token["end"]:
        is_well = bool(opened) and opened.pop() == name and not token["attributes"]
        return None if is_well else f"</{name}>"
    if name not in _EMPTY:
        opened.append(name)
    return _fault(name, token["attributes"], needs)


def _needs(endpoint: str) -> _Needs:
    host = urls.host_of(endpoint)
    return _PROVIDERS.get(host) or _Needs(hosts=frozenset({host} - {""}), is_known=False)


def _fault(name: str, text: str, needs: _Needs) -> str | None:
    """Return what an opening tag holds that it may not."""
    allowed = _IFRAME if name == "iframe" else _QUOTATION.get(name)
    if allowed is None:
        return f"<{name}>"
    seen: dict[str, str] = {}
    for key, quoted, bare in _ATTRIBUTE.findall(text):
        key, value = key.lower(), unescape(_CONTROL_REFERENCE.sub("\0", quoted or bare))
        is_data = key.startswith("data-") and name in ("blockquote", "a", "iframe")
        is_ours = key in ("class", "id", "name") and not needs.is_known
        is_allowed = (key in allowed and not is_ours) or is_data
        if key in seen or not is_allowed or not _is_plain(key, value, needs):
            return f"{key} of <{name}>"
        seen[key] = value
    if name in ("script", "iframe", "img") and not _may_load(name, seen.get("src", ""), needs):
        return f"src of <{name}>: {_shown(seen.get('src', ''))}"
    if "href" in seen and not seen["href"].startswith(("https://", "http://")):
        return f"href of <a>: {_shown(seen['href'])}"
    return None


def _is_plain(key: str, value: str, needs: _Needs) -> bool:
    """Return whether an attribute's value can do nothing but what it is for."""
    if _CONTROL.search(value):  # which browsers drop or replace, each in its own way
        return False
    if key == "style":
        return _STYLE.fullmatch(value) is not None
    if key == "allow":
        wanted = (part.split() for part in value.lower().split(";"))
        return all(not words or words[0] in _FEATURES for words in wanted)
    return key != "target" or value == "_blank" or (value == "_top" and needs.is_known)


def _may_load(name: str, source: str, needs: _Needs) -> bool:
    if name == "script":
        return source.removesuffix("/") in needs.scripts
    address = re.match(r"https://([a-z0-9.-]+)/", source)
    return address is not None and address[1] in needs.hosts and "\\" not in source


def _shown(text: str) -> str:
    """Return the beginning of a text for a message, on one line."""
    return " ".join(text[:80].split())
