"""How often does each syllable occur in official texts? Run: python -m ingest.syllables_build TEXTS.jsonl.gz

Writes lexicon/syllables.tsv from a file with one JSON object a line whose `text` is an official text. Counts are
numbers about the language; no sentence of a text is kept.
"""

import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path

from ingest.characters import clean
from ingest.syllables import is_syllable

_LEAST = 3
_RUN = re.compile(r"[^\W\d_]+")


def count(path: Path) -> Counter[str]:
    """Count the syllables of all texts in lower case; tone marks stay where each writer put them."""
    counts: Counter[str] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            counts.update(run for run in _RUN.findall(clean(json.loads(line)["text"]).lower()) if is_syllable(run))
    return counts


def both_spellings(counts: Counter[str]) -> Counter[str]:
    """Let uỷ count for ủy and the like: the two places of the tone mark are one syllable."""
    pairs = [(old, new) for a, b in (("uý", "úy"), ("uỳ", "ùy"), ("uỷ", "ủy"), ("uỹ", "ũy"), ("uỵ", "ụy"), ("oá", "óa"), ("oà", "òa"),
             ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"), ("oé", "óe"), ("oè", "òe"), ("oẻ", "ỏe"), ("oẽ", "õe"), ("oẹ", "ọe"))
             for old, new in ((a, b), (b, a))]  # fmt: skip
    total = Counter(counts)
    for syllable, seen in counts.items():
        for old, new in pairs:
            if syllable.endswith(old) and not syllable.startswith("qu"):
                total[syllable[: -len(old)] + new] += seen
    return total


def main(path: Path) -> None:
    """Write the table, most frequent first."""
    rows = [f"{syllable}\t{seen}" for syllable, seen in both_spellings(count(path)).most_common() if seen >= _LEAST]
    (Path(__file__).parent / "lexicon" / "syllables.tsv").write_text("\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
