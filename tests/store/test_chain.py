"""The log is only added to, and whatever is done to it is found at its first bad row."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.exc import DatabaseError

from store import audit
from store.acts import Act
from store.audit_tables import AuditHeadRow, AuditRow
from store.chain import START, Seal, digest, head, seal, seals, verify
from store.database import begin, look, migrate, open_database
from tests.store.making import NOW


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET who = 'Chi' WHERE id = 1",
        "DELETE FROM audit WHERE id = 2",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET count = 1",
        "UPDATE audit_head SET count = 3",
        "INSERT OR REPLACE INTO audit_head VALUES (1, 0, '')",
        "INSERT OR REPLACE INTO audit SELECT id, at, 'Chi', act, kind, of_id, document_id, said, previous, hash FROM audit WHERE id = 1",
        "INSERT INTO audit SELECT 9, at, 'Chi', act, kind, of_id, document_id, said, hash, hash FROM audit WHERE id = 2",
        "INSERT INTO audit SELECT 3, at, 'Chi', act, kind, of_id, document_id, said, previous, hash FROM audit WHERE id = 2",
    ],
)
def test_the_database_itself_refuses_all_but_the_next_row(engine, statement):
    """Not the program alone keeps the log: who opens the file with another tool meets the triggers."""
    fill(engine, 2)
    with pytest.raises(DatabaseError, match="audit: "), engine.begin() as connection:
        connection.exec_driver_sql(statement)
    with look(engine) as session:
        assert verify(session).rows == 2


def fill(engine, count):
    """Write so many rows, one transaction each."""
    for number in range(1, count + 1):
        with begin(engine) as session:
            audit.note(session, Act("correct", "document", number, "An", number, {"fields": ["number"]}))


ROWS = 7
ALTERED = {
    "at": NOW, "who": "Chi", "act": "confirm", "kind": "duty", "of_id": 99, "document_id": None, "said": {"fields": ["subject"]},
    "previous": "f" * 64, "hash": "e" * 64,
}  # fmt: skip


@pytest.fixture
def open_log(tmp_path):
    """A log of seven rows whose triggers somebody took off."""
    engine = open_database(f"sqlite:///{tmp_path / 'open.db'}")
    migrate(engine)
    fill(engine, ROWS)
    with engine.begin() as connection:
        for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'").all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield engine
    engine.dispose()


def rewritten(engine, change, kept=()):
    """Verify the log as change makes it of its rows; nothing of it stays."""
    table = AuditRow.__table__
    with engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(select(table).order_by(table.c.id)).mappings()]
        connection.execute(table.delete())
        if rows := change(rows, connection):
            connection.execute(insert(table), rows)
        with begin(connection) as session:
            verdict = verify(session, kept)
            session.rollback()
    return verdict


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, ROWS), st.sampled_from(sorted(ALTERED)))
def test_any_altered_value_is_found_at_its_row(open_log, number, column):
    """Whatever column of whatever row."""

    def alter(rows, _):
        rows[number - 1][column] = ALTERED[column]
        return rows

    assert rewritten(open_log, alter).bad_row == number


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.integers(1, ROWS), min_size=1), st.booleans())
def test_any_missing_row_is_found(open_log, gone, closed_up):
    """Also the last ones; also where those behind were numbered anew to close the gap."""

    def remove(rows, _):
        left = [row for row in rows if row["id"] not in gone]
        return [row | {"id": at} for at, row in enumerate(left, 1)] if closed_up else left

    verdict = rewritten(open_log, remove)
    assert verdict.bad_row == min(gone)
    assert f"{min(gone)}" in verdict.why


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(ROWS)).filter(lambda order: list(order) != list(range(ROWS))))
def test_any_other_order_is_found_at_the_first_row_that_moved(open_log, order):
    """Rows that changed places, each with all that it says."""
    first = next(at for at, was in enumerate(order) if at != was) + 1
    assert rewritten(open_log, lambda rows, _: [rows[was] | {"id": at} for at, was in enumerate(order, 1)]).bad_row == first


def anew(rows, connection):
    """Chain rows anew, as somebody would who knows how, and let the head say so."""
    last = START
    for number, row in enumerate(rows, 1):
        row |= {"id": number, "previous": last}
        row["hash"] = last = digest(row)
    connection.execute(AuditHeadRow.__table__.update().values(count=len(rows), hash=last))
    return rows


@pytest.mark.parametrize("change", [lambda rows: rows[:5], lambda rows: [rows[0] | {"who": "Chi"}, *rows[1:]]], ids=["cut", "altered"])
def test_a_chain_that_was_made_anew_with_its_head_is_found_by_a_seal_alone(open_log, tmp_path, change):
    """Within the database it is whole; outside stands how it was."""
    with look(open_log) as session:
        seal(session, tmp_path, NOW)
    assert rewritten(open_log, lambda rows, c: anew(change(rows), c)).bad_row is None
    assert rewritten(open_log, lambda rows, c: anew(change(rows), c), seals(tmp_path)).bad_row in {6, 7}


def test_a_log_that_goes_on_keeps_its_seals(engine, tmp_path):
    """A seal is written once for a length; a log that grew since is as good as before; a torn line of the file is passed over."""
    for _ in range(2):
        fill(engine, 2)
        with look(engine) as session:
            assert seal(session, tmp_path, NOW) == seal(session, tmp_path, NOW) == head(session)
    file = tmp_path / "audit-seals"
    file.write_text(file.read_text("utf-8") + "17 abc", "utf-8")
    kept = seals(tmp_path)
    assert [one.count for one in kept] == [2, 4]
    with look(engine) as session:
        assert verify(session, kept).bad_row is None
        assert verify(session, [replace(kept[0], hash="f" * 64)]).bad_row == 2
        assert verify(session, [Seal(9, "f" * 64)]).bad_row == 5


def test_an_empty_log_is_whole(engine, tmp_path):
    """No seal, no fault."""
    with look(engine) as session:
        assert verify(session).bad_row is None
        assert seal(session, tmp_path, NOW) == Seal(0, START)
    assert seals(tmp_path) == ()
