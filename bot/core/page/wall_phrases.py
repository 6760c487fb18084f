"""The words by which walls are known, in lower case, without the stops at their end.

As seen on the pages of firewalls, shops, networks and frameworks, in the languages they speak.
"""


def _list(text: str) -> list[str]:
    return [each.strip() for each in text.split("|")]


def _each(**reasons: str) -> dict[str, str]:
    return {each: reason for reason, text in reasons.items() for each in _list(text)}


NOTHING = frozenset(
    _list(
        "untitled|untitled document|untitled page|document|no title|loading|loading...|index|home"
        "|home page|homepage|new page 1|react app|vite app|vite + react|create next app|null"
        "|undefined|redirecting|redirecting...|javascript is not available."
        "|javascript is not available|javascript required|javascript is required"
        "|javascript is disabled|無題ドキュメント|無題のドキュメント|無題|タイトルなし"
    )
)
"""What editors and frameworks leave where nobody wrote a title."""

APPS = frozenset(
    _list(
        "x|twitter|youtube|facebook|instagram|threads|tiktok|tiktokmakeyourday|linkedin|reddit"
        "|redditdiveintoanything|reddittheheartoftheinternet|spotify|spotifywebplayer|pinterest"
        "|amazon|bluesky|discord|twitch|netflix|soundcloud|vimeo|flickr|tumblr|quora|dropbox"
        "|notion|slack|google|googledrive|googledocs|googlemaps|googleフォト|googlephotos|medium"
        "|note|mastodon|applemusic|applepodcasts|researchgate|sciencedirect|ebay|etsy|yahoo"
    )
)
"""Names of sites that show nothing but themselves to who is not logged in."""

VENDORS = frozenset(
    _list(
        "cloudflare|akamai|incapsula|imperva|sucuri|datadome|perimeterx|human|google|yahoo|iis"
        "|nginx|apache|cloudfront|vercel|netlify"
    )
)
"""Those who put up walls for others, and sign them."""

DOTTED = _each(
    challenge="just a moment|one moment, please|one moment|please wait|validating|verifying"
    "|しばらくお待ちください|少々お待ちください|请稍候|請稍候|잠시만 기다리십시오|잠시만요"
    "|preparing to download|einen moment|einen moment bitte|nur einen moment"
    "|un instant|un momento|um momento|один момент|еще чуть-чуть"
    "|een ogenblik|cekaj|chwileczkę|bir dakika lütfen"
)
"""Walls only where stops follow: "Just a moment..." is one, "Just a Moment" is a song."""

