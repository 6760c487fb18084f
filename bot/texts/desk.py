"""What the desk says: answers to commands, and why one could not be done."""

TEXTS: dict[str, tuple[str, str]] = {
    # episodes
    "headline": ("Episode {number}: {title} · {date}", "第{number}回「{title}」 · {date}"),
    "headline-untitled": ("Episode {number} · {date}", "第{number}回 · {date}"),
    "headline-none": (
        "No episode yet. The first link or topic starts one.",
        "まだ回がありません。最初のリンクか話題で始まります。",
    ),
    "started": ("Episode {number} is open.", "第{number}回を始めました。"),
    "started-own": (
        "Episode {number} is open, for this channel only.",
        "第{number}回を、このチャンネル専用で始めました。",
    ),
    "reopened": ("Episode {number} is open again.", "第{number}回を再開しました。"),
    "closed": (
        "Episode {number} is closed. The next link or topic starts a new one.",
        "第{number}回を終了しました。次のリンクか話題から新しい回が始まります。",
    ),
    "closed-other-open": (
        "Episode {number} is closed. Episode {other} is still open and takes the next link or topic. "
        "To end it, too: /episode close.",
        "第{number}回を終了しました。次のリンクや話題は、進行中の第{other}回に入ります。"
        "そちらも終了するには /episode close。",
    ),
    "channel-has-its-own": (
        "This channel has its own open episode, {number}. Close it first with /episode close.",
        "このチャンネルでは専用の第{number}回が進行中です。先に /episode close で終了してください。",
    ),
    "nothing-open": ("No episode is open.", "進行中の回はありません。"),
    "is-open": (
        "Episode {number} is open here already.",
        "第{number}回はすでに進行中です。",
    ),
    "number-taken": (
        "Another open episode has the number {number}. Choose another number, or close that one first.",
        "番号 {number} は進行中の別の回が使っています。別の番号にするか、その回を先に終了してください。",
    ),
    "number-in-site": ("The site has episode {number} already ({path}). Choose another number, or move "
"that file.", "第{number}回はすでにサイトにあります（{path}）。別の番号にするか、そのファイルを移"
"してください。",),
    "another-is-open": (
        "Episode {other} is open here. Close it with /episode close before you open {number} again.",
        "第{other}回が進行中です。第{number}回を再開する前に /episode close で終了してください。",
    ),
    "field-unknown": (
        "“{field}” is nowhere in the site's template, so nothing would show it. Use {fields}.",
        "「{field}」はサイトのテンプレートになく、どこにも表示されません。使えるのは {fields} です。",
    ),
    "state-open": ("open", "進行中"),
    "state-open-here": ("open; this channel's", "進行中（このチャンネルの回）"),
    "state-closed": ("closed", "終了"),
    # fields
    "field-number": ("number", "番号"),
    "field-title": ("title", "タイトル"),
    "field-date": ("date", "日付"),
    "field-starring": ("starring", "出演"),
    "field-summary": ("summary", "概要"),
    "field-tags": ("tags", "タグ"),
    "field-audio": ("audio address", "音声の URL"),
    "field-set": ("{field}: {value}", "{field}: {value}"),
    "field-not-shown": (
        "The site's template does not show {field}.",
        "サイトのテンプレートには{field}がなく、表示されません。",
    ),
    "field-taken-away": ("Cleared {field}.", "{field}を空にしました。"),
    "no-such-field": (
        "“{field}” cannot be a field name. Use number, title, date, starring, summary, tags, or a word in a–z.",
        "「{field}」は項目名に使えません。番号、タイトル、日付、出演、概要、タグ か、英小文字の名前にしてください。",
    ),
    "field-too-long": (
        "{field} may have {most} characters at most; nothing was changed.",
        "{field}は {most} 文字までです。変更していません。",
    ),
    "number-needed": (
        "An episode needs its number: it is part of the draft's name. Write digits, such as 57",
        "番号は空にできません（原稿のファイル名に使います）。57 のように数字で書いてください。",
    ),
    "no-count": (
        "“{value}” is not a number, which {field} holds. Write digits, such as 57.",
        "「{value}」は数ではありません。{field} には 57 のように数字で書いてください。",
    ),
    "no-truth": (
        "“{value}” is neither yes nor no, which {field} holds. Write yes or no.",
        "「{value}」は「はい」でも「いいえ」でもありません。{field} にはどちらかを書いてください。",
    ),
    "no-number": (
        "“{value}” is not an episode number. Write digits, such as 57 or 50.5.",
        "「{value}」は番号として読み取れません。57 や 50.5 のように書いてください。",
    ),
    "no-date": (
        "“{value}” is not a date. Write it as 2026-11-22.",
        "「{value}」は日付として読み取れません。2026-11-22 のように書いてください。",
    ),
    # topics
    "topic-added": (
        "Added the topic “{topic}”. Messages from here on go under it.",
        "話題「{topic}」を追加しました。このあとのメッセージはこの下に入ります。",
    ),
    "topic-renamed": (
        "Renamed “{topic}” to “{name}”.",
        "話題「{topic}」の名前を「{name}」に変更しました。",
    ),
    "topic-moved": ("Moved “{topic}”.", "話題「{topic}」を移動しました。"),
    "topic-merged": ("Merged “{topic}” into “{into}”.", "「{topic}」を「{into}」にまとめました。"),
    "topic-merged-without": (
        "A sub-topic has no sub-topics, so these headings are gone, and what stood below them is there: {names}",
        "小見出しの下に小見出しは作れないため、次の見出しはなくなり、その中身は移りました: {names}",
    ),
    "topic-removed": (
        "Removed the topic “{topic}”. Its links are now under the topic above.",
        "話題「{topic}」を外しました。リンクは 1 つ上の話題に移動しました。",
    ),
    "topic-exists": (
        "There is already a topic “{topic}”. To put “{renamed}” into it, use /topic merge.",
        "話題「{topic}」はすでにあります。「{renamed}」をまとめるには /topic merge を使ってください。",
    ),
    "same-topic": (
        "“{topic}” cannot be merged into itself. Choose another topic.",
        "「{topic}」をそれ自身にまとめることはできません。別の話題を選んでください。",
    ),
    "own-subtopic": (
        "“{topic}” cannot be merged into its own sub-topic “{into}”. Choose another topic.",
        "「{topic}」をその小見出し「{into}」にまとめることはできません。別の話題を選んでください。",
    ),
    "no-topic": ("(before the first topic)", "（最初の話題の前）"),
    "topic-empty": ("empty", "空"),
    "no-such-topic": (
        "No topic matches “{typed}”. See /outline.",
        "「{typed}」に当てはまる話題がありません。/outline で確認できます。",
    ),
    # links
    "link-moved": ("Moved “{link}” to “{topic}”.", "「{link}」を「{topic}」に移動しました。"),
    "link-retitled": (
        "Changed the title of “{link}” to “{title}”.",
        "「{link}」のタイトルを「{title}」に変更しました。",
    ),
    "link-noted": ("Added a note under “{link}”.", "「{link}」にメモを追加しました。"),
    "link-removed": (
        "Removed “{link}”. /undo or /link restore brings it back.",
        "「{link}」を外しました。/undo か /link restore で戻せます。",
    ),
    "below-stays": (
        "What people put below it in the file stays, by itself: {links}",
        "ファイルでその下に置かれたものは、独立した項目として残ります: {links}",
    ),
    "below-goes-along": (
        "What people put below it in the file goes along: {links}",
        "ファイルでその下に置かれたものも一緒に移ります: {links}",
    ),
    "link-restored": ("Brought back “{link}”.", "「{link}」を戻しました。"),
    "no-such-link": (
        "No link matches “{typed}”. See /outline for the numbers.",
        "「{typed}」に当てはまるリンクがありません。番号は /outline で確認できます。",
    ),
    "no-such-removed": (
        "No removed link matches “{typed}”.",
        "外したリンクに「{typed}」に当てはまるものがありません。",
    ),
    "stands-in-another": (
        "“{link}” is there: people put it into “{other}” in the file. To have it on a line of its own, edit the file.",
        "「{link}」はファイルで「{other}」に含まれています。別の行に分けるには、ファイルを編集してください。",
    ),
    "noted-behind": (
        "Added the note as a bullet behind “{link}”, which is not a bullet itself.",
        "「{link}」は箇条書きではないため、メモをその後ろに箇条書きで追加しました。",
    ),
    "has-no-link": (
        "“{link}” has no link, so it has no title to change.",
        "「{link}」にはリンクがないため、タイトルを変更できません。",
    ),
    "not-clear": (
        "“{typed}” matches several: {found}. Give a number, or more of the name.",
        "「{typed}」に当てはまるものが複数あります: {found}。番号か、もう少し長い名前で指定してください。",
    ),
    "nothing-given": (
        "The text is empty. Nothing was changed.",
        "内容が空です。何も変更していません。",
    ),
    # undo
    "undone": (
        "Undone: {deed}. To redo it: /redo.",
        "取り消しました: {deed}。/redo でやり直せます。",
    ),
    "redone": ("Done again: {deed}.", "やり直しました: {deed}。"),
    "nothing-to-undo": (
        "You have no change to undo. To undo someone else's, give its number in /history: /undo 3",
        "取り消せる自分の変更はありません。ほかの人の変更は /undo 3 のように、/history の番号で取り消せます。",
    ),
    "nothing-to-redo": ("You have nothing to redo.", "やり直せる変更はありません。"),
    "no-such-deed": (
        "No change matches “{typed}”. /history shows the numbers.",
        "「{typed}」に当てはまる変更がありません。番号は /history で確認できます。",
    ),
    "audio-bytes": ("The audio has {size} bytes.", "音声は {size} バイトです。"),
    "audio-unknown": (
        "The audio's server does not say how many bytes it has. Set it: /episode set audio_bytes …",
        "音声のバイト数がわかりません。設定するには /episode set audio_bytes …",
    ),
    "audio-duration": ("The audio is {duration} long.", "音声の長さは {duration} です。"),
    # outline
    "outline-empty": (
        "Nothing here yet. Type “# Topic”, or paste a link.",
        "まだ何もありません。「# 話題」と書くか、リンクを貼ってください。",
    ),
    "no-title": ("no title", "タイトルなし"),
    "no-title-because": ("no title: {reason}", "タイトルなし: {reason}"),
    "refreshed": ("New title for {link}: {title}", "{link} のタイトルを取得しました: {title}"),
    "refreshed-none": (
        "No title found for {link}: {reason}. Set one with /link retitle.",
        "{link} のタイトルを取得できませんでした（{reason}）。/link retitle で入力できます。",
    ),
    "titled-by-host": (
        "“{link}” keeps the title that a host gave it. Change it with /link retitle.",
        "「{link}」のタイトルはホストが付けたものです。変更は /link retitle でできます。",
    ),
    # messages
    "wide-address": (
        "An address in full-width letters is no link. To have it in the draft as one, type it in half-width letters.",
        "全角文字の URL はリンクになりません。リンクとして原稿に入れるには、半角で入力してください。",
    ),
    "secret-left-out": (
        "Left out and not stored: a link to {hosts} that carries a key or password.",
        "{hosts} へのリンクは、鍵やパスワードを含むため、原稿に入れず、保存もしていません。",
    ),
    "mark-of-another": (
        "Someone else's {emoji} is still on this message.",
        "このメッセージには、ほかの人の {emoji} がまだ付いています。",
    ),
    "cannot-read-again": (
        "This message could not be read again. To get it into the draft, post it again.",
        "このメッセージを読み直せませんでした。原稿に入れるには、もう一度送信してください。",
    ),
    "too-many-kept": (
        "The export has more than {most} messages with links or notes. Export a shorter time (--after, --before), then try again.",
        "エクスポートに、リンクやメモのあるメッセージが {most} 件を超えて含まれています。期間を短くして（--after、--before）、もう一度お試しください。",
    ),
    "kept-unwritten": (
        "Episode {number} was closed long ago, and what was said for it last is in no file, so it is kept. "
        "To write it: /episode start {number}, then /draft.",
        "第{number}回は終了から長い時間がたっていますが、最後の内容がファイルにないため残しています。"
        "書き込むには /episode start {number} のあと /draft を使ってください。",
    ),
    # the draft
    "drafted": ("{headline}: {topics}, {links}. Commit {commit}: {path}",
                "{headline}: {topics}、{links}。コミット {commit}: {path}"),
    "nothing-to-draft": (
        "There is nothing to draft yet. Type “# Topic”, or paste a link.",
        "原稿にするものがまだありません。「# 話題」と書くか、リンクを貼ってください。",
    ),
    "published": (
        "Episode {number} has been published, so it was closed. The next link or topic starts a new one. To reopen: /episode start {number}.",
        "第{number}回はサイトで公開されたため、終了しました。次のリンクか話題から新しい回が始まります。再開するには /episode start {number}。",
    ),
    "published-page": (
        "Episode {number} is published in the site, and nothing is committed into a published page; make its file a draft again first.",
        "第{number}回はサイトで公開されています。公開されたページにはコミットしません。先にファイルを下書きに戻してください。",
    ),
    "draft-again": (
        "Episode {number} is a draft in the site again, and open.",
        "第{number}回がサイトで下書きに戻ったため、もう一度開きました。",
    ),
    "draft-again-waits": (
        "Episode {number} is a draft in the site again, but episode {other} is open; /episode close that, then /episode start {number}.",
        "第{number}回がサイトで下書きに戻りましたが、第{other}回が開いています。/episode close で閉じてから /episode start {number} を使ってください。",
    ),
    "drafted-nothing-new": (
        "{headline}: no changes since the last draft ({path}).",
        "{headline}: 前回の原稿から変更はありません（{path}）。",
    ),
    "topics-one": ("1 topic", "話題 1 件"),
    "topics-many": ("{count} topics", "話題 {count} 件"),
    "links-one": ("1 link", "リンク 1 件"),
    "links-many": ("{count} links", "リンク {count} 件"),
    "left-out-words-one": (
        "1 note or line of text is not in the draft: the site’s template has no place for it.",
        "サイトのテンプレートに場所がないため、メモや文章 1 件は原稿に入っていません。",
    ),
    "left-out-words-many": (
        "{count} notes or lines of text are not in the draft: the site’s template has no place.",
        "サイトのテンプレートに場所がないため、メモや文章 {count} 件は原稿に入っていません。",
    ),
    "left-out-links-one": (
        "1 link is not in the draft: the site’s template has no place for it.",
        "サイトのテンプレートに場所がないため、リンク 1 件は原稿に入っていません。",
    ),
    "left-out-links-many": (
        "{count} links are not in the draft: the site’s template has no place for them.",
        "サイトのテンプレートに場所がないため、リンク {count} 件は原稿に入っていません。",
    ),
    "waits-one": ("1 link has no title: {links}", "タイトルのないリンク 1 件: {links}"),
    "waits-many": (
        "{count} links have no title: {links}",
        "タイトルのないリンク {count} 件: {links}",
    ),
    "empty-topics": ("Empty topics: {topics}", "空の話題: {topics}"),
    "file-not-text": (
        "{path} in the site is not UTF-8 (byte {place}). Save it as UTF-8, then draft again.",
        "サイトの {path} は UTF-8 ではありません（{place} バイト目）。UTF-8 で保存してから、もう一度お試しください。",
    ),
    "file-is-not-ours": (
        "{path} already exists and is not a draft. Nothing was changed. Set another number or date, or move that file.",
        "{path} はすでにあり、下書きではありません。何も変更していません。番号か日付を変えるか、そのファイルを移動してください。",
    ),
    "file-of-another": (
        "{path} is still the draft of episode {other}. Nothing was changed. Draft that episode again, so that its file follows its number; or set another number here.",
        "{path} はまだ第{other}回の原稿です。何も変更していません。その回をもう一度 /draft するとファイルが番号に合わせて移動します。または、こちらの番号を変えてください。",
    ),
    "file-too-long": (
        "{path} has more than {most} lines. Nothing was changed. Shorten it, then draft again.",
        "{path} が {most} 行を超えています。何も変更していません。短くしてから、もう一度お試しください。",
    ),
    "file-gone": (
        "{path} was deleted from the site. Nothing was changed. If it was moved, commit that first. To write it again: /draft recreate:yes. To end the episode: /episode close.",
        "{path} はサイトから削除されています。何も変更していません。移動したのなら、先にコミットしてください。書き直すには /draft recreate:yes、回を終了するには /episode close。",
    ),
    "history-gone": (
        "Our last commit of {path} is no longer on {branch} (force-push?). Nothing was changed. Check the file; /draft recreate:yes goes on from it as it is.",
        "{branch} に {path} の前回のコミットがありません（force-push など）。何も変更していません。ファイルを確認し、そのまま続けるなら /draft recreate:yes。",
    ),
    "draft-slow": (
        "The draft is not committed yet: the site's repository is slow, or asks to wait. It goes on by itself; the answer follows when it is done.",
        "原稿はまだコミットされていません。リポジトリの応答が遅いか、待つように求められているためです。このまま続け、終わりしだい結果をお知らせします。",
    ),
    "too-busy": (
        "The file kept changing during the merge ({tries} times). Nothing was lost. Try again in a minute.",
        "マージ中にファイルが変わり続けました（{tries} 回）。何も失われていません。1 分ほどしてから、もう一度お試しください。",
    ),
    "drafted-changes": ("Since the last draft: {changes}", "前回の原稿から: {changes}"),
    "drafted-review": ("Pull request: {review}", "プルリクエスト: {review}"),
    "review-unopened": (
        "Its pull request could not be opened: {why} It is tried again with the next draft and when the bot starts; or open it here: {review}",
        "プルリクエストを開けませんでした: {why} 次に原稿を作るときとボットの起動時に、もう一度試します。ここからも開けます: {review}",
    ),
    "review-opened": (
        "Episode {number}: its pull request is open now: {review}",
        "第{number}回: プルリクエストを開きました: {review}",
    ),
    "kept": ("Kept edits by {people}: {things}", "{people} さんの編集を残しました: {things}"),
    "kept-unnamed": ("Kept edits in the file: {things}", "ファイルでの編集を残しました: {things}"),
    "kept-links-one": ("1 link or line", "リンクや行 1 件"),
    "kept-links-many": ("{count} links or lines", "リンクや行 {count} 件"),
    "kept-topics-one": ("1 topic", "話題 1 件"),
    "kept-topics-many": ("{count} topics", "話題 {count} 件"),
    "kept-fields-one": ("1 field", "項目 1 件"),
    "kept-fields-many": ("{count} fields", "項目 {count} 件"),
    "unshown-one": (
        "Said since the last draft of something that was taken out, so it is not in the file (/link restore brings that back): {words}",
        "前回の原稿以降の発言のうち、項目が外されているためファイルに入らないもの（/link restore で項目を戻せます）: {words}",
    ),
    "unshown-many": (
        "{count} things were said since the last draft of what was taken out, so they are not in the file (/link restore brings that back): {words}",
        "前回の原稿以降の発言のうち、項目が外されているためファイルに入らないもの {count} 件（/link restore で項目を戻せます）: {words}",
    ),
    "unshown-inside": (
        "Said since the last draft of what people put into another line of the file, so it is not in the file (add it there by hand): {words}",
        "前回の原稿以降の発言のうち、項目がファイルで別の行に含まれているためファイルに入らないもの（ファイルに書き足してください）: {words}",
    ),
    "already-in-file": (
        "Said since the last draft and not put in again, because people have the link in another line of the file: {spots}",
        "前回の原稿以降の発言のうち、リンクがファイルの別の行にあるため入れなかったもの: {spots}",
    ),
    "unshown-headings": (
        "Renamed since the last draft, but the heading was taken out, so it is not in the file (/history has a number for that; /undo with it brings the heading back): {names}",
        "前回の原稿以降に見出しの名前が変わりましたが、見出しが外されているためファイルに入りません（/history の番号を付けて /undo すると見出しが戻ります）: {names}",
    ),
    "left-in-file": (
        "Removed here, but it stays in the file where people put it. To remove it there, too, edit the file: {spots}",
        "チャットでは外れましたが、ファイルの移動先に残っています。消すにはファイルを編集してください: {spots}",
    ),
    "moved-in-both": (
        "Moved both here and in the file; it stands where the file has it: {names}",
        "チャットとファイルの両方で移動されました。ファイルでの場所のままです: {names}",
    ),
    "left-at-line": ("{words} (line {line})", "{words}（{line} 行目）"),
    "disagreed-one": (
        "1 thing was changed both here and in the file. The file's version stays until you choose (/choose NUMBER chat or file):",
        "チャットとファイルの両方で 1 件が変更されました。選ぶまではファイル側のままです（/choose 番号 chat または file）:",
    ),
    "disagreed-many": (
        "{count} things were changed both here and in the file. The file's version stays until you choose (/choose NUMBER chat or file):",
        "チャットとファイルの両方で {count} 件が変更されました。選ぶまではファイル側のままです（/choose 番号 chat または file）:",
    ),
    "conflict": ("{number}. {name} – chat: {chat} – file: {file}",
                     "{number}. {name} – チャット: {chat} – ファイル: {file}"),
    "disagreed-removed": ("(removed)", "（削除）"),
    "choose-chat": ("{number}: use the chat's", "{number}: チャット側を使う"),
    "choose-file": ("{number}: keep the file's", "{number}: ファイル側のまま"),
    "chosen-ours": (
        "“{name}”: the next draft uses the chat's version.",
        "「{name}」は次の原稿からチャット側の内容になります。",
    ),
    "chosen-theirs": ("“{name}”: the file's version stays.", "「{name}」はファイル側のままです。"),
    "no-such-conflict": (
        "There is no open conflict “{typed}”. The answer to /draft shows the numbers.",
        "「{typed}」という未解決の食い違いはありません。番号は /draft の返事にあります。",
    ),
    "answered-chat": (
        "“{name}” was answered already: {person} chose the chat's version. To take that back: /undo and its number in /history.",
        "「{name}」はすでに {person} さんがチャット側を選んでいます。取り消すには、/history の番号を付けて /undo と送信してください。",
    ),
    "answered-file": (
        "“{name}” was answered already: {person} kept the file's version. To take that back: /undo and its number in /history.",
        "「{name}」はすでに {person} さんがファイル側を選んでいます。取り消すには、/history の番号を付けて /undo と送信してください。",
    ),
    "conflict-over": (
        "That question is not open any more. The answer to /draft shows those that are.",
        "この食い違いは、すでに解決しているか、なくなっています。未解決のものは /draft の返事にあります。",
    ),
    "no-such-side": (
        "“{typed}” is not a choice. Write chat or file.",
        "「{typed}」は選べません。chat か file を選んでください。",
    ),
    "autodraft-on": (
        "The draft is committed after {quiet} of quiet, at most every ten minutes.",
        "最後のメッセージから {quiet}後に自動でコミットします（多くても 10 分に 1 回）。",
    ),
    "autodraft-off": (
        "Automatic drafts are off. Use /draft.",
        "自動コミットはオフです。/draft でコミットします。",
    ),
    "no-quiet": (
        "“{typed}” is not a time. Write 10m, 1h or 2d (1 minute to 7 days), or off.",
        "「{typed}」は時間として読み取れません。10分、1時間、2日 のように（1 分～7 日）、または「オフ」と書いてください。",
    ),
}  # fmt: skip
