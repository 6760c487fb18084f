"""What `rundown times` and `/times` say."""

TEXTS: dict[str, tuple[str, str]] = {
    # Why markers cannot be read. `times.` and the reason make the name (core/chapters/markers.py).
    "too-long": (
        "{path} is too long for a list of markers.",
        "{path} はマーカーの一覧としては長すぎます。",
    ),
    "no-markers": (
        "{path} has no markers. Export them from the audio editor, with their names.",
        "{path} にマーカーがありません。音声編集ソフトから名前付きで書き出してください。",
    ),
    "not-read": (
        "{path} cannot be read as markers (line {line}).",
        "{path} をマーカーとして読めません（{line} 行目）。",
    ),
    "line": (
        "{path}, line {line} is not a marker: {shown}",
        "{path} の {line} 行目はマーカーではありません: {shown}",
    ),
    "time": (
        "{path}, line {line}: “{shown}” is not a time.",
        "{path} の {line} 行目: 「{shown}」は時間として読み取れません。",
    ),
    "beats": (
        "{path}, line {line}: “{shown}” counts measures and beats. In REAPER, right-click the ruler, choose “Minutes:Seconds”, and export again.",
        "{path} の {line} 行目: 「{shown}」は小節と拍です。REAPER のルーラーを右クリックして「Minutes:Seconds」を選び、もう一度書き出してください。",
    ),
    "frames": (
        "{path}, line {line}: “{shown}” counts frames or samples. In REAPER, right-click the ruler, choose “Minutes:Seconds”, and export again.",
        "{path} の {line} 行目: 「{shown}」はフレームかサンプルです。REAPER のルーラーを右クリックして「Minutes:Seconds」を選び、もう一度書き出してください。",
    ),
    # What is asked.
    "renamed": (
        "“{marker}” at {time}: is it the topic “{topic}”?",
        "{time} の「{marker}」は、話題「{topic}」ですか？",
    ),
    "added": (
        "“{marker}” at {time} is not a topic of the file. Go on without it?",
        "{time} の「{marker}」は、ファイルの話題にありません。使わずに続けますか？",
    ),
    "lost": (
        "“{topic}” ({time}) has no marker. Take its time away?",
        "「{topic}」（{time}）のマーカーがありません。時間を外しますか？",
    ),
    "spoken": (
        "“{topic}” seems to begin at {time}. Is that right?",
        "「{topic}」は {time} に始まるようです。これでよいですか？",
    ),
    "yes-no": ("[y/N]", "[y: はい、N: いいえ]"),
    "open": (
        "Nothing was changed: {count} things have to be decided. Run this in a terminal to be asked, or add --accept to say yes to all.",
        "何も変更していません。決めることが {count} 件あります。端末で実行すると 1 つずつ聞きます。すべて「はい」とするには --accept を付けてください。",
    ),
    "nothing": (
        "The transcript proposes no time: every topic has one, or its words are not spoken.",
        "文字起こしから決められる時間はありません。どの話題にも時間があるか、話題の言葉が話されていません。",
    ),
    "written": ("Wrote {count} times: {path}", "時間を {count} 個書き込みました: {path}"),
    # `/times` in a chat.
    "none-yet": (
        "No topic has a time yet. Drop a file of markers here, or write /times 4:16 Topic",
        "時間の付いた話題はまだありません。マーカーのファイルを付けるか、/times 4:16 話題 と書いてください。",
    ),
    "taken-none": ("No topic has a new time yet.", "新しく時間を付けた話題はまだありません。"),
    "taken-one": ("1 topic has its new time.", "話題 1 個に時間を付けました。"),
    "taken-many": ("{count} topics have their new time.", "話題 {count} 個に時間を付けました。"),
    "told-renamed": (
        "“{marker}” at {time}: is it the topic “{topic}”?",
        "{time} の「{marker}」は、話題「{topic}」ですか？",
    ),
    "told-added": (
        "“{marker}” at {time} is not a topic of the episode; it was left alone.",
        "{time} の「{marker}」は、この回の話題にないため、使っていません。",
    ),
    "told-lost": (
        "“{topic}” has no marker; it keeps its old time, {time}.",
        "「{topic}」のマーカーがありません。前の時間 {time} のままです。",
    ),
    "how": (
        "To say yes, type those of these that are right: /times {markers}",
        "「はい」とするには、次のうち正しいものを入力してください: /times {markers}",
    ),
    "do-accept": ("Yes: {time} {topic}", "はい: {time} {topic}"),
}
