"""What do other documents tell of a number that was not read surely?

A registrar writes the serial by hand, and a hand is misread. Whoever cites the document has its number in print; and serials of one
body and kind run with the days in its register (Nghị định 30/2020/NĐ-CP, Điều 15), so that the neighbours bound it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from store.answers import Witness
from store.numbers import NumberKey, number_key
from store.tables import DocumentRow, ReferenceRow, ValueRow

_MOST = 3  # documents named for one number
_DAY = "%d/%m/%Y"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A document in the register of its body: serial, day, what it is called."""

    serial: int
    issued_on: date
    document_id: int
    named: str


def witnesses(session: Session, document: DocumentRow) -> tuple[Witness, ...]:
    """Give what other documents say of the numbers that a held document may bear; nothing where its number is not in doubt."""
    read = session.scalar(select(ValueRow).where(ValueRow.document_id == document.id, ValueRow.name == "number"))
    if read is None or "number" not in document.to_verify:
        return ()
    numbers = [(text, number) for text in (read.value, *read.candidates) if (number := number_key(text)) and number.serial]
    return (*_citing(session, document, numbers), *_neighbours(session, document, numbers))


def _citing(session: Session, document: DocumentRow, numbers: Sequence[tuple[str, NumberKey]]) -> Iterator[Witness]:
    """Find documents that cite one of the numbers with this document's day and no other body."""
    if document.issued_on is None:
        return
    for text, number in numbers:
        body = or_(ReferenceRow.agency_id == document.agency_id, ReferenceRow.agency_id.is_(None)) if number.is_local else true()
        says = (ReferenceRow.target_key == number.text, ReferenceRow.issued_on == document.issued_on, body)
        told = DocumentRow.id.in_(select(ReferenceRow.document_id).where(*says))
        found = select(DocumentRow).where(told, DocumentRow.id != document.id).order_by(DocumentRow.issued_on, DocumentRow.id).limit(_MOST)
        for citing in session.scalars(found):
            yield Witness(text, True, f"{_named(citing)} viện dẫn {text} ngày {document.issued_on:{_DAY}}.", citing.id)


def _neighbours(session: Session, document: DocumentRow, numbers: Sequence[tuple[str, NumberKey]]) -> Iterator[Witness]:
    """Hold each number against the nearest of the same body, kind and period that were issued before and after."""
    issued = document.issued_on
    if issued is None or document.agency_id is None:
        return
    known = list(_known(session, document))
    before = max((one for one in known if one.issued_on < issued), key=lambda one: one.serial, default=None)
    after = min((one for one in known if one.issued_on > issued), key=lambda one: one.serial, default=None)
    for text, number in numbers:
        told = _against(_serial(number), before, after)
        if told:
            yield Witness(text, *told)


def _known(session: Session, document: DocumentRow) -> Iterator[_Entry]:
    """Give the entries of the register to which a document belongs, held or cited, as far as their numbers are sure."""
    same = (DocumentRow.agency_id == document.agency_id, DocumentRow.type_key == document.type_key, DocumentRow.period == document.period)
    for other in session.scalars(select(DocumentRow).where(*same, DocumentRow.id != document.id, DocumentRow.issued_on.is_not(None))):
        number = number_key(other.number or "")
        if number and number.serial and other.issued_on and "number" not in (other.to_verify or ()):
            yield _Entry(_serial(number), other.issued_on, other.id, f"{_named(other)} ngày {other.issued_on:{_DAY}}")


def _serial(number: NumberKey) -> int:
    return int("".join(c for c in number.serial or "0" if c.isdigit()))


def _against(serial: int, before: _Entry | None, after: _Entry | None) -> tuple[bool, str, int] | None:
    """Say whether a serial stands where its day puts it, why, and by which document; None where nothing tells."""
    if before and serial <= before.serial:
        return False, f"{before.named} ban hành trước mà số không nhỏ hơn.", before.document_id
    if after and serial >= after.serial:
        return False, f"{after.named} ban hành sau mà số không lớn hơn.", after.document_id
    if before and after:
        return True, f"Đứng giữa {before.named} và {after.named}.", before.document_id
    return None


def _named(document: DocumentRow) -> str:
    return " ".join(part for part in (document.type, document.number) if part) or f"Văn bản {document.id}"
