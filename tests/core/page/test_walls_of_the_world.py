"""Walls in the languages of the web, and real titles that use the same words."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.page.page import read_page
from bot.core.page.wall_spellings import spelled
from bot.core.page.walls import accept

SITE = "https://www.fjordposten.example/2024/story"

WALLS = {
    "fi": (
        ("Hetkinen...", "challenge"),
        ("Kirjaudu sisään | Fjordposten", "login"),
        ("Sivua ei löytynyt – Järvilehti", "error"),
        ("Ennen kuin jatkat YouTubeen", "consent"),
    ),
    "sv": (
        ("Ett ögonblick…", "challenge"),
        ("Logga in", "login"),
        ("404 – Sidan kunde inte hittas", "error"),
        ("Innan du fortsätter till YouTube", "consent"),
    ),
    "da": (
        ("Lige et øjeblik...", "challenge"),
        ("Log ind - Fjordposten", "login"),
        ("Siden blev ikke fundet | Havnebladet", "error"),
        ("Før du fortsætter til Google Søgning", "consent"),
    ),
    "nb": (
        ("Et øyeblikk ...", "challenge"),
        ("Innlogging | Fjordposten", "login"),
        ("Siden ble ikke funnet", "error"),
        ("Bekreft at du er et menneske", "challenge"),
    ),
    "pt": (
        ("Só um momento…", "challenge"),
        ("Inicie sessão - Fjordposten", "login"),
        ("Erro 404: Página não encontrada", "error"),
        ("Verifique se você é humano", "challenge"),
    ),
    "ru": (
        ("Минуточку...", "challenge"),
        ("Авторизация | Fjordposten", "login"),
        ("Ошибка 404. Страница не найдена", "error"),
        ("Прежде чем перейти на YouTube", "consent"),
    ),
    "uk": (
        ("Зачекайте, будь ласка...", "challenge"),
        ("Увійти — Fjordposten", "login"),
        ("Сторінку не знайдено", "error"),
        ("Підтвердьте, що ви не робот", "challenge"),
    ),
    "cs": (
        ("Okamžik, prosím...", "challenge"),
        ("Přihlášení | Fjordposten", "login"),
        ("Stránka nebyla nalezena", "error"),
        ("Než budete pokračovat na YouTube", "consent"),
    ),
    "hu": (
        ("Egy pillanat...", "challenge"),
        ("Bejelentkezés – Fjordposten", "login"),
        ("Az oldal nem található | Partihírek", "error"),
        ("Erősítse meg, hogy Ön ember", "challenge"),
    ),
    "ko": (
        ("잠시만 기다려 주세요...", "challenge"),
        ("로그인이 필요합니다", "login"),
        ("요청하신 페이지를 찾을 수 없습니다.", "error"),
        ("YouTube로 이동하기 전에", "consent"),
    ),
    "zh": (
        ("请稍候…", "challenge"),
        ("用户登录 - 海港日报", "login"),
        ("404 - 您访问的页面不存在", "error"),
        ("前往 YouTube 之前", "consent"),
    ),
    "tr": (
        ("Lütfen bekleyin...", "challenge"),
        ("GİRİŞ YAP | Fjordposten", "login"),
        ("404 Hata – Sayfa bulunamadı", "error"),
        ("İnsan olduğunuzu doğrulayın", "challenge"),
    ),
    "el": (
        ("Μια στιγμή...", "challenge"),
        ("Σύνδεση | Fjordposten", "login"),
        ("Η σελίδα δεν βρέθηκε", "error"),
        ("Πριν συνεχίσετε στο YouTube", "consent"),
    ),
    "ro": (
        ("Doar un moment...", "challenge"),
        ("Autentificare - Fjordposten", "login"),
        ("Eroare 404: Pagina nu a fost găsită", "error"),
        ("Înainte de a continua pe YouTube", "consent"),
    ),
}

TITLES = {
    "fi": (
        "Hetkinen meren rannalla",
        "Kirjaudu sisään: näin salasana syntyi",
        "Sivua ei löytynyt, mutta kirja löytyi",
        "Ennen kuin jatkat matkaa: viisi neuvoa vaeltajalle",
    ),
    "sv": (
        "Ett ögonblick av frid",
        "Logga in eller gå hem? Om arbete hemifrån",
        "Sidan som ingen hittade",
        "Innan du fortsätter läsa: en novell",
    ),
    "da": (
        "Et øjeblik i historien",
        "Log ind – sådan blev adgangskoden til",
        "Siden ingen fandt",
        "Fejl i forskningen",
    ),
    "nb": (
        "Et øyeblikk på fjellet",
        "Innlogging med ansiktet: slik virker det",
        "Feil på kartet",
        "Siden funnet i Nordsjøen",
    ),
    "pt": (
        "Um momento na história da física",
        "Entrar na caverna: diário de uma expedição",
        "Erro de medição e incerteza",
        "Acesso negado: a história dos muros",
    ),
    "ru": (
        "Один момент из жизни физика",
        "Вход в пещеру: заметки экспедиции",
        "Ошибка 404 дней в Арктике",
        "Доступ запрещен: история секретных городов",
    ),
    "uk": (
        "Хвилинку уваги: про час",
        "Вхід до печери",
        "Помилка вимірювання",
        "Не робот: історія одного тесту",
    ),
    "cs": (
        "Okamžik pravdy",
        "Přihlášení Československa k dohodě",
        "Chyba měření",
        "Přístup odepřen: dějiny hradeb",
    ),
    "hu": (
        "Egy pillanat a tudomány történetéből",
        "Belépés a barlangba",
        "Hiba a mérésben",
        "Ön ember? – beszélgetés a gépekről",
    ),
    "ko": (
        "잠시만 안녕",
        "로그인의 역사",
        "오류에서 배우는 과학",
        "사람인지 확인하는 법의 역사",
    ),
    "zh": (
        "请稍候再来：灯塔的故事",
        "登录月球的第一天",
        "错误的历史",
        "找不到的页面：互联网档案馆访谈",
    ),
    "tr": (
        "Bir dakika sessizlik",
        "Giriş sınavı soruları",
        "Hata payı nedir?",
        "Sayfa bulunamadı: kaybolan kitaplar",
    ),
    "el": (
        "Μια στιγμή στον χρόνο",
        "Σύνδεση με τη φύση",
        "Σφάλμα μέτρησης",
        "Η σελίδα που δεν βρέθηκε ποτέ",
    ),
    "ro": (
        "Un moment de liniște",
        "Conectare la natură",
        "Eroare de măsurare",
        "Acces interzis: istoria zidurilor",
    ),
}


KINDS = {
    "fi": (
        "Kirjaudu sisään jatkaaksesi",
        "Hups, jokin meni pieleen",
        "Sivusto on huollossa | Järvilehti",
        "Varmistetaan, että olet ihminen",
    ),
    "sv": (
        "Logga in för att fortsätta",
        "Hoppsan! Något gick fel",
        "Webbplatsen är under underhåll",
        "Vi kontrollerar att du är en människa",
    ),
    "da": (
        "Log ind for at fortsætte",
        "Ups! Noget gik galt",
        "Siden er under vedligeholdelse",
        "Vi kontrollerer din browser",
    ),
    "nb": (
        "Logg inn for å fortsette",
        "Oops! Noe gikk galt",
        "Nettstedet er under vedlikehold",
        "Kontrollerer nettleseren din",
    ),
    "pt": (
        "Faça login para continuar",
        "Ops! Algo deu errado",
        "Site em manutenção | Fjordposten",
        "Verificando seu navegador",
    ),
    "ru": (
        "Войдите, чтобы продолжить",
        "Упс, что-то пошло не так",
        "Сайт на техническом обслуживании",
        "Проверяем ваш браузер",
    ),
    "uk": (
        "Увійдіть, щоб продовжити",
        "Щось пішло не так",
        "Сайт на технічному обслуговуванні",
        "Перевіряємо, чи ви людина",
    ),
    "cs": (
        "Pro pokračování se přihlaste",
        "Jejda, něco se pokazilo",
        "Web je v údržbě",
        "Ověřujeme, že jste člověk",
    ),
    "hu": (
        "A folytatáshoz jelentkezzen be",
        "Hoppá! Valami hiba történt",
        "Az oldal karbantartás alatt áll",
        "Ellenőrizzük a böngészőjét",
    ),
    "ko": (
        "계속하려면 로그인하세요",
        "문제가 발생했습니다",
        "사이트 점검 중입니다",
        "브라우저를 확인하고 있습니다",
    ),
    "zh": (
        "登录后继续",
        "哎呀，出错了",
        "网站维护中",
        "正在检查您的浏览器",
    ),
    "tr": (
        "Devam etmek için giriş yapın",
        "Bir şeyler ters gitti",
        "Sitemiz bakımdadır",
        "Tarayıcınız kontrol ediliyor",
    ),
    "el": (
        "Συνδεθείτε για να συνεχίσετε",
        "Κάτι πήγε στραβά",
        "Ο ιστότοπος βρίσκεται υπό συντήρηση",
        "Έλεγχος του προγράμματος περιήγησης",
    ),
    "ro": (
        "Conectați-vă pentru a continua",
        "Hopa! Ceva nu a mers bine",
        "Site în mentenanță",
        "Verificăm browserul dumneavoastră",
    ),
}
"""Of each language: a log-in first, a fault, closed for work, a look at the visitor."""

LIKE_KINDS = {
    "fi": (
        "Kirjaudu luontoon: retki Lapissa",
        "Jokin meni pieleen – lentoturman tutkinta",
        "Silta huollossa ensi kesän",
    ),
    "sv": (
        "Logga in och vinn? Så fungerar lotterierna",
        "När något gick fel på Kärnan",
        "Underhåll av gamla broar",
    ),
    "da": (
        "Noget gik galt i Grønland",
        "Vi kontrollerer vejret – næsten",
        "Vedligeholdelse af vindmøller",
    ),
    "nb": (
        "Noe gikk galt på Nordpolen",
        "Å logge inn i skogen",
        "Vedlikehold av stavkirker",
    ),
    "pt": (
        "Algo deu errado na missão Apollo 13",
        "Manutenção de telescópios em altitude",
        "Verificando a lei de Ohm em casa",
    ),
    "ru": (
        "Что-то пошло не так: хроника одной аварии",
        "Проверяем гипотезу Ферма",
        "Войдите в лес тихо",
    ),
    "uk": (
        "Щось пішло не так на Місяці",
        "Перевіряємо закон Ома",
        "Технічне обслуговування мостів взимку",
    ),
    "cs": (
        "Něco se pokazilo v reaktoru číslo 4",
        "Ověřujeme teorii relativity",
        "Údržba starých mostů",
    ),
    "hu": (
        "Valami hiba történt a Holdon",
        "Ellenőrizzük a tényeket",
        "Karbantartás a világűrben",
    ),
    "ko": (
        "문제가 발생했을 때 과학자는",
        "점검 중에 발견한 것들",
        "계속하려면 잠을 자라",
    ),
    "zh": (
        "出错了怎么办：实验室手册",
        "维护中的望远镜",
        "检查宇宙的年龄",
    ),
    "tr": (
        "Bir şeyler ters gitti: bir uzay hikâyesi",
        "Bakım ve onarımın tarihi",
        "Devam etmek için bir neden",
    ),
    "el": (
        "Κάτι πήγε στραβά στη Σελήνη",
        "Συντήρηση αρχαίων ναών",
        "Έλεγχος μιας θεωρίας",
    ),
    "ro": (
        "Ceva nu a mers bine pe Lună",
        "Mentenanța podurilor vechi",
        "Verificăm o teorie de acum un secol",
    ),
}


SENTENCES = (
    "Sivusto on suljettu | Savon Uutiset",
    "Din session har gått ut",
    "Der opstod en fejl",
    "Bekreft at du ikke er en robot",
    "Ocorreu um erro",
    "A sua sessão expirou",
    "Произошла ошибка",
    "Время сессии истекло",
    "Сталася помилка",
    "Došlo k chybě | Vesmír.cz",
    "Váratlan hiba történt",
    "세션이 만료되었습니다",
    "로그인이 필요한 서비스입니다",
    "系统繁忙，请稍后再试",
    "登录超时",
    "Oturumunuz sona erdi",
    "Bir hata oluştu",
    "Απαιτείται σύνδεση",
    "A apărut o eroare",
    "Du må være logget inn",
    "Page en maintenance",
    "服务器维护中",
    "Doğrulama gerekli",
    "Oho! Tapahtui virhe, yritä uudelleen",
    "Du skal være logget ind",
    "Vi kontrollerar webbläsaren | Dagbladet",
    "Você precisa fazer login",
    "Вы не авторизованы",
    "Виникла помилка. Спробуйте пізніше",
    "Stránky jsou mimo provoz",
    "Be kell jelentkeznie",
    "서버 점검 중",
    "您需要登录",
    "Sistem bakımda",
    "Προέκυψε σφάλμα",
    "Trebuie să vă autentificați",
    "Sesjonen er utløpt",
    "登录已过期",
    "Portal em manutenção",
    "Сайт временно закрыт",
    "Kontrola prohlížeče",
    "Munkamenete lejárt",
    "Palvelumme on huollossa",
)

LIKE_SENTENCES = (
    "Session i studion: så spelar vi in",
    "Der opstod en stjerne",
    "Algo correu bem: vacinas",
    "Произошла ошибка: как учёные нашли бозон",
    "Время истекло?",
    "Hiba történt, mondta a pilóta",
    "오류가 발생했습니다만, 괜찮아",
    "登录月球超时一小时",
    "A apărut o stea nouă",
    "Noe gikk galt, sa hun",
    "Vi kontrollerar väder med raketer",
    "Ověřujeme, že Země je kulatá",
    "Входа нет",
    "Bakımdan sonra teleskop",
    "Υπό συντήρηση από το 1821",
    "Kirjaudu kirjastoon",
    "Webbplatsen som försvann",
    "사이트 점검표 만들기",
    "网站维护人员的一天",
    "Sesiunea de fizică a expirat în hohote",
    "Try again: the story of a comeback",
    "Вы не одни",
    "Musíte být připraveni",
    "서버 이야기",
    "您需要睡眠",
    "Sistem nedir",
    "Sesjonen med Bach",
    "Portal do mar",
    "Webbläsarens historia",
)


def read(title: str, url: str = SITE, *, more: str = "", asked: str = "") -> tuple[str | None, str]:
    data = f"<title>{title}</title>{more}".encode()
    kind = "text/html; charset=utf-8"
    page = read_page(data, content_type=kind, url=url, status=200, asked=asked)
    return page.title, page.wall or ""


@pytest.mark.parametrize(
    ("title", "wall"), [pytest.param(*one, id=one[0]) for each in WALLS.values() for one in each]
)
def test_a_wall_is_told_in_every_language(title: str, wall: str) -> None:
    assert read(title) == (None, wall)
    assert accept(title, SITE) is None
    assert accept(title, SITE, is_shown=True) is None


@pytest.mark.parametrize("title", [one for each in TITLES.values() for one in each])
def test_a_title_with_the_words_of_a_wall_is_let_through(title: str) -> None:
    assert read(title) == (title, "")
    assert accept(title, SITE) == accept(title, SITE, is_shown=True) == title


@pytest.mark.parametrize("title", [*(one for each in KINDS.values() for one in each), *SENTENCES])
def test_a_kind_of_wall_is_told_by_its_sentences(title: str) -> None:
    assert read(title)[0] is None
    assert read(f"{title.partition(' | ')[0]} | Fjordposten")[0] is None
    assert accept(title, SITE) is None


@pytest.mark.parametrize(
    "title", [*(one for each in LIKE_KINDS.values() for one in each), *LIKE_SENTENCES]
)
def test_a_title_that_begins_like_such_a_sentence_is_let_through(title: str) -> None:
    assert read(title) == (title, "")
    assert accept(title, SITE) == title


@given(st.lists(st.lists(st.sampled_from(["a", "b c", ""]), min_size=1, max_size=3), max_size=4))
def test_a_pattern_stands_for_each_way_through_it(parts: list[list[str]]) -> None:
    pattern = "".join(f"x({'|'.join(part)})" for part in parts)
    ways = ["".join(f"x{one}" for one in chosen) for chosen in itertools.product(*parts)]
    assert list(spelled(pattern)) == [" ".join(way.split()) for way in ways]


ARTICLE = '<meta property="og:type" content="article">'


@pytest.mark.parametrize(
    ("asked", "url", "wall"),
    [
        ("/events/1", "/login/?returnUri=%2Fevents%2F1", "login"),
        ("/events/1", "/users/sign_in", "login"),
        (
            "/a/b",
            "/wp-login.php?redirect_to=https%3A%2F%2Fwww.fjordposten.example%2Fa%2Fb",
            "login",
        ),
        ("/in/someone", "/authwall?trk=1&sessionRedirect=https%3A%2F%2Fx.example%2Fin", "login"),
        ("/album/3", "/accounts/login/?next=/album/3", "login"),
        ("/Kurs/7", "/Account/Login?ReturnUrl=%2FKurs%2F7", "login"),
        ("/news/5", "/cookie-consent?dest=/news/5", "consent"),
        ("/news/5", "/privacy-gate/?redirectUri=/news/5", "consent"),
        ("/news/5", "/sso/start?back=https://www.fjordposten.example/news/5", "login"),
        ("/doc/9", "https://accounts.fjordposten.example/v3?continue=/doc/9", "login"),
        ("/doc/9", "https://consent.fjordposten.example/v2/collectConsent?sessionId=1", "consent"),
    ],
)
def test_who_is_sent_to_log_in_or_consent_found_a_wall(asked: str, url: str, wall: str) -> None:
    root = "https://www.fjordposten.example"
    where = url if url.startswith("https:") else root + url
    assert read("Sail with us this summer", where, more=ARTICLE, asked=root + asked) == (None, wall)


@pytest.mark.parametrize(
    ("asked", "url"),
    [
        ("", "/blog/login"),
        ("/blog/login", "/2024/blog/login/"),
        ("/blog/consent", "/essays/consent"),
        ("/old", "/2024/how-we-built-our-login-page"),
        ("/old", "/essays/the-consent-of-the-governed?ref=feed"),
        ("", "/wiki/Login"),
        ("/a", "/accounts/of-a-voyage"),
        ("/a", "/verify/our-sources"),
        ("http://fjordposten.example/a", "/a"),
    ],
)
def test_an_article_on_log_ins_is_no_wall(asked: str, url: str) -> None:
    root = "https://www.fjordposten.example"
    asked = asked if asked.startswith("http") or not asked else root + asked
    title = "Sail with us this summer"
    assert read(title, root + url, asked=asked) == (title, "")


@pytest.mark.parametrize(
    ("title", "url", "more"),
    [
        ("500px", "https://500px.com/photo/1/x", ""),
        ("Fjordposten", "https://www.fjordposten.example/a/b", ""),
        ("Quayside", SITE, '<meta property="og:site_name" content="Quayside">'),
        ("港の灯", SITE, '<meta property="og:site_name" content="港の灯">'),
        ("QUAYSIDE!", SITE, '<meta property="og:site_name" content="Quayside">'),
        ("Fjordposten", "https://www.fjordposten.example/?p=7", ""),
    ],
)
def test_the_bare_name_of_a_site_says_nothing_below_its_front_page(
    title: str, url: str, more: str
) -> None:
    assert read(title, url, more=more) == (None, "empty")
    post = more + '<meta property="og:title" content="A post">'
    assert read(title, url, more=post) == ("A post", "")


@pytest.mark.parametrize("path", ["", "/", "/en/", "/index.html", "/ja", "/de/index.php"])
def test_the_bare_name_of_a_site_is_the_title_of_its_front_page(path: str) -> None:
    assert read("Fjordposten", f"https://www.fjordposten.example{path}") == ("Fjordposten", "")


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("Why a kettle isn&#8217;t silent", "Why a kettle isn’t silent"),
        ("Salt &amp; light", "Salt & light"),
        ("Use of &lt;b&gt; tags", "Use of <b> tags"),
        ("More Salt,&nbsp;Less Sugar", "More Salt, Less Sugar"),
        ("First line\nsecond  line", "First line second line"),
        ("Sea - Fjordposten - Fjordposten", "Sea - Fjordposten"),
    ],
)
def test_a_title_of_oembed_is_read_like_a_pages(given: str, title: str) -> None:
    assert accept(given, SITE) == title


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("Salt & light", "Salt & light"),
        ("Use of &lt;b&gt; tags", "Use of &lt;b&gt; tags"),
        ("It isn&#8217;t", "It isn’t"),
        ("if a < b && c", "if a < b && c"),
        ("x" * 700, "x" * 499 + "…"),
    ],
)
def test_a_preview_was_decoded_already(given: str, title: str) -> None:
    assert accept(given, SITE, is_shown=True) == title
