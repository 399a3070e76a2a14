"""What is around a document is found to a depth, with the way to it, and never more than is asked for."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from store.bonds import RESTS
from store.circles import circles
from store.citing import cited_by, citing_what_ended, most_relied_on, orphans, who_directs_whom
from store.errors import NotFound
from store.surroundings import Around, chain_of_bases, impact, path_between, surroundings
from store.tables import DocumentRow, EdgeRow
from tests.store.making import ALL, NOBODY, directive, duty, put, reference

HU = "Huyện ủy Bảo Lâm"
TODAY = date(2026, 1, 5)


def decision(session, serial, year, *bases, relation="based_on", kind="Quyết định", **more):
    """File a decision that rests on others, given as (serial, year)."""
    cited = [reference(f"{s}-QĐ/HU", f"01/02/{y}", HU, relation=relation, type="Quyết định") for s, y in bases]
    return put(session, directive(f"{serial}-QĐ/HU", f"01/02/{year}", HU, cited, type=kind, parent_agency="Tỉnh ủy Lâm Đồng", **more))


@pytest.fixture
def chain(session):
    """1 ← 2 ← 3 ← 4: each rests on the one before."""
    return [decision(session, n, 2010 + n, *([(n - 1, 2009 + n)] if n > 1 else [])) for n in (1, 2, 3, 4)]


def test_the_depth_bounds_what_is_found(session, chain):
    """Steps are counted each way: what a document cites has a negative depth, what cites it a positive one."""
    found = surroundings(session, chain[1], Around(1), as_of=TODAY, seen_by=ALL)
    assert [(node.document.id, node.depth) for node in found.nodes] == [(chain[1], 0), (chain[2], 1), (chain[0], -1)]
    further = surroundings(session, chain[1], Around(2), as_of=TODAY, seen_by=ALL)
    assert {node.document.id: node.depth for node in further.nodes} == dict(zip(chain, (-1, 0, 1, 2), strict=True))
    assert [(link.source_id, link.target_id) for link in further.links] == [(chain[n + 1], chain[n]) for n in range(3)]
    assert not further.is_more and not further.circles


def test_one_way_and_some_relations_only(session, chain):
    """A filter of direction and of relation is kept on each step."""
    ahead = surroundings(session, chain[1], Around(3, ("cites",)), as_of=TODAY, seen_by=ALL)
    assert [node.document.id for node in ahead.nodes] == [chain[1], chain[0]]
    none = surroundings(session, chain[1], Around(3, relations=("amends",)), as_of=TODAY, seen_by=ALL)
    assert [node.document.id for node in none.nodes] == [chain[1]] and none.links == ()


def test_more_than_is_asked_for_is_told(session):
    """Of many that cite one so many are given as are asked for, the newest filed, and that there are more."""
    base = decision(session, 1, 2010)
    citing = [decision(session, n, 2011, (1, 2010)) for n in range(2, 8)]
    some = surroundings(session, base, Around(most=3), as_of=TODAY, seen_by=ALL)
    assert ([node.document.id for node in some.nodes[1:]], some.is_more) == (citing[:-4:-1], True)
    every = surroundings(session, base, Around(most=6), as_of=TODAY, seen_by=ALL)
    assert (len(every.nodes), every.is_more) == (7, False)
    page = cited_by(session, base, seen_by=ALL, limit=4)
    rest = cited_by(session, base, seen_by=ALL, limit=4, before=page[-1].id)
    assert [line.id for line in page + rest] == citing[::-1]
    assert cited_by(session, base, seen_by=ALL, relation="amends") == ()


def test_impact_gives_the_way(session, chain):
    """Each directive in force that rests on a document comes with the way from it; one that has ended is left out, not what rests on it."""
    put(
        session,
        directive(
            "9-QĐ/HU", "01/02/2020", HU, [reference("2-QĐ/HU", "01/02/2012", HU, relation="repeals", type="Quyết định")], type="Quyết định"
        ),
    )
    found = impact(session, chain[0], as_of=TODAY, seen_by=ALL)
    assert [(one.document.id, [line.id for line in one.path], one.relations) for one in found.resting] == [
        (chain[2], [chain[2], chain[1], chain[0]], ("based_on", "based_on")),
        (chain[3], [chain[3], chain[2], chain[1], chain[0]], ("based_on", "based_on", "based_on")),
    ]


def test_a_request_is_no_legal_base(session):
    """`Căn cứ` of a submission, and a mere mention, give no impact and no place among what is relied on."""
    asked = put(session, directive("5-TTr/HU", "01/01/2020", HU, type="Tờ trình", parent_agency="Tỉnh ủy Lâm Đồng"))
    law = decision(session, 1, 2010)
    mention = reference("1-QĐ/HU", "01/02/2010", HU, relation="mentions", type="Quyết định")
    base = reference("5-TTr/HU", "01/01/2020", HU, relation="based_on", type="Tờ trình")
    put(session, directive("7-QĐ/HU", "01/02/2020", HU, [base, mention], type="Quyết định", parent_agency="Tỉnh ủy Lâm Đồng"))
    assert impact(session, asked, as_of=TODAY, seen_by=ALL).resting == impact(session, law, as_of=TODAY, seen_by=ALL).resting == ()
    assert most_relied_on(session, seen_by=ALL) == ()
    resting = decision(session, 8, 2021, (1, 2010))
    assert [(line.id, many) for line, many in most_relied_on(session, seen_by=ALL)] == [(law, 1)]
    assert [
        line.id for line, _ in most_relied_on(session, seen_by=ALL, days=(date(2021, 1, 1), date(2021, 12, 31)), type_key="quyet dinh")
    ] == [law]
    assert most_relied_on(session, seen_by=ALL, days=(date(2022, 1, 1), date(2023, 12, 31))) == ()
    assert [one.document.id for one in impact(session, law, as_of=TODAY, seen_by=ALL).resting] == [resting]


def test_a_chain_of_bases_tells_circles_and_bases_of_later_days(session):
    """Two documents that rest on each other are a circle, and one of them cites the future."""
    first = decision(session, 1, 2012, (2, 2014))
    second = decision(session, 2, 2014, (1, 2012))
    found = chain_of_bases(session, first, as_of=TODAY, seen_by=ALL)
    assert found.circles == ((first, second),)
    assert [(link.source_id, link.is_odd) for link in found.links] == [(first, True), (second, False)]


def test_what_cites_the_ended_is_an_error_or_a_task(session):
    """Cited after it had ended is an error; cited before, a task; the one that ended it is neither."""
    decision(session, 1, 2010)
    before = decision(session, 2, 2012, (1, 2010))
    ending = decision(session, 3, 2014, (1, 2010), relation="replaces")
    after = decision(session, 4, 2016, (1, 2010))
    found = citing_what_ended(session, as_of=TODAY, seen_by=ALL)
    assert [(one.document.id, one.was_ended, one.ended_by.id, one.ended_on) for one in found] == [
        (after, True, ending, date(2014, 2, 1)), (before, False, ending, date(2014, 2, 1)),
    ]  # fmt: skip
    assert [one.document.id for one in citing_what_ended(session, as_of=TODAY, seen_by=ALL, only_then=True)] == [after]
    assert citing_what_ended(session, as_of=date(2013, 1, 1), seen_by=ALL) == ()
    assert citing_what_ended(session, as_of=TODAY, days=(date(1990, 1, 1), date(1990, 12, 31)), seen_by=ALL) == ()


def test_what_stands_alone_and_who_directs_whom(session):
    """An orphan cites nothing and is cited by nothing; duties are counted by who gives them to whom."""
    base = decision(session, 1, 2010, duties=[duty("báo cáo"), duty("họp", who="Chi bộ A")])
    alone = decision(session, 2, 2011, duties=[duty("báo cáo")])
    decision(session, 3, 2012, (1, 2010))
    assert [line.id for line in orphans(session, seen_by=ALL)] == [alone] and base != alone
    told = [(one.giver, one.assignee, one.duties) for one in who_directs_whom(session, seen_by=ALL)]
    assert told == [(HU, "Ban Tổ chức Huyện ủy", 2), (HU, "Chi bộ A", 1)]


def test_who_may_not_see_is_told_nothing(session, chain):
    """No question of the graph tells of what is hidden."""
    lists = (most_relied_on, orphans, who_directs_whom)
    assert [ask(session, seen_by=NOBODY) for ask in lists] == [()] * 3
    assert citing_what_ended(session, as_of=TODAY, seen_by=NOBODY) == ()
    for ask in (
        lambda: surroundings(session, chain[0], Around(), as_of=TODAY, seen_by=NOBODY),
        lambda: impact(session, chain[0], as_of=TODAY, seen_by=NOBODY),
        lambda: cited_by(session, chain[0], seen_by=NOBODY),
    ):
        with pytest.raises(NotFound):
            ask()


@given(st.sets(st.tuples(st.integers(1, 6), st.integers(1, 6)).filter(lambda pair: pair[0] != pair[1])))
def test_circles_are_circles_and_none_is_overlooked(links):
    """Each is closed by links, shares no document with another, and without their documents no circle is left."""
    found = circles(links)
    assert all((circle[n - 1], circle[n]) in links for circle in found for n in range(len(circle)))
    seen = [known for circle in found for known in circle]
    assert len(seen) == len(set(seen))
    left = {pair for pair in links if not set(pair) & set(seen)}
    while kept := {(a, b) for a, b in left if any(b == c for c, _ in left)}:
        assert kept != left, "a circle was overlooked"
        left = kept


def counted(session, relations=None):
    """Count anew which documents cite each one."""
    asked = select(EdgeRow.target_id, func.count(EdgeRow.source_id.distinct())).group_by(EdgeRow.target_id)
    return dict(session.execute(asked.where(EdgeRow.relation.in_(relations)) if relations else asked).all())


CITED = st.lists(st.tuples(st.integers(1, 5), st.sampled_from(["based_on", "implements", "mentions", "amends"])), max_size=5)


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(papers=st.lists(st.tuples(st.integers(1, 5), CITED), max_size=6))
def test_counts_are_what_counting_again_gives(rolled_back, papers):
    """However papers are filed, and filed again naming others, both counts of each document are those of its edges."""
    with rolled_back() as session:
        for serial, cited in papers:
            named = [reference(f"{other}/2020/NĐ-CP", relation=relation) for other, relation in cited]
            put(session, directive(f"{serial}/2020/NĐ-CP", "05/02/2020", "Chính phủ", named, type="Nghị định"), f"bytes {serial}")
        session.flush()
        rows = session.execute(select(DocumentRow.id, DocumentRow.cited_by, DocumentRow.basis_of)).all()
        every, bases = counted(session), counted(session, RESTS)
        assert [(row.cited_by, row.basis_of) for row in rows] == [(every.get(row.id, 0), bases.get(row.id, 0)) for row in rows]


def test_a_path_leads_over_edges_of_either_way(session):
    """Two letters that rest on one decree are joined by it; the shortest way is given, in its order, with its edges alone."""
    base = reference("30/2020/NĐ-CP", relation="based_on")
    one = put(session, directive("1-CV/HU", "05/02/2023", "Huyện ủy A", [base, reference("9-KH/TU", "01/02/2023", "Tỉnh ủy B")]))
    two = put(session, directive("2-CV/HU", "05/02/2023", "Huyện ủy A", [base]))
    alone = put(session, directive("3-CV/HU", "05/02/2023", "Huyện ủy A"))
    found = path_between(session, one, two, as_of=TODAY, seen_by=ALL)
    assert [(node.document.number, node.depth) for node in found.nodes] == [("1-CV/HU", 0), ("30/2020/NĐ-CP", 1), ("2-CV/HU", 2)]
    assert {(link.source_id, link.relation) for link in found.links} == {(one, "based_on"), (two, "based_on")}
    back = path_between(session, two, one, as_of=TODAY, seen_by=ALL)
    assert [node.document.id for node in back.nodes] == [node.document.id for node in reversed(found.nodes)]
    assert path_between(session, one, alone, as_of=TODAY, seen_by=ALL) is None
    assert [node.document.id for node in path_between(session, one, one, as_of=TODAY, seen_by=ALL).nodes] == [one]
    with pytest.raises(NotFound):
        path_between(session, one, 999, as_of=TODAY, seen_by=ALL)
