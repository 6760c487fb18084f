"""The words by which walls are known, in lower case, without the stops at their end.

As seen on the pages of firewalls, shops, networks and frameworks, in the languages they speak.
"""


def _list(text: str) -> list[str]:
    return [each.strip().casefold() for each in text.split("|")]


def _each(**reasons: str) -> dict[str, str]:
    return {each: reason for reason, text in reasons.items() for each in _list(text)}


NOTHING = frozenset(
    _list(
        "untitled|untitled document|untitled page|document|no title|loading|loading...|index|home"
        "|home page|homepage|new page 1|react app|vite app|vite + react|create next app|null"
        "|undefined|redirecting|redirecting...|redirect|redirect notice"
        "|javascript is not available."
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
    "|een ogenblik|cekaj|chwileczkę|bir dakika lütfen|lütfen bekleyin|hetkinen|odota hetki"
    "|ett ögonblick|vänta lite|vänligen vänta|lige et øjeblik|et øjeblik|vent venligst"
    "|et øyeblikk|bare et øyeblikk|vennligst vent|só um momento|aguarde|aguarde um momento"
    "|минуточку|подождите|пожалуйста, подождите|хвилинку|одну хвилинку|зачекайте"
    "|зачекайте, будь ласка|okamžik|okamžik, prosím|moment, prosím|počkejte prosím|egy pillanat"
    "|kérjük, várjon|잠시만 기다려 주세요|잠시 기다려 주세요|请稍等|請稍等|正在加载|μια στιγμή"
    "|παρακαλώ περιμένετε|doar un moment|un moment|vă rugăm așteptați|așteptați"
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
    "|人間であることを確認します|人間であることを確認しています"
    "|あなたが人間であることを確認してください"
    "|ブラウザを確認しています|セキュリティチェック|画像認証|安全验证|人机验证|보안 확인"
    "|sicherheitsüberprüfung|sind sie ein mensch|vérification de sécurité"
    "|вы не робот|проверка безопасности|verificación de seguridad|comprueba que eres humano"
    "|vahvista olevasi ihminen|oletko robotti|turvatarkistus|är du en robot"
    "|säkerhetskontroll|er du en robot|sikkerhedskontrol|sikkerhetssjekk"
    "|verificação de segurança|você é um robô|é um robô|ви не робот|перевірка безпеки|jste robot"
    "|bezpečnostní kontrola|ön robot"
    "|biztonsági ellenőrzés|사람인지 확인|사람인지 확인하십시오|사람인지 확인 중|로봇이 아닙니다"
    "|자동 등록 방지|正在进行安全检测|访问验证|滑动验证页面|请完成安全验证"
    "|robot olmadığınızı doğrulayın|güvenlik doğrulaması|güvenlik kontrolü|robot musunuz"
    "|έλεγχος ασφαλείας|verificare de securitate|ești robot|sunteți robot",
    consent="before you continue|bevor sie fortfahren|avant de continuer|antes de continuar"
    "|ennen kuin jatkat|innan du fortsätter|før du fortsætter|før du fortsetter|antes de prosseguir"
    "|прежде чем продолжить|перш ніж продовжити|než budete pokračovat|mielőtt továbblép"
    "|mielőtt folytatná|계속하기 전에|在您继续之前|繼續之前|devam etmeden önce|πριν συνεχίσετε"
    "|înainte de a continua|evästeasetukset|cookie-inställningar|cookieindstillinger"
    "|nastavení cookies|çerez ayarları|ρυθμίσεις cookies|setări cookie|cookie settings"
    "|ваша конфиденциальность|vi värnar om din integritet|arvostamme yksityisyyttäsi"
    "|cookie consent|we value your privacy|privacy gate|dpg media privacy gate"
    "|yahoo is part of the yahoo family of brands|yahoo ist teil der yahoo markenfamilie"
    "|yahoo fait partie de la famille de marques yahoo|yahoo è parte della famiglia di brand yahoo"
    "|yahoo forma parte de la familia de marcas de yahoo",
    login="sign in to your account|login required"
    "|authentication required|log in or sign up|log in or sign up to view|sign in or register"
    "|log in or register|please log in|please sign in|member login"
    "|会員ログイン|ログインしてください|ログインが必要です|ログインページ|ログイン画面|ログイン"
    "|サインイン"
    "|로그인|登录|登入|登錄|iniciar sesión|inicia sesión|iniciar sessão|se connecter|zaloguj się"
    "|войти|войдите|войдите в систему|вход в систему|вход на сайт|вход в аккаунт|войти в аккаунт"
    "|увійти|увійдіть|вхід до системи|увійти до облікового запису|logga in|logga in här"
    "|du måste logga in|fazer login|faça login|inicie sessão|iniciar sesión en tu cuenta"
    "|acessar conta|acesse sua conta|entre na sua conta|kirjaudu sisään|kirjaudu|kirjaudu tilillesi"
    "|log ind|log ind på din konto|du skal logge ind|logg inn|logg på|du må logge inn"
    "|přihlásit se|přihlášení uživatele|jelentkezzen be|jelentkezz be"
    "|bejelentkezés a fiókba|로그인이 필요합니다|로그인 페이지|로그인 해주세요|请登录|請登入"
    "|用户登录|会员登录|会员登入|會員登入|账号登录|登录页面|登錄頁面|oturum aç|oturum açın"
    "|giriş yap"
    "|giriş yapın|üye girişi|kullanıcı girişi|συνδεθείτε|σύνδεση χρήστη|είσοδος χρήστη"
    "|σύνδεση μέλους|conectează-te|conectați-vă|intră în cont|autentifică-te"
    "|autentificare utilizator",
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
    "|ただいまメンテナンス中です|サービスを一時停止しています|页面不存在|页面未找到|找不到页面"
    "|找不到網頁"
    "|拒绝访问|페이지를 찾을 수 없습니다|접근이 거부되었습니다|seite nicht gefunden"
    "|seite wurde nicht gefunden|zugriff verweigert|page non trouvée|page introuvable"
    "|accès refusé|página no encontrada|acceso denegado|pagina non trovata|accesso negato"
    "|página não encontrada|acesso negado|pagina niet gevonden|страница не найдена"
    "|доступ запрещен|доступ запрещён|nie znaleziono strony|sidan hittades inte"
    "|object moved|document moved|moved permanently|301 moved permanently|302 found"
    "|302 moved temporarily|303 see other|307 temporary redirect|308 permanent redirect"
    "|page moved|this page has moved|the page has moved|ページが移動しました|ページは移動しました"
    "|sivua ei löydy|sivua ei löytynyt|sivu ei löytynyt|hakemaasi sivua ei löytynyt"
    "|etsimääsi sivua ei löytynyt|hups! sivua ei löytynyt|pääsy estetty|pääsy kielletty"
    "|sidan kunde inte hittas|sidan finns inte|hittar inte sidan|vi hittar inte sidan"
    "|sidan du söker finns inte|sidan är inte tillgänglig|åtkomst nekad|siden blev ikke fundet"
    "|siden findes ikke|siden kunne ikke findes|side ikke fundet|siden ikke fundet|adgang nægtet"
    "|siden ble ikke funnet|fant ikke siden|vi fant ikke siden|siden finnes ikke|side ikke funnet"
    "|siden ikke funnet|ingen tilgang|tilgang nektet|a página não foi encontrada"
    "|a página não existe|página inexistente|página indisponível|страница не существует"
    "|страница не найдена или удалена|такой страницы нет|такой страницы не существует"
    "|доступ ограничен|доступ к сайту ограничен|сервис временно недоступен|сайт недоступен"
    "|страницы не существует|ведутся технические работы|сторінку не знайдено"
    "|сторінка не знайдена|такої сторінки не існує|сторінки не існує|доступ заборонено"
    "|доступ обмежено|stránka nenalezena|stránka nebyla nalezena|stránka neexistuje"
    "|požadovaná stránka nebyla nalezena|přístup odepřen|přístup zamítnut|az oldal nem található"
    "|oldal nem található|a keresett oldal nem található|az oldal nem létezik"
    "|hozzáférés megtagadva|페이지를 찾을 수 없음|찾을 수 없는 페이지|존재하지 않는 페이지"
    "|존재하지 않는 페이지입니다|요청하신 페이지를 찾을 수 없습니다|액세스 거부됨"
    "|접근 거부|접근이 제한되었습니다|您访问的页面不存在"
    "|您访问的页面找不到了|页面找不到了|抱歉，页面不存在|抱歉,页面不存在|访问被拒绝|禁止访问"
    "|網頁不存在|頁面不存在|拒絕存取|sayfa bulunamadı"
    "|aradığınız sayfa bulunamadı|sayfa mevcut değil|erişim engellendi|erişim reddedildi"
    "|η σελίδα δεν βρέθηκε|δεν βρέθηκε η σελίδα|σελίδα δεν βρέθηκε|η σελίδα δεν υπάρχει"
    "|δεν επιτρέπεται η πρόσβαση|απαγορεύεται η πρόσβαση|άρνηση πρόσβασης"
    "|pagina nu a fost găsită|pagina nu a fost gasita|pagină negăsită|pagina nu există"
    "|pagina căutată nu există|acces interzis|acces refuzat|strona nie została znaleziona"
    "|strona nie istnieje|brak dostępu|odmowa dostępu",
)
"""Walls where at most one other part stands beside them."""

WORDS = _each(
    challenge="captcha|security check|bot check|browser check|access check",
    login="login|log in|log on|sign in|signin|sign-in|sign up|register|account login|anmelden"
    "|einloggen|connexion|s'identifier|accedi|entrar|inloggen|aanmelden|вход|авторизация"
    "|авторизуйтесь|вхід|авторизація|inloggning|innlogging|kirjautuminen|přihlášení"
    "|bejelentkezés|belépés|σύνδεση|είσοδος|autentificare|conectare|logowanie",
    error="error|errors|access denied|access is denied|access forbidden|permission denied"
    "|forbidden|not found|unauthorized|bad request|server error|request rejected|blocked|oops"
    "|whoops|maintenance|unavailable|not available|gone|sorry|エラー|アクセス拒否"
    "|アクセスできません|fehler|erreur|errore|error de página|ошибка|错误|404|403|500|502|503"
    "|virhe|fel|fejl|feil|erro|помилка|chyba|hiba|오류|에러|錯誤|hata|σφάλμα|eroare|błąd"
    "|huoltokatko|технические работы",
)
"""Walls where nothing but the site's name stands beside them: alone they are plain words."""

BEGINNINGS = _each(
    consent="|".join(
        f"{words} {site}"
        for words in (
            "before you continue to", "bevor sie zu", "avant d'accéder à", "antes de ir a",
            "prima di continuare su", "voordat je verdergaat naar", "przed przejściem do",
            "ennen kuin jatkat", "innan du fortsätter till", "før du fortsætter til",
            "før du fortsetter til", "antes de continuar para o", "antes de ir para o",
            "antes de aceder ao", "antes de acessar o", "прежде чем перейти на",
            "прежде чем перейти в", "перш ніж перейти на", "перш ніж перейти до",
            "než budete pokračovat na", "než přejdete na", "než přejdete do", "mielőtt továbblép a",
            "mielőtt továbblépne a", "πριν συνεχίσετε στο", "πριν μεταβείτε στο",
            "înainte de a continua pe", "înainte de a continua către",
        )
        for site in ("youtube", "google")
    )
    + "|youtube に進む前に|google に進む前に|youtube にアクセスする前に|google にアクセスする前に"
    "|youtube로 이동하기 전에|google로 이동하기 전에|youtube로 계속하기 전에|google로 계속하기 전에"
    "|youtube'a devam etmeden önce|google'a devam etmeden önce|youtube'a gitmeden önce"
    "|google'a gitmeden önce|继续前往 youtube 之前|前往 youtube 之前|在继续使用 youtube 之前"
    "|继续前往 google 之前|前往 google 之前|在继续使用 google 之前|前往 youtube 前|前往 google 前",
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
