"""In what relation does this document stand to another one that it names, and how do two others stand to each other?

What stands inside another document's subject is no cue of this document, but tells how those two stand to each other
(`Nghị định A sửa đổi, bổ sung Nghị định B`); so does the passive (`A được sửa đổi, bổ sung bởi B`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlp.cues import MARKER, SELF, clause_before, is_law, read_cue
from nlp.directive import Relation
from nlp.partial import content_meant, exception_behind
from nlp.passages import Passage
from nlp.spots import Citation

RANK: dict[Relation, int] = {
    "amends": 0, "supplements": 0, "corrects": 0, "replaces": 1, "repeals": 2, "suspends": 2, "revokes": 2, "extends": 2,
    "guides": 3, "details": 3, "based_on": 4, "implements": 5, "urges": 5, "reports_on": 5, "attaches": 6, "forwards": 6,
    "replies_to": 7, "consolidates": 7, "mentions": 8,
}  # fmt: skip
_IN_RECORD: dict[Relation, str] = {
    "based_on": "basis", "amends": "amends", "supplements": "amends", "corrects": "amends", "replaces": "replaces",
    "repeals": "repeals", "suspends": "repeals", "guides": "guides", "details": "guides", "implements": "implements",
    "urges": "implements", "reports_on": "implements", "attaches": "attached", "forwards": "attached",
}  # fmt: skip

_SEPARATORS = re.compile(r"(?:\s|[,;.:&)\"”]|và(?!\w)|cùng(?!\w)|hoặc(?!\w)|các(?!\w)|số(?!\w)|của(?!\w)|một số nội dung tại(?!\w))*")
_LISTED_AFTER = re.compile(r"(?:[,;]|(?<!\w)(?:và|cùng với|cùng))\s*(?:các\s+|nội dung\s+)*(?:số\s*:?\s*)?$")
_SAME_CLAUSE = re.compile(r"\s*(?:,|và)\s[^.;(]{0,120}\s(?:tại|ban hành kèm theo)(?:\s+nội dung)?(?:\s+các)?\s*")
_CHANGES_TOO = re.compile(r"(?:và|,|;)\s+(?:bãi bỏ|thay thế|hủy bỏ)\s*$")
_PASSIVE = re.compile(
    r"(?:(?:\(|được\s|bị\s|đã\s)\s*(?P<verb>sửa đổi|bổ sung|thay thế|bãi bỏ|đính chính|kéo dài|hướng dẫn)"
    r"[^.;]{0,80}?\s(?:bởi|tại|theo|bằng)"
    r"|(?:sửa đổi|bổ sung)(?:,? bổ sung)?(?:\s+[^.;,]{0,30}\sbởi|\s+(?:bởi|tại|theo)))(?:\s+các)?\s*$"
)
_AMENDERS = re.compile(r"(?:và|cùng)(?: với)?\s+(?:các\s+)?[^\s,;.]+(?:\s[^\s,;.]+)?\s+sửa đổi(?:,? bổ sung)?\s*(?:gồm|là)?\s*[:(]?\s*$")
_CHANGING = re.compile(r"(?:sửa đổi|bổ sung|bãi bỏ|thay thế|đính chính)(?!\w)")
_PASSIVE_VERBS: dict[str, Relation] = {
    "thay thế": "replaces", "bãi bỏ": "repeals", "đính chính": "corrects", "kéo dài": "extends", "hướng dẫn": "guides",
}  # fmt: skip
_BETWEEN_OTHERS: tuple[tuple[Relation, re.Pattern[str]], ...] = (  # the last words of a subject before what it is about
    ("suspends", re.compile(r"(?:ngưng hiệu lực|đình chỉ)[^,;]{0,60}$")),
    ("replaces", re.compile(r"thay thế\s(?!cụm từ)[^,;]{0,60}$")),
    ("repeals", re.compile(r"(?:bãi bỏ|hủy bỏ)\s[^,;]{0,80}$")),
    ("amends", re.compile(r"(?:sửa đổi|bổ sung|đính chính)(?:,? bổ sung)?(?:,? bãi bỏ)?\s[^;]{0,140}$")),
    ("guides", re.compile(r"(?:quy định chi tiết|hướng dẫn|biện pháp thi hành)[^;]{0,160}$")),
    (
        "implements",
        re.compile(
            r"(?<!\w)theo\s*$"
            r"|^\W*(?:về (?:việc )?)?(?:tổ chức |triển khai )?(?:thực hiện|triển khai|cụ thể hóa)(?: các| một số \w+ của)?\s*$"
        ),
    ),
)
_RANKS = {"Hiến pháp": 0, "Bộ luật": 1, "Luật": 1, "Pháp lệnh": 2, "Nghị định": 3, "Thông tư liên tịch": 4, "Thông tư": 4}
_OBEYS: frozenset[Relation] = frozenset({"guides", "implements"})  # what only a lower document does to a higher one
_CHANGES: frozenset[Relation] = frozenset({"amends", "replaces", "repeals", "suspends"})
_ENDS = re.compile(r"(?:hết|không còn) hiệu lực(?: thi hành)?\s*(?:,|\.|;|kể từ|từ|trừ|$)")
_ISSUED_WITH = re.compile(r"\w\s*\(\s*kèm theo\s*$")
_SENT_ALONG = re.compile(r"\s*[(,]?\s*(?:có )?(?:bản sao )?(?:được )?(?:gửi|đính) kèm(?: theo)?\s*[).;]")
_FROM_A_DAY = re.compile(r"hết hiệu lực(?: thi hành)?,? (?:kể )?từ ngày \d[\w /.-]{3,30}[.;]?\s*$")
_STOP = re.compile(r"(?<!\d)\.\s+(?=\S)|\.\s*$")
_WEAK = frozenset({"mentions", "replies_to"})


def record_relation(relation: Relation) -> str:
    """Give the RECORD's word for an edge of the graph: `based_on` → `basis`, `details` → `guides`, all else `mentions`."""
    return _IN_RECORD.get(relation, "mentions")


