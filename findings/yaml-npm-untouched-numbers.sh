#!/usr/bin/env bash
# yaml 2.9.1 (npm): its documents keep comments and blank lines, and are what editors of front matter are built on;
# but lines that nobody touched are written anew from what they were read as. With `draft` alone changed, episode
# 007 is 7 afterwards, and a Discord channel's id of 19 digits is another channel's: it was read into a double.
# `intAsBigInt: true` keeps the id; the zeros are kept by quotes alone.
# Seen in November 2026: "number: 7, channel: 1234567890123456800; with intAsBigInt: number: 7,
# channel: 1234567890123456789".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund yaml@2.9.1 > /dev/null

seen=$(node -e '
  const { parseDocument } = require("yaml");
  const page = "number: 007\nchannel: 1234567890123456789\ndraft: true\n";
  const written = (options) => {
    const document = parseDocument(page, options);
    document.set("draft", false);
    return String(document).split("\n").slice(0, 2).join(", ");
  };
  console.log(`${written({})}; with intAsBigInt: ${written({ intAsBigInt: true })}`);
')
echo "$seen"
[ "$seen" = 'number: 7, channel: 1234567890123456800; with intAsBigInt: number: 7, channel: 1234567890123456789' ] ||
  { echo 'this has changed'; exit 1; }
