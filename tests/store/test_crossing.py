"""A store on PostgreSQL goes into a backup and comes back, there or as SQLite, with every row as it was."""

import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from store import crossing, ledger, originals
from store.backup import DATABASE, pack, unpack, verify
from store.corrections import correct
from store.database import begin, migrate, open_database
from store.errors import Damaged, NotAllowed
from store.tables import OriginalRow
from tests.store.making import NOW, directive, put
from tests.store.test_postgresql import server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def postgresql():
    """The address of a server of the tests' own."""
    with tempfile.TemporaryDirectory(prefix="vanthu-", ignore_cleanup_errors=True) as folder, server(Path(folder)) as address:
        yield address


@pytest.fixture
def database(postgresql):
    """A maker of empty databases on that server; gives their addresses."""
    outside = create_engine(postgresql, isolation_level="AUTOCOMMIT")
    made = []

    def make():
        made.append(f"t{uuid4().hex}")
        with outside.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {made[-1]}"))
        return make_url(postgresql).set(database=made[-1]).render_as_string()

    yield make
    with outside.connect() as connection:
        for name in made:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    outside.dispose()


@contextmanager
def opened(address):
    """Open a database for a while."""
    engine = open_database(address)
    migrate(engine)
    yield engine
    engine.dispose()


def file_letters(engine, home, folder):
    """File letters that cite one another, with duties, a correction, an original of its own and what the log says of all."""
    (folder / "thu.txt").write_bytes(b"mot la thu")
    kept = originals.keep(home, folder / "thu.txt")
    with begin(engine, by="An") as session:
        ledger.receive(session, name="thu.txt", sha256=kept.sha256, size=kept.size, purpose="daily", received_by="An", now=NOW)
        first = put(session, directive("1-CV/HU", "05/01/2026"))
        put(session, directive("2-CV/HU", "06/01/2026"))
        correct(session, first, "subject", "về việc khác", by="An", now=NOW)


def marks(address):
    """Give the mark of all rows of each table of a database."""
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(f"sqlite:///{folder}/tables.db") as lite,
        opened(address) as engine,
        lite.connect() as shape,
        engine.connect().execution_options(looks=True) as connection,
    ):
        return crossing.digests(connection, crossing.tables_of(shape))


def test_every_row_comes_back_on_either_database(database, tmp_path):
    """Documents, edges, duties, corrections and the log have the same marks, and the next row gets a number of its own."""
    home, here, there = tmp_path / "home", database(), database()
    home.mkdir()
    with opened(here) as engine:
        file_letters(engine, home, tmp_path)
        before = marks(here)
        packed = pack(engine, home, tmp_path / "kho.tar", now=NOW)
    assert packed.rows["document"] >= 2 and packed.rows["audit"] > 3 and packed.rows["correction"] == 1
    assert verify(tmp_path / "kho.tar") == packed
    unpack(tmp_path / "kho.tar", tmp_path / "lite", graves=tmp_path / "graves")
    unpack(tmp_path / "kho.tar", tmp_path / "there", graves=tmp_path / "graves", database=there)
    assert marks(f"sqlite:///{tmp_path / 'lite' / DATABASE}") == marks(there) == before
    assert not (tmp_path / "there" / DATABASE).exists() and (tmp_path / "there" / "originals").is_dir()
    with opened(there) as engine, begin(engine, by="An") as session:
        put(session, directive("3-CV/HU", "07/01/2026"))


def test_a_store_at_work_is_packed_at_one_moment(database, tmp_path):
    """While somebody files, every document in the backup is whole: with its original's row."""
    stop = threading.Event()
    (tmp_path / "home").mkdir()

    def work(engine):
        count = 1
        while not stop.is_set():
            with begin(engine) as session:
                session.add(OriginalRow(sha256=f"{count:064}", size=1, kept_at=NOW))
                put(session, directive(f"{count}-CV/HU", "05/01/2026"))
            count += 1

    with opened(database()) as engine:
        clerk = threading.Thread(target=work, args=(engine,))
        clerk.start()
        try:
            for count in range(3):
                packed = pack(engine, tmp_path / "home", tmp_path / f"{count}.tar", now=NOW)
                assert packed.rows["original"] == packed.rows["document"]
                unpack(tmp_path / f"{count}.tar", tmp_path / f"moi-{count}", graves=tmp_path / "graves")
        finally:
            stop.set()
            clerk.join()


def test_what_cannot_be_brought_back_leaves_nothing(database, tmp_path):
    """A database that holds something is refused, and so is a damaged backup; home and database are as they were."""
    home, here, there = tmp_path / "home", database(), database()
    home.mkdir()
    with opened(here) as engine:
        file_letters(engine, home, tmp_path)
        pack(engine, home, tmp_path / "kho.tar", now=NOW)
    with pytest.raises(NotAllowed, match="không trống"):
        unpack(tmp_path / "kho.tar", tmp_path / "moi", graves=tmp_path / "graves", database=here)
    content = bytearray((tmp_path / "kho.tar").read_bytes())
    content[4_000] ^= 1
    (tmp_path / "hong.tar").write_bytes(content)
    with pytest.raises(Damaged, match=DATABASE):
        unpack(tmp_path / "hong.tar", tmp_path / "moi", graves=tmp_path / "graves", database=there)
    assert not (tmp_path / "moi").exists()
    unpack(tmp_path / "kho.tar", tmp_path / "moi", graves=tmp_path / "graves", database=there)
    assert marks(there) == marks(here)
