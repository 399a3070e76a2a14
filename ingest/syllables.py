"""Is this a Vietnamese syllable, and where does a glued word part into syllables?

A syllable is onset + rhyme + tone (`lexicon/sounds.toml`); how often each occurs in official texts
(`lexicon/syllables.tsv`, made by syllables_build.py) chooses between two ways to part.
"""

import math
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

LEXICON = Path(__file__).parent / "lexicon"
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_SHARP, _HEAVY = "\u0301", "\u0323"
_RUN = re.compile(r"[^\W\d_]+")
_BEFORE_DIGIT = re.compile(r"([^\W\d_]+)(?=\d)")
_MARKED = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]")
_LATE_MARK = re.compile(r"(\w*?)(?:(?<=[^aeiou])|^)([uo])([ýỳỷỹỵáàảãạéèẻẽẹ])")
_DIGIT_INSIDE = re.compile(r"([^\W\d_][^\W_]{2,6})(\W*)")
_DIGITS_AS_LETTERS = str.maketrans("10", "io")
_LONGEST = 7  # letters of `nghiêng`, the longest syllable
_SURE = 50  # a word mended by guess must be as frequent as this
_NEVER_ALONE = frozenset("êươăâ")  # no word by itself; names of the highlands end so (`Niê`)
_RARE = 3  # a piece of a glued word must have been seen so often


def is_syllable(word: str) -> bool:
    """Say whether a word can be one Vietnamese syllable: its structure only, in any case of letters."""
    return _is_syllable(word.lower())


@lru_cache(maxsize=65536)
def _is_syllable(word: str) -> bool:
    if word in counts():  # nearly all are; the others are looked at sign by sign
        return True
    if not 0 < len(word) <= _LONGEST:
        return False
    toneless, tone = _part_tone(word)
    if toneless is None:
        return False
    opens, stopped = _shapes()
    return toneless in opens or (toneless in stopped and tone in (_SHARP, _HEAVY))


def regular(word: str) -> str:
    """Give a lower-case syllable with its tone mark in the place that schoolbooks teach: `ủy`, `hòa`, `thuý` → `thúy`."""
    match = _LATE_MARK.fullmatch(word)
    if not match or word.startswith("qu"):
        return word
    onset, glide, vowel = match.groups()
    letters = unicodedata.normalize("NFD", vowel)
    tone = "".join(c for c in letters if c in _TONES)
    bare = "".join(c for c in letters if c not in _TONES)
    return onset + unicodedata.normalize("NFC", glide + tone) + unicodedata.normalize("NFC", bare)


def _part_tone(word: str) -> tuple[str | None, str]:
    """Part a lower-case word from its tone mark; None for a word with two."""
    letters = unicodedata.normalize("NFD", word)
    tones = [c for c in letters if c in _TONES]
    if len(tones) > 1:
        return None, ""
    toneless = unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES))
    return toneless, tones[0] if tones else ""


@lru_cache(maxsize=1)
def _shapes() -> tuple[frozenset[str], frozenset[str]]:
    """Give all toneless syllables: those that take any tone, those that end in a stop."""
    sounds = tomllib.loads((LEXICON / "sounds.toml").read_text("utf-8"))
    onsets = sounds["onsets"]
    return (
        frozenset(_join(onset, rhyme) for onset in onsets for rhyme in sounds["open"] + sounds["nasal"]) - {""},
        frozenset(_join(onset, rhyme) for onset in onsets for rhyme in sounds["stopped"]) - {""},
    )


def _join(onset: str, rhyme: str) -> str:
    """Write onset and rhyme together as the spelling asks, or give an empty text for a pair that is never written."""
    front = rhyme[0] in "eêiy"
    if onset == "gi":
        return "gi" + rhyme[1:] if rhyme[0] == "i" else onset + rhyme
    if onset == "qu":
        return onset + rhyme.removeprefix("u").removeprefix("o") if rhyme[0] in "uo" and len(rhyme) > 1 else onset + rhyme
    if (onset in ("k", "gh", "ngh") and not front) or (onset in ("c", "g", "ng") and front and not (onset == "g" and rhyme[0] == "i")):
        return ""
    return onset + rhyme


@lru_cache(maxsize=1)
def counts() -> dict[str, int]:
    """Give how often official texts use each syllable, in lower case."""
    rows = (LEXICON / "syllables.tsv").read_text("utf-8").splitlines()
    return {syllable: int(count) for syllable, count in (row.split("\t") for row in rows)}


