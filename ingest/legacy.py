"""What does a text say that was written for a font from before Unicode (`Céng hoµ x· héi` of .VnTime, `Coäng hoøa` of VNI-Times)?

Such text is told by the name of its font, or by this: it is sound only after conversion.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from ingest.syllables import LEXICON, counts, is_syllable, marked_share, regular, soundness

NAMES = {"TCVN3": "TCVN3 (ABC)", "TCVN3 hoa": "TCVN3 (ABC)", "VNI": "VNI", "VIQR": "VIQR"}
Scheme = Literal["TCVN3", "TCVN3 hoa", "VNI", "VIQR"]
GUESSED: tuple[Scheme, ...] = ("TCVN3", "VNI", "VIQR")
_FEWEST = 12  # letters that a guess needs
_SOUND = 0.85
_GAIN = 0.2  # of soundness that a conversion must bring where no font tells of it
_MARKED = 0.1  # share of letters with marks; real prose has 0.25 and more
_MODERN = re.compile(r"[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_DASHED = re.compile(r"[^\W\d_]{0,7}-[^\W\d_]{0,7}")
_WITH_STOP = re.compile(r"\b[^\W\d_]{1,7}[ạẹịọụỵảẻỉỏủỷ](?!\S)")
_HEAVY = "ạẹịọụỵ"
_TONELESS = dict(zip("ạẹịọụỵảẻỉỏủỷ", "aeiouyaeiouy", strict=True))
_LINE, _LETTERS = re.compile(r"[^\r\n]+"), re.compile(r"[^\W\d_]+")
_LEAST_CAPITALS = 4  # of a line that is printed in capitals
_FROM_SYMBOLS = {0xF000 + code: code for code in range(0x20, 0x100)}  # where Windows puts the codes of a font that names no code page
_SUBSET = re.compile(r"^[A-Z]{6}\+")


@lru_cache(maxsize=256)
def scheme_of(font: str) -> Scheme | None:
    """Give the scheme for which a font is made, by its name; None for a font of Unicode."""
    name = _SUBSET.sub("", font).lower()
    if name.startswith(tuple(_tables()["tcvn3_fonts"]["start"])):
        return "TCVN3 hoa" if re.split(r"[,\-]|bold|italic", name)[0].endswith(_tables()["tcvn3_fonts"]["capitals_end"]) else "TCVN3"
    return "VNI" if name.startswith(tuple(_tables()["vni"]["start"])) else None


def note_of(number: int, schemes: Iterable[Scheme]) -> str:
    """Say in Vietnamese, for the person who checks a page, from which schemes its letters were converted."""
    names = " và ".join(sorted({NAMES[scheme] for scheme in schemes}))
    return f"Trang {number}: chữ theo bảng mã {names}, đã chuyển sang Unicode."


def is_modern(text: str) -> bool:
    """Say whether a text holds letters that only Unicode has: whatever its font is called, it is not of a scheme."""
    return _MODERN.search(text) is not None


def converted(text: str, scheme: Scheme, *, filler: str = "") -> str:
    """Give a text of a scheme in Unicode (NFC); a text that holds letters of Unicode already is left as it is.

    filler, if given, follows each letter that was written with several signs, so that the text stays as long as it was.
    """
    if is_modern(text):
        return text
    text = text.translate(_FROM_SYMBOLS)
    if scheme == "VIQR":
        return _WITH_STOP.sub(_stopped, _replaced(text, _viqr(), filler))
    if scheme == "VNI":
        return _replaced(text, _vni(), filler)
    text = _DASHED.sub(_horned, text.translate(_tcvn3()))
    return text.upper() if scheme == "TCVN3 hoa" else _LINE.sub(_in_capitals, text)


def _replaced(text: str, table: "_Table", filler: str) -> str:
    return table.keys.sub(lambda match: table.letters[match[0]] + filler * (len(match[0]) - 1), text)


def _in_capitals(match: re.Match[str]) -> str:
    """Raise the letters with tones in a line or word of capitals: TCVN3 has them small only, its fonts .Vn…H show them large."""
    line = match[0]
    if _is_capitals(line, _LEAST_CAPITALS):
        return line.upper()
    return _LETTERS.sub(lambda word: word[0].upper() if _is_capitals(word[0], 2) else word[0], line)


def _is_capitals(text: str, least: int) -> bool:
    plain = [c for c in text if c.isalpha() and not (c.islower() and c in _toned())]
    return len(plain) >= least and all(map(str.isupper, plain))


def _stopped(match: re.Match[str]) -> str:
    """Give a full stop back that was taken for the mark of VIQR's nặng: `naỵ` at a word's end is `nay.`."""
    word = match[0]
    bare, mark = _TONELESS.get(word[-1], ""), "." if word[-1] in _HEAVY else "?"
    if bare and counts().get(regular(word.lower()), 0) < counts().get(regular(word[:-1].lower() + bare), 0):
        return word[:-1] + bare + mark
    return word


def guessed(text: str) -> Scheme | None:
    """Give the scheme after whose conversion a text is sound that is not sound as it stands; None for all other text."""
    words = text.split()
    if sum(map(str.isalpha, text.translate(_FROM_SYMBOLS))) < _FEWEST or is_modern(text):
        return None
    before = _worth(words)
    if before > 1 - _GAIN:
        return None
    best = max(GUESSED, key=lambda scheme: _worth(converted(text, scheme).split()))
    after = _worth(converted(text, best).split())
    return best if after >= _SOUND and after >= before + _GAIN else None


def _worth(words: list[str]) -> float:
    """Give how sound (0 to 1) a text is; one without marks is no Vietnamese prose and worth less."""
    return soundness(words) * min(1.0, marked_share(words) / _MARKED)


def _horned(match: re.Match[str]) -> str:
    """Give the ư that came out as a hyphen: Windows-1252 has its soft hyphen at the place of TCVN3's ư."""
    word = match[0]
    letters = word.replace("-", "ư")
    return letters if len(word) > 1 and "-" in word and is_syllable(letters) else word


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    return tomllib.loads((LEXICON / "legacy.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _toned() -> frozenset[str]:
    """Give the letters that TCVN3 has no capitals of."""
    *small, _, _ = _tables()["letters"].split()
    return frozenset("".join(small))


@lru_cache(maxsize=1)
def _tcvn3() -> dict[int, str]:
    letters, codes = (_tables()[key].replace(" ", "") for key in ("letters", "tcvn3"))
    return {ord(code): letter for letter, code in zip(letters, codes, strict=True)}


@dataclass(frozen=True, slots=True)
class _Table:
    """What stands for a letter, and an expression that finds each, the longest first."""

    letters: dict[str, str]
    keys: re.Pattern[str]


@lru_cache(maxsize=1)
def _vni() -> _Table:
    table = _tables()["vni"]
    pairs = {
        base + mark: letter
        for base, plain in table["bases"].items()
        for mark, signs in table["marks"].items()
        if len(letter := unicodedata.normalize("NFC", plain + signs)) == 1
    }
    return _in_all_cases({**pairs, **table["alone"]})


@lru_cache(maxsize=1)
def _viqr() -> _Table:
    shapes, tones = ({"": "", **_tables()["viqr"][key]} for key in ("shapes", "tones"))
    pairs = {
        base + shape + tone: letter
        for base in "aeiouy"
        for shape, sign in shapes.items()
        for tone, mark in tones.items()
        if shape + tone and len(letter := unicodedata.normalize("NFC", base + sign + mark)) == 1
    }
    return _in_all_cases({**pairs, "dd": "đ"})


def _in_all_cases(table: dict[str, str]) -> _Table:
    """Add capitals, also where only the first sign is one."""
    cases: dict[str, str] = {}
    for key, value in table.items():
        cases |= {key.upper(): value.upper(), key[0].upper() + key[1:]: value.upper(), key[0] + key[1:].upper(): value}
    cases |= table
    return _Table(cases, re.compile("|".join(re.escape(key) for key in sorted(cases, key=len, reverse=True))))
