"""The office in one form, its units and its groups; meetings by day."""

import re
from datetime import date

import pytest

from api.meetings import by_day
from store.answers import EventLine, Viewer
from store.database import look
from store.office import get_office
from store.units import groups, units

ALL = Viewer("thử")
OFFICE = {"ten": "Đảng ủy xã Suối Ngàn", "loai": "party", "don_vi": "Văn phòng\nBan Xây dựng Đảng", "truc_thuoc": "Chi bộ 1\n\nChi bộ 2"}


def save(client, token, **more):
    """Send the form of the office."""
    return client.post("/co-quan", data={"token": token, **OFFICE, **more}, follow_redirects=False)


def test_the_first_run_asks_for_the_office_in_one_form(client, token, workshop):
    """Name and family are enough; units stand one a line; a term is read with any dash."""
    assert "Khai báo cơ quan dùng chương trình" in client.get("/co-quan").text
    assert save(client, token, nhiem_ky="2025 – 2030").headers["location"] == "/co-quan?luu=1"
    with look(workshop.engine) as session:
        office = get_office(session)
        assert [unit.name for unit in units(session, seen_by=ALL)] == ["Văn phòng", "Ban Xây dựng Đảng", "Chi bộ 1", "Chi bộ 2"]
    assert (office.name, office.family, office.parent, office.term) == ("Đảng ủy xã Suối Ngàn", "party", None, "2025-2030")
    page = client.get("/co-quan?luu=1").text
    assert "Đã lưu." in page and "Khai báo cơ quan" not in page and "Văn phòng\nBan Xây dựng Đảng</textarea>" in page


@pytest.mark.parametrize(
    ("field", "more", "sentence"),
    [
        ("ten", {"ten": "  "}, "Đề nghị ghi tên cơ quan"),
        ("loai", {"loai": "khac"}, "Đề nghị chọn loại cơ quan"),
        ("nhiem-ky", {"nhiem_ky": "khóa XV"}, "không phải là nhiệm kỳ"),
        ("nhiem-ky", {"nhiem_ky": "2030-2025"}, "không phải là nhiệm kỳ"),
        ("truc-thuoc", {"truc_thuoc": "Văn phòng"}, "đã có trong danh sách kia"),
        ("don-vi", {"don_vi": "x" * 301}, "quá dài"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client, token, workshop, field, more, sentence):
    """The form comes back with all that was typed, and nothing is kept."""
    answer = save(client, token, **more)
    assert answer.status_code == 422 and sentence in answer.text
    assert f'id="loi-{field}"' in answer.text and f'aria-describedby="loi-{field}"' in answer.text
    assert all(value in answer.text for value in {**OFFICE, **more}.values() if value.strip() and "\n" not in value and value != "khac")
    with look(workshop.engine) as session:
        assert get_office(session) is None and units(session, seen_by=ALL) == ()


def test_a_group_is_made_changed_and_forgotten(client, token, workshop):
    """With all bodies below the office in one tick, other names one a line; an empty or doubled one is refused with what was typed."""
    save(client, token)
    form = {"token": token, "ten": "Các chi bộ trực thuộc", "ten_khac": "các chi bộ\ncác TCCSĐ", "tat_ca": "1"}
    made = client.post("/co-quan/nhom", data=form, follow_redirects=False)
    assert made.headers["location"] == "/co-quan?luu=1#nhom-1"
    with look(workshop.engine) as session:
        (group,) = groups(session, seen_by=ALL)
        first = units(session, seen_by=ALL)[0].id
    assert (group.aliases, [unit.name for unit in group.members]) == (("các chi bộ", "các TCCSĐ"), ["Chi bộ 1", "Chi bộ 2"])
    again = client.post("/co-quan/nhom", data=form)
    assert again.status_code == 422 and "Đã có nhóm" in again.text
    empty = client.post("/co-quan/nhom", data={"token": token, "ten": "Nhóm khác"})
    assert empty.status_code == 422 and "chọn đơn vị của nhóm" in empty.text and 'value="Nhóm khác"' in empty.text
    client.post("/co-quan/nhom/1", data={"token": token, "ten": "Khối văn phòng", "thanh_vien": [first]})
    with look(workshop.engine) as session:
        assert [(one.name, len(one.members)) for one in groups(session, seen_by=ALL)] == [("Khối văn phòng", 1)]
    client.post("/co-quan/nhom/1/bo", data={"token": token})
    with look(workshop.engine) as session:
        assert groups(session, seen_by=ALL) == ()
    assert client.post("/co-quan/nhom/1/bo", data={"token": token}).status_code == 404


def test_every_input_of_the_office_has_its_name(client, token):
    """A label for each, ids once."""
    save(client, token)
    page = client.get("/co-quan").text
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    named = set(re.findall(r'<label[^>]* for="([^"]+)"', page))
    asked = re.findall(r'<(?:input|textarea|select)(?![^>]*type="hidden")[^>]*\bid="([^"]+)"', page)
    assert [one for one in asked if one not in named] == []


def meeting(title, on):
    """Give a meeting on a day."""
    return EventLine(1, 1, "1-GM/ĐU", title, on, None, None, (), None)


def test_meetings_stand_by_day_with_today_on_top():
    """Then the days to come, then those without a day."""
    monday = date(2026, 11, 23)
    days = by_day(
        [meeting("trước", date(2026, 11, 20)), meeting("nay", monday), meeting("mai", date(2026, 11, 24)), meeting("?", None)], monday
    )
    assert [day.heading for day in days] == [
        "Hôm nay, thứ hai, 23/11/2026",
        "Thứ sáu, 20/11/2026",
        "Ngày mai, thứ ba, 24/11/2026",
        "Chưa rõ ngày",
    ]
    assert [day.is_today for day in days] == [True, False, False, False]


@pytest.mark.parametrize(("ngay", "shown"), [("", True), ("01/01/2199", False), ("20/12/2026", True)])
@pytest.mark.usefixtures("filed")
def test_meetings_from_a_day_on(client, ngay, shown):
    """The address names the day; a day that is none is said."""
    assert ("Họp sơ kết" in client.get(f"/lich-hop?ngay={ngay}").text) is shown
    assert "không phải là ngày" in client.get("/lich-hop?ngay=mai").text
