"""Which documents answer these words?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.desk import AtDesk, Desk, Id, OwnForm
from api.marks import parts
from api.wording import FAMILIES, today
from store.answers import Facets, Hit, Narrowing
from store.database import begin, look
from store.documents import counts
from store.facets import NOWHERE, facets
from store.finding import browse, search
from store.saved import forget, save, saved

pages = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api", tags=["Tra cứu"])
SHOWN = 50  # hits of one page; more are reached by narrowing
AT_FIRST = 6  # values of a facet before the rest is folded away
MOST = 60  # values of a facet at all
PARTS = (
    # the name of a facet in the address, in a Narrowing, on the screen
    ("loai", "types", "Loại văn bản"),
    ("co-quan", "agencies", "Cơ quan ban hành"),
    ("nam", "years", "Năm"),
    ("he", "families", "Hệ thống"),
    ("doc", "states", "Tình trạng đọc"),
    ("kho", "held", "Trong kho"),
)
HELD = {"1": "Đã có trong kho", "0": "Được viện dẫn, chưa có"}
CHOSEN = 20  # values of one facet that an address may choose


@dataclass(frozen=True, slots=True)
class Question:
    """What an address asks: words, and the values chosen in each facet."""

    words: str
    narrow: Narrowing

    @property
    def address(self) -> str:
        """Write it as an address does, always in one order."""
        chosen = [(name, value) for name, part, _ in PARTS for value in getattr(self.narrow, part)]
        return urlencode([("tu", self.words)] * bool(self.words) + chosen)

    def turned(self, part: str, value: str) -> str:
        """Give the address with a value chosen that was not, or not that was."""
        before: tuple[str, ...] = getattr(self.narrow, part)
        after = tuple(one for one in before if one != value) if value in before else (*before, value)
        return Question(self.words, replace(self.narrow, **{part: after})).address


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet on the screen: its words, how many documents, whether it is chosen, the address that turns it."""

    text: str
    count: int
    chosen: bool
    address: str


def question(request: Request, tu: Annotated[str, Query(max_length=300)] = "") -> Question:
    """Read the address; a value given twice counts once, one that nothing can have is passed over."""
    asked = request.query_params
    chosen = {part: tuple(dict.fromkeys(value for value in asked.getlist(name)[:CHOSEN] if value)) for name, part, _ in PARTS}
    return Question(" ".join(tu.split()), Narrowing(**chosen | {"held": tuple(value for value in chosen["held"] if value in HELD)}))


Asked = Annotated[Question, Depends(question)]


@pages.get("/tra-cuu")
def show_search(request: Request, desk: AtDesk, asked: Asked) -> HTMLResponse:
    """Show what answers, with facets; without a question the searches that are kept, and how to ask."""
    with look(desk.workshop.engine) as session:
        kept = saved(session, seen_by=desk.viewer)
    return desk.page(request, "search.html", **_answer(desk, asked), kept=kept)


@pages.get("/tra-cuu/ket-qua")
def show_hits(request: Request, desk: AtDesk, asked: Asked) -> HTMLResponse:
    """Show the answer alone: the page asks for it as somebody types."""
    return desk.page(request, "hits.html", **_answer(desk, asked))


@pages.post("/tra-cuu/luu", dependencies=[OwnForm])
def keep(desk: AtDesk, asked: Annotated[str, Form(max_length=4000)], name: Annotated[str, Form(max_length=300)] = "") -> Response:
    """Keep a search under a name."""
    with begin(desk.workshop.engine) as session:
        save(session, asked, name, by=desk.viewer.name)
    return RedirectResponse(f"/tra-cuu?{asked}", 303)


@pages.post("/tra-cuu/bo-luu/{search_id}", dependencies=[OwnForm])
def keep_no_longer(desk: AtDesk, search_id: Id) -> Response:
    """Forget a search that was kept."""
    with begin(desk.workshop.engine) as session:
        forget(session, search_id, by=desk.viewer.name)
    return RedirectResponse("/tra-cuu", 303)


def _answer(desk: Desk, asked: Question) -> dict[str, Any]:
    """Gather what the page shows; a question without words is a list, one without anything is none."""
    hits: tuple[Hit, ...] = ()
    with look(desk.workshop.engine) as session:
        counted = facets(session, asked.words, seen_by=desk.viewer, narrow=asked.narrow)
        if asked.words:
            hits = search(session, asked.words, seen_by=desk.viewer, narrow=asked.narrow, limit=SHOWN)
        elif asked.narrow != NOWHERE:
            hits = browse(session, seen_by=desk.viewer, narrow=asked.narrow, limit=SHOWN)
        held = counts(session, seen_by=desk.viewer)["held"]
    return {
        "asked": asked,
        "hits": [(hit, parts(hit.snippet, hit.marks)) for hit in hits],
        "total": counted.total,
        "facets": list(_choices(asked, counted)),
        "narrowed": asked.narrow != NOWHERE,
        "name": asked.words or ", ".join(_words(part, value) for _, part, _ in PARTS for value in getattr(asked.narrow, part)),
        "at_first": AT_FIRST,
        "is_empty": not held,
        "year": today().year,
    }


def _choices(asked: Question, counted: Facets) -> Iterator[tuple[str, str, list[Choice]]]:
    """Yield each facet that parts the documents, with its name in the address, its heading and its values."""
    for name, part, heading in PARTS:
        chosen = getattr(asked.narrow, part)
        values = counted.parts[part][:MOST]
        if len(values) > 1 or chosen:
            listed = [Choice(_words(part, one.value), one.count, one.value in chosen, asked.turned(part, one.value)) for one in values]
            yield name, heading, sorted(listed, key=lambda choice: not choice.chosen)


def _words(part: str, value: str) -> str:
    if part == "held":
        return HELD[value]
    return {str(key): text for key, text in FAMILIES.items()}.get(value, value) if part == "families" else value


@api.get("/search", summary="Tìm văn bản theo từ ngữ hoặc số, ký hiệu; có dấu hay không dấu đều được")
def list_hits(
    desk: AtDesk,
    words: Annotated[str, Query(min_length=1, max_length=300, description="Từ ngữ, hoặc số, ký hiệu")],
    limit: Annotated[int, Query(ge=1, le=500, description="Số kết quả")] = 50,
) -> tuple[Hit, ...]:
    """Give documents, best first, with a snippet and the places that matched."""
    with look(desk.workshop.engine) as session:
        return search(session, words, seen_by=desk.viewer, limit=limit)
