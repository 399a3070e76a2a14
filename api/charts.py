"""Where does each column of a chart stand?"""

from collections.abc import Iterable
from dataclasses import dataclass

WIDE, HIGH = 720, 190
"""Of the drawing, in its own units; a page scales it to its width."""
_ABOVE, _BELOW = 18, 22  # for the figure over a column, and its name under it
_NAMED = 14  # columns whose names have room beside each other
_GAP = 0.25  # of the room that a column has


@dataclass(frozen=True, slots=True)
class Column:
    """One figure: its name, where it leads, its left upper corner and its size; is_named: there is room for its name."""

    name: str
    count: int
    address: str
    x: float
    y: float
    wide: float
    high: float
    is_named: bool

    @property
    def middle(self) -> float:
        """Give where its words stand."""
        return round(self.x + self.wide / 2, 1)


def columns(figures: Iterable[tuple[str, int, str]]) -> tuple[Column, ...]:
    """Lay figures (name, count, address) out side by side, the greatest as high as there is room."""
    told = list(figures)
    room = WIDE / max(1, len(told))
    greatest = max((count for _, count, _ in told), default=0) or 1
    each = -(-len(told) // _NAMED)
    return tuple(
        Column(
            name,
            count,
            address,
            round(at * room + room * _GAP / 2, 1),
            round(HIGH - _BELOW - high, 1),
            round(room * (1 - _GAP), 1),
            high,
            at % max(1, each) == 0,
        )
        for at, (name, count, address) in enumerate(told)
        for high in (round((HIGH - _ABOVE - _BELOW) * count / greatest, 1),)
    )
