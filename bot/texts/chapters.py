"""What is said of chapters and times: `rundown chapters`, `rundown times`, and audio files."""

TEXTS: dict[str, tuple[str, str]] = {
    # Faults. `chapters.` and the reason make the name (core/chapters).
    "at-line": ("{path}, line {line}: {fault}", "{path} の {line} 行目: {fault}"),
    "at-file": ("{path}: {fault}", "{path}: {fault}"),
    "none": (
        "no heading has a time. Write one before each topic: ### 4:16 Topic",
        "時間の付いた見出しがありません。話題の前に書いてください: ### 4:16 話題",
    ),
    "descending": (
        "{time} is not after {other}, the time before it.",
        "{time} が、1 つ前の時間 {other} より前になっています。",
    ),
    "doubled": (
        "{time} is also the time of the chapter before it.",
        "{time} が、1 つ前の章と同じ時間です。",
    ),
    "beyond": (
        "{time} is not within the recording, which ends at {other}.",
        "{time} が、録音の長さ {other} を超えています。",
    ),
    "minutes": (
        "“{time}” has more than 59 minutes. Write it with hours: H:MM:SS.",
        "「{time}」の分が 59 を超えています。時間:分:秒 で書いてください。",
    ),
    "seconds": (
        "“{time}” has more than 59 seconds.",
        "「{time}」の秒が 59 を超えています。",
    ),
    "hours": (
        "“{time}” is 100 hours or more.",
        "「{time}」は 100 時間以上です。",
    ),
    "form": (
        "“{time}” is not a time. Write M:SS or H:MM:SS.",
        "「{time}」は時間として読み取れません。分:秒 か 時間:分:秒 で書いてください。",
    ),
    "untitled": (
        "{time} has no title beside it.",
        "{time} にタイトルがありません。",
    ),
    "too-few": (
        "{time} chapters are too few here; there have to be {other}.",
        "章が {time} 個では足りません。{other} 個必要です。",
    ),
    "too-many": (
        "{time} chapters are too many here; there may be {other}.",
        "章が {time} 個では多すぎます。{other} 個までです。",
    ),
    "left-out": (
        "Left out, too close to another chapter: {time} {title}",
        "前後の章に近すぎるため外しました: {time} {title}",
    ),
    "opening": ("Intro", "イントロ"),
    "notes-cut": (
        "Left {count} lines out; {length} characters of HTML.",
        "{count} 行を外しました。HTML は {length} 文字です。",
    ),
    "written": ("Wrote {count} chapters: {path}", "{count} 個の章を書き込みました: {path}"),
    # Files.
    "unread": (
        "Could not read {path}: {cause}. Check the name, then try again.",
        "{path} を読めません: {cause}。名前を確かめて、もう一度お試しください。",
    ),
    "not-text": (
        "{path} is not UTF-8 text. Save it as UTF-8, then try again.",
        "{path} は UTF-8 のテキストではありません。UTF-8 で保存してから、もう一度お試しください。",
    ),
    "no-length": (
        "The length of the recording is not known. Add --length H:MM:SS.",
        "録音の長さがわかりません。--length 時間:分:秒 を付けてください。",
    ),
    "length": (
        "“{typed}” is not a length. Write H:MM:SS.",
        "「{typed}」は長さとして読み取れません。時間:分:秒 で書いてください。",
    ),
    "not-mp3": (
        "{path} is not an MP3 file. Nothing was changed.",
        "{path} は MP3 ファイルではありません。何も変更していません。",
    ),
    "not-mp4": (
        "{path} is not an MP4 or M4A file. Nothing was changed.",
        "{path} は MP4・M4A ファイルではありません。何も変更していません。",
    ),
    "not-audio": (
        "{path} is not an audio file that can be read.",
        "{path} は読み取れる音声ファイルではありません。",
    ),
    "not-written-into": (
        "Chapters of this format are not written into audio files: {name}. Use id3 (MP3) or mp4 (MP4, M4A).",
        "この形式の章は音声ファイルに書き込めません: {name}。id3（MP3）か mp4（MP4、M4A）を指定してください。",
    ),
    "tag-unread": (
        "The tags of {path} cannot be read: {cause}. Nothing was changed.",
        "{path} のタグを読めません: {cause}。何も変更していません。",
    ),
    "no-mutagen": (
        "This needs the library mutagen. Install it beside Rundown: pip install mutagen",
        "ライブラリ mutagen が必要です。Rundown と同じ環境にインストールしてください: pip install mutagen",
    ),
    "no-ffmpeg": (
        "This needs FFmpeg. Install it (Debian, Ubuntu: apt install ffmpeg), then try again.",
        "FFmpeg が必要です。インストールしてから（Debian、Ubuntu: apt install ffmpeg）、もう一度お試しください。",
    ),
    "ffmpeg": (
        "FFmpeg could not work on {path}: {cause}. Nothing was changed.",
        "FFmpeg で {path} を処理できませんでした: {cause}。何も変更していません。",
    ),
}
