"""What is lawfully deleted is gone with all that was made of it, and nothing brings it back."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from ingest.transcript import Page, Transcript
from nlp.directive import Directive
from store import ledger, originals, transcripts
from store.backup import DATABASE, pack, unpack
from store.chain import verify
from store.database import begin, look, migrate, open_database
from store.errors import NotAllowed, NotFound
from store.filing import file
from store.purging import GONE, buried, clear_out, of_file, purge
from store.scrub import scrub
from store.tables import DocumentRow, EdgeRow, JobRow, ReceiptRow, ReferenceRow
from store.tombstone_tables import TombstoneRow
from tests.store.making import ALL, NOW, directive, duty, reference, transcript

WHY = "QĐ 12-QĐ/HU"
SECRET = "tiêu đề riêng của thư"


@pytest.fixture
def place(tmp_path):
    """A home with three letters, each in a file of its own: the second is cited by the third and cites one that nobody holds."""
    home = tmp_path / "home"
    home.mkdir()
    engine = open_database(f"sqlite:///{home / DATABASE}")
    migrate(engine)
    hand_in(engine, home, "1-CV/HU", [])
    hand_in(engine, home, "2-CV/HU", [reference("99-CV/HU", "01/01/2026", "Huyện ủy A")])
    hand_in(engine, home, "3-CV/HU", [reference("2-CV/HU", "05/01/2026", "Huyện ủy A")])
    yield engine, home, tmp_path / "graves"
    engine.dispose()


def hand_in(engine, home, number, references):
    """Keep the bytes, give the receipt, file the letter."""
    letter = home.parent / "thu.txt"
    letter.write_text(number, "utf-8")
    kept = originals.keep(home, letter)
    said = directive(number, "05/01/2026", "Huyện ủy A", references, [duty("gửi báo cáo", "01/03/2026")], subject=f"{SECRET} {number}")
    page = Page(1, 595, 842, f"{SECRET} {number}")
    read = Transcript(f"doc-{kept.sha256[:8]}", "thu.txt", "text/plain", (page,))
    transcripts.keep_page(home, read.id, page)
    transcripts.keep_head(home, read)
    with begin(engine) as session:
        name = f"{SECRET}.txt"
        ledger.receive(session, name=name, sha256=kept.sha256, size=kept.size, purpose="daily", received_by="An", now=NOW)
    with begin(engine) as session:
        job = ledger.claim(session, owner="máy", now=NOW, lease_s=30)
        made = file(session, sha256=kept.sha256, transcript=read, directive=said, purpose="daily", now=NOW)
        ledger.finish(session, job.id, owner="máy", attempt=1, document_ids=[made])
    return kept.sha256


def delete(engine, home, graves, number="2-CV/HU"):
    """Delete the file of a letter; give its hash."""
    with begin(engine, by="Bình") as session:
        sha256, _ = of_file(session, number, seen_by=ALL)
        purge(session, sha256, by="Bình", why=WHY, now=NOW)
    with look(engine) as session:
        clear_out(session, home, graves)
    return sha256


def numbers(home):
    """Give the numbers of the documents that are held in a home, and of those that are only cited."""
    engine = open_database(f"sqlite:///{home / DATABASE}")
    with look(engine) as session:
        found = {row.number: row.held for row in session.scalars(select(DocumentRow))}
    engine.dispose()
    return found


def test_a_file_goes_with_all_that_was_made_of_it(place):
    """Documents, readings, bytes, names: no table and no file holds a word of it; the rest and the log are whole."""
    engine, home, graves = place
    sha256 = delete(engine, home, graves)
    assert numbers(home) == {"1-CV/HU": True, "3-CV/HU": True, "2-CV/HU": False}
    assert not originals.path_of(home, sha256).exists()
    assert not list((home / "transcripts").rglob(f"doc-{sha256[:8]}*"))
    with look(engine) as session:
        tables = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'page_search%'")).all()
        held = " ".join(str(row) for table in tables for row in session.execute(text(f"SELECT * FROM {table}")))
        assert f"{SECRET} 2-CV/HU" not in held and f"{SECRET} 3-CV/HU" in held
        assert session.scalar(select(ReceiptRow.name).where(ReceiptRow.sha256 == sha256)) == GONE
        assert [fault.sentence for fault in scrub(session, home, now=NOW)] == []
        assert verify(session).why is None


def test_who_cites_it_goes_on_citing_its_number(place):
    """The reference means a document that is only cited, with its edge; what only the deleted one cited is gone."""
    engine, home, graves = place
    delete(engine, home, graves)
    with look(engine) as session:
        (row,) = session.scalars(select(ReferenceRow))
        node = session.get_one(DocumentRow, row.target_id)
        assert (row.number, row.status, node.number, node.held, node.subject) == ("2-CV/HU", "resolved", "2-CV/HU", False, None)
        assert [(edge.source_id, edge.target_id) for edge in session.scalars(select(EdgeRow))] == [(row.document_id, node.id)]


def test_a_tombstone_says_who_when_and_on_what_ground(place):
    """In the database, in the log, and in a file outside the home; the job says so to whoever looks for it, and is not tried again."""
    engine, home, graves = place
    sha256 = delete(engine, home, graves)
    assert [json.loads(line) for line in graves.read_text("utf-8").splitlines()] == [
        {"sha256": sha256, "by": "Bình", "at": NOW.isoformat(), "why": WHY}
    ]
    with begin(engine) as session:
        stone = buried(session, sha256)
        assert (stone.by, stone.at, stone.why) == ("Bình", NOW, WHY)
        told = session.execute(text("SELECT who, said FROM audit WHERE act = 'purge'")).one()
        assert told.who == "Bình" and WHY in json.loads(told.said)["why"]
        job = session.scalars(select(JobRow).join(ReceiptRow).where(ReceiptRow.sha256 == sha256)).one()
        assert job.state == "failed" and WHY in job.error
        with pytest.raises(NotAllowed, match="đã tiêu hủy"):
            ledger.retry(session, job.id)


def test_an_older_backup_does_not_bring_it_back(place, tmp_path):
    """Restored from before the deletion, the store has neither document nor bytes of it, and the tombstone again."""
    engine, home, graves = place
    pack(engine, home, tmp_path / "truoc.tar", now=NOW)
    sha256 = delete(engine, home, graves)
    pack(engine, home, tmp_path / "sau.tar", now=NOW)
    for name in ("truoc", "sau"):
        unpack(tmp_path / f"{name}.tar", tmp_path / name, graves=graves)
        assert numbers(tmp_path / name) == {"1-CV/HU": True, "3-CV/HU": True, "2-CV/HU": False}
        assert not originals.path_of(tmp_path / name, sha256).exists()
        back = open_database(f"sqlite:///{tmp_path / name / DATABASE}")
        with look(back) as session:
            assert buried(session, sha256).why == WHY
            assert verify(session).why is None
        back.dispose()


def test_a_backup_tells_of_its_own_tombstones(place, tmp_path):
    """On a machine without the file of graves a backup from after the deletion makes it anew."""
    engine, home, graves = place
    sha256 = delete(engine, home, graves)
    pack(engine, home, tmp_path / "sau.tar", now=NOW)
    unpack(tmp_path / "sau.tar", tmp_path / "moi", graves=tmp_path / "other" / "graves")
    assert sha256 in (tmp_path / "other" / "graves").read_text("utf-8")


def test_a_crash_between_commit_and_removal_is_made_good(place):
    """The tombstone stands, the bytes still lie there: the next start removes them; nothing is told twice."""
    engine, home, graves = place
    with begin(engine) as session:
        sha256, _ = of_file(session, "2-CV/HU", seen_by=ALL)
        purge(session, sha256, by="Bình", why=WHY, now=NOW)
    assert originals.path_of(home, sha256).exists()
    for _ in range(2):
        with look(engine) as session:
            clear_out(session, home, graves)
    assert not originals.path_of(home, sha256).exists()
    assert len(graves.read_text("utf-8").splitlines()) == 1


def test_what_may_not_be_deleted_stays(place):
    """A file that is being read; a number that nobody holds, or that two files bear."""
    engine, home, _graves = place
    letter = home.parent / "thu.txt"
    letter.write_text("4", "utf-8")
    kept = originals.keep(home, letter)
    with begin(engine) as session:
        ledger.receive(session, name="4.txt", sha256=kept.sha256, size=1, purpose="daily", received_by="An", now=NOW + timedelta(1))
        with pytest.raises(NotAllowed, match="đang chờ đọc"):
            purge(session, kept.sha256, by="Bình", why=WHY, now=NOW)
        with pytest.raises(NotFound):
            of_file(session, "77-CV/HU", seen_by=ALL)
    hand_in(engine, home, "4-CV/HU", [])
    with begin(engine) as session:
        file(
            session,
            sha256="f" * 64,
            transcript=transcript("x"),
            directive=Directive(family="party", number=directive("4-CV/HU").number),
            purpose="daily",
            now=NOW,
        )
        with pytest.raises(NotAllowed, match="Có 2 tệp"):
            of_file(session, "4-CV/HU", seen_by=ALL)
    with look(engine) as session:
        assert session.scalars(select(TombstoneRow)).all() == []
