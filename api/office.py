"""Which office runs the program, which units has it, and what do documents call them together?"""

from dataclasses import dataclass
from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.desk import AtDesk, Desk, Id, OwnForm
from api.wording import FAMILIES, today
from store.answers import Group, Office, Unit
from store.database import begin, look
from store.errors import NotAllowed
from store.office import get_office, set_office
from store.units import drop_group, groups, set_group, set_units, units

pages = APIRouter(include_in_schema=False)
Line = Annotated[str, Form(max_length=300)]
Lines = Annotated[str, Form(max_length=400_000)]


class Refused(Exception):  # noqa: N818  a plain word says it
    """What was typed cannot be kept: at which field, and why."""

    def __init__(self, name: str, why: str) -> None:
        """Take the field and the sentence."""
        super().__init__(why)
        self.name = name


@dataclass(slots=True)
class OfficeForm:
    """The office as it was typed: units and bodies one a line."""

    ten: Line = ""
    loai: Annotated[str, Form(max_length=20)] = ""
    cap_tren: Line = ""
    dia_danh: Line = ""
    nhiem_ky: Annotated[str, Form(max_length=40)] = ""
    don_vi: Lines = ""
    truc_thuoc: Lines = ""


@dataclass(slots=True)
class GroupForm:
    """A group as it was typed: its other names one a line; everybody: all bodies below the office."""

    ten: Line = ""
    ten_khac: Lines = ""
    tat_ca: Annotated[str, Form(max_length=5)] = ""
    thanh_vien: Annotated[list[str] | None, Form(max_length=6000)] = None


@pages.get("/co-quan")
def show_office(request: Request, desk: AtDesk, luu: str = "") -> HTMLResponse:
    """Show the office, its units and groups; everything can be changed here."""
    return desk.page(request, "office.html", **_page(desk), saved=luu == "1")


@pages.post("/co-quan", dependencies=[OwnForm])
def save_office(request: Request, desk: AtDesk, typed: Annotated[OfficeForm, Depends(OfficeForm)]) -> Response:
    """Keep the office and its units, all or nothing; what is wrong is said at its field."""
    try:
        _keep(desk, typed)
    except Refused as error:
        return desk.page(
            request, "office.html", status=422, **_page(desk) | {"typed": typed, "problem": (error.name, str(error))}, saved=False
        )
    return RedirectResponse("/co-quan?luu=1", 303)


def _keep(desk: Desk, typed: OfficeForm) -> None:
    name, family = " ".join(typed.ten.split()), typed.loai
    if not name:
        raise Refused("ten", "Đề nghị ghi tên cơ quan, như ghi ở đầu văn bản của cơ quan.")
    if family not in FAMILIES:
        raise Refused("loai", "Đề nghị chọn loại cơ quan: số hiệu và thể thức của Đảng, nhà nước, đoàn thể khác nhau.")
    office = Office(
        name,
        cast("Literal['state', 'party', 'mass_org']", family),
        " ".join(typed.cap_tren.split()) or None,
        " ".join(typed.dia_danh.split()) or None,
        _term(typed.nhiem_ky),
    )
    with begin(desk.workshop.engine, by=desk.viewer.name) as session:
        set_office(session, office)
        for kind, field, names in (("own", "don_vi", typed.don_vi), ("under", "truc_thuoc", typed.truc_thuoc)):
            try:
                set_units(session, cast("Literal['own', 'under']", kind), names.splitlines(), now=today())
            except NotAllowed as error:
                raise Refused(field, str(error)) from error


def _term(text: str) -> str | None:
    """Read a term: `2025-2030`, with any dash."""
    plain = "".join(text.split()).replace("–", "-").replace("—", "-")
    if not plain:
        return None
    first, _, last = plain.partition("-")
    if not (first.isascii() and last.isascii() and first.isdigit() and last.isdigit() and len(first) == len(last) == 4 and first < last):
        raise Refused("nhiem_ky", f"“{text.strip()}” không phải là nhiệm kỳ. Đề nghị ghi năm đầu và năm cuối, như 2025-2030.")
    return plain


@pages.post("/co-quan/nhom", dependencies=[OwnForm])
def add_group(request: Request, desk: AtDesk, typed: Annotated[GroupForm, Depends(GroupForm)]) -> Response:
    """Make a group."""
    return _keep_group(request, desk, typed, None)


@pages.post("/co-quan/nhom/{group_id}", dependencies=[OwnForm])
def change_group(request: Request, desk: AtDesk, group_id: Id, typed: Annotated[GroupForm, Depends(GroupForm)]) -> Response:
    """Change a group: its name, its other names, its members."""
    return _keep_group(request, desk, typed, group_id)


@pages.post("/co-quan/nhom/{group_id}/bo", dependencies=[OwnForm])
def remove_group(desk: AtDesk, group_id: Id) -> Response:
    """Forget a group; its units and the duties that they have stay."""
    with begin(desk.workshop.engine, by=desk.viewer.name) as session:
        drop_group(session, group_id)
    return RedirectResponse("/co-quan?luu=1#nhom", 303)


def _keep_group(request: Request, desk: AtDesk, typed: GroupForm, group_id: int | None) -> Response:
    try:
        with begin(desk.workshop.engine, by=desk.viewer.name) as session:
            members = _members(typed, units(session, seen_by=desk.viewer))
            kept = set_group(session, typed.ten, members, aliases=typed.ten_khac.splitlines(), group_id=group_id)
    except NotAllowed as error:
        told = {"typed_group": (group_id, typed), "problem": (f"nhom-{group_id or 'moi'}", str(error))}
        return desk.page(request, "office.html", status=422, **_page(desk) | told, saved=False)
    return RedirectResponse(f"/co-quan?luu=1#nhom-{kept}", 303)


def _members(typed: GroupForm, known: tuple[Unit, ...]) -> list[int]:
    """Give the units that were ticked; all bodies below the office where that was."""
    chosen = [int(text) for text in typed.thanh_vien or [] if text.isascii() and text.isdigit() and len(text) < 18]
    everyone = [unit.id for unit in known if unit.kind == "under"] if typed.tat_ca else []
    members = list(dict.fromkeys([*everyone, *chosen]))
    if not members:
        raise NotAllowed("Đề nghị chọn đơn vị của nhóm.")
    return members


def _page(desk: Desk) -> dict[str, Any]:
    """Gather what the page shows: what is kept, as it would be typed."""
    with look(desk.workshop.engine) as session:
        office = get_office(session)
        known = units(session, seen_by=desk.viewer)
        named = groups(session, seen_by=desk.viewer)
    return {
        "office": office,
        "typed": _as_typed(office, known),
        "units": known,
        "groups": [_as_typed_group(group) for group in named],
        "typed_group": None,
        "blank_group": GroupForm(),
        "problem": None,
    }


def _as_typed(office: Office | None, known: tuple[Unit, ...]) -> OfficeForm:
    lists = ["\n".join(unit.name for unit in known if unit.kind == kind) for kind in ("own", "under")]
    if office is None:
        return OfficeForm(don_vi=lists[0], truc_thuoc=lists[1])
    return OfficeForm(office.name, office.family, office.parent or "", office.place or "", office.term or "", *lists)


def _as_typed_group(group: Group) -> tuple[int, GroupForm]:
    members = [str(unit.id) for unit in group.members if unit.closed_on is None]
    return group.id, GroupForm(group.name, "\n".join(group.aliases), "", members)
