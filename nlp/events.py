"""Which meetings or visits does the document call: what, when, where, who attends?

An invitation names them behind labels (Thời gian, Địa điểm, Thành phần), or in one sentence (`kính mời … dự họp vào lúc
8 giờ ngày … tại …`). What has to be prepared for them are duties (nlp.duties).
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.transcript import Span
from nlp.directive import Event, Place
from nlp.letters import bare, is_upper
from nlp.outline import sentences
from nlp.own import Own
from nlp.printed import printed
from nlp.times import find_times
from nlp.timewords import Time
from nlp.zones import Paragraph, Zones

_INVITES = re.compile(r"\b(?:kinh moi|moi (?:du|hop|tham du|tham gia|lam viec)|giay moi|trieu tap)\b")
_CALLS = re.compile(rf"{_INVITES.pattern}|\bthong bao (?:thoi gian|lich)\b")
_LABELS = {
    "when": re.compile(r"\W*thoi gian\b[^:\n]{0,60}:|\W*(?:thoi gian)\s*$"),
    "both": re.compile(r"\W*(?:dia diem|thanh phan)\s*(?:,|va)\s*(?:dia diem|thanh phan)\b[^:\n]{0,60}:"),
    "where": re.compile(r"\W*dia diem\b[^:\n]{0,60}:"),
    "who": re.compile(r"\W*thanh phan\b[^:\n]{0,80}:"),
}
_HOUR = re.compile(r"\b(?P<h>[0-2]?\d)\s*(?:gio|h|g)\s*(?P<min>[0-5]\d)?")
_TITLE = re.compile(r"\W*(?:(?:v\s*/\s*v|ve viec)\W*)?(?:moi|trieu tap|giay moi)\b")
_INLINE = re.compile(
    r"(?:dự|tham\s*gia|tổ\s*chức)\s*:?\s+(?P<what>(?:(?:[Cc]uộc\s*|[Kk]ỳ\s*|[Pp]hiên\s*)?[Hh]ọp|"
    r"[Hh]ội\s*nghị|[Bb]uổi|[Ll]ễ|[Ll]àm\s*việc)[^.;:]{0,220})"
)
_VENUE = re.compile(r"(?:,\s*|\s)tại\s+(?P<where>(?!đây)[^.;()]{4,140}|[^.;()]{4,100}\([^()]{0,100}\))")
_ENDS = re.compile(
    r"\s*(?:,\s*)?(?:vào\s+(?:lúc|hồi|ngày)|lúc\s+\d|từ\s+\d|tại\s|cụ\s*thể|như\s*sau|\(|để\s|,\s*thời\s*gian).*$", re.DOTALL
)
_MOST = 60  # members of one list of attendees


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A paragraph that begins with a label: its kind, its place among the paragraphs, the words behind the label."""

    kind: str
    at: int
    words: str


def find_events(zones: Zones, own: Own) -> tuple[Event, ...]:
    """Find the meeting that an invitation calls; a document that invites nobody has none. A meeting has a day or an hour."""
    body = [p for p in zones.within("opening", "body") if not p.is_row]
    lead = bare(" ".join(zones.text(p.span) for p in [*zones.within("head", "title"), *body[:4]]))
    if own.type != "Giấy mời" and not _CALLS.search(lead):
        return ()
    labelled = list(_labelled(zones, body))
    when = next((item for item in labelled if item.kind == "when" and _moment(item.words, own.issued_on)), None)
    if when:
        return (_from_labels(zones, own, body, labelled, when),)
    if own.type != "Giấy mời" and not _INVITES.search(lead):
        return ()
    return tuple(_from_sentences(zones, own, body))[:1]


def _labelled(zones: Zones, body: Sequence[Paragraph]) -> Iterator[_Labelled]:
    for at, paragraph in enumerate(body):
        words = " ".join(zones.text(paragraph.span).split())
        low = bare(words)
        start = low.find(bare(paragraph.marker)) + len(paragraph.marker) if paragraph.marker else 0
        for kind, pattern in _LABELS.items():
            match = pattern.match(low, start)
            if match:
                yield _Labelled(kind, at, words[match.end() :])
                break


