"""Who gets a paper, and which duties go to them with it?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from nlp.directive import NOWHERE, Duty
from store.answers import Deed, Unit, Viewer
from store.by_hand import add_duty, remove_duty
from store.errors import NotAllowed, NotFound
from store.nodes import get_document, held_document
from store.progress import CLOSED
from store.register_tables import HandlingRow
from store.spelling import key
from store.tables import DocumentRow, DutyRow
from store.units import units
from store.work import take
from store.work_tables import UnitRow, WorkRow

_LOOKED_AT = 200  # earlier papers of a body that tell to whom the next one is likely to go


@dataclass(frozen=True, slots=True)
class Receivers:
    """Units that get a paper: who leads, who helps, who is only informed."""

    lead: int | None = None
    helping: tuple[int, ...] = ()
    informed: tuple[int, ...] = ()

    @property
    def all(self) -> tuple[int, ...]:
        """Give every unit once, the lead first."""
        return tuple(dict.fromkeys((*((self.lead,) if self.lead else ()), *self.helping, *self.informed)))

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Receivers":
        """Give them as they were kept."""
        return cls(kept.get("lead"), tuple(kept.get("helping", ())), tuple(kept.get("informed", ())))

    def kept(self, session: Session) -> dict[str, Any]:
        """Give them as they are kept. Raises NotFound for a unit that is not there."""
        self.names(session)
        return {"lead": self.lead, "helping": list(self.helping), "informed": list(self.informed)}

    def names(self, session: Session) -> list[str]:
        """Give their names, the lead's first. Raises NotFound for a unit that is not there."""
        known = {row.id: row.name for row in session.scalars(select(UnitRow).where(UnitRow.id.in_(self.all)))}
        if len(known) < len(self.all):
            raise NotFound("Không tìm thấy đơn vị.")
        return [known[unit] for unit in self.all]


def hand_over(  # noqa: PLR0913  a paper, who gets it, the leader's word, and who forwards when
    session: Session, document_id: int, receivers: Receivers, *, note: str, day: date | None, by: str, now: datetime
) -> int | None:
    """Give the lead what the office has confirmed as its duties in a paper, or one duty to deal with it; give the id of one that was made.

    day: the leader's own limit. A paper that is sent for information only gives nobody a duty.
    """
    if receivers.lead is None:
        return None
    duties = _own_duties(session, document_id)
    added = None if duties else _make(session, document_id, receivers, note, by=by, now=now)
    for duty in duties if added is None else [added]:
        take(session, duty, Deed("assign", note, units=(receivers.lead,)), by=by, now=now)
        if day is not None:
            take(session, duty, Deed("instruct", note, day), by=by, now=now)
    return added


def take_over_back(session: Session, added: int | None, *, by: str, now: datetime) -> None:
    """Take away the duty that was made when a paper was forwarded; its steps were taken back before."""
    if added is not None and session.get(DutyRow, added) is not None:
        remove_duty(session, added, by=by, now=now)


def _own_duties(session: Session, document_id: int) -> list[int]:
    """Give the duties of a paper that somebody confirmed, that are not at their end and not shared out to many."""
    own = select(DutyRow.id).join(WorkRow, WorkRow.duty_id == DutyRow.id).where(DutyRow.document_id == document_id)
    open_ones = own.where(WorkRow.accepted_by.is_not(None), WorkRow.state.not_in(CLOSED), WorkRow.members == 0)
    return list(session.scalars(open_ones.order_by(DutyRow.position, DutyRow.id)))


def _make(session: Session, document_id: int, receivers: Receivers, note: str, *, by: str, now: datetime) -> int:
    """Make the duty to deal with a paper: what the leader says, else what the paper is about."""
    document = held_document(session, document_id)
    lead, *others = receivers.names(session)
    helping = tuple(others[: len(receivers.helping)])
    task = note.strip() or f"Xử lý {_named(document)}"
    duty = Duty(task, NOWHERE, 1.0, "chuyển xử lý", assignee=lead, co_ordinators=helping, inferred=())
    return add_duty(session, document_id, duty, None, by=by, now=now)


def _named(document: DocumentRow) -> str:
    named = " ".join(part for part in (document.type, document.number) if part) or "văn bản"
    return f"{named} {document.subject}" if document.subject else named


def likely_units(session: Session, document_id: int, *, seen_by: Viewer) -> tuple[Unit, ...]:
    """Give the open units, those first that the stamp names, then those that got papers of the same body before, most often first."""
    document = get_document(session, document_id, seen_by=seen_by)
    said = f" {key(document.forwarded_to or '')} "
    same = select(HandlingRow.units).join(DocumentRow, DocumentRow.id == HandlingRow.document_id)
    earlier = (
        same.where(HandlingRow.kind == "forward", DocumentRow.agency == document.agency).order_by(HandlingRow.id.desc()).limit(_LOOKED_AT)
    )
    often = Counter(kept["lead"] for kept in session.scalars(earlier) if kept.get("lead"))
    return tuple(sorted(units(session, seen_by=seen_by), key=lambda unit: (f" {key(unit.name)} " not in said, -often[unit.id])))


def units_named(known: Iterable[Unit], text: str) -> tuple[int, ...]:
    """Find units by what somebody typed, one a line or between semicolons: the whole name, or a part that only one of them has.

    Raises NotAllowed with a name that is none, or of several.
    """
    found = []
    names = {key(unit.name): unit.id for unit in known}
    for said in (part.strip() for part in text.replace("\n", ";").split(";")):
        wanted = key(said)
        near = [names[wanted]] if wanted in names else [unit for name, unit in names.items() if wanted in name]
        if wanted and len(near) != 1:
            several = "Có nhiều đơn vị khớp với" if near else "Không có đơn vị"
            raise NotAllowed(f"{several} “{said}”. Đề nghị ghi đủ tên, hoặc khai báo tại mục Cơ quan.")
        found += near if wanted else []
    return tuple(dict.fromkeys(found))
