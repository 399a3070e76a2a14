"""At which spots of a paragraph is another document named, by number or by name, and of which kind is it?"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from nlp.dated import WRITTEN
from nlp.issuing import read_body
from nlp.kind import kind_of_code, kinds
from nlp.letters import bare, one_line
from nlp.lexicon import load
from nlp.named import Named, find_named
from nlp.number import FoundNumber, Number, find_numbers
from nlp.passages import Passage

NO_DOCUMENT = "-"  # what stands for the kind of a contract, a form, a plot of land in citing.toml
OF = re.compile(r"\s*[,(]?\s*(?:c[uủùúũụưứừửữ]a|do|giữa)\s+(?=[^\W\d_])")
_SO = r"(?:so|so hieu)"  # `số` in bare text, as OCR leaves it
_BETWEEN = re.compile(rf"\s*[,:(]?\s*(?:{_SO}\s*[:.;]?\s*)?$")
_AFTER_ISSUER = re.compile(rf"\s*[,:]?\s*{_SO}\s*:?\s*$")
_IN_WORDS = re.compile(r"(?:cụm từ|từ|chữ)\s{1,9}[“\"]$")  # `thay thế cụm từ “Luật A” bằng …` speaks of words, not of the law
_LISTED = re.compile(rf"\s*:?\s*(?:{_SO}\s*:?\s*)?(?P<serials>(?:\d{{1,5}}(?:/(?:19|20)\d\d)?\s*(?:,|va)\s*){{1,12}})(?:{_SO}\s*)?$")
_SPLIT = re.compile(rf"\s*{_SO}\s*:?\s*(?P<digits>\d{{1,2}}) $")
_SERIAL = re.compile(r"(\d{1,5})(?:/((?:19|20)\d\d))?")
_SEPARATED = re.compile(r"(?:\s|[,;.&]|va|cung|hoac|cac|\)|so(?: hieu)?(?:\s*:)?)*$")
_DATED = re.compile(r"ngay\s+|" + WRITTEN.pattern)
_NO = re.compile(rf"{_SO}\s*[:.]?\s*$")
_DEFINED = re.compile(r"(?:viết tắt|gọi tắt|gọi chung|gọi)\s+(?:tắt\s+)?là\s+[“\"]?$|[\w)]\s\($")
_COUNTED = r"(?:nam|thang|ngay|dieu|khoan|diem|noi|nhom|%|trieu|ty|nguoi|co|don|buoc|van ban|giai|nhiem|muc)"
_SHORT = re.compile(
    rf"\s{{1,9}}(?P<so>{_SO}\s{{0,9}}:?\s{{0,9}})?(?P<serial>\d{{1,4}}[a-zđ]?)"
    rf"(?![\w/]|\s?[-/]\s?[a-z\d]|[.,]\d|\s{{1,9}}{_COUNTED}|\s{{0,3}}:?\s{{0,3}}(?:\.{{3}}|…|_{{3}}))"
)
_ODD = re.compile(  # a company's own numbers: `công văn số TDV/01-2020`
    r"\s{1,9}số\s{0,3}:?\s{0,3}(?P<number>[A-ZĐ][A-ZĐa-z0-9&]{0,12}(?:[./-][A-ZĐa-z0-9&]{1,12}){0,4}[./-]\d[A-ZĐa-z0-9&]{0,12}(?:[./-][A-ZĐa-z0-9&]{1,12}){0,3})"
    r"(?![\w/])"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One place of a passage where another document is named; offsets count characters of the passage.

    start is at the word of the kind or the name, lead before it where only a part is meant (`khoản 4 Điều 14`); end is
    behind number, date and issuer, title_end behind the subject that follows. own_word tells that the kind is printed right
    before it and not taken from the list it stands in, with_so that `số` is; defines that a short name is introduced (`viết tắt là`).
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
    defines: bool = False

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
    """Give a pattern of all words that name a kind and the space before, in bare text, longest first, and word → kind."""
    names = {kind.name.lower(): kind.name for kind in kinds()} | load("citing")["words"]
    words = {bare(word): name for word, name in names.items()}
    rest: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rest.setdefault(word[0], []).append(r"\s{1,40}".join(map(re.escape, word.split()))[1:])
    pattern = "|".join(rf"{first}(?:{'|'.join(each)})" for first, each in rest.items())
    return re.compile(rf"\W(?:{pattern})(?!\w)"), words  # what is between words first: a search passes over all letters


def find_spots(passage: Passage, family: str) -> list[Citation]:
    """Find the spots in reading order, none inside another; what is said around them is not read yet."""
    spots: list[Citation] = []
    before: Citation | None = None
    for found in sorted(_Finder(passage, family).all(), key=lambda each: each.start):
        if (before and found.start < before.end) or _IN_WORDS.search(passage.lower, max(0, found.start - 24), found.start):
            continue
        spot = _in_its_list(passage, before, found)
        if spot is None:
            continue
        before = spot
        if spot.kind != NO_DOCUMENT:
            spots.append(spot)
    return spots


def _in_its_list(passage: Passage, before: Citation | None, spot: Citation) -> Citation | None:
    """A number without a word of its kind takes the kind of its list; outside a list it counts only if it can be nothing else."""
    if spot.number is None or spot.own_word:
        return spot
    listed = before is not None and before.number is not None and _is_listed(passage.bare[before.end : spot.start])
    if not listed or before is None:
        return spot if spot.number.is_certain else None
    if before.kind == NO_DOCUMENT or spot.number.type_code is None:
        return replace(spot, kind=before.kind)
    return spot


def _is_listed(between: str) -> bool:
    """Say whether only a date and separators stand between two numbers."""
    return len(between) < 60 and bool(_SEPARATED.match(_DATED.sub("", between)))


class _Finder:
    """One pass over a passage: its words of kinds, its names, then its numbers in their light."""

    def __init__(self, passage: Passage, family: str) -> None:
        self.passage, self.family = passage, family
        pattern, table = _kind_words()
        self.words = [_Word(m.start(), m.end() - 1, table[one_line(m[0][1:])]) for m in pattern.finditer(" " + passage.bare)]
        self.named = find_named(passage.text)
        self.word_ends = [word.end for word in self.words]
        self.name_ends = [name.end for name in self.named]

    def all(self) -> Iterator[Citation]:
        """Yield what is named by number, by name, and by a number without symbol."""
        taken: set[int] = set()
        ends: set[int] = set()
        for found in find_numbers(self.passage.text):
            law = self._law_before(found)
            if law:
                taken.add(law.start)
                yield Citation(law.start, found.span.end, found.span.end, law.kind, found.number, named=law)
            else:
                numbered = list(self._numbered(found))
                ends.update(citation.end for citation in numbered)
                yield from numbered
        for name in self.named:
            if name.start not in taken and not name.is_draft:
                yield Citation(name.start, name.end, name.end, name.kind, named=name, issued_on=name.issued_on)
        yield from (short for short in self._short() if short.end not in ends)

    def _law_before(self, found: FoundNumber) -> Named | None:
        """`Luật Viên chức số 58/2010/QH12`: the name stands right before the number."""
        at = bisect_right(self.name_ends, found.span.start) - 1
        if at < 0 or found.span.start - self.name_ends[at] > 20:
            return None
        return self.named[at] if _BETWEEN.match(self.passage.bare[self.name_ends[at] : found.span.start]) else None

    def _numbered(self, found: FoundNumber) -> Iterator[Citation]:
        at, end, number = found.span.start, found.span.end, found.number
        place = bisect_right(self.word_ends, at) - 1
        issuer: str | None = None
        word = self.words[place] if place >= 0 and at - self.word_ends[place] < 120 else None
        between = self.passage.bare[word.end : at] if word else ""
        kind = (word.kind if word else None) or _kind_of(number, self.family)
        if word and (_BETWEEN.match(between) or (issuer := self._issuer_between(word.end, at))):
            yield Citation(word.start, end, end, kind, number, agency=issuer)
        elif word and (split := _SPLIT.fullmatch(between)):
            yield Citation(word.start, end, end, kind, _whole(split["digits"], number))
        elif word and (listed := _LISTED.match(between)):
            yield from _with_shared_symbol(word.end + listed.start("serials"), listed["serials"], kind, number)
            yield Citation(at, end, end, kind, number)
        else:
            so = _NO.search(self.passage.bare, max(0, at - 12), at)
            yield Citation(at, end, end, _kind_of(number, self.family), number, own_word=False, with_so=bool(so))

    def _issuer_between(self, start: int, end: int) -> str | None:
        """`Quyết định của Bộ Chính trị số 31-QĐ/TW`: give the issuer that stands between kind and number."""
        of = OF.match(self.passage.text, start)
        body = read_body(self.passage.text, of.end()) if of else None
        return body[0] if body and _AFTER_ISSUER.match(self.passage.bare[body[1] : end]) else None

    def _short(self) -> Iterator[Citation]:
        """`Quy định 132`, `Nghị quyết số 71`: a number without a symbol."""
        for word in self.words:
            match = _SHORT.match(self.passage.bare, word.end)
            odd = _ODD.match(self.passage.text, word.end) if word.kind in ("Công văn", "") and match is None else None
            if odd:
                yield Citation(word.start, odd.end(), odd.end(), "Công văn", serial=odd["number"], with_so=True)
            if match and word.kind not in ("", NO_DOCUMENT) and self.passage.text[word.start].isupper():
                end = match.end("serial")
                so, defines = bool(match["so"]), bool(_DEFINED.search(self.passage.lower, max(0, word.start - 30), word.start))
                yield Citation(word.start, end, end, word.kind, serial=match["serial"], with_so=so, defines=defines)


def _whole(digits: str, number: Number) -> Number:
    """`số 1 33/QĐ-TTg`: OCR parted the serial."""
    return replace(number, serial=digits + number.serial, canonical=digits + number.canonical)


def _with_shared_symbol(at: int, serials: str, kind: str | None, number: Number) -> Iterator[Citation]:
    """`Nghị định số 115, 116/2020/NĐ-CP`: the symbol is said once, behind the last serial."""
    for match in _SERIAL.finditer(serials):
        spelled = match[1] + number.symbol
        twin = replace(number, serial=match[1], year=int(match[2]) if match[2] else number.year, canonical=spelled, as_read=spelled)
        yield Citation(at + match.start(), at + match.end(), at + match.end(), kind, twin)


def _kind_of(number: Number, family: str) -> str:
    """Give the kind that a number's codes say; a State letter carries no code."""
    if number.codes[0] in ("QCVN", "QCĐP"):
        return "Quy chuẩn kỹ thuật quốc gia"
    if re.match(r"QH\d", number.codes[0]):
        return "Luật"
    if re.match(r"UBTVQH\d", number.codes[0]):
        return "Nghị quyết"
    code = number.type_code
    shape = "party" if number.is_party else "state" if number.year else family
    return (code and (kind_of_code(code, shape) or kind_of_code(code, "state"))) or "Công văn"
