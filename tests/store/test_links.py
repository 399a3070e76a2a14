"""A reference means one document, several, or one that is not there yet; never a wrong one."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from sqlalchemy import func, select

from store.answers import Office
from store.documents import by_number, counts
from store.graph import MOST, cites, most_cited
from store.office import set_office
from store.tables import AgencyRow, AliasRow, DocumentRow, EdgeRow, PageTextRow, ReferenceRow
from tests.store.making import ALL, SHARED, directive, gold, put, reference

TU, HU = "Tỉnh ủy Lâm Đồng", "Huyện ủy Bảo Lâm"
LAM_DONG, GIA_LAI = "Đảng bộ tỉnh Lâm Đồng", "Đảng bộ tỉnh Gia Lai"


def letter(number, issued_on, *references, agency=HU, parent=LAM_DONG, **more):
    """Make a letter of a district of Lâm Đồng."""
    return directive(number, issued_on, agency, references, parent_agency=parent, type="Công văn", **more)


def nodes(session, number):
    """Give (id, held, date) of the documents that bear a number."""
    return [(line.id, line.held, line.issued_on) for line in by_number(session, number, seen_by=ALL)]


def statuses(session, document_id):
    """Give (status, target) of a document's references, in order."""
    rows = session.scalars(select(ReferenceRow).where(ReferenceRow.document_id == document_id).order_by(ReferenceRow.position))
    return [(row.status, row.target_id) for row in rows]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not here")
def test_the_three_seeds_make_three_held_and_seventeen_cited(session):
    """What a careful reader takes from the seeds makes 3 documents held, 17 cited and not held, and two Tỉnh ủy."""
    for name in ("seed-833-cv-hu", "seed-809-cv-hu", "seed-07-hd-duk"):
        put(session, gold(name, rules=["FREQ=YEARLY;BYMONTH=1", "FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=11"]))
    assert counts(session, seen_by=ALL) == {"held": 3, "cited": 17, "to_check": 1}
    committees = session.scalars(
        select(AgencyRow.folded).where(AgencyRow.folded.contains("tinh uy") | AgencyRow.folded.contains("uy|province"))
    )
    assert {name.rpartition("|")[2] for name in committees} == {"lam dong", "gia lai"}
    (found,) = cites(session, "132-QĐ/TW", seen_by=ALL)
    assert [(c.source.number, c.relation, c.status) for c in found.cited_by] == [("809-CV/HU", "mentions", "unmatched")]


def test_two_documents_of_one_number_are_two(session):
    """132-QĐ/TW of 2018 and of 2023 are two nodes; a look-up lists both."""
    first = put(session, letter("1-CV/HU", "05/02/2023", reference("132-QĐ/TW", "08/3/2018", "Bộ Chính trị", type="Quy định")))
    second = put(session, letter("2-CV/HU", "05/02/2024", reference("132 - QĐ/TW", "27/10/2023", "Bộ Chính trị", type="Quy định")))
    assert [when for _, _, when in nodes(session, "132-qđ/tw")] == [date(2018, 3, 8), date(2023, 10, 27)]
    assert [len(found.cited_by) for found in cites(session, "132-QĐ/TW", seen_by=ALL)] == [1, 1]
    assert statuses(session, first) != statuses(session, second)


def test_without_a_date_two_that_fit_are_ambiguous(session):
    """A reference that may mean either says so, with both as candidates; one written before the second means the first."""
    put(session, letter("1-CV/HU", "05/02/2023", reference("132-QĐ/TW", "08/3/2018", "Bộ Chính trị", type="Quy định")))
    put(session, letter("2-CV/HU", "05/02/2024", reference("132-QĐ/TW", "27/10/2023", "Bộ Chính trị", type="Quy định")))
    late = put(session, letter("3-CV/HU", "05/03/2024", reference("132-QĐ/TW", type="Quy định")))
    early = put(session, letter("4-CV/HU", "05/03/2022", reference("132-QĐ/TW", type="Quy định")))
    assert [status for status, _ in statuses(session, late)] == ["ambiguous"]
    assert [status for status, _ in statuses(session, early)] == ["resolved"]
    of_2018, of_2023 = cites(session, "132-QĐ/TW", seen_by=ALL)
    assert [c.status for c in of_2023.cited_by] == ["unmatched", "ambiguous"]
    assert [len(c.candidates) for c in of_2018.cited_by if c.status == "ambiguous"] == [2]


