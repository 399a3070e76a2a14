"""Validity on a day follows from the changes that other documents make, and from nothing else."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import NotFound
from store.timeline import timeline
from store.validity import CHANGES, ENDS, Event, Life, lifetime, replay, validities
from tests.store.making import ALL, NOBODY, directive, put, reference

OLD = ("10/2015/NĐ-CP", "01/3/2015", "Chính phủ")
TODAY = date(2026, 1, 5)


def old(session, kind="Nghị định"):
    """File the document that others change."""
    return put(session, directive(*OLD, type=kind, family="state"))


def change(session, on, relation, scope=None, number="20/2020/NĐ-CP"):
    """File a document of a day that changes it."""
    return put(
        session, directive(number, on, "Chính phủ", [reference(*OLD, relation=relation, scope=scope)], family="state", type="Nghị định")
    )


def on(session, document, day):
    """Give its validity on a day."""
    return lifetime(session, document, as_of=date.fromisoformat(day), seen_by=ALL).validity


@pytest.mark.parametrize(
    ("relation", "scope", "before", "after"),
    [
        ("replaces", None, "Còn hiệu lực", "Hết hiệu lực"),
        ("repeals", None, "Còn hiệu lực", "Hết hiệu lực"),
        ("revokes", None, "Còn hiệu lực", "Hết hiệu lực"),
        ("repeals", "Điều 5", "Còn hiệu lực", "Hết hiệu lực một phần"),
        ("amends", None, "Còn hiệu lực", "Hết hiệu lực một phần"),
        ("supplements", None, "Còn hiệu lực", "Còn hiệu lực"),
        ("corrects", None, "Còn hiệu lực", "Còn hiệu lực"),
        ("extends", None, "Còn hiệu lực", "Còn hiệu lực"),
        ("suspends", None, "Còn hiệu lực", "Ngưng hiệu lực"),
        ("suspends", "Điều 5", "Còn hiệu lực", "Hết hiệu lực một phần"),
        ("based_on", None, "Chưa rõ hiệu lực", "Chưa rõ hiệu lực"),
        ("mentions", None, "Chưa rõ hiệu lực", "Chưa rõ hiệu lực"),
    ],
)
def test_a_change_counts_from_its_day(session, relation, scope, before, after):
    """Until the day before, the document was in force; from its day on it is what the change made of it; a mere citing tells nothing."""
    document = old(session)
    change(session, "01/6/2020", relation, scope)
    assert [on(session, document, day) for day in ("2015-02-28", "2020-05-31", "2020-06-01")] == ["Chưa có hiệu lực", before, after]


def test_without_a_change_nothing_is_known(session):
    """No event known is not `còn hiệu lực`; of a letter it is not asked."""
    assert on(session, old(session), "2026-01-05") == "Chưa rõ hiệu lực"
    letter = put(session, directive("1-CV/HU", "05/02/2023", "Huyện ủy A", type="Công văn"))
    assert on(session, letter, "2026-01-05") == "Không áp dụng"


def test_what_ended_stays_ended(session):
    """No later amendment, and no repeal of what ended it, brings a document back; a suspension goes with an extension."""
    document = old(session)
    change(session, "01/6/2018", "suspends", number="18/2018/NĐ-CP")
    change(session, "01/6/2019", "extends", number="19/2019/NĐ-CP")
    change(session, "01/6/2020", "replaces")
    change(session, "01/6/2021", "amends", number="21/2021/NĐ-CP")
    assert [on(session, document, f"{year}-12-01") for year in range(2017, 2023)] == [
        "Còn hiệu lực", "Ngưng hiệu lực", "Còn hiệu lực", "Hết hiệu lực", "Hết hiệu lực", "Hết hiệu lực",
    ]  # fmt: skip


def test_a_change_older_than_the_document_is_told_and_does_not_count(session):
    """One of two days was misread: the history says so, validity is not touched."""
    document = old(session)
    change(session, "01/6/2010", "replaces")
    found = lifetime(session, document, as_of=TODAY, seen_by=ALL)
    assert (found.validity, [line.is_odd for line in found.history]) == ("Chưa rõ hiệu lực", [True])


def test_an_end_without_a_day_leaves_validity_open(session):
    """A document that ends another, but has no day, tells that something happened and not when; who tells of it gives the day."""
    document = old(session)
    told = reference(*OLD, relation="repeals", source="30/2022/NĐ-CP")
    change(session, None, "replaces")
    assert on(session, document, "2026-01-05") == "Chưa rõ hiệu lực"
    put(session, directive("1-BC/HU", "05/02/2023", "Huyện ủy A", [reference("30/2022/NĐ-CP"), told], type="Báo cáo"))
    assert [on(session, document, day) for day in ("2023-02-04", "2023-02-05")] == ["Chưa rõ hiệu lực", "Hết hiệu lực"]


def test_the_history_tells_what_held_from_each_day_on(session):
    """Each change, the oldest first, with the document that made it, the part, and the validity after it; the timeline has them too."""
    document = old(session)
    change(session, "01/6/2020", "replaces")
    change(session, "01/6/2018", "repeals", "Điều 5", number="18/2018/NĐ-CP")
    found = lifetime(session, document, as_of=date(2019, 1, 1), seen_by=ALL)
    assert found.validity == "Hết hiệu lực một phần"
    assert [(line.on.year, line.by.number, line.scope, line.validity) for line in found.history] == [
        (2018, "18/2018/NĐ-CP", "Điều 5", "Hết hiệu lực một phần"),
        (2020, "20/2020/NĐ-CP", None, "Hết hiệu lực"),
    ]
    assert [(moment.what, moment.on.year) for moment in timeline(session, document, as_of=TODAY, seen_by=ALL)] == [
        ("issued", 2015), ("changed", 2018), ("changed", 2020),
    ]  # fmt: skip


def test_who_may_not_see_is_told_nothing(session):
    """Validity of a document that is hidden is not found."""
    document = old(session)
    with pytest.raises(NotFound):
        lifetime(session, document, as_of=TODAY, seen_by=NOBODY)


DAY_ONE = date(2020, 1, 1)
EVENTS = st.lists(
    st.builds(
        Event,
        st.integers(-3, 12).map(lambda days: DAY_ONE + timedelta(days)),
        st.sampled_from(CHANGES),
        st.sampled_from(["", "Điều 3"]),
        st.integers(1, 4),
        st.sampled_from([True, True, True, False]),
    ),
    max_size=5,
)


def by_walking_through_the_days(issued, events, as_of):
    """Live through all days from the first on, keeping what is so."""
    events = [event for event in events if not event.is_dated or issued is None or event.on >= issued]
    ended = paused = partly = False
    day = date(2019, 12, 1)
    while day <= as_of:
        todays = [event for event in events if event.is_dated and event.on == day]
        ended |= any(event.relation in ENDS and event.scope == "" for event in todays)
        if any(event.relation == "extends" and event.scope == "" for event in todays):
            paused = False
        if any(event.relation == "suspends" and event.scope == "" for event in todays):
            paused = True
        partly |= any(event.relation == "amends" or (event.scope and event.relation in (*ENDS, "suspends")) for event in todays)
        day += timedelta(1)
    if issued and as_of < issued:
        return "Chưa có hiệu lực"
    if ended:
        return "Hết hiệu lực"
    if not events or any(not event.is_dated and event.relation in (*ENDS, "suspends") for event in events):
        return "Chưa rõ hiệu lực"
    return "Ngưng hiệu lực" if paused else "Hết hiệu lực một phần" if partly else "Còn hiệu lực"


@given(st.sampled_from([DAY_ONE, None]), EVENTS, st.integers(-5, 15))
def test_validity_is_what_living_through_the_days_gives(issued, events, days):
    """Whatever happened in whatever order it is told, the state on a day is the one reached by going from day to day."""
    as_of = DAY_ONE + timedelta(days)
    assert replay(Life(True, issued, tuple(events)), as_of) == by_walking_through_the_days(issued, events, as_of)
    assert replay(Life(True, issued, tuple(reversed(events))), as_of) == replay(Life(True, issued, tuple(events)), as_of)


def test_many_are_asked_at_once(session):
    """The validity of several documents in one go is that of each."""
    first, second = old(session), change(session, "01/6/2020", "replaces")
    assert validities(session, [first, second], as_of=TODAY) == {first: "Hết hiệu lực", second: "Chưa rõ hiệu lực"}
