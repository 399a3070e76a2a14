"""What is one duty, where do its words stand, and what does a person do about it?"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.desk import AtDesk, Desk, Id, OwnForm
from api.documents import one as document_of
from api.duty_products import Handed, kept_files, named_documents
from api.errors import NotYours, Refusal
from api.marks import has_image
from api.roles import roles
from api.wording import parse_day, today, typed_day
from ingest.transcript import Box
from store.answers import Deed, DocumentView, DutyState, DutyView, Evidence, Group, StepKind, Unit
from store.database import begin, look
from store.duty import duty
from store.errors import NotAllowed, NotFound
from store.products import hand_over_document, hand_over_file
from store.proposals import accept_proposal, drop_proposal
from store.sight import units_of_duty
from store.spelling import key
from store.units import group_named, groups, units
from store.work import NAMES, history, share_with_group, take, undo

pages = APIRouter(include_in_schema=False)
Asked = Literal["day", "note", "unit", "group", "product"]
AROUND = 240  # letters of the text that are shown before and after a duty's own
MARGIN = 12  # points of the page that are shown around a duty's words


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that may be done: its button, what its form asks for, and in which states it is the thing to do next."""

    kind: StepKind
    name: str
    asks: tuple[Asked, ...] = ()
    first_in: tuple[DutyState, ...] = ()
    day: str = ""
    note: str = "Ghi chú"
    hint: str = ""


_AT_WORK: tuple[DutyState, ...] = ("Chưa thực hiện", "Đang thực hiện", "Trả lại")
ACTIONS = (
    Action("accept", "Xác nhận nhiệm vụ", (), ("Chưa thực hiện",), hint="Máy đọc thấy, chưa ai xác nhận."),
    Action("start", "Bắt đầu thực hiện", (), ("Chưa thực hiện", "Trả lại")),
    Action(
        "complete",
        "Xác nhận hoàn thành",
        ("day", "note", "product"),
        ("Chờ xác nhận",),
        "Ngày hoàn thành",
        hint="Để trống ngày: theo ngày đã báo cáo.",
    ),
    Action("send back", "Trả lại", ("note",), ("Chờ xác nhận",), note="Lý do trả lại"),
    Action(
        "report",
        "Báo cáo hoàn thành",
        ("day", "note", "product"),
        _AT_WORK,
        "Ngày hoàn thành",
        "Kết quả thực hiện",
        "Để trống ngày: hôm nay.",
    ),
    Action("resume", "Tiếp tục thực hiện", (), ("Tạm dừng",)),
    Action("extend", "Gia hạn", ("day", "note"), (), "Hạn mới", "Lý do, người đồng ý", "Hạn ban đầu vẫn được giữ."),
    Action("instruct", "Hạn lãnh đạo giao", ("day", "note"), (), "Hạn lãnh đạo giao", "Ý kiến chỉ đạo"),
    Action("assign", "Giao đơn vị", ("unit", "note")),
    Action("share", "Giao cho nhóm", ("group",), hint="Mỗi đơn vị trong nhóm có một ô đánh dấu riêng."),
    Action("comment", "Ghi ý kiến", ("note",), note="Ý kiến"),
    Action("pause", "Tạm dừng", ("note",), note="Lý do tạm dừng"),
    Action("decline", "Không thuộc trách nhiệm", ("note",), note="Lý do"),
)


@dataclass(slots=True)
class Typed:
    """What a form of a duty carries; nothing in it is believed yet."""

    kind: Annotated[str, Form(max_length=20)] = ""
    day: Annotated[str, Form(max_length=40)] = ""
    note: Annotated[str, Form(max_length=4000)] = ""
    group: Annotated[str, Form(max_length=20)] = ""
    back: Annotated[str, Form(max_length=1000)] = ""
    names: Annotated[str, Form(max_length=400_000)] = ""
    """Members by their names, one a line: as they come in a message."""
    units: Annotated[list[str] | None, Form(max_length=6000)] = None
    numbers: str = field(default="", init=False)
    """Documents that were named in a report that could not be taken, to be shown again."""


InForm = Annotated[Typed, Depends(Typed)]
InReport = Annotated[Handed, Depends(Handed)]


