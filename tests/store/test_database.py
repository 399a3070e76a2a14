"""The database is opened safely, brought up to date once, and is what the tables say."""

import sqlite3
from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError

from store.answers import Office
from store.database import _MIGRATIONS, NEWEST, begin, look, migrate, open_database
from store.office import get_office, set_office
from store.tables import Base, DocumentRow, OfficeRow, ReceiptRow

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
