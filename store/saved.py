"""Which searches does a person keep?"""

from datetime import UTC, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from store.answers import SavedSearch, Viewer
from store.errors import NotAllowed
from store.work_tables import SavedQueryRow

MOST = 50  # of one person
_LONGEST = 100  # letters of a name


def saved(session: Session, *, seen_by: Viewer) -> tuple[SavedSearch, ...]:
    """Give the viewer's own searches, by name."""
    rows = select(SavedQueryRow).where(SavedQueryRow.by == seen_by.name).order_by(SavedQueryRow.name, SavedQueryRow.id)
    return tuple(SavedSearch(row.id, row.name, row.asked) for row in session.scalars(rows))


def save(session: Session, asked: str, name: str, *, by: str) -> None:
    """Keep what an address asks under a name; asked twice, it takes the new name. Raises NotAllowed for too many."""
    name = " ".join(name.split())[:_LONGEST] or "Tìm kiếm"
    row = session.scalar(select(SavedQueryRow).where(SavedQueryRow.by == by, SavedQueryRow.asked == asked))
    if row is not None:
        row.name = name
        return
    if (session.scalar(select(func.count()).where(SavedQueryRow.by == by)) or 0) >= MOST:
        raise NotAllowed(f"Đã lưu {MOST} tìm kiếm. Đề nghị xóa bớt trước khi lưu thêm.")
    session.add(SavedQueryRow(by=by, name=name, asked=asked, at=datetime.now(UTC)))


def forget(session: Session, search_id: int, *, by: str) -> None:
    """Keep a search no longer; another person's stays."""
    session.execute(delete(SavedQueryRow).where(SavedQueryRow.id == search_id, SavedQueryRow.by == by))
