"""What does the store hand out?

Records for people: nothing here is a table row, and nothing here changes. A place is given as page, boxes (points,
origin top left) and the words themselves, so that a line on a screen opens at the words it came from.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal

from ingest.transcript import Box, Region
from nlp.directive import Bound, LimitKind, Relation

Purpose = Literal["daily", "archive"]
JobState = Literal["waiting", "reading", "done", "failed", "dead", "cancelled"]
ReadingState = Literal["Máy đọc", "Cần đối chiếu", "Đã đối chiếu", "Đã sửa"]
StepKind = Literal[
    "accept", "start", "assign", "report", "complete", "send back", "extend", "instruct",
    "pause", "resume", "decline", "comment", "share", "tick", "untick", "urge", "undo",
]  # fmt: skip
DutyState = Literal["Chưa thực hiện", "Đang thực hiện", "Chờ xác nhận", "Đã hoàn thành", "Trả lại", "Tạm dừng", "Không thuộc trách nhiệm"]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking; no question has a default viewer. Who does not see all is asked for by name and unit (store/scope.py)."""

    name: str
    sees_all: bool = True
    unit: int | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """The office that runs the program: its name, family, the body above it, its place, its term (`2020-2025`)."""

    name: str
    family: Literal["state", "party", "mass_org"]
    parent: str | None
    place: str | None
    term: str | None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the office (`own`), or a body that reports to it (`under`); closed_on is when it ended."""

    id: int
    name: str
    kind: Literal["own", "under"]
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Units that documents call by one name, and its other names."""

    id: int
    name: str
    aliases: tuple[str, ...]
    members: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """A register: incoming or outgoing, name, period, the kind of document it is kept for, first and next number, count of entries."""

    id: int
    way: Literal["in", "out"]
    name: str
    period: str
    type_key: str | None
    first: int
    next: int
    closed_on: date | None
    count: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a register, with the columns of its printed form (Nghị định 30/2020/NĐ-CP, phụ lục IV)."""

    id: int
    serial: str
    """The number, with its letter if it was put in between (`15a`)."""
    state: Literal["used", "held", "cancelled"]
    on: date
    author: str
    number: str
    issued_on: date | None
    subject: str
    forwarded_to: str
    forwarded_on: date | None
    note: str
    document_id: int | None
    by: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """Given after the bytes are synced and the row is committed: from here on nothing can be lost."""

    id: int
    name: str
    sha256: str
    size: int
    received_at: datetime
    duplicate_of: int | None
    """The receipt that brought the same bytes before, if any."""


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the ledger: a receipt on its way to a document. pages_done of pages (None until it is known)."""

    id: int
    receipt_id: int
    name: str
    sha256: str
    purpose: Purpose
    state: JobState
    attempts: int
    pages_done: int
    pages: int | None
    error: str | None
    document_ids: tuple[int, ...]
    received_at: datetime
    earlier: Receipt | None = None
    """The receipt that brought the same bytes before, if any."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value was read: page (from 1; None for none), boxes on that page, the words, span of the whole text, rule, confidence."""

    page: int | None
    boxes: tuple[Box, ...]
    words: str
    start: int | None
    end: int | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of a document as a person sees it: the value that stands, what was read, who corrected it."""

    name: str
    value: str | None
    read: str | None
    reason: str | None
    """Why it is missing, in Vietnamese."""
    evidence: Evidence | None
    corrected_by: str | None
    corrected_at: datetime | None
    to_verify: bool
    candidates: tuple[str, ...] = ()
    confirmed_by: str | None = None
    """Who confirmed the value as it was read."""


@dataclass(frozen=True, slots=True)
class Witness:
    """What another document tells of a number that is in doubt: for it or against it, in a sentence, and which document."""

    number: str
    is_for: bool
    sentence: str
    document_id: int


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document in a list. held is False for one that is only cited."""

    id: int
    number: str | None
    type: str | None
    issued_on: date | None
    agency: str | None
    subject: str | None
    held: bool
    state: ReadingState | None
    filed_at: datetime | None
    cited_by: int


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One document that waits for a person: why; with what reason it was put off, if it was; who has it open now."""

    document: DocumentLine
    reasons: tuple[str, ...]
    put_off: str | None
    locked_by: str | None


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file that the store holds: the hash of its bytes, the name it came under, what it was brought in for."""

    sha256: str
    name: str
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class Difference:
    """What another reading would change: the field, what stands, what it reads; is_kept where a person's word stands against it."""

    name: str
    before: str | None
    after: str | None
    is_kept: bool


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty as it stands on a given day. standing is the wording of the screen: `Quá hạn 3 ngày`, `Không nêu hạn`."""

    id: int
    document_id: int
    number: str | None
    subject: str | None
    issued_on: date | None
    giver: str | None
    assignee: str | None
    is_group: bool
    co_ordinators: tuple[str, ...]
    task: str
    product: str | None
    to_whom: str | None
    through: str | None
    kind: LimitKind
    bound: Bound
    limit_text: str | None
    due_on: date | None
    """The limit; for a recurring one its next occurrence on or after the day asked for, None where no day is known."""
    due_at: time | None
    recurrence: str | None
    standing: str
    days_left: int | None
    """Calendar days to the limit, negative when overdue."""
    assumptions: tuple[str, ...]
    inferred: tuple[str, ...]
    evidence: Evidence | None
    state: DutyState = "Chưa thực hiện"
    accepted_by: str | None = None
    """Who confirmed that this is a duty, or first worked on it; None while only the machine says so."""
    unit: str | None = None
    first_limit: date | None = None
    """The limit of the document, where it was put off or dated anew."""
    leader_limit: date | None = None
    done_on: date | None = None
    members: int = 0
    ticked: int = 0
    """How many units have done their part of a duty that was shared out."""
    later: tuple[int, ...] = ()
    """Documents that urged it or dated it anew."""
    proposal: dict[str, Any] | None = None
    """What a later reading would have made of it, had no person touched it."""
    added_by: str | None = None
    """The person who says that there is this duty; None where it was read."""

    @property
    def stands(self) -> bool:
        """Say whether it counts in figures: somebody confirmed it, or began with it. What only the machine read does not."""
        return self.accepted_by is not None or self.state != "Chưa thực hiện"


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does about a duty.

    day: of extend and instruct the new limit, of report and complete when it was done (today, if none); units: of assign the one
    unit, of share, tick, untick and urge the members.
    """

    kind: StepKind
    note: str = ""
    day: date | None = None
    units: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    """What was handed over with a report: a file that is kept (its name, hash, bytes), or a document that is held (its number)."""

    id: int
    name: str
    sha256: str | None
    size: int | None
    document_id: int | None


