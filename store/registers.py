"""Which number comes next in a register, and what stands under each?

Incoming documents run by year, whatever they are and however they came (Nghị định 30/2020/NĐ-CP, Điều 22); outgoing ones of the State
by year, of the Party by kind and term. A number that was given is used, held back, or cancelled, and never given to another paper:
only the last one can be taken back.
"""

from datetime import date, datetime
from typing import Literal, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.answers import DocumentLine, Entry, Register, Viewer
from store.errors import NotAllowed, NotFound
from store.identity import type_key
from store.lines import document_lines
from store.nodes import held_document
from store.office import get_office
from store.register_tables import EntryRow, RegisterRow
from store.scope import see_as
from store.spelling import key
from store.tables import DocumentRow

FIELDS = ("author", "number", "subject", "forwarded_to", "note")
NOT_SCANNED = "Chưa có văn bản"
"""Why a number is held that stamps leapt over: its paper has not been handed in yet."""
MOST_LEAPT = 50  # numbers; a stamp that is further ahead was misread
_LONGEST = 2_000
_KEPT = "Sổ “{}” {} đã khóa ngày {}; không cấp thêm số."


def open_register(session: Session, way: Literal["in", "out"], name: str, period: str, *, kind: str | None = None, first: int = 1) -> int:
    """Open a register that begins with a number; give its id. Raises NotAllowed for one that exists, or a first number under 1."""
    name, period = " ".join(name.split()), " ".join(period.split())
    if not key(name) or not period or first < 1:
        raise NotAllowed("Sổ cần có tên, năm hoặc nhiệm kỳ, và số bắt đầu từ 1 trở lên.")
    same = select(RegisterRow.id).where(RegisterRow.way == way, RegisterRow.folded == key(name), RegisterRow.period == period)
    if session.scalar(same) is not None:
        raise NotAllowed(f"Đã có sổ “{name}” {period}.")
    row = RegisterRow(way=way, name=name, folded=key(name), period=period, type_key=type_key(kind), first=first, next=first)
    session.add(row)
    session.flush()
    return row.id


def registers(session: Session, *, seen_by: Viewer) -> tuple[Register, ...]:
    """Give the registers, the newest period first, each with the count of its entries."""
    see_as(session, seen_by)
    count = dict(session.execute(select(EntryRow.register_id, func.count()).group_by(EntryRow.register_id)).all())
    rows = session.scalars(select(RegisterRow).order_by(RegisterRow.period.desc(), RegisterRow.way, RegisterRow.name))
    return tuple(_register(row, count.get(row.id, 0)) for row in rows)


def _register(row: RegisterRow, count: int) -> Register:
    return Register(
        row.id, cast("Literal['in', 'out']", row.way), row.name, row.period, row.type_key, row.first, row.next, row.closed_on, count
    )


def enter(session: Session, register_id: int, document_id: int | None = None, *, on: date, by: str, now: datetime, **told: str) -> Entry:
    """Give the next number of a register to a document, or to a paper of which only `told` is known; the same document keeps its number.

    told: author, number, subject, forwarded_to, note. Raises NotFound, NotAllowed for a closed register or an empty paper.
    """
    register = _open(session, register_id)
    document = None if document_id is None else held_document(session, document_id)
    if document is not None and (known := _entry_of(session, register_id, document.id)):
        return _line(known)
    row = EntryRow(register_id=register_id, serial=register.next, state="used", on=on, by=by, at=now)
    _tell(row, document, told)
    if document is None and not (row.number or row.subject):
        raise NotAllowed("Văn bản giấy cần có số, ký hiệu hoặc trích yếu.")
    register.next += 1
    session.add(row)
    session.flush()
    return _line(row)


def enter_at(session: Session, register_id: int, document_id: int, serial: int, *, on: date, by: str, now: datetime) -> Entry:  # noqa: PLR0913  as enter, with the number
    """Give a document the number that its stamp bears; numbers leapt over are held for the papers that bear them.

    Raises NotFound, NotAllowed for a closed register, and for a number that another paper has or that lies too far ahead.
    """
    register = _open(session, register_id)
    if known := _entry_of(session, register_id, document_id):
        return _line(known)
    if serial < register.next:
        return _line(_take_held(session, register, document_id, serial, on=on))
    if serial - register.next > MOST_LEAPT:
        raise NotAllowed(f"Số đến {serial} cách số tiếp theo của sổ ({register.next}) quá xa. Đề nghị xem lại dấu đến.")
    while register.next < serial:
        hold(session, register_id, on=on, by=by, now=now, note=NOT_SCANNED)
    return enter(session, register_id, document_id, on=on, by=by, now=now)


