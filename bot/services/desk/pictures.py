"""The picture that an episode is published with, kept from `/publish` until it is committed."""

import base64
import json
from dataclasses import dataclass

from bot.core.git_ids import blob_id
from bot.core.publication.picture import check_apart, kind_of
from bot.core.render.draft_path import check_file
from bot.errors import CommandError
from bot.services.desk.given_files import check_size
from bot.services.drafting.proposal import Picture
from bot.services.drafting.rendering import Drafting, Rendered
from bot.services.episode_areas import PICTURE
from bot.services.show import Show


@dataclass(frozen=True, slots=True)
class _Kept:
    """A picture: how its file's name ends, its bytes until they are committed, and their id."""

    kind: str
    data: bytes | None
    blob: str


class Pictures:
    """Keeps the pictures of a show's episodes, and says where the profile puts them."""

    def __init__(self, *, show: Show, drafting: Drafting) -> None:
        self._show = show
        self._drafting = drafting

    async def keep(self, episode: str, given: str) -> None:
        """Keep a picture, given in base64, in place of the one that there was.

        Raises CommandError for what is none, and where the profile does not say where it goes.
        """
        if self._show.profile.publish.picture is None:
            raise CommandError("publish.picture-nowhere")
        try:
            data = base64.b64decode(given, validate=True)
        except ValueError:
            data = b""
        check_size(len(data), kind="picture", name="")
        kind = kind_of(data)
        if kind is None:
            raise CommandError("publish.picture-none")
        known = await self._kept(episode)
        blob = known.blob if known else ""
        kept = json.dumps([kind, base64.b64encode(data).decode(), blob])
        await self._show.store.put_state(PICTURE, episode, kept)

    async def has(self, episode: str) -> bool:
        """Return whether an episode has one."""
        return await self._kept(episode) is not None

    async def placed(self, rendered: Rendered) -> tuple[dict[str, str], Picture | None]:
        """Return what templates see of an episode's picture, and the file that is to be made."""
        kept, template = await self._kept(rendered.episode.id), self._show.profile.publish.picture
        if kept is None or template is None:
            return {"picture": ""}, None
        (made,) = await self._drafting.filled(rendered, [template], {"extension": kept.kind})
        path = " ".join(made.split())
        check_file(path, template)
        sees = {"picture": path}
        if kept.data is None:
            return sees, None
        return sees, Picture(path, kept.data, kept.blob, template)

    async def check_apart(
        self, picture: Picture, rendered: Rendered, *, page: str, draft: str
    ) -> None:
        """Raise TemplateError where the profile gives a picture's place to another file, too.

        `page` is the path of the page that the `draft` becomes.
        """
        profile = self._show.profile
        files = [one.path for one in profile.files if not one.repository]
        sees = {**rendered.notes, "published": True}
        made = await self._drafting.filled(rendered, files, sees) if files else []
        paths = [path for one in made if (path := " ".join(one.split()))]
        of_page = "path" if profile.publish.path is None else "publish: path"
        others = [(of_page, page), ("path", draft), ("path", rendered.path)]
        check_apart(picture.path, picture.template, [*others, *(("files", one) for one in paths)])

    async def committed(self, episode: str) -> None:
        """Forget the bytes of a picture that was committed, and know which they were."""
        kept = await self._kept(episode)
        if kept is not None and kept.data is not None:
            done = json.dumps([kept.kind, None, blob_id(kept.data)])
            await self._show.store.put_state(PICTURE, episode, done)

    async def _kept(self, episode: str) -> _Kept | None:
        body = (await self._show.store.state(PICTURE)).get(episode)
        if not body:
            return None
        kind, data, blob = json.loads(body)
        return _Kept(kind, base64.b64decode(data) if data else None, blob)
