#!/usr/bin/env bash
# isomorphic-git 1.44.19 is git in JavaScript, on which editors in a browser are built. Where both sides changed a file,
# each another line, its `merge` and git's give the same text, but for one thing: it takes each U+2028, U+2029 and lone
# carriage return out of all lines, those that nobody touched too. (Its pattern for a line passes over them.) Chats and
# documents break lines inside a paragraph with U+2028, so it comes along with pasted text; the words on both sides of
# it are then one word, with no conflict and no message.
# Seen in November 2026, of "a\u2028b\u2029c\rd" beside two changed lines: git kept 3 of 3, isomorphic-git 0 of 3.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund isomorphic-git@1.44.19 > /dev/null

cat > seen.mjs <<'END_OF_SCRIPT'
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import git from 'isomorphic-git';

const who = { name: 'A', email: 'a@a.example' };
const run = (...command) => execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@a.example', '-C', 'site', ...command]);
const page = (first, last) => `${first}\n\na\u2028b\u2029c\rd\n\n${last}\n`;
function commit(...changed) {
  fs.writeFileSync('site/page.md', page(...changed));
  run('add', 'page.md');
  run('commit', '--quiet', '--message', 'page');
}
function kept() {
  return `${fs.readFileSync('site/page.md', 'utf8').match(/[\u2028\u2029\r]/g)?.length ?? 0} of 3`;
}

fs.mkdirSync('site');
run('init', '--quiet', '--initial-branch=main');
commit('first', 'last');
run('checkout', '--quiet', '-b', 'theirs');
commit('first', 'changed');
run('checkout', '--quiet', 'main');
commit('changed', 'last');
run('checkout', '--quiet', '-b', 'by-git');
run('merge', '--quiet', '--message', 'merged', 'theirs');
console.log(`git: ${kept()}`);
run('checkout', '--quiet', 'main');
await git.merge({ fs, dir: 'site', ours: 'main', theirs: 'theirs', author: who });
await git.checkout({ fs, dir: 'site', ref: 'main', force: true });
console.log(`isomorphic-git: ${kept()}, ${JSON.stringify(fs.readFileSync('site/page.md', 'utf8'))}`);
END_OF_SCRIPT
seen=$(node seen.mjs)
echo "$seen"
[ "$seen" = 'git: 3 of 3
isomorphic-git: 0 of 3, "changed\n\nabcd\n\nchanged\n"' ] || { echo 'this has changed'; exit 1; }
