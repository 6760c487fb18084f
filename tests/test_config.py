import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import NAMES, Repository, Secret, Settings, database_named, read, site_named
from bot.errors import SettingsError
from tests.needs import ROOT

HOME = {"HOME": "/home/oka"}
PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----\n"


def of(**values: str) -> Settings:
    return read(HOME | values)


def wrong(**values: str) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        read(HOME | values)
    return caught.value


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def test_nothing_has_to_be_set():
    settings = of()
    assert settings.secrets() == ()
    assert settings.site is None
    assert settings.log == "warning"
    assert settings.db is None


def test_a_file_that_is_not_there_sets_nothing(env_file):
    assert read(HOME, env_file) == of()


def test_the_file_sets_what_the_environment_does_not(env_file):
    env_file.write_text("DISCORD_TOKEN=from-file\nexport RUNDOWN_LOG='info' # more\n", "utf-8")
    settings = read(HOME | {"DISCORD_TOKEN": "from-environment"}, env_file)
    assert settings.discord_token == Secret("from-environment")
    assert settings.log == "info"


@pytest.mark.parametrize("empty", ["", "  ", "\n"])
def test_empty_means_unset(env_file, empty):
    env_file.write_text('DISCORD_TOKEN="abc"\nRUNDOWN_SITE=\nRUNDOWN_LOG\n', "utf-8")
    settings = read(HOME | {"DISCORD_TOKEN": empty, "RUNDOWN_DB": empty}, env_file)
    assert settings.discord_token == Secret("abc")
    assert settings.site is None
    assert settings == read(HOME | {"DISCORD_TOKEN": "abc"})


def test_a_dollar_sign_in_the_file_is_a_dollar_sign(env_file):
    env_file.write_text("DISCORD_TOKEN=a${HOME}b\n", "utf-8")
    assert read(HOME, env_file).discord_token == Secret("a${HOME}b")


def test_a_broken_line_of_the_file_is_named_without_its_words(env_file):
    env_file.write_text('RUNDOWN_LOG=info\n\n# mine\n\nDISCORD_TOKEN="abcdef\n', "utf-8")
    with pytest.raises(SettingsError) as caught:
        read(HOME, env_file)
    assert str(caught.value).startswith(f"{env_file}, line 5:")
    assert "abcdef" not in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(env_file):
    env_file.write_bytes(b"DISCORD_TOKEN=\xff\n")
    with pytest.raises(SettingsError, match=re.escape(str(env_file))):
        read(HOME, env_file)
    env_file.unlink()
    env_file.mkdir()
    with pytest.raises(SettingsError, match=re.escape(str(env_file))):
        read(HOME, env_file)


def test_the_address_of_a_database_and_its_password_are_secrets():
    address = "postgresql://bot:p%40ss@db.example/rundown?password=other%21"
    settings = read({"RUNDOWN_DB": address})
    hidden = {secret.reveal() for secret in settings.secrets()}
    assert hidden == {address, "p%40ss", "p@ss", "other!"}
    assert isinstance(settings.db, Secret)
    assert "db.example" not in f"{settings} {settings.db!r}"
    assert isinstance(database_named("postgres://x/y"), Secret)
    assert database_named("postgres.db") == Path("postgres.db")
    with pytest.raises(SettingsError) as caught:
        database_named("postgress://bot:hush@db.example/rundown")
    assert "hush" not in caught.value.say()


def test_a_secret_is_seen_only_by_who_asks():
    secret = Secret("xoxb-123")
    settings = of(SLACK_BOT_TOKEN="xoxb-123", SLACK_APP_TOKEN="xapp-456")
    seen = (repr(secret), str(secret), f"{secret}", f"{secret:>20}", "%s %r" % (secret, secret))  # noqa: UP031 - as logging does it
    assert "123" not in " ".join(seen) + repr(settings) + str(settings.secrets())
    assert [each.reveal() for each in settings.secrets()] == ["xoxb-123", "xapp-456"]


@pytest.mark.parametrize(
    ("value", "site"),
    [
        ("oka/podcast", Repository("oka", "podcast")),
        ("oka/podcast.github.io@main", Repository("oka", "podcast.github.io", "main")),
        ("oka/podcast@drafts/next", Repository("oka", "podcast", "drafts/next")),
        ("./oka/podcast", Path("oka/podcast")),
        ("../podcast", Path("../podcast")),
        ("/srv/podcast", Path("/srv/podcast")),
        ("~/podcast", Path("/home/oka/podcast")),
        ("~", Path("/home/oka")),
        ("podcast", Path("podcast")),
        ("番組/サイト", Path("番組/サイト")),
    ],
)
def test_a_site_is_a_repository_or_a_folder(value, site):
    assert of(RUNDOWN_SITE=value).site == site


