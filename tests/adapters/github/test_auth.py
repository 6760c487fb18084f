"""GitHub Apps: proving to be one, and renewing the token that it gets."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.errors import SettingsError, SiteError
from tests.adapters.github.github_house import PATH, House, change, github_house
from tests.fakes.github_apps import pem

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
RENEWAL = ["GET installation", "POST app/installations/4711/access_tokens"]


def app_house(folder: Path, **more: str) -> Any:
    settings = {"GITHUB_TOKEN": "", "GITHUB_APP_ID": "12345", "GITHUB_APP_PRIVATE_KEY": pem()}
    return github_house(folder, settings | more)


async def draft(house: House, number: int) -> None:
    path = f"{number}.md"
    seen = await house.site().look(path, number=str(number))
    await house.site().commit(change(seen, "x", f"d{number}", path))


async def test_an_app_gets_a_token_once_and_drafts_with_it(tmp_path):
    async with app_house(tmp_path) as house:
        await draft(house, 1)
        await draft(house, 2)
        assert house.asked() == [*RENEWAL, "Look", "Commit", "Look", "Commit"]
        assert house.clock.slept == []


async def test_a_token_is_renewed_before_it_ends(tmp_path):
    async with app_house(tmp_path) as house:
        await draft(house, 1)
        house.asked()
        house.clock.seconds += 54 * 60
        await draft(house, 2)
        assert house.asked() == ["Look", "Commit"]
        house.clock.seconds += 2 * 60
        await draft(house, 3)
        assert house.asked() == [*RENEWAL, "Look", "Commit"]


@pytest.mark.parametrize("which", ["Look", "Commit"])
async def test_a_token_that_was_taken_back_is_renewed_at_once(tmp_path, which):
    async with app_house(tmp_path) as house:
        await draft(house, 1)
        house.asked()
        house.local.trouble(which, status=401, body={"message": "Bad credentials"})
        await draft(house, 2)
        renewed = [
            each
            for name in ("Look", "Commit")
            for each in ([name, *RENEWAL, name] if name == which else [name])
        ]
        assert house.asked() == renewed
        assert house.local.site.read("2.md") == "x"


async def test_several_at_once_ask_for_one_token(tmp_path):
    async with app_house(tmp_path) as house:
        await asyncio.gather(*(house.site().look(PATH, number="1") for _ in range(5)))
        assert house.asked().count(RENEWAL[1]) == 1


async def test_github_in_trouble_is_asked_again(tmp_path):
    async with app_house(tmp_path) as house:
        house.local.trouble("POST app/installations", status=502, body=b"", times=2)
        await draft(house, 1)
        assert house.clock.slept == [1, 2]


async def test_an_app_that_is_not_installed_says_where_to_install_it(tmp_path):
    async with app_house(tmp_path) as house:
        house.local.site.installed = False
        with pytest.raises(SiteError, match=r"not installed on hosts/site.*Install App"):
            await house.site().look(PATH, number="1")


async def test_another_app_s_id_is_told(tmp_path):
    async with app_house(tmp_path, GITHUB_APP_ID="999") as house:
        with pytest.raises(SiteError, match="check GITHUB_APP_ID"):
            await house.site().look(PATH, number="1")


async def test_a_clock_that_is_wrong_is_told(tmp_path):
    async with app_house(tmp_path) as house:
        house.local.apps.clock = lambda: house.clock.seconds - 3600
        with pytest.raises(SiteError, match="this machine's clock"):
            await house.site().look(PATH, number="1")


async def test_a_key_that_cannot_sign_is_told_and_never_shown(tmp_path):
    broken = pem().replace("\n", "\nQUJD", 1)
    async with app_house(tmp_path, GITHUB_APP_PRIVATE_KEY=broken) as house:
        with pytest.raises(SettingsError, match="not an RSA key") as caught:
            await house.site().look(PATH, number="1")
    assert "QUJD" not in repr(caught.value)
    assert caught.value.__cause__ is None
