#!/usr/bin/env bash
# @tryfabric/mack 1.2.1 turns Markdown into Slack's blocks and drops, without a word, what stands below a bullet or
# a numbered item: of show notes whose links have notes, only the links arrive. The sign of a quotation is dropped
# as well, and an escaped asterisk with its backslash. slackify-markdown 4.5.0 keeps all four.
# Seen in November 2026: mack "• a\n• c", "1. a", "q", "23"; slackify-markdown keeps 4 of 4.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @tryfabric/mack@1.2.1 slackify-markdown@4.5.0 > /dev/null

cat > seen.mjs <<'END'
import { markdownToBlocks } from '@tryfabric/mack';
import slackify from 'slackify-markdown';

const pages = [['- a\n  - b\n- c', '•   b'], ['1. a\n   - b', '•   b'], ['> q', '> q'], ['2\\*3', '2*3']];
for (const [page] of pages)
  console.log(JSON.stringify((await markdownToBlocks(page)).map((block) => block.text.text).join('\n')));
console.log(`slackify-markdown keeps ${pages.filter(([page, words]) => slackify(page).includes(words)).length} of 4`);
END
seen=$(node seen.mjs)
echo "$seen"
[ "$seen" = '"• a\n• c"
"1. a"
"q"
"23"
slackify-markdown keeps 4 of 4' ] || { echo 'this has changed'; exit 1; }
