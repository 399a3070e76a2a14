"""Where in a paragraph is another document named, and what is said there: kind, number, date, issuer, subject?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from nlp.dated import WRITTEN, read_date
from nlp.issuing import UPPER, body_before, in_full, read_body
from nlp.kind import kind_of_code, kinds
from nlp.letters import bare, one_line
from nlp.lexicon import load
from nlp.named import Named, find_named
from nlp.number import FoundNumber, Number, find_numbers
from nlp.passages import Passage

_SO = r"(?:so|so hieu)"
_BETWEEN = re.compile(rf"\s*[,:(]?\s*(?:{_SO}\s*[:.;]?\s*)?$")
_LISTED = re.compile(rf"\s*:?\s*(?:{_SO}\s*:?\s*)?(?P<serials>(?:\d{{1,5}}(?:/(?:19|20)\d\d)?\s*(?:,|va)\s*){{1,12}})(?:{_SO}\s*)?$")
_SEPARATED = re.compile(rf"(?:\s|[,;.&]|va|cung|hoac|cac|\)|{_SO}\s*:?)*$")
_NO = re.compile(rf"{_SO}\s*[:.]?\s*$")
_SHORT = re.compile(
    rf"\s{{1,9}}(?P<so>{_SO}\s{{0,9}}:?\s{{0,9}})?(?P<serial>\d{{1,4}}[a-zđ]?)(?![\w/]|\s?[-/]\s?[A-ZĐ\d]|[.,]\d|\s+(?:nam|thang|ngay|dieu|khoan|diem|noi|nhom|%|triệu|tỷ|người|cơ|đơn|bước))"
)
_DAY = re.compile(r"\s*[,(]?\s*(?:(?:được\s+)?(?:ký|ban hành)\s+)?(?:ngày|Ngày|ngàу)\s*[:,]?\s*(?=\d)")
_OF = re.compile(r"\s*[,(]?\s*(?:của|do|giữa)\s+(?=[^\W\d_])")
_AT = re.compile(r"(?:^|[\s,])(?:tại|ở)\s+(?:các\s+|nội dung\s+|nội dung các\s+)?$")
_PART = re.compile(r"(?<!\w)(?:các\s+)?(?:điểm|tiết|khoản|điều|mục|chương|phần|phụ lục|mẫu số)\s+(?:\d|[ivxlc]{1,6}(?!\w)|[a-zđ](?!\w))")
_UNITS = frozenset({"điểm", "tiết", "khoản", "điều", "mục", "chương", "phần", "phụ lục", "lục", "mẫu"})
_DESIGNATOR = re.compile(r"(?:\d{1,3}[a-zđ]?(?:\.\d{1,2})*|[a-zđ](?:\.\d)?|[ivxlc]{1,6}|số)[,;]?|và|đến|của|tại|các|từ|,")
_TITLE_STOPS = re.compile(
    rf"[;\n]|\.\s*/|\.\s+(?=[{UPPER}])|\.\s*$|\s\((?=viết tắt|sau đây|được gửi|gọi|dưới đây|gửi|đã được|văn bản|có|kèm)|[”\"]\s*[.,;)]"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One place of a passage where another document is named; offsets count characters of the passage.

    lead is where the part that is meant begins (start where the whole document is); end is behind number, date and issuer; title_end behind the subject that follows (end where there is none);
    own_word tells that its kind is printed right before it, not taken from the list it stands in.
    """

    start: int
    end: int
    title_end: int
    kind: str | None
    number: Number | None = None
    serial: str | None = None
    named: Named | None = None
    issued_on: date | None = None
    agency: str | None = None
    title: str | None = None
    scope: str | None = None
    own_word: bool = True
    with_so: bool = False
    lead: int = 0

    @property
    def is_announced(self) -> bool:
        """Say whether a word of its kind or `số` stands before its number."""
        return self.own_word or self.with_so


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    kind: str


@cache
def _kind_words() -> tuple[re.Pattern[str], dict[str, str]]:
    """Give a pattern of all words that name a kind, longest first, and word → kind."""
    words = {bare(word): name for word, name in ({kind.name.lower(): kind.name for kind in kinds()} | load("citing")["words"]).items()}
    longest_first = sorted(words, key=len, reverse=True)
    pattern = "|".join(r"\s{1,40}".join(map(re.escape, word.split())) for word in longest_first)
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), words


@cache
def _title_starts() -> re.Pattern[str]:
    starts = sorted(load("citing")["titles"], key=len, reverse=True)
    return re.compile(r"\s*[,:]?\s*[\"“]?(?=(?:" + "|".join(re.escape(start) for start in starts) + r")(?!\w))")


def find_citations(passage: Passage, family: str) -> list[Citation]:
    """Find the places of a passage where other documents are named, in reading order, none inside another."""
    if not re.search(r"\d|[Ll]uật|LUẬT|lệnh|hội|pháp|lệ", passage.text):
        return []
    pattern, table = _kind_words()
    words = [_Word(m.start(), m.end(), table[one_line(m[0])]) for m in pattern.finditer(passage.bare)]
    spots = list(_spots(passage, words, family))
    detailed: list[Citation] = []
    for i in range(len(spots)):
        detailed.append(_with_details(passage, spots, i, detailed[-1].end if detailed else 0))
    return detailed


