"""Which papers came in, or go out, how far is each, and who has it?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from store.answers import DocumentLine, Viewer
from store.errors import NotFound
from store.lines import lines_by_id
from store.matching import matching
from store.nodes import get_document, is_open
from store.office import get_office
from store.register_tables import EntryRow, HandlingRow, PaperRow, RegisterRow
from store.scope import see_as
from store.spelling import key
from store.tables import DocumentRow
from store.urgency import is_urgent, urgency

Way = Literal["in", "out"]
Stage = Literal["Chờ vào sổ", "Chờ trình", "Chờ ý kiến", "Chờ chuyển", "Đã chuyển", "Đã vào sổ"]
"""How far a paper is: of one that goes out only the first and the last."""
STAGES: dict[Way, tuple[Stage, ...]] = {
    "in": ("Chờ vào sổ", "Chờ trình", "Chờ ý kiến", "Chờ chuyển", "Đã chuyển"),
    "out": ("Chờ vào sổ", "Đã vào sổ"),
}
_AFTER: dict[str, Stage] = {"submit": "Chờ ý kiến", "instruct": "Chờ chuyển", "forward": "Đã chuyển"}
_CLERK = "Văn thư"
_TOLD = (DocumentRow.id, DocumentRow.arrived_as, DocumentRow.arrived_on)


@dataclass(frozen=True, slots=True)
class Wanted:
    """To which papers a list is narrowed; nothing said lets all pass.

    stage `Đã vào sổ`: all that have a number; since, until: days of arrival; holder: a part of who has it; words: on one page, or a number.
    """

    stage: Stage | None = None
    since: date | None = None
    until: date | None = None
    holder: str = ""
    words: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper of a list. serial and on are its number and day in the register, as_stamped what its stamp says; limit is the leader's."""

    document: DocumentLine
    stage: Stage
    serial: str | None
    on: date | None
    as_stamped: str | None
    stamped_on: date | None
    urgency: str | None
    holder: str
    limit: date | None
    entry: tuple[int, int] | None
    """The register and the line in it."""


def papers(session: Session, way: Way, wanted: Wanted, *, seen_by: Viewer, offset: int = 0, limit: int = 100) -> tuple[PaperLine, ...]:
    """Give the daily papers that came in, or the office's own that go out.

    Those without a number come first, urgent ones before others and the oldest first; then the others, the newest number first.
    """
    see_as(session, seen_by)
    asked = _asked(session, way).where(*_narrowed(session, wanted))
    waits = EntryRow.id.is_(None)
    order = (waits.desc(), and_(waits, is_urgent(session)).desc(), EntryRow.on.desc(), EntryRow.serial.desc(), EntryRow.suffix.desc())
    ordered = asked.order_by(*order, DocumentRow.filed_at, DocumentRow.id).offset(offset).limit(limit)
    rows = session.execute(ordered.with_only_columns(*_TOLD, EntryRow, PaperRow)).all()
    ids = [row.id for row in rows]
    lines, hurry = lines_by_id(session, ids), urgency(session, ids)
    return tuple(_line(way, lines[row.id], hurry.get(row.id), row) for row in rows)


def stages(session: Session, way: Way, wanted: Wanted, *, seen_by: Viewer) -> dict[Stage, int]:
    """Count the papers of each stage that a list so narrowed holds, whichever stage it is narrowed to."""
    see_as(session, seen_by)
    narrowed = _narrowed(session, replace(wanted, stage=None))
    asked = _asked(session, way).where(*narrowed).with_only_columns(_stage(way), func.count()).group_by(_stage(way))
    found = dict(session.execute(asked).all())
    return {stage: found.get(stage, 0) for stage in STAGES[way]}


def paper(session: Session, document_id: int, *, seen_by: Viewer) -> PaperLine:
    """Give the line of one paper that came in. Raises NotFound for one that is not held."""
    get_document(session, document_id, seen_by=seen_by)
    asked = _joined("in").where(DocumentRow.id == document_id, DocumentRow.held).limit(1)
    row = session.execute(asked.with_only_columns(*_TOLD, EntryRow, PaperRow)).one_or_none()
    if row is None:
        raise NotFound
    line = lines_by_id(session, [document_id])[document_id]
    return _line("in", line, urgency(session, [document_id]).get(document_id), row)


