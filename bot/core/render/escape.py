"""What text would do to a page by accident, prevented with as few backslashes as it takes.

Text from the web is shown as it is: Markdown (kramdown's and CommonMark's), HTML, Liquid and
Hugo's shortcodes mean nothing in it. A host's Markdown and HTML are kept, their slips are not.
kramdown knows no backslash before `{%`, `~` and `^`, hence the character references.
"""

import re
from urllib.parse import quote

LONGEST_TITLE = 1_000

_UNSEEN = "\u200b\u2060"  # blanks of no width, which come with what is pasted
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff"
_BLANKS = " \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"  # with the breaks all of `\s`, and faster
_BREAKS = r"\x00-\x1f\x7f-\x9f\u2028\u2029"
_INVISIBLE = re.compile(f"[{_BIDI}{_UNSEEN}]|\\A[\u200c\u200d]+|[\u200c\u200d]+\\Z")
_BREAK = re.compile(rf"[ ]*[{_BREAKS}][{_BREAKS} ]*")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_UNCLEAN = re.compile(f"[{_BIDI}{_UNSEEN}\u200c\u200d{_BREAKS}]")

_TITLE_MAY_NEED = re.compile(rf"[\\`*_\[\]<&|{{$^~{_BIDI}{_UNSEEN}\u200c\u200d{_BREAKS}]")
_TITLE = re.compile(
    r"""
    (?P<backslash> \\ (?= [!-/:-@\[-`{-~] | \Z) | ` | \| | \$ (?=\$) | \{ (?=:)
        | (?<=\]) :          # kramdown takes `[…\]:` for the definition of a link
        | \* (?![ ]) | (?<![ ]) (?<!\A) \*
        | < (?= [^\W\d] | [/!?:] | [-.\w]+@ ) )
    | (?P<emphasis> _++ )
    | (?P<bracket> [\[\]] )
    | (?P<reference> & (?= \#?[\w:][\w:.-]*; ) | \{ (?=[{%]) | \A \^ )
    """,
    re.VERBOSE,
)
_BOXES = ("x", "X", " ")  # goldmark makes a check box of `[x]`, in front of `(…)` too
_REFERENCES = {
    "x": "&#120;",
    "X": "&#88;",
    "&": "&amp;",
    "{": "&#123;",
    "^": "&#94;",
    "~": "&#126;",
}

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_IN_TITLE = {'"': "&quot;", "\\": "&#92;", "{": "&#123;", "<": "&lt;", "`": "&#96;"}

_ADDRESS_MAY_NEED = re.compile(rf"[{_BLANKS}<>\"\\`|{{()&{_BIDI}{_BREAKS}]")
_ADDRESS = re.compile(rf"[\s<>\"\\`|{{{_BIDI}{_BREAKS}]|(?P<entity>&\#?\w+);")

_LINE_START = re.compile(
    r"""
    (?P<backslash> (?: -+ | =+ ) \s*\Z | [-+*_:>] \s | \#+ \s | > | \[ [^\]]* \]: )
    | (?P<number> \d+ ) (?=[.)])
    """,
    re.VERBOSE,
)


def clean(text: str) -> str:
    """Take out what nobody sees, and make one space of each line break or control character."""
    if _UNCLEAN.search(text):
        text = _BREAK.sub(" ", _INVISIBLE.sub("", text))
    return text


def writable(text: str) -> str:
    """Take out what no UTF-8 file can hold, and what no reader of one expects."""
    return _UNWRITABLE.sub("", text) if _UNWRITABLE.search(text) else text


def plain(text: str) -> str:
    """Return a title from outside as one clean line, cut where it is endless."""
    text = clean(text[: 2 * LONGEST_TITLE]).strip()
    return text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1].rstrip() + "…"


