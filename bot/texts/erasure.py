"""What went off the record, and where it may be still."""

TEXTS: dict[str, tuple[str, str]] = {
    "done": (
        "Off the record: erased here and taken out of the draft.",
        "オフレコにしました。保存していたものを消し、原稿からも外しました。",
    ),
    "in-file": (
        "Off the record: erased here. The next /draft takes it out of the file.",
        "オフレコにしました。保存した内容は消しました。次の /draft でファイルからも消えます。",
    ),
    "erased": (
        "Off the record: erased here.",
        "オフレコにしました。保存した内容は消しました。",
    ),
    "closed": (
        "Episode {number} is closed: its file keeps it until /episode start {number} and then /draft. Once its page is published, take it out there by hand.",
        "第{number}回は終了しているため、ファイルには残っています。/episode start {number} のあと /draft で消えます。サイトで公開済みなら、手で消してください。",
    ),
    "held": (
        "The site's history still contains it, in these commits and those between them: {commits}",
        "サイトの履歴には残っています。コミット（とその間のもの）: {commits}",
    ),
    "not-all": (
        "The file's history is long: commits older than those that were looked at may contain it, too.",
        "ファイルの履歴が長いため、古いコミットは確認していません。そこにも残っているかもしれません。",
    ),
    "not-asked": (
        "Which commits of the site contain it could not be asked: {why}",
        "サイトのどのコミットに残っているかは確認できませんでした: {why}",
    ),
    "slow": ("the answer took too long", "応答に時間がかかりすぎました"),
    "notes": (
        "What others wrote or put below it stays, as bullets of their own (/link remove takes them out): {notes}",
        "他の人がその下に書いたり置いたりしたものは独立した項目として残っています（/link remove で外せます）: {notes}",
    ),
    "others": (
        "The same address is in what others gave, which stays: {others}",
        "同じ URL が他のメッセージにもあり、そちらは残っています: {others}",
    ),
    "own-words": (
        "Words that people had written in the file on its lines go along with it: take what you want to keep of them from the site's history.",
        "ファイルでその行に書き足された言葉も一緒に消えます。残したいものは、サイトの履歴から取り出してください。",
    ),
    "own-words-went": (
        "Words that people had written on lines that are off the record went along: take what you want to keep of them from the site's history.",
        "オフレコの行に書き足されていた言葉も一緒に消えました。残したいものは、サイトの履歴から取り出してください。",
    ),
    "stays": (
        "The file says it elsewhere, where people wrote it; it stays there, so take it out yourself: {places}",
        "ファイルの別の場所に、人が書いた同じ言葉が残っています。自動では消えないので、手で消してください: {places}",
    ),
    "place": ("line {line} of {path}", "{path}の{line}行目"),
    "may-hold": (
        "Reworded in the file, and maybe the same thing; it stays there, so take it out yourself if it is: {lines}",
        "ファイルで書き換えられていて、同じ内容かもしれません。自動では消えないので、必要なら手で消してください: {lines}",
    ),
}
