"""Which digit did a hand write, and which digits stand side by side in a blank?

A small net of our own (ingest/digits_build.py makes it) tells ten digits and what is none by the directions of their
strokes; the way through a blank's strokes that makes the best sequence of digits is looked for among all ways to part them.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import cv2
import numpy as np

from ingest.scan import Pixels

NONE = 10
"""The class of what is no digit: dots, parts of digits, two of them together, letters."""
SIDE, _BODY = 28, 20  # pixels: the square in which a digit is looked at, and its larger side therein
_DIRECTIONS, _CELLS, _COARSE = (
    8,
    5,
    10,
)  # directions told apart; places across the square where they are weighed; pixels across it made coarse
_SPREAD = 2.6  # pixels: how far around a place strokes count
MODEL = "digits.npz"

Figures = np.ndarray[Any, np.dtype[np.float32]]
_PLACES = np.round((np.arange(_CELLS) + 0.5) * SIDE / _CELLS).astype(int)


def features(mask: Pixels) -> Figures:
    """Give what is looked at of one cut-out digit (white on black): directions of strokes, a coarse picture, how slim it is."""
    height, width = mask.shape
    scale = _BODY / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    square = np.zeros((SIDE, SIDE), np.uint8)
    x, y = (SIDE - size[0]) // 2, (SIDE - size[1]) // 2
    square[y : y + size[1], x : x + size[0]] = cv2.resize(mask, size, interpolation=way)
    coarse = cv2.resize(square, (_COARSE, _COARSE), interpolation=cv2.INTER_AREA).ravel() / 255.0
    slim = np.array([width / (width + height)])
    return np.concatenate([_directions(square), coarse, slim]).astype(np.float32)


def _directions(square: Pixels) -> Figures:
    """Weigh the edges of strokes by direction around places of the square; shape (directions x places,), between 0 and about 1."""
    soft = cv2.GaussianBlur(square, (0, 0), 0.8).astype(np.float32) / 255
    across, down = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    strength = np.hypot(across, down)
    turn = (np.arctan2(down, across) / (2 * np.pi) * _DIRECTIONS) % _DIRECTIONS
    low = np.floor(turn).astype(int) % _DIRECTIONS
    share = turn - np.floor(turn)
    planes = np.zeros((SIDE, SIDE, _DIRECTIONS), np.float32)
    y, x = np.indices((SIDE, SIDE))
    planes[y, x, low] += strength * (1 - share)
    planes[y, x, (low + 1) % _DIRECTIONS] += strength * share
    near = cv2.GaussianBlur(planes, (0, 0), _SPREAD)[np.ix_(_PLACES, _PLACES)]
    return np.asarray(np.sqrt(np.maximum(near, 0)).ravel(), np.float32)


@cache
def _net() -> tuple[Figures, ...]:
    with files("ingest").joinpath(MODEL).open("rb") as file:
        kept = np.load(file)
        return tuple(kept[name].astype(np.float32) for name in ("w1", "b1", "w2", "b2"))


def log_chances(masks: Sequence[Pixels]) -> Figures:
    """Give for each cut-out the logarithms of the chances of the ten digits and of none; shape (masks, 11)."""
    w1, b1, w2, b2 = _net()
    scores = np.maximum(np.stack([features(mask) for mask in masks]) @ w1 + b1, 0.0) @ w2 + b2
    top = scores.max(axis=1, keepdims=True)
    return np.asarray(scores - top - np.log(np.exp(scores - top).sum(axis=1, keepdims=True)), np.float32)
