"""In what relation does this document stand to another one that it names, and how do two others stand to each other?

The cue stands before the citation (`thay thế Thông tư số …`) or at the end of the sentence (`… hết hiệu lực`); what stands
inside another document's subject is no cue of this document, but tells how those two stand to each other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from nlp.citation import Citation
from nlp.directive import Relation
from nlp.kind import kinds
from nlp.passages import Passage

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

_SEPARATORS = re.compile(r"(?:\s|[,;.:&)]|và(?!\w)|cùng(?!\w)|hoặc(?!\w)|các(?!\w)|số(?!\w)|của(?!\w)|một số nội dung tại(?!\w))*")
_LISTED_AFTER = re.compile(r"(?:[,;]|(?<!\w)(?:và|cùng với|cùng))\s*(?:các\s+|nội dung\s+)*$")
_PASSIVE = re.compile(
    r"(?:\(|được\s|bị\s|đã\s)\s*(?P<verb>sửa đổi|bổ sung|thay thế|bãi bỏ|đính chính|kéo dài|hướng dẫn)[^.;]{0,80}?\s(?:bởi|tại|theo|bằng)(?:\s+các)?\s*$"
)
_BETWEEN_OTHERS = (  # the last words of a subject before the document that it is about
    ("suspends", re.compile(r"(?:ngưng hiệu lực|đình chỉ)[^,;]{0,60}$")),
    ("replaces", re.compile(r"thay thế\s(?!cụm từ)[^,;]{0,60}$")),
    ("repeals", re.compile(r"(?:bãi bỏ|hủy bỏ)\s[^,;]{0,80}$")),
    ("amends", re.compile(r"(?:sửa đổi|bổ sung|đính chính)(?:,? bổ sung)?(?:,? bãi bỏ)?\s[^;]{0,140}$")),
    ("guides", re.compile(r"(?:quy định chi tiết|hướng dẫn)[^;]{0,160}$")),
)
_SELF = re.compile(
    r"(?<!\w)(?:thông tư|nghị định|quyết định|nghị quyết|luật|pháp lệnh|quy định|quy chế|chỉ thị|hướng dẫn|văn bản|kế hoạch) này(?!\w)"
)
_CHANGES = (
    ("amends", re.compile(r"(?:thay thế|bãi bỏ|bỏ|bổ sung) (?:các |một số )?(?:cụm )?từ(?!\w)|thay thế (?:mẫu|phụ lục|biểu)")),
    ("amends", re.compile(r"(?<!\w)(?:sửa đổi|bổ sung|đính chính)(?:\s*,?\s*bổ sung)?(?:\s*,?\s*(?:bãi bỏ|thay thế))?(?!\w)")),
    ("replaces", re.compile(r"(?<!\w)thay thế(?!\w)")),
    ("repeals", re.compile(r"(?<!\w)(?:bãi bỏ|hủy bỏ|huỷ bỏ|hết hiệu lực|thu hồi)(?!\w)")),
    ("suspends", re.compile(r"(?<!\w)(?:ngưng hiệu lực|đình chỉ(?: việc)? thi hành)(?!\w)")),
    ("guides", re.compile(r"(?<!\w)(?:quy định chi tiết|hướng dẫn)(?!\w)")),
)
_ENDS = re.compile(r"hết hiệu lực(?: thi hành)?\s*(?:,|\.|;|kể từ|từ|trừ|$)")
_MARKER = re.compile(r"\W*(?:điều \d+[a-z]?\s*[.:]\s*|\d{1,2}(?:\.\d{1,2})*\s*[.)/-]?\s+|[a-zđ]\)\s*|[ivx]{1,4}\s*[.-]\s*)?\W*")
_BASIS = re.compile(r"(?:căn cứ|trên cơ sở|xét|theo đề nghị|theo đề xuất|theo tờ trình|theo ý kiến|sau khi xem xét)(?!\w)")
_BY = re.compile(r"theo(?! quy định tại| dõi|\s+quy định của)(?!\w)")
_MID_BASIS = re.compile(r"[,;]\s*(?:và )?(?:trên cơ sở|căn cứ|theo đề nghị|xét)(?!\w)")
_IMPLEMENTS = re.compile(
    r"(?<!\w)(?:thực hiện|triển khai|cụ thể h[oó][áa]|quán triệt|tuân thủ|chấp hành|thi hành|thực thi|bám sát|vận dụng|hoàn thành|hưởng ứng)(?!\w)"
)
_REVIEW = re.compile(
    r"(?:tình hình|kết quả|quá trình|năm|tháng|thực tiễn|sơ kết|tổng kết|đánh giá|khó khăn[^.;]{0,30})\s+(?:\S+\s+){0,4}?(?:thực hiện|triển khai|thi hành|chấp hành)\s*$"
)
_URGES = re.compile(r"(?<!\w)đôn đốc(?!\w)[^.;]{0,60}$")
_POINTS = re.compile(r"(?<!\w)(?:theo|tại|căn cứ|như)(?!\w)")
_STIPULATED = re.compile(r"(?:quy định|nêu|ghi) (?:tại|trong|ở)\s[^.;]{0,60}$|(?:quy định|nêu) tại\s*$|theo quy định của\s*$")
_OBEYS = re.compile(r"thực hiện\s+(?:\S+\s+){0,3}?(?:đúng|nghiêm|nghiêm túc)\s+(?:\S+\s+){0,3}?quy định (?:tại|của)\s*$")
_ATTACHES = re.compile(
    r"(?:^|[.(;:]|[-+])\s*(?:xin )?(?:gửi kèm|đính kèm|kèm)(?: theo)?(?:\s+(?:theo|văn bản|bản|toàn văn|nội dung|các|là))*\s*$"
)
_FORWARDS = re.compile(r"(?:^|[.(;:])\s*(?:xin )?(?:sao gửi|gửi|chuyển)\s+[^.;]{0,80}$")
_REPLIES = re.compile(r"(?:phúc đáp|trả lời)(?!\w)[^.;]{0,80}$")
_RESULTS = frozenset({"mentions", "replies_to"})


def record_relation(relation: Relation) -> str:
    """Give the RECORD's word for an edge of the graph: `based_on` → `basis`, `details` → `guides`, all else `mentions`."""
    return _IN_RECORD.get(relation, "mentions")


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


