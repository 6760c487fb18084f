"""What the commands say of themselves. Descriptions stay within Discord's 100 characters."""

TEXTS: dict[str, tuple[str, str]] = {
    # --- the commands and their options ---
    "outline": ("What the episode holds so far", "いまの内容(話題とリンク)を見ます"),
    "preview": (
        "The episode's file as /draft would write it",
        "/draft で書き込まれるファイルを見ます",
    ),
    "draft": (
        "Commit the episode's file to the site, keeping what people changed in it",
        "この回のファイルをサイトにコミットします(手で直した部分は残ります)",
    ),
    "draft.recreate": (
        "yes: make the file again although people removed it",
        "yes: 削除されたファイルも作り直します",
    ),
    "autodraft": (
        "Show, or set, after how much quiet the draft commits itself",
        "自動で原稿をコミットするまでの静かな時間を表示・設定します",
    ),
    "autodraft.quiet": ("10m, 1h, 2d … or off", "10m、1h、2d など。off でやめます"),
    "choose": (
        "Settle a disagreement between the chat and the file",
        "チャットとファイルの食い違いを決めます",
    ),
    "choose.conflict": ("Its number in the draft's answer", "原稿の返事にある番号"),
    "choose.side": ("chat or file: whose version is to stand", "chat か file、残すほう"),
    "topic-add": (
        "Add a topic; what comes next goes under it",
        "話題を足します。続く投稿はその下に入ります",
    ),
    "topic-add.name": ("What the topic is called", "話題の名前"),
    "topic-add.after": ("The topic that it comes after", "この話題の後に置きます"),
    "topic-add.under": ("The topic that it is a part of", "この話題の小見出しにします"),
    "topic-rename": ("Give a topic another name", "話題の名前を変えます"),
    "topic-rename.topic": (
        "Its name, a part of it, or its number in /outline",
        "名前、その一部、または /outline の番号",
    ),
    "topic-rename.name": ("The new name", "新しい名前"),
    "topic-move": ("Move a topic, with all it holds", "話題を中身ごと移します"),
    "topic-move.topic": ("The topic to move: its name or number", "移す話題の名前か番号"),
    "topic-move.after": ("The topic that it shall follow", "この話題の後に移します"),
    "topic-move.before": ("The topic that it shall come before", "この話題の前に移します"),
    "topic-merge": (
        "Put all that a topic holds into another",
        "話題の中身を別の話題にまとめます",
    ),
    "topic-merge.topic": ("The topic that goes away", "なくなるほうの話題"),
    "topic-merge.into": ("The topic that takes in its links", "リンクを受け取る話題"),
    "topic-remove": (
        "Take a topic's heading out; its links fall to the topic before",
        "話題の見出しを消します。リンクは前の話題に入ります",
    ),
    "topic-remove.topic": ("The topic: its name or number", "話題の名前か番号"),
    "link-move": ("Move a link to another topic or place", "リンクを別の話題や場所に移します"),
    "link-move.link": (
        "Its title, a part of it, or its number in /outline",
        "タイトル、その一部、または /outline の番号",
    ),
    "link-move.topic": ("The topic that it goes to", "移す先の話題"),
    "link-move.after": ("The link that it shall follow", "このリンクの後に移します"),
    "link-move.before": ("The link that it shall come before", "このリンクの前に移します"),
    "link-retitle": ("Give a link another title", "リンクのタイトルを変えます"),
    "link-retitle.link": ("The link: its title or number", "リンクのタイトルか番号"),
    "link-retitle.title": ("The new title", "新しいタイトル"),
    "link-note": ("Add a note below a link", "リンクの下にメモを足します"),
    "link-note.link": ("The link: its title or number", "リンクのタイトルか番号"),
    "link-note.text": ("The note", "メモの文"),
    "link-refresh": (
        "Look a link's title up again",
        "リンクのタイトルをもう一度調べます",
    ),
    "link-refresh.link": ("The link: its title or number", "リンクのタイトルか番号"),
    "link-remove": (
        "Take a link out; /link restore brings it back",
        "リンクを外します。/link restore で戻せます",
    ),
    "link-remove.link": ("The link: its title or number", "リンクのタイトルか番号"),
    "link-restore": ("Bring back a link that was taken out", "外したリンクを戻します"),
    "link-restore.link": ("The link that was taken out", "外したリンク"),
    "episode-start": (
        "Open the next episode, or open one again by its number",
        "次の回を始めます。番号を書くと、その回をもう一度開きます",
    ),
    "episode-start.number": ("Its number; the next one if left out", "番号(書かなければ次の番号)"),
    "episode-start.title": ("Its title, if it has one yet", "タイトル(決まっていれば)"),
    "episode-set": (
        "Set the title, date, hosts or any other field",
        "タイトル・日付・出演者などを決めます",
    ),
    "episode-set.field": (
        "number, title, date, starring, summary, tags or another field of the site",
        "number, title, date, starring, summary, tags など、サイトの項目名",
    ),
    "episode-set.value": ("What it shall be", "その内容"),
    "episode-show": ("What is set for the episode", "この回の設定を見ます"),
    "episode-close": (
        "Close the episode; what comes next opens another",
        "この回を終えます。次の投稿から次の回になります",
    ),
    "episode-list": ("All episodes, open and closed", "これまでの回の一覧を見ます"),
    "publish": (
        "Publish the episode: check what is missing, then make the draft a page",
        "回を公開します。足りないものを確かめてから、原稿をページにします",
    ),
    "publish.what": (
        "check, at 2026-12-01 07:00, never, undo, anyway; empty publishes now",
        "確認、at 2026-12-01 07:00、やめる、取り消す、それでも。省略で、すぐ公開します",
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
    "undo": ("Undo the last thing that you did", "自分の最後の操作を取り消します"),
    "undo.what": (
        "What to undo instead: see /history",
        "ほかの操作を取り消すとき(/history を見てください)",
    ),
    "redo": ("Do again what you undid", "取り消した操作をやり直します"),
    "redo.what": (
        "What to do again instead: see /history",
        "ほかの操作をやり直すとき(/history を見てください)",
    ),
    "history": ("What was done to the episode, by whom", "だれが何をしたかを見ます"),
    "setup": (
        "Have this channel watched, say who its hosts are, or see how it is set up",
        "このチャンネルを読み始めます。ホストやサイトの設定もここで見られます",
    ),
    "setup.channel": (
        "The channel that is meant; this one if left out",
        "対象のチャンネル(省略時はここ)",
    ),
    "setup.site": (
        "The podcast's repository, owner/repo; the usual one if left out",
        "番組のリポジトリ owner/repo(省略時はいつものサイト)",
    ),
    "setup.hosts": (
        "Who may change the draft: @roles and @people; @everyone lets all who can write",
        "原稿を変えられる人のロール(@everyone なら書ける人全員)",
    ),
    "setup.past": (
        "Read what was said here before: how many days of it, or all",
        "これまでの投稿も読むとき、その日数。全部なら all",
    ),
    "setup.leave": ("Leave this channel alone from now on", "このチャンネルを読むのをやめます"),
    "help": ("How to write here, and all commands", "書き方とコマンドの一覧を見ます"),
    "help.command": ("A command to be told more about", "くわしく知りたいコマンド"),
    "group-topic": ("Topics of the episode", "この回の話題"),
    "group-link": ("Links of the episode", "この回のリンク"),
    "group-episode": ("The episode itself", "この回そのもの"),
    # --- help ---
    "help-intro": (
        "Write as always. `# Topic` opens a topic; links and `- bullets` below it are kept, "
        "talk is not.\n"
        "📝 on a message keeps talk, 🚫 leaves a message out, 🔒 takes it off the record.",
        "いつもどおりに書いてください。`# 話題` で話題が始まり、"
        "その下のリンクと `- 箇条書き` が残ります。雑談は残りません。\n"
        "投稿に 📝 を付けると雑談も残り、🚫 で外れ、🔒 でオフレコになります。",
    ),
    "help-line": ("/{name} - {about}", "/{name} - {about}"),
    "help-more": (
        "/help COMMAND says more, for example /help topic move.",
        "くわしくは /help コマンド名(例: /help topic move)。",
    ),
    "help-option": ("  {option}: {about}", "  {option}: {about}"),
    "help-optional": ("  {option} (if you like): {about}", "  {option}(省略可): {about}"),
    # --- what can be wrong with a typed command; one line each ---
    "unknown": (
        "There is no command /{name}; /help lists all.",
        "/{name} というコマンドはありません。/help で一覧を見てください。",
    ),
    "unknown-near": (
        "There is no command /{name}; did you mean /{nearest}? /help lists all.",
        "/{name} というコマンドはありません。/{nearest} のことですか。/help で一覧を見られます。",
    ),
    "group": (
        "/{name} needs a second word: {words}.",
        "/{name} の後に、どれかを書いてください: {words}",
    ),
    "missing": (
        "/{name} needs {option}. Write: {usage}",
        "/{name} には {option} が要ります。書き方: {usage}",
    ),
    "too-much": (
        "/{name} does not know what to do with “{rest}”. Write: {usage}",
        "/{name} の「{rest}」が分かりません。書き方: {usage}",
    ),
    "unclosed": (
        "/{name}: a quotation mark is not closed. Write: {usage}",
        "/{name}: 引用符が閉じていません。書き方: {usage}",
    ),
}
