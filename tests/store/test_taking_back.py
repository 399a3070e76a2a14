"""What was said at once is taken back at once, and nothing else."""

from datetime import date, timedelta

import pytest

from store.answers import Deed
from store.corrections import correct
from store.documents import document
from store.errors import NotAllowed
from store.review import confirm, put_off
from store.tables import DocumentRow
from store.taking_back import take_back, take_back_duties
from store.work import take
from tests.store.making import ALL, NOW, directive, duty, head_queue, put

LATER = [NOW + timedelta(minutes=minutes) for minutes in range(6)]


def letter(session):
    """File a letter with two duties."""
    duties = [duty("gửi báo cáo", "30/01/2023"), duty("đăng ký", "28/02/2023")]
    return put(session, directive("809-CV/HU", "12/01/2023", "Huyện ủy Bảo Lâm", duties=duties, type="Công văn", subject="báo cáo"))


def values(session, made, home):
    """Give number, place and the state of a document."""
    view = document(session, made, home=home, as_of=date(2023, 1, 20), seen_by=ALL)
    named = {line.name: line.value for line in view.fields}
    return named["number"], named["place"], view.line.state


def test_a_confirmation_goes_with_its_corrections(session, tmp_path):
    """A correction made before stays; one that it replaced comes back."""
    made = letter(session)
    correct(session, made, "place", "Bảo Lâm", by="An", now=LATER[0])
    for name, value in (("number", "869-CV/HU"), ("place", "Đức Trọng")):
        correct(session, made, name, value, by="An", now=LATER[1])
    confirm(session, made, by="An", now=LATER[1])
    assert values(session, made, tmp_path) == ("869-CV/HU", "Đức Trọng", "Đã đối chiếu")
    take_back(session, made, by="An", now=LATER[2])
    assert values(session, made, tmp_path) == ("809-CV/HU", "Bảo Lâm", "Đã sửa")
    with pytest.raises(NotAllowed):
        take_back(session, made, by="An", now=LATER[3])


def test_what_was_put_off_comes_back_to_its_place(session):
    """Nothing else is said of it; of one that was confirmed before, the confirmation stands again."""
    made = letter(session)
    put_off(session, made, "chờ bản rõ hơn", by="An", now=LATER[0])
    take_back(session, made, by="An", now=LATER[1])
    (line,) = head_queue(session, now=LATER[1], seen_by=ALL)
    assert line.put_off is None
    confirm(session, made, by="An", now=LATER[2])
    put_off(session, made, "chờ", by="An", now=LATER[3])
    take_back(session, made, by="An", now=LATER[4])
    assert session.get_one(DocumentRow, made).state == "Đã đối chiếu"


def test_duties_decided_at_once_are_taken_back_at_once(session, tmp_path):
    """Confirmed and declined ones of the last time; one that has gone on since is not taken back."""
    made = letter(session)
    first, second = (line.id for line in document(session, made, home=tmp_path, as_of=date(2023, 1, 20), seen_by=ALL).duties)
    with pytest.raises(NotAllowed):
        take_back_duties(session, made, by="An", now=LATER[0])
    take(session, first, Deed("accept"), by="An", now=LATER[0])
    take(session, second, Deed("decline", "của đơn vị khác"), by="An", now=LATER[0])
    assert take_back_duties(session, made, by="An", now=LATER[1]) == 2
    duties = document(session, made, home=tmp_path, as_of=date(2023, 1, 20), seen_by=ALL).duties
    assert [(line.accepted_by, line.state) for line in duties] == [(None, "Chưa thực hiện")] * 2
    take(session, first, Deed("accept"), by="An", now=LATER[2])
    take(session, second, Deed("accept"), by="An", now=LATER[3])
    assert take_back_duties(session, made, by="An", now=LATER[4]) == 1
    take(session, first, Deed("start"), by="An", now=LATER[5])
    with pytest.raises(NotAllowed):
        take_back_duties(session, made, by="An", now=LATER[5])
