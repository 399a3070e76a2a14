"""What a person says to be one is one everywhere, and parted again it is as it was."""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from store.errors import NotAllowed, NotFound
from store.graph import citations
from store.merging import merge, merge_agencies, merged_with, split, split_agencies
from store.tables import AgencyRow, DocumentRow, EdgeRow, ReferenceRow
from tests.store.making import ALL, NOW, directive, put, reference
from tests.store.test_filing import PAPERS

HU, OTHER = "Huyện ủy Bảo Lâm", "Huyện ủy Chư Sê"

TRUTH = (
    ("1-CV/HU", "05/02/2018", HU, None),
    ("2-CV/HU", "06/03/2023", HU, None),
    ("2-CV/HU", "06/03/2022", OTHER, None),
    ("132-QĐ/TW", "08/03/2018", "Bộ Chính trị", None),
    ("132-QĐ/TW", "27/10/2023", "Bộ Chính trị", None),
    ("30/2020/NĐ-CP", "05/03/2020", "Chính phủ", None),
    (None, "29/11/2013", "Quốc hội", "Luật Đất đai năm 2013"),
)
"""Documents of a world in which each has one number, day and body: number, day, body, title."""


@st.composite
def citing_papers(draw):
    """Papers of that world, each once, that cite others of it."""
    told = draw(st.lists(st.sampled_from([one for one in TRUTH if one[0]]), min_size=1, max_size=4, unique=True))
    papers = []
    for number, on, body, _ in told:
        cited = draw(st.lists(st.sampled_from(TRUTH), max_size=4))
        papers.append(directive(number, on, body, [reference(n, day, who, title=title) for n, day, who, title in cited]))
    return papers


def graph(session):
    """Give all documents, edges and references as words, without the ids of rows."""
    session.flush()
    agencies = {row.id: row.folded for row in session.scalars(select(AgencyRow))}
    told = {
        row.id: "|".join(
            map(str, (row.number, row.key, row.issued_on, row.held, row.period, row.type_key, row.subject, agencies.get(row.agency_id)))
        )
        + (row.sha256 or "")
        for row in session.scalars(select(DocumentRow))
    }
    edges = sorted((told[e.source_id], e.relation, e.scope, told[e.target_id]) for e in session.scalars(select(EdgeRow)))
    asked = sorted((told[r.document_id], r.key, r.status, told.get(r.target_id, "")) for r in session.scalars(select(ReferenceRow)))
    return sorted(told.values()), edges, asked


def two_of_one(session):
    """File a letter that cites one paper by its number, and another that cites it by a number that was misread."""
    put(session, directive("1-CV/HU", "05/02/2023", HU, [reference("07-NQ/HU", "26/12/2022", HU)]))
    put(session, directive("2-CV/HU", "06/02/2023", HU, [reference("67-NQ/HU", "26/12/2022", HU)]))
    right, wrong = (session.scalar(select(DocumentRow.id).where(DocumentRow.number == number)) for number in ("07-NQ/HU", "67-NQ/HU"))
    return right, wrong


def citing(session, document):
    """Give the numbers of what cites a document."""
    return [line.source.number for line in citations(session, document, seen_by=ALL).cited_by]


def test_what_cites_either_cites_the_one(session):
    """Merged, all citations are the kept one's, later ones too; the other is told with it; parted, each has its own again."""
    right, wrong = two_of_one(session)
    before = graph(session)
    merge(session, wrong, right, by="Lan", now=NOW)
    assert (citing(session, right), citing(session, wrong)) == (["1-CV/HU", "2-CV/HU"], [])
    put(session, directive("3-CV/HU", "07/02/2023", HU, [reference("67-NQ/HU", "26/12/2022", HU)]))
    assert citing(session, right) == ["1-CV/HU", "2-CV/HU", "3-CV/HU"]
    assert [line.number for line in merged_with(session, right, seen_by=ALL)[0]] == ["67-NQ/HU"]
    assert merged_with(session, wrong, seen_by=ALL)[1].number == "07-NQ/HU"
    split(session, wrong, by="Minh", now=NOW)
    assert (citing(session, right), citing(session, wrong)) == (["1-CV/HU"], ["2-CV/HU", "3-CV/HU"])
    assert merged_with(session, right, seen_by=ALL) == ((), None) and len(graph(session)[1]) == len(before[1]) + 1


def test_two_scans_that_are_one_state_their_edges_once(session):
    """What the second scan cites, the first one cites; a paper read from both is counted once among those that cite."""
    first = put(session, directive("1-CV/HU", "05/02/2023", HU, [reference("07-NQ/HU", "26/12/2022", HU)]))
    second = put(session, directive("7-CV/HU", "05/02/2023", HU, [reference("07-NQ/HU", "26/12/2022", HU)]))
    target = session.scalar(select(DocumentRow.id).where(DocumentRow.number == "07-NQ/HU"))
    merge(session, second, first, by="Lan", now=NOW)
    assert session.scalar(select(DocumentRow.cited_by).where(DocumentRow.id == target)) == 1
    split(session, second, by="Lan", now=NOW)
    assert session.scalar(select(DocumentRow.cited_by).where(DocumentRow.id == target)) == 2


