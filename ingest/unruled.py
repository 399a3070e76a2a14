"""Where on a page does a table stand that no upright strokes part into cells?

Three kinds ask for a closer look: level rules of one length, coloured grounds behind cells or rows, and words in columns on plain paper.
"""

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from ingest.columns import find_heads, find_tail
from ingest.composing import Token, union
from ingest.figures import Figures
from ingest.pieces import Piece, gaps, piece_of, pieces_of, rows_of
from ingest.tables import joined
from ingest.transcript import Box

_LONG = 0.35  # of the page's width: a shorter rule parts no table
_EVEN = 4.0  # points by which rules of one table may differ in length, grounds of one row in height
_FEWEST_RULES, _FEWEST_LINES, _FEWEST_ROWS = 3, 4, 3
_MOST_FIGURES, _MOST_WORDS = 2_000, 4_000  # a drawing, a poster
_BROAD = 0.62  # of the table's width: what is so broad stands across its columns
_SPACED, _WIDE = 0.4, 1.6  # of the height: white that parts two cells between rules, on plain paper
_OVER_SPACE = 1.6  # of the usual space between words
_LEAST_OFF, _MOST_OFF = 0.3, 0.75  # of the height: so far apart words stand neither on one line nor on two
_STEP = 2.4  # of the height: lines of one table are no farther apart
_EMPTY = 40.0  # points: white so high between two rules is no row
_MOST_WORDS_IN_CELL = 12  # in half of a table's lines: more are prose
_LEADERS = "...."

