"""The pages of duties: the list, its sections, the month, one duty and what is done about it, the table for Excel."""

import re
import zipfile
from datetime import date, timedelta
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import update

from api.duty import _is_said, _way_back
from api.duty_list import Asked, grouped, sections
from api.duty_month import month, month_of
from api.print import duty_lines
from api.wording import today
from store.agenda import OVERDUE, UNDATED, Agenda
from store.answers import Deed, DutyLine
from store.database import begin
from store.tables import DutyRow
from store.units import set_group, set_units, units
from store.work import take
from store.work_tables import WorkRow
from tests.store.making import ALL, NOW

LIST = "/nhiem-vu?ngay=01/12/2026"


def line(**given):
    """Give a duty line with only what a test is about."""
    blank = dict.fromkeys(DutyLine.__dataclass_fields__)
    return DutyLine(**blank | {"id": 1, "bound": "none", "standing": "Trong hạn", "state": "Chưa thực hiện", "members": 0} | given)


def act(client, token, duty_id, kind, **more):
    """Send a form of a duty."""
    return client.post(f"/nhiem-vu/{duty_id}/viec", data={"token": token, "kind": kind, **more}, follow_redirects=False)


def words(client, path):
    """Give the words of a page, tags off, spaces in order."""
    return " ".join(re.sub(r"<[^>]*>", " ", client.get(path).text).split())


def gone(name):
    """Give a form with a duty's day far ahead."""
    return {"day": name, "note": "theo đề nghị"}


@pytest.mark.parametrize(
    ("left", "heading"),
    [
        (-1, "Quá hạn"),
        (0, "Hôm nay"),
        (1, "Tuần này"),
        (6, "Tuần này"),
        (7, "Tháng này"),
        (28, "Tháng này"),
        (29, "Sau đó"),
        (None, "Không nêu hạn, chưa định ngày"),
    ],
)
def test_a_limit_has_its_section(left, heading):
    """Counted from a Monday, the second of its month: the week ends on Sunday, the month on its last day."""
    due_on = date(2026, 11, 2) + timedelta(left) if left is not None else None
    ((found, _, _),) = grouped([line(due_on=due_on, days_left=left)])
    assert found == heading


def test_only_what_somebody_confirmed_is_counted():
    """What the machine alone says is told apart; beginning with a duty confirms it."""
    lines = [line(accepted_by="An"), line(state="Đang thực hiện"), line()]
    assert [one.stands for one in lines] == [True, True, False]
    found = Agenda(tuple(lines[:1]), {(True, UNDATED, True): 2, (False, UNDATED, False): 5, (False, OVERDUE, True): 1}, {})
    (section,) = sections(found, Asked())
    assert (section.lines, section.stands, section.waits) == ((lines[0],), 2, 5)
    (section,) = sections(found, Asked(danh_sach="theo-doi"))
    assert (section.stands, section.waits) == (2, 0)


@pytest.mark.parametrize(
    ("said", "given"),
    [
        (
            "[Đang thực hiện; giao Văn phòng; hạn đầu 01/12/2026]",
            {"state": "Đang thực hiện", "unit": "Văn phòng", "first_limit": date(2026, 12, 1)},
        ),
        ("[98/127 đơn vị; lãnh đạo giao 15/12/2026]", {"members": 127, "ticked": 98, "leader_limit": date(2026, 12, 15)}),
        ("", {}),
    ],
)
def test_the_terminal_says_how_far_a_duty_is(said, given):
    """Between its standing and who must do it; nothing where nobody did anything."""
    (text,) = duty_lines([line(assignee="Ban A", task="báo cáo", kind="none", co_ordinators=(), **given)], None)
    assert text.split("Trong hạn")[1].strip() == f"{said}  Ban A: báo cáo".strip()


def test_the_address_keeps_the_question():
    """What is asked stays, what is as it is by itself is left out, and an opened line is closed."""
    asked = Asked(ngay="01/12/2026", don_vi="Văn phòng", mo=3, danh_sach="theo-doi")
    assert asked.to(tu=100) == "/nhiem-vu?ngay=01%2F12%2F2026&don-vi=V%C4%83n+ph%C3%B2ng&danh-sach=theo-doi&tu=100"
    assert Asked(mo=4).to() == "/nhiem-vu"
    assert Asked(trong="7").sheet() == "/nhiem-vu/bang.xlsx?trong=7"


