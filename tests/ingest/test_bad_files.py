"""What cannot be read is refused by name, in one sentence with the way out; what can is judged by its bytes."""

import pickle
import subprocess
import sys
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from ingest.errors import BrokenFile, EmptyFile, LockedFile, TooLarge, UnsupportedFile
from ingest.page_picture import page_image
from ingest.read import open_source, read
from tests.ingest.making import Put, docx_of, pdf_of, png_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
LETTER = [Put(80, 100, "Kính gửi: Ủy ban nhân dân các xã, phường")]


def cut_pdf(path):
    """Write the first half of a PDF."""
    path.write_bytes(pdf_of(path, LETTER).read_bytes()[:900])


def locked_pdf(path):
    """Write a PDF that asks for a password."""
    pdf_of(path, LETTER)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="mở", owner="chủ"))


def long_pdf(path):
    """Write a PDF of 2,001 pages."""
    pdf = pikepdf.new()
    for _ in range(2001):
        pdf.add_blank_page()
    pdf.save(path)


def bomb(path):
    """Write a DOCX that swells a thousandfold."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)


def cut_docx(path):
    """Write half a DOCX."""
    path.write_bytes(docx_of(path, "một").read_bytes()[:5000])


def half_jpeg(path):
    """Write half a JPEG."""
    Image.effect_noise((400, 400), 90).save(path)
    path.write_bytes(path.read_bytes()[:4000])


def holding(data):
    """Give a maker of a file with these bytes."""
    return lambda path: path.write_bytes(data)


def zipped(member):
    """Give a maker of a ZIP with one member."""

    def write(path):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(member, "x")

    return write


def odt(manifest):
    """Give a maker of an empty OpenDocument text with this list of parts."""

    def write(path):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            archive.writestr("content.xml", "<x/>")
            archive.writestr("META-INF/manifest.xml", manifest)

    return write


@pytest.mark.parametrize(
    ("error", "name", "write"),
    [
        (EmptyFile, "rỗng.pdf", holding(b"")),
        (BrokenFile, "cụt.pdf", cut_pdf),
        (BrokenFile, "giả.pdf", holding("Không phải PDF".encode())),
        (BrokenFile, "rác.pdf", holding(b"%PDF-1.4\n" + bytes(range(256)) + b"\n%%EOF")),
        (LockedFile, "khóa.pdf", locked_pdf),
        (TooLarge, "dài.pdf", long_pdf),
        (TooLarge, "to.png", holding(png_of(60_000, 60_000))),
        (TooLarge, "rộng.png", holding(png_of(70_000, 10))),
        (BrokenFile, "hỏng.png", holding(png_of(300, 300))),
        (BrokenFile, "nửa.jpg", half_jpeg),
        (BrokenFile, "lạ.tif", holding(b"II*\0" + bytes(300))),
        (TooLarge, "bom.docx", bomb),
        (BrokenFile, "cụt.docx", cut_docx),
        (BrokenFile, "sai.docx", zipped("word/document.xml")),
        (LockedFile, "khóa.docx", holding(OLE + "EncryptedPackage".encode("utf-16-le"))),
        (UnsupportedFile, "cũ.doc", holding(OLE + "WordDocument".encode("utf-16-le"))),
        (UnsupportedFile, "cũ.xls", holding(OLE + "Workbook".encode("utf-16-le"))),
        (LockedFile, "khóa.odt", odt(b"<encryption-data/>")),
        (BrokenFile, "hỏng.heic", holding(b"\0\0\0\x18ftypheic" + bytes(500))),
        (UnsupportedFile, "ảnh.avif", holding(b"\0\0\0\x18ftypavif" + bytes(500))),
        (UnsupportedFile, "nén.rar", holding(b"Rar!\x1a\x07\x00aa")),
        (UnsupportedFile, "nén.zip", zipped("a.txt")),
        (UnsupportedFile, "bảng.xlsx", zipped("xl/workbook.xml")),
        (UnsupportedFile, "trang.doc", holding(b"<html>a</html>")),
        (UnsupportedFile, "lạ.txt", holding(bytes(range(256)) * 9)),
    ],
)
def test_a_bad_file_is_refused_by_name_with_the_way_out(tmp_path, error, name, write):
    """One sentence names the file, says what is wrong and what to do; the error crosses processes whole."""
    path = tmp_path / name
    write(path)
    with pytest.raises(error) as caught:
        read(path)
    said = str(caught.value)
    assert said.startswith(name) and "Đề nghị" in said and "\n" not in said and caught.value.name == name
    again = pickle.loads(pickle.dumps(caught.value))
    assert (type(again), str(again), again.name) == (error, said, name)


def test_a_file_is_what_its_bytes_are(tmp_path):
    """A PDF under another name is a PDF; a picture that also holds a PDF's mark is a picture."""
    path = pdf_of(tmp_path / "thật ra là.txt", LETTER)
    assert open_source(path, path.name).media_type == "application/pdf"
    both = tmp_path / "cả hai.pdf"
    Image.new("L", (300, 400), 255).save(both, "PNG")
    both.write_bytes(both.read_bytes() + b"%PDF-1.4")
    assert open_source(both, both.name).media_type == "image/png"


def test_an_owner_password_locks_nobody_out(tmp_path):
    """A PDF that may be read by all but changed by one opens."""
    path = pdf_of(tmp_path / "a.pdf", LETTER)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="", owner="chủ"))
    assert read(path).pages[0].text == LETTER[0].text


@pytest.mark.parametrize(("code", "suffix"), [(0, "png"), (3, "tif")])
def test_the_first_picture_of_a_process_is_opened_as_any(tmp_path, code, suffix):
    """Nothing need have been opened before: formats that are not loaded yet are loaded, one whose decoder is not is not missed."""
    path = tmp_path / f"trang.{suffix}"
    Image.new("L", (60, 80), 255).save(path, "PNG") if code == 0 else path.write_bytes(b"II*\0" + bytes(300))
    script = (
        "import sys; from pathlib import Path; from ingest.pictures import count_pages; from ingest.errors import BrokenFile\n"
        "try: count_pages(Path(sys.argv[1]), 'trang')\nexcept BrokenFile: sys.exit(3)"
    )
    assert subprocess.run([sys.executable, "-c", script, path], cwd=Path(__file__).parents[2], check=False).returncode == code


def test_the_limit_of_pages_is_the_callers(tmp_path):
    """A setting may allow fewer pages."""
    path = pdf_of(tmp_path / "a.pdf", LETTER, LETTER)
    assert open_source(path, "a.pdf", max_pages=2).page_count == 2
    with pytest.raises(TooLarge, match="có 2 trang"):
        open_source(path, "a.pdf", max_pages=1)


def test_a_page_that_is_not_there_has_no_picture(tmp_path):
    """Neither have text and DOCX, which have no pages."""
    path = pdf_of(tmp_path / "a.pdf", LETTER)
    assert page_image(path, 1, width=300).startswith(b"\x89PNG")
    assert page_image(path, 2, width=300) is None and page_image(path, 0, width=300) is None
    assert page_image(docx_of(tmp_path / "a.docx", "một"), 1, width=300) is None