def _from_labels(zones: Zones, own: Own, body: Sequence[Paragraph], labelled: Sequence[_Labelled], when: _Labelled) -> Event:
    on, at = _moment(when.words, own.issued_on) or (None, None)
    where = next((item for item in labelled if item.kind == "where"), None)
    who = next((item for item in labelled if item.kind in ("who", "both")), None)
    below = list(_below(zones, body, who, {item.at for item in labelled})) if who else []
    venue = _tidy(where.words) if where else None
    if who and who.kind == "both" and who.at + 1 < len(body):
        first = body[who.at + 1]
        venue = _tidy(zones.text(first.span)[len(first.marker) :])
    return Event(
        title=_title(zones, body) or "Cuộc họp",
        place=Place(body[when.at].span),
        on=on,
        at=at,
        venue=venue or None,
        attendees=tuple([*_members(who.words), *below][:_MOST]) if who else (),
        confidence=0.9 if on and at else 0.7,
        rule="mục Thời gian của văn bản mời",
    )


def _from_sentences(zones: Zones, own: Own, body: Sequence[Paragraph]) -> Iterator[Event]:
    """One sentence that says it all."""
    for paragraph in body:
        for start, end in sentences(zones.plain, paragraph.span.start, min(paragraph.span.end, paragraph.span.start + 3000)):
            words = " ".join(zones.plain[start:end].split())
            moment = _moment(words, own.issued_on)
            if not moment or not moment[1] or not re.search(r"\b(?:moi|trieu tap|hop|hoi nghi|lam viec)\b", bare(words)):
                continue
            hour = _HOUR.search(bare(words))
            venue = _VENUE.search(words, hour.end() if hour else 0) or _VENUE.search(words)
            yield Event(
                title=_title(zones, body) or "Cuộc họp",
                place=Place(Span(start, end)),
                on=moment[0],
                at=moment[1],
                venue=_tidy(venue["where"]) if venue else None,
                attendees=(),
                confidence=0.75,
                rule="câu mời có giờ và ngày",
            )


def _moment(words: str, issued_on: dt.date | None) -> tuple[dt.date, dt.time | None] | None:
    """Give the day and hour of a meeting; a stretch of days begins with its first."""
    days = [time for time in find_times(words, issued_on) if time.shape in ("day", "range") and time.date and time.bound != "before"]
    if not days:
        return None
    best: Time = next((time for time in days if time.at), days[0])
    hour = best.at or _hour(words)
    return (best.date, hour) if best.date else None


def _hour(words: str) -> dt.time | None:
    found = _HOUR.search(bare(words))
    return dt.time(int(found["h"]), int(found["min"] or 0)) if found and int(found["h"]) < 24 else None


def _below(zones: Zones, body: Sequence[Paragraph], who: _Labelled, taken: set[int]) -> Iterator[str]:
    """The items under `Thành phần:`, up to the next label or the next item that stands as high."""
    own_marker = body[who.at].marker[:1]
    for at in range(who.at + 1, len(body)):
        marker = body[at].marker
        if at in taken or not marker or (marker[0].isdigit() and own_marker.isdigit() and "." not in marker[:-1]) or marker[0].isupper():
            return
        if marker[0].isdigit():
            continue
        yield from _members(zones.text(body[at].span)[len(marker) :])


def _members(words: str) -> list[str]:
    """The people and bodies of one line; a line of its own is parted at semicolons."""
    return [member for member in (_tidy(part) for part in re.split(r";(?![^(]*\))", words)) if len(member) > 2]


def _title(zones: Zones, body: Sequence[Paragraph]) -> str | None:
    """The subject of the letter, else what the invitation invites to."""
    lines: list[str] = []
    for line in (zones.text(p.span) for p in zones.within("head", "title")):
        if lines and (is_upper(line) or re.search(r"\bngày\b.*\bnăm\b|^\W*$|Kính gửi", line)):
            break
        if lines or _TITLE.match(bare(line)):
            lines.append(line)
    if lines and bare(_tidy(" ".join(lines))) != "giay moi":
        return re.sub(r"^\W*(?:[Vv]\s*/\s*[Vv]|[Vv]ề việc)\s*", "", _tidy(" ".join(lines))) or None
    found = next((match for match in (_INLINE.search(zones.text(p.span)) for p in body[:4]) if match), None)
    return (_tidy(_ENDS.sub("", found["what"])) or None) if found else None


def _tidy(words: str) -> str:
    return printed(words.replace("*", " ")).strip(" ,.;:-/")
