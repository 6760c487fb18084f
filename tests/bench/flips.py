"""From the last draft of real episodes to their first page: what `/publish` does, what hosts did.

`python -m tests.bench.flips` counts the lines that changed in the history of the first site, and
those of them that `/publish` changes by the profile's rules; the rest is what hosts wrote.
"""

import re
from collections import Counter

from tests.core.publication.test_flip import EPISODES, changed, flipped, versions

KINDS = (
    ("times before headings", re.compile(r"#+ \(?\d+:\d\d|#+ .*\(\d+:\d\d")),
    ("title, summary, tags, starring", re.compile(r"(title|excerpt|summary|tags|starring|date)\b")),
    ("headings", re.compile(r"#+ ")),
    ("links", re.compile(r"\s*[-*] .*(\]\(|https?://)")),
    ("other lines", re.compile(r"")),
)


def main() -> None:
    """Print a table: a row for each episode."""
    names = [name for name, _ in KINDS]
    print("| episode | by `/publish` | by hosts |", " | ".join(names), "|")
    print("| --- | ---: | ---: |", " ---: |" * len(names), sep="")
    for episode in EPISODES:
        draft, page = versions(episode)
        made = flipped(draft, page)
        left = changed(made, page)
        kinds = Counter(next(name for name, found in KINDS if found.match(one[2:])) for one in left)
        cells = " | ".join(str(kinds[name]) for name in names)
        print(f"| {episode} | {len(changed(draft, made))} | {len(left)} | {cells} |")


if __name__ == "__main__":
    main()
