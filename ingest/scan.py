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
    red, green, blue = (pixels[..., i].astype(np.int16) for i in range(3))
    light = _pixels(pixels.max(axis=2))
    is_red = red - np.maximum(green, blue) > _INK
    is_blue = blue - np.maximum(red, green) > _BLUE
    is_blue[: int(_HEAD * len(grey))] = False
    seen = is_red | is_blue
    grey[seen] = np.maximum(grey, light)[seen]
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
