"""What a search finds is counted by type, agency, year, family, state and whether it is held."""

import pytest

from store.answers import Narrowing
from store.facets import facets
from store.finding import browse, search
from tests.store.making import ALL, NOBODY, directive, put, reference


@pytest.fixture
def filed(session):
    """Three letters and a decision of two bodies and two years; one names a regulation that is not held."""
    cited = [reference("132-QĐ/TW", "08/3/2018", "Bộ Chính trị", title="về kiểm điểm")]
    for number, day, kind, agency, family in (
        ("1-CV/HU", "12/01/2023", "Công văn", "Huyện ủy A", "party"),
        ("2-CV/HU", "12/01/2024", "Công văn", "Huyện ủy A", "party"),
        ("3/UBND-VP", "12/02/2024", "Công văn", "Ủy ban nhân dân B", "state"),
        ("4/QĐ-UBND", "13/02/2024", "Quyết định", "Ủy ban nhân dân B", "state"),
    ):
        text = f"Báo cáo kết quả {number}" + (" đăng ký mô hình" if number[0] in "14" else "")
        put(session, directive(number, day, agency, cited, type=kind, family=family), text)
    return session


def counted(found, name):
    """Give one facet as pairs."""
    return [(one.value, one.count) for one in found.parts[name]]


@pytest.mark.parametrize(
    ("words", "narrow", "total", "name", "parts"),
    [
        ("báo cáo", {}, 4, "types", [("Công văn", 3), ("Quyết định", 1)]),
        ("bao cao", {}, 4, "years", [("2024", 3), ("2023", 1)]),
        ("báo cáo", {}, 4, "families", [("party", 2), ("state", 2)]),
        ("báo cáo", {"types": ("Công văn",)}, 3, "agencies", [("Huyện ủy A", 2), ("Ủy ban nhân dân B", 1)]),
        ("báo cáo", {"types": ("Công văn",)}, 3, "types", [("Công văn", 3), ("Quyết định", 1)]),
        ("báo cáo", {"types": ("Công văn", "Quyết định"), "years": ("2024",)}, 3, "types", [("Công văn", 2), ("Quyết định", 1)]),
        ("mô hình", {"years": ("2020",)}, 0, "years", [("2024", 1), ("2023", 1), ("2020", 0)]),
        ("mô hình", {}, 2, "held", [("1", 2)]),
        ("132-QĐ/TW", {}, 1, "held", [("0", 1)]),
        ("", {}, 5, "held", [("1", 4), ("0", 1)]),
        ("", {"held": ("0",)}, 1, "years", [("2018", 1)]),
        ("không có", {}, 0, "types", []),
        ("…", {}, 0, "types", []),
    ],
)
def test_documents_are_counted_by_facet(filed, words, narrow, total, name, parts):
    """Each facet heeds what is chosen in the others, not in itself; what is chosen stays listed though nothing has it."""
    found = facets(filed, words, seen_by=ALL, narrow=Narrowing(**narrow))
    assert (found.total, counted(found, name)) == (total, parts)


@pytest.mark.parametrize(
    ("words", "narrow"),
    [
        ("báo cáo", {}),
        ("báo cáo", {"types": ("Công văn",), "years": ("2024",)}),
        ("132-QĐ/TW", {"held": ("1",)}),
        ("mô hình", {"families": ("state",)}),
    ],
)
def test_the_count_is_the_number_of_hits(filed, words, narrow):
    """What the facets count is what the search lists, narrowed alike."""
    narrowing = Narrowing(**narrow)
    hits = search(filed, words, seen_by=ALL, narrow=narrowing)
    assert len(hits) == facets(filed, words, seen_by=ALL, narrow=narrowing).total


def test_without_words_the_newest_are_listed(filed):
    """A narrowing alone is a list: here what is only cited, and what one body wrote."""
    assert [hit.document.number for hit in browse(filed, seen_by=ALL, narrow=Narrowing(held=("0",)))] == ["132-QĐ/TW"]
    of_state = browse(filed, seen_by=ALL, narrow=Narrowing(families=("state",)))
    assert [hit.document.number for hit in of_state] == ["4/QĐ-UBND", "3/UBND-VP"]


def test_common_words_find_the_newest_pages(session, monkeypatch):
    """Where words stand on very many pages, those of the newest come first where they follow each other, then the newest."""
    monkeypatch.setattr("store.finding._LOOKED_AT", 3)
    monkeypatch.setattr("store.finding._COMMON", 2)
    for at, text in enumerate(("báo cáo", "báo có cáo", "báo cáo", "cáo và báo"), 1):
        put(session, directive(f"{at}-CV/HU", "12/01/2023"), f"{text} {at}")
    assert [hit.document.number for hit in search(session, "báo cáo", seen_by=ALL)] == [f"{at}-CV/HU" for at in (3, 4, 2)]
    assert [hit.document.number for hit in search(session, "cáo báo", seen_by=ALL)] == [f"{at}-CV/HU" for at in (4, 3, 2)]


def test_who_may_not_see_counts_nothing(filed):
    """Not even how many there are."""
    found = facets(filed, "báo cáo", seen_by=NOBODY)
    assert found.total == 0 and not any(found.parts.values())
    assert browse(filed, seen_by=NOBODY, narrow=Narrowing()) == ()


@pytest.mark.parametrize(
    ("words", "held"),
    [("kiểm điểm", ["0"]), ("bo chinh tri kiem diem", ["0"]), ("132", ["0"]), ("báo cáo", ["1"]), ("kiểm điểm báo cáo", [])],
)
def test_what_is_only_cited_is_found_by_what_is_told_of_it(filed, words, held):
    """Its title, its agency, a part of its number: told by those that cite it."""
    hits = search(filed, words, seen_by=ALL)
    assert sorted({str(int(hit.document.held)) for hit in hits}) == held
    assert facets(filed, words, seen_by=ALL).total == len(hits)


def test_a_cited_document_that_arrives_is_found_by_its_own_words(filed):
    """What was told of it gives way to what it says; what nobody cites any more is found no more."""
    put(filed, directive("132-QĐ/TW", "08/3/2018", "Bộ Chính trị", subject="về đánh giá"), "nội dung mới")
    assert [hit.document.held for hit in search(filed, "đánh giá", seen_by=ALL)] == [True]
    assert search(filed, "kiểm điểm", seen_by=ALL) == ()
