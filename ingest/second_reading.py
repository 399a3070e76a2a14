"""What do printed words say that matter and were not read surely, when their lines are read again in other ways?

The line is drawn again by itself at two finenesses, and three readings vote on each word. Where the two later ones agree
against the first, they are believed; where all three differ, the word is no longer sure, so that a person is asked. What
was read first stays in the notes of the page.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from ingest.composing import Token, on_page
from ingest.drawing import SCALE, Draws, opened
from ingest.errors import Unreadable
from ingest.ocr import recognise
from ingest.rewriting import rewritten
from ingest.transcript import Box, Page, Span, Transcript, Word

SURE = 0.9  # confidence from which a word is not read again
_UNSURE = 0.35  # confidence of a word that reads differently each time
_MOST = 12  # lines of one document: a page that is poor all over is not mended line by line
_FINENESS = (1.0, 0.6)  # of SCALE: as fine as a page is read, and as coarse as Tesseract still reads well
_BORDER = 20  # pixels
_BESIDE, _ABOVE = 0.8, 0.3  # of the line's height: what is drawn around it
_SAME_PLACE = 0.5  # share of the narrower of two words that lies over the other, where both are one
DISPUTED = "Đọc lại lần hai: “{}” đọc thành {}; cần nhìn lại trên trang."
MENDED = "Đọc lại lần hai: “{}” sửa thành “{}”."

Vote = tuple[str, float]  # a spelling, and how surely it was read


def read_again(path: Path, transcript: Transcript, spans: Sequence[Span]) -> Transcript:
    """Give the transcript with the doubtful words of spans (of its whole text) read again from the file; about 0.05 s a line."""
    doubts = [(i, sorted(words)) for i, words in enumerate(_doubtful(transcript, spans)) if words]
    if not doubts:
        return transcript
    pages = list(transcript.pages)
    try:
        with opened(path) as draw:
            for i, words in doubts:
                pages[i] = _voted(pages[i], words, draw)
    except Unreadable:
        return transcript
    return replace(transcript, pages=tuple(pages))


def _doubtful(transcript: Transcript, spans: Sequence[Span]) -> list[set[int]]:
    """Name the words of each page that were read from a picture, not surely, and lie in one of spans."""
    found: list[set[int]] = []
    for page, start in zip(transcript.pages, transcript.starts, strict=True):
        near = [span.moved(-start) for span in spans if start <= span.start <= start + len(page.text)]
        unsure = [(i, word.span) for i, word in enumerate(page.words) if _is_doubtful(page, word)]
        found.append({i for i, word in unsure for span in near if word.start < span.end and span.start < word.end})
    return found


def _is_doubtful(page: Page, word: Word) -> bool:
    text = page.text[word.span.start : word.span.end]
    return word.origin == "OCR" and word.box is not None and word.confidence < SURE and any(c.isdigit() or c.isupper() for c in text)


def _voted(page: Page, doubts: Sequence[int], draw: Draws) -> Page:
    changes: dict[int, tuple[str, float]] = {}
    notes = list(page.notes)
    for line, words in _by_line(page, doubts)[:_MOST]:
        readings = _readings(page, line, draw)
        for i in words:
            first, box = page.text[page.words[i].span.start : page.words[i].span.end], page.words[i].box
            votes = [vote for tokens in readings if box and (vote := _at(box, tokens))]
            said = _said(first, page.words[i].confidence, votes)
            if said is not None:
                changes[i] = said
                others = ", ".join(f"“{text}”" for text, _ in votes)
                notes.append(DISPUTED.format(first, others) if said[0] == first else MENDED.format(first, said[0]))
    return replace(rewritten(page, changes), notes=tuple(notes)) if changes else page


def _by_line(page: Page, words: Sequence[int]) -> list[tuple[Box | None, list[int]]]:
    """Give each line that holds some of these words, with those."""
    found: dict[int, list[int]] = {}
    for i in words:
        found.setdefault(next(n for n, line in enumerate(page.lines) if page.words[i].span.start < line.span.end), []).append(i)
    return [(page.lines[n].box, within) for n, within in found.items()]


def _readings(page: Page, line: Box | None, draw: Draws) -> list[list[Token]]:
    """Read one line of a page at each fineness; boxes in points."""
    if line is None:
        return []
    high = line.y1 - line.y0
    part = Box(max(0.0, line.x0 - _BESIDE * high), max(0.0, line.y0 - _ABOVE * high), line.x1 + _BESIDE * high, line.y1 + _ABOVE * high)
    picture = draw(page.number, part)
    if picture is None or min(picture.size) < _BORDER:
        return []
    return [_tokens(_grey(picture), part, share) for share in _FINENESS]


def _grey(picture: Image.Image) -> Image.Image:
    """Give the print without what is red: a seal is light in red."""
    return Image.fromarray(np.maximum(np.asarray(picture.convert("RGB"))[:, :, 0], np.asarray(picture.convert("L"))))


def _tokens(picture: Image.Image, part: Box, share: float) -> list[Token]:
    size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
    scaled = ImageOps.expand(picture.resize(size, Image.Resampling.LANCZOS), _BORDER, 255)
    scale = SCALE * share
    tokens = [token for row in recognise(scaled, mode="line", dpi=round(72 * scale), at=(-_BORDER, -_BORDER)) for token in row]
    return [replace(token, box=on_page(token.box, part, scale)) for token in tokens if token.box]


def _at(place: Box, tokens: Sequence[Token]) -> Vote | None:
    """Give what a reading has at a place, if that is one word."""
    here = [token for token in tokens if token.box and _share(place, token.box) > _SAME_PLACE]
    return (here[0].text, here[0].confidence) if len(here) == 1 else None


def _share(a: Box, b: Box) -> float:
    return (min(a.x1, b.x1) - max(a.x0, b.x0)) / max(0.1, min(a.x1 - a.x0, b.x1 - b.x0))


def _said(first: str, sure: float, votes: Sequence[Vote]) -> Vote | None:
    """Give what the three readings make of a word and how surely; None leaves it as it is."""
    texts = [text for text, _ in votes]
    if len(votes) < len(_FINENESS) or first in texts:
        return None
    if len(set(texts)) == 1 and _may_be(first, texts[0]):
        return texts[0], min(SURE, max(sure, *(each for _, each in votes)))
    return (first, min(sure, _UNSURE)) if any(c.isdigit() for c in first) else None


def _may_be(first: str, other: str) -> bool:
    """Say whether a reading may stand for another: where there was a digit there must be one."""
    return any(c.isalnum() for c in other) and any(c.isdigit() for c in first) <= any(c.isdigit() for c in other)
