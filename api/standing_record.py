"""What is the RECORD of a filed document as it stands now, with a person's corrections laid over what was read?"""

from typing import Any

from fastapi import APIRouter

from api.desk import AtDesk, Id
from api.documents import one
from api.record import LIMITS, PLAIN
from nlp.relations import record_relation
from store.answers import Citation, DocumentView, DutyLine
from store.corrections import ARRIVAL
from store.errors import NotFound

api = APIRouter(prefix="/api", tags=["Văn bản"])
Json = dict[str, Any]


@api.get("/documents/{document_id}/record", summary="Bản ghi của một văn bản như đang có trong kho, kể cả phần người dùng đã sửa")
def get_record(desk: AtDesk, document_id: Id) -> Json:
    """Give the same form as `vanthu extract`: one RECORD under `documents`. Raises NotFound for a document that is only cited."""
    view = one(desk, document_id)
    if not view.line.held:
        raise NotFound
    return {"documents": [standing_record(view)]}


def standing_record(view: DocumentView) -> Json:
    """Turn a document as a person sees it into the RECORD that programs read."""
    value = {line.name: line.value for line in view.fields}
    return {
        **{name: value.get(name) for name in (*PLAIN, "issued_on")},
        "signer": {name: value.get(f"signer.{name}") for name in ("name", "position", "authority")},
        "addressees": [line.value for line in view.addressees],
        "recipients": [line.value for line in view.recipients],
        "references": [_reference(citation) for citation in view.cites],
        "deadlines": [_deadline(duty) for duty in view.duties if duty.kind in LIMITS],
        "to_verify": [line.name for line in view.fields if line.to_verify and line.name not in ARRIVAL],
        "arrival": {
            **{name: value.get(name) for name in ARRIVAL},
            "to_verify": [line.name for line in view.fields if line.to_verify and line.name in ARRIVAL],
        },
        "pages": list(view.file_pages) if view.file_pages else None,
        "family": view.family,
        "attachments": list(view.attachments),
        "notes": list(view.notes),
    }


def _reference(citation: Citation) -> Json:
    target = citation.target
    return {
        "type": target.type,
        "number": target.number,
        "issued_on": target.issued_on.isoformat() if target.issued_on else None,
        "agency": target.agency,
        "title": None if target.number else target.subject,
        "relation": record_relation(citation.relation),
    }


def _deadline(duty: DutyLine) -> Json:
    """A recurring limit has no date of its own: the next day that is shown to people is only an instance."""
    day = duty.due_on if duty.kind == "date" else None
    return {
        "kind": duty.kind,
        "date": day.isoformat() if day else None,
        "text": duty.limit_text,
        "assignee": duty.assignee,
        "task": duty.task,
    }
