"""Other documents tell of a number that a hand wrote: who cites it, and where it stands in its register."""

from dataclasses import replace

import pytest

from nlp.directive import NOWHERE, Found
from store.tables import DocumentRow
from store.witnesses import witnesses
from tests.store.making import directive, put, reference

BODY = "Ủy ban nhân dân tỉnh An Phú"


def decision(number, day, **more):
    """Make a decision of one province."""
    return directive(number, day, BODY, family="state", type="Quyết định", **more)


def doubtful(number, *others, day="10/3/2025", to_verify=("number",)):
    """Make one whose serial may be another."""
    made = decision(number, day, to_verify=to_verify)
    return replace(made, number=Found(number, NOWHERE, 0.5, "viết tay", others))


def told(session, document_id):
    """Give what is told: the number, for or against it."""
    return [(one.number, one.is_for) for one in witnesses(session, session.get_one(DocumentRow, document_id))]


def test_who_cites_a_number_with_its_day_and_body_speaks_for_it(session):
    """The printed citation tells which of two readings the hand wrote, and names who says so."""
    put(session, decision("90/QĐ-UBND", "20/4/2025", references=[reference("34/QĐ-UBND", "10/3/2025", BODY, type="Quyết định")]))
    mine = put(session, doubtful("84/QĐ-UBND", "34/QĐ-UBND"))
    (found,) = witnesses(session, session.get_one(DocumentRow, mine))
    assert (found.number, found.is_for) == ("34/QĐ-UBND", True)
    assert found.sentence == "Quyết định 90/QĐ-UBND viện dẫn 34/QĐ-UBND ngày 10/03/2025."


@pytest.mark.parametrize(
    "cited",
    [
        reference("34/QĐ-UBND", "10/3/2024", BODY, type="Quyết định"),
        reference("35/QĐ-UBND", "10/3/2025", BODY, type="Quyết định"),
        reference("34/QĐ-UBND", "10/3/2025", "Ủy ban nhân dân tỉnh Bình Hà", type="Quyết định"),
        reference("34/QĐ-UBND", None, BODY, type="Quyết định"),
    ],
)
def test_a_citation_of_something_else_tells_nothing(session, cited):
    """Another day, another number, another body or no day at all is no witness."""
    put(session, directive("7/KH-UBND", "20/4/2025", BODY, family="state", type="Kế hoạch", references=[cited]))
    assert told(session, put(session, doubtful("84/QĐ-UBND", "34/QĐ-UBND"))) == []


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([("30/QĐ-UBND", "03/3/2025"), ("40/QĐ-UBND", "12/3/2025")], [("84/QĐ-UBND", False), ("34/QĐ-UBND", True)]),
        ([("40/QĐ-UBND", "12/3/2025")], [("84/QĐ-UBND", False)]),
        ([("80/QĐ-UBND", "03/3/2025")], [("34/QĐ-UBND", False)]),
        ([("80/QĐ-UBND", "03/3/2024")], []),
        ([("30/QĐ-UBND", "10/3/2025")], []),
    ],
)
def test_a_register_bounds_a_number_by_its_neighbours(session, others, expected):
    """A serial lies above what was issued before and below what was issued after, in the same year."""
    for number, day in others:
        put(session, decision(number, day))
    assert told(session, put(session, doubtful("84/QĐ-UBND", "34/QĐ-UBND"))) == expected


def test_a_number_that_is_sure_asks_for_no_witness(session):
    """What was read surely is not held against others."""
    put(session, decision("30/QĐ-UBND", "12/3/2025"))
    assert told(session, put(session, doubtful("84/QĐ-UBND", to_verify=()))) == []