def relate(passage: Passage, citations: Sequence[Citation]) -> tuple[list[Related], list[Edge]]:
    """Give each citation its relation, and the edges between third documents."""
    reading = _Reading(passage, citations)
    for i in range(len(citations)):
        reading.take(i)
    reading.close()
    return reading.related, reading.edges


class _Reading:
    """The state of one pass over a passage: which subject is open, what the last citation was."""

    def __init__(self, passage: Passage, citations: Sequence[Citation]) -> None:
        self.passage, self.citations = passage, citations
        self.related: list[Related] = []
        self.edges: list[Edge] = []
        self.outer: int | None = None
        self.passive: tuple[int, Relation] | None = None

    def take(self, i: int) -> None:
        c, lower = self.citations[i], self.passage.lower
        before = self.citations[i - 1].end if i else 0
        gap = lower[min(before, c.lead) : c.lead]
        if i and (passive := _PASSIVE.search(gap)):
            self._take_passive(i, _verb_relation(passive["verb"]))
        elif i and _SEPARATORS.fullmatch(gap):
            self._take_listed(i, closed=")" in gap or ";" in gap)
        elif self._is_inside(i, gap):
            self._take_nested(i, gap)
        else:
            self._take_own(i, gap)

    def _take_passive(self, i: int, relation: Relation) -> None:
        target = self._base_of(i)
        self.passive = (target, relation)
        self.edges.append(Edge(i, target, relation))
        self.related.append(Related(self.citations[i], "mentions", nested=True))

    def _base_of(self, i: int) -> int:
        """The document that was amended is the nearest before of the same kind, or the one whose subject is open."""
        kind = self.citations[i].kind
        same = [j for j in range(i) if self.citations[j].kind == kind and not any(e.source == j for e in self.edges)]
        return same[-1] if same else self.outer if self.outer is not None else i - 1

    def _take_listed(self, i: int, *, closed: bool) -> None:
        last = self.related[-1]
        if self.passive and not closed:
            self.edges.append(Edge(i, *self.passive))
            self.related.append(Related(self.citations[i], "mentions", nested=True))
            return
        if (self.passive or (closed and last.nested)) and self.outer is not None:
            self.passive = None
            self._add_outer(i, self.related[self.outer].relation)
            return
        if last.nested:
            self.edges += [Edge(e.source, i, e.relation) for e in self.edges if e.target == i - 1]
            self.related.append(Related(self.citations[i], last.relation, nested=True))
        else:
            self._add_outer(i, last.relation)

    def _is_inside(self, i: int, gap: str) -> bool:
        """Say whether a citation stands inside the subject of the one before, and is not the next of its list."""
        if self.outer is None or self.citations[i].start >= self.citations[self.outer].title_end:
            return False
        c = self.citations[i]
        resumes = bool(_LISTED_AFTER.search(gap)) and c.own_word and (c.number is not None or c.serial is not None)
        changes = re.search(r"(?:và|,|;)\s+(?:bãi bỏ|thay thế|hủy bỏ)\s*$", gap) and self.related[self.outer].relation not in _RESULTS
        return not resumes and not changes

    def _take_nested(self, i: int, gap: str) -> None:
        assert self.outer is not None
        source = self.outer
        subject = self.passage.lower[self.citations[source].end : self.citations[i].lead]
        for relation, pattern in _BETWEEN_OTHERS:
            if pattern.search(gap if i - 1 == source else subject[-220:]):
                self.edges.append(Edge(source, i, relation))  # type: ignore[arg-type]  # the table holds Relations
                break
        self.passive = None
        self.related.append(Related(self.citations[i], "mentions", nested=True))

    def _take_own(self, i: int, gap: str) -> None:
        self.passive = None
        c = self.citations[i]
        listed = self.outer is not None and self.related[self.outer].relation
        if self.outer is not None and listed:
            rest = self.passage.lower[min(max(self.citations[self.outer].title_end, self.citations[i - 1].end), c.lead) : c.lead]
            tail = rest if rest.strip() else gap
            if _LISTED_AFTER.search(tail) and (_SEPARATORS.fullmatch(tail) or not rest.strip()):
                self._add_outer(i, listed)
                return
            if re.fullmatch(
                r"\s*(?:,|;|và)\s[^.;]{0,120}\s(?:tại|ban hành kèm theo)(?:\s+nội dung)?(?:\s+các)?\s*", tail
            ) and not _IMPLEMENTS.search(tail):
                self._add_outer(i, listed)
                return
        self._add_outer(i, read_cue(self.passage, c, gap, first=i == 0))

    def _add_outer(self, i: int, relation: Relation) -> None:
        self.related.append(Related(self.citations[i], relation, nested=False))
        self.outer = i

    def close(self) -> None:
        """`… hết hiệu lực kể từ ngày` at the end of a sentence speaks of all documents that the sentence lists."""
        lower = self.passage.lower
        for i, each in enumerate(self.related):
            if each.nested or each.relation not in _RESULTS:
                continue
            end = next((m.start() for m in _sentence_ends(lower, each.citation.end)), len(lower))
            match = _ENDS.search(lower, each.citation.end, end)
            if match and self._says_so_itself(each.citation, match.end(), end):
                self.related[i] = Related(each.citation, "repeals", nested=False)

    def _says_so_itself(self, citation: Citation, start: int, end: int) -> bool:
        lower = self.passage.lower
        begin = _sentence_start(lower, citation.lead)
        return bool(_SELF.search(lower, start, end) or _SELF.search(lower, begin, end) or _MARKER.fullmatch(lower[begin : citation.lead]))


