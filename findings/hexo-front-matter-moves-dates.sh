#!/usr/bin/env bash
# hexo-front-matter 5.0.0: reading a post and writing it again, with nothing changed, moves its date by the
# hours of the machine's zone, each time. `parse` takes a date without a zone for UTC, `stringify` writes it in
# the machine's zone; 4.2.1 took it for the machine's zone in both. So each tool that touches a post east of
# Greenwich puts it off, past its hour of publication, and to the next day in the evening.
# Seen in November 2026 in Tokyo's zone: 5.0.0: 07:00 16:00 01:00, 4.2.1: 07:00 07:00 07:00.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund new@npm:hexo-front-matter@5.0.0 old@npm:hexo-front-matter@4.2.1 > /dev/null

hours() {
  TZ=Asia/Tokyo node -e '
    const { parse, stringify } = require(process.argv[1]);
    let post = "---\ntitle: Episode 3\ndate: 2026-11-28 07:00:00\n---\nWords.\n";
    const seen = [];
    for (let written = 0; written < 3; written++) {
      seen.push(post.match(/date: \S+ (\d\d:\d\d)/)[1]);
      post = "---\n" + stringify(parse(post));
    }
    console.log(seen.join(" "));
  ' "$1"
}

seen="5.0.0: $(hours new), 4.2.1: $(hours old)"
echo "$seen"
[ "$seen" = '5.0.0: 07:00 16:00 01:00, 4.2.1: 07:00 07:00 07:00' ] || { echo 'this has changed'; exit 1; }
