"""Was a place on the screen before its value is confirmed?

The answer that brings a place, and it alone, brings a mark: the field, until when it holds, and a seal over both, the document, the one
who looks and the place itself. A value is confirmed with the mark of its place; one that was read elsewhere meanwhile has to be looked
at again, and so has everything after the program was started anew.
"""

import hmac
from collections.abc import Mapping
from datetime import datetime
from secrets import token_bytes

from store.answers import Evidence

HOURS = 12  # that a mark holds: a day's work
_SECRET = token_bytes(32)


def mark_of(place: Evidence | None, *, viewer: str, document_id: int, key: str, now: datetime) -> str:
    """Give the mark that goes with a place."""
    until = int(now.timestamp()) + HOURS * 3600
    return f"{key}.{until}.{_seal(place, viewer, document_id, key, until)}"


def shown(marks: set[str], places: Mapping[str, Evidence | None], *, viewer: str, document_id: int, now: datetime) -> set[str]:
    """Give the fields whose places were shown, by their marks; a mark that is old, or of something else, counts for nothing."""
    found = set()
    for mark in marks:
        key, _, rest = mark.partition(".")
        until, _, seal = rest.partition(".")
        if key not in places or not (until.isascii() and until.isdigit() and len(until) < 12) or int(until) < now.timestamp():
            continue
        if hmac.compare_digest(seal.encode(), _seal(places[key], viewer, document_id, key, int(until)).encode()):
            found.add(key)
    return found


def _seal(place: Evidence | None, viewer: str, document_id: int, key: str, until: int) -> str:
    where = (place.page, place.boxes, place.start, place.end) if place else None
    return hmac.new(_SECRET, repr((viewer, document_id, key, until, where)).encode(), "sha256").hexdigest()