def edge_relation(relation: Relation) -> str:
    """Give the word for an edge that is shown as such: as in a RECORD, but what only halts a document (`suspends`) does not end it."""
    return relation if relation == "suspends" else record_relation(relation)


@dataclass(frozen=True, slots=True)
class Related:
    """A citation, the relation in which this document stands to it, and whether it stands inside another's subject."""

    citation: Citation
    relation: Relation
    nested: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """Two other documents: source does to target what relation says (indices into the citations of the passage)."""

    source: int
    target: int
    relation: Relation


def relate(passage: Passage, citations: Sequence[Citation], own_kind: str | None = None) -> tuple[list[Related], list[Edge]]:
    """Give each citation its relation, and the edges between third documents; own_kind is the kind of the document itself."""
    reading = _Reading(passage, citations, own_kind)
    for i in range(len(citations)):
        reading.take(i)
    reading.close()
    return reading.related, reading.edges


class _Reading:
    """The state of one pass over a passage: which subject is open, which passive or list of amending documents goes on."""

    def __init__(self, passage: Passage, citations: Sequence[Citation], own_kind: str | None) -> None:
        self.passage, self.citations, self.own_kind = passage, citations, own_kind
        self.related: list[Related] = []
        self.edges: list[Edge] = []
        self.outer: int | None = None
        self.passive: tuple[int, Relation] | None = None
        self.held: tuple[int, Relation] | None = None  # a passive that a subject with documents of its own interrupts
        self.amended: int | None = None

    def take(self, i: int) -> None:
        """Take the next citation."""
        c, lower = self.citations[i], self.passage.lower
        before = self.citations[i - 1].end if i else 0
        gap = lower[max(min(before, c.lead), c.lead - 900) : c.lead]
        listed = bool(i and _SEPARATORS.fullmatch(gap))
        if passive := _PASSIVE.search(gap):
            self._take_passive(i, _PASSIVE_VERBS.get(passive["verb"] or "", "amends"))
        elif self.outer is not None and ((listed and self.amended is not None) or _AMENDERS.search(gap)):
            self._take_amender(i)
        elif listed:
            self._take_listed(i, closed=")" in gap or ";" in gap)
        elif self._is_of_inner_list(i, gap):
            self._nest(i, (self.outer or 0, "amends"))
        elif self._is_inside(i, gap):
            self._take_nested(i, gap)
        else:
            self._take_own(i, gap)

    def _take_passive(self, i: int, relation: Relation) -> None:
        """`A được sửa đổi bởi B`; where what was amended has no name of its own, B is only mentioned."""
        if i:
            self.passive = (self._base_of(i), relation)
            self._add_passive(i)
        else:
            self.related.append(Related(self.citations[i], "mentions", nested=False))
            self.outer = i

    def _base_of(self, i: int) -> int:
        """The document that was amended is the nearest before of the same kind, or the one whose subject is open."""
        kind, sources = self.citations[i].kind, {edge.source for edge in self.edges[-40:]}
        same = next((j for j in range(i - 1, max(-1, i - 40), -1) if self.citations[j].kind == kind and j not in sources), None)
        return same if same is not None else self.outer if self.outer is not None else i - 1

    def _add_passive(self, i: int) -> None:
        if self.passive:
            self.edges.append(Edge(i, *self.passive))
        self.related.append(Related(self.citations[i], "mentions", nested=True))

    def _take_amender(self, i: int) -> None:
        """`bãi bỏ A và các Thông tư sửa đổi, bổ sung: B, C`: they share A's lot, and each amends it."""
        outer = self.outer or 0
        self.amended = outer if self.amended is None else self.amended
        self.edges.append(Edge(i, self.amended, "amends"))
        self.passive = None
        self.related.append(Related(self.citations[i], self.related[outer].relation, nested=False))

    def _add_outer(self, i: int, relation: Relation, citation: Citation | None = None) -> None:
        self.passive = self.held = self.amended = None
        self.related.append(Related(citation or self.citations[i], relation, nested=False))
        self.outer = i

    def _nest(self, i: int, *edges: tuple[int, Relation]) -> None:
        """Add a citation that stands inside another's subject, and what the sources do to it."""
        self.edges += [Edge(source, i, relation) for source, relation in edges]
        self.held, self.passive = self.passive or self.held, None
        self.related.append(Related(self.citations[i], "mentions", nested=True))

    def _take_listed(self, i: int, *, closed: bool) -> None:
        """The next member of a list stands where the one before it stands, unless a bracket was closed in between."""
        last, changes = self.related[-1], self._has_subject(i, changing=True)
        self.passive = self.passive or (self.held if changes else None)
        if self.passive and not closed and (changes or not self._has_subject(i, changing=False)):
            self._add_passive(i)
        elif self.outer is not None and (self.passive or (last.nested and (closed or changes))):
            self._add_outer(i, self.related[self.outer].relation)
        elif last.nested:
            self._take_inner_listed(i)
        else:
            self._add_outer(i, last.relation)

    def _take_inner_listed(self, i: int) -> None:
        """The next of a list inside a subject: what was done to the one before it, or to the last of its kind, is done to it too."""
        recent = self.edges[-40:]
        same = [(e.source, e.relation) for e in recent if e.target == i - 1]
        may = [(source, relation) for source, relation in same if relation not in _OBEYS or not self._stands_beside(source, i)]
        if len(may) == len(same) or self.outer is None:
            self._nest(i, *may)
            return
        changed = [(e.source, e.relation) for e in recent if e.source == self.outer and self._is_of_kind(e.target, i)]
        if changed or not self._is_of_kind(self.outer, i):
            self._nest(i, *changed[-1:])
        else:
            self._add_outer(i, self.related[self.outer].relation)

    def _has_subject(self, i: int, *, changing: bool) -> bool:
        """Say whether a citation's subject is printed behind it, and tells that it changes others, or that it does not."""
        title = self.citations[i].title
        return title is not None and bool(_CHANGING.match(title.lower().removeprefix("về "))) == changing

    def _is_of_inner_list(self, i: int, gap: str) -> bool:
        """`bãi bỏ Điều 2 Thông tư A sửa đổi một số điều của Thông tư B quy định …; Thông tư C …`: A amends C too.

        Told by the part: of A only a part is meant, and C stands without one beside B, which is of its kind.
        """
        c = self.citations[i]
        if self.outer is None or c.scope or not self.citations[self.outer].scope or not _LISTED_AFTER.search(gap):
            return False
        inner = [self.citations[e.target].kind for e in self.edges[-40:] if e.source == self.outer and e.relation == "amends"]
        return c.kind in inner and not _CHANGES_TOO.search(gap) and "." not in gap

    def _is_inside(self, i: int, gap: str) -> bool:
        """Say whether a citation stands inside the subject of an earlier one, and is not the next of its list."""
        if self.outer is None:
            return False
        c, last = self.citations[i], self.citations[i - 1 if self.related[i - 1].nested else self.outer]
        if c.start >= max(last.title_end, self.citations[self.outer].title_end):
            return False
        resumes = _LISTED_AFTER.search(gap) and c.own_word and (c.number is not None or c.serial is not None)
        changes = _CHANGES_TOO.search(gap) and self.related[self.outer].relation not in _WEAK
        return not resumes and not changes

    def _take_nested(self, i: int, gap: str) -> None:
        """The last words before a citation inside a subject tell what the document of that subject does to it."""
        last = i - 1
        inner = self.related[last].nested and self.citations[i].start < self.citations[last].title_end
        source = last if inner or self.outer is None else self.outer
        said = gap if last == source else self._before(i, self.citations[source].end)
        relation = next((relation for relation, pattern in _BETWEEN_OTHERS if pattern.search(said)), None)
        if relation in _CHANGES and self.outer is not None and self._is_of_kind(self.outer, i) and not self._is_of_kind(source, i):
            source = self.outer  # a decree does not change a circular: the circular does whose subject it all is
        if relation in _OBEYS and self._stands_beside(source, i):
            relation = None
        self._nest(i, *([(source, relation)] if relation else []))

    def _stands_beside(self, a: int, b: int) -> bool:
        """Say whether a stands as high as b or higher: a law does not carry out a decree, nor a decree guide a decree."""
        ranks = [_RANKS.get(self.citations[each].kind or "") for each in (a, b)]
        return ranks[0] is not None and ranks[1] is not None and ranks[0] <= ranks[1]

    def _is_of_kind(self, a: int, b: int) -> bool:
        return self.citations[a].kind == self.citations[b].kind

    def _before(self, i: int, start: int) -> str:
        """Give the last words before a citation, no further back than start."""
        lead = self.citations[i].lead
        return self.passage.lower[max(start, lead - 220) : lead]

    def _take_own(self, i: int, gap: str) -> None:
        c = self.citations[i]
        before = self.citations[i - 1].end if i else 0
        if self.outer is not None:
            subject_end = max(self.citations[self.outer].title_end, before)
            tail = self.passage.lower[subject_end : c.lead] if subject_end < c.lead else gap
            if self._goes_on(tail, whole=tail is gap):
                self._add_outer(i, self.related[self.outer].relation)
                return
            before = min(subject_end, c.lead) if subject_end < c.lead else before
        relation = read_cue(self.passage, clause_before(self.passage, before, c.lead, first=i == 0), self.own_kind)
        if relation == "attaches" and is_law(c.kind) and _ISSUED_WITH.search(gap):
            relation = "mentions"  # `Danh mục (kèm theo Quyết định số …)`: not this document brought them, but the decision the list
        if relation == "mentions" and self.passage.zone in ("body", "opening") and _SENT_ALONG.match(self.passage.lower, c.end):
            relation = "attaches"
        if relation in _CHANGES and c.scope is None and (what := content_meant(self.passage, before, c.lead)):
            c = replace(c, scope=what)
        self._add_outer(i, relation, c)

    def _goes_on(self, tail: str, *, whole: bool) -> bool:
        """Say whether a list goes on after a subject: only separators stand there, or `và đề xuất của X tại`."""
        if _LISTED_AFTER.search(tail) and (whole or _SEPARATORS.fullmatch(tail)):
            return True
        return bool(_SAME_CLAUSE.fullmatch(tail)) and not re.search(r"thực hiện|triển khai|căn cứ|theo quy định", tail)

    def close(self) -> None:
        """What stands at the end of a sentence speaks of all documents that it lists: `… hết hiệu lực kể từ ngày`, `…, trừ Điều 5`."""
        lower = self.passage.lower
        if "hết hiệu lực" in lower or "không còn hiệu lực" in lower:
            for i, each in enumerate(self.related):
                if not each.nested and RANK[each.relation] > RANK["repeals"] and self._lapses(each.citation):
                    self.related[i] = Related(each.citation, "repeals", nested=False)
        if "trừ " in lower:
            for i, each in enumerate(self.related):
                if not each.nested and each.relation in _CHANGES:
                    self.related[i] = replace(each, citation=self._less_exception(each.citation))

    def _lapses(self, citation: Citation) -> bool:
        """Say whether the sentence ends a document: from the day of this one, or in a law from a day that it names."""
        lower = self.passage.lower
        furthest = min(len(lower), citation.end + 3000)
        stop = _STOP.search(lower, citation.end, furthest)
        match = _ENDS.search(lower, citation.end, stop.start() if stop else furthest)
        if match is None:
            return False
        begin = clause_before(self.passage, 0, citation.lead, first=True).sentence
        if SELF.search(lower, match.end(), match.end() + 200) or SELF.search(begin) or MARKER.fullmatch(begin):
            return True
        return is_law(self.own_kind) and bool(_FROM_A_DAY.match(lower, match.start()))

    def _less_exception(self, citation: Citation) -> Citation:
        leads = tuple(other.lead for other in self.citations if other.start > citation.start)
        left_out = exception_behind(self.passage, citation.end, leads)
        parts = (citation.scope, left_out)
        return replace(citation, scope="; ".join(part for part in parts if part)) if left_out else citation
