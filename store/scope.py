"""Which documents may the one who asks see?

The one place where that is decided. Văn thư, lưu trữ, lãnh đạo and quản trị see every document of the office. A chuyên viên sees

- what is addressed, forwarded or assigned to their unit, or names it (or a group that it is in) for a duty,
- what they handed in themselves,
- legal documents of the State, which are public (their number holds its year: Luật 64/2025/QH15, Điều 7; Nghị định 78/2025/NĐ-CP),
- of what is only cited and not held, what a document that they may see cites.

store/sight.py keeps for each document who that is, in the table sight. Here every question that a session asks is narrowed to it,
whatever function asks it: no function can forget. A session learns who asks from its engine (`seen_as`, one for each request), or from
the function that is asked (`see_as`). A hidden document, and whatever hangs on one, is as if it were not there; counting does not
count it. A document that may be seen and cites a hidden one still says so, in its own words only.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Engine, Select, Table, and_, event, or_, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql.base import ExecutableOption

from store.account_tables import SightRow
from store.answers import Viewer
from store.audit_tables import AuditRow
from store.dossier_tables import DossierItemRow, DossierRow
from store.page_tables import ClosedRow, LeafRow, PageStepRow
from store.quarantine_tables import QuarantineRow
from store.register_tables import EntryRow, HandlingRow, PaperRow
from store.same_tables import SameDocumentRow
from store.tables import (
    AgencyRow,
    AliasRow,
    AttachmentRow,
    Base,
    CandidateRow,
    CorrectionRow,
    DocumentRow,
    DutyRow,
    EdgeRow,
    EventRow,
    JobDocumentRow,
    JobRow,
    PageTextRow,
    ReceiptRow,
    RecipientRow,
    ReferenceRow,
    ValueRow,
)
from store.work_tables import HandRow, LockRow, ProductRow, ReviewRow, SavedQueryRow, StepRow, WorkRow

_VIEWER = "seen_by"
_SIGHT, _DOCUMENT, _DUTY, _STEP, _RECEIPT, _ITEM = (
    cast("Table", row.__table__) for row in (SightRow, DocumentRow, DutyRow, StepRow, ReceiptRow, DossierItemRow)
)
_OF_A_DOCUMENT: tuple[type[Any], ...] = (
    AliasRow, AttachmentRow, CandidateRow, ClosedRow, CorrectionRow, DossierItemRow, DutyRow, EntryRow, EventRow, HandRow, HandlingRow,
    JobDocumentRow, LeafRow, LockRow, PageStepRow, PageTextRow, PaperRow, RecipientRow, ReferenceRow, ReviewRow, SameDocumentRow, ValueRow,
)  # fmt: skip
"""Tables whose rows are part of one document, by document_id."""
ANYBODYS = {
    "office", "unit", "unit_group", "unit_group_member", "register", "office_setting", "office_day", "original", "same_agency",
    "audit_head", "account", "login", "api_token", "login_failure", "sight", "tombstone",
}  # fmt: skip
"""Tables that hold nothing of any document. A test holds that every other one is narrowed here."""


def seen_as(engine: Engine, viewer: Viewer) -> Engine:
    """Give an engine whose sessions hand out only what the viewer may see; it shares its connections with the one given."""
    return engine.execution_options(**{_VIEWER: viewer})


def see_as(session: Session, viewer: Viewer) -> None:
    """Let a session hand out, from here on, only what the viewer may see; what its engine narrows stays narrowed."""
    session.info[_VIEWER] = viewer


def names_of(viewer: Viewer) -> tuple[str, ...]:
    """Give the names under which the table sight may let the viewer see a document."""
    unit = (f"unit {viewer.unit}",) if viewer.unit is not None else ()
    return ("all", f"by {viewer.name}", *unit)


def is_narrowed(session: Session) -> bool:
    """Say whether a session hands out less than all."""
    return bool(_narrowing(session))


def _narrowing(session: Session) -> set[Viewer]:
    """Give those who ask and do not see all: the viewer of the engine, and the one of the function that was asked."""
    asking: set[Viewer | None] = {session.info.get(_VIEWER), session.get_bind().get_execution_options().get(_VIEWER)}
    return {viewer for viewer in asking if viewer is not None and not viewer.sees_all}


@event.listens_for(Session, "do_orm_execute")
def _narrow(asked: ORMExecuteState) -> None:
    """Put to every question what the viewer may see."""
    if not asked.is_select or asked.is_column_load or asked.execution_options.get("for_all"):
        return
    for viewer in _narrowing(asked.session):
        asked.statement = asked.statement.options(*_criteria(names_of(viewer), viewer.name))


@lru_cache(maxsize=500)
def _criteria(names: tuple[str, ...], name: str) -> tuple[ExecutableOption, ...]:
    """Give what is so of the rows of each table that may be seen: under these names, by the person of that name.

    Each is a lambda of its own, of the row and these two values only, because SQLAlchemy keeps what a lambda gave for the next question.
    """
    rules: dict[type[Base], Callable[[Any], ColumnElement[bool]]] = {
        **{table: lambda row: _seen(row.document_id, names) for table in _OF_A_DOCUMENT},
        DocumentRow: lambda row: _seen(row.id, names),
        EdgeRow: lambda row: and_(_seen(row.source_id, names), _seen(row.target_id, names), _seen(row.stated_by, names)),
        StepRow: lambda row: _is_of_seen_duty(row.duty_id, names),
        WorkRow: lambda row: _is_of_seen_duty(row.duty_id, names),
        ProductRow: lambda row: and_(row.step_id.in_(_steps(names)), or_(row.document_id.is_(None), _seen(row.document_id, names))),
        DossierRow: lambda row: row.id.in_(_files(names)),
        ReceiptRow: lambda row: row.received_by == name,
        JobRow: lambda row: row.receipt_id.in_(_brought(name)),
        QuarantineRow: lambda row: row.receipt_id.in_(_brought(name)),
        AgencyRow: lambda row: row.id.in_(_agencies(names)),
        SavedQueryRow: lambda row: row.by == name,
        AuditRow: lambda row: and_(_seen(row.document_id, names), row.who == name),
    }
    return tuple(with_loader_criteria(table, rule, include_aliases=True) for table, rule in rules.items())


def _seen(column: Any, names: Any) -> ColumnElement[bool]:  # noqa: ANN401  a column of any table, values that SQLAlchemy tracks
    """Look each document up by itself: a list of all that may be seen would be made anew for each table of each question."""
    return select(_SIGHT.c.who).where(_SIGHT.c.document_id == column, _SIGHT.c.who.in_(names)).correlate_except(_SIGHT).exists()


def _is_of_seen_duty(column: Any, names: Any) -> ColumnElement[bool]:  # noqa: ANN401  as above
    return select(_DUTY.c.id).where(_DUTY.c.id == column, _seen(_DUTY.c.document_id, names)).correlate_except(_DUTY).exists()


def _steps(names: Any) -> Select[Any]:  # noqa: ANN401  as above
    return select(_STEP.c.id).where(_is_of_seen_duty(_STEP.c.duty_id, names)).correlate(None)


def _files(names: Any) -> Select[Any]:  # noqa: ANN401  as above
    return select(_ITEM.c.dossier_id).where(_seen(_ITEM.c.document_id, names)).correlate(None)


def _brought(name: Any) -> Select[Any]:  # noqa: ANN401  as above
    return select(_RECEIPT.c.id).where(_RECEIPT.c.received_by == name).correlate(None)


def _agencies(names: Any) -> Select[Any]:  # noqa: ANN401  as above
    return select(_DOCUMENT.c.agency_id).where(_seen(_DOCUMENT.c.id, names), _DOCUMENT.c.agency_id.is_not(None)).correlate(None)