def title(text: str) -> str:
    """Return Markdown that shows a title from outside, as the text of a link, exactly as it is."""
    is_plain = len(text) <= LONGEST_TITLE and not _TITLE_MAY_NEED.search(text)
    text = text.strip() if is_plain else plain(text)
    if text in _BOXES:
        return _REFERENCES[text]
    if is_plain:
        return text
    broken = _brackets_to_escape(text)

    def escaped(found: re.Match[str]) -> str:
        what = found[0]
        if found.lastgroup == "backslash":
            return "\\" + what
        if found.lastgroup == "reference":
            return _REFERENCES[what]
        if found.lastgroup == "bracket":
            return "\\" + what if found.start() in broken else what
        return what if _is_no_emphasis(text, found) else "\\_" * len(what)

    shown = _TITLE.sub(escaped, text)
    # Pairs strike through, of one tilde each where the renderer is a newer goldmark.
    return shown.replace("~", _REFERENCES["~"]) if text.count("~") > 1 else shown


def markdown(text: str) -> str:
    """Return Markdown that shows `text` in one line exactly as it is, also where a line starts."""
    shown = title(text)
    if shown.startswith("\\$$"):  # where a line starts, kramdown takes this for inline math
        return f"\\$\\{shown[2:]}"
    found = _LINE_START.match(shown)
    if not found:
        return shown
    at = found.end("number") if found["number"] else 0
    return f"{shown[:at]}\\{shown[at:]}"


def address(url: str) -> str:
    """Return a URL that can leave neither `(…)` nor `<…>`, percent-encoding only what must be."""
    if not _ADDRESS_MAY_NEED.search(url):
        return url
    url = _ADDRESS.sub(
        lambda found: f"{found['entity']}%3B" if found["entity"] else _percent(found[0]), url
    )
    _, lone = _brackets(url, _ROUND)
    return "".join(_percent(c) if i in lone else c for i, c in enumerate(url)) if lone else url


def link_title(text: str) -> str:
    """Return a link's Markdown text as it stands in quotes behind its address: as plain text.

    kramdown knows no backslash there, hence the character references.
    """
    bare = _ESCAPED.sub(r"\1", clean(text).replace("|", "&#124;"))
    return "".join(_IN_TITLE.get(letter, letter) for letter in bare)


def yaml(value: object) -> str:
    """Return a double-quoted YAML scalar on one line, with other scripts than Latin readable."""
    return f'"{_YAML_UNSAFE.sub(_yaml_escape, str(value))}"'


def json(value: object) -> str:
    """Return a double-quoted scalar for JSON and TOML, on one line, other scripts readable."""
    return f'"{_JSON_UNSAFE.sub(_json_escape, str(value))}"'


_JSON_UNSAFE = re.compile(rf"[\"\\\x00-\x1f\x7f{_BIDI}{_BREAKS}\u200b]")


def _json_escape(found: re.Match[str]) -> str:
    char = found[0]
    if char in '"\\':
        return "\\" + char
    return f"\\u{_character(char):04X}"


_YAML_UNSAFE = re.compile(rf"[\"\\{_BIDI}{_BREAKS}\u200b]")


def _yaml_escape(found: re.Match[str]) -> str:
    char = found[0]
    if char in '"\\':
        return "\\" + char
    if char == "\n":
        return "\\n"
    code = _character(char)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"


def _character(char: str) -> int:
    """Return the code of a character, that of U+FFFD for a surrogate: no file can hold one."""
    return 0xFFFD if 0xD800 <= ord(char) <= 0xDFFF else ord(char)


def _percent(text: str) -> str:
    return quote(text, safe="", errors="replace") if text not in "()" else f"%{ord(text):02X}"


def _is_no_emphasis(text: str, run: re.Match[str]) -> bool:
    before = text[run.start() - 1 : run.start()]
    after = text[run.end() : run.end() + 1]
    if len(run[0]) > 2:
        return False
    return before.isalpha() or (after == " " and before in ("", " "))


_SQUARE = re.compile(r"[\[\]]")
_SQUARE_UNESCAPED = re.compile(r"\\.|[\[\]]")
_ROUND = re.compile(r"[()]")


