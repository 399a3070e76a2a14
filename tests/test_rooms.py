"""Data moves one way through the rooms: ingest, nlp, store, api.

A room may import its own files and what its line in ROOMS names, and an outside package that has a door may be
imported by that door's file alone.
"""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = {
    "ingest": set(),
    "nlp": {"ingest.transcript"},
    "store": {"ingest.transcript", "nlp.directive"},
    "api": {"ingest", "nlp", "store"},
}
DOORS = {  # an outside package and the places that may import it
    "pypdfium2": ("ingest/pdf.py", "ingest/glyphs.py", "ingest/figures.py"),
    "pdfplumber": ("ingest/open_tables.py",),
    "pikepdf": ("ingest/signatures.py", "ingest/turning.py"),
    "pytesseract": ("ingest/engine.py",),
    "tesserocr": ("ingest/engine.py",),
    "cv2": (
        "ingest/scan.py",
        "ingest/red.py",
        "ingest/framed.py",
        "ingest/arrivals.py",
        "ingest/unframed.py",
        "ingest/inked.py",
        "ingest/strokes.py",
        "ingest/digits.py",
        "ingest/digits_build.py",
    ),
    "docx": ("ingest/docx.py", "api/report_docx.py"),
    "PIL": ("ingest/",),
    "pillow_heif": ("ingest/pictures.py",),
    "numpy": ("ingest/",),
    "spacy": ("nlp/mentions.py",),
    "underthesea": ("nlp/words.py",),
    "argon2": ("store/passwords.py",),
    "holidays": ("store/calendar.py",),
    "dateutil": ("store/recurrence.py",),
    "rapidfuzz": ("nlp/likeness.py", "store/likeness.py"),
    "sqlalchemy": ("store/", "api/pipeline.py"),
    "alembic": ("store/",),
    "procrastinate": ("store/waking.py",),
    "fastapi": ("api/",),
    "starlette": ("api/",),
    "pydantic": ("api/",),
    "pydantic_settings": ("api/",),
    "jinja2": ("api/",),
    "uvicorn": ("api/",),
    "typer": ("api/",),
    "rich": ("api/",),
    "structlog": ("api/",),
}
RECORDS = {"ingest/transcript.py", "nlp/directive.py", "store/answers.py"}
FILES = sorted(p.relative_to(ROOT).as_posix() for r in ROOMS for p in (ROOT / r).rglob("*.py"))


def imports(source):
    """Yield the line and the dotted name of every import in a source text, however deep."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")


def allowed(path, name):
    """Say whether the file at path may import the module called name."""
    room, top = path.partition("/")[0], name.partition(".")[0]
    if path in RECORDS and top not in ROOMS:
        return top in sys.stdlib_module_names
    if path in RECORDS:
        return name in ROOMS[room]
    if top in ROOMS:
        return top == room or any(f"{name}.".startswith(f"{m}.") for m in ROOMS[room])
    if top in sys.stdlib_module_names:
        return True
    return top != "" and any(path.startswith(door) for door in DOORS.get(top, ()))


@pytest.mark.parametrize("path", FILES)
def test_a_room_imports_only_what_its_line_names(path):
    """Imports run against the data and an engine has one door."""
    for line, name in imports((ROOT / path).read_text("utf-8")):
        assert allowed(path, name), f"{path}:{line}: {path.partition('/')[0]} may not import {name}"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("ingest/read.py", "nlp.directive"),
        ("ingest/read.py", "store.tables"),
        ("nlp/extract.py", "ingest.read"),
        ("nlp/extract.py", "sqlalchemy"),
        ("store/filing.py", "nlp.extract"),
        ("store/filing.py", "fastapi"),
        ("nlp/directive.py", "spacy"),
        ("store/answers.py", "sqlalchemy"),
        ("api/cli.py", "pytesseract"),
        ("nlp/dates.py", ".directive"),
    ],
)
def test_a_planted_breach_is_caught(path, name):
    """An import against the direction, or past a door, is refused."""
    assert not allowed(path, name)


@pytest.mark.parametrize("room", ROOMS)
def test_a_rooms_init_is_one_docstring(room):
    """Importing a room runs nothing."""
    body = ast.parse((ROOT / room / "__init__.py").read_text("utf-8")).body
    assert len(body) == 1 and isinstance(body[0], ast.Expr), f"{room}/__init__.py runs code"
