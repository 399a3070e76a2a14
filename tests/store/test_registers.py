"""A register gives each number once, without a gap, whoever asks at the same time."""

from datetime import date
from threading import Thread

import pytest

from store.answers import Office
from store.corrections import correct
from store.database import begin, look, migrate, open_database
from store.errors import NotAllowed, NotFound
from store.office import set_office
from store.registers import cancel, close, enter, entries, forward, get_register, hold, open_register, put_between, registers, waiting
from tests.store.making import ALL, NOBODY, NOW, directive, put

TODAY = date(2026, 1, 5)


@pytest.fixture
def book(session):
    """Give the register of incoming documents of a year."""
    return open_register(session, "in", "Sổ đăng ký văn bản đến", "2026")


def paper(session, book, subject="Giấy mời họp", **more):
    """Enter a paper of which there is no scan."""
    return enter(session, book, on=TODAY, by="An", now=NOW, subject=subject, **more)


def serials(session, book):
    """Give the numbers in order."""
    return [entry.serial for entry in entries(session, book, seen_by=ALL)]


def test_a_register_begins_where_the_office_stands(session):
    """A register that is taken over goes on; another year has its own; the same one is not opened twice."""
    book = open_register(session, "in", "Văn bản đến", "2026", first=1234)
    assert paper(session, book).serial == "1234"
    assert open_register(session, "in", "Văn bản  đến", "2027") != book
    for wrong in (("Văn bản đến", "2026", 1), ("", "2026", 1), ("Văn bản đi", "", 1), ("Văn bản đi", "2026", 0)):
        with pytest.raises(NotAllowed):
            open_register(session, "in", wrong[0], wrong[1], first=wrong[2])
    assert [(one.period, one.next, one.count) for one in registers(session, seen_by=ALL)] == [("2027", 1, 0), ("2026", 1235, 1)]


def test_a_document_brings_its_own_columns_as_they_stand(session, book):
    """Author, number, day, kind and subject come from the document with its corrections; what the clerk says goes before."""
    made = put(session, directive("809-CV/HU", "12/01/2023", "Huyện ủy Bảo Lâm", type="Công văn", subject="báo cáo kiểm điểm"))
    correct(session, made, "number", "808-CV/HU", by="An", now=NOW)
    entry = enter(session, book, made, on=TODAY, by="An", now=NOW, note="bản fax")
    assert (entry.serial, entry.author, entry.number, entry.issued_on) == ("1", "Huyện ủy Bảo Lâm", "808-CV/HU", date(2023, 1, 12))
    assert (entry.subject, entry.note, entry.state) == ("Công văn báo cáo kiểm điểm", "bản fax", "used")


def test_one_document_by_three_channels_is_one_number(session, book):
    """Entering it again gives the entry that it has."""
    made = put(session, directive("809-CV/HU", "12/01/2023", "Huyện ủy Bảo Lâm"))
    first = enter(session, book, made, on=TODAY, by="An", now=NOW)
    assert enter(session, book, made, on=TODAY, by="Bình", now=NOW) == first
    assert put_between(session, first.id, made, on=TODAY, by="Bình", now=NOW) == first
    assert serials(session, book) == ["1"]


def test_numbers_are_put_in_between_held_back_and_cancelled(session, book):
    """15a follows 15; a number held back or cancelled is not given again."""
    first = paper(session, book)
    held = hold(session, book, on=TODAY, by="An", now=NOW)
    third = paper(session, book)
    assert put_between(session, first.id, on=TODAY, by="An", now=NOW, subject="bổ sung").serial == "1a"
    assert put_between(session, first.id, on=TODAY, by="An", now=NOW, subject="bổ sung").serial == "1b"
    assert cancel(session, third.id, "ghi nhầm").state == "cancelled"
    assert paper(session, book).serial == "4"
    assert (held.serial, held.state, held.subject) == ("2", "held", "")
    assert serials(session, book) == ["1", "1a", "1b", "2", "3", "4"]