def _verb_relation(verb: str) -> Relation:
    return {"thay thế": "replaces", "bãi bỏ": "repeals", "đính chính": "corrects", "kéo dài": "extends", "hướng dẫn": "guides"}.get(
        verb, "amends"
    )  # type: ignore[return-value]


@cache
def _own_title_start() -> re.Pattern[str]:
    names = "|".join(sorted((kind.name.lower() for kind in kinds()), key=len, reverse=True))
    return re.compile(rf"\W*(?:(?:{names})\W+)?(?:về việc |v/v |về )?(?:quy định (?!chi tiết)\S+ )?")


def _sentence_ends(lower: str, start: int) -> list[re.Match[str]]:
    return list(re.compile(r"(?<!\d)\.\s+(?=\S)|\.\s*$").finditer(lower, start))


def _sentence_start(lower: str, at: int) -> int:
    starts = [m.end() for m in re.compile(r"(?<!\d)(?<!tp)\.\s+|:\s+(?=[-+])").finditer(lower, max(0, at - 600), at)]
    return starts[-1] if starts else max(0, at - 600) if at > 600 else 0


def read_cue(passage: Passage, citation: Citation, gap: str, *, first: bool) -> Relation:
    """Read the relation from the words between the last citation and this one, and from how the paragraph begins."""
    lower = passage.lower
    begin = _sentence_start(lower, citation.lead)
    sentence = lower[begin : citation.lead]
    if passage.zone == "footnote":
        gap = gap[-80:]
    change = _change(passage, sentence, gap)
    if change:
        return change
    if passage.zone not in ("head", "title", "attachment", "footnote"):
        basis = _basis(passage, gap, sentence, first=first)
        if basis:
            return basis
    return _carried_out(gap, sentence) or _sent(passage, gap)


