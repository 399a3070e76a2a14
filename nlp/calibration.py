"""How likely is a value right, given its signs? What is known of it was learned from documents with known answers (confidence.toml).

The log odds of being right are a base for each field, less what each sign takes off, and a little more or less for the rule
that found it. No sign ever makes a value surer than its absence.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from nlp.lexicon import load
from nlp.signs import SIGNS, Signs

OTHER = "khác"
"""The field whose worths hold for one that was not learned: what all fields have in common."""
MOST, LEAST = 0.995, 0.01  # what is stated at most and at least: no field was seen often enough for more


@dataclass(frozen=True, slots=True)
class Worths:
    """What signs are worth in log odds: for each field its base and one number for each of SIGNS, for each group of a field an addition."""

    fields: Mapping[str, tuple[float, ...]]
    groups: Mapping[str, float] = field(default_factory=dict)

    def chance(self, signs: Signs) -> float:
        """Give the probability that a value with these signs is right."""
        base, *slopes = self.fields.get(signs.field) or self.fields[OTHER]
        odds = base + self.groups.get(f"{signs.field}: {signs.group}", 0.0)
        odds += sum(slope * value for slope, value in zip(slopes, signs.values, strict=True))
        return min(MOST, max(LEAST, 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))))


@cache
def learned() -> Worths:
    """Give what was learned (`python -m bench.calibrating` writes it)."""
    table = load("confidence")
    if table["columns"] != ["base", *SIGNS]:
        raise ValueError(f"confidence.toml was learned for other signs: {table['columns']}")
    return Worths({name: tuple(row) for name, row in table["field"].items()}, table["group"])
