"""Whether a site's own generator reads its first draft, hides it, and shows it once published.

    python -m tests.bench.site_builds CHECKOUTS [SITE...] [--projects FOLDER]

Of each site that Jekyll or Hugo builds (as its draft mark tells), its newest five episodes, its
shortcodes and includes, and a first draft are built in a folder of their own: with the mark of a
draft, and with that mark turned round. AsciiDoc is converted by Asciidoctor. FOLDER holds copies
of sites in which `npm install` was done (Astro, Eleventy, Next): in those, the site's own `npm run
build` runs, with the draft and its further files, and a copy of the newest episode's file for
each that lies beside all of them. Of all others, remark reads the first draft, if NODE_PATH has
it (`npm i unified remark-parse remark-frontmatter`), and tells what it finds.
"""

import argparse
import asyncio
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.adapters.new_profile import NewProfile, learned
from bot.adapters.site_files import reader
from bot.adapters.templates.client import TemplateWorker
from bot.cli.init import first_files
from bot.core.profile.further_files import FileText
from bot.core.profile.profile import load
from tests.bench.sites import listed

DAY = "2026-01-05"
FLIPPED = {"draft: true": ("true", "false"), "published: false": ("false", "true")}
OUTPUTS = ("dist", "out", "_site", "build", ".next/server")
ASCIIDOC = """
module Jekyll
  class Adoc < Converter
    def matches(ext) ext =~ /adoc/i end
    def output_ext(ext) ".html" end
    def convert(text) IO.popen(["asciidoctor", "-e", "-o", "-", "-"], "r+") do |io|
      io.write(text); io.close_write; io.read end end
  end
end
"""
REMARK = """
const load = name => import(require.resolve(name));
Promise.all(["unified", "remark-parse", "remark-frontmatter"].map(load)).then(([u, p, f]) => {
  const text = require("fs").readFileSync(0, "utf8");
  const tree = u.unified().use(p.default).use(f.default, ["yaml", "toml"]).parse(text);
  const found = {};
  const walk = one => { found[one.type] = (found[one.type] || 0) + 1;
                        (one.children || []).forEach(walk); };
  walk(tree);
  console.log(["yaml", "heading", "listItem", "link"].map(n => `${found[n] || 0} ${n}`).join(", "));
});
"""
LAYOUT = "<h1>{{ .Title }}</h1>{{ .Content }}{{ range .Pages }}<p>{{ .Title }}</p>{{ end }}"


async def drafted(folder: Path) -> tuple[NewProfile, list[FileText]] | None:
    """Return a site's new profile, its first draft, and the further files of that."""
    new = learned(
        listed(folder), reader(folder), {}, show=None, language="en", place=str(folder)
    )  # fmt: skip
    if new is None:
        return None
    async with TemplateWorker() as worker:
        profile = load(new.settings, new.template)
        return new, await first_files(profile, new.site.next, worker, day=DAY)


def in_project(project: Path, new: NewProfile, files: Sequence[FileText]) -> str:
    """Run a site's own build with a draft in it; return whether it is shown, or what is wrong."""
    made = {one.path: one.text.encode() for one in files}
    newest, folder = (path.rpartition("/")[0] for path in (new.site.paths[0], files[0].path))
    for name in new.site.beside:
        made[f"{folder}/{name}"] = (project / newest / name).read_bytes()
    for path, data in made.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_bytes(data)
    done = run(["npm", "run", "build"], project)
    for path in made:
        (project / path).unlink()
    if done.returncode:
        return (done.stderr or done.stdout).strip().splitlines()[-1][:90]
    pages = [page for name in OUTPUTS for page in (project / name).rglob("*")
             if page.suffix in (".html", ".xml") and page.is_file()]  # fmt: skip
    shown = any("https://example.org/" in page.read_text("utf-8", "replace") for page in pages)
    return "shown" if shown else "hidden"


