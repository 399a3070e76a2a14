"""A paper goes from the register to the unit that deals with it, step by step, and each step is taken back without a trace."""

from datetime import date, timedelta
from random import Random
from threading import Thread

import pytest

from store.answers import Deed, Office
from store.corrections import correct
from store.database import begin, look
from store.duties import due
from store.effort import Effort, effort
from store.errors import NotAllowed, NotFound
from store.forwarding import Receivers
from store.handling import enter_paper, handling, instruct, pass_on, submit, undo
from store.office import set_office
from store.papers import Wanted, leaders, paper, papers, stages
from store.registers import cancel, close, enter, entries, forward, get_register, hold, open_register
from store.review import confirm
from store.units import set_units, units
from store.work import history, take
from tests.store.making import ALL, NOBODY, NOW, directive, duty, put

TODAY = date(2026, 1, 5)
LATER = NOW + timedelta(hours=1)
STEPS = ("enter", "submit", "instruct", "forward")


@pytest.fixture
def book(session):
    """Give the register of incoming documents of a year, in an office with three units."""
    set_office(session, Office("Đảng ủy xã Suối Ngàn", "party", None, None, None))
    set_units(session, "own", ("Văn phòng", "Ban Xây dựng Đảng", "Ủy ban Kiểm tra"), now=TODAY)
    return open_register(session, "in", "Văn bản đến", "2026", first=15)


@pytest.fixture
def letter(session, book):  # noqa: ARG001  the office comes first
    """Give a letter with one duty that was confirmed and one that nobody has confirmed."""
    return filed(session, "33-CV/TU", duty("báo cáo kiểm điểm", "30/01/2026"), duty("đăng ký mô hình", "28/02/2026"))


def filed(session, number, *duties):
    """File a letter of the body above; its first duty is confirmed."""
    made = put(session, directive(number, "02/01/2026", "Tỉnh ủy Vĩnh Sơn", duties=duties, type="Công văn", subject="mô hình"))
    if duties:
        take(session, lines(session, made)[0].id, Deed("accept"), by="An", now=NOW - timedelta(days=1))
    return made


def lines(session, made):
    """Give the duties of a document."""
    return [line for line in due(session, as_of=TODAY, seen_by=ALL) if line.document_id == made]


def unit(session, name):
    """Give the id of a unit."""
    return next(one.id for one in units(session, seen_by=ALL) if one.name == name)


def entered(session, book, made, **more):
    """Enter a paper."""
    return enter_paper(session, made, book, **({"on": TODAY, "by": "An", "now": NOW} | more))


def passed(session, made, *, lead="Văn phòng", **more):
    """Forward a paper."""
    receivers = Receivers(unit(session, lead) if lead else None, **more.pop("others", {}))
    pass_on(session, made, receivers, **({"note": "", "day": None, "by": "An", "now": LATER, "on": TODAY} | more))


def test_a_paper_goes_its_way_and_the_list_says_where_it_is(session, book, letter):
    """Vào sổ, Trình, Cho ý kiến, Chuyển: stage, holder and leader's limit follow; each step tells who and when."""
    assert paper(session, letter, seen_by=ALL).stage == "Chờ vào sổ"
    assert entered(session, book, letter).serial == "15"
    assert paper(session, letter, seen_by=ALL).stage == "Chờ trình"
    submit(session, letter, "Đồng chí Bí thư", by="An", now=NOW)
    assert (paper(session, letter, seen_by=ALL).stage, paper(session, letter, seen_by=ALL).holder) == ("Chờ ý kiến", "Đồng chí Bí thư")
    limit = date(2026, 1, 20)
    told = Receivers(unit(session, "Ban Xây dựng Đảng"), (unit(session, "Văn phòng"),))
    instruct(session, letter, "Giao Ban Xây dựng Đảng tham mưu", told, leader="Bí thư", day=limit, by="An", now=NOW)
    assert paper(session, letter, seen_by=ALL).stage == "Chờ chuyển"
    passed(session, letter, lead="Ban Xây dựng Đảng", day=limit, others={"helping": (unit(session, "Văn phòng"),)})
    last = paper(session, letter, seen_by=ALL)
    assert (last.stage, last.holder, last.limit, last.serial) == ("Đã chuyển", "Ban Xây dựng Đảng; Văn phòng", limit, "15")
    assert [(one.kind, one.by, one.stands) for one in handling(session, letter, seen_by=ALL)] == [(kind, "An", True) for kind in STEPS]
    assert [line.receivers.lead for line in handling(session, letter, seen_by=ALL)][2:] == [told.lead] * 2
    assert leaders(session, seen_by=ALL) == ("Đồng chí Bí thư",)
    (line,) = entries(session, book, seen_by=ALL)
    assert (line.forwarded_to, line.forwarded_on) == ("Ban Xây dựng Đảng; Văn phòng", TODAY)


