"""How often do syllables, and pairs of them, occur in official texts? Run: python -m ingest.syllables_build TEXTS.jsonl.gz

Writes lexicon/syllables.tsv and lexicon/pairs.tsv from a file with one JSON object a line whose `text` is an official
text. Counts are numbers about the language; no sentence of a text is kept.
"""

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from ingest.characters import clean
from ingest.syllables import LEXICON, is_syllable, regular

_LEAST, _LEAST_PAIRS = 3, 5
_PHRASE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")


def phrases(path: Path) -> Iterator[list[str]]:
    """Yield the runs of words without a sign between them, in lower case, each tone mark in its regular place."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            for phrase in _PHRASE.finditer(clean(json.loads(line)["text"]).lower()):
                yield [regular(word) for word in phrase[0].split(" ")]


def main(path: Path) -> None:
    """Write both tables, the most frequent first."""
    single: Counter[str] = Counter()
    pairs: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for words in phrases(path):
        single.update(word for word in words if is_syllable(word))
        for first, second in pairwise(words):
            if is_syllable(first) and is_syllable(second):
                pairs[first][second] += 1
    rows = [f"{syllable}\t{seen}" for syllable, seen in single.most_common() if seen >= _LEAST]
    (LEXICON / "syllables.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    lines = []
    for first, _ in single.most_common():
        others = [f"{second} {seen}" for second, seen in pairs[first].most_common() if seen >= _LEAST_PAIRS]
        if others:
            lines.append("\t".join([first, *others]))
    (LEXICON / "pairs.tsv").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
