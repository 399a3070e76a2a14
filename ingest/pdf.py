"""What does a PDF page print, glyph by glyph, and what does it look like?

pdfium reads and draws. Text of annotations (the number and day that a signature prints into the head) is got by
flattening the page in memory: what it then holds besides its own text comes from them.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as c
from PIL import Image

from ingest.errors import BrokenFile, LockedFile
from ingest.figures import Figures, draws_text, figures_of
from ingest.fonts import in_unicode
from ingest.glyphs import Glyphs, Placing, baselines_of, doubts_of, fonts_of, glyphs_of, joined, no_glyphs, without_ink
from ingest.legacy import Scheme, scheme_of
from ingest.transcript import Box

LARGEST_IMAGE = 40_000_000  # pixels that one page may be drawn into
_END_MARKS = (b"%%EOF", b"startxref")
_LINES = 150  # characters
_TAIL = 65_536  # bytes at the end in which a whole file has its end mark
_SMALL = 1 << 24  # bytes: a file so small is held in memory; the engine reads a file in thousands of pieces
_SAMPLE = 100  # glyphs whose fonts are asked for
_UNKNOWN = "\ue000"
_SPACES = [*range(0x21), *range(0x7F, 0xA1), 0xAD]
_SILENT = (c.FPDF_ANNOT_LINK, c.FPDF_ANNOT_POPUP)


@dataclass(frozen=True, slots=True)
class Print:
    """What stands on a page: its glyphs in the file's order (spaces too), strokes and images, and how far images cover it (0 to 1)."""

    glyphs: Glyphs
    figures: Figures = field(default_factory=Figures)
    image_share: float = 0.0
    sideways_share: float = 0.0
    """The share of glyphs that do not stand upright."""
    unmapped_share: float = 0.0
    """The share of glyphs whose font does not say which character they are."""
    schemes: frozenset[Scheme] = frozenset()
    """From which schemes of before Unicode glyphs were converted."""