@pytest.mark.parametrize(
    "value",
    [
        "https://github.com/oka/podcast",
        "git@github.com:oka/podcast.git",
        "oka/..",
        "oka/podcast@",
        "oka/podcast@a..b",
        "oka/podcast@-force",
        "oka/podcast@two words",
        "oka/podcast@x.lock",
        "pod\0cast",
    ],
)
def test_what_is_neither_is_refused(value):
    assert "RUNDOWN_SITE" in str(wrong(RUNDOWN_SITE=value))


def test_the_database_may_be_named_from_the_home():
    assert of(RUNDOWN_DB="~/r.db").db == Path("/home/oka/r.db")
    assert read({"RUNDOWN_DB": "/r.db"}).db == Path("/r.db")
    with pytest.raises(SettingsError, match="RUNDOWN_DB"):
        read({"RUNDOWN_DB": "~/r.db"})


@pytest.mark.parametrize("key", [PEM, PEM.replace("\n", "\\n"), PEM.replace("\n", "\r\n")])
def test_a_private_key_may_come_on_one_line(key):
    settings = of(GITHUB_APP_ID="123", GITHUB_APP_PRIVATE_KEY=key)
    assert settings.github_app_private_key == Secret(PEM)


def test_a_private_key_may_stand_in_the_file_as_it_is(env_file):
    env_file.write_text(f'GITHUB_APP_ID=123\nGITHUB_APP_PRIVATE_KEY="{PEM}"\n', "utf-8")
    assert read(HOME, env_file).github_app_private_key == Secret(PEM)


@pytest.mark.parametrize(
    "value",
    ["http://127.0.0.1:8080/api/v10", "https://ghe.example.org/api/v3/", "http://[::1]:9/api"],
)
def test_a_server_can_be_moved(value):
    assert of(DISCORD_API_URL=value).discord_api_url == value.rstrip("/")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DISCORD_TOKEN", "Bot abc.def"),
        ("DISCORD_TOKEN", "abc\ndef"),
        ("GITHUB_TOKEN", "ｇｈｐ_abc"),
        ("GITHUB_APP_ID", "my app"),
        ("GITHUB_APP_PRIVATE_KEY", "abcdef"),
        ("RUNDOWN_LOG", "loud-secret"),
        ("RUNDOWN_DB", "a\x07b"),
        ("RUNDOWN_DB", "postgresql://u:p@host:port/name"),
        ("RUNDOWN_DB", "mysql://u:p@host/name"),
        ("RUNDOWN_DB", "postgresql://u:p@host/a name"),
        ("DISCORD_API_URL", "discord.test/api"),
        ("RUNDOWN_METRICS", "everywhere:99999"),
        ("RUNDOWN_OWNERS", "@mika"),
        ("RUNDOWN_FILES", "hosts/site"),
        ("RUNDOWN_FILES", "hosts/site="),
        ("RUNDOWN_FILES", "hosts/site==hosts/notes"),
        ("RUNDOWN_FILES", "hosts/site=hosts/notes@"),
        ("SLACK_API_URL", "ftp://slack.test/api"),
        ("SLACK_API_URL", "http://slack.test/api"),
        ("SLACK_API_URL", "http://127.0.0.1.slack.test/api"),
        ("GITHUB_API_URL", "http://10.0.0.7/api"),
        ("GITHUB_API_URL", "https://user:password@github.test"),
        ("GITHUB_API_URL", "https://github.test/?token=abc"),
        ("GITHUB_GRAPHQL_URL", "https://github.test:99999/graphql"),
        ("GITHUB_GRAPHQL_URL", "https://[github.test/graphql"),
        ("GITHUB_GRAPHQL_URL", "https:///graphql"),
    ],
)
def test_a_wrong_value_is_refused_by_its_name_alone(name, value):
    pair = {"GITHUB_APP_ID": "123", "GITHUB_APP_PRIVATE_KEY": PEM}
    error = wrong(**(pair | {name: value}))
    for language in ("en", "ja"):
        assert name in error.say(language)
        assert value not in error.say(language)


