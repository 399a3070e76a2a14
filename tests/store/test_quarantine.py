"""What bears a mark of secrecy leaves the store whole: its bytes lie outside, what was read of it is gone, that it was is kept."""

from datetime import timedelta

import pytest

from ingest.transcript import Page, Transcript
from store import ledger, originals, quarantine, transcripts
from store.backup import DATABASE, pack
from store.database import begin, look, migrate, open_database
from store.errors import NotAllowed, NotFound
from store.scrub import scrub
from tests.store.making import ALL, NOW, directive, put

READ = "doc-mat"


@pytest.fixture
def place(tmp_path):
    """A home whose one file is being read, and the folder for what is set apart."""
    home, folder = tmp_path / "home", tmp_path / "cach-ly"
    home.mkdir()
    engine = open_database(f"sqlite:///{home / DATABASE}")
    migrate(engine)
    hand_in(engine, home)
    yield engine, home, folder
    engine.dispose()


def hand_in(engine, home):
    """Keep the bytes, give the receipt, and claim the job."""
    letter = home.parent / "thu.txt"
    letter.write_bytes(b"mot la thu mat")
    kept = originals.keep(home, letter)
    page = Page(1, 595, 842, "MẬT")
    transcripts.keep_page(home, READ, page)
    transcripts.keep_head(home, Transcript(READ, "thu.txt", "text/plain", (page,)))
    with begin(engine) as session:
        ledger.receive(session, name="thu.txt", sha256=kept.sha256, size=kept.size, purpose="daily", received_by="An", now=NOW)
    with begin(engine) as session:
        return ledger.claim(session, owner="máy", now=NOW, lease_s=30)


def the_job(engine, number=1):
    with look(engine) as session:
        return ledger.job(session, number, seen_by=ALL)


def set_apart(engine, number=1, owner="máy", read=READ):
    """Find the mark, as the pipeline does."""
    with begin(engine) as session:
        return quarantine.set_apart(session, the_job(engine, number), owner=owner, mark="Mật", transcript_id=read, now=NOW)


def clear_out(engine, home, folder):
    with look(engine) as session:
        return quarantine.clear_out(session, home, folder)


def test_a_secret_file_leaves_the_store(place, tmp_path):
    """Its bytes lie in a folder that only its owner enters, named by the receipt; nothing of it is read, backed up or missed."""
    engine, home, folder = place
    assert set_apart(engine) and clear_out(engine, home, folder) == 1
    (kept,) = folder.iterdir()
    assert kept.read_bytes() == b"mot la thu mat" and kept.name.startswith("bien-nhan-1-")
    assert folder.stat().st_mode & 0o077 == 0 and kept.stat().st_mode & 0o377 == 0
    assert [path for part in ("originals", "transcripts") for path in (home / part).rglob("*") if path.is_file()] == []
    assert list(pack(engine, home, tmp_path / "kho.tar", now=NOW).files) == [DATABASE]
    with look(engine) as session:
        assert list(scrub(session, home, now=NOW + timedelta(days=1))) == []
    assert the_job(engine).error == (
        "Văn bản có dấu độ mật MẬT, không được lưu trên hệ thống này. Tệp đã cách ly; đề nghị đăng ký tại sổ văn bản mật."
    )


def test_nothing_secret_is_packed_before_it_is_moved(place, tmp_path):
    """A backup between the two steps already leaves it out."""
    engine, home, _ = place
    set_apart(engine)
    assert list(pack(engine, home, tmp_path / "kho.tar", now=NOW).files) == [DATABASE]


def test_a_crash_between_the_two_steps_is_made_good(place):
    """The row is there, the bytes still are: the next start moves them, and once more does nothing."""
    engine, home, folder = place
    set_apart(engine)
    assert [clear_out(engine, home, folder) for _ in range(3)] == [1, 0, 0]
    with pytest.raises(NotFound):
        transcripts.load(home, READ)


def test_a_worker_that_lost_the_job_sets_nothing_apart(place):
    """The one that has it finds the same mark."""
    engine, home, folder = place
    assert not set_apart(engine, owner="máy khác")
    assert clear_out(engine, home, folder) == 0


def test_the_same_bytes_again_wait_until_they_are_read(place):
    """They are not taken from under the reader, and are set apart again after it."""
    engine, home, folder = place
    set_apart(engine)
    clear_out(engine, home, folder)
    job = hand_in(engine, home)
    assert clear_out(engine, home, folder) == 0 and originals.path_of(home, job.sha256).exists()
    assert set_apart(engine, job.id) and clear_out(engine, home, folder) == 1
    assert len(list(folder.iterdir())) == 1


def test_what_a_later_reader_read_of_it_goes_too(place):
    """The same bytes again, read under another name: nothing of either reading is left."""
    engine, home, folder = place
    set_apart(engine)
    clear_out(engine, home, folder)
    job = hand_in(engine, home)
    transcripts.keep_page(home, "doc-mat-2", Page(1, 595, 842, "MẬT"))
    transcripts.drop(home, READ)
    set_apart(engine, job.id, read="doc-mat-2")
    clear_out(engine, home, folder)
    assert [path for path in (home / "transcripts").rglob("*") if path.is_file()] == []


def test_what_was_set_apart_is_not_read_again(place):
    """Its bytes are gone from here; whoever asks hears why."""
    engine, home, folder = place
    set_apart(engine)
    clear_out(engine, home, folder)
    with begin(engine) as session, pytest.raises(NotAllowed, match="sổ văn bản mật"):
        ledger.retry(session, 1)


def test_what_is_filed_stays_a_persons_matter(place):
    """A document that the store holds is not moved from under those who work with it."""
    engine, _, _ = place
    with begin(engine) as session:
        document = put(session, directive("1-CV/HU", "05/01/2026"))
        sha256 = session.get_one(quarantine.DocumentRow, document).sha256
        assert quarantine.is_filed(session, sha256) and not quarantine.is_filed(session, "0" * 64)
