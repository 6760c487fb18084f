#!/usr/bin/env bash
# transcriptator 1.1.4 (it turns SubRip and WebVTT into the JSON of `podcast:transcript`) finds no speaker called
# アオイ, nor in WebVTT one called Anne-Marie, and says nothing: it gives their words to whoever spoke last, and
# leaves the name in the text, in WebVTT as a bare tag.
# Seen in November 2026: "Mika: hello / Mika: アオイ: はい / Anne-Marie: right" from SubRip and
# "Mika: hello / Mika: <v アオイ>はい / Mika: <v Anne-Marie>right" from WebVTT.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund transcriptator@1.1.4 > /dev/null

seen=$(node -e '
  const { convertFile, TranscriptFormat } = require("transcriptator");
  const said = [["Mika", "hello"], ["アオイ", "はい"], ["Anne-Marie", "right"]];
  const time = (second, mark) => `00:00:0${second}${mark}000`;
  const cue = (n, mark, words) => `${time(2 * n, mark)} --> ${time(2 * n + 2, mark)}\n${words}\n`;
  const srt = said.map(([who, words], n) => `${n + 1}\n${cue(n, ",", `${who}: ${words}`)}`).join("\n");
  const vtt = "WEBVTT\n\n" + said.map(([who, words], n) => cue(n, ".", `<v ${who}>${words}`)).join("\n");
  for (const [text, format] of [[srt, TranscriptFormat.SRT], [vtt, TranscriptFormat.VTT]])
    console.log(convertFile(text, format).map((one) => `${one.speaker}: ${one.body}`).join(" / "));
')
echo "$seen"
[ "$seen" = 'Mika: hello / Mika: アオイ: はい / Anne-Marie: right
Mika: hello / Mika: <v アオイ>はい / Mika: <v Anne-Marie>right' ] || { echo 'this has changed'; exit 1; }
