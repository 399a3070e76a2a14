"""Which office runs the program?"""

from typing import Literal, cast

from sqlalchemy.orm import Session

from store.answers import Office
from store.tables import OfficeRow


def get_office(session: Session) -> Office | None:
    """Give the office, None when it was not set up yet."""
    row = session.get(OfficeRow, 1)
    if row is None:
        return None
    return Office(row.name, cast("Literal['state', 'party', 'mass_org']", row.family), row.parent, row.place, row.term)


def set_office(session: Session, office: Office) -> None:
    """Set or change the office; what is filed from now on is understood from it."""
    session.merge(OfficeRow(id=1, name=office.name, family=office.family, parent=office.parent, place=office.place, term=office.term))
