"""The profile that a site on GitHub keeps as `.rundown/`, else the one shipped for its kind."""

from pathlib import Path

from bot.adapters.github import files, graphql
from bot.adapters.github.client import GitHub
from bot.adapters.github.graphql import Data
from bot.adapters.github.read import whole
from bot.adapters.profile_files import (
    FURTHER,
    MOST,
    SETTINGS,
    SHIPPED,
    TEMPLATE,
    ProfileFiles,
    decoded,
    profile_folder,
    read_profile,
    recognised,
)
from bot.errors import ProfileError, SiteError

_FILE = "{ oid type mode object { ... on Blob { byteSize isTruncated isBinary text } } }"


def _further(folder: str) -> str:
    """Return what asks for each of FURTHER, under a name that GraphQL takes."""
    named = ((name.partition(".")[0], name) for name in FURTHER)
    return " ".join(f'{alias}: file(path: "{folder}/{name}") {_FILE}' for alias, name in named)


def _query(folder: str) -> str:
    """Return the query for the files of a profile."""
    return f"""
query Profile($owner: String!, $name: String!, $ref: String!, $default: Boolean!) {{
  repository(owner: $owner, name: $name) {{
    nameWithOwner url isEmpty
    defaultBranchRef {{ name ...Files @include(if: $default) }}
    ref(qualifiedName: $ref) @skip(if: $default) {{ name ...Files }}
  }}
}}
fragment Files on Ref {{
  target {{ ... on Commit {{
    oid
    folder: file(path: "{folder}") {{ type }}
    settings: file(path: "{folder}/{SETTINGS}") {_FILE}
    template: file(path: "{folder}/{TEMPLATE}") {_FILE}
    {_further(folder)}
  }} }}
}}"""


async def github_profile(
    github: GitHub, branch: str | None, show: str | None = None
) -> ProfileFiles:
    """Read the profile of a repository at a branch, the default one for None.

    Of several shows, each has its own in a folder.

    Raises ProfileError where a file is missing, too large, not UTF-8 or no plain file, SiteError
    where there is no profile and the kind of site is not known.
    """
    data = await github.ask(_query(profile_folder(show)), graphql.qualified(branch))
    repository: Data = data["repository"]
    github.follow(repository["nameWithOwner"], repository["url"])
    ref = graphql.ref_of(repository, branch)
    if ref is None:
        raise SiteError("github.empty", repository=github.full_name, why="")
    target = ref["target"]
    if show or target["folder"] is not None:
        folder = Path(github.full_name, profile_folder(show))
        settings = await _text(github, folder / SETTINGS, target["settings"])
        template = await _text(github, folder / TEMPLATE, target["template"])
        further = {
            name: await _text(github, folder / name, found)
            for name in FURTHER
            if (found := target[name.partition(".")[0]]) is not None
        }
        return ProfileFiles(folder, settings, template, further)
    paths = await files.tree(github, target["oid"])
    has_content = any(path.startswith("content/") for path in paths)
    found = recognised(paths.__contains__, has_content=has_content)
    if found is None:
        raise SiteError("site.unknown-kind", folder=github.full_name)
    return read_profile(SHIPPED / found[0])


async def _text(github: GitHub, file: Path, found: Data | None) -> str:
    if found is None:
        raise ProfileError("site.no-profile", file=file.name, folder=file.parent)
    try:
        entry = graphql.entry(str(file), found)
        data = await whole(github, str(file), entry, MOST) if entry else b""
    except SiteError as error:
        if error.name.startswith("site."):
            raise ProfileError(error.name, **error.values) from None
        raise
    return decoded(data, file)