def leaders(session: Session, *, seen_by: Viewer, most: int = 9) -> tuple[str, ...]:
    """Give to whom papers were submitted, the latest first: who is likely to be named again."""
    see_as(session, seen_by)
    named = select(HandlingRow.to).where(HandlingRow.kind == "submit").group_by(HandlingRow.to)
    return tuple(session.scalars(named.order_by(func.max(HandlingRow.id).desc()).limit(most)))


def _joined(way: Way) -> Select[DocumentRow, EntryRow, PaperRow]:
    entered = select(EntryRow.id).join(RegisterRow, RegisterRow.id == EntryRow.register_id).where(RegisterRow.way == way)
    here = and_(EntryRow.document_id == DocumentRow.id, EntryRow.id.in_(entered))
    joined = select(DocumentRow, EntryRow, PaperRow).select_from(DocumentRow).outerjoin(EntryRow, here)
    return joined.outerjoin(PaperRow, PaperRow.document_id == DocumentRow.id)


def _asked(session: Session, way: Way) -> Select[DocumentRow, EntryRow, PaperRow]:
    """Ask for the papers that go a way; while the office is unknown, every one has come in. What is entered there goes there."""
    own = DocumentRow.agency.in_(_own_names(session))
    goes = own if way == "out" else or_(DocumentRow.agency.is_(None), ~own)
    return _joined(way).where(DocumentRow.held, DocumentRow.purpose == "daily", or_(EntryRow.id.is_not(None), and_(goes, is_open())))


def _own_names(session: Session) -> list[str]:
    """Give the spellings of the office's own name that its documents bear."""
    office = get_office(session)
    if office is None:
        return []
    return [name for name in session.scalars(select(DocumentRow.agency).distinct()) if name and key(name) == key(office.name)]


def _narrowed(session: Session, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.stage == "Đã vào sổ":
        yield EntryRow.id.is_not(None)
    elif wanted.stage:
        yield _stage("in") == wanted.stage
    if wanted.since:
        filed = DocumentRow.filed_at >= datetime.combine(wanted.since, time.min)
        yield _came(EntryRow.on >= wanted.since, DocumentRow.arrived_on >= wanted.since, filed)
    if wanted.until:
        filed = DocumentRow.filed_at < datetime.combine(wanted.until + timedelta(days=1), time.min)
        yield _came(EntryRow.on <= wanted.until, DocumentRow.arrived_on <= wanted.until, filed)
    if wanted.urgent:
        yield is_urgent(session)
    if key(wanted.holder):
        yield PaperRow.folded.contains(key(wanted.holder), autoescape=True)
    if wanted.words.strip():
        found = matching(session, wanted.words)
        yield or_(DocumentRow.id.in_(found.bearers), *(() if found.pages is None else (found.pages,)))


def _came(entered: ColumnElement[bool], stamped: ColumnElement[bool], filed: ColumnElement[bool]) -> ColumnElement[bool]:
    """Say when a paper came: by the register, else by its stamp, else when it was handed in."""
    unstamped = and_(DocumentRow.arrived_on.is_(None), filed)
    return case((EntryRow.id.is_not(None), entered), else_=or_(stamped, unstamped))


def _stage(way: Way) -> ColumnElement[str]:
    if way == "out":
        return case((EntryRow.id.is_(None), "Chờ vào sổ"), else_="Đã vào sổ")
    after = {last: literal(stage) for last, stage in _AFTER.items()}
    return case((EntryRow.id.is_(None), "Chờ vào sổ"), else_=case(after, value=PaperRow.last, else_="Chờ trình"))


def _line(way: Way, document: DocumentLine, hurry: str | None, row: Row[*tuple[Any, ...]]) -> PaperLine:
    entry: EntryRow | None = row.EntryRow
    step: PaperRow | None = row.PaperRow
    return PaperLine(
        document=document,
        stage=_stage_of(way, entry, step),
        serial=f"{entry.serial}{entry.suffix}" if entry else None,
        on=entry.on if entry else None,
        as_stamped=row.arrived_as,
        stamped_on=row.arrived_on,
        urgency=hurry,
        holder=(step.holder if step else "") or _CLERK,
        limit=step.day if step else None,
        entry=(entry.register_id, entry.id) if entry else None,
    )


def _stage_of(way: Way, entry: EntryRow | None, step: PaperRow | None) -> Stage:
    if entry is None:
        return "Chờ vào sổ"
    if way == "out":
        return "Đã vào sổ"
    return _AFTER.get(step.last or "", "Chờ trình") if step else "Chờ trình"
