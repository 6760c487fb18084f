"""Addresses in text: where they end, and when two are the same.

Every function takes any text, in time that grows with its length, and never raises.
"""

import re
from hashlib import blake2b
from urllib.parse import urlsplit

# --- where an address begins and ends ----------------------------------------------------------

# White space, control and invisible characters, angle brackets, quotation marks, full-width
# punctuation and arrows end an address; so does the backtick, which only code has next to one.
_END = (
    r"\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ud800-\udfff"
    r"<>\"`“”„«»"
    r"、。〃〈〉《》「」『』【】〔〕〖〗〘〙〜〝〞〟…‥"
    r"！＂＇（），．／：；＜＞？［］｛｝｜～｡｢｣､"
    r"→←↑↓⇒⇐"
)
_SCHEME = r"[Hh][Tt][Tt][Pp][Ss]?://"
_BARE = re.compile(rf"{_SCHEME}(?=[\w\[]|[^\x00-\x7f])(?=[^{_END}])[^{_END}()\[\]{{}}]*")
_WIDE = re.compile(r"[hｈ][tｔ]{2}[pｐ][sｓ]?[:：][/／]{2}", re.I)
_MORE = re.compile(rf"[^{_END}()\[\]{{}}]*")
_PARTNER = {")": "(", "]": "[", "}": "{"}
_EMPHASIS = re.compile(r"(?:\*+|~~|_+)\Z")
# What is no part of an address at its end: the marks of a sentence, and a bracket just opened.
_TAIL = ".,:;'’‘([{"


def find_urls(text: str) -> list[tuple[int, int]]:
    """Find the http(s) addresses of a text, whatever they stand in, as (start, end)."""
    found = []
    at = 0
    while (bare := _BARE.search(text, at)) is not None:
        at = bare.end()
        end = _end(text, bare.start(), at)
        if end > text.index("//", bare.start()) + 2:
            found.append((bare.start(), end))
            at = end
    return found


def has_wide_address(text: str) -> bool:
    """Return whether a text has an address that begins in full-width letters: that is no link."""
    return any(not found[0].isascii() for found in _WIDE.finditer(text))


def url_end(text: str, start: int) -> int:
    """Return where the bare address ends that begins at `start`; `start` if none does."""
    bare = _BARE.match(text, start)
    if bare is None:
        return start
    end = _end(text, start, bare.end())
    return end if end > text.index("//", start) + 2 else start


def _end(text: str, start: int, end: int) -> int:
    """Go on from the first bracket, and take off what Discord would not count to the address."""
    if text[end : end + 1] in _PARTNER or text[end : end + 1] in _PARTNER.values():
        end = _past_brackets(text, end)
    while text[end - 1] in _TAIL:
        end -= 1
    # `**https://…**`: emphasis that was opened before the address does not belong to it.
    # A lone underscore may well be its own, so one has to stand right before it too.
    if text[end - 1] in "*~_":
        emphasis = _EMPHASIS.search(text, end - 3, end)
        first = max(start - 1, 0) if emphasis and emphasis[0] == "_" else 0
        if emphasis and text.find(emphasis[0], first, start) >= 0:
            end = emphasis.start()
    return end


def _past_brackets(text: str, at: int) -> int:
    """Return where an address ends that has a bracket at `at`: pairs are part of it."""
    opened: dict[str, list[int]] = {"(": [], "[": [], "{": []}
    while (bracket := text[at : at + 1]) and bracket in "()[]{}":
        if bracket in opened:
            opened[bracket].append(at)
        elif not opened[_PARTNER[bracket]]:
            return at
        else:
            first = opened[_PARTNER[bracket]].pop()
            if text.startswith("](", at):  # a titled link that follows without a blank
                return first
        more = _MORE.match(text, at + 1)
        at = more.end() if more else at + 1
    return at


# --- when two addresses are the same -----------------------------------------------------------

_PARTS = re.compile(
    r"(?s)\A\s*([Hh][Tt][Tt][Pp][Ss]?://)([^/?#]{1,300}+)([^?#]*)(?:\?([^#]*))?(?:#(.*))?\Z"
)
_PORTS = (":", ":80", ":443")
_LABELS = re.compile(r"[a-z0-9._-]+\Z")
_FRONT = re.compile(r"(?:(?:www|m|mobile)\.)+(?=[^.]+\.)")

_NAMES = {
    "twitter.com": "x.com",
    "fxtwitter.com": "x.com",
    "vxtwitter.com": "x.com",
    "twittpr.com": "x.com",
    "fixupx.com": "x.com",
    "fixvx.com": "x.com",
    "nitter.net": "x.com",
    "xcancel.com": "x.com",
    "youtu.be": "youtube.com",
    "youtube-nocookie.com": "youtube.com",
    "old.reddit.com": "reddit.com",
    "new.reddit.com": "reddit.com",
    "np.reddit.com": "reddit.com",
    "discordapp.com": "discord.com",
}

