"""Which agencies do documents name, how many has each, which were said to be one, and which may be?"""

from collections import defaultdict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.answers import AgencyLine, Viewer
from store.errors import NotFound
from store.same_tables import SameAgencyRow
from store.scope import see_as
from store.spelling import key
from store.tables import AgencyRow, DocumentRow

MOST_ALIKE = 20  # pairs


def agencies(session: Session, *, seen_by: Viewer, words: str = "") -> tuple[AgencyLine, ...]:
    """Give the agencies in whose names all words stand, those with most documents first; one that is another stands with that other."""
    see_as(session, seen_by)
    wanted = key(words).split()
    found = [line for line in _all(session).values() if all(f" {word}" in f" {key(line.name)}" for word in wanted)]
    return tuple(sorted(found, key=lambda line: (-line.held, -line.cited, line.name, line.id)))


def get_agency(session: Session, agency_id: int, *, seen_by: Viewer) -> AgencyLine:
    """Give one agency that is not another one. Raises NotFound."""
    see_as(session, seen_by)
    line = _all(session).get(agency_id)
    if line is None:
        raise NotFound
    return line


def alike(session: Session, *, seen_by: Viewer) -> tuple[tuple[AgencyLine, AgencyLine], ...]:
    """Give pairs that may be one: a name that does not say its place, and the same name with a place (Đảng ủy, Đảng ủy xã Suối Ngàn)."""
    see_as(session, seen_by)
    lines = _all(session)
    bare: dict[str, list[AgencyLine]] = defaultdict(list)
    placed: dict[str, list[AgencyLine]] = defaultdict(list)
    for known, folded in session.execute(select(AgencyRow.id, AgencyRow.folded).where(AgencyRow.id.in_(lines)).order_by(AgencyRow.id)):
        base, _, where = folded.partition("|")
        (placed if where.strip("|") else bare)[base].append(lines[known])
    pairs = [(one, other) for base, ones in bare.items() for one in ones for other in placed[base]]
    return tuple(sorted(pairs, key=lambda pair: (-pair[0].cited - pair[0].held, pair[0].id))[:MOST_ALIKE])


def _all(session: Session) -> dict[int, AgencyLine]:
    """Give every agency that is not another one and issued something, or stands for another, by id."""
    counted = select(DocumentRow.agency_id, func.count(), func.count().filter(DocumentRow.held)).group_by(DocumentRow.agency_id)
    counts = {known: (held, total - held) for known, total, held in session.execute(counted) if known is not None}
    names = dict(session.execute(select(AgencyRow.id, AgencyRow.name)).all())
    same = select(SameAgencyRow.agency_id, SameAgencyRow.same_as_id).where(SameAgencyRow.split_at.is_(None))
    into = dict(session.execute(same.order_by(SameAgencyRow.id)).all())
    merged: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for known, other in into.items():
        if known in names:
            merged[other].append((known, names[known]))
    return {
        known: AgencyLine(known, name, *counts.get(known, (0, 0)), tuple(merged[known]))
        for known, name in names.items()
        if known not in into and (known in counts or known in merged)
    }