def _change(passage: Passage, sentence: str, gap: str) -> Relation | None:
    """`Thông tư này thay thế …`, `Điều 1. Sửa đổi, bổ sung …`, an own title `Hướng dẫn thi hành …`: this document does it."""
    if passage.zone in ("head", "title"):
        start = _own_title_start().match(passage.lower)
        at = start.end() if start else 0
        said = sentence[at:] if len(sentence) > at else sentence
    else:
        start = _MARKER.match(sentence)
        said = sentence[start.end() if start else 0 :]
    for relation, pattern in _CHANGES:
        last = None
        for last in pattern.finditer(gap):
            pass
        if last is None:
            continue
        opens = bool(pattern.match(said)) or bool(re.match(r"(?:sửa đổi|bãi bỏ|thay thế|bổ sung)", said))
        by_self = _SELF.search(sentence) or re.search(
            r"ban hành (?:thông tư|nghị định|luật|nghị quyết|quyết định|pháp lệnh) (?:\S+ ){0,3}?$", sentence[: sentence.find(last[0])]
        )
        if "dự thảo" in sentence or "đề xuất" in sentence or passage.zone == "attachment":
            continue
        if opens and (relation != "guides" or passage.zone == "title"):
            return relation  # type: ignore[return-value]
        if by_self and (relation != "guides" or re.search(r" này (?:\S+ ){0,4}?(?:quy định chi tiết|hướng dẫn)", sentence)):
            return relation  # type: ignore[return-value]
    return None


def _basis(passage: Passage, gap: str, sentence: str, *, first: bool) -> Relation | None:
    """A paragraph that begins with `Căn cứ` gives grounds; inside the preamble such a clause may also stand later."""
    start = _MARKER.match(passage.lower)
    at = start.end() if start else 0
    opens = _BASIS.match(passage.lower, at) or (passage.zone == "opening" and _BY.match(passage.lower, at))
    if opens and passage.lower.startswith("sau khi", at):
        opens = None
    if (
        opens
        and (first or not _IMPLEMENTS.search(gap))
        and (passage.zone == "opening" or sentence.lstrip().startswith(passage.lower[at : at + 8]))
    ):
        return "based_on"
    if passage.zone == "opening" and (mid := _MID_BASIS.search(gap)) and not _IMPLEMENTS.search(gap, mid.end()):
        return "based_on"
    return None


def _carried_out(gap: str, sentence: str) -> Relation | None:
    """`thực hiện`, `triển khai`, `cụ thể hóa` right before, or over `… các nhiệm vụ được giao tại`."""
    if _OBEYS.search(gap):
        return "implements"
    if _STIPULATED.search(gap):
        return "mentions"
    last = None
    for last in _IMPLEMENTS.finditer(gap):
        pass
    if last is None or _REVIEW.search(gap[: last.end()]):
        if last is not None and _URGES.search(gap):
            return "urges"
        return "urges" if _URGES.search(gap[-60:]) else None
    rest = gap[last.end() :]
    if not _POINTS.search(rest):
        return "implements" if len(rest) < 120 and ";" not in rest else None
    start = _MARKER.match(sentence)
    said = sentence[start.end() if start else 0 :]
    opens = _IMPLEMENTS.search(said[:60])
    if re.search(r"(?<!\w)tại(?!\w)[^,;]{0,20}$", rest) and len(rest) <= 120 and ";" not in rest:
        return "implements"
    return "implements" if opens or re.search(r"theo đúng\s*$", rest) else None


def _sent(passage: Passage, gap: str) -> Relation:
    if passage.zone in ("body", "opening") and _ATTACHES.search(gap):
        return "attaches"
    if passage.zone in ("body", "opening") and re.search(r"sao gửi[^.;]{0,60}$", gap):
        return "forwards"
    return "replies_to" if _REPLIES.search(gap) else "mentions"
