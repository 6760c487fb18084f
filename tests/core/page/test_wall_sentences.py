"""Walls that say it in a sentence, in the languages of the web, and titles that begin alike."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from bot.core.page.wall_spellings import spelled
from bot.core.page.walls import accept
from tests.core.page.test_walls_of_the_world import SITE, read

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


def test_a_kind_of_wall_is_told_by_its_sentences() -> None:
    for title in (*itertools.chain(*KINDS.values()), *SENTENCES):
        assert read(title)[0] is None, title
        assert read(f"{title.partition(' | ')[0]} | Fjordposten")[0] is None, title
        assert accept(title, SITE) is None, title


def test_a_title_that_begins_like_such_a_sentence_is_let_through() -> None:
    for title in (*itertools.chain(*LIKE_KINDS.values()), *LIKE_SENTENCES):
        assert read(title) == (title, "")
        assert accept(title, SITE) == title


@given(st.lists(st.lists(st.sampled_from(["a", "b c", ""]), min_size=1, max_size=3), max_size=4))
def test_a_pattern_stands_for_each_way_through_it(parts: list[list[str]]) -> None:
    pattern = "".join(f"x({'|'.join(part)})" for part in parts)
    ways = ["".join(f"x{one}" for one in chosen) for chosen in itertools.product(*parts)]
    assert list(spelled(pattern)) == [" ".join(way.split()) for way in ways]