def test_the_kind_parts_two_of_one_number(session):
    """Quyết định 5-QĐ/HU is not Quy định 5-QĐ/HU."""
    ask = [reference("05-QĐ/HU", "06/6/2022", HU, type=kind) for kind in ("Quyết định", "Quy định")]
    citing = put(session, letter("1-CV/HU", "05/02/2023", *ask))
    assert len({target for _, target in statuses(session, citing)}) == 2


@pytest.mark.parametrize("spelling", ["9-HD/BTCTU", "09 - HD/BTCTU", "009-hd/btctu", "09-HĐ/BTCTU"])
def test_spellings_of_one_number_are_one_document(session, spelling):
    """Zeros, spaces, case and a lost mark make no second document."""
    put(session, letter("1-CV/HU", "05/02/2023", reference("09-HD/BTCTU", "14/12/2022", "Ban Tổ chức Tỉnh ủy")))
    put(session, letter("2-CV/HU", "06/02/2023", reference(spelling, "14/12/2022", "Ban Tổ chức Tỉnh ủy")))
    assert len(nodes(session, "09-HD/BTCTU")) == 1


def test_a_misprint_is_another_name_of_the_right_one(session):
    """09-HD/BTCHU, seen as a misprint of 09-HD/BTCTU, finds it; a real number of those letters is not drawn to it."""
    put(session, letter("1-CV/HU", "05/02/2023", reference("09-HD/BTCTU", "14/12/2022", misprints=("09-HD/BTCHU",))))
    assert [line.number for line in by_number(session, "09-HD/BTCHU", seen_by=ALL)] == ["09-HD/BTCTU"]
    put(session, letter("2-CV/HU", "06/02/2023", reference("09-HD/BTCHU", "01/3/2022")))
    assert len(nodes(session, "09-HD/BTCHU")) == 2
    put(session, letter("3-CV/HU", "07/02/2023", reference("09-HD/BTCHU", "14/12/2022", type="Hướng dẫn")))
    assert len(nodes(session, "09-HD/BTCHU")) == 2


def test_a_bare_name_means_the_body_near_it(session):
    """Tỉnh ủy cited from Lâm Đồng and from Gia Lai are two bodies, and 14-QĐ/TU of each is another document."""
    ask = reference("14-QĐ/TU", "27/10/2022", "Ban Thường vụ Tỉnh ủy", type="Quy định")
    put(session, letter("1-CV/HU", "05/02/2023", ask))
    put(session, letter("1-CV/HU", "06/02/2023", ask, agency="Huyện ủy Chư Sê", parent=GIA_LAI))
    assert len(nodes(session, "14-QĐ/TU")) == 2


def test_an_acting_body_is_its_committee(session):
    """Ban Thường vụ, Thường trực and Ban Chấp hành write under the committee's one series."""
    bodies = [
        "Ban Thường vụ Huyện ủy",
        "Thường trực Huyện ủy",
        "Huyện ủy Bảo Lâm",
        "Ban Chấp hành Đảng bộ huyện Bảo Lâm",
        "Văn phòng Huyện ủy",
    ]
    for n, body in enumerate(bodies):
        put(session, letter(f"{n + 1}-CV/HU", "05/02/2023", reference("788-CV/HU", "29/8/2022", body)))
    assert len(nodes(session, "788-CV/HU")) == 1


