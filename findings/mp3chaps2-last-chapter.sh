#!/usr/bin/env bash
# mp3chaps2 1.0.5 puts chapters into an MP3 and ends the last one where eyeD3 0.9.9 says that the file ends. In an MP3
# of constant bit rate eyeD3 reckons that from the first frame's bit rate, but as LAME and FFmpeg write it, that frame
# holds no sound but the "Info" header, and is a larger one where a frame of speech has no room for it. So 200 s at 32
# kbit/s are 115 s for eyeD3, though that header says how many frames there are; the last chapter ends before it starts,
# and FFmpeg 9.0.2, which made the file, leaves it out. mutagen 1.48.1 reads 200 s. At 64 kbit/s all is well.
# Seen in November 2026: "32k: eyeD3 115 s, mutagen 200 s, the last from 150000 to 114870, FFmpeg reads 2 of 3" and
# "64k: eyeD3 201 s, mutagen 200 s, the last from 150000 to 201010, FFmpeg reads 3 of 3".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet mp3chaps2==1.0.5 eyed3==0.9.9 mutagen==1.48.1 imageio-ffmpeg==0.8.1
ffmpeg=$(venv/bin/python -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())')

read_back() { # FILE: what the libraries say of it
  venv/bin/python - "$1" <<'END_OF_PYTHON' 2> /dev/null
import sys

import eyed3
import mutagen.mp3

said, right = eyed3.load(sys.argv[1]).info.time_secs, mutagen.mp3.MP3(sys.argv[1])
last = max(right.tags.getall("CHAP"), key=lambda chapter: chapter.start_time)
print(f"eyeD3 {said:.0f} s, mutagen {right.info.length:.0f} s, the last from {last.start_time} to {last.end_time}", end="")
END_OF_PYTHON
}

seen=$(
  for rate in 32k 64k; do
    "$ffmpeg" -loglevel error -f lavfi -i sine=frequency=300:sample_rate=44100:duration=200 -ac 1 -b:a "$rate" "$rate.mp3"
    printf '00:00:00.000 One\n00:01:30.000 Two\n00:02:30.000 Three\n' > "$rate.chapters.txt"
    venv/bin/mp3chaps2 -i "$rate.mp3" > /dev/null 2>&1
    chapters=$("$ffmpeg" -loglevel quiet -i "$rate.mp3" -f ffmetadata - | grep -c 'CHAPTER\]' || true)
    echo "$rate: $(read_back "$rate.mp3"), FFmpeg reads $chapters of 3"
  done
)
echo "$seen"
[ "$seen" = '32k: eyeD3 115 s, mutagen 200 s, the last from 150000 to 114870, FFmpeg reads 2 of 3
64k: eyeD3 201 s, mutagen 200 s, the last from 150000 to 201010, FFmpeg reads 3 of 3' ] || { echo 'this has changed'; exit 1; }
