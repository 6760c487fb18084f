"""Which language writes all the letters of a text: a charset is wrong if none does.

Detection goes by how often letters follow each other, and a title has few: in windows-1252 the
Lithuanian "Žaibas virš miško" is "Þaibas virð miðko", whose letters are Icelandic, but without a
vowel of that language.
"""

import re

_ALPHABETS = tuple(
    frozenset(letters + letters.upper())
    for letters in (
        "éèêëàâîïôùûüçœæÿ",  # French
        "äöüß",  # German
        "áéíóúüñàèòïçºª",  # Spanish, Catalan
        "ãõáéíóúâêôàçºª",  # Portuguese
        "àèéìíîòóùú",  # Italian
        "åäöéüøæ",  # the north
        "éëïöüèêáóúíàç",  # Dutch
        "áéíóúýþæöð",  # Icelandic, Irish, Faroese
        "ąćęłńóśźż",  # Polish
        "áčďéěíňóřšťúůýž",  # Czech
        "áäčďéíĺľňóôŕšťúýž",  # Slovak
        "áéíóöőúüű",  # Hungarian
        "čćđšž",  # Croatian, Slovene
        "ăâîșț",  # Romanian
        "ăâîşţ",
        "çğıöşüâîûİ",  # Turkish
        "ąčęėįšųūž",  # Lithuanian
        "āčēģīķļņōŗšūž",  # Latvian
        "äöõüšž",  # Estonian, Finnish
        "ĉĝĥĵŝŭ",  # Esperanto
        "ċġħżàèìòù",  # Maltese
        "áčđŋšŧž",  # Sámi
        "âêîôûŵŷäëïöüẅÿẁẃẍỳýáéíóú",  # Welsh
        "ḃċḋḟġṁṗṡṫáéíóú",  # Irish, as it was written
        "ëçêâîûşé",  # Albanian, Kurdish
    )
)
_OF_VIETNAM = "ăâđêôơưàáãèéìíòóõùúýẽĩũ"
_VIETNAMESE = frozenset(_OF_VIETNAM + _OF_VIETNAM.upper() + "\u0300\u0301\u0303\u0309\u0323₫")
_NO_VOWEL = frozenset("þðÞÐ")
# A sign right before a letter stands for another one.
_PLAIN = re.compile("[\0-\x7f\xa0“”„‘’‚–—…•€‹›«»¿¡°]+|[£§©®™±·×÷](?![^\\W\\d_])")


def has_language(text: str) -> bool:
    """Return whether a language writes all the letters of a text that are not plain ASCII."""
    letters = _letters(text)
    return not letters or (
        not letters <= _NO_VOWEL and any(letters <= alphabet for alphabet in _ALPHABETS)
    )


def is_vietnamese(text: str) -> bool:
    """Return whether Vietnamese, whose charset no other language uses, writes all its letters."""
    return _letters(text) <= _VIETNAMESE


def _letters(text: str) -> frozenset[str]:
    return frozenset(_PLAIN.sub("", text))