def test_the_office_gives_a_bare_name_its_place(session):
    """In a paper of the office, whose head names no province, Tỉnh ủy is that above the office; in another's paper it is not."""
    set_office(session, Office(HU, "party", TU, "Bảo Lâm", "2020-2025"))
    ask = reference("14-QĐ/TU", "27/10/2022", "Tỉnh ủy", type="Quy định")
    put(session, letter("1-CV/HU", "05/02/2023", ask, parent=None))
    assert session.scalar(select(AgencyRow.folded).where(AgencyRow.level == "province")) == "uy|province|lam dong"
    other = put(session, letter("1-CV/ĐU", "05/02/2023", ask, agency="Đảng ủy xã Ia Pa", parent=None))
    assert session.scalar(select(ReferenceRow.agency_id).where(ReferenceRow.document_id == other)) is not None
    assert len(session.scalars(select(AgencyRow).where(AgencyRow.folded.startswith("uy|province"))).all()) == 2


def test_a_cited_document_that_arrives_fills_its_node(session):
    """The node keeps its id, the link that waited is made, and nothing is doubled."""
    citing = put(session, letter("1-CV/HU", "05/02/2023", reference("07-NQ/HU", "26/12/2022", HU, type="Nghị quyết")))
    ((waiting, _, _),) = nodes(session, "07-NQ/HU")
    arrived = put(session, directive("07-NQ/HU", "26/12/2022", HU, type="Nghị quyết", parent_agency=LAM_DONG))
    assert arrived == waiting and nodes(session, "07-NQ/HU") == [(arrived, True, date(2022, 12, 26))]
    assert statuses(session, citing) == [("resolved", arrived)]
    (found,) = cites(session, "07-NQ/HU", seen_by=ALL)
    assert [(c.source.id, c.status) for c in found.cited_by] == [(citing, "resolved")]


def test_a_document_of_another_year_does_not_fill_the_node(session):
    """A waiting link is not made to a document of another term or year."""
    citing = put(session, letter("1-CV/HU", "05/02/2023", reference("456/QĐ-UBND", "26/12/2022", "Ủy ban nhân dân tỉnh")))
    arrived = put(session, directive("456/QĐ-UBND", "11/11/2021", "Ủy ban nhân dân tỉnh Lâm Đồng", family="state"))
    assert statuses(session, citing)[0][1] != arrived and len(nodes(session, "456/QĐ-UBND")) == 2


def test_a_number_of_many_bodies_links_only_near_its_citer(session):
    """456/QĐ-UBND without date and issuer means the one of the citer's province, never that of another."""
    far = put(session, directive("456/QĐ-UBND", "11/11/2021", "Ủy ban nhân dân tỉnh Gia Lai", family="state"))
    citing = put(session, letter("1-CV/HU", "05/02/2023", reference("456/QĐ-UBND")))
    assert statuses(session, citing)[0][1] != far
    near = put(session, directive("456/QĐ-UBND", "12/11/2021", "Ủy ban nhân dân tỉnh Lâm Đồng", family="state"))
    assert statuses(session, citing) == [("resolved", near)]


def test_a_number_of_one_body_needs_no_issuer(session):
    """30/2020/NĐ-CP is one document, whoever is said to have issued it."""
    ask = [
        reference("30/2020/NĐ-CP"),
        reference("30/2020/NĐ-CP", "05/3/2020", "Chính phủ", type="Nghị định"),
        reference("30/2020/NĐ-CP", None, "Sở Nội vụ"),
    ]
    for n, one in enumerate(ask):
        put(session, letter(f"{n + 1}-CV/HU", "05/02/2023", one))
    assert nodes(session, "30/2020/NĐ-CP") == [(nodes(session, "30/2020/NĐ-CP")[0][0], False, date(2020, 3, 5))]


