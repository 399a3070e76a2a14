"""The picture of a page."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from api.pictures import PNG, WIDTHS, NoPicture, picture
from store import originals
from store.answers import Leaf
from store.corrections import correct
from store.database import begin

SAMPLE = Path(__file__).parents[2] / "samples" / "bc-312-ubnd" / "source.pdf"


@pytest.fixture
def keep(workshop, tmp_path):
    """Keep bytes as an original and give their hash."""

    def one(data):
        path = tmp_path / "tep"
        path.write_bytes(data)
        return originals.keep(workshop.settings.home, path).sha256

    return one


def kept(workshop):
    return sorted(path.name for path in (workshop.settings.home / "cache").rglob("*.png"))


def test_a_page_is_drawn_once(workshop, keep):
    """The second time it comes from the cache."""
    sha256 = keep(SAMPLE.read_bytes())
    path = picture(workshop.settings, Leaf(sha256, 1, ""), 600)
    assert path.read_bytes().startswith(PNG)
    drawn = path.stat().st_mtime_ns
    assert picture(workshop.settings, Leaf(sha256, 1, ""), 600).stat().st_mtime_ns == drawn


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\xff" * 5000, b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "chỉ là chữ".encode()]
)
def test_what_cannot_be_drawn_leaves_nothing(workshop, keep, data):
    """A broken file, or one without pages to look at, has no picture and leaves none behind."""
    sha256 = keep(data)
    with pytest.raises(NoPicture, match="Không dựng được ảnh trang 1"):
        picture(workshop.settings, Leaf(sha256, 1, ""), 600)
    assert kept(workshop) == []


def test_a_page_that_is_not_there_has_no_picture(workshop, keep):
    """Neither page 0 nor one past the end."""
    sha256 = keep(SAMPLE.read_bytes())
    for number in (0, 99):
        with pytest.raises(NoPicture):
            picture(workshop.settings, Leaf(sha256, number, ""), 600)


@pytest.mark.parametrize(("asked", "drawn"), [(1, 300), (300, 300), (301, 600), (601, 900), (1400, 1400), (4000, 2000)])
def test_widths_are_few(client, workshop, filed, asked, drawn):
    """Whatever is asked for, only the kept widths are drawn: nobody fills the disk by asking."""
    assert drawn in WIDTHS
    sha256 = client.get(f"/api/documents/{filed[1]}").json()["sha256"]
    place = workshop.settings.home / "cache" / "pages" / sha256[:2] / f"{sha256}-1-{drawn}.png"
    place.parent.mkdir(parents=True)
    place.write_bytes(PNG)
    answer = client.get(f"/van-ban/{filed[1]}/trang/1.png?w={asked}")
    assert (answer.status_code, answer.headers["content-type"], answer.content) == (200, "image/png", PNG)
    assert (answer.headers["cache-control"], answer.headers["vary"]) == ("private, no-cache", "Cookie")
    again = client.get(f"/van-ban/{filed[1]}/trang/1.png?w={asked}", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.fixture
def drawable(client, workshop, filed):
    """Give a document whose file is a real one."""
    place = originals.path_of(workshop.settings.home, client.get(f"/api/documents/{filed[1]}").json()["sha256"])
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(SAMPLE.read_bytes())
    return filed[1]


def test_an_address_that_names_the_picture_is_asked_for_once(client, drawable):
    """The pages name it, and the browser keeps it for a day; named otherwise, it is another page by now, and is asked for each time."""
    address = re.findall(r'<img src="([^"]+)"', client.get(f"/van-ban/{drawable}").text)[0]
    plain, _, mark = address.replace("&amp;", "&").partition("&v=")
    for said, kept_for in ((mark, "max-age=86400, immutable"), (f"{mark}0", "no-cache"), ("", "no-cache")):
        assert client.get(f"{plain}&v={said}").headers["cache-control"] == f"private, {kept_for}"


def test_the_picture_of_a_secret_document_is_kept_nowhere(client, workshop, drawable):
    """Neither beside the others nor in the browser; a mark that a person takes away counts no more."""
    for value, keeps in (("Mật", False), (None, True)):
        with begin(workshop.engine) as session:
            correct(session, drawable, "secrecy", value, by="An", now=datetime.now(UTC))
        answer = client.get(f"/van-ban/{drawable}/trang/1.png?w=300")
        assert answer.content.startswith(PNG)
        assert (answer.headers["cache-control"] == "no-store", bool(kept(workshop))) == (not keeps, keeps)
        assert [path.name for path in (workshop.settings.home / "cache").iterdir() if path.name != "pages"] == []


@pytest.mark.parametrize(("turn", "is_upright"), [(90, False), (180, True), (270, False)])
def test_a_turned_page_is_drawn_turned(workshop, keep, turn, is_upright):
    """As wide as was asked for, its sides changed by a quarter; the picture of the page as it lies is another one."""
    sha256 = keep(SAMPLE.read_bytes())
    with Image.open(picture(workshop.settings, Leaf(sha256, 1, "", turn), 600)) as drawn:
        assert drawn.width == 600 and (drawn.height > drawn.width) == is_upright
    picture(workshop.settings, Leaf(sha256, 1, ""), 600)
    assert len(kept(workshop)) == 2
