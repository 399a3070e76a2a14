"""Which word did the page print, where OCR lost or mistook a mark (`tô chức` for `tổ chức`, `QUYÉT` for `QUYẾT`)?

Only marks are mended, never letters, digits or codes, and only where the words beside leave hardly a doubt: the counts of
pairs of syllables in official texts (`lexicon/pairs.tsv`, made by syllables_build.py) weigh what was read against what
differs from it in marks alone.
"""

import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from ingest.casing import in_right_case
from ingest.characters import folded
from ingest.composing import Token
from ingest.syllables import LEXICON, counts, is_syllable, regular

_WORD = re.compile(r"([\W_]*)([^\W\d_]+)([\W_]*)")
_HELD = 400.0  # how many sightings of a syllable its general frequency is worth beside its pairs
_PRIOR = 0.6  # of the weight of a syllable's general frequency: what is rare in law may be common elsewhere
_NEVER = 2.0  # sightings lent to every syllable: official texts do not hold all words
_NEEDED = {"impossible": 1.0, "capitals": 4.5, "doubtful": 5.5, "sure": 7.0}  # gain in log likelihood that a change must bring
_DOUBT = 0.86  # confidence under which a word was read doubtfully
_NAME = 4.0  # more gain for a word with a capital, which may be a name


def mended_line(line: Sequence[Token]) -> list[Token]:
    """Give the words of one line with their case and marks mended; a mended word is no surer than it was."""
    line = in_right_case(line)
    words = [_Word.of(token) for token in line]
    chosen = _likeliest(words)
    return [
        replace(token, text=word.before + _in_case(choice, word.letters) + word.after)
        if choice != word.plain and _is_known(chosen, i, words)
        else token
        for i, (token, word, choice) in enumerate(zip(line, words, chosen, strict=True))
    ]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a line: its letters between signs, the same in lower case and regular spelling, and what it may be meant for."""

    before: str
    letters: str
    after: str
    plain: str
    choices: tuple[tuple[str, float], ...]
    """Each with what it costs to read the word so; the first is the word as it was read."""

    @classmethod
    def of(cls, token: Token) -> "_Word":
        match = _WORD.fullmatch(token.text)
        if match is None:
            return cls("", "", token.text, "", (("", 0.0),))
        plain = regular(match[2].lower())
        return cls(match[1], match[2], match[3], plain, ((plain, 0.0), *_rivals(match[2], plain, token.confidence)))

    def touches(self, following: "_Word") -> bool:
        """Say whether no sign stands between this word and the next."""
        return bool(self.letters and following.letters) and not self.after and not following.before


def _rivals(word: str, plain: str, confidence: float) -> list[tuple[str, float]]:
    """Give what a word may be instead, with the gain in likelihood that is asked for it."""
    if len(word) < 2:
        return []
    cost = _NEEDED["impossible"]
    if is_syllable(plain):
        is_heading = word.isupper() and (len(word) > 2 or not word.isascii())  # not TU, HU: abbreviations
        cost = _NEEDED["capitals" if is_heading else "doubtful" if confidence < _DOUBT else "sure"]
    if word[0].isupper() and not word.isupper():
        if cost == _NEEDED["sure"]:
            return []
        cost += _NAME
    return [(rival, cost) for rival in _alike().get(folded(plain), ()) if rival != plain]


def _likeliest(words: Sequence[_Word]) -> list[str]:
    """Choose for each word so that the whole line is likeliest (Viterbi)."""
    best: list[dict[str, tuple[float, str]]] = []
    for i, word in enumerate(words):
        touches = i > 0 and words[i - 1].touches(word)
        column = {}
        for choice, cost in word.choices:
            own = _PRIOR * math.log(_share(choice)) - cost
            column[choice] = (
                max((score + (_pull(before, choice) if touches else 0.0) + own, before) for before, (score, _) in best[-1].items())
                if best
                else (own, "")
            )
        best.append(column)
    chosen = [max(best[-1], key=lambda choice: best[-1][choice][0])] if best else []
    for column in reversed(best[1:]):
        chosen.append(column[chosen[-1]][1])
    return chosen[::-1]


def _is_known(chosen: Sequence[str], at: int, words: Sequence[_Word]) -> bool:
    """Say whether a change rests on a pair that was seen; a syllable that cannot be needs none."""
    if not is_syllable(words[at].plain):
        return True
    before = at > 0 and words[at - 1].touches(words[at]) and chosen[at] in _pairs().get(chosen[at - 1], {})
    after = at + 1 < len(words) and words[at].touches(words[at + 1]) and chosen[at + 1] in _pairs().get(chosen[at], {})
    return before or after


@lru_cache(maxsize=1 << 15)
def _pull(before: str, word: str) -> float:
    """Give by how much likelier (log) a word is after another than anywhere."""
    share = _share(word)
    return math.log((_pairs().get(before, {}).get(word, 0) + _HELD * share) / (counts().get(before, 0) + _HELD)) - math.log(share)


@lru_cache(maxsize=4096)
def _share(word: str) -> float:
    return (counts().get(word, 0) + _NEVER) / _sum()


@lru_cache(maxsize=1)
def _sum() -> float:
    return float(sum(counts().values()))


@lru_cache(maxsize=1)
def _pairs() -> defaultdict[str, dict[str, int]]:
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in (LEXICON / "pairs.tsv").read_text("utf-8").splitlines():
        first, *others = row.split("\t")
        found[first] = {second: int(seen) for second, _, seen in (other.partition(" ") for other in others)}
    more = tomllib.loads((LEXICON / "phrases.toml").read_text("utf-8"))
    for phrase in more["phrases"]:
        for first, second in pairwise(phrase.split()):
            found[first][second] = found[first].get(second, 0) + more["worth"]
    return found


@lru_cache(maxsize=1)
def _alike() -> dict[str, tuple[str, ...]]:
    """Give, for letters without marks, all syllables that are written with them."""
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for syllable in counts():
        groups[folded(syllable)].add(regular(syllable))
    return {bare: tuple(sorted(group)) for bare, group in groups.items()}


def _in_case(word: str, like: str) -> str:
    if like.isupper():
        return word.upper()
    return word.capitalize() if like[0].isupper() else word
