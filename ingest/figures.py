"""Which strokes, grounds and images stand on a page of a PDF, beside its text?"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise, repeat
from typing import Any

import pypdfium2.raw as c

from ingest.glyphs import Number, Placing, direct
from ingest.transcript import Box

_DEEPEST = 4  # forms in forms
_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 400  # of one path: more are a drawing, no frame of a table
_THIN = 3.0  # points: a path so thin is one stroke
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DRAWN, _FORM = (c.FPDF_PAGEOBJ_PATH, c.FPDF_PAGEOBJ_IMAGE), c.FPDF_PAGEOBJ_FORM


class _Ways:
    """How the engine counts and gives the objects of a holder."""

    def __init__(self, count: Any, get: Any, index: Any = Number) -> None:  # noqa: ANN401
        self.count = direct(count, ctypes.c_int, ctypes.c_void_p)
        self.get = direct(get, ctypes.c_void_p, ctypes.c_void_p, index)


_ON_PAGE = _Ways(c.FPDFPage_CountObjects, c.FPDFPage_GetObject)
_IN_FORM = _Ways(c.FPDFFormObj_CountObjects, c.FPDFFormObj_GetObject, ctypes.c_ulong)
_IN_ANNOTATION = _Ways(c.FPDFAnnot_GetObjectCount, c.FPDFAnnot_GetObject)
_kind = direct(c.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)


@dataclass(frozen=True, slots=True)
class Figures:
    """Strokes level and upright, each a thin box, images, and grounds that are filled only; in points from the top left."""

    strokes: list[Box] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    grounds: list[Box] = field(default_factory=list)


def figures_of(page: Any, placing: Placing) -> Figures:  # noqa: ANN401  pdfium has no types
    """Give the strokes, grounds and images of a page, also those in forms on it, up to a number that no document reaches."""
    found = Figures()
    for item, kind, matrix in islice(_objects(page.raw, _ON_PAGE, _DRAWN), _MOST_OBJECTS):
        box = _bounds(item, matrix, placing)
        if box is None:
            continue
        if kind == c.FPDF_PAGEOBJ_IMAGE:
            found.images.append(box)
        elif min(box.x1 - box.x0, box.y1 - box.y0) < _THIN:
            found.strokes.append(box)
        elif _is_stroked(item):
            found.strokes.extend(_edges(item, matrix, placing))
        else:
            found.grounds.append(box)
    return found


def draws_text(annotation: Any) -> bool:  # noqa: ANN401
    """Say whether an annotation (the engine's) shows text of its own; one that shows a picture only does not."""
    return any(True for _ in _objects(annotation, _IN_ANNOTATION, (c.FPDF_PAGEOBJ_TEXT,)))


def _objects(holder: Any, ways: _Ways, kinds: tuple[int, ...], matrix: Matrix = _SAME, depth: int = 0) -> Iterator[tuple[Any, int, Matrix]]:  # noqa: ANN401
    """Yield the objects of some kinds with the matrix of the forms that hold them."""
    handle = ctypes.cast(holder, ctypes.c_void_p).value
    items = list(map(ways.get, repeat(handle), range(min(ways.count(handle), _MOST_OBJECTS))))
    for address, kind in zip(items, map(_kind, items), strict=True):
        if kind in kinds:
            yield ctypes.cast(address, c.FPDF_PAGEOBJECT), kind, matrix
        elif kind == _FORM and depth < _DEEPEST:
            form = ctypes.cast(address, c.FPDF_PAGEOBJECT)
            yield from _objects(form, _IN_FORM, kinds, _times(_matrix(form), matrix), depth + 1)


def _matrix(item: Any) -> Matrix:  # noqa: ANN401
    m = c.FS_MATRIX()
    return (m.a, m.b, m.c, m.d, m.e, m.f) if c.FPDFPageObj_GetMatrix(item, m) else _SAME


def _times(first: Matrix, second: Matrix) -> Matrix:
    """Give the matrix that does first, then second (ISO 32000-1, 8.3.4)."""
    a, b, d, e, f, g = first
    p, q, r, s, t, u = second
    return a * p + b * r, a * q + b * s, d * p + e * r, d * q + e * s, f * p + g * r + t, f * q + g * s + u


def _applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, d, e, f, g = matrix
    return a * x + d * y + f, b * x + e * y + g


def _bounds(item: Any, matrix: Matrix, placing: Placing) -> Box | None:  # noqa: ANN401
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not c.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return None
    corners = [_applied(matrix, x.value, y.value) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return placing.box(min(xs), min(ys), max(xs), max(ys))


def _is_stroked(path: Any) -> bool:  # noqa: ANN401
    """Say whether a path's edge is drawn; one that is only filled is the ground behind words."""
    fill, stroke = ctypes.c_int(), c.FPDF_BOOL()
    return bool(c.FPDFPath_GetDrawMode(path, fill, stroke)) and bool(stroke.value)


def _edges(path: Any, matrix: Matrix, placing: Placing) -> Iterator[Box]:  # noqa: ANN401
    """Yield the level and upright lines that a path is made of: a frame, or many rules drawn at once."""
    count = c.FPDFPath_CountSegments(path)
    if count > _MOST_SEGMENTS:
        return
    whole = _times(_matrix(path), matrix)
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(count):
        segment = c.FPDFPath_GetPathSegment(path, i)
        if not c.FPDFPathSegment_GetPoint(segment, x, y):
            return
        if c.FPDFPathSegment_GetType(segment) == c.FPDF_SEGMENT_MOVETO:
            yield from _lines(points)
            points = []
        points.append(placing.point(*_applied(whole, x.value, y.value)))
        if c.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    yield from _lines(points)


def _lines(points: list[tuple[float, float]]) -> Iterator[Box]:
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(x0 - x1) < 1 or abs(y0 - y1) < 1:
            yield Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
