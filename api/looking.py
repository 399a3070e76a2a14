"""Which places of a document must be on the screen before their values are confirmed, and which were when a form came?

A screen brings them one by one as they come into sight, each with its mark (api/shown.py), or, for who has no script, all at once.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from fastapi import Request
from starlette.responses import HTMLResponse

from api.comparing import duty_rows, rows_of
from api.desk import Desk
from api.sent import Sent
from api.shown import mark_of, shown
from store.answers import DocumentView, Evidence
from store.errors import NotFound

AT_ONCE = "tat-ca"
"""What an address says (`xem=tat-ca`) that asks for all places at once."""


def places_of(view: DocumentView) -> dict[str, Evidence | None]:
    """Give the place of each value that is confirmed only after it was on the screen."""
    head: dict[str, Evidence | None] = {row.name: row.evidence for row in rows_of(view) if row.must_be_seen}
    return head | {row.key: row.duty.evidence for row in duty_rows(view) if row.must_be_seen}


def marks_of(desk: Desk, view: DocumentView, keys: Iterable[str]) -> dict[str, str]:
    """Give the marks of those places that the answer shows."""
    places, viewer, now = places_of(view), desk.viewer.name, datetime.now(UTC)
    return {key: mark_of(places[key], viewer=viewer, document_id=view.line.id, key=key, now=now) for key in keys if key in places}


def at_once(desk: Desk, view: DocumentView, asked: str) -> dict[str, str]:
    """Give the marks of a page that is asked for with all places on it; of any other page none."""
    return marks_of(desk, view, places_of(view)) if asked == AT_ONCE else {}


def looked_at(desk: Desk, view: DocumentView, sent: Sent) -> Sent:
    """Say in a form which places were on the screen, by the marks that it brings."""
    marks, now = sent.all("da-xem"), datetime.now(UTC)
    return replace(sent, seen=frozenset(shown(marks, places_of(view), viewer=desk.viewer.name, document_id=view.line.id, now=now)))


def place_page(request: Request, desk: Desk, view: DocumentView, key: str) -> HTMLResponse:
    """Show one place, with the mark that its value was seen. Raises NotFound for a field that has none."""
    marks = marks_of(desk, view, [key])
    if key not in marks or not view.line.held:
        raise NotFound
    rows = {row.name: row for row in rows_of(view)} | {row.key: row for row in duty_rows(view)}
    return desk.page(request, "place.html", view=view, row=rows[key], key=key, marks=marks)
