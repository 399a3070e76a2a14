"""Which digital signatures does a PDF carry, where, by whom, when?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pikepdf

from ingest.characters import clean
from ingest.transcript import Box

_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(\d\d)?(?:([+-])(\d\d)'?(\d\d)?'?|Z)?")
_MOST_FIELDS = 2_000
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class SignatureField:
    """A signed field: page from 1, its box in points from the top left of the page as it is held, who, when."""

    page: int
    box: Box
    signer: str | None
    signed_at: datetime | None


def signature_fields(path: Path) -> list[SignatureField]:
    """Give the signed fields of a PDF in the order of the file; none when its form cannot be read: text is still worth having."""
    try:
        with pikepdf.open(path) as document:
            form = document.Root.get("/AcroForm")
            if form is None:
                return []
            pages = {page.obj.objgen: (number, page) for number, page in enumerate(document.pages, 1)}
            return [field for element in _leaves(form.get("/Fields", []), 0) if (field := _field(element, pages)) is not None]
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError):
        return []


def _leaves(fields: Any, depth: int) -> Iterator[Any]:  # noqa: ANN401  pikepdf's objects
    for element in list(fields)[:_MOST_FIELDS]:
        if "/Kids" in element and depth < _DEEPEST:
            yield from _leaves(element.Kids, depth + 1)
        else:
            yield element


_Pages = dict[tuple[int, int], tuple[int, pikepdf.Page]]


def _field(element: Any, pages: _Pages) -> SignatureField | None:  # noqa: ANN401
    parent = element.get("/Parent")
    kind = element.get("/FT") or (parent is not None and parent.get("/FT"))
    value = element.get("/V") or (parent.get("/V") if parent is not None else None)
    if kind != "/Sig" or value is None or "/Rect" not in element:
        return None
    place = _page_of(element, pages)
    if place is None:
        return None
    number, page = place
    a, b, c, d = (float(x) for x in element.Rect)
    return SignatureField(
        number, _placed(page, min(a, c), min(b, d), max(a, c), max(b, d)), _signer(value), _time(str(value.get("/M", "")))
    )


def _page_of(element: Any, pages: _Pages) -> tuple[int, pikepdf.Page] | None:  # noqa: ANN401
    """A file of one page needs not say on which page a field stands."""
    page = element.get("/P")
    if page is not None:
        return pages.get(page.objgen)
    return next(iter(pages.values())) if len(pages) == 1 else None


def _placed(page: pikepdf.Page, left: float, bottom: float, right: float, top: float) -> Box:
    """Turn a rectangle of the file's into points from the top left of the page, cropped and turned (ISO 32000-1, 7.7.3.3)."""
    x0, y0, x1, y1 = (float(x) for x in page.cropbox)
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    turned = {
        0: (left - x0, y1 - top, right - x0, y1 - bottom),
        90: (bottom - y0, left - x0, top - y0, right - x0),
        180: (x1 - right, bottom - y0, x1 - left, top - y0),
        270: (y1 - top, x1 - right, y1 - bottom, x1 - left),
    }
    return Box(*turned[_turn(page.obj) % 360 // 90 * 90])


def _turn(page: Any) -> int:  # noqa: ANN401
    """Give the degrees by which a page is turned; it may say so itself or take it from the tree above."""
    for _ in range(_DEEPEST * 4):
        if page is None or "/Rotate" in page:
            break
        page = page.get("/Parent")
    return int(page.Rotate) if page is not None and "/Rotate" in page else 0


def _signer(value: Any) -> str | None:  # noqa: ANN401
    """Give who signed: the field's own name, else what stands before `<mail address> đã ký` in the reason."""
    name = clean(str(value.get("/Name", ""))).strip()
    if name:
        return name
    reason = clean(str(value.get("/Reason", "")))
    before, mail, _ = reason.partition("<")
    return before.strip() or None if mail else None


def _time(text: str) -> datetime | None:
    """Read a date of PDF (ISO 32000-1, 7.9.4); without a zone it is UTC."""
    match = _DATE.match(text)
    if not match:
        return None
    year, month, day, hour, minute, second = (int(x or 0) for x in match.groups()[:6])
    offset = timedelta(hours=int(match[8] or 0), minutes=int(match[9] or 0))
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=timezone(-offset if match[7] == "-" else offset) if offset else UTC)
    except ValueError:
        return None
