"""Episodes are closed and opened with their pages."""

from pathlib import Path

from bot.services.drafting.publications import Publications
from tests.services.desk.house import house


async def test_an_episode_is_closed_and_opened_as_often_as_its_page_is_published(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.say("# Trains\n- a talk about trains", by="aoi")
        show = home.desk._show
        [record] = show.episodes.open_now()
        publications = Publications(show)
        for _ in range(4):
            known = (await show.log.outline(record.id)).newest
            assert await publications.close(record.id)
            assert (record.closed or 0) > known  # all that is known belongs to it
            assert not await publications.close(record.id)
            assert await publications.is_published(record.id)
            assert (await show.episode(record.id)).closed
            for _ in range(2):
                await publications.reopen(record.id)
                assert not await publications.is_published(record.id)
                assert not (await show.episode(record.id)).closed
