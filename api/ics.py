"""How are days and hours written so that a calendar program takes them in (RFC 5545)?

No more than is said here: one zone, events without an end, no rules of recurrence. Every text is escaped, so that nothing a document
says becomes a line of its own, and lines are folded at 75 octets without cutting a letter.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

TYPE = "text/calendar; charset=utf-8"
ZONE = "Asia/Ho_Chi_Minh"
_OCTETS = 75
_OPENING = (
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Van thu//vi", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
    "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H",
)  # fmt: skip
_VIETNAM = (
    "BEGIN:VTIMEZONE", f"TZID:{ZONE}", "BEGIN:STANDARD", "DTSTART:19750613T000000", "TZOFFSETFROM:+0700", "TZOFFSETTO:+0700", "TZNAME:+07",
    "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: a day, or a moment of Vietnam's clock (without a zone); busy where people have to be there."""

    uid: str
    start: date | datetime
    summary: str
    description: str = ""
    location: str = ""
    url: str = ""
    busy: bool = False


def calendar(name: str, entries: Iterable[Entry], *, now: datetime) -> bytes:
    """Write a calendar as a file or an answer to a subscription."""
    lines = [*_OPENING, f"X-WR-CALNAME:{text(name)}", f"X-WR-TIMEZONE:{ZONE}", *_VIETNAM]
    stamp = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for entry in entries:
        lines += _event(entry, stamp)
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in fold(line)).encode()


def _event(entry: Entry, stamp: str) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{text(entry.uid)}", f"DTSTAMP:{stamp}")
    if isinstance(entry.start, datetime):
        yield f"DTSTART;TZID={ZONE}:{entry.start:%Y%m%dT%H%M%S}"
    else:
        yield f"DTSTART;VALUE=DATE:{entry.start:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{entry.start + timedelta(1):%Y%m%d}"
    for name, value in (("SUMMARY", entry.summary), ("DESCRIPTION", entry.description), ("LOCATION", entry.location)):
        if value:
            yield f"{name}:{text(value)}"
    if entry.url:
        yield f"URL:{_plain(entry.url)}"
    yield from (f"TRANSP:{'OPAQUE' if entry.busy else 'TRANSPARENT'}", "END:VEVENT")


def text(value: str) -> str:
    r"""Write a TEXT (3.3.11): `\`, `;` and `,` are escaped, a line break is `\n`; other control characters are left out."""
    lines = (_plain(line) for line in value.splitlines())
    return "\\n".join(line.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,") for line in lines)


def _plain(value: str) -> str:
    kept = (letter for letter in value if letter == "\t" or (letter >= " " and letter != "\x7f"))
    return "".join(letter for letter in kept if not 0xD800 <= ord(letter) <= 0xDFFF)


def fold(line: str) -> Iterator[str]:
    """Cut a line into lines of at most 75 octets (3.1): the second and later ones begin with a blank, no letter is cut."""
    start, octets = 0, 0
    for at, letter in enumerate(line):
        size = len(letter.encode())
        if octets + size > _OCTETS:
            yield (" " if start else "") + line[start:at]
            start, octets = at, 1
        octets += size
    yield (" " if start else "") + line[start:]
