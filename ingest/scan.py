"""How is the picture of a page made fit to be read: straight, evenly lit, without seals, dark edges and punch holes?"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ingest.transcript import Box

Pixels = np.ndarray[Any, np.dtype[np.uint8]]
DPI = 300
DARK = 150
"""A darker grey is ink."""
LINE = 0.018
"""Of the page's width: the height of a line of print."""
_MM = 25.4  # to an inch
_SEARCH_WIDTH = 1240  # pixels in which the skew is looked for
_MOST_POINTS = 60_000  # of ink that are asked which way the lines run
_STEPS = ((7.0, 0.5, 4), (0.4, 0.1, 2), (0.08, 0.02, 1))  # degrees: how far to each side, how fine; on every which point
_LEAST_SKEW = 0.05  # degrees: less does not matter, and turning costs time
_SMALL = 4  # light, edges and holes are looked for in a picture so many times smaller
_NEAR = 10.0  # mm in which the brightest is paper
_UNEVEN = 0.85  # of the brightest paper: darker is shadow
_THICK = 1.7  # mm: no stroke of print is so thick
_HOLE = (3.5, 9.0)  # mm across a punch hole
_ROUND = 0.7  # of the square around it, that a hole fills
_MARGIN = 22.0  # mm from the edge, in which holes are punched
_INK = 35  # how far a seal's red stands above its green and blue
_BLUE = 45
_TINGE, _BLUR = 14, 9  # how far a colour stands above the others at the edge of coloured ink, so many pixels around what is surely so
_CROSSED = 13  # pixels of a stem that coloured ink may cover
_PRINT = 85  # of the strongest colour: what is darker in all colours is print under a seal or a pen
_BLACK, _PALE = 110, 225  # greys: print is darker than the one, paper lighter than the other
_PRINTED = 0.004  # share of a page that is black where something is printed; paler print is not taken for its back
_SHINES, _SHINES_BESIDE = 0.004, 0.3  # share of the page, and of what is black, that is pale where the back shines through
_LEAST_INK = 0.00012  # share of a page's pixels
_FEW = 3  # every third pixel tells where a page has colour
_STRETCH = 32  # rows of them that are looked at together
_OTHER, _SPECKS = 40, 0.005  # greys by which a pixel differs, and share of such pixels from which it matters
_RULE_SHARE = 0.045  # of the page's width or height: shorter strokes belong to letters
_AROUND, _DARKER = 31, 15  # pixels; a stroke is so much darker than the mean around it
_SEEN = 9  # rows of an upright stroke that are looked at first


@dataclass(frozen=True, slots=True)
class Scan:
    """A page fit to be read: grey pixels, how it was turned against the picture it came from (degrees), dots an inch."""

    grey: Pixels
    angle: float
    dpi: float = DPI
    coloured: tuple[Box, ...] = ()
    """Where coloured ink was lifted off; pixels of the picture that it came from."""

    @property
    def width(self) -> int:
        """Give the width in pixels."""
        return int(self.grey.shape[1])

    @property
    def height(self) -> int:
        """Give the height in pixels."""
        return int(self.grey.shape[0])

    @property
    def is_blank(self) -> bool:
        """Say whether there is hardly any ink: less than a line of three letters."""
        return cv2.countNonZero(_darker(self.grey, DARK)) < _LEAST_INK * self.grey.size

    def crop(self, box: Box) -> Image.Image:
        """Cut a rectangle out, as a picture."""
        x0, y0, x1, y1 = _sides(box)
        return Image.fromarray(self.grey[y0:y1, x0:x1])

    def had_colour(self, box: Box) -> bool:
        """Say whether coloured ink was lifted off in a rectangle or right beside it."""
        there = self.to_picture(box)
        return any(ink.x0 < there.x1 and there.x0 < ink.x1 and ink.y0 < there.y1 and there.y0 < ink.y1 for ink in self.coloured)

    def to_picture(self, box: Box) -> Box:
        """Give the box that a rectangle of the straightened page has in the picture it came from; pixels."""
        if not self.angle:
            return box
        lean = math.radians(-self.angle)
        along, down = math.cos(lean), math.sin(lean)
        across, below = (box.x0 + box.x1 - self.width) / 2, (box.y0 + box.y1 - self.height) / 2
        x, y = self.width / 2 + along * across + down * below, self.height / 2 + along * below - down * across
        half_width, half_height = (box.x1 - box.x0) / 2, (box.y1 - box.y0) / 2
        return Box(x - half_width, y - half_height, x + half_width, y + half_height)