def _spots(passage: Passage, words: list[_Word], family: str) -> Iterator[Citation]:
    """Yield the bare spots (kind, number or name) without what stands around them."""
    numbers, named = find_numbers(passage.text), find_named(passage.text)
    before: Citation | None = None
    for spot in sorted(_merged(passage, words, numbers, named, family), key=lambda each: each.start):
        if before and spot.start < before.end:
            continue
        if spot.number and not spot.own_word:
            between = passage.bare[before.end : spot.start] if before else ""
            listed = before is not None and before.number is not None and _in_list(between)
            if listed and before and (before.kind == "-" or not _own_kind(spot.number)):
                spot = replace(spot, kind=before.kind)  # noqa: PLW2901 - the spot takes the kind of its list
            if not spot.number.is_certain and not (listed and before and before.kind != "-"):
                continue
        before = spot
        if spot.kind != "-":
            yield spot


def _in_list(between: str) -> bool:
    """Say whether only a date and separators stand between two numbers."""
    return bool(_SEPARATED.match(re.sub(r"ngay\s+|" + WRITTEN.pattern, "", between) if len(between) < 60 else "x"))


def _own_kind(number: Number) -> bool:
    return number.type_code is not None


def _merged(passage: Passage, words: list[_Word], numbers: list[FoundNumber], named: list[Named], family: str) -> Iterator[Citation]:
    taken: set[int] = set()
    for found in numbers:
        law = next((n for n in named if n.end <= found.span.start and _BETWEEN.match(passage.bare[n.end : found.span.start])), None)
        if law:
            taken.add(law.start)
            yield Citation(law.start, found.span.end, found.span.end, law.kind, found.number, named=law)
        else:
            yield from _numbered(passage, words, found, family)
    for name in named:
        if name.start not in taken and not name.is_draft:
            yield Citation(name.start, name.end, name.end, name.kind, named=name, issued_on=name.issued_on)
    yield from _short(passage, words)


def _numbered(passage: Passage, words: list[_Word], found: FoundNumber, family: str) -> Iterator[Citation]:
    at = found.span.start
    word = next((w for w in reversed(words) if w.end <= at), None)
    between = passage.bare[word.end : at] if word else ""
    number = found.number
    if word and (_BETWEEN.match(between) or _issuer_between(passage.text, word.end, at)):
        kind = word.kind or _kind_of(number, family)
        yield Citation(word.start, found.span.end, found.span.end, kind, number)
        return
    listed = _LISTED.match(between) if word and len(between) < 90 else None
    if word and listed:
        for serial in re.finditer(r"(\d{1,5})(?:/((?:19|20)\d\d))?", listed["serials"]):
            start = word.end + listed.start("serials") + serial.start()
            twin = replace(
                number,
                serial=serial[1],
                year=int(serial[2]) if serial[2] else number.year,
                canonical=serial[1] + number.symbol,
                as_read=serial[1] + number.symbol,
            )
            yield Citation(start, word.end + listed.start("serials") + serial.end(), 0, word.kind or _kind_of(number, family), twin)
        yield Citation(at, found.span.end, found.span.end, word.kind or _kind_of(number, family), number)
        return
    so = _NO.search(passage.bare[max(0, at - 12) : at])
    yield Citation(at, found.span.end, found.span.end, _kind_of(number, family), number, own_word=False, with_so=bool(so))


def _issuer_between(text: str, start: int, end: int) -> bool:
    """`Quyết định của Bộ Chính trị số 31-QĐ/TW`: the issuer stands between kind and number."""
    of = _OF.match(text, start)
    body = read_body(text, of.end()) if of and end - start < 110 else None
    return bool(body and re.compile(rf"\s*,?\s*{_SO}\s*:?\s*$").match(bare(text[body[1] : end])))


def _kind_of(number: Number, family: str) -> str | None:
    if number.codes[0] in ("QCVN", "QCĐP"):
        return "Quy chuẩn kỹ thuật quốc gia"
    if re.match(r"QH\d", number.codes[0]):
        return "Luật"
    if re.match(r"UBTVQH\d", number.codes[0]):
        return "Nghị quyết"
    code = number.type_code
    shape = "party" if number.is_party else "state" if number.year else family
    return (code and (kind_of_code(code, shape) or kind_of_code(code, "state"))) or "Công văn"


def _short(passage: Passage, words: list[_Word]) -> Iterator[Citation]:
    """`Quy định 132`, `Nghị quyết số 71`: a number without a symbol."""
    for word in words:
        match = _SHORT.match(passage.bare, word.end)
        if match and word.kind not in ("", "-") and passage.text[word.start].isupper():
            yield Citation(
                word.start, match.end("serial"), match.end("serial"), word.kind, serial=match["serial"], with_so=bool(match["so"])
            )