@pytest.mark.parametrize(
    "names",
    [
        ("Luật Đất đai năm 2013", "Luật Đất đai ngày 29/11/2013", "Luật Đất đai 2013", "LUẬT ĐẤT ĐAI NĂM 2013"),
        ("Nghị quyết Trung ương 4 khóa XII", "Nghị quyết Trung ương 4 khoá XII", "Nghị quyết Trung ương 4 (khóa XII)"),
    ],
)
def test_names_of_one_document_are_one(session, names):
    """A law by year or day, a plenum's resolution in any spelling: one node."""
    for n, name in enumerate(names):
        put(session, letter(f"{n + 1}-CV/HU", "05/02/2023", reference(title=name, type=name.split()[0].capitalize())))
    assert counts(session, seen_by=ALL)["cited"] == 1


def test_a_law_is_one_by_number_and_by_name(session):
    """A law cited by number and title gives its name and year to those who cite it by name alone."""
    put(session, letter("1-CV/HU", "05/02/2023", reference("45/2013/QH13", "29/11/2013", type="Luật", title="Luật Đất đai")))
    put(session, letter("2-CV/HU", "05/02/2023", reference(title="Luật Đất đai năm 2013", type="Luật")))
    put(session, letter("3-CV/HU", "05/02/2023", reference(title="Luật Đất đai năm 2024", type="Luật")))
    assert counts(session, seen_by=ALL)["cited"] == 2


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_title_and_its_year_mean_the_law_whose_number_tells_both(session, order):
    """`Luật Giá ngày 19/6/2023` is Luật Giá số 16/2023/QH15, in whatever order the papers come, and in one paper too."""
    law = {"type": "Luật", "title": "Luật Giá"}
    papers = (
        [reference("16/2023/QH15", **law)],
        [reference(None, "19/06/2023", **law)],
        [reference(title="Luật Giá năm 2023", type="Luật"), reference("16/2023/QH15", **law)],
    )
    for n in order:
        put(session, letter(f"{n + 1}-CV/HU", "05/02/2024", *papers[n]))
    assert [line.cited_by for line in by_number(session, "16/2023/QH15", seen_by=ALL)] == [3]
    assert counts(session, seen_by=ALL)["cited"] == 1


def test_of_two_laws_of_one_title_and_year_the_day_tells_which(session):
    """A law and another of its year that was taken for one of the same title stay apart where the reference tells the day."""
    for number, day in (("64/2025/QH15", "19/02/2025"), ("87/2025/QH15", "25/06/2025")):
        put(session, letter(f"{number[:2]}-CV/HU", "05/08/2025", reference(number, day, type="Luật", title="Luật Giá")))
    citing = put(session, letter("1-CV/HU", "06/08/2025", reference(None, "19/02/2025", type="Luật", title="Luật Giá")))
    (law,) = by_number(session, "64/2025/QH15", seen_by=ALL)
    assert statuses(session, citing) == [("resolved", law.id)]


def test_a_law_of_a_later_year_is_not_meant(session):
    """A paper of 2019 that names a law by its title cannot mean the one whose number is of 2024."""
    put(session, letter("1-CV/HU", "05/02/2025", reference("31/2024/QH15", type="Luật", title="Luật Đất đai")))
    early = put(session, letter("2-CV/HU", "05/02/2019", reference(title="Luật Đất đai", type="Luật")))
    late = put(session, letter("3-CV/HU", "05/03/2025", reference(title="Luật Đất đai", type="Luật")))
    (law,) = by_number(session, "31/2024/QH15", seen_by=ALL)
    assert statuses(session, early) != statuses(session, late) == [("resolved", law.id)]


def test_a_name_that_many_use_is_the_citers_own(session):
    """`Quy chế làm việc` of two offices are two."""
    for agency in (HU, "Huyện ủy Chư Sê"):
        put(session, letter("1-CV/HU", "05/02/2023", reference(title="Quy chế làm việc", type="Quy chế"), agency=agency, parent=None))
    assert counts(session, seen_by=ALL)["cited"] == 2