SENTENCES = _each(
    challenge="attention required|robot check|are you a robot|are you human|are you a human"
    "|verify you are human|verifying you are human|please verify you are human"
    "|please verify you are a human|verify you are a human|human verification|bot verification"
    "|security checkpoint|vercel security checkpoint|security verification"
    "|performing security verification|pardon our interruption|pardon the interruption"
    "|checking your browser|checking if the site connection is secure|client challenge"
    "|ddos-guard|ddos protection by cloudflare|captcha challenge|challenge validation"
    "|access to this page has been denied|you have been blocked|sorry, you have been blocked"
    "|please enable js and disable any ad blocker|please enable cookies|bot or not"
    "|security check required|please wait for verification|validate user|radware page"
    "|please turn javascript on and reload the page|making sure you're not a bot"
    "|radware bot manager captcha|sucuri website firewall|unusual traffic"
    "|our systems have detected unusual traffic|ロボットチェック|ロボットではありません"
    "|人間であることを確認します|人間であることを確認しています|あなたが人間であることを確認してください"
    "|ブラウザを確認しています|セキュリティチェック|画像認証|安全验证|人机验证|보안 확인"
    "|sicherheitsüberprüfung|sind sie ein mensch|vérification de sécurité|проверка браузера"
    "|вы не робот|verificación de seguridad",
    consent="before you continue|bevor sie fortfahren|avant de continuer|antes de continuar"
    "|cookie consent|we value your privacy|privacy gate|dpg media privacy gate"
    "|yahoo is part of the yahoo family of brands|yahoo ist teil der yahoo markenfamilie"
    "|yahoo fait partie de la famille de marques yahoo|yahoo è parte della famiglia di brand yahoo"
    "|yahoo forma parte de la familia de marcas de yahoo",
    login="sign in to your account|sign in to continue|log in to continue|login required"
    "|authentication required|log in or sign up|log in or sign up to view|sign in or register"
    "|log in or register|you must be logged in|please log in|please sign in|member login"
    "|会員ログイン|ログインしてください|ログインが必要です|ログインページ|ログイン画面|ログイン|サインイン"
    "|로그인|登录|登入|登錄|iniciar sesión|inicia sesión|iniciar sessão|se connecter|zaloguj się"
    "|войти|logga in|fazer login",
    error="page not found|the page could not be found|this page could not be found"
    "|page cannot be found|the page cannot be found|file or directory not found|file not found"
    "|page does not exist|this page does not exist|this page doesn't exist|page doesn't exist"
    "|page unavailable|page not available|page isn't available|this page isn't available"
    "|sorry, this page isn't available|content not found|content unavailable"
    "|content not available|this content isn't available|site not found|service unavailable"
    "|service temporarily unavailable|temporarily unavailable|bad gateway|gateway timeout"
    "|gateway time-out|internal server error|an error occurred|an error has occurred"
    "|something went wrong|sorry, something went wrong|oops, something went wrong"
    "|sorry! something went wrong|too many requests|error: the request could not be satisfied"
    "|the request could not be satisfied|account suspended|site maintenance|under maintenance"
    "|down for maintenance|this video isn't available anymore|video unavailable"
    "|the resource cannot be found|we can't find that page|we couldn't find that page"
    "|ページが見つかりません|ページが見つかりませんでした|お探しのページは見つかりませんでした"
    "|お探しのページが見つかりません|お探しのページが見つかりませんでした|ページが存在しません"
    "|指定されたページが見つかりません|指定されたページは存在しません|ページを表示できません"
    "|アクセスが拒否されました|エラーが発生しました|メンテナンス中|只今メンテナンス中です"
    "|ただいまメンテナンス中です|サービスを一時停止しています|页面不存在|页面未找到|找不到页面|找不到網頁"
    "|拒绝访问|페이지를 찾을 수 없습니다|접근이 거부되었습니다|seite nicht gefunden"
    "|seite wurde nicht gefunden|zugriff verweigert|page non trouvée|page introuvable"
    "|accès refusé|página no encontrada|acceso denegado|pagina non trovata|accesso negato"
    "|página não encontrada|acesso negado|pagina niet gevonden|страница не найдена"
    "|доступ запрещен|доступ запрещён|nie znaleziono strony|sidan hittades inte",
)
"""Walls where at most one other part stands beside them."""

WORDS = _each(
    challenge="captcha|security check|bot check|browser check|access check",
    login="login|log in|log on|sign in|signin|sign-in|sign up|register|account login|anmelden"
    "|einloggen|connexion|s'identifier|accedi|entrar|inloggen|aanmelden|вход",
    error="error|errors|access denied|access is denied|access forbidden|permission denied"
    "|forbidden|not found|unauthorized|bad request|server error|request rejected|blocked|oops"
    "|whoops|maintenance|unavailable|not available|gone|sorry|エラー|アクセス拒否"
    "|アクセスできません|fehler|erreur|errore|ошибка|错误|404|403|500|502|503",
)
"""Walls where nothing but the site's name stands beside them: alone they are plain words."""

BEGINNINGS = _each(
    consent="|".join(
        f"{words} {site}"
        for words in (
            "before you continue to", "bevor sie zu", "avant d'accéder à", "antes de ir a",
            "prima di continuare su", "voordat je verdergaat naar", "przed przejściem do",
        )
        for site in ("youtube", "google")
    )
    + "|youtube に進む前に|google に進む前に|youtube にアクセスする前に|google にアクセスする前に",
    challenge="request unsuccessful. incapsula|checking your browser before|attention required!"
    "|verifying you are human",
)  # fmt: skip
"""How a wall's title begins, with a few words behind it."""

MARKERS = {
    b"_cf_chl_opt": "challenge",
    b"captcha-delivery.com": "challenge",
    b"_Incapsula_Resource": "challenge",
    b"AwsWafIntegration": "challenge",
    b"px-captcha": "challenge",
    b"/errors/validateCaptcha": "challenge",
    b"sgcaptcha": "challenge",
    b"consent.youtube.com": "consent",
}
"""What a wall without a title loads."""
