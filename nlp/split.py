"""Where does a new document begin in a file of many pages?

A page opens a document when its head carries what a document's first page carries (Nghị định 30/2020/NĐ-CP, Phụ lục I: issuer, number,
motto, place and date) and nothing says that it comes with the document before it: an appendix, a form with blanks, a draft, what the
letter encloses. What speaks for and against is weighed, and the reasons are kept.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ingest.transcript import Page, Transcript
from nlp.borders import AUTHORITY, KINH_GUI, LUU, NOI_NHAN
from nlp.issued import Dated, read_date_line
from nlp.issuer import issuer_of, read_masthead
from nlp.kind import kind_of_code, kind_of_title
from nlp.letters import bare
from nlp.lexicon import alternatives
from nlp.lines import Printed, printed_lines
from nlp.serial import Numbered, read_number_line, symbol_kind

_HEAD = 22  # printed lines that a head may take, with subject and addressees
_UPPER = 14  # of these, the lines among which the motto stands
_ENOUGH = 6  # weight from which a page opens a document
_AROUND = 160  # letters on each side of `kèm theo` in which the enclosed document is named
_BLANKS = re.compile(r"[.…_]{3,}|…|\.\s\.\s\.|\(\d\)")
_LONG = 14  # words from which a line in small letters is a sentence and no line of a head


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a file: its first and last page, counted as in the file, and why it begins there (sentences in Vietnamese)."""

    first: int
    last: int
    reasons: tuple[str, ...] = ()

    @property
    def pages(self) -> range:
        """Give the numbers of its pages."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True, slots=True)
class _Top:
    """What the head of a page shows."""

    page: int
    motto: bool
    agency: str | None
    numbered: Numbered | None
    dated: Dated | None
    kind: str | None
    titled: bool
    addressed: bool
    attached: bool
    blanks: bool


@dataclass(slots=True)
class _Open:
    """The document that is being gone through: its first page, number and issuer, its text up to the signature, whether that was seen."""

    first: int
    number: str | None
    agency: str | None
    text: str = ""
    ended: bool = False
    blank_before: bool = False


def split(transcript: Transcript) -> tuple[Part, ...]:
    """Give the documents of a file in the order of its pages, at least one; pages without words between two belong to neither."""
    pages = transcript.pages
    if len(pages) < 2:
        return (Part(pages[0].number, pages[0].number),) if pages else (Part(1, 1),)
    by_page: dict[int, list[Printed]] = {page.number: [] for page in pages}
    for line in printed_lines(transcript):
        if not line.is_blank:
            by_page[line.page].append(line)
    starts = _starts(pages, by_page)
    if len(starts) < 2:
        return (Part(pages[0].number, pages[-1].number),)
    bounds = [*(first for first, _ in starts), pages[-1].number + 1]
    return tuple(_part(pages, first, bounds[i + 1] - 1, reasons) for i, (first, reasons) in enumerate(starts))


def between(transcript: Transcript, parts: Sequence[Part]) -> dict[Part, tuple[int, ...]]:
    """Give for each document the pages without words that part it from the next."""
    ends = [*(part.first for part in parts[1:]), transcript.pages[-1].number + 1 if transcript.pages else 1]
    return {part: tuple(range(part.last + 1, end)) for part, end in zip(parts, ends, strict=True)}


def part_of(transcript: Transcript, pages: Collection[int]) -> Transcript:
    """Give these pages of a file as a transcript of its own: the same id, pages numbered as in the file, spans counted from the first."""
    wanted = set(pages)
    if wanted.issuperset(page.number for page in transcript.pages):
        return transcript
    return replace(
        transcript,
        pages=tuple(page for page in transcript.pages if page.number in wanted),
        signatures=tuple(signature for signature in transcript.signatures if signature.page in wanted),
    )


def _part(pages: Sequence[Page], first: int, last: int, reasons: tuple[str, ...]) -> Part:
    """Leave the pages without words at both ends out."""
    written = [page.number for page in pages if first <= page.number <= last and not _is_blank(page)]
    return Part(written[0], written[-1], reasons)


def _is_blank(page: Page) -> bool:
    return not page.text.strip() and not page.regions


def _starts(pages: Sequence[Page], by_page: dict[int, list[Printed]]) -> list[tuple[int, tuple[str, ...]]]:
    """Give the pages on which a document begins, with reasons; the first one is the file's first page with words."""
    found: list[tuple[int, tuple[str, ...]]] = []
    now: _Open | None = None
    for page in pages:
        lines = by_page[page.number]
        if _is_blank(page):
            if now:
                now.blank_before = True
            continue
        top = _top(page.number, lines)
        reasons = _opens(top, now) if now else ()
        if now is None or reasons:
            now = _Open(page.number, top.numbered.number if top.numbered else None, top.agency)
            found.append((page.number, reasons))
        _go_through(now, lines)
    return found


def _go_through(now: _Open, lines: Sequence[Printed]) -> None:
    now.blank_before = False
    if not now.ended:
        now.text += " " + " ".join(line.bare for line in lines)
        now.ended = any(_ends(line) for line in lines)


