"""When are two spellings the same? With marks off, for finding; with marks on, for ranking what was found."""

import re
import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WORD = re.compile(r"[^\W_]+")
_FOLDED: dict[int, str] = {}


def fold(text: str) -> str:
    """Give the text in small letters without marks, đ as d; each character stays one, so that offsets hold."""
    for letter in set(text):
        if ord(letter) not in _FOLDED:
            first = unicodedata.normalize("NFKD", letter)[:1].lower()
            _FOLDED[ord(letter)] = {"đ": "d", "ð": "d", "ɖ": "d"}.get(first, first if len(first) == 1 else letter)
    return text.translate(_FOLDED)


def key(text: str) -> str:
    """Give the words of a text, folded, with one space between: `Huyện uỷ  Bảo Lâm` and `HUYỆN ỦY BẢO LÂM` are one."""
    return " ".join(_WORD.findall(fold(text)))


@lru_cache(maxsize=20_000)
def spoken(word: str) -> str:
    """Give a word with its tone at the end: `uỷ` and `ủy` are one, `uy` is another."""
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in parts if c not in _TONES) + "".join(c for c in parts if c in _TONES)


def places(text: str) -> list[tuple[int, int]]:
    """Give start and end of each word."""
    return [match.span() for match in _WORD.finditer(text)]
