"""Which of the values that were read are right, by the judge of the real documents?

A value has the name under which `evidence` holds it (`number`, `recipients[2]`, `deadlines[0]`); a part of a reference or a
limit is judged only where the whole was found, as the judge does, and has its name behind it (`references[1].agency`).
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from bench.rewriting import judge

Json = Any
_NAMES = 0.85  # likeness of two addressees that are one
_TASK, _WHO = 0.5, 0.6  # share of words of a task, likeness of an assignee
_AGENCY, _ISSUER, _SUBJECT = 0.9, 0.85, 0.9  # likeness of the own issuer, of a cited document's, of the subject


def judged(gold: Json, found: Json) -> Iterator[tuple[str, bool]]:
    """Yield the name of each value of a RECORD and whether it is right; what the answers do not judge is left out."""
    yield from _fields(gold, found)
    for key in ("addressees", "recipients"):
        yield from _members(gold, found, key)
    yield from _whole_and_parts(gold, found, "references", judge().reference_quality, _reference_parts)
    yield from _whole_and_parts(gold, found, "deadlines", judge().deadline_quality, _deadline_parts)


def _fields(gold: Json, found: Json) -> Iterator[tuple[str, bool]]:
    for key in ("number", "issued_on", "agency", "parent_agency", "subject", *(k for k in judge().EXACT if k not in _OTHERWISE)):
        mine = judge().pick(found, key)
        if mine:
            yield key, _same(key, judge().pick(gold, key), mine)


_OTHERWISE = {"number", "symbol", "issued_on", "agency", "parent_agency"}


def _same(key: str, gold: Json, found: Json) -> bool:
    scorer = judge()
    if not gold:
        return False
    if key == "number":
        return bool(scorer.number_key(gold) == scorer.number_key(found))
    if key == "issued_on":
        return bool(gold == found)
    if key in ("agency", "parent_agency"):
        return bool(scorer.same_agency(gold, found, _AGENCY))
    if key == "subject":
        return bool(scorer.ratio(scorer.subject_of(gold), scorer.subject_of(found)) >= _SUBJECT)
    return bool(scorer.alike(gold, found) >= scorer.NEAR.get(key, 0.999))


class _Text(str):
    """A text that is itself and no other that reads the same: members are paired one by one."""

    __slots__ = ()


def _members(gold: Json, found: Json, key: str) -> Iterator[tuple[str, bool]]:
    scorer = judge()

    def quality(one: str, other: str) -> float:
        likeness = float(scorer.alike(one, other))
        return likeness if likeness >= _NAMES else 0.0

    golds, founds = ([_Text(re.sub(r"\([^)]*\)", " ", member or "")) for member in record.get(key) or []] for record in (gold, found))
    paired = {id(mine) for _, mine in scorer.match(golds, founds, quality)}
    yield from ((f"{key}[{at}]", id(mine) in paired) for at, mine in enumerate(founds))


Parts = Callable[[Json, Json], Iterator[tuple[str, bool]]]


def _whole_and_parts(gold: Json, found: Json, key: str, quality: Callable[[Json, Json], float], parts: Parts) -> Iterator[tuple[str, bool]]:
    founds = found.get(key) or []
    paired = {id(mine): its for its, mine in judge().match(gold.get(key) or [], founds, quality)}
    for at, mine in enumerate(founds):
        its = paired.get(id(mine))
        yield f"{key}[{at}]", its is not None
        if its is not None:
            yield from ((f"{key}[{at}].{part}", right) for part, right in parts(its, mine))


def _reference_parts(gold: Json, found: Json) -> Iterator[tuple[str, bool]]:
    if found.get("issued_on"):
        yield "issued_on", gold.get("issued_on") == found["issued_on"]
    if gold.get("agency") and found.get("agency"):
        yield "agency", bool(judge().same_agency(gold["agency"], found["agency"], _ISSUER))
    if gold.get("relation"):
        yield "relation", gold["relation"] == found["relation"]


def _deadline_parts(gold: Json, found: Json) -> Iterator[tuple[str, bool]]:
    if gold.get("task") and found.get("task"):
        yield "task", bool(judge().words_shared(gold["task"], found["task"]) >= _TASK)
    if gold.get("assignee") and found.get("assignee"):
        yield "assignee", bool(judge().alike(gold["assignee"], found["assignee"]) >= _WHO)
