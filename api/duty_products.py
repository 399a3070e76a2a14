"""How is what was made for a duty handed over with its report, and fetched again?"""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from starlette.responses import FileResponse, RedirectResponse, Response

from api.desk import AtDesk, Desk, Id
from api.pipeline import check_size, plain_name
from api.wording import parse_day
from store import originals
from store.database import look
from store.errors import NotAllowed
from store.products import product

pages = APIRouter(include_in_schema=False)


@dataclass(slots=True)
class Handed:
    """What a report carries: files, and numbers of documents that are held, one a line; nothing in it is believed yet."""

    files: Annotated[list[UploadFile] | None, File()] = None
    numbers: Annotated[str, Form(max_length=4000)] = ""


def kept_files(desk: Desk, handed: Handed) -> Iterator[tuple[str, originals.Original]]:
    """Keep each file and yield its name and its bytes' place; raise Refusal for one too large, NotAllowed for an empty one."""
    with tempfile.TemporaryDirectory(dir=desk.workshop.settings.home, prefix="nap-") as folder:
        for name, path in _files(handed, Path(folder)):
            size = path.stat().st_size
            if not size:
                raise NotAllowed(f"Tệp {name} không có nội dung. Đề nghị chọn lại tệp.")
            check_size(desk.workshop.settings, name, size)
            yield name, originals.keep(desk.workshop.settings.home, path)


def _files(handed: Handed, folder: Path) -> Iterator[tuple[str, Path]]:
    """Write each file under a name of our own; its own name is only shown."""
    for file in handed.files or ():
        if file.filename:
            path = folder / "tep"
            with path.open("wb") as copy:
                shutil.copyfileobj(file.file, copy, 1 << 20)
            yield plain_name(file.filename), path


def named_documents(handed: Handed) -> Iterator[tuple[str, date | None]]:
    """Read one document a line: its number, and its day where it is said (`34-BC/ĐU ngày 05/01/2026`); raise NotAllowed for no day."""
    for line in handed.numbers.replace(";", "\n").splitlines():
        number, _, day = line.partition(" ngày ")
        if number.strip():
            if day.strip() and parse_day(day) is None:
                raise NotAllowed(f"“{day.strip()}” không phải là ngày. Đề nghị ghi theo mẫu 34-BC/ĐU ngày 05/01/2026.")
            yield number.strip(" ,"), parse_day(day)


@pages.get("/nhiem-vu/{duty_id}/san-pham/{product_id}")
def send_product(desk: AtDesk, duty_id: Id, product_id: Id) -> Response:
    """Hand out a file as it was handed over: saved, never opened in the browser; lead to a document."""
    with look(desk.workshop.engine) as session:
        one = product(session, duty_id, product_id, seen_by=desk.viewer)
    if one.sha256 is None:
        return RedirectResponse(f"/van-ban/{one.document_id}" if one.document_id else f"/nhiem-vu/{duty_id}", 303)
    path = originals.path_of(desk.workshop.settings.home, one.sha256)
    return FileResponse(path, media_type="application/octet-stream", filename=one.name, content_disposition_type="attachment")
