"""The terminal answers in Vietnamese, one line a thing, and never with a traceback."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
import typer

from api.batch import files_in
from api.cli import app, main
from api.print import cut, document_line, duty_lines
from api.terminal import parse_date
from store.answers import DocumentLine, DutyLine

ROOT = Path(__file__).parents[2]
ORDER = """ỦY BAN NHÂN DÂN
XÃ MÂY
Số: {n}/UBND-VP
V/v báo cáo số liệu
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Mây, ngày 05 tháng 01 năm 2026
Kính gửi: Các thôn.
Thực hiện Kế hoạch số 12/KH-UBND ngày 02/01/2026 của Ủy ban nhân dân tỉnh Gió,
Ủy ban nhân dân xã đề nghị các thôn báo cáo số liệu về Văn phòng xã trước ngày {day}/01/2026.
Nơi nhận:
- Như trên;
- Lưu: VT.
CHỦ TỊCH
Trần Thị Thử
"""


@pytest.fixture
def vanthu(tmp_path, monkeypatch, capfd):
    """Run the command line on a home of its own; gives (exit code, lines out, lines of complaint)."""
    monkeypatch.setenv("VANTHU_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("VANTHU_PROCESSES", "1")

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["vanthu", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        return ended.value.code, out.splitlines(), err.splitlines()

    return run


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two letters in a folder, one of them below."""
    folder = tmp_path_factory.mktemp("den")
    (folder / "thang-1").mkdir()
    (folder / "a.txt").write_text(ORDER.format(n=41, day=20), "utf-8")
    (folder / "thang-1" / "b.txt").write_text(ORDER.format(n=42, day=15), "utf-8")
    return folder


@pytest.fixture(scope="module")
def filed(folder, tmp_path_factory):
    """A home into which the two letters were read; it is only asked."""
    home = tmp_path_factory.mktemp("kho")
    environment = os.environ | {"VANTHU_HOME": str(home)}
    subprocess.run([sys.executable, "-c", "from api.cli import main; main()", "ingest", folder], env=environment, cwd=ROOT, check=True)
    return home


@pytest.fixture
def asked(filed, vanthu, monkeypatch):
    """Run the command line on the home of the two letters."""
    monkeypatch.setenv("VANTHU_HOME", str(filed))
    return vanthu


# Taking in


def test_a_folder_comes_in_with_a_receipt_a_file(vanthu, folder):
    """Each file gets a receipt and a line that says what it became; a second time nothing is added."""
    code, out, err = vanthu("ingest", folder)
    assert (code, err) == (0, [])
    assert [line for line in out if line.startswith("Biên nhận")] == ["Biên nhận 1: a.txt", "Biên nhận 2: b.txt"]
    assert sum("41/UBND-VP" in line or "42/UBND-VP" in line for line in out) == 2
    code, out, _ = vanthu("ingest", folder)
    assert (code, out[-1]) == (0, "0 tệp đã đọc, 2 tệp đã có từ trước.")
    assert "cùng nội dung với biên nhận 1" in out[0]
    assert len(vanthu("due", "--as-of", "06/01/2026")[1]) == 2


def test_bad_files_are_named_and_the_good_ones_filed(vanthu, folder, tmp_path):
    """One bad file never stops the rest; the command ends with another code than 0."""
    (tmp_path / "00-rong.pdf").touch()
    (tmp_path / "rac.pdf").write_bytes(b"%PDF-1.7\n" + b"x" * 500)
    code, out, err = vanthu("ingest", tmp_path / "00-rong.pdf", folder, tmp_path / "rac.pdf", tmp_path / "khong-co.pdf")
    assert code == 3
    assert out[-1] == "2 tệp đã đọc, 3 tệp không đọc được."
    for name in ("00-rong.pdf", "rac.pdf", "khong-co.pdf"):
        assert sum(name in line for line in err) == 1, name
    assert len(vanthu("due", "--as-of", "06/01/2026")[1]) == 2


def test_an_archive_makes_no_open_duties(vanthu, folder):
    """A digitised archive is read and found, and floods no list."""
    vanthu("ingest", folder, "--purpose", "archive")
    assert vanthu("due", "--as-of", "2026-01-06")[1] == ["Không có nhiệm vụ nào."]
    assert vanthu("show", "41/UBND-VP")[0] == 0


def test_a_document_in_which_nothing_is_found_is_kept_with_a_warning(vanthu, tmp_path):
    """What opens is kept: exit code 0, and a person is told to look."""
    (tmp_path / "trong.txt").write_text(" \n \n", "utf-8")
    code, out, err = vanthu("ingest", tmp_path / "trong.txt")
    assert code == 0
    assert "[Cần đối chiếu]" in out[1]
    assert err == ["trong.txt: Trang 1 không có chữ đọc được. Chưa thấy số và ngày của văn bản. Văn bản vẫn được lưu, chờ đối chiếu."]


