"""What are the signs of a value worth? `python -m bench.calibrating` learns it from the copies and writes nlp/lexicon/confidence.toml.

A logistic regression: what all fields have in common, what each field adds, what each rule adds. The additions are held near
nothing by a ridge, as if each had been seen a few times as all are on average; how often for rules, documents that are left out
say. A sign that would make a value surer is left out.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

import nlp.lexicon
from api.record import LIMITS, record
from bench.copies import Copy, copies
from bench.rightness import judged
from ingest.look_again import look_again
from nlp.calibration import OTHER, Worths, parted
from nlp.directive import Directive
from nlp.extract import believed, blanks_of
from nlp.signs import PARTS, SIGNS, Signs, signs_of
from nlp.split import part_of, split

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Columns = np.ndarray[Any, np.dtype[np.int64]]
RIDGE, BASE_RIDGE, FIELD_RIDGE = 0.1, 0.3, 40.0  # on what is common, a field's base, its slopes
RULE_RIDGES = (1.0, 2.0, 5.0, 10.0)  # on what a rule adds: the one is taken by which documents left out are likeliest
STRETCH_RIDGE = 2.0  # on how far the stretch is from none
_PARTS = 8  # of the documents, each stated by what is learned from the others
_ROUNDS, _STEPS, _ENOUGH = 6, 30, 1e-5
_FAR, _NEAR = 4.0, 1e-3  # the longest step, and the one at which it has arrived
_WAYS = np.array([0.0, *(1.0 if sign == "belief" else -1.0 for sign in SIGNS)])
"""Which way each worth may go: belief is nothing or less and may only add, the other signs are nothing or more and may only take off."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One value that was read: of which document, of which copy, under which name, its signs, whether it is right."""

    origin: str
    done: str
    name: str
    signs: Signs
    right: bool


def main() -> None:
    """Learn from all copies of all documents and write what was learned."""
    seen = [one for copy in copies() for one in observed(copy)]
    target = Path(nlp.lexicon.__file__).parent / "confidence.toml"
    target.write_text(written(learn(seen), len(seen), len({one.origin for one in seen})), "utf-8")
    sys.stdout.write(f"{target.name}: learned from {len(seen):,} values\n")


def observed(copy: Copy) -> Iterator[Seen]:
    """Yield every value that is read of a copy and that the answers judge."""
    transcript = part_of(copy.transcript, split(copy.transcript)[0].pages)
    blanks = blanks_of(transcript) if copy.path else ()
    looks = look_again(copy.path, blanks) if copy.path and blanks else ()
    directive, _ = believed(transcript, looks)
    names = dict(_in_record(directive))
    signs = {names.get(name, name): its for name, its in signs_of(directive, transcript)}
    for name, right in judged(copy.gold, record(transcript, directive)):
        yield Seen(copy.origin, copy.done, name, signs[name], right)


def _in_record(directive: Directive) -> Iterator[tuple[str, str]]:
    """Yield the names of references and duties with those that they have in a RECORD, which leaves some out."""
    own = [at for at, reference in enumerate(directive.references) if reference.source is None]
    limits = [at for at, duty in enumerate(directive.duties) if duty.deadline and duty.deadline.kind in LIMITS]
    for kept, of, to in ((own, "references", "references"), (limits, "duties", "deadlines")):
        places = {at: f"{to}[{i}]" for i, at in enumerate(kept)}
        for at in range(len(getattr(directive, of))):
            for part in ("", *(f".{part}" for part in PARTS)):
                yield f"{of}[{at}]{part}", f"{places.get(at, f'no {of}[{at}]')}{part}"


def written(worths: Worths, values: int, documents: int) -> str:
    """Give what was learned as a checked table."""
    head = (
        f"# What the signs of a value are worth in log odds; bench/calibrating.py learned it from {values} values of {documents}\n"
        "# documents and their copies (rewritten, damaged, badly scanned). The odds that a value is right are the base of its\n"
        "# field, each sign times its worth, and what its rule adds; then they are stretched.\n"
    )
    columns = ", ".join(f'"{sign}"' for sign in ("base", *SIGNS))
    rows = [f'"{name}" = [{", ".join(f"{worth + 0.0:.3f}" for worth in row)}]' for name, row in worths.fields.items()]
    groups = [f'"{name}" = {added:.3f}' for name, added in worths.groups.items()]
    stretch = ", ".join(f"{count:.3f}" for count in worths.stretch)
    return "\n".join([f"{head}columns = [{columns}]\nstretch = [{stretch}]\n\n[field]", *rows, "\n[group]", *groups, ""]).replace(
        "-0.000", "0.000"
    )


def learn(seen: Sequence[Seen]) -> Worths:
    """Give what the signs are worth by these values, and how far that holds for documents that are not among them."""
    held = {ridge: _unseen(seen, ridge) for ridge in RULE_RIDGES}
    best = max(RULE_RIDGES, key=lambda ridge: sum(_likelihood(odds, right) for odds, right in held[ridge]))
    return replace(_Table(seen, best).learned(), stretch=_stretch(held[best]))


