"""What a person writes of a citation or a duty is read by the grammar that reads documents."""

from datetime import date

import pytest

from api.phrases import Cited, Ordered, duty_of, limit_of, reference_of
from store.errors import NotAllowed

ISSUED = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("number", "day", "kind", "agency", "phrase"),
    [
        ("21-KH/ĐU", None, "Kế hoạch", None, "21-KH/ĐU"),
        ("21-KH/ĐU", None, "Kế hoạch", None, " 21 - KH/ĐU "),
        ("30/2020/NĐ-CP", None, "Nghị định", None, "30/2020/NĐ-CP"),
        ("21-KH/ĐU", date(2026, 9, 1), "Kế hoạch", "Đảng ủy xã", "Kế hoạch số 21-KH/ĐU, ngày 01/9/2026 của Đảng ủy xã"),
        ("402/UBND-VX", date(2026, 10, 5), "Công văn", None, "Công văn số 402/UBND-VX ngày 05 tháng 10 năm 2026"),
        (None, None, "Luật", None, "Luật Đất đai năm 2024"),
        (None, None, "Quy chế", None, "Quy chế làm việc"),
        (None, None, None, None, "Phương hướng công tác"),
        (None, None, None, None, ""),
    ],
)
def test_a_phrase_names_a_document(number, day, kind, agency, phrase):
    """Number, day, kind and issuer are taken from it; without a number it is a title."""
    found = reference_of(Cited(phrase, "implements"), "party" if number and "-KH" in number else "state")
    assert (found.number, found.issued_on, found.agency, found.relation) == (number, day, agency, "implements")
    assert found.type == kind
    assert found.title == (None if number else phrase or None)


def test_what_is_said_beside_the_phrase_goes_before_it():
    """Day and issuer that are written for themselves, and the part that is meant."""
    found = reference_of(Cited("21-KH/ĐU ngày 01/9/2026", "guides", "02/9/2026", "Tỉnh ủy", "Điều 3"), "party")
    assert (found.issued_on, found.agency, found.scope) == (date(2026, 9, 2), "Tỉnh ủy", "Điều 3")


@pytest.mark.parametrize(("day", "relation"), [("hôm qua", "guides"), ("", "likes"), ("31/02/2026", "guides")])
def test_what_cannot_be_is_refused(day, relation):
    """No relation that there is not, no day that is none."""
    with pytest.raises(NotAllowed):
        reference_of(Cited("21-KH/ĐU", relation, day), "party")


@pytest.mark.parametrize(
    ("kind", "day", "bound", "text"),
    [
        ("date", date(2026, 12, 5), "at latest", "05/12/2026"),
        ("date", date(2026, 12, 5), "before", "trước ngày 05/12/2026"),
        ("date", date(2026, 12, 15), "before", "trước ngày 15/12"),
        ("recurring", None, "every", "trước ngày 20 hằng tháng"),
        ("elsewhere", None, "none", "đúng thời gian quy định"),
        ("none", None, "none", "khi có yêu cầu"),
    ],
)
def test_a_limit_is_a_day_or_words(kind, day, bound, text):
    """A day without a year is the next one after the document; words that name no time stay words."""
    found = limit_of(text, ISSUED)
    assert (found.kind, found.date) == (kind, day)
    assert found.bound == bound or kind == "recurring"
    assert found.text


def test_a_duty_is_said_whole():
    """Who, what, with whom, to whom, through whom; a class of bodies is a group; no limit is none."""
    said = duty_of(Ordered(" gửi  báo cáo", "", "Các chi bộ", "Văn phòng; Ban Tổ chức;", "báo cáo", "Đảng ủy", "Văn phòng"), ISSUED)
    assert (said.task, said.assignee, said.is_group, said.co_ordinators) == (
        "gửi báo cáo",
        "Các chi bộ",
        True,
        ("Văn phòng", "Ban Tổ chức"),
    )
    assert (said.product, said.to_whom, said.through, said.deadline) == ("báo cáo", "Đảng ủy", "Văn phòng", None)
    assert duty_of(Ordered("họp", assignee="Văn phòng"), None).is_group is False
