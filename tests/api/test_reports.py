"""The report of a week or a month: each duty in its part, figures that add up, a Word file that says the same."""

import re
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from docx import Document
from sqlalchemy import select

from store.answers import Deed, Office
from store.database import begin
from store.office import set_office
from store.reporting import report
from store.tables import DutyRow
from store.work import take, undo
from tests.store.making import ALL, NOBODY, directive, duty, put

MONDAY, SUNDAY = date(2026, 11, 16), date(2026, 11, 22)


def at(day):
    """Give a morning of November 2026."""
    return datetime(2026, 11, day, 3, tzinfo=UTC)


def do(session, found, task, kind, day=16, *, on=None, note=""):
    """Take a step about the duty of a task on a day."""
    take(session, found[task], Deed(kind, note, on), by="An", now=at(day))


@pytest.fixture
def filled(workshop):
    """A duty for each thing that can become of one in the third week of November 2026."""
    tasks = {"xong sớm": "20/11", "xong muộn": "17/11", "quá hạn": "18/11", "còn hạn": "30/11", "từ trước": "25/11", "máy đọc": "19/11"}
    with begin(workshop.engine) as session:
        made = [duty(task, f"{limit}/2026", giver="Ban Thường vụ", who=f"Phòng {task}") for task, limit in tasks.items()]
        put(session, directive("15-KH/ĐU", "02/11/2026", "Đảng ủy xã Suối Ngàn", duties=[*made, duty("không hạn")]))
        found = dict(session.execute(select(DutyRow.task, DutyRow.id)).all())
        for task in ("xong sớm", "xong muộn", "quá hạn", "còn hạn", "không hạn"):
            do(session, found, task, "accept")
        do(session, found, "từ trước", "accept", 9)
        do(session, found, "xong sớm", "complete", 19, on=date(2026, 11, 19))
        do(session, found, "xong muộn", "complete", 19, on=date(2026, 11, 19))
        do(session, found, "quá hạn", "comment", 19, note="Chờ số liệu của các xã")
        do(session, found, "quá hạn", "comment", 20, note="Ghi nhầm")
        undo(session, found["quá hạn"], by="An", now=at(20))
    return workshop, found


def tasks(lines):
    """Give what lines are about."""
    return [line.task for line in lines]


def week(workshop, as_of=SUNDAY, seen_by=ALL):
    """Report on the week."""
    with begin(workshop.engine) as session:
        return report(session, MONDAY, SUNDAY, as_of=as_of, seen_by=seen_by)


def test_each_duty_is_in_its_part(filled):
    """New, done in time or late, going on, overdue with the reason that stands; what nobody confirmed is only counted."""
    found = week(filled[0])
    assert set(tasks(found.new)) == {"xong sớm", "xong muộn", "quá hạn", "còn hạn", "không hạn"}
    assert set(tasks(found.done)) == {"xong sớm", "xong muộn"} and found.done_late == 1
    assert tasks(found.going) == ["từ trước", "còn hạn", "không hạn"]
    assert tasks(found.late) == ["quá hạn"]
    assert list(found.reasons.values()) == ["Chờ số liệu của các xã"]
    assert found.unconfirmed == 1


def test_a_week_that_goes_on_is_told_as_of_the_day(filled):
    """On its Tuesday the duty of its Wednesday is not late yet."""
    assert week(filled[0], as_of=date(2026, 11, 17)).late == ()


def test_a_confirmation_that_was_taken_back_is_not_new(filled):
    """An undo takes a duty out of the report."""
    workshop, found = filled
    with begin(workshop.engine) as session:
        undo(session, found["còn hạn"], by="An", now=at(21))
    assert "còn hạn" not in tasks(week(workshop).new) + tasks(week(workshop).going)


def test_shares_add_up_to_the_figures(filled):
    """By giver and by unit every duty is counted once in its part."""
    found = week(filled[0])
    for by in ("giver", "unit"):
        shares = found.shares(by)
        assert sum(one.new for one in shares) == len(found.new)
        assert sum(one.in_time + one.done_late for one in shares) == len(found.done)
        assert (sum(one.going for one in shares), sum(one.late for one in shares)) == (len(found.going), len(found.late))
    assert {one.name for one in found.shares("giver")} == {"Ban Thường vụ", "Chưa rõ"}


def test_who_may_see_nothing_is_told_nothing(filled):
    """Not even figures."""
    found = week(filled[0], seen_by=NOBODY)
    assert (found.new, found.done, found.going, found.late, found.unconfirmed) == ((), (), (), (), 0)


@pytest.mark.usefixtures("filled")
def test_the_page_names_its_period_and_leads_to_others(client):
    """A week from Monday to Sunday, a month from its first to its last day; the neighbours are a link away."""
    page = client.get("/bao-cao?ky=tuan&ngay=18/11/2026").text
    assert "tuần từ 16/11/2026 đến 22/11/2026" in page and "ngay=15/11/2026" in page and "ngay=23/11/2026" in page
    assert "Chờ số liệu của các xã" in page and "Ghi nhầm" not in page
    month = client.get("/bao-cao?ky=thang&ngay=18/11/2026").text
    assert "tháng 11 năm 2026" in month and "ngay=31/10/2026" in month and "ngay=01/12/2026" in month


@pytest.mark.parametrize("asked", ["ngay=hom+qua", "ngay=01/01/0001", "ngay=31/12/9999", "ky=thang&ngay=31/12/9999"])
def test_a_day_that_cannot_be_is_said_or_passed_over(client, asked):
    """The page answers for the current period."""
    assert client.get(f"/bao-cao?{asked}").status_code == 200


def test_the_word_file_says_the_same_in_the_form_of_a_letter(filled, client):
    """Head by the office's family, the figures, each duty in a table with its reason."""
    with begin(filled[0].engine) as session:
        set_office(session, Office("Đảng ủy xã Suối Ngàn", "party", "Huyện ủy Bình Khê", "Suối Ngàn", None))
    answer = client.get("/bao-cao/word.docx?ky=tuan&ngay=18/11/2026")
    assert answer.headers["content-disposition"] == 'attachment; filename="bao-cao-2026-11-16-2026-11-22.docx"'
    paper = Document(BytesIO(answer.content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert {"ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG ỦY XÃ SUỐI NGÀN", "Chờ số liệu của các xã", "Phòng xong sớm", "Xong sớm"} <= set(cells)
    told = "\n".join(line.text for line in paper.paragraphs)
    assert re.search(r"Tình hình thực hiện nhiệm vụ tuần từ 16/11/2026 đến 22/11/2026", told)
    assert "Đã hoàn thành trong kỳ: 2; đúng hạn 1, quá hạn 1." in told


@pytest.mark.usefixtures("filed")
def test_an_empty_week_teaches(client):
    """Nothing was confirmed: the page says so and where to confirm."""
    page = client.get("/bao-cao?ngay=05/01/2026").text
    assert "Không có nhiệm vụ nào quá hạn." in page and "/nhiem-vu?trang-thai=chua-xac-nhan" in page
