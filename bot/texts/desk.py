"""What the desk says: answers to commands, and why one could not be done."""

TEXTS: dict[str, tuple[str, str]] = {
    # episodes
    "headline": ("Episode {number}: {title} · {date}", "第{number}回「{title}」 · {date}"),
    "headline-untitled": ("Episode {number} · {date}", "第{number}回 · {date}"),
    "headline-none": (
        "No episode is open yet; the first link or topic opens one",
        "まだ開いている回はありません。最初のリンクか話題で自動的に始まります",
    ),
    "started": ("Episode {number} is open.", "第{number}回を始めました。"),
    "started-own": (
        "Episode {number} is open, for this channel alone.",
        "このチャンネルだけの第{number}回を始めました。",
    ),
    "reopened": ("Episode {number} is open again.", "第{number}回をもう一度開きました。"),
    "closed": (
        "Episode {number} is closed. What comes next opens the next one.",
        "第{number}回を閉じました。次の投稿から次の回になります。",
    ),
    "channel-has-its-own": (
        "This channel has episode {number} of its own; close that first with /episode close",
        "このチャンネルには第{number}回があります。先に /episode close で閉じてください",
    ),
    "nothing-open": (
        "No episode is open; nothing to close",
        "開いている回がないので、閉じるものがありません",
    ),
    "number-taken": (
        "Another episode has the number {number}; choose another, or close that one first",
        "番号 {number} は別の回が使っています。別の番号にするか、その回を先に閉じてください",
    ),
    "state-open": ("open", "進行中"),
    "state-closed": ("closed", "終了"),
    # fields
    "field-number": ("number", "番号"),
    "field-title": ("title", "タイトル"),
    "field-date": ("date", "日付"),
    "field-starring": ("starring", "出演"),
    "field-summary": ("summary", "概要"),
    "field-tags": ("tags", "タグ"),
    "field-set": ("{field}: {value}", "{field}: {value}"),
    "field-taken-away": ("{field} is empty now.", "{field}を空にしました。"),
    "no-such-field": (
        "'{field}' cannot be a field's name; there are {fields}, and any word of a-z",
        "「{field}」という項目名は使えません。{fields} か、英小文字の名前にしてください",
    ),
    "field-too-long": (
        "{field} may have {most} characters at most; nothing was changed",
        "{field}は{most}文字までです。変更していません",
    ),
    "number-needed": (
        "An episode needs its number: it is part of the draft's name. Write digits, such as 57",
        "番号は空にできません (原稿のファイル名に使います)。57 のように数字で書いてください",
    ),
    "no-number": (
        "'{value}' is no episode number; write digits, such as 57 or 50.5",
        "「{value}」は番号として読めません。57 や 50.5 のように書いてください",
    ),
    "no-date": (
        "'{value}' is no date; write it as 2026-11-22",
        "「{value}」は日付として読めません。2026-11-22 のように書いてください",
    ),
    # topics
    "topic-added": (
        "Topic '{topic}': what follows here goes under it.",
        "話題「{topic}」を立てました。ここからの投稿はこの下に入ります。",
    ),
    "topic-renamed": ("'{topic}' is called '{name}' now.", "「{topic}」を「{name}」にしました。"),
    "topic-moved": ("Moved '{topic}'.", "「{topic}」を動かしました。"),
    "topic-merged": (
        "'{topic}' is part of '{into}' now.",
        "「{topic}」を「{into}」にまとめました。",
    ),
    "topic-removed": (
        "Took the topic '{topic}' away; its links are under the topic before.",
        "話題「{topic}」を外しました。リンクは前の話題に移りました。",
    ),
    "topic-exists": (
        "There is a topic '{topic}' already; /topic merge puts '{renamed}' into it",
        "話題「{topic}」はすでにあります。「{renamed}」をまとめるには /topic merge を使ってください",
    ),
    "same-topic": (
        "'{topic}' cannot be merged into itself; name another topic",
        "「{topic}」を自分自身にはまとめられません。別の話題を指定してください",
    ),
    "no-topic": ("(before the first topic)", "(最初の話題の前)"),
    "topic-empty": ("empty", "空"),
    "no-such-topic": (
        "There is no topic '{typed}'; /outline shows all",
        "「{typed}」という話題はありません。/outline で一覧を見られます",
    ),
    # links
    "link-moved": ("Moved '{link}' to '{topic}'.", "「{link}」を「{topic}」に動かしました。"),
    "link-retitled": ("'{link}' is called '{title}' now.", "「{link}」を「{title}」にしました。"),
    "link-noted": ("Added the note to '{link}'.", "「{link}」にメモを付けました。"),
    "link-removed": (
        "Took '{link}' out. /link restore or /undo brings it back.",
        "「{link}」を外しました。/link restore か /undo で戻せます。",
    ),
    "link-restored": ("'{link}' is back.", "「{link}」を戻しました。"),
    "no-such-link": (
        "There is no link '{typed}'; /outline shows all with their numbers",
        "「{typed}」というリンクはありません。/outline で番号つきの一覧を見られます",
    ),
    "no-such-removed": (
        "Nothing that was taken out is called '{typed}'",
        "外したものの中に「{typed}」はありません",
    ),
    "has-no-link": (
        "'{link}' has no link that could be retitled",
        "「{link}」にはタイトルを変えられるリンクがありません",
    ),
    "not-clear": (
        "'{typed}' may be several: {found}; give the number or more of the name",
        "「{typed}」に当てはまるものが複数あります: {found}。番号か、もう少し長い名前で指定してください",
    ),
    "nothing-given": (
        "The text is empty; nothing was changed",
        "文字がありません。変更していません",
    ),
    # undo and history
    "undone": ("Undone: {deed}. /redo brings it back.", "取り消しました: {deed}。/redo で戻せます。"),
    "redone": ("Done again: {deed}.", "やり直しました: {deed}。"),
    "nothing-to-undo": (
        "There is no command of yours to undo; name one of /history to undo somebody else's",
        "取り消せるあなたのコマンドはありません",
    ),
    "nothing-to-redo": (
        "There is no command of yours that was undone",
        "やり直せるあなたのコマンドはありません",
    ),
    "history-empty": ("Nobody gave a command yet.", "まだ誰もコマンドを使っていません。"),
    "history-new": ("New since you last looked:", "前に見たときより後に増えたもの:"),
    "history-nothing-new": (
        "No link is new since you last looked.",
        "前に見たときから増えたリンクはありません。",
    ),
    "history-mark": (" (new)", " (新着)"),
    "deed-undone": ("{deed} (undone)", "{deed} (取り消し済み)"),
    "deed-field": ("{field} = {value}", "{field} = {value}"),
    "deed-recording-on": ("recorded, from here on", "録音を開始"),
    "deed-recording-paused": ("paused the recording", "録音を一時停止"),
    "deed-recording-over": ("ended the recording", "録音を終了"),
    "deed-topic-timed": ("noted when a topic began", "話題の開始時間を記録"),
    "deed-topic-skipped": ("skipped a topic", "話題を飛ばした"),
    "deed-cut-marked": ("marked a cut: {text}", "カットの印: {text}"),
    "deed-topic-added": ("added the topic '{topic}'", "話題「{topic}」を追加"),
    "deed-topic-renamed": ("renamed a topic to '{name}'", "話題の名前を「{name}」に変更"),
    "deed-topic-moved": ("moved a topic", "話題を移動"),
    "deed-topic-merged": ("merged two topics", "話題をまとめた"),
    "deed-topic-removed": ("removed a topic", "話題を外した"),
    "deed-link-moved": ("moved a link", "リンクを移動"),
    "deed-link-retitled": ("retitled a link '{title}'", "リンクのタイトルを「{title}」に変更"),
    "deed-link-noted": ("noted '{text}'", "メモ「{text}」を追加"),
    "deed-link-removed": ("took a link out", "リンクを外した"),
    "deed-link-restored": ("brought a link back", "リンクを戻した"),
    # outline
    "outline-empty": (
        "Nothing is in it yet. Type '# A topic', or paste a link.",
        "まだ何もありません。「# 話題」と書くか、リンクを貼ってください。",
    ),
    "no-title": ("no title", "タイトルなし"),
    "no-title-because": ("no title: {reason}", "タイトルなし: {reason}"),
    "refreshed": ("The title of {link} is: {title}", "{link} のタイトル: {title}"),
    "refreshed-none": (
        "No title for {link}: {reason}. /link retitle gives it one",
        "{link} のタイトルを取得できません ({reason})。/link retitle で付けられます",
    ),
    "titled-by-host": (
        "'{link}' has the title that a host gave it; /link retitle changes it",
        "「{link}」のタイトルはホストが付けたものです。/link retitle で変えられます",
    ),
    # messages
    "secret-left-out": (
        "An address of {hosts} was left out: it carries a key or password. It was not stored.",
        "{hosts} のアドレスには鍵やパスワードが含まれているため、載せず保存もしていません。",
    ),
    "mark-of-another": (
        "The {emoji} of somebody else is still on it.",
        "ほかの人の {emoji} がまだ付いています。",
    ),
    "cannot-read-again": (
        "That message cannot be read again; post it anew to have it in the draft",
        "その投稿をもう一度読めませんでした。原稿に入れるには新しく投稿してください",
    ),
    "too-many-kept": (
        "The export holds more than {most} messages with links or notes; "
        "export a shorter time (--after, --before) and try again",
        "リンクやメモのある投稿が{most}件を超えています。期間を短くして書き出してください",
    ),
    "erased": (
        "Off the record: erased here, and out of the draft.",
        "オフレコにしました。保存していたものを消し、原稿からも外しました。",
    ),
    "erased-committed": (
        "Off the record: erased here. The next /draft takes it out of the file; "
        "the commit {commit}, and those before it that had it, still hold it.",
        "オフレコにしました。保存分は消しました。次の /draft でファイルからも外しますが、"
        "コミット {commit} とそれ以前の履歴には残っています。",
    ),
    "erased-others": (
        "The same address is in what others gave, which stays: {others}",
        "同じアドレスが他の投稿にもあり、そちらは残っています: {others}",
    ),
    # what the menus on a message did
    "menu-keep-on": (
        "It is in the draft. The same menu takes it out again.",
        "原稿に入れました。同じメニューで取り消せます。",
    ),
    "menu-keep-off": ("It is no longer in the draft.", "原稿から外しました。"),
    "menu-keep-off-kept": (
        "Taken back; what the message gives by itself is still in the draft.",
        "取り消しました。もともと残る部分は原稿に入っています。",
    ),
    "menu-leave-out-on": (
        "Left out of the draft. The same menu brings it back.",
        "原稿から外しました。同じメニューで戻せます。",
    ),
    "menu-leave-out-off": (
        "No longer left out; it gives nothing by itself.",
        "除外をやめました。この投稿から残るものはありません。",
    ),
    "menu-leave-out-off-kept": ("It is back in the draft.", "原稿に戻しました。"),
    "menu-off-record-on": (
        "Off the record: it will not be read again.",
        "オフレコにしました。この投稿はもう読みません。",
    ),
    "menu-off-record-off": (
        "On the record again; it gives nothing by itself.",
        "オフレコを解きました。この投稿から残るものはありません。",
    ),
    "menu-off-record-off-kept": (
        "On the record again, and in the draft.",
        "オフレコを解き、原稿に入れました。",
    ),
    # the draft
    "drafted": ("{headline}: {topics}, {links}. Commit {commit}: {path}",
                "{headline}: {topics}、{links}。コミット {commit}: {path}"),
    "nothing-to-draft": (
        "Nothing was kept yet, so there is nothing to draft; type '# A topic' or paste a link",
        "まだ何も集まっていないので、原稿にするものがありません。話題かリンクを書いてください",
    ),
    "published": (
        "Episode {number} has been published in the site and is closed; what comes next opens "
        "the next one. It opens again when its file is a draft again",
        "第{number}回はサイトで公開されたため閉じました。次の投稿から次の回になります。"
        "ファイルが下書きに戻れば、また開きます",
    ),
    "published-page": (
        "Episode {number} is published in the site, and nothing is committed into a published page; "
        "make its file a draft again first",
        "第{number}回はサイトで公開されています。公開されたページにはコミットしません。"
        "先にファイルを下書きに戻してください",
    ),
    "draft-again": (
        "Episode {number} is a draft in the site again, and open.",
        "第{number}回がサイトで下書きに戻ったため、もう一度開きました。",
    ),
    "draft-again-waits": (
        "Episode {number} is a draft in the site again, but episode {other} is open; "
        "/episode close that, then /episode start {number}.",
        "第{number}回がサイトで下書きに戻りましたが、第{other}回が開いています。"
        "/episode close で閉じてから /episode start {number} をどうぞ。",
    ),
    "drafted-nothing-new": (
        "{headline}: nothing has changed since the last draft ({path})",
        "{headline}: 前回の原稿から変更はありません ({path})",
    ),
    "topics-one": ("1 topic", "話題 1 件"),
    "topics-many": ("{count} topics", "話題 {count} 件"),
    "links-one": ("1 link", "リンク 1 件"),
    "links-many": ("{count} links", "リンク {count} 件"),
    "waits-one": ("1 link waits for a title: {links}", "タイトル待ちのリンク 1 件: {links}"),
    "waits-many": (
        "{count} links wait for a title: {links}",
        "タイトル待ちのリンク {count} 件: {links}",
    ),
    "empty-topics": ("Empty topics: {topics}", "空の話題: {topics}"),
    "front-matter": (
        "The draft's front matter could not be read at its line {line} ('{shown}'); nothing was "
        "committed. Set that field otherwise, or write it with '| yaml' ('| toml', '| json') in "
        "draft.md.j2",
        "原稿の front matter が{line}行目 (「{shown}」) で読めなくなるため、コミットしていません。"
        "その項目を変えるか、draft.md.j2 で「| yaml」(「| toml」「| json」) を付けてください",
    ),
    "front-matter-broken": (
        "The front matter of {path} cannot be read at its line {line} ('{shown}'): Jekyll would "
        "publish the page without it, others would not build the site. Nothing was committed; mend "
        "it in the repository, then draft again",
        "{path} の front matter は{line}行目 (「{shown}」) が読めません。このままでは Jekyll は下書きを"
        "公開してしまい、ほかはサイトを作れなくなります。コミットしていません。"
        "リポジトリで直してから、もう一度 /draft してください",
    ),
    "file-not-text": (
        "{path} in the site is not UTF-8 (byte {place}); mend it there and draft again",
        "サイトの {path} は UTF-8 ではありません ({place} バイト目)。直してからもう一度どうぞ",
    ),
    "file-emptied": (
        "{path} in the site is empty; nothing was changed. Put its text back there, or "
        "/draft recreate:yes writes what was in it",
        "サイトの {path} が空になっています。何も変更していません。元の内容で書き直すなら "
        "/draft recreate:yes をどうぞ",
    ),
    "file-cut": (
        "{path} in the site ends in the middle of what was committed; nothing was changed. "
        "Put the rest back there, or /draft recreate:yes writes all that was in it",
        "サイトの {path} が途中で切れています。何も変更していません。元の内容で書き直すなら "
        "/draft recreate:yes をどうぞ",
    ),
    "file-headless": (
        "{path} in the site does not begin with its front matter any more; nothing was changed. "
        "Put it back there, or /draft recreate:yes does",
        "サイトの {path} の先頭に front matter がありません。何も変更していません。"
        "元に戻すなら /draft recreate:yes をどうぞ",
    ),
    "draft-unclear": (
        "{path} does not say clearly whether it is a draft: Jekyll reads `published` alone, and Hugo "
        "took `draft: yes` for a draft up to 0.151 and publishes it from 0.152 on. Nothing was "
        "changed; write `published: false` (Jekyll) or `draft: true` (others), or take the line away",
        "{path} が下書きかどうか判断できません。Jekyll が読むのは `published` だけで、`draft: yes` は "
        "Hugo 0.151 までは下書き、0.152 からは公開です。何も変更していません。`published: false` "
        "(Jekyll) か `draft: true` (ほか) と書くか、その行を消してください",
    ),
    "file-is-not-ours": (
        "{path} is in the site already and is no draft; nothing was changed. Set another number or "
        "date, or move that file",
        "{path} はすでにサイトにあり、下書きではありません。何も変更していません。"
        "番号か日付を変えるか、そのファイルを移してください",
    ),
    "file-too-long": (
        "{path} has more than {most} lines; nothing was changed. Take out what is no draft of an "
        "episode, and draft again",
        "{path} は{most}行を超えています。何も変更していません。"
        "原稿でないものを外してからもう一度どうぞ",
    ),
    "file-gone": (
        "{path} is no longer in the site: people removed it; nothing was changed. "
        "/draft recreate:yes makes it again with all that was in it, or /episode close",
        "サイトに {path} がありません (削除されました)。何も変更していません。"
        "元の内容ごと作り直すなら /draft recreate:yes、終わりにするなら /episode close をどうぞ",
    ),
    "history-gone": (
        "What we committed last is not in the history of {path} on {branch} any more (a force-push?); "
        "nothing was changed. Look at the file, then /draft recreate:yes goes on with it as it is",
        "{branch} の {path} の履歴に、前回のコミットの内容がありません (force-push など)。"
        "何も変更していません。ファイルを確かめてから /draft recreate:yes で続けられます",
    ),
    "too-busy": (
        "The file kept changing while it was merged ({tries} times); nothing was lost. "
        "Try again in a minute",
        "まとめている間にファイルが変わり続けました ({tries} 回)。何も失われていません。"
        "少し待ってからもう一度どうぞ",
    ),
    "drafted-changes": ("Since the last draft: {changes}", "前回の原稿から: {changes}"),
    "drafted-review": ("Pull request: {review}", "プルリクエスト: {review}"),
    "kept": ("Kept what {people} changed in the file: {things}",
             "ファイルでの {people} さんの変更を残しました: {things}"),
    "kept-unnamed": ("Kept what was changed in the file: {things}",
                     "ファイルでの変更を残しました: {things}"),
    "kept-links-one": ("1 link", "リンク 1 件"),
    "kept-links-many": ("{count} links", "リンク {count} 件"),
    "kept-topics-one": ("1 topic", "話題 1 件"),
    "kept-topics-many": ("{count} topics", "話題 {count} 件"),
    "kept-fields-one": ("1 field", "項目 1 件"),
    "kept-fields-many": ("{count} fields", "項目 {count} 件"),
    "disagreed-one": (
        "1 thing was changed here and in the file; the file's stands until you choose "
        "(/choose NUMBER chat, or file):",
        "1 件がチャットとファイルの両方で変わりました。選ぶまではファイルの側を残します "
        "(/choose 番号 chat か file):",
    ),
    "disagreed-many": (
        "{count} things were changed here and in the file; the file's stand until you choose "
        "(/choose NUMBER chat, or file):",
        "{count} 件がチャットとファイルの両方で変わりました。選ぶまではファイルの側を残します "
        "(/choose 番号 chat か file):",
    ),
    "disagreement": ("{number}. {name} – chat: {chat} – file: {file}",
                     "{number}. {name} – チャット: {chat} – ファイル: {file}"),
    "disagreed-removed": ("(removed)", "(削除)"),
    "choose-chat": ("{number}: take the chat's", "{number}: チャット側にする"),
    "choose-file": ("{number}: keep the file's", "{number}: ファイル側のまま"),
    "chosen-ours": ("'{name}' will be as in the chat from the next draft on.",
                    "「{name}」は次の原稿からチャット側になります。"),
    "chosen-theirs": ("'{name}' stays as it is in the file.",
                      "「{name}」はファイルのままにします。"),
    "no-such-conflict": (
        "No open disagreement is called '{typed}'; /draft names them with their numbers",
        "「{typed}」という食い違いはありません。番号は /draft の返事にあります",
    ),
    "no-such-side": ("'{typed}' is no side; choose chat or file",
                     "「{typed}」は選べません。chat か file を選んでください"),
    "autodraft-on": (
        "The draft commits itself after {quiet} of quiet, at most every ten minutes.",
        "チャットが {quiet} 静かになったら自動で原稿をコミットします (10 分に 1 回まで)。",
    ),
    "autodraft-off": ("The draft is committed by /draft alone.", "原稿は /draft のときだけコミットします。"),
    "no-quiet": (
        "'{typed}' is no quiet time; write 10m, 1h or 2d (a minute to a week), or off",
        "「{typed}」は時間として読めません。10m、1h、2d のように (1分〜7日)、または off と書いてください",
    ),
    "deed-file-link-written": ("changed in the file: '{text}'", "ファイルで変更:「{text}」"),
    "deed-file-link-added": ("added in the file: '{text}'", "ファイルで追加:「{text}」"),
    "deed-file-topic-added": ("topic added in the file: '{topic}'", "ファイルで話題を追加:「{topic}」"),
    "deed-file-topic-renamed": ("topic renamed in the file: '{name}'", "ファイルで話題名を変更:「{name}」"),
    "deed-chosen-chat": ("took the chat's side of a disagreement", "食い違いでチャット側を選択"),
    "deed-chosen-file": ("kept the file's side of a disagreement", "食い違いでファイル側を選択"),
}  # fmt: skip
