"""What would another reading of a document change?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from nlp.directive import Directive, Duty, Reference
from store.answers import Difference
from store.corrections import LISTS, standing
from store.filing import head_fields
from store.hand_acts import Kind, revive, standing_acts
from store.reviewed import confirmed
from store.tables import DocumentRow, DutyRow, RecipientRow, ReferenceRow, ValueRow


def differences(session: Session, *, sha256: str, first_page: int, directive: Directive) -> tuple[Difference, ...] | None:
    """Give what a reading of the document that begins at a page of a file would change; None where no document begins there yet.

    What a person said stays whatever is read, and is marked so.
    """
    own = select(DocumentRow.id).where(DocumentRow.sha256 == sha256, DocumentRow.first_page == first_page)
    document = session.scalar(own)
    return None if document is None else differences_of(session, document, directive)


def differences_of(session: Session, document_id: int, directive: Directive) -> tuple[Difference, ...]:
    """Give the same for a document that is known."""
    kept = _kept(session, document_id)
    return (
        *_head(session, document_id, directive, kept),
        *_lists(session, document_id, directive, kept),
        *_body(session, document_id, directive),
    )


def _kept(session: Session, document_id: int) -> frozenset[str]:
    """Name the fields that a person corrected or confirmed."""
    said = confirmed(session, document_id)
    return frozenset(standing(session, document_id)) | frozenset(said.values if said else ())


def _head(session: Session, document_id: int, directive: Directive, kept: frozenset[str]) -> Iterator[Difference]:
    before = {row.name: row.value for row in session.scalars(select(ValueRow).where(ValueRow.document_id == document_id))}
    after = {name: found.value.isoformat() if isinstance(found.value, date) else found.value for name, found in head_fields(directive)}
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield Difference(name, before.get(name), after.get(name), name in kept)


def _lists(session: Session, document_id: int, directive: Directive, kept: frozenset[str]) -> Iterator[Difference]:
    for role in LISTS:
        own = select(RecipientRow.name).where(RecipientRow.document_id == document_id, RecipientRow.role == role)
        before = session.scalars(own.order_by(RecipientRow.position)).all()
        yield from _changed(role, before, [found.value for found in getattr(directive, role)], role in kept)


def _body(session: Session, document_id: int, directive: Directive) -> Iterator[Difference]:
    cited, duties = _read(session, document_id, ReferenceRow), _read(session, document_id, DutyRow)
    yield from _changed("references", [_reference(row) for row in cited], [_reference(one) for one in directive.references])
    touched = {_duty(row.task, row.assignee, row.limit_text) for row in duties if row.touched_by}
    before = [_duty(row.task, row.assignee, row.limit_text) for row in duties]
    after = [_read_duty(duty) for duty in directive.duties]
    for one in _changed("duties", before, after):
        yield Difference(one.name, one.before, one.after, one.before in touched)


def _read(session: Session, document_id: int, table: type[Any]) -> list[Any]:
    """Give what was read last: without what a person added, with what a person took out; neither changes whatever is read."""
    own = select(table).where(table.document_id == document_id, table.added_by.is_(None)).order_by(table.position)
    kind: Kind = "duty" if table is DutyRow else "reference"
    held_back = [table(**revive(kind, act.read)) for act in standing_acts(session, document_id, kind) if act.read]
    return [*session.scalars(own), *held_back]


def _reference(one: ReferenceRow | Reference) -> str:
    day = one.issued_on.strftime("%d/%m/%Y") if one.issued_on else None
    return " ".join(part for part in (one.relation, one.type, one.number or one.title, day, one.agency) if part)


def _read_duty(duty: Duty) -> str:
    return _duty(duty.task, duty.assignee, duty.deadline.text if duty.deadline else None)


def _duty(task: str, assignee: str | None, limit: str | None) -> str:
    return " · ".join(part for part in (assignee, task, limit) if part)


def _changed(name: str, before: Sequence[str], after: Sequence[str], is_kept: bool = False) -> Iterator[Difference]:
    """Give what is gone and what is new, each counted as often as it stands."""
    yield from (Difference(name, one, None, is_kept) for one in _without(before, after))
    yield from (Difference(name, None, one, is_kept) for one in _without(after, before))


def _without(these: Iterable[str], those: Iterable[str]) -> list[str]:
    return sorted((Counter(these) - Counter(those)).elements())
