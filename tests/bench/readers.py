"""Read pages with one library, and time it: a script, run by that library's own interpreter.

    python readers.py NAME < cases.jsonl

Each case has an `id`, a `path`, the `url`, the `status` and the `content_type` or null. Prints one
JSON object: the library's `name` and version, and for each of the `pages` the title (null where
there is none), the seconds of CPU that it took, and whether the library raised. Exits with 3 where
the library is not installed.
"""

import json
import logging
import sys
import time
import warnings
from importlib import metadata
from pathlib import Path

RUNS = 3


def rundown():
    from bot.core.page.page import read_page

    def read(data, case):
        given = {name: case[name] for name in ("content_type", "url", "status")}
        return read_page(data, **given).title

    return read


def linkpreview():
    from linkpreview import Link, LinkPreview

    return lambda data, case: LinkPreview(Link(case["url"], data)).title


def metadata_parser():
    from metadata_parser import MetadataParser
    from metadata_parser.requests_extensions import derive_encoding__hook
    from requests import Response

    def read(data, case):
        # As it does with an answer from the web: the charset of the header, then of the page.
        answer = Response()
        answer._content = data
        if case["content_type"]:
            answer.headers["Content-Type"] = case["content_type"]
        derive_encoding__hook(answer)
        parsed = MetadataParser(html=answer.text, url=case["url"]).parsed_result
        return parsed.select_first_match("title")

    return read


def trafilatura():
    from trafilatura.metadata import extract_metadata

    return lambda data, case: extract_metadata(data, case["url"], extensive=False).title


def webpreview():
    from webpreview import webpreview

    return lambda data, case: webpreview(case["url"], content=data).title


READERS = {
    "rundown": rundown,
    "linkpreview": linkpreview,
    "metadata-parser": metadata_parser,
    "trafilatura": trafilatura,
    "webpreview": webpreview,
}


def timed(read, data, case):
    """Read a page a few times: the title, the CPU of the best run, whether it raised."""
    seconds, title, raised = [], None, False
    for _ in range(RUNS):
        start = time.process_time()
        try:
            title = read(data, case)
        except Exception:  # noqa: BLE001 - whatever a library raises, it gave no title
            raised = True
        seconds.append(time.process_time() - start)
    return title, min(seconds), raised


def main(name):
    try:
        read = READERS[name]()
    except ImportError:
        sys.exit(3)
    logging.disable()  # what a library thinks of a page is not asked here
    warnings.simplefilter("ignore")
    pages = {}
    for case in map(json.loads, sys.stdin):
        pages[case["id"]] = timed(read, Path(case["path"]).read_bytes(), case)
    json.dump({"name": f"{name} {metadata.version(name)}", "pages": pages}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
