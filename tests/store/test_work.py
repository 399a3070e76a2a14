"""People work on duties: report, confirm, put off, share out, tick; nothing that they touched is changed by a later reading."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from store.answers import Deed
from store.duties import due
from store.duty import duty as view_of
from store.errors import NotAllowed, NotFound
from store.tables import DutyRow
from store.units import group_named, groups, set_group, set_units, units
from store.work import history, share_with_group, take, undo
from tests.store.making import ALL, NOBODY, NOW, day, directive, duty, put, reference

TODAY = day("20/01/2023")


def listed(session, as_of=TODAY):
    """Give the due list."""
    return due(session, as_of=as_of, seen_by=ALL)


def only(session, as_of=TODAY):
    """Give the one line of the due list."""
    (line,) = listed(session, as_of)
    return line


def order(*duties, number="809-CV/HU", on="12/01/2023", **more):
    """Make a letter of the office that orders something."""
    return directive(number, on, "Huyện ủy Bảo Lâm", duties=duties, **more)


def act(session, duty_id, kind, **more):
    """Take a step as An."""
    return take(session, duty_id, Deed(kind, **more), by="An", now=NOW)


def test_what_is_done_leaves_the_list_and_comes_back_when_undone(session):
    """Reported and confirmed it is gone; undo brings it back as it was."""
    put(session, order(duty("báo cáo", "30/01/2023")))
    before = only(session)
    act(session, before.id, "report", note="đã gửi", day=TODAY)
    assert only(session).state == "Chờ xác nhận"
    act(session, before.id, "complete")
    assert listed(session) == ()
    undo(session, before.id, by="Bình", now=NOW)
    undo(session, before.id, by="Bình", now=NOW)
    assert only(session) == before
    assert [(line.kind, line.stands) for line in history(session, before.id, seen_by=ALL)] == [("report", False), ("complete", False)]


def test_an_extension_keeps_the_first_limit(session):
    """The list goes by the new day and shows the old one."""
    put(session, order(duty("báo cáo", "18/01/2023")))
    line = only(session)
    assert line.standing == "Quá hạn 2 ngày"
    act(session, line.id, "extend", day=date(2023, 2, 20), note="theo đề nghị")
    act(session, line.id, "instruct", day=date(2023, 2, 10))
    line = only(session)
    assert (line.due_on, line.first_limit, line.leader_limit) == (date(2023, 2, 20), date(2023, 1, 18), date(2023, 2, 10))
    assert line.standing == "Trong hạn"


@pytest.mark.parametrize(
    ("kind", "more", "error"),
    [
        ("extend", {}, NotAllowed),
        ("send back", {"note": "thiếu"}, NotAllowed),
        ("comment", {"note": " "}, NotAllowed),
        ("decline", {}, NotAllowed),
        ("assign", {}, NotAllowed),
        ("assign", {"units": (99,)}, NotFound),
        ("tick", {"units": (1,)}, NotAllowed),
    ],
)
def test_a_step_without_what_it_needs_is_refused_and_changes_nothing(session, kind, more, error):
    """The error says what is missing."""
    put(session, order(duty("báo cáo", "30/01/2023")))
    before = only(session)
    with pytest.raises(error):
        act(session, before.id, kind, **more)
    assert only(session) == before


def test_a_duty_that_is_not_there_is_not_found(session):
    """Neither for a step nor for its history, nor for one who may not see it."""
    put(session, order(duty("báo cáo", "30/01/2023")))
    with pytest.raises(NotFound):
        act(session, 99, "start")
    with pytest.raises(NotFound):
        history(session, 99, seen_by=ALL)
    with pytest.raises(NotFound):
        history(session, only(session).id, seen_by=NOBODY)


def test_a_group_duty_is_one_row_with_a_tick_for_each_member(session):
    """Of 127 units 98 have sent; the 29 others are named; one that was closed is not asked."""
    set_units(session, "under", [f"Chi bộ {n}" for n in range(1, 129)], now=TODAY)
    set_units(session, "under", [f"Chi bộ {n}" for n in range(1, 128)], now=TODAY)
    assert len(units(session, seen_by=ALL)) == 127
    everyone = [unit.id for unit in units(session, seen_by=ALL, closed=True)]
    group = set_group(session, "Các tổ chức cơ sở đảng trực thuộc", everyone, aliases=["các chi, đảng bộ trực thuộc"])
    assert (
        group_named(session, "100% các tổ chức cơ sở đảng trực thuộc Huyện ủy")
        == group_named(session, "Các chi, đảng bộ trực thuộc")
        == group
    )
    assert group_named(session, "các phòng chuyên môn") is None
    assert [len(each.members) for each in groups(session, seen_by=ALL)] == [128]
    put(session, order(duty("đăng ký mô hình", "28/02/2023", who="100% tổ chức cơ sở đảng", is_group=True)))
    line = only(session)
    share_with_group(session, line.id, group, by="An", now=NOW)
    members = [unit.id for unit in units(session, seen_by=ALL)]
    act(session, line.id, "tick", units=tuple(members[:98]))
    assert (only(session).ticked, only(session).members) == (98, 127)
    view = view_of(session, line.id, as_of=TODAY, seen_by=ALL)
    done, left = [[unit.id for unit in part] for part in (view.done, view.left)]
    assert (done, left) == (members[:98], members[98:])
    assert len(left) == 29
    undo(session, line.id, by="An", now=NOW)
    assert only(session).ticked == 0


def test_units_are_named_once_and_keep_their_duties_when_they_end(session):
    """A name stands in one list; a unit that ends is kept, for what it was given."""
    set_units(session, "own", ["Ban Tổ chức", " Văn  phòng ", "Ban Tổ chức", ""], now=TODAY)
    assert [unit.name for unit in units(session, seen_by=ALL)] == ["Ban Tổ chức", "Văn phòng"]
    with pytest.raises(NotAllowed):
        set_units(session, "under", ["Văn phòng"], now=TODAY)
    put(session, order(duty("báo cáo", "30/01/2023")))
    act(session, only(session).id, "assign", units=(units(session, seen_by=ALL)[1].id,))
    set_units(session, "own", ["Ban Tổ chức"], now=TODAY)
    assert only(session).unit == "Văn phòng"
    assert [unit.closed_on for unit in units(session, seen_by=ALL, closed=True)] == [None, TODAY]


def test_a_later_reading_only_proposes_what_it_would_change(session):
    """What a person touched keeps its words and its day; what the reading says otherwise stands beside it until it agrees again."""
    first = order(duty("báo cáo kết quả", "30/01/2023"), duty("lập danh sách", "10/02/2023"))
    put(session, first, text="a")
    line = listed(session)[0]
    act(session, line.id, "start")
    again = replace(first, duties=(duty("báo cáo kết quả", "03/02/2023"), duty("lập danh sách", "11/02/2023")))
    put(session, again, text="a")
    lines = listed(session)
    assert [(each.task, each.due_on) for each in lines] == [("báo cáo kết quả", date(2023, 1, 30)), ("lập danh sách", date(2023, 2, 11))]
    assert lines[0].proposal == {"limit_text": "trước ngày 03/02/2023", "due_on": "2023-02-03"}
    put(session, first, text="a")
    assert listed(session)[0].proposal is None
    undo(session, line.id, by="An", now=NOW)
    put(session, again, text="a")
    assert [each.due_on for each in listed(session)] == [date(2023, 2, 3), date(2023, 2, 11)]


@pytest.mark.parametrize("relation", ["urges", "extends"])
def test_a_letter_that_dates_an_order_anew_is_one_duty_with_two_limits(session, relation):
    """The first is listed, with the new day, the first one and the letter, whichever came first."""
    urging = order(
        duty("gửi báo cáo kiểm điểm cuối năm", "15/02/2023"),
        number="830-CV/HU",
        on="01/02/2023",
        references=[reference("809-CV/HU", "12/01/2023", "Huyện ủy Bảo Lâm", relation=relation)],
    )
    ordering = order(duty("báo cáo kiểm điểm, đánh giá, xếp loại cuối năm", "30/01/2023"), duty("họp chi bộ", "20/02/2023"))
    late = put(session, urging)
    put(session, ordering)
    lines = listed(session)
    assert [(line.task[:10], line.due_on, line.first_limit, line.later) for line in lines] == [
        ("báo cáo ki", date(2023, 2, 15), date(2023, 1, 30), (late,)),
        ("họp chi bộ", date(2023, 2, 20), None, ()),
    ]


def test_a_letter_that_only_cites_an_order_dates_nothing_anew(session):
    """Two letters with like tasks are two duties unless the second urges or extends the first."""
    cites = [reference("809-CV/HU", "12/01/2023", "Huyện ủy Bảo Lâm")]
    put(session, order(duty("báo cáo kiểm điểm", "30/01/2023")))
    put(session, order(duty("báo cáo kiểm điểm", "30/03/2023"), number="830-CV/HU", on="01/02/2023", references=cites))
    assert len(listed(session)) == 2


def test_an_archive_intake_opens_no_duty(session):
    """A thousand old letters add nothing to the list."""
    for n in range(1000):
        put(session, order(duty("báo cáo", "30/01/2020"), number=f"{n + 1}-CV/HU", on="12/01/2020"), purpose="archive")
    assert listed(session) == ()
    assert session.query(DutyRow).count() == 1000
    assert listed(session, TODAY + timedelta(1)) == ()
