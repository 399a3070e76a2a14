"""How do the documents that a search finds part by type, agency, year, family, state, and whether they are held?

Counts are of documents. Those of one facet heed what is chosen in the others and not in itself, so that a second value can be added.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, and_, cast, false, func, select, true
from sqlalchemy.orm import Session

from store.answers import Facets, FacetValue, Narrowing, Viewer
from store.matching import Matching, matching
from store.nodes import is_open
from store.scope import see_as
from store.tables import DocumentRow

NOWHERE = Narrowing()
_NAMES = ("types", "agencies", "years", "families", "states", "held")
_YEAR = func.substr(cast(DocumentRow.issued_on, String), 1, 4)
_COLUMNS: dict[str, ColumnElement[Any]] = {
    "types": DocumentRow.type.expression,
    "agencies": DocumentRow.agency.expression,
    "years": _YEAR,
    "families": DocumentRow.family.expression,
    "states": DocumentRow.state.expression,
    "held": DocumentRow.held.expression,
}
_Chosen = dict[str, frozenset[str]]


def facets(session: Session, words: str, *, seen_by: Viewer, narrow: Narrowing = NOWHERE) -> Facets:
    """Count the documents that bear the number or hold all words on one page (all documents for no words), by each facet."""
    see_as(session, seen_by)
    found = matching(session, words)
    rows = session.execute(_grouped(found)).all()
    chosen = {name: frozenset(getattr(narrow, name)) for name in _NAMES}
    total = sum(row[-1] for row in _passing(rows, chosen, _NAMES))
    return Facets(total, {name: _part(rows, chosen, name) for name in _NAMES})


def _grouped(found: Matching) -> Select[Any]:
    """Ask for each combination of values once, with its count: a few thousand rows however many documents there are."""
    columns = list(_COLUMNS.values())
    return select(*columns, func.count()).where(among(found)).group_by(*columns)


def among(found: Matching) -> ColumnElement[bool]:
    """Say which documents match: those that hold the words, and those that bear the number."""
    if found.is_all:
        return is_open()
    if found.pages is None:
        return false()
    return found.pages | DocumentRow.id.in_(found.bearers) if found.bearers else found.pages


def narrowed(narrow: Narrowing) -> ColumnElement[bool]:
    """Say which documents have the chosen values."""
    tests = [_COLUMNS[name].in_(_values(name, getattr(narrow, name))) for name in _NAMES if getattr(narrow, name)]
    return and_(true(), *tests)


def _values(name: str, chosen: Iterable[str]) -> list[str] | list[bool]:
    return [value == "1" for value in chosen] if name == "held" else list(chosen)


def _part(rows: Collection[Row[Any]], chosen: _Chosen, name: str) -> tuple[FacetValue, ...]:
    """Count the values of one facet, the most frequent first (years: the newest first); what is chosen is listed though it has none."""
    at = _NAMES.index(name)
    counted: Counter[Any] = Counter()
    for row in _passing(rows, chosen, [other for other in _NAMES if other != name]):
        counted[row[at]] += row[-1]
    parts = dict.fromkeys(chosen[name], 0) | ({_text(value): count for value, count in counted.items() if value is not None})
    order = sorted(parts.items(), key=lambda one: (-int(one[0]) if one[0].isdigit() and name == "years" else -one[1], one[0]))
    return tuple(FacetValue(value, count) for value, count in order)


def _passing(rows: Iterable[Row[Any]], chosen: _Chosen, names: Iterable[str]) -> Iterable[Row[Any]]:
    """Give the combinations that have the chosen values of these facets."""
    for at, wanted in [(_NAMES.index(name), chosen[name]) for name in names if chosen[name]]:
        rows = [row for row in rows if _text(row[at]) in wanted]
    return rows


def _text(value: object) -> str:
    """Write a value as an address does: truth as 1 or 0."""
    return str(int(value)) if isinstance(value, bool) else str(value)
