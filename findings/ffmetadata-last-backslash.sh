#!/usr/bin/env bash
# FFmpeg 5.1 (Debian 12): in a metadata file, a value whose last character is an escaped backslash takes
# in the next line, although FFmpeg itself writes the value so. With one chapter the line break becomes
# part of the title; with several, the next chapter is swallowed. A blank behind it prevents that.
# Documented (ffmpeg-formats, "Metadata"): `\` escapes, so `\\` is a backslash and the line is over.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
ffprobe -version | head -1
chapter() { printf '[CHAPTER]\nTIMEBASE=1/1000\nSTART=%s\nEND=%s\ntitle=%s\n' "$@"; }
{ echo ';FFMETADATA1'; chapter 0 1000 'a\\'; chapter 1000 2000 'b'; } > "$folder/two.txt"
{ echo ';FFMETADATA1'; chapter 0 1000 'a\\ '; chapter 1000 2000 'b'; } > "$folder/blank.txt"
count() { ffprobe -v error -show_chapters -of compact -f ffmetadata "$1" | grep -c 'tag:title=' || true; }
echo "chapters read of two: $(count "$folder/two.txt"); with a blank behind the backslash: $(count "$folder/blank.txt")"
[ "$(count "$folder/two.txt")" = 1 ] && [ "$(count "$folder/blank.txt")" = 2 ] || { echo 'this has changed'; exit 1; }
