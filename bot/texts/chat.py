"""What the local chat says."""

TEXTS: dict[str, tuple[str, str]] = {
    # --- its own commands ---
    "as": ("Write as someone else from now on", "ここから別の人として書きます"),
    "as.name": ("The name to speak under", "名前"),
    "reply": ("Reply to a message", "メッセージに返信します"),
    "reply.message": ("The number of the message, as in [12]", "メッセージの番号（[12] なら 12）"),
    "reply.text": ("What you reply", "返信の文"),
    "edit": ("Change a message", "メッセージを書き直します"),
    "edit.message": ("The number of the message", "メッセージの番号"),
    "edit.text": ("The new text", "新しい文"),
    "delete": ("Delete a message", "メッセージを消します"),
    "delete.message": ("The number of the message", "メッセージの番号"),
    "mark": ("Put 📝, 🚫 or 🔒 on a message", "メッセージに 📝・🚫・🔒 を付けます"),
    "mark.emoji": (
        "📝 keeps talk, 🚫 leaves the message out, 🔒 takes it off the record",
        "📝 は雑談も残す、🚫 は外す、🔒 はオフレコ",
    ),
    "mark.message": (
        "The number of the message; the last one if left out",
        "メッセージの番号（なければ最後のメッセージ）",
    ),
    "unmark": ("Take a mark away again", "付けた印を取ります"),
    "unmark.emoji": ("The mark: 📝, 🚫 or 🔒", "印（📝・🚫・🔒）"),
    "unmark.message": (
        "The number of the message; the last one if left out",
        "メッセージの番号（なければ最後のメッセージ）",
    ),
    "quit": ("Leave; all is kept", "終わります。内容は保存されています"),
    # --- around the room ---
    "welcome": (
        "Write as in any chat: # opens a topic, links go under it. /outline shows the episode, "
        "/draft commits it, /help tells the rest.",
        "いつものチャットのように書いてください。# で話題が始まり、リンクはその下に入ります。"
        "/outline で内容を見て、/draft でコミットします。くわしくは /help。",
    ),
    "how-to-type": (
        "A message of several lines: end a line with \\ to go on in the next (or press Esc, then Enter; several pasted lines are one message). A line that begins with / is a command; put a blank before it if it is not. TAB completes names.",
        "何行ものメッセージは、行の終わりに \\ を書くと次の行に続きます（Esc の後に Enter でも改行できます。何行かを貼り付けると一つのメッセージになります）。/ で始まる行はコマンドです。そうでないときは前に空白を入れてください。TAB で名前を補います。",
    ),
    "earlier": ("({count} earlier messages)", "（これより前に {count} 件）"),
    "cut-short": (
        "The last line of {path} was cut short by a crash and was dropped: one message is missing.",
        "{path} の最後の行が異常終了で途切れていたため、そのメッセージ 1 件を外しました。",
    ),
    "kept": ("✓", "✓"),
    "recurs": ("✓ was in an earlier episode", "✓ 以前の回にありました"),
    "already": ("✓ there already", "✓ もう入っています"),
    "untitled": ("✓ no title yet", "✓ タイトルなし"),
    "secret": ("✗ left out: it holds a secret", "✗ 秘密の文字列があるので入れていません"),
    "erased": ("off the record", "オフレコ"),
    "edited": ("(edited)", "（編集済み）"),
    "marked": ("{emoji} on [{number}]", "[{number}] に {emoji} を付けました"),
    "unmarked": ("{emoji} taken off [{number}]", "[{number}] の {emoji} を取りました"),
    "deleted": ("[{number}] is deleted", "[{number}] を消しました"),
    "at-line": ("line {number}: {text}", "{number} 行目: {text}"),
    # --- what cannot be done ---
    "no-message": (
        "There is no message {number} in the room; each one begins with its number, as in [12].",
        "{number} 番のメッセージはありません。番号は [12] のようにメッセージの初めにあります。",
    ),
    "no-messages": ("There is no message in the room yet.", "まだメッセージがありません。"),
    "no-mark": (
        "{emoji} has no effect. Use {marks}.",
        "{emoji} は使えません。使えるのは {marks} です。",
    ),
    "no-name": (
        "A name needs at least one visible character.",
        "名前には目に見える文字が必要です。",
    ),
    "not-text": (
        "This line is not UTF-8; it was left out.",
        "この行は UTF-8 ではないので、入れませんでした。",
    ),
    "too-long": (
        "A message can hold {most} characters at most; this one was left out.",
        "メッセージは {most} 文字までです。これは入れませんでした。",
    ),
    "room-unread": (
        "{path}, the room's file, cannot be read: {reason}.",
        "チャットの記録 {path} が読めません: {reason}",
    ),
    "room-unwritten": (
        "{path}, the room's file, cannot be written: {reason}; nothing was changed.",
        "チャットの記録 {path} に書き込めません: {reason}。何も変えていません。",
    ),
    "room-broken": (
        "Line {line} of {path} is not a message of a room; move the file away to start a new one.",
        "{path} の {line} 行目がメッセージとして読めません。ファイルを別の場所に移すと、新しく始められます。",
    ),
    "demo-site": (
        "The demo site in {path} cannot be made: {reason}.",
        "デモ用のサイト {path} を作れません: {reason}",
    ),
}
