"""What did a digital signature print: the number or day that it fills in, or a stamp that tells who signed and when?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ingest.characters import folded
from ingest.composing import Token, union
from ingest.glyphs import Glyphs, Places
from ingest.printed import lines_of
from ingest.transcript import Box, Page, Signature

_STAMPED = re.compile(
    r"ky boi|nguoi ky|thoi gian ky|ngay ky|co quan\s*:|signed|signature|email|@|\+0?7:00|\d{1,2}:\d{2}:\d{2}"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{4}\s+\d{1,2}:\d{2}"
)
_SIGNER = re.compile(
    r"(?:Ký bởi|Người ký|KÝ BỞI|NGƯỜI KÝ|Signed by)\s*:\s*(.{2,120}?)\s*(?:$|Cơ quan|E-?mail|Thời gian|Ngày ký|\d{1,2}[/.-]\d)"
)
_LONGEST_FILL = 24  # characters of a number and a day; a longer print is a stamp
_BESIDE = 1.0  # points by which the middle of what belongs to a field may lie outside it
_CLOSE = 2.2  # of a line's height: lines of one stamp stand closer


@dataclass(frozen=True, slots=True)
class Stamps:
    """What annotations added to a page: words that fill blanks of the text, and stamps, each a list of lines."""

    fills: list[Token]
    stamps: list[list[list[Token]]]


def part_stamps(glyphs: Glyphs, fields: Sequence[Box]) -> Stamps:
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


def shown(signature: Signature, pages: Sequence[Page]) -> Signature:
    """Give a signature with the words that it shows on its page, line by line, and the signer whom these name."""
    page = next((page for page in pages if page.number == signature.page), None)
    if page is None or signature.box is None:
        return signature
    words = [word for word in page.words if word.origin == "signature" and word.box and holds(signature.box, word.box)]
    lines = [
        [page.text[word.span.start : word.span.end] for word in words if line.span.start <= word.span.start < line.span.end]
        for line in page.lines
    ]
    text = "\n".join(" ".join(line) for line in lines if line)
    return replace(signature, text=text, signer=signer_in(text) or signature.signer)


def _by_field(glyphs: Glyphs, fields: Sequence[Box]) -> dict[int, Glyphs]:
    """Part what was added by the field (its index) that holds it, -1 for none."""
    if not glyphs.added.any():
        return {}
    added = glyphs.where(glyphs.added)
    owners = _owners(added.places, fields)
    return {int(owner): added.where(owners == owner) for owner in dict.fromkeys(owners.tolist())}


def _owners(places: Places, fields: Sequence[Box]) -> NDArray[np.int64]:
    """Give for each glyph the smallest field that holds it, or -1."""
    x, y = (places[:, 0] + places[:, 2]) / 2, (places[:, 1] + places[:, 3]) / 2
    owners = np.full(len(places), -1)
    for i in sorted(range(len(fields)), key=lambda i: (-_area(fields[i]), -i)):
        field = fields[i]
        inside = (field.x0 - _BESIDE <= x) & (x <= field.x1 + _BESIDE) & (field.y0 - _BESIDE <= y) & (y <= field.y1 + _BESIDE)
        owners[inside] = i
    return owners


def holds(field: Box, box: Box) -> bool:
    """Say whether the middle of a box lies in a field, or a point beside it."""
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return field.x0 - _BESIDE <= x <= field.x1 + _BESIDE and field.y0 - _BESIDE <= y <= field.y1 + _BESIDE


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
    return len(text) > _LONGEST_FILL or tells_of_signing(text)


def tells_of_signing(text: str) -> bool:
    """Say whether words tell who signed or when."""
    return bool(_STAMPED.search(folded(text)))


def signer_in(text: str) -> str | None:
    """Read who signed from a stamp's words: what follows `Ký bởi:` or `Người ký:` up to the next label."""
    match = _SIGNER.search(" ".join(text.split()))
    return match[1] if match else None