def test_a_relation_between_third_documents_is_their_edge(session):
    """`A được sửa đổi bởi B` is an edge from B to A, told by a third."""
    told = [
        reference("73/2019/NĐ-CP", relation="based_on"),
        reference("82/2024/NĐ-CP"),
        reference("73/2019/NĐ-CP", relation="amends", source="82/2024/NĐ-CP", scope="Điều 3"),
        reference("73/2019/NĐ-CP", relation="amends", source="99/2025/NĐ-CP"),
    ]
    put(session, letter("1-CV/HU", "05/02/2026", *told))
    (found,) = cites(session, "73/2019/NĐ-CP", seen_by=ALL)
    said = [(c.source.number, c.relation, c.scope) for c in found.cited_by]
    assert said == [("1-CV/HU", "based_on", None), ("82/2024/NĐ-CP", "amends", "Điều 3"), ("99/2025/NĐ-CP", "amends", None)]


def test_a_document_never_cites_itself(session):
    """A reference to the document's own number makes no edge."""
    put(session, letter("1-CV/HU", "05/02/2023", reference("1-CV/HU", "05/02/2023", HU)))
    assert session.scalar(select(func.count()).select_from(EdgeRow)) == 0


def test_a_reading_that_names_less_leaves_no_node_behind(session):
    """A node that nothing cites any more goes; one that another cites stays."""
    ask = reference("07-NQ/HU", "26/12/2022", HU), reference("08-NQ/HU", "27/12/2022", HU)
    put(session, letter("1-CV/HU", "05/02/2023", *ask), "bytes")
    put(session, letter("2-CV/HU", "06/02/2023", ask[0]))
    put(session, letter("1-CV/HU", "05/02/2023"), "bytes")
    assert len(nodes(session, "07-NQ/HU")) == 1 and nodes(session, "08-NQ/HU") == []


def test_copies_of_one_document_are_not_two_candidates(session):
    """A paper that came twice in other bytes does not make its citers ambiguous."""
    first = put(session, letter("9-CV/HU", "01/02/2023"), "scan")
    put(session, letter("9-CV/HU", "01/02/2023"), "better scan")
    citing = put(session, letter("1-CV/HU", "05/02/2023", reference("9-CV/HU", None, HU)))
    assert statuses(session, citing) == [("resolved", first)]


def test_the_most_cited_come_first(session):
    """Documents are counted once for each that cites them."""
    for n in range(3):
        ask = [reference("30/2020/NĐ-CP"), reference("30/2020/NĐ-CP", relation="implements")] + [reference("31/2020/NĐ-CP")] * (n > 0)
        put(session, letter(f"{n + 1}-CV/HU", "05/02/2023", *ask))
    assert [(line.number, line.cited_by) for line in most_cited(session, seen_by=ALL, limit=5)] == [
        ("30/2020/NĐ-CP", 3),
        ("31/2020/NĐ-CP", 2),
    ]


def test_the_order_of_filing_does_not_matter(tmp_path):
    """The same papers in any order make the same graph."""
    from store.database import begin, migrate, open_database

    papers = [
        letter(
            "1-CV/HU",
            "05/02/2023",
            reference("132-QĐ/TW", "08/3/2018", "Bộ Chính trị", type="Quy định"),
            reference("07-NQ/HU", "26/12/2022"),
        ),
        letter("2-CV/HU", "05/02/2024", reference("132-QĐ/TW", "27/10/2023", type="Quy định"), reference("07-NQ/HU")),
        letter("3-CV/HU", "05/03/2024", reference("132-QĐ/TW"), reference("1-CV/HU", "05/02/2023", HU)),
        directive("07-NQ/HU", "26/12/2022", HU, type="Nghị quyết", parent_agency=LAM_DONG),
    ]
    graphs = set()
    for n, order in enumerate(permutations(papers)):
        engine = open_database(f"sqlite:///{tmp_path / f'{n}.db'}")
        migrate(engine)
        with begin(engine) as session:
            for paper in order:
                put(session, paper)
            rows = {row.id: f"{row.number} {row.issued_on} {row.held}" for row in session.scalars(select(DocumentRow))}
            edges = sorted((rows[e.source_id], e.relation, rows[e.target_id]) for e in session.scalars(select(EdgeRow)))
            asked = sorted((r.document_id and rows[r.document_id], r.target_key, r.status) for r in session.scalars(select(ReferenceRow)))
            graphs.add((tuple(sorted(rows.values())), tuple(edges), tuple(asked)))
        engine.dispose()
    assert len(graphs) == 1


