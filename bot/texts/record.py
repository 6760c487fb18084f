"""What `/record` says."""

TEXTS: dict[str, tuple[str, str]] = {
    # The sheet. `state-` and the recording's state make the name.
    "state-off": (
        "Not recording. To begin: /record start",
        "録音中ではありません。始めるには /record start",
    ),
    "state-on": ("● Recording, {clock}", "● 録音中 {clock}"),
    "state-paused": ("⏸ Paused at {clock}", "⏸ {clock} で一時停止中"),
    "state-over": ("■ Recorded, {clock}", "■ 録音終了 {clock}"),
    "now": ("▶ {time} {topic}", "▶ {time} {topic}"),
    "done": ("✓ {time} {topic}", "✓ {time} {topic}"),
    "coming": ("· {topic}", "· {topic}"),
    "skipped": ("– {topic} (skipped)", "– {topic}（飛ばしました）"),
    "cut-mark": ("✂ {time} {text}", "✂ {time} {text}"),
    # Its buttons.
    "do-start": ("Start", "録音を開始"),
    "do-resume": ("Resume", "再開"),
    "do-pause": ("Pause", "一時停止"),
    "do-back": ("Undo last tap", "直前を取り消す"),
    "do-skip": ("Skip the next", "次を飛ばす"),
    "do-cut": ("✂ Cut here", "✂ ここをカット"),
    "do-stop": ("Stop", "録音を終了"),
    "do-markers": ("Markers for the editor", "編集用マーカー"),
    # Errors.
    "not-running": (
        "Nothing is being recorded. To begin: /record start",
        "録音中ではありません。始めるには /record start",
    ),
    "no-topics": (
        "There is no topic to record yet. Type “# Topic”.",
        "まだ話題がありません。「# 話題」と書いてください。",
    ),
    "no-more": (
        "Every topic was talked about or skipped. To name one: /record TOPIC",
        "残っている話題はありません。話題を指定するには /record 話題",
    ),
    "nothing-back": ("There is no tap to undo.", "取り消せる操作がありません。"),
    "not-clear": (
        "Several topics match “{typed}”. Write more of its name, or its number in /outline.",
        "「{typed}」に当てはまる話題がいくつもあります。名前をもっと書くか、/outline の番号で指定してください。",
    ),
    "no-times": (
        "No topic has a time of a recording yet. To begin: /record start",
        "録音の時間がまだありません。始めるには /record start",
    ),
}