def _ends(line: Printed) -> bool:
    return bool(NOI_NHAN.match(line.bare) or LUU.match(line.bare)) or (line.is_caps and bool(AUTHORITY.match(line.bare)))


def _top(number: int, lines: Sequence[Printed]) -> _Top:
    """Read the head of a page, as far as a head reaches."""
    head = [line for line in lines if not line.is_stamp and not line.is_furniture][:_HEAD]
    upper = _upper(head)
    numbered = read_number_line(upper)
    above = [line for line in upper if numbered is None or line.span.start <= numbered.span.start or line.kind == "left column"]
    agency, _ = issuer_of(read_masthead(above), 0.9)
    return _Top(
        page=number,
        motto=any(_says(line, "mottos", anywhere=True) for line in upper),
        agency=agency.value if agency and not _BLANKS.search(agency.value) else None,
        numbered=numbered,
        dated=read_date_line(upper),
        kind=_kind(head, numbered),
        titled=any(line.is_caps and kind_of_title(line.plain) for line in head),
        addressed=any(KINH_GUI.match(line.bare) for line in head),
        attached=any(_says(line, "attached") for line in head),
        blanks=any(_BLANKS.search(line.plain) and not _is_rule(line) for line in upper),
    )


def _upper(head: Sequence[Printed]) -> list[Printed]:
    """Give the lines above title, addressees and first sentence: a number or a day below them is cited."""
    for i, line in enumerate(head[:_UPPER]):
        is_title = line.is_caps and kind_of_title(line.plain) is not None
        is_sentence = not line.is_caps and len(line.plain.split()) >= _LONG
        if is_title or is_sentence or KINH_GUI.match(line.bare):
            return list(head[:i])
    return list(head[:_UPPER])


def _is_rule(line: Printed) -> bool:
    return not any(letter.isalnum() for letter in line.plain)


@cache
def _phrases(key: str) -> re.Pattern[str]:
    return re.compile(alternatives("batch", key))


def _says(line: Printed, key: str, *, anywhere: bool = False) -> bool:
    text = re.sub(r"\s+", " ", line.bare).strip(" *-")
    return bool(_phrases(key).search(text) if anywhere else _phrases(key).match(text))


def _kind(head: Sequence[Printed], numbered: Numbered | None) -> str | None:
    """Give the kind that a title in capitals names, else the number's letters, else that of a letter."""
    titles = (kind_of_title(line.plain) for line in head if line.is_caps)
    if title := next(filter(None, titles), None):
        return title
    code = symbol_kind(numbered.number) if numbered else None
    return (code and (kind_of_code(code, "state") or kind_of_code(code, "party"))) or ("Công văn" if numbered else None)


def _opens(top: _Top, now: _Open) -> tuple[str, ...]:
    """Give the reasons for which a page opens a document, or none when it does not."""
    is_dated = top.dated is not None
    has_serial = top.numbered is not None and top.numbered.serial is not None
    has_line = top.numbered is not None
    under_motto = top.motto and (has_serial or (is_dated and (has_line or top.agency is not None)))
    without_motto = has_serial and ((is_dated and top.agency is not None) or (now.ended and top.titled))
    if not under_motto and not without_motto:
        return ()
    speaks_for = [
        (2, top.motto, "có Quốc hiệu hoặc tiêu đề Đảng"),
        (1, top.agency is not None, f"có tên cơ quan ban hành ({top.agency})"),
        (3, has_serial, f"có số riêng ({top.numbered.number if top.numbered else ''})"),
        (2, has_line and not has_serial, "có dòng số, ký hiệu"),
        (1, is_dated, "có địa danh, ngày tháng"),
        (1, top.kind is not None or top.addressed, "có tên loại hoặc nơi gửi"),
        (2, now.ended, "văn bản trước đã kết thúc"),
        (1, now.blank_before, "sau một trang trắng"),
    ]
    weight = sum(weight for weight, holds, _ in speaks_for if holds) - _against(top, now)
    return tuple(reason for _, holds, reason in speaks_for if holds) if weight >= _ENOUGH else ()


def _against(top: _Top, now: _Open) -> int:
    """Weigh what says that a page comes with the document before it."""
    same_number = top.numbered is not None and top.numbered.serial is not None and top.numbered.number == now.number
    return 6 * top.attached + 4 * top.blanks + 6 * same_number + _announced(top, now)


def _announced(top: _Top, now: _Open) -> int:
    """Weigh what the document before says of the one that it encloses: its number, or its kind."""
    text = now.text
    near = [text[max(0, m.start() - _AROUND) : m.end() + _AROUND] for m in _phrases("encloses").finditer(text)]
    if not near:
        return 0
    own = bare(top.numbered.number) if top.numbered and top.numbered.serial else None
    if own and any(own in re.sub(r"\s", "", passage) for passage in near):
        return 6
    if not top.kind:
        return 0
    named = re.compile(rf"\b{re.escape(bare(top.kind))}\b(?!\s+(?:nay|so\b|tren))")
    if not any(named.search(passage) for passage in near):
        return 0
    return 3 if top.numbered and top.agency and now.agency and top.agency != now.agency else 6