@pages.get("/nhiem-vu/{duty_id}")
def show_duty(request: Request, desk: AtDesk, duty_id: Id) -> HTMLResponse:
    """Show one duty: its words, how it stands, what was done, what may be done now."""
    return desk.page(request, "duty.html", **duty_page(desk, duty_id))


@pages.post("/nhiem-vu/{duty_id}/viec", dependencies=[OwnForm])
def act(request: Request, desk: AtDesk, duty_id: Id, typed: InForm, handed: InReport) -> Response:
    """Do what the form says and go back to where it stood; what cannot be is said beside the form, with what was typed."""
    _allow(desk, duty_id, typed.kind)
    try:
        _do(desk, duty_id, typed, handed)
    except (NotAllowed, Refusal) as error:
        typed.numbers = handed.numbers
        return desk.page(request, "duty.html", status=422, **duty_page(desk, duty_id, typed, str(error)))
    return RedirectResponse(_way_back(duty_id, typed.back), 303)


@pages.post("/nhiem-vu/{duty_id}/hoan-tac", dependencies=[OwnForm])
def take_back(request: Request, desk: AtDesk, duty_id: Id, back: Annotated[str, Form(max_length=1000)] = "") -> Response:
    """Take the last thing back that was done."""
    _allow(desk, duty_id, "undo")
    try:
        with begin(desk.workshop.engine) as session:
            undo(session, duty_id, by=desk.viewer.name, now=datetime.now(UTC))
    except NotAllowed as error:
        return desk.page(request, "duty.html", status=422, **duty_page(desk, duty_id, None, str(error)))
    return RedirectResponse(_way_back(duty_id, back), 303)


@pages.post("/nhiem-vu/{duty_id}/de-xuat", dependencies=[OwnForm])
def settle_proposal(request: Request, desk: AtDesk, duty_id: Id, nhan: Annotated[str, Form(max_length=5)] = "") -> Response:
    """Take over what a later reading says of a duty, or keep it as it is."""
    settle = accept_proposal if nhan == "co" else drop_proposal
    try:
        with begin(desk.workshop.engine) as session:
            settle(session, duty_id, by=desk.viewer.name, now=datetime.now(UTC))
    except NotAllowed as error:
        return desk.page(request, "duty.html", status=422, **duty_page(desk, duty_id, None, str(error)))
    return RedirectResponse(f"/nhiem-vu/{duty_id}", 303)


def _allow(desk: Desk, duty_id: int, kind: str) -> None:
    """Raise NotYours for a deed that is not for the person: a chuyên viên reports on duties of their unit and takes back what they did."""
    if desk.may("instruct"):
        return
    desk.check_deed(kind)
    with look(desk.workshop.engine) as session:
        steps = [step for step in history(session, duty_id, seen_by=desk.viewer) if step.stands]
        theirs = desk.viewer.unit in units_of_duty(session, duty_id)
    if not theirs or (kind == "undo" and steps and steps[-1].by != desk.viewer.name):
        raise NotYours


def _do(desk: Desk, duty_id: int, typed: Typed, handed: Handed) -> None:
    """Take the step; raise NotAllowed for what the form cannot mean, NotFound for a duty or unit that is not there, Refusal for a file."""
    kind = next((kind for kind in NAMES if kind == typed.kind), None)
    if kind is None:
        raise NotAllowed("Không có việc này. Đề nghị chọn lại.")
    by, now = desk.viewer.name, datetime.now(UTC)
    chosen = _numbers(typed.units or [])
    day = _day(kind, typed.day)
    with begin(desk.workshop.engine) as session:
        if kind == "share" and not chosen:
            group = _numbers([typed.group])
            if not group:
                raise NotAllowed("Để giao cho nhiều đơn vị, đề nghị chọn nhóm.")
            share_with_group(session, duty_id, group[0], by=by, now=now)
            return
        if kind in ("urge", "tick", "untick"):
            view = duty(session, duty_id, as_of=today(), seen_by=desk.viewer)
            chosen = (*chosen, *_named(typed.names, (*view.left, *view.done)))
            chosen = chosen or (tuple(unit.id for unit in view.left) if kind == "urge" else ())
        take(session, duty_id, Deed(kind, typed.note, day, chosen), by=by, now=now)
        if kind in ("report", "complete"):
            for name, kept in kept_files(desk, handed):
                hand_over_file(session, duty_id, name, kept, now=now)
            for number, issued_on in named_documents(handed):
                hand_over_document(session, duty_id, number, issued_on)


