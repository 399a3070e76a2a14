"""What does a person mean who writes, or points at, a document that is cited, or a duty?

The same grammar reads it as reads the documents: a number in any spelling with what stands around it, a limit as a day or in words.
"""

import re
from dataclasses import dataclass
from datetime import date

from api.wording import RELATIONS, parse_day, typed_day
from nlp.dated import WRITTEN, read_date
from nlp.directive import NOWHERE, Deadline, Duty, Reference, Relation
from nlp.duty_reading import is_group
from nlp.kind import kind_of_code, kinds
from nlp.letters import bare
from nlp.limits import deadline, elsewhere
from nlp.number import find_numbers
from nlp.times import find_times
from store.errors import NotAllowed

RULE = "người đối chiếu ghi"
_OF = re.compile(r"\scủa\s+([^,;.()]{3,200})$")


@dataclass(frozen=True, slots=True)
class Cited:
    """What a form says of a document that is cited: a phrase with its number or title, and what the phrase does not tell."""

    phrase: str
    relation: str
    day: str = ""
    agency: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Ordered:
    """What a form says of a duty, as it was typed; several co-ordinators are parted by semicolons."""

    task: str
    limit: str = ""
    assignee: str = ""
    co_ordinators: str = ""
    product: str = ""
    to_whom: str = ""
    through: str = ""


def reference_of(said: Cited, family: str | None) -> Reference:
    """Understand a reference. Raises NotAllowed for a relation that there is not, or a day that is none."""
    if said.relation not in RELATIONS:
        raise NotAllowed("Đề nghị chọn quan hệ với văn bản được viện dẫn.")
    phrase = " ".join(said.phrase.split())
    found = next(iter(find_numbers(phrase)), None)
    number = found.number if found else None
    around = phrase[: found.span.start] if found else phrase
    code = number.type_code if number else None
    issuer = _OF.search(phrase)
    return Reference(
        type=_kind_named(around) or (kind_of_code(code, family or "state") if code else None),
        number=number.canonical if number else None,
        issued_on=typed_day(said.day) or _day_in(phrase),
        agency=_plain(said.agency) or (issuer[1].strip() if issuer and number else None),
        title=None if number else phrase or None,
        relation=_relation(said.relation),
        mentions=(NOWHERE,),
        confidence=1.0,
        rule=RULE,
        scope=_plain(said.scope),
    )


def duty_of(said: Ordered, issued_on: date | None) -> Duty:
    """Understand a duty; a limit counts from issued_on where it needs a day to count from."""
    assignee = _plain(said.assignee)
    return Duty(
        task=" ".join(said.task.split()),
        place=NOWHERE,
        confidence=1.0,
        rule=RULE,
        assignee=assignee,
        is_group=is_group(assignee),
        co_ordinators=tuple(name for part in said.co_ordinators.split(";") if (name := _plain(part))),
        product=_plain(said.product),
        to_whom=_plain(said.to_whom),
        through=_plain(said.through),
        deadline=limit_of(said.limit, issued_on),
    )


def limit_of(text: str, issued_on: date | None) -> Deadline | None:
    """Understand a limit: a day, words that name one or a rhythm, or words as they stand; None for none."""
    words = " ".join(text.split())
    if not words:
        return None
    if day := parse_day(words):
        return Deadline("date", words, NOWHERE, "at latest", day)
    time = next(find_times(words, issued_on), None)
    if time is not None:
        return deadline(time, words)
    return elsewhere(words.lower(), words, 0, len(words)) or Deadline("none", words, NOWHERE)


def _kind_named(phrase: str) -> str | None:
    """Give the kind with which a phrase begins."""
    words = f"{bare(phrase).strip()} "
    return next((kind.name for kind in kinds() if words.startswith(f"{bare(kind.name)} ")), None)


def _relation(name: str) -> Relation:
    return next(one for one in RELATIONS if one == name)


def _plain(text: str) -> str | None:
    return " ".join(text.split()) or None


def _day_in(phrase: str) -> date | None:
    written = WRITTEN.search(phrase, max(0, bare(phrase).find("ngay")))
    read = read_date(phrase, written.start()) if written else None
    return read[0] if read else None
