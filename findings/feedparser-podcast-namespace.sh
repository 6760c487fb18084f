#!/usr/bin/env bash
# feedparser 6.0.14 keeps one of each element of the podcast namespace (https://podcasting2.org/docs/podcast-namespace),
# the last, where the namespace allows many: of two transcripts, Japanese as WebVTT and English as JSON, only the
# second is there, of two guests only one. And what has both words and attributes loses its words: a season with a
# name has no number, a person with a role has no name.
# Seen in November 2026: "transcripts: 1 (en), person: {'role': 'guest'}, season: {'name': '冬'}".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet feedparser==6.0.14

seen=$("$folder/venv/bin/python" - <<'END'
import feedparser

feed = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>T</title>
<item><title>Episode 1</title><guid>https://p.example/1</guid>
<podcast:transcript url="https://p.example/1.vtt" type="text/vtt" language="ja"/>
<podcast:transcript url="https://p.example/1.json" type="application/json" language="en"/>
<podcast:person role="guest">Aoi</podcast:person><podcast:person role="guest">Sam</podcast:person>
<podcast:season name="冬">2</podcast:season></item></channel></rss>"""
entry = feedparser.parse(feed).entries[0]
kept = entry["podcast_transcript"]
kept = kept if isinstance(kept, list) else [kept]
languages = ", ".join(one["language"] for one in kept)
print(f"transcripts: {len(kept)} ({languages}), person: {entry['podcast_person']}, season: {entry['podcast_season']}")
END
)
echo "$seen"
[ "$seen" = "transcripts: 1 (en), person: {'role': 'guest'}, season: {'name': '冬'}" ] || { echo 'this has changed'; exit 1; }
