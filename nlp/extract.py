"""The verb of this room: extract(transcript) -> Directive. The head is read first, then what the body says in its light."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest.transcript import Blank, Look, Transcript
from nlp.arrival import arrival_blanks, read_arrival
from nlp.attachments import find_attachments
from nlp.blanks import HeadBlanks, head_blanks, written_day, written_serial
from nlp.completeness import find_doubts
from nlp.confidence import checked
from nlp.directive import Directive, Family, Found, Place
from nlp.duties import find_duties
from nlp.events import find_events
from nlp.issued import Dated, adopted_on, issued_on, near_signing, read_date_line, signing_times
from nlp.issuer import issuer_from_text, issuer_of, read_masthead, respelled
from nlp.kind import kind_of_code, kind_of_title
from nlp.letters import bare
from nlp.lines import Printed
from nlp.marks import read_marks
from nlp.own import Own, own_of
from nlp.recipients import read_addressees, read_recipients
from nlp.references import Cites, read_references
from nlp.seat import spelled_as_elsewhere
from nlp.serial import Numbered, is_party_shape, own_number, read_number_line, symbol_kind
from nlp.signer import read_signer
from nlp.subject import subject_of_letter, subject_of_titled
from nlp.zones import Zones, lay_out

GUESSED = 0.6  # digits that a hand wrote are read with no more confidence than this
MISSING = {
    "number": "Không thấy số, ký hiệu ở đầu văn bản.",
    "issued_on": "Không thấy dòng địa danh, ngày tháng.",
    "place": "Không thấy địa danh trước ngày tháng.",
    "agency": "Không thấy tên cơ quan ban hành ở đầu văn bản.",
    "parent_agency": "Không ghi cơ quan cấp trên.",
    "subject": "Không thấy trích yếu.",
    "type": "Không xác định được tên loại.",
    "signer": "Không thấy khối chữ ký; có thể thiếu trang cuối.",
    "addressees": "Không ghi trong văn bản.",
    "recipients": "Không ghi trong văn bản.",
    "filed_at": "Không thấy dòng Lưu.",
    "urgency": "Không ghi trong văn bản.",
    "secrecy": "Không ghi trong văn bản.",
}


@dataclass(frozen=True, slots=True)
class _Head:
    """What the head says, before the body is read."""

    family: Family
    number: Found[str] | None
    number_end: int | None
    kind: Found[str] | None
    dated: Dated | None
    blanks: HeadBlanks
    agency: Found[str] | None
    parent: Found[str] | None
    reasons: dict[str, str]


def blanks_of(transcript: Transcript) -> tuple[Blank, ...]:
    """Name the places of number and date, and those in an arrival stamp, that are worth a second look: they were read from a picture."""
    if not is_pictured(transcript):
        return ()
    zones = lay_out(transcript)
    upper = zones.printed_in("head") or zones.printed_in("title", "body")[:20]
    numbered, dated = _own_lines(zones, upper)
    blanks = head_blanks(numbered, dated, transcript)
    return (*(blank for blank in (blanks.serial, blanks.day, blanks.month) if blank), *arrival_blanks(transcript))


def extract(transcript: Transcript, looks: Sequence[Look] = ()) -> Directive:
    """Read one document; looks are what was seen when the places of blanks_of were looked at again.

    What is not there is None with its reason in `missing`; nothing is raised for what a page lacks.
    """
    directive, reasons = believed(transcript, looks)
    return _with_arrival(checked(directive, transcript, reasons), transcript, looks)


def believed(transcript: Transcript, looks: Sequence[Look] = ()) -> tuple[Directive, dict[str, str]]:
    """Give what the rules read, each value with the confidence that its rule gives it, and why fields may be missing."""
    zones = lay_out(transcript)
    head = _read_head(zones, transcript, looks)
    reasons = dict(head.reasons)
    subject = _subject(zones, head)
    named = [found.value if found else None for found in (head.number, head.agency)]
    signer = read_signer(zones.printed_in("signature"), transcript, *named)
    addressees = read_addressees(zones)
    recipients, filed_at = read_recipients(zones)
    urgency, secrecy = read_marks(zones.printed_in("head", "title", "stamp", "furniture"))
    issued, why = _issued(head, zones, transcript, looks)
    if why:
        reasons["issued_on"] = why
    framed = Directive(
        family=head.family,
        number=head.number,
        type=head.kind,
        issued_on=issued,
        place=_place(head, zones, transcript),
        agency=head.agency,
        parent_agency=head.parent,
        acting_body=_acting_body(signer.authority),
        subject=subject,
        urgency=urgency,
        secrecy=secrecy,
        signer=signer,
        addressees=addressees,
        recipients=recipients,
        filed_at=filed_at,
        attachments=find_attachments(zones),
    )
    own = own_of(framed)
    cites = _cites(zones, own, transcript)
    directive = replace(
        framed,
        references=cites.references,
        duties=find_duties(zones, own),
        events=find_events(zones, own),
        notes=(*find_doubts(zones, transcript, signer, len(recipients)), *cites.doubts),
    )
    return directive, MISSING | reasons


def _with_arrival(directive: Directive, transcript: Transcript, looks: Sequence[Look]) -> Directive:
    """Add what the arrival stamp says; the document's own values are read without it."""
    arrival = read_arrival(transcript, looks, directive.issued_on.value if directive.issued_on else None)
    return replace(
        directive,
        arrived_as=arrival.number,
        arrived_on=arrival.on,
        forwarded_to=arrival.forwarded_to,
        to_verify=(*directive.to_verify, *arrival.to_verify),
    )


