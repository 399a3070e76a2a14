"""What does a PDF page print, glyph by glyph, and what does it look like?

pdfium reads and draws. Text of annotations (the number and day that a signature prints into the head) is got by
flattening the page in memory: what was not there before comes from them.
"""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pypdfium2 as pdfium
import pypdfium2.raw as c
from PIL import Image

from ingest.errors import BrokenFile, LockedFile
from ingest.transcript import Box

LARGEST_IMAGE = 40_000_000  # pixels that one page may be drawn into
_END_MARKS = (b"%%EOF", b"startxref")
_TAIL = 65_536  # bytes at the end in which a whole file has its end mark
_DEEPEST = 4  # forms in forms
_MOST_OBJECTS = 20_000


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: its box spans the font's whole height; points from the top left of the page as a reader holds it."""

    text: str
    box: Box
    is_added: bool = False
    """An annotation drew it over the page."""


@dataclass(frozen=True, slots=True)
class Print:
    """What stands on a page: its glyphs in the file's order (spaces too), the rules, how far images cover it (0 to 1)."""

    glyphs: list[Glyph]
    rules: list[Box] = field(default_factory=list)
    image_share: float = 0.0
    sideways_share: float = 0.0
    """The share of glyphs that do not stand upright."""
    unmapped_share: float = 0.0
    """The share of glyphs whose font does not say which character they are."""


class Pdf:
    """An open PDF; pages count from 1. A context manager, for one thread."""

    def __init__(self, path: Path, name: str) -> None:
        """Open it. Raises LockedFile when it asks for a password, BrokenFile when it does not open or was cut short."""
        self._path = path
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _TAIL))
            tail = file.read()
        if not any(mark in tail for mark in _END_MARKS):
            raise BrokenFile(name)
        try:
            self._document: Any = pdfium.PdfDocument(path)
            self._flattened: Any = None
        except pdfium.PdfiumError as error:
            raise (LockedFile(name) if "password" in str(error).lower() else BrokenFile(name)) from error
        self.page_count = len(self._document)
        if not self.page_count:
            self._document.close()
            raise BrokenFile(name)
        self._document.init_forms()

    def __enter__(self) -> Self:
        """Use it in a with statement."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the file."""
        self._document.close()
        if self._flattened is not None:
            self._flattened.close()

    def size(self, number: int) -> tuple[float, float]:
        """Give width and height of a page; 0, 0 for one that is damaged."""
        try:
            width, height = self._document.get_page_size(number - 1)
        except pdfium.PdfiumError:
            return 0.0, 0.0
        return float(width), float(height)

    def place(self, number: int, rectangle: tuple[float, float, float, float]) -> Box | None:
        """Place a rectangle given in the file's own coordinates (left, bottom, right, top) on a page; None on a damaged page."""
        try:
            return _Placing(self._document[number - 1]).box(*rectangle)
        except pdfium.PdfiumError:
            return None

    def draw(self, number: int, *, scale: float, forms: bool = True) -> Image.Image | None:
        """Draw a page with scale pixels a point, fewer where the image would be too large; forms shows stamps and signatures.

        None for a page that is damaged.
        """
        width, height = self.size(number)
        if not width or not height:
            return None
        most = math.sqrt(LARGEST_IMAGE / (width * height))
        try:
            page = self._document[number - 1]
            bitmap = page.render(scale=min(scale, most), may_draw_forms=forms, draw_annots=forms, rev_byteorder=True)
        except (pdfium.PdfiumError, MemoryError, ValueError):
            return None
        return Image.frombytes("RGB", (bitmap.width, bitmap.height), bitmap.to_numpy()[..., :3].tobytes())

    def read(self, number: int, *, annotated: bool) -> Print | None:
        """Read a page's own text layer; annotated adds what annotations print on it. None for a page that is damaged."""
        try:
            page = self._document[number - 1]
            text = page.get_textpage()
        except pdfium.PdfiumError:
            return None
        place = _Placing(page)
        glyphs = list(_glyphs(text.raw, place, is_added=False))
        sideways, unmapped = _doubts(text.raw, len(glyphs), math.radians(90 * c.FPDFPage_GetRotation(page.raw)))
        rules, image_share = _figures(page, place)
        if annotated and c.FPDFPage_GetAnnotCount(page.raw) > 0:
            glyphs += _new(glyphs, self._with_annotations(number, place))
        return Print(glyphs, rules, image_share, sideways, unmapped)

    def _with_annotations(self, number: int, place: "_Placing") -> list[Glyph]:
        """Give all characters of a page after its annotations were made part of it, in a copy that nothing else uses."""
        if self._flattened is None:
            self._flattened = pdfium.PdfDocument(self._path)
            self._flattened.init_forms()
        page = self._flattened[number - 1]
        if c.FPDFPage_Flatten(page.raw, c.FLAT_NORMALDISPLAY) == c.FLATTEN_FAIL:
            return []
        page = self._flattened[number - 1]
        text = page.get_textpage()
        return list(_glyphs(text.raw, place, is_added=True))


