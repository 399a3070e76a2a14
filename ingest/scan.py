"""How is the picture of a page made fit to be read: upright, straight, without seals?"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from PIL import Image

from ingest.transcript import Box

Pixels = np.ndarray[Any, np.dtype[np.uint8]]
DPI = 300
_SEARCH_WIDTH = 800  # pixels in which the skew is looked for
_STEPS = ((4.0, 0.5), (0.4, 0.1), (0.1, 0.025))  # degrees: how far to each side, how fine
_LEAST_SKEW = 0.08  # degrees: less does not matter, and turning blurs
_INK = 35  # how far a seal's red stands above its green and blue
_BLUE = 45
_HEAD = 0.3  # of the height: above it blue is handwriting that fills in number and day, below it signatures
_STRIP = 10  # pixels to each side that must be white where two columns part
_DARK = 150  # a darker grey is ink
_LEAST_INK = 0.00012  # share of a page's pixels
_STAMP_GAP = 0.016  # of the page's width: letters of one stamp stand closer
_STAMP_SIDES = (0.06, 0.45)  # of the page's width: how long a stamped mark may be
_MOST_PATCHES = 4
_COARSE = 2  # every second pixel is enough to find and read large letters
_RULE_SHARE = 0.045  # of the page's width or height: shorter strokes belong to letters


@dataclass(frozen=True, slots=True)
class Scan:
    """A page fit to be read: grey pixels, and how it was turned against the picture it came from (degrees)."""

    grey: Pixels
    angle: float

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
        return int((self.grey < _DARK).sum()) < _LEAST_INK * self.grey.size

    def crop(self, box: Box) -> Image.Image:
        """Cut a rectangle out, as a picture."""
        x0, y0 = max(0, int(box.x0)), max(0, int(box.y0))
        return Image.fromarray(self.grey[y0 : max(y0 + 1, int(box.y1)), x0 : max(x0 + 1, int(box.x1))])

    def to_picture(self, box: Box) -> Box:
        """Give the box that a rectangle of the straightened page has in the picture it came from; pixels."""
        if not self.angle:
            return box
        matrix = cv2.getRotationMatrix2D((self.width / 2, self.height / 2), -self.angle, 1.0)
        middle = matrix @ np.array([(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2, 1.0])
        half_width, half_height = (box.x1 - box.x0) / 2, (box.y1 - box.y0) / 2
        return Box(*(float(v) for v in (middle[0] - half_width, middle[1] - half_height, middle[0] + half_width, middle[1] + half_height)))


def prepare(picture: Image.Image) -> Scan:
    """Straighten a picture of a page and take seals and the ink of signatures off."""
    pixels = np.asarray(picture.convert("RGB"))
    grey = _without_ink(pixels)
    angle = _skew(grey)
    if abs(angle) < _LEAST_SKEW:
        return Scan(grey, 0.0)
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return Scan(_pixels(cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)), angle)


def _pixels(array: Any) -> Pixels:  # noqa: ANN401  OpenCV's arrays are not typed
    return np.asarray(array, dtype=np.uint8)


def _without_ink(pixels: Pixels) -> Pixels:
    """Give the page in grey with red lightened everywhere and blue below the head."""
    grey = _pixels(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))
    red, green, blue = cv2.split(pixels)
    is_ink = cv2.subtract(red, cv2.max(green, blue)) > _INK
    below = int(_HEAD * len(grey))
    is_ink[below:] |= (cv2.subtract(blue, cv2.max(red, green)) > _BLUE)[below:]
    grey[is_ink] = cv2.max(red, cv2.max(green, blue))[is_ink]
    return grey


def _skew(grey: Pixels) -> float:
    """Find by how many degrees the lines lean: the turn at which rows of ink and rows of white stand out most."""
    height, width = grey.shape
    scale = min(1.0, _SEARCH_WIDTH / width)
    small = cv2.resize(grey, (max(1, round(width * scale)), max(1, round(height * scale))), interpolation=cv2.INTER_AREA)
    ink = cv2.adaptiveThreshold(small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 15).astype(np.float32)
    rows, columns = ink.shape
    if ink.sum() < 50:
        return 0.0

    def sharpness(angle: float) -> float:
        matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), angle, 1.0)
        profile = np.asarray(cv2.warpAffine(ink, matrix, (columns, rows), flags=cv2.INTER_LINEAR)).sum(axis=1)
        return float(np.square(np.diff(profile)).sum())

    best = 0.0
    for reach, step in _STEPS:
        best = max((best + n * step for n in range(-round(reach / step), round(reach / step) + 1)), key=sharpness)
    return best if sharpness(best) > 1.02 * sharpness(0.0) else 0.0


def without(scan: Scan, strokes: list[Box]) -> Scan:
    """Give the page with these strokes painted white."""
    grey = scan.grey.copy()
    for box in strokes:
        grey[max(0, int(box.y0) - 2) : int(box.y1) + 3, max(0, int(box.x0) - 2) : int(box.x1) + 3] = 255
    return Scan(grey, scan.angle)


@dataclass(frozen=True, slots=True)
class RedPatch:
    """A long patch of red on a page: its box in the picture, and its letters turned level, dark on white.

    There are two pictures of it: in one what is frame or arrow around the letters is taken off whole, in the other only
    its straight sides, because letters may touch them.
    """

    box: Box
    pictures: tuple[Image.Image, Image.Image]


def red_patches(picture: Image.Image) -> list[RedPatch]:
    """Find the red patches that may be a line of stamped letters, the largest first; round ones are seals."""
    pixels = np.asarray(picture.convert("RGB"))[::_COARSE, ::_COARSE]
    mask = _pixels(cv2.subtract(pixels[..., 0], pixels[..., 1:].max(axis=2)))
    mask = _pixels(cv2.threshold(mask, _INK, 255, cv2.THRESH_BINARY)[1])
    if not mask.any():
        return []
    side = max(5, round(mask.shape[1] * _STAMP_GAP))
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    patches = [patch for outline in sorted(outlines, key=cv2.contourArea, reverse=True)[:8] if (patch := _patch(mask, outline)) is not None]
    return patches[:_MOST_PATCHES]


def _patch(mask: Pixels, outline: Any) -> RedPatch | None:  # noqa: ANN401
    (x, y), (width, height), angle = cv2.minAreaRect(outline)
    if height > width:
        width, height, angle = height, width, angle - 90
    page = mask.shape[1]
    if not (_STAMP_SIDES[0] * page < width < _STAMP_SIDES[1] * page and 1.25 * height < width < 12 * height and height > 0.012 * page):
        return None
    matrix = cv2.getRotationMatrix2D((x, y), angle, 1.0)
    matrix[:, 2] += np.array([width / 2 + _STRIP - x, height / 2 + _STRIP - y])
    size = (int(width) + 2 * _STRIP, int(height) + 2 * _STRIP)
    inside = np.zeros_like(mask)
    cv2.drawContours(inside, [outline], -1, 255, cv2.FILLED)
    level = _pixels(cv2.warpAffine(mask & inside, matrix, size, flags=cv2.INTER_LINEAR))
    bx, by, bw, bh = cv2.boundingRect(outline)
    box = Box(*(float(_COARSE * v) for v in (bx, by, bx + bw, by + bh)))
    return RedPatch(box, (_as_print(_without_frame(level)), _as_print(_without_sides(level))))


def _as_print(mask: Pixels) -> Image.Image:
    return Image.fromarray(cv2.resize(255 - mask, None, fx=_COARSE, fy=_COARSE, interpolation=cv2.INTER_CUBIC))


def _without_frame(mask: Pixels) -> Pixels:
    """Take off the strokes that hang together over half of a patch, as a frame or an arrow does."""
    height, width = mask.shape
    _, labels, stats, _ = cv2.connectedComponentsWithStats(_pixels((mask > _DARK) * 1))
    frames = [i for i, row in enumerate(stats) if i and row[2] > 0.5 * width and row[3] > 0.5 * height]
    return _pixels(np.where(np.isin(labels, frames), 0, mask))


def _without_sides(mask: Pixels) -> Pixels:
    """Take off straight strokes that are longer than letters."""
    height, width = mask.shape
    level = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, max(3, width // 4)), np.uint8))
    upright = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((max(3, int(0.6 * height)), 1), np.uint8))
    return _pixels(cv2.subtract(mask, cv2.dilate(cv2.max(level, upright), np.ones((3, 3), np.uint8))))


def white_run(scan: Scan, between: tuple[float, float], y: float) -> tuple[float, float, float]:
    """Find where white runs down the page farthest through level y, at an x between two; give x, top and bottom, pixels."""
    low, high = max(_STRIP, int(between[0]) + _STRIP), min(scan.width - _STRIP, int(between[1]) - _STRIP)
    level = min(max(0, int(y)), scan.height - 1)
    best = ((low + high) / 2, float(level), float(level))
    for x in range(low, max(low, high) + 1, _STRIP):
        inked = np.flatnonzero((scan.grey[:, x - _STRIP : x + _STRIP] < _DARK).sum(axis=1) > 1)
        at = int(np.searchsorted(inked, level))
        top = float(inked[at - 1] + 1) if at else 0.0
        bottom = float(inked[at]) if at < len(inked) else float(scan.height)
        if bottom - top > best[2] - best[1]:
            best = (float(x), top, bottom)
    return best


def rules(scan: Scan) -> tuple[list[Box], list[Box]]:
    """Find the long straight strokes of a page: the level ones and the upright ones, pixels."""
    ink = cv2.adaptiveThreshold(scan.grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    long, tall = max(30, int(_RULE_SHARE * scan.width)), max(30, int(0.5 * _RULE_SHARE * scan.height))
    level = cv2.morphologyEx(cv2.dilate(ink, np.ones((3, 1), np.uint8)), cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    upright = cv2.morphologyEx(cv2.dilate(ink, np.ones((1, 3), np.uint8)), cv2.MORPH_OPEN, np.ones((tall, 1), np.uint8))
    return _strokes(level, level=True), _strokes(upright, level=False)


def _strokes(mask: Any, *, level: bool) -> list[Box]:  # noqa: ANN401
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    boxes = [Box(float(x), float(y), float(x + w), float(y + h)) for x, y, w, h, _ in stats[1:]]
    thin = 14  # pixels: a thicker bar is a picture's edge or a dark border
    return [box for box in boxes if ((box.y1 - box.y0) if level else (box.x1 - box.x0)) <= thin]
