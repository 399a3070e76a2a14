"""What may have happened to a page before it is read: how does it look turned, coarse, dirty, lit from one side?"""

import io
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from PIL import Image

DPI = 300
Pixels = np.ndarray[Any, np.dtype[np.uint8]]
Condition = Callable[[Pixels, np.random.Generator], Image.Image]
_WHITE = (255, 255, 255)


def _picture(array: Any) -> Image.Image:  # noqa: ANN401  OpenCV's arrays are not typed
    picture = Image.fromarray(np.clip(array, 0, 255).astype(np.uint8))
    picture.info["dpi"] = (DPI, DPI)
    return picture


def straight(page: Pixels, _: np.random.Generator) -> Image.Image:
    """Leave it as it is."""
    return _picture(page)


def _turned(degrees: float) -> Condition:
    def turn(page: Pixels, _: np.random.Generator) -> Image.Image:
        height, width = page.shape[:2]
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
        return _picture(cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=_WHITE))

    return turn


def _quarters(count: int) -> Condition:
    return lambda page, _: _picture(np.ascontiguousarray(np.rot90(page, count)))


def _at(dpi: int) -> Condition:
    def scale(page: Pixels, _: np.random.Generator) -> Image.Image:
        way = cv2.INTER_AREA if dpi < DPI else cv2.INTER_CUBIC
        picture = _picture(cv2.resize(page, None, fx=dpi / DPI, fy=dpi / DPI, interpolation=way))
        picture.info["dpi"] = (dpi, dpi)
        return picture

    return scale


def bilevel(page: Pixels, _: np.random.Generator) -> Image.Image:
    """Black and white, as a fax sends it."""
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    return _picture(cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1]).convert("1")


def uneven_light(page: Pixels, chance: np.random.Generator) -> Image.Image:
    """Lit from one corner, with the shadow of a hand: down to a third of the light."""
    height, width = page.shape[:2]
    across, down = np.meshgrid(np.linspace(0, 1, width, dtype=np.float32), np.linspace(0, 1, height, dtype=np.float32))
    hand = np.exp(-((across - 0.8) ** 2 + (down - chance.uniform(0.5, 0.9)) ** 2) / 0.05)
    light = 0.95 - 0.35 * (0.5 * across + 0.5 * down) - 0.25 * hand
    return _picture(page * light[:, :, None] + chance.normal(0, 3, (height, width, 1)))


def dark_border(page: Pixels, chance: np.random.Generator) -> Image.Image:
    """Copied with the lid open: black along two edges, ragged, and a grey shadow in the fold."""
    worn = page.astype(np.float32)
    height, width = page.shape[:2]
    for y, reach in enumerate(np.clip(50 + chance.normal(0, 1, height).cumsum(), 25, 90).astype(int)):
        worn[y, width - reach :] = 15
    worn[height - 45 :] = 25
    worn[:, :120] *= np.linspace(0.35, 1, 120, dtype=np.float32)[None, :, None]
    return _picture(worn)


def punched(page: Pixels, _: np.random.Generator) -> Image.Image:
    """Two holes at the left edge, through which the dark lid shows."""
    worn = page.copy()
    middle = len(worn) // 2
    for y in (middle - 472, middle + 472):  # 80 mm apart
        cv2.circle(worn, (142, y), 35, (20, 20, 20), -1, cv2.LINE_AA)
    return _picture(worn)


def pressed_jpeg(page: Pixels, _: np.random.Generator) -> Image.Image:
    """Packed so tightly that letters have rings around them."""
    out = io.BytesIO()
    Image.fromarray(page).save(out, "JPEG", quality=18)
    return _picture(np.asarray(Image.open(out).convert("RGB")))


def bleed_through(page: Pixels, _: np.random.Generator) -> Image.Image:
    """The back of thin paper shows through, mirrored."""
    back = cv2.GaussianBlur(page[:, ::-1], (0, 0), 2.0).astype(np.float32)
    return _picture(np.minimum(page.astype(np.float32), 255 - 0.38 * (255 - back)))


def sealed(page: Pixels, _: np.random.Generator) -> Image.Image:
    """A red seal, 36 mm wide, in the middle of the print."""
    ink = np.full_like(page, 255)
    height, width = page.shape[:2]
    at = (width // 2, int(0.55 * height))
    for radius, thick in ((212, 9), (150, 5)):
        cv2.circle(ink, at, radius, (205, 45, 60), thick, cv2.LINE_AA)
    points = [
        (round(at[0] + r * np.sin(a)), round(at[1] - r * np.cos(a))) for a, r in zip(np.arange(10) * np.pi / 5, [70, 28] * 5, strict=True)
    ]
    cv2.fillPoly(ink, [np.array(points, dtype=np.int32)], (205, 45, 60), cv2.LINE_AA)
    cv2.putText(ink, "UY BAN NHAN DAN", (at[0] - 120, at[1] + 110), cv2.FONT_HERSHEY_DUPLEX, 0.9, (205, 45, 60), 2, cv2.LINE_AA)
    return _picture(page.astype(np.float32) * ink / 255)


JUDGED: dict[str, Condition] = {
    "straight": straight,
    "2° askew": _turned(2.0),
    "0.3° askew": _turned(0.3),
    "200 dpi": _at(200),
    "bilevel": bilevel,
    "upside down": _quarters(2),
}
REPORTED: dict[str, Condition] = {
    "on its left": _quarters(1),
    "on its right": _quarters(3),
    "100 dpi": _at(100),
    "600 dpi": _at(600),
    "uneven light": uneven_light,
    "dark border": dark_border,
    "punch holes": punched,
    "poor JPEG": pressed_jpeg,
    "bleed-through": bleed_through,
    "red seal": sealed,
}
