"""Which documents with known answers is a stated confidence held against?

Real documents and samples, each in several copies: as it is, rewritten with other names, numbers and days, with letters
damaged, and as a bad scan. A document and its copies are one origin: what is learned from one is never judged on another.
Scans are made and read once and kept under build/, for reading them takes minutes.
"""

import hashlib
import io
import json
import random
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from bench.conditions import DPI, REPORTED, Condition, Pixels
from bench.measures import REAL, ROOT
from bench.rewriting import Judged, rewritten
from ingest.read import open_source, read
from ingest.transcript import Transcript
from store.errors import NotFound
from store.transcripts import keep_head, keep_page, load

Json = Any
SEEDS = (1, 2)
_COARSE, _PRESSED = 75, 40  # dots an inch; quality of JPEG
DAMAGE = {"few letters": 0.02, "many letters": 0.1}
"""Shares of letters and digits that are read as another."""
_KEPT = ROOT / "build" / "copies"
_MOST_PAGES = 4  # longer documents are not worn: they would be most of the values and most of the time
_ALIKE = "0O 1l Il 5S 8B 6b 2Z ưu ơo ăâ êe đd íi mn ìi ảã"
_CONFUSED = {pair[at]: pair[1 - at] for pair in _ALIKE.split() for at in (0, 1)}
_PAPER, _MARGIN, _TYPE, _LEADING = (2480, 3508), 250, 48, 68  # dots at 300 to an inch: A4, and type of a letter's size


def telephone(page: Pixels, _: np.random.Generator) -> Image.Image:
    """As it comes over a chat group: a quarter of the dots, and pressed."""
    small = Image.fromarray(page).resize((page.shape[1] * _COARSE // DPI, page.shape[0] * _COARSE // DPI), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=_PRESSED)
    picture = Image.open(out).convert("RGB")
    picture.info["dpi"] = (_COARSE, _COARSE)
    return picture


WORN: dict[str, Condition] = {"100 dpi": REPORTED["100 dpi"], "poor JPEG": REPORTED["poor JPEG"], "telephone": telephone}


@dataclass(frozen=True, slots=True)
class Copy:
    """One document to understand: whose copy it is, what was done to it, what was read of it, its file (None for a text), the answers."""

    origin: str
    done: str
    transcript: Transcript
    path: Path | None
    gold: Json


@dataclass(frozen=True, slots=True)
class _Source:
    origin: str
    path: Path
    gold: Json


def copies(*, pictures: bool = True) -> Iterator[Copy]:
    """Yield all copies of all documents; without pictures those of plain texts and DOCX as text only, which takes seconds."""
    for source in _sources():
        if not pictures and source.path.suffix not in (".txt", ".docx"):
            continue
        transcript = _kept(source.path)
        yield Copy(source.origin, "as it is", transcript, source.path, source.gold)
        if all(page.reading != "OCR" for page in transcript.pages):
            yield from _texts(source, transcript)
        yield from (_worn(source, transcript, name, condition) for name, condition in WORN.items() if pictures and _is_short(transcript))


def _sources() -> Iterator[_Source]:
    for folder in (*sorted((REAL / "eval" / "dev").glob("*")), *sorted((ROOT / "samples").glob("*"))):
        if (folder / "gold.json").exists():
            gold = json.loads((folder / "gold.json").read_text("utf-8"))
            path = next(path for path in folder.iterdir() if path.stem == "source")
            yield _Source(folder.name, path, gold.get("documents", [gold])[0])


def _texts(source: _Source, transcript: Transcript) -> Iterator[Copy]:
    """Yield the rewritten copies and those with damaged letters, as plain text."""
    judged = Judged(source.origin, "\f".join(page.text for page in transcript.pages), source.gold)
    made = {f"rewritten {seed}": rewritten(judged, seed) for seed in SEEDS}
    chance = random.Random(source.origin)  # noqa: S311  the same damage for the same document
    made |= {name: Judged(source.origin, damaged(judged.text, share, chance), source.gold) for name, share in DAMAGE.items()}
    for done, one in made.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "document.txt")
            path.write_text(one.text, "utf-8")
            yield Copy(source.origin, done, read(path), None, one.gold)


def damaged(text: str, share: float, chance: random.Random) -> str:
    """Give a text in which a share of the letters that look like another are that other."""
    return "".join(_CONFUSED.get(c, c) if chance.random() < share else c for c in text)


def _is_short(transcript: Transcript) -> bool:
    return len(transcript.pages) <= _MOST_PAGES and len(transcript.text) < 3000 * _MOST_PAGES


def _worn(source: _Source, transcript: Transcript, name: str, condition: Condition) -> Copy:
    path = _KEPT / f"{source.origin} {name} {hashlib.sha256(source.path.read_bytes()).hexdigest()[:12]}.pdf"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        chance = np.random.default_rng(crc32(path.stem.encode()))
        pages = [condition(page, chance) for page in _drawn(source.path, transcript)]
        pages[0].save(path, save_all=True, append_images=pages[1:], resolution=pages[0].info["dpi"][0], quality=90)
    return Copy(source.origin, name, _kept(path), path, source.gold)


def _kept(path: Path) -> Transcript:
    """Read a file, or give what was read of the same bytes by the same reader."""
    identity = open_source(path, path.name).id
    try:
        return load(_KEPT, identity)
    except NotFound:
        transcript = read(path)
        for page in transcript.pages:
            keep_page(_KEPT, identity, page)
        keep_head(_KEPT, transcript)
        return transcript


def _drawn(path: Path, transcript: Transcript) -> Iterator[Pixels]:
    """Yield the pages as pictures, signatures' stamps on them as a printer puts them; a text without pages is set in type."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            pdf.init_forms()
            yield from (np.asarray(page.render(scale=DPI / 72).to_pil().convert("RGB")) for page in pdf)
    elif path.suffix in (".txt", ".docx"):
        yield from _set_in_type(transcript.text)
    else:
        with Image.open(path) as picture:
            for frame in range(getattr(picture, "n_frames", 1)):
                picture.seek(frame)
                yield np.asarray(picture.convert("RGB"))


def _set_in_type(text: str) -> Iterator[Pixels]:
    type_ = ImageFont.truetype("DejaVuSerifCondensed.ttf", _TYPE)
    lines = [row for line in re.split(r"[\n\f]", text) for row in _rows(line.rstrip(), type_)]
    most = (_PAPER[1] - 2 * _MARGIN) // _LEADING
    for first in range(0, len(lines), most):
        sheet = Image.new("RGB", _PAPER, "white")
        pen = ImageDraw.Draw(sheet)
        for at, line in enumerate(lines[first : first + most]):
            pen.text((_MARGIN, _MARGIN + at * _LEADING), line, "black", type_)
        yield np.asarray(sheet)


def _rows(line: str, type_: ImageFont.FreeTypeFont) -> Iterator[str]:
    """Yield a line as rows that the paper is wide enough for."""
    row = ""
    for word in re.findall(r"\s*\S+", line) or [""]:
        if row and type_.getlength(row + word) > _PAPER[0] - 2 * _MARGIN:
            yield row
            row = word.lstrip()
        else:
            row += word
    yield row
