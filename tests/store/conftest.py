"""A real database file for each test."""

from contextlib import contextmanager

import pytest
from sqlalchemy.orm import Session

from store.database import begin, migrate, open_database


@pytest.fixture
def engine(tmp_path):
    """An empty, up-to-date database."""
    engine = open_database(f"sqlite:///{tmp_path / 'store.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine):
    """A transaction that writes."""
    with begin(engine) as session:
        yield session


@pytest.fixture(scope="module")
def rolled_back(tmp_path_factory):
    """A maker of transactions on one up-to-date database, each of which leaves nothing behind: for tests with many examples."""
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('store') / 'store.db'}")
    migrate(engine)

    @contextmanager
    def passing():
        with Session(engine) as session:
            yield session
            session.rollback()

    yield passing
    engine.dispose()
