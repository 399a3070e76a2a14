"""Which documents lead back to themselves? Papers cite what is older, so a circle means that something was misread."""

from collections import deque
from collections.abc import Collection


def circles(links: Collection[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """Give circles among links (from, to): each begins at its smallest document, goes the shortest way, and shares none with another."""
    ahead = _trimmed(links)
    found = []
    while ahead:
        start = min(ahead)
        circle = _back_to(start, ahead)
        found += [circle] if circle else []
        gone = set(circle or (start,))
        ahead = _trimmed([(one, other) for one, others in ahead.items() for other in others if not gone & {one, other}])
    return tuple(found)


def _trimmed(links: Collection[tuple[int, int]]) -> dict[int, set[int]]:
    """Leave out, again and again, what nothing leads to or what leads nowhere: neither can be in a circle."""
    left = set(links)
    while True:
        begins, ends = {one for one, _ in left}, {other for _, other in left}
        kept = {(one, other) for one, other in left if one in ends and other in begins}
        if kept == left:
            return {one: {other for of, other in left if of == one} for one in begins}
        left = kept


def _back_to(start: int, ahead: dict[int, set[int]]) -> tuple[int, ...] | None:
    """Give the shortest way from a document back to itself."""
    ways: deque[tuple[int, ...]] = deque([(start,)])
    seen: set[int] = set()
    while ways:
        way = ways.popleft()
        for other in sorted(ahead.get(way[-1], ())):
            if other == start:
                return way
            if other not in seen:
                seen.add(other)
                ways.append((*way, other))
    return None