def _own_lines(zones: Zones, upper: tuple[Printed, ...]) -> tuple[Numbered | None, Dated | None]:
    """Give the lines of number and date."""
    numbered = read_number_line(upper) or read_number_line(zones.printed_in("title")[:6])
    return numbered, read_date_line([*zones.printed_in("head"), *zones.printed_in("title")])


def _read_head(zones: Zones, transcript: Transcript, looks: Sequence[Look]) -> _Head:
    upper = zones.printed_in("head") or zones.printed_in("title", "body")[:20]
    numbered, dated = _own_lines(zones, upper)
    blanks = head_blanks(numbered, dated, transcript) if looks else HeadBlanks()
    reasons: dict[str, str] = {}
    number: Found[str] | None = None
    if numbered:
        number, why = own_number(numbered, zones, len(transcript.pages), written_serial(numbered, blanks.serial, transcript, looks))
        if why:
            reasons["number"] = why
    family = _family(upper, numbered)
    agency, parent = issuer_of(read_masthead(upper, pictured=is_pictured(transcript)), 0.9)
    if agency is None and numbered:
        agency = issuer_from_text(numbered.symbol, zones.plain)
    end = numbered.span.end if numbered else None
    return _Head(family, number, end, _kind(zones, numbered, family), dated, blanks, agency, parent, reasons)


def _issued(head: _Head, zones: Zones, transcript: Transcript, looks: Sequence[Look]) -> tuple[Found[date] | None, str | None]:
    dated = head.dated
    if dated is None:
        return adopted_on(zones.plain), None
    times = signing_times(transcript, zones.printed_in("stamp"))
    written = written_day(dated, head.blanks, times, zones, transcript, looks)
    if written is not None:
        return written, None
    words = [word for _, word in transcript.words_in(dated.day_span) if word.origin == "OCR"]
    clean = re.fullmatch(r"[0-3]\d", dated.day_text) is not None
    guessed = min((word.confidence for word in words), default=1.0) <= GUESSED
    by_hand = bool(words and dated.day_text) and (not clean or (guessed and not near_signing(dated, times)))
    return issued_on(dated, times, by_hand=by_hand)


def _family(lines: tuple[Printed, ...], numbered: Numbered | None) -> Family:
    """Decide by what stands at the top right, then by the shape of the number (study of forms: motto, title of the Party)."""
    text = " ".join(line.bare for line in lines)
    if re.search(r"dang c[o0]ng san viet", text) and "cong hoa xa hoi" not in text:
        return "party"
    if re.search(
        r"doan tncs|doan thanh nien|lien doan lao dong|mat tran to quoc|hoi nong dan|hoi lien hiep phu nu|hoi cuu chien binh", text
    ):
        return "mass_org"
    if "cong hoa xa hoi" in text or "doc lap" in text:
        return "state"
    if numbered and is_party_shape(numbered.number):
        return "party"
    return "party" if re.search(r"\b(?:dang bo|dang uy|tinh uy|huyen uy|thanh uy)\b", text) else "state"


def _kind(zones: Zones, numbered: Numbered | None, family: Family) -> Found[str] | None:
    """The printed title decides; a document without title is a letter, unless its symbol names another kind."""
    title = next(iter(zones.printed_in("title")), None)
    if title:
        name = kind_of_title(title.plain)
        if name:
            return Found(name, Place(title.span), 0.97, "tên loại ở đầu văn bản")
    code = symbol_kind(numbered.number) if numbered else None
    name = kind_of_code(code, family) if code else None
    place = Place(numbered.span) if numbered else Place()
    if name:
        return Found(name, place, 0.85, "ký hiệu")
    return Found("Công văn", place, 0.85 if numbered else 0.4, "không có tên loại ở đầu văn bản")


def _subject(zones: Zones, head: _Head) -> Found[str] | None:
    kind = head.kind
    if zones.printed_in("title") and kind:
        first = next(iter(zones.printed_in("title")))
        words = len(kind.value.split()) if kind_of_title(first.plain) else 0
        return subject_of_titled(zones, words)
    return subject_of_letter(zones.printed_in("head"), head.number_end)


def _cites(zones: Zones, own: Own, transcript: Transcript) -> Cites:
    found = read_references(zones, own)
    if not is_pictured(transcript):
        return found
    return replace(found, references=tuple(replace(r, agency=respelled(r.agency)) if r.agency else r for r in found.references))


def is_pictured(transcript: Transcript) -> bool:
    """Say whether anything of a document was read from pictures."""
    return any(word.origin == "OCR" for page in transcript.pages for word in page.words)


def _place(head: _Head, zones: Zones, transcript: Transcript) -> Found[str] | None:
    dated = head.dated
    if dated is None or dated.place is None:
        return None
    place = Found(dated.place, Place(dated.place_span or dated.span), 0.9, "dòng địa danh, ngày tháng")
    issuers = [body.value for body in (head.agency, head.parent) if body]
    return spelled_as_elsewhere(place, issuers, zones.plain) if is_pictured(transcript) else place


def _acting_body(authority: Found[str] | None) -> Found[str] | None:
    """`T/M Ban Thường vụ`: the Ban Thường vụ acts for its committee; a State authority names the issuer itself."""
    if authority is None:
        return None
    match = re.match(r"T/[ML]\s+(.+)", authority.value)
    if not match or not re.search(r"ban thuong vu|thuong truc|ban chap hanh|bo chinh tri|ban bi thu|dang uy", bare(match[1])):
        return None
    return Found(match[1], authority.place, authority.confidence, "dòng thẩm quyền ký")