def test_what_is_missing_is_asked_for(session, book):
    """A paper needs a number or a subject, a cancellation a reason, forwarding a name; errors take no number."""
    with pytest.raises(NotAllowed):
        paper(session, book, subject=" ")
    entry = paper(session, book)
    for refused in (lambda: cancel(session, entry.id, " "), lambda: forward(session, entry.id, " ", on=TODAY)):
        with pytest.raises(NotAllowed):
            refused()
    assert forward(session, entry.id, " Phòng  Nội vụ", on=TODAY).forwarded_to == "Phòng Nội vụ"
    with pytest.raises(NotFound):
        enter(session, book, 99, on=TODAY, by="An", now=NOW)
    for refused in (lambda: paper(session, 99), lambda: entries(session, 99, seen_by=ALL)):
        with pytest.raises(NotFound):
            refused()
    assert paper(session, book).serial == "2"
    assert entries(session, book, seen_by=NOBODY) == ()


def test_a_closed_register_gives_no_number(session, book):
    """It is bound; the error says when it was closed."""
    paper(session, book)
    close(session, book, on=TODAY)
    for refused in (lambda: paper(session, book), lambda: hold(session, book, on=TODAY, by="An", now=NOW)):
        with pytest.raises(NotAllowed, match="05/01/2026"):
            refused()
    assert serials(session, book) == ["1"]


def test_daily_documents_of_others_wait_to_come_in_and_own_ones_to_go_out(session, book):
    """An archive waits for nothing; a document that was entered waits no more; a register of one kind takes that kind."""
    set_office(session, Office("Huyện ủy Bảo Lâm", "party", None, None, None))
    others = put(session, directive("33-GM/TU", "12/01/2023", "Tỉnh ủy Lâm Đồng", type="Giấy mời"))
    own = put(session, directive("809-CV/HU", "12/01/2023", "Huyện ủy Bảo Lâm", type="Công văn"))
    put(session, directive("7-QĐ/TU", "12/01/2020", "Tỉnh ủy Lâm Đồng"), purpose="archive")
    letters = open_register(session, "out", "Công văn đi", "2020-2025", kind="Công văn")
    decisions = open_register(session, "out", "Quyết định đi", "2020-2025", kind="Quyết định")

    def ids(register):
        return [line.id for line in waiting(session, register, seen_by=ALL)]

    assert (ids(book), ids(letters), ids(decisions)) == ([others], [own], [])
    enter(session, book, others, on=TODAY, by="An", now=NOW)
    assert ids(book) == []
    with pytest.raises(NotFound):
        waiting(session, 99, seen_by=ALL)
    with pytest.raises(NotFound):
        get_register(session, 99, seen_by=ALL)
    assert get_register(session, book, seen_by=ALL).count == 1


@pytest.mark.slow
def test_two_clerks_at_once_leave_no_gap_and_no_double(tmp_path):
    """Five hundred papers by two clerks, each in a transaction of its own, have the numbers 1 to 500."""
    engine = open_database(f"sqlite:///{tmp_path / 'store.db'}")
    migrate(engine)
    with begin(engine) as session:
        book = open_register(session, "in", "Văn bản đến", "2026")
    failed = []

    def clerk(name):
        for n in range(250):
            try:
                with begin(engine) as session:
                    enter(session, book, on=TODAY, by=name, now=NOW, subject=f"{name} {n}")
            except Exception as error:  # noqa: BLE001  a thread must tell its failure
                failed.append(error)

    clerks = [Thread(target=clerk, args=(name,)) for name in ("An", "Bình")]
    for each in clerks:
        each.start()
    for each in clerks:
        each.join()
    with look(engine) as session:
        lines = entries(session, book, seen_by=ALL, limit=1000)
    assert failed == []
    assert [entry.serial for entry in lines] == [str(n) for n in range(1, 501)]
    assert len({entry.subject for entry in lines}) == 500
    engine.dispose()
