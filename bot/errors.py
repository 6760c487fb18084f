"""Every error of the app.

RundownError                what happened, to which thing, and what to do
├── SettingsError           the environment or .env
├── ProfileError            site.yml or draft.md.j2: file, line and cause
│   └── TemplateError       a template or regular expression failed, ran too long, or reached out
├── InputError              a file that was given to a command
│   ├── ExportError         a chat export that cannot be read
│   └── LookupFileError     a look-up file that cannot be read
├── CommandError            a chat command that cannot be done as asked
├── ChatError               the chat platform refuses, or does not answer
│   └── ChatClosed          a channel or thread that may not be read, or is not there
├── StoreError              the database
│   ├── StoreBusy           another process has it
│   └── StoreUnusable       it is damaged, or another program's: trying again does not help
│       └── StoreNewer      a newer version of Rundown wrote it
├── SiteError               the site repository
│   ├── SiteMoved           the branch or file is not what was seen any more: look again
│   ├── CommitUnknown       whether a commit was made is not known yet: its draft stays open
│   └── FileChanged         the draft's file was changed by people in a way that needs them
└── FetchError              an address that must not be asked for, or that gave no page
"""

import errno
import os

from bot.mentions import untyped
from bot.texts import Text, say

_CAUSES = {
    errno.ENOENT: "system.missing",
    errno.EISDIR: "system.folder",
    errno.ENOTDIR: "system.no-folder",
    errno.EACCES: "system.denied",
    errno.ENOSPC: "system.full",
    errno.EROFS: "system.read-only",
    errno.EPERM: "system.not-permitted",
    errno.EEXIST: "system.exists",
    errno.ENAMETOOLONG: "system.long-name",
    errno.ELOOP: "system.ring",
    errno.EIO: "system.device",
    errno.EMFILE: "system.many-files",
    errno.ENFILE: "system.many-files",
    errno.EDQUOT: "system.quota",
    errno.EFBIG: "system.large",
    errno.EBUSY: "system.busy",
    errno.ECONNREFUSED: "system.refused",
    errno.ECONNRESET: "system.reset",
    errno.EPIPE: "system.reset",
    errno.ETIMEDOUT: "system.timed-out",
    errno.ENETUNREACH: "system.no-network",
    errno.EHOSTUNREACH: "system.no-way",
    errno.EADDRINUSE: "system.in-use",
    errno.EADDRNOTAVAIL: "system.no-address",
}
_KINDS = {
    "gaierror": "system.no-host",
    "SSLCertVerificationError": "system.certificate",
    "RuntimeError": "system.ring",  # of symbolic links, on 3.11
}


def os_cause(error: Exception) -> Text | str:
    """Return why the system refused something, in the reader's language where that is known."""
    kind = type(error).__name__
    name = _KINDS.get(kind) or _CAUSES.get(_number(error))
    return Text(name) if name else getattr(error, "strerror", None) or kind


def network_cause(error: Exception) -> Text | str:
    """Return why the network refused something, in the system's words: a library's are its own."""
    inner = getattr(error, "os_error", error)
    number = _number(inner)
    return os_cause(OSError(number, os.strerror(number)) if number > 0 else inner)


def _number(error: Exception) -> int:
    """Return the system's number of an error; 0 where it has none, as those of TLS are its own."""
    is_of_tls = type(error).__name__.startswith("SSL")
    number = getattr(error, "errno", None)
    return number if isinstance(number, int) and not is_of_tls else 0


class RundownError(Exception):
    """Say in the reader's language what happened, to which thing, and what to do.

    `name` is a text of bot/texts; `values` fill it in. They never hold a secret, nor a message's
    text.
    """

    def __init__(self, name: str, /, **values: object) -> None:
        super().__init__(name, values)
        self.name = name
        self.values = values

    def say(self, language: str = "en") -> str:
        """Return the message in `language`, one line."""
        return say(self.name, language, **self.values)

    def __str__(self) -> str:
        return untyped(self.say())


class SettingsError(RundownError):
    """A setting in the environment or .env is missing or wrong."""


class ProfileError(RundownError):
    """A site's profile is wrong; the message names file, line and cause."""


class TemplateError(ProfileError):
    """A template or regular expression of a profile failed, ran too long, or reached out."""


class InputError(RundownError):
    """A file that was given to a command cannot be used."""


class ExportError(InputError):
    """A chat export cannot be read; the message names the file and the place."""


class LookupFileError(InputError):
    """A look-up file cannot be read; the message names the file and the line."""


class CommandError(RundownError):
    """A chat command cannot be done as asked; nothing was changed."""


class ChatError(RundownError):
    """The chat platform refuses, or does not answer; the message names what it was asked for."""


class ChatClosed(ChatError):  # noqa: N818 - a state, as the tree above names it
    """A channel or thread may not be read, or is not there (any more)."""


class StoreError(RundownError):
    """The database cannot be used; nothing was changed."""


class StoreBusy(StoreError):  # noqa: N818 - a state to wait out, as the tree above names it
    """Another process has the database."""


class StoreUnusable(StoreError):  # noqa: N818 - a state, as the tree above names it
    """The database is damaged or another program's: a person has to put another in its place."""


class StoreNewer(StoreUnusable):
    """A newer version of Rundown wrote the database."""


class SiteError(RundownError):
    """The site repository cannot be read or committed to; nothing was changed."""


class SiteMoved(SiteError):  # noqa: N818 - a state, as the tree above names it
    """The branch or the draft's file is not what was seen any more; look, and merge again."""


class CommitUnknown(SiteError):  # noqa: N818 - a state, as the tree above names it
    """Whether the commit was made is not known yet; `Site.find` tells it later."""


class FileChanged(SiteError):  # noqa: N818 - a state, as the tree above names it
    """People changed the draft's file in a way that needs a person to settle."""


class FetchError(RundownError):
    """An address must not be asked for, or gave no page; the message names its host alone.

    `reason` is a code: `scheme`, `bad-address`, `port`, `private` and `redirects` say what the
    address is; `dns`, `unreachable`, `too-slow` and `closed` may pass; `tls`, `bad-answer` and
    `encoding` say what its server does wrong.
    """

    @property
    def reason(self) -> str:
        """The code: the name of the message, without its area."""
        return self.name.partition(".")[2]
