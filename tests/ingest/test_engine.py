"""Tesseract is asked within the process or as a program, and says the same."""

import os
import sys

import pytest
from PIL import Image

from ingest import engine
from ingest.engine import Library, Program, sightings
from ingest.ocr import recognise
from tests.ingest.making import drawn

LINES = ["Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;", "Số: 84/UBND-KT"]


@pytest.fixture(params=["library", "program"])
def either(request, monkeypatch):
    """Have Tesseract asked in one of the two ways; as a program, as if tesserocr were not installed."""
    if request.param == "program":
        monkeypatch.setitem(sys.modules, "tesserocr", None)
    else:
        pytest.importorskip("tesserocr")
    engine.engine.cache_clear()
    yield engine.engine()
    engine.engine.cache_clear()


def test_the_library_is_taken_where_it_is_installed(either):
    """Without it the program does its work."""
    assert isinstance(either, Program if sys.modules.get("tesserocr", 0) is None else Library)


@pytest.mark.usefixtures("either")
def test_both_see_the_same_words_in_the_same_places():
    """Words, boxes in pixels of the picture, confidence from 0 to 1, lines apart."""
    lines = recognise(drawn(LINES), dpi=150)
    assert [" ".join(token.text for token in line) for line in lines] == LINES
    first = lines[0][0]
    assert first.box.x0 == pytest.approx(150, abs=4) and first.box.y1 - first.box.y0 < 40 and 0.5 < first.confidence <= 1


@pytest.mark.usefixtures("either")
def test_a_finer_picture_is_made_smaller_and_its_boxes_are_not():
    """Places are given in the picture that was handed in, moved by where it was cut."""
    page = drawn(LINES[:1], size=(2480, 600), points=54, left=300)
    word = recognise(page, dpi=300, at=(1000, 50))[0][0]
    assert word.box.x0 == pytest.approx(1300, abs=8) and word.text == "Căn"


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize("text", ["Kính gửi:", "Kính mời:", "Nơi nhận:"])
def test_a_short_line_with_many_marks_is_no_noise(text):
    """Two words of a coarse scan are read although their marks are as many specks."""
    line = drawn([text], size=(600, 240), points=30, left=100).convert("L")
    coarse = line.resize((150, 60), Image.Resampling.LANCZOS).resize(line.size, Image.Resampling.BICUBIC)
    assert [" ".join(token.text for token in row) for row in recognise(coarse, dpi=250)] == [text]


@pytest.mark.usefixtures("either")
def test_nothing_is_seen_on_white_paper():
    """Blank pictures, the smallest too, give no words and no errors."""
    for size in [(400, 400), (3, 3), (1, 1)]:
        assert recognise(Image.new("L", size, 255)) == []


@pytest.mark.usefixtures("either")
def test_what_was_read_before_does_not_colour_what_comes():
    """The same picture is read alike first and last: pages may come in any order."""
    first = sightings(drawn(LINES), language="vie", layout=3, dpi=150)
    sightings(drawn(["Ngân hàng"] * 9), language="vie", layout=3, dpi=150)
    assert sightings(drawn(LINES), language="vie", layout=3, dpi=150) == first


@pytest.mark.usefixtures("either")
def test_the_library_mutters_nothing(capfd):
    """What an engine writes past Python about odd pictures is kept off the terminal, and the terminal works afterwards."""
    recognise(Image.new("L", (2, 2000), 0))
    os.write(2, b"still here")
    assert capfd.readouterr().err == "still here"


def test_trained_data_is_looked_for_where_the_environment_points(tmp_path, monkeypatch):
    """Folders without both languages do not count."""
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert tmp_path not in engine._folders("vie", "eng")
    for name in ("vie.traineddata", "eng.traineddata"):
        (tmp_path / name).touch()
    assert next(engine._folders("vie", "eng")) == tmp_path