def is_shown(folder: Path, new: NewProfile, path: str, text: str) -> str:
    """Build the draft among the site's newest; return whether it is shown, or what went wrong."""
    is_hugo = new.site.draft.mark == "draft: true"
    with TemporaryDirectory() as made:
        root = Path(made)
        for page in new.site.pages[:5]:
            put(root, page.path, page.text)
        put(root, path, text)
        base = root / path.split("/content/")[0] if "/content/" in path else root
        base = base if is_hugo else root / jekyll_root(path)
        for name in ("layouts/shortcodes", "_includes", "source/_includes"):
            source = folder / base.relative_to(root) / name
            if source.is_dir():
                shutil.copytree(source, base / name, dirs_exist_ok=True)
        done = hugo(base) if is_hugo else jekyll(base, path)
        if done.returncode:
            return (done.stderr or done.stdout).strip().splitlines()[-1][:90]
        built = "".join(
            page.read_text("utf-8", "replace") for page in (base / "built").rglob("*.html")
        )
        names = [page.relative_to(base).as_posix() for page in (base / "built").rglob("*.html")]
        is_there = any("title" in name for name in names) or "https://example.org/" in built
        return "shown" if is_there or ">Title" in built else "hidden"


def put(root: Path, path: str, text: str) -> None:
    """Write a file."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8", newline="")


def jekyll_root(path: str) -> str:
    """Return the folder that a Jekyll site stands in: above `_posts` or another collection."""
    parts = path.split("/")
    at = next((n for n, part in enumerate(parts) if part.startswith("_")), 0)
    return "/".join(parts[:at])


def hugo(base: Path) -> subprocess.CompletedProcess[str]:
    """Build with Hugo, with the plainest layouts."""
    for name in ("single", "list"):
        put(base, f"layouts/_default/{name}.html", LAYOUT)
    put(base, "hugo.toml", 'baseURL = "https://x.example/"\n')
    return run(["hugo", "--buildFuture", "--destination", "built"], base)


def jekyll(base: Path, path: str) -> subprocess.CompletedProcess[str]:
    """Build with Jekyll; a folder such as `_episodes` is a collection."""
    folder = next((part for part in path.split("/") if part.startswith("_")), "_posts")
    kept = "" if folder == "_posts" else f"collections: {{{folder[1:]}: {{output: true}}}}\n"
    put(base, "_config.yml", f"title: x\n{kept}")
    if path.endswith(".adoc"):
        put(base, "_plugins/adoc.rb", ASCIIDOC)
    command = ["jekyll", "build", "--future", "--strict_front_matter", "-d", "built"]
    return run(command, base)


def remark(text: str) -> str:
    """Return what remark finds in a page."""
    done = subprocess.run(["node", "-e", REMARK], input=text, capture_output=True, text=True)
    return done.stdout.strip() or (done.stderr.strip().splitlines() or ["nothing"])[-1]


def run(command: list[str], base: Path) -> subprocess.CompletedProcess[str]:
    """Run a generator."""
    environment = {**os.environ, "JEKYLL_NO_BUNDLER_REQUIRE": "true", "LANG": "C.UTF-8"}
    return subprocess.run(command, cwd=base, capture_output=True, text=True, env=environment)


def flipped(mark: str, text: str) -> str:
    """Return a draft with its mark turned round; as it is where it has none."""
    if mark not in FLIPPED:
        return text
    key = mark.partition(":")[0]
    lines = text.split("\n")
    at = next(n for n, line in enumerate(lines) if line.strip().strip('"').startswith(key))
    lines[at] = lines[at].replace(*FLIPPED[mark])
    return "\n".join(lines)


def report(folder: Path, projects: Path | None) -> str:
    """Build a site's draft as it can be, and return what came of it."""
    made = asyncio.run(drafted(folder))
    if made is None:
        return "no episodes"
    new, [draft, *more] = made
    mark = new.site.draft.mark
    published = flipped(mark, draft.text)
    if projects and (projects / folder.name).is_dir():
        project = projects / folder.name
        hidden = "" if mark == "none" else f"draft {in_project(project, new, [draft, *more])}; "
        result = in_project(project, new, [FileText(draft.path, published), *more])
        return f"{mark:17} by its own build: {hidden}published {result}"
    if mark not in FLIPPED or not (mark == "published: false" or "content/" in draft.path):
        return f"mark {mark}, not built; remark reads {remark(draft.text)}"
    results = [is_shown(folder, new, draft.path, one) for one in (draft.text, published)]
    return f"{mark:17} draft {results[0]}; published {results[1]}"


def main(checkouts: Path, names: list[str], projects: Path | None) -> None:
    """Print a line for each site."""
    for folder in sorted(checkouts.iterdir()):
        if not names or folder.name in names:
            print(f"{folder.name:16} {report(folder, projects)}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("checkouts", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--projects", type=Path)
    given = parser.parse_args()
    main(given.checkouts, given.names, given.projects)
