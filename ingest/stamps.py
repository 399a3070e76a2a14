"""What did a digital signature print: the number or day that it fills in, or a stamp that tells who signed and when?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.characters import folded
from ingest.composing import Token, union
from ingest.pdf import Glyph
from ingest.printed import lines_of
from ingest.transcript import Box

_STAMPED = re.compile(
    r"ky boi|nguoi ky|thoi gian ky|ngay ky|co quan\s*:|signed|signature|email|@|\+0?7:00|\d{1,2}:\d{2}:\d{2}"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{4}\s+\d{1,2}:\d{2}"
)
_SIGNER = re.compile(
    r"(?:Ký bởi|Người ký|KÝ BỞI|NGƯỜI KÝ|Signed by)\s*:\s*(.{2,120}?)\s*(?:$|Cơ quan|E-?mail|Thời gian|Ngày ký|\d{1,2}[/.-]\d)"
)
_LONGEST_FILL = 24  # characters of a number and a day; a longer print is a stamp
_CLOSE = 2.2  # of a line's height: lines of one stamp stand closer


@dataclass(frozen=True, slots=True)
class Stamps:
    """What annotations added to a page: words that fill blanks of the text, and stamps, each a list of lines."""

    fills: list[Token]
    stamps: list[list[list[Token]]]


def part_stamps(glyphs: Sequence[Glyph], fields: Sequence[Box]) -> Stamps:
    """Part what was added to a page by the signature fields it stands in; text outside all fields is parted by distance."""
    fills: list[Token] = []
    stamps: list[list[list[Token]]] = []
    for at, group in _by_field(glyphs, fields).items():
        lines = lines_of(group)
        for cluster in [lines] if at >= 0 else _clusters(lines):
            if is_stamp(cluster):
                stamps.append(cluster)
            else:
                fills += [token for line in cluster for token in line]
    return Stamps(fills, stamps)


def texts_in(glyphs: Sequence[Glyph], fields: Sequence[Box]) -> list[str]:
    """Give the words that each signature field shows, one text for each, its lines parted by a line feed."""
    groups = _by_field(glyphs, fields)
    return ["\n".join(" ".join(token.text for token in line) for line in lines_of(groups.get(i, []))) for i in range(len(fields))]


def _by_field(glyphs: Sequence[Glyph], fields: Sequence[Box]) -> dict[int, list[Glyph]]:
    groups: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        if glyph.is_added:
            groups.setdefault(_field_of(glyph, fields), []).append(glyph)
    return groups


def _field_of(glyph: Glyph, fields: Sequence[Box]) -> int:
    """Give the smallest field that holds a glyph, or -1."""
    x, y = (glyph.box.x0 + glyph.box.x1) / 2, (glyph.box.y0 + glyph.box.y1) / 2
    holding = [(_area(box), i) for i, box in enumerate(fields) if box.x0 - 1 <= x <= box.x1 + 1 and box.y0 - 1 <= y <= box.y1 + 1]
    return min(holding)[1] if holding else -1


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.y1 - box.y0)


def _clusters(lines: Sequence[list[Token]]) -> list[list[list[Token]]]:
    """Group lines that follow closely one below the other."""
    clusters: list[list[list[Token]]] = []
    for line in lines:
        box = union(token.box for token in line)
        before = union(token.box for token in clusters[-1][-1]) if clusters else None
        if before and box and box.y0 - before.y1 < (_CLOSE - 1) * (box.y1 - box.y0) and box.x0 < before.x1 and before.x0 < box.x1:
            clusters[-1].append(line)
        else:
            clusters.append([line])
    return clusters


def is_stamp(lines: Sequence[Sequence[Token]]) -> bool:
    """Say whether lines tell of the signing itself rather than fill a blank."""
    text = " ".join(token.text for line in lines for token in line)
    return len(text) > _LONGEST_FILL or bool(_STAMPED.search(folded(text)))


def signer_in(text: str) -> str | None:
    """Read who signed from a stamp's words: what follows `Ký bởi:` or `Người ký:` up to the next label."""
    match = _SIGNER.search(" ".join(text.split()))
    return match[1] if match else None
