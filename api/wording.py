"""Which Vietnamese words does a person see for a record's values?

The trade's own words, one for each value; a test holds that no value of a record is left without one.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone

from ingest.transcript import RegionKind
from nlp.directive import Bound, Relation
from store.answers import DutyLine, JobState, Purpose, Validity
from store.errors import NotAllowed
from store.progress import CLOSED

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""No summer time since 1975: a fixed offset needs no time zone tables on the machine."""

AGE = range(1900, 2200)
"""The years that a person may ask for: reckoning from a day never leaves the calendar."""

FIELDS: dict[str, str] = {
    "number": "Số, ký hiệu",
    "type": "Loại văn bản",
    "issued_on": "Ngày ban hành",
    "place": "Địa danh",
    "agency": "Cơ quan ban hành",
    "parent_agency": "Cơ quan chủ quản",
    "acting_body": "Thay mặt cơ quan",
    "subject": "Trích yếu",
    "urgency": "Độ khẩn",
    "secrecy": "Độ mật",
    "signer.name": "Người ký",
    "signer.position": "Chức vụ người ký",
    "signer.authority": "Thẩm quyền ký",
    "addressees": "Kính gửi",
    "recipients": "Nơi nhận",
    "filed_at": "Lưu",
    "arrived_as": "Số đến",
    "arrived_on": "Ngày đến",
    "forwarded_to": "Chuyển",
}

CHANGES = {
    "correct": "Sửa", "undo": "Hoàn tác", "confirm": "Xác nhận", "put off": "Để lại sau", "reopen": "Mở lại", "add": "Thêm", "remove": "Bỏ"
}  # fmt: skip
CHANGED = FIELDS | {
    "": "Văn bản",
    "reference": "Viện dẫn",
    "duty": "Nhiệm vụ",
    "duty.task": "Nội dung nhiệm vụ",
    "duty.assignee": "Đơn vị chủ trì",
    "duty.due_on": "Hạn theo văn bản",
}
ATTACHED = {"document": "văn bản", "appendix": "phụ lục", "form": "mẫu", "outline": "đề cương", "copy": "bản sao"}

PARTS = {"issued_on": "ngày", "agency": "cơ quan", "relation": "quan hệ", "task": "nội dung việc", "assignee": "người được giao"}
"""Parts of a reference or of a duty that are right or wrong by themselves."""
DOUBTFUL = 0.8  # of five such values one is wrong: a person is told to look

REGIONS: dict[RegionKind, str] = {
    "seal": "Dấu",
    "stamp": "Dấu khác",
    "arrival stamp": "Dấu đến",
    "signature": "Chữ ký",
    "handwriting": "Chữ viết tay",
}

RELATIONS: dict[Relation, tuple[str, str]] = {
    # what the source does to the target; what is done to the target
    "based_on": ("căn cứ", "là căn cứ của"),
    "implements": ("thực hiện", "được thực hiện bởi"),
    "guides": ("hướng dẫn", "được hướng dẫn bởi"),
    "details": ("quy định chi tiết", "được quy định chi tiết bởi"),
    "amends": ("sửa đổi", "bị sửa đổi bởi"),
    "supplements": ("bổ sung", "được bổ sung bởi"),
    "corrects": ("đính chính", "bị đính chính bởi"),
    "replaces": ("thay thế", "bị thay thế bởi"),
    "repeals": ("bãi bỏ", "bị bãi bỏ bởi"),
    "suspends": ("ngưng hiệu lực", "bị ngưng hiệu lực bởi"),
    "consolidates": ("hợp nhất", "được hợp nhất bởi"),
    "replies_to": ("trả lời", "được trả lời bởi"),
    "attaches": ("ban hành kèm theo", "được ban hành kèm theo bởi"),
    "forwards": ("sao gửi", "được sao gửi bởi"),
    "urges": ("đôn đốc", "được đôn đốc bởi"),
    "extends": ("kéo dài thời hạn", "được kéo dài thời hạn bởi"),
    "revokes": ("thu hồi", "bị thu hồi bởi"),
    "reports_on": ("báo cáo việc thực hiện", "được báo cáo bởi"),
    "mentions": ("nhắc đến", "được nhắc đến bởi"),
}

VALIDITY: dict[Validity, str] = {
    # how loud each is shown
    "Còn hiệu lực": "good",
    "Hết hiệu lực một phần": "soon",
    "Hết hiệu lực": "late",
    "Ngưng hiệu lực": "late",
    "Chưa có hiệu lực": "calm",
    "Chưa rõ hiệu lực": "open",
    "Không áp dụng": "open",
}

LINK_STATUS = {"resolved": "", "ambiguous": "Trùng số, cần chọn", "unmatched": "Chưa xác định"}