def test_a_month_shows_weekends_and_holidays():
    """Weeks from Monday; the New Year's holiday says so; a day has its duties, and counts those that do not fit."""
    lines = [line(id=n, due_on=date(2026, 1, 15)) for n in range(4)]
    laid = month(month_of("2026-01", date(2025, 5, 5)), lines, {date(2026, 1, 15): 6})
    days = {one.on: one for week in laid.weeks for one in week}
    assert (laid.title, laid.before, laid.after) == ("Tháng 1 năm 2026", "2025-12", "2026-02")
    assert laid.weeks[0][0].on == date(2025, 12, 29) and not laid.weeks[0][0].within
    assert (days[date(2026, 1, 1)].rest, days[date(2026, 1, 1)].works) == ("Nghỉ", False)
    assert (days[date(2026, 1, 3)].rest, days[date(2026, 1, 3)].works) == ("", False)
    assert (len(days[date(2026, 1, 15)].lines), days[date(2026, 1, 15)].more) == (4, 2)
    assert month_of("2026-13", date(2025, 5, 5)) == month_of("", date(2025, 5, 5)) == date(2025, 5, 1)


@pytest.mark.parametrize(
    ("back", "address"),
    [
        ("/nhiem-vu", "/nhiem-vu#nv-7"),
        ("/nhiem-vu?ngay=01%2F12%2F2026&tu=100", "/nhiem-vu?ngay=01%2F12%2F2026&tu=100#nv-7"),
        ("", "/nhiem-vu/7"),
        ("//example.org/nhiem-vu", "/nhiem-vu/7"),
        ("https://example.org", "/nhiem-vu/7"),
        ("/nhiem-vu@example.org", "/nhiem-vu/7"),
        ("/nhiem-vu?a\\b", "/nhiem-vu/7"),
        ("/nhiem-vu?a\r\nset-cookie: x", "/nhiem-vu/7"),
        ("/van-ban", "/nhiem-vu/7"),
    ],
)
def test_the_way_back_leads_only_to_the_list(back, address):
    """An address from a form is believed only where it is one of the list."""
    assert _way_back(7, back) == address


@pytest.mark.usefixtures("filed")
def test_a_duty_is_reported_and_confirmed_from_the_list(client, token):
    """The forms open in the line, under the words that are acted on; done, the list is at the same line again, with the new state."""
    assert "excerpt" not in client.get(LIST).text
    opened = client.get(f"{LIST}&mo=1").text
    assert "<mark>gửi văn bản đăng ký trước ngày 05/12/2026</mark>" in opened
    assert opened.count('class="forms"') == 1 and 'name="back" value="/nhiem-vu?ngay=01%2F12%2F2026"' in opened
    done = act(client, token, 1, "report", note="đã gửi", back="/nhiem-vu?ngay=01%2F12%2F2026")
    assert (done.status_code, done.headers["location"]) == (303, "/nhiem-vu?ngay=01%2F12%2F2026#nv-1")
    assert "Chờ xác nhận" in words(client, LIST)
    assert act(client, token, 1, "complete").status_code == 303
    assert 'id="nv-1"' not in client.get(LIST).text and 'id="nv-1"' in client.get(f"{LIST}&trang-thai=xong").text
    assert f"ngày {today():%d/%m/%Y}" in words(client, "/nhiem-vu/1")


@pytest.mark.usefixtures("filed")
def test_an_extension_keeps_the_first_limit_in_sight(client, token):
    """The list shows both, the duty tells who, when and why; undo strikes it out and the first limit stands again."""
    act(client, token, 1, "extend", day="20/12/2026", note="theo đề nghị của chi bộ")
    assert "chậm nhất 20/12/2026" in words(client, LIST) and "Hạn đầu: 05/12/2026" in words(client, LIST)
    shown = client.get("/nhiem-vu/1").text
    assert "theo đề nghị của chi bộ" in shown and "<del>" not in shown and "Hoàn tác: gia hạn" in shown
    client.post("/nhiem-vu/1/hoan-tac", data={"token": token})
    shown = client.get("/nhiem-vu/1").text
    assert "<del>" in shown and "Đã hoàn tác" in shown
    assert "trước 05/12/2026" in words(client, LIST) and "Hạn đầu" not in words(client, LIST)
    assert client.post("/nhiem-vu/1/hoan-tac", data={"token": token}).status_code == 422


@pytest.mark.parametrize(
    ("kind", "more", "sentence"),
    [
        ("extend", {"day": "ngày mai", "note": "bận"}, "“ngày mai” không phải là ngày"),
        ("extend", {"note": "bận"}, "đề nghị ghi ngày theo dạng"),
        ("report", {"day": "01/01/2199", "note": "bận"}, "chưa tới"),
        ("comment", {"note": " "}, "đề nghị ghi lý do hoặc nội dung"),
        ("send back", {"note": "thiếu"}, "không thể trả lại"),
        ("share", {}, "đề nghị chọn nhóm"),
        ("dance", {}, "Không có việc này"),
    ],
)
@pytest.mark.usefixtures("filed")
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(client, token, kind, more, sentence):
    """422, the sentence beside the form, the note still in it, nothing done."""
    answer = act(client, token, 1, kind, **more)
    assert answer.status_code == 422 and sentence in answer.text
    if more.get("note", "").strip() and kind in ("extend", "report"):
        assert more["note"] in answer.text
    assert "Chưa có ai xử lý" in client.get("/nhiem-vu/1").text


