"""Where does each document stand in a drawing of what is around one?

Layers from left to right: what it rests on, the document itself, what cites it. A layer of many stands in several columns. Within a
layer documents stand near those that they are joined to, which leaves few lines crossing.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from store.answers import Link, Node, Surroundings
from store.bonds import RESTS
from store.validity import CHANGES

WIDE, HIGH = 196, 54  # of a box, in units of the drawing
_ACROSS, _DOWN = 44, 14  # between boxes
_BETWEEN = 84  # between layers, for the lines
_EDGE = 16
_FEWEST_ROWS = 7
_SWEEPS = 4
_LABELLED = 14  # lines; of more, the words would lie over each other


@dataclass(frozen=True, slots=True)
class Box:
    """A document with its left upper corner."""

    node: Node
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A link with its path (SVG) from the citing document to the cited one, and the middle of it."""

    link: Link
    path: str
    middle: tuple[float, float]

    @property
    def kind(self) -> str:
        """Say how it is drawn: as a legal base, as a change, as any other."""
        return "change" if self.link.relation in CHANGES else "base" if self.link.relation in RESTS else "loose"


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes and lines on a sheet of a size. is_labelled: few enough lines to write on each what it says."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: float
    height: float
    is_labelled: bool
    wide: float = WIDE
    high: float = HIGH


def drawn(found: Surroundings) -> Drawing:
    """Lay out what is around a document."""
    layers = _ordered(found)
    columns = {depth: _columns(len(nodes)) for depth, nodes in layers.items()}
    tall = max(ceil(len(nodes) / columns[depth]) for depth, nodes in layers.items())
    height = tall * (HIGH + _DOWN) - _DOWN + 2 * _EDGE
    boxes: dict[int, Box] = {}
    left = float(_EDGE)
    for depth in sorted(layers):
        rows = ceil(len(layers[depth]) / columns[depth])
        top = (height - rows * (HIGH + _DOWN) + _DOWN) / 2
        for at, node in enumerate(layers[depth]):
            boxes[node.document.id] = Box(node, left + at // rows * (WIDE + _ACROSS), top + at % rows * (HIGH + _DOWN))
        left += columns[depth] * (WIDE + _ACROSS) - _ACROSS + _BETWEEN
    lines = tuple(_line(link, boxes[link.source_id], boxes[link.target_id]) for link in found.links)
    return Drawing(tuple(boxes.values()), lines, left - _BETWEEN + _EDGE, height, len(lines) <= _LABELLED)


def _columns(count: int) -> int:
    """Give how many columns a layer stands in: about as wide as it is high."""
    return ceil(count / max(_FEWEST_ROWS, ceil(sqrt(count * (WIDE + _ACROSS) / (HIGH + _DOWN)))))


def _ordered(found: Surroundings) -> dict[int, list[Node]]:
    """Give the documents of each layer in an order: each near the middle of those that it is joined to."""
    layers: dict[int, list[Node]] = defaultdict(list)
    for node in found.nodes:
        layers[node.depth].append(node)
    joined: dict[int, list[int]] = defaultdict(list)
    for link in found.links:
        joined[link.source_id].append(link.target_id)
        joined[link.target_id].append(link.source_id)
    for _ in range(_SWEEPS):
        place = {node.document.id: (at + 0.5) / len(nodes) for nodes in layers.values() for at, node in enumerate(nodes)}
        for nodes in layers.values():
            nodes.sort(key=lambda node: _middle([place[other] for other in joined[node.document.id]], place[node.document.id]))
    return layers


def _middle(places: Sequence[float], own: float) -> float:
    return sum(places) / len(places) if places else own


def _line(link: Link, source: Box, target: Box) -> Line:
    """Draw a line between the sides of two boxes that face each other; within a layer it bends out to the right."""
    y0, y1 = source.y + HIGH / 2, target.y + HIGH / 2
    if source.x == target.x:
        x0 = x1 = source.x + WIDE
        bend = _ACROSS * 0.8
        return Line(link, f"M{x0} {y0:.0f}C{x0 + bend} {y0:.0f} {x1 + bend} {y1:.0f} {x1} {y1:.0f}", (x0 + bend * 0.75, (y0 + y1) / 2))
    x0, x1 = (source.x, target.x + WIDE) if source.x > target.x else (source.x + WIDE, target.x)
    half = (x0 + x1) / 2
    return Line(link, f"M{x0} {y0:.0f}C{half:.0f} {y0:.0f} {half:.0f} {y1:.0f} {x1} {y1:.0f}", (half, (y0 + y1) / 2))