def _brackets(text: str, kind: re.Pattern[str]) -> tuple[list[tuple[int, int]], set[int]]:
    """Return the places of the pairs of brackets, and of brackets without a partner."""
    waiting: list[int] = []
    pairs: list[tuple[int, int]] = []
    lone: set[int] = set()
    for found in kind.finditer(text):
        if found[0] in "([":
            waiting.append(found.start())
        elif found[0] in ")]":
            if waiting:
                pairs.append((waiting.pop(), found.start()))
            else:
                lone.add(found.start())
    return pairs, lone.union(waiting)


def _brackets_to_escape(text: str) -> set[int]:
    """Return the places of brackets that have no partner, or would be a link, footnote or box."""
    pairs, escape = _brackets(text, _SQUARE)
    for opening, closing in pairs:
        inside = text[opening + 1 : closing]
        if text.startswith("(", closing + 1) or inside.startswith("^") or inside in _BOXES:
            escape |= {opening, closing}
    return escape


# --- what hosts type ---------------------------------------------------------------------------

_HOST_MAY_NEED = re.compile(r"[`|{<]")
_HOST = re.compile(
    r"""
    (?P<kept> \\ (?! \{[{%] ) . | </?[A-Za-z] [^<>]* > )    # escaped already, or a tag
    | (?P<ticks> `+ )
    | (?P<liquid> \{ (?=[{%]) )
    | (?P<comment> <!-- )
    | (?P<pipe> \| )
    """,
    re.VERBOSE,
)
_FRAME = re.compile(r"<iframe[\s>]", re.IGNORECASE)
_FIRST_LINE_START = re.compile(
    r"(?P<backslash>[:+]\s|\[(?!\^)[^\]]+\]:|\*\[[^\]]+\]:)|~(?=~~)|\^\Z"
)
_NEXT_LINE_START = re.compile(r"(?P<backslash>[:+]\s|(?:-+|=+)\s*\Z)|~(?=~~)|\^\Z")

_BRACE = re.compile(r"\{(?=[{%])")
_LIQUID = re.compile(r"\{\{[^{}]*\}\}|\{%-?\s*(?P<tag>\w+)(?:(?!\{%|%\}).)*%\}", re.DOTALL)
_LIQUID_BLOCKS = frozenset(
    {"if", "unless", "case", "for", "tablerow", "capture", "comment", "raw", "highlight"}
)
_LIQUID_PARTS = frozenset({"else", "elsif", "when"})


def host(text: str, *, keep_liquid: bool = False, pipes: bool = True, frames: bool = False) -> str:
    """Return a piece of a host's line with its Markdown and HTML kept, and its slips shown as text.

    A slip is Liquid that is not to be kept, or would stop the build; a pipe (of a table), where
    `pipes` says that they count; a backtick or a comment that is never closed. With `frames`, a
    line break stands around each `<iframe>`, which kramdown knows at a line's start alone.
    """
    text = clean(text)
    if not _HOST_MAY_NEED.search(text):
        return text
    code = code_spans(text)
    liquid_ends = _liquid_to_keep(text) if keep_liquid else {}
    last_comment_end = text.rfind("-->")
    shown: list[str] = []
    at = 0
    while found := _HOST.search(text, at):
        start, what = found.start(), found[0]
        shown.append(text[at:start])
        at = found.end()
        if start in code or start in liquid_ends:
            at = code.get(start) or liquid_ends[start]
            kept = text[start:at]
            shown.append(_code(kept, keep_liquid=keep_liquid) if start in code else kept)
        elif found.lastgroup == "kept":
            what = liquid(what, keep=keep_liquid)
            if frames and _FRAME.match(what) and "</iframe>" in text[at:].lower():
                what = "\n" + what
            elif frames and what.lower() == "</iframe>":
                what += "\n"
            shown.append(what)
        elif found.lastgroup == "liquid":
            shown.append(_REFERENCES["{"])
        elif found.lastgroup == "ticks":
            shown.append("\\`" * len(what))
        elif found.lastgroup == "comment":
            shown.append(what if start < last_comment_end else "\\" + what)
        else:
            shown.append("\\|" if pipes else what)
    shown.append(text[at:])
    return "".join(shown)


