"""Walls that are said in many ways: each kind in each language, with the words that change.

`(a|b)` stands for either, `(a|)` for a or nothing. All are spelt out once, in lower case, so that a
title is only looked up among them.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from functools import cache

_PART = re.compile(r"\(([^()]*)\)|([^()]+)")

LOG_IN_FIRST = (
    "(log|sign) in to (continue|view this page|see more)",
    "kirjaudu( sisään|) (jatkaaksesi|nähdäksesi sisällön)",
    "logga in för att (fortsätta|läsa vidare|se innehållet)",
    "(du skal |)log(ge|) ind for at (fortsætte|læse videre|se indholdet)",
    "logg (inn|på) for å (fortsette|lese videre|se innholdet)",
    "(faça|efetue|efetue o) login para (continuar|prosseguir|acessar)",
    "(entre|inicie sessão|inicia sessão) para (continuar|aceder|acessar)",
    "(войдите|авторизуйтесь|войдите в аккаунт|войдите в систему), чтобы "
    "(продолжить|увидеть больше)",
    "(требуется|необходима) авторизация",
    "(увійдіть|авторизуйтесь|увійдіть в обліковий запис), щоб продовжити",
    "(потрібна|необхідна) авторизація",
    "(pro pokračování|chcete-li pokračovat,) se( prosím|) přihlaste",
    "přihlaste se( prosím|)( pro pokračování|, prosím|)",
    "(vyžadováno|je vyžadováno|nutné) přihlášení",
    "a folytatáshoz( kérjük,|) (jelentkezzen|jelentkezz|lépjen|lépj) be",
    "(bejelentkezés|belépés) szükséges",
    "계속하려면 로그인(하세요|하십시오|해 주세요|해주세요|이 필요합니다)",
    "로그인(이| 이) 필요한 (페이지입니다|서비스입니다)",
    "(请|请先|)(登录|登陆)(后|以)(继续|查看|访问|继续访问|查看更多)",
    "(請|請先|)(登入|登錄)(後|以)(繼續|查看|檢視)",
    "请先登录|您还未登录|請先登入",
    "devam etmek için( lütfen|) (giriş yapın|oturum açın|giriş yapınız)",
    "(giriş yapmanız|oturum açmanız) gerekiyor",
    "συνδεθείτε για να (συνεχίσετε|δείτε περισσότερα)",
    "απαιτείται (σύνδεση|είσοδος)",
    "(conectați-vă|autentificați-vă|conectează-te|autentifică-te) pentru a continua",
    "(este necesară |)autentificare(a|) (necesară|obligatorie)",
    "melden sie sich an, um fortzufahren|bitte melden sie sich an|anmeldung erforderlich",
    "connectez-vous pour continuer|veuillez vous connecter|connexion requise",
    "(inicia|inicie) sesión para continuar|accedi per continuare|effettua l'accesso per continuare",
    "log in om (verder|door) te gaan|zaloguj się, aby kontynuować",
    "(続けるには|続行するには)(ログイン|サインイン)(してください|が必要です|)",
)

LOGGED_IN_ONLY = (
    "you (must|need to) be (logged|signed) in",
    "sinun (on|täytyy) (kirjauduttava|kirjautua) sisään",
    "du måste vara inloggad|du (skal|må) være (logget ind|logget inn|innlogget|logget på)",
    "(você |)precisa (estar logado|fazer login|iniciar sessão)",
    "é necessário (iniciar sessão|entrar)",
    "(вы не авторизованы|вы должны войти|необходимо войти)|(ви не авторизовані|ви повинні увійти)",
    "musíte (být přihlášeni|být přihlášen|se přihlásit)|be kell jelentkezn(ie|i|ed)",
    "로그인(해야|을 해야) 합니다|로그인 후 이용(하세요|해 주세요|해주세요|할 수 있습니다)",
    "(您|你)(需要|必须|必須|尚未|还没有)(先|)(登录|登入|登錄)",
    "(giriş yapmalısınız|oturum açmalısınız|üye girişi yapmalısınız)",
    "πρέπει να (συνδεθείτε|συνδεθείς|κάνετε είσοδο)",
    "trebuie să (fiți autentificat|fii autentificat|vă autentificați|te autentifici)",
    "sie müssen (angemeldet|eingeloggt) sein|vous devez être connecté",
    "debes iniciar sesión|devi effettuare l'accesso|musisz (być zalogowany|się zalogować)",
)

EXPIRED = (
    "(your |)session (has |)(expired|timed out)",
    "istunto( on|) (vanhentunut|päättynyt|vanhentui)",
    "(din |)session(en|) har (gått ut|upphört)",
    "(din |)session(en|) er udløbet",
    "(økten|sesjonen)( din|) (er utløpt|har utløpt|har gått ut)",
    "(a sua |sua |)sessão (expirou|expirada|terminou)",
    "(ваша |)сессия (истекла|завершена)|(время|срок) сессии истекло",
    "(ваш |)сеанс (завершено|закінчився)|(ваша |)сесія (завершена|закінчилася)",
    "(vaše |)(relace|přihlášení) (vypršela|vypršelo)",
    "(a |)munkamenet(e|) lejárt",
    "세션이 (만료되었습니다|종료되었습니다)",
    "(会话|登录|登录状态)(已|)(过期|超时|失效)|(連線|登入)(已|)(逾時|過期)",
    "oturum(unuz|) sona erdi|oturum(unuzun|) süresi (doldu|dolmuştur)",
    "η (συνεδρία|σύνδεσή)( σας|) έληξε",
    "sesiunea( dumneavoastră| dvs| ta|) a expirat",
    "(ihre |)sitzung ist abgelaufen|(votre |)session a expiré"
    "|(su |tu |la )sesión ha (caducado|expirado)",
    "(セッション|ログイン)(が切れました|の有効期限が切れました)",
)

WENT_WRONG = (
    "jo(ta|)kin meni (pieleen|vikaan)|tapahtui virhe|on tapahtunut virhe",
    "något gick (fel|snett)|något blev fel|ett fel (uppstod|har uppstått|inträffade|har inträffat)",
    "noget gik galt|der (opstod|er opstået|er sket) en fejl",
    "noe gikk (galt|feil)|det (oppstod|har oppstått) en feil|en feil har oppstått",
    "algo (deu errado|correu mal|não correu bem)|ocorreu um erro|houve um erro",
    "что-то пошло не так|(произошла|возникла) ошибка",
    "щось пішло не так|(сталася|виникла) помилка",
    "něco se (pokazilo|nepovedlo|nepodařilo)|(došlo k chybě|nastala chyba|vyskytla se chyba)",
    "(valami |)hiba történt|valami (elromlott|félresikerült)|váratlan hiba történt",
    "(문제|오류|에러)가 발생(했습니다|하였습니다)|일시적인 오류가 발생했습니다",
    "出错(了|啦)|(页面|系统|服务器)出错(了|)|(发生|發生)(错误|錯誤)|出現錯誤|系统繁忙|服务器错误",
    "bir şeyler (ters|yanlış) gitti|(bir |)hata (oluştu|meydana geldi)",
    "κάτι πήγε (στραβά|λάθος)|(παρουσιάστηκε|προέκυψε) (ένα |)σφάλμα",
    "ceva n(u |-)a (mers|funcționat) (bine|corect)|a (apărut|intervenit) o eroare",
    "(da|hier|) (ist |)etwas (ist |)(schiefgelaufen|schief gelaufen|schiefgegangen)",
    "(oups, |)une erreur (est survenue|s'est produite)",
    "algo (salió|ha salido|ha ido) mal|se ha producido un error|qualcosa è andato storto",
    "er is iets (foutgegaan|misgegaan|fout gegaan|mis gegaan)|coś poszło nie tak|wystąpił błąd",
)

CLOSED = (
    "(sivusto|sivu|palvelu|verkkopalvelu)(mme|) (on |)(huollossa|huoltokatkolla)",
    "(sivusto|palvelu) on (tilapäisesti |)(suljettu|poissa käytöstä)",
    "(webbplatsen|sidan|sajten|tjänsten) (är |)"
    "(under underhåll|nere för underhåll|tillfälligt stängd)",
    "(underhåll pågår|pågående underhåll|driftstopp)",
    "(siden|hjemmesiden|webstedet|sitet|webshoppen) (er |)"
    "(under vedligeholdelse|midlertidigt lukket)",
    "(nettstedet|siden|nettsiden|tjenesten) (er |)(under vedlikehold|midlertidig stengt)",
    "(o |este |nosso |)(site|portal|sistema)( está|) (em manutenção|temporariamente indisponível)",
    "(estamos em|página em) manutenção",
    "(сайт |портал |)(находится |временно |)на (техническом обслуживании|реконструкции)",
    "сайт временно (недоступен|закрыт|не работает)|технические работы на сайте",
    "(сайт |портал |)(тимчасово |перебуває |)на (технічному обслуговуванні|реконструкції)",
    "сайт тимчасово (недоступний|не працює)|(ведуться |)технічні роботи",
    "(web|stránka|stránky|server|e-shop) (je |jsou |)(v údržbě|mimo provoz|dočasně nedostupný)",
    "(probíhá|plánovaná) údržba",
    "(az |a |)(oldal|webhely|honlap|weboldal)(unk|) (jelenleg |)karbantartás alatt( áll| van|)",
    "karbantartás alatt|karbantartás folyamatban",
    "(사이트|서버|시스템|서비스|홈페이지) (긴급 |정기 |)점검 (중|중입니다|안내)",
    "(网站|系统|服务器|本站)(正在|)(维护|升级)(中|维护|)|(網站|系統)(正在|)(維護|升級)(中|)",
    "(sitemiz|site|web sitemiz|sistem)( şu anda|) (bakımda|bakımdadır|bakım aşamasındadır)",
    "bakımdayız|bakım çalışması( yapılmaktadır|)",
    "(ο ιστότοπος|η σελίδα|το site)( μας|) (βρίσκεται|είναι|τελεί) (υπό|σε) συντήρηση",
    "υπό συντήρηση|(εργασίες|γίνονται εργασίες) συντήρησης",
    "(site-ul|site|pagina)( nostru|) (este |)(în|in) (mentenanță|mentenanta|întreținere)",
    "(lucrări|operațiuni) de (mentenanță|întreținere)",
    "(site|page) en (maintenance|cours de maintenance)|wartungsarbeiten|(sitio|página) en "
    "(mantenimiento|construcción)|sito in manutenzione|(strona|serwis) w przebudowie",
)

HUMAN = (
    "(vahvista|varmista|varmistetaan|varmistamme|tarkistetaan), että olet ihminen",
    "(bekräfta|verifiera|vi kontrollerar|kontrollerar|vi verifierar) att du (är|inte är) "
    "(människa|en människa|en robot)",
    "(bekræft|bekræfter|vi bekræfter|vi kontrollerer|kontrollerer)(,|) at du (ikke |)er "
    "(et menneske|en robot)",
    "(bekreft|bekrefter|vi bekrefter|vi sjekker|sjekker|kontrollerer) at du (ikke |)er "
    "(et menneske|menneske|en robot)",
    "(verificando|verifique|confirme|vamos verificar) (se|que) (você |)(não |)é "
    "(um |)(humano|ser humano|robô)",
    "(подтвердите|проверяем|проверка), что вы (человек|не робот)|проверяем, не робот ли вы",
    "(підтвердьте|перевіряємо|перевірка), (що|чи) ви (людина|не робот)",
    "(ověřujeme|ověřte|potvrďte|ověření), (že|zda) (jste člověk|nejste robot)",
    "(ellenőrizzük|igazolja|erősítse meg), hogy (ön |)(ember|nem robot)(-e|)",
    "사람인지 확인(하고 있습니다|하는 중|하는 중입니다| 중입니다)",
    "(正在|请|請|)(验证|驗證|确认|確認)(您|你)(是|是否是|是否为|不是)(真人|人类|人類|机器人|機器人)",
    "(güvenlik doğrulaması|insan doğrulaması|doğrulama) (gerekli|gerekiyor)",
    "(insan olduğunuz|robot olmadığınız)(u|) (doğrulanıyor|kontrol ediliyor|doğrulayın)",
    "(επαληθεύουμε|επαληθεύστε|επιβεβαιώστε|ελέγχουμε) (ότι|αν) (είστε άνθρωπος|δεν είστε ρομπότ)",
    "(verificăm|verificați|confirmați|se verifică) (dacă|că) (nu |)(sunteți|ești) (un |)(om|robot)",
)

BROWSER = (
    "(tarkistetaan|tarkistamme) (selaintasi|selainta|selaimesi)",
    "(vi |)kontrollerar (din webbläsare|webbläsaren)",
    "(vi |)(kontrollerer|tjekker) (din browser|browseren)",
    "(vi |)(kontrollerer|sjekker) nettleseren( din|)",
    "(verificando|a verificar) (o |)(seu |)navegador",
    "проверяем (ваш |)браузер|проверка (вашего |)браузера",
    "перевіряємо (ваш |)браузер|перевірка (вашого |)браузера",
    "(kontrolujeme|ověřujeme) (váš |)prohlížeč|kontrola prohlížeče",
    "ellenőrizzük a (böngészőjét|böngészőt)|(a |)böngésző ellenőrzése",
    "브라우저(를|) 확인(하고 있습니다|하는 중|하는 중입니다| 중| 중입니다)",
    "(正在|)(检查|检测)(您的|你的|)浏览器|(正在|)檢查(您的|你的|)瀏覽器",
    "tarayıcınız kontrol ediliyor|tarayıcınızı kontrol ediyoruz|tarayıcı kontrolü",
    "(έλεγχος του προγράμματος|ελέγχουμε το πρόγραμμα) περιήγησης( σας|)",
    "(se verifică|verificăm) browserul( dumneavoastră| dvs| tău|)",
    "(ihr |)browser wird überprüft|vérification (de votre|du) navigateur",
    "(comprobando|verificando) (su|tu|el) navegador|controllo del browser",
)


def spelled(pattern: str) -> Iterator[str]:
    """Yield all that a pattern stands for."""
    for one in _alternatives(pattern):
        parts = [
            inside.split("|") if inside or not plain else [plain]
            for inside, plain in _PART.findall(one)
        ]
        yield from (" ".join("".join(chosen).split()) for chosen in itertools.product(*parts))


def _alternatives(pattern: str) -> Iterator[str]:
    """Split a pattern at the strokes that stand outside of brackets."""
    start = depth = 0
    for at, char in enumerate(pattern):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            yield pattern[start:at]
            start = at + 1
    yield pattern[start:]


@cache
def spelled_walls() -> Mapping[str, str]:
    """Return the reason by each wall, in lower case."""
    kinds = {
        "login": (*LOG_IN_FIRST, *LOGGED_IN_ONLY, *EXPIRED),
        "error": (*WENT_WRONG, *CLOSED),
        "challenge": (*HUMAN, *BROWSER),
    }
    return {
        text.casefold(): reason
        for reason, patterns in kinds.items()
        for pattern in patterns
        for text in spelled(pattern)
    }


OOPS = frozenset(
    spelled(
        "oops|whoops|uh oh|sorry|hups|oho|hoppsan|ojdå|oj|ups|hov|ops|oi|ой|ой-ой|упс|ох|йой|jejda"
        "|ajaj|hoppá|upsz|앗|이런|죄송합니다|哎呀|糟糕|抱歉|hay aksi|üzgünüz|ουπς|ωχ|hopa|oeps|oups"
        "|hoppla|vaya"
    )
)
"""What is called out before a sentence that tells of a fault."""

AGAIN = frozenset(
    spelled(
        "(please |)try again( later|)|yritä (uudelleen|myöhemmin uudelleen)|försök igen( senare|)"
        "|prøv ig(en|jen)( senere|)|tente novamente( mais tarde|)|(попробуйте|повторите) "
        "(позже|попытку позже|ещё раз|еще раз)|спробуйте (пізніше|ще раз)|zkuste to (znovu|později)"
        "|próbálja (újra|meg később|meg újra)|(잠시 후 |나중에 |)다시 시도해 ?(주세요|주십시오)"
        "|(请|請|)(稍后|稍後|)(再试|重试|再試|重試)|(lütfen |)(daha sonra |)tekrar deneyin"
        "|δοκιμάστε ξανά( αργότερα|)|încercați (din nou|mai târziu)|bitte versuchen sie es erneut"
        "|veuillez réessayer( plus tard|)|inténtalo de nuevo|riprova( più tardi|)"
    )
)
"""What such a sentence asks for in the end."""
