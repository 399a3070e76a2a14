"""What is the one spelling of letters when texts are compared?

All three forms keep the length, so that an offset in one is the same offset in the other.
"""

import codecs
import re
import unicodedata

# Capitals and small letters: a range from À to Ỹ holds both.
UPPER = "A-ZĐĂÂÊÔƠƯÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ"
LOWER = f"a-z{UPPER[3:].lower()}"
_LOOKS = {
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\u200b\u200c\u200d\ufeff\u00ad\r\x0b\x0c", " "),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2044\u2215\uff0f", "/"),
    "\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ", "\u01a2": "Ư", "\u01a3": "ư", "\uff1a": ":",
    "\u2019": "'", "\u2018": "'", "\u00b4": "'",
}  # fmt: skip
_FIRST = 200
_LOOK = re.compile(f"[{re.escape(''.join(_LOOKS))}]")  # sought one by one: a table asks for every letter of a text

# The tone mark of an open oa, oe, uy stands on the first vowel (hòa, ủy); both spellings are in use.
_TONES = "\u0300\u0301\u0309\u0303\u0323"
_PAIRS = {}
for _first, _second in ("oa", "oe", "uy"):
    for _tone in _TONES:
        for _a in (_first, _first.upper()):
            for _b in (_second, _second.upper()):
                _PAIRS[_a + unicodedata.normalize("NFC", _b + _tone)] = unicodedata.normalize("NFC", _a + _tone) + _b
_SECOND = {first: "".join(pair[1] for pair in _PAIRS if pair[0] == first) for first in "oOuU"}
# A class of letters comes first, so that a search passes over all others without trying them.
_OPEN = re.compile(rf"[oOuU](?<![qQ].)(?:(?<=[oO])[{_SECOND['o']}{_SECOND['O']}]|(?<=[uU])[{_SECOND['u']}{_SECOND['U']}])(?![^\W\d_])")


class _Bare(dict[int, str]):
    """Each letter's bare form, found once."""

    def __missing__(self, code: int) -> str:
        letter = unicodedata.normalize("NFD", chr(code))[0].lower()
        self[code] = {"đ": "d"}.get(letter, letter) if len(letter) == 1 else chr(code)
        return self[code]


_BARE = _Bare()


def mended(text: str) -> str:
    """Give the text with look-alike letters, dashes and spaces made regular and the tone mark in its newer place; same length."""
    return _OPEN.sub(lambda m: _PAIRS[m[0]], _LOOK.sub(lambda m: _LOOKS[m[0]], text))


# What nearly all texts consist of in lower case: a codec for these letters alone is six times as fast as a table for all.
_USUAL = (
    "".join(map(chr, (*range(65), *range(91, 128))))
    + LOWER[3:]
    + "“”‘’–—‑−…•·°º²³¹½×÷±≤≥µ≠→□☐«»\u00a0\u00ad\u0300\u0301\u0303\u0309\u0323\u200b"
)
_OF_USUAL = codecs.charmap_build(_USUAL.ljust(256, "\ufffe"))
_BARE_USUAL = _USUAL.translate(_BARE)


def bare(text: str) -> str:
    """Give the text in lower case without diacritics (đ → d), for anchors that OCR misreads; same length."""
    try:
        return codecs.charmap_decode(codecs.charmap_encode(text.lower(), "strict", _OF_USUAL)[0], "strict", _BARE_USUAL)[0]
    except UnicodeEncodeError:  # a letter that is not usual, and one such grows in lower case
        return text.translate(_BARE)


def is_upper(text: str) -> bool:
    """Say whether the letters are capitals but for a stray one (OCR reads a small letter into a heading now and then)."""
    small, most = 0, len(text) // 12
    for c in text[:_FIRST]:  # a sentence is told by its first letters
        small += c.islower()
        if small > most:
            return False
    small += sum(map(str.islower, text[_FIRST:]))
    return small <= most and sum(map(str.isalpha, text)) >= max(2, 12 * small)


def one_line(text: str) -> str:
    """Give the text with every run of white space as one space."""
    return " ".join(text.split())
