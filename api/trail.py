"""What does the log say, in the trade's words, and is it whole?"""

from datetime import UTC, datetime

from api.pipeline import Workshop
from api.wording import FIELDS, moment
from store.amending import AMENDABLE
from store.answers import PageStepKind
from store.audit import MACHINE
from store.chain import Verdict, seal, seals, verify
from store.database import look
from store.trail import Told
from store.work import NAMES

_PAGES: dict[PageStepKind, str] = {
    "split": "tách văn bản",
    "join": "ghép văn bản",
    "move": "chuyển trang sang văn bản khác",
    "order": "xếp lại thứ tự trang",
    "turn": "xoay trang",
    "rescan": "thay bản quét",
    "annex": "ghép phụ lục",
    "keep scan": "giữ thêm bản quét",
    "bring back": "đưa trang trở lại",
    "undo": "hoàn tác việc sắp xếp trang",
}
_BY_HAND = {
    f"{verb} {kind}": f"{does} {what}"
    for verb, does in (("add", "thêm"), ("remove", "bỏ"))
    for kind, what in (("reference", "viện dẫn"), ("duty", "nhiệm vụ"))
}
_CARES = {
    f"{verb} {kind}": f"{does} {what}"
    for verb, does in (("add", "Thêm"), ("change", "Sửa"), ("drop", "Bỏ"))
    for kind, what in (("office", "cơ quan"), ("unit", "đơn vị"), ("group", "nhóm đơn vị"))
}
ACTS: dict[str, str] = {
    "receive": "Tiếp nhận tệp",
    "retry": "Cho đọc lại tệp",
    "cancel reading": "Hủy đọc tệp",
    "set apart": "Cách ly tệp có dấu độ mật",
    "purge": "Tiêu hủy tệp",
    "file": "Đưa văn bản vào kho",
    "reread": "Đọc lại văn bản",
    "remove": "Bỏ văn bản khỏi kho",
    "merge": "Gộp làm một",
    "split": "Tách phần đã gộp",
    "correct": "Sửa giá trị",
    "let stand": "Khôi phục giá trị đọc được",
    "confirm": "Xác nhận đối chiếu",
    "put off": "Để lại sau",
    "reopen": "Mở lại đối chiếu",
    **{name: words.capitalize() for name, words in _BY_HAND.items()},
    **{f"undo {name}": f"Hoàn tác việc {words}" for name, words in _BY_HAND.items()},
    **{f"pages {kind}": words.capitalize() for kind, words in _PAGES.items()},
    "paper enter": "Văn bản đến: vào sổ",
    "paper submit": "Văn bản đến: trình lãnh đạo",
    "paper instruct": "Văn bản đến: cho ý kiến",
    "paper forward": "Văn bản đến: chuyển xử lý",
    "paper undo": "Văn bản đến: hoàn tác",
    **{f"duty {kind}": f"Nhiệm vụ: {words}" for kind, words in {**NAMES, "undo": "hoàn tác"}.items()},
    "open register": "Mở sổ",
    "change register": "Sửa sổ",
    "close register": "Khóa sổ",
    "enter": "Vào sổ",
    "hold number": "Giữ số",
    "cancel number": "Hủy số",
    "change entry": "Sửa dòng trong sổ",
    "open dossier": "Mở hồ sơ",
    "change dossier": "Sửa bìa hồ sơ",
    "close dossier": "Kết thúc hồ sơ",
    "reopen dossier": "Mở lại hồ sơ",
    "put in dossier": "Đưa văn bản vào hồ sơ",
    "remark in dossier": "Ghi chú văn bản trong hồ sơ",
    "take out of dossier": "Bỏ văn bản khỏi hồ sơ",
    **_CARES,
    "change setting": "Sửa thiết lập",
    "add account": "Lập tài khoản",
    "change account": "Sửa tài khoản",
    "add token": "Lập mã truy cập",
    "revoke token": "Thu hồi mã truy cập",
    "log in": "Đăng nhập",
    "fail log in": "Đăng nhập không thành công",
}
"""What each act of store/acts.py is called; a test holds that none is left without a name."""
_COLUMNS = {**FIELDS, **{name: words.capitalize() for name, words in AMENDABLE.items()}} | {
    "name": "Tên", "parent": "Cấp trên", "term": "Nhiệm kỳ", "family": "Loại", "closed_on": "Ngày kết thúc", "aliases": "Tên khác",
    "members": "Đơn vị trong nhóm", "kind": "Loại", "author": "Nơi gửi", "forwarded_on": "Ngày chuyển", "note": "Ghi chú",
    "document_id": "Văn bản", "state": "Tình trạng", "value": "Giá trị", "purpose": "Mục đích nạp", "tracked_since": "Theo dõi từ ngày",
    "days": "Ngày nghỉ, ngày làm việc riêng", "mark": "Số và ký hiệu", "title": "Tiêu đề", "keeper": "Người lập", "year": "Năm",
    "years": "Thời hạn bảo quản", "roles": "Vai trò", "unit_id": "Đơn vị", "password": "Mật khẩu", "full_name": "Họ tên",
    "locked_at": "Khóa tài khoản", "must_change": "Phải đổi mật khẩu",
}  # fmt: skip
_THINGS = {
    "receipt": "Tệp",
    "duty": "Nhiệm vụ",
    "register": "Sổ",
    "entry": "Dòng sổ",
    "dossier": "Hồ sơ",
    "unit": "Đơn vị",
    "group": "Nhóm",
    "agency": "Cơ quan",
    "account": "Tài khoản",
}


def act(name: str) -> str:
    """Name an act; one that a later version of the program wrote stays as it is written."""
    return ACTS.get(name, name)


def person(name: str) -> str:
    """Name who did it; what no person did, the program did."""
    return "Chương trình" if name == MACHINE else name


def thing(line: Told) -> str:
    """Name the thing that an act was done to where it is no document that bears a number: `Dòng sổ 7 (số 15a)`."""
    number = f" (số {line.more['number']})" if "number" in line.more else ""
    return f"{_THINGS[line.kind]} {line.of}{number}" if line.kind in _THINGS else ""


def fields(line: Told) -> str:
    """Name the fields that an act changed."""
    return "; ".join(_COLUMNS.get(name, name) for name in line.more.get("fields", ()))


def line_of(line: Told) -> str:
    """Write a line of the log on one line: number, when, who, what, of which document, which fields."""
    document = f"văn bản {line.document_id}" + (f" ({line.number})" if line.number else "") if line.document_id else ""
    said = ", ".join(part for part in (act(line.act), document, thing(line), fields(line)) if part)
    return f"{line.id:>7}  {moment(line.at)}  {person(line.who)}: {said}"


def check(workshop: Workshop) -> Verdict:
    """Verify the log against its own head and the seals of the home; one that is whole is sealed as it is now."""
    with look(workshop.engine) as session:
        found = verify(session, seals(workshop.settings.home))
    if found.why is None:
        keep_seal(workshop)
    return found


def keep_seal(workshop: Workshop) -> None:
    """Write down beside the database how far the log is now: from here on, no row up to it can be changed or cut off unseen."""
    with look(workshop.engine) as session:
        seal(session, workshop.settings.home, datetime.now(UTC))


def sentence(found: Verdict) -> str:
    """Say what a check found; the mark of a whole log can be written down elsewhere and compared another day."""
    if found.why:
        return found.why
    return f"Nhật ký nguyên vẹn: {found.rows} dòng, dấu cuối {found.hash[:16]}." if found.rows else "Nhật ký chưa có dòng nào."
