"""Which stretches of text are read one by one for the documents they name?

A passage is a paragraph with what does not belong to it blanked (a footnote or a page number between its two halves), and
with the next one where it visibly breaks off in the middle (`… ngày 25/7/2023 của`). Lines of the head that go on are one.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from nlp.letters import bare, is_upper
from nlp.zones import ZoneKind, ZoneLine, Zones

_READ: frozenset[ZoneKind] = frozenset({"opening", "body", "attachment", "footnote"})
_ODD_SPACE = re.compile(r"[^\S ]")
_BREAKS_OFF = re.compile(
    r"(?:[,/-]|\b(?:so|cua|ve|tai|ngay|thang|nam|va|theo|luat|dinh|quyet|van|thi|nghi|thong|tu|ke|cong|chi|bo|uy|trung|thu|can cu"
    r"|thuc hien))\s*$"
)
_CAPITALS_GO_ON = re.compile(r"(?:,|\b(?:SỐ|CỦA|TẠI|THEO|NGÀY|VÀ))\s*$")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text on one line, the same in lower case and without diacritics (same length), and where it begins."""

    text: str
    lower: str
    bare: str
    start: int
    zone: ZoneKind


def lowered(text: str) -> str:
    """Give the text in lower case at the same length (`İ` would grow by one)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def passage_of(text: str, zone: ZoneKind = "body", start: int = 0) -> Passage:
    """Make a passage of a text that stands at start."""
    line = _ODD_SPACE.sub(" ", text)
    return Passage(line, lowered(line), bare(line), start, zone)


def passages(zones: Zones) -> Iterator[Passage]:
    """Yield the passages in which other documents may be named: head and title, then the rest in reading order."""
    yield from _head(zones)
    title = [line for line in zones.lines if line.zone == "title"]
    if title:
        yield _passage(zones, title, "title")
    waiting: dict[bool, tuple[ZoneKind, list[ZoneLine]]] = {}
    for _, group in groupby((line for line in zones.lines if line.zone in _READ), key=lambda line: line.paragraph):
        lines = list(group)
        zone, is_note = lines[0].zone, lines[0].zone == "footnote"
        if is_note not in waiting:
            waiting[is_note] = (zone, lines)
        elif _breaks_off(zones, waiting[is_note][1]):
            waiting[is_note][1].extend(lines)
        else:
            first, held = waiting[is_note]
            yield _passage(zones, held, first)
            waiting[is_note] = (zone, lines)
    for zone, held in waiting.values():
        yield _passage(zones, held, zone)


def _breaks_off(zones: Zones, lines: list[ZoneLine]) -> bool:
    """Say whether the words go on in the next paragraph; a line in capitals is whole (`… TỈNH CÁT BỒ`) unless it ends in `SỐ`, `CỦA`."""
    last = zones.text(lines[-1].span)
    if is_upper(last):
        return bool(_CAPITALS_GO_ON.search(last[-12:]))
    return bool(_BREAKS_OFF.search(bare(last[-30:])))


def _head(zones: Zones) -> Iterator[Passage]:
    """The head's lines in small letters that follow one another: a subject; names in capitals part them."""
    printed = {line.span.start: line for line, zone in zones.printed if zone == "head"}
    heads: Iterable[ZoneLine] = (line for line in zones.lines if line.zone == "head")
    for is_caps, group in groupby(heads, key=lambda line: line.span.start in printed and printed[line.span.start].is_caps):
        lines = list(group)
        if not is_caps:
            yield _passage(zones, lines, "head")


def _passage(zones: Zones, lines: list[ZoneLine], zone: ZoneKind) -> Passage:
    """Lay lines out at their offsets with spaces between."""
    parts, at = [], lines[0].span.start
    for line in lines:
        parts += [" " * (line.span.start - at), zones.plain[line.span.start : line.span.end]]
        at = line.span.end
    return passage_of("".join(parts), zone, lines[0].span.start)
