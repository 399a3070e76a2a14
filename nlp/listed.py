"""What does the sentence over a list say of each document that the list names (`Bãi bỏ các Nghị quyết sau đây:`)?"""

import re
from collections.abc import Sequence
from dataclasses import replace

from nlp.cues import MARKER, SELF
from nlp.directive import Relation
from nlp.passages import Passage
from nlp.relations import RANK, Related

_SAYS: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    ("replaces", re.compile(r"(?<!\w)thay thế(?! cụm từ)(?! từ)(?!\w)")),
    ("repeals", re.compile(r"(?<!\w)(?:bãi bỏ|h[uủ][yỷ] bỏ|(?:hết|không còn) hiệu lực)(?!\w)")),
    ("amends", re.compile(r"(?<!\w)sửa đổi(?!\w)")),
)
_DOES = re.compile(r"(?:nay |kể từ[^,]{3,80}, )?(?:bãi bỏ|h[uủ][yỷ] bỏ|thay thế|sửa đổi)(?!\w)|.{0,200}(?:hết|không còn) hiệu lực(?!\w)")
_DOCUMENTS = re.compile(
    r"(?<!\w)(?:các|những|\d{1,3})\s+(?:văn bản|nghị (?:quyết|định)|quyết định|thông tư|chỉ thị|quy (?:định|chế)|luật|pháp lệnh|kế hoạch"
    r"|công văn|hướng dẫn|kết luận|chương trình)(?!\w)[^.;]{0,200}:\s*$"
)
_WISHED = re.compile(r"(?<!\w)(?:dự thảo|đề nghị|kiến nghị|xem xét|đề xuất|rà soát)(?!\w)")
_ITEM = re.compile(r"\s*(?:(?P<number>\d{1,2}\s*[.)/])|(?P<letter>[a-zđ]\))|(?P<dash>[-+•~]))\s*")
_BEFORE = 60  # characters of an item before the document that it names (`Khoản 4 Điều 2 …`)


class Lists:
    """The list that is open: what is said over it, and with which marks its items begin."""

    def __init__(self) -> None:
        self._relation: Relation | None = None
        self._over: str | None = None
        self._mark: str | None = None

    def relate(self, passage: Passage, related: list[Related]) -> list[Related]:
        """Give the documents of an item the relation that is said over its list; passages come in reading order."""
        if opened := _opens(passage):
            self._relation, self._over, self._mark = opened, _mark_of(passage), None
            return related
        if self._relation is None or not self._is_item(passage, related):
            self._relation = None
            return related
        said = self._relation
        return [_with(each, said) for each in related]

    def _is_item(self, passage: Passage, related: Sequence[Related]) -> bool:
        mark, item = _mark_of(passage), _ITEM.match(passage.lower)
        if item is None or mark == self._over or self._mark not in (None, mark) or not related:
            return False
        self._mark = mark
        return related[0].citation.lead - item.end() <= _BEFORE


def _with(each: Related, said: Relation) -> Related:
    return replace(each, relation=said) if not each.nested and RANK[each.relation] > RANK[said] else each


def _mark_of(passage: Passage) -> str | None:
    item = _ITEM.match(passage.lower)
    return item.lastgroup if item else None


def _opens(passage: Passage) -> Relation | None:
    """Read what a sentence that ends in a colon does to the documents that follow."""
    if passage.zone != "body" or not passage.lower.rstrip().endswith(":"):
        return None
    begin = MARKER.match(passage.lower)
    sentence = passage.lower[begin.end() if begin else 0 :]
    sentence = sentence.rpartition(". ")[2]
    if len(sentence) > 400 or not _DOCUMENTS.search(sentence) or _WISHED.search(sentence):
        return None
    if not (_DOES.match(sentence) or SELF.match(sentence)):
        return None
    return next((relation for relation, pattern in _SAYS if pattern.search(sentence)), None)
