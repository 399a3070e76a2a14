"""Which printed lines does the text have, and what can be seen of each without reading it?"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from ingest.transcript import Box, Page, Span, Transcript
from nlp.letters import bare, is_upper, mended

MARKER = re.compile(
    r"""\s*(?P<marker>
        Điều\s+\d{1,3}[a-zđ]?\s*[.:]?            # Điều 5.
      | (?:PHẦN|CHƯƠNG|Phần|Chương|Mục|MỤC)\s+[\w]{1,8}\b
      | Bước\s+\d{1,2}\s*[:.]                     # Bước 1:
      | [IVX]{1,5}\s*[.)/-](?=\s|\w)              # II. and II-
      | \d{1,2}(?:\.\d{1,2}){1,3}\s*[.)-]?(?=\s)  # 2.1. and 2.1- in Party papers
      | \d{1,2}\s*[.)/](?!\d)                     # 3.
      | \d{1,2}-(?=\s)                            # 3- in Party papers
      | [a-zđ]\)                                  # a)
      | [-+•●▪](?=[\s\w"“(])                      # a dash or a bullet
      | ~(?=\s)                                  # a dash as OCR may see it
      | \*(?=\s\S)
    )\s*""",
    re.VERBOSE,
)
_LONE_NUMBER = re.compile(r"\s*(?:Trang\s+)?[-–]?\s*\d{1,3}(?:\s*/\s*\d{1,3})?\s*[-–]?\s*")
_RULE = re.compile(r"\s*[-_=.–—*·\s]{3,}\s*")
_STAMP = re.compile(
    r"(?:\d{1,2}[-/.]\d{1,2}[-/.]\d{4}\s+\d{1,2}:\d{2}(?::\d{2})?)|(?:\+0?7:00)"
    r"|(?:(?:Ký bởi|Người ký|Thời gian ký|Ngày ký|Signed by|Cơ quan|Email|Signature Not Verified|Digitally signed)\s*[:.])"
)


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed line: where, its plain text, the same bare, its look."""

    span: Span
    plain: str
    bare: str
    page: int
    box: Box | None
    kind: str
    """The kind of the block it stands in: text, left column, table, footnote, furniture, stamp …"""
    wide: bool
    """It reaches the right margin, so that its paragraph may go on in the next line."""
    centred: bool
    """It stands in from both margins by about the same."""

    @property
    def is_blank(self) -> bool:
        """Say whether nothing is printed."""
        return not self.plain.strip()

    @property
    def is_caps(self) -> bool:
        """Say whether it is printed in capitals."""
        return is_upper(self.plain)

    @property
    def marker(self) -> str:
        """Give the numbering or bullet it begins with, or an empty text."""
        match = MARKER.match(self.plain)
        return match["marker"].strip() if match else ""

    @property
    def is_furniture(self) -> bool:
        """Say whether it is a page number, a running head or a rule."""
        return self.kind == "furniture" or bool(_LONE_NUMBER.fullmatch(self.plain) or _RULE.fullmatch(self.plain))

    @property
    def is_stamp(self) -> bool:
        """Say whether it was stamped on: the text of a digital signature."""
        return self.kind == "stamp" or bool(_STAMP.search(self.plain))


def printed_lines(transcript: Transcript) -> list[Printed]:
    """Give the lines of all pages in reading order, blank ones too."""
    lines: list[Printed] = []
    for page, start in zip(transcript.pages, transcript.starts, strict=True):
        lines += _page_lines(page, start)
    return lines


def _page_lines(page: Page, start: int) -> list[Printed]:
    boxes = {line.span.start: line.box for line in page.lines}
    rows = _rows(page)
    margins = _margins(list(boxes.values()), page.width)
    width = _usual_length(rows)
    lines = []
    for span, kind in zip(rows, _kinds(page, rows), strict=True):
        plain = mended(page.text[span.start : span.end])
        box = boxes.get(span.start)
        lines.append(
            Printed(
                span=span.moved(start),
                plain=plain,
                bare=bare(plain),
                page=page.number,
                box=box,
                kind=kind,
                wide=_is_wide(box, margins) if box and margins else len(plain) >= 0.85 * width,
                centred=_is_centred(box, margins) if box and margins else False,
            )
        )
    return lines


def _rows(page: Page) -> list[Span]:
    rows, at = [], 0
    for row in page.text.split("\n"):
        rows.append(Span(at, at + len(row)))
        at += len(row) + 1
    return rows


def _kinds(page: Page, rows: list[Span]) -> list[str]:
    """Give for each row the kind of the first block that it begins in."""
    starts, kinds = [row.start for row in rows], ["text"] * len(rows)
    for block in reversed(page.blocks):
        first, past = (bisect_left(starts, at) for at in (block.span.start, max(block.span.end, block.span.start + 1)))
        kinds[first:past] = [block.kind] * (past - first)
    return kinds


def _usual_length(rows: list[Span]) -> float:
    """Give the length that full lines have: long ones, but not a paragraph that was never wrapped."""
    lengths = sorted(row.end - row.start for row in rows if row.end - row.start > 20)
    return lengths[int(0.8 * len(lengths))] if lengths else 80.0


def _margins(boxes: list[Box | None], width: float) -> tuple[float, float] | None:
    """Give the left and right edge of the print, from the lines that are long; points."""
    long = [box for box in boxes if box and box.x1 - box.x0 > 0.5 * width]
    if not width or len(long) < 3:
        return (0.14 * width, 0.93 * width) if width and any(boxes) else None
    lefts, rights = sorted(b.x0 for b in long), sorted(b.x1 for b in long)
    return lefts[len(lefts) // 4], rights[(3 * len(rights)) // 4]


def _is_wide(box: Box, margins: tuple[float, float]) -> bool:
    return box.x1 >= margins[1] - 0.04 * (margins[1] - margins[0])


def _is_centred(box: Box, margins: tuple[float, float]) -> bool:
    left, right = box.x0 - margins[0], margins[1] - box.x1
    measure = margins[1] - margins[0]
    return left > 0.03 * measure and right > 0.02 * measure and abs(left - right) < 0.12 * measure
