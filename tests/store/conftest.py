"""A real database for each test: a SQLite file, or, where VANTHU_TEST_SERVER names a PostgreSQL server, a database on that one."""

import os
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.orm import Session

from store.database import begin, migrate, open_database

SERVER = os.environ.get("VANTHU_TEST_SERVER")
TEMPLATE = "up_to_date"


def pytest_collection_modifyitems(items):
    """On a server, run the tests that ask for a database of here; the others make what they need themselves."""
    if SERVER:
        items[:] = [item for item in items if any(_of_here(item, name) for name in ("engine", "rolled_back"))]


def _of_here(item, name):
    made = item._fixtureinfo.name2fixturedefs.get(name)
    return bool(made) and made[-1].func.__module__ == __name__


@contextmanager
def database(folder):
    """Open an empty, up-to-date database, gone afterwards."""
    if SERVER:
        with _on_server() as engine:
            yield engine
        return
    engine = open_database(f"sqlite:///{folder / 'store.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


@contextmanager
def _on_server():
    """Copy the template, which is made when the first test asks for it."""
    name = f"t{uuid4().hex}"
    outside = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with outside.connect() as connection:
        if not connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": TEMPLATE}):
            connection.execute(text(f"CREATE DATABASE {TEMPLATE}"))
            made = open_database(str(make_url(SERVER).set(database=TEMPLATE)))
            migrate(made)
            made.dispose()
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}"))
        engine = open_database(str(make_url(SERVER).set(database=name)))
        yield engine
        engine.dispose()
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    outside.dispose()


@pytest.fixture
def engine(tmp_path):
    """An empty, up-to-date database."""
    with database(tmp_path) as engine:
        yield engine


@pytest.fixture
def session(engine):
    """A transaction that writes."""
    with begin(engine) as session:
        yield session


@pytest.fixture(scope="module")
def rolled_back(tmp_path_factory):
    """A maker of transactions on one up-to-date database, each of which leaves nothing behind: for tests with many examples."""
    with database(tmp_path_factory.mktemp("store")) as engine:

        @contextmanager
        def passing():
            with Session(engine) as session:
                yield session
                session.rollback()

        yield passing
