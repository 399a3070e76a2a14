"""Which characters did the writer mean?

Files spell one letter in many ways: composed or not, Icelandic Ð for Đ, Cyrillic and Greek look-alikes, soft hyphens,
bullets of the Symbol font. Here they become one, always Unicode NFC.
"""

import re
import unicodedata
from functools import lru_cache

_TABLE = str.maketrans(
    {
        "Ð": "Đ",  # U+00D0, what old keyboards type for Đ
        "ð": "đ",
        "Ɖ": "Đ",
        "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2007": " ", "\u2008": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ",
        "\u3000": " ",
        "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None,
        "\u200e": None, "\u200f": None, "\u202a": None, "\u202b": None, "\u202c": None, "\u202d": None, "\u202e": None,
        "\u2010": "-", "\u2011": "-", "\u2043": "-", "\u2212": "-", "\uf02d": "-", "\uf0be": "-",
        "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "•", "\uf076": "•", "\uf0fc": "•", "\u25cf": "•",
        "⁄": "/", "∕": "/", "／": "/",
        "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
        "\u0340": "\u0300", "\u0341": "\u0301",
    }
)  # fmt: skip
_LOOKALIKES = str.maketrans(
    "АВЕЗІКМНОРСТХУЅЈаеіорсухѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABE3IKMHOPCTXYSJaeiopcyxsjABEZHIKMNOPTYXo",
)
# Nearly every word is made of these alone, and nothing in it needs mending.
_PLAIN = re.compile(r"[\x20-\x7eÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ–—“”…]*")
_FOREIGN = re.compile(r"[\u0370-\u03ff\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_LETTERS = re.compile(r"[^\W\d_]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
# Where Windows puts the letters of a font that names no code page; one alone is a bullet.
_SYMBOLS = re.compile(r"[\uf021-\uf07e]{2,}|(?<=[^\W\d_])[\uf021-\uf07e]")
_HIDDEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ue000-\uf8ff]")
_DISGUISES = re.compile(f"{_FOREIGN.pattern}|{_HIDDEN.pattern}|Ð")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def clean(text: str) -> str:
    """Give the text in NFC with look-alikes, odd spaces and invisible characters mended; line feeds and tabs stay."""
    if _PLAIN.fullmatch(text):
        return text
    if _SYMBOLS.search(text):
        text = _SYMBOLS.sub(lambda run: "".join(chr(ord(c) - 0xF000) for c in run[0]), text)
    text = unicodedata.normalize("NFC", text.translate(_TABLE))
    if _FOREIGN.search(text):
        text = _LETTERS.sub(_latin, text)
    return _CONTROL.sub("", text)


def _latin(match: re.Match[str]) -> str:
    """Mend a word that mixes Latin letters with look-alikes of other scripts; a wholly Greek or Cyrillic word stays."""
    word = match[0]
    return word.translate(_LOOKALIKES) if _LATIN.search(word) else word


def may_be_disguised(text: str) -> bool:
    """Say whether a text holds any character in which words are disguised; nearly none does."""
    return _DISGUISES.search(text) is not None


@lru_cache(maxsize=65536)
def is_disguised(word: str) -> bool:
    """Say whether a word looks Vietnamese but is written with letters of another script, or with invisible characters inside."""
    meant = clean(word)
    return bool(_HIDDEN.search(word[1:-1]) or (_FOREIGN.search(word) and not _FOREIGN.search(meant)) or ("Ð" in word and "Đ" in meant))


def raised(digits: str) -> str:
    """Give digits as superscripts: the mark of a footnote."""
    return digits.translate(_SUPERSCRIPTS)


class _Unmarked(dict[int, int | str]):
    """Gives each character without its marks: a table for translate, which asks about each character once."""

    def __missing__(self, code: int) -> int | str:
        plain = "".join(c for c in unicodedata.normalize("NFD", chr(code)) if not unicodedata.combining(c))
        self[code] = ord(plain) if len(plain) == 1 else plain
        return self[code]


_WITHOUT_MARKS = _Unmarked({ord("đ"): ord("d")})


@lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """Give the text in lower case without marks, đ as d: for finding set phrases, also where OCR lost a mark."""
    return text.lower().translate(_WITHOUT_MARKS)
