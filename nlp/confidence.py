"""How sure are we of each value, and what must a person look at?

A value read from a picture is no surer than its words; number, date and deadlines are critical and are marked when
they are doubtful (design: critical values stay to verify when readings disagree).
"""

from dataclasses import fields, replace
from typing import Any

from ingest.transcript import Transcript
from nlp.directive import Directive, Found, Signer

DOUBT = 0.7  # below this a deadline is marked for a person
LOOKED_DOUBT = 0.85  # below this number and date are marked that were looked at twice
HEAD_DOUBT = 0.78  # number and date are written by hand more often than not, and one wrong digit is another document


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


def doubtful(directive: Directive, reasons: dict[str, str]) -> Directive:
    """Mark what a person must look at, and say why each missing field is missing."""
    marked = []
    number, issued = directive.number, directive.issued_on
    if number and (_is_doubtful(number) or not number.value[:1].isdigit()):
        marked.append("number")
    if issued and _is_doubtful(issued):
        marked.append("issued_on")
    limits = [duty for duty in directive.duties if duty.deadline and duty.deadline.kind in ("date", "recurring", "relative")]
    for i, duty in enumerate(limits):
        if duty.confidence < DOUBT:
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
