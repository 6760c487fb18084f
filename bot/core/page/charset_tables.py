"""Where Python's codecs differ from the tables of the web (https://encoding.spec.whatwg.org/#indexes)."""

import re

CHARACTERS = {
    "cp932": str.maketrans("\uf8f0\uf8f1\uf8f2\uf8f3", "\ufffd\ufffd\ufffd\ufffd"),
    "euc_jp": str.maketrans("〜‖−¢£¬", "～∥－￠￡￢"),
    "big5hkscs": str.maketrans("•､‾∼♁☉¥¢£", "‧﹑¯～⊕⊙￥￠￡"),
    "gb18030": str.maketrans(
        "\ue5e5\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796\ue7c7"
        "\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864",
        "\u3000︐︒︑︓︔︕︖︗︘︙ḿ龴龵龶龷龸龹龺龻",
    ),
    "koi8-u": str.maketrans("╝╬", "ўЎ"),
}
"""What a codec gives, and what the web means by the same bytes (EUC-JP, Big5, GB 18030 of 2022)."""

# By the first byte of a pair: its second byte, and the character.
_BIG5 = (
    "87: 7a㡵 7b𡵓 7c𣚞 7d𦀡 7e㻬 a1𥣞 a2㫵 a3竼 a4龗 a5𤅡 a6𨤍 a7𣇪 a8𠪊 a9𣉞 aa䌊 ab蒄 ac龖 "
    "ad鐯 ae䤰 af蘓 b0墖 b1靊 b2鈘 b3秐 b4稲 b5晠 b6権 b7袝 b8瑌 b9篅 ba枂 bb稬 bc剏 bd遆 "
    "be㓦 bf珄 c0𥶹 c1瓆 c2鿇 c3垳 c4䤯 c5呌 c6䄱 c7𣚎 c8堘 c9穲 ca𧭥 cb讏 cc䚮 cd𦺈 ce䆁 "
    "cf𥶙 d0箮 d1𢒼 d2鿈 d3𢓁 d4𢓉 d5𢓌 d6鿉 d7蔄 d8𣖻 d9䂴 da鿊 db䓡 dc𪷿 dd拁 de灮 df鿋 | "
    "8E: 69箸 6f簆 7e糎 ab緒 b4縝 cd者 d0耨 | 8F: 57菁 69蒨 6e萏 cb覦 cc覩 fe起 | 90: 6d都 "
    "7a銹 dc靜 f1響 | 91: bf鼖 | 92: 44蔃 af兙 b0兛 b1兝 b2兞 c8鍮 d1瑹 | 94: 47浧 ca禛 | 95: "
    "d9邗 | 96: 44靝 ed瀞 fc嬨 | 9B: 76爁 78矗 7b纇 c6駖 de釔 ec惞 f6澶 | 9C: 42輶 53侻 62營 "
    "68鄄 6b鷰 77菏 bc尐 bd秣 d0婧 | 9D: 57輋 5a筑 c4拐 | 9E: a9恢 ef痹 fd汊 | 9F: 60鬮 66鼗 "
    "cb僭 d8弌 | A0: 63蠏 77拎 d5瑨 df煢 e4牐 | C6: cf廴 d3无 d5癶 d7隶 de〃 df仝 | FA: 5f倩 "
    "66偽 bd包 c5卄 d5卿 | FB: 48嘅 b8婷 f3幵 f9廐 | FC: 4f彘 6c悤 b9撐 e2晴 f1杞 | FD: b7沜 "
    "b8渝 bb港 f1煮 | FE: 52猪 6f瑜 aa瓩 dd砉 "
)


def _pairs(text: str) -> dict[bytes, str]:
    pairs: dict[bytes, str] = {}
    for lead, *rest in (row.split() for row in text.split("|")):
        first = lead.removesuffix(":")
        pairs |= {bytes.fromhex(first + each[:2]): each[2:] for each in rest}
    return pairs


BIG5 = _pairs(_BIG5) | {b"\xa3\xe1": "€"}
"""Characters of Big5 with its Hong Kong additions that Python's codec does not know."""

_LEADS = sorted({pair[:1] for pair in BIG5})
BIG5_PAIRS = b"(?:" + b"|".join(
    re.escape(lead) + b"[" + re.escape(b"".join(p[1:] for p in BIG5 if p[:1] == lead)) + b"]"
    for lead in _LEADS
) + b")"  # fmt: skip
"""The pattern that matches their bytes."""
