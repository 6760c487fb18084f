"""What `/publish` says."""

TEXTS: dict[str, tuple[str, str]] = {
    "done": (
        "Episode {number} is published: {path} ({commit}). The next link or topic starts a new one.",
        "第{number}回を公開しました: {path}（{commit}）。次のリンクか話題から新しい回が始まります。",
    ),
    "done-before": (
        "Episode {number} is published: {path}, as it was committed before. The next link or topic starts a new one.",
        "第{number}回を公開しました: {path}（前回のコミットのまま）。次のリンクか話題から新しい回が始まります。",
    ),
    "to-merge": (
        "It is on the site once its pull request is merged; that is ready: {review}",
        "プルリクエストをマージするとサイトに載ります。準備はできています: {review}",
    ),
    "left-behind": (
        "{count} links that were removed stay behind. They are not in the page.",
        "外したリンク {count} 件は、ページに入っていません。",
    ),
    "put-off-there": (
        "Put off, but people changed it in the file since, so it is in the page and does not wait: {names}. To decide otherwise: /publish undo, then /choose.",
        "次の回に回したものの、その後ファイルで編集されたため、ページに入っています（次の回には回りません）: {names}。変えるには /publish 取り消す のあと /choose。",
    ),
    "announce": ("To announce it:", "お知らせの文:"),
    "do-undo": ("Undo publishing", "公開を取り消す"),
    "undone": (
        "Episode {number} is a draft again: {path}",
        "第{number}回の公開を取り消しました。原稿に戻りました: {path}",
    ),
    "undo-to-merge": (
        "If the page is on the site already, it stays there until this pull request is merged: {review}",
        "ページがすでにサイトに載っている場合は、このプルリクエストをマージするまで残ります: {review}",
    ),
    "ready": (
        "Nothing is missing. To publish: /publish",
        "足りないものはありません。公開するには /publish",
    ),
    "lacks": (
        "Not published. Something is missing:",
        "公開していません。足りないものがあります:",
    ),
    "lacks-still": (
        "By then this has to be there, or it is not published:",
        "それまでに次のものが必要です。足りないときは公開しません:",
    ),
    "not-published": (
        "It was time to publish the episode, but that was not done:",
        "公開の時間になりましたが、公開していません:",
    ),
    "do-set": ("{field}…", "{field}…"),
    "do-anyway": ("Publish anyway", "それでも公開する"),
    "waits": (
        "The episode will be published at {time} ({zone}). To stop that: /publish never",
        "{time}（{zone}）に公開します。やめるには /publish やめる",
    ),
    "never": (
        "The episode is not published by itself. To publish: /publish",
        "自動では公開しません。公開するには /publish",
    ),
    # What is missing. `missing-` and its kind make the name (core/publication/checks.py).
    "missing-field": (
        "{label}: not set yet. Write /episode set {name} …",
        "{label}がありません: /episode set {name} …",
    ),
    "missing-player": (
        "the player is empty ({name} in the front matter): /episode set audio URL",
        "プレーヤーが空です（front matter の {name}）: /episode set audio URL",
    ),
    "missing-left-over": (
        "line {line} still says “{name}”",
        "{line} 行目に「{name}」が残っています",
    ),
    "missing-dead": ("this link leads nowhere: {name}", "このリンクは開けません: {name}"),
    "missing-picture": (
        "no picture yet. Write /publish picture: and attach one (on Slack: share it with “@Rundown publish”)",
        "画像がありません。/publish picture: に添付してください（Slack では画像を「@Rundown publish」と一緒に投稿）",
    ),
    "missing-time-none": ("no topic has a time", "時間の付いた話題がありません"),
    "missing-time-descending": (
        "line {line}: {name} is earlier than the time before it",
        "{line} 行目: {name} が 1 つ前の時間より前です",
    ),
    "missing-time-doubled": (
        "line {line}: {name} is also the time of the topic before it",
        "{line} 行目: {name} が 1 つ前の話題と同じ時間です",
    ),
    "missing-time-minutes": (
        "line {line}: “{name}” has more than 59 minutes",
        "{line} 行目: 「{name}」の分が 59 を超えています",
    ),
    "missing-time-seconds": (
        "line {line}: “{name}” has more than 59 seconds",
        "{line} 行目: 「{name}」の秒が 59 を超えています",
    ),
    "missing-time-hours": (
        "line {line}: “{name}” is 100 hours or more",
        "{line} 行目: 「{name}」は 100 時間以上です",
    ),
    "missing-time-untitled": (
        "line {line}: {name} has no title beside it",
        "{line} 行目: {name} にタイトルがありません",
    ),
    # Errors.
    "picture-nowhere": (
        "Nothing was published: site.yml does not say where the picture goes. Write it as `picture` under publish:.",
        "公開していません。画像の置き場所が site.yml にありません。publish: の下に `picture` を書いてください。",
    ),
    "picture-none": (
        "Nothing was published: that file is no picture. Attach a PNG, JPEG, WebP, AVIF or GIF.",
        "公開していません。画像として読み取れないファイルです。PNG、JPEG、WebP、AVIF、GIF を添付してください。",
    ),
    "picture-large": (
        "Nothing was published: the picture has more than {most} MB. Make it smaller.",
        "公開していません。画像が {most} MB を超えています。小さくしてください。",
    ),
    "not-understood": (
        "“{typed}” is not understood. Write /publish, /publish check, /publish at 2026-12-01 07:00, /publish never or /publish undo.",
        "「{typed}」は読み取れません。/publish、/publish 確認、/publish at 2026-12-01 07:00、/publish やめる、/publish 取り消す のどれかを書いてください。",
    ),
    "broken": (
        "Nothing was published: the front matter cannot be read in line {line} ({cause}). Fix it in the file, then try again.",
        "公開していません。front matter の {line} 行目を読み取れません（{cause}）。ファイルを直してから、もう一度お試しください。",
    ),
    "still-draft": (
        "Nothing was published: {path} would still be a draft for the site. Say under publish: in site.yml what has to change.",
        "公開していません。{path} はサイトでは下書きのままです。site.yml の publish: に、何を変更するか書いてください。",
    ),
    "path-taken": (
        "Nothing was published: there is a file already at {path}. Move that one, or change publish: path in site.yml.",
        "公開していません。{path} にはもうファイルがあります。そのファイルを移動するか、site.yml の publish: path を変更してください。",
    ),
    "picture-place": (
        "{file}, line {line}: `publish: picture` puts the picture at {path}, and `{key}` puts another file of the episode at {other}. Nothing was published. Give the picture a place of its own.",
        "{file} の {line} 行目: `publish: picture` の画像のパスが {path}、`{key}` のこの回の別のファイルのパスが {other} になります。公開していません。画像のパスを変更してください。",
    ),
    "picture-taken": (
        "Nothing was published: there is a file already at {path}, which is not the episode's picture. Move that one, or change publish: picture in {file}, line {line}.",
        "公開していません。{path} には、この回の画像ではないファイルがあります。そのファイルを移動するか、{file} の {line} 行目の publish: picture を変更してください。",
    ),
    "built-on": (
        "{path} was changed since it was published, so that was not undone. Change it in the site's repository.",
        "{path} は公開のあとに変更されているため、公開を取り消していません。サイトのリポジトリで変更してください。",
    ),
    "other-episode": (
        "That button belongs to another episode than the one that is open now. Write /publish.",
        "このボタンは、いま開いている回のものではありません。/publish を実行してください。",
    ),
    "nothing-to-undo": (
        "No episode was published by /publish, or that was undone already.",
        "/publish で公開した回がないか、もう取り消されています。",
    ),
    "no-time": ("“{typed}” is not a time.", "「{typed}」は日時として読み取れません。"),
    "past": ("“{typed}” is over already.", "「{typed}」はもう過ぎています。"),
}
