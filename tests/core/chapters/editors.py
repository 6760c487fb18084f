"""Markers as audio editors write them, made here after their documentation."""

from xml.sax.saxutils import quoteattr

from bot.core.chapters.formats import audacity, ffmetadata, mp4chaps, podcast_json, podlove, spotify
from bot.core.chapters.read import Chapter


def clock(at, *, hours=False):
    minutes, rest = divmod(at, 60_000)
    shown = f"{rest // 1000:02}.{rest % 1000:03}"
    if minutes >= 60 or hours:
        return f"{minutes // 60}:{minutes % 60:02}:{shown}"
    return f"{minutes}:{shown}"


def quoted(name):
    return '"' + name.replace('"', '""') + '"' if any(mark in name for mark in ',"') else name


def reaper(pairs):
    rows = (f"M{n},{quoted(name)},{clock(at)},," for n, (at, name) in enumerate(pairs, 1))
    return "\n".join(["#,Name,Start,End,Length", *rows]) + "\n"


def reaper_regions(pairs):
    rows = (
        f"R{n},{quoted(name)},{clock(at)},{clock(at + 1000)},0:01.000,FF0000"
        for n, (at, name) in enumerate(pairs, 1)
    )
    return "\r\n".join(["#,Name,Start,End,Length,Color", *rows]) + "\r\n"


def reaper_seconds(pairs):
    rows = (f"M{n},{quoted(name)},{at / 1000:.3f},," for n, (at, name) in enumerate(pairs, 1))
    return "\n".join(["#,Name,Start,End,Length", *rows]) + "\n"


def audition(pairs):
    rows = (f"{name}\t{clock(at)}\t0:00.000\tdecimal\tCue\t" for at, name in pairs)
    return (
        "\ufeff"
        + "\n".join(["Name\tStart\tDuration\tTime Format\tType\tDescription", *rows])
        + "\n"
    )


def resolve(pairs):
    blocks = []
    for number, (at, name) in enumerate(pairs, 1):
        seconds, rest = divmod(at + 3_600_000, 1000)
        code = (
            f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}:{rest * 25 // 1000:02}"
        )
        blocks.append(
            f"{number:03}  001      V     C        {code} {code} {code} {code}  \n"
            f" |C:ResolveColorBlue |M:{name} |D:1\n"
        )
    return "TITLE: ep\nFCM: NON-DROP FRAME\n\n" + "\n".join(blocks)


def hindenburg(pairs):
    rows = "".join(
        f'    <Marker Id="{n}" Name={quoteattr(name)} Time="{clock(at)}" Type="Chapter"/>\n'
        for n, (at, name) in enumerate(pairs, 1)
    )
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    return f"{head}<Session>\n  <Markers>\n{rows}  </Markers>\n</Session>\n"


def of_chapters(write):
    return lambda pairs: write([Chapter(at, name) for at, name in pairs], 359_999_000)


EDITORS = {
    "audacity": of_chapters(audacity),
    "reaper": reaper,
    "reaper regions": reaper_regions,
    "reaper seconds": reaper_seconds,
    "audition": audition,
    "resolve": resolve,
    "hindenburg": hindenburg,
    "mp4chaps": of_chapters(mp4chaps),
    "podlove": of_chapters(podlove),
    "json": of_chapters(podcast_json),
    "spotify": of_chapters(spotify),
}
NOT_MARKERS = of_chapters(ffmetadata)