# Sites that show a page of another one under the same path, but not their other pages.
_SAME_AT = {("music.youtube.com", "/watch"): "youtube.com"}

# Parameters that say where a reader came from, on any site.
_TRACKING = re.compile(
    r"utm_.*|p[df]_rd_.*|mc_[ce]id|ref_src|ref_url|srsltid|igshi?d?|mkt_tok|n_cid|mibextid|spm_id_from"
    r"|(?:fb|g|d|gb|ms|tw|tt|y|wick|li_fat_)clid|gclsrc|[gw]braid|gad_source|gad_campaignid"
    r"|_ga|_gl|_hsenc|_hsmi|__hs(?:tc|sc|fp)|vero_id|oly_(?:anon|enc)_id|s_kwcid|wt\.[em]c_id"
    r"|guccounter|guce_referrer(?:_sig)?|__twitter_impression|fb_(?:action_ids|ref|source)"
    r"|at_(?:medium|campaign|custom\d|format|link_.*|bbc_team|ptr_name)",
    re.I,
)
# The same with names that mean something elsewhere.
_TRACKING_OF: dict[str, frozenset[str]] = {
    "x.com": frozenset({"s", "t", "cn", "src", "cxt", "refsrc"}),
    "youtube.com": frozenset({"si", "feature", "pp", "ab_channel", "app"}),
    "spotify.com": frozenset({"si", "nd", "dlsi"}),
    "tiktok.com": frozenset({"_r", "_t", "is_from_webapp", "sender_device", "web_id"}),
    "facebook.com": frozenset({"rdid", "share_url", "fref", "hc_ref", "__tn__", "__cft__[0]"}),
    "linkedin.com": frozenset({"trk", "trackingid", "lipi", "rcm", "refid", "original_referer"}),
    "reddit.com": frozenset({"share_id", "rdt", "ref", "ref_source"}),
    "medium.com": frozenset({"source"}),
    "note.com": frozenset({"sub_rt"}),
    "nytimes.com": frozenset({"smid", "smtyp", "referringsource"}),
    "theguardian.com": frozenset({"cmp"}),
    "apple.com": frozenset({"itscg", "itsct", "ct", "at", "uo"}),
    "steampowered.com": frozenset({"snr"}),
    "bilibili.com": frozenset({"vd_source", "share_source", "share_medium", "share_session_id"}),
    "google.com": frozenset({
        "ved", "ei", "oq", "gs_lcp", "gs_lcrp", "sclient", "sourceid", "sxsrf", "sca_esv",
    }),
    "sciencedirect.com": frozenset({"via", "via%3dihub", "dgcid"}),
    "nature.com": frozenset({"error", "code"}),  # where a reader without cookies is sent
    "springer.com": frozenset({"error", "code"}),
    "amazon": frozenset({
        "tag", "ref", "ref_", "linkcode", "linkid", "creative", "creativeasin", "camp", "ascsubtag",
        "qid", "sr", "crid", "sprefix", "keywords", "dib", "dib_tag", "content-id", "_encoding",
    }),
}  # fmt: skip
_AMAZON = re.compile(r"(?:.+\.)?amazon\.(?:com?\.)?[a-z]{2,3}")
_AMAZON_REF = re.compile(r"/ref=[^/]*\Z")
_ASIN = re.compile(
    r"/(?:dp|gp/product|gp/aw/d|exec/obidos/asin|o/asin)/([a-z0-9]{10})(?![a-z0-9])", re.I
)
_VIDEO = re.compile(r"/(live/|shorts/|embed/|v/|e/)?([\w-]{11})(?:&(.*))?\Z", re.A | re.S)
_POST = re.compile(r"/(?:i/web|[^/]+)/status(?:es)?/(\d+)(?:/(?:photo|video)/\d)?\Z", re.A)
_TRACKING_FRAGMENT = re.compile(r"(?:utm_|xtor=|echobox=)", re.I)


def canonical(url: str) -> str:
    """Return the form in which two addresses are the same (docs/chat-grammar.md, section 6)."""
    parts = _PARTS.match(url)
    if parts is None:
        return url
    _, authority, path, query, fragment = parts.groups()
    user, at, host = authority.rpartition("@")
    host = _host(host)
    path = _without_dots(_escaped(path)).rstrip("/")
    site = _SAME_AT.get((host, path)) or _NAMES.get(host, host)
    pairs = _untracked(site, _escaped(query).split("&")) if query else []
    pairs = [pair for pair in pairs if pair]
    place = _place(fragment) if fragment else ""
    if site != host or site in _TRACKING_OF or site.startswith("amazon."):
        path, pairs, place = _on_site(site, host, path, pairs, place)
    address = f"https://{_escaped(user) if user else ''}{at}{site}{path}"
    if pairs:
        address += "?" + "&".join(pairs)
    return address + "#" + place if place else address