BOUNDS: dict[Bound, str] = {
    "before": "trước",
    "at latest": "chậm nhất",
    "within": "trong",
    "on": "vào",
    "every": "định kỳ",
    "after event": "sau khi có căn cứ tính",
    "none": "",
}

JOB_STATES: dict[JobState, str] = {
    "waiting": "Chờ đọc",
    "reading": "Đang đọc",
    "done": "Đã đọc xong",
    "failed": "Không đọc được",
    "dead": "Dừng sau nhiều lần thử",
    "cancelled": "Đã hủy",
}

PURPOSES: dict[Purpose, str] = {"daily": "Văn bản hằng ngày", "archive": "Tài liệu lưu trữ số hóa"}

FAMILIES = {"state": "Cơ quan nhà nước", "party": "Cơ quan Đảng", "mass_org": "Mặt trận, đoàn thể"}

INFERRED = {
    "assignee": "đơn vị chủ trì",
    "giver": "người giao",
    "co_ordinators": "đơn vị phối hợp",
    "product": "sản phẩm",
    "to_whom": "nơi gửi đến",
    "through": "đơn vị chuyển qua",
    "deadline": "thời hạn",
    "task": "nội dung",
}


def today() -> date:
    """Give the day it is in Vietnam, wherever the machine's clock believes it is."""
    return datetime.now(VIETNAM).date()


def day(value: date | None) -> str:
    """Write a date as the trade does: 05/01/2026; nothing for none."""
    return value.strftime("%d/%m/%Y") if value else ""


def moment(value: datetime) -> str:
    """Write a moment in Vietnam's time: 05/01/2026, 14:41. A moment without a zone is taken as UTC."""
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    return aware.astimezone(VIETNAM).strftime("%d/%m/%Y, %H:%M")


def clock(value: time | None) -> str:
    """Write an hour: 14:30; nothing for none."""
    return value.strftime("%H:%M") if value else ""


def of_file(pages: tuple[int, int]) -> str:
    """Name pages of a file that holds several documents: `Trang 5–7 của tệp`."""
    first, last = pages
    return f"Trang {first} của tệp" if first == last else f"Trang {first}–{last} của tệp"


def size(count: int) -> str:
    """Write a number of bytes in the unit a person expects, with a comma for decimals."""
    if count < 1024:
        return f"{count} byte"
    kilo = count / 1024
    if kilo < 1024:
        return f"{kilo:.0f} kB"
    large, unit = (kilo / 1024, "MB") if kilo < 1 << 20 else (kilo / (1 << 20), "GB")
    return f"{large:.1f} {unit}".replace(".0 ", " ").replace(".", ",")


def limit(duty: DutyLine) -> str:
    """Write a duty's limit on one line: `trước 30/01/2023`, `16:30 05/01/2026`; the words of the document where no day is known."""
    if duty.due_on is None:
        return duty.limit_text or ""
    bound = BOUNDS[duty.bound] if duty.bound in {"before", "at latest"} else ""
    return " ".join(part for part in (bound, clock(duty.due_at), day(duty.due_on)) if part)


def tone(duty: DutyLine) -> str:
    """Say how loud a duty's standing is shown: late, today, soon, calm, open (no day known) or good (done)."""
    if duty.state in CLOSED:
        return "good" if duty.state == "Đã hoàn thành" else "open"
    if duty.days_left is None:
        return "open"
    if duty.days_left < 0:
        return "late"
    if duty.days_left == 0:
        return "today"
    return "soon" if duty.standing.startswith("Sắp") else "calm"


def parse_day(text: str) -> date | None:
    """Read 05/01/2026, 5-1-2026 or 2026-01-05; None for anything else, and for a day of another age."""
    parts = text.strip().replace("-", "/").replace(".", "/").split("/")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return None
    first, month, last = (int(part) for part in parts)
    try:
        day = date(first, month, last) if len(parts[0]) == 4 else date(last, month, first)
    except ValueError:
        return None
    return day if day.year in AGE else None


def typed_day(text: str) -> date | None:
    """Read a day that somebody typed; None where nothing was. Raises NotAllowed for what is no day."""
    said = " ".join(text.split())
    day = parse_day(said)
    if said and day is None:
        raise NotAllowed(f"“{said}” không phải là ngày. Đề nghị ghi theo mẫu 05/01/2026.")
    return day


def sureness(confidence: float) -> str:
    """Say how sure the reader is: `97%`, never a hundred; where it is doubtful, that a person had better look."""
    share = f"{min(99, round(100 * confidence))}%"
    return share if confidence >= DOUBTFUL else f"{share}, nên xem lại"
