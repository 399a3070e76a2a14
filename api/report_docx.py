"""How is a report written as a Word file, in the form of an office's letter (Nghị định 30/2020/NĐ-CP; Hướng dẫn 36-HD/VPTW)?"""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from api.wording import day, limit
from store.answers import DutyLine, Office
from store.reporting import Report, is_done_late

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FONT, _POINTS = "Times New Roman", 13
_MARGINS = (2.0, 2.0, 3.0, 1.5)  # top, bottom, left, right, in cm
_HEADS = ("Nội dung", "Người giao", "Đơn vị chủ trì", "Theo văn bản", "Hạn")
_OF_SHARES, _OF_DUTIES = (6.0, 2.1, 2.1, 2.1, 2.1, 2.1), (0.9, 4.1, 2.3, 2.5, 2.3, 2.2, 2.2)  # breadths of columns, in cm
_SHARES = ("Mới giao", "Xong đúng hạn", "Xong quá hạn", "Đang thực hiện", "Quá hạn")


def written(found: Report, title: str, office: Office | None, on: date) -> bytes:
    """Write the report of a period (`tuần từ … đến …`) as it is signed on a day."""
    from docx import Document
    from docx.shared import Cm, Pt

    paper = Document()
    style = paper.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(_POINTS)
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Cm, _MARGINS)
    _head(paper, office, on)
    _line(paper, "BÁO CÁO", bold=True, middle=True)
    _line(paper, f"Tình hình thực hiện nhiệm vụ {title}", bold=True, middle=True)
    _line(paper, "")
    _body(paper, found)
    _line(paper, "")
    _signed(paper)
    held = BytesIO()
    paper.save(held)
    return held.getvalue()


def _head(paper: Any, office: Office | None, on: date) -> None:  # noqa: ANN401  python-docx is not typed
    """Put the office on the left, the country or the Party on the right, number and day below."""
    is_party = office is not None and office.family == "party"
    left = [office.parent.upper() if office and office.parent else "", office.name.upper() if office else "", "Số:        /BC"]
    right = ["ĐẢNG CỘNG SẢN VIỆT NAM", ""] if is_party else ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    right.append(f"{office.place if office and office.place else '…'}, ngày {on.day} tháng {on.month} năm {on.year}")
    table = paper.add_table(rows=3, cols=2)
    for at, pair in enumerate(zip(left, right, strict=True)):
        for cell, said in zip(table.rows[at].cells, pair, strict=True):
            _line(cell, said, bold=at < 2, italic=at == 2, middle=True)
    _line(paper, "")


def _body(paper: Any, found: Report) -> None:  # noqa: ANN401  as above
    _line(paper, "I. SỐ LIỆU CHUNG", bold=True)
    in_time = len(found.done) - found.done_late
    for said in (
        f"- Nhiệm vụ mới giao trong kỳ: {len(found.new)}.",
        f"- Đã hoàn thành trong kỳ: {len(found.done)}; đúng hạn {in_time}, quá hạn {found.done_late}.",
        f"- Đang thực hiện, trong hạn hoặc không nêu hạn: {len(found.going)}.",
        f"- Quá hạn, chưa hoàn thành: {len(found.late)}.",
    ):
        _line(paper, said)
    for number, name, by in (("1", "người giao", "giver"), ("2", "đơn vị thực hiện", "unit")):
        if shares := found.shares(by):
            _line(paper, f"{number}. Theo {name}", bold=True)
            rows = [(one.name, *map(str, (one.new, one.in_time, one.done_late, one.going, one.late))) for one in shares]
            _table(paper, (name.capitalize(), *_SHARES), rows, _OF_SHARES)
    for number, name, lines, last in (
        ("II", "NHIỆM VỤ QUÁ HẠN, CHƯA HOÀN THÀNH", found.late, "Nguyên nhân"),
        ("III", "NHIỆM VỤ ĐÃ HOÀN THÀNH TRONG KỲ", found.done, "Kết quả"),
        ("IV", "NHIỆM VỤ MỚI GIAO TRONG KỲ", found.new, "Trạng thái"),
        ("V", "NHIỆM VỤ ĐANG THỰC HIỆN", found.going, "Trạng thái"),
    ):
        _line(paper, f"{number}. {name}", bold=True)
        if lines:
            _table(paper, ("TT", *_HEADS, last), _rows(lines, found), _OF_DUTIES)
        else:
            _line(paper, "Không có.")


def _rows(lines: Sequence[DutyLine], found: Report) -> Iterable[tuple[str, ...]]:
    late = {line.id for line in found.late}
    for at, line in enumerate(lines, 1):
        source = f"{line.number or 'Văn bản không số'}{f' ngày {day(line.issued_on)}' if line.issued_on else ''}"
        said = found.reasons.get(line.id, "") if line.id in late else line.state
        if line.done_on:
            said = f"{day(line.done_on)}{', quá hạn' if is_done_late(line) else ''}"
        task = line.task[:1].upper() + line.task[1:]
        yield str(at), task, line.giver or "", line.unit or line.assignee or "Chưa rõ", source, limit(line) or "Không nêu", said


def _table(paper: Any, heads: Sequence[str], rows: Iterable[Sequence[str]], breadths: Sequence[float]) -> None:  # noqa: ANN401  as above
    from docx.shared import Cm, Pt

    table = paper.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.autofit = False
    for column, breadth in zip(table.columns, breadths, strict=True):
        column.width = Cm(breadth)
    for values in (heads, *rows):
        cells = table.rows[0].cells if values is heads else table.add_row().cells
        for cell, value, breadth in zip(cells, values, breadths, strict=True):
            cell.width = Cm(breadth)
            run = cell.paragraphs[0].add_run(_kept(value))
            run.bold, run.font.size = values is heads, Pt(_POINTS - 2)
    _line(paper, "")


def _signed(paper: Any) -> None:  # noqa: ANN401  as above
    left, right = paper.add_table(rows=1, cols=2).rows[0].cells
    for said in ("Nơi nhận:", "- …;", "- Lưu: …"):
        _line(left, said, bold=said.endswith(":"), italic=True)
    _line(right, "THỦ TRƯỞNG CƠ QUAN", bold=True, middle=True)
    _line(right, "(Ký, ghi rõ họ tên)", italic=True, middle=True)


def _line(place: Any, said: str, *, bold: bool = False, italic: bool = False, middle: bool = False) -> None:  # noqa: ANN401  as above
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    empty = place.paragraphs[0] if len(place.paragraphs) == 1 and not place.paragraphs[0].text and hasattr(place, "width") else None
    paragraph = empty if empty is not None else place.add_paragraph()
    run = paragraph.add_run(_kept(said))
    run.bold, run.italic = bold, italic
    paragraph.paragraph_format.space_after = 0
    if middle:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _kept(text: str) -> str:
    """Leave out the letters that XML cannot hold."""
    return "".join(
        letter for letter in text if letter in "\t\n" or (letter >= " " and not 0xD800 <= ord(letter) <= 0xDFFF and ord(letter) < 0xFFFE)
    )
