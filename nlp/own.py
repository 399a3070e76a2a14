"""What does the reader know of the document itself before it reads the body? Handed to references and duties."""

from dataclasses import dataclass
from datetime import date

from nlp.directive import Family


@dataclass(frozen=True, slots=True)
class Own:
    """The document's own number, type, date, agency, parent agency, family and addressees, as far as the head tells them."""

    family: Family
    number: str | None
    type: str | None
    issued_on: date | None
    agency: str | None
    parent_agency: str | None
    addressees: tuple[str, ...] = ()