def test_hidden_files_and_links_in_folders_are_passed_over(tmp_path):
    """Files come by name, folder by folder; what is named outright is taken as it is."""
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("z.txt", "a.txt", ".an.txt", "b/c.txt", ".git/config"):
        (tmp_path / name).touch()
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "b" / "vong").symlink_to(tmp_path)
    named = [tmp_path, tmp_path / ".an.txt"]
    assert [str(path.relative_to(tmp_path)) for path in files_in(named)] == ["a.txt", "z.txt", "b/c.txt", ".an.txt"]


def test_the_ledger_is_shown_and_a_failure_tried_again(vanthu, tmp_path):
    """`jobs` names what failed and why; `retry` reads it again."""
    (tmp_path / "rong.pdf").touch()
    vanthu("ingest", tmp_path / "rong.pdf")
    (line,) = vanthu("jobs")[1]
    assert "Không đọc được" in line and "rong.pdf" in line
    code, out, err = vanthu("retry", 1)
    assert (code, out, len(err)) == (3, ["0 tệp đã đọc, 1 tệp không đọc được."], 1)
    assert vanthu("retry", 9)[0] == 4


# Asking


def test_due_gives_a_line_a_duty(asked):
    """Number, limit as DD/MM/YYYY with its bound, standing, who and what stand on one line, the nearest first."""
    first, second = asked("due", "--as-of", "2026-01-16")[1]
    assert re.match(r"42/UBND-VP +trước 15/01/2026 +Quá hạn 1 ngày ", first)
    assert "thôn" in first and "báo cáo số liệu" in first
    assert re.match(r"41/UBND-VP +trước 20/01/2026 +\S", second)
    assert len(asked("due", "--as-of", "16/01/2026", "--overdue")[1]) == 1
    assert asked("due", "--as-of", "16/01/2026", "--agency", "Sở Không Có")[1] == ["Không có nhiệm vụ nào."]
    (_, out, _) = asked("due", "--as-of", "16/01/2026", "--json")
    assert [duty["due_on"] for duty in json.loads("\n".join(out))] == ["2026-01-15", "2026-01-20"]


def test_show_cites_and_search_find_a_document(asked):
    """A document is found by its number in any spelling, from both ends of a citation, and by words without marks."""
    shown = "\n".join(asked("show", "41 / UBND - VP")[1])
    assert "Ngày ban hành: 05/01/2026" in shown and "Nhiệm vụ:" in shown
    cited = "\n".join(asked("cites", "12/KH-UBND")[1])
    assert "41/UBND-VP" in cited and "42/UBND-VP" in cited and "Được viện dẫn, chưa có" in cited
    assert "12/KH-UBND" in "\n".join(asked("cites", "41/UBND-VP")[1])
    assert "42/UBND-VP" in "\n".join(asked("search", "bao", "cao", "so", "lieu")[1])


@pytest.mark.parametrize("words", [["show", "9/KC"], ["cites", "9/KC"]])
def test_what_is_not_there_is_said_calmly(asked, words):
    """An unknown number is one line with the way out."""
    code, out, (complaint,) = asked(*words)
    assert (code, out) == (4, [])
    assert complaint == "Không tìm thấy văn bản số 9/KC. Thử tìm theo từ: vanthu search …"


def test_a_question_makes_no_store(vanthu, tmp_path):
    """Asking in the wrong folder says so and leaves nothing behind."""
    code, _, (complaint,) = vanthu("due")
    assert code == 2
    assert complaint.startswith(f"Chưa có kho văn bản tại {tmp_path / 'home'}")
    assert not (tmp_path / "home").exists()


def test_the_office_is_written_and_changed(vanthu):
    """The first time name and family are needed, later any part."""
    assert vanthu("office", "--place", "Mây")[0] == 2
    assert vanthu("office", "--name", "Đảng ủy xã Mây", "--family", "party")[0] == 0
    vanthu("office", "--term", "2025-2030", "--place", "Mây")
    assert vanthu("office")[1] == ["Cơ quan: Đảng ủy xã Mây (Cơ quan Đảng)", "Cấp trên: chưa ghi", "Địa danh: Mây", "Nhiệm kỳ: 2025-2030"]


# Reading without a store


