"""Which acts of people on the body of a document stand, and what of a later reading do they hold back?

A person adds a reference or a duty that was not read, or takes out one that was read wrongly. What a reading has in its place is kept
with the act, so that undoing the act lets it stand.
"""

from collections.abc import Collection, Mapping
from datetime import date, time
from typing import Any, Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.answers import HandLine
from store.spelling import key
from store.tables import DutyRow, ReferenceRow
from store.work_tables import HandRow

Kind = Literal["reference", "duty"]
Verb = Literal["add", "remove"]
Row = dict[str, Any]
TABLES: dict[Kind, type[ReferenceRow | DutyRow]] = {"reference": ReferenceRow, "duty": DutyRow}
_WORKED_OUT = {"id", "document_id", "status", "target_id", "agency_id", "touched_by", "added_by"}
"""Columns that are no part of what is said: others work them out."""


def standing_acts(session: Session, document_id: int, kind: Kind | None = None) -> list[HandRow]:
    """Give the acts on a document that nobody has undone, the first first."""
    own = select(HandRow).where(HandRow.document_id == document_id, HandRow.undone_at.is_(None)).order_by(HandRow.id)
    return list(session.scalars(own if kind is None else own.where(HandRow.kind == kind)))


def hold_back(session: Session, document_id: int, kind: Kind, read: Mapping[str, Row], known: Collection[str]) -> dict[str, Row]:
    """Give what was read now, by key, without what people took out or said themselves; what it has in its place is kept with the act.

    known: the keys of rows that stand; such a reading is no other reading of something else.
    """
    left, acts = dict(read), standing_acts(session, document_id, kind)
    exact = {act.id: left.pop(act.key) for act in acts if act.key in left}
    for act in acts:
        found = exact.get(act.id) or _other_reading(kind, act.said, left, known)
        act.read = plain(found) if found else None
    return left


def _other_reading(kind: Kind, said: Row, left: dict[str, Row], known: Collection[str]) -> Row | None:
    """Take out of what was read what is the same thing read otherwise."""
    same = next((stable for stable, row in left.items() if stable not in known and _is_same(kind, said, row)), None)
    return left.pop(same) if same is not None else None


def _is_same(kind: Kind, said: Row, row: Row) -> bool:
    in_place = bool(said["words"]) and (said["page"], said["words"]) == (row["page"], row["words"])
    if kind == "duty":
        return in_place or key(said["task"]) == key(row["task"])
    alike = all(said[name] == row[name] for name in ("relation", "scope", "source"))
    return bool(said["target_key"] == row["target_key"] and (in_place or alike))


def dump(row: ReferenceRow | DutyRow) -> Row:
    """Give what a row says, as it can be kept."""
    names = (column.name for column in row.__table__.columns if column.name not in _WORKED_OUT)
    return plain({name: getattr(row, name) for name in names})


def plain(row: Row) -> Row:
    """Give a row's values as JSON keeps them."""
    return {name: value.isoformat() if isinstance(value, date | time) else value for name, value in row.items()}


def revive(kind: Kind, said: Row) -> Row:
    """Give a row's values as its table keeps them."""
    types = {column.name: column.type.python_type for column in TABLES[kind].__table__.columns}
    return {name: _typed(types[name], value) for name, value in said.items()}


def _typed(kind: type[Any], value: Any) -> Any:  # noqa: ANN401  what a column holds
    return kind.fromisoformat(value) if isinstance(value, str) and issubclass(kind, date | time) else value


def hand_lines(session: Session, document_id: int) -> tuple[HandLine, ...]:
    """Give the acts on a document that stand, as people see them."""
    acts = standing_acts(session, document_id)
    return tuple(HandLine(act.id, cast("Kind", act.kind), cast("Verb", act.verb), says(act), act.by, act.at) for act in acts)


def says(act: HandRow) -> str:
    """Name what an act adds or takes out: `Kế hoạch 21-KH/ĐU`, or a duty's task."""
    if act.kind == "duty":
        return str(act.said["task"])
    return " ".join(act.said[name] for name in ("type", "number", "title") if act.said[name])
