"""A site that has just been given its profile builds, with a draft in it and without."""

import datetime
import html
import os
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import yaml

from bot.adapters.new_profile import init
from bot.adapters.profile_files import KINDS, site_profile
from bot.adapters.templates.client import TemplateWorker
from bot.core.model import Episode, Found
from bot.core.profile.profile import Profile, load
from bot.core.render import render
from tests.needs import need
from tests.talk import fold, said

TALK = """\
### Maxwell's {{ demon }} | {% raw %} --- {{< figure >}}
https://example.org/demon
- plain *text* with {{< shortcode >}}, {{% other %}}, {% include x %} and {{ site.title }}
  - a note: {#id} <!-- {{</* x */>}} -->
#### 下位の話題
Video: https://example.org/two?a=1&b=[x]
"""
LINK = "https://example.org/demon"
TITLE = "From the web: {{ x }} {% y %} {{< z >}} {{% w %}} | <b>`v`</b> # \\"

HUGO_PAGE = """\
<title>{{ .Title }}</title>{{ with .Description }}<p>{{ . }}</p>{{ end }}{{ .Content }}
{{ range .Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
"""

ODD: dict[str, object] = {
    "number": "57",
    "title": "Odd: \"quotes\" & 'more' # {{ title }} {% end %} \\ --- 「題」 \u2028 \x85 \u202e x",
    "date": "2024-02-29",
    "summary": "one\nline: [two], *three*\n---\nlayout: none",
    "tags": ["超伝導", "a: b", "- c", "yes", "2024-01-01", "'"],
    "starring": ["Ada: 'the' {first}", "部品"],
}
FIELDS = {
    "nothing but a number": {"number": "57", "date": "2024-02-29"},
    "all of it, oddly": ODD,
    "half a number": {**ODD, "number": "50.5"},
}


@dataclass(frozen=True)
class Site:
    """A fresh site with a profile; `build` gives all its pages in one."""

    kind: str
    folder: Path

    @property
    def profile(self) -> Profile:
        files = site_profile(self.folder)
        return load(files.settings, files.template, default_name="site")

    def build(self, *, drafts: bool) -> str:
        built = self.folder.with_name(f"built-{drafts}")
        if self.kind == "jekyll":
            command = ["jekyll", "build", "--future", "--strict_front_matter", "-d", str(built)]
            command += ["--unpublished", "--drafts"] if drafts else []
        else:
            command = ["hugo", "--destination", str(built)]
            command += ["--buildDrafts"] if drafts else []
        environment = {"JEKYLL_NO_BUNDLER_REQUIRE": "true", "LANG": "C.UTF-8"}
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, env={**os.environ, **environment}
        )
        assert done.returncode == 0, done.stdout + done.stderr
        pages = sorted(built.rglob("*.html"))
        return html.unescape("\n".join(page.read_text("utf-8") for page in pages))


@pytest.fixture(params=KINDS)
async def site(request, tmp_path) -> Site:
    need(*{"jekyll": ("jekyll", "minima")}.get(request.param, (request.param,)))
    folder = tmp_path / "site"
    if request.param == "jekyll":
        files = {
            "_config.yml": "title: A show\ntheme: minima\n",
            "index.md": "---\nlayout: home\n---\n",
        }
    else:
        files = {
            "hugo.toml": 'title = "A show"\nbaseURL = "https://show.example/"\n',
            "content/_index.md": "---\ntitle: Home\n---\n",
            "layouts/_default/single.html": HUGO_PAGE,
            "layouts/_default/list.html": HUGO_PAGE,
        }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    assert (await init(folder)).kind == request.param
    return Site(request.param, folder)


async def drafted(site: Site, episode: Episode) -> tuple[str, str]:
    """Return path and text of an episode's draft."""
    found = {LINK: Found(TITLE)}
    body = render.body(episode, found, site.profile)
    names = render.names(episode, site.profile, body, found)
    async with TemplateWorker() as templates:
        path, text = await templates.render(render.files(site.profile, names))
    return path, render.page(text)


def front_matter(text: str) -> dict[str, object]:
    fence, head, _ = text.split("---\n", 2)
    assert fence == ""
    return yaml.safe_load(head)


async def test_the_file_of_an_episode_for_which_nothing_is_set_is_valid(site):
    _, text = await drafted(site, Episode("show#1"))
    assert front_matter(text)["title"] == "Episode"
    assert text.endswith("---\n")


async def test_front_matter_says_what_was_set(site):
    _, text = await drafted(site, Episode("show#1", fields=ODD))
    head = front_matter(text)
    wanted = {name: ODD[name] for name in ("title", "tags")}
    wanted |= {"episode": "57", "date": datetime.date(2024, 2, 29), "hosts": ODD["starring"]}
    assert {name: head[name] for name in wanted} == wanted
    assert head["description"] == ODD["summary"]
    assert site.profile.draft_state("x.md", text) == "draft"


async def test_an_episode_without_a_title_is_called_by_its_number(site):
    _, text = await drafted(site, Episode("show#1", fields={"number": "60.75"}))
    assert front_matter(text)["title"] == "Episode 60.75"


@pytest.mark.parametrize("fields", FIELDS.values(), ids=FIELDS)
async def test_it_builds_and_shows_the_draft_to_those_alone_who_ask_for_drafts(site, fields):
    episode = replace(fold(said(1, TALK)).episode, fields=fields)
    path, text = await drafted(site, episode)
    assert site.profile.next_number([path]) == ("58" if fields["number"] == "57" else "51")
    file = site.folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")

    shown = site.build(drafts=True)
    assert f'href="{LINK}"' in shown
    assert "Maxwell" in shown
    assert "下位の話題" in shown
    assert f">{TITLE}</a>" in shown
    assert "and {{ site.title }}" in shown
    assert "Maxwell" not in site.build(drafts=False)


async def test_taking_the_mark_away_publishes_it(site):
    episode = replace(fold(said(1, TALK)).episode, fields=ODD)
    path, text = await drafted(site, episode)
    published = text.replace("draft: true\n", "").replace("published: false\n", "")
    assert site.profile.draft_state(path, published) == "published"
    file = site.folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(published, "utf-8")
    assert f'href="{LINK}"' in site.build(drafts=False)
