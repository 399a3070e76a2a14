"""What is done with a paper that came in, from the register to the unit that deals with it, and how is it undone?

Vào sổ, Trình lãnh đạo, Cho ý kiến, Chuyển xử lý (Nghị định 30/2020/NĐ-CP, Điều 22-24). Each step is one row that is only ever added;
undoing one is a step as well. What is done at one moment belongs together and is taken back together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.answers import Entry, Viewer
from store.errors import NotAllowed
from store.forwarding import Receivers, hand_over, take_over_back
from store.nodes import get_document, held_document
from store.register_tables import EntryRow, HandlingRow, PaperRow, RegisterRow
from store.registers import NOT_SCANNED, enter, enter_at, forward, give_back
from store.reviewed import last_reviews
from store.spelling import key
from store.taking_back import take_back, undo_duties_at

Kind = Literal["enter", "submit", "instruct", "forward"]
NAMES: dict[Kind, str] = {"enter": "Vào sổ", "submit": "Trình lãnh đạo", "instruct": "Cho ý kiến", "forward": "Chuyển xử lý"}
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class HandlingLine:
    """One thing that was done with a paper; stands is False where it was taken back."""

    kind: Kind
    by: str
    at: datetime
    to: str
    note: str
    day: date | None
    receivers: Receivers
    stands: bool


def enter_paper(  # noqa: PLR0913  a paper, its register, its number and who gives it when
    session: Session, document_id: int, register_id: int, *, on: date, by: str, now: datetime, serial: int | None = None
) -> Entry:
    """Give a paper its number of arrival: the next one, or the one that its stamp bears.

    Raises NotFound, NotAllowed for one that has a number already, and as registers.enter_at does.
    """
    held_document(session, document_id)
    if known := entry_of(session, document_id):
        raise NotAllowed(f"Văn bản đã vào sổ: số đến {known.serial}{known.suffix}, ngày {known.on:%d/%m/%Y}. Không cấp số mới.")
    was_held = serial is not None and _is_held(session, register_id, serial)
    if serial is None:
        entry = enter(session, register_id, document_id, on=on, by=by, now=now)
    else:
        entry = enter_at(session, register_id, document_id, serial, on=on, by=by, now=now)
    made = {"entry": entry.id, "was_held": was_held}
    _add(session, document_id, HandlingRow(kind="enter", by=by, at=now, to=entry.serial, day=on, made=made))
    return entry


def submit(session: Session, document_id: int, to: str, *, by: str, now: datetime, note: str = "") -> None:
    """Submit a paper to a leader. Raises NotFound, NotAllowed without a name, or for a paper that has no number yet."""
    _entered(session, document_id)
    if not to.strip():
        raise NotAllowed("Đề nghị ghi tên hoặc chức vụ của lãnh đạo nhận trình.")
    _add(session, document_id, HandlingRow(kind="submit", by=by, at=now, to=_short(to), note=_short(note)))


def instruct(  # noqa: PLR0913  what the trade's form of a leader's word asks for
    session: Session, document_id: int, words: str, receivers: Receivers, *, leader: str, day: date | None, by: str, now: datetime
) -> None:
    """Keep what a leader says about a paper: the words, who leads, who helps, by when.

    Raises NotFound, NotAllowed without words and units, or for a paper that has no number yet.
    """
    _entered(session, document_id)
    if not words.strip() and not receivers.all:
        raise NotAllowed("Đề nghị ghi ý kiến chỉ đạo hoặc chọn đơn vị chủ trì.")
    units = receivers.kept(session)
    _add(session, document_id, HandlingRow(kind="instruct", by=by, at=now, to=_short(leader), note=_short(words), day=day, units=units))


def pass_on(  # noqa: PLR0913  as instruct, without the leader
    session: Session, document_id: int, receivers: Receivers, *, note: str, day: date | None, by: str, now: datetime, on: date
) -> None:
    """Forward a paper to units: the lead gets its duties, the leader's limit with them; the register says who got it and when.

    Raises NotFound, NotAllowed without a unit, or for a paper that has no number yet.
    """
    entry = _entered(session, document_id)
    if not receivers.all:
        raise NotAllowed("Đề nghị chọn đơn vị nhận văn bản.")
    units, names = receivers.kept(session), receivers.names(session)
    added = hand_over(session, document_id, receivers, note=note, day=day, by=by, now=now)
    was = {"to": entry.forwarded_to, "on": entry.forwarded_on.isoformat() if entry.forwarded_on else None}
    told = "; ".join(names)
    forward(session, entry.id, told, on=on)
    made = {"entry": entry.id, "was": was, "told": entry.forwarded_to, "added": added}
    _add(session, document_id, HandlingRow(kind="forward", by=by, at=now, to=told, note=_short(note), day=day, units=units, made=made))


def undo(session: Session, document_id: int, *, by: str, now: datetime) -> tuple[Kind, ...]:
    """Take back what was done last with a paper, all of one moment, with the duties and the confirmation of that moment; give the kinds.

    Raises NotFound, NotAllowed where there is nothing to take back, or where others went on from it.
    """
    held_document(session, document_id)
    standing = _standing(_rows(session, document_id))
    if not standing:
        raise NotAllowed("Không có việc nào để hoàn tác.")
    moment = standing[-1].at
    together = [row for row in standing if row.at == moment]
    undo_duties_at(session, document_id, moment, by=by, now=now)
    for row in reversed(together):
        _put_back(session, row, by=by, now=now)
        session.add(HandlingRow(document_id=document_id, kind="undo", by=by, at=now, undoes=row.id))
    said = last_reviews(session, [document_id]).get(document_id)
    if said is not None and said.kind == "confirm" and said.at == moment:
        take_back(session, document_id, by=by, now=now)
    _settle(session, document_id)
    return tuple(cast("Kind", row.kind) for row in together)


def handling(session: Session, document_id: int, *, seen_by: Viewer) -> tuple[HandlingLine, ...]:
    """Give what was done with a paper, the first step first; what was taken back is marked. Raises NotFound.

    A number that was given at the register itself is told as a step too.
    """
    get_document(session, document_id, seen_by=seen_by)
    rows = _rows(session, document_id)
    stands = {row.id for row in _standing(rows)}
    lines = [_line(row, row.id in stands) for row in rows if row.kind != "undo"]
    entry = entry_of(session, document_id)
    if entry is not None and not any(line.kind == "enter" and line.stands for line in lines):
        lines.append(HandlingLine("enter", entry.by, entry.at, f"{entry.serial}{entry.suffix}", "", entry.on, Receivers(), stands=True))
    return tuple(sorted(lines, key=lambda line: line.at))


def entry_of(session: Session, document_id: int) -> EntryRow | None:
    """Give the line of a register of incoming documents in which a paper stands."""
    own = select(EntryRow).join(RegisterRow, RegisterRow.id == EntryRow.register_id)
    return session.scalar(own.where(EntryRow.document_id == document_id, RegisterRow.way == "in").order_by(EntryRow.id).limit(1))


def _entered(session: Session, document_id: int) -> EntryRow:
    held_document(session, document_id)
    entry = entry_of(session, document_id)
    if entry is None:
        raise NotAllowed("Văn bản chưa vào sổ. Đề nghị vào sổ trước.")
    return entry


def _is_held(session: Session, register_id: int, serial: int) -> bool:
    same = (EntryRow.register_id == register_id, EntryRow.serial == serial, EntryRow.state == "held", EntryRow.note == NOT_SCANNED)
    return session.scalar(select(EntryRow.id).where(*same)) is not None


def _put_back(session: Session, row: HandlingRow, *, by: str, now: datetime) -> None:
    """Make registers and duties as they were before a step."""
    made: dict[str, Any] = row.made
    entry = session.get(EntryRow, made["entry"]) if made else None
    if row.kind == "forward":
        take_over_back(session, made["added"], by=by, now=now)
        if entry is not None and entry.forwarded_to == made["told"]:
            was = made["was"]
            entry.forwarded_to, entry.forwarded_on = was["to"], date.fromisoformat(was["on"]) if was["on"] else None
    elif row.kind == "enter" and entry is not None and entry.document_id == row.document_id:
        give_back(session, entry.id, was_held=made["was_held"])


def _rows(session: Session, document_id: int) -> Sequence[HandlingRow]:
    return session.scalars(select(HandlingRow).where(HandlingRow.document_id == document_id).order_by(HandlingRow.id)).all()


def _standing(rows: Sequence[HandlingRow]) -> list[HandlingRow]:
    gone = {row.undoes for row in rows if row.kind == "undo"}
    return [row for row in rows if row.kind != "undo" and row.id not in gone]


def _add(session: Session, document_id: int, row: HandlingRow) -> None:
    row.document_id = document_id
    session.add(row)
    _settle(session, document_id)


def _settle(session: Session, document_id: int) -> None:
    """Keep how far a paper is, for the lists."""
    session.flush()
    standing = _standing(_rows(session, document_id))
    last = standing[-1] if standing else None
    paper = session.get(PaperRow, document_id) or PaperRow(document_id=document_id)
    paper.last = last.kind if last else None
    paper.holder = last.to if last and last.kind in ("submit", "forward") else ""
    paper.folded = key(paper.holder)
    paper.day = next((row.day for row in reversed(standing) if row.kind in ("instruct", "forward") and row.day), None)
    session.add(paper)
    session.flush()


def _line(row: HandlingRow, stands: bool) -> HandlingLine:
    return HandlingLine(cast("Kind", row.kind), row.by, row.at, row.to, row.note, row.day, Receivers.of(row.units), stands)


def _short(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]
