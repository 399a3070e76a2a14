"""Which words of a sentence belong to which of its limits?

A limit closes its clause (`…; hoàn thành trước ngày 31/12/2026`) or leads it (`Hằng năm, tổ chức tập huấn`). A clause that
only says that something is to be finished takes the clause before it with it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.assignees import is_body, name_at, next_verb
from nlp.tasks import is_generic
from nlp.times import Time

_LONGEST = 1500  # characters of a clause
_GOES_ON = re.compile(r"\)?\s*[,]?\s*(?:và\s+)?(?:gửi|báo\s*cáo|trình|về|cho|nộp)(?![a-zđ])")
_QUALIFIES = re.compile(r"\s*(?:bảo\s*đảm|đảm\s*bảo|nhằm|trong\s*đó|\([^()]{1,4}\)|góp\s*phần|đồng\s*thời\s+bảo)(?![a-zđ])")
_HANDED_ON = re.compile(r"(?:về|gửi|cho|đến)\s+(?=[A-ZĐÀ-Ỹ])")
_FOR_WHAT = re.compile(r"\sđể\s+(?=tổng\s*hợp|báo\s*cáo|tham\s*mưu|trình)")


@dataclass(frozen=True, slots=True)
class Clause:
    """The pieces (start, end) of the plain text that say what is due; handed_to is the body that a later step falls to."""

    limit: Time
    pieces: tuple[tuple[int, int], ...]
    handed_to: tuple[int, int] | None = None

    @property
    def span(self) -> tuple[int, int]:
        """Give the stretch from the first word to the last, the limit with it."""
        starts = [start for start, _ in self.pieces] + [self.limit.start]
        ends = [end for _, end in self.pieces] + [self.limit.end]
        return min(starts), max(ends)


def clauses(text: str, low: str, start: int, end: int, limits: Sequence[Time]) -> Iterator[Clause]:
    """Yield the clause of each limit in a sentence whose task runs from start to end."""
    for number, limit in enumerate(limits):
        left = limits[number - 1].end if number else min(start, limit.start)
        left = max(left, limit.start - _LONGEST)
        right = limits[number + 1].start if number + 1 < len(limits) else min(end, limit.end + _LONGEST)
        if next_verb(low, max(left, min(start, limit.start)), limit.start) is None and _leads(low, limit, right):
            yield Clause(limit, ((limit.end, _stop(text, limit.end, right, last=number + 1 == len(limits))),))
            continue
        pieces = [(_clause_start(text, left, limit.start), limit.start)]
        if _GOES_ON.match(low, limit.end, right):
            pieces.append((limit.end, _stop(text, limit.end, right, last=number + 1 == len(limits))))
        yield _handed_on(text, low, limit, pieces) if number else Clause(limit, tuple(pieces))


def _leads(low: str, limit: Time, right: int) -> bool:
    return next_verb(low, limit.end, min(right, limit.end + 200)) is not None


def _stop(text: str, at: int, right: int, *, last: bool) -> int:
    """A clause that its limit leads ends at the semicolon, or where the next limit's clause begins."""
    semicolon = text.find(";", at, right)
    if semicolon >= 0 and not is_generic(text[at:semicolon]):
        return semicolon
    if last:
        return right
    return max(text.rfind(",", at, right), text.rfind(";", at, right), at) or right


def _clause_start(text: str, left: int, at: int) -> int:
    """Go back over semicolons until the clause says more than that it is to be finished."""
    start = at
    while start > left:
        start = max(text.rfind(";", left, start - 1) + 1, left)
        if not is_generic(text[start:at]) and not _QUALIFIES.match(text[start:at].lower()):
            break
    return start


def _handed_on(text: str, low: str, limit: Time, pieces: list[tuple[int, int]]) -> Clause:
    """`… gửi về Sở Nội vụ để tổng hợp, báo cáo trước …` after an earlier limit: the second step is the receiver's."""
    start, end = pieces[0]
    purpose = next(iter(_FOR_WHAT.finditer(low, start, end)), None)
    if purpose:
        for found in _HANDED_ON.finditer(text, start, purpose.start()):
            if is_body(text, found.end()):
                named = name_at(text, low, found.end(), purpose.start())
                stop = re.search(r"\s(?:theo|qua|bằng|trước)\s", text[named[0][0] : named[0][1]]) if named else None
                if named:
                    name_end = named[0][0] + stop.start() if stop else named[0][1]
                    return Clause(limit, ((purpose.end(), end), *pieces[1:]), (named[0][0], name_end))
    return Clause(limit, tuple(pieces))
