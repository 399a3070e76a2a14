"""Which case files does the office keep, and which documents lie in each?

A case file (hồ sơ) gathers what belongs to one matter. It is opened under its mark in the year's list of files, retained for so many
years from the year in which its work ended, and handed to the archive within one year of that day (Nghị định 30/2020/NĐ-CP, Điều 28 đến
30). Its table of contents lists the documents by day. A closed file is left as it is; it can be opened again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from store.answers import DocumentLine, Dossier, DossierItem, Viewer
from store.dossier_tables import DossierItemRow, DossierRow
from store.errors import NotAllowed, NotFound
from store.lines import lines_by_id
from store.nodes import get_document, held_document, is_open
from store.scope import see_as
from store.tables import DocumentRow, EdgeRow, PageTextRow

TERMS = (None, 70, 50, 30, 20, 10, 5)
"""Years of retention that an office chooses from; None is for ever."""
_YEARS = range(1945, 2200)
_LONGEST = 2_000  # letters of a title or a note
_LONGEST_MARK = 40
_CLOSED = "Hồ sơ “{}” đã kết thúc ngày {}. Đề nghị mở lại hồ sơ trước khi thêm, bớt văn bản hoặc sửa."


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on a case file: its year's list, its mark there, its title, who keeps it, years of retention (None: for ever)."""

    year: int
    mark: str
    title: str
    keeper: str = ""
    years: int | None = None
    note: str = ""


def open_dossier(session: Session, cover: Cover, *, by: str, now: datetime) -> int:
    """Open a case file; give its id. Raises NotAllowed for one that exists, or a cover without year, mark or title."""
    row = DossierRow(by=by, at=now)
    _write(session, row, cover)
    session.add(row)
    session.flush()
    return row.id


def amend(session: Session, dossier_id: int, cover: Cover) -> None:
    """Write another cover. Raises NotFound, NotAllowed for a closed file, or as open_dossier does."""
    _write(session, _open(session, dossier_id), cover)
    session.flush()


def _write(session: Session, row: DossierRow, cover: Cover) -> None:
    mark, title = _short(cover.mark, _LONGEST_MARK), _short(cover.title)
    if cover.year not in _YEARS or not mark or not title or cover.years not in TERMS:
        raise NotAllowed("Hồ sơ cần có năm, số và ký hiệu, tiêu đề và thời hạn bảo quản.")
    same = select(DossierRow.id).where(DossierRow.year == cover.year, DossierRow.mark == mark)
    if session.scalar(same) not in (None, row.id):
        raise NotAllowed(f"Danh mục năm {cover.year} đã có hồ sơ số {mark}.")
    row.year, row.mark, row.title, row.years = cover.year, mark, title, cover.years
    row.keeper, row.note = _short(cover.keeper), _short(cover.note)


def close_dossier(session: Session, dossier_id: int, *, on: date) -> None:
    """Say on which day the work of a case file ended. Raises NotFound, NotAllowed for a closed one or one without a document."""
    row = _open(session, dossier_id)
    if session.scalar(select(DossierItemRow.id).where(DossierItemRow.dossier_id == dossier_id).limit(1)) is None:
        raise NotAllowed("Hồ sơ chưa có văn bản nào, chưa kết thúc được.")
    row.closed_on = on
    session.flush()


def reopen_dossier(session: Session, dossier_id: int) -> None:
    """Take a closing back. Raises NotFound."""
    _row(session, dossier_id).closed_on = None
    session.flush()


def put_in(session: Session, dossier_id: int, document_id: int, *, by: str, now: datetime) -> None:
    """Put a held document in a case file; put in twice it lies there once. Raises NotFound, NotAllowed for a closed file."""
    _open(session, dossier_id)
    held_document(session, document_id)
    if _item(session, dossier_id, document_id) is None:
        session.add(DossierItemRow(dossier_id=dossier_id, document_id=document_id, by=by, at=now))
        session.flush()


def take_out(session: Session, dossier_id: int, document_id: int) -> None:
    """Take a document out of a case file; the document itself stays. Raises NotFound, NotAllowed for a closed file."""
    _open(session, dossier_id)
    row = _item(session, dossier_id, document_id)
    if row is None:
        raise NotFound
    session.delete(row)
    session.flush()


def remark(session: Session, dossier_id: int, document_id: int, note: str) -> None:
    """Write what the table of contents remarks of a document (bản sao, thiếu phụ lục). Raises as take_out does."""
    _open(session, dossier_id)
    row = _item(session, dossier_id, document_id)
    if row is None:
        raise NotFound
    row.note = _short(note)
    session.flush()


def dossiers(session: Session, *, seen_by: Viewer, year: int | None = None) -> tuple[Dossier, ...]:
    """Give the case files of a year (None: of all), the newest year first and by mark."""
    see_as(session, seen_by)
    rows = select(DossierRow).order_by(DossierRow.year.desc(), DossierRow.mark)
    return _lines(session, session.scalars(rows if year is None else rows.where(DossierRow.year == year)))