@dataclass(frozen=True, slots=True)
class StepLine:
    """One thing that somebody did about a duty; stands is False when it was taken back."""

    id: int
    kind: StepKind
    by: str
    at: datetime
    note: str
    day: date | None
    units: tuple[int, ...]
    stands: bool
    products: tuple[Product, ...] = ()


@dataclass(frozen=True, slots=True)
class DutyView:
    """Everything about one duty."""

    line: DutyLine
    document: DocumentLine
    read_limit: date | None
    """The day that its document names."""
    extended_to: date | None
    unit_id: int | None
    steps: tuple[StepLine, ...]
    done: tuple[Unit, ...]
    """Of a duty that was shared out the units that have ticked; left are the others."""
    left: tuple[Unit, ...]
    later: tuple[DocumentLine, ...]
    follows: int | None
    """The earlier duty that this one urges or dates anew."""
    next_steps: frozenset[StepKind]
    undoes: StepKind | None
    """The step that an undo takes back."""
    binds: bool
    """False in an archive and for a document that is not issued yet."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One edge of the graph, in the active voice: source relation target. status as in design.md 5."""

    source: DocumentLine
    target: DocumentLine
    relation: Relation
    scope: str | None
    status: Literal["resolved", "ambiguous", "unmatched"]
    candidates: tuple[DocumentLine, ...]
    mentions: int
    evidence: Evidence | None
    reference_id: int | None = None
    """What the source itself says of it; None where a third document does."""
    added_by: str | None = None
    """The person who says that the one names the other; None where it was read."""


