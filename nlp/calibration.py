"""How likely is a value right, given its signs? What is known of it was learned from documents with known answers (confidence.toml).

The log odds of being right are a base for each field, less what each sign takes off, and a little more or less for the rule
that found it. No sign ever makes a value surer than its absence. At the end the odds are stretched or pressed together as
documents ask for that nothing was learned from.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from nlp.lexicon import load
from nlp.signs import SIGNS, Signs

OTHER = "khác"
"""The field whose worths hold for one that was not learned: what all fields have in common."""
MOST, LEAST = 0.999, 0.01  # what is stated at most and at least: no field was seen often enough for more
KNOTS = (0.0, 3.0)  # log odds (50 and 95 of 100) at which the stretching changes


@dataclass(frozen=True, slots=True)
class Worths:
    """What signs are worth in log odds: for each field its base and one number for each of SIGNS, for each group of a field an addition.

    stretch: what the odds begin with, and how much they count below, between and above KNOTS.
    """

    fields: Mapping[str, tuple[float, ...]]
    groups: Mapping[str, float] = field(default_factory=dict)
    stretch: tuple[float, ...] = (0.0, 1.0, 1.0, 1.0)

    def chance(self, signs: Signs) -> float:
        """Give the probability that a value with these signs is right."""
        odds = sum(count * part for count, part in zip(self.stretch, parted(self.odds(signs)), strict=True))
        return min(MOST, max(LEAST, 1 / (1 + math.exp(-odds))))

    def odds(self, signs: Signs) -> float:
        """Give the log odds before they are stretched, -30 to 30."""
        base, *slopes = self.fields.get(signs.field) or self.fields[OTHER]
        odds = base + self.groups.get(f"{signs.field}: {signs.group}", 0.0)
        odds += sum(slope * value for slope, value in zip(slopes, signs.values, strict=True))
        return max(-30.0, min(30.0, odds))


def parted(odds: float) -> tuple[float, float, float, float]:
    """Part log odds at KNOTS: 1, what lies below the first, between them, above the second."""
    low, high = KNOTS
    return 1.0, min(odds, low), min(max(odds, low), high) - low, max(odds, high) - high


@cache
def learned() -> Worths:
    """Give what was learned (`python -m bench.calibrating` writes it)."""
    table = load("confidence")
    if table["columns"] != ["base", *SIGNS]:
        raise ValueError(f"confidence.toml was learned for other signs: {table['columns']}")
    return Worths({name: tuple(row) for name, row in table["field"].items()}, table["group"], tuple(table["stretch"]))