def _named(names: str, members: tuple[Unit, ...]) -> tuple[int, ...]:
    """Find members by their names, marks and numbering off; raise NotAllowed with those that are none."""
    known = {key(unit.name): unit.id for unit in members}
    lines = [line.strip().lstrip("0123456789.)-•* \t").strip() or line.strip() for line in names.splitlines() if key(line)]
    missing = [line for line in lines if key(line) not in known]
    if missing:
        more = f" và {len(missing) - 5} tên khác" if len(missing) > 5 else ""
        raise NotAllowed(f"Không có trong nhóm được giao: {'; '.join(missing[:5])}{more}. Đề nghị sửa lại tên rồi đánh dấu.")
    return tuple(known[key(line)] for line in lines)


def _day(kind: StepKind, text: str) -> date | None:
    """Read the day; a report without one is of today in Vietnam, whatever day it is where the clock believes it is."""
    day = typed_day(text)
    if kind == "report" and day is not None and day > today():
        raise NotAllowed(f"Ngày hoàn thành {day:%d/%m/%Y} chưa tới. Đề nghị ghi ngày hôm nay hoặc trước đó.")
    return day or (today() if kind == "report" else None)


def _numbers(texts: list[str]) -> tuple[int, ...]:
    numbers = [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 18]
    if len(numbers) != len([text for text in texts if text]):
        raise NotFound
    return tuple(numbers)


def _way_back(duty_id: int, back: str) -> str:
    """Give the address of the list that was left, at the line; only addresses of the list are believed."""
    query = back.removeprefix("/nhiem-vu")
    plain = back.startswith("/nhiem-vu") and query[:1] in {"", "?"} and query.isprintable() and not set(query) & set('\\#"<> ')
    return f"{back}#nv-{duty_id}" if back and plain and query.isascii() else f"/nhiem-vu/{duty_id}"


def duty_page(desk: Desk, duty_id: int, typed: Typed | None = None, problem: str | None = None) -> dict[str, Any]:
    """Gather what the page of one duty shows."""
    day = today()
    with look(desk.workshop.engine) as session:
        view = duty(session, duty_id, as_of=day, seen_by=desk.viewer)
        known = units(session, seen_by=desk.viewer, closed=True)
        named = groups(session, seen_by=desk.viewer)
        meant = group_named(session, view.line.assignee or "") if view.line.is_group and not view.line.members else None
    first, others = ([one for one in part if desk.may(roles().deeds[one.kind])] for part in offered(view, known, named))
    return {
        "view": view,
        "duty": view.line,
        "as_of": day,
        "words": words_of(document_of(desk, view.line.document_id), view.line.evidence),
        "first": first,
        "others": others,
        "names": {unit.id: unit.name for unit in known},
        "units": [unit for unit in known if unit.closed_on is None],
        "groups": named,
        "meant": meant,
        "deeds": NAMES,
        "day_is_said": _is_said(view.read_limit, view.line.limit_text or ""),
        "reminder": reminder(view) if view.left else "",
        "proposed": proposed(view),
        "typed": typed,
        "problem": problem,
    }


def offered(view: DutyView, known: tuple[Unit, ...], named: tuple[Group, ...]) -> tuple[list[Action], list[Action]]:
    """Give the actions to do next in a duty's state, and the others that may be done."""
    lacking = ({"assign"} if not any(unit.closed_on is None for unit in known) else set()) | ({"share"} if not named else set())
    lacking |= {"accept"} if view.line.stands else set()
    to_share = view.line.is_group and not view.line.members
    open_to = [action for action in ACTIONS if action.kind in view.next_steps and action.kind not in lacking]
    first = [action for action in open_to if view.line.state in action.first_in or (action.kind == "share" and to_share)]
    return first, [action for action in open_to if action not in first]


def _is_said(day: date | None, words: str) -> bool:
    """Say whether the words of a limit name its day in figures, with or without noughts."""
    if day is None:
        return True
    return any(parse_day(word.strip("“”().,;")) == day for word in words.split())


