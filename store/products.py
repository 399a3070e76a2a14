"""What was handed over with a report on a duty: which files, which documents of ours?

The bytes of a file are kept among the originals; nobody reads them here. A product is part of the step with which it was handed over
and is taken back with it.
"""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.answers import Product, Viewer
from store.errors import NotAllowed, NotFound
from store.nodes import bearers
from store.originals import Original
from store.scope import see_as
from store.tables import OriginalRow
from store.work_tables import ProductRow, StepRow

MOST = 20  # products of one step


def hand_over_file(session: Session, duty_id: int, name: str, kept: Original, *, now: datetime) -> None:
    """Put a kept file to the last step of a duty. Raises NotAllowed for too many."""
    if session.get(OriginalRow, kept.sha256) is None:
        session.add(OriginalRow(sha256=kept.sha256, size=kept.size, kept_at=now))
        session.flush()
    _add(session, duty_id, ProductRow(name=name, sha256=kept.sha256, size=kept.size))


def hand_over_document(session: Session, duty_id: int, number: str, issued_on: date | None = None) -> None:
    """Put the document that bears a number to the last step of a duty. Raises NotAllowed where none or several are held."""
    found = [row for row in bearers(session, number) if row.held and issued_on in (None, row.issued_on)]
    if not found:
        raise NotAllowed(f"Không có văn bản số “{number}” trong kho. Đề nghị kiểm tra lại số, hoặc đính kèm tệp.")
    if len(found) > 1:
        days = "; ".join(f"{row.issued_on:%d/%m/%Y}" if row.issued_on else "không rõ ngày" for row in found[:5])
        raise NotAllowed(f"Có {len(found)} văn bản số “{number}” trong kho (ngày {days}). Đề nghị ghi thêm ngày: {number} ngày 05/01/2026.")
    _add(session, duty_id, ProductRow(name=found[0].number or number, document_id=found[0].id))


def _add(session: Session, duty_id: int, row: ProductRow) -> None:
    step = session.scalar(select(func.max(StepRow.id)).where(StepRow.duty_id == duty_id))
    if step is None:
        raise NotFound
    if (session.scalar(select(func.count()).where(ProductRow.step_id == step)) or 0) >= MOST:
        raise NotAllowed(f"Mỗi lần báo cáo đính kèm nhiều nhất {MOST} tệp, văn bản.")
    row.step_id = step
    session.add(row)
    session.flush()


def products_of(session: Session, steps: Collection[int]) -> dict[int, tuple[Product, ...]]:
    """Give what was handed over with each of these steps, in its order."""
    found: dict[int, tuple[Product, ...]] = {}
    for row in session.scalars(select(ProductRow).where(ProductRow.step_id.in_(steps)).order_by(ProductRow.id)):
        found[row.step_id] = (*found.get(row.step_id, ()), _product(row))
    return found


def product(session: Session, duty_id: int, product_id: int, *, seen_by: Viewer) -> Product:
    """Give one product of a duty. Raises NotFound."""
    see_as(session, seen_by)
    of_duty = select(ProductRow).join(StepRow, StepRow.id == ProductRow.step_id).where(StepRow.duty_id == duty_id)
    row = session.scalar(of_duty.where(ProductRow.id == product_id))
    if row is None:
        raise NotFound("Không tìm thấy tệp.")
    return _product(row)


def _product(row: ProductRow) -> Product:
    return Product(row.id, row.name, row.sha256, row.size, row.document_id)