def host_title(text: str, *, keep_liquid: bool = False) -> str:
    """Return a title that a host typed: its Markdown kept, brackets without a partner escaped."""
    text = host(text, keep_liquid=keep_liquid)
    if "[" in text or "]" in text:
        bare = text
        for start, end in code_spans(text).items():
            bare = bare[:start] + " " * (end - start) + bare[end:]
        pairs, lone = _brackets(bare, _SQUARE_UNESCAPED)
        for opening, closing in pairs:
            if bare.startswith("^", opening + 1):  # a footnote would break the link
                lone |= {opening, closing}
        lone |= {found.start() for found in re.finditer(r"(?<=\]):", bare)}
        text = "".join("\\" + c if i in lone else c for i, c in enumerate(text))
    return _REFERENCES["^"] + text[1:] if text.startswith("^") else text


def line_start(text: str, *, first: bool) -> str:
    """Return a host's line that does not turn into another block than its paragraph by accident.

    `first` lines could define a link, later ones make a heading of the line above; both could
    begin a definition, a list with `+`, a fence, or be kramdown's mark for the end of a block.
    """
    found = (_FIRST_LINE_START if first else _NEXT_LINE_START).match(text)
    if not found:
        return text
    return "\\" + text if found["backslash"] else _REFERENCES[text[0]] + text[1:]


def liquid(text: str, *, keep: bool) -> str:
    """Show Liquid (and Hugo's shortcodes) as text, but for what is to be kept and well-formed."""
    if "{{" not in text and "{%" not in text:
        return text
    kept = _liquid_to_keep(text) if keep else {}
    shown: list[str] = []
    at = 0
    while found := _BRACE.search(text, at):
        shown.append(text[at : found.start()])
        at = kept.get(found.start(), found.end())
        shown.append(text[found.start() : at] if found.start() in kept else _REFERENCES["{"])
    shown.append(text[at:])
    return "".join(shown)


def _liquid_to_keep(text: str) -> dict[int, int]:
    """Return start and end of each Liquid token that cannot stop the build by its form.

    A token that is not closed does, and so does a block without its end, or the end without it.
    """
    kept: dict[int, int] = {}
    seen: set[str] = set()
    open_blocks: list[tuple[str, dict[int, int]]] = []
    for found in _LIQUID.finditer(text):
        place = {found.start(): found.end()}
        tag = found["tag"] or ""
        ended = tag.removeprefix("end") if tag.startswith("end") else ""
        if tag in _LIQUID_BLOCKS:
            open_blocks.append((tag, place))
        elif tag in _LIQUID_PARTS:
            if open_blocks:
                open_blocks[-1][1].update(place)
        elif open_blocks and ended == open_blocks[-1][0]:
            kept |= open_blocks.pop()[1] | place
        elif not ended or ended in seen:
            kept |= place
            seen.add(tag)
    return kept


def code_spans(text: str) -> dict[int, int]:
    """Return start and end of each code span: runs of backticks pair with the next as long."""
    runs = [(*found.span(2), len(found[1]) % 2) for found in re.finditer(r"(?<!\\)(\\*)(`+)", text)]
    following: dict[int, int] = {}
    partner: dict[int, int] = {}
    for number in range(len(runs) - 1, -1, -1):
        start, end, _ = runs[number]
        partner[number] = following.get(end - start, -1)
        following[end - start] = number
    spans: dict[int, int] = {}
    behind = -1
    for number, (start, _, escaped) in enumerate(runs):
        if number > behind and partner[number] >= 0 and not escaped:
            behind = partner[number]
            spans[start] = runs[behind][1]
    return spans


def _code(span: str, *, keep_liquid: bool) -> str:
    """Return a code span as it is, or as HTML where Liquid would be seen in it."""
    if liquid(span, keep=keep_liquid) == span:
        return span
    inner = span.strip("`").strip()
    return f"<code>{re.sub(r'[!-/:-@[-`{-~]', lambda c: f'&#{ord(c[0])};', inner)}</code>"
