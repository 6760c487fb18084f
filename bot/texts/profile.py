"""Texts about a site's profile and its templates."""

TEXTS: dict[str, tuple[str, str]] = {
    "too-long": (
        "{file}: longer than {most} characters; make it shorter.",
        "{file}: {most} 文字を超えています。短くしてください。",
    ),
    "syntax": (
        "{file}, line {line}: not valid YAML: {cause}",
        "{file} の {line} 行目: YAML として読めません: {cause}",
    ),
    "alias": (
        "{file}, line {line}: anchors and aliases (& and *) are not allowed; write the value out.",
        "{file} の {line} 行目: アンカー（&）とエイリアス（*）は使えません。値を書いてください。",
    ),
    "deep": (
        "{file}, line {line}: nested more than {most} levels deep; make it flatter.",
        "{file} の {line} 行目: 入れ子が {most} 段を超えています。浅くしてください。",
    ),
    "tag": (
        "{file}, line {line}: the tag {tag} is not allowed; write a plain value.",
        "{file} の {line} 行目: タグ {tag} は使えません。ふつうの値を書いてください。",
    ),
    "duplicate": (
        "{file}, line {line}: {key} is there twice; keep one.",
        "{file} の {line} 行目: {key} が二重にあります。どちらかを消してください。",
    ),
    "unknown": (
        "{file}, line {line}: no such key: {key}; known are {known}",
        "{file} の {line} 行目: {key} という項目はありません。使えるのは {known} です。",
    ),
    "unknown-near": (
        "{file}, line {line}: no such key: {key}; did you mean {near}?",
        "{file} の {line} 行目: {key} という項目はありません。{near} のことですか？",
    ),
    "missing": (
        "{file}, line {line}: {key} is missing; add it.",
        "{file} の {line} 行目: {key} がありません。書き足してください。",
    ),
    "not-mapping": (
        "{file}, line {line}: {key} must be a mapping (key: value).",
        "{file} の {line} 行目: {key} は「キー: 値」の形で書いてください。",
    ),
    "not-list": (
        "{file}, line {line}: {key} must be a list.",
        "{file} の {line} 行目: {key} はリストで書いてください。",
    ),
    "not-text": (
        "{file}, line {line}: {key} must be text.",
        "{file} の {line} 行目: {key} は文字列で書いてください。",
    ),
    "not-bool": (
        "{file}, line {line}: {key} must be true or false.",
        "{file} の {line} 行目: {key} は true か false で書いてください。",
    ),
    "too-many": (
        "{file}, line {line}: {key} has more than {most} entries; take some out.",
        "{file} の {line} 行目: {key} は {most} 個までです。減らしてください。",
    ),
    "too-long-value": (
        "{file}, line {line}: {key} is longer than {most} characters; make it shorter.",
        "{file} の {line} 行目: {key} は {most} 文字までです。短くしてください。",
    ),
    "choice": (
        "{file}, line {line}: {key} is {value}; it must be one of {known}",
        "{file} の {line} 行目: {key} が {value} になっています。{known} のどれかにしてください。",
    ),
    "timezone": (
        "{file}, line {line}: no such time zone: {value}; write one like Asia/Tokyo.",
        "{file} の {line} 行目: {value} というタイムゾーンはありません。例: Asia/Tokyo",
    ),
    "language": (
        "{file}, line {line}: {value} is not a language; write one like ja or en-GB",
        "{file} の {line} 行目: {value} は言語ではありません。ja や en-GB のように書いてください。",
    ),
    "headings": (
        "{file}, line {line}: heading levels go from 1 to 6, subtopic deeper than topic.",
        "{file} の {line} 行目: 見出しの段は 1 から 6 で、subtopic は topic より深くしてください。",
    ),
    "address": (
        "{file}, line {line}: {key} must be an http(s) address.",
        "{file} の {line} 行目: {key} は http(s) の URL にしてください。",
    ),
    "duration": (
        "{file}, line {line}: {key} is {value}; write a duration like 10m or 2h, or off.",
        "{file} の {line} 行目: {key} の {value} は、10m や 2h のような時間か off にしてください。",
    ),
    "member-twice": (
        "{file}, line {line}: two members share {value}; make them differ.",
        "{file} の {line} 行目: {value} が二人のメンバーにあります。別々にしてください。",
    ),
    "regex": (
        "{file}, line {line}: {key} is not a valid regular expression: {cause}",
        "{file} の {line} 行目: {key} は正しい正規表現ではありません: {cause}",
    ),
    "marker": (
        "{file}, line {line}: {key}: “{value}” begins no item; write one of '- ', '* ', '+ ', '1. '",
        "{file} の {line} 行目: {key}: 「{value}」は箇条書きの記号ではありません。「- 」「* 」「+ 」「1. 」のどれかにしてください。",
    ),
    "indent": (
        "{file}, line {line}: {key}: “{value}” columns do not nest an item; write {least} to 8",
        "{file} の {line} 行目: {key}: 「{value}」では箇条書きの入れ子になりません。{least}から8までの数にしてください。",
    ),
    "field-name": (
        "{file}, line {line}: “{key}” cannot be a field's name; use small letters, digits and _",
        "{file} の {line} 行目: 「{key}」は項目の名前にできません。英小文字・数字・_ を使ってください。",
    ),
    "regex-group": (
        "{file}, line {line}: {key} needs a group ( ) around the number.",
        "{file} の {line} 行目: {key} には番号を囲むグループ ( )が要ります。",
    ),
    "replace": (
        "{file}, line {line}: {key} uses a group that match does not have: {cause}",
        "{file} の {line} 行目: {key} が match にないグループを指しています: {cause}",
    ),
    "regex-slow": (
        "{file}, line {line}: the regular expression {key} takes too long; make it simpler.",
        "{file} の {line} 行目: 正規表現 {key} に時間がかかりすぎます。もっと簡単にしてください。",
    ),
    "template": (
        "{file}, line {line}: the template fails: {cause}",
        "{file} の {line} 行目: テンプレートでエラーが起きました: {cause}",
    ),
    "template-reaches-out": (
        "{file}, line {line}: the template uses something that is not allowed: {cause}",
        "{file} の {line} 行目: テンプレートが許されていないものを使っています: {cause}",
    ),
    "template-slow": (
        "{file}, line {line}: the template takes longer than {most} seconds; look for a loop.",
        "{file} の {line} 行目: テンプレートに {most} 秒以上かかります。ループはありませんか？",
    ),
    "template-big": (
        "{file}, line {line}: the template gives more than {most} characters; look for a loop.",
        "{file} の {line} 行目: テンプレートの結果が {most} 文字を超えます。ループはありませんか？",
    ),
    "template-memory": (
        "{file}, line {line}: the template needs too much memory; make it simpler.",
        "{file} の {line} 行目: テンプレートがメモリを使いすぎます。もっと簡単にしてください。",
    ),
    "template-died": (
        "{file}, line {line}: the template crashed its process; make it simpler.",
        "{file} の {line} 行目: テンプレートの処理が途中で落ちました。もっと簡単にしてください。",
    ),
    "repository": (
        "{file}, line {line}: “{value}” is not a repository; `repository` of a file is one such as owner/name.",
        "{file} の {line} 行目: 「{value}」はリポジトリの名前ではありません。`files` の `repository` は owner/name のように書きます。",
    ),
    "root": (
        "{file}, line {line}: “{value}” is not a folder of the repository; `root` is one such as docs or site/src.",
        "{file} の {line} 行目: 「{value}」はリポジトリのフォルダーではありません。`root` は docs や site/src のように書きます。",
    ),
    "times": (
        "{file}, line {line}: “{value}” does not say where times stand; `times` needs {{time}} and {{title}}, each once.",
        "{file} の {line} 行目: 「{value}」では時間の位置が決まりません。`times` には {{time}} と {{title}} が 1 つずつ必要です。",
    ),
    "limit": (
        "{file}, line {line}: “{value}” is not a limit for {key}; write a whole number of characters, up to {most}, or 0 for none.",
        "{file} の {line} 行目: 「{value}」は {key} の上限にできません。{most} までの整数（文字数）か、上限なしの 0 を書いてください。",
    ),
}
