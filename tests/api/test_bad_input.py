"""What cannot be opened is refused in one clear line; what opens is kept."""

import io
import json
import struct
import sys
import zipfile
import zlib

import pikepdf
import pytest

from api.cli import main


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


def pdf(pages=1, **saving):
    """Make a PDF of empty pages."""
    document, data = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    document.save(data, **saving)
    return data.getvalue()


def png(width, height):
    """Make a PNG that claims a size; its pixels are not there."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def bomb():
    """Make a DOCX whose text is 300 MB of spaces."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as part:
            for _ in range(300):
                part.write(b" " * (1 << 20))
    return data.getvalue()


LOCKED = {"encryption": pikepdf.Encryption(owner="chu", user="khach")}


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("rong.pdf", bytes),
        ("cut.pdf", lambda: pdf(20)[:900]),
        ("khoa.pdf", lambda: pdf(**LOCKED)),
        ("chu.pdf", "Công văn này là văn bản thường".encode),
        ("to.png", lambda: png(60_000, 60_000)),
        ("day.pdf", lambda: pdf(5_000)),
        ("bom.docx", bomb),
        ("cu.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("nen.rar", lambda: b"Rar!\x1a\x07\x01\x00" + b"\0" * 100),
    ],
)
def test_what_cannot_be_opened_is_refused_in_one_line(vanthu, tmp_path, name, make):
    """Bad input is named with what is wrong and what to do; nothing is printed as if it had been read."""
    (tmp_path / name).write_bytes(make())
    code, out, (complaint,) = vanthu("extract", tmp_path / name)
    assert (code, out) == (3, [])
    assert complaint.startswith(name) and "Đề nghị" in complaint


def test_a_pdf_with_only_an_owner_password_opens(vanthu, tmp_path):
    """A lock on printing is none on reading; a page without text is kept."""
    (tmp_path / "in.pdf").write_bytes(pdf(encryption=pikepdf.Encryption(owner="chu", user="")))
    code, out, _ = vanthu("extract", tmp_path / "in.pdf")
    assert code == 0
    assert json.loads("\n".join(out))["documents"][0]["number"] is None
