"""How much of a text is no Vietnamese: what a bad reading leaves behind?"""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"\S+")
_EDGES = " .,;:!?()[]'\"“”‘’…-–/*+•«»"
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_STOPPED_TONES = "\u0301\u0323"
_ONSET = r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"
_RHYME = (
    r"(?:(?:iê|yê|uô|ươ|oă|uâ|oa|oe|uê|uyê|uy|ue|[aăâeêioôơuưy])(?P<coda>ch|ng|nh|[cmnpt])?"
    r"|(?:ia|ya|ua|ưa|uơ|uya|oai|oay|oao|oeo|uây|uyu|uôi|ươi|ươu|iêu|yêu|ai|ay|ây|ao|au|âu|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu))"
)
_SYLLABLE = re.compile(_ONSET + _RHYME)
_STOPS = frozenset({"c", "ch", "p", "t"})
_DIRT = re.compile(r"[|~¬{}<>\\_=§¦¢£€¥©®°]|[^\W\d_]\d|\d[^\W\d_]{2}")
_SHORTENED = 8  # letters: capitals up to here are an abbreviation, not a misread word


def unsound(text: str) -> tuple[int, int]:
    """Count the words that are neither Vietnamese nor an abbreviation or number, and all words."""
    words = _WORD.findall(text)
    return sum(not is_sound(word) for word in words), len(words)


@lru_cache(maxsize=1 << 15)
def is_sound(word: str) -> bool:
    """Say whether a word as printed may be one: each part a syllable, an abbreviation, a number; `B4n`, `tỉnb` are none."""
    core = word.strip(_EDGES)
    if not core or "@" in core or "://" in core:
        return True
    if "/" in core and len(core.rpartition("/")[2]) > 1:  # a number and its symbol
        return True
    if _DIRT.search(core):
        return False
    return all(_is_part(part) for part in re.split(r"[^\w]+", core) if part)


def _is_part(part: str) -> bool:
    if not part.isalpha() or len(part) == 1:
        return True
    if part.isupper() and len(part) <= _SHORTENED:
        return True
    letters = unicodedata.normalize("NFD", part.lower())
    tones = _TONES.findall(letters)
    match = _SYLLABLE.fullmatch(unicodedata.normalize("NFC", _TONES.sub("", letters)))
    if match is None or len(tones) > 1 or not (part[1:].islower() or part.isupper() or len(part) == 1):
        return False
    return match["coda"] not in _STOPS or (bool(tones) and tones[0] in _STOPPED_TONES)
