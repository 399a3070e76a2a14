"""Whatever people add, take out, correct, confirm and do, and however often the document is read again: it stays, until it is undone."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from store.answers import Deed
from store.by_hand import add_duty, add_reference, remove_duty, remove_reference, undo_act
from store.corrections import correct, standing
from store.corrections import undo as let_reading_stand
from store.documents import document
from store.errors import NotAllowed
from store.hand_acts import dump, standing_acts
from store.progress import standing_steps
from store.review import confirm, reopen
from store.reviewed import confirmed
from store.tables import DocumentRow, DutyRow, ReferenceRow
from store.units import set_units, units
from store.work import steps_of, take, undo
from store.work_tables import WorkRow
from tests.store.making import ALL, NOW, day, directive, duty, found, put, reference

WHO = {"by": "An", "now": NOW}
TODAY = day("20/01/2023")
CITED = (reference("7-QĐ/HU"), reference("8-QĐ/HU", "03/01/2023"), reference("7-QĐ/HU", "04/01/2023"), reference(title="Quy chế làm việc"))
ORDERS = (duty("báo cáo", "30/01/2023"), duty("Báo cáo", "09/02/2023"), duty("họp", "01/03/2023"), duty("lập danh sách"))
READING = st.tuples(
    st.just("read"),
    st.lists(st.sampled_from(CITED), max_size=3, unique_by=lambda one: (one.number, one.issued_on)),
    st.lists(st.sampled_from(ORDERS), max_size=3, unique_by=lambda one: one.task.lower()),
    st.lists(st.sampled_from(["Sở A", "Sở B", "Sở C"]), max_size=3, unique=True),
    st.sampled_from(["809-CV/HU", "869-CV/HU"]),
)
NTH = st.integers(0, 3)
ACTS = st.one_of(
    st.tuples(st.sampled_from(["cite", "order", "cite no more", "order no more", "undo act", "send to", "send no more"]), NTH),
    st.tuples(st.sampled_from(["number", "place"]), st.sampled_from(["1-CV/HU", "Bảo Lâm", None])),
    st.tuples(st.sampled_from(["accept", "start", "assign", "report", "extend", "undo"]), NTH),
    st.tuples(st.sampled_from(["confirm", "reopen"]), NTH),
)


class Letter:
    """One letter, what was read of it last, and the moves that people make."""

    def __init__(self, session, home):
        self.session, self.home = session, home
        self.read([], [], [], "809-CV/HU")

    def read(self, cited, orders, bodies, number):
        """Read it anew."""
        self.last = cited, orders, bodies, number
        reading = directive(number, "12/01/2023", "Huyện ủy Bảo Lâm", cited, orders, type="Công văn")
        self.id = put(self.session, replace(reading, recipients=tuple(map(found, bodies))), text="a")

    def rows(self, table):
        """Give its references or duties, in order."""
        return self.session.scalars(select(table).where(table.document_id == self.id).order_by(table.position, table.id)).all()

    def view(self):
        """Give it as people see it."""
        return document(self.session, self.id, home=self.home, as_of=TODAY, seen_by=ALL)

    def said(self):
        """Give all that people said of it and that stands."""
        acts = standing_acts(self.session, self.id)
        by_key = {
            (kind, row.key): dump(row) for kind, table in (("reference", ReferenceRow), ("duty", DutyRow)) for row in self.rows(table)
        }
        for act in acts:
            if act.verb == "add":
                assert by_key[act.kind, act.key] == act.said
            else:
                assert {(act.kind, act.key), (act.kind, (act.read or act.said)["key"])} & by_key.keys() == set()
        touched = [(row.id, dump(row), _work(self.session, row.id)) for row in self.rows(DutyRow) if row.touched_by]
        fields = {step.name: step.value for step in standing(self.session, self.id).values()}
        word = confirmed(self.session, self.id)
        return [act.id for act in acts], touched, fields, word and word.values

    def move(self, name, what):
        """Make one move as a person; what may not be is refused, and changes nothing."""
        nth = {"cite no more": ReferenceRow, "order no more": DutyRow}.get(name, DutyRow)
        row = self.rows(nth)[what] if isinstance(what, int) and what < len(self.rows(nth)) else None
        moves = {
            "cite": lambda: add_reference(self.session, self.id, CITED[what], None, **WHO),
            "order": lambda: add_duty(self.session, self.id, ORDERS[what], None, **WHO),
            "cite no more": lambda: row and remove_reference(self.session, row.id, **WHO),
            "order no more": lambda: row and remove_duty(self.session, row.id, **WHO),
            "undo act": lambda: self.undo_act(what),
            "send to": lambda: self.send([*self.bodies(), f"Nơi {what}"]),
            "send no more": lambda: self.send(self.bodies()[1:]),
            "confirm": lambda: confirm(self.session, self.id, **WHO),
            "reopen": lambda: reopen(self.session, self.id, **WHO),
            "undo": lambda: row and undo(self.session, row.id, **WHO),
        }
        if name in ("number", "place"):
            correct(self.session, self.id, name, what, **WHO)
        elif name in moves:
            moves[name]()
        elif row is not None:
            unit = (units(self.session, seen_by=ALL)[0].id,) if name == "assign" else ()
            take(self.session, row.id, Deed(name, "vì", TODAY if name == "extend" else None, unit), **WHO)

    def bodies(self):
        """Give its recipients."""
        return [line.value for line in self.view().recipients]

    def send(self, bodies):
        """Say who the recipients are."""
        correct(self.session, self.id, "recipients", "\n".join(bodies), **WHO)

    def undo_act(self, nth):
        """Undo one of the acts that stand."""
        acts = standing_acts(self.session, self.id)
        if nth < len(acts):
            undo_act(self.session, self.id, acts[nth].id, **WHO)

    def undo_all(self):
        """Take back, one by one, all that people said."""
        for row in self.rows(DutyRow):
            own = 1 if row.added_by else 0
            while len(standing_steps(steps_of(self.session, row.id))) > own:
                undo(self.session, row.id, **WHO)
        for act in standing_acts(self.session, self.id):
            undo_act(self.session, self.id, act.id, **WHO)
        if confirmed(self.session, self.id):
            reopen(self.session, self.id, **WHO)
        for name in standing(self.session, self.id):
            let_reading_stand(self.session, self.id, name, **WHO)


def _work(session, duty_id):
    """Give where a duty stands."""
    work = session.get(WorkRow, duty_id)
    return work and (work.state, work.accepted_by, work.unit_id, work.extended_to)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.one_of(ACTS, READING), max_size=14))
def test_what_people_said_stays_until_it_is_undone(session, tmp_path, moves):
    """No reading changes any of it; what is refused changes nothing; all undone, the last reading stands and nothing else."""
    outer = session.begin_nested()
    set_units(session, "own", ["Ban A"], now=TODAY)
    letter = Letter(session, tmp_path)
    for name, *what in moves:
        before = letter.said()
        if name == "read":
            letter.read(*what)
            assert letter.said() == before
            continue
        inner = session.begin_nested()
        try:
            letter.move(name, *what)
        except NotAllowed:
            inner.rollback()
            session.expire_all()
            assert letter.said() == before
    letter.undo_all()
    cited, orders, bodies, number = letter.last
    assert sorted((row.number or row.title, row.issued_on or TODAY) for row in letter.rows(ReferenceRow)) == sorted(
        (one.number or one.title, one.issued_on or TODAY) for one in cited
    )
    assert letter.bodies() == bodies and session.get_one(DocumentRow, letter.id).number == number
    letter.read(cited, orders, bodies, number)  # a duty that somebody had begun with is as it was read then
    assert sorted(row.task for row in letter.rows(DutyRow)) == sorted(one.task for one in orders)
    assert letter.said() == ([], [], {}, None)
    outer.rollback()
    session.expunge_all()
