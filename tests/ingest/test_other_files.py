"""What other word processors and telephones write is read like what Word and scanners do."""

import subprocess
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from PIL import Image

from ingest import office_files
from ingest.errors import UnsupportedFile
from ingest.page_picture import page_image
from ingest.pictures import count_pages, picture_page
from ingest.read import open_source, read
from tests.ingest.making import docx_of

needs_office = pytest.mark.skipif(office_files._program() is None, reason="LibreOffice is not installed")
RTF = r"{\rtf1\ansi\uc1 S\u7889?: 7/UBND-VP\par K\u237?nh g\u7917?i: C\u225?c th\u244?n.\par}"
ODT = (
    '<?xml version="1.0"?><office:document-content office:version="1.2" xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink">'
    "<office:body><office:text><text:p>Số: 7/UBND-VP</text:p><text:p>Kính gửi: Các thôn.{picture}</text:p></office:text></office:body>"
    "</office:document-content>"
)
PICTURE = (
    '<draw:frame svg:width="3cm" svg:height="3cm"><draw:image xlink:href="{}" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame>'
)
MANIFEST = (
    '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.text"/>'
    '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
)


def rtf(path):
    """Write a letter as RTF."""
    path.write_text(RTF, "ascii")


def odt(path, picture=""):
    """Write a letter as OpenDocument text."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", ODT.format(picture=picture))
        archive.writestr("META-INF/manifest.xml", MANIFEST)


def doc(path):
    """Have LibreOffice write a letter as an old Word file."""
    source = docx_of(path.with_suffix(".docx"), "Số: 7/UBND-VP", "Kính gửi: Các thôn.")
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [office_files._program(), profile, "--headless", "--convert-to", "doc:MS Word 97", "--outdir", path.parent, source]
    for _ in range(2):
        subprocess.run(command, check=False, capture_output=True, timeout=100)


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize(("suffix", "write"), [("rtf", rtf), ("odt", odt), ("doc", doc)])
def test_files_of_other_word_processors_are_read(tmp_path, suffix, write):
    """RTF, OpenDocument and old Word files give their text, whatever they are called, and nothing is left behind."""
    path = tmp_path / f"thu.{suffix}"
    write(path)
    path = path.rename(tmp_path / "tep")
    transcript = read(path, f"thư.{suffix}")
    assert "Số: 7/UBND-VP\nKính gửi: Các thôn." in transcript.text
    assert open_source(path, "tep").kind == suffix
    assert page_image(path, 1, width=600) is None


@pytest.mark.slow
@needs_office
def test_a_file_of_another_word_processor_reaches_no_network(tmp_path):
    """A picture that lies on the network is not fetched when the file is turned into a DOCX."""
    asked = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)

        do_HEAD = do_OPTIONS = do_GET  # noqa: N815  the names are those of HTTP

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    odt(tmp_path / "a.odt", PICTURE.format(f"http://127.0.0.1:{server.server_port}/a.png"))
    assert "Các thôn." in read(tmp_path / "a.odt").text
    server.shutdown()
    server.server_close()
    assert asked == []


@needs_office
def test_what_cannot_be_turned_says_what_to_do(tmp_path):
    """An old Word file with a password, or damaged, is named with the way out."""
    path = tmp_path / "hỏng.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"))
    with pytest.raises(UnsupportedFile, match=r"hỏng\.doc là .* có mật khẩu hoặc bị hỏng.*Đề nghị mở bằng Word"):
        read(path)


def test_without_libreoffice_the_way_out_is_named(tmp_path, monkeypatch):
    """Where it is not installed, the sentence says so before anything is tried."""
    monkeypatch.setenv("PATH", str(tmp_path))
    rtf(tmp_path / "a.rtf")
    with pytest.raises(UnsupportedFile, match=r"a\.rtf là tệp RTF.*cài LibreOffice trên máy này, hoặc mở bằng Word"):
        open_source(tmp_path / "a.rtf", "a.rtf")


def heic(path, orientation=None, *, told=True):
    """Write a photo whose upper left is black; turned as a camera held so does, and telling the decoder of it (told) or not."""
    from pillow_heif import register_heif_opener

    register_heif_opener(thumbnails=False)
    photo = Image.new("RGB", (320, 480), "white")
    photo.paste("black", (0, 0, 160, 120))
    if orientation:
        exif = Image.Exif()
        exif[0x0112] = orientation
        photo.rotate(90, expand=True).save(path, "HEIF", exif=exif.tobytes() if told else exif)
    else:
        photo.save(path, "HEIF")


@pytest.mark.parametrize("how", [{}, {"orientation": 6}, {"orientation": 6, "told": False}])
def test_photos_of_telephones_are_read_upright(tmp_path, how):
    """A HEIC photo is a picture like others; a turn of the camera is taken back, once."""
    heic(tmp_path / "a.heic", **how)
    assert (b"irot" in (tmp_path / "a.heic").read_bytes()) == how.get("told", bool(how))
    assert open_source(tmp_path / "a.heic", "a.heic").kind == "heic"
    assert count_pages(tmp_path / "a.heic", "a.heic") == 1
    picture, size = picture_page(tmp_path / "a.heic", "a.heic", 1, width=320)
    assert picture.width < picture.height and size[0] < size[1]
    corners = [picture.getpixel(at)[0] > 128 for at in ((40, 40), (picture.width - 40, 40), (40, picture.height - 40))]
    assert corners == [False, True, True]
