"""The samples are what their sources say, cover what the program must read, and cite each other."""

import json
import tomllib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from samples.paper import to_docx, to_html, to_text
from samples.sheet import bare, load, parts, record

SAMPLES = Path(__file__).parent.parent / "samples"
SHEETS = [load(path) for path in sorted((SAMPLES / "source").glob("*.toml"))]
each = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.slug)


def printed(sheet):
    """All the words on a sample's paper on one line, in lower case."""
    rows = [" ".join(" ".join(row) for row in part.rows) or bare(part.text) for part in parts(sheet.body + sheet.after)]
    head = [sheet.number.replace("          ", sheet.hand_serial), sheet.stamp, *sheet.subject, *sheet.under, *sheet.addressees]
    return " ".join([*head, *rows, *sheet.footnotes, *sheet.recipients]).lower()


@each
def test_gold_is_the_truth_of_the_source(sheet):
    """gold.json holds exactly what the source says, every key of a RECORD."""
    assert json.loads((SAMPLES / sheet.slug / "gold.json").read_text("utf-8")) == record(sheet)


@each
def test_what_is_true_is_printed(sheet):
    """Each limit, each cited number, the number, the subject and the stamp stand on the paper."""
    paper, gold = printed(sheet), record(sheet)
    said = [gold["number"], gold["subject"], gold["urgency"], *(one["text"] for one in gold["deadlines"])]
    said += [one["number"] or one["agency"] for one in gold["references"]]
    assert [one for one in filter(None, said) if one.lower() not in paper] == []


@each
def test_the_printed_day_is_the_day_of_the_record(sheet):
    """The date line names the place and the day that gold has."""
    issued = datetime.fromisoformat(sheet.truth["issued_on"])
    date = sheet.date.replace("ngày       ", f"ngày {sheet.hand_day} ") if sheet.hand_day else sheet.date
    zeros = f"ngày {issued:%d} tháng {issued:%m} năm {issued:%Y}"
    assert date in {f"{sheet.truth['place']}, {zeros}", f"{sheet.truth['place']}, {zeros.replace('tháng 0', 'tháng ')}"}


@pytest.mark.parametrize("sheet", [one for one in SHEETS if one.format == "txt"], ids=lambda sheet: sheet.slug)
def test_text_is_rendered_from_the_source(sheet):
    """A text sample is byte for byte what its source makes."""
    assert (SAMPLES / sheet.slug / "source.txt").read_text("utf-8") == to_text(sheet)


def test_a_word_file_is_the_same_each_time():
    """Rendering a Word file twice gives the same bytes, so that a change of words is the only change."""
    sheet = next(one for one in SHEETS if one.format == "docx")
    assert to_docx(sheet, datetime(2026, 1, 1, tzinfo=UTC)) == to_docx(sheet, datetime(2026, 1, 1, tzinfo=UTC))


def test_a_page_escapes_what_it_is_given():
    """Words of a source are words on the page, never tags."""
    sheet = next(one for one in SHEETS if one.format == "pdf")
    assert "&lt;b&gt;" in to_html(type(sheet)(**{name: getattr(sheet, name) for name in sheet.__slots__} | {"body": "một <b> hai"}))


def test_the_samples_cover_what_must_be_read():
    """Both families, each way of coming in, each kind of document, and no more than six megabytes."""
    kinds = Counter(one.truth["type"] for one in SHEETS)
    assert {one.format for one in SHEETS} == {"txt", "docx", "pdf", "scan", "tiff", "jpg"}
    assert {one.family for one in SHEETS} == {"party", "state"}
    assert kinds["Công văn"] >= 3
    assert set(kinds) >= {
        "Chỉ thị",
        "Quyết định",
        "Kế hoạch",
        "Hướng dẫn",
        "Nghị quyết",
        "Thông báo",
        "Tờ trình",
        "Báo cáo",
        "Giấy mời",
        "Công điện",
    }
    assert sum(path.stat().st_size for path in SAMPLES.glob("*/*.*")) < 6_000_000


def test_the_samples_cite_each_other():
    """Most citations lead to another sample; one sample replaces another; some cited documents are not held."""
    held = {one.truth["number"] for one in SHEETS}
    edges = [(one.truth["number"], ref.get("number"), ref["relation"]) for one in SHEETS for ref in one.truth.get("references", [])]
    assert sum(target in held for _, target, _ in edges) >= 20
    assert any(target in held and relation == "replaces" for _, target, relation in edges)
    assert len({target for _, target, _ in edges if target and target not in held}) >= 5


def test_limits_lie_around_the_day_of_the_demonstration():
    """On the day that office.toml names some limits are past, some come within a week, some later."""
    today = tomllib.loads((SAMPLES / "office.toml").read_text("utf-8"))["as_of"]
    limits = [datetime.fromisoformat(one["date"]).date() for sheet in SHEETS for one in sheet.truth.get("deadlines", []) if one.get("date")]
    left = [(day - today).days for day in limits]
    assert sum(day < 0 for day in left) >= 5 and sum(0 <= day <= 7 for day in left) >= 5 and sum(day > 7 for day in left) >= 5