def test_a_merged_document_that_arrives_stays_merged(session):
    """The file of what was only cited fills its node; what cites it is still led to the other."""
    right, wrong = two_of_one(session)
    merge(session, wrong, right, by="Lan", now=NOW)
    arrived = put(session, directive("67-NQ/HU", "26/12/2022", HU))
    assert arrived == wrong and citing(session, right) == ["1-CV/HU", "2-CV/HU"]


def test_chains_and_nothing_are_refused(session):
    """A document is not itself, nor another of another; what is not there cannot be merged, what is not merged not parted."""
    right, wrong = two_of_one(session)
    merge(session, wrong, right, by="Lan", now=NOW)
    letter = session.scalar(select(DocumentRow.id).where(DocumentRow.number == "1-CV/HU"))
    for one, other in ((right, letter), (letter, wrong), (wrong, letter), (letter, letter)):
        with pytest.raises(NotAllowed):
            merge(session, one, other, by="Lan", now=NOW)
    for act in (lambda: merge(session, right, 999, by="Lan", now=NOW), lambda: split(session, right, by="Lan", now=NOW)):
        with pytest.raises(NotFound):
            act()
    merge(session, letter, right, by="Lan", now=NOW)


def test_two_names_of_one_agency(session):
    """Papers of a body under two names are one body's: what was cited under the one is found under the other; parted, it is as it was."""
    put(session, directive("9-QĐ/HU", "26/12/2022", OTHER, type="Quyết định"))
    put(session, directive("1-CV/HU", "05/02/2023", HU, [reference("9-QĐ/HU", "26/12/2022", HU, type="Quyết định")]))
    before = graph(session)
    one, other = (
        session.scalar(select(DocumentRow.agency_id).where(DocumentRow.number == n, DocumentRow.held)) for n in ("1-CV/HU", "9-QĐ/HU")
    )
    merge_agencies(session, one, other, by="Lan", now=NOW)
    held = session.scalar(select(DocumentRow.id).where(DocumentRow.number == "9-QĐ/HU"))
    assert citing(session, held) == ["1-CV/HU"]
    split_agencies(session, one, by="Lan", now=NOW)
    assert graph(session) == before
    with pytest.raises(NotFound):
        split_agencies(session, one, by="Lan", now=NOW)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(papers=PAPERS, data=st.data())
def test_parting_undoes_merging(rolled_back, papers, data):
    """Whatever is filed and whichever two are merged, parted again they are what they were."""
    with rolled_back() as session:
        for n, paper in enumerate(papers):
            put(session, paper, f"bytes {n}")
        before = graph(session)
        table, join, part = data.draw(st.sampled_from([(DocumentRow, merge, split), (AgencyRow, merge_agencies, split_agencies)]))
        ids = session.scalars(select(table.id).order_by(table.id)).all()
        if len(ids) < 2:
            return
        one, other = data.draw(st.permutations(range(len(ids))))[:2]
        join(session, ids[one], ids[other], by="Lan", now=NOW)
        part(session, ids[one], by="Lan", now=NOW)
        assert graph(session) == before


@st.composite
def contradictory_papers(draw):
    """Papers that cite one document with the days and titles that each remembers, and more or less of its kind and body."""
    asked = st.builds(
        lambda cited, day, title, is_whole: reference(cited[0], day, cited[1] if is_whole else None, type=cited[2], title=title),
        st.sampled_from([("132-QĐ/TW", "Bộ Chính trị", "Quy định"), ("30/2020/NĐ-CP", "Chính phủ", "Nghị định"), ("7-NQ/HU", HU, None)]),
        st.sampled_from([None, "05/03/2020", "06/03/2020", "15/03/2020"]),
        st.sampled_from([None, "về văn thư", "về công tác văn thư"]),
        st.booleans(),
    )
    number, title = st.sampled_from([None, "16/2023/QH15"]), st.sampled_from(["Luật Giá", "Luật Giá năm 2023"])
    law = st.builds(
        lambda number, day, title: reference(number, day, type="Luật", title=title), number, st.sampled_from([None, "19/06/2023"]), title
    )
    cited = draw(st.lists(st.lists(st.one_of(asked, law), min_size=1, max_size=2), min_size=2, max_size=4))
    return [directive(f"{n}-CV/HU", "05/02/2024", HU, references) for n, references in enumerate(cited, 1)]


@pytest.mark.slow
@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(papers=st.one_of(citing_papers(), contradictory_papers()), data=st.data())
def test_any_order_makes_the_same_graph(rolled_back, papers, data):
    """The same papers, filed in two orders, make the same documents, edges and links, also where they contradict each other."""
    graphs = []
    for order in (range(len(papers)), data.draw(st.permutations(range(len(papers))))):
        with rolled_back() as session:
            for n in order:
                put(session, papers[n], f"bytes {n}")
            graphs.append(graph(session))
    assert graphs[0] == graphs[1]
