"""Every act is in the log, once, with what it was done to, and says nothing of what papers and people say."""

import re
import threading
from datetime import date
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import DatabaseError

from store import audit, ledger
from store.acts import Act, is_told
from store.answers import Deed, Office
from store.audit_tables import AuditRow
from store.by_hand import add_reference, undo_act
from store.chain import verify
from store.corrections import correct, undo
from store.database import begin, look
from store.duties import due
from store.errors import NotAllowed
from store.office import set_office
from store.registers import cancel, close, enter, forward, hold, open_register
from store.review import confirm, put_off, reopen
from store.tables import Base, CorrectionRow, JobRow
from store.trail import Sought, trail
from store.units import drop_group, set_group, set_units, units
from store.work import take
from store.work import undo as undo_step
from tests.store.making import ALL, NOW, directive, duty, put, reference

SECRET = "Trích yếu không được ghi vào nhật ký"
BY = {"by": "An", "now": NOW}
MACHINES_OWN = {
    "agency", "document_alias", "value", "recipient", "attachment", "reference", "reference_candidate", "edge", "event", "page_text",
    "duty",  # what was read; a person's change of a duty is a step and corrections
    "leaf", "closed_document", "paper", "duty_product",  # what steps come to, or bring with them
    "original", "job_document", "duty_work", "review_lock", "saved_query", "audit", "audit_head",
    "tombstone",  # purging is told with note()
    "login", "login_failure", "sight",  # what the log tells of log-ins it is told with note()
}  # fmt: skip


def acts(engine):
    """Give what the log tells, in order: who, what, the number of the thing, the document."""
    with look(engine) as session:
        return [(one.who, one.act, one.of, one.document_id) for one in reversed(trail(session, Sought(), seen_by=ALL))]


def filed(engine):
    """File a document with one duty; give the ids of both."""
    with begin(engine) as session:
        read = directive("1-CV/HU", "01/02/2026", "Huyện ủy A", [reference("2-CV/HU")], [duty("gửi báo cáo", "01/03/2026")], subject=SECRET)
        document = put(session, read)
        return document, due(session, as_of=date(2026, 1, 5), seen_by=ALL)[0].id


def test_a_document_is_filed_once_and_read_again_where_the_reading_is_another(engine):
    """Its many rows are one act; the same reading again is none; a document that is only cited is nobody's act."""
    document, _ = filed(engine)
    again = directive("1-CV/HU", "01/02/2026", "Huyện ủy A", subject=SECRET)
    for rules in (None, "luật mới", "luật mới"):
        with begin(engine) as session:
            put(session, again, rules=rules)
    with begin(engine) as session:
        cited = put(session, directive("2-CV/HU", "02/01/2026", "Huyện ủy A"))
    assert acts(engine) == [
        ("vanthu", "file", document, document),
        ("vanthu", "reread", document, document),
        ("vanthu", "file", cited, cited),
    ]


def test_what_people_say_of_documents_and_duties_is_told(engine):
    """Who, what, of which document; a duty's step names its document; one transaction tells an act on a thing once, with its fields."""
    document, task = filed(engine)
    with begin(engine) as session:
        correct(session, document, "subject", SECRET + " A", **BY)
        correct(session, document, "number", "3-CV/HU", **BY)
        confirm(session, document, **BY)
    for act in (
        lambda s: reopen(s, document, **BY),
        lambda s: put_off(s, document, SECRET, **BY),
        lambda s: undo(s, document, "number", **BY),
        lambda s: take(s, task, Deed("accept", SECRET), **BY),
        lambda s: undo_step(s, task, **BY),
        lambda s: add_reference(s, document, reference("5-CV/HU"), None, **BY),
        lambda s: undo_act(s, document, 1, **BY),
    ):
        with begin(engine) as session:
            act(session)
    told = acts(engine)[1:]
    assert told == [
        ("An", name, of, document)
        for name, of in (
            ("correct", document), ("confirm", document), ("reopen", document), ("put off", document), ("let stand", document),
            ("duty accept", task), ("duty undo", task), ("add reference", document), ("undo add reference", document),
        )
    ]  # fmt: skip
    with look(engine) as session:
        assert trail(session, Sought(act="correct"), seen_by=ALL)[0].more == {"fields": ["number", "subject"]}


def test_registers_office_units_and_jobs_are_told(engine):
    """Numbers given, held, cancelled, forwarded; the office and its parts; who hands in, calls off and tries again."""
    with begin(engine, by="Bình") as session:
        set_office(session, Office("Huyện ủy A", "party", None, None, None))
        set_units(session, "own", ["Văn phòng"], now=date(2026, 1, 5))
        group = set_group(session, "Các ban", [units(session, seen_by=ALL)[0].id])
    with begin(engine, by="Bình") as session:
        drop_group(session, group)
        book = open_register(session, "in", "Văn bản đến", "2026")
    told = {"on": date(2026, 1, 5), "by": "An", "now": NOW}
    with begin(engine) as session:
        entry = enter(session, book, subject=SECRET, **told).id
        held = hold(session, book, **told).id
    with begin(engine, by="Bình") as session:
        forward(session, entry, SECRET, on=date(2026, 1, 6))
        cancel(session, held, SECRET)
        close(session, book, on=date(2026, 12, 31))
    with begin(engine) as session:
        handed = {"name": "a.pdf", "sha256": "a" * 64, "size": 1, "purpose": "daily"}
        receipt = ledger.receive(session, **handed, received_by="An", now=NOW).id
        session.add(job := session.scalar(select(JobRow)))
        job.state = "failed"
    with begin(engine, by="Bình") as session:
        ledger.retry(session, 1)
    for gone in (True, False):
        with begin(engine, by="Bình") as session:
            assert ledger.cancel(session, 1) is gone
    assert [(who, act, of) for who, act, of, _ in acts(engine)][-14:] == [
        ("Bình", "add office", 1), ("Bình", "add unit", 1), ("Bình", "add group", group), ("Bình", "change group", group),
        ("Bình", "drop group", group), ("Bình", "open register", book),
        ("An", "enter", entry), ("An", "hold number", held),
        ("Bình", "change entry", entry), ("Bình", "cancel number", held), ("Bình", "close register", book),
        ("An", "receive", receipt), ("Bình", "retry", receipt), ("Bình", "cancel reading", receipt),
    ]  # fmt: skip


