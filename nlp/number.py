"""What does the number and symbol of a document say, in any of its spellings?

State `07/2020/NĐ-CP`, `833/QĐ-UBND`, `1234/UBND-XD`, `45/2019/QH14` (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.3),
Party `07-NQ/HU` (36-HD/VPTW), mixed `02/HD-BDVTU`, legacy `51-HĐBT`, joint `154/CTPH-LĐLĐ-SVH,TT,DL`, technical
regulations `QCVN 01:2019/BCT`. A small scanner reads serial, year and codes one after another and checks each, so that
gaps, line ends and the damage of OCR cost no backtracking.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.transcript import Span
from nlp.kind import kinds
from nlp.letters import bare
from nlp.lexicon import load

_GAP = r"[^\S\n]{0,40}"
_HEAD = rf"""(?P<serial>(?:[0-9OolI]{{0,5}}[0-9][0-9OolI]{{0,5}}(?:\.[0-9]{{1,2}})?|O[0-9]|[lI][0-9]{{2}})[a-zđ]?)
    (?:{_GAP}(?P<sep>[/-])(?:[ ]?-(?=[A-ZĐ]))?{_GAP}
      |[ ]{{1,2}}(?=[A-ZĐ][A-Za-zĐ]{{0,3}}/)|(?=(?:QĐ|NĐ|NQ|CT|KH|TB|BC|CV|HD|KL|CĐ|TTr)[/-][A-ZĐ]))
    (?=(?:(?:19|20)\d\d{_GAP}/|[0-9]?[A-ZĐƯÔÂƠÊ]))"""
_START = re.compile(rf"(?<![0-9A-Za-zĐđƯư./,_@&-])(?<![^ốỐoO]:){_HEAD}", re.VERBOSE)  # a colon only behind `số`
_AFTER_TWIN = re.compile(_HEAD, re.VERBOSE)
_TWIN = re.compile(r"[A-ZĐ](?<!\w.)[A-ZĐ]{1,2}(?=\d{1,5}[-/])")  # `HD38-HD/BTCTW`: the code of the kind is glued to the serial
_YEAR = re.compile(rf"((?:19|20)\d\d){_GAP}/(?:[ ]?/)?{_GAP}")
_CODE = re.compile(
    r"(?:EVN (?=[A-Z]{3,6}\d?[-/]))?[0-9]?[A-ZĐƯÔÂƠÊ](?:[A-ZĐƯÔÂƠÊa-zđ0-9]|[&.](?=[A-ZĐ]|nb\b)| ?& ?(?=[A-ZĐ]{2})|,(?=[A-ZĐ]{2}))*(?!\w)"
)
_SEP = re.compile(rf"{_GAP}([/-])(?:[ ]?-(?=[A-ZĐ]))?{_GAP}")
_INTERNAL = re.compile(r"/nb(?!\w)")
_TECHNICAL = re.compile(
    rf"(Q(?<!\w.)C(?:VN|ĐP)){_GAP}(\d{{1,3}}(?:-\d{{1,3}})?){_GAP}:{_GAP}((?:19|20)\d\d){_GAP}/{_GAP}([A-ZĐ]{{2,9}}[A-Za-zĐ]{{0,3}})(?!\w)"
)
_DIGITS = str.maketrans("OolI", "0011")


@dataclass(frozen=True, slots=True)
class Number:
    """A number taken apart.

    serial as printed (`07`, `66.1`, `15a`); year only where the number carries one; codes in order (`NĐ`, `CP`); canonical
    is the spelling without spaces and with damaged codes mended; as_read the same unmended.
    """

    serial: str
    year: int | None
    codes: tuple[str, ...]
    separators: str
    canonical: str
    as_read: str

    @property
    def key(self) -> str:
        """Give what two spellings of one number share: serial without zeros, year, codes in capitals without diacritics."""
        return "|".join((self.serial.lstrip("0").lower(), str(self.year or ""), *(bare(code) for code in self.codes)))

    @property
    def type_code(self) -> str | None:
        """Give the code of the kind (`NQ`, `QĐ`); None for a State letter, a law and what else carries none."""
        return self.codes[0] if self.codes and self.codes[0].upper() in type_codes() else None

    @property
    def organ(self) -> str:
        """Give the code of the body that issued it: the last after a kind's code, else the first (`UBND` of UBND-XD)."""
        rest = self.codes[1:] if self.type_code and len(self.codes) > 1 else self.codes
        return rest[0] if rest else ""

    @property
    def symbol(self) -> str:
        """Give all behind the serial, with its separator: `-NQ/HU`, `/2020/NĐ-CP`."""
        return self.canonical.removeprefix(self.serial)

    @property
    def is_technical(self) -> bool:
        """Say whether it is the number of a technical regulation (`QCVN 01:2019/BCT`)."""
        return self.codes[0] in ("QCVN", "QCĐP")

    @property
    def is_party(self) -> bool:
        """Say whether it has the Party's shape: hyphen before the kind, slash before the body."""
        return self.year is None and self.separators[:2] == "-/"

    @property
    def is_certain(self) -> bool:
        """Say whether it can be nothing else: a year and a body, a known kind and a body, or a body and its unit."""
        if self.is_technical:
            return True
        if len(self.codes) == 1:
            return self.year is not None and bool(re.match(r"(?:UBTV)?QH\d", self.codes[0]))
        if self.type_code:
            return True
        return self.year is None and self.separators[:2] == "/-" and sum(c.isupper() for c in self.codes[0]) >= 2


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number and where it stands in the text that was searched."""

    number: Number
    span: Span


@cache
def type_codes() -> frozenset[str]:
    """Give the codes of all kinds, in capitals."""
    return frozenset(code.upper() for kind in kinds() for code in kind.codes) | frozenset(load("citing")["more_codes"])


def parse_number(text: str) -> Number | None:
    """Read a text that is one number and nothing else; None if it is none."""
    stripped = text.strip(" .,;:")
    found = next(iter(find_numbers(stripped)), None)
    return found.number if found and found.span == Span(0, len(stripped)) else None


def find_numbers(plain: str) -> list[FoundNumber]:
    """Find all numbers of documents in reading order; line ends must already be spaces (`Zones.plain`)."""
    if "/" not in plain and "-" not in plain:
        return []
    found = [*_scanned(plain), *_technical(plain), *_glued(plain)]
    return sorted(found, key=lambda each: each.span.start)


def _technical(plain: str) -> Iterator[FoundNumber]:
    for match in _TECHNICAL.finditer(plain):
        name, serial, year, organ = match.groups()
        canonical = f"{name}{serial}:{year}/{organ}"
        yield FoundNumber(Number(serial, int(year), (name, organ), ":/", canonical, canonical), Span(*match.span()))


def _glued(plain: str) -> Iterator[FoundNumber]:
    for twin in _TWIN.finditer(plain):
        match = _AFTER_TWIN.match(plain, twin.end())
        found = _read_codes(plain, match) if match else None
        if found and found.number.codes[0] == twin[0] and len(found.number.codes) > 1:
            yield found


def _scanned(plain: str) -> Iterator[FoundNumber]:
    after = 0
    for match in _START.finditer(plain):
        if match.start() < after:
            continue
        found = _read_codes(plain, match)
        if found:
            after = found.span.end
            yield found


def _read_codes(plain: str, match: re.Match[str]) -> FoundNumber | None:
    """Read year and codes behind a serial; None where the first code is no code."""
    at = end = match.end()
    separators, year = [match["sep"] or _lost_separator(plain, at)], None
    year_match = _YEAR.match(plain, at) if match["sep"] == "/" else None
    if year_match:
        year, at = int(year_match[1]), year_match.end()
    codes: list[str] = []
    while code := _CODE.match(plain, at):
        if not _is_code(code[0], last=bool(codes)):
            break
        codes.append(re.sub(r"\s+", "", code[0]).rstrip("."))
        end = code.end()
        sep = _SEP.match(plain, end)
        if not sep or len(codes) >= 6:
            break
        separators.append(sep[1])
        at = sep.end()
    if not codes or (match["sep"] is None and len(codes) < 2):
        return None
    separators = separators[: len(codes)]
    internal = _INTERNAL.match(plain, end)
    number = _number(match["serial"], year, codes, "".join(separators), "/nb" if internal else "")
    return FoundNumber(number, Span(match.start("serial"), internal.end() if internal else end))


def _lost_separator(plain: str, at: int) -> str:
    """Where OCR lost the first separator (`133QĐ-TTg`, `21 HD/BTCTW`) the next one tells the family's shape."""
    following = re.compile(r"[A-Za-zĐ]{1,4}([/-])").match(plain, at)
    return "/" if following and following[1] == "-" else "-"


