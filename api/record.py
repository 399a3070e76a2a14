"""How is what was read printed as a RECORD, with the place of each value beside it?

A RECORD holds plain values under the names that an outside program judges; `evidence` holds, under the same names
(`number`, `recipients[2]`, `deadlines[0]`), the page, the boxes in points, the words, the rule and how sure the reader is:
the share of such values that are right. `parts` says the same of the parts of a reference or a duty, where the whole is right.
"""

from collections.abc import Iterator
from typing import Any

from ingest.transcript import Transcript
from nlp.directive import Deadline, Directive, Duty, Event, Found, Place, Reference
from nlp.relations import record_relation
from store.corrections import ARRIVAL
from store.evidence import read_at

Json = dict[str, Any]
LIMITS = frozenset({"date", "recurring", "relative"})
"""Kinds of deadlines that a RECORD counts; the others stand under `duties`."""
PLAIN = ("number", "type", "place", "agency", "parent_agency", "subject", "urgency", "secrecy", "filed_at")


def record(transcript: Transcript, directive: Directive) -> Json:
    """Give the RECORD of one document and beside it its pages, `evidence`, `missing`, `duties` without a limit, `events`, `arrival`."""
    issued = directive.issued_on
    return {
        **{name: _value(getattr(directive, name)) for name in PLAIN},
        "issued_on": issued.value.isoformat() if issued else None,
        "signer": {name: _value(getattr(directive.signer, name)) for name in ("name", "position", "authority")},
        "addressees": [found.value for found in directive.addressees],
        "recipients": [found.value for found in directive.recipients],
        "references": [_reference(reference) for reference in _own(directive)],
        "deadlines": [_deadline(duty, duty.deadline) for duty in directive.duties if duty.deadline and duty.deadline.kind in LIMITS],
        "to_verify": [name for name in directive.to_verify if name not in ARRIVAL],
        "pages": [transcript.pages[0].number, transcript.pages[-1].number] if transcript.pages else None,
        "family": directive.family,
        "acting_body": _value(directive.acting_body),
        "arrival": _arrival(directive),
        "duties": [_duty(duty) for duty in directive.duties if not _counts(duty)],
        "events": [_event(event) for event in directive.events],
        "attachments": [attachment.title for attachment in directive.attachments],
        "missing": dict(directive.missing),
        "notes": [*transcript.notes, *directive.notes],
        "evidence": dict(_all_evidence(transcript, directive)),
    }


def _value(found: Found[str] | None) -> str | None:
    return found.value if found else None


def _arrival(directive: Directive) -> Json:
    """Give what the arrival stamp says, apart from the document's own number and date."""
    on = directive.arrived_on
    return {
        "arrived_as": _value(directive.arrived_as),
        "arrived_on": on.value.isoformat() if on else None,
        "forwarded_to": _value(directive.forwarded_to),
        "to_verify": [name for name in directive.to_verify if name in ARRIVAL],
    }


def _own(directive: Directive) -> list[Reference]:
    """Give the references in which this document itself stands, not those between two others."""
    return [reference for reference in directive.references if reference.source is None]


def _counts(duty: Duty) -> bool:
    return duty.deadline is not None and duty.deadline.kind in LIMITS


def _reference(reference: Reference) -> Json:
    return {
        "type": reference.type,
        "number": reference.number,
        "issued_on": reference.issued_on.isoformat() if reference.issued_on else None,
        "agency": reference.agency,
        "title": reference.title,
        "relation": record_relation(reference.relation),
    }


def _deadline(duty: Duty, deadline: Deadline) -> Json:
    return {
        "kind": deadline.kind,
        "date": deadline.date.isoformat() if deadline.date else None,
        "text": deadline.text,
        "assignee": duty.assignee,
        "task": duty.task,
    }


def _duty(duty: Duty) -> Json:
    return {"assignee": duty.assignee, "task": duty.task, "limit": duty.deadline.text if duty.deadline else None}


def _event(event: Event) -> Json:
    return {
        "title": event.title,
        "on": event.on.isoformat() if event.on else None,
        "at": event.at.isoformat("minutes") if event.at else None,
        "venue": event.venue,
    }


def _all_evidence(transcript: Transcript, directive: Directive) -> Iterator[tuple[str, Json]]:
    for key, found in _found(directive):
        yield key, evidence(transcript, found.place, found.confidence, found.rule)
    limits = [duty for duty in directive.duties if _counts(duty)]
    for at, reference in enumerate(_own(directive)):
        first = reference.mentions[0] if reference.mentions else Place()
        yield f"references[{at}]", evidence(transcript, first, reference.confidence, reference.rule) | _parts(reference)
    for at, duty in enumerate(limits):
        place = duty.deadline.place if duty.deadline else duty.place
        yield f"deadlines[{at}]", evidence(transcript, place, duty.confidence, duty.rule) | _parts(duty)
    for at, duty in enumerate(duty for duty in directive.duties if not _counts(duty)):
        yield f"duties[{at}]", evidence(transcript, duty.place, duty.confidence, duty.rule) | _parts(duty)
    for at, event in enumerate(directive.events):
        yield f"events[{at}]", evidence(transcript, event.place, event.confidence, event.rule)


def _parts(whole: Reference | Duty) -> Json:
    return {"parts": dict(whole.parts)} if whole.parts else {}


def _found(directive: Directive) -> Iterator[tuple[str, Found[Any]]]:
    for name in (*PLAIN, "issued_on", "acting_body", *ARRIVAL):
        if (found := getattr(directive, name)) is not None:
            yield name, found
    for name in ("name", "position", "authority"):
        if (found := getattr(directive.signer, name)) is not None:
            yield f"signer.{name}", found
    for name in ("addressees", "recipients"):
        yield from ((f"{name}[{at}]", found) for at, found in enumerate(getattr(directive, name)))


def evidence(transcript: Transcript, place: Place, confidence: float, rule: str) -> Json:
    """Say where a value stands: page from 1 (None for nowhere), boxes [x0, y0, x1, y1] on that page, one for each line, and the words."""
    read = read_at(transcript, place, rule, round(confidence, 3))
    return {
        "page": read["page"],
        "boxes": [corners for page, *corners in read["boxes"] if page == read["page"]],
        "confidence": read["confidence"],
        "rule": rule,
        "words": " ".join(read["words"].split()),
    }
