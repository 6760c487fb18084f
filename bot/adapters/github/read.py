"""Reads a file of a repository on GitHub to the byte."""

from bot.adapters.github.client import GitHub
from bot.adapters.github.graphql import TreeFile
from bot.core.git_ids import blob_id
from bot.errors import SiteError


async def whole(github: GitHub, path: str, entry: TreeFile, most: int) -> bytes:
    """Return a file's bytes, by REST where GraphQL cut them; none that are not whole.

    Raises SiteError where there are more than `most`.
    """
    if entry.size > most:
        raise SiteError("site.too-large", path=path, limit=most // 1024)
    if entry.text is not None:
        return entry.text
    data = await github.get_raw(f"/git/blobs/{entry.blob}", most=most)
    if blob_id(data) != entry.blob:
        raise SiteError("github.not-whole", path=path, repository=github.full_name)
    return data
