"""Where is the picture of a page, and who draws it when there is none yet?"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import FileResponse, Response

from api import page_cache
from api.desk import AtDesk, Id
from api.page_image import LARGEST, SECONDS
from api.settings import Settings
from store import originals
from store.answers import Leaf
from store.corrections import is_secret
from store.database import look
from store.nodes import get_document
from store.paging import leaf_called

pages = APIRouter(include_in_schema=False)
WIDTHS = (300, 600, 900, 1400, 2000)  # pixels: few sizes, so that nobody can fill the disk by asking
HANDS = BoundedSemaphore(2)
ROOT = Path(__file__).parent.parent
_NAMED = "max-age=86400, immutable"
PNG = b"\x89PNG\r\n\x1a\n"


class NoPicture(Exception):  # noqa: N818  a plain word says it
    """A page that cannot be drawn: the words that were read are still there."""


@pages.get("/van-ban/{document_id}/trang/{number}.png")
def send_picture(
    request: Request, desk: AtDesk, document_id: Id, number: Id, *, w: Annotated[int, Query(ge=1, le=4000)] = 900, v: str = ""
) -> Response:
    """Send a page as an image, w pixels wide or the next larger size that is kept.

    The browser keeps it, for the person who is logged in. An address that names the picture (v) is not asked for again that day; by any
    other it asks each time whether the page is another one now: a person may have arranged the pages since. Nobody keeps what is secret.
    """
    with look(desk.workshop.engine) as session:
        leaf = leaf_called(session, get_document(session, document_id, seen_by=desk.viewer), number)
        secret = is_secret(session, document_id)
    width = next((kept for kept in WIDTHS if kept >= w), WIDTHS[-1])
    headers = {"Cache-Control": f"private, {_NAMED if v == leaf.mark else 'no-cache'}", "ETag": f'"{leaf.mark}-{width}"', "Vary": "Cookie"}
    if not secret and request.headers.get("If-None-Match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    try:
        if secret:
            return Response(drawn(desk.workshop.settings, leaf, width), media_type="image/png", headers={"Cache-Control": "no-store"})
        path = picture(desk.workshop.settings, leaf, width)
    except NoPicture as error:
        raise HTTPException(404, str(error)) from error
    return FileResponse(path, media_type="image/png", headers=headers)


def picture(settings: Settings, leaf: Leaf, width: int) -> Path:
    """Give the PNG of a page, from the cache or drawn by a child; raise NoPicture when it cannot be drawn."""
    turn = f"-t{leaf.turn}" if leaf.turn else ""
    kept = page_cache.folder(settings.home) / leaf.sha256[:2] / f"{leaf.sha256}-{leaf.page}{turn}-{width}.png"
    if kept.is_file():
        page_cache.used(kept)
        return kept
    with _fresh(settings, leaf, width, unless=kept) as fresh:
        if fresh is not None:
            kept.parent.mkdir(parents=True, exist_ok=True)
            fresh.replace(kept)
    page_cache.grown(settings.home, settings.cache_mb << 20)
    return kept


def drawn(settings: Settings, leaf: Leaf, width: int) -> bytes:
    """Give the PNG of a page, drawn by a child and kept nowhere; raise NoPicture when it cannot be drawn."""
    with _fresh(settings, leaf, width) as fresh:
        return fresh.read_bytes() if fresh else b""


@contextmanager
def _fresh(settings: Settings, leaf: Leaf, width: int, *, unless: Path | None = None) -> Iterator[Path | None]:
    """Draw a page into a folder of the home that is gone afterwards; nothing where another one drew it meanwhile."""
    place = page_cache.folder(settings.home).parent  # pictures of the folder itself are counted
    place.mkdir(parents=True, exist_ok=True)
    with HANDS, tempfile.TemporaryDirectory(dir=place) as folder:
        if unless is not None and unless.is_file():
            yield None
            return
        fresh = Path(folder) / "page.png"
        _draw(originals.path_of(settings.home, leaf.sha256), leaf, width, fresh, settings.memory_mb)
        if not _is_png(fresh):
            raise NoPicture(f"Không dựng được ảnh trang {leaf.page}.")
        yield fresh


def _draw(path: Path, leaf: Leaf, width: int, out: Path, megabytes: int) -> None:
    """Run the child that opens the file; its limits are set before the file is opened."""
    asked = (path.resolve(), leaf.page, width, leaf.turn, out.resolve(), megabytes)
    command = [sys.executable, "-m", "api.page_image", *map(str, asked)]
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    nowhere = subprocess.DEVNULL
    try:
        subprocess.run(
            command, cwd=out.parent, env=environment, timeout=SECONDS * 2, check=True, stdin=nowhere, stdout=nowhere, stderr=nowhere
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NoPicture(f"Không dựng được ảnh trang {leaf.page}.") from error


def _is_png(path: Path) -> bool:
    """Say whether the child wrote an image: what a child writes is believed as bytes only."""
    if not path.is_file() or path.stat().st_size > LARGEST:
        return False
    with path.open("rb") as file:
        return file.read(len(PNG)) == PNG
