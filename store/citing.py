"""Which papers cite a document, which cite what is no longer in force, what is relied on most, and what stands alone?"""

from datetime import date
from typing import cast

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from nlp.directive import Relation
from store.answers import Directing, DocumentLine, Outdated, Viewer
from store.bonds import RESTS, binds
from store.lines import lines_by_id
from store.nodes import get_document
from store.scope import see_as
from store.tables import DocumentRow, DutyRow, EdgeRow
from store.validity import ENDS

_citing, _ending = aliased(DocumentRow), aliased(DocumentRow)


def cited_by(
    session: Session, document_id: int, *, seen_by: Viewer, relation: Relation | None = None, before: int | None = None, limit: int = 50
) -> tuple[DocumentLine, ...]:
    """Give a page of the documents that cite one, the newest filed first; before: the last one of the page before. Raises NotFound."""
    get_document(session, document_id, seen_by=seen_by)
    asked = select(EdgeRow.source_id).distinct().where(EdgeRow.target_id == document_id)
    if relation:
        asked = asked.where(EdgeRow.relation == relation)
    if before is not None:
        asked = asked.where(EdgeRow.source_id < before)
    order = session.scalars(asked.order_by(EdgeRow.source_id.desc()).limit(limit)).all()
    lines = lines_by_id(session, order)
    return tuple(lines[known] for known in order)


def most_relied_on(
    session: Session,
    *,
    seen_by: Viewer,
    limit: int = 20,
    days: tuple[date, date] | None = None,
    type_key: str | None = None,
    agency_id: int | None = None,
) -> tuple[tuple[DocumentLine, int], ...]:
    """Give the documents that most others rest on, with how many; only legal bases count.

    days: by papers of these days, first and last; type_key, agency_id: only documents of that kind, of that agency.
    """
    see_as(session, seen_by)
    of = [binds(), *([DocumentRow.type_key == type_key] if type_key else []), *([DocumentRow.agency_id == agency_id] if agency_id else [])]
    count = func.count(EdgeRow.source_id.distinct()) if days else DocumentRow.basis_of
    asked = select(DocumentRow.id, count).where(DocumentRow.basis_of > 0, *of).order_by(count.desc(), DocumentRow.id).limit(limit)
    if days:
        asked = asked.join(EdgeRow, EdgeRow.target_id == DocumentRow.id).join(_citing, _citing.id == EdgeRow.source_id)
        asked = asked.where(_citing.issued_on.between(*days), EdgeRow.relation.in_(RESTS)).group_by(DocumentRow.id)
    rows = session.execute(asked).all()
    lines = lines_by_id(session, [known for known, _ in rows])
    return tuple((lines[known], many) for known, many in rows)


def citing_what_ended(  # noqa: PLR0913  which of them, and which part of the list, all named
    session: Session,
    *,
    as_of: date,
    seen_by: Viewer,
    days: tuple[date, date] | None = None,
    only_then: bool = False,
    offset: int = 0,
    limit: int = 50,
) -> tuple[Outdated, ...]:
    """Give the directives that rest on, or apply, what is no longer in force on a day, the newest first.

    days: only those of these days; only_then: only those that did so when it had ended already, which is an error; the others are a
    task. Documents that have no day are left out, and those that ended what they cite.
    """
    see_as(session, seen_by)
    ends = (EdgeRow.relation.in_(ENDS), EdgeRow.scope == "")
    ended = (
        select(EdgeRow.target_id, func.min(_ending.issued_on).label("on"))
        .join(_ending, _ending.id == EdgeRow.source_id)
        .join(DocumentRow, DocumentRow.id == EdgeRow.target_id)
        .where(*ends, _ending.issued_on <= as_of, binds(), func.coalesce(_ending.issued_on >= DocumentRow.issued_on, True))
        .group_by(EdgeRow.target_id)
        .subquery()
    )
    asked = (
        select(EdgeRow.source_id, EdgeRow.target_id, EdgeRow.relation, ended.c.on, _citing.issued_on)
        .join(ended, ended.c.target_id == EdgeRow.target_id)
        .join(_citing, _citing.id == EdgeRow.source_id)
        .where(_citing.held, _citing.issued_on <= as_of, EdgeRow.relation.in_(RESTS))
        .order_by(_citing.issued_on.desc(), EdgeRow.source_id.desc(), EdgeRow.target_id)
        .offset(offset)
        .limit(limit)
    )
    if days:
        asked = asked.where(_citing.issued_on.between(*days))
    rows = session.execute(asked.where(_citing.issued_on > ended.c.on) if only_then else asked).all()
    enders = _enders(session, {row.target_id: row.on for row in rows})
    lines = lines_by_id(session, {one for row in rows for one in (row.source_id, row.target_id)} | set(enders.values()))
    return tuple(
        Outdated(
            document=lines[row.source_id],
            cited=lines[row.target_id],
            relation=cast("Relation", row.relation),
            ended_on=row.on,
            ended_by=lines[enders[row.target_id]],
            was_ended=row.issued_on > row.on,
        )
        for row in rows
    )


def _enders(session: Session, days: dict[int, date]) -> dict[int, int]:
    """Give for each document that ended the one that ended it on its day."""
    asked = (
        select(EdgeRow.target_id, EdgeRow.source_id, _ending.issued_on)
        .join(_ending, _ending.id == EdgeRow.source_id)
        .where(EdgeRow.target_id.in_(days), EdgeRow.relation.in_(ENDS), EdgeRow.scope == "")
        .order_by(EdgeRow.source_id.desc())
    )
    return {row.target_id: row.source_id for row in session.execute(asked) if row.issued_on == days[row.target_id]}


def orphans(session: Session, *, seen_by: Viewer, offset: int = 0, limit: int = 50) -> tuple[DocumentLine, ...]:
    """Give the documents that are held, cite nothing and are cited by nothing, the newest filed first."""
    see_as(session, seen_by)
    alone = (DocumentRow.held, DocumentRow.cited_by == 0, ~exists().where(EdgeRow.source_id == DocumentRow.id))
    order = session.scalars(select(DocumentRow.id).where(*alone).order_by(DocumentRow.id.desc()).offset(offset).limit(limit)).all()
    lines = lines_by_id(session, order)
    return tuple(lines[known] for known in order)


def who_directs_whom(session: Session, *, seen_by: Viewer, agency_id: int | None = None, limit: int = 50) -> tuple[Directing, ...]:
    """Give which agency's papers gave most duties to which body; agency_id: of that agency only."""
    see_as(session, seen_by)
    count = func.count()
    asked = (
        select(DocumentRow.agency, DutyRow.assignee, count)
        .join(DocumentRow, DocumentRow.id == DutyRow.document_id)
        .where(DocumentRow.agency.is_not(None), DutyRow.assignee.is_not(None))
        .group_by(DocumentRow.agency, DutyRow.assignee)
        .order_by(count.desc(), DocumentRow.agency, DutyRow.assignee)
        .limit(limit)
    )
    rows = session.execute(asked.where(DocumentRow.agency_id == agency_id) if agency_id else asked)
    return tuple(Directing(giver or "", assignee or "", many) for giver, assignee, many in rows)
