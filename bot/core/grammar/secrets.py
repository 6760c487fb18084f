"""Addresses that are not for a draft: those that carry a secret, and those that hosts never mean.

What is looked for are secrets by name, by place and by shape. A name that means a secret on some
sites and nothing on others (`key`, `token`, `sig`) counts only with a value that looks random.
"""

import re
from urllib.parse import unquote

_PAIR = re.compile(r"[?&;#/]([^=&;?#/]{1,80}+)=([^&;?#\s]++)")
_NOISE = re.compile(r"[^a-z0-9]+")

# Names that end in these carry a secret whatever its value: `zoom_pwd`, `X-Amz-Signature`.
_SECRET = re.compile(
    r"(?:password|passwd|passcode|passphrase|pwd|secret|jwt|authkey|apikey|accesskey|roomkey"
    r"|(?:access|auth|refresh|id|private|security|bearer|session)token"
    r"|(?:amz|goog)(?:signature|credential))\Z"
)
_MAY_BE = re.compile(
    r"(?:token|signature|apitoken)\Z|\A(?:sig|key|auth|hmac|sessionid|otp|hdnea|hdnts)\Z"
)
_NO_SECRET = re.compile(r"(?:page|next|continuation|sync)token\Z")
# A login that is under way: `code` means many things elsewhere.
_LOGIN = re.compile(r"oauth|openid|callback|/auth\b|/login|[?&]state=", re.I)

_OF_SITE = (
    # a meeting's password, and a token for its host
    (re.compile(r"(?:[\w-]+\.)*teams\.(?:live|microsoft)\.com"), {"p"}),
    (re.compile(r"(?:[\w-]+\.)*zoom(?:gov)?\.(?:us|com)"), {"zak", "tk"}),
    # a file of somebody's chat, signed
    (re.compile(r"(?:cdn|media)\.discordapp\.(?:com|net)"), {"hm"}),
    (re.compile(r"files\.slack\.com"), {"t"}),
)

_SHAPE = re.compile(
    r"hooks\.(?:slack|zapier)\.com/"
    r"|discord(?:app)?\.com/api/(?:v\d+/)?webhooks/\d"
    r"|\.webhook\.office\.com/"
    r"|api\.telegram\.org/(?:file/)?bot\d"
    r"|maker\.ifttt\.com/trigger/.{1,200}/with/key/"
    r"|calendar\.google\.com/calendar/ical/.{1,300}/private-"
    r"|\beyJ[\w-]{8,300}+\.[\w-]{8,4000}+\.[\w-]"  # a JSON web token
    r"|\bgh[pousr]_[0-9A-Za-z]{30}|\bgithub_pat_\w{20}|\bglpat-[\w-]{20}"
    r"|\bxox[abeprs]-[\w-]{10}|\bAIza[\w-]{35}",
    re.I,
)


_PASSWORD = re.compile(r"https?://[^/?#@\s:]*+:[^/?#@\s]++@", re.I)  # name:password@

# What is in every other address with a secret, and in few others: looked for first, for speed.
_TRACES = (
    "pass", "pwd", "secret", "jwt", "key", "token", "sig", "auth", "credential", "code", "hmac",
    "session", "otp", "hdn", "zoom", "teams.", "discordapp", "files.slack", "hook", "eyj", "ghp_",
    "gho_", "ghu_", "ghs_", "ghr_", "_pat_", "glpat-", "xox", "aiza", "telegram", "ical/",
)  # fmt: skip


def may_carry_secret(text: str) -> bool:
    """Return whether an address in a text may carry a secret: a quick look."""
    text = text.lower()
    for trace in _TRACES:
        if trace in text:
            return True
    return "@" in text and _PASSWORD.search(text) is not None


def carries_secret(url: str) -> bool:
    """Return whether an address holds a password, a token, a signature or a key.

    Takes any text; addresses within it, in clear or in percent signs, are looked at too.
    """
    url = url.replace("\\", "")
    if not may_carry_secret(url):
        return False
    if _shows_one(url) or _names_one(url):
        return True
    if "%3" not in url:
        return False
    inner = unquote(url)
    return _shows_one(inner) or _names_one(inner)


def _shows_one(url: str) -> bool:
    """Return whether a secret shows by its place or its shape."""
    return (_SHAPE.search(url) or _PASSWORD.search(url)) is not None


def _names_one(url: str) -> bool:
    """Return whether a parameter, in the query or behind the `#`, is a secret."""
    host = host_as_written(url)
    login = "code=" in url and _LOGIN.search(url) is not None
    own = next((names for site, names in _OF_SITE if site.fullmatch(host)), frozenset[str]())
    for pair in _PAIR.finditer(url):
        name, value = pair[1].lower().removeprefix("amp;"), pair[2]
        plain = _NOISE.sub("", name)
        if name in own or _SECRET.search(plain):
            return True
        if _MAY_BE.search(plain) and not _NO_SECRET.search(plain) and _looks_random(plain, value):
            return True
        if login and plain == "code" and _looks_random(plain, value):
            return True
    return False


def _looks_random(name: str, value: str) -> bool:
    """Return whether a value is no word: long enough, and with digits among the letters."""
    least = 16 if name == "key" else 8
    return (
        len(value) >= least
        and any(map(str.isdigit, value[:200]))
        and any(map(str.isalpha, value[:200]))
    )


def host_as_written(url: str) -> str:
    """Return an address's host, lower case, without name, password and port."""
    authority = re.split(r"[/?#\\]", url.partition("://")[2], maxsplit=1)[0]
    return authority.rpartition("@")[2].partition(":")[0].lower()


SHIPPED_IGNORE = re.compile(
    r"\Ahttps?://(?:[^/?#@]*@)?(?:[\w-]+\.)*(?:"
    # pictures that move
    r"(?:tenor|giphy|klipy)\.com(?=[/?#:]|\Z)|gph\.is/"
    # invitations, and links into the chat itself
    r"|discord\.gg/|discord(?:app)?\.com/(?:invite|channels|events)/"
    r"|join\.slack\.com/|app\.slack\.com/|files\.slack\.com/|slack-files\.com/"
    r"|slack\.com/(?:archives|team|app_redirect|docs|files|files-pri|files-tmb|lists|canvas"
    r"|huddle|call|client|messages|threads|shortcuts|workflows)(?=[/?#]|\Z)"
    r"|t\.me/(?:\+|joinchat/)|chat\.whatsapp\.com/|line\.me/(?:R/)?ti/g"
    # meetings
    r"|zoom(?:gov)?\.(?:us|com)/(?:j|s|w|my|wc|meeting)/|meet\.google\.com/|meet\.jit\.si/"
    r"|teams\.(?:live|microsoft)\.com/(?:l/meetup-join|meet)/"
    r"|webex\.com/(?:meet|join|[^?#]*j\.php)|riverside\.fm/studio/"
    r")",
    re.I,
)
"""Addresses that are talk on any site: GIF pickers, invitations, the chat itself, meetings."""