def test_extract_prints_one_record_and_nothing_else(vanthu, folder):
    """Standard output is JSON whole, with evidence for each value."""
    code, out, err = vanthu("extract", folder / "a.txt")
    (record,) = json.loads("\n".join(out))["documents"]
    assert (code, err) == (0, [])
    assert (record["number"], record["issued_on"], record["deadlines"][0]["date"]) == ("41/UBND-VP", "2026-01-05", "2026-01-20")
    assert record["evidence"]["deadlines[0]"]["words"].endswith("20/01/2026")


def test_explain_marks_each_value_in_place(vanthu, folder):
    """Each value carries a number in the text, and the list below says what it is and by which rule; what is missing has its reason."""
    code, out, err = vanthu("explain", folder / "a.txt")
    assert (code, err) == (0, [])
    assert any("trước ngày 20/01/2026[" in line for line in out)
    assert any(re.match(r"\[1\] Số, ký hiệu: 41/UBND-VP {2}\(\d+%[;,] ", line) for line in out)
    assert any(line.startswith("Độ mật: không có. ") for line in out)


def test_the_explaining_page_escapes_what_the_document_says(vanthu, tmp_path):
    """A document's text is never markup, neither in the text nor in the list nor in a mark's title."""
    hostile = Path(tmp_path, "x.txt")
    hostile.write_text("ỦY BAN NHÂN DÂN\nXÃ MÂY\nSố: 9/UBND-VP\nV/v <script>alert('x')</script> \"kiểm kê\"\n", "utf-8")
    code, out, _ = vanthu("explain", hostile, "--html")
    page = "\n".join(out)
    assert code == 0
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_text_prints_what_was_read(vanthu, folder):
    """The text comes line by line; a page that is not there is named."""
    assert vanthu("text", folder / "a.txt")[1][:2] == ["ỦY BAN NHÂN DÂN", "XÃ MÂY"]
    assert vanthu("text", folder / "a.txt", "--page", "1")[0] == 0
    assert vanthu("text", folder / "a.txt", "--page", "4")[2] == ["a.txt có 1 trang, không có trang 4."]


# The command line itself


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["duee"], "Không có lệnh «duee». Có phải «vanthu due»?"),
        (["xyz"], "Không có lệnh «xyz». Gõ «vanthu --help» để xem cách dùng."),
        (["due", "--withi", "3"], "Không có tùy chọn --withi. Gõ «vanthu due --help» để xem cách dùng."),
        (["due", "--within", "ba"], "Giá trị của --within không dùng được. Gõ «vanthu due --help» để xem cách dùng."),
        (["due", "--within"], "Tùy chọn --within thiếu giá trị. Gõ «vanthu --help» để xem cách dùng."),
        (["due", "--as-of", "30/02/2023"], "«30/02/2023» không phải là ngày. Đề nghị ghi như 20/01/2023 hoặc 2023-01-20."),
        (["show"], "Thiếu SỐ. Gõ «vanthu show --help» để xem cách dùng."),
        (["ingest", ".", "--purpose", "x"], "Giá trị của --purpose không dùng được. Gõ «vanthu ingest --help» để xem cách dùng."),
        (["due", "thua"], "Không hiểu dòng lệnh này. Gõ «vanthu due --help» để xem cách dùng."),
        (["serve", "--host", "0.0.0.0"], "Không mở máy chủ tại địa chỉ 0.0.0.0"),
        (["extract", "khong-co.pdf"], "Không có tệp khong-co.pdf, hoặc đây không phải là tệp. Đề nghị kiểm tra lại đường dẫn."),
    ],
)
def test_a_mistake_is_one_calm_line(vanthu, words, complaint):
    """A mistake on the command line names what is wrong and the way out; exit code 2."""
    code, out, err = vanthu(*words)
    assert (code, out, len(err)) == (2, [], 1)
    assert err[0].startswith(complaint)


@pytest.mark.parametrize("words", [[], ["--help"], *([name, "--help"] for name in typer.main.get_command(app).commands)])
def test_help_is_vietnamese_throughout(vanthu, words):
    """No word of the library's own English is left in a help text."""
    code, out, _ = vanthu(*words)
    assert code == 0
    assert out[0].startswith("Cách dùng: vanthu")
    assert not re.findall(r"Usage|Options|Arguments|Commands|Show this|required|default|INTEGER|TEXT|PATH\b", "\n".join(out))
    assert len(words) < 2 or "Ví dụ: vanthu" in "\n".join(out)


def test_the_version_is_told(vanthu):
    """`--version` prints name and number."""
    assert re.fullmatch(r"vanthu \d+\.\d+\.\d+", vanthu("--version")[1][0])