@pytest.mark.parametrize(("path", "status"), [("/nhiem-vu/99", 404), ("/nhiem-vu/khong", 404), ("/nhiem-vu?danh-sach=x", 422)])
@pytest.mark.usefixtures("filed")
def test_what_is_not_there_is_said(client, path, status):
    """No dead end and no fault."""
    assert client.get(path).status_code == status


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (True, "trước ngày 5/1/2026"),
        (True, "trước 05/01/2026"),
        (True, "chậm nhất 5/01/2026"),
        (False, "trong quý I"),
        (False, "15/1/2026 là"),
    ],
)
def test_a_day_is_written_once(said, words):
    """The words of the document may name it already."""
    assert _is_said(date(2026, 1, 5), words) is said


@pytest.mark.usefixtures("filed")
def test_a_form_of_another_site_does_nothing(client):
    """Every way of acting asks for the token."""
    for path in ("/nhiem-vu/1/viec", "/nhiem-vu/1/hoan-tac", "/nhiem-vu/1/de-xuat", "/co-quan", "/co-quan/nhom", "/co-quan/nhom/1/bo"):
        assert client.post(path, data={"kind": "start", "token": "x"}).status_code == 403


@pytest.mark.usefixtures("filed")
def test_one_duty_shows_its_words(client):
    """As text with the words marked, as a page with boxes over its image; both lead to the document at the place."""
    text, boxed = client.get("/nhiem-vu/1").text, client.get("/nhiem-vu/2").text
    assert "<mark>gửi văn bản đăng ký trước ngày 05/12/2026</mark>" in text
    assert boxed.count("<rect") == 1 and "/trang/1.png" in boxed
    for page, duty, document in ((text, 1, 1), (boxed, 2, 3)):
        assert re.search(rf'href="/van-ban/\d+\?o=duty-{duty}#cho"', page), document


@pytest.fixture
def shared(workshop, client, token):
    """A group of 127 bodies below the office, and a duty that was shared out to it; gives the ids of its members."""
    with begin(workshop.engine) as session:
        set_units(session, "own", ["Văn phòng"], now=today())
        set_units(session, "under", [f"Chi bộ {n}" for n in range(1, 128)], now=today())
        members = [unit.id for unit in units(session, seen_by=ALL) if unit.kind == "under"]
        set_group(session, "Các chi bộ trực thuộc", members, aliases=["các chi bộ"])
    act(client, token, 1, "share", group="1")
    return members


@pytest.mark.usefixtures("filed")
def test_a_group_duty_is_ticked_and_the_others_are_urged(client, token, shared):
    """98 of 127 in one go; the 29 others are listed, named in the reminder, and urged without being chosen."""
    assert act(client, token, 1, "tick", units=shared[:98]).status_code == 303
    assert "98/127" in words(client, f"{LIST}&danh-sach=theo-doi") and 'id="nv-1"' not in client.get(f"{LIST}&danh-sach=duoc-giao").text
    page = client.get("/nhiem-vu/1").text
    waiting = page[page.index("Chưa thực hiện <span") : page.index("Đã thực hiện <span")]
    assert waiting.count('type="checkbox"') == 29
    reminder = re.search(r'<textarea id="nhac"[^>]*>(.*?)</textarea>', page, re.DOTALL)[1]
    assert "29/127 đơn vị" in reminder and "Chi bộ 99\n" in reminder and "Chi bộ 98\n" not in reminder
    act(client, token, 1, "urge")
    assert "Đôn đốc : 29 đơn vị" in words(client, "/nhiem-vu/1")
    assert act(client, token, 1, "tick").status_code == 422
    assert act(client, token, 1, "tick", units="x").status_code == 404


@pytest.mark.parametrize("names", ["Chi bộ 2\nchi bo 77\n", "1. Chi bộ 2\r\n 2) CHI BỘ 77", "- Chi bộ 2\n• Chi bộ 77\n\n"])
@pytest.mark.usefixtures("filed")
def test_a_list_of_names_is_pasted(client, token, shared, names):
    """As it comes in a message: numbered or not, marked or not."""
    assert act(client, token, 1, "tick", names=names).status_code == 303
    page = client.get("/nhiem-vu/1").text
    done = page[page.index("Đã thực hiện <span") :]
    assert "2/127" in page and all(f'value="{shared[at]}"' in done for at in (1, 76))