def _unseen(seen: Sequence[Seen], ridge: float) -> list[tuple[float, bool]]:
    """State the odds of each value by what the other documents teach, in parts, and say whether it is right."""
    origins = sorted({one.origin for one in seen})
    parts = [set(origins[first::_PARTS]) for first in range(min(_PARTS, len(origins)))]
    found: list[tuple[float, bool]] = []
    for part in parts if len(parts) > 1 else ():
        worths = _Table([one for one in seen if one.origin not in part], ridge).learned()
        found += [(worths.odds(one.signs), one.right) for one in seen if one.origin in part]
    return found


def _likelihood(odds: float, right: bool) -> float:
    """Give the log of the chance that these odds gave to what is so."""
    return -float(np.logaddexp(0.0, -odds if right else odds))


def _stretch(unseen: Sequence[tuple[float, bool]]) -> tuple[float, ...]:
    """Give the stretch that makes the odds of values, learned from others, those that they have."""
    weights = plain = np.array([0.0, 1.0, 1.0, 1.0])
    if not unseen:
        return tuple(map(float, plain))
    numbers, right = np.array([parted(odds) for odds, _ in unseen]), np.array([right for _, right in unseen], dtype=float)
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(numbers @ weights, -30, 30)))
        slope = numbers.T @ (right - chance) - STRETCH_RIDGE * (weights - plain)
        bend = (numbers * (chance * (1 - chance))[:, None]).T @ numbers + STRETCH_RIDGE * np.eye(len(plain))
        weights = weights + np.clip(np.linalg.solve(bend, slope), -1, 1)
    return float(weights[0]), *(max(0.0, float(weight)) for weight in weights[1:])


class _Table:
    """The values as a matrix: common columns, then each field's, then each group's."""

    def __init__(self, seen: Sequence[Seen], rule_ridge: float) -> None:
        self.fields = sorted({one.signs.field for one in seen})
        self.groups = sorted({f"{one.signs.field}: {one.signs.group}" for one in seen})
        self.width = 1 + len(SIGNS)
        self.right = np.array([one.right for one in seen], dtype=float)
        self.of_field = np.array([self.fields.index(one.signs.field) for one in seen])
        index = {name: at for at, name in enumerate(self.groups)}
        self.of_group = np.array([index[f"{one.signs.field}: {one.signs.group}"] for one in seen])
        self.plain = np.column_stack([np.ones(len(seen)), np.array([one.signs.values for one in seen])])
        self.allowed = np.ones((len(self.fields), self.width), dtype=bool)
        own = [BASE_RIDGE, *[FIELD_RIDGE] * len(SIGNS)]
        ridges = [[RIDGE] * self.width, own * len(self.fields), [rule_ridge] * len(self.groups)]
        self.ridge = np.concatenate(ridges)
        self.ridge[0] = 1e-3

    def learned(self) -> Worths:
        """Fit; what has the wrong sign is put to nothing, and the rest fitted again."""
        weights = np.zeros(len(self.ridge))
        for _ in range(_ROUNDS):
            weights = self._fitted(weights)
            wrong = self.allowed & (self._totals(weights) * _WAYS < -_ENOUGH)
            if not wrong.any():
                break
            self.allowed &= ~wrong
        return self._worths(weights)

    def _blocks(self) -> Iterator[tuple[Numbers, Columns, Numbers]]:
        """Yield for each field its values' numbers, the columns that they stand in, and which are right: all other columns are nothing."""
        first = self.width * (len(self.fields) + 1)
        for at in range(len(self.fields)):
            its = self.of_field == at
            groups, place = np.unique(self.of_group[its], return_inverse=True)
            plain = self.plain[its] * self.allowed[at]
            own = np.arange(self.width * (at + 1), self.width * (at + 2))
            columns = np.concatenate([np.arange(self.width), own, first + groups])
            yield np.column_stack([plain, plain, np.eye(len(groups))[place]]), columns, self.right[its]

    def _fitted(self, weights: Numbers) -> Numbers:
        """Newton's method, on the log odds."""
        blocks = list(self._blocks())
        for _ in range(_STEPS):
            slope, bend = -self.ridge * weights, np.diag(self.ridge)
            for numbers, columns, right in blocks:
                chance = 1 / (1 + np.exp(-np.clip(numbers @ weights[columns], -30, 30)))
                slope[columns] += numbers.T @ (right - chance)
                bend[np.ix_(columns, columns)] += (numbers * (chance * (1 - chance))[:, None]).T @ numbers
            step = np.linalg.solve(bend, slope)
            weights = weights + step * min(1.0, _FAR / max(_ENOUGH, float(np.abs(step).max())))
            if np.abs(step).max() < _NEAR:
                break
        return weights

    def _totals(self, weights: Numbers) -> Numbers:
        common = weights[: self.width]
        own = weights[self.width : self.width * (len(self.fields) + 1)].reshape(len(self.fields), self.width)
        return np.asarray((common + own) * self.allowed)

    def _worths(self, weights: Numbers) -> Worths:
        common = tuple(map(float, np.where(weights[: self.width] * _WAYS < 0, 0.0, weights[: self.width])))
        rows = {name: tuple(map(float, row)) for name, row in zip(self.fields, self._totals(weights), strict=True)}
        added = weights[self.width * (len(self.fields) + 1) :]
        return Worths({**rows, OTHER: common}, dict(zip(self.groups, map(float, added), strict=True)))


if __name__ == "__main__":
    main()