def test_confirmed_duties_go_to_the_lead_with_the_leaders_limit_beside_the_documents(session, book, letter):
    """What nobody confirmed is not given to anybody; the document's own limit stays."""
    entered(session, book, letter)
    passed(session, letter, day=date(2026, 1, 20), note="Khẩn trương")
    first, second = lines(session, letter)
    assert (first.unit, first.leader_limit, first.due_on) == ("Văn phòng", date(2026, 1, 20), date(2026, 1, 30))
    assert (second.unit, second.accepted_by) == (None, None)
    assert [step.note for step in history(session, first.id, seen_by=ALL)][1:] == ["Khẩn trương"] * 2


@pytest.mark.parametrize(("note", "task"), [("Tham mưu trả lời", "Tham mưu trả lời"), ("", "Xử lý Công văn 40-CV/TU mô hình")])
def test_a_paper_without_duties_gets_one_when_it_is_forwarded(session, book, note, task):
    """What the leader says is the task, else what the paper is; it counts at once, and goes when the forwarding is taken back."""
    made = filed(session, "40-CV/TU")
    entered(session, book, made)
    passed(session, made, note=note, others={"helping": (unit(session, "Ủy ban Kiểm tra"),), "informed": (unit(session, "Văn phòng"),)})
    (line,) = lines(session, made)
    assert (line.task, line.assignee, line.unit, line.co_ordinators, line.stands) == (
        task,
        "Văn phòng",
        "Văn phòng",
        ("Ủy ban Kiểm tra",),
        True,
    )
    undo(session, made, by="An", now=LATER)
    assert lines(session, made) == []


def test_for_information_nobody_gets_a_duty(session, book):
    """Without a lead the paper only goes round."""
    made = filed(session, "40-CV/TU")
    entered(session, book, made)
    passed(session, made, lead=None, others={"informed": (unit(session, "Văn phòng"),)})
    assert (lines(session, made), paper(session, made, seen_by=ALL).holder) == ([], "Văn phòng")


def test_what_is_missing_is_asked_for(session, book, letter):
    """A number first, then a name, words or units; a second number is not given; what is not there is not found."""
    nobody = Receivers()
    too_early = (
        lambda: submit(session, letter, "Bí thư", by="An", now=NOW),
        lambda: instruct(session, letter, "Đồng ý", nobody, leader="", day=None, by="An", now=NOW),
        lambda: passed(session, letter),
    )
    for refused in too_early:
        with pytest.raises(NotAllowed, match="chưa vào sổ"):
            refused()
    entered(session, book, letter)
    with pytest.raises(NotAllowed, match=r"số đến 15, ngày 05/01/2026. Không cấp số mới"):
        entered(session, book, letter)
    too_little = (
        lambda: submit(session, letter, " ", by="An", now=NOW),
        lambda: instruct(session, letter, " ", nobody, leader="", day=None, by="An", now=NOW),
        lambda: passed(session, letter, lead=None),
    )
    for refused in too_little:
        with pytest.raises(NotAllowed):
            refused()
    for refused in (
        lambda: entered(session, book, 99),
        lambda: undo(session, 99, by="An", now=NOW),
        lambda: handling(session, 99, seen_by=ALL),
        lambda: handling(session, letter, seen_by=NOBODY),
        lambda: paper(session, letter, seen_by=NOBODY),
        lambda: pass_on(session, letter, Receivers(99), note="", day=None, by="An", now=NOW, on=TODAY),
    ):
        with pytest.raises(NotFound):
            refused()
    assert papers(session, "in", Wanted(), seen_by=NOBODY) == ()
    assert set(stages(session, "in", Wanted(), seen_by=NOBODY).values()) == {0}
    assert leaders(session, seen_by=NOBODY) == ()


