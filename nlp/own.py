"""What does the reader know of the document itself before it reads the body? Handed to references and duties."""

from dataclasses import dataclass
from datetime import date

from nlp.directive import Directive, Family


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


def own_of(directive: Directive) -> Own:
    """Give what the head of a document told, from all that was read of it."""
    number, kind, issued = directive.number, directive.type, directive.issued_on
    return Own(
        family=directive.family,
        number=number.value if number else None,
        type=kind.value if kind else None,
        issued_on=issued.value if issued else None,
        agency=directive.agency.value if directive.agency else None,
        parent_agency=directive.parent_agency.value if directive.parent_agency else None,
        addressees=tuple(addressee.value for addressee in directive.addressees),
    )
