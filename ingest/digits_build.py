"""How is the net of ingest/digits.py made? `python -m ingest.digits_build` draws digits as hands write them and trains it.

Each digit is drawn from a few ways of writing it (digits.toml: the points that the pen goes through), bent, slanted and
stretched at random, with pens of all widths; what is no digit is drawn from halves, pairs, dots, lines and letters. The same
numbers come out each time.
"""

import tomllib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from ingest.digits import MODEL, NONE, Figures, features
from ingest.scan import Pixels

_SEED = 7
_EACH = 5_000  # pictures of each class
_HIDDEN, _ROUNDS, _BATCH, _RATE = 96, 24, 128, 0.06
_CANVAS = 96  # pixels
_HEIGHT = 56  # pixels of a digit before it is stretched
Random = np.random.Generator
Strokes = Sequence[Sequence[tuple[float, float]]]


def main() -> None:
    """Draw, train, and write the net beside this module."""
    random = np.random.default_rng(_SEED)
    shapes = _shapes()
    drawn = [(digit, features(_digit(random, shapes[digit]))) for digit in range(10) for _ in range(_EACH)]
    drawn += [(NONE, features(_other(random, shapes))) for _ in range(_EACH)]
    net = _trained(random, np.stack([figures for _, figures in drawn]), np.array([digit for digit, _ in drawn]))
    target = Path(__file__).parent / MODEL
    w1, b1, w2, b2 = (part.astype(np.float16) for part in net)
    np.savez_compressed(target, w1=w1, b1=b1, w2=w2, b2=b2)


def _shapes() -> dict[int, list[Strokes]]:
    table = tomllib.loads(files("ingest").joinpath("digits.toml").read_text("utf-8"))
    return {int(name): ways for name, ways in table["digits"].items()} | {NONE: table["others"]["ways"]}


def _digit(random: Random, ways: Sequence[Strokes]) -> Pixels:
    return _cut(_drawn(random, ways[int(random.integers(len(ways)))], random.uniform(0.05, 0.2)))


def _other(random: Random, shapes: dict[int, list[Strokes]]) -> Pixels:
    """Draw what is no digit: a letter, a pair of digits or the half of one, a dot, a line."""
    kind, pen = random.integers(4), random.uniform(0.05, 0.2)
    if kind == 0:
        return _cut(_drawn(random, shapes[NONE][int(random.integers(len(shapes[NONE])))], pen))
    ways = [shapes[digit][int(random.integers(len(shapes[digit])))] for digit in random.integers(0, 10, 2)]
    left, right = (_cut(_drawn(random, way, pen)) for way in ways)
    if kind == 1:
        return _beside(left, right, int(random.integers(-6, 6)))
    if kind == 2:
        at = int(left.shape[1] * random.uniform(0.3, 0.7))
        part = left[:, at:] if random.random() < 0.5 else left[:, :at]
        return _cut(part) if part.any() and left.shape[1] > 0.45 * left.shape[0] else _beside(left, right, 0)
    pair = _beside(left, right, int(random.integers(-8, 2)))
    at = int(left.shape[1] * random.uniform(0.4, 0.7))
    return _cut(pair[:, at : at + left.shape[1]])


def _beside(left: Pixels, right: Pixels, gap: int) -> Pixels:
    height = max(left.shape[0], right.shape[0])
    at = max(1, left.shape[1] + gap)
    pair = np.zeros((height, max(left.shape[1], at + right.shape[1])), np.uint8)
    pair[height - left.shape[0] :, : left.shape[1]] = left
    part = pair[height - right.shape[0] :, at : at + right.shape[1]]
    np.maximum(part, right, out=part)
    return pair


