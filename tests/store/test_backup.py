"""A backup is the store at one moment, and comes back whole or not at all."""

import io
import json
import tarfile
import threading

import pytest

from ingest.transcript import Page, Transcript
from store import ledger, originals, transcripts
from store.backup import DATABASE, MANIFEST, pack, unpack, verify
from store.database import begin, look, migrate, open_database
from store.errors import Damaged, NotAllowed
from store.tables import DocumentRow, OriginalRow
from tests.store.making import NOW, directive, put

LETTER = b"mot la thu"


@pytest.fixture
def home(tmp_path):
    """A home with one original, what was read of it, and its document."""
    home = tmp_path / "home"
    home.mkdir()
    engine = open_database(f"sqlite:///{home / DATABASE}")
    migrate(engine)
    letter = tmp_path / "thu.txt"
    letter.write_bytes(LETTER)
    kept = originals.keep(home, letter)
    page = Page(1, 595, 842, "một lá thư")
    transcripts.keep_page(home, "doc-1", page)
    transcripts.keep_head(home, Transcript("doc-1", "thu.txt", "text/plain", (page,)))
    with begin(engine) as session:
        ledger.receive(session, name="thu.txt", sha256=kept.sha256, size=kept.size, purpose="daily", received_by="An", now=NOW)
        put(session, directive("1-CV/HU", "05/01/2026"))
    yield home, engine
    engine.dispose()


def everything(home):
    """Give each file of a home but the database, with its bytes."""
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and not path.name.startswith(DATABASE)
    }


def numbers(home):
    """Give the numbers of the documents in a home's database."""
    engine = open_database(f"sqlite:///{home / DATABASE}")
    with look(engine) as session:
        found = sorted(row.number for row in session.query(DocumentRow))
    engine.dispose()
    return found


def test_what_is_packed_comes_back(home, tmp_path):
    """Every file is the same by its bytes, every document is there; an empty folder may stand where it goes."""
    place, engine = home
    packed = pack(engine, place, tmp_path / "sao-luu.tar", now=NOW)
    (tmp_path / "moi").mkdir()
    assert unpack(tmp_path / "sao-luu.tar", tmp_path / "moi", graves=tmp_path / "graves") == packed
    assert everything(tmp_path / "moi") == everything(place) and len(packed.files) == 4
    assert numbers(tmp_path / "moi") == ["1-CV/HU"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "moi", "sao-luu.tar", "thu.txt"]


def test_a_backup_is_one_moment_of_a_store_at_work(home, tmp_path):
    """While somebody files, every document in the backup is whole: with its original's row."""
    place, engine = home
    stop = threading.Event()

    def work():
        count = 2
        while not stop.is_set():
            with begin(engine) as session:
                session.add(OriginalRow(sha256=f"{count:064}", size=1, kept_at=NOW))
                put(session, directive(f"{count}-CV/HU", "05/01/2026"))
            count += 1

    clerk = threading.Thread(target=work)
    clerk.start()
    try:
        for count in range(5):
            packed = pack(engine, place, tmp_path / f"{count}.tar", now=NOW)
            assert packed.rows["original"] == packed.rows["document"]
            unpack(tmp_path / f"{count}.tar", tmp_path / f"moi-{count}", graves=tmp_path / "graves")
    finally:
        stop.set()
        clerk.join()


def members(path):
    """Give name and bytes of each member."""
    with tarfile.open(path) as tar:
        return [(entry.name, tar.extractfile(entry).read()) for entry in tar]


def packed_of(path, found):
    """Write members again."""
    with tarfile.open(path, "w") as tar:
        for name, content in found:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return path


def changed(name):
    """Turn one byte in the middle of a member that name begins."""
    return lambda found: [
        (n, c[: len(c) // 2] + bytes([c[len(c) // 2] ^ 1]) + c[len(c) // 2 + 1 :] if n.startswith(name) else c) for n, c in found
    ]


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (changed("originals"), "originals/"),
        (changed("transcripts"), "transcripts/"),
        (changed(DATABASE), DATABASE),
        (lambda found: [one for one in found if not one[0].startswith("originals")], "originals/"),
        (lambda found: found[:-1], "bảng kê"),
        (lambda found: [*found[:-1], (MANIFEST, b"[]")], "bảng kê"),
        (lambda found: [*found, ("originals/00/" + "0" * 64, b"x")], "originals/00/"),
        (lambda found: [*found, ("../../etc/passwd", b"x")], "mục lạ"),
        (lambda found: [*found, ("originals/../vanthu.db", b"x")], "mục lạ"),
    ],
)
def test_a_damaged_backup_is_refused(home, tmp_path, damage, named):
    """The sentence names what is damaged; nothing of it is left in the place of the home."""
    place, engine = home
    pack(engine, place, tmp_path / "tot.tar", now=NOW)
    bad = packed_of(tmp_path / "hong.tar", damage(members(tmp_path / "tot.tar")))
    with pytest.raises(Damaged, match=named):
        verify(bad)
    with pytest.raises(Damaged, match=named):
        unpack(bad, tmp_path / "moi", graves=tmp_path / "graves")
    assert not (tmp_path / "moi").exists() and not (tmp_path / "moi.restoring").exists()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_backup_that_is_cut_off_is_refused(home, tmp_path, share):
    """Wherever the copying of it stopped."""
    place, engine = home
    pack(engine, place, tmp_path / "tot.tar", now=NOW)
    whole = (tmp_path / "tot.tar").read_bytes()
    (tmp_path / "cut.tar").write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(Damaged):
        unpack(tmp_path / "cut.tar", tmp_path / "moi", graves=tmp_path / "graves")
    (tmp_path / "no.tar").write_bytes(b"khong phai tar")
    with pytest.raises(Damaged):
        verify(tmp_path / "no.tar")


def test_a_backup_overwrites_nothing(home, tmp_path):
    """Neither an earlier backup, nor a home in use; one of a newer program waits for it."""
    place, engine = home
    pack(engine, place, tmp_path / "a.tar", now=NOW)
    with pytest.raises(NotAllowed, match="tên khác"):
        pack(engine, place, tmp_path / "a.tar", now=NOW)
    with pytest.raises(NotAllowed, match="không trống"):
        unpack(tmp_path / "a.tar", place, graves=tmp_path / "graves")
    *found, (_, manifest) = members(tmp_path / "a.tar")
    newer = json.dumps(json.loads(manifest) | {"schema": "9999"}).encode()
    with pytest.raises(NotAllowed, match="phiên bản mới hơn"):
        verify(packed_of(tmp_path / "b.tar", [*found, (MANIFEST, newer)]))


def test_a_disk_that_is_full_leaves_no_half_backup(home, tmp_path):
    """The error comes through; no part of the file stays."""
    place, engine = home

    def full(*_):
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        pack(engine, place, tmp_path / "a.tar", now=NOW, told=full)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "thu.txt"]
    assert not list(place.glob("backup-*"))
