"""What is around a document, drawn and listed: what it rests on, what cites it, what is in force?"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.desk import AtDesk, Desk, Id, OwnForm
from api.layers import drawn
from api.wording import parse_day, today
from nlp.directive import Relation
from store.answers import Link, Node, Surroundings
from store.bonds import RESTS
from store.citing import citing_what_ended, most_relied_on
from store.database import begin, look
from store.documents import by_number
from store.errors import NotAllowed
from store.merging import merge, merged_with, split
from store.surroundings import Around, Way, impact, path_between, surroundings
from store.validity import CHANGES, lifetime

pages = APIRouter(include_in_schema=False)
MOST, DEEPEST, A_LIST, A_FEW = 300, 4, 20, 3
WAYS: dict[str, tuple[str, tuple[Way, ...]]] = {
    "": ("Cả hai chiều", ("cites", "cited_by")),
    "can-cu": ("Được văn bản này viện dẫn", ("cites",)),
    "theo": ("Viện dẫn văn bản này", ("cited_by",)),
}
RELATIONS: dict[str, tuple[str, tuple[Relation, ...]]] = {
    "": ("Mọi quan hệ", ()),
    "can-cu": ("Căn cứ, thực hiện, hướng dẫn", RESTS),
    "thay-doi": ("Sửa đổi, thay thế, bãi bỏ", CHANGES),
}
OF_A_ROW = 3  # relations that are written out in one row of the table


@dataclass(frozen=True, slots=True)
class Choice:
    """What is drawn, as the address says it: which way, over which relations, how many steps, as of which day."""

    chieu: Annotated[str, Query(max_length=10)] = ""
    quan_he: Annotated[str, Query(max_length=10)] = ""
    bac: Annotated[int, Query(ge=1, le=DEEPEST)] = 1
    ngay: Annotated[str, Query(max_length=20)] = ""

    @property
    def around(self) -> Around:
        """Give it as the store asks for it; what is not known means all."""
        ways, relations = WAYS.get(self.chieu, WAYS[""])[1], RELATIONS.get(self.quan_he, RELATIONS[""])[1]
        return Around(self.bac, ways, relations, MOST - 1)

    @property
    def as_of(self) -> date:
        """Give the day, today if none was given that can be read."""
        return parse_day(self.ngay) or today()

    @property
    def address(self) -> str:
        """Give what follows `?` in the address of the same choice."""
        return f"chieu={self.chieu}&quan_he={self.quan_he}&bac={self.bac}&ngay={self.as_of:%d/%m/%Y}"


Chosen = Annotated[Choice, Depends()]


@pages.get("/luoc-do")
def show_start(request: Request, desk: AtDesk, so: Annotated[str, Query(max_length=100)] = "") -> Response:
    """Look a number up, in any spelling; show what most rests on, and what cites what is no longer in force."""
    number = " ".join(so.split())
    with look(desk.workshop.engine) as session:
        found = by_number(session, number, seen_by=desk.viewer) if number else ()
        if len(found) == 1:
            return RedirectResponse(f"/luoc-do/{found[0].id}", 303)
        relied = most_relied_on(session, seen_by=desk.viewer, limit=A_LIST)
        outdated = citing_what_ended(session, as_of=today(), seen_by=desk.viewer, limit=A_LIST)
    return desk.page(request, "surroundings_start.html", number=number, found=found, relied=relied, outdated=outdated)


@pages.get("/luoc-do/{document_id}")
def show(request: Request, desk: AtDesk, document_id: Id, choice: Chosen) -> HTMLResponse:
    """Draw what is around a document, list the same in a table, and tell what rests on it."""
    found = _found(desk, document_id, choice)
    with look(desk.workshop.engine) as session:
        life = lifetime(session, document_id, as_of=choice.as_of, seen_by=desk.viewer)
        resting = impact(session, document_id, as_of=choice.as_of, seen_by=desk.viewer)
        merged, into = merged_with(session, document_id, seen_by=desk.viewer)
        alike = by_number(session, found.nodes[0].document.number or "", seen_by=desk.viewer)
    nodes = {node.document.id: node for node in found.nodes}
    return desk.page(
        request,
        "surroundings.html",
        found=found,
        drawing=drawn(found),
        rows=[(node, _joins(node, found, nodes)) for node in found.nodes[1:]],
        odd=[(nodes[link.source_id].document, nodes[link.target_id].document) for link in found.links if link.is_odd],
        circles=[[nodes[known].document for known in (*circle, circle[0])] for circle in found.circles],
        lifetime=life,
        impact=resting,
        merged=merged,
        into=into,
        alike=[line for line in alike if line.id != document_id and line not in merged and not into],
        choice=choice,
        ways=WAYS,
        relations=RELATIONS,
        deepest=DEEPEST,
        at_most=A_LIST,
    )


@pages.get("/luoc-do/{document_id}/duong")
def show_path(request: Request, desk: AtDesk, document_id: Id, so: Annotated[str, Query(max_length=100)] = "") -> HTMLResponse:
    """Draw the shortest way from one document to another, which is named by its number."""
    number = " ".join(so.split())
    with look(desk.workshop.engine) as session:
        start = surroundings(session, document_id, Around(0), as_of=today(), seen_by=desk.viewer).nodes[0].document
        ends = [line for line in by_number(session, number, seen_by=desk.viewer) if line.id != document_id] if number else []
        ways = [(end, path_between(session, document_id, end.id, as_of=today(), seen_by=desk.viewer)) for end in ends[:A_FEW]]
    paths = [(end, drawn(found) if found else None, _steps(found) if found else []) for end, found in ways]
    return desk.page(request, "surroundings_path.html", start=start, number=number, paths=paths, choice=Choice())


@pages.post("/luoc-do/{document_id}/gop", dependencies=[OwnForm])
def merge_into(
    desk: AtDesk, document_id: Id, so: Annotated[str, Form(max_length=100)] = "", van_ban: Annotated[int, Form()] = 0
) -> Response:
    """Let another document, chosen from a list or named by its number, be this one."""
    with begin(desk.workshop.engine, by=desk.viewer.name) as session:
        others = [van_ban] if van_ban else [line.id for line in by_number(session, so, seen_by=desk.viewer) if line.id != document_id]
        if len(others) != 1:
            raise NotAllowed(f"Có {len(others)} văn bản khác mang số “{so}”. Đề nghị mở lược đồ của văn bản cần gộp rồi gộp từ đó.")
        merge(session, others[0], document_id, by=desk.viewer.name, now=datetime.now(UTC))
    return RedirectResponse(f"/luoc-do/{document_id}#cung-mot", 303)


@pages.post("/luoc-do/{document_id}/tach", dependencies=[OwnForm])
def part(desk: AtDesk, document_id: Id) -> Response:
    """Let a document that was merged be itself again."""
    with begin(desk.workshop.engine, by=desk.viewer.name) as session:
        split(session, document_id, by=desk.viewer.name, now=datetime.now(UTC))
    return RedirectResponse(f"/luoc-do/{document_id}#cung-mot", 303)


@pages.get("/luoc-do/{document_id}/hinh.svg")
def save_drawing(desk: AtDesk, document_id: Id, choice: Chosen) -> Response:
    """Give the drawing alone, to be kept or put into a report."""
    drawing = drawn(_found(desk, document_id, choice))
    svg = desk.shelf.get_template("surroundings_alone.svg").render(drawing=drawing, choice=choice)
    keep = {"Content-Disposition": f'attachment; filename="luoc-do-{document_id}.svg"'}
    return Response(svg, media_type="image/svg+xml", headers=keep)


def _found(desk: Desk, document_id: int, choice: Choice) -> Surroundings:
    with look(desk.workshop.engine) as session:
        return surroundings(session, document_id, choice.around, as_of=choice.as_of, seen_by=desk.viewer)


def _joins(node: Node, found: Surroundings, nodes: dict[int, Node]) -> list[tuple[Link, bool, Any]]:
    """Give how a document is joined to those nearer to the middle: the link, whether it is told the other way round, the other."""
    own = node.document.id
    joins = [
        (link, link.target_id == own, nodes[other].document)
        for link in found.links
        for other in [link.source_id if link.target_id == own else link.target_id]
        if own in (link.source_id, link.target_id) and abs(nodes[other].depth) < abs(node.depth)
    ]
    return joins[:OF_A_ROW]


def _steps(found: Surroundings) -> list[tuple[Node, list[tuple[Link, bool]]]]:
    """Give the documents of a way, each with the links to the next and whether they are told the other way round."""
    steps: list[tuple[Node, list[tuple[Link, bool]]]] = []
    for at, node in enumerate(found.nodes):
        pair = {one.document.id for one in found.nodes[at : at + 2]}
        links = [(link, link.target_id == node.document.id) for link in found.links if pair == {link.source_id, link.target_id}]
        steps.append((node, links if len(pair) == 2 else []))
    return steps