def _take_held(session: Session, register: RegisterRow, document_id: int, serial: int, *, on: date) -> EntryRow:
    same = select(EntryRow).where(EntryRow.register_id == register.id, EntryRow.serial == serial, EntryRow.suffix == "")
    row = session.scalar(same)
    if row is None or row.state != "held" or row.note != NOT_SCANNED:
        raise NotAllowed(f"Số đến {serial} đã dùng trong “{register.name}” {register.period}. Số tiếp theo là {register.next}.")
    row.state, row.on, row.note = "used", on, ""
    _tell(row, held_document(session, document_id), {})
    session.flush()
    return row


def give_back(session: Session, entry_id: int, *, was_held: bool) -> None:
    """Take a number back from a document: one that was held before is held again, the last one of a register is the next again.

    Raises NotFound, NotAllowed where a later number was given since, or the register is closed.
    """
    row = _get(session, entry_id)
    register = _open(session, row.register_id)
    if was_held:
        row.state, row.document_id, row.issued_on, row.forwarded_on = "held", None, None, None
        row.author, row.number, row.subject, row.forwarded_to, row.note = "", "", "", "", NOT_SCANNED
        session.flush()
        return
    if _last(session, register) is not row:
        raise NotAllowed(f"Đã cấp số sau số {row.serial}, không thu lại được. Nếu vào nhầm, đề nghị hủy số tại sổ, ghi lý do.")
    leapt = ("held", NOT_SCANNED, row.at)
    last: EntryRow | None = row
    while last is row or (last is not None and (last.state, last.note, last.at) == leapt):
        session.delete(last)
        register.next = last.serial
        session.flush()
        last = _last(session, register)


def hold(session: Session, register_id: int, *, on: date, by: str, now: datetime, note: str = "") -> Entry:
    """Hold the next number back without saying for what: secret papers share the series (users.md 3.1)."""
    register = _open(session, register_id)
    row = EntryRow(register_id=register_id, serial=register.next, state="held", on=on, by=by, at=now, note=_short(note))
    register.next += 1
    session.add(row)
    session.flush()
    return _line(row)


def put_between(session: Session, entry_id: int, document_id: int | None = None, *, on: date, by: str, now: datetime, **told: str) -> Entry:
    """Give a number with the next free letter after an entry's (15a, 15b). Raises NotFound, NotAllowed."""
    before = _get(session, entry_id)
    _open(session, before.register_id)
    document = None if document_id is None else held_document(session, document_id)
    if document is not None and (known := _entry_of(session, before.register_id, document.id)):
        return _line(known)
    taken = select(EntryRow.suffix).where(EntryRow.register_id == before.register_id, EntryRow.serial == before.serial)
    last = max(session.scalars(taken))
    if last == "z":
        raise NotAllowed(f"Số {before.serial} đã dùng hết các chữ từ a đến z.")
    suffix = chr(ord(last) + 1) if last else "a"
    row = EntryRow(register_id=before.register_id, serial=before.serial, suffix=suffix, state="used", on=on, by=by, at=now)
    _tell(row, document, told)
    session.add(row)
    session.flush()
    return _line(row)


def cancel(session: Session, entry_id: int, reason: str) -> Entry:
    """Cancel a number: it stays in the register with the reason and is not given again. Raises NotFound, NotAllowed without a reason."""
    row = _get(session, entry_id)
    if not reason.strip():
        raise NotAllowed("Đề nghị ghi lý do hủy số.")
    row.state, row.document_id, row.note = "cancelled", None, _short(reason)
    session.flush()
    return _line(row)


def forward(session: Session, entry_id: int, to: str, *, on: date) -> Entry:
    """Write down who got a paper, and when. Raises NotFound, NotAllowed without a name or for a cancelled number."""
    row = _get(session, entry_id)
    if not to.strip() or row.state == "cancelled":
        raise NotAllowed("Đề nghị ghi đơn vị hoặc người nhận của một số còn dùng.")
    row.forwarded_to, row.forwarded_on = _short(to), on
    session.flush()
    return _line(row)


def close(session: Session, register_id: int, *, on: date) -> None:
    """Close a register: it is printed and bound, and gives no further number. Raises NotFound."""
    row = session.get(RegisterRow, register_id)
    if row is None:
        raise NotFound
    row.closed_on = on
    session.flush()


