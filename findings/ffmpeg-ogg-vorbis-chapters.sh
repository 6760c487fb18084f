#!/usr/bin/env bash
# FFmpeg 9.0.2 (imageio-ffmpeg 0.8.1) writes chapters into Ogg with Opus, and into Ogg with Vorbis or FLAC and
# into plain FLAC none: exit code 0 and not a word, though all of them hold the same kind of comments and FFmpeg
# reads chapters from them, as the last figure shows, where the comments are given by hand.
# Seen in November 2026: "opus 2, vorbis 0, flac in ogg 0, flac 0; by hand in vorbis 2".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet imageio-ffmpeg==0.8.1
ffmpeg=$(venv/bin/python -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())')

{
  echo ';FFMETADATA1'
  printf '[CHAPTER]\nTIMEBASE=1/1000\nSTART=%s\nEND=%s\ntitle=%s\n' 0 5000 One 5000 20000 Two
} > chapters.txt
silence=(-loglevel error -f lavfi -i anullsrc=r=48000:cl=mono:d=20)
count() { "$ffmpeg" -loglevel error -i "$1" -f ffmetadata - | grep -c 'CHAPTER\]' || true; }
written() {
  "$ffmpeg" "${silence[@]}" -i chapters.txt -map 0:a -map_chapters 1 -c:a "$1" "$1.$2"
  count "$1.$2"
}
by_hand=(-metadata CHAPTER000=00:00:00.000 -metadata CHAPTER000NAME=One
  -metadata CHAPTER001=00:00:05.000 -metadata CHAPTER001NAME=Two)
"$ffmpeg" "${silence[@]}" "${by_hand[@]}" -c:a libvorbis hand.ogg

seen="opus $(written libopus ogg), vorbis $(written libvorbis ogg), flac in ogg $(written flac ogg), flac $(written flac flac)"
seen="$seen; by hand in vorbis $(count hand.ogg)"
echo "$seen"
[ "$seen" = 'opus 2, vorbis 0, flac in ogg 0, flac 0; by hand in vorbis 2' ] || { echo 'this has changed'; exit 1; }
