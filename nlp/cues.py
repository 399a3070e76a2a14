"""Which relation do the words before a citation say, and how does its paragraph begin?

The strongest applies, in the order amends, replaces, repeals, guides, grounds, carries out, sends along, replies. A word
that reviews (`kết quả thực hiện`) or only points (`theo quy định tại`) makes a mention.
"""

import re
from dataclasses import dataclass
from functools import cache

from nlp.directive import Relation
from nlp.kind import kinds
from nlp.passages import Passage

MARKER = re.compile(r"\W*(?:điều \d+[a-zđ]?\s*[.:]\s*|\d{1,2}(?:\.\d{1,2})*\s*[.)/-]?\s+|[a-zđ]\)\s*|[ivx]{1,4}\s*[.-]\s*)?\W*")
SELF = re.compile(
    r"(?<!\w)(?:thông tư(?: liên tịch)?|nghị định|quyết định|nghị quyết(?: liên tịch)?|luật|pháp lệnh|quy định|quy chế|chỉ thị|hướng dẫn"
    r"|văn bản|kế hoạch|công văn|công điện|thông báo|chương trình|kết luận|đề án|điều lệ) này(?!\w)"
)
_CHANGES: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    (
        "amends",
        re.compile(
            r"(?:thay thế|bổ sung)(?:, (?:thay thế|bổ sung|bãi bỏ))* (?:các |một số )?(?:cụm )?từ(?!\w)|thay thế (?:mẫu|phụ lục|biểu)"
            r"|thay thế(?:, bãi bỏ)? một số (?:nội dung|điều|khoản|điểm)(?!\w)"
        ),
    ),
    ("corrects", re.compile(r"(?<!\w)đính chính(?!\w)")),
    ("amends", re.compile(r"(?<!\w)(?:sửa đổi|bổ sung)(?:\s*,?\s*bổ sung)?(?:\s*,?\s*(?:bãi bỏ|thay thế))?(?!\w)")),
    (
        "amends",
        re.compile(
            r"(?<!\w)điều chỉnh(?:\s*,?\s*bổ sung)?"
            r"(?:\s+(?:một số|các|nội dung|khoản|điểm|điều|mục|phụ lục|chương|phần|tại|của|và|,|\d{1,3}[a-zđ]?|[a-zđ]|[ivx]{1,4}))"
            r"{0,14}\s*,?\s*$"
        ),
    ),
    ("replaces", re.compile(r"(?<!\w)thay thế(?!\w)")),
    ("repeals", re.compile(r"(?<!\w)(?:bãi bỏ|hủy bỏ|huỷ bỏ|thu hồi(?= (?:các |toàn bộ |một phần )?$))(?!\w)")),
    ("suspends", re.compile(r"(?<!\w)(?:ngưng hiệu lực|đình chỉ(?: việc)? thi hành)(?!\w)")),
    (
        "extends",
        re.compile(r"(?<!\w)(?:gia hạn|kéo dài)\s+(?:hiệu lực|(?:thời (?:gian|hạn)|việc)\s+(?:thực hiện|áp dụng|hiệu lực))(?!\w)"),
    ),
    ("details", re.compile(r"(?<!\w)quy định chi tiết(?!\w)")),
    ("guides", re.compile(r"(?<!\w)hướng dẫn(?!\w)")),
)
_LAWS = frozenset({"Thông tư", "Thông tư liên tịch", "Nghị định", "Luật", "Bộ luật", "Pháp lệnh", "Nghị quyết", "Quyết định"})
_RULES_ON = re.compile(r" này (?:\S+ ){0,4}?(?:quy định|hướng dẫn)(?!\w)")
_AND_CHANGES = re.compile(r"(?:và|,|;)\s+(?:thay thế|bãi bỏ|hủy bỏ)\s+(?:[^\s,;]+\s+){0,6}$")
_ENCLOSED_IN = re.compile(r"\(\s*(?:được )?ban hành (?:kèm )?theo\s*")  # `Quy chế … (ban hành kèm theo Quyết định số …)` is one document
_ORDERED = re.compile(r"(?<!\w)(?:đã|sẽ|cần|phải|để|khẩn trương|yêu cầu|đề nghị|giao|theo|do|tham mưu|kịp thời|sớm|chưa|khi)(?!\w)")
_ISSUES = re.compile(r"ban hành (?:thông tư|nghị định|luật|nghị quyết|quyết định|pháp lệnh|quy định|hướng dẫn)\s[^.;]{0,40}$")
_GUIDES_ITSELF = re.compile(r" này (?:\S+ ){0,4}?(?:quy định chi tiết|hướng dẫn)")
_BASIS = re.compile(
    r"(?:căn cứ|trên cơ sở|xét|theo đề nghị|theo đề xuất|theo tờ trình|theo ý kiến)(?!\w)(?! (?:đó|này|vào tình hình|tình hình))"
)
_POINTED = re.compile(r".{120}(?<!\w)(?:theo|với) quy định tại\s*$")
_BY = re.compile(r"theo(?! quy định tại| dõi|\s+quy định của|\s+đó)(?!\w)")
_LATER_BASIS = re.compile(r"(?:^|[,;])\s*(?:và )?(?:trên cơ sở|căn cứ|theo đề nghị|xét)(?!\w)(?! (?:đó|này))")
_STATED = re.compile(r"trên cơ sở|theo đề nghị")
_DOES = re.compile(
    r"(?<!\w)(?:thực hiện|triển khai|cụ thể h[oó][áa]|quán triệt|tuân thủ|chấp hành"
    r"|(?<!hiệu lực )(?<!trách nhiệm )(?<!biện pháp )(?<!chi tiết )(?<!hướng dẫn )thi hành|thực thi|bám sát|hưởng ứng)(?!\w)"
)
_OPENS = re.compile(r"(?:[^\s,;]+\s+){0,4}?" + _DOES.pattern)
_REVIEWS = re.compile(
    r"(?<!\w)(?:tình hình|kết quả|tiến độ|đánh giá|sơ kết|tổng kết|khó khăn)\s(?:(?!tiếp tục|yêu cầu|đề nghị|nhằm|để)[^.;]){0,70}$"
    r"|(?:quá trình|thực tiễn|\d năm|\d tháng|trên cơ sở)\s+(?:triển khai\s+|tổ chức\s+)*$"
    r"|(?<!\w)(?:kiểm tra|giám sát|thanh tra) việc\s+(?:triển khai\s+|tổ chức\s+|chấp hành,?\s+)*$"
    r"|(?:^|[-+:])\s*(?:việc|văn bản)\s+(?:\S+\s+){0,2}$"
)
_FAILS = re.compile(r"(?<!\w)(?:chưa|không)\s+(?:\S+\s+){0,2}$")  # `chưa thực hiện đúng khoản 2 Điều 3 …` tells a breach
_URGES = re.compile(r"(?<!\w)đôn đốc(?!\w)[^.;]{0,60}$")
_POINTS = re.compile(r"(?<!\w)(?:theo|tại|căn cứ|như|trong)(?!\w)")
_GIVEN = re.compile(
    r"(?:nhiệm vụ|nội dung|chỉ đạo|yêu cầu|ý kiến|kết luận|giải pháp|chỉ tiêu|mục tiêu|kiến nghị|biện pháp|chủ trương|giao)(?!\w)"
    r".{0,120}(?<!\w)tại(?!\w)[^,;]{0,20}$"
)
_STIPULATED = re.compile(
    r"được\s(?:[^,;]{0,60}\s)?(?:phê duyệt|ban hành|công bố|thông qua|quy định)(?:\s[^,;]{0,20})?\s(?:tại|theo|kèm theo)\s*$"
    r"|(?:quy định|nêu|ghi) (?:tại|trong|ở)\s[^.;]{0,60}$|(?:quy định|nêu) tại\s*$|theo(?!\w)[^;]{0,40}quy định của\s*$"
)
_TASKED = re.compile(
    r"(?:nhiệm vụ|giải pháp|chỉ đạo|yêu cầu|chỉ tiêu)(?:[^.;:]{0,40}\s)?(?:nêu|ghi|xác định|đề ra|được giao|giao) (?:tại|trong)\s*$"
)
_BY_ITSELF = re.compile(r"\s*(?:đúng\s+)?theo(?:\s+đúng)?\s*$")
_OBEYS = re.compile(r"thực hiện\s+(?:\S+\s+){0,3}?(?:đúng|nghiêm|nghiêm túc)\s+(?:\S+\s+){0,3}?quy định (?:tại|của)\s*$")
_ATTACHES = re.compile(
    r"(?:^|[.(;:]|[-+])\s*(?:xin )?(?:gửi kèm|đính kèm|kèm)(?: theo)?(?:\s+(?:theo|văn bản|bản|toàn văn|nội dung|các|là))*"
    r"(?:\s+(?:báo cáo|tờ trình|kế hoạch|dự thảo|đề cương|danh sách|biểu|phụ lục|hồ sơ|bản)[^.;()]{0,80}(?:,|\svà))?\s*$"
)
_FORWARDS = re.compile(
    r"sao gửi[^.;]{0,60}$|(?:chuyển|gửi)(?!\w)[^.;]{0,80}(?:bản (?:chụp|sao|photo(?:copy)?)|toàn văn)\s+(?:của\s+)?(?:các\s+)?$"
)
_REPLIES = re.compile(r"(?:phúc đáp|trả lời)(?!\w)[^.;]{0,80}$")
_BOUNDARY = re.compile(r"(?<!\d)(?<!tp)(?<!cứ)(?<!cứ :)\.\s+|(?<=\d{4})\.\s+|:\s+(?=[-+])")


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands before a citation, in lower case.

    gap runs from the last citation (or its subject) of the sentence, sentence from the sentence's first word; both end where
    the citation begins; first tells that no other citation stands before it in the paragraph.
    """

    gap: str
    sentence: str
    first: bool


def clause_before(passage: Passage, before: int, lead: int, *, first: bool) -> Clause:
    """Cut out what stands before the citation that begins at lead; the last citation ended at before."""
    lower = passage.lower
    low = max(0, lead - (1500 if first else 600))
    begin = max((m.end() for m in _BOUNDARY.finditer(lower, low, lead)), default=low)
    gap = lower[max(before, begin) : lead] if lead > before else ""
    opened = gap.rfind("(")
    if opened >= 0 and ")" not in gap[opened:] and not _ENCLOSED_IN.fullmatch(gap[opened:]):
        gap = gap[opened + 1 :]
        return Clause(gap, gap, first)
    start = MARKER.match(lower, begin)
    return Clause(gap, lower[min(start.end() if start else begin, lead) : lead], first)


def read_cue(passage: Passage, clause: Clause, own_kind: str | None = None) -> Relation:
    """Read the relation; `mentions` where no word says another. own_kind is the kind of the document itself."""
    zone = passage.zone
    change = None if zone in ("attachment", "footnote") else _change(passage, clause, own_kind)
    grounds = None if zone in ("head", "title", "attachment", "footnote") else _grounds(passage, clause)
    return change or grounds or _carries_out(clause, opening=zone == "opening") or _sends(passage, clause.gap)


@cache
def _before_title() -> re.Pattern[str]:
    names = "|".join(sorted((kind.name.lower() for kind in kinds()), key=len, reverse=True))
    return re.compile(rf"\W*(?:(?:{names})\W+)?(?:về việc |v/v |về )?(?:quy định (?!chi tiết)\S+ )?")


def _change(passage: Passage, clause: Clause, own_kind: str | None) -> Relation | None:
    """`Thông tư này thay thế …`, `Điều 1. Sửa đổi, bổ sung …`, an own title `Hướng dẫn thi hành …`: this document does it."""
    sentence = clause.sentence
    if "dự thảo" in sentence or "đề xuất" in sentence:
        return None
    in_title = passage.zone in ("head", "title") or _is_own_title(sentence, clause, own_kind)
    start = _before_title().match(sentence) if in_title and clause.first else None
    said = sentence[start.end() if start else 0 :]
    for relation, pattern in _CHANGES:
        found = pattern.search(clause.gap)
        if not found:
            continue
        guides = relation in ("guides", "details")
        if re.match(
            r"(?:sửa đổi|điều chỉnh|bãi bỏ|h[ủu][yỷ] bỏ|thu hồi|thay thế|bổ sung|đính chính|gia hạn|kéo dài)"
            if not guides
            else pattern.pattern,
            said,
        ) and (in_title or not guides):
            return relation
        if guides and (_GUIDES_ITSELF.search(sentence) or _enacts(sentence, own_kind)):
            return relation
        if (
            not guides
            and not _regulates(sentence, found[0])
            and (SELF.search(sentence) or _ISSUES.search(sentence[: sentence.find(found[0])]))
        ):
            return relation
    return None


def _is_own_title(sentence: str, clause: Clause, own_kind: str | None) -> bool:
    """`Thông tư sửa đổi, bổ sung một số điều của Thông tư số …` in a circular: its own title, repeated where its text begins."""
    if not (own_kind and clause.first and is_law(own_kind)):
        return False
    return bool(re.match(rf"{own_kind.lower()} (?:sửa đổi|bãi bỏ|quy định chi tiết|hướng dẫn)(?!\w)", sentence))


def _regulates(sentence: str, verb: str) -> bool:
    """`Thông tư này quy định việc cấp, sửa đổi, bổ sung giấy phép theo …` rules on such changes and makes none."""
    rules = _RULES_ON.search(sentence)
    return bool(rules) and bool(rules.end() < sentence.rfind(verb) if rules else False) and not _AND_CHANGES.search(sentence)


def _enacts(sentence: str, own_kind: str | None) -> bool:
    """`Bộ trưởng Bộ Mẫu ban hành Thông tư hướng dẫn …` in a circular is the formula by which it is enacted, not an order to do so."""
    if not (own_kind and is_law(own_kind)):
        return False
    formula = re.match(rf"(?P<body>(?:[^\s,;:]+,? ){{1,14}})ban hành {own_kind.lower()} (?:quy định chi tiết|hướng dẫn)(?!\w)", sentence)
    return bool(formula) and not _ORDERED.search(formula["body"] if formula else "")


def is_law(kind: str | None) -> bool:
    """Say whether a document of this kind may itself change others: a law, a decree, a circular, not a letter."""
    return kind in _LAWS


def _grounds(passage: Passage, clause: Clause) -> Relation | None:
    """A paragraph that begins with `Căn cứ` gives grounds; inside the preamble such a clause may also stand later."""
    opening = passage.zone == "opening"
    carried = _DOES.search(clause.gap) if not clause.first else None
    if opening and clause.first and not clause.sentence and passage.text.rstrip().endswith(";"):
        return "based_on"  # `Căn cứ:` stands on a line of its own above
    opens = _BASIS.match(clause.sentence)
    if opens and _POINTED.search(clause.sentence):
        return None
    if opens and not carried and (opening or len(clause.sentence) < 160):
        return "based_on"
    later = _LATER_BASIS.search(clause.gap)
    if later and (opening or _STATED.search(later[0])) and not _DOES.search(clause.gap, later.end()):
        return "based_on"
    return "based_on" if opening and not carried and _BY.match(clause.sentence) else None


def _carries_out(clause: Clause, *, opening: bool) -> Relation | None:
    """`thực hiện`, `triển khai`, `cụ thể hóa` right before, or over `… các nhiệm vụ được giao tại`."""
    gap = clause.gap
    does = list(_DOES.finditer(gap))
    urged: Relation | None = "urges" if _URGES.search(gap) else None
    if not does or _OBEYS.search(gap) or (_STIPULATED.search(gap) and not _TASKED.search(gap)):
        return "implements" if _OBEYS.search(gap) else urged
    if _FAILS.search(gap[: does[-1].start()]):
        return urged
    if _REVIEWS.search(gap[: does[-1].start()]) or _REVIEWS.search(clause.sentence[: len(clause.sentence) - len(gap) + does[-1].start()]):
        return urged
    rest = gap[does[-1].end() :]
    if ";" in rest:  # `Thực hiện Chương trình công tác năm 2023; Công văn số …` goes on in the preamble
        return "implements" if opening and not rest.rpartition(";")[2].strip() else None
    if not _POINTS.search(rest):
        return "implements" if len(rest) < 120 else None
    opens = _OPENS.match(clause.sentence.rpartition(";")[2].lstrip())
    given = len(rest) <= 120 and _GIVEN.search(rest)
    return (
        "implements" if opens or given or _TASKED.search(rest) or _BY_ITSELF.fullmatch(rest) or re.search(r"theo đúng\s*$", rest) else None
    )


def _sends(passage: Passage, gap: str) -> Relation:
    if passage.zone in ("body", "opening"):
        if _ATTACHES.search(gap):
            return "attaches"
        if _FORWARDS.search(gap):
            return "forwards"
    return "replies_to" if _REPLIES.search(gap) else "mentions"
