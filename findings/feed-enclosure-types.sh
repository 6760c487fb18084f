#!/usr/bin/env bash
# An <enclosure> must have a MIME type (RSS 2.0, Apple's "A podcaster's guide to RSS"). rss 1.2.2 (npm) and podcast
# 2.0.1, which is built on it, say that they guess one by the address if none is given; of an address with a query, as
# hosts that count downloads have them, both write the type "false". feed 6.0.0 takes `enclosure` without a type as
# well and makes an MP3 an image. With `type` given, all three write it.
# Seen in November 2026: the lines at the end.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund rss@1.2.2 podcast@2.0.1 feed@6.0.0 > /dev/null

cat > seen.mjs <<'END_OF_SCRIPT'
import { Feed } from 'feed';
import { Podcast } from 'podcast';
import RSS from 'rss';

const site = 'https://p.example/';
const episode = { title: 'Episode 3', description: 'd', url: site, date: new Date(0) };
const writers = {
  rss: () => new RSS({ title: 'T', feed_url: site, site_url: site }),
  podcast: () => new Podcast({ title: 'T', description: 'd', feedUrl: site, siteUrl: site, author: 'A' }),
  feed: () => new Feed({ title: 'T', id: site, link: site, copyright: 'c' }),
};
function written(name, enclosure) {
  const feed = writers[name]();
  if (name === 'rss') feed.item({ ...episode, enclosure });
  else if (name === 'podcast') feed.addItem({ ...episode, enclosure });
  else feed.addItem({ ...episode, link: site, enclosure });
  const xml = { rss: () => feed.xml(), podcast: () => feed.buildXml(), feed: () => feed.rss2() }[name]();
  return xml.match(/<enclosure[^>]*type="([^"]*)"/)[1];
}
const plain = { url: `${site}3.mp3`, size: 3, length: 3 };
const query = { ...plain, url: `${site}3.mp3?from=feed` };
for (const name of Object.keys(writers)) {
  const types = [plain, query, { ...query, type: 'audio/mpeg' }].map((enclosure) => written(name, enclosure));
  console.log(`${name}: ${types[0]}, with a query ${types[1]}, with a type as well ${types[2]}`);
}
END_OF_SCRIPT
seen=$(node seen.mjs)
echo "$seen"
[ "$seen" = 'rss: audio/mpeg, with a query false, with a type as well audio/mpeg
podcast: audio/mpeg, with a query false, with a type as well audio/mpeg
feed: image/mp3, with a query image/mp3, with a type as well audio/mpeg' ] || { echo 'this has changed'; exit 1; }
