#!/usr/bin/env bash
# feedgen 1.0.0 and podgen 1.1.0 cannot write what Apple asks for in <itunes:explicit>: `true` or `false`
# ("A podcaster's guide to RSS"). feedgen refuses both with an error and takes the older `yes`, `no` and `clean`
# alone; podgen is given True or False and writes `yes` or `no`.
# Seen in November 2026: "feedgen: true refused, false refused, no taken; podgen: False is written no".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet feedgen==1.0.0 podgen==1.1.0

seen=$("$folder/venv/bin/python" - <<'END'
import re

import feedgen.feed
import podgen

feed = feedgen.feed.FeedGenerator()
feed.load_extension("podcast")


def taken(value):
    try:
        feed.podcast.itunes_explicit(value)
    except ValueError:
        return f"{value} refused"
    return f"{value} taken"


made = podgen.Podcast(name="n", description="d", website="https://p.example/", explicit=False).rss_str()
written = re.search("<itunes:explicit>(.*?)<", made)[1]
print(f"feedgen: {', '.join(map(taken, ('true', 'false', 'no')))}; podgen: False is written {written}")
END
)
echo "$seen"
[ "$seen" = 'feedgen: true refused, false refused, no taken; podgen: False is written no' ] || { echo 'this has changed'; exit 1; }
