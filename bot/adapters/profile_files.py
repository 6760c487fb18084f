"""Find and read the files of a site's profile; what is in them is read in `bot/core/profile/`."""

import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from bot.errors import ProfileError, SiteError, os_cause

FOLDER = ".rundown"
SETTINGS, TEMPLATE = "site.yml", "draft.md.j2"
FURTHER = ("notes.md.j2", "announce.md.j2")
"""Templates that a profile may have besides: for short notes, and for what the chat is told."""

MOST = 256 * 1024
"""The largest file of a profile that is read, in bytes."""

SHIPPED = Path(__file__).parents[1] / "profiles"
KINDS = ("jekyll", "hugo")


@dataclass(frozen=True, slots=True)
class ProfileFiles:
    """The texts of a profile's files, and the folder that they stand in.

    `further` holds those of FURTHER that there are, by name.
    """

    folder: Path
    settings: str
    template: str
    further: Mapping[str, str] = field(default_factory=dict)


def read_profile(folder: Path, *, inside: Path | None = None) -> ProfileFiles:
    """Read the profile in `folder`, which holds `site.yml` and `draft.md.j2` itself.

    Raises ProfileError where a file is missing, larger than MOST bytes, not UTF-8, no plain file,
    or a symbolic link that leads out of `inside` (the site's folder; `folder` itself by default).
    """
    bounds = inside or folder
    settings, template = (_text(folder / name, bounds) for name in (SETTINGS, TEMPLATE))
    there = [name for name in FURTHER if os.path.lexists(folder / name)]
    further = {name: _text(folder / name, bounds) for name in there}
    return ProfileFiles(folder, settings, template, further)


def split_show(folder: Path) -> tuple[Path, str | None]:
    """Return a site's folder, and the show where `SITE/.rundown/SHOW` names one of several."""
    is_show = folder.parent.name == FOLDER
    return (folder.parent.parent, folder.name) if is_show else (folder, None)


def profile_folder(show: str | None) -> str:
    """Return the folder of a profile, from the root of its site."""
    return f"{FOLDER}/{show}" if show else FOLDER


def site_profile(site: Path, show: str | None = None) -> ProfileFiles:
    """Read the profile that a site keeps as `.rundown/`, else the one shipped for its kind.

    Of several shows, each has its own in a folder there.

    Raises ProfileError as `read_profile` does, SiteError where there is no profile and the kind of
    site is not known.
    """
    own = site / profile_folder(show)
    if show or os.path.lexists(own):
        return read_profile(own, inside=site)
    return read_profile(SHIPPED / kind_of(site))


def profile_state(site: Path, show: str | None = None) -> str | None:
    """Return what tells one state of a site's own profile from another; None where it has none."""
    own = site / profile_folder(show)
    if not os.path.lexists(own):
        return None
    digest = sha256()
    there = [name for name in FURTHER if os.path.lexists(own / name)]
    for name in (SETTINGS, TEMPLATE, *there):
        try:
            digest.update(sha256(read_bounded(own / name, site)).digest())
        except ProfileError as error:  # reading the profile will tell
            digest.update(error.name.encode())
    return digest.hexdigest()


def kind_of(site: Path) -> str:
    """Return which of KINDS a site is, by its configuration; raise SiteError if it is neither."""
    return _recognised(site)[0]


def configuration_of(site: Path) -> Path:
    """Return the configuration file by which a site was recognised."""
    return _recognised(site)[1]


def recognised_in(site: Path) -> tuple[str, str] | None:
    """Return which of KINDS a folder's site is, and by which file; None where it is neither."""
    return recognised(lambda name: (site / name).is_file(), has_content=(site / "content").is_dir())


def _recognised(site: Path) -> tuple[str, Path]:
    if not site.is_dir():
        raise SiteError("site.no-folder", folder=site)
    found = recognised_in(site)
    if found is None:
        raise SiteError("site.unknown-kind", folder=site)
    kind, name = found
    return kind, site / name


def recognised(is_file: Callable[[str], bool], *, has_content: bool) -> tuple[str, str] | None:
    """Return which of KINDS a site is, and the file that tells it; None where none does."""
    for name in ("_config.yml", "_config.yaml", "_config.toml"):
        if is_file(name):
            return "jekyll", name
    stems = ("hugo", "config") if has_content else ("hugo",)
    for folder in ("", "config/_default/"):
        for stem in stems:
            for ending in ("toml", "yaml", "yml", "json"):
                if is_file(name := f"{folder}{stem}.{ending}"):
                    return "hugo", name
    return None


def _text(file: Path, bounds: Path) -> str:
    return decoded(read_bounded(file, bounds), file)


def decoded(data: bytes, file: Path) -> str:
    """Return the text of a profile's file; raise ProfileError where it is none."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProfileError("site.profile-not-utf8", path=file, byte=error.start + 1) from None


def read_bounded(file: Path, bounds: Path) -> bytes:
    """Return the bytes of a plain file, at most MOST, that lies within `bounds` once resolved."""
    try:
        real = file.resolve(strict=True)
        if not real.is_relative_to(bounds.resolve()):
            raise ProfileError("site.profile-outside", path=file, folder=bounds)
        # Non-blocking, so that a pipe of that name cannot hold us.
        handle = os.open(real, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise ProfileError("site.path-not-file", path=file)
            with os.fdopen(handle, "rb", closefd=False) as stream:
                data = stream.read(MOST + 1)
        finally:
            os.close(handle)
    except FileNotFoundError:
        raise ProfileError("site.no-profile", file=file.name, folder=file.parent) from None
    except (OSError, RuntimeError) as error:  # RuntimeError: symbolic links in a ring, on 3.11
        raise ProfileError("site.unreadable", path=file, why=os_cause(error)) from None
    if len(data) > MOST:
        raise ProfileError("site.too-large", path=file, limit=MOST // 1024)
    return data