def _with_details(passage: Passage, spots: list[Citation], i: int, previous_end: int) -> Citation:
    """Read date, issuer and subject behind a spot, then what stands before it."""
    spot, text = spots[i], passage.text
    limit = spots[i + 1].start if i + 1 < len(spots) else len(text)
    spot = _read_behind(text, spot, limit)
    title = _title_starts().match(passage.lower, spot.end)
    if title and title.end() < limit:
        stop = _TITLE_STOPS.search(text, title.end(), min(len(text), title.end() + 900))
        end = stop.start() if stop else min(len(text), title.end() + 900)
        spot = replace(spot, title_end=end, title=one_line(text[title.end() : end]).strip(' ,"“”'))
    else:
        spot = replace(spot, title_end=spot.end)
    return _read_before(passage, spot, previous_end)


def _read_behind(text: str, spot: Citation, limit: int) -> Citation:
    """Date and issuer follow the number in either order."""
    end, day, agency = spot.end, spot.issued_on, spot.agency
    for _ in range(3):
        dated = _DAY.match(text, end, limit)
        if dated and day is None and (read := read_date(text, dated.end())):
            day, end = read[0], read[1]
            continue
        of = _OF.match(text, end, limit)
        joint = bool(spot.number and len(spot.number.codes) > 2)
        body = read_body(text, of.end(), joint=joint) if of and agency is None and spot.serial is None else None
        if body and body[1] <= limit:
            agency, end = body
            continue
        break
    closing = re.compile(r"\s*\)").match(text, end, limit) if "(" in text[spot.end : end] else None
    return replace(spot, end=closing.end() if closing else end, issued_on=day, agency=agency)


def _read_before(passage: Passage, spot: Citation, previous_end: int) -> Citation:
    """Read the part that is meant, and the issuer and date that stand before."""
    text, at = passage.text, spot.start
    window = max(previous_end, at - 220)
    lead = _part_start(passage.lower, window, at)
    scope = one_line(text[lead:at]) if lead < at else None
    spot = replace(spot, lead=lead, scope=scope and re.sub(r"(?:\s(?:của|tại))+$", "", scope))
    if spot.named and not spot.number:
        return spot
    if spot.agency is None and (found := _agency_before(passage, at, window)):
        spot = replace(spot, agency=found[0])
        at = found[1]
    if spot.issued_on is None and spot.agency is not None:
        dated = re.compile(r"(?:^|[.;:]\s*|\d\.\s*)\s*ngày\s+(" + WRITTEN.pattern + r")\s*,\s*$").search(passage.lower[window:at].lstrip())
        day = read_date(dated[1], 0) if dated else None
        spot = replace(spot, issued_on=day[0] if day else None)
    return spot


def _part_start(lower: str, window: int, at: int) -> int:
    """Give where the part that is meant begins (`khoản 4 Điều 14 và Điều 27` Nghị định số …); at where none is named."""
    start = at
    for match in reversed(list(re.compile(r"\S+").finditer(lower, window, at))[-60:]):
        if match[0].strip(",;") not in _UNITS and not _DESIGNATOR.fullmatch(match[0]):
            break
        start = match.start()
    part = _PART.search(lower, start, at)
    return part.start() if part else at


@cache
def _verbs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    citing = load("citing")
    issuing = "|".join(sorted(citing["issuing_verbs"], key=len, reverse=True))
    deciding = "|".join(sorted(citing["deciding_verbs"], key=len, reverse=True))
    return re.compile(rf"\s(?:{issuing})\s+(?:các\s+)?$"), re.compile(rf"\s(?:{deciding})(?:\s[^,;.()]{{0,60}})?$")


def _agency_before(passage: Passage, at: int, window: int) -> tuple[str, int] | None:
    """Read the issuer that stands before: (name, where it starts).

    `của X tại Công văn số`, `X ban hành Quyết định số`, `được X phê duyệt tại Quyết định số`.
    """
    left = passage.lower[window:at]
    issuing, deciding = _verbs()
    if (verb := issuing.search(left)) and (body := body_before(passage.text, window + verb.start())):
        return body
    place = _AT.search(left)
    if enclosed := re.search(r"\s(?:được\s+)?ban hành\s+(?:kèm\s+)?theo\s+(?:các\s+)?$", left):
        return body_before(passage.text, window + enclosed.start())
    if not place:
        return None
    end = window + place.start()
    verb = deciding.search(passage.lower[window:end])
    if verb and (body := body_before(passage.text, window + verb.start())):
        return body
    return _whole_before(passage.text, window, end) or body_before(passage.text, end)


def _whole_before(text: str, window: int, end: int) -> tuple[str, int] | None:
    """`của <all of this> tại`: between the two words stands one name, however long."""
    of = max(text.rfind(" của ", window, end), text.rfind("Của ", window, end))
    if of < 0:
        return None
    name = text[of + 5 : end]
    comma = name.rfind(", ")
    inner = body_before(text, end)
    if comma >= 0 and inner and inner[1] == of + 5 + comma + 2:
        return inner
    words = name.split()
    if not words or len(words) > 26 or not words[0][0].isupper() or re.search(r"[;:.(]|quy định|sửa đổi|ban hành", name):
        return None
    return in_full(name), of + 5
