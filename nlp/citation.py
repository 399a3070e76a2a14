"""What does the text say around a citation: the document's date, issuer and subject, the part that is meant?"""

import re
from dataclasses import replace
from functools import cache

from nlp.dated import WRITTEN, read_date
from nlp.issuing import body_before, in_full, read_body
from nlp.letters import UPPER, bare, one_line
from nlp.lexicon import load
from nlp.partial import part_as_printed, part_of_enclosed, part_start
from nlp.passages import Passage
from nlp.spots import OF, Citation, find_spots

_NAMES_SOMETHING = re.compile(r"\d|[Ll]uật|LUẬT|lệnh|hội|pháp|lệ|làm việc của")
_DAY = re.compile(
    r"\s*[.,(]?\s*(?:(?:được\s+)?(?:ký|ban hành|đề)\s+)?[Nn]g[àaáả]y\s*[:,]?\s*(?=\d)"
    r"|\s*\((?=\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}\s?\))"
)
_SITTING = re.compile(r"\s*,?\s*(?=Hội nghị lần thứ)")
_DAY_BEFORE = re.compile(r"(?:^|[.;:]\s*|\d\.\s*)\s*ngày\s+(" + WRITTEN.pattern + r")\s*,\s*$")
_NAMES_ISSUER = re.compile(r"[,(]\s+(?:do\s+)?(?=Bộ\s)")
_ISSUED = re.compile(r"\s+(?:đã\s+)?ban hành(?!\w)")
_AT = re.compile(r"(?:^|[\s,])(?:tại|ở)\s+(?:các\s+|nội dung\s+|nội dung các\s+)?$")
_ENCLOSED_IN = re.compile(r"\s(?:được\s+)?ban hành\s+(?:kèm\s+)?theo\s+(?:các\s+)?$")
_MEETING = re.compile(r"Hội nghị lần thứ\s*\S{1,8}?,?\s+(?=Ban Chấp hành)")
_TITLE_STOPS = re.compile(
    rf"[;\n]|,\s+(?=Căn cứ\s)|\.\s*/|\.\s+(?=[{UPPER}])|\.\s*$|[”\"]\s*[.,;)]"
    r"|\s\((?=viết tắt|sau đây|được gửi|gọi|dưới đây|gửi|đã được|văn bản|có|kèm)"
)
_DETAILS_TOO = re.compile(r";\s+quy định chi tiết(?!\w)")  # `quy định về phân cấp; quy định chi tiết một số điều của Luật …` is one subject
_LONGEST_TITLE = 900  # characters
_LONGEST_SCOPE = 220
_NOT_IN_A_NAME = re.compile(r"[;:.(]|quy định|sửa đổi|ban hành")


@cache
def _title_starts() -> re.Pattern[str]:
    starts = sorted({bare(start) for start in load("citing")["titles"]}, key=len, reverse=True)
    return re.compile(r"\s*[,:]?\s*[\"“]?(?=(?:" + "|".join(re.escape(start) for start in starts) + r")(?!\w))")


