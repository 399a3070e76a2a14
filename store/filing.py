"""How does what was read of a document become rows?

Filing the same pages of the same bytes again replaces what the machine read and keeps what a person touched.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from ingest.transcript import Transcript
from nlp.directive import Directive, Found
from store.answers import Purpose
from store.corrections import ARRIVAL, lay_over
from store.duty_rows import replace_duties
from store.evidence import read_at
from store.identity import of_document
from store.links import link, stub_for
from store.paging import arranged_in
from store.redating import follow
from store.reference_rows import replace_references
from store.spelling import fold, key
from store.tables import AttachmentRow, DocumentRow, EventRow, PageTextRow, RecipientRow, ReferenceRow, ValueRow

SPLIT_OTHERWISE = "Lần đọc sau tách tệp này thành các văn bản khác; đề nghị đối chiếu với những văn bản còn lại của tệp."


def file_all(
    session: Session,
    *,
    sha256: str,
    parts: Sequence[tuple[Transcript, Directive]],
    purpose: Purpose,
    now: datetime,
    rules: str | None = None,
) -> tuple[int, ...]:
    """File all documents that the bytes sha256 hold, each with its part of the transcript; give their ids, in the order of the pages.

    A document that an earlier reading found at another page stays as it was, with a note; where a person arranged the pages of a
    part, that stands, and nothing is filed for it here. The caller commits.
    """
    by_hand = arranged_in(session, sha256)
    filed = [
        file(session, sha256=sha256, transcript=transcript, directive=directive, purpose=purpose, now=now, rules=rules)
        for transcript, directive in parts
        if not by_hand.pages & {page.number for page in transcript.pages}
    ]
    for left in session.scalars(select(DocumentRow).where(DocumentRow.sha256 == sha256, DocumentRow.id.not_in(filed))):
        if left.id in by_hand.documents:
            left.purpose = "daily" if purpose == "daily" else left.purpose
        else:
            left.notes = [*(note for note in left.notes if note != SPLIT_OTHERWISE), SPLIT_OTHERWISE]
    return (*filed, *by_hand.documents)


def file(  # noqa: PLR0913  what is filed, whence, why, when, all named
    session: Session,
    *,
    sha256: str,
    transcript: Transcript,
    directive: Directive,
    purpose: Purpose,
    now: datetime,
    rules: str | None = None,
) -> int:
    """File what was read of one document in the bytes sha256 and link it; give the document's id. The caller commits.

    rules is the mark of the rules by which it was understood.
    """
    first, last = (transcript.pages[0].number, transcript.pages[-1].number) if transcript.pages else (1, None)
    document = session.scalar(select(DocumentRow).where(DocumentRow.sha256 == sha256, DocumentRow.first_page == first))
    again = document is not None
    if document is None:
        arrived = DocumentRow(held=True, sha256=sha256, first_page=first, identity="", purpose=purpose, filed_at=now)
        document = _new(session, arrived, directive)
    if purpose == "daily":
        document.purpose = purpose
    document.last_page = last
    put_in(session, document, transcript, directive, rules=rules, again=again)
    return document.id


def put_in(
    session: Session, document: DocumentRow, transcript: Transcript, directive: Directive, *, rules: str | None, again: bool = True
) -> None:
    """Put what was read now in place of what was read of a document before (again: something was), and link it.

    What a person said of it stands.
    """
    key_before, named_before = _keys(session, document) if again else (None, [])
    document.transcript_id, document.media_type, document.family = transcript.id, transcript.media_type, directive.family
    document.rules = rules
    document.missing, document.to_verify = dict(directive.missing), list(directive.to_verify)
    document.notes = [*directive.notes, *transcript.notes]
    with session.no_autoflush:
        _replace_readings(session, document.id, transcript, directive, again=again)
        replace_references(session, document.id, transcript, directive.references)
        replace_duties(session, document.id, transcript, directive.duties)
        lay_over(session, document)
    link(session, document.id, key_before=key_before, named_before=named_before)
    follow(session, document.id)


def _keys(session: Session, document: DocumentRow) -> tuple[str | None, list[str]]:
    """Give the key that a document bears, and those that it names, as filed before."""
    named = session.scalars(select(ReferenceRow.target_key).where(ReferenceRow.document_id == document.id))
    return document.key, list(named)


def _new(session: Session, arrived: DocumentRow, directive: Directive) -> DocumentRow:
    """Add the row of a document that arrives; one that was only cited until now is filled."""
    arrived.number, arrived.type = _text(directive.number), _text(directive.type)
    arrived.agency, arrived.parent_agency, arrived.place = map(_text, (directive.agency, directive.parent_agency, directive.place))
    arrived.issued_on = directive.issued_on.value if directive.issued_on else None
    sought = of_document(session, arrived)
    cited = stub_for(session, sought) if sought else None
    if cited is None:
        session.add(arrived)
        session.flush()
        return arrived
    cited.sha256, cited.first_page, cited.held = arrived.sha256, arrived.first_page, True
    cited.purpose, cited.filed_at = arrived.purpose, arrived.filed_at
    return cited


def _text(found: Found[str] | None) -> str | None:
    return found.value if found else None


def head_fields(directive: Directive) -> Iterator[tuple[str, Found[str] | Found[date]]]:
    """Yield name and value of each field of the head that was found, named as in the RECORD."""
    for name in (
        "number",
        "type",
        "issued_on",
        "place",
        "agency",
        "parent_agency",
        "acting_body",
        "subject",
        "urgency",
        "secrecy",
        "filed_at",
        *ARRIVAL,
    ):
        if found := getattr(directive, name):
            yield name, found
    for name in ("name", "position", "authority"):
        if found := getattr(directive.signer, name):
            yield f"signer.{name}", found


def _replace_readings(session: Session, document_id: int, transcript: Transcript, directive: Directive, *, again: bool) -> None:
    for table, rows in (
        (ValueRow, _values(transcript, directive)),
        (RecipientRow, _recipients(transcript, directive)),
        (AttachmentRow, _attachments(transcript, directive)),
        (EventRow, _events(transcript, directive)),
        (PageTextRow, _pages(transcript)),
    ):
        if again:
            session.execute(delete(table).where(table.document_id == document_id))
        if made := [{"document_id": document_id, **row} for row in rows]:
            session.execute(insert(table).execution_options(render_nulls=True), made)


def _values(transcript: Transcript, directive: Directive) -> Iterator[dict[str, Any]]:
    for name, found in head_fields(directive):
        value = found.value.isoformat() if isinstance(found.value, date) else found.value
        others = [other.isoformat() if isinstance(other, date) else other for other in found.candidates]
        yield {"name": name, "value": value, "candidates": others, **read_at(transcript, found.place, found.rule, found.confidence)}


def _recipients(transcript: Transcript, directive: Directive) -> Iterator[dict[str, Any]]:
    for role, bodies in (("addressees", directive.addressees), ("recipients", directive.recipients)):
        for position, found in enumerate(bodies):
            where = read_at(transcript, found.place, found.rule, found.confidence)
            yield {"role": role, "position": position, "name": found.value, "folded": key(found.value), **where}


def _attachments(transcript: Transcript, directive: Directive) -> Iterator[dict[str, Any]]:
    for position, attachment in enumerate(directive.attachments):
        where = read_at(transcript, attachment.place, "", 1.0)
        yield {"position": position, "title": attachment.title, "kind": attachment.kind, **where}


def _events(transcript: Transcript, directive: Directive) -> Iterator[dict[str, Any]]:
    for position, event in enumerate(directive.events):
        where = read_at(transcript, event.place, event.rule, event.confidence)
        what = {"title": event.title, "on": event.on, "at": event.at, "venue": event.venue, "attendees": list(event.attendees)}
        yield {"position": position, **what, **where}


def _pages(transcript: Transcript) -> Iterator[dict[str, Any]]:
    for page in transcript.pages:
        yield {"page": page.number, "text": page.text, "folded": fold(page.text)}
