"""The database is opened safely, brought up to date once, and is what the tables say."""

import sqlite3
from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError

from store.answers import Office
from store.database import _MIGRATIONS, NEWEST, begin, look, migrate, open_database
from store.office import get_office, set_office
from store.page_tables import LeafRow
from store.register_tables import EntryRow
from store.tables import Base, DocumentRow, OfficeRow, ReceiptRow
from store.work_tables import StepRow

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path):
    """A real database file."""
    engine = open_database(f"sqlite:///{tmp_path / 'store.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


def add(engine, *rows):
    """Write rows in one transaction."""
    with begin(engine) as session:
        session.add_all(rows)


def test_every_commit_reaches_the_disk(engine):
    """WAL, synchronous FULL and foreign keys are on for each connection."""
    with look(engine) as session:
        pragmas = [session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")]
    assert pragmas == ["wal", 2, 1]


def test_the_migrations_make_the_tables_of_the_code(engine):
    """No table, column, index or constraint differs between the migrated database and the tables."""
    assert ScriptDirectory(str(_MIGRATIONS)).get_heads() == [NEWEST]
    assert StepRow.metadata is EntryRow.metadata is LeafRow.metadata is Base.metadata
    with engine.connect() as connection:
        ours = MigrationContext.configure(connection, opts={"include_name": lambda name, kind, _: kind != "table" or "search" not in name})
        assert compare_metadata(ours, Base.metadata) == []
        made = {t: {c["name"] for c in inspect(connection).get_check_constraints(t)} for t in Base.metadata.tables}
    assert made == {t.name: {c.name for c in t.constraints if type(c).__name__ == "CheckConstraint"} for t in Base.metadata.tables.values()}


def test_migrating_again_changes_nothing(engine):
    """What is filed stays when the program starts again."""
    with begin(engine) as session:
        set_office(session, Office("Huyện ủy A", "party", "Tỉnh ủy B", "A", "2020-2025"))
    migrate(engine)
    with look(engine) as session:
        assert get_office(session) == Office("Huyện ủy A", "party", "Tỉnh ủy B", "A", "2020-2025")


def test_a_filled_database_of_the_first_version_is_brought_forward(tmp_path):
    """Each document keeps its rows, ids and links, and has all pages of its file; what parted the cited ones still parts them."""
    engine = _brought_forward(tmp_path, "0001")
    with begin(engine) as session:
        rows = session.execute(select(DocumentRow.id, DocumentRow.sha256, DocumentRow.first_page, DocumentRow.last_page)).all()
        assert rows == [(3, "a" * 64, 1, 2), (5, None, 1, None), (8, "b" * 64, 1, None)]
        assert session.execute(text("SELECT source_id, target_id FROM edge")).all() == [(3, 5)]
        assert session.execute(text("SELECT rowid FROM page_search WHERE page_search MATCH 'hai'")).all() == [(12,)]
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        session.add(DocumentRow(held=True, identity="", sha256="a" * 64, first_page=3))
    for wrong in (DocumentRow(held=True, identity="", sha256="a" * 64), DocumentRow(held=False, identity="x")):
        with pytest.raises(IntegrityError):
            add(engine, wrong)
    engine.dispose()


_PLACE = "'[]', '', '', 1"
FILLED = (
    f"INSERT INTO original VALUES ('{'a' * 64}', 1, '2026-01-05')",
    *(
        f"INSERT INTO document(id, held, identity, sha256, purpose, missing, to_verify, notes) VALUES ({row}, 'daily', '{{}}', '[]', '[]')"
        for row in (f"3, 1, '', '{'a' * 64}'", "5, 0, 'x', NULL", f"8, 1, '', '{'b' * 64}'")
    ),
    "INSERT INTO page_text VALUES (10, 3, 0, 'đầu', 'dau'), (11, 3, 1, 'một', 'mot'), (12, 3, 2, 'hai', 'hai')",
    f"""INSERT INTO reference(id, document_id, key, position, target_key, relation, misprints, mentions, status, target_id,
    boxes, words, rule, confidence) VALUES (1, 3, 'k', 0, 'k', 'mentions', '[]', 1, 'resolved', 5, {_PLACE})""",
    "INSERT INTO edge VALUES (1, 3, 5, 'mentions', '', 3, 1)",
)


def _brought_forward(tmp_path, version):
    """Give a database that was filled when it had an earlier version, as it is today."""
    engine = open_database(f"sqlite:///{tmp_path / 'old.db'}")
    _to(engine, version)
    with engine.connect() as connection, connection.begin():
        for statement in FILLED:
            connection.exec_driver_sql(statement)
    migrate(engine)
    return engine


def _to(engine, version):
    """Make the tables of an earlier version."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, version)


def test_a_filled_database_without_arrivals_is_brought_forward(tmp_path):
    """Each document keeps its rows and links and has room for number and day of its arrival, which nobody has said yet."""
    engine = _brought_forward(tmp_path, "0002")
    with begin(engine) as session:
        rows = session.execute(select(DocumentRow.id, DocumentRow.arrived_as, DocumentRow.arrived_on, DocumentRow.forwarded_to)).all()
        assert rows == [(3, None, None, None), (5, None, None, None), (8, None, None, None)]
        assert session.execute(text("SELECT source_id, target_id FROM edge")).all() == [(3, 5)]
        assert session.execute(text("SELECT rowid FROM page_search WHERE page_search MATCH 'hai'")).all() == [(12,)]
        session.get(DocumentRow, 3).arrived_as = "417"
    engine.dispose()


def test_the_office_can_be_changed(engine):
    """There is one office; setting it again replaces it."""
    with begin(engine) as session:
        assert get_office(session) is None
        set_office(session, Office("Huyện ủy A", "party", None, None, None))
        set_office(session, Office("Xã ủy C", "party", None, None, "2025-2030"))
        assert get_office(session).name == "Xã ủy C"


def test_an_error_rolls_back(engine):
    """Nothing of a failed transaction stays."""
    with pytest.raises(IntegrityError):
        add(engine, OfficeRow(id=1, name="Huyện ủy A", family="party"), DocumentRow(held=True, identity="x"))
    with look(engine) as session:
        assert get_office(session) is None


def test_a_question_is_answered_while_another_writes(engine):
    """A reader is not held up by a writer, and sees what was committed."""
    with begin(engine) as writer, look(engine) as reader:
        set_office(writer, Office("Huyện ủy A", "party", None, None, None))
        writer.flush()
        assert get_office(reader) is None


@pytest.mark.parametrize(
    "row",
    [
        DocumentRow(held=True, identity="x"),
        DocumentRow(held=False, identity="x", sha256="a" * 64),
        DocumentRow(held=False, identity="x", purpose="other"),
        ReceiptRow(name="x", sha256="b" * 64, size=1, purpose="daily", received_by="x", received_at=NOW),
    ],
)
def test_the_database_refuses_rows_that_cannot_be(engine, row):
    """Constraints stand in the database, not only in the code."""
    with pytest.raises(IntegrityError):
        add(engine, row)


def test_two_cited_documents_of_one_identity_are_refused(engine):
    """One identity is one node while it is only cited."""
    with pytest.raises(IntegrityError):
        add(engine, DocumentRow(held=False, identity="x"), DocumentRow(held=False, identity="x"))


def test_moments_come_back_as_utc(engine):
    """A moment is the same moment again, whatever zone it was given in."""
    with begin(engine) as session:
        session.add(DocumentRow(held=True, identity="", sha256="a" * 64, filed_at=datetime.fromisoformat("2026-01-05T15:00:00+07:00")))
    with look(engine) as session:
        assert session.scalar(select(DocumentRow.filed_at)) == NOW


def test_a_database_of_another_kind_of_file_is_an_error(tmp_path):
    """A file that is no database is not written over."""
    path = tmp_path / "not.db"
    path.write_bytes(b"not a database, but a letter of some length that somebody needs")
    with pytest.raises(Exception, match="file is not a database"):
        migrate(open_database(f"sqlite:///{path}"))
    assert sqlite3.sqlite_version and path.read_bytes().startswith(b"not a database")


def test_a_filled_database_without_work_is_brought_forward(tmp_path):
    """Each document keeps its rows and links; nobody has confirmed or done anything yet."""
    engine = _brought_forward(tmp_path, "0003")
    with begin(engine) as session:
        assert session.scalars(select(DocumentRow.id)).all() == [3, 5, 8]
        assert session.execute(text("SELECT source_id, target_id FROM edge")).all() == [(3, 5)]
        assert [session.scalar(text(f"SELECT count(*) FROM {name}")) for name in ("duty_step", "duty_work", "review", "unit")] == [0] * 4
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
    engine.dispose()


def test_a_filled_database_without_counts_is_brought_forward(tmp_path):
    """Each document knows at once how many cite it and rest on it, and the database keeps it so."""
    engine = _brought_forward(tmp_path, "0007")
    asked = "SELECT id, cited_by, basis_of FROM document ORDER BY id"
    with begin(engine) as session:
        assert session.execute(text(asked)).all() == [(3, 0, 0), (5, 1, 0), (8, 0, 0)]
        session.execute(text("INSERT INTO edge SELECT 2, 8, 5, 'based_on', '', 3, 1"))
        assert session.execute(text(asked)).all() == [(3, 0, 0), (5, 2, 1), (8, 0, 0)]
        session.execute(text("DELETE FROM edge"))
        assert session.execute(text(asked)).all() == [(3, 0, 0), (5, 0, 0), (8, 0, 0)]
    engine.dispose()
