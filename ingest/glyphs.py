"""Which characters does a page of a PDF print, and where?

A page holds thousands: their codes and boxes are fetched in two tight loops and kept as columns, not as objects.
"""

import ctypes
import math
import operator
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, cast

import numpy as np
import pypdfium2.raw as c
from numpy.typing import NDArray

from ingest.transcript import Box

Places = NDArray[np.float64]
"""A box a row: left, top, right, bottom in points from the top left of the page."""
_SAMPLE = 200  # characters that are asked whether they stand upright and are mapped
_LONGEST_NAME = 256
_SEEN = 0.05  # points: what is thinner draws nothing
_LINE_END_HYPHEN = 0x02  # as the engine gives a hyphen that ends a line, asked for it alone
_HYPHEN_IN_TEXT = 0xFFFE  # and as it stands in its text
_IS_BLANK = np.zeros(0x10000, dtype=bool)  # by code; what lies beyond counts as the last
_IS_BLANK[[_HYPHEN_IN_TEXT, *(code for code in range(0x3001) if chr(code).isspace())]] = True


def direct(function: Any, answer: Any, *takes: Any) -> Any:  # noqa: ANN401  ctypes
    """Bind a function of the engine that answers at once to plain numbers: to check types and let others run takes three times as long."""
    return ctypes.PYFUNCTYPE(answer, *takes)(cast(int, ctypes.cast(function, ctypes.c_void_p).value))


class Number:
    """An argument that is a small whole number, taken as it is: c_int takes half as long again for a call."""

    from_param = operator.index


_unicode = direct(c.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, Number)
_angle = direct(c.FPDFText_GetCharAngle, ctypes.c_float, ctypes.c_void_p, Number)
_is_unmapped = direct(c.FPDFText_HasUnicodeMapError, ctypes.c_int, ctypes.c_void_p, Number)
_font_into = direct(c.FPDFText_GetFontInfo, ctypes.c_ulong, ctypes.c_void_p, Number, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_void_p)
_box_into = direct(c.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, Number, ctypes.c_void_p)


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Characters in the file's order (spaces too), as codes of Unicode; the places of each span the font's whole height.

    A page's own spaces have no place: they are a quarter of its characters, and nobody asks where they stand.
    added marks what an annotation drew over the page; numbers are the engine's, for asking it more.
    """

    codes: NDArray[np.uint32]
    places: Places
    added: NDArray[np.bool_]
    numbers: NDArray[np.int64]

    def __len__(self) -> int:
        """Count the characters."""
        return len(self.codes)

    def where(self, chosen: NDArray[np.bool_]) -> "Glyphs":
        """Give the characters that are chosen."""
        if chosen.all():
            return self
        return Glyphs(self.codes[chosen], self.places[chosen], self.added[chosen], self.numbers[chosen])

    @property
    def is_blank(self) -> NDArray[np.bool_]:
        """Say of each character whether it is a space."""
        return _is_blank(self.codes)

    @property
    def text(self) -> str:
        """Give the characters as a text, one for each glyph."""
        return text_of(self.codes)

    @property
    def own(self) -> "Glyphs":
        """Give what the page prints without its annotations."""
        return self.where(~self.added)


def _is_blank(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = _IS_BLANK[np.minimum(codes, len(_IS_BLANK) - 1)]
    return found


def text_of(codes: NDArray[np.uint32]) -> str:
    """Turn codes into a text of as many characters."""
    return codes.astype("<u4").tobytes().decode("utf-32-le")


def codes_in(text: str) -> NDArray[np.uint32]:
    """Give the code of each character of a text."""
    return np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype(np.uint32)


def no_glyphs() -> Glyphs:
    """Give the characters of an empty page."""
    return Glyphs(np.zeros(0, dtype=np.uint32), np.zeros((0, 4)), np.zeros(0, dtype=bool), np.zeros(0, dtype=np.int64))


def joined(first: Glyphs, second: Glyphs) -> Glyphs:
    """Give the characters of both."""
    if not len(second):
        return first
    return Glyphs(
        np.concatenate((first.codes, second.codes)),
        np.concatenate((first.places, second.places)),
        np.concatenate((first.added, second.added)),
        np.concatenate((first.numbers, second.numbers)),
    )


class Placing:
    """Turns the file's coordinates into points from the top left of the page as it is held: crop and rotation applied."""

    def __init__(self, page: Any) -> None:  # noqa: ANN401  pdfium has no types
        width, height = page.get_size()
        self.width, self.height = float(width), float(height)
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

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Place a point."""
        a, b, e, d, f, g = self._matrix
        return a * x + b * y + e, d * x + f * y + g

    def places(self, rectangles: NDArray[np.float32]) -> Places:
        """Place many rectangles, each a row of left, top, right, bottom."""
        a, b, e, d, f, g = self._matrix
        left, top, right, bottom = rectangles.astype(np.float64).T
        xs = (a * left + b * bottom + e, a * right + b * top + e)
        ys = (d * left + f * bottom + g, d * right + f * top + g)
        return np.stack((np.minimum(*xs), np.minimum(*ys), np.maximum(*xs), np.maximum(*ys)), axis=1)


def glyphs_of(text: Any, placing: Placing, *, since: int = 0, is_added: bool = False, unknown: str = "") -> Glyphs:  # noqa: ANN401
    """Give the characters of the engine's text page, from the one numbered since on.

    unknown stands for those whose font does not say which they are; without it they are left out.
    """
    handle = ctypes.cast(text, ctypes.c_void_p).value
    count = max(0, c.FPDFText_CountChars(text) - since)
    if not count:
        return no_glyphs()
    codes = _codes(text, since, count)
    if unknown:
        codes[codes == 0] = ord(unknown)
    real = (codes > 0) & ((codes < 0xD800) | (codes >= 0xE000)) & (codes <= 0x10FFFF)
    codes[codes == _LINE_END_HYPHEN] = ord("-")
    asked = np.flatnonzero(real if is_added or unknown else real & ~_is_blank(codes))
    rectangles = np.zeros((len(asked), 4), dtype=np.float32)
    start, row = rectangles.ctypes.data, rectangles.strides[0]
    real[asked] = list(map(_box_into, repeat(handle), (asked + since).tolist(), range(start, start + len(asked) * row, row)))
    places = np.zeros((count, 4))
    places[asked] = placing.places(rectangles)
    return Glyphs(codes[real], places[real], np.full(int(real.sum()), is_added), np.flatnonzero(real) + since)


def _codes(text: Any, since: int, count: int) -> NDArray[np.uint32]:  # noqa: ANN401
    """Give the codes of count characters: of all at once, or one by one where the engine leaves some out of the text or takes two units."""
    units = np.zeros(count + 1, dtype=np.uint16)
    written = c.FPDFText_GetText(text, since, count, ctypes.cast(units.ctypes.data, ctypes.POINTER(ctypes.c_ushort)))
    codes = units[:-1].astype(np.uint32)
    if written != len(units) or ((codes >= 0xD800) & (codes < 0xE000)).any():
        return np.array(codes_of(text, range(since, since + count)), dtype=np.uint32)
    odd = np.flatnonzero(codes == _HYPHEN_IN_TEXT)
    codes[odd] = codes_of(text, (odd + since).tolist())
    return codes


def codes_of(text: Any, numbers: Iterable[int]) -> list[int]:  # noqa: ANN401
    """Give the codes of some characters of the engine's text page; 0 for one that is not there."""
    return list(map(_unicode, repeat(ctypes.cast(text, ctypes.c_void_p).value), numbers))


