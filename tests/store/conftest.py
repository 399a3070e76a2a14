"""A real database file for each test."""

import pytest

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
