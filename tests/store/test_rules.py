"""Values that cannot all be right are told in a sentence, and what may be right is not."""

from dataclasses import replace
from datetime import date

import pytest

from nlp.directive import NOWHERE, Found
from store.errors import NotFound
from store.rules import clashes
from tests.store.making import ALL, NOBODY, directive, duty, put, reference

TODAY = date(2026, 1, 5)
AGENCY = "Huyện ủy Bảo Lâm"


def told(session, made, as_of=TODAY):
    """Give what does not fit in a document."""
    return [(clash.fields, clash.sentence) for clash in clashes(session, made, as_of=as_of, seen_by=ALL)]


@pytest.mark.parametrize(
    ("issued", "arrived", "sentence"),
    [
        ("12/01/2023", "10/01/2023", "Ngày đến 10/01/2023 trước ngày ban hành 12/01/2023."),
        ("12/01/2023", "12/01/2023", None),
        ("12/01/2023", "16/01/2023", None),
        ("12/01/2023", None, None),
        ("12/01/2027", None, "Ngày ban hành 12/01/2027 sau ngày hôm nay."),
        ("05/01/2026", None, None),
    ],
)
def test_days_follow_each_other(session, issued, arrived, sentence):
    """Issued on or before the day of arrival, and not in the days to come."""
    arrival = Found(date.fromisoformat("-".join(reversed(arrived.split("/")))), NOWHERE, 0.9, "thử") if arrived else None
    made = put(session, replace(directive("809-CV/HU", issued, AGENCY), arrived_on=arrival))
    assert [one for _, one in told(session, made)] == ([sentence] if sentence else [])


@pytest.mark.parametrize(
    ("number", "fits"), [("30/2020/NĐ-CP", True), ("30/2021/NĐ-CP", False), ("2020/UBND-VP", True), ("809-CV/HU", True)]
)
def test_the_year_of_a_number_is_that_of_its_date(session, number, fits):
    """A serial that looks like a year is none."""
    made = put(session, directive(number, "05/03/2020", "Chính phủ"))
    found = told(session, made)
    assert found == ([] if fits else [(("number", "issued_on"), "Số, ký hiệu ghi năm 2021, ngày ban hành là 05/03/2020.")])


@pytest.mark.parametrize(("limit", "fits"), [("11/01/2023", False), ("12/01/2023", True), ("30/01/2023", True), (None, True)])
def test_a_limit_lies_after_the_issue(session, limit, fits):
    """Due on the day itself is possible, before it is not."""
    made = put(session, directive("809-CV/HU", "12/01/2023", AGENCY, duties=[duty("báo cáo", limit)]))
    found = told(session, made)
    assert len(found) == (0 if fits else 1)
    if not fits:
        assert found[0][0][0].startswith("duty-") and "Hạn 11/01/2023 sớm hơn ngày ban hành 12/01/2023." in found[0][1]


def test_a_number_is_used_once(session):
    """The same number of the same body in the same period is named with its document; another body's, or year's, is not."""
    first = put(session, directive("809-CV/HU", "12/01/2023", AGENCY, type="Công văn"), text="a")
    put(session, directive("809-CV/HU", "12/01/2023", "Huyện ủy Lâm Hà"), text="b")
    put(session, directive("810-CV/HU", "12/01/2023", AGENCY), text="c")
    assert told(session, first) == []
    again = put(session, directive("809-CV/HU", "13/01/2023", AGENCY, type="Công văn"), text="d")
    (clash,) = clashes(session, again, as_of=TODAY, seen_by=ALL)
    assert clash.fields == ("number",) and clash.document_id == first
    assert clash.sentence == "Trong kho đã có Công văn 809-CV/HU ngày 12/01/2023 cùng số, cùng cơ quan ban hành."


def test_what_is_cited_is_older(session):
    """A cited document with a later day is named; one of the same day or without a day is not."""
    cited = [reference("21-KH/HU", "13/01/2023"), reference("22-KH/HU", "12/01/2023"), reference("23-KH/HU")]
    made = put(session, directive("809-CV/HU", "12/01/2023", AGENCY, references=cited))
    assert told(session, made) == [(("issued_on",), "Viện dẫn 21-KH/HU ngày 13/01/2023, sau ngày ban hành 12/01/2023.")]


def test_nothing_is_told_to_who_may_not_see(session):
    """Nor of documents that are only cited."""
    made = put(session, directive("809-CV/HU", "12/01/2027", AGENCY))
    with pytest.raises(NotFound):
        clashes(session, made, as_of=TODAY, seen_by=NOBODY)
