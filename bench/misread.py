"""How many characters are read wrongly on pages that come askew, coarse, black and white, upside down, dirty?

`python -m bench.misread [WORD…]` prints a line for each page and condition, and what they come to together. WORDs are parts of names of
pages and conditions: with them only those are read. The pages are the samples that were born digital, whose own text is
the truth, and the real scans that were typed by hand, where they lie beside the checkout. The measure beside each is
plain Tesseract on the same page as it was before anything happened to it.
"""

import re
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import pypdfium2
import pytesseract
from PIL import Image
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from bench.conditions import DPI, JUDGED, REPORTED, Condition, Pixels
from bench.measures import BORN_DIGITAL, REAL, ROOT, Figure
from ingest.read import read

MOST = 0.7  # of plain Tesseract's wrong characters
WORSE, WORSE_SHARE = 8, 0.004  # characters, and share of a page's, by which no page may be read worse
_TONES = "\u0300\u0301\u0303\u0309\u0323"


@dataclass(frozen=True, slots=True)
class Paper:
    """One page whose text is known, drawn straight at 300 dots an inch."""

    name: str
    truth: str
    pixels: Pixels


@dataclass(frozen=True, slots=True)
class Misread:
    """How many characters of a page were read wrongly, of how many, and how many plain Tesseract got wrong on the straight page."""

    page: str
    condition: str
    wrong: int
    plain: int
    of: int

    @property
    def is_bad(self) -> bool:
        """Say whether the page was read worse than may be."""
        return self.wrong > self.plain + max(WORSE, WORSE_SHARE * self.of)

    def __str__(self) -> str:
        """Give the line of the table."""
        mark = "  worse" if self.is_bad else ""
        return f"{self.page:22}{self.condition:16}{self.wrong:6}{self.plain:8}{self.of:8}{self.wrong / max(1, self.plain):8.2f}{mark}"


def papers() -> Iterator[Paper]:
    """Yield the pages."""
    for path in sorted(REAL.glob("eval/dev/*/page1.txt")):
        with pypdfium2.PdfDocument(path.with_name("source.pdf")) as pdf:
            yield Paper(path.parent.name, path.read_text("utf-8"), drawn(pdf[0]))
    for sample in BORN_DIGITAL:
        with pypdfium2.PdfDocument(ROOT / sample / "source.pdf") as pdf:
            for number, page in enumerate(pdf, 1):
                yield Paper(f"{Path(sample).name} {number}", page.get_textpage().get_text_range(), drawn(page))


def drawn(page: pypdfium2.PdfPage) -> Pixels:
    """Draw a page at 300 dpi, without what was stamped on it as a form."""
    return np.asarray(page.render(scale=DPI / 72, may_draw_forms=False).to_pil().convert("RGB"))


def misread(pages: Iterable[Paper], conditions: dict[str, Condition]) -> Iterator[Misread]:
    """Yield how each page was read in each condition."""
    for paper in pages:
        plain = wrong(paper.truth, pytesseract.image_to_string(Image.fromarray(paper.pixels), lang="vie", config="--dpi 300"))[0]
        for name, condition in conditions.items():
            chance = np.random.default_rng(crc32(f"{paper.name} {name}".encode()))
            count, of = wrong(paper.truth, _read(condition(paper.pixels, chance)))
            yield Misread(paper.name, name, count, plain, of)


def _read(picture: Image.Image) -> str:
    """Read a picture as a file that somebody hands in."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.png")
        picture.save(path, dpi=picture.info["dpi"], compress_level=1)
        return read(path).text


def wrong(truth: str, reading: str) -> tuple[int, int]:
    """Count the characters read wrongly, and all, whatever the order of the lines.

    Each line of the truth is compared with the stretch of the reading that is nearest to it; one that is not there costs
    its length, and so does what the reading has beyond 1.1 times the truth. Lines in [brackets] were stamped or written.
    """
    lines = [_folded(line) for line in truth.splitlines() if line.strip() and not line.startswith("[")]
    reading = _folded(reading)
    spare = max(0, len(reading) - round(1.1 * len(_folded(truth))))
    return spare + sum(min(len(line), _edits(line, reading)) for line in lines), sum(map(len, lines))


def _edits(line: str, reading: str) -> int:
    """Count the fewest edits between a line and any stretch of the reading."""
    near, best = fuzz.partial_ratio_alignment(line, reading), len(line)
    if near is None:
        return best
    for start in range(max(0, near.dest_start - 3), near.dest_start + 4):
        for end in range(near.dest_end - 3, min(len(reading), near.dest_end + 3) + 1):
            if end > start:
                best = min(best, Levenshtein.distance(line, reading[start:end], score_cutoff=best))
    return best


def _folded(text: str) -> str:
    """Give text composed, with single spaces, plain hyphens and quotes, and each tone mark in one place of its syllable."""
    text = unicodedata.normalize("NFD", text).replace("–", "-").replace("“", '"').replace("”", '"')
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", re.sub(r"\w[\w\u0300-\u036f]*", _tone_last, text))).strip()


def _tone_last(word: re.Match[str]) -> str:
    return "".join(c for c in word[0] if c not in _TONES) + "".join(c for c in word[0] if c in _TONES)


def pooled(found: Sequence[Misread]) -> float:
    """Give the wrong characters of all as a share of plain Tesseract's on the straight pages."""
    return sum(one.wrong for one in found) / max(1, sum(one.plain for one in found))


def misread_figures() -> Iterator[Figure]:
    """Yield the figures that are judged: the pooled share, and how many pages are read worse than they may be."""
    found = list(misread(papers(), JUDGED))
    on = f"{len(found)} pages"
    yield Figure("misread", pooled(found), "of plain", on)
    yield Figure("read worse", sum(one.is_bad for one in found), "pages", on)


def main() -> None:
    """Print the table, each line as soon as it is known."""
    words, found = sys.argv[1:], []
    conditions = {**JUDGED, **REPORTED}
    asked = {name: conditions[name] for name in conditions if any(word in name for word in words)} or conditions
    pages = [paper for paper in papers() if any(word in paper.name for word in words)] or papers()
    sys.stdout.write(f"{'page':22}{'condition':16}{'wrong':>6}{'plain':>8}{'of':>8}{'ratio':>8}\n")
    for one in misread(pages, asked):
        found.append(one)
        sys.stdout.write(f"{one}\n")
        sys.stdout.flush()
    for name in asked:
        _total(name, [one for one in found if one.condition == name])
    _total("judged", [one for one in found if one.condition in JUDGED])


def _total(name: str, found: Sequence[Misread]) -> None:
    if found:
        on = f"{sum(one.wrong for one in found):6}{sum(one.plain for one in found):8}{sum(one.of for one in found):8}"
        sys.stdout.write(f"{f'all {len(found)} pages':22}{name:16}{on}{pooled(found):8.2f}\n")


if __name__ == "__main__":
    main()
