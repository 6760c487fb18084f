"""What the bot may do in a channel, by the words that Discord's own settings show."""

TEXTS: dict[str, tuple[str, str]] = {
    "view-channel": ("View Channel", "チャンネルを見る"),
    "send-messages": ("Send Messages", "メッセージを送信"),
    "send-messages-in-threads": ("Send Messages in Threads", "スレッドでメッセージを送信"),
    "embed-links": ("Embed Links", "埋め込みリンク"),
    "attach-files": ("Attach Files", "ファイルを添付"),
    "read-message-history": ("Read Message History", "メッセージ履歴を読む"),
    "add-reactions": ("Add Reactions", "リアクションの追加"),
}
