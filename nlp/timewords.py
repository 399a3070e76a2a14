"""What is a time in a text, and with which words does it bind? The record that nlp.times and its parts share."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from nlp.directive import Bound

Shape = Literal["day", "period", "range", "set", "span"]


@dataclass(frozen=True, slots=True)
class Time:
    """A time in the text from start to end: its shape, how it binds, its last day, hour, rule, what it counts from.

    core is the offset of the time itself, after its cue words; cue is the bare cue before it (`truoc`, `trong`), empty
    where there is none; anchor is what a span counts from, as printed.
    """

    start: int
    end: int
    core: int
    shape: Shape
    cue: str
    bound: Bound
    date: dt.date | None = None
    at: dt.time | None = None
    recurrence: str | None = None
    anchor: str | None = None
    own_date: bool = False
    assumptions: tuple[str, ...] = ()


_CUE = re.compile(
    r"(?:(?:cham nhat|muon nhat|khong qua|khong (?:cham|muon) hon|tu nay|(?:thoi )?han (?:cuoi|chot))\s*(?:cung\s+)?(?:la|:)?\s*)?"
    r"(?:(?:\b(?:la|vao|den|toi|het|ngay)|va trong|trong|truoc)\s*)*\(?\s*$"
)
QUARTERS = {"i": 1, "l": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
MISREAD = str.maketrans("lsob", "1508")  # digits as OCR reads them
WINDOW = 70  # characters to the left in which cue words are looked for


def cue_before(low: str, at: int) -> tuple[str, int]:
    """Give the cue words that lead up to at, and where they begin."""
    window = low[max(0, at - WINDOW) : at]
    match = _CUE.search(window)
    if not match or not match[0].strip(" ("):
        return "", at
    lead = len(match[0]) - len(match[0].lstrip(" (\n\t"))
    return " ".join(match[0].strip(" (").split()), at - len(match[0]) + lead


def bound_of(cue: str) -> Bound:
    if "truoc" in cue:
        return "before"
    if any(word in cue for word in ("nhat", "qua", "hon", "het", "han c", "tu nay")):
        return "at latest"
    if "trong" in cue:
        return "within"
    return "on" if "vao" in cue or not cue else "none"
