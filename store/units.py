"""Which units has the office, which bodies report to it, and which groups do its documents call them?"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, cast

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from store.answers import Group, Unit, Viewer
from store.errors import NotAllowed, NotFound
from store.scope import see_as
from store.spelling import key
from store.work_tables import GroupRow, MemberRow, UnitRow

MOST = 5_000  # units of one office
_LONGEST = 300  # letters of a name


def units(session: Session, *, seen_by: Viewer, closed: bool = False) -> tuple[Unit, ...]:
    """Give the units in their order, the office's own first; closed: also those that ended."""
    see_as(session, seen_by)
    rows = select(UnitRow).order_by(UnitRow.kind, UnitRow.position, UnitRow.id)
    if not closed:
        rows = rows.where(UnitRow.closed_on.is_(None))
    return tuple(unit_of(row) for row in session.scalars(rows))


def groups(session: Session, *, seen_by: Viewer) -> tuple[Group, ...]:
    """Give the groups with their members."""
    see_as(session, seen_by)
    members: dict[int, list[Unit]] = {}
    joined = select(MemberRow.group_id, UnitRow).join(UnitRow, UnitRow.id == MemberRow.unit_id).order_by(UnitRow.position, UnitRow.id)
    for group_id, row in session.execute(joined):
        members.setdefault(group_id, []).append(unit_of(row))
    rows = session.scalars(select(GroupRow).order_by(GroupRow.name))
    return tuple(Group(row.id, row.name, tuple(row.aliases), tuple(members.get(row.id, ()))) for row in rows)


def unit_of(row: UnitRow) -> Unit:
    """Give a unit as people's record."""
    return Unit(row.id, row.name, cast("Literal['own', 'under']", row.kind), row.closed_on)


def set_units(session: Session, kind: Literal["own", "under"], names: Iterable[str], *, now: date) -> None:
    """Make the units of a kind the named ones, in that order. One that is not named any more is closed: its duties keep it.

    Raises NotAllowed for a name that is too long, or stands as a unit of the other kind, or for too many.
    """
    wanted = _names(names)
    known = {row.folded: row for row in session.scalars(select(UnitRow))}
    for position, (folded, name) in enumerate(wanted.items()):
        row = known.get(folded)
        if row is None:
            session.add(UnitRow(name=name, folded=folded, kind=kind, position=position))
        elif row.kind != kind and row.closed_on is None:
            raise NotAllowed(f"“{name}” đã có trong danh sách kia. Mỗi tên chỉ ghi ở một danh sách.")
        else:
            row.name, row.kind, row.position, row.closed_on = name, kind, position, None
    for folded, row in known.items():
        if row.kind == kind and folded not in wanted and row.closed_on is None:
            row.closed_on = now
    session.flush()


def _names(names: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in (" ".join(name.split()) for name in names):
        if len(name) > _LONGEST:
            raise NotAllowed(f"Tên “{name[:40]}…” quá dài (hơn {_LONGEST} chữ).")
        if key(name):
            found.setdefault(key(name), name)
    if len(found) > MOST:
        raise NotAllowed(f"Danh sách có hơn {MOST} tên.")
    return found


def set_group(session: Session, name: str, members: Sequence[int], *, aliases: Iterable[str] = (), group_id: int | None = None) -> int:
    """Make a group, or change one; give its id. Raises NotAllowed for an empty or taken name, NotFound for an unknown group or unit."""
    name = " ".join(name.split())
    if not key(name):
        raise NotAllowed("Nhóm cần có tên.")
    known = set(session.scalars(select(UnitRow.id).where(UnitRow.id.in_(members))))
    row = session.get(GroupRow, group_id) if group_id is not None else None
    if known != set(members) or (group_id is not None and row is None):
        raise NotFound
    taken = session.scalar(select(GroupRow.id).where(GroupRow.folded == key(name)))
    if taken is not None and taken != group_id:
        raise NotAllowed(f"Đã có nhóm “{name}”.")
    row = row or GroupRow(name=name, folded=key(name))
    row.name, row.folded, row.aliases = name, key(name), list(_names(aliases).values())
    session.add(row)
    session.flush()
    session.execute(delete(MemberRow).where(MemberRow.group_id == row.id))
    session.add_all(MemberRow(group_id=row.id, unit_id=unit) for unit in dict.fromkeys(members))
    session.flush()
    return row.id


def drop_group(session: Session, group_id: int) -> None:
    """Forget a group; its units stay, and so do the duties that were shared out to them. Raises NotFound."""
    row = session.get(GroupRow, group_id)
    if row is None:
        raise NotFound
    session.execute(delete(MemberRow).where(MemberRow.group_id == group_id))
    session.delete(row)
    session.flush()


def group_named(session: Session, text: str) -> int | None:
    """Give the group that a document means by a phrase: one whose name or alias is in it; the longest wins."""
    said = f" {key(text)} "
    best: tuple[int, int] | None = None
    for row in session.scalars(select(GroupRow)):
        lengths = [len(folded) for name in (row.name, *row.aliases) if (folded := key(name)) and f" {folded} " in said]
        if lengths and (best is None or max(lengths) > best[0]):
            best = max(lengths), row.id
    return best[1] if best else None