def _drawn(random: Random, strokes: Strokes, pen: float) -> Pixels:
    """Draw strokes (points in a unit square, y down) as a hand would: each time bent, slanted and stretched another way."""
    matrix = _bend(random)
    centre = np.array([0.5, 0.5])
    canvas = np.zeros((_CANVAS, _CANVAS), np.uint8)
    width = max(2, round(pen * _HEIGHT))
    wobble = random.uniform(0.0, 0.06)
    for stroke in strokes:
        points = np.array(stroke) + random.normal(0.0, wobble, (len(stroke), 2))
        line = (_smooth(points) - centre) @ matrix.T * _HEIGHT + _CANVAS / 2
        cv2.polylines(
            canvas, [np.round(line * 8).astype(np.int32)], isClosed=False, color=255, thickness=width, lineType=cv2.LINE_AA, shift=3
        )
    if random.random() < 0.3:
        canvas = np.asarray(cv2.GaussianBlur(canvas, (0, 0), random.uniform(0.6, 1.6)), np.uint8)
    if random.random() < 0.3:
        canvas = _worn(random, canvas)
    return canvas


def _bend(random: Random) -> np.ndarray[Any, np.dtype[np.float64]]:
    turn, slant, wide = random.normal(0.0, 0.08), random.uniform(-0.45, 0.2), random.uniform(0.45, 1.05)
    c, s = np.cos(turn), np.sin(turn)
    turned = np.array([[c, -s], [s, c]]) @ np.array([[1.0, slant], [0.0, 1.0]])
    return np.asarray(turned @ np.diag([wide, random.uniform(0.85, 1.1)]), np.float64)


def _worn(random: Random, canvas: Pixels) -> Pixels:
    """Coarsen a picture as a bilevel scan does."""
    side = int(random.integers(26, 60))
    small = cv2.resize(canvas, (side, side), interpolation=cv2.INTER_AREA)
    sharp = cv2.threshold(small, float(random.uniform(70, 150)), 255, cv2.THRESH_BINARY)[1]
    return np.asarray(cv2.resize(sharp, (_CANVAS, _CANVAS), interpolation=cv2.INTER_LINEAR), np.uint8)


def _smooth(points: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Lead a round line through points (Catmull-Rom); a point given twice is a corner."""
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0.0, 1.0, 9)[:, None]
    parts = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        parts.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.vstack(parts)


def _cut(mask: Pixels) -> Pixels:
    inked = mask > 60
    if not inked.any():
        return np.full((4, 4), 255, np.uint8)
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    return mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _trained(random: Random, inputs: Figures, classes: np.ndarray[Any, Any]) -> list[Figures]:
    """Train a net of one hidden layer by gradient descent with momentum; give its weights and offsets."""
    sizes = ((inputs.shape[1], _HIDDEN), (_HIDDEN, NONE + 1))
    net: list[Figures] = []
    for rows, columns in sizes:
        net += [random.normal(0, (2 / rows) ** 0.5, (rows, columns)).astype(np.float32), np.zeros(columns, np.float32)]
    speed = [np.zeros_like(part) for part in net]
    for turn in range(_ROUNDS):
        rate = _RATE * (1 - turn / _ROUNDS)
        order = random.permutation(len(inputs))
        for start in range(0, len(order) - _BATCH, _BATCH):
            chosen = order[start : start + _BATCH]
            for part, pace, slope in zip(net, speed, _slopes(random, net, inputs[chosen], classes[chosen]), strict=True):
                pace *= 0.9  # noqa: PLW2901  in place
                pace -= rate * (slope + 2e-5 * part)  # noqa: PLW2901  in place
                part += pace  # noqa: PLW2901  in place
    return net


def _slopes(random: Random, net: Sequence[Figures], inputs: Figures, classes: np.ndarray[Any, Any]) -> list[Figures]:
    w1, b1, w2, b2 = net
    kept = (random.random((len(inputs), _HIDDEN)) > 0.2) / 0.8
    hidden = np.maximum(inputs @ w1 + b1, 0.0) * kept.astype(np.float32)
    scores = hidden @ w2 + b2
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    chances = chances.astype(np.float32)
    chances[np.arange(len(classes)), classes] -= 1.0
    chances /= len(classes)
    back = (chances @ w2.T) * (hidden > 0) * kept.astype(np.float32)
    slopes = (inputs.T @ back, back.sum(axis=0), hidden.T @ chances, chances.sum(axis=0))
    return [np.asarray(slope, np.float32) for slope in slopes]


if __name__ == "__main__":
    main()
