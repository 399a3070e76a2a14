"""An operator keeps the store in a file, brings it back, and has it looked through, each with one command."""

import sys

import pytest

from api.cli import main


@pytest.fixture
def vanthu(workshop, monkeypatch, capfd):
    """Run the command line on the filed home, or on another; gives (exit code, lines out, complaint)."""

    def run(*words, home=workshop.settings.home):
        monkeypatch.setenv("VANTHU_HOME", str(home))
        monkeypatch.setattr(sys, "argv", ["vanthu", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        return ended.value.code, out.splitlines(), err

    return run


def test_the_store_goes_into_a_file_and_comes_back(vanthu, filed, tmp_path):  # noqa: ARG001  letters are filed
    """The sentence says how to bring it back; what is back has the same documents, and passes."""
    code, (kept, how), _ = vanthu("backup", tmp_path / "kho.tar")
    assert code == 0 and kept.startswith(f"Đã sao lưu vào {tmp_path / 'kho.tar'}: ") and "vanthu restore" in how
    assert vanthu("restore", "--check", tmp_path / "kho.tar")[1][0].startswith(f"{tmp_path / 'kho.tar'} nguyên vẹn")
    code, (back,), _ = vanthu("restore", tmp_path / "kho.tar", home=tmp_path / "moi")
    assert code == 0 and back.partition(": ")[2] == kept.partition(": ")[2].removesuffix(".") + "."
    assert vanthu("cites", "21-KH/ĐU")[1] == vanthu("cites", "21-KH/ĐU", home=tmp_path / "moi")[1] != []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("restore", "khong-co.tar"), 2, "Không có tệp khong-co.tar"),
        (("backup", "."), 2, "Đã có"),
        (("restore", __file__), 5, "bị cắt ngang hoặc hỏng"),
    ],
)
def test_what_cannot_be_done_is_said(vanthu, tmp_path, words, code, said):
    """One sentence that names the file, and an exit code."""
    home = {"home": tmp_path / "moi"} if words[0] == "restore" else {}
    found, _, complaint = vanthu(*words, **home)
    assert found == code and said in complaint and not (tmp_path / "moi").exists()


def test_a_home_in_use_is_not_written_over(vanthu, tmp_path):
    """Restoring asks for an empty folder."""
    vanthu("backup", tmp_path / "kho.tar")
    code, _, complaint = vanthu("restore", tmp_path / "kho.tar")
    assert code == 2 and "không trống" in complaint


def test_what_is_missing_is_named(vanthu, filed, workshop):  # noqa: ARG001  letters are filed
    """A store that lost originals, or what was read, says how many, which, and what to do; the exit code tells a script."""
    for path in (workshop.settings.home / "transcripts").rglob("head.z"):
        path.unlink()
    next((workshop.settings.home / "originals").glob("??/*")).unlink()
    code, lines, _ = vanthu("scrub")
    assert code == 5 and "Mất, hỏng: cần phục hồi từ bản sao lưu (1)" in lines and "Cần đọc lại: chạy vanthu reread (2)" in lines


def test_a_file_is_deleted_for_good_on_a_ground(vanthu, workshop, filed, tmp_path):  # noqa: ARG001  letters are filed
    """The documents that go are named first; afterwards the number is nowhere, and the same bytes are not taken in again."""
    code, said, _ = vanthu("purge", "245-CV/ĐU", "--why", "QĐ 12-QĐ/ĐU", "--yes")
    assert code == 0 and said[0].startswith("Tệp này có 1 văn bản") and "245-CV/ĐU" in said[1]
    assert said[-1].startswith("Đã tiêu hủy 1 văn bản")
    assert vanthu("show", "245-CV/ĐU")[0] == 4
    assert vanthu("audit", "verify")[0] == vanthu("scrub")[0] == 0
    (tmp_path / "lai.txt").write_text("chu.txt", "utf-8")
    code, _, complaint = vanthu("ingest", tmp_path / "lai.txt")
    assert code == 3 and "đã tiêu hủy ngày" in complaint and "QĐ 12-QĐ/ĐU" in complaint
    assert vanthu("purge", "246-CV/ĐU", "--why", " ", "--yes")[0] == 2