def test_a_stamp_that_leaps_ahead_holds_the_numbers_of_papers_not_handed_in_yet(session, book):
    """No gap: 15 to 17 are held, 16 is taken by the paper that bears it; a number in use, and one far ahead, are refused."""
    first, second, third = (filed(session, f"{n}-CV/TU") for n in (40, 41, 42))
    assert entered(session, book, first, serial=18).serial == "18"
    assert entered(session, book, second, serial=16).serial == "16"
    for serial in (16, 18, 14, 500):
        with pytest.raises(NotAllowed):
            entered(session, book, third, serial=serial)
    held = [(one.serial, one.state) for one in entries(session, book, seen_by=ALL)]
    assert held == [("15", "held"), ("16", "used"), ("17", "held"), ("18", "used")]
    undo(session, second, by="An", now=LATER)
    assert [one.state for one in entries(session, book, seen_by=ALL)] == ["held", "held", "held", "used"]
    undo(session, first, by="An", now=LATER)
    assert (entries(session, book, seen_by=ALL), get_register(session, book, seen_by=ALL).next) == ((), 15)


@pytest.mark.slow
def test_two_clerks_with_stamps_out_of_order_leave_no_gap_and_no_double(engine):
    """Forty stamped papers, entered by two at once as they come to hand: each has the number of its stamp, and none is left over."""
    with begin(engine) as session:
        made = [filed(session, f"{n}-CV/TU") for n in range(40)]
        here = open_register(session, "in", "Văn bản đến", "2026", first=15)
    order, failed = list(range(40)), []
    Random(7).shuffle(order)

    def clerk(name, mine):
        for n in mine:
            try:
                with begin(engine) as session:
                    enter_paper(session, made[n], here, on=TODAY, serial=15 + n, by=name, now=NOW)
            except Exception as error:  # noqa: BLE001  a thread must tell its failure
                failed.append(error)

    clerks = [Thread(target=clerk, args=("An", order[::2])), Thread(target=clerk, args=("Bình", order[1::2]))]
    for each in clerks:
        each.start()
    for each in clerks:
        each.join()
    with look(engine) as session:
        found = [(entry.serial, entry.document_id, entry.state) for entry in entries(session, here, seen_by=ALL)]
    assert failed == []
    assert found == [(str(15 + n), made[n], "used") for n in range(40)]


def test_a_number_that_the_office_holds_is_not_taken_by_a_stamp(session, book):
    """A secret paper may stand behind it."""
    hold(session, book, on=TODAY, by="An", now=NOW)
    with pytest.raises(NotAllowed, match="Số đến 15 đã dùng"):
        entered(session, book, filed(session, "40-CV/TU"), serial=15)


def test_only_the_last_number_is_taken_back(session, book, letter):
    """After another number was given it stays, and so it does in a closed register; a cancelled number frees the paper."""
    entered(session, book, letter)
    other = filed(session, "40-CV/TU")
    second = entered(session, book, other, now=LATER)
    with pytest.raises(NotAllowed, match="Đã cấp số sau số 15"):
        undo(session, letter, by="An", now=LATER)
    cancel(session, second.id, "nhầm")
    assert paper(session, other, seen_by=ALL).stage == "Chờ vào sổ"
    undo(session, other, by="An", now=LATER)
    assert [one.state for one in entries(session, book, seen_by=ALL)] == ["used", "cancelled"]
    close(session, book, on=TODAY)
    with pytest.raises(NotAllowed, match="đã khóa"):
        undo(session, letter, by="An", now=LATER)