def test_the_log_says_nothing_of_what_papers_and_people_say(engine):
    """Subjects, reasons and names of files are not in it."""
    test_what_people_say_of_documents_and_duties_is_told(engine)
    test_registers_office_units_and_jobs_are_told(engine)
    with look(engine) as session:
        whole = " ".join(map(str, session.execute(select(AuditRow.__table__)).all()))
    assert not [words for words in (SECRET, "a.pdf", "gửi báo cáo", "Văn phòng", "CV/HU") if words in whole]


def test_what_did_not_happen_is_not_told(engine):
    """An error takes the acts back with the rows; a change to the same value, and the next number of a register, are none."""
    with pytest.raises(NotAllowed), begin(engine, by="An") as session:
        set_units(session, "own", ["Văn phòng", "A" * 999], now=date(2026, 1, 5))
    with begin(engine, by="An") as session:
        set_units(session, "own", ["Văn phòng"], now=date(2026, 1, 5))
        session.flush()
        session.rollback()
    assert acts(engine) == []
    for _ in range(2):
        with begin(engine, by="An") as session:
            set_units(session, "own", ["Văn phòng"], now=date(2026, 1, 5))
    assert len(acts(engine)) == 1


def test_every_table_is_told_of_or_the_machines_own():
    """Who adds a table says whether people see its rows as facts of their own."""
    for path in Path(audit.__file__).parent.glob("*tables.py"):
        import_module(f"store.{path.stem}")
    told = {mapper.class_.__tablename__ for mapper in Base.registry.mappers if is_told(mapper.class_)}
    assert told | MACHINES_OWN == set(Base.metadata.tables)
    assert not told & MACHINES_OWN


def test_writers_at_once_make_one_chain(engine):
    """Four threads, 40 acts: none lost, none doubled, each row on the one before."""

    def write(name):
        for number in range(10):
            with begin(engine, by=name) as session:
                audit.note(session, Act("confirm", "document", number))

    threads = [threading.Thread(target=write, args=(name,)) for name in ("An", "Bình", "Chi", "Dũng")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with look(engine) as session:
        assert verify(session).rows == 40
        rows = session.scalars(select(AuditRow).order_by(AuditRow.id)).all()
    assert all(after.previous == before.hash for before, after in pairwise(rows))
    assert sorted((row.who, row.of_id) for row in rows) == sorted((who, of) for who in ("An", "Bình", "Chi", "Dũng") for of in range(10))


def test_the_act_and_its_row_stand_or_fall_together(engine):
    """Where the log cannot be written, what it would tell of is not done."""
    document, _ = filed(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'audit: no room'); END")
    with pytest.raises(DatabaseError, match="no room"), begin(engine) as session:
        correct(session, document, "number", "3-CV/HU", **BY)
    with look(engine) as session:
        assert session.scalars(select(CorrectionRow)).all() == []


def test_the_log_costs_a_filing_two_statements(engine):
    """One look at the head, one insert: counted, because a clock tells little on a busy machine."""
    seen = []
    event.listen(engine, "before_cursor_execute", lambda _c, _u, statement, *_: seen.append(statement))
    filed(engine)
    assert len([one for one in seen if "audit" in one]) <= 2


def test_every_session_that_writes_is_one_that_tells():
    """Sessions are opened in one place, which gives writers the session that writes the log."""
    store = Path(audit.__file__).parent
    opened = {
        path.name
        for room in (store, store.parent / "api")
        for path in room.glob("*.py")
        if re.search(r"\bSession\(", path.read_text("utf-8"))
    }
    assert opened == {"database.py"}


def test_no_statement_goes_round_the_log():
    """A table that the log tells of is changed through the session, which sees it; who writes a statement tells the log with note()."""
    told = {mapper.class_.__name__ for mapper in Base.registry.mappers if is_told(mapper.class_)}
    allowed = {
        ("ledger.py", "JobRow"),
        ("handback.py", "JobRow"),
        ("units.py", "MemberRow"),
        ("by_hand.py", "CorrectionRow"),
        ("carrying.py", "CorrectionRow"),
        ("accounts.py", "TokenRow"),
        ("purging.py", "JobRow"),
        ("quarantine.py", "JobRow"),
    }
    found = {
        (path.name, name)
        for path in (Path(audit.__file__).parent).glob("*.py")
        for name in told
        for verb in ("update", "delete", "insert")
        if f"{verb}({name})" in path.read_text("utf-8")
    }
    assert found <= allowed
