"""Which known spelling is nearest to what was read?"""

from collections.abc import Iterable

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from nlp.letters import bare


def likeness(a: str, b: str) -> float:
    """Give how alike two texts are without diacritics and case, 0 to 1."""
    return fuzz.ratio(bare(a), bare(b)) / 100


def letters_apart(a: str, b: str) -> int:
    """Count the letters by which two texts differ without diacritics and case."""
    return int(Levenshtein.distance(bare(a), bare(b)))


def nearest(text: str, known: Iterable[str], limit: float) -> str | None:
    """Give the known spelling that is most like text, or None where none reaches the limit (0 to 1)."""
    best, score = None, limit
    for name in known:
        value = likeness(text, name)
        if value >= score:
            best, score = name, value
    return best
