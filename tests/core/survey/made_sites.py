"""Sites of many shapes, made up: each a mapping of paths to texts, with what is true of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

TITLES = (
    "How a Bill Becomes Law", "Gödel, Escher, Bach", "Salt & Pepper", "What Is Life?",
    "A Short Talk: Bridges", "Trains", "The Lamp", "Paper Maps", "Old Radios", "Rivers",
    "Cheese", "Ships in Bottles", "Mirrors", "Stairs", "Night Shift", "Kites", "Doors",
    "Clocks", "Bees", "Sand", "Fog", "Two Islands", "Brick by Brick", "Small Motors",
)  # fmt: skip


@dataclass(frozen=True)
class MadeSite:
    """A site, where its next episode goes, the next number, and what its draft begins with."""

    files: Mapping[str, str]
    path: str
    next: str
    draft: str
    settings: Mapping[str, object] = field(default_factory=dict)
    format: str | None = "yaml"
    mark: str = "none"


def episodes(count=24, first=1):
    """Yield number, date and title of so many episodes."""
    for n in range(first, first + count):
        yield n, date(2025, 1, 6) + timedelta(days=7 * n), TITLES[n % len(TITLES)]


def links(n, marker="- ", head="## Links\n\n"):
    rows = "".join(
        f"{marker}[Page {odd(n, k)}](https://example.org/{odd(n, k)})\n" for k in range(4)
    )
    return f"{head}{rows}"


def odd(n, k=0):
    """Return a number that has nothing to do with the episode's."""
    return 100_003 * (n + 1) * (k + 3) % 7_919


def slugged(title):
    words = title.lower().replace("ö", "o")
    return "-".join("".join(c if c.isalnum() else " " for c in words).split())


def jekyll():
    """Posts by date with the number at the end, and the number in the title, too."""
    files = {"_config.yml": "title: Made\n", "README.md": "# Made\n"}
    for n, day, title in episodes():
        files[f"_posts/{day}-{n}.md"] = (
            f"---\nlayout: article\ntitle: {n}. {title}\ndate: {day} 22:00:00 +0900\n"
            f"audio: https://cdn.example/{n}.mp3\nduration: \"00:{odd(n)}\"\ntags:\n  - talk\n"
            f"  - t{odd(n)}\nhosts:\n  - ann\n  - bo{n % 3}\n---\n\n## Notes\n{links(n, head='')}"
        )  # fmt: skip
    draft = (
        '---\nlayout: article\ntitle: "25. Title"\npublished: false\n'
        "date: 2026-01-05 22:00:00 +0900\n"
        'audio: "https://cdn.example/25.mp3"\nduration: ""\ntags: []\nhosts: []\n---\n\n## Notes\n'
    )
    return MadeSite(files, "_posts/2026-01-05-25.md", "25", draft,
                    {"list_style.marker": "- "}, mark="published: false")  # fmt: skip


def hugo_toml():
    """Slugs alone in the paths; the number is a key, the order that of another."""
    files = {"hugo/config.toml": 'title = "Made"\n'}
    for n, day, title in episodes():
        files[f"hugo/content/episode/{slugged(title)}.md"] = (
            f'+++\nTitle = "{title}"\nDate = {day}T08:00:00-05:00\nepisode = "{n}"\n'
            f'guests = ["g{odd(n)}", "g{odd(n, 1)}"]\nexplicit = "no"\npodcast_bytes = {odd(n)}\n'
            f'aliases = ["/{n}"]\n+++\n\n## One {odd(n)}\n\n{links(n, "* ", "")}\n'
            f"## Two {odd(n, 1)}\n\nWords.\n"
        )
        files[f"hugo/content/guest/g{n}.md"] = f'+++\nTitle = "Guest {n}"\nTwitter = "g{n}"\n+++\n'
    draft = (
        '+++\nTitle = "Title"\ndraft = true\nDate = 2026-01-05T08:00:00-05:00\nepisode = "25"\n'
        'guests = []\nexplicit = "no"\npodcast_bytes = 0\naliases = ["/25"]\n+++\n\n## Topic\n\n* '
    )
    settings = {"list_style.marker": "* ", "headings": (2, 3)}
    path = "hugo/content/episode/title.md"
    return MadeSite(files, path, "25", draft, settings, "toml", "draft: true")


def hugo_json():
    """JSON front matter, numbers with zeros before a slug."""
    files = {"hugo.json": "{}\n"}
    for n, day, title in episodes():
        front = {"title": title, "date": str(day), "number": n, "layout": "show",
                 "audio": f"ep{n:03}.mp3", "tags": [f"t{odd(n)}"]}  # fmt: skip
        body = f"### {n}:00 Start {odd(n)}\n\n{links(n, head='')}\n"
        body += f"### {n}:30 Then {odd(n)}\n\n- x\n  - y\n"
        files[f"content/posts/{n:03}-{slugged(title)}.md"] = (
            f"{json.dumps(front, indent=2)}\n\n{body}"
        )
    draft = (
        '{\n  "title": "Title",\n  "draft": true,\n  "date": "2026-01-05",\n  "number": 25,\n'
        '  "layout": "show",\n  "audio": "ep025.mp3",\n  "tags": []\n}\n\n### Topic\n\n- '
    )
    return MadeSite(files, "content/posts/025-title.md", "25", draft,
                    {"headings": (3, 4)}, "json", "draft: true")  # fmt: skip