def test_what_was_forwarded_is_not_taken_back_once_a_unit_went_on(session, book, letter):
    """The unit's word stands; so does what the clerk wrote into the register since."""
    entry = entered(session, book, letter)
    passed(session, letter)
    take(session, lines(session, letter)[0].id, Deed("start"), by="Bình", now=LATER + timedelta(hours=1))
    with pytest.raises(NotAllowed, match="thực hiện tiếp"):
        undo(session, letter, by="An", now=LATER)
    other = filed(session, "40-CV/TU")
    entered(session, book, other)
    passed(session, other)
    forward(session, int(paper(session, other, seen_by=ALL).entry[1]), "Đồng chí Bình", on=TODAY)
    undo(session, other, by="An", now=LATER)
    assert entries(session, book, seen_by=ALL)[1].forwarded_to == "Đồng chí Bình" and entry.forwarded_to == ""


def test_what_was_confirmed_at_the_same_moment_is_taken_back_with_it(session, book, letter):
    """One press confirms the head, corrects a value, confirms a duty, enters and forwards; one press takes all of it back."""
    before = seen(session, letter, book)
    second = lines(session, letter)[1].id
    correct(session, letter, "subject", "mô hình mới", by="An", now=NOW)
    confirm(session, letter, by="An", now=NOW, seconds=20)
    take(session, second, Deed("accept"), by="An", now=NOW)
    entered(session, book, letter)
    passed(session, letter, now=NOW)
    assert seen(session, letter, book)["state"] == "Đã đối chiếu"
    assert undo(session, letter, by="An", now=LATER) == ("enter", "forward")
    assert seen(session, letter, book) == before
    assert [one.stands for one in handling(session, letter, seen_by=ALL)] == [False, False]
    with pytest.raises(NotAllowed, match="Không có việc nào"):
        undo(session, letter, by="An", now=LATER)


def seen(session, made, book):
    """Give all that a person can see of a paper, its duties and the register."""
    line = paper(session, made, seen_by=ALL)
    duties = [(d.task, d.state, d.accepted_by, d.unit, d.leader_limit, d.due_on) for d in lines(session, made)]
    of_book = [(e.serial, e.state, e.document_id, e.subject, e.forwarded_to, e.forwarded_on) for e in entries(session, book, seen_by=ALL)]
    where = (line.stage, line.serial, line.on, line.holder, line.limit)
    next_number = get_register(session, book, seen_by=ALL).next
    return {
        "where": where,
        "duties": duties,
        "book": of_book,
        "next": next_number,
        "state": line.document.state,
        "head": line.document.subject,
    }


@pytest.mark.slow
def test_a_random_way_is_walked_back_step_by_step(session, book):
    """Whatever was done with three papers, in whatever order, undoing it all leaves what was there before, and no gap meanwhile."""
    for seed in range(12):
        chance = Random(seed)
        made = [filed(session, f"{100 * seed + n}-CV/TU", *((duty("báo cáo", "30/01/2026"),) if n else ())) for n in range(3)]
        first = [seen(session, one, book) for one in made]
        done, moment = [], NOW + timedelta(days=seed)
        for _ in range(10):
            moment += timedelta(minutes=1)
            one = chance.choice(made)
            try:
                _do(session, book, one, chance, moment)
            except NotAllowed:
                continue
            done.append(one)
            serials = [int(entry.serial) for entry in entries(session, book, seen_by=ALL, limit=1000)]
            assert serials == list(range(15, get_register(session, book, seen_by=ALL).next))
        for one in reversed(done):
            undo(session, one, by="An", now=moment)
        assert [seen(session, one, book) for one in made] == first


