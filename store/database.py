"""How is the database opened, brought up to date and written to?"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, inspect, select, text
from sqlalchemy.orm import Session

from store import waking
from store.audit import Recorded
from store.sight import mark_all  # noqa: F401  it listens to the sessions that write

NEWEST = "0023"
_MIGRATIONS = Path(__file__).parent / "migrations"
_WAIT_MS = 30_000
_WRITERS = 0x56414E  # the lock on a PostgreSQL server that one writer at a time has
_KEPT_KB = 32 * 1024  # of pages that each connection keeps at hand; SQLite's own 2 MB hold a tenth of what one question looks at


def open_database(url: str) -> Engine:
    """Give the engine for a database URL. SQLite: WAL, every commit on the disk before it returns, foreign keys kept."""
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _start)
    else:
        event.listen(engine, "connect", _prepare_there)
        event.listen(engine, "begin", _start_there)
    return engine


def _prepare(connection: SqliteConnection, _: Any) -> None:  # noqa: ANN401  the pool's record is not ours to look into
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_WAIT_MS}", f"cache_size=-{_KEPT_KB}"):
        connection.execute(f"PRAGMA {pragma}").close()


def _start(connection: Connection) -> None:
    """Take the write lock at the start: one that is asked for half-way is refused at once when another wrote meanwhile."""
    looks = connection.get_execution_options().get("looks", False)
    connection.exec_driver_sql("BEGIN" if looks else "BEGIN IMMEDIATE")


def _prepare_there(connection: Any, _: Any) -> None:  # noqa: ANN401  the driver's, and the pool's
    connection.execute(f"SET lock_timeout = {_WAIT_MS}")
    waking.find(connection)


def _start_there(connection: Connection) -> None:
    """Let one write at a time, as SQLite does: what files and what people change is written with that in mind, on both."""
    if not connection.get_execution_options().get("looks", False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")


def moment(session: Session) -> datetime:
    """Give the time by the one clock that all who write into this database share: PostgreSQL's own, or this machine's."""
    if session.get_bind().dialect.name == "sqlite":
        return datetime.now(UTC)
    now: datetime = session.scalars(select(func.clock_timestamp())).one()
    return now.astimezone(UTC)


def migrate(engine: Engine) -> None:
    """Bring the tables up to date; on an up-to-date database this is one short query."""
    if _version(engine) != NEWEST:
        _upgrade(engine)
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            waking.hang(connection)


def _version(engine: Engine) -> str | None:
    with engine.connect().execution_options(looks=True) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return version


def _upgrade(engine: Engine) -> None:
    """Run alembic with foreign keys off: its batch mode drops and remakes tables, which would delete the rows that hang on them."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.connect() as connection, _unchecked(connection), connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if engine.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError("the migration leaves rows that point nowhere")


@contextmanager
def _unchecked(connection: Connection) -> Iterator[None]:
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.driver_connection
    assert isinstance(raw, SqliteConnection)  # noqa: S101  the dialect says so
    raw.execute("PRAGMA foreign_keys=OFF").close()
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON").close()


@contextmanager
def begin(engine: Engine, *, by: str | None = None) -> Iterator[Session]:
    """Open a transaction that writes: committed at the end with its acts in the log (store/audit.py), rolled back on an error.

    by did what the rows themselves do not say who did; None where that is the program.
    """
    with Recorded(engine, by=by) as session, session.begin():
        yield session


@contextmanager
def look(engine: Engine) -> Iterator[Session]:
    """Open a transaction that only asks: it waits for no writer and holds none up."""
    with Session(engine.execution_options(looks=True), expire_on_commit=False) as session:
        yield session
