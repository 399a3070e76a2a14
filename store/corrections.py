"""What did a person put in place of what was read, and how is it undone?

Nothing that was read is changed: a correction lies over it, each step is kept, and the last one stands.
"""

from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from store.errors import NotAllowed
from store.evidence import Read
from store.identity import identify
from store.links import link
from store.nodes import held_document
from store.reviewed import confirmed
from store.spelling import fold
from store.tables import CorrectionRow, DocumentRow, PageTextRow, RecipientRow, ValueRow

FIELDS = (
    "number", "type", "issued_on", "place", "agency", "parent_agency", "subject", "urgency", "secrecy",
    "signer.name", "signer.position", "signer.authority", "filed_at", "addressees", "recipients",
    "arrived_as", "arrived_on", "forwarded_to",
)  # fmt: skip
LISTS = ("addressees", "recipients")
ARRIVAL = ("arrived_as", "arrived_on", "forwarded_to")
"""What the arrival stamp says: the office's own number and day for the paper, and to whom it went on."""
DAYS = ("issued_on", "arrived_on")
_COLUMNS = ("number", "type", "issued_on", "place", "agency", "parent_agency", "subject", *ARRIVAL)
_NEEDED = ("number", "type", "issued_on", "agency")


def correct(  # noqa: PLR0913  what is said of what, by whom, when, from where, all named
    session: Session, document_id: int, field: str, value: str | None, *, by: str, now: datetime, place: Read | None = None
) -> None:
    """Lay a value over what was read (None: the document has none; a list: one a line).

    place: the words on the page that it was taken from; None for one that was typed.
    Raises NotFound for a document that is not held, NotAllowed for a value that the field cannot hold.
    """
    _step(
        session, document_id, CorrectionRow(name=field, value=_fitting(field, value), by=by, at=now, place=dict(place) if place else None)
    )


def undo(session: Session, document_id: int, field: str, *, by: str, now: datetime) -> None:
    """Let what was read stand again. Raises NotFound as correct does."""
    _step(session, document_id, CorrectionRow(name=field, value=None, undo=True, by=by, at=now))


def _step(session: Session, document_id: int, step: CorrectionRow) -> None:
    document = held_document(session, document_id)
    if step.name not in FIELDS:
        raise NotAllowed(f"Không có mục “{step.name}” để sửa.")
    key_before = document.key
    step.document_id = document_id
    session.add(step)
    session.flush()
    lay_over(session, document)
    link(session, document_id, key_before=key_before)


def _fitting(field: str, value: str | None) -> str | None:
    """Give the value with its spaces in order; an empty one is None."""
    lines = [" ".join(line.split()) for line in (value or "").splitlines()]
    joined = ("\n" if field in LISTS else " ").join(line for line in lines if line)
    if field in DAYS and joined:
        return _day(joined)
    return joined or None


def _day(value: str) -> str:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(value, form).date().isoformat()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    raise NotAllowed(f"“{value}” không phải là một ngày. Đề nghị ghi theo dạng 31/12/2025.")


def standing(session: Session, document_id: int) -> dict[str, CorrectionRow]:
    """Give the corrections of a document's head that stand, by field; those of its duties are store/amending.py's."""
    steps = session.scalars(select(CorrectionRow).where(CorrectionRow.document_id == document_id).order_by(CorrectionRow.id))
    last = {step.name: step for step in steps}
    return {name: step for name, step in last.items() if name in FIELDS and not step.undo}


def is_secret(session: Session, document_id: int) -> bool:
    """Say whether a document bears a mark of secrecy, as its head stands."""
    said = standing(session, document_id).get("secrecy")
    read = select(ValueRow.value).where(ValueRow.document_id == document_id, ValueRow.name == "secrecy")
    return bool(said.value if said else session.scalar(read))


def lay_over(session: Session, document: DocumentRow) -> None:
    """Work out the values of a held document that stand, its identity, its state and its words for search."""
    read = {row.name: row.value for row in session.scalars(select(ValueRow).where(ValueRow.document_id == document.id))}
    corrected, said = standing(session, document.id), confirmed(session, document.id)
    values = read | (said.values if said else {}) | {name: step.value for name, step in corrected.items()}
    for name in _COLUMNS:
        value = values.get(name)
        setattr(document, name, date.fromisoformat(value) if name in DAYS and value else value)
    checks = any(not values.get(name) for name in _NEEDED) or bool(document.to_verify)
    document.state = "Đã đối chiếu" if said else "Đã sửa" if corrected else "Cần đối chiếu" if checks else "Máy đọc"
    identify(session, document)
    _index_head(session, document, values, corrected)
    session.flush()


def _index_head(session: Session, document: DocumentRow, values: dict[str, str | None], corrected: dict[str, CorrectionRow]) -> None:
    """Make the head a page 0 of its own for search: a corrected subject is found though no page prints it."""
    bodies = select(RecipientRow.role, RecipientRow.name).where(RecipientRow.document_id == document.id)
    others = [name for role, name in session.execute(bodies) if role not in corrected]
    said = [value for name in FIELDS if (value := values.get(name)) and (name not in LISTS or name in corrected)]
    text = "\n".join([*said, *others])
    session.execute(delete(PageTextRow).where(PageTextRow.document_id == document.id, PageTextRow.page == 0))
    session.add(PageTextRow(document_id=document.id, page=0, text=text, folded=fold(text)))
