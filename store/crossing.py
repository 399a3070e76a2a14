"""How do all rows go from PostgreSQL into a SQLite file and back, each as it was?

A backup holds a SQLite database whichever the office has, so that one format is checked, moved and brought back, and an office that
outgrows SQLite goes over to PostgreSQL by restoring its backup there. What the database works out itself is not copied but worked out
again: how often documents are cited, the index of words, the head of the log; the log's own triggers hold its chain while it is copied.
"""

import json
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from sqlalchemy import JSON, Connection, MetaData, Table, event, func, insert, select, text, update
from sqlalchemy.engine.interfaces import ReflectedColumn

_OWN = ("alembic_version", "audit_head", "page_search", "sqlite_")  # what begins so is the database's own
_COUNTED = {"document": ("cited_by", "basis_of")}
_AT_ONCE = 2_000
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def tables_of(lite: Connection) -> list[Table]:
    """Give the tables of a SQLite database, those that others point to first, with types that hold on PostgreSQL too."""
    found = MetaData()
    event.listen(found, "column_reflect", _generic)
    found.reflect(lite, only=lambda name, _: not name.startswith(_OWN))
    return found.sorted_tables


def _generic(_: object, __: object, column: ReflectedColumn) -> None:
    kind = column["type"].as_generic()
    column["type"] = JSON(none_as_null=True) if isinstance(kind, JSON) else kind


def copy(source: Connection, target: Connection, tables: Iterable[Table]) -> None:
    """Copy all rows into an empty database of the same schema, within the target's transaction."""
    if target.dialect.name == "sqlite":
        target.execute(text("PRAGMA defer_foreign_keys=ON"))
    for table in tables:
        left = _COUNTED.get(table.name, ())
        later = [column.name for column in table.columns if any(key.column.table is table for key in column.foreign_keys)]
        _each(source, table, lambda rows, table=table, left=left, later=later: _put(target, table, rows, (*left, *later)))  # type: ignore[misc]
        for name in later:
            _each(source, table, lambda rows, table=table, name=name: _point(target, table, rows, name))  # type: ignore[misc]
        if target.dialect.name != "sqlite":
            _count_on(target, table)


def digests(connection: Connection, tables: Iterable[Table]) -> dict[str, str]:
    """Give a mark of all rows of each table, the same for the same rows in whichever order and on whichever database."""
    found: dict[str, str] = {}
    for table in tables:
        total = 0

        def add(rows: list[dict[str, Any]]) -> None:
            nonlocal total
            total += sum(int.from_bytes(sha256(_CANONICAL.encode(row).encode()).digest()) for row in rows)

        _each(connection, table, add)
        found[table.name] = f"{total % (1 << 256):064x}"
    return found


def _each(source: Connection, table: Table, take: Callable[[list[dict[str, Any]]], None]) -> None:
    """Hand on all rows, some at a time, in the order of their keys."""
    asked = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_AT_ONCE)
    with source.execute(asked) as rows:
        for some in rows.partitions():
            take([dict(row._mapping) for row in some])  # noqa: SLF001  SQLAlchemy's own name for it


def _put(target: Connection, table: Table, rows: list[dict[str, Any]], left: Iterable[str]) -> None:
    target.execute(insert(table), [{name: value for name, value in row.items() if name not in left} for row in rows])


def _point(target: Connection, table: Table, rows: list[dict[str, Any]], name: str) -> None:
    """Let rows point to others of their own table, now that all are there."""
    for row in rows:
        if row[name] is not None:
            (key,) = table.primary_key.columns
            target.execute(update(table).where(key == row[key.name]).values({name: row[name]}))


def _count_on(target: Connection, table: Table) -> None:
    """Let PostgreSQL number the next row of a table after the last one."""
    (key, *others) = table.primary_key.columns
    if others or target.scalar(select(func.pg_get_serial_sequence(table.name, key.name))) is None:
        return
    last = select(func.setval(func.pg_get_serial_sequence(table.name, key.name), func.max(key)))
    target.execute(last.where(select(table).exists()))