def prepare(pixels: Pixels, dpi: float = DPI) -> Scan:
    """Straighten a page (in colour) and take off what is not print: seals, ink of signatures, shadow, dark edges, holes, the back."""
    plain = _pixels(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))
    coloured = _coloured(pixels, plain)
    grey = _without_back(_without_edges(_evenly_lit(_without_ink(plain, pixels, coloured, _lifted), dpi), dpi))
    angle = _skew(grey)
    if abs(angle) < _LEAST_SKEW:
        return Scan(grey, 0.0, dpi, coloured)
    return Scan(_turned(grey, angle, Box(0, 0, grey.shape[1], grey.shape[0])), angle, dpi, coloured)


@dataclass(frozen=True, slots=True)
class Pale:
    """A page with its coloured ink only pale: what a seal covers may still be guessed. It is turned where it is looked at."""

    grey: Pixels
    angle: float

    def crop(self, box: Box) -> Image.Image:
        """Cut a rectangle of the straightened page out, as a picture."""
        return Image.fromarray(_turned(self.grey, self.angle, box))

    def differs(self, scan: Scan, box: Box) -> bool:
        """Say whether a rectangle looks other on the page with its ink lifted, by more than the shine of its back."""
        x0, y0, x1, y1 = _sides(box)
        difference = _over(cv2.absdiff(scan.grey[y0:y1, x0:x1], _turned(self.grey, self.angle, box)), _OTHER)
        return cv2.countNonZero(difference) > _SPECKS * difference.size


def paled(pixels: Pixels, scan: Scan) -> Pale:
    """Give a page that was prepared from these pixels with its coloured ink only pale."""
    ink = _without_ink(_pixels(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)), pixels, scan.coloured, _paled)
    return Pale(_without_edges(_evenly_lit(ink, scan.dpi), scan.dpi), scan.angle)


def _turned(grey: Pixels, angle: float, part: Box) -> Pixels:
    """Give a part of a page turned about its middle."""
    x0, y0, x1, y1 = _sides(part)
    matrix = cv2.getRotationMatrix2D((grey.shape[1] / 2, grey.shape[0] / 2), angle, 1.0)
    matrix[:, 2] -= (x0, y0)
    size = (min(x1, grey.shape[1]) - x0, min(y1, grey.shape[0]) - y0)
    return _pixels(cv2.warpAffine(grey, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=255))


def _sides(box: Box) -> tuple[int, int, int, int]:
    """Give left, top, right and bottom of a rectangle in whole pixels, one at least."""
    x0, y0 = max(0, int(box.x0)), max(0, int(box.y0))
    return x0, y0, max(x0 + 1, int(box.x1)), max(y0 + 1, int(box.y1))


def in_colour(picture: Image.Image) -> Pixels:
    """Give a picture's pixels as red, green and blue (height, width, 3).

    To copy them takes longer than some of what is done with them: a page's are taken once and handed on.
    """
    return _pixels(picture if picture.mode == "RGB" else picture.convert("RGB"))