def clean(url: str) -> str:
    """Return an address without its tracking, otherwise as typed."""
    parts = _PARTS.match(url)
    if parts is None:
        return url
    scheme, authority, path, query, fragment = parts.groups()
    host = _host(authority.rpartition("@")[2])
    site = _NAMES.get(host, host)
    if _AMAZON.fullmatch(site):
        path = _AMAZON_REF.sub("", path)
    address = scheme + authority + path
    if query is not None:
        kept = _untracked(site, query.split("&"))
        if kept or not query:
            address += "?" + "&".join(kept)
    if fragment is not None and not _TRACKING_FRAGMENT.match(fragment):
        address += "#" + fragment
    return address


def host_of(url: str) -> str:
    """Return an address's host in lower case, "" where it has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def fingerprint(text: str) -> str:
    """Return 12 hexadecimal digits that tell this text from any other, for use in an id."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _host(host: str) -> str:
    """Return a host's plain name: ASCII, lower case, no `www.` and the like, no usual port."""
    host = _without_port(host.lower())
    if not host.isascii():
        host = _without_port(".".join(map(_ascii_label, host.split("."))))
    if host[:1] in "wm" and (front := _FRONT.match(host)):
        host = host[front.end() :]
    if ".m.wik" in host:  # ja.m.wikipedia.org, as phones share it
        host = host.replace(".m.wik", ".wik")
    return host


def _without_port(host: str) -> str:
    host = host.rstrip(".")
    while host.endswith(_PORTS):
        host = host.rpartition(":")[0].rstrip(".")
    return host


def _ascii_label(label: str) -> str:
    if label.isascii() or len(label) > 63:
        return label
    try:
        encoded = label.encode("idna").decode("ascii")
    except UnicodeError:
        return label
    return encoded if _LABELS.match(encoded) else label


# As typed, or in percent signs: characters that mean the same either way are written plainly.
_ODD = re.compile(r"%(?![89A-F][0-9A-F])([0-9A-Fa-f]{2})?|[^!-~]|[\"<>\\^`{|}]")
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!'()*,:@")


def _escaped(text: str) -> str:
    """Write each character of an address in the one way that we compare."""
    return _ODD.sub(_escape, text) if text else ""


def _escape(match: re.Match[str]) -> str:
    if match[1]:
        character = chr(int(match[1], 16))
        return character if character in _PLAIN else "%" + match[1].upper()
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))


def _without_dots(path: str) -> str:
    """Return a path without the segments `.` and `..`, as browsers ask for it (RFC 3986, 5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del kept[max(1, len(kept) - 1) :]
        elif part != ".":
            kept.append(part)
    return "/".join(kept)


def _place(fragment: str) -> str:
    """Return the place in a page that a fragment names, without directives to the browser."""
    place = _escaped(fragment).partition(":~:")[0]
    return "" if _TRACKING_FRAGMENT.match(place) else place


def _untracked(site: str, pairs: list[str]) -> list[str]:
    """Take out the parameters of a site that only say where its reader came from."""
    own = _tracking_of(site)
    return [
        pair
        for pair in pairs
        if not _TRACKING.fullmatch(name := pair.partition("=")[0]) and name.lower() not in own
    ]


def _tracking_of(site: str) -> frozenset[str]:
    """Return the names that are tracking on this site, or on the one that it is a part of."""
    if _AMAZON.fullmatch(site):
        return _TRACKING_OF["amazon"]
    labels = site.split(".")[-4:]
    for first in range(len(labels) - 1):
        names = _TRACKING_OF.get(".".join(labels[first:]))
        if names is not None:
            return names
    return frozenset()


def _on_site(
    site: str, host: str, path: str, pairs: list[str], place: str
) -> tuple[str, list[str], str]:
    """Return the one path, query and place of what a site shows under several."""
    if site == "youtube.com":
        video = _VIDEO.match(path)
        if video and (video[1] or host == "youtu.be"):
            rest = [pair for pair in (video[3] or "").split("&") if pair] + pairs
            kept = [pair for pair in _untracked(site, rest) if not pair.startswith("v=")]
            return "/watch", [f"v={video[2]}", *kept], place
        if path == "/watch":
            pairs.sort(key=lambda pair: not pair.startswith("v="))
    elif site == "x.com" and (post := _POST.match(path)):
        return f"/i/status/{post[1]}", [], ""
    elif _AMAZON.fullmatch(site):
        product = _ASIN.search(path)
        if product:
            return f"/dp/{product[1].upper()}", [], place
        path = _AMAZON_REF.sub("", path).rstrip("/")
    return path, pairs, place
