"""Which part of the text is head, title, body, recipients, signature, attachment, footnote?

Zones also gives `plain`: the whole text again, character for character at the same offsets, but fit for patterns:
line ends inside a paragraph are spaces, page numbers and running heads are blanked, look-alike characters are mended
(Ð → Đ, – → -). What a pattern finds in plain at i stands in the Transcript's text at i.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ingest.transcript import Span, Transcript
from nlp.borders import ATTACHMENT, AUTHORITY, DISPOSES, GROUNDS, LUU, NOI_NHAN, POSITION, Borders, find_borders, is_copy_mark, is_person
from nlp.lines import Printed, printed_lines
from nlp.paragraphs import goes_on

ZoneKind = Literal[
    "head", "title", "addressees", "opening", "body", "recipients", "signature", "attachment", "footnote", "furniture", "stamp"
]
_DASHED = re.compile(r"[^\w(]*(?:\w\s+)?[-+*•●▪~]")
_NOTE_MARK = re.compile(r"\s*(?:[¹²³⁴⁵⁶⁷⁸⁹⁰]+|⁽[¹²³⁴⁵⁶⁷⁸⁹⁰]+⁾|\[\d{1,2}\])\s*\w")


@dataclass(frozen=True, slots=True)
class ZoneLine:
    """One line: its span in the whole text, its zone, and the paragraph (counted from 0) it belongs to."""

    span: Span
    zone: ZoneKind
    paragraph: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that make one paragraph, list item or table row; marker is its numbering (`1.`, `a)`, `-`) or empty."""

    span: Span
    zone: ZoneKind
    marker: str
    is_row: bool = False


@dataclass(frozen=True, slots=True)
class Zones:
    """The text laid out: plain (same offsets as the Transcript's text), paragraphs in reading order."""

    plain: str
    lines: tuple[ZoneLine, ...]
    paragraphs: tuple[Paragraph, ...]
    printed: tuple[tuple[Printed, ZoneKind], ...] = ()

    def printed_in(self, *kinds: ZoneKind) -> tuple[Printed, ...]:
        """Give the printed lines of these zones, in reading order."""
        return tuple(line for line, kind in self.printed if kind in kinds)

    def within(self, *kinds: ZoneKind) -> tuple[Paragraph, ...]:
        """Give the paragraphs of these zones, in reading order."""
        return tuple(p for p in self.paragraphs if p.zone in kinds)

    def text(self, span: Span) -> str:
        """Give the plain text of a span."""
        return self.plain[span.start : span.end]


def lay_out(transcript: Transcript) -> Zones:
    """Find the zones of one document."""
    lines = printed_lines(transcript)
    kinds = _zones(lines)
    groups = _group(lines, kinds)
    plain = _plain(lines, kinds, groups, len(transcript.text))
    zone_lines, paragraphs = [], []
    rows = _row_spans(transcript)
    for number, group in enumerate(groups):
        first, last = lines[group[0]], lines[group[-1]]
        zone_lines += [ZoneLine(lines[i].span, kinds[i], number) for i in group]
        is_row = "\t" in first.plain or any(row.start <= first.span.start < row.end for row in rows)
        paragraphs.append(Paragraph(Span(first.span.start, last.span.end), kinds[group[0]], first.marker, is_row))
    return Zones(plain, tuple(zone_lines), tuple(paragraphs), tuple(zip(lines, kinds, strict=True)))


def _zones(lines: list[Printed]) -> list[ZoneKind]:
    """Give each line its zone."""
    borders = find_borders(lines)
    in_footnote = False
    kinds: list[ZoneKind] = []
    for i, line in enumerate(lines):
        in_footnote = _in_footnote(line, before=in_footnote)
        zone: ZoneKind = _by_border(i, borders)
        if line.is_stamp:
            zone = "stamp"
        elif zone in ("recipients", "signature"):
            zone = zone if not line.is_furniture else "furniture"
        elif line.is_furniture and not line.is_blank and line.plain.strip() not in "***" and zone != "head":
            zone = "furniture"
        elif in_footnote and zone not in ("head", "title"):
            zone = "footnote"
        kinds.append(zone)
    _widen_stamps(lines, kinds, borders)
    _stamp_copies(lines, kinds, borders)
    _part_tail(lines, kinds, borders)
    _part_opening(lines, kinds, borders)
    return kinds


def _by_border(i: int, borders: Borders) -> ZoneKind:
    if i < borders.head_end:
        return "head"
    if i < borders.title_end:
        return "title"
    if i < borders.addressees_end:
        return "addressees"
    if i < borders.tail:
        return "body"
    return "recipients" if i < borders.tail_end else "attachment"


def _in_footnote(line: Printed, *, before: bool) -> bool:
    if line.kind == "footnote":
        return True
    if _NOTE_MARK.match(line.plain):
        return True
    return before and not line.is_blank and not line.marker


def _widen_stamps(lines: list[Printed], kinds: list[ZoneKind], borders: Borders) -> None:
    """The stamp of a signature names its holder in capitals just above the signing time."""
    for i in range(borders.tail, len(lines)):
        if kinds[i] != "stamp":
            continue
        for j in range(i - 1, max(borders.tail, i - 5), -1):
            line = lines[j]
            if line.is_blank or not line.is_caps or AUTHORITY.match(line.bare) or POSITION.match(line.bare):
                break
            kinds[j] = "stamp"