def unglued(text: str) -> str:
    """Give the text with the spaces that an extractor lost between syllables put back: `uỷvềtăng` → `uỷ về tăng`.

    Only runs of letters are parted that carry a Vietnamese mark and are no syllable themselves, and only into
    syllables that official texts use.
    """
    if not _MARKED.search(text.lower()):
        return text
    if text.isalpha():
        return _parted(text)
    text = _RUN.sub(lambda run: _parted(run[0]), text)
    return _BEFORE_DIGIT.sub(_off_digit, text)


@lru_cache(maxsize=65536)
def _parted(run: str) -> str:
    if len(run) < 3 or (run.isupper() and len(run) <= 5) or is_syllable(run) or not _MARKED.search(run.lower()):
        return run
    pieces: list[str] = []
    for piece in _at_capitals(run):
        split = [piece] if is_syllable(piece) else _split(piece) or ([piece] if piece.isupper() else [])
        if not split:
            return run
        pieces += split
    return " ".join(pieces)


def _at_capitals(run: str) -> list[str]:
    """Part a run before each capital that follows a small letter."""
    cuts = [0, *(i for i in range(1, len(run)) if run[i].isupper() and run[i - 1].islower()), len(run)]
    return [run[a:b] for a, b in pairwise(cuts)]


def _split(word: str) -> list[str]:
    """Part a word into the likeliest run of known syllables; an empty list when there is none."""
    low, known = word.lower(), counts()
    best: list[tuple[float, int]] = [(0.0, 0)] + [(-math.inf, 0)] * len(low)
    for end in range(1, len(low) + 1):
        for start in range(max(0, end - _LONGEST), end):
            seen = known.get(regular(low[start:end]), 0)
            if low[start:end] in _NEVER_ALONE:
                continue
            if seen >= _RARE and best[start][0] > -math.inf:
                best[end] = max(best[end], (best[start][0] + math.log(seen / 1e8), start))
    if best[-1][0] == -math.inf:
        return []
    pieces, end = [], len(word)
    while end:
        start = best[end][1]
        pieces.append(word[start:end])
        end = start
    return pieces[::-1]


def _off_digit(match: re.Match[str]) -> str:
    """Part a marked lower-case syllable from the number that is glued to it: `tế02` → `tế 02`; codes (`QĐ138`) stay."""
    word = match[0]
    return f"{word} " if word[-1].islower() and is_syllable(word) and _MARKED.search(word.lower()) and word != "đ" else word


def mended(text: str) -> str:
    """Give a word that OCR read with a digit for a letter in its right form (`G1ao` → `Giao`), where that is a known syllable."""
    match = _DIGIT_INSIDE.fullmatch(text)
    if not match or not any(c.isdigit() for c in match[1]):
        return text
    letters = match[1].translate(_DIGITS_AS_LETTERS)
    return letters + match[2] if counts().get(regular(letters.lower()), 0) > _SURE else text


def letters_in(words: Iterable[str]) -> Counter[str]:
    """Count the runs of letters among words."""
    return Counter(_RUN.findall(" ".join(words)))


def familiarity_of(runs: Counter[str]) -> float:
    """Give the mean log of how frequent the syllables among runs of letters are in official texts; 0 where there is none.

    Letters that a broken font exchanged may still make syllables; they are rare ones.
    """
    seen = [(times, _frequency(low)) for run, times in runs.items() if _is_syllable(low := run.lower())]
    return sum([times * often for times, often in seen]) / sum([times for times, _ in seen]) if seen else 0.0


@lru_cache(maxsize=65536)
def _frequency(low: str) -> float:
    """Give the log of the share that a lower-case syllable has in official texts."""
    return math.log((counts().get(regular(low), 0) + 0.5) / _sum_of_counts())


@lru_cache(maxsize=1)
def _sum_of_counts() -> int:
    return sum(counts().values())


def soundness(words: Iterable[str]) -> float:
    """Give the share (0 to 1) of letters that stand in syllables or codes in capitals: how far a text can be believed."""
    return soundness_of(letters_in(words))


def soundness_of(runs: Counter[str]) -> float:
    """Give the soundness of a text whose runs of letters are counted already."""
    weights = [(times * len(run), _is_sound(run)) for run, times in runs.items()]
    weight = sum([each for each, _ in weights])
    return sum([each for each, is_sound in weights if is_sound]) / weight if weight else 0.0


@lru_cache(maxsize=65536)
def _is_sound(run: str) -> bool:
    """Say whether a run of letters is a syllable or a code in capitals."""
    return is_syllable(run) or (run.isupper() and run.isascii() and 2 <= len(run) <= 5)


def marked_share(words: Sequence[str]) -> float:
    """Give the share (0 to 1) of letters that carry a Vietnamese mark; official prose has about 0.25 to 0.35."""
    text = "".join(words).lower()
    letters = sum(map(str.isalpha, text))
    return len(_MARKED.findall(text)) / letters if letters else 0.0