def every(pixels: Pixels, nth: int) -> Pixels:
    """Give every nth pixel of every nth row, each as it is."""
    height, width = (max(1, side // nth) for side in pixels.shape[:2])
    return _pixels(cv2.resize(pixels[: height * nth, : width * nth], (width, height), interpolation=cv2.INTER_NEAREST))


def _pixels(array: Any) -> Pixels:  # noqa: ANN401  OpenCV's arrays are not typed
    return np.asarray(array, dtype=np.uint8)


def _coloured(pixels: Pixels, grey: Pixels) -> tuple[Box, ...]:
    """Find where on a page red or blue lies, stretch by stretch of its rows."""
    few, plain = every(pixels, _FEW), every(grey, _FEW)
    ink = _over(cv2.max(cv2.subtract(cv2.extractChannel(few, 0), plain), cv2.subtract(cv2.extractChannel(few, 2), plain)), _INK // 2)
    found = []
    for top in range(0, len(ink), _STRETCH):
        left, _, width, _ = cv2.boundingRect(ink[top : top + _STRETCH])
        if width:
            right, bottom = left + width + 2, min(len(ink), top + _STRETCH + 1)
            found.append(Box(*(float(_FEW * side) for side in (max(0, left - 2), max(0, top - 1), right, bottom))))
    return tuple(found)


def _without_ink(grey: Pixels, pixels: Pixels, coloured: Sequence[Box], lift: Callable[["_Ink", Pixels], Pixels]) -> Pixels:
    """Give the page with red and blue lifted; grey is written to.

    What a pen wrote into blanks is looked at again in the page's own colours.
    """
    for box in coloured:
        x0, y0, x1, y1 = _sides(box)
        ink = _ink(pixels[y0:y1, x0:x1])
        if ink is not None:
            grey[y0:y1, x0:x1] = lift(ink, grey[y0:y1, x0:x1])
    return grey


@dataclass(frozen=True, slots=True)
class _Ink:
    """Of a part of a page: how far red or blue stands above the other colours, where it surely does (255), the strongest colour."""

    colour: Pixels
    sure: Pixels
    strongest: Pixels


def _ink(pixels: Pixels) -> _Ink | None:
    """Look for coloured ink in a part of a page; None where there is surely none, as in most parts that are only tinged."""
    red, green, blue = cv2.split(pixels)
    blueness, redness = cv2.subtract(blue, cv2.max(red, green)), cv2.subtract(red, cv2.max(green, blue))
    sure = cv2.max(_over(blueness, _BLUE), _over(redness, _INK))
    if not cv2.countNonZero(sure):
        return None
    return _Ink(_pixels(cv2.max(blueness, redness)), _pixels(sure), _pixels(cv2.max(red, cv2.max(green, blue))))


def _lifted(ink: _Ink, grey: Pixels) -> Pixels:
    """Give the grey of a part of a page with red and blue as light as the paper; print that they cross stays: it is dark in all colours.

    Compressed pictures blur colours: around what is surely coloured, a tinge is enough.
    """
    tinged = cv2.min(cv2.dilate(ink.sure, _square(_BLUR)), _over(ink.colour, _TINGE))
    coloured = cv2.min(cv2.dilate(tinged, _square(3)), _over(ink.strongest, _PRINT))
    paper = np.uint8(np.percentile(grey[::_FEW, ::_FEW], 90))
    lifted = _pixels(np.where(coloured > 0, paper, cv2.max(grey, cv2.min(ink.strongest, tinged))))
    crossed = cv2.morphologyEx(lifted, cv2.MORPH_OPEN, np.ones((_CROSSED, 1), np.uint8))  # stems that the ring of a seal cuts
    return _pixels(np.where(coloured > 0, crossed, lifted))


def _paled(ink: _Ink, grey: Pixels) -> Pixels:
    """Give the grey of a part of a page with red and blue as light as their strongest colour."""
    return _pixels(np.where(ink.sure > 0, ink.strongest, grey))


def _over(pixels: Any, than: int) -> Pixels:  # noqa: ANN401  OpenCV's arrays are not typed
    """Give 255 where a picture is over a value, else 0."""
    return _pixels(cv2.threshold(pixels, than, 255, cv2.THRESH_BINARY)[1])


def _reduced(grey: Pixels, times: int) -> Pixels:
    """Give a picture so many times smaller; what is left over at the right and below falls off."""
    if times % 4 == 0:  # halving is much the fastest
        grey, times = _reduced(grey, times // 2), 2
    height, width = (max(1, side // times) for side in grey.shape)
    return _pixels(cv2.resize(grey[: height * times, : width * times], (width, height), interpolation=cv2.INTER_AREA))


def _square(side: float) -> Pixels:
    return np.ones((max(1, round(side)), max(1, round(side))), np.uint8)


def _evenly_lit(grey: Pixels, dpi: float) -> Pixels:
    """Give the page as if all its paper were lit alike, where shadow lies on it."""
    near = _NEAR / _MM * dpi / _SMALL
    paper = _reduced(_pixels(cv2.dilate(_reduced(grey, _SMALL), _square(near))), _SMALL)
    if float(np.percentile(paper, 5)) > _UNEVEN * float(np.percentile(paper, 95)):
        return grey
    light = cv2.GaussianBlur(paper, (0, 0), near / _SMALL / 2)
    return _pixels(cv2.divide(grey, cv2.resize(light, grey.shape[::-1], interpolation=cv2.INTER_LINEAR), scale=255))


def _without_edges(grey: Pixels, dpi: float) -> Pixels:
    """Give the page with what is thick and dark at its edges white, and the holes punched into its margin."""
    to_mm = _MM / dpi * _SMALL
    dark = _darker(_reduced(grey, _SMALL), DARK)
    thick = _pixels(cv2.morphologyEx(dark, cv2.MORPH_OPEN, _square(_THICK / to_mm)))
    if not thick.any():
        return grey
    _, labels, stats, _ = cv2.connectedComponentsWithStats(thick)
    page = (labels.shape[1] * to_mm, labels.shape[0] * to_mm)
    outside = [i for i, row in enumerate(stats) if i and _is_outside([float(v) * to_mm for v in row[:4]], float(row[4]) * to_mm**2, page)]
    if not outside:
        return grey
    mask = cv2.dilate(_pixels(np.isin(labels, outside) * 255), _square(2 * _THICK / to_mm))
    return _pixels(cv2.max(grey, cv2.resize(mask, grey.shape[::-1], interpolation=cv2.INTER_NEAREST)))


def _without_back(grey: Pixels) -> Pixels:
    """Give the page without what shines through from its back: much that is paler than ink and stands away from it."""
    small = _reduced(grey, 2)
    dark = _darker(small, _BLACK)
    pale = cv2.subtract(_darker(small, _PALE), cv2.dilate(dark, _square(7)))
    printed, shining = cv2.countNonZero(dark), cv2.countNonZero(pale)
    if printed < _PRINTED * dark.size or shining < max(_SHINES * dark.size, _SHINES_BESIDE * printed):
        return grey
    return _pixels(cv2.convertScaleAbs(grey, alpha=255 / float(np.percentile(small[pale > 0], 3))))


def _darker(grey: Pixels, than: int) -> Pixels:
    """Give 1 where a picture is darker than a grey, else 0."""
    return _pixels(cv2.threshold(grey, than - 1, 1, cv2.THRESH_BINARY_INV)[1])


def _is_outside(place: Sequence[float], area: float, page: tuple[float, float]) -> bool:
    """Say whether something thick and dark at (x, y, width, height) is an edge or a hole, not print; mm."""
    x, y, width, height = place
    close = 0.5  # mm
    if x < close or y < close or x + width > page[0] - close or y + height > page[1] - close:
        return True
    in_margin = x + width < _MARGIN or y + height < _MARGIN or x > page[0] - _MARGIN or y > page[1] - _MARGIN
    is_round = all(_HOLE[0] <= side <= _HOLE[1] for side in (width, height)) and area > _ROUND * width * height
    return in_margin and is_round and abs(width - height) < 0.25 * max(width, height)


def _skew(grey: Pixels) -> float:
    """Find by how many degrees the lines lean: the turn at which rows of ink and rows of white stand out most."""
    small = _reduced(grey, max(1, round(grey.shape[1] / _SEARCH_WIDTH)))
    ink = cv2.adaptiveThreshold(small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 39, 15)
    points = cv2.findNonZero(ink)
    if points is None or len(points) < 100:
        return 0.0
    x, y = (points.reshape(-1, 2)[:: 1 + len(points) // _MOST_POINTS] - np.array(ink.shape[::-1]) / 2).T.copy()
    reach = int(sum(ink.shape))

    def sharpness(angle: float, nth: int = 1) -> float:
        lean = np.deg2rad(angle)
        rows = (y[::nth] * np.cos(lean) - x[::nth] * np.sin(lean) + reach).astype(np.int64)
        profile = np.bincount(rows, minlength=2 * reach)
        steps = np.diff(profile[:-2] + 2 * profile[1:-1] + profile[2:])  # softened, or whole pixels favour no turn
        return float(steps @ steps)

    best = 0.0
    for far, fine, nth in _STEPS:
        turns = [best + n * fine for n in range(-round(far / fine), round(far / fine) + 1)]
        best = max(turns, key=partial(sharpness, nth=nth))
    return best if sharpness(best) > 1.02 * sharpness(0.0) else 0.0


def without(scan: Scan, strokes: list[Box]) -> Scan:
    """Give the page with these strokes painted white."""
    if not strokes:
        return scan
    grey = scan.grey.copy()
    for box in strokes:
        grey[max(0, int(box.y0) - 2) : int(box.y1) + 3, max(0, int(box.x0) - 2) : int(box.x1) + 3] = 255
    return replace(scan, grey=grey)


def rules(scan: Scan) -> tuple[list[Box], list[Box]]:
    """Find the long straight strokes that may rule a table: the level ones and the upright ones, pixels; none without two upright."""
    long, tall = max(30, int(_RULE_SHARE * scan.width)), max(30, int(0.5 * _RULE_SHARE * scan.height))
    grey, nth = scan.grey, max(1, tall // _SEEN)
    around = _around_columns(grey, _may_stand(_darker(grey[::nth], 256 - _DARKER), tall // nth))
    standing = _may_stand(_inked(grey[::nth], around[::nth]), tall // nth)
    upright: list[Box] = []
    for columns in np.split(standing, np.flatnonzero(np.diff(standing) > 1) + 1):
        if columns.size:
            x0, x1 = max(0, int(columns[0]) - 1), int(columns[-1]) + 2
            ink = _inked(grey[:, x0:x1], around[:, x0:x1])
            stroke = cv2.morphologyEx(cv2.dilate(ink, np.ones((1, 3), np.uint8)), cv2.MORPH_OPEN, _upright(tall))
            upright += _strokes(stroke, (x0, 0), level=False)
    if len(upright) < 2:
        return [], []
    top, bottom = max(0, int(min(box.y0 for box in upright)) - tall), int(max(box.y1 for box in upright)) + tall
    thick = cv2.dilate(_inked(grey[top:bottom], _around(grey)[top:bottom]), np.ones((3, 1), np.uint8))
    return _strokes(cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, long), np.uint8)), (0, top), level=True), upright


def _around(grey: Pixels) -> Pixels:
    """Give the mean around each pixel."""
    return _pixels(cv2.blur(grey, (_AROUND, _AROUND), borderType=cv2.BORDER_REPLICATE))


def _around_columns(grey: Pixels, columns: NDArray[np.intp]) -> Pixels:
    """Give the mean around each pixel of some columns and of those right beside them; 0 for all others: nearly the whole page."""
    means = np.zeros_like(grey)
    for near in np.split(columns, np.flatnonzero(np.diff(columns) > _AROUND) + 1):
        if near.size:
            x0, x1 = max(0, int(near[0]) - 1), int(near[-1]) + 2
            left = max(0, x0 - _AROUND // 2)
            means[:, x0:x1] = _around(grey[:, left : x1 + _AROUND // 2])[:, x0 - left : x1 - left]
    return means


def _inked(grey: Pixels, around: Pixels) -> Pixels:
    """Give 255 where a picture is darker than the mean around, else 0: only parts of a page are asked for."""
    return _over(cv2.subtract(around, grey), _DARKER - 1)


def _may_stand(ink: Pixels, tall: int) -> NDArray[np.intp]:
    """Give the columns of some rows of a mask in which upright strokes so tall may stand: quickly, because most pages have none."""
    return np.flatnonzero(cv2.erode(cv2.dilate(ink, np.ones((1, 3), np.uint8)), _upright(tall)).any(axis=0))


def _upright(tall: int) -> Pixels:
    return np.ones((tall, 1), np.uint8)


def _strokes(mask: Any, at: tuple[int, int], *, level: bool) -> list[Box]:  # noqa: ANN401
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE, offset=at)
    places = sorted((cv2.boundingRect(outline) for outline in outlines), key=lambda place: (place[1], place[0]))
    boxes = [Box(float(x), float(y), float(x + w), float(y + h)) for x, y, w, h in places]
    thin = 14  # pixels: a thicker bar is a picture's edge or a dark border
    return [box for box in boxes if ((box.y1 - box.y0) if level else (box.x1 - box.x0)) <= thin]