def entries(session: Session, register_id: int, *, seen_by: Viewer, offset: int = 0, limit: int = 200) -> tuple[Entry, ...]:
    """Give the entries of a register by number. Raises NotFound."""
    see_as(session, seen_by)
    if session.get(RegisterRow, register_id) is None:
        raise NotFound
    rows = select(EntryRow).where(EntryRow.register_id == register_id).order_by(EntryRow.serial, EntryRow.suffix)
    return tuple(_line(row) for row in session.scalars(rows.offset(offset).limit(limit)))


def entries_of(session: Session, document_id: int) -> tuple[Entry, ...]:
    """Give the entries of one document, in whichever registers."""
    own = select(EntryRow).where(EntryRow.document_id == document_id).order_by(EntryRow.id)
    return tuple(map(_line, session.scalars(own)))


def waiting(session: Session, register_id: int, *, seen_by: Viewer, limit: int = 200) -> tuple[DocumentLine, ...]:
    """Give the daily documents that stand in no register of that way yet, the oldest first: others' come in, the office's own go out.

    Raises NotFound.
    """
    see_as(session, seen_by)
    register = session.get(RegisterRow, register_id)
    if register is None:
        raise NotFound
    entered = (
        select(EntryRow.document_id)
        .join(RegisterRow, RegisterRow.id == EntryRow.register_id)
        .where(RegisterRow.way == register.way, EntryRow.document_id.is_not(None))
    )
    held = select(DocumentRow).where(DocumentRow.held, DocumentRow.purpose == "daily", DocumentRow.id.not_in(entered))
    if register.type_key:
        held = held.where(DocumentRow.type_key == register.type_key)
    office = get_office(session)
    own = key(office.name) if office else None
    rows = [row for row in session.scalars(held.order_by(DocumentRow.filed_at, DocumentRow.id)) if _is_way(row, register.way, own)]
    return tuple(document_lines(session, rows[:limit]).values())


def _is_way(row: DocumentRow, way: str, own: str | None) -> bool:
    """Say whether a document goes this way; while the office is unknown, every one has come in."""
    is_own = own is not None and key(row.agency or "") == own
    return is_own == (way == "out")


def get_register(session: Session, register_id: int, *, seen_by: Viewer) -> Register:
    """Give a register. Raises NotFound."""
    found = next((one for one in registers(session, seen_by=seen_by) if one.id == register_id), None)
    if found is None:
        raise NotFound
    return found


def _open(session: Session, register_id: int) -> RegisterRow:
    """Give a register to write in; on PostgreSQL its row is locked, on SQLite the whole transaction is."""
    row = session.scalar(select(RegisterRow).where(RegisterRow.id == register_id).with_for_update())
    if row is None:
        raise NotFound
    if row.closed_on is not None:
        raise NotAllowed(_KEPT.format(row.name, row.period, f"{row.closed_on:%d/%m/%Y}"))
    return row


def _last(session: Session, register: RegisterRow) -> EntryRow | None:
    """Give the entry with the highest number; one that was put in between counts after its number."""
    own = select(EntryRow).where(EntryRow.register_id == register.id)
    return session.scalar(own.order_by(EntryRow.serial.desc(), EntryRow.suffix.desc()).limit(1))


def _get(session: Session, entry_id: int) -> EntryRow:
    row = session.get(EntryRow, entry_id)
    if row is None:
        raise NotFound
    return row


def _entry_of(session: Session, register_id: int, document_id: int) -> EntryRow | None:
    """Find the entry of a document: one paper by three channels is one number."""
    return session.scalar(select(EntryRow).where(EntryRow.register_id == register_id, EntryRow.document_id == document_id))


def _tell(row: EntryRow, document: DocumentRow | None, told: dict[str, str]) -> None:
    """Fill an entry from its document as it stands, and over that from what the clerk says."""
    if unknown := set(told) - set(FIELDS):
        raise TypeError(f"an entry has no {', '.join(sorted(unknown))}")
    if document is not None:
        row.document_id, row.issued_on = document.id, document.issued_on
        row.author, row.number = document.agency or "", document.number or ""
        row.subject = " ".join(part for part in (document.type, document.subject) if part)
        row.forwarded_to = document.forwarded_to or ""
    for name, text in told.items():
        setattr(row, name, _short(text))


def _short(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]


def _line(row: EntryRow) -> Entry:
    return Entry(
        id=row.id,
        serial=f"{row.serial}{row.suffix or ''}",
        state=cast("Literal['used', 'held', 'cancelled']", row.state),
        on=row.on,
        author=row.author or "",
        number=row.number or "",
        issued_on=row.issued_on,
        subject=row.subject or "",
        forwarded_to=row.forwarded_to or "",
        forwarded_on=row.forwarded_on,
        note=row.note or "",
        document_id=row.document_id,
        by=row.by,
    )