@pytest.mark.usefixtures("filed", "shared")
def test_a_name_that_is_none_of_the_group_is_said(client, token):
    """Nothing is ticked, and the list stays to be mended."""
    answer = act(client, token, 1, "tick", names="Chi bộ 2\nChi bộ Hoa Sen")
    assert answer.status_code == 422 and "Không có trong nhóm được giao: Chi bộ Hoa Sen." in answer.text
    assert "Chi bộ 2\nChi bộ Hoa Sen</textarea>" in answer.text and "0/127" in answer.text


@pytest.mark.usefixtures("filed")
def test_the_list_of_one_unit(client, workshop, shared):
    """What was given to it is its own; what was given to another is not, whatever the document says."""
    with begin(workshop.engine) as session:
        office = next(unit.id for unit in units(session, seen_by=ALL) if unit.kind == "own")
        take(session, 2, Deed("assign", units=(office,)), by="An", now=NOW)
    assert 'id="nv-2"' in client.get(f"{LIST}&cua={office}").text
    assert 'id="nv-1"' not in client.get(f"{LIST}&cua={office}").text
    assert 'id="nv-2"' not in client.get(f"{LIST}&cua={shared[0]}").text
    assert client.get(f"{LIST}&cua=khong").status_code == 200


@pytest.mark.parametrize(("state", "shown"), [("", True), ("chua", True), ("dang", False), ("chua-xac-nhan", True), ("khong", False)])
@pytest.mark.usefixtures("filed")
def test_the_list_of_one_state(client, state, shown):
    """Open ones by default, ended ones when asked for."""
    assert ('id="nv-1"' in client.get(f"{LIST}&trang-thai={state}").text) is shown


@pytest.mark.usefixtures("filed")
def test_the_month_leads_to_each_duty(client):
    """A day has a link for each; the months beside it are one link away."""
    page = client.get(f"{LIST}&xem=thang").text
    assert 'href="/nhiem-vu/1"' in page and "thang=2027-01" in page and "thang=2026-11" in page
    assert 'href="/nhiem-vu/1"' not in client.get(f"{LIST}&xem=thang&thang=2026-10").text


@pytest.mark.usefixtures("filed")
def test_a_later_reading_is_taken_over_or_left(client, token, workshop):
    """The proposal stands beside what is kept; taken over, it is; without one there is nothing to take."""
    act(client, token, 1, "start")
    with begin(workshop.engine) as session:
        session.get(WorkRow, 1).proposal = {"limit_text": "trước ngày 09/12/2026", "due_on": "2026-12-09"}
    assert "05/12/2026 09/12/2026" in words(client, "/nhiem-vu/1")
    client.post("/nhiem-vu/1/de-xuat", data={"token": token, "nhan": "co"})
    assert "trước 09/12/2026" in words(client, LIST) and "Lần đọc sau" not in client.get("/nhiem-vu/1").text
    assert client.post("/nhiem-vu/1/de-xuat", data={"token": token}).status_code == 422


@pytest.mark.usefixtures("filed")
def test_the_table_for_excel_holds_no_formula(client, workshop):
    """A workbook of well-made parts; days are days, texts are texts, also one that begins like a formula."""
    with begin(workshop.engine) as session:
        session.execute(update(DutyRow).where(DutyRow.id == 1).values(task='=HYPERLINK("x")\x07', due_on=date(2026, 12, 4)))
    answer = client.get("/nhiem-vu/bang.xlsx?ngay=01/12/2026")
    assert answer.headers["content-disposition"] == 'attachment; filename="nhiem-vu-2026-12-01.xlsx"'
    with zipfile.ZipFile(BytesIO(answer.content)) as book:
        parts = {name: ET.fromstring(book.read(name)) for name in book.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    assert not list(sheet.iter(f"{space}f"))
    rows = [[cell.findtext(f".//{space}t") or cell.findtext(f"{space}v") for cell in row] for row in sheet.iter(f"{space}row")]
    assert len(rows) == 3 and rows[0][3] == "Nội dung nhiệm vụ" and rows[1][3] == '=HYPERLINK("x")'
    assert rows[1][13] == "trước 04/12/2026" and rows[1][14] == str((date(2026, 12, 4) - date(1899, 12, 30)).days)


@pytest.mark.usefixtures("filed")
def test_the_api_gives_a_part_and_says_how_many_there_are(client):
    """Page by page in one order; narrowed, the figure is that of the narrowed list."""
    whole = client.get("/api/due?as_of=2026-12-01")
    parts = [client.get(f"/api/due?as_of=2026-12-01&limit=1&offset={at}") for at in range(3)]
    assert [one["id"] for part in parts for one in part.json()] == [one["id"] for one in whole.json()]
    assert {answer.headers["x-total-count"] for answer in (whole, *parts)} == {"2"}
    assert client.get("/api/due?as_of=2026-12-01&overdue=true").headers["x-total-count"] == "0"
    assert client.get("/api/due?limit=0").status_code == 422
