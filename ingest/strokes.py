"""Which digits stand side by side in a blank, as a hand wrote them, and what else may they be?

Strokes are cut out, cut again where two digits may touch, and put together to digits in the way that the net of
ingest/digits.py finds best; every binarisation of the blank has its vote.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.digits import NONE, Figures, log_chances
from ingest.scan import Pixels
from ingest.transcript import Reading

_LEVELS = (0.8, 1.0, 1.15)  # of Otsu's threshold
_LOW, _HIGH = 0.22, 1.3  # of the blank's height: how high a digit may be
_SHORT = 0.42  # of the highest digit beside it
_ALIKE = 0.5  # share of the narrower of two strokes that lies over the other, where both are one digit
_WIDE = 0.7  # of its height: a wider stroke may be two digits
_WIDEST = 1.75  # of its height
_AT_ONCE = 3  # strokes in one digit
_BEAM = 30
_INSIDE = 0.3  # of its width: how much of a stroke of handwriting lies in the blank at least
_REACH = (0.14, 0.03)  # of the blank's height: how far to its left and to its right a digit's middle may lie
_COST, _SMALL = (4.0, 0.7), 0.5  # of leaving a stroke out inside the blank: a high one, and one under so much of the highest
_SHEARS = (0.0, 0.2, 0.4)  # hands lean to the right
_LONG = 3.0  # of its height: how long a blank is that may be ruled or dotted
_RULED = 0.33  # share of a row that is ink on such a rule
_RULE, _SIDE = 0.2, 0.97  # of the blank's height: how thick a rule is at most, how high a frame's side at least
_BLUE, _MOSTLY = 25, 0.25  # how far blue stands above red, share of the ink that is blue where a pen wrote


@dataclass(frozen=True, slots=True)
class _Atom:
    """A stroke or a part of one: its pixels (white on black, as large as the blank) and its columns."""

    mask: Pixels
    x0: int
    x1: int


def read_written(picture: Pixels, blank: tuple[float, float], most: int) -> list[Reading]:
    """Read a cut-out (colour, shape height x width x 3) whose columns `blank` hold a number up to most; the surest first."""
    votes: dict[str, float] = defaultdict(float)
    masks = [_sheared(_between(mask, blank), by) for ink in _masks(picture) for mask in _unruled(ink) for by in _SHEARS]
    for mask in masks:
        for digits, chance in _sequences(mask, blank, most).items():
            votes[digits] += chance / len(masks)
    return sorted((Reading(digits, chance) for digits, chance in votes.items()), key=lambda reading: -reading.chance)


def _masks(picture: Pixels) -> Iterator[Pixels]:
    """Give the ink of a cut-out in several ways, white on black; where a blue pen wrote, its ink alone."""
    red, _, blue = cv2.split(picture)
    grey = np.asarray(cv2.max(red, cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)), np.uint8)  # a seal's red is light there
    level = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0]
    ink = grey < level
    pen = ink & (blue.astype(np.int16) - red > _BLUE)
    if pen.sum() > _MOSTLY * max(1, int(ink.sum())):
        yield _pixels(cv2.morphologyEx(_pixels(pen * 255), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)))
        return
    for share in _LEVELS:
        yield _pixels((grey < level * share) * 255)


def _unruled(mask: Pixels) -> Iterator[Pixels]:
    """Yield a mask; that of a long blank without the sides of a frame, and also without the dots or the rule on which is written.

    Strokes that go on above or below a rule stay; the mask with it is yielded too, because a figure may end in it.
    """
    height, width = mask.shape
    if width < _LONG * height:
        yield mask
        return
    yield _without_sides(mask)
    rows = np.flatnonzero((mask > 127).mean(axis=1) > _RULED)
    without = mask.copy()
    for band in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1):
        if 0 < len(band) <= _RULE * height:
            top, end = max(0, int(band[0]) - 2), min(height, int(band[-1]) + 3)
            beside = cv2.max(mask[max(0, top - 1)][None], mask[min(height - 1, end)][None])
            without[top:end, cv2.dilate(beside, np.ones((1, 3), np.uint8))[0] < 127] = 0
    if rows.size:
        yield _without_sides(without)


def _without_sides(mask: Pixels) -> Pixels:
    """Take off what reaches from the top of a blank to its end."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(_pixels((mask > 127) * 1))
    sides = [i for i, row in enumerate(stats) if i and row[cv2.CC_STAT_HEIGHT] > _SIDE * mask.shape[0]]
    return _pixels(np.where(np.isin(labels, sides), 0, mask)) if sides else mask


