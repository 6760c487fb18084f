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


@given(st.text(alphabet=st.characters(codec="euc_jp", exclude_characters="¥‾")))
def test_our_euc_jp_reads_what_pythons_writes(text):
    assert charset.decode(text.encode("euc_jp"), "euc_jp") == text


@given(st.text(min_size=1))
def test_what_is_utf_8_is_read_as_such(text):
    assert charset.is_utf_8(text.encode())
    assert charset.choose(text.encode(), ["shift_jis", "windows-1252"]) == "utf-8"


LABELS = st.lists(st.sampled_from(["sjis", "euc-jp", "utf-16", "x", "koi8-r", "", "é"]))


@given(st.binary(), LABELS)
def test_any_bytes_become_text_that_can_be_written(data, labels):
    straight, known = charset.straighten(data)
    text = charset.decode(straight, known or charset.choose(straight, labels, domain="jp"))
    assert text.encode().decode() == text
