"""A case file gathers documents under its mark, is closed and opened again, and never touches the documents themselves."""

from datetime import date

import pytest

from store.dossiers import (
    Cover,
    amend,
    close_dossier,
    contents,
    dossiers,
    dossiers_of,
    get_dossier,
    open_dossier,
    put_in,
    related,
    remark,
    reopen_dossier,
    take_out,
    years_of_dossiers,
)
from store.errors import NotAllowed, NotFound
from tests.store.making import ALL, NOBODY, NOW, directive, put, reference

HU = "Huyện ủy Bảo Lâm"
TOLD = {"by": "An", "now": NOW}


@pytest.fixture
def letter(session):
    """Give a letter that is held, and cites a resolution that is not."""
    return put(session, directive("1-CV/HU", "05/02/2023", HU, [reference("07-NQ/HU", "26/12/2022", HU)], type="Công văn"))


@pytest.fixture
def file(session):
    """Give a case file without a document."""
    return open_dossier(session, Cover(2023, "01.TH", "Chuyển đổi số", "Văn phòng", 20), **TOLD)


def inside(session, file):
    """Give the numbers in a table of contents, by its order."""
    return [(item.ordinal, item.document.number) for item in contents(session, file, seen_by=ALL)]


def test_the_table_of_contents_goes_by_day(session, file, letter):
    """What was issued first stands first; put in twice, a document lies there once; it knows where it lies and how many pages it has."""
    earlier = put(session, directive("9-CV/HU", "01/02/2023", HU))
    for known in (letter, earlier, letter):
        put_in(session, file, known, **TOLD)
    assert inside(session, file) == [(1, "9-CV/HU"), (2, "1-CV/HU")]
    assert [(one.mark, one.count) for one in dossiers_of(session, letter, seen_by=ALL)] == [("01.TH", 2)]
    assert contents(session, file, seen_by=ALL)[0].pages == 1


def test_a_document_is_remarked_on_and_taken_out(session, file, letter):
    """The remark stands in the table of contents; taken out, the document is held as before."""
    put_in(session, file, letter, **TOLD)
    remark(session, file, letter, "  bản \n sao ")
    assert contents(session, file, seen_by=ALL)[0].note == "bản sao"
    take_out(session, file, letter)
    assert inside(session, file) == [] and dossiers_of(session, letter, seen_by=ALL) == ()
    for act in (take_out, lambda *of: remark(*of, "x")):
        with pytest.raises(NotFound):
            act(session, file, letter)


def test_what_is_cited_is_offered_but_not_what_lies_there_or_is_not_held(session, file, letter):
    """Once the resolution arrives, it is offered beside the letter that cites it; the other way round too."""
    put_in(session, file, letter, **TOLD)
    assert related(session, file, seen_by=ALL) == ()
    resolution = put(session, directive("07-NQ/HU", "26/12/2022", HU))
    assert [line.id for line in related(session, file, seen_by=ALL)] == [resolution]
    put_in(session, file, resolution, **TOLD)
    take_out(session, file, letter)
    assert [line.id for line in related(session, file, seen_by=ALL)] == [letter]


def test_a_closed_file_is_left_as_it_is_until_it_is_opened_again(session, file, letter):
    """Nothing is added, taken out, remarked or written; one without a document has nothing to close."""
    with pytest.raises(NotAllowed):
        close_dossier(session, file, on=date(2023, 3, 1))
    put_in(session, file, letter, **TOLD)
    close_dossier(session, file, on=date(2024, 2, 29))
    told = get_dossier(session, file, seen_by=ALL)
    assert (told.closed_on, told.hand_over_by) == (date(2024, 2, 29), date(2025, 2, 28))
    refused = (
        lambda: put_in(session, file, letter, **TOLD),
        lambda: take_out(session, file, letter),
        lambda: remark(session, file, letter, "x"),
        lambda: amend(session, file, Cover(2023, "02.TH", "x", "", 20)),
        lambda: close_dossier(session, file, on=date(2024, 3, 1)),
    )
    for act in refused:
        with pytest.raises(NotAllowed):
            act()
    reopen_dossier(session, file)
    take_out(session, file, letter)
    assert get_dossier(session, file, seen_by=ALL).hand_over_by is None


WRONG = (
    Cover(2023, "01.TH", "khác", "", 20),
    Cover(2023, " ", "x", "", 20),
    Cover(2023, "3", " ", "", 20),
    Cover(0, "3", "x"),
    Cover(2023, "3", "x", "", 7),
)


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize("wrong", WRONG)
def test_a_cover_needs_its_own_mark_a_title_and_a_term_that_there_is(session, wrong):
    """One mark a year; neither opened nor amended so."""
    other = open_dossier(session, Cover(2023, "02.TH", "Nhân sự", years=None), **TOLD)
    for act in (lambda: open_dossier(session, wrong, **TOLD), lambda: amend(session, other, wrong)):
        with pytest.raises(NotAllowed):
            act()


def test_the_list_goes_by_year_and_mark(session, file):
    """Another year may have the same mark; a file keeps its own mark when its cover is written anew."""
    open_dossier(session, Cover(2024, "01.TH", "Chuyển đổi số"), **TOLD)
    amend(session, file, Cover(2023, "01.TH", "Chuyển đổi số, cải cách", "Văn phòng", None, "2 cặp"))
    assert years_of_dossiers(session, seen_by=ALL) == {2024: 1, 2023: 1}
    assert [(one.title, one.years, one.note) for one in dossiers(session, year=2023, seen_by=ALL)] == [
        ("Chuyển đổi số, cải cách", None, "2 cặp")
    ]
    assert [one.year for one in dossiers(session, seen_by=ALL)] == [2024, 2023]


def test_who_sees_nothing_is_told_nothing(session, file, letter):
    """No list, no file, no contents; what is only cited is put into none."""
    assert dossiers(session, seen_by=NOBODY) == () and years_of_dossiers(session, seen_by=NOBODY) == {}
    for ask in (get_dossier, contents, related):
        for wrong in ((file, NOBODY), (file + 99, ALL)):
            with pytest.raises(NotFound):
                ask(session, wrong[0], seen_by=wrong[1])
    with pytest.raises(NotFound):
        dossiers_of(session, letter, seen_by=NOBODY)
    with pytest.raises(NotFound):
        put_in(session, file, letter + 1, **TOLD)
