"""Which titled documents are issued or sent together with this one?

`QUY CHẾ … (Ban hành kèm theo Quyết định này)` behind the signature, a programme with a head of its own behind a letter, or
only announced (`Ban hành kèm theo Quyết định này Quy chế …`, `Phê duyệt Kế hoạch … (kèm theo …)`). Appendices, forms and
outlines are part of the document itself (GUIDE: a Phụ lục is no document of its own).
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ingest.transcript import Span
from nlp.directive import Place, Reference
from nlp.issued import issued_on, read_date_line
from nlp.issuer import issuer_of, ordinary, read_masthead
from nlp.issuing import read_body
from nlp.letters import bare, one_line
from nlp.lexicon import load
from nlp.likeness import likeness
from nlp.lines import Printed
from nlp.own import Own
from nlp.passages import Passage
from nlp.zones import Zones

_APPENDIX = re.compile(r"\s*(?:phu luc|bieu|mau so|mau \d|mau|de cuong|danh muc|danh sach|thong ke|bang)\b")
_NOTE = re.compile(r"\s*\(|\s*(?:kem theo|ban hanh kem)")
_SENTENCES_END = re.compile(r"(?<!\d)\.(?:\s|$)|[;:]|\./")


@cache
def _announced() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give the patterns of `ban hành kèm theo … này <document>` and `phê duyệt <document>`."""
    names = "|".join(load("citing")["attachable"])
    enclosed = re.compile(
        r"(?:ban hành|gửi|phê duyệt)\s+kèm\s+theo\s+(?:[^\s.;]{1,9}\s+){1,3}này(?:\s+là|\s+bản|\s*:)?"
        rf"\s+[“\"]?(?P<title>(?:{names})\s[^“”\"]{{4,300}})"
    )
    approved = re.compile(rf"(?:phê duyệt|ban hành)\s+(?:nội dung\s+)?[“\"]?(?P<title>(?:{names})\s[^“”\"]{{4,300}})")
    return enclosed, approved


def find_attached(zones: Zones, own: Own, read: Sequence[Passage]) -> tuple[Reference, ...]:
    """Find them, each once: one with a head of its own goes before the sentence that announces it."""
    found: list[Reference] = []
    for reference in (*_with_own_title(zones, own), *_announced_in_text(own, read)):
        same = next((i for i, other in enumerate(found) if _is_same(reference, other)), None)
        if same is None:
            found.append(reference)
        elif len(reference.title or "") > len(found[same].title or ""):
            found[same] = replace(found[same], title=reference.title, agency=found[same].agency or reference.agency)
    return tuple(found)


def _is_same(a: Reference, b: Reference) -> bool:
    """Say whether two titles are one, read whole and cut short."""
    short, long = sorted((bare(a.title or ""), bare(b.title or "")), key=len)
    return long.startswith(short) or likeness(short, long) >= 0.75


def _with_own_title(zones: Zones, own: Own) -> list[Reference]:
    """Titles in capitals behind the signature, each on a line of its own, up to the first appendix or form."""
    lines = [line for line in zones.printed_in("attachment") if not line.is_blank]
    found = []
    for i, line in enumerate(lines):
        if _APPENDIX.match(line.bare) and line.is_caps:
            break
        kind = _kind_printed(line)
        if kind and (title := _title(kind, lines[i + 1 : i + 8])):
            found.append(_reference(kind, title, line, lines[max(0, i - 12) : i], own))
    return found


def _kind_printed(line: Printed) -> str | None:
    if not line.is_caps:
        return None
    text = bare(line.plain).strip(" .:*-_")
    return next((name.capitalize() for name in load("citing")["attachable"] if bare(name) == text), None)


def _title(kind: str, below: Sequence[Printed]) -> str | None:
    """The subject runs over the lines under the kind, up to a note in brackets, a rule, or the first sentence."""
    parts: list[str] = []
    for line in below:
        text = line.plain.strip(" _*-")
        if _NOTE.match(line.bare) or line.is_furniture or line.marker or (parts and line.is_caps and not below[0].is_caps):
            break
        if parts and text[:1].isupper() and not line.is_caps and (len(text) > 90 or not line.centred) and line.box is not None:
            break
        parts.append(text)
        if text.endswith((".", ";")) or len(parts) >= 5:
            break
    subject = one_line(" ".join(parts)).strip(" .,;")
    if not subject:
        return None
    subject = ordinary(subject) if subject.isupper() else subject
    return f"{kind} {subject[:1].lower()}{subject[1:]}"


def _reference(kind: str, title: str, line: Printed, above: Sequence[Printed], own: Own) -> Reference:
    agency, parent = issuer_of(read_masthead(above), 0.9)
    dated = read_date_line(above)
    day = issued_on(dated, (), by_hand=False)[0] if dated else None
    name = agency.value if agency else None
    if name is not None and own.agency is not None and bare(name) == bare(own.agency) and parent is None and day is None:
        name = None
    return Reference(
        kind, None, day.value if day else None, name, title, "attaches", (Place(line.span),), 0.8, "văn bản có tên riêng kèm theo"
    )


def _announced_in_text(own: Own, read: Sequence[Passage]) -> list[Reference]:
    """The sentence that issues or approves them; a plain approval counts only where the text says that they come with it."""
    found = []
    enclosed, approved = _announced()
    for passage in read:
        text, lower = passage.text, passage.lower
        if passage.zone not in ("body", "opening") or "kèm" not in lower:
            continue
        match = enclosed.search(lower) or approved.search(lower)
        if match is None or not re.search(r"kèm theo", lower):
            continue
        if not enclosed.search(lower) and (own.type != "Quyết định" or not re.match(r"\W*điều 1\W", lower)):
            continue
        found.append(_from_sentence(text, match, passage.start))
    return found


def _from_sentence(text: str, match: re.Match[str], start: int) -> Reference:
    at = match.start("title")
    stop = _SENTENCES_END.search(text, at)
    end = stop.start() if stop else len(text)
    agency = None
    of = text.rfind(" của ", at, min(len(text), end + 200))
    if of > 0 and (body := read_body(text, of + 5)) and body[1] >= end - 2:
        agency, end = body[0], of
    title = one_line(re.sub(r"\([^()]*\)?", "", text[at:end])).strip(' ,.:”"')
    kind = next((name.capitalize() for name in load("citing")["attachable"] if title.lower().startswith(name)), None)
    span = Span(start + at, start + max(end, at + 1))
    return Reference(kind, None, None, agency, title, "attaches", (Place(span),), 0.7, "được ban hành, phê duyệt kèm theo")
