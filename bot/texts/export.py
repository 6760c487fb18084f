"""What is said of chat exports and look-up files that cannot be read."""

TEXTS: dict[str, tuple[str, str]] = {
    "no-channel": (
        "{file} has no channel “{channel}”. It has: {channels}",
        "{file} に「{channel}」というチャンネルはありません。あるのは: {channels}",
    ),
    # --- the file or folder as a whole ---
    "missing": (
        "There is no {file}; give the file, folder or ZIP of a chat export.",
        "{file} がありません。チャットのエクスポートのファイル、フォルダー、ZIP "
        "のどれかを指定してください。",
    ),
    "no-file": (
        "{file} is neither a file nor a folder; give a chat export.",
        "{file} はファイルでもフォルダーでもありません。チャットのエクスポートを指定してください。",
    ),
    "unreadable": (
        "{file} cannot be read ({reason}); check its permissions, or export the chat again.",
        "{file} を読めません（{reason}）。権限を確かめるか、エクスポートし直してください。",
    ),
    "nothing-there": (
        "{file} holds no chat export; it takes DiscordChatExporter's JSON or Slack's export.",
        "{file} の中にチャットのエクスポートがありません。DiscordChatExporter の JSON か Slack "
        "のエクスポートを指定してください。",
    ),
    "unknown": (
        "{file} is not a chat export that Rundown knows. Use DiscordChatExporter's JSON (with `channel` and `messages`), or the folder or ZIP of a Slack export.",
        "{file} は知っている形のエクスポートではありません。DiscordChatExporter の JSON（`channel` と `messages` のあるもの）か、Slack のエクスポートのフォルダーか ZIP を指定してください。",
    ),
    "too-many": (
        "{file} holds too many files; give the folder of the channel alone (a ZIP: unpack it first).",
        "{file} はファイルが多すぎます。チャンネルのフォルダーだけを指定してください（ZIP は先に展開してください）。",
    ),
    "part": (
        "{file} [part {number}] is missing; put it beside the other parts of the export.",
        "{file} [part {number}] がありません。エクスポートのほかの部分と同じ場所に置いてください。",
    ),
    "zip-broken": (
        "{file} is not a whole ZIP; download or pack it again.",
        "{file} は ZIP として壊れているか、途中で切れています。ダウンロードし直すか、"
        "作り直してください。",
    ),
    "zip-method": (
        "{file} is packed in a way we do not read (a password, or another method than deflate); unpack the ZIP and give the folder.",
        "{file} は読めない形で ZIP に入っています（パスワード付き、または deflate 以外の圧縮）。ZIP を展開して、フォルダーを指定してください。",
    ),
    "zip-bomb": (
        "{file} unpacks to over {times} times its size and was not read; if it is right, "
        "unpack the ZIP and give the folder.",
        "{file} は展開すると {times} 倍を超えるので読みませんでした。正しいファイルなら、ZIP "
        "を展開してフォルダーを指定してください。",
    ),
    # --- a place in a JSON file ---
    "empty": (
        "{file} is empty; export the chat again.",
        "{file} は空です。エクスポートし直してください。",
    ),
    "cut-short": (
        "{file} ends in the middle, after entry {entry} (byte {byte}); export the chat again.",
        "{file} は {entry} 件目の後（{byte} バイト目）で途切れています。エクスポートし直してください。",
    ),
    "not-json": (
        "{file} is not JSON: the fault is after entry {entry}, before byte {byte}; export the chat again as JSON.",
        "{file} は JSON として読めません（{entry} 件目の後、{byte} バイト目より前）。JSON でエクスポートし直してください。",
    ),
    "not-utf8": (
        "{file} is not UTF-8 after entry {entry}, before byte {byte}; save it as UTF-8, or export the chat again.",
        "{file} は UTF-8 ではありません（{entry} 件目の後、{byte} バイト目より前）。UTF-8 で保存し直すか、エクスポートし直してください。",
    ),
    "no-list": (
        "{file} should be a list, as in Slack's exports, and is not; export the chat again.",
        "{file} は Slack のエクスポートのような一覧になっていません。"
        "エクスポートし直してください。",
    ),
    "too-big": (
        "{file}, entry {entry} (before byte {byte}) is larger or deeper than anything a chat holds; it was not read. Export the chat again.",
        "{file} の {entry} 件目（{byte} バイト目より前）は、チャットのメッセージとしては大きすぎるか深すぎるので、読みませんでした。エクスポートし直してください。",
    ),
    "no-object": (
        "{file}, entry {entry} (before byte {byte}) is not an object; export the chat again.",
        "{file} の {entry} 件目（{byte} バイト目より前）がオブジェクトではありません。エクスポートし直してください。",
    ),
    "wrong-field": (
        "{file}, entry {entry} (before byte {byte}): `{field}` is missing or not what it should be; export the chat again, or fix it there.",
        "{file} の {entry} 件目（{byte} バイト目より前）の `{field}` がないか、正しい形ではありません。エクスポートし直すか、そこを直してください。",
    ),
    "long-text": (
        "{file}, entry {entry} (before byte {byte}) has over {most} characters, more than any chat allows; export the chat again, or fix it there.",
        "{file} の {entry} 件目（{byte} バイト目より前）は {most} 文字を超えています。エクスポートし直すか、そこを直してください。",
    ),
    # --- look-up files ---
    "lookups-missing": (
        "There is no look-up file {file}; leave out --lookups, or make one with --record.",
        "リンク情報ファイル {file} がありません。--lookups を外すか、--record で作ってください。",
    ),
    "lookups-unreadable": (
        "The look-up file {file} cannot be read ({reason}); check the path and its permissions.",
        "リンク情報ファイル {file} を読めません（{reason}）。パスと権限を確かめてください。",
    ),
    "lookups-unwritable": (
        "The look-ups cannot be written to {file} ({reason}); give another path to --record.",
        "リンク情報を {file} に書けません（{reason}）。--record に別のパスを指定してください。",
    ),
    "lookups-line": (
        "{file}, line {line} is not a look-up: one JSON object a line, in UTF-8, with `url` and `title`.",
        "{file} の {line} 行目がリンク情報になっていません。1 行に 1 つ、`url` と `title` のある UTF-8 の JSON を書いてください。",
    ),
    "lookups-field": (
        "{file}, line {line}: `{field}` is missing, not text, or too long; fix that line.",
        "{file} の {line} 行目の `{field}` がないか、文字列ではないか、長すぎます。その行を直してください。",
    ),
    "lookups-too-big": (
        "{file} is larger than {most} MB, which no look-up file is; check the path.",
        "{file} は {most} MB を超えています。リンク情報ファイルのパスを確かめてください。",
    ),
}
