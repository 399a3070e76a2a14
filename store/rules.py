"""What in a document does not fit together, or not with what is held already?

Confidence cannot see these: each value is printed plainly, and still they cannot all be right. They are told to the person who confirms,
and hold nothing back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.answers import Viewer
from store.nodes import get_document
from store.numbers import number_key
from store.tables import DocumentRow, DutyRow, ReferenceRow

_DAY = "%d/%m/%Y"
_MOST = 5  # cited documents that are named


@dataclass(frozen=True, slots=True)
class Clash:
    """Values that cannot all be right: names of fields (`issued_on`, `duty-5`), a sentence, and the other document if there is one.

    is_double: the other one may be the same paper, scanned before.
    """

    fields: tuple[str, ...]
    sentence: str
    document_id: int | None = None
    is_double: bool = False


def clashes(session: Session, document_id: int, *, as_of: date, seen_by: Viewer) -> tuple[Clash, ...]:
    """Give what does not fit together in a held document as its values stand. Raises NotFound."""
    row = get_document(session, document_id, seen_by=seen_by)
    if not row.held:
        return ()
    return (*_of_days(row, as_of), *_of_year(row), *_of_limits(session, row), *_duplicates(session, row), *_cited_later(session, row))


def _of_days(row: DocumentRow, as_of: date) -> Iterator[Clash]:
    """A paper is issued before it arrives, and both lie behind us."""
    if row.issued_on and row.arrived_on and row.issued_on > row.arrived_on:
        told = f"Ngày đến {row.arrived_on:{_DAY}} trước ngày ban hành {row.issued_on:{_DAY}}."
        yield Clash(("issued_on", "arrived_on"), told)
    if row.issued_on and row.issued_on > as_of:
        yield Clash(("issued_on",), f"Ngày ban hành {row.issued_on:{_DAY}} sau ngày hôm nay.")


def _of_year(row: DocumentRow) -> Iterator[Clash]:
    """The year within a number is that of the date (Nghị định 30/2020/NĐ-CP, Điều 15)."""
    number = number_key(row.number or "")
    if number and number.year and row.issued_on and number.year != row.issued_on.year:
        yield Clash(("number", "issued_on"), f"Số, ký hiệu ghi năm {number.year}, ngày ban hành là {row.issued_on:{_DAY}}.")


def _of_limits(session: Session, row: DocumentRow) -> Iterator[Clash]:
    if row.issued_on is None:
        return
    early = select(DutyRow).where(DutyRow.document_id == row.id, DutyRow.due_on < row.issued_on).order_by(DutyRow.position)
    for duty in session.scalars(early):
        told = f"Hạn {duty.due_on:{_DAY}} sớm hơn ngày ban hành {row.issued_on:{_DAY}}."
        yield Clash((f"duty-{duty.id}", "issued_on"), told)


def _duplicates(session: Session, row: DocumentRow) -> Iterator[Clash]:
    """One body uses a number once in a period."""
    if row.key is None or row.agency_id is None:
        return
    same = (DocumentRow.key == row.key, DocumentRow.agency_id == row.agency_id, DocumentRow.period == row.period)
    for other in session.scalars(select(DocumentRow).where(*same, DocumentRow.held, DocumentRow.id != row.id).order_by(DocumentRow.id)):
        told = f"Trong kho đã có {_named(other)} cùng số, cùng cơ quan ban hành."
        yield Clash(("number",), told, other.id, is_double=True)


def _cited_later(session: Session, row: DocumentRow) -> Iterator[Clash]:
    """A paper cites what is older than itself."""
    if row.issued_on is None:
        return
    later = (
        select(ReferenceRow)
        .where(ReferenceRow.document_id == row.id, ReferenceRow.source.is_(None), ReferenceRow.issued_on > row.issued_on)
        .order_by(ReferenceRow.position)
        .limit(_MOST)
    )
    for cited in session.scalars(later):
        told = (
            f"Viện dẫn {cited.number or cited.title or 'văn bản'} ngày {cited.issued_on:{_DAY}}, sau ngày ban hành {row.issued_on:{_DAY}}."
        )
        yield Clash(("issued_on",), told, cited.target_id)


def _named(row: DocumentRow) -> str:
    named = " ".join(part for part in (row.type, row.number) if part)
    return f"{named} ngày {row.issued_on:{_DAY}}" if row.issued_on else named
