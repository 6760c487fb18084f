"""What is wrong with a draft's file, its template or its path, and what a person can do."""

TEXTS: dict[str, tuple[str, str]] = {
    "file-emptied": (
        "{path} in the site is empty; nothing was changed. Put its text back there, or /draft recreate:yes writes what was in it",
        "サイトの {path} が空になっています。何も変更していません。元の内容で書き直すなら /draft recreate:yes を使ってください",
    ),
    "file-cut": (
        "{path} in the site ends in the middle of what was committed; nothing was changed. Put the rest back there, or /draft recreate:yes writes all that was in it",
        "サイトの {path} が途中で切れています。何も変更していません。元の内容で書き直すなら /draft recreate:yes を使ってください",
    ),
    "file-headless": (
        "{path} in the site does not begin with its front matter any more; nothing was changed. Put it back there, or /draft recreate:yes does",
        "サイトの {path} の先頭に front matter がありません。何も変更していません。元に戻すなら /draft recreate:yes を使ってください",
    ),
    "file-unresolved": (
        "{path} has git’s marks of a merge that is not done (<<<<<<<, =======, >>>>>>>), from line {line} on; nothing was changed. Choose what stays there, take the marks out, then draft again. If these lines are meant, /draft recreate:yes keeps them.",
        "{path} の {line} 行目から、解決していないマージの競合（<<<<<<<、=======、>>>>>>>）があります。何も変更していません。残すほうを選んで印の行を消してから、もう一度 /draft してください。この行が意図したものなら /draft recreate:yes でそのまま残ります。",
    ),
    "file-waits": (
        "The file stays at {path}: there is another one at {taken}. Move or delete that one, and the next draft moves the file there.",
        "原稿は {path} のままです。{taken} には別のファイルがあります。そのファイルを移動するか削除すると、次の /draft で原稿がそこへ移ります。",
    ),
    "draft-unclear": (
        "{path} does not say clearly whether it is a draft: Jekyll reads `published` alone, Hugo took `draft: yes` for a draft up to 0.151 and publishes it from 0.152 on, and not all of them heed a tag (`!!str false`). Nothing was changed; write `published: false` (Jekyll) or `draft: true` (others), or take the line away.",
        "{path} が下書きかどうか判断できません。Jekyll が読むのは `published` だけで、`draft: yes` は Hugo 0.151 までは下書き、0.152 からは公開です。タグ（`!!str false`）の扱いも一定ではありません。何も変更していません。`published: false` (Jekyll) か `draft: true`（ほか）と書くか、その行を消してください。",
    ),
    "template-body": (
        "{file} changes the body in a way that cannot be followed, so what people write in the file "
        "would be lost. Nothing was committed. Print {{{{ body }}}} there as it is, or by filters that "
        "keep its lines, such as replace.",
        "{file} での本文の書き換え方では、ファイルに書かれた内容を取り込めません。コミットしていません。"
        "{{{{ body }}}} をそのまま出力するか、replace など行を保つフィルターを使ってください。",
    ),
    "path-lacks": (
        "The draft's path has no “{name}”{hint}: {path}. Nothing was committed. Set it with "
        "/episode set, or correct `path` in site.yml.",
        "原稿のパスに「{name}」{hint}がありません: {path}。コミットしていません。/episode set で設定するか、"
        "site.yml の `path` を直してください。",
    ),
    "path-empty": (
        "The draft's file would have no name: {path}. Nothing was committed. Correct `path` in site.yml.",
        "原稿のファイル名が空になります: {path}。コミットしていません。site.yml の `path` を直してください。",
    ),
    "path-no-page": (
        "{file}, line {line}: the file would go to {path}, and pages do not belong in {part}. Nothing "
        "was committed. Correct this path, or the field that it prints.",
        "{file} の {line} 行目: ファイルが {path} になりますが、{part} はページを置く場所ではありません。"
        "コミットしていません。このパスか、そこに出力する項目を直してください。",
    ),
    "path-unseen": (
        "{file}, line {line}: the file's path would have a character that cannot be seen ({code}): {path}. "
        "Nothing was committed. Take it out of the field that this path prints, or add | slug.",
        "{file} の {line} 行目: パスに目に見えない文字（{code}）が入ります: {path}。コミットしていません。"
        "パスに出力する項目から消すか、| slug を付けてください。",
    ),
    "path-wrong": (
        "{file}, line {line}: {why} Nothing was committed.",
        "{file} の {line} 行目: {why}コミットしていません。",
    ),
    "further-path": (
        "{file}, line {line}: a further file of the episode (`files`) would be {path}: that is in another file's way, or hidden. Nothing was committed.",
        "{file} の {line} 行目: `files` のファイルが {path} になります。ほかのファイルとパスが重なるか、隠しファイルです。コミットしていません。",
    ),
    "further-invalid": (
        "Nothing was committed: {path} (`files` in site.yml) could not be read at its line {line} (“{shown}”). Change that field, or add | yaml, | toml or | json to it in the file's text.",
        "コミットしていません。{path}（site.yml の `files`）の {line} 行目（「{shown}」）が正しくありません。その項目を変更するか、text で | yaml・| toml・| json を付けてください。",
    ),
    "further-broken": (
        "{path} cannot be read at its line {line} (“{shown}”). Nothing was committed; fix it in the repository, then draft again.",
        "{path} は {line} 行目（「{shown}」）が読めません。コミットしていません。リポジトリで直してから、もう一度 /draft してください。",
    ),
    "front-matter-broken": (
        "The front matter of {path} cannot be read at its line {line} (“{shown}”): Jekyll would publish the page without it, others would not build the site. Nothing was committed; fix it in the repository, then draft again.",
        "{path} の front matter は {line} 行目（「{shown}」）が読めません。このままでは Jekyll は下書きを公開してしまい、ほかはサイトを作れなくなります。コミットしていません。リポジトリで直してから、もう一度 /draft してください。",
    ),
    "front-matter": (
        "Nothing was committed: line {line} of the front matter (“{shown}”) would not be valid YAML. Change that field, or add | yaml to it in draft.md.j2.",
        "コミットしていません。front matter の {line} 行目（「{shown}」）が YAML として正しくありません。その項目を変更するか、draft.md.j2 で | yaml を付けてください。",
    ),
}