Rule = tuple[float, float, float]  # from x to x, at y


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands: its box, the x at which its columns begin and the last ends, what parts its rows (points, top left)."""

    box: Box
    edges: tuple[float, ...]
    parted_by: Literal["lines", "text"]
    pieces: tuple[Piece, ...]


def find_places(lines: Sequence[Sequence[Token]], figures: Figures, size: tuple[float, float]) -> list[Place]:
    """Find the places of tables on a page of a size (width, height) that has no ruled table; nearly every page has none."""
    if len(figures.strokes) + len(figures.grounds) > _MOST_FIGURES or sum(map(len, lines)) > _MOST_WORDS:
        return []
    groups = _groups([*_bars(figures.strokes), *_edges_of(figures.grounds)], size[0])
    if not groups and sum(map(_is_in_columns, lines)) < _FEWEST_LINES:
        return []
    rows = rows_of(_without_head_and_tail(pieces_of(lines), size))
    places = [place for group in groups for box, count in _stretches(group, rows) if (place := _framed(box, count, rows))]
    rest = [row for row in rows if not any(_holds(place.box, row[0]) for place in places)]
    return [*places, *(place for run in _runs(rest) if (place := _open(run)))]


def _is_in_columns(line: Sequence[Token]) -> bool:
    """Say whether white parts a line at least twice."""
    if len(line) < 3 or line[0].box is None:
        return False
    wide = _WIDE * (line[0].box.y1 - line[0].box.y0)
    return len([True for white in gaps(line) if white > wide]) >= 2


def _without_head_and_tail(pieces: Sequence[Piece], size: tuple[float, float]) -> list[Piece]:
    """Leave out what stands in two columns but is no table: the head, the recipients beside the signature."""
    taken = {id(token) for head in find_heads(pieces, *size) for piece in head.pieces for token in piece.tokens}
    rest = [piece for piece in pieces if not any(id(token) in taken for token in piece.tokens)]
    tail = find_tail(rest, size[0])
    taken = {id(token) for piece in tail.pieces for token in piece.tokens} if tail else set()
    return [piece for piece in rest if not any(id(token) in taken for token in piece.tokens)]


def _bars(strokes: Sequence[Box]) -> Iterator[Rule]:
    return ((box.x0, box.x1, box.y0) for box in joined([box for box in strokes if box.x1 - box.x0 > box.y1 - box.y0], is_level=True))


def _edges_of(grounds: Sequence[Box]) -> Iterator[Rule]:
    """Give the upper and lower edge of each row of grounds, which stand side by side."""
    for _, group in groupby(sorted(grounds, key=lambda box: (round(box.y0 / _EVEN), box.x0)), key=lambda box: round(box.y0 / _EVEN)):
        row = list(group)
        low, high = min(box.x0 for box in row), max(box.x1 for box in row)
        if sum(box.x1 - box.x0 for box in row) > 0.8 * (high - low):
            yield from ((low, high, min(box.y0 for box in row)), (low, high, max(box.y1 for box in row)))


def _groups(rules: Sequence[Rule], width: float) -> list[list[Rule]]:
    """Group long rules that begin and end at the same x, from top to bottom; those that nearly touch are one."""
    groups: list[list[Rule]] = []
    for rule in sorted((rule for rule in rules if rule[1] - rule[0] > _LONG * width), key=lambda rule: rule[2]):
        group = next((g for g in groups if abs(g[0][0] - rule[0]) < _EVEN and abs(g[0][1] - rule[1]) < _EVEN), None)
        if group is None:
            groups.append([rule])
        elif rule[2] - group[-1][2] > _EVEN:
            group.append(rule)
    return [group for group in groups if len(group) >= _FEWEST_RULES]


def _stretches(rules: Sequence[Rule], rows: Sequence[Sequence[Piece]]) -> Iterator[tuple[Box, int]]:
    """Give the boxes between rules that no prose and no empty space interrupts, with how many rules each has."""
    start = 0
    for i in range(1, len(rules) + 1):
        if i < len(rules) and _is_band(rules[i - 1], rules[i], rows):
            continue
        if i - start >= _FEWEST_RULES:
            yield Box(rules[start][0], rules[start][2], rules[start][1], rules[i - 1][2]), i - start
        start = i


def _is_band(upper: Rule, lower: Rule, rows: Sequence[Sequence[Piece]]) -> bool:
    inside = [row for row in rows if upper[2] < row[0].middle < lower[2]]
    broad = sum(len(row) == 1 and row[0].box.x1 - row[0].box.x0 > _BROAD * (upper[1] - upper[0]) for row in inside)
    return broad < 2 and (bool(inside) or lower[2] - upper[2] < _EMPTY)


def _holds(box: Box, piece: Piece) -> bool:
    return box.x0 <= piece.axis <= box.x1 and box.y0 <= piece.middle <= box.y1


def _framed(box: Box, rules: int, rows: Sequence[Sequence[Piece]]) -> Place | None:
    """Make a place of what stands between level rules, where its words stand in columns."""
    held = [part for row in rows if (part := [piece for piece in row if _holds(box, piece)])]
    white = _white_in(held)
    inside = [[cell for piece in row for cell in _cells(piece, white)] for row in held]
    pieces = tuple(piece for row in inside for piece in row)
    edges = _columns(pieces, box, white)
    if len(edges) < 3 or not _is_filled(inside, edges):
        return None
    beginning = sum(row[0].box.x0 < edges[1] for row in inside)
    if rules > _FEWEST_RULES and 2 * (rules - 1) >= beginning:
        return Place(box, edges, "lines", pieces)
    return Place(box, edges, "text", pieces) if _is_level(pieces) else None


def _white_in(rows: Sequence[Sequence[Piece]]) -> float:
    """Give how wide (points) white between cells is at least: wider than the usual space between words."""
    usual = statistics.median([white for row in rows for piece in row for white in gaps(piece.tokens)] or [0.0])
    return max(_SPACED * _usual_height(piece for row in rows for piece in row), _OVER_SPACE * usual)


def _usual_height(pieces: Iterable[Piece]) -> float:
    return statistics.median([piece.height for piece in pieces] or [1.0])


def _is_level(pieces: Sequence[Piece]) -> bool:
    """Say whether all words stand on common lines; where cells are centred beside higher ones, lines are no rows."""
    height, middles = _usual_height(pieces), sorted(piece.middle for piece in pieces)
    return not any(_LEAST_OFF * height < b - a < _MOST_OFF * height for a, b in pairwise(middles))


def _cells(piece: Piece, white: float) -> list[Piece]:
    """Part a piece where white is so wide."""
    cells, start = [], 0
    for i, wide in enumerate(gaps(piece.tokens), 1):
        if wide > white:
            cells.append(piece_of(piece.tokens[start:i]))
            start = i
    return [*cells, piece_of(piece.tokens[start:])]


def _columns(pieces: Sequence[Piece], box: Box, white: float) -> tuple[float, ...]:
    """Give the edges of the columns: the middles of the strips, wider than white, that run through all lines; and both sides."""
    spans = sorted((p.box.x0, p.box.x1) for p in pieces if p.box.x1 - p.box.x0 < _BROAD * (box.x1 - box.x0))
    edges, reached = [box.x0], spans[0][1] if spans else box.x1
    for low, high in spans:
        if low - reached > white:
            edges.append((reached + low) / 2)
        reached = max(reached, high)
    return (*edges, box.x1)


def _is_filled(rows: Sequence[Sequence[Piece]], edges: Sequence[float]) -> bool:
    """Say whether lines fill columns as a table does: at least three of them two or more, few across, no line of prose or leaders."""
    if not rows:
        return False
    across = sum(any(_crosses(piece, edges) for piece in row) for row in rows)
    parted = [[sum(len(p.tokens) for p in row if low <= p.axis < high) for low, high in pairwise(edges)] for row in rows]
    several = sum(sum(map(bool, counts)) >= 2 for counts in parted)
    words = sorted(count for counts in parted for count in counts if count)
    leaders = sum(any(_LEADERS in piece.text for piece in row) for row in rows)
    is_prose = words[len(words) // 2] > _MOST_WORDS_IN_CELL
    return several >= _FEWEST_ROWS and 2 * several >= len(rows) and 5 * across <= len(rows) and not is_prose and 3 * leaders < len(rows)


def _crosses(piece: Piece, edges: Sequence[float]) -> bool:
    return any(piece.box.x0 < x < piece.box.x1 for x in edges[1:-1])


def _runs(rows: Sequence[list[Piece]]) -> Iterator[list[list[Piece]]]:
    """Give runs of lines that stand in the same three columns or more, as long as they can be."""
    run: list[list[Piece]] = []
    for row in rows:
        if run and _continues(run, row):
            run.append(row)
        else:
            yield run
            run = [row] if len(row) >= 3 else []
    yield run


def _continues(run: Sequence[Sequence[Piece]], row: Sequence[Piece]) -> bool:
    if row[0].middle - run[-1][0].middle > _STEP * row[0].height:
        return False
    pieces = [piece for line in (*run, row) for piece in line]
    edges = _columns(pieces, _around(pieces), _WIDE * _usual_height(pieces))
    return len(edges) >= 4 and not any(_crosses(piece, edges) for piece in pieces)


def _open(run: list[list[Piece]]) -> Place | None:
    """Make a place of a run of lines without rules, less what stands alone in the first column below it."""
    while run and len(run[-1]) == 1:
        run = run[:-1]
    full = sum(len(row) >= 3 for row in run)
    if full < _FEWEST_LINES or 3 * full < 2 * len(run):
        return None
    pieces = tuple(piece for row in run for piece in row)
    box = _around(pieces)
    edges = _columns(pieces, box, _WIDE * _usual_height(pieces))
    is_table = len(edges) >= 4 and _is_filled(run, edges) and _is_level(pieces)
    return Place(box, edges, "text", pieces) if is_table else None


def _around(pieces: Sequence[Piece]) -> Box:
    return union(piece.box for piece in pieces) or Box(0, 0, 0, 0)