def years_of_dossiers(session: Session, *, seen_by: Viewer) -> dict[int, int]:
    """Count the case files of each year, the newest first."""
    see_as(session, seen_by)
    counted = select(DossierRow.year, func.count()).group_by(DossierRow.year).order_by(DossierRow.year.desc())
    return dict(session.execute(counted).all())


def get_dossier(session: Session, dossier_id: int, *, seen_by: Viewer) -> Dossier:
    """Give one case file. Raises NotFound."""
    see_as(session, seen_by)
    found = _lines(session, session.scalars(select(DossierRow).where(DossierRow.id == dossier_id)))
    if not found:
        raise NotFound
    return found[0]


def contents(session: Session, dossier_id: int, *, seen_by: Viewer) -> tuple[DossierItem, ...]:
    """Give the table of contents: the documents by day, those without a day last. Raises NotFound."""
    get_dossier(session, dossier_id, seen_by=seen_by)
    notes = dict(
        session.execute(select(DossierItemRow.document_id, DossierItemRow.note).where(DossierItemRow.dossier_id == dossier_id)).all()
    )
    lines = lines_by_id(session, notes)
    counted = select(PageTextRow.document_id, func.count()).where(PageTextRow.document_id.in_(notes), PageTextRow.page > 0)
    pages = dict(session.execute(counted.group_by(PageTextRow.document_id)).all())
    order = sorted(lines, key=lambda known: (lines[known].issued_on or date.max, known))
    return tuple(DossierItem(at, lines[known], pages.get(known), notes[known]) for at, known in enumerate(order, 1))


def dossiers_of(session: Session, document_id: int, *, seen_by: Viewer) -> tuple[Dossier, ...]:
    """Give the case files in which a document lies. Raises NotFound."""
    get_document(session, document_id, seen_by=seen_by)
    holding = select(DossierItemRow.dossier_id).where(DossierItemRow.document_id == document_id)
    return _lines(session, session.scalars(select(DossierRow).where(DossierRow.id.in_(holding)).order_by(DossierRow.id)))


def line_of(session: Session, document_id: int, *, seen_by: Viewer) -> DocumentLine:
    """Give the line of a document that somebody wants to put in, or took out. Raises NotFound."""
    get_document(session, document_id, seen_by=seen_by)
    return lines_by_id(session, [document_id])[document_id]


def related(session: Session, dossier_id: int, *, seen_by: Viewer, limit: int = 10) -> tuple[DocumentLine, ...]:
    """Give held documents that cite those of a case file or are cited by them and do not lie in it, the newest first. Raises NotFound."""
    get_dossier(session, dossier_id, seen_by=seen_by)
    inside = select(DossierItemRow.document_id).where(DossierItemRow.dossier_id == dossier_id)
    citing = select(EdgeRow.source_id).where(EdgeRow.target_id.in_(inside))
    cited = select(EdgeRow.target_id).where(EdgeRow.source_id.in_(inside))
    near = select(DocumentRow.id).where(or_(DocumentRow.id.in_(citing), DocumentRow.id.in_(cited)), DocumentRow.id.not_in(inside))
    found = session.scalars(
        near.where(DocumentRow.held, is_open()).order_by(DocumentRow.issued_on.desc(), DocumentRow.id).limit(limit)
    ).all()
    lines = lines_by_id(session, found)
    return tuple(lines[known] for known in found)


def _lines(session: Session, rows: Iterable[DossierRow]) -> tuple[Dossier, ...]:
    found = list(rows)
    counted = select(DossierItemRow.dossier_id, func.count()).where(DossierItemRow.dossier_id.in_([row.id for row in found]))
    count = dict(session.execute(counted.group_by(DossierItemRow.dossier_id)).all())
    return tuple(
        Dossier(
            row.id,
            row.year,
            row.mark,
            row.title,
            row.keeper,
            row.years,
            row.note,
            row.closed_on,
            _a_year_after(row.closed_on),
            count.get(row.id, 0),
        )
        for row in found
    )


def _a_year_after(day: date | None) -> date | None:
    """Give the last day on which a file that ended then is handed to the archive."""
    if day is None:
        return None
    return day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else date(day.year + 1, 2, 28)


def _row(session: Session, dossier_id: int) -> DossierRow:
    row = session.get(DossierRow, dossier_id)
    if row is None:
        raise NotFound
    return row


def _open(session: Session, dossier_id: int) -> DossierRow:
    """Give a case file to write in. Raises NotFound, NotAllowed for a closed one."""
    row = _row(session, dossier_id)
    if row.closed_on is not None:
        raise NotAllowed(_CLOSED.format(row.mark, f"{row.closed_on:%d/%m/%Y}"))
    return row


def _item(session: Session, dossier_id: int, document_id: int) -> DossierItemRow | None:
    return session.scalar(select(DossierItemRow).where(DossierItemRow.dossier_id == dossier_id, DossierItemRow.document_id == document_id))


def _short(text: str, longest: int = _LONGEST) -> str:
    return " ".join(text.split())[:longest]
