"""Which agency is meant, and is it the same as another?"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.bodies import Around, Body, around, placed, take_apart
from store.knowledge import agency_words
from store.numbers import NumberKey
from store.office import get_office
from store.same_tables import SameAgencyRow
from store.tables import AgencyRow, DocumentRow


def surroundings(session: Session, document: DocumentRow) -> Around:
    """Give what a bare name means in a document: by its agency, the body above, and the office's chain if it is the office's paper."""
    mark = f"?agency:{document.agency_id}" if document.agency_id else own_mark(document)
    names = [document.agency, document.parent_agency]
    office = get_office(session)
    if office and document.agency and _is_of(document.agency, (office.name, office.parent)):
        above = [office.parent] if _is_of(document.agency, (office.parent,)) else [office.name, office.parent]
        names += above
    return around(mark, *names, place=document.place)


def own_mark(document: DocumentRow) -> str:
    """Give what parts the bare names in a held document from those in others: its bytes, and where it is not the first in them its page."""
    return f"?document:{document.sha256}" + (f":{document.first_page}" if document.first_page > 1 else "")


def _is_of(name: str, bodies: tuple[str | None, ...]) -> bool:
    """Say whether a name is one of the bodies, or the bare form of one."""
    own = take_apart(name)
    others = [take_apart(body) for body in bodies if body]
    return any(own.base == b.base and own.level == b.level and own.place in (None, b.place) for b in others)


def agency_of(session: Session, name: str | None, number: NumberKey | None, where: Around) -> AgencyRow | None:
    """Give the agency that a name (or, without one, a number's letters) means in these surroundings; a new one is kept."""
    name = name or (agency_words().organs.get(number.organ) if number else None)
    if not name:
        return None
    body = placed(_behind(take_apart(name), number), where)
    scope = ""
    if not body.is_placed:
        scope = where.mark
    elif body.level in ("district", "commune"):
        scope = body.province or ""
    return _meant(session, _find(session, body, scope) or _keep(session, body, scope, name))


def _meant(session: Session, agency: AgencyRow) -> AgencyRow:
    """Give the agency that a person said this one to be, else itself."""
    standing = select(SameAgencyRow.same_as_id).where(SameAgencyRow.agency_id == agency.id, SameAgencyRow.split_at.is_(None))
    other = session.scalar(standing)
    return session.get_one(AgencyRow, other) if other else agency


def _behind(body: Body, number: NumberKey | None) -> Body:
    """Give the body behind its office when the number bears the body's letters (Văn phòng Huyện ủy signs a -CV/HU)."""
    office = next((o for o in agency_words().offices if body.base.startswith(f"{o} ")), None)
    if office is None or number is None or number.organ.startswith("vp"):
        return body
    return Body(body.base[len(office) + 1 :], body.level, body.place, body.province)


def _find(session: Session, body: Body, scope: str) -> AgencyRow | None:
    """Find a body by its key; one whose province is unknown is the one of that name, when there is only one."""
    rows = session.scalars(select(AgencyRow).where(AgencyRow.folded == body.folded)).all()
    exact = next((row for row in rows if row.scope == scope), None)
    if exact or not body.is_placed:
        return exact
    if scope:
        unscoped = next((row for row in rows if not row.scope), None)
        if unscoped:
            unscoped.scope = unscoped.province = scope
        return unscoped
    return rows[0] if len(rows) == 1 else None


def _keep(session: Session, body: Body, scope: str, name: str) -> AgencyRow:
    row = AgencyRow(name=name, folded=body.folded, scope=scope, level=body.level, province=body.province, placed=body.is_placed)
    session.add(row)
    session.flush()
    return row


def same(one: AgencyRow | None, other: AgencyRow | None) -> bool | None:
    """Say whether two are one agency; None when that cannot be told."""
    if one is None or other is None:
        return None
    if one.id == other.id:
        return True
    if one.placed and other.placed:
        return False
    bare, whole = sorted((one, other), key=lambda row: row.placed)
    kind, _, place = bare.folded.rpartition("|")
    return None if not place and whole.folded.startswith(f"{kind}|") else False
