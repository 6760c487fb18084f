"""Texts about a site that was looked at: the comments of its profile, and what init tells."""

TEXTS: dict[str, tuple[str, str]] = {
    "head": (
        "How this podcast's site wants its drafts, learned from the {seen} newest episodes in "
        "{folder}. This file and draft.md.j2 belong to the site: change them as you like.",
        "このポッドキャストのサイトの原稿の形。{folder} の新しい{seen}回から読み取りました。"
        "このファイルと draft.md.j2 はサイトのものです。自由に変えてください。",
    ),
    "root": (
        "The site stands in {root}; paths are seen from there.",
        "サイトは {root} にあります。パスはそこから書きます。",
    ),
    "path": (
        "Where a draft goes: {seen} of {of} are called so, the newest {newest}.",
        "原稿の置き場所。{of}回のうち{seen}回がこの形です（最新は {newest}）。",
    ),
    "slug": (
        "Titles without Latin letters give no slug, and none is made up: /episode set slug NAME before "
        "the first draft, which then keeps it; else the file is called episode-NUMBER.",
        "ローマ字のないタイトルからは slug を作らず、読みも推測しません。最初の原稿の前に /episode set slug で"
        "決めてください（ファイル名はその後変わりません）。決めなければ「episode-番号」になります。",
    ),
    "number-key": (
        "The number stands in the front matter, under {key}; the newest is {newest}.",
        "番号は front matter の {key} にあります。最新は {newest} です。",
    ),
    "number-path": (
        "The number stands in the path; the newest is {newest}, the next {next}.",
        "番号はパスにあります。最新は {newest}、次は {next} です。",
    ),
    "own-title-seen": (
        "Links to your own episodes have their titles from the files, without the web, in the form of {seen} of the {of} such links in the newest episodes:",
        "自分の番組の回へのリンクには、ウェブを見ずに、ファイルからタイトルを付けます。最近の回にあるそのようなリンク {of} 件のうち {seen} 件の書き方です。",
    ),
    "own-title": (
        "Links to your own episodes can have their titles from the files, without the web:",
        "自分の番組の回へのリンクは、ウェブを見ずに、ファイルからタイトルを付けられます。",
    ),
    "number-none": (
        "No number was found, neither in the paths nor in the front matter: say it with /episode.",
        "番号はパスにも front matter にも見つかりませんでした。/episode で指定してください。",
    ),
    "season": (
        "It is counted within the season, now {season}; set another with /episode set season.",
        "番号はシーズンごとです（いまは {season}）。変えるには /episode set season を使います。",
    ),
    "draft-mark": (
        "`{mark}` in draft.md.j2 hides a draft until it is published ({why}).",
        "draft.md.j2 の「{mark}」が公開までページを隠します（{why}）。",
    ),
    "draft-none": (
        "A commit would be public at once ({why}): so drafts wait in a pull request.",
        "コミットするとすぐ公開されます（{why}）。そのため原稿は pull request で待ちます。",
    ),
    "headings": (
        "{seen} of {of} have headings; topics are on level {level}.",
        "{of}回のうち{seen}回に見出しがあり、話題は{level}段目です。",
    ),
    "headings-none": (
        "Too few of {of} have headings to tell the level of topics; 3 is valid.",
        "見出しのある回が{of}回のうちに少なく、話題の段がわかりません。3段目にします。",
    ),
    "list": (
        "{seen} of {of} have lists, whose items begin with “{marker}”.",
        "{of}回のうち{seen}回に箇条書きがあり、「{marker}」で始まります。",
    ),
    "link-titles": (
        "{seen} of {of} have each link's text again behind its address, as a title.",
        "{of}回のうち{seen}回に、リンクの文字を URL の後にタイトルとして繰り返した形があります。",
    ),
    "pipes": (
        "{seen} of {of} have bare pipes in lists, which make no table there: they are not escaped.",
        "{of}回のうち{seen}回の箇条書きに | があり、表にはなっていません。そのまま書きます。",
    ),
    "liquid": (
        "{seen} of {of} have Liquid or shortcodes of their own: what hosts type of them is kept.",
        "{of}回のうち{seen}回の本文に Liquid やショートコードがあります。書かれたまま入れます。",
    ),
    "times-none": (
        "No times were found at headings or items.",
        "見出しにも項目にも時刻は見つかりませんでした。",
    ),
    "times-headings": (
        "Times stand at headings, as {shape}.",
        "時刻は見出しに {shape} の形であります。",
    ),
    "times-items": (
        "Times stand at items, as {shape}: type them before a link or words.",
        "時刻は項目に {shape} の形であります。リンクや言葉の前に書いてください。",
    ),
    "front": (
        "Front matter is {format}; {seen} of {of} can be read.",
        "front matter は {format} です。{of}回のうち{seen}回が読めました。",
    ),
    "front-none": (
        "The episodes have no front matter.",
        "どの回にも front matter はありません。",
    ),
    "front-steady": (
        "The same in all: {keys}.",
        "どの回も同じ: {keys}",
    ),
    "front-usual": (
        "Mostly the same, and taken where nothing else is set: {keys}.",
        "たいてい同じで、何も設定しなければこれになる: {keys}",
    ),
    "front-rare": (
        "In too few to be written: {keys}.",
        "少ないので書かないもの: {keys}",
    ),
    "fields": (
        "What else the template asks for: /episode set NAME.",
        "テンプレートがほかに使う項目。/episode set で設定します。",
    ),
    "files": (
        "Each episode has a data file of its own: it is committed with the draft.",
        "どの回にもデータファイルがあります。原稿といっしょにコミットします。",
    ),
    "members": (
        "Who stars, from {key} of the newest episodes; add their `discord` and `slack` ids.",
        "出演者（新しい回の {key} から）。discord や slack の ID を足せます。",
    ),
    # --- what init tells ---------------------------------------------------------------------
    "found": (
        "{count} episodes in {folder}; the newest is {newest} ({path}), the next will be {next}.",
        "{folder} に {count} 回あります。最新は {newest} ({path})、次は {next} です。",
    ),
    "found-unnumbered": (
        "{count} episodes in {folder}; the newest is {path}.",
        "{folder} に {count} 回あります。最新は {path} です。",
    ),
    "others": (
        "Other shows in this repository, taken with --show: {folders}",
        "このリポジトリのほかの番組（--show で選べます）: {folders}",
    ),
    "unknown": (
        "Could not tell what to write for: {keys} (empty in a draft; /episode set fills some).",
        "何を書くかわからなかったもの: {keys}（原稿では空。/episode set で入るものもあります）",
    ),
    "untold-number": (
        "Could not tell: the episode's number.",
        "わからなかったこと: 回の番号",
    ),
    "untold-headings": (
        "Could not tell: the level of headings.",
        "わからなかったこと: 見出しの段",
    ),
    "broken": (
        "{count} of the newest {of} have front matter that cannot be read here: {paths}",
        "新しい {of} 回のうち {count} 回の front matter は読めませんでした: {paths}",
    ),
    "beside": (
        "Beside each episode lies {files}: a draft has none until someone adds it.",
        "どの回にも {files} が添えられています。原稿には付かないので、あとで足してください。",
    ),
    "markup": (
        "The pages are {markup}: a draft's links are written in it, but notes below them and words "
        "beside them are left out, and people's edits are merged paragraph by paragraph.",
        "ページは {markup} です。原稿のリンクはその形で書きますが、リンクの下のメモやまわりの言葉は"
        "入りません。人の編集は段落ごとに取り込みます。",
    ),
    "first": (
        "A first draft would be {path}:",
        "最初の原稿は {path} になります:",
    ),
    "first-further": (
        "With it, in the same commit, {path}:",
        "同じコミットで {path} も作ります:",
    ),
    "no-episodes": (
        "No episodes were found in {folder}. Folders with pages that were looked at: {looked}. Episodes "
        "are three or more pages of Markdown, AsciiDoc or Org in one folder, with a date or number and "
        "something of a podcast: audio, guests, links. Nothing was changed. If one of these folders "
        "has them, name it: rundown init {folder} --show FOLDER",
        "{folder} に番組の回が見つかりませんでした。調べたページのあるフォルダー: {looked}。回と見なすのは、"
        "1つのフォルダーに3つ以上ある Markdown・AsciiDoc・Org のページで、日付か番号があり、音声・ゲスト・"
        "リンクなどポッドキャストらしい内容のものです。何も変えていません。この中に回のフォルダーがあれば、"
        "名前を指定してください: rundown init {folder} --show フォルダー",
    ),
    "shipped": (
        "No episodes were found in {folder}, so this is the plain {kind} profile and knows nothing of "
        "your pages. Folders with pages that were looked at: {looked}. Episodes are three or more pages "
        "of Markdown, AsciiDoc or Org in one folder, with a date or number and something of a "
        "podcast: audio, guests, links. If one of these folders has them, delete .rundown and name it: "
        "rundown init {folder} --show FOLDER. If your podcast is new, check path and draft.md.j2 "
        "before the first /draft.",
        "{folder} に番組の回が見つからなかったため、これはどの {kind} サイトにも使う標準のプロファイルで、ページの"
        "内容は反映していません。調べたページのあるフォルダー: {looked}。回と見なすのは、1つのフォルダーに3つ以上"
        "ある Markdown・AsciiDoc・Org のページで、日付か番号があり、音声・ゲスト・リンクなどポッドキャストらしい"
        "内容のものです。この中に回のフォルダーがあれば、.rundown を削除して名前を指定してください: "
        "rundown init {folder} --show フォルダー。新しい番組なら、最初の /draft の前に path と draft.md.j2 を"
        "確かめてください。",
    ),
    "no-show": (
        "no show called {show} in {folder}; there are: {shows}",
        "{folder} に {show} という番組はありません。あるのは {shows} です",
    ),
}
