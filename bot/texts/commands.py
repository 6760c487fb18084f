"""What the commands say of themselves. Descriptions stay within Discord's 100 characters."""

TEXTS: dict[str, tuple[str, str]] = {
    # --- the commands and their options ---
    "outline": ("Show the episode so far: topics and links", "この回の話題とリンクを表示します"),
    "preview": (
        "Show the file that /draft would write",
        "/draft で書き込むファイルの内容を表示します",
    ),
    "draft": (
        "Commit the episode's file to the site; edits made there are kept",
        "この回の原稿をサイトにコミットします。サイト側での編集は残ります",
    ),
    "draft.recreate": (
        "Write the file again even if it was deleted",
        "削除されたファイルも書き直します",
    ),
    "autodraft": (
        "Show or set how long the chat must be quiet before the draft is committed",
        "最後のメッセージから自動コミットまでの時間を表示・設定します",
    ),
    "autodraft.quiet": ("10m, 1h, 2d … or off", "10分、1時間、2日 など。「オフ」で停止します"),
    "choose": (
        "Choose between the chat's version and the file's",
        "チャットとファイルで内容が違うとき、残すほうを選びます",
    ),
    "choose.conflict": (
        "The conflict's number, from the answer to /draft",
        "/draft の返事にある番号",
    ),
    "choose.side": ("The version to keep: chat or file", "残すほう:「チャット」か「ファイル」"),
    "topic-add": (
        "Add a topic; messages after it go under it",
        "話題を追加します。このあとのメッセージはその下に入ります",
    ),
    "topic-add.name": ("The topic's name", "話題の名前"),
    "topic-add.after": ("Put it after this topic", "この話題の後に置きます"),
    "topic-add.under": (
        "Put it under this topic, as a sub-topic",
        "この話題の下に小見出しとして置きます",
    ),
    "topic-rename": ("Rename a topic", "話題の名前を変更します"),
    "topic-rename.topic": (
        "Its name, a part of it, or its number in /outline",
        "名前、その一部、または /outline の番号",
    ),
    "topic-rename.name": ("The new name", "新しい名前"),
    "topic-move": ("Move a topic with everything in it", "話題を中身ごと移動します"),
    "topic-move.topic": ("The topic to move: its name or number", "移す話題の名前か番号"),
    "topic-move.after": ("Move it after this topic", "この話題の後に移動します"),
    "topic-move.before": ("Move it before this topic", "この話題の前に移動します"),
    "topic-merge": ("Merge a topic into another", "話題の中身を別の話題にまとめます"),
    "topic-merge.topic": (
        "The topic to merge; its heading goes away",
        "まとめる話題（見出しはなくなります）",
    ),
    "topic-merge.into": ("The topic that receives its links", "まとめ先の話題"),
    "topic-remove": (
        "Remove a topic's heading; its links move to the topic above",
        "話題の見出しを外します。リンクは 1 つ上の話題に移動します",
    ),
    "topic-remove.topic": ("The topic: its name or number", "話題の名前か番号"),
    "link-move": ("Move a link to another topic or place", "リンクを別の話題や位置に移動します"),
    "link-move.link": (
        "Its title, a part of it, or its number in /outline",
        "タイトル、その一部、または /outline の番号",
    ),
    "link-move.topic": ("The topic that it goes to", "移す先の話題"),
    "link-move.after": (
        "Move it after this link; “first” puts it at the top",
        "このリンクの後に移動します。「先頭」で一番上へ",
    ),
    "link-move.before": ("Move it before this link", "このリンクの前に移動します"),
    "link-retitle": ("Change a link's title", "リンクのタイトルを変更します"),
    "link-retitle.link": ("The link: its title or number", "リンクのタイトルか番号"),
    "link-retitle.title": ("The new title", "新しいタイトル"),
    "link-note": ("Add a note below a link", "リンクの下にメモを追加します"),
    "link-note.link": ("The link: its title or number", "リンクのタイトルか番号"),
    "link-note.text": ("The note", "メモの文"),
    "link-refresh": ("Fetch a link's title again", "リンクのタイトルを取得し直します"),
    "link-refresh.link": ("The link: its title or number", "リンクのタイトルか番号"),
    "link-remove": (
        "Remove a link; /link restore brings it back",
        "リンクを外します。/link restore で戻せます",
    ),
    "link-remove.link": ("The link: its title or number", "リンクのタイトルか番号"),
    "link-restore": ("Bring back a removed link", "外したリンクを戻します"),
    "later": (
        "Put a topic or link off until the next episode; without one, show what waits",
        "話題やリンクを次の回に回します。指定しなければ、回したものを表示します",
    ),
    "later.what": (
        "Its name, a part of it, or its number in /outline",
        "名前、その一部、または /outline の番号",
    ),
    "link-restore.link": ("The link that was taken out", "外したリンク"),
    "link-earlier": (
        "Show where an earlier episode had a link",
        "リンクが以前のどの回にあったかを表示します",
    ),
    "link-earlier.link": ("The link: its title or number", "リンクのタイトルか番号"),
    "find": (
        "Find words in all episodes: titles, notes and topics",
        "すべての回から、タイトル、メモ、話題の言葉を探します",
    ),
    "find.words": ("The words; the last may be begun only", "探す語（最後の語は途中まででも可）"),
    "episode-start": (
        "Start the next episode, or reopen one by its number",
        "次の回を始めます。番号を指定すると、その回を再開します",
    ),
    "episode-start.number": (
        "Its number; the next one if left out",
        "番号（書かなければ次の番号）",
    ),
    "episode-start.title": ("Its title, if it has one yet", "タイトル（決まっていれば）"),
    "episode-set": (
        "Set the title, date, hosts or any other field",
        "タイトル、日付、出演者などを設定します",
    ),
    "episode-set.field": (
        "number, title, date, starring, summary, tags or another field of the site",
        "番号、タイトル、日付、出演、概要、タグ、またはサイトの項目名",
    ),
    "episode-set.value": ("The new value", "新しい内容"),
    "episode-show": (
        "Show the episode's date, hosts and other fields",
        "この回の日付や出演者などの設定を表示します",
    ),
    "episode-close": (
        "Close the episode; the next link or topic starts a new one",
        "この回を終了します。次のリンクか話題から新しい回が始まります",
    ),
    "episode-list": ("List all episodes", "これまでの回を一覧表示します"),
    "check": (
        "Ask all links of the episode whether they still lead where they did",
        "この回のリンクがすべて今もつながるか確認します",
    ),
    "check.what": (
        "new: give a link another address · leave: leave it as it is",
        "new: リンクの URL を変更 ・ leave: このままにする",
    ),
    "check.link": (
        "The link: its number, or part of its title",
        "リンクの番号、またはタイトルの一部",
    ),
    "check.address": ("The new address", "新しい URL"),
    "publish": (
        "Publish the episode: check what is missing, then make the draft a page",
        "回を公開します。足りないものを確かめてから、原稿をページにします",
    ),
    "publish.what": (
        "check, at 2026-12-01 07:00, never, undo, anyway; empty publishes now",
        "確認、at 2026-12-01 07:00、やめる、取り消す、それでも。省略で、すぐ公開します",
    ),
    "publish.picture": (
        "The episode's picture: PNG, JPEG, WebP, AVIF or GIF, at most 4 MB",
        "回の画像（PNG、JPEG、WebP、AVIF、GIF。4 MB まで）",
    ),
    "record": (
        "Note when each topic begins while you record",
        "録音しながら、話題が始まった時間を記録します",
    ),
    "record.what": (
        "start, next, a topic, back, skip, pause, cut WHY, stop, markers; empty shows the sheet",
        "開始、次、話題名、戻る、飛ばす、一時停止、カット、終了、マーカー。省略で一覧を表示します",
    ),
    "times": (
        "Give topics the times of an audio editor's markers, or of a transcript",
        "音声編集ソフトのマーカーや文字起こしの時間を、話題に付けます",
    ),
    "times.markers": ("0:00 Topic 4:16 Topic …", "0:00 話題 4:16 話題 …"),
    "times.file": (
        "Markers or a transcript: Audacity, Reaper, Audition, Resolve, Hindenburg, WebVTT, SRT …",
        "マーカーか文字起こしのファイル（Audacity、Reaper、Audition、Resolve、Hindenburg、WebVTT、SRT など）",
    ),
    "notes": (
        "Show the short notes for podcast apps, and what was cut",
        "ポッドキャストアプリ用の短いノートと、外した行を表示します",
    ),
    "notes.what": (
        "markdown, html, text, keep LINE, drop LINE, reset LINE; empty shows what was cut",
        "markdown、html、テキスト、残す 行、外す 行、戻す 行。省略で、外した行を表示します",
    ),
    "undo": ("Undo your last change", "自分の最後の変更を取り消します"),
    "undo.what": (
        "Another change, also someone else's; empty for your last one",
        "取り消す変更（ほかの人のものも可）。省略すると自分の最後の変更",
    ),
    "redo": ("Redo the change that you undid last", "取り消した変更をやり直します"),
    "redo.what": (
        "What to do again instead: see /history",
        "ほかの操作をやり直すとき（/history を見てください）",
    ),
    "history": (
        "Show what is new and who changed what",
        "新しいリンクと、誰が何を変更したかを表示します",
    ),
    "history.before": (
        "The number of a change: show those before it",
        "変更の番号。それより前の変更を表示します",
    ),
    "setup": (
        "Collect links from this channel, choose its hosts, or see its settings",
        "このチャンネルからリンクを集めます。ホストの指定や設定の確認もできます",
    ),
    "setup.channel": ("The channel; this one if left out", "対象のチャンネル（省略時はここ）"),
    "setup.site": (
        "The site's repository, owner/repo; the default site if left out",
        "番組サイトのリポジトリ owner/repo（省略時は既定のサイト）",
    ),
    "setup.hosts": (
        "Who may change the draft: a role (Slack: user group), or @everyone",
        "原稿を変更できるロール（Slack ではユーザーグループ）。@everyone で全員",
    ),
    "setup.past": (
        "Read earlier messages too: a number of days, or all",
        "過去のメッセージも読む日数。すべてなら「全部」",
    ),
    "setup.leave": ("Stop collecting from this channel", "このチャンネルから集めるのをやめます"),
    "help": ("How to write here, and all commands", "書き方とコマンドの一覧を見ます"),
    "help.command": ("The command to explain", "くわしく知りたいコマンド"),
    "group-topic": ("Topics of the episode", "この回の話題"),
    "group-link": ("Links of the episode", "この回のリンク"),
    "group-episode": ("The episode itself", "この回そのもの"),
    # --- help ---
    "help-intro": (
        "Write as usual. `# Topic` starts a topic; links and `- bullets` after it are kept, talk is not.\nReact with 📝 to keep a message, 🚫 to leave it out, 🔒 to take it off the record.",
        "いつもどおりに書いてください。`# 話題` で話題が始まり、そのあとのリンクと `- 箇条書き` が原稿に入ります。雑談は入りません。\nメッセージにリアクション 📝 を付けると雑談も入り、🚫 で外れ、🔒 でオフレコになります。",
    ),
    "help-line": ("/{name} - {about}", "/{name} - {about}"),
    "help-more": (
        "/help COMMAND says more, for example /help topic move.",
        "くわしくは /help コマンド名（例: /help topic move）。",
    ),
    "help-option": ("  {option}: {about}", "  {option}: {about}"),
    "help-optional": ("  {option} (optional): {about}", "  {option}（省略可）: {about}"),
    # --- what can be wrong with a typed command; one line each ---
    "unknown": (
        "There is no command /{name}; /help lists all.",
        "/{name} というコマンドはありません。/help で一覧を見てください。",
    ),
    "space": (
        "There is a space after the /. Write /{nearest}",
        "/ のあとに空白があります。/{nearest} と書いてください。",
    ),
    "unknown-near": (
        "There is no command /{name}; did you mean /{nearest}? /help lists all.",
        "/{name} というコマンドはありません。/{nearest} のことですか？ /help で一覧を表示できます。",
    ),
    "group": (
        "/{name} needs a second word: {words}.",
        "/{name} に続けて次のどれかを書いてください: {words}",
    ),
    "missing": (
        "/{name} needs {option}. Write: {usage}",
        "/{name} に {option} がありません。書き方: {usage}",
    ),
    "too-much": (
        "/{name}: “{rest}” is not understood. Write: {usage}",
        "/{name} の「{rest}」を読み取れません。書き方: {usage}",
    ),
    "unclosed": (
        "/{name}: a quotation mark is not closed. Write: {usage}",
        "/{name}: 引用符が閉じていません。書き方: {usage}",
    ),
}
