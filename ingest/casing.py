"""Which letters did OCR read in the wrong case (`sỐ`, `TỈ lệ`, `Đảng Uỷ`)?

Letters such as o and u look alike in both cases but for their size, and a mark above hides the size. Only syllables are
changed, never codes; what stands in capitals among capitals stays.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.characters import folded
from ingest.composing import Token
from ingest.syllables import is_syllable

_WORD = re.compile(r"([\W_]*)([^\W\d_]+)([\W_]*)")
_BODIES = frozenset(("đảng", "tỉnh", "thành", "huyện", "quận", "thị", "cấp", "quân", "chi", "khu", "xứ"))  # … ủy, one word with it
_TONED = re.compile(r"[ÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ]")


def in_right_case(line: Sequence[Token]) -> list[Token]:
    """Give the words of one line, each letter in the case that the word and its neighbours ask for."""
    parts = [_WORD.fullmatch(token.text) for token in line]
    words = [part[2] if part else "" for part in parts]
    ends = [part is None or bool(part[3]) for part in parts]
    return [
        token
        if part is None or (word := _cased(words, i, parted=i > 0 and ends[i - 1])) == part[2]
        else replace(token, text=part[1] + word + part[3])
        for i, (token, part) in enumerate(zip(line, parts, strict=True))
    ]


def _cased(words: Sequence[str], at: int, *, parted: bool) -> str:
    """Give a word in its case; parted says that a sign stands before it."""
    word = words[at]
    before, after = (words[i] if 0 <= i < len(words) else "" for i in (at - 1, at + 1))
    if len(word) < 2 or word.islower() or not is_syllable(word):
        return word
    if word[0].islower() or not (word[1:].islower() or word.isupper()):
        return word[0] + word[1:].lower()
    if len(word) == 2 and word.isupper() and _TONED.search(word) and not _may_be_capitals(before, after):
        word = word.capitalize()
    if word in ("Ủy", "Uỷ") and not parted and before.lower() in _BODIES and not before.isupper() and not _is_committee(words, at):
        return word.lower()
    return word


def _may_be_capitals(before: str, after: str) -> bool:
    """Say whether a word between these two may be part of a heading in capitals."""
    beside = after or before
    return not beside or beside.isupper() or (len(before) > 1 and before.isupper())


def _is_committee(words: Sequence[str], at: int) -> bool:
    """Say whether Ủy begins `Ủy ban`, not followed by the rest of `ban hành`."""
    after, then = (words[i] if i < len(words) else "" for i in (at + 1, at + 2))
    return folded(after) == "ban" and then != "hành"