@cache
def _verbs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give the patterns of `ban hành |` and `phê duyệt … | tại`, at the end of a text in lower case."""
    citing = load("citing")
    issuing, deciding = ("|".join(sorted(citing[key], key=len, reverse=True)) for key in ("issuing_verbs", "deciding_verbs"))
    return re.compile(rf"\s(?:{issuing})\s+(?:các\s+)?$"), re.compile(rf"\s(?:{deciding})(?:\s[^,;.()]{{0,60}})?$")


def find_citations(passage: Passage, family: str) -> list[Citation]:
    """Find the places of a passage where other documents are named, in reading order, with what is said around them."""
    if not _NAMES_SOMETHING.search(passage.text):
        return []
    spots = find_spots(passage, family)
    detailed: list[Citation] = []
    for i, spot in enumerate(spots):
        limit = spots[i + 1].start if i + 1 < len(spots) else len(passage.text)
        behind = _read_subject(passage, _read_behind(passage.text, spot, limit), limit)
        if behind.agency is None and behind.number and behind.number.is_technical:
            behind = replace(behind, agency=_issuer_of_technical(passage.text, spot.end, limit))
        detailed.append(_read_before(passage, behind, detailed[-1].end if detailed else 0))
    return detailed


def _read_behind(text: str, spot: Citation, limit: int) -> Citation:
    """Date and issuer follow the number in either order."""
    end, day, agency = spot.end, spot.issued_on, spot.agency
    joint = bool(spot.number and len(spot.number.codes) > 2)
    for _ in range(3):
        dated = _DAY.match(text, end, limit) if day is None else None
        if dated and (read := read_date(text, dated.end())):
            day, end = read
            end += dated[0].lstrip().startswith("(") and text.startswith(")", end)
            continue
        of = (OF.match(text, end, limit) or _SITTING.match(text, end, limit)) if agency is None else None
        meeting = _MEETING.match(text, of.end()) if of else None
        body = read_body(text, meeting.end() if meeting else of.end(), joint=joint) if of else None
        if body is None or body[1] > limit:
            break
        agency, end = body
    closing = re.compile(r"\s*\)").match(text, end, limit) if "(" in text[spot.end : end] else None
    return replace(spot, end=closing.end() if closing else end, issued_on=day, agency=agency)


def _issuer_of_technical(text: str, at: int, limit: int) -> str | None:
    """`QCVN 1:2024/BGTVT về …, Bộ Giao thông vận tải ban hành`: the issuer stands behind the name of the regulation."""
    for comma in _NAMES_ISSUER.finditer(text, at, min(limit, at + 400)):
        body = read_body(text, comma.end())
        if body and _ISSUED.match(text, body[1]):
            return body[0]
    return None


def _read_subject(passage: Passage, spot: Citation, limit: int) -> Citation:
    """Read the subject that follows (`về việc …`, `quy định …`), up to the end of its clause."""
    title = _title_starts().match(passage.bare, spot.end)
    if title is None or title.end() >= limit:
        return replace(spot, title_end=spot.end)
    furthest = min(len(passage.text), title.end() + _LONGEST_TITLE)
    stop = _TITLE_STOPS.search(passage.text, min(title.end() + 4, furthest), furthest)  # a stop right behind `về` is a speck
    if stop and passage.lower.startswith(("quy định", "về quy định"), title.end()) and _DETAILS_TOO.match(passage.lower, stop.start()):
        stop = _TITLE_STOPS.search(passage.text, stop.end(), furthest)
    end = stop.start() if stop else furthest
    return replace(spot, title_end=end, title=one_line(passage.text[title.end() : end]).strip(' ,"“”'))


def _read_before(passage: Passage, spot: Citation, previous_end: int) -> Citation:
    """Read the part that is meant, and the issuer and date that stand before."""
    window = max(previous_end, spot.start - _LONGEST_SCOPE)
    lead = part_start(passage.lower, window, spot.start)
    scope = part_as_printed(passage, lead, spot.start) or part_of_enclosed(passage, window, spot.start)
    spot = replace(spot, lead=lead, scope=scope)
    if spot.number is None or spot.agency is not None:
        return spot
    before = _issuer_before(passage, spot.start, window)
    if before is None:
        return spot
    dated = _DAY_BEFORE.search(passage.lower[window : before[1]].lstrip()) if spot.issued_on is None else None
    day = read_date(dated[1], 0) if dated else None
    return replace(spot, agency=before[0], issued_on=day[0] if day else spot.issued_on)


def _issuer_before(passage: Passage, at: int, window: int) -> tuple[str, int] | None:
    """Read the issuer that stands before: (name, where it starts).

    `X ban hành Quyết định số`, `Quy chế của X ban hành kèm theo Quyết định số`, `được X phê duyệt tại Quyết định số`,
    `đề nghị của X tại Công văn số`.
    """
    left = passage.lower[window:at]
    issuing, deciding = _verbs()
    if (verb := issuing.search(left)) and (body := body_before(passage.text, window + verb.start())):
        return body
    if enclosed := _ENCLOSED_IN.search(left):
        return body_before(passage.text, window + enclosed.start())
    place = _AT.search(left)
    if place is None:
        return None
    end = window + place.start()
    decided = deciding.search(passage.lower, window, end)
    if decided and (body := body_before(passage.text, decided.start())):
        return body
    return _whole_before(passage.text, window, end) or body_before(passage.text, end)


def _whole_before(text: str, window: int, end: int) -> tuple[str, int] | None:
    """`của <all of this> tại`: between the two words stands one name, however long."""
    of = max(text.rfind(" của ", window, end), text.rfind("Của ", window, end))
    if of < 0:
        return None
    name, start = text[of + 5 : end], of + 5
    inner, comma = body_before(text, end), name.rfind(", ")
    if comma >= 0 and inner and inner[1] == start + comma + 2:
        return inner
    words = name.split()
    if not words or len(words) > 26 or not words[0][0].isupper() or _NOT_IN_A_NAME.search(name):
        return None
    return in_full(name), start
