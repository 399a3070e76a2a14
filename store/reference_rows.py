"""How does a document that another one names become a row?"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from ingest.transcript import Transcript
from nlp.directive import NOWHERE, Reference
from store.evidence import read_at
from store.hand_acts import hold_back
from store.identity import title_key
from store.numbers import number_key
from store.tables import ReferenceRow


def replace_references(session: Session, document_id: int, transcript: Transcript, references: tuple[Reference, ...]) -> None:
    """Put what was read now in place of what was read before. What a person added stays, what a person took out does not come back."""
    session.execute(delete(ReferenceRow).where(ReferenceRow.document_id == document_id, ReferenceRow.added_by.is_(None)))
    known = set(session.scalars(select(ReferenceRow.key).where(ReferenceRow.document_id == document_id)))
    read = {row["key"]: row for row in _rows(transcript, references)}
    if new := [{"document_id": document_id, **row} for row in hold_back(session, document_id, "reference", read, known).values()]:
        session.execute(insert(ReferenceRow).execution_options(render_nulls=True), new)


def reference_row(reference: Reference) -> dict[str, Any] | None:
    """Give the columns that say what a reference looks for; None for one with neither number nor title."""
    target_key = _target_key(reference)
    if target_key is None:
        return None
    said = ("number", "type", "issued_on", "agency", "title", "relation", "scope", "source")
    return {
        "key": _stable_key(target_key, reference),
        "target_key": target_key,
        **{name: getattr(reference, name) for name in said},
        "misprints": list(reference.misprints),
        "mentions": max(1, len(reference.mentions)),
    }


def _rows(transcript: Transcript, references: tuple[Reference, ...]) -> Iterator[dict[str, Any]]:
    """Yield a row for each reference that says what it looks for; one said twice is one."""
    seen: set[str] = set()
    for position, reference in enumerate(references):
        row = reference_row(reference)
        if row is None or row["key"] in seen:
            continue
        seen.add(row["key"])
        place = reference.mentions[0] if reference.mentions else NOWHERE
        yield {**row, "position": position, **read_at(transcript, place, reference.rule, reference.confidence)}


def _target_key(reference: Reference) -> str | None:
    """Give the key under which the named document is looked for: its number, else its title."""
    number = number_key(reference.number) if reference.number else None
    if number and number.is_whole:
        return number.text
    return title_key(reference.title, reference.type, reference.issued_on) if reference.title else None


def _stable_key(target_key: str | None, reference: Reference) -> str:
    """Give what tells a reference from the others of its document, the same from one reading to the next."""
    parts = (target_key, reference.type, reference.issued_on, reference.relation, reference.scope, reference.source)
    return "|".join("" if part is None else str(part) for part in parts)
