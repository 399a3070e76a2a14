"""What speaks for and against each value that was found?

Signs are kept apart from what they are worth: confidence.toml, learned from documents with known answers, says that.
A name is that of the value in a RECORD: `number`, `signer.name`, `recipients[2]`, `references[0].agency`, `duties[1].task`.
"""

import math
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ingest.transcript import Span, Transcript
from nlp.directive import Directive, Duty, Found, Place, Reference
from nlp.soundness import unsound

FIELDS = ("number", "type", "issued_on", "place", "agency", "parent_agency", "acting_body", "subject", "urgency", "secrecy", "filed_at")
SIGNER = ("name", "position", "authority")
PARTS = ("issued_on", "agency", "relation", "task", "assignee")
"""Parts of references and duties that are right or wrong by themselves."""
EXPECTED = ("number", "issued_on", "agency", "subject", "recipients", "filed_at")
"""Fields that nearly every document has: where several are missing, what was found is doubtful too."""
SIGNS = ("belief", "weakest", "mean", "pictured", "unsound", "page", "unsound_page", "gaps", "rivals")
_CLEAN = 0.95  # confidence of OCR in a word of a clean scan


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of one value: its field, the group of its rule, and a number for each of SIGNS, each 0 where nothing speaks against it.

    belief: log odds that the rule gives, against 0.98; weakest, mean: by how many log odds the words' OCR is below a clean scan;
    pictured: read from a picture; unsound: words that are no Vietnamese, on a log scale; page, unsound_page: the same of the
    whole document; gaps: how many expected fields are missing; rivals: another reading stands beside it. Of weakest, mean,
    page, unsound_page and gaps it is the root: the first doubt tells most.
    """

    field: str
    group: str
    values: tuple[float, ...]


class Reading:
    """The words of a transcript with how they were read, for many questions about small parts of it."""

    def __init__(self, transcript: Transcript, gaps: int) -> None:
        """Take the words that OCR read, in the order of the text; gaps: how many expected fields are missing."""
        self.text, self.gaps = transcript.text, float(gaps)
        self.words = [
            (word.span.start + start, word.span.end + start, word.confidence)
            for page, start in zip(transcript.pages, transcript.starts, strict=True)
            for word in page.words
            if word.origin == "OCR"
        ]
        self.starts = [start for start, _, _ in self.words]

    def read(self, span: Span) -> list[float]:
        """Give the confidences of the words of a span that OCR read."""
        at = max(0, bisect_left(self.starts, span.start) - 1)
        found = []
        while at < len(self.words) and self.starts[at] < span.end:
            if self.words[at][1] > span.start:
                found.append(self.words[at][2])
            at += 1
        return found

    @cached_property
    def quality(self) -> tuple[float, float]:
        """Give (page, unsound_page) of the whole document."""
        bad, words = unsound(self.text[:20_000])
        sure = [confidence for _, _, confidence in self.words]
        page = math.sqrt(_doubt(sum(sure) / len(sure))) if sure else 0.0
        return page, math.sqrt(math.log1p(100 * bad / max(20, words)))


def signs_of(directive: Directive, transcript: Transcript) -> Iterator[tuple[str, Signs]]:
    """Yield the signs of every value of a Directive whose confidences are as the rules gave them."""
    gaps = sum(not getattr(directive, name) for name in EXPECTED) + (directive.signer.name is None)
    reading = Reading(transcript, gaps)
    for name, found in founds(directive):
        yield name, _signs(reading, name, _group(name, found), found.confidence, found.place, bool(found.candidates))
    for at, reference in enumerate(directive.references):
        yield from ((f"references[{at}]{part}", signs) for part, signs in _of_reference(reading, reference))
    for at, duty in enumerate(directive.duties):
        yield from ((f"duties[{at}]{part}", signs) for part, signs in _of_duty(reading, duty))


def founds(directive: Directive) -> Iterator[tuple[str, Found[Any]]]:
    """Yield the name of each value that is Found, and the value."""
    for name in FIELDS:
        if (found := getattr(directive, name)) is not None:
            yield name, found
    for name in SIGNER:
        if (found := getattr(directive.signer, name)) is not None:
            yield f"signer.{name}", found
    for name in ("addressees", "recipients"):
        yield from ((f"{name}[{at}]", found) for at, found in enumerate(getattr(directive, name)))


def _group(name: str, found: Found[Any]) -> str:
    """Name the way a value was found: its rule, and for a number whether its serial is there."""
    blank = " không có số" if name == "number" and not str(found.value)[:1].isdigit() else ""
    return found.rule + blank


def _of_reference(reading: Reading, reference: Reference) -> Iterator[tuple[str, Signs]]:
    place = reference.mentions[0] if reference.mentions else Place()
    said = {"issued_on": reference.issued_on, "agency": reference.agency, "relation": reference.relation}
    rule = reference.rule if reference.source is None else "quan hệ giữa hai văn bản khác"
    yield "", _signs(reading, "references", rule, reference.confidence, place, bool(reference.misprints))
    for part, value in said.items():
        if value is not None:
            group = reference.relation if part == "relation" else rule
            yield f".{part}", _signs(reading, f"references.{part}", group, reference.confidence, place, len(reference.mentions) > 1)


def _of_duty(reading: Reading, duty: Duty) -> Iterator[tuple[str, Signs]]:
    limit = duty.deadline
    rule = f"{duty.rule.partition(':')[0]}, {limit.kind}" if limit else duty.rule
    yield (
        "",
        _signs(reading, "deadlines", rule, duty.confidence, limit.place if limit else duty.place, bool(limit and limit.assumptions)),
    )
    for part, value in (("task", duty.task), ("assignee", duty.assignee)):
        if value:
            group = f"{duty.rule.partition(':')[0]}{', suy ra' if part in duty.inferred else ''}"
            yield f".{part}", _signs(reading, f"deadlines.{part}", group, duty.confidence, duty.place, bool(duty.inferred))


def _signs(reading: Reading, name: str, group: str, belief: float, place: Place, rivals: bool) -> Signs:
    span = None if place.box is not None else place.span  # what was looked at again is no longer what the words say
    sure = reading.read(span) if span is not None else []
    bad = unsound(reading.text[span.start : span.end])[0] if span is not None else 0
    values = (
        min(0.0, _log_odds(belief) - _log_odds(0.98)),
        math.sqrt(_doubt(min(sure))) if sure else 0.0,
        math.sqrt(_doubt(sum(sure) / len(sure))) if sure else 0.0,
        float(bool(sure)),
        math.log1p(bad),
        *reading.quality,
        math.sqrt(reading.gaps),
        float(rivals),
    )
    return Signs(name.partition("[")[0], group, values)


def _doubt(confidence: float) -> float:
    """Give by how many log odds a word was read less surely than in a clean scan."""
    return max(0.0, _log_odds(_CLEAN) - _log_odds(confidence))


def _log_odds(chance: float) -> float:
    chance = min(0.995, max(0.02, chance))
    return math.log(chance / (1 - chance))
