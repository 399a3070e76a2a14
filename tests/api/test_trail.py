"""The log speaks the trade's words, on the terminal as on the pages, and is checked by one command."""

import sqlite3
import sys
from datetime import UTC, datetime
from typing import get_args

import pytest

from api.cli import main
from api.trail import ACTS, fields, line_of, thing
from store import acts
from store.answers import PageStepKind, StepKind
from store.trail import Told

NAMED = {
    *(
        "receive",
        "retry",
        "cancel reading",
        "set apart",
        "purge",
        "merge",
        "split",
        "file",
        "reread",
        "remove",
        "correct",
        "let stand",
        "confirm",
        "put off",
        "reopen",
    ),
    *("open register", "change register", "close register", "enter", "hold number", "cancel number", "change entry", "change setting"),
    *(f"{verb} dossier" for verb in ("open", "change", "close", "reopen", "put in", "remark in", "take out of")),
}


def test_every_act_has_a_name():
    """Whatever store/acts.py can tell of."""
    told = NAMED | {f"duty {kind}" for kind in get_args(StepKind)} | {f"pages {kind}" for kind in get_args(PageStepKind)}
    told |= {f"{verb} {kind}" for verb in ("add", "remove", "undo add", "undo remove") for kind in ("reference", "duty")}
    told |= {f"paper {kind}" for kind in ("enter", "submit", "instruct", "forward", "undo")}
    told |= {f"{verb} {kind}" for verb in ("add", "change", "drop") for kind in ("office", "unit", "group")}
    assert told <= ACTS.keys()
    assert len(set(ACTS.values())) == len(ACTS)
    assert set(get_args(acts.Kind)) >= {"receipt", "document", "duty", "register", "entry", "dossier", "office", "unit", "group"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (Told(7, datetime(2026, 1, 5, 1, tzinfo=UTC), "An", "correct", "document", 3, 3, "1-CV/HU", {"fields": ["number", "due_on"]}),
         "      7  05/01/2026, 08:00  An: Sửa giá trị, văn bản 3 (1-CV/HU), Số, ký hiệu; Hạn"),
        (Told(8, datetime(2026, 1, 5, 1, tzinfo=UTC), "vanthu", "file", "document", 3, 3, None, {}),
         "      8  05/01/2026, 08:00  Chương trình: Đưa văn bản vào kho, văn bản 3"),
        (Told(9, datetime(2026, 1, 5, 1, tzinfo=UTC), "An", "enter", "entry", 4, None, None, {"register": 1, "number": "15a"}),
         "      9  05/01/2026, 08:00  An: Vào sổ, Dòng sổ 4 (số 15a)"),
        (Told(10, datetime(2026, 1, 5, 1, tzinfo=UTC), "An", "later act", "later", 4, None, None, {"fields": ["x"]}),
         "     10  05/01/2026, 08:00  An: later act, x"),
    ],
)  # fmt: skip
def test_a_line_of_the_log_reads_as_a_sentence(line, said):
    """When, who, what, of which document or thing, which fields; an act of a later version is shown as it stands."""
    assert line_of(line) == said
    assert thing(line) in said and fields(line) in said


@pytest.fixture
def vanthu(tmp_path, monkeypatch, capfd):
    """Run the command line on a home of its own; gives (exit code, lines)."""
    monkeypatch.setenv("VANTHU_HOME", str(tmp_path / "home"))

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["vanthu", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code, capfd.readouterr().out.splitlines()

    return run


def test_the_terminal_shows_and_checks_the_log(vanthu, tmp_path):
    """Newest last; whole: 0, sealed beside the database; altered: 1, with the row and what to do; cut with its head: known by the seal."""
    vanthu("office", "--name", "Huyện ủy A", "--family", "party")
    vanthu("office", "--term", "2025-2030")
    code, shown = vanthu("audit", "show")
    assert code == 0
    assert [line.split(": ")[1] for line in shown] == ["Thêm cơ quan", "Sửa cơ quan, Nhiệm kỳ"]
    code, (said,) = vanthu("audit", "verify")
    assert (code, said.split(",")[0]) == (0, "Nhật ký nguyên vẹn: 2 dòng")
    assert (tmp_path / "home" / "audit-seals").read_text("utf-8").startswith("2 ")
    assert vanthu("audit", "show", "--document", "5") == (0, ["Nhật ký chưa có dòng nào."])
    alter(tmp_path, "UPDATE audit SET who = 'Chi' WHERE id = 2")
    code, (said,) = vanthu("audit", "verify")
    assert (code, said.split(":")[0]) == (1, "Dòng 2 của nhật ký đã bị sửa")
    alter(tmp_path, "DELETE FROM audit WHERE id = 2", "UPDATE audit_head SET count = 1, hash = (SELECT hash FROM audit)")
    code, (said,) = vanthu("audit", "verify")
    assert (code, said) == (1, "Nhật ký mất phần cuối: đã có 2 dòng, nay chỉ còn 1. Mất từ dòng 2.")


def alter(tmp_path, *statements):
    """Change the database past the program, its triggers taken off."""
    with sqlite3.connect(tmp_path / "home" / "vanthu.db") as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
    connection.close()
