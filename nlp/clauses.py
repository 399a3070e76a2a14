"""Which words of a sentence belong to which of its limits?

A limit closes its clause (`…; hoàn thành trước ngày 31/12/2026`) or leads it (`Hằng năm, tổ chức tập huấn`). A clause that
only says that something is to be finished takes the clause before it with it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.assignees import is_body, name_at, next_verb, verb
from nlp.letters import UPPER
from nlp.tasks import is_generic
from nlp.timewords import Time

_LONGEST = 1500  # characters of a clause
_GOES_ON = re.compile(r"\)?\s*[,]?\s*(?:và\s+)?(?:gửi|báo\s*cáo|trình|về|cho|nộp)(?![a-zđ])")
_QUALIFIES = re.compile(r"\s*(?:bảo\s*đảm|đảm\s*bảo|nhằm|trong\s*đó|\([^()]{1,4}\)|góp\s*phần|đồng\s*thời\s+bảo)(?![a-zđ])")
_HANDED_ON = re.compile(rf"(?:về|gửi|cho|đến)\s+(?=[{UPPER}])")
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
        left = max(limits[number - 1].end if number else 0, min(start, limit.start), limit.start - _LONGEST)
        right = limits[number + 1].start if number + 1 < len(limits) else min(end, limit.end + _LONGEST)
        close = _closing(text, limit, right)
        is_last = number + 1 == len(limits) or close < right
        right = close
        if _leads(low, max(left, min(start, limit.start)), limit, right):
            yield _led(text, low, limit, start, (right, is_last))
            continue
        pieces = [(_clause_start(text, left, limit.start), limit.start)]
        if _GOES_ON.match(low, limit.end, right):
            pieces.append((limit.end, _stop(text, limit.end, right, last=is_last)))
        yield _other_body(text, low, limit, pieces, start)


def _closing(text: str, limit: Time, right: int) -> int:
    """What a limit inside brackets leads ends with the bracket."""
    opened = text.rfind("(", max(0, limit.start - 80), limit.start) > text.rfind(")", max(0, limit.start - 80), limit.start)
    closed = text.find(")", limit.end, right) if opened else -1
    return closed if closed >= 0 else right


def _leads(low: str, left: int, limit: Time, right: int) -> bool:
    """Say whether the words behind a limit are its clause: nothing is said before it, or it opens a clause of its own."""
    before = low[max(left, limit.start - 12) : limit.start].rstrip()
    if low.startswith(")", right) and before.endswith(("(", ",")) and len(low[limit.end : right].split()) >= 4:
        return True  # in brackets each part names its own time
    verb_behind = next_verb(low, limit.end, min(right, limit.end + 200))
    if verb_behind is None:
        return not re.search(r"[^\W\d_]{2}", low[left : limit.start]) and re.search(r"\w", low[limit.end : right]) is not None
    opens = before.endswith((";", ":", "(", "; và")) or (limit.shape == "set" and before.endswith(",") and verb_behind <= limit.end + 3)
    return opens or next_verb(low, left, limit.start) is None


def _led(text: str, low: str, limit: Time, start: int, right: tuple[int, bool]) -> Clause:
    """The clause that a limit leads, with the body that is named behind it (`hằng năm, hai ngành tổ chức …`)."""
    begins = start if limit.end < start < right[0] else limit.end
    named = None
    if begins == limit.end:
        at = begins + len(text[begins : right[0]]) - len(text[begins : right[0]].lstrip(" ,:"))
        named = name_at(text, low, at, right[0]) if at < right[0] else None
        begins = named[1] if named and named[1] < right[0] else begins
    named_body = named[0] if named and begins == named[1] else None
    return Clause(limit, ((begins, _stop(text, begins, right[0], last=right[1])),), named_body)


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
        if not is_generic(text[start:at]) and _begins_task(text, start, at):
            break
    return start


def _begins_task(text: str, start: int, at: int) -> bool:
    """A clause of its own begins with a verb or a body, not with a noun that goes on a list, nor with a qualifier."""
    begins = start + len(text[start:at]) - len(text[start:at].lstrip(" ,;-"))
    low = text[begins : min(at, begins + 60)].lower()
    return (verb().match(low) is not None and not _QUALIFIES.match(low)) or is_body(text, begins)


def _other_body(text: str, low: str, limit: Time, pieces: list[tuple[int, int]], sentence: int) -> Clause:
    """A clause behind a semicolon may have a body of its own; behind an earlier limit it may be the receiver's.

    `…; Phòng Kinh tế hoàn thành đo đạc trước …`, `… gửi về Sở Nội vụ để tổng hợp, báo cáo trước …`.
    """
    start, end = pieces[0]
    if start <= sentence:
        return Clause(limit, tuple(pieces))
    begins = start + len(text[start:end]) - len(text[start:end].lstrip(" ,;"))
    own = name_at(text, low, begins, end)
    if own and own[0][1] < own[1] < end and own[1] - own[0][1] <= 30:
        return Clause(limit, ((own[1], end), *pieces[1:]), own[0])
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
