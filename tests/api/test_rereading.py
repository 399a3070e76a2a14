"""The store is read again by the rules of today: differences first, then asked, then filed; a person's word stays."""

from datetime import UTC, datetime

import pytest

from api.pipeline import PIPELINE, take_in, work_one
from api.rereading import reread_store
from store.corrections import correct
from store.database import begin, look
from store.documents import documents
from store.held import held_files
from store.originals import path_of
from store.tables import DocumentRow, ValueRow
from tests.api.conftest import TEXT

pytestmark = pytest.mark.slow


def read_in(workshop, tmp_path):
    """Bring a letter in and read it."""
    path = tmp_path / "cv.txt"
    path.write_text(TEXT, "utf-8")
    take_in(workshop, path, "cv.txt", "daily", "An")
    assert work_one(workshop, "thử")


def numbers(workshop, viewer):
    """Give the numbers that stand."""
    with look(workshop.engine) as session:
        return [line.number for line in documents(session, seen_by=viewer)]


def test_differences_are_told_before_anything_is_written(workshop, tmp_path, capsys):
    """Nothing is filed where it is not wanted; where it is, the reading is filed and a correction stays."""

    read_in(workshop, tmp_path)
    with begin(workshop.engine) as session:
        row = session.query(DocumentRow).filter_by(held=True).one()
        session.query(ValueRow).filter_by(name="place").one().value = "Suối Cạn"
        correct(session, row.id, "number", "999-CV/ĐU", by="An", now=datetime.now(UTC))
        row.rules = "of old"
    assert reread_store(workshop, changed_rules=True, may_file=lambda: False)
    told = capsys.readouterr().out
    assert "Địa danh: Suối Cạn → Suối Ngàn" in told
    assert "1 tệp có khác biệt" in told and "Đã ghi" not in told
    assert reread_store(workshop, changed_rules=True, may_file=lambda: True)
    assert "Đã ghi 1 tệp." in capsys.readouterr().out
    assert numbers(workshop, PIPELINE) == ["999-CV/ĐU"]
    with look(workshop.engine) as session:
        assert session.query(ValueRow).filter_by(name="place").one().value == "Suối Ngàn"
    assert reread_store(workshop, changed_rules=True, may_file=lambda: True)
    assert "0 tệp đã đọc lại" in capsys.readouterr().out


def test_a_file_whose_original_is_gone_is_named(workshop, tmp_path, capsys):
    """The others are read; the answer says that not all went well."""

    read_in(workshop, tmp_path)
    with look(workshop.engine) as session:
        (file,) = held_files(session, seen_by=PIPELINE)
    path_of(workshop.settings.home, file.sha256).unlink()
    assert not reread_store(workshop, changed_rules=False, may_file=lambda: True)
    assert "cv.txt: " in capsys.readouterr().out