class _Placing:
    """Turns the file's coordinates into points from the top left of the page as it is held: crop and rotation applied."""

    def __init__(self, page: Any) -> None:  # noqa: ANN401  pdfium has no types
        self.width, self.height = page.get_size()
        fine = 1000  # device units a point, because the engine answers in whole ones
        size = (0, 0, round(self.width * fine), round(self.height * fine), 0)
        x, y = ctypes.c_int(), ctypes.c_int()

        def device(a: float, b: float) -> tuple[float, float]:
            c.FPDF_PageToDevice(page.raw, *size, a, b, x, y)
            return x.value / fine, y.value / fine

        (x0, y0), (x1, y1), (x2, y2) = device(0, 0), device(100, 0), device(0, 100)
        self._matrix = ((x1 - x0) / 100, (x2 - x0) / 100, x0, (y1 - y0) / 100, (y2 - y0) / 100, y0)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Place a rectangle."""
        a, b, e, d, f, g = self._matrix
        xs = (a * left + b * bottom + e, a * right + b * top + e)
        ys = (d * left + f * bottom + g, d * right + f * top + g)
        return Box(min(xs), min(ys), max(xs), max(ys))


def _glyphs(text: Any, place: _Placing, *, is_added: bool) -> Iterator[Glyph]:  # noqa: ANN401
    rectangle = c.FS_RECTF()
    for i in range(c.FPDFText_CountChars(text)):
        code = c.FPDFText_GetUnicode(text, i)
        if not code or 0xD800 <= code < 0xE000 or not c.FPDFText_GetLooseCharBox(text, i, rectangle):
            continue
        box = place.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        yield Glyph(chr(code), box, is_added)


def _doubts(text: Any, count: int, turn: float) -> tuple[float, float]:  # noqa: ANN401
    """Give the shares of glyphs that stand sideways on a page turned by turn (radians), and of those without a character."""
    sample = range(0, count, max(1, count // 200))
    if not count:
        return 0.0, 0.0
    sideways = sum(0.3 < (c.FPDFText_GetCharAngle(text, i) + turn) % math.tau < math.tau - 0.3 for i in sample)
    unmapped = sum(c.FPDFText_HasUnicodeMapError(text, i) == 1 for i in sample)
    return sideways / len(sample), unmapped / len(sample)


def _figures(page: Any, place: _Placing) -> tuple[list[Box], float]:  # noqa: ANN401
    """Give the boxes of thin paths, which are rules, and the share of the page that images cover."""
    rules, covered = [], 0.0
    for count, item in enumerate(page.get_objects(filter=(c.FPDF_PAGEOBJ_PATH, c.FPDF_PAGEOBJ_IMAGE), max_depth=_DEEPEST)):
        if count > _MOST_OBJECTS:
            break
        try:
            box = place.box(*item.get_bounds())
        except pdfium.PdfiumError:
            continue
        if item.type == c.FPDF_PAGEOBJ_IMAGE:
            covered += max(0.0, min(place.width, box.x1) - max(0.0, box.x0)) * max(0.0, min(place.height, box.y1) - max(0.0, box.y0))
        else:
            rules.append(box)
    return rules, min(1.0, covered / max(1.0, place.width * place.height))


def _new(before: list[Glyph], after: list[Glyph]) -> list[Glyph]:
    """Give the glyphs of after that are not among those of before."""
    known = Counter(map(_trace, before))
    added = []
    for glyph in after:
        trace = _trace(glyph)
        if known[trace]:
            known[trace] -= 1
        else:
            added.append(glyph)
    return added


def _trace(glyph: Glyph) -> tuple[str, int, int]:
    """Give what stays the same of a glyph when the page is read again."""
    return glyph.text, round(glyph.box.x0), round(glyph.box.y0)
