"""How is Tesseract asked: inside this process where tesserocr is installed, else as a program?"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import pytesseract
from PIL import Image

from ingest.transcript import Box

SECONDS = 100  # one picture may take so long; a page takes about one
_FOLDERS = ("usr/share/tesseract-ocr/*/tessdata", "usr/share/tessdata", "usr/share/tesseract/tessdata", "usr/local/share/tessdata")
_COLUMNS = 12  # of Tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text
_WORD = "5"
_LINE = 7  # the layout of a picture of one line

os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # one thread a page is faster by the core than four


@dataclass(frozen=True, slots=True)
class Sighting:
    """A word as Tesseract saw it: on which line, where (pixels), what it says, how surely (0 to 1)."""

    line: tuple[str, ...]
    box: Box
    text: str
    confidence: float


class Engine(Protocol):
    """What sees words in a picture."""

    def table(self, picture: Image.Image, *, language: str, layout: int, dpi: int) -> str:
        """Give the words as the table that Tesseract writes (TSV); empty when it took longer than SECONDS."""


class Program:
    """Tesseract as a program, started for each picture."""

    def table(self, picture: Image.Image, *, language: str, layout: int, dpi: int) -> str:
        """Start it and take what it writes."""
        config = " ".join((f"--oem 1 --psm {layout} --dpi {dpi}", *(f"-c {name}={value}" for name, value in _noise(layout).items())))
        try:
            return str(pytesseract.image_to_data(picture, lang=language, config=config, timeout=SECONDS))
        except (RuntimeError, pytesseract.TesseractError):
            return ""


class Library:
    """Tesseract as a library in this process; each language is loaded once."""

    def __init__(self, folder: Path) -> None:
        """Take the folder with the trained data."""
        self._folder = folder
        self._readers: dict[str, Any] = {}

    def table(self, picture: Image.Image, *, language: str, layout: int, dpi: int) -> str:
        """Hand over the picture's pixels."""
        grey = picture.convert("L")
        if language not in self._readers:
            self._readers[language] = self._load(language)
        reader = self._readers[language]
        reader.SetPageSegMode(layout)
        for name, value in _noise(layout).items():
            reader.SetVariable(name, value)
        try:
            with _quiet():
                reader.SetImageBytes(grey.tobytes(), grey.width, grey.height, 1, grey.width)
                reader.SetSourceResolution(dpi)
                return str(reader.GetTSVText(0)) if reader.Recognize(SECONDS * 1000) else ""
        finally:
            reader.Clear()
            reader.ClearAdaptiveClassifier()  # what was read before must not colour what comes

    def _load(self, language: str) -> Any:  # noqa: ANN401  it has no types
        import tesserocr

        return tesserocr.PyTessBaseAPI(path=str(self._folder), lang=language, oem=tesserocr.OEM.LSTM_ONLY)


def _noise(layout: int) -> dict[str, str]:
    """Give what Tesseract may drop as noise: no row of a page, for a short one with many marks (`Kính gửi:`) is lost.

    What dirt is, its letters tell later. In the picture of one line, what is cut off of its neighbours has as many specks as letters.
    """
    return {"textord_noise_rejrows": str(int(layout == _LINE)), "textord_noise_normratio": "4"}


def sightings(picture: Image.Image, *, language: str, layout: int, dpi: int) -> list[Sighting]:
    """Give the words that are seen in a picture; layout is Tesseract's page segmentation mode."""
    table = engine().table(picture, language=language, layout=layout, dpi=dpi)
    rows = (row.split("\t") for row in table.splitlines())
    return [_sighting(row) for row in rows if len(row) == _COLUMNS and row[0] == _WORD]


def quarter_turns(picture: Image.Image) -> int:
    """Give how many quarter turns clockwise make the picture upright (0 to 3); 0 where Tesseract cannot tell."""
    try:
        found = pytesseract.image_to_osd(picture, timeout=SECONDS, config="--psm 0", output_type=pytesseract.Output.DICT)
    except (RuntimeError, pytesseract.TesseractError):
        return 0
    return int(found["rotate"]) // 90 % 4


@cache
def engine() -> Engine:
    """Give the engine of this process: the library where both it and the trained data are found."""
    with suppress(ImportError):
        import tesserocr  # noqa: F401  is it there?

        if folder := next(_folders("vie", "eng"), None):
            return Library(folder)
    return Program()


def _folders(*languages: str) -> Iterator[Path]:
    """Yield the folders that hold the languages: where the environment points, and where Linux systems keep them."""
    prefix = os.environ.get("TESSDATA_PREFIX")
    stated = [Path(prefix), Path(prefix, "tessdata")] if prefix else []
    for folder in [*stated, *(found for pattern in _FOLDERS for found in sorted(Path("/").glob(pattern), reverse=True))]:
        if all((folder / f"{language}.traineddata").is_file() for language in languages):
            yield folder


def _sighting(row: Sequence[str]) -> Sighting:
    left, top, width, height = map(int, row[6:10])
    return Sighting(tuple(row[2:5]), Box(left, top, left + width, top + height), row[11], max(0.0, float(row[10])) / 100)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the library mutters about odd pictures off the terminal: it writes past Python."""
    terminal, nothing = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    try:
        yield
    finally:
        os.dup2(terminal, 2)
        os.close(terminal)
        os.close(nothing)