class Pdf:
    """An open PDF; pages count from 1. A context manager, for one thread."""

    def __init__(self, path: Path, name: str) -> None:
        """Open it. Raises LockedFile when it asks for a password, BrokenFile when it does not open or was cut short."""
        self.path = path
        with path.open("rb") as file:
            size = path.stat().st_size
            file.seek(0 if size <= _SMALL else size - _TAIL)
            held = file.read()
        self._source = held if size <= _SMALL else path
        if not any(mark in held[-_TAIL:] for mark in _END_MARKS):
            raise BrokenFile(name)
        try:
            self._document = self._open()
        except pdfium.PdfiumError as error:
            raise (LockedFile(name) if "password" in str(error).lower() else BrokenFile(name)) from error
        self.page_count = len(self._document)
        self._page: tuple[int, Any, Any] | None = None
        self._flattened: set[int] = set()
        if not self.page_count:
            self._document.close()
            raise BrokenFile(name)

    def _open(self) -> Any:  # noqa: ANN401  pdfium has no types
        document = pdfium.PdfDocument(self._source)
        document.init_forms()
        return document

    def __enter__(self) -> Self:
        """Use it in a with statement."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._page = None
        self._document.close()

    def size(self, number: int) -> tuple[float, float]:
        """Give width and height of a page; 0, 0 for one that is damaged."""
        try:
            width, height = self._document.get_page_size(number - 1)
        except pdfium.PdfiumError:
            return 0.0, 0.0
        return float(width), float(height)

    def has_text(self, number: int) -> bool:
        """Say whether a page has a text layer of more than a line or two; whether it may be believed is another question."""
        try:
            return int(c.FPDFText_CountChars(self._load(number)[1].raw)) > _LINES
        except pdfium.PdfiumError:
            return False

    def draw(self, number: int, *, scale: float, forms: bool = True, part: Box | None = None) -> Image.Image | None:
        """Draw a page, or a part of it, with scale pixels a point, fewer where the image would be too large.

        forms shows stamps and signatures. None for a page that is damaged.
        """
        width, height = self.size(number)
        if not width or not height:
            return None
        most = math.sqrt(LARGEST_IMAGE / (width * height))
        try:
            page, _ = self._load(number, annotated=forms)
            crop = (part.x0, max(0.0, height - part.y1), max(0.0, width - part.x1), part.y0) if part else (0, 0, 0, 0)
            bitmap = page.render(scale=min(scale, most), crop=crop, may_draw_forms=forms, draw_annots=forms, rev_byteorder=True)
        except (pdfium.PdfiumError, MemoryError, ValueError):
            return None
        return Image.frombytes("RGB", (bitmap.width, bitmap.height), bitmap.to_numpy()[..., :3].tobytes())

    def read(self, number: int, *, annotated: bool = True) -> Print | None:
        """Read a page's own text layer; annotated adds what annotations print on it. None for a page that is damaged."""
        try:
            page, text = self._load(number, annotated=annotated)
        except pdfium.PdfiumError:
            return None
        placing = Placing(page)
        count = c.FPDFText_CountChars(text.raw)
        glyphs, schemes = _in_unicode(glyphs_of(text.raw, placing), text.raw)
        sideways, unmapped = doubts_of(text.raw, count, math.radians(90 * c.FPDFPage_GetRotation(page.raw)))
        figures = figures_of(page, placing)
        if annotated and _is_printed_on(page):
            glyphs = joined(glyphs, self._added(number, placing))
        return Print(glyphs, figures, _share(figures.images, placing), sideways, unmapped, schemes)

    def inked(self, number: int) -> Glyphs | None:
        """Give a page's own glyphs as their codes stand in the file, those that draw nothing as spaces; None on a damaged page.

        Glyphs that the file says nothing of are U+E000; codes of spaces and controls that do draw stand from there on.
        """
        try:
            page, text = self._load(number)
        except pdfium.PdfiumError:
            return None
        glyphs = glyphs_of(text.raw, Placing(page), unknown=_UNKNOWN)
        blank = np.array(without_ink(text.raw, glyphs.numbers.tolist()), dtype=bool)
        moved = np.where(np.isin(glyphs.codes, _SPACES), glyphs.codes + np.uint32(ord(_UNKNOWN)), glyphs.codes)
        return replace(glyphs, codes=np.where(blank, np.uint32(ord(" ")), moved))

    def fonts(self, number: int, glyphs: Sequence[int]) -> list[str]:
        """Give the name of the font of each of a page's own glyphs; glyphs are numbers of the engine's."""
        return fonts_of(self._load(number)[1].raw, glyphs)

    def baselines(self, number: int, glyphs: Sequence[int]) -> list[float]:
        """Give the y, in points from the top, on which each of a page's own glyphs stands; glyphs are numbers of the engine's."""
        page, text = self._load(number)
        return baselines_of(text.raw, Placing(page), glyphs)

    def _load(self, number: int, *, annotated: bool = False) -> tuple[Any, Any]:
        """Open a page and its text, which takes a while, or give what is open; annotated, it must have its annotations still."""
        if number in self._flattened and (annotated or self._page is None or self._page[0] != number):
            self._page = None
            self._document.close()
            self._document, self._flattened = self._open(), set()
        if self._page is None or self._page[0] != number:  # the one before stays open until then: the engine keeps its fonts
            page = self._document[number - 1]
            self._page = number, page, page.get_textpage()
        return self._page[1], self._page[2]

    def _added(self, number: int, placing: Placing) -> Glyphs:
        """Give the characters that annotations print.

        Flattened they are one form, the page's last object; moved to an empty page, it has all the text there.
        """
        page, _ = self._load(number)
        if c.FPDFPage_Flatten(page.raw, c.FLAT_NORMALDISPLAY) != c.FLATTEN_SUCCESS:
            return no_glyphs()
        self._flattened.add(number)
        try:
            flat = self._document[number - 1]
        except pdfium.PdfiumError:
            return no_glyphs()
        last = c.FPDFPage_CountObjects(flat.raw) - 1
        form = c.FPDFPage_GetObject(flat.raw, last)
        if last < c.FPDFPage_CountObjects(page.raw) or not c.FPDFPage_RemoveObject(flat.raw, form):
            return no_glyphs()
        turn = page.get_rotation()
        width, height = (placing.height, placing.width) if turn in (90, 270) else (placing.width, placing.height)
        empty = self._document.new_page(width, height)
        empty.set_rotation(turn)
        c.FPDFPage_InsertObject(empty.raw, form)
        text = empty.get_textpage()
        return glyphs_of(text.raw, placing, is_added=True)


def _in_unicode(glyphs: Glyphs, text: Any) -> tuple[Glyphs, frozenset[Scheme]]:  # noqa: ANN401
    """Give the glyphs with those converted whose fonts, by their names, are from before Unicode; and from which schemes."""
    sample = glyphs.numbers[:: max(1, len(glyphs) // _SAMPLE)].tolist()
    if not any(map(scheme_of, fonts_of(text, sample))):
        return glyphs, frozenset()
    schemes = [scheme_of(font) for font in fonts_of(text, glyphs.numbers.tolist())]
    meant = in_unicode(glyphs, schemes)
    return meant, frozenset(scheme for scheme in schemes if scheme and meant.text != glyphs.text)


def _is_printed_on(page: Any) -> bool:  # noqa: ANN401
    """Say whether any annotation shows text."""
    return any(draws_text(annotation) for annotation in _annotations(page))


def _annotations(page: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the annotations of a page that may show something, each closed when the next is asked for."""
    for i in range(c.FPDFPage_GetAnnotCount(page.raw)):
        annotation = c.FPDFPage_GetAnnot(page.raw, i)
        if not annotation:
            continue
        try:
            if c.FPDFAnnot_GetSubtype(annotation) not in _SILENT:
                yield annotation
        finally:
            c.FPDFPage_CloseAnnot(annotation)


def _share(images: Sequence[Box], placing: Placing) -> float:
    """Give how far (0 to 1) images cover a page; those that lie over each other count each."""
    covered = sum(
        max(0.0, min(placing.width, box.x1) - max(0.0, box.x0)) * max(0.0, min(placing.height, box.y1) - max(0.0, box.y0)) for box in images
    )
    return min(1.0, covered / max(1.0, float(placing.width * placing.height)))