@pytest.mark.parametrize(
    ("present", "missing"),
    [
        ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"),
        ("SLACK_APP_TOKEN", "SLACK_BOT_TOKEN"),
        ("GITHUB_APP_ID", "GITHUB_APP_PRIVATE_KEY"),
    ],
)
def test_what_works_only_together_is_set_together(present, missing):
    error = wrong(**{present: "abc"})
    assert (error.values["name"], error.values["other"]) == (missing, present)


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=60)))
def test_any_environment_is_read_or_refused_with_a_settings_error(values):
    try:
        settings = read(HOME | values)
    except SettingsError as error:
        assert error.say("en") != error.say("ja")
    else:
        assert read(HOME | values) == settings


@given(st.binary(max_size=200))
def test_any_file_is_read_or_refused_with_a_settings_error(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("settings") / ".env"
    path.write_bytes(content)
    try:
        read(HOME, path)
    except SettingsError as error:
        assert "\n" not in str(error)


def test_every_setting_stands_in_the_example_under_a_line_in_each_language():
    example = (ROOT / ".env.example").read_text("utf-8")
    found = re.findall(r"^# (.+)\n# (.+)\n(\w+)=$", example, re.MULTILINE)
    assert [name for _, _, name in found] == list(NAMES)
    assert all(english.isascii() or "…" in english for english, _, _ in found)
    assert all(re.search("[ぁ-ヿ]", japanese) for _, japanese, _ in found)


def test_the_example_as_it_is_sets_nothing():
    assert read(HOME, ROOT / ".env.example") == of()


def test_an_option_names_a_folder_that_is_there_or_a_repository(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert site_named("hosts/site@drafts") == Repository("hosts", "site", "drafts")
    assert site_named("/srv/site") == Path("/srv/site")
    assert site_named("path/to/site") == Path("path/to/site")
    (tmp_path / "hosts/site").mkdir(parents=True)
    assert site_named("hosts/site") == Path("hosts/site")
    with pytest.raises(SettingsError, match="--site"):
        site_named("hosts/sites@a..b")


def test_each_workspace_of_slack_has_a_pair_of_tokens():
    settings = of(SLACK_BOT_TOKEN="xoxb-1, xoxb-2", SLACK_APP_TOKEN="xapp-1,xapp-2")
    assert settings.slack == (
        (Secret("xoxb-1"), Secret("xapp-1")),
        (Secret("xoxb-2"), Secret("xapp-2")),
    )
    kinds = ("oxb", "app")
    assert set(settings.secrets()) == {Secret(f"x{kind}-{n}") for kind in kinds for n in (1, 2)}
    assert of().slack == ()


def test_as_many_tokens_of_each_kind_are_wanted():
    error = wrong(SLACK_BOT_TOKEN="xoxb-1,xoxb-2", SLACK_APP_TOKEN="xapp-1")
    assert error.name == "settings.as-many"
    assert "xoxb" not in error.say()


@pytest.mark.parametrize("typed", ["400d", "400", "400 days", "400D"])
def test_how_long_episodes_are_kept_is_a_number_of_days(typed):
    assert read({"RUNDOWN_KEEP": typed}).keep == timedelta(days=400)


@pytest.mark.parametrize("typed", ["0", "29d", "1y", "forever", "-400d", "400.5", "123456d"])
def test_a_time_that_is_too_short_or_no_number_is_told(typed):
    with pytest.raises(SettingsError, match="RUNDOWN_KEEP takes a number of days, 30 at least"):
        read({"RUNDOWN_KEEP": typed})


@pytest.mark.parametrize("name", ["RUNDOWN_SITE", "RUNDOWN_FILES"])
def test_a_branch_behind_a_folder_is_told(name, tmp_path):
    (tmp_path / "notes").mkdir()
    before = "a/site=" if name == "RUNDOWN_FILES" else ""
    for branch in ("other", "feature/other"):
        with pytest.raises(SettingsError, match=f"{name} names a branch behind a folder") as info:
            read({name: f"{before}{tmp_path}/notes@{branch}"})
        assert "other" not in info.value.say("ja") and name in info.value.say("ja")
    for folder in ("notes", "x@y", "new@other", "x@y/notes"):
        if folder.startswith("x"):
            (tmp_path / folder).mkdir()
        read({name: f"{before}{tmp_path}/{folder}"})


def test_a_site_is_bound_to_the_repositories_that_its_files_may_go_to():
    files = of(RUNDOWN_FILES="a/site=a/notes, a/site=a/data@main ~/site=/srv/notes").files
    assert files == (
        (Repository("a", "site"), Repository("a", "notes")),
        (Repository("a", "site"), Repository("a", "data", "main")),
        (Path("/home/oka/site"), Path("/srv/notes")),
    )
    assert of().files == ()