def _do(session, book, made, chance, moment):
    """Do one of the four things."""
    here = {"by": chance.choice(("An", "Bình")), "now": moment}
    told = Receivers(unit(session, chance.choice(("Văn phòng", "Ban Xây dựng Đảng"))))
    day = chance.choice((None, date(2026, 2, 1)))
    kind = chance.choice(STEPS)
    if kind == "enter":
        leap = chance.choice((None, 0, 2))
        serial = None if leap is None else get_register(session, book, seen_by=ALL).next + leap
        enter_paper(session, made, book, on=TODAY, serial=serial, **here)
    elif kind == "submit":
        submit(session, made, "Bí thư", **here)
    elif kind == "instruct":
        instruct(session, made, "Đồng ý", told, leader="Bí thư", day=day, **here)
    else:
        pass_on(session, made, told, note=chance.choice(("", "Tham mưu")), day=day, on=TODAY, **here)


def test_a_list_is_narrowed_and_counted(session, book, letter):
    """By stage, day, holder, words and urgency; the office's own papers go out; archives are in no list."""
    put(session, directive("7-QĐ/TU", "12/01/2020", "Tỉnh ủy Vĩnh Sơn"), purpose="archive")
    own = put(session, directive("3-CV/ĐU", "03/01/2026", "Đảng ủy xã Suối Ngàn", type="Công văn", subject="trả lời"))
    urgent = put(session, directive("41-CV/TU", "03/01/2026", "Tỉnh ủy Vĩnh Sơn", urgency="HỎA TỐC", subject="họp"), now=LATER)
    other = filed(session, "42-CV/TU")
    entered(session, book, other)
    passed(session, other)

    def ids(way="in", **wanted):
        return [line.document.id for line in papers(session, way, Wanted(**wanted), seen_by=ALL)]

    assert (ids(), ids("out")) == ([urgent, letter, other], [own])
    assert (ids(stage="Chờ vào sổ"), ids(stage="Đã vào sổ"), ids(stage="Đã chuyển")) == ([urgent, letter], [other], [other])
    assert (ids(words="MÔ HINH"), ids(words="42-CV/TU"), ids(holder="van phong"), ids(urgent=True)) == (
        [letter, other],
        [other],
        [other],
        [urgent],
    )
    assert (ids(since=TODAY), ids(since=date(2026, 1, 6)), ids(until=date(2026, 1, 4))) == ([urgent, letter, other], [], [])
    counted = {"Chờ vào sổ": 2, "Chờ trình": 0, "Chờ ý kiến": 0, "Chờ chuyển": 0, "Đã chuyển": 1}
    assert stages(session, "in", Wanted(stage="Đã chuyển"), seen_by=ALL) == counted
    assert stages(session, "out", Wanted(), seen_by=ALL) == {"Chờ vào sổ": 1, "Đã vào sổ": 0}


def test_a_number_given_at_the_register_itself_is_part_of_the_history(session, book, letter):
    """The step is told though nobody took it on the paper's own screen."""
    enter(session, book, letter, on=TODAY, by="Bình", now=NOW)
    (line,) = handling(session, letter, seen_by=ALL)
    assert (line.kind, line.by, line.to) == ("enter", "Bình", "15")


def test_seconds_and_corrections_are_counted_from_what_people_did(session, letter):
    """Half took less; a correction that was undone, a confirmation that was taken back and one of another time do not count."""
    others = [filed(session, f"{n}-CV/TU") for n in range(50, 54)]
    for made, seconds in zip((letter, *others), (10, 20, 30, None, 40), strict=True):
        confirm(session, made, by="An", now=NOW if seconds != 40 else NOW + timedelta(days=40), seconds=seconds)
    correct(session, letter, "subject", "khác", by="An", now=NOW)
    correct(session, others[0], "subject", "khác", by="An", now=NOW)
    correct(session, others[0], "number", "50-CV/TU", by="An", now=NOW)
    correct(session, others[0], "arrived_as", "15", by="An", now=NOW)
    found = effort(session, NOW, NOW + timedelta(days=30), seen_by=ALL)
    assert found == Effort(4, 20, 30, (("subject", 2), ("number", 1)))
    assert effort(session, NOW, LATER, seen_by=NOBODY) == Effort(0, None, None, ())
