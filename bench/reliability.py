"""Can a stated confidence be believed? `python -m bench.reliability` (part of make bench-nlp)

Every value of every copy of every document is given the confidence that is learned from all other documents, never from a copy
of its own. Values of like confidence are put into bins of at least a hundred; of each bin the mean confidence is held
against the share that is right and its 95 % Wilson interval. The expected calibration error is the mean distance, by values.
"""

import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bench.calibrating import Seen, learn, observed
from bench.copies import copies
from bench.measures import REAL
from nlp.calibration import learned

ECE, LEAST = 0.05, 100
_EDGES = (0.2, 0.4, 0.6, 0.75, 0.85, 0.9, 0.95, 0.98, 0.99, 1.01)
_Z = 1.96  # standard deviations that hold 95 %


@dataclass(frozen=True, slots=True)
class Judged:
    """One value: what was stated of it by what the other documents teach, and whether it is right."""

    seen: Seen
    stated: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Values of like confidence: how many, the mean of what was stated, the share that is right and its interval."""

    values: int
    stated: float
    right: float
    interval: tuple[float, float]

    @property
    def holds(self) -> bool:
        """Say whether what was stated lies inside the interval."""
        return self.interval[0] <= self.stated <= self.interval[1]

    def __str__(self) -> str:
        """Give the line of the table."""
        low, high = self.interval
        return f"{self.values:7}{self.stated:9.3f}{self.right:9.3f}   {low:.3f} to {high:.3f}{'' if self.holds else '   outside'}"


def main() -> int:
    """Print the table and what it comes to; 1 where a bin or the error is not as wanted."""
    if not REAL.exists():
        sys.stdout.write("reliability: the real documents are not here\n")
        return 0
    seen = [one for copy in copies() for one in observed(copy)]
    found = left_out(seen)
    table, error = bins(found), expected_error(bins(found))
    sys.stdout.write(f"{'values':>7}{'stated':>9}{'right':>9}   95 % of the share right\n")
    sys.stdout.writelines(f"{one}\n" for one in table)
    outside = sum(not one.holds for one in table)
    sys.stdout.writelines(f"{line}\n" for line in _by(found))
    kept = expected_error(bins(Judged(one, learned().chance(one.signs)) for one in seen))
    sys.stdout.write(f"what is kept in confidence.toml, learned from all: {kept:.4f} expected error\n")
    verdict = "" if error <= ECE else f"   above {ECE}"
    sys.stdout.write(f"reliability {error:.4f} expected error, {outside} of {len(table)} bins outside, {len(found):,} values{verdict}\n")
    return 1 if outside or error > ECE else 0


def left_out(seen: Sequence[Seen]) -> list[Judged]:
    """State the confidence of every value by what is learned from the documents that it is not of, nor a copy of its own."""
    found: list[Judged] = []
    for origin in sorted({one.origin for one in seen}):
        worths = learn([one for one in seen if one.origin != origin])
        found += [Judged(one, worths.chance(one.signs)) for one in seen if one.origin == origin]
    return found


def bins(found: Iterable[Judged], least: int = LEAST) -> list[Bin]:
    """Put the values into bins by what was stated; one with fewer than `least` goes to the one above it, the last to the one below."""
    ordered = sorted(found, key=lambda one: one.stated)
    made: list[list[Judged]] = [[]]
    for one in ordered:
        if len(made[-1]) >= least and _edge(one.stated) != _edge(made[-1][-1].stated):
            made.append([])
        made[-1].append(one)
    if len(made) > 1 and len(made[-1]) < least:
        last = made.pop()
        made[-1] += last
    return [_bin(members) for members in made if members]


def _edge(stated: float) -> int:
    return sum(edge <= stated for edge in _EDGES)


def _bin(members: Sequence[Judged]) -> Bin:
    right = sum(one.seen.right for one in members)
    mean = sum(one.stated for one in members) / len(members)
    return Bin(len(members), mean, right / len(members), wilson(right, len(members)))


def wilson(right: int, of: int) -> tuple[float, float]:
    """Give the 95 % interval of a share (Wilson 1927)."""
    share, spread = right / of, _Z * _Z / of
    middle = share + spread / 2
    half = _Z * math.sqrt(share * (1 - share) / of + spread / (4 * of))
    return (middle - half) / (1 + spread), (middle + half) / (1 + spread)


def expected_error(table: Sequence[Bin]) -> float:
    """Give the mean distance of what was stated from the share that is right, by values."""
    return sum(one.values * abs(one.stated - one.right) for one in table) / max(1, sum(one.values for one in table))


def _by(found: Sequence[Judged]) -> Iterator[str]:
    """Say the same of each kind of copy and of each field: stated, right."""
    for kind in ("done", "field"):
        groups: dict[str, list[Judged]] = defaultdict(list)
        for one in found:
            groups[one.seen.done if kind == "done" else one.seen.signs.field].append(one)
        for name, members in groups.items():
            it = _bin(members)
            yield f"{name:24}{it.values:7}{it.stated:9.3f}{it.right:9.3f}"


if __name__ == "__main__":
    sys.exit(main())