def test_misprints_and_titles_are_kept_once(session):
    """Another name is not written twice for one document."""
    for n in range(2):
        put(session, letter(f"{n + 1}-CV/HU", "05/02/2023", reference("09-HD/BTCTU", "14/12/2022", misprints=("09-HD/BTCHU",))))
    assert session.scalar(select(func.count()).select_from(AliasRow)) == 1


def test_a_regulation_that_came_with_a_decision_is_no_node_of_its_own(session):
    """It is part of the decision, which is the one document that nobody holds."""
    title = "Quy chế làm việc của Huyện ủy"
    decision = reference("17-QĐ/HU", "10/10/2023", "Huyện ủy Bảo Lâm", type="Quyết định")
    put(session, directive("5-HD/HU", "12/12/2023", "Huyện ủy Bảo Lâm", [decision, replace(decision, relation="attaches", source=title)]))
    assert [row.number for row in session.scalars(select(DocumentRow).where(~DocumentRow.held))] == ["17-QĐ/HU"]
    assert session.scalars(select(EdgeRow.relation)).all() == ["mentions"]


def test_a_node_made_when_references_move_is_found_by_its_words_at_once(session):
    """A document that arrives takes a node; the one that is made in its place for those who meant another has its words as well."""
    cites = reference("132-QĐ/TW", None, HU, title="Luật Đất đai năm 2013")
    for text in ("a", "b"):
        put(session, directive("1-CV/HU", "05/02/2018", HU, [cites]), text=text)
    put(session, directive("132-QĐ/TW", "06/03/2023", HU))
    (node,) = session.scalars(select(DocumentRow).where(~DocumentRow.held)).all()
    assert session.scalar(select(PageTextRow.text).where(PageTextRow.document_id == node.id)) is not None


def test_what_one_document_names_no_more_leaves_the_other_of_that_number(session):
    """Two bodies' papers of one number are cited; when one is named no more, the other stays the one that is meant."""
    asked = {"type": "Kế hoạch", "issued_on": "12/03/2026"}
    first = directive("1-CV/HU", "05/01/2027", "Huyện ủy A", [reference("21-KH/HU", agency="Huyện ủy B", **asked)])
    put(session, first, text="a")
    put(session, directive("2-CV/HU", "06/01/2027", "Huyện ủy A", [reference("21-KH/HU", agency="Huyện ủy C", **asked)]), text="b")
    before = {row.id for row in session.query(DocumentRow).filter_by(held=False)}
    put(session, directive("1-CV/HU", "05/01/2027", "Huyện ủy A"), text="a")
    (left,) = session.query(DocumentRow).filter_by(held=False).all()
    assert left.id in before and left.agency == "Huyện ủy C"


def test_of_a_much_cited_document_the_newest_are_listed(session):
    """A page never lists more than so many that cite a document; its line still tells how many do."""
    for n in range(MOST + 3):
        put(session, letter(f"{n + 1}-CV/HU", "05/02/2023", reference("30/2020/NĐ-CP")))
    (found,) = cites(session, "30/2020/NĐ-CP", seen_by=ALL)
    assert (len(found.cited_by), found.document.cited_by) == (MOST, MOST + 3)
    assert found.cited_by[-1].source.number == f"{MOST + 3}-CV/HU" and found.cited_by[0].source.number == "4-CV/HU"