def plain():
    """No front matter; the title in the first heading, line ends of Windows."""
    files = {}
    for n, _, title in episodes():
        text = f"# Ep. {n} {title}\n\nWe talk.\n\n### 0:00 A{odd(n)}\n\n{links(n, head='')}"
        files[f"md/ep{n}.md"] = text.replace("\n", "\r\n")
    draft = "# Ep. 25 Title\n\nWe talk.\n\n### Topic\n\n- "
    return MadeSite(files, "md/ep25.md", "25", draft, {"headings": (3, 4)}, None)


def seasons():
    """Seasons of ten, a folder a year, and a schema that knows drafts."""
    files = {"src/content.config.ts": "z.object({ draft: z.boolean() })"}
    for n, day, title in episodes():
        season, number = day.year - 2012, n
        files[f"src/data/{day.year}/podcast-{season}-{number:02}.md"] = (
            f"---\ntitle: '{number:02} of season {season}. {title}'\ndate: {day}\ntags:\n"
            f"  - podcasts\naudio_url: 'https://cdn.example/{season}/{season}{number:02}.mp3'\n"
            f"audio_size: {odd(n)}\n---\n\nHello, dear listeners.\n\n## Web\n\n{links(n, head='')}"
        )
    draft = (
        '---\ntitle: "25 of season 14. Title"\ndraft: true\ndate: 2026-01-05\ntags:\n  - podcasts\n'
        'audio_url: "https://cdn.example/14/1425.mp3"\naudio_size: 0\n---\n\n'
        "Hello, dear listeners.\n\n## Web\n\n## Topic\n\n- "
    )
    return MadeSite(files, "src/data/2026/podcast-14-25.md", "25", draft, mark="draft: true")


def folders():
    """A folder an episode; links and all else in front matter."""
    files = {"astro.config.mjs": ""}
    for n, day, title in episodes(8):
        files[f"src/episodes/{n}/episode.md"] = (
            f'---\nepisode_number: {n}\ntitle: "{title}"\nrelease_date: {day}T18:00:00+03:00\n'
            f'youtube_id: "y{odd(n)}"\npreview: "./preview.png"\n'
            f"description: >\n    About {odd(n)}.\n"
            f'apps:\n    - link: "https://example.org/{odd(n)}"\n      title: "App {odd(n)}"\n---\n'
        )
    draft = (
        '---\nepisode_number: 9\ntitle: "Title"\nrelease_date: 2026-01-05T18:00:00+03:00\n'
        'youtube_id: ""\npreview: "./preview.png"\ndescription: ""\napps:\n'
        '    - link: "https://example.org/"\n      title: "Example"\n---\n'
    )
    return MadeSite(files, "src/episodes/9/episode.md", "9", draft)


def asciidoc():
    """AsciiDoc under an Octopress site."""
    files = {"_config.yml": "title: Made\n"}
    for n, day, title in episodes():
        files[f"source/_posts/{day}-episode-{n}.adoc"] = (
            f"---\nlayout: episode\nepisode: {n}\ntitle: \"Episode {n} — {title}\"\n---\n\n"
            f"== Guests\n\n* https://example.org/@ann[Ann]\n\n== Links\n\n"
            f"* https://example.org/{odd(n)}[Page]\n* https://example.org/{odd(n, 1)}\n"
        )  # fmt: skip
    draft = (
        '---\nlayout: episode\nepisode: 25\ntitle: "Episode 25 — Title"\npublished: false\n---\n\n'
        "== Guests\n\n* https://example.org/@ann[Ann]\n\n== Links\n\n* https://example.org/[Example]"
    )
    return MadeSite(files, "source/_posts/2026-01-05-episode-25.adoc", "25", draft,
                    mark="published: false")  # fmt: skip


def members():
    """Hosts with keys of their own, and the number in the title alone."""
    files = {"_config.yml": "title: Made\n"}
    for n, day, title in episodes():
        files[f"_posts/{day.year}/{day}-{slugged(title)}.md"] = (
            f'---\ntitle: "DNE {n} - {title}"\nhome-title: "{title}"\ncast: "DNE_{n}.mp3"\n'
            "participants:\n  -\n    name: Ann\n    twitter: ann\n  -\n"
            f"    name: Bo{n % 2}\n    twitter: bo{n % 2}\n---\n\n{links(n)}"
        )
    draft = (
        '---\ntitle: "DNE 25 - Title"\npublished: false\nhome-title: "Title"\ncast: "DNE_25.mp3"\n'
        "participants: []\n---\n\n## Links\n\n## Topic\n\n- "
    )
    return MadeSite(files, "_posts/2026/2026-01-05-title.md", "25", draft,
                    mark="published: false")  # fmt: skip


def seasons_in_keys():
    """Slugs alone in the paths; season and number are keys, and each season begins at 1."""
    files = {"_config.yml": "title: Made\n"}
    for n, day, title in episodes():
        season, number = (n - 1) // 10 + 1, (n - 1) % 10 + 1
        files[f"_episodes/{slugged(title)}.md"] = (
            f'---\ntitle: "{title}"\ndate: {day}\nseason: {season}\nepisode: {number}\n'
            f'audio: "s{season:02}e{number:02}.mp3"\n---\n\n{links(n)}'
        )
    draft = (
        '---\ntitle: "Title"\npublished: false\ndate: 2026-01-05\nseason: {{ season }}\n'
        "episode: 5\n"
    ).replace("{{ season }}", "3")
    return MadeSite(files, "_episodes/title.md", "5", draft, mark="published: false")


SITES = {
    make.__name__: make()
    for make in (
        jekyll,
        hugo_toml,
        hugo_json,
        plain,
        seasons,
        folders,
        asciidoc,
        members,
        seasons_in_keys,
    )
}
