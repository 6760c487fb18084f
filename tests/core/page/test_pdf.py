"""A PDF's title, from the whole of it or from a part."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.page.page import read_page
from bot.core.page.pdf import title
from bot.core.page.pdf_strings import decode_string, read_string


def document(written: bytes) -> bytes:
    return b"%PDF-1.4\n1 0 obj\n<< /Title " + written + b" /Producer (p) >>\nendobj\n"


def escaped(data: bytes) -> bytes:
    return b"(" + b"".join(b"\\%03o" % byte for byte in data) + b")"


def page(content: bytes) -> bytes:
    packed = zlib.compress(content)
    return (
        b"%%PDF-1.5\n4 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed)
        + packed
        + b"\nendstream\nendobj\n"
    )


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (b"(Dark (very dark) matter\\))", "Dark (very dark) matter)"),
        (b"(A\\\nB\\053\\7C \\\\ \\n\\r D)", "AB+C \\ D"),
        (b"<44 61 72 6B>", "Dark"),
        (b"<FEFF91CF5B50529B5B66>", "量子力学"),
        (
            b"(" + "\ufeff量子(力)学".encode("utf-16-be").replace(b"\\", b"\\\\") + b")",
            "量子(力)学",
        ),
        (b"(\xef\xbb\xbf" + "量子".encode() + b")", "量子"),
        (b"(\x8dPhysics\x8e \x84 now)", "“Physics” — now"),
        (escaped("量子力学の基礎".encode("cp932")), "量子力学の基礎"),
        (b"(Microsoft Word - Dark matter)", "Dark matter"),
    ],
)
def test_the_documents_title_is_read_as_it_was_written(written, wanted):
    assert title(document(written)) == wanted


@pytest.mark.parametrize(
    "useless",
    [
        *("untitled", "Untitled-1.indd", "paper.dvi", "Microsoft Word - paper.doc", "", "()", "1"),
        *(
            "無題",
            "PII: S0370-2693(98)00123-4",
            "(anonymous)",
            "PowerPoint Presentation",
            "Slide 1",
        ),
    ],
)
def test_a_useless_title_is_none(useless):
    raw = document(escaped(useless.encode("utf-16")))
    assert title(raw) is None
    read = read_page(
        raw, content_type="application/pdf", url="https://a.example/My%20paper.pdf", status=200
    )
    assert (read.title, read.source) == ("My paper.pdf", "address")


def test_a_bookmark_is_not_the_title():
    bookmark = b"%PDF-1.4\n2 0 obj << /Title (Chapter 1) /Parent 1 0 R /Author (x) >> endobj\n"
    assert title(bookmark) is None
    assert title(bookmark + document(b"(The book)")) == "The book"


def test_the_title_is_found_in_a_stream_of_objects():
    packed = zlib.compress(b"5 0 6 9 << /Title (Packed) /ModDate (D:2024) >> << >>")
    raw = b"%PDF-1.5\n7 0 obj << /Type /ObjStm /Filter /FlateDecode >>\nstream\r\n" + packed
    assert title(raw) == "Packed"
    assert title(raw[:-4]) == "Packed"


def test_the_title_is_found_in_the_metadata():
    xmp = '<dc:title> <rdf:Alt><rdf:li xml:lang="x-default">AT&amp;T 物理</rdf:li>'
    assert title(b"%PDF-1.6\n" + xmp.encode()) == "AT&T 物理"


def test_the_heading_of_the_first_page_is_the_largest_text():
    tex = (
        b"BT /F8 9.9 Tf 10 700 Td [(Preprint)]TJ ET\n"
        b"BT /F20 17.2 Tf 90 600 Td [(Dark)-333(matter)]TJ\n"
        b"0 -20 Td [(and)-333(E)15(\\014elds)]TJ ET\n"
        b"BT /F8 9.9 Tf 10 500 Td [(W)83(e)-333(sho)28(w)]TJ ET"
    )
    assert title(page(tex)) == "Dark matter and Efields"
    turned = b"BT 0 1 -1 0 20 200 Tm /F9 20 Tf (arXiv:1706.03762v7 [cs.CL]) Tj ET\n"
    assert title(page(turned + tex)) == "Dark matter and Efields"
    numbered = b"BT /F9 30 Tf (Vol. 12, 2024, pp. 100-123, 10.1000/182) Tj ET\n"
    assert title(page(numbered + tex)) == "Dark matter and Efields"
    assert title(page(b"BT /F1 10 Tf (All of one size, no heading) Tj ET")) is None
    assert title(page(b"BT /F1 30 Tf <00030045> Tj /F2 9 Tf (and small text) Tj ET")) is None


@given(st.binary(max_size=300))
def test_a_string_is_read_back_however_it_is_written(data):
    assert read_string(escaped(data)) == data
    assert read_string(b"<" + data.hex().encode() + b">") == data


@pytest.mark.long
@given(st.text(max_size=100))
def test_a_text_is_read_back_by_its_mark(text):
    assert decode_string(b"\xfe\xff" + text.encode("utf-16-be")) == text.lstrip("\ufeff")


@given(st.binary(max_size=300))
def test_any_bytes_give_a_title_or_none(data):
    for raw in (data, document(data), document(b"(" + data), page(b"BT /F1 9 Tf (" + data)):
        assert title(b"%PDF-" + raw) != ""


@pytest.mark.parametrize(
    ("text", "is_heading"),
    [
        ("Dark matter", True),
        ("Darkness2024", True),  # two thirds of it are letters
        ("Darkness20245", False),
        ("Dark 2024", False),
        ("Matters", False),  # seven letters
        ("arXiv:2112.08957v1 [astro-ph.CO]", False),
        ("Dark \x01matter", False),
    ],
)
def test_a_heading_is_letters_for_the_most_part(text, is_heading):
    content = b"BT /F 20 Tf (%s) Tj ET BT /F 9 Tf (Some words of the text) Tj ET" % text.encode()
    assert title(page(content)) == (text if is_heading else "Some words of the text")
