"""Where on a page is a line of letters framed in black, as a stamp is that came through a copier or by fax?"""

from typing import Any

import cv2
import numpy as np

from ingest.red import COARSE, Patch, patch_of
from ingest.scan import DARK, Pixels, every

_DEEP = 0.55  # of the page from its top: marks are set in its head
_LONG, _HIGH = (0.07, 0.30), (0.02, 0.10)  # of the page's width
_STRAIGHT = 0.8  # of the slanting rectangle around it, that a frame goes round
_HOLLOW = 0.45  # of what it goes round, that is ink at most
_MOST = 4


def framed_patches(page: Pixels) -> list[Patch]:
    """Find the small hollow frames in the head of a page, from top to bottom."""
    red, green, blue = cv2.split(every(page[: int(_DEEP * len(page))], COARSE))
    darkest = cv2.min(red, cv2.min(green, blue))
    head = np.asarray(cv2.threshold(darkest, DARK - 1, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)
    outlines, _ = cv2.findContours(head, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    frames = [outline for outline in outlines if _is_frame(head, outline)]
    frames.sort(key=lambda outline: cv2.boundingRect(outline)[1])
    return [patch for outline in frames[:_MOST] if (patch := patch_of(head, outline)) is not None]


def _is_frame(head: Pixels, outline: Any) -> bool:  # noqa: ANN401  OpenCV's arrays are not typed
    x, y, width, height = cv2.boundingRect(outline)
    page = head.shape[1]
    if not (_LONG[0] * page < width < _LONG[1] * page and _HIGH[0] * page < height < _HIGH[1] * page):
        return False
    _, sides, _ = cv2.minAreaRect(outline)
    inked = cv2.countNonZero(head[y : y + height, x : x + width])
    area = cv2.contourArea(outline)
    return bool(area > _STRAIGHT * sides[0] * sides[1] and inked < _HOLLOW * area)
