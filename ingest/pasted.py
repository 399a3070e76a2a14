"""What do pictures say that were pasted into a page of text, such as the scan of a table?"""

from collections.abc import Sequence
from dataclasses import replace

from ingest.composing import Row, Token, union
from ingest.pdf import Pdf
from ingest.scan import in_colour
from ingest.scanned import read_picture
from ingest.stamps import holds
from ingest.syllables import soundness
from ingest.transcript import Box

_DPI, _POINTS = 300, 72.0
_LEAST_WIDTH, _LEAST_HEIGHT = 120.0, 12.0  # points: smaller are emblems, hands and seals
_LEAST_SHARE = 0.015  # of the page
_BEHIND = 2  # words printed over a picture: more, and it is the ground behind text
_MOST = 6  # pictures a page that are read
_TOUCH = 2.0  # points: pictures so near were one, cut into strips
_FEWEST, _SOUND, _SURE = 4, 0.75, 0.7  # words, soundness and confidence that make a picture one of text


def with_pasted(rows: Sequence[Row], pdf: Pdf, number: int, images: Sequence[Box]) -> tuple[list[Row], int]:
    """Give the rows of a page with those of its pictures of text, each where the picture stands; and how many pictures these are."""
    ordered, count = list(rows), 0
    whole = _whole(images, pdf.size(number))[:_MOST] if images else []
    words = [token.box for row in rows for token in row.tokens if token.box] if whole else []
    for image in whole:
        if sum(holds(image, box) for box in words) > _BEHIND:
            continue
        read = _read(pdf, number, image)
        if read:
            at = max((i + 1 for i, row in enumerate(ordered) if _ends_above(row, image)), default=0)
            ordered[at:at] = read
            count += 1
    return ordered, count


def _whole(images: Sequence[Box], size: tuple[float, float]) -> list[Box]:
    """Give the pictures that are large enough for text, from the top, strips of one put together."""
    width, height = size
    joined: list[Box] = []
    for image in sorted(images, key=lambda box: box.y0):
        box = Box(
            *(min(max(value, 0.0), most) for value, most in zip((image.x0, image.y0, image.x1, image.y1), (width, height) * 2, strict=True))
        )
        last = joined[-1] if joined else None
        if last and abs(last.x0 - box.x0) < _TOUCH and abs(last.x1 - box.x1) < _TOUCH and abs(box.y0 - last.y1) < _TOUCH:
            joined[-1] = Box(last.x0, last.y0, last.x1, box.y1)
        else:
            joined.append(box)
    return [box for box in joined if _is_large(box, width * height)]


def _is_large(box: Box, page: float) -> bool:
    width, height = box.x1 - box.x0, box.y1 - box.y0
    return width >= _LEAST_WIDTH and height >= _LEAST_HEIGHT and width * height >= _LEAST_SHARE * page


def _read(pdf: Pdf, number: int, image: Box) -> list[Row]:
    """Read a picture; nothing where it is no text. Boxes in points on the page."""
    scale = _DPI / _POINTS
    picture = pdf.draw(number, scale=scale, forms=False, part=image)
    seen = read_picture(in_colour(picture), scale) if picture is not None else None
    if seen is None or seen.sure < _SURE:
        return []
    rows = [row for row in seen.rows if row.kind != "stamp" and row.tokens]
    words = [token.text for row in rows for token in row.tokens if sum(map(str.isalpha, token.text)) > 1]
    if len(words) < _FEWEST or soundness(words) < _SOUND:
        return []
    return [
        replace(row, cells=tuple(tuple(_moved(token, image) for token in cell) for cell in row.cells), begins=i == 0 or row.begins)
        for i, row in enumerate(rows)
    ]


def _moved(token: Token, image: Box) -> Token:
    box = token.box
    return replace(token, box=Box(box.x0 + image.x0, box.y0 + image.y0, box.x1 + image.x0, box.y1 + image.y0)) if box else token


def _ends_above(row: Row, image: Box) -> bool:
    box = union(token.box for token in row.tokens)
    return box is not None and (box.y0 + box.y1) / 2 <= image.y0 + _TOUCH
