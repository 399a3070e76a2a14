"""What does a directive say?

Every value is Found: the value, the place it was read, how sure the reader is (0 to 1) and the rule that found it.
A value that is not there is None, with its reason in Directive.missing.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from ingest.transcript import Box, Span

T = TypeVar("T")
Family = Literal["state", "party", "mass_org"]
Relation = Literal[
    "based_on", "implements", "guides", "details", "amends", "supplements", "corrects", "replaces", "repeals", "suspends",
    "consolidates", "replies_to", "attaches", "forwards", "urges", "extends", "revokes", "reports_on", "mentions",
]  # fmt: skip
Status = Literal["resolved", "ambiguous", "unmatched"]
LimitKind = Literal["date", "recurring", "relative", "elsewhere", "none"]
RejectedKind = Literal["limit", "order", "document"]
Bound = Literal["before", "at latest", "within", "on", "every", "after event", "none"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: a span of the Transcript's text, or a region (page from 1, box in points) that has no word."""

    span: Span | None = None
    page: int | None = None
    box: Box | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value, where it was read, how sure the reader is, by which rule, and what else it may be."""

    value: T
    place: Place
    confidence: float
    rule: str
    candidates: tuple[T, ...] = ()


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed: name, own position (Bí thư), and on whose behalf (T/M Ban Thường vụ; two lines joined by a comma)."""

    name: Found[str] | None = None
    position: Found[str] | None = None
    authority: Found[str] | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document that this one names, once, however often it is named.

    number is as in `07-NQ/HU`, without spaces; title is the name where there is no number, else the quoted subject;
    source is None when this document itself stands in the relation, else the number or title of the third document
    that does; scope is the part meant, as printed (`Điều 3`); mentions are all places, the first the best.
    parts: how sure of issued_on, agency and relation (name, 0 to 1), where the document itself is the right one.
    """

    type: str | None
    number: str | None
    issued_on: dt.date | None
    agency: str | None
    title: str | None
    relation: Relation
    mentions: tuple[Place, ...]
    confidence: float
    rule: str
    status: Status = "unmatched"
    scope: str | None = None
    source: str | None = None
    misprints: tuple[str, ...] = ()
    parts: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when, as printed and as resolved.

    text is the shortest run of words that says it; date is its last day (None for recurring, relative, elsewhere);
    at is the hour where one is named; recurrence is an RFC 5545 RRULE; anchor is what a relative limit counts from;
    assumptions are sentences in Vietnamese (a year that was filled in).
    """

    kind: LimitKind
    text: str
    place: Place
    bound: Bound = "none"
    date: dt.date | None = None
    at: dt.time | None = None
    recurrence: str | None = None
    anchor: str | None = None
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """Who must do what, by when, for whom.

    assignee is as printed (bodies joined by a comma); is_group when it names a class or a share (`100% tổ chức cơ sở
    đảng`); inferred names the fields that were not said in the sentence itself but taken from around it.
    confidence is that of the limit, where there is one; parts: how sure of task and assignee (name, 0 to 1).
    """

    task: str
    place: Place
    confidence: float
    rule: str
    assignee: str | None = None
    is_group: bool = False
    giver: str | None = None
    co_ordinators: tuple[str, ...] = ()
    product: str | None = None
    to_whom: str | None = None
    through: str | None = None
    deadline: Deadline | None = None
    inferred: tuple[str, ...] = ()
    parts: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting or visit that the document calls: what, when, where, who attends."""

    title: str
    place: Place
    on: dt.date | None
    at: dt.time | None
    venue: str | None
    attendees: tuple[str, ...]
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """What comes with the document: an outline, a form, an appendix, a titled document."""

    title: str
    kind: Literal["document", "appendix", "form", "outline", "copy"]
    place: Place


@dataclass(frozen=True, slots=True)
class Directive:
    """All that one official document says. missing: field name → reason in Vietnamese; to_verify: as in GUIDE (`deadlines[1].date`).

    arrived_as, arrived_on and forwarded_to are no words of its own: they are what the office that took it in wrote into its
    arrival stamp (its number in the register of incoming documents, the day, to whom the paper went on).
    """

    family: Family
    number: Found[str] | None = None
    type: Found[str] | None = None
    issued_on: Found[dt.date] | None = None
    place: Found[str] | None = None
    agency: Found[str] | None = None
    parent_agency: Found[str] | None = None
    acting_body: Found[str] | None = None
    subject: Found[str] | None = None
    urgency: Found[str] | None = None
    secrecy: Found[str] | None = None
    signer: Signer = field(default_factory=Signer)
    addressees: tuple[Found[str], ...] = ()
    recipients: tuple[Found[str], ...] = ()
    filed_at: Found[str] | None = None
    references: tuple[Reference, ...] = ()
    duties: tuple[Duty, ...] = ()
    events: tuple[Event, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    missing: dict[str, str] = field(default_factory=dict)
    to_verify: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    arrived_as: Found[str] | None = None
    arrived_on: Found[dt.date] | None = None
    forwarded_to: Found[str] | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """What looks like a limit, an order or another document and was not taken for one: its words, where, why (in Vietnamese)."""

    kind: RejectedKind
    text: str
    place: Place
    reason: str