def _between(mask: Pixels, blank: tuple[float, float]) -> Pixels:
    """Take the strokes off that stand before or behind the blank with most of their width: print."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(_pixels((mask > 127) * 1))
    beside = [i for i, (x, _, w, *_) in enumerate(stats) if i and min(x + w, blank[1]) - max(x, blank[0]) < _INSIDE * w]
    return _pixels(np.where(np.isin(labels, beside), 0, mask))


def _pixels(array: object) -> Pixels:
    return np.asarray(array, dtype=np.uint8)


def _sheared(mask: Pixels, by: float) -> Pixels:
    """Shear a row of digits towards upright, so that columns part them. Its middle stays where it is."""
    height, width = mask.shape
    matrix = np.array([[1, by, -by * height / 2], [0, 1, 0]], dtype=np.float32)
    return _pixels(cv2.warpAffine(mask, matrix, (width, height)))


def _atoms(mask: Pixels) -> list[_Atom]:
    """Cut out the strokes that may belong to digits, from left to right, each cut where two digits may touch."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(_pixels((mask > 127) * 1))
    height = mask.shape[0]
    groups: list[tuple[int, int, list[int]]] = []
    for label in sorted(range(1, count), key=lambda i: int(stats[i][0])):
        x, y, w, h, _ = (int(v) for v in stats[label])
        inside = 0.12 * height < y + h / 2 < 0.88 * height
        if not inside or h < _LOW * height * 0.5 or w > 2.5 * height or (h < 0.15 * height and w > 2 * h):
            continue
        before = groups[-1] if groups else None
        if before and min(before[1], x + w) - x > _ALIKE * min(before[1] - before[0], w):
            groups[-1] = (before[0], max(before[1], x + w), [*before[2], label])
        else:
            groups.append((x, x + w, [label]))
    return [atom for x0, x1, parts in groups for atom in _parted(_pixels(np.isin(labels, parts) * 255), x0, x1)]


def _parted(mask: Pixels, x0: int, x1: int) -> Iterator[_Atom]:
    """Cut a wide stroke at the columns with least ink."""
    rows = np.flatnonzero(mask.any(axis=1))
    height = int(rows[-1] - rows[0] + 1)
    profile = cv2.GaussianBlur(mask.sum(axis=0, dtype=np.float32)[None], (0, 0), 1.5)[0]
    cuts = [x0]
    for _ in range(max(1, round((x1 - x0) / (0.55 * height)) - 1) if x1 - x0 > _WIDE * height else 0):
        free = [x for x in range(x0, x1) if min(abs(x - cut) for cut in [*cuts, x1]) > 0.22 * height]
        lowest = [x for x in free if profile[x] <= profile[x - 1] and profile[x] <= profile[x + 1]]
        if not lowest:
            break
        cuts.append(min(lowest, key=lambda x: float(profile[x])))
    for left, right in zip(sorted(cuts), [*sorted(cuts)[1:], x1], strict=True):
        part = np.zeros_like(mask)
        part[:, left:right] = mask[:, left:right]
        if part.any():
            yield _Atom(part, left, right)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Atoms first up to, not including, end taken as one digit: the logarithms of its chances, its height."""

    first: int
    end: int
    chances: NDArray[np.float32]
    height: int


def _pieces(atoms: Sequence[_Atom], height: int) -> list[_Piece]:
    found, cuts = [], []
    for first in range(len(atoms)):
        for end in range(first + 1, min(first + _AT_ONCE, len(atoms)) + 1):
            mask = _pixels(np.maximum.reduce([atom.mask for atom in atoms[first:end]]))
            rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
            high, wide = int(rows[-1] - rows[0] + 1), int(columns[-1] - columns[0] + 1)
            if _LOW * height < high < _HIGH * height and wide < _WIDEST * high:
                found.append((first, end, high))
                cuts.append(mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    chances: Figures = log_chances(cuts) if cuts else np.zeros((0, NONE + 1), np.float32)
    return [_Piece(first, end, row, high) for (first, end, high), row in zip(found, chances, strict=True)]


@dataclass(frozen=True, slots=True)
class _Way:
    """A way through the first atoms: its digits, the logarithm of its chance, the heights of its digits."""

    digits: str
    score: float
    heights: tuple[int, ...]


def _sequences(mask: Pixels, blank: tuple[float, float], most: int) -> dict[str, float]:
    """Give the sequences of digits that the strokes may be, with their chances."""
    atoms = _atoms(mask)
    costs = _costs(atoms, (blank[0] - _REACH[0] * mask.shape[0], blank[1] + _REACH[1] * mask.shape[0]))
    ways: list[list[_Way]] = [[_Way("", 0.0, ())], *([] for _ in atoms)]
    pieces = _pieces(atoms, mask.shape[0])
    for at in range(len(atoms)):
        ways[at] = sorted(ways[at], key=lambda way: -way.score)[:_BEAM]
        for way in ways[at]:
            ways[at + 1].append(_Way(way.digits, way.score - costs[at], way.heights))
            for piece in pieces:
                if piece.first == at and all(costs[at : piece.end]) and len(way.digits) < len(str(most)):
                    ways[piece.end] += [
                        _Way(f"{way.digits}{digit}", way.score + float(piece.chances[digit]), (*way.heights, piece.height))
                        for digit in range(10)
                    ]
    return _shares([way for way in ways[-1] if way.digits and 0 < int(way.digits) <= most and min(way.heights) > _SHORT * max(way.heights)])


def _costs(atoms: Sequence[_Atom], within: tuple[float, float]) -> list[float]:
    """Give what it costs to leave each stroke out: nothing beside the blank, where print stands."""
    heights = [int(np.count_nonzero(atom.mask.any(axis=1))) for atom in atoms]
    return [
        0.0 if not within[0] < (atom.x0 + atom.x1) / 2 < within[1] else _COST[height < _SMALL * max(heights)]
        for atom, height in zip(atoms, heights, strict=True)
    ]


def _shares(ways: Sequence[_Way]) -> dict[str, float]:
    if not ways:
        return {}
    top = max(way.score for way in ways)
    weights: dict[str, float] = defaultdict(float)
    for way in ways:
        weights[way.digits] += float(np.exp(way.score - top))
    total = sum(weights.values())
    return {digits: weight / total for digits, weight in weights.items()}
