"""How sure are we of each value, and what must a person look at?

What is stated is the probability that a value is right, as learned from documents with known answers (nlp/calibration.py).
Number, date and deadlines are critical and are marked when they are doubtful (design: critical values stay to verify when
readings disagree): by what the rules and the words' readings give, in which a wrong digit weighs more than it is likely.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from ingest.transcript import Transcript
from nlp.calibration import learned
from nlp.directive import Directive, Duty, Found, Reference, Signer
from nlp.signs import PARTS, SIGNER, signs_of

UNLIKELY = 0.85  # below this stated confidence any critical value is marked
DOUBT = 0.7  # below this a deadline is marked for a person
LOOKED_DOUBT = 0.85  # below this number and date are marked that were looked at twice
HEAD_DOUBT = 0.78  # number and date are written by hand more often than not, and one wrong digit is another document


def checked(directive: Directive, transcript: Transcript, reasons: dict[str, str]) -> Directive:
    """State how likely each value is right, mark what a person must look at, say why fields are missing."""
    chances = {name: round(learned().chance(signs), 3) for name, signs in signs_of(directive, transcript)}
    return stated(doubtful(reading_confidence(directive, transcript), reasons, chances), chances)


def stated(directive: Directive, chances: Mapping[str, float]) -> Directive:
    """Give each value of a Directive the confidence that stands under its name (`recipients[2]`, `duties[0].task`)."""
    changes: dict[str, Any] = {}
    for item in fields(directive):
        value = getattr(directive, item.name)
        if isinstance(value, Found):
            changes[item.name] = _sure(value, item.name, chances)
        elif isinstance(value, Signer):
            changes[item.name] = Signer(
                *(_sure(found, f"signer.{part}", chances) if (found := getattr(value, part)) else None for part in SIGNER)
            )
        elif isinstance(value, tuple) and value and isinstance(value[0], Found | Reference | Duty):
            changes[item.name] = tuple(_sure(each, f"{item.name}[{at}]", chances) for at, each in enumerate(value))
    return replace(directive, **changes)


def _sure(value: Any, name: str, chances: Mapping[str, float]) -> Any:  # noqa: ANN401  Found of anything, a reference, a duty
    sure = chances.get(name, value.confidence)
    if isinstance(value, Found):
        return replace(value, confidence=sure)
    parts = tuple((part, chances[f"{name}.{part}"]) for part in PARTS if f"{name}.{part}" in chances)
    return replace(value, confidence=sure, parts=parts)


def reading_confidence(directive: Directive, transcript: Transcript) -> Directive:
    """Lower each value's confidence to that of the words it was read from."""
    changes: dict[str, Any] = {}
    for item in fields(directive):
        value = getattr(directive, item.name)
        if isinstance(value, Found):
            changes[item.name] = _lowered(value, transcript)
        elif isinstance(value, Signer):
            changes[item.name] = Signer(*(_lowered(v, transcript) if v else None for v in (value.name, value.position, value.authority)))
        elif isinstance(value, tuple) and value and isinstance(value[0], Found):
            changes[item.name] = tuple(_lowered(v, transcript) for v in value)
    return replace(directive, **changes)


def _lowered(found: Found[Any], transcript: Transcript) -> Found[Any]:
    span = found.place.span
    if span is None or found.place.box is not None:  # what was looked at again is as sure as the second look
        return found
    words = [word for _, word in transcript.words_in(span) if word.origin == "OCR"]
    if not words:
        return found
    weakest = min(word.confidence for word in words)
    # A clean scan gives 0.9 and more for every word; what a hand wrote is guessed with 0.6 at most.
    return replace(found, confidence=round(found.confidence * min(1.0, 0.2 + 0.85 * weakest), 3))


def doubtful(directive: Directive, reasons: dict[str, str], chances: Mapping[str, float]) -> Directive:
    """Mark what a person must look at, and say why each missing field is missing; chances are what will be stated."""
    marked = []
    number, issued = directive.number, directive.issued_on
    unlikely = {name for name, chance in chances.items() if chance < UNLIKELY}
    if number and (_is_doubtful(number) or not number.value[:1].isdigit() or "number" in unlikely):
        marked.append("number")
    if issued and (_is_doubtful(issued) or "issued_on" in unlikely):
        marked.append("issued_on")
    limits = [
        (at, duty) for at, duty in enumerate(directive.duties) if duty.deadline and duty.deadline.kind in ("date", "recurring", "relative")
    ]
    for i, (at, duty) in enumerate(limits):
        if duty.confidence < DOUBT or f"duties[{at}]" in unlikely:
            marked.append(f"deadlines[{i}]")
    missing = {
        name: reason for name, reason in reasons.items() if not _present(directive, name) or (name == "number" and "number" in marked)
    }
    if number and number.value[:1].isdigit():
        missing.pop("number", None)
    return replace(directive, to_verify=tuple(marked), missing=missing)


def _is_doubtful(found: Found[Any]) -> bool:
    return found.confidence < (LOOKED_DOUBT if found.place.box else HEAD_DOUBT)


def _present(directive: Directive, name: str) -> bool:
    value = getattr(directive, name)
    if isinstance(value, Signer):
        return bool(value.name or value.position)
    return bool(value)