@dataclass(frozen=True, slots=True)
class Citations:
    """What one document cites and what cites it; a look-up by number may find several documents."""

    document: DocumentLine
    cites: tuple[Citation, ...]
    cited_by: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class EventLine:
    """A meeting that a document calls."""

    id: int
    document_id: int
    number: str | None
    title: str
    on: date | None
    at: time | None
    venue: str | None
    attendees: tuple[str, ...]
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class PageView:
    """One page to look at: size in points (0 where the source has none), its text, its notes."""

    number: int
    width: float
    height: float
    text: str
    start: int
    """Offset of the page's first character in the whole text."""
    notes: tuple[str, ...]
    regions: tuple[Region, ...] = ()
    """What was stamped or written over the print, from top to bottom."""
    mark: str = ""
    """Which picture it is: another page that a person puts in its place, or the page turned, has another mark."""


@dataclass(frozen=True, slots=True)
class HandLine:
    """What a person added to what was read of a document, or took out of it, and nobody has undone: what it names, who, when."""

    id: int
    kind: Literal["reference", "duty"]
    verb: Literal["add", "remove"]
    says: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One thing that somebody said of a document: when, who, what; of which field (`number`, `duty.task`), from what to what.

    For an addition or a removal name is `reference` or `duty`; after says what was added, before what was taken out.
    """

    at: datetime
    by: str
    deed: Literal["correct", "undo", "confirm", "put off", "reopen", "add", "remove"]
    name: str = ""
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class AttachedLine:
    """What comes with a document: its title, what it is, where it is named."""

    title: str
    kind: str
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class ScanLine:
    """One time that a file was handed in: its name, by whom, when."""

    name: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DocumentView:
    """Everything about one document that is held or cited."""

    line: DocumentLine
    family: str | None
    fields: tuple[FieldLine, ...]
    addressees: tuple[FieldLine, ...]
    recipients: tuple[FieldLine, ...]
    duties: tuple[DutyLine, ...]
    events: tuple[EventLine, ...]
    cites: tuple[Citation, ...]
    cited_by: tuple[Citation, ...]
    attachments: tuple[str, ...]
    pages: tuple[PageView, ...]
    names: tuple[str, ...]
    """The names of the files it came in as."""
    sha256: str | None
    media_type: str | None
    notes: tuple[str, ...]
    file_pages: tuple[int, int] | None = None
    """First and last page of the file, counted from 1; None for one that is only cited."""
    same_file: tuple[int, ...] = ()
    """The documents of the same file in the order of its pages, this one too; empty where the file holds no other."""
    witnesses: tuple[Witness, ...] = ()
    """What other documents tell of a number that is in doubt."""
    by_hand: tuple[HandLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One search hit: the document and a snippet, in which (start, end) pairs mark what matched."""

    document: DocumentLine
    snippet: str
    marks: tuple[tuple[int, int], ...]
    page: int | None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """To which documents a search is narrowed: values of each facet, any of which may hold; none chosen lets all pass."""

    types: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    """`1` for documents that are held, `0` for those that are only cited."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet and how many documents have it, of those that the other facets let pass."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """How many documents a search finds, and how they part by each facet (named as in Narrowing), the largest first."""

    total: int
    parts: dict[str, tuple[FacetValue, ...]]


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that somebody keeps: its name, and what its address asks (`tu=báo+cáo&nam=2026`)."""

    id: int
    name: str
    asked: str


