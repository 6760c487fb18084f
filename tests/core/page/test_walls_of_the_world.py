"""Walls in the languages of the web, and real titles that use the same words."""

from itertools import chain

import pytest

from bot.core.page.page import read_page
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


def read(title: str, url: str = SITE, *, more: str = "", asked: str = "") -> tuple[str | None, str]:
    data = f"<title>{title}</title>{more}".encode()
    kind = "text/html; charset=utf-8"
    page = read_page(data, content_type=kind, url=url, status=200, asked=asked)
    return page.title, page.wall or ""


def test_a_wall_is_told_in_every_language() -> None:
    for title, wall in chain(*WALLS.values()):
        assert (title, *read(title)) == (title, None, wall)
        assert accept(title, SITE) is None, title
        assert accept(title, SITE, is_shown=True) is None, title


def test_a_title_with_the_words_of_a_wall_is_let_through() -> None:
    for title in chain(*TITLES.values()):
        assert read(title) == (title, "")
        assert accept(title, SITE) == accept(title, SITE, is_shown=True) == title


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