def _stamp_copies(lines: list[Printed], kinds: list[ZoneKind], borders: Borders) -> None:
    """What stands under a copy mark (`SAO Y`) is the copy's: its number, recipients and signer, up to what is attached."""
    at = next((i for i in range(borders.tail_end, len(lines)) if not lines[i].is_blank and not lines[i].is_furniture), len(lines))
    marked = next((i for i in range(at, min(len(lines), at + 4)) if is_copy_mark(lines[i])), None)
    if marked is None or not all(line.is_caps or line.is_blank for line in lines[at:marked]):
        return
    for i in range(at, min(len(lines), at + 30)):
        if i > at and lines[i].is_caps and ATTACHMENT.match(lines[i].bare):
            break
        kinds[i] = "stamp"


def _part_tail(lines: list[Printed], kinds: list[ZoneKind], borders: Borders) -> None:
    """Part recipients from the signature: a list of bodies on one side, capitals and a name on the other, or under its last line (Lưu)."""
    in_list = signing = listed = filed = left_signs = False
    for i in range(borders.tail, borders.tail_end):
        line = lines[i]
        if kinds[i] != "recipients" or line.is_blank:
            continue
        if NOI_NHAN.match(line.bare):
            in_list, signing, listed = True, False, True
        elif line.kind == "left column" and (filed or not listed) and _signs(line, signing=left_signs, listed=listed and not filed):
            kinds[i], left_signs = "signature", True
            continue
        elif line.kind == "right column" or (line.kind != "left column" and _signs(line, signing=signing, listed=in_list)):
            signing, in_list = True, False
        elif line.kind == "left column" or line.marker or LUU.match(line.bare):
            signing, in_list = False, True
        filed = filed or bool(LUU.match(line.bare))
        if signing or not in_list:
            kinds[i] = "signature"


def _signs(line: Printed, *, signing: bool, listed: bool) -> bool:
    if line.is_caps and (AUTHORITY.match(line.bare) or POSITION.match(line.bare)):
        return True
    if signing and not line.marker and not LUU.match(line.bare):
        return True
    return not listed and is_person(line.plain)


def _part_opening(lines: list[Printed], kinds: list[ZoneKind], borders: Borders) -> None:
    """The preamble: all up to `QUYẾT ĐỊNH:`, or the leading paragraphs that say on what grounds the document speaks."""
    body = [i for i in range(borders.addressees_end, borders.tail) if kinds[i] == "body" and not lines[i].is_blank]
    end = next((n for n, i in enumerate(body[:120]) if DISPOSES.match(lines[i].bare) and lines[i].is_caps), None)
    if end is None:
        end, opening = 0, False
        for n, i in enumerate(body[:60]):
            starts = n == 0 or not goes_on(lines[body[n - 1]], lines[i], blank_between=i - body[n - 1] > 1)
            if starts:
                opening = bool(GROUNDS.match(lines[i].bare))
            if not opening:
                break
            end = n + 1
    for i in body[:end]:
        kinds[i] = "opening"


def _group(lines: list[Printed], kinds: list[ZoneKind]) -> list[list[int]]:
    """Group lines into paragraphs; page numbers and stamps between two lines do not part them."""
    groups: list[list[int]] = []
    open_in: dict[ZoneKind, list[int]] = {}
    dashed = any(_DASHED.match(line.plain) for line, zone in zip(lines, kinds, strict=True) if zone == "recipients")
    blank = False
    for i, line in enumerate(lines):
        if line.is_blank:
            blank = True
            continue
        zone = kinds[i]
        group = open_in.get(zone)
        joins = (
            group is not None
            and zone not in ("head", "signature", "furniture", "stamp")
            and "\t" not in line.plain
            and "\t" not in lines[group[-1]].plain
            and (
                (dashed and _hangs(line))
                if zone == "recipients"
                else goes_on(lines[group[-1]], line, blank_between=blank and line.page == lines[group[-1]].page)
            )
        )
        if joins and group is not None:
            group.append(i)
        else:
            groups.append([i])
            open_in[zone] = groups[-1]
        blank = False if zone not in ("furniture", "stamp") else blank
    return groups


def _hangs(line: Printed) -> bool:
    """In the list of recipients a line without a dash belongs to the one above it."""
    return not (_DASHED.match(line.plain) or LUU.match(line.bare) or NOI_NHAN.match(line.bare))


def _plain(lines: list[Printed], kinds: list[ZoneKind], groups: list[list[int]], length: int) -> str:
    """Lay the lines out again at their offsets; inside a paragraph line ends are spaces, what stands between is blanked."""
    text = ["\n"] * length
    for i, line in enumerate(lines):
        keep = kinds[i] not in ("furniture", "stamp")
        text[line.span.start : line.span.end] = line.plain if keep else " " * len(line.plain)
    for group in groups:
        for a, b in pairwise(group):
            gap = range(lines[a].span.end, lines[b].span.start)
            if all(not text[at].strip() for at in gap):
                text[gap.start : gap.stop] = " " * len(gap)
    return "".join(text)


def _row_spans(transcript: Transcript) -> list[Span]:
    return [table.span.moved(start) for page, start in zip(transcript.pages, transcript.starts, strict=True) for table in page.tables]