Turn = Literal[0, 90, 180, 270]
LeafKind = Literal["page", "annex", "set aside"]
PageStepKind = Literal["split", "join", "move", "order", "turn", "rescan", "annex", "keep scan", "bring back", "undo"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a document: a page (from 1) of the file sha256, turned clockwise; reading names the transcript it was read in.

    kind: a page of the document itself, of an annex that was joined to it, or what is kept beside it (a scan that was replaced).
    """

    sha256: str
    page: int
    reading: str
    turn: Turn = 0
    kind: LeafKind = "page"

    @property
    def read_as(self) -> str:
        """Name the transcript in which the page was read the way up that it has here."""
        return f"{self.reading}-t{self.turn}" if self.turn else self.reading

    @property
    def mark(self) -> str:
        """Name its picture: another page, or the page turned, has another."""
        return f"{self.sha256[:32]}-{self.page}-{self.turn}"


@dataclass(frozen=True, slots=True)
class PageStep:
    """One thing that somebody did to the pages of documents, in a sentence; stands is False when it was taken back."""

    id: int
    kind: PageStepKind
    told: str
    by: str
    at: datetime
    documents: tuple[int, ...]
    stands: bool


@dataclass(frozen=True, slots=True)
class LeafView:
    """One page to arrange: its position, the number that calls it, the leaf, its file, its size in points (0: no image), first words."""

    position: int
    number: int
    leaf: Leaf
    file: str
    width: float
    height: float
    begins: str


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The pages of a document: as they stand, what was done to them (the newest first), which step an undo takes back.

    is_arranged: a person arranged them; until then they are those of its file. into: the document to which all of them went.
    """

    document: DocumentLine
    leaves: tuple[LeafView, ...]
    is_arranged: bool
    steps: tuple[PageStep, ...]
    undoes: PageStep | None
    into: DocumentLine | None = None


Validity = Literal[
    "Chưa có hiệu lực", "Còn hiệu lực", "Hết hiệu lực một phần", "Hết hiệu lực", "Ngưng hiệu lực", "Chưa rõ hiệu lực", "Không áp dụng",
]  # fmt: skip
"""What is known of a document on a day; of letters, invitations and the like it is not asked."""


@dataclass(frozen=True, slots=True)
class Change:
    """What another document did to one: when (None: no day is known), how, to which part (None: the whole), what held from then on."""

    on: date | None
    relation: Relation
    scope: str | None
    by: DocumentLine
    validity: Validity
    is_odd: bool
    """It is older than the document that it changes: one of the two days was misread. It counts for nothing."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """The validity of a document as of a day, and all changes to it that are known, the oldest first, those of later days too."""

    validity: Validity
    as_of: date
    history: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A document around another: how many steps away (negative: the other cites it), its validity."""

    document: DocumentLine
    depth: int
    validity: Validity


@dataclass(frozen=True, slots=True)
class Link:
    """One edge between two nodes, in the active voice. is_odd: the source is older than what it names."""

    source_id: int
    target_id: int
    relation: Relation
    scope: str | None
    is_odd: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is around a document: nodes from the nearest on, the document itself first, edges among them; is_more: not all are given.

    circles: documents that lead back to themselves, each circle in the order of its edges.
    """

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    is_more: bool
    circles: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Resting:
    """A directive that rests on another: its validity, and the way to it: the documents from the directive on, and how each rests."""

    document: DocumentLine
    validity: Validity
    path: tuple[DocumentLine, ...]
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """Which directives rest on a document, the nearest first; is_more: not all are given."""

    document: DocumentLine
    resting: tuple[Resting, ...]
    is_more: bool


@dataclass(frozen=True, slots=True)
class Outdated:
    """A directive that cites a document which is no longer in force: since when, and whether it was so when it was cited."""

    document: DocumentLine
    cited: DocumentLine
    relation: Relation
    ended_on: date
    ended_by: DocumentLine
    was_ended: bool


@dataclass(frozen=True, slots=True)
class Directing:
    """How many duties the papers of one agency give to one body."""

    giver: str
    assignee: str
    duties: int


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a document's timeline: what happened on a day: it was issued, it came, another document changed it, a duty falls due."""

    on: date
    what: Literal["issued", "arrived", "changed", "due"]
    words: str = ""
    """The number of arrival, or the duty's task."""
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case file (hồ sơ): its year's list, its mark there, title, keeper, years of retention (None: for ever), and how many documents.

    closed_on is when its work ended; hand_over_by the last day to give it to the archive, a year later.
    """

    id: int
    year: int
    mark: str
    title: str
    keeper: str
    years: int | None
    note: str
    closed_on: date | None
    hand_over_by: date | None
    count: int


@dataclass(frozen=True, slots=True)
class DossierItem:
    """One line of a case file's table of contents; pages is None where they are not known."""

    ordinal: int
    document: DocumentLine
    pages: int | None
    note: str


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """An agency that documents name: how many of its documents are held, how many only cited, and which others (id, name) are this one."""

    id: int
    name: str
    held: int
    cited: int
    merged: tuple[tuple[int, str], ...]
