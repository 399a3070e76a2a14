"""Of which part of a document is it said, and what is left out?

`Điều 3 của Quy chế ban hành kèm theo Quyết định số …` (the part stands before what the decision encloses), `bãi bỏ các quy định
về … tại Nghị định số …`, `… hết hiệu lực, trừ Điều 5`. All are given as printed.
"""

import re

from nlp.letters import one_line
from nlp.passages import Passage

PART = re.compile(
    r"(?<!\w)(?:các\s+)?(?:điểm|tiết|khoản|điều|mục|chương|phần|phụ lục|mẫu số)\s+(?:\d|[ivxlc]{1,6}(?!\w)|[a-zđ](?!\w)|thứ\s)"
)
_UNITS = frozenset({"điểm", "tiết", "khoản", "điều", "mục", "chương", "phần", "lục", "mẫu"})
_DESIGNATOR = re.compile(
    r"(?:\d{1,3}[a-zđ]?(?:\.\d{1,2})*(?:-\d{1,3}[a-zđ]?)?|thứ|nhất|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười|[a-zđ](?:\.?\d{1,2}){0,4}|[ivxlc]{1,6}|số|phụ)[,;]?|và|đến|của|tại|các|từ|,"
)
_WORD = re.compile(r"\S+")
_ENCLOSED = re.compile(r"(?<!\w)kèm\s+theo\s+(?:các\s+)?$")
_CONTENT = re.compile(
    r"(?:bãi bỏ|hủy bỏ|thay thế|sửa đổi(?:, bổ sung)?)\s+(?P<what>(?:các |một số |toàn bộ )?(?:quy định|nội dung|cụm từ)\s[^;]{3,200}?)"
    r"\s+(?:tại|của|trong)\s*$"
)
_EXCEPTION = re.compile(r"(?<!\w)(?:ngoại trừ|trừ)\s(?=\S)")
_ENDS = re.compile(r"\.(?=\s|/|$)|;|\n")
_DANGLING = re.compile(r"(?:\s(?:của|tại))+$")


def part_start(lower: str, window: int, at: int) -> int:
    """Give where the part that is meant begins (`khoản 4 Điều 14 và Điều 27` Nghị định số …); at where none is named."""
    start = at
    for match in reversed(list(_WORD.finditer(lower, window, at))):
        if not _belongs(match[0]):
            break
        start = match.start()
    part = PART.search(lower, start, at)
    return part.start() if part else at


def _belongs(word: str) -> bool:
    return word.strip(",;") in _UNITS or bool(_DESIGNATOR.fullmatch(word))


def part_as_printed(passage: Passage, start: int, end: int) -> str | None:
    """Give the words of a part without the word that ties it to its document; None where there are none."""
    return _DANGLING.sub("", one_line(passage.text[start:end])).strip(" ,;") or None


def part_of_enclosed(passage: Passage, window: int, at: int) -> str | None:
    """Give the part of what is enclosed (`Mục 4 Phụ lục II kèm theo` Nghị định số …); None where none is named."""
    lower = passage.lower
    if not _ENCLOSED.search(lower, max(window, at - 30), at):
        return None
    begin = max((m.end() for m in re.compile(r"[.:]\s").finditer(lower, window, at)), default=window)
    first = PART.search(lower, begin, at)
    if first is None:
        return None
    end = first.end()
    for match in _WORD.finditer(lower, first.start(), at):
        if not _belongs(match[0]):
            break
        end = match.end()
    return part_as_printed(passage, first.start(), end)


def content_meant(passage: Passage, start: int, lead: int) -> str | None:
    """Give what of a document is changed, where it is told by content (`các quy định về … tại`) and not by article."""
    found = _CONTENT.search(passage.lower, max(start, lead - 260), lead)
    return one_line(passage.text[found.start("what") : found.end("what")]) if found else None


def exception_behind(passage: Passage, start: int, leads: tuple[int, ...]) -> str | None:
    """Give what a sentence leaves out (`trừ …`), up to its end or to the next document named (leads); None if nothing is."""
    lower = passage.lower
    stop = _ENDS.search(lower, start)
    end = stop.start() if stop else len(lower)
    found = _EXCEPTION.search(lower, start, min(end, start + 3000))
    if found is None:
        return None
    end = min((lead for lead in leads if lead > found.end()), default=end) if leads else end
    return one_line(passage.text[found.start() : min(end, found.start() + 300)]).strip(" ,;") or None