def without_ink(text: Any, numbers: Iterable[int]) -> list[bool]:  # noqa: ANN401
    """Say of some characters whether they draw nothing: spaces, whatever their code says."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    found = []
    for number in numbers:
        c.FPDFText_GetCharBox(text, number, left, right, bottom, top)
        found.append(right.value - left.value < _SEEN or top.value - bottom.value < _SEEN)
    return found


def fonts_of(text: Any, numbers: Iterable[int]) -> list[str]:  # noqa: ANN401
    """Give the name of the font of each of some characters."""
    buffer = ctypes.create_string_buffer(_LONGEST_NAME)
    handle, place = ctypes.cast(text, ctypes.c_void_p).value, ctypes.addressof(buffer)
    names = []
    for number in numbers:
        length = _font_into(handle, number, place, _LONGEST_NAME, None)
        names.append(buffer.value.decode("utf-8", "replace") if 0 < length <= _LONGEST_NAME else "")
    return names


def baselines_of(text: Any, placing: Placing, numbers: Sequence[int]) -> list[float]:  # noqa: ANN401
    """Give the y on which each of some characters stands, in points from the top."""
    x, y = ctypes.c_double(), ctypes.c_double()
    found = []
    for number in numbers:
        c.FPDFText_GetCharOrigin(text, number, x, y)
        found.append(placing.point(x.value, y.value)[1])
    return found


def doubts_of(text: Any, count: int, turn: float) -> tuple[float, float]:  # noqa: ANN401
    """Give the shares of characters that stand sideways on a page turned by turn (radians), and of those without a meaning."""
    sample = range(0, count, max(1, count // _SAMPLE))
    if not count:
        return 0.0, 0.0
    handle = ctypes.cast(text, ctypes.c_void_p).value
    angles = (np.array(list(map(_angle, repeat(handle), sample))) + turn) % math.tau
    sideways = (angles > 0.3) & (angles < math.tau - 0.3)
    unmapped = list(map(_is_unmapped, repeat(handle), sample)).count(1)
    return float(sideways.mean()), unmapped / len(sample)
