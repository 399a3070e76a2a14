"""Which document is meant by a number, or by a title, and does a document fit?

Identity is the body, the kind, the number and the period in which a number is used once; never the number alone. Numbers of bodies
that there is one of (30/2020/NĐ-CP, 132-QĐ/TW) name their body themselves.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy.orm import Session

from store.agencies import agency_of, own_mark, same, surroundings
from store.knowledge import agency_words
from store.numbers import NumberKey, number_key, period
from store.spelling import key
from store.tables import AgencyRow, DocumentRow

_DATE_IN_TITLE = re.compile(r"\bngay \d{1,2}(?: thang)? \d{1,2}(?: nam)? (\d{4})\b")
_FILLERS = {"nam", "so", "cua"}
Fit = Literal[0, 1, 2]


@dataclass(frozen=True, slots=True)
class Sought:
    """What is known of a document that is looked for.

    before is the day of the document that names it, province that of its body: a paper cites what is older, and what is near.
    """

    key: str
    number: NumberKey | None
    type_key: str | None
    issued_on: date | None
    period: str | None
    agency: AgencyRow | None
    mark: str
    before: date | None = None
    province: str | None = None

    @property
    def names_its_body(self) -> bool:
        """Say whether the key alone tells the body."""
        return not self.number.is_local if self.number else not self.mark

    @property
    def identity(self) -> str:
        """Give the identity under which a document that is only cited is kept."""
        return cited_identity(self, self.type_key, self.period, self.agency.id if self.agency else None)


def cited_identity(sought: Sought, kind: str | None, when: str | None, agency_id: int | None) -> str:
    """Write the identity out of a document that is only cited; one whose body is unknown is parted by who cites it."""
    body = "" if sought.names_its_body else str(agency_id or sought.mark)
    told = sought.number and sought.number.year and sought.names_its_body
    return f"{sought.key}|{'' if told else kind or ''}|{body}|{when or ''}"


def type_key(kind: str | None) -> str | None:
    """Give the key of a kind of document; `văn bản` may be any."""
    return None if not kind or key(kind) == "van ban" else key(kind)


def title_key(title: str, kind: str | None = None, issued_on: date | None = None) -> str:
    """Give the key of a title: `Luật Đất đai năm 2013`, `Luật Đất đai ngày 29/11/2013` and `Luật Đất đai` of that day are one."""
    folded = _DATE_IN_TITLE.sub(r"\1", key(title))
    words = [word for word in folded.split() if word not in _FILLERS]
    if type_key(kind) in agency_words().national_types:
        starts = " ".join(words).startswith(key(kind or ""))
        words = words if starts else [*key(kind or "").split(), *words]
        if issued_on and not any(re.fullmatch(r"(?:19|20)\d\d", word) for word in words):
            words.append(str(issued_on.year))
    return "t:" + " ".join(words)


def is_national(kind: str | None, title: str) -> bool:
    """Say whether a title names one document in the whole country."""
    words = f" {key(title)} "
    return type_key(kind) in agency_words().national_types or any(f" {word} " in words for word in agency_words().national_words)


def identify(session: Session, document: DocumentRow) -> None:
    """Work out a held document's key, body and period anew from the values that stand."""
    sought = of_document(session, document)
    document.key = sought.key if sought and sought.number else None
    document.type_key = type_key(document.type)
    document.period = sought.period if sought else None
    document.identity = sought.identity if sought else own_mark(document)


def of_document(session: Session, document: DocumentRow) -> Sought | None:
    """Give a held document as others would look for it; None for one without a number. Its agency is found on the way."""
    number = number_key(document.number) if document.number else None
    document.agency_id = None
    agency = agency_of(session, document.agency, number, surroundings(session, document))
    document.agency_id = agency.id if agency else None
    if number is None or not number.is_whole:
        return None
    when = period(number, document.issued_on)
    return Sought(number.text, number, type_key(document.type), document.issued_on, when, agency, own_mark(document))


def fit(sought: Sought, node: DocumentRow, agency: AgencyRow | None) -> Fit:
    """Say how well a document fits: 2 by all that parts documents, 1 with something unknown, 0 not."""
    one_body = True if sought.names_its_body else same(sought.agency, agency)
    if one_body is False or _kinds_differ(sought, node) or _times_differ(sought, node):
        return 0
    same_day = sought.issued_on is not None and sought.issued_on == node.issued_on
    if one_body is None and not same_day and not _is_near(sought, agency):
        return 0
    return 2 if one_body and (sought.period is not None or sought.number is None) and sought.period == node.period else 1


def _kinds_differ(sought: Sought, node: DocumentRow) -> bool:
    if not sought.type_key or not node.type_key or (sought.number and sought.number.year and sought.names_its_body):
        return False
    return not (sought.type_key.startswith(node.type_key) or node.type_key.startswith(sought.type_key))


def _times_differ(sought: Sought, node: DocumentRow) -> bool:
    if sought.period and node.period:
        return sought.period != node.period
    if sought.issued_on or not sought.before:  # two laws of one title in one year are told by the day
        return sought.number is None and None not in (sought.issued_on, node.issued_on) and sought.issued_on != node.issued_on
    if node.issued_on:
        return node.issued_on > sought.before
    return bool(node.period and node.period.isdigit() and int(node.period) > sought.before.year)


def _is_near(sought: Sought, agency: AgencyRow | None) -> bool:
    """Say whether a document's body stands in the hierarchy of the one that cites it."""
    return bool(agency and sought.province and agency.province == sought.province)