def _number(serial: str, year: int | None, codes: list[str], separators: str, tail: str) -> Number:
    mended = [_mended(code) for code in codes]
    read, serial = serial, _mended_serial(serial)
    head = separators[0] + (f"{year}/" if year else "")

    def spelled(first: str, parts: list[str]) -> str:
        rest = "".join(sep + part for sep, part in zip(separators[1:], parts[1:], strict=True))
        return first + head + parts[0] + rest + tail

    return Number(serial, year, tuple(mended), separators, spelled(serial, mended), spelled(read, codes))


def _mended_serial(serial: str) -> str:
    """Put right the letters that OCR reads for digits (`O7` → `07`); the letter behind (`15a`) stays."""
    letter = serial[-1] if serial[-1].islower() and serial[-1] not in "ol" else ""
    return serial.removesuffix(letter).translate(_DIGITS) + letter


def _is_code(code: str, *, last: bool) -> bool:
    """A code is mostly capitals (`QĐ`, `TTg`, `C06`, `BCĐ389QNg`); a word with one capital is none."""
    capitals = sum(c.isupper() for c in code)
    small = sum(c.islower() for c in code)
    if code in load("citing")["odd_codes"]:
        return True
    return capitals >= small and (capitals >= 2 or last or small > 0 or code[-1].isdigit())


def _mended(code: str) -> str:
    """Put right what OCR and typists do to a code (`QD` → `QĐ`, `TTG` → `TTg`)."""
    if term := re.fullmatch(r"(UBTV)?QH[Il]?(1?\d)\d?", code):  # `QHI15`, `QHI5`, `QH151` with a footnote's mark: QH15
        return _mended_term(code, term)
    table = load("citing")["mended_codes"]
    return str(table.get(code) or with_its_bars(code) or re.sub(r"^Ư(?=BND)", "U", code))


@cache
def _barred() -> dict[str, str]:
    """Give known codes of bodies that hold a Đ, by their letters without its bar."""
    return {code.replace("Đ", "D"): code for code in load("citing")["barred_codes"]}


def with_its_bars(code: str) -> str | None:
    """Give the known code of which a code has D and Đ mistaken (`SGDDT`, `SGĐĐT`); None for what is unknown or right."""
    known = _barred().get(code.replace("Đ", "D")) if "D" in code or "Đ" in code else None
    return known if known != code else None


def _mended_term(code: str, term: re.Match[str]) -> str:
    """Give the term of the National Assembly in two digits at most (QH11 to QH19 since 2002)."""
    digits = code.removeprefix("UBTV").removeprefix("QH").translate(_DIGITS)
    head = f"{term[1] or ''}QH"
    if len(digits) > 2 and digits.startswith("11"):
        return head + digits[1:3]
    return head + (digits[:2] if digits.startswith("1") else digits)
