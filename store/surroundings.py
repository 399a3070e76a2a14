"""What is around a document, to a depth: what it rests on, what cites it?

One question a step, over indexes alone; of a document that half an archive cites the newest filed are given, and that there are more.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal, cast, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from nlp.directive import Relation
from store.answers import Impact, Link, Node, Resting, Surroundings, Validity, Viewer
from store.bonds import RESTS, binds, is_binding
from store.circles import circles
from store.lines import lines_by_id
from store.nodes import get_document
from store.tables import DocumentRow, EdgeRow
from store.validity import validities

Way = Literal["cites", "cited_by"]
MOST = 500  # documents
_DEEPEST = 12  # steps of a chain of bases
_LOOKED_AT = 20_000  # documents and edges of a step that are looked at for a way between two
_A_NODE = 20  # edges that are looked at for each document that may still be given: several may lead to one
_MAY_HOLD: frozenset[Validity] = frozenset({"Còn hiệu lực", "Hết hiệu lực một phần", "Chưa rõ hiệu lực"})


@dataclass(frozen=True, slots=True)
class Around:
    """What is asked for: how many steps each way, over these relations (none: all), and how many documents at most."""

    depth: int = 1
    ways: tuple[Way, ...] = ("cites", "cited_by")
    relations: tuple[Relation, ...] = ()
    most: int = MOST


def surroundings(session: Session, document_id: int, around: Around, *, as_of: date, seen_by: Viewer) -> Surroundings:
    """Give what is around a document, their validity as of a day, and all edges among them. Raises NotFound."""
    get_document(session, document_id, seen_by=seen_by)
    depths, is_more = {document_id: 0}, False
    for way in around.ways:
        steps, more = _walk(session, document_id, way, around)
        depths = {known: (-at if way == "cites" else at) for known, (at, _) in steps.items()} | depths
        is_more |= more
    order = sorted(depths, key=lambda known: (abs(depths[known]), -known))[: around.most + 1]
    lines, valid = lines_by_id(session, order), validities(session, order, as_of=as_of)
    nodes = tuple(Node(lines[known], depths[known], valid[known]) for known in order)
    links = _among(session, nodes, around.relations)
    found = circles([(link.source_id, link.target_id) for link in links])
    return Surroundings(nodes, links, is_more or len(order) < len(depths), found)


def chain_of_bases(session: Session, document_id: int, *, as_of: date, seen_by: Viewer) -> Surroundings:
    """Give what a document rests on, and what those rest on, up to the laws; circles, and bases of later days, are told."""
    return surroundings(session, document_id, Around(_DEEPEST, ("cites",), RESTS), as_of=as_of, seen_by=seen_by)


def path_between(session: Session, one: int, other: int, *, as_of: date, seen_by: Viewer) -> Surroundings | None:
    """Give the shortest way from one document to another over what cites and what is cited, whichever way each edge leads.

    The documents stand in the order of the way; None where none is found among the nearest. Raises NotFound for either.
    """
    for known in (one, other):
        get_document(session, known, seen_by=seen_by)
    way = _shortest(session, one, other)
    if way is None:
        return None
    lines, valid = lines_by_id(session, way), validities(session, way, as_of=as_of)
    nodes = tuple(Node(lines[known], at, valid[known]) for at, known in enumerate(way))
    follow = set(pairwise(way))
    links = tuple(
        link for link in _among(session, nodes, ()) if follow & {(link.source_id, link.target_id), (link.target_id, link.source_id)}
    )
    return Surroundings(nodes, links, is_more=False, circles=())


def _shortest(session: Session, one: int, other: int) -> list[int] | None:
    """Walk from both ends, a step at a time from the one that has come by fewer documents, until they meet."""
    before: tuple[dict[int, int], dict[int, int]] = ({one: one}, {other: other})
    edges = [[one], [other]]
    while one != other and all(edges) and sum(map(len, before)) < _LOOKED_AT:
        side = 0 if len(edges[0]) <= len(edges[1]) else 1
        new: dict[int, int] = {}
        for way in get_args(Way):
            for at, known in _step(session, edges[side], way, (), limit=_LOOKED_AT, only_binding=False):
                if known not in before[side]:
                    new.setdefault(known, at)
        before[side].update(new)
        edges[side] = list(new)
        if met := next((known for known in new if known in before[1 - side]), None):
            return [*reversed(_back(before[0], met)), *_back(before[1], met)[1:]]
    return [one] if one == other else None


def _back(before: dict[int, int], known: int) -> list[int]:
    """Give the documents from one back to where the walk began."""
    way = [known]
    while before[way[-1]] != way[-1]:
        way.append(before[way[-1]])
    return way


def impact(session: Session, document_id: int, *, as_of: date, seen_by: Viewer, depth: int = 5, most: int = MOST) -> Impact:
    """Give the directives that are held, may be in force on a day and rest on a document, each with the shortest way to it.

    Only legal bases count: the way leads over documents that bind, by relations of resting. Raises NotFound.
    """
    row = get_document(session, document_id, seen_by=seen_by)
    asked = Around(depth, ("cited_by",), RESTS, most)
    steps, is_more = _walk(session, document_id, "cited_by", asked, only_binding=True) if is_binding(row.type_key) else ({}, False)
    lines, valid = lines_by_id(session, {document_id, *steps}), validities(session, steps, as_of=as_of)
    resting = [known for known, (at, _) in steps.items() if at and lines[known].held and valid[known] in _MAY_HOLD]
    ways = {known: _way(steps, known) for known in resting}
    how = _relations(session, {step for way in ways.values() for step in _pairs(way)})
    found = (
        Resting(lines[known], valid[known], tuple(lines[at] for at in way), tuple(how[step] for step in _pairs(way)))
        for known, way in ways.items()
    )
    return Impact(lines[document_id], tuple(found), is_more)


def _walk(session: Session, start: int, way: Way, around: Around, *, only_binding: bool = False) -> tuple[dict[int, tuple[int, int]], bool]:
    """Give each document that is reached, the nearest first: its depth and the one before it; and whether there are more."""
    found = {start: (0, start)}
    edge = [start]
    for at in range(1, around.depth + 1):
        room = around.most + 1 - len(found)
        new: dict[int, int] = {}
        rows = _step(session, edge, way, around.relations, limit=room * _A_NODE, only_binding=only_binding)
        for before, known in rows:
            if known not in found and known not in new:
                if len(new) == room:
                    return found | {one: (at, last) for one, last in new.items()}, True
                new[known] = before
        found |= {one: (at, last) for one, last in new.items()}
        if len(rows) == room * _A_NODE:
            return found, True
        edge = list(new)
        if not edge:
            break
    return found, False


def _step(
    session: Session, edge: Collection[int], way: Way, relations: Collection[str], *, limit: int, only_binding: bool
) -> list[tuple[int, int]]:
    """Give pairs (a document of the edge, one that it leads to), the newest filed first."""
    here, there = (EdgeRow.source_id, EdgeRow.target_id) if way == "cites" else (EdgeRow.target_id, EdgeRow.source_id)
    asked = select(here, there).where(here.in_(edge)).order_by(here, there.desc()).limit(limit)
    if relations:
        asked = asked.where(EdgeRow.relation.in_(relations))
    if only_binding:
        asked = asked.join(DocumentRow, DocumentRow.id == there).where(binds())
    return [(one, other) for one, other in session.execute(asked)]


def _among(session: Session, nodes: Collection[Node], relations: Collection[str]) -> tuple[Link, ...]:
    """Give the edges among these documents."""
    days = {node.document.id: node.document.issued_on for node in nodes}
    asked = select(EdgeRow.source_id, EdgeRow.target_id, EdgeRow.relation, EdgeRow.scope).distinct().where(EdgeRow.source_id.in_(days))
    if relations:
        asked = asked.where(EdgeRow.relation.in_(relations))
    return tuple(
        Link(row.source_id, row.target_id, row.relation, row.scope or None, _is_odd(days[row.source_id], days[row.target_id]))
        for row in session.execute(asked.order_by(EdgeRow.source_id, EdgeRow.target_id, EdgeRow.relation, EdgeRow.scope))
        if row.target_id in days
    )


def _is_odd(citing: date | None, cited: date | None) -> bool:
    """Say whether a paper is older than what it names."""
    return bool(citing and cited and citing < cited)


def _way(steps: dict[int, tuple[int, int]], known: int) -> tuple[int, ...]:
    """Give the documents from one back to the start."""
    way = [known]
    while steps[way[-1]][0]:
        way.append(steps[way[-1]][1])
    return tuple(way)


def _pairs(way: tuple[int, ...]) -> list[tuple[int, int]]:
    return list(pairwise(way))


def _relations(session: Session, steps: Collection[tuple[int, int]]) -> dict[tuple[int, int], Relation]:
    """Give how each document rests on the next; the strongest relation where there are several."""
    asked = select(EdgeRow.source_id, EdgeRow.target_id, EdgeRow.relation).where(
        EdgeRow.source_id.in_({one for one, _ in steps}), EdgeRow.relation.in_(RESTS)
    )
    rows = [((row.source_id, row.target_id), row.relation) for row in session.execute(asked)]
    ranked = sorted(rows, key=lambda one: RESTS.index(one[1]), reverse=True)
    return {pair: cast("Relation", relation) for pair, relation in ranked if pair in steps}