def reminder(view: DutyView) -> str:
    """Write what is sent to the units of a shared duty that have not done their part: to be copied."""
    line = view.line
    limit = f"hạn {line.due_on:%d/%m/%Y}" if line.due_on else "chưa có hạn cụ thể"
    source = f"{line.number or 'văn bản không số'}" + (f" ngày {line.issued_on:%d/%m/%Y}" if line.issued_on else "")
    head = f"Theo {source}, nhiệm vụ “{line.task}” ({limit}) còn {len(view.left)}/{line.members} đơn vị chưa thực hiện xong:"
    names = "\n".join(f"{at}. {unit.name}" for at, unit in enumerate(view.left, 1))
    return f"{head}\n{names}\nĐề nghị các đơn vị khẩn trương thực hiện."


_PROPOSED = {
    "task": "Nội dung", "assignee": "Đơn vị chủ trì", "giver": "Người giao", "product": "Sản phẩm", "to_whom": "Gửi đến", "through": "Qua",
    "limit_text": "Hạn nêu trong văn bản", "due_on": "Ngày hạn", "due_at": "Giờ hạn",
}  # fmt: skip


def proposed(view: DutyView) -> list[tuple[str, str, str]]:
    """Give what a later reading would change: what, what stands now, what is proposed."""
    line = view.line
    now: dict[str, object] = {name: getattr(line, name) for name in _PROPOSED} | {"due_on": view.read_limit}
    rows = [(name, _plain(now.get(name)), _plain(value)) for name, value in (line.proposal or {}).items() if name in _PROPOSED]
    return [(_PROPOSED[name], before, after) for name, before, after in rows]


def _plain(value: object) -> str:
    """Write a value for people: days as the trade does, nothing as a dash."""
    found = parse_day(value) if isinstance(value, str) else value
    return f"{found:%d/%m/%Y}" if isinstance(found, date) else str(value or "–")


@dataclass(frozen=True, slots=True)
class Words:
    """Where a duty's words stand: boxes on a part of a page image, or the text around them."""

    document_id: int
    page: int
    size: tuple[float, float]
    frame: tuple[float, float, float, float] | None
    """x, y, width, height of the part of the page that is shown, in points; None where the page has no image."""
    boxes: tuple[Box, ...]
    before: str
    text: str
    after: str


def words_of(view: DocumentView, evidence: Evidence | None) -> Words | None:
    """Find the words on their page; None where they are not known."""
    if evidence is None or evidence.page is None:
        return None
    page = next((page for page in view.pages if page.number == evidence.page), None)
    if page is None:
        return None
    size = page.width, page.height
    if evidence.boxes and has_image(view, page):
        return Words(
            view.line.id, page.number, size, _frame(evidence.boxes, page.width, page.height), evidence.boxes, "", evidence.words, ""
        )
    start, end = (max(0, min(len(page.text), (at or page.start) - page.start)) for at in (evidence.start, evidence.end))
    if start >= end:
        return None
    before, after = page.text[max(0, start - AROUND) : start], page.text[end : end + AROUND]
    return Words(
        view.line.id,
        page.number,
        size,
        None,
        (),
        _whole(before, start > AROUND, first=True),
        page.text[start:end],
        _whole(after, end + AROUND < len(page.text)),
    )


def _frame(boxes: tuple[Box, ...], width: float, height: float) -> tuple[float, float, float, float]:
    """Give the whole breadth of the page, from a little above the first line to a little below the last."""
    top = max(0.0, min(box.y0 for box in boxes) - 2 * MARGIN)
    bottom = min(height, max(box.y1 for box in boxes) + 2 * MARGIN)
    left = max(0.0, min(box.x0 for box in boxes) - 2 * MARGIN)
    right = min(width, max(max(box.x1 for box in boxes) + 2 * MARGIN, left + width / 2))
    return round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1)


def _whole(text: str, is_cut: bool, *, first: bool = False) -> str:
    """Cut at a word and mark the cut."""
    if not is_cut:
        return text
    return "… " + text.partition(" ")[2] if first else text.rpartition(" ")[0] + " …"
