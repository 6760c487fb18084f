"""Bytes to text, by what the bytes really are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.page import charset
from bot.core.page.page import read_page

JAPANESE = "素粒子と宇宙のポッドキャスト、第三回の番組案内です"
VENDOR = "①㈱髙﨑～第１回－物理のお話"


def title(data: bytes, header: str = "text/html", url: str = "https://example.org/a") -> str | None:
    return read_page(data, content_type=header, url=url, status=200).title


def html(text: str, codec: str, label: str | None = None) -> bytes:
    meta = f'<meta charset="{label}">' if label else ""
    return f"<html><head>{meta}<title>{text}</title></head><body>".encode(codec)


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        (VENDOR, "cp932", "Shift_JIS"),
        (VENDOR, "cp932", "x-sjis"),
        (VENDOR, "cp932", "windows-31j"),
        (JAPANESE, "euc_jp", "x-euc-jp"),
        (JAPANESE, "iso2022_jp", "ISO-2022-JP"),
        ("镕基和量子力学", "gb18030", "gb2312"),
        ("量子力學的歷史", "big5hkscs", "big5"),
        ("물리학 노트", "cp949", "ks_c_5601-1987"),
        ("Новости науки", "koi8_r", "koi8-r"),
        ("Café – “déjà vu”", "cp1252", "iso-8859-1"),
        ("ข่าววิทยาศาสตร์", "cp874", "tis-620"),
    ],
)
def test_a_label_means_what_it_means_on_the_web(text, codec, label):
    assert title(html(text, codec, label)) == text
    assert title(html(text, codec), f"text/html; charset={label}") == text


@pytest.mark.parametrize(
    "label", ["iso-8859-1", "utf-8", "utf-16", "euc-jp", "no-such", "hz-gb-2312"]
)
def test_a_wrong_label_does_not_count(label):
    for codec in ("cp932", "utf-8"):
        assert title(html(JAPANESE, codec, label)) == JAPANESE
        assert title(html(JAPANESE, codec), f"text/html; charset={label}") == JAPANESE


@pytest.mark.parametrize("labels", [("iso-8859-5", "cp1251"), ("cp1251", "iso-8859-5")])
@pytest.mark.parametrize(("codec", "found"), [("iso8859_5", "iso8859-5"), ("cp1251", "cp1251")])
def test_of_two_labels_that_fit_the_bytes_choose_one(labels, codec, found):
    text = "Сегодня мы говорим о новостях науки и техники, а также о том, как устроен мир. " * 4
    assert charset.choose(text.encode(codec), labels) == found


@pytest.mark.parametrize("koi8", ["koi8-r", "koi8-u"])
@pytest.mark.parametrize("text", ["Новости", "Сегодня мы говорим о том, как устроен мир."])
def test_koi8_is_read_as_such_whatever_other_label_it_has(koi8, text):
    for labels in (["windows-1251", koi8], [koi8, "windows-1251"]):
        assert charset.choose(text.encode("koi8_r"), labels) == koi8
        assert charset.choose(text.encode("cp1251"), labels) == "cp1251"


@pytest.mark.parametrize("labels", [("cp1251", "koi8-r"), ("koi8-r", "cp1251")])
def test_of_two_labels_that_fit_one_is_meant_whatever_the_bytes_look_like(labels):
    data = ("Žluťoučký kůň úpěl ďábelské ódy, příliš žluťoučký. " * 4).encode("cp1250")
    assert charset.choose(data, labels) in ("cp1251", "koi8-r")


def test_euc_jp_is_not_taken_for_half_width_kana():
    text = "物理のはなし"
    assert title(html(text, "euc_jp", "Shift_JIS"), url="https://example.jp/") == text


@pytest.mark.parametrize(
    ("text", "codec", "domain"),
    [
        (JAPANESE, "cp932", "jp"),
        (JAPANESE, "euc_jp", "jp"),
        ("腾讯首页和量子力学的历史", "gb18030", "cn"),
        ("量子力學的歷史與發展", "big5", "tw"),
        ("한국어 물리학 페이지", "euc_kr", "kr"),
        ("Квантовая механика для начинающих", "koi8_r", "ru"),
        ("Квантовая механика для начинающих", "cp1251", "ru"),
        ("Zażółć gęślą jaźń", "cp1250", "pl"),
        ("Η ιστορία της φυσικής", "cp1253", "gr"),
        ("أخبار العلوم والتكنولوجيا", "cp1256", "eg"),
        ("Où déjeuner ? Café de l’été", "cp1252", "fr"),
        (JAPANESE, "iso2022_jp", "jp"),
        (JAPANESE, "utf-16", "jp"),
        (JAPANESE, "utf-16-be", "jp"),
    ],
)
def test_what_nobody_declared_is_found_by_the_bytes(text, codec, domain):
    assert title(html(text, codec), url=f"https://www.example.{domain}/") == text


def test_vendors_characters_are_read_in_every_japanese_charset():
    euc = "ポッドキャスト".encode("euc_jp") + b"\xad\xa1\xad\xea\xfc\xe2\xf9\xf5"
    page = b"<meta charset=euc-jp><title>" + euc + b"</title>"
    assert title(page) == "ポッドキャスト①㈱髙﨑"
    jis = "番組".encode("iso2022_jp").removesuffix(b"\x1b(B") + b"-!-j\x1b(I\x43\x3d\x44\x1b(B"
    assert title(b"<title>" + jis + b" 3</title>") == "番組①㈱ﾃｽﾄ 3"


def test_a_mark_of_byte_order_comes_first():
    page = b"\xef\xbb\xbf" + html("素粒子", "utf-8", "Shift_JIS")
    assert title(page, "text/html; charset=euc-jp") == "素粒子"


def test_one_bad_byte_does_not_spoil_the_rest():
    page = html(JAPANESE, "utf-8").replace("三".encode(), b"\xff")
    assert title(page) == JAPANESE.replace("三", "\ufffd")


@pytest.mark.parametrize("codec", ["utf-8", "cp932", "euc_jp", "gb18030", "big5", "cp949"])
@given(st.data())
def test_a_cut_within_a_character_leaves_those_before_it(codec, data):
    text = data.draw(st.text(alphabet="物理中文字 abc", min_size=1))
    encoded = text.encode(codec)
    for end in range(len(encoded) + 1):
        assert text.startswith(charset.decode(encoded[:end], codec))


@given(st.text(alphabet=st.characters(codec="euc_jp", exclude_characters="¥‾〜‖−¢£¬")))
def test_our_euc_jp_reads_what_pythons_writes(text):
    assert charset.decode(text.encode("euc_jp"), "euc_jp") == text


@given(st.text(min_size=1))
def test_what_is_utf_8_is_read_as_such(text):
    assert charset.is_utf_8(text.encode())
    assert charset.choose(text.encode(), ["koi8-r", "windows-1252"]) == "utf-8"


@pytest.mark.parametrize("label", ["shift_jis", "gbk", "big5", "euc-jp", "euc-kr", "iso-8859-2"])
def test_words_in_utf_8_are_read_as_such_whatever_the_label(label):
    words = ("Vidéo", "Ещё", "Ελλάδα", "½ cup", "שלום", "Öl & Æbler", "«Été»", "© 2026", "Đà Nẵng")
    for text in words:
        assert title(html(text, "utf-8", label)) == text


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        ("目录", "gbk", "gb2312"),
        ("系统", "gbk", "gbk"),
        ("图片", "gbk", "gb18030"),
        ("目录 – 系统", "gb18030", "gb18030"),
        ("ﾗｼﾞｵ", "cp932", "Shift_JIS"),
    ],
)
def test_two_bytes_that_are_utf_8_by_chance_are_what_the_label_says(text, codec, label):
    assert title(html(text, codec, label)) == text
    assert title(html(text, codec), f"text/html; charset={label}") == text


@pytest.mark.parametrize("script", ["var a='\ufffd\ufffd'", "/\ufffd/", "'\ufffd' != 'é'"])
@pytest.mark.parametrize("label", ["utf-8", "gbk", "iso-8859-1"])
def test_a_replacement_character_that_was_typed_is_no_error(script, label):
    page = f"<head><title>Vidéo</title><script>{script}</script></head>".encode()
    assert title(page) == title(page, f"text/html; charset={label}") == "Vidéo"


def test_a_replacement_character_is_typed_in_gb18030_too():
    page = html("为什么雪是白色的\ufffd", "gb18030", "gbk")
    assert title(page) == "为什么雪是白色的\ufffd"


@pytest.mark.parametrize(
    ("data", "label", "text"),
    [
        (b"\xa1\xc1\xa1\xdd\xa1\xf1", "euc-jp", "～－￠"),
        (b"\xa3\xe1 \xa1\xe3 \xc6\xde", "big5", "€ ～ 〃"),
        (b"\x80 5 \xce\xaa", "gbk", "€ 5 为"),
        (b"\xae\xbe", "koi8-u", "ўЎ"),
        (b"caf\xe9 \x81\x8d", "windows-1252", "café"),
        (b"\xf0\xed\xe1 \x98\xe8", "windows-1251", "рнб и"),
    ],
)
def test_bytes_mean_what_the_tables_of_the_web_say(data, label, text):
    page = b"<title>" + data + b"</title>"
    assert title(page, f"text/html; charset={label}") == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Žaibas virš miško", "cp1257"),
        ("Hogyan mérjük az időt", "cp1250"),
        ("Gaismas ātrums un ķermeņi", "cp1257"),
        ("Ciência não é só números", "cp1252"),
        ("Þjóðin á Íslandi", "cp1252"),
        ("Žluťoučký kůň", "cp1250"),
        ("Où déjeuner ? Été à la plage", "mac_roman"),
    ],
)
def test_a_title_whose_letters_no_language_has_together_is_of_another_charset(text, codec):
    assert title(html(text, codec)) == text


@pytest.mark.parametrize("text", ["ﾗｼﾞｵ", "ﾃｽﾄﾍﾟｰｼﾞ", "ﾆｭｰｽ 3", "ﾊﾟｿｺﾝ", "ﾋﾞｰﾙ"])
def test_half_width_kana_are_read_where_they_were_meant(text):
    assert title(html(text, "cp932", "Shift_JIS")) == text
    assert title(html(text, "euc_jp", "euc-jp")) == text


@pytest.mark.parametrize("codec", ["cp1251", "cp1253", "cp1255"])
def test_a_servers_default_does_not_make_every_letter_an_accented_one(codec):
    text = {"cp1251": "Новости науки", "cp1253": "Ειδήσεις φυσικής", "cp1255": "חדשות המדע"}[codec]
    assert title(html(text, codec), "text/html; charset=iso-8859-1") == text
    accents = "Þýðing: Ævintýri í Ölfusi"
    assert title(html(accents, "cp1252"), "text/html; charset=iso-8859-1") == accents


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Приве", "cp1252"),
        ("Привет", "cp1251"),
        ("Привет" + " я to" * 6, "cp1251"),
        ("Привет" + " я to" * 7, "cp1252"),
    ],
)
def test_six_accents_side_by_side_speak_against_a_western_label_if_they_are_half_of_all(
    text, found
):
    assert charset.choose(text.encode("cp1251"), ["windows-1252"]) == found


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_may_begin_with_blanks(codec):
    assert title("\n  <title>素粒子</title>".encode(codec)) == "素粒子"


LABELS = st.lists(st.sampled_from(["sjis", "euc-jp", "utf-16", "x", "koi8-r", "", "é"]))


@given(st.binary(), LABELS)
def test_any_bytes_become_text_that_can_be_written(data, labels):
    straight, known = charset.straighten(data)
    text = charset.decode(straight, known or charset.choose(straight, labels, domain="jp"))
    assert text.encode().decode() == text


@pytest.mark.parametrize(
    ("data", "labels", "found"),
    [
        ("Ŀ¼".encode(), ["utf-8"], "utf-8"),  # no word, but it says itself what it is
        ("Ŀ¼".encode(), ["utf-8", "gbk"], "gb18030"),
        ("目录".encode("gbk"), ["gbk"], "gb18030"),
        ("목록".encode(), ["gbk"], "utf-8"),
        ("é".encode(), ["iso-8859-1"], "utf-8"),
    ],
)
def test_what_may_be_utf_8_is_what_its_label_says_where_it_makes_no_word(data, labels, found):
    assert charset.choose(data, labels) == found
