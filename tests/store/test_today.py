"""The first page's figures are those of the lists they open."""

from datetime import date

import pytest

from store.answers import Deed
from store.duties import due
from store.graph import most_cited
from store.review import confirm
from store.today import Urgent, urgent, waiting
from store.work import take
from tests.store.making import ALL, NOBODY, NOW, directive, duty, duty_queue, head_queue, put, reference

DAY = date(2026, 1, 5)


@pytest.fixture
def filed(session):
    """Five letters: two urgent ones, one archive, three that cite what is not held."""
    wanted, other = reference("132-QĐ/TW", "08/3/2018"), reference("9-NQ/TW", "01/02/2017")
    put(session, directive("1-CV/HU", "12/01/2025", references=[wanted], duties=[duty("báo cáo", "07/01/2026")], urgency="Khẩn"))
    put(session, directive("2-CV/HU", "12/01/2025", references=[wanted, other], urgency="HỎA TỐC"))
    put(session, directive("3-CV/HU", "12/01/2025", references=[wanted], duties=[duty("rà soát"), duty("đăng ký", "01/01/2026")]))
    put(session, directive("4-CV/HU", "12/01/2025", duties=[duty("tổng hợp", "09/01/2026")], urgency="Hỏa tốc"), purpose="archive")
    put(session, directive("5-CV/HU", "12/01/2025", urgency="Thường"))
    return session


def test_what_waits_is_what_the_queues_list(filed):
    """Before and after people confirm."""
    for _ in range(2):
        told = waiting(filed, seen_by=ALL)
        assert told.heads == len(head_queue(filed, now=NOW, seen_by=ALL))
        assert told.duties == len(duty_queue(filed, now=NOW, seen_by=ALL))
        for line in due(filed, as_of=DAY, seen_by=ALL)[:2]:
            take(filed, line.id, Deed("accept"), by="thử", now=NOW)
        confirm(filed, head_queue(filed, now=NOW, seen_by=ALL)[0].document.id, by="thử", now=NOW)


def test_urgent_papers_come_first_until_they_are_confirmed(filed):
    """Hỏa tốc before the rest, however it is written; an archive is not urgent any more."""
    assert [(one.document.number, one.urgency) for one in urgent(filed, seen_by=ALL)] == [("2-CV/HU", "HỎA TỐC"), ("1-CV/HU", "Khẩn")]
    first: Urgent = urgent(filed, seen_by=ALL)[0]
    confirm(filed, first.document.id, by="thử", now=NOW)
    assert [one.document.number for one in urgent(filed, seen_by=ALL)] == ["1-CV/HU"]


def test_what_most_documents_cite_and_nobody_holds_is_named(filed):
    """The most cited first; once it is filed it is missing no more."""
    assert [(line.number, line.cited_by) for line in most_cited(filed, seen_by=ALL, limit=5, held=False)] == [
        ("132-QĐ/TW", 3),
        ("9-NQ/TW", 1),
    ]
    put(filed, directive("9-NQ/TW", "01/02/2017", subject="về chuyện khác"))
    assert [line.number for line in most_cited(filed, seen_by=ALL, limit=5, held=False)] == ["132-QĐ/TW"]


def test_who_may_not_see_is_told_nothing(filed):
    """No figure, no name."""
    assert (
        waiting(filed, seen_by=NOBODY).heads,
        urgent(filed, seen_by=NOBODY),
        most_cited(filed, seen_by=NOBODY, limit=5, held=False),
    ) == (0, (), ())
