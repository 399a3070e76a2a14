"""What does a page look like? Apart from reading: who only draws loads none of what reading takes, which was half the time of a picture."""

from pathlib import Path

from ingest.pdf import Pdf
from ingest.pictures import as_png, count_pages, picture_page
from ingest.sniff import IMAGES, sniff


def page_image(path: Path, number: int, *, width: int) -> bytes | None:
    """Draw a page (from 1) as a reader holds it, stamps and signatures too, width pixels wide: a PNG.

    None for text and DOCX, which have no pages, and for a page that is not there or is damaged. Raises Unreadable.
    """
    kind = sniff(path, path.name)
    if kind in IMAGES:
        found = picture_page(path, path.name, number, width=width) if number <= count_pages(path, path.name) else None
        return as_png(found[0]) if found else None
    if kind != "pdf":
        return None
    with Pdf(path, path.name) as pdf:
        page_width, _ = pdf.size(number) if 1 <= number <= pdf.page_count else (0.0, 0.0)
        picture = pdf.draw(number, scale=width / page_width) if page_width else None
        return as_png(picture) if picture else None
