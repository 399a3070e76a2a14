"""How is one page of a file read and drawn the other way up, when a person says that it lies wrong?

The page is written by itself, turned, into a file beside; that is read and drawn like any other. The file it is from is not touched.
"""

import tempfile
from pathlib import Path

import pikepdf

from ingest.errors import BrokenFile
from ingest.page_picture import page_image
from ingest.pictures import picture_page
from ingest.read import open_source, read_pages
from ingest.sniff import IMAGES, sniff
from ingest.transcript import Page

_POINTS = 72.0  # to an inch


def turned_copy(path: Path, number: int, by: int, folder: Path) -> Path | None:
    """Write page number (from 1) of a file, turned clockwise by 90, 180 or 270 degrees, into folder; give the file.

    None for text and DOCX, which have no way up. Raises Unreadable, BrokenFile for a page that is not there or damaged.
    """
    kind = sniff(path, path.name)
    if kind == "pdf":
        return _turned_pdf(path, number, by, folder / "page.pdf")
    return _turned_picture(path, number, by, folder / "page.png") if kind in IMAGES else None


def read_turned(path: Path, name: str, number: int, by: int) -> Page | None:
    """Read a page turned clockwise by so many degrees, by itself: it is number 1. None as turned_copy. Raises Unreadable."""
    with tempfile.TemporaryDirectory() as folder:
        copy = turned_copy(path, number, by, Path(folder))
        return next(read_pages(open_source(copy, name)), None) if copy else None


def turned_image(path: Path, number: int, by: int, *, width: int, folder: Path) -> bytes | None:
    """Draw a page turned clockwise by so many degrees, width pixels wide: a PNG; None as turned_copy. Raises Unreadable."""
    copy = turned_copy(path, number, by, folder)
    return page_image(copy, 1, width=width) if copy else None


def _turned_pdf(path: Path, number: int, by: int, copy: Path) -> Path:
    try:
        with pikepdf.open(path) as file, pikepdf.new() as alone:
            alone.pages.append(file.pages.p(number))
            alone.pages[0].rotate(by, relative=True)
            alone.save(copy)
    except (pikepdf.PdfError, IndexError, ValueError) as error:
        raise BrokenFile(path.name) from error
    return copy


def _turned_picture(path: Path, number: int, by: int, copy: Path) -> Path:
    found = picture_page(path, path.name, number)
    if found is None:
        raise BrokenFile(path.name)
    picture, (width, _) = found
    inch = picture.width / width * _POINTS
    picture.rotate(-by, expand=True).save(copy, "PNG", dpi=(inch, inch))
    return copy