def test_a_port_that_is_taken_is_named(vanthu):
    """Another program on the port: the way out is another port."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, _, (complaint,) = vanthu("serve", "--port", port)
    assert code == 2
    assert complaint.startswith(f"Không mở được cổng {port}")


@pytest.mark.slow
def test_serving_answers_until_it_is_told_to_stop(filed):
    """`vanthu serve` says where the pages are, answers there, and ends cleanly."""
    environment = os.environ | {"VANTHU_HOME": str(filed)}
    command = [sys.executable, "-c", "from api.cli import main; main()", "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        address = re.search(r"http://\S+", server.stdout.readline())[0]
        with urllib.request.urlopen(f"{address}/api/due?as_of=2026-01-06") as answer:
            assert [duty["number"] for duty in json.load(answer)] == ["42/UBND-VP", "41/UBND-VP"]
        server.terminate()
    assert server.returncode in (0, -signal.SIGTERM)


@pytest.mark.slow
def test_a_screen_shows_bars_and_a_pipe_only_lines(folder, tmp_path):
    """Progress is drawn on a screen alone; standard output stays lines that a program can read."""
    screen, other_side = os.openpty()
    environment = os.environ | {"VANTHU_HOME": str(tmp_path / "home"), "TERM": "xterm", "COLUMNS": "100"}
    command = [sys.executable, "-c", "from api.cli import main; main()", "ingest", folder]
    result = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=other_side, text=True, check=True)
    os.close(other_side)
    drawn = os.read(screen, 1 << 16).decode(errors="replace")
    os.close(screen)
    assert "Cả đợt" in drawn and "0/2" in drawn
    assert len(result.stdout.splitlines()) == 5 and "\x1b" not in result.stdout


def test_asking_loads_no_engine(filed):
    """`vanthu due` starts at once: nothing that reads or serves is imported."""
    script = "import sys; sys.argv = ['vanthu', 'due']\nfrom api.cli import app\ntry: app()\nfinally: print(*sys.modules)"
    environment = os.environ | {"VANTHU_HOME": str(filed)}
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT, env=environment)
    loaded = result.stdout.split()
    assert "store.duties" in loaded
    assert not {
        "spacy",
        "underthesea",
        "pypdfium2",
        "pdfplumber",
        "pikepdf",
        "cv2",
        "numpy",
        "docx",
        "fastapi",
        "alembic",
        "ingest.read",
    } & set(loaded)


@pytest.mark.parametrize(("text", "iso"), [("20/01/2023", "2023-01-20"), ("2023-01-20", "2023-01-20"), ("1/2/2023", "2023-02-01")])
def test_a_day_is_read_as_it_is_written_here(text, iso):
    """Day first with strokes, or ISO."""
    assert parse_date(text).isoformat() == iso


# Setting lines


@pytest.mark.parametrize(
    ("text", "room", "line"),
    [
        ("một  hai\nba", None, "một hai ba"),
        ("một hai", 7, "một hai"),
        ("một hai ba", 7, "một ha…"),
        ("một hai ba", 5, "một…"),
        ("x", 0, "…"),
    ],
)
def test_a_line_is_cut_to_its_room(text, room, line):
    """A text stands on one line, whole where there is room."""
    assert cut(text, room) == line


def duty(**changes):
    """Make a duty."""
    facts = dict.fromkeys(DutyLine.__dataclass_fields__) | {"id": 1, "document_id": 1, "number": "833-CV/HU", "task": "báo cáo " * 20}
    facts |= {"kind": "date", "bound": "before", "standing": "Không nêu hạn", "co_ordinators": (), "assumptions": (), "inferred": ()}
    return DutyLine(**(facts | changes))


@pytest.mark.parametrize("room", [60, 80, 120, 200])
def test_duties_fit_the_screen(room):
    """However wide the screen, each duty is one line that fits it, with who, to whom and what."""
    duties = [duty(assignee="Ban Tổ chức " * 6, to_whom="Ban Thường vụ " * 5, through="Văn phòng"), duty(number=None)]
    lines = [re.sub(r"\x1b\[\d*m", "", line) for line in duty_lines(duties, room)]
    assert max(map(len, lines)) <= room
    assert lines[1].startswith("Không số   Không nêu hạn  Chưa rõ đơ")


def test_a_document_that_is_only_cited_is_said_so():
    """A list never lets a cited document look like one that is held."""
    line = DocumentLine(1, "1/QĐ-A", "Quyết định", None, None, "về\nviệc", held=False, state=None, filed_at=None, cited_by=2)
    assert document_line(line) == "1/QĐ-A · Quyết định · «về việc» [Được viện dẫn, chưa có]"
