"""A page that lies wrong is drawn and read the other way up; the file it is from stays as it is."""

from pathlib import Path

import pytest
from PIL import Image

from ingest.errors import BrokenFile
from ingest.turning import read_turned, turned_copy, turned_image

SAMPLES = Path(__file__).parents[2] / "samples"
LETTER, PHOTO = SAMPLES / "cv-402-ubnd" / "source.pdf", SAMPLES / "kl-31-tinh-uy" / "source.jpg"


@pytest.mark.parametrize("path", [LETTER, PHOTO])
@pytest.mark.parametrize(("by", "is_upright"), [(90, False), (180, True), (270, False)])
def test_a_page_is_drawn_turned(path, by, is_upright, tmp_path):
    """As wide as was asked for; a quarter changes its sides; the file's bytes are the same."""
    before = path.read_bytes()
    (tmp_path / "page.image").write_bytes(turned_image(path, 1, by, width=300, folder=tmp_path) or b"")
    with Image.open(tmp_path / "page.image") as drawn:
        assert drawn.width == 300 and (drawn.height > drawn.width) == is_upright
    assert path.read_bytes() == before


def test_what_lay_upside_down_is_upright(tmp_path):
    """Turned over twice, a picture is what it was."""
    with Image.open(PHOTO) as picture:
        picture.convert("L").resize((300, 420)).save(tmp_path / "so.png")
    (tmp_path / "one").mkdir()
    once = turned_copy(tmp_path / "so.png", 1, 180, tmp_path / "one")
    twice = turned_copy(once, 1, 180, tmp_path)
    with Image.open(twice) as there, Image.open(tmp_path / "so.png") as was:
        small = [image.convert("L").resize((30, 42)).tobytes() for image in (there, was)]
    assert max(abs(a - b) for a, b in zip(*small, strict=True)) < 24


def test_text_has_no_way_up(tmp_path):
    """There is nothing to turn, draw or read."""
    (tmp_path / "cv.txt").write_text("Kính gửi: Các chi bộ", "utf-8")
    assert turned_copy(tmp_path / "cv.txt", 1, 90, tmp_path) is None
    assert read_turned(tmp_path / "cv.txt", "cv.txt", 1, 90) is None


@pytest.mark.parametrize("number", [0, 9])
def test_a_page_that_is_not_there_is_an_error(number, tmp_path):
    """Neither page 0, which would be the last, nor one past the end."""
    with pytest.raises(BrokenFile):
        turned_copy(LETTER, number, 90, tmp_path)


@pytest.mark.slow
def test_a_turned_page_is_read(tmp_path):
    """Scanned upside down and turned by a person, it reads as it stands, and its boxes lie where its words are now."""
    turned_copy(PHOTO, 1, 180, tmp_path)
    page = read_turned(tmp_path / "page.png", "quet.png", 1, 180)
    title = next(word for word in page.words if page.text[word.span.start : word.span.end] == "ĐẢNG")
    assert page.number == 1 and title.box.y1 < page.height / 3 and not any("xoay" in note for note in page.notes)
