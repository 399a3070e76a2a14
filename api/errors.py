"""Which exit code and which HTTP status does an error give?

Rooms know neither: they raise their own errors, whose texts are sentences for people; this table is the one place that
turns them into numbers. The error nearest to the class that was raised decides.
"""

from pathlib import Path

from api.settings import BadSettings
from ingest.errors import Unreadable
from store.errors import Damaged, NotAllowed, NotFound, StoreError


class Refusal(Exception):  # noqa: N818 - a plain word says it
    """What the terminal or a form was asked cannot be done; the text says what and how else."""


class NotYours(Refusal):
    """Something that the roles of an account do not include."""

    def __init__(self, what: str = "Tài khoản này không được giao việc này. Cần thì đề nghị quản trị giao thêm vai trò.") -> None:
        """Take the sentence."""
        super().__init__(what)


class NoSuchFile(Refusal):
    """A path that names no file."""

    def __init__(self, name: str) -> None:
        """Take the name as the person gave it."""
        super().__init__(f"Không có tệp {name}, hoặc đây không phải là tệp. Đề nghị kiểm tra lại đường dẫn.")


class TooManyBytes(Refusal):
    """A file over the limit of VANTHU_MAX_BYTES."""

    def __init__(self, name: str, size: int, most: int) -> None:
        """Take the file's name, its bytes and the most that are taken in."""
        big, limit = (f"{count / 1024 / 1024:.0f} MB" for count in (size, most))
        super().__init__(f"{name} có dung lượng {big}, vượt mức {limit}. Đề nghị tách tệp hoặc quét lại ở độ phân giải thấp hơn.")


class NoRoom(Refusal):
    """The disk is nearly full: intake stops before something breaks."""

    def __init__(self) -> None:
        """Say the sentence of the trade (users.md 4)."""
        super().__init__("Máy chủ sắp hết dung lượng, tạm dừng tiếp nhận. Đề nghị giải phóng ổ đĩa rồi nạp tiếp các tệp chưa nhận.")


class TooManyWait(Refusal):
    """More files wait to be read than may: intake stops until they are fewer."""

    def __init__(self, count: int) -> None:
        """Take how many wait."""
        waits = f"{count:,}".replace(",", ".")
        super().__init__(f"Đang có {waits} tệp chờ đọc, tạm dừng tiếp nhận. Các tệp đã nhận không mất; đề nghị nạp tiếp các tệp này sau.")


class Buried(Refusal):
    """Bytes that were lawfully deleted before; the text says when and on what ground."""


class NoHome(Refusal):
    """A question to a store that does not exist."""


class NoEngines(Refusal):
    """The programs that read do not start: the installation is broken, not a file."""

    def __init__(self, home: Path) -> None:
        """Take the store's home, where the cause is written down."""
        super().__init__(
            f"Không khởi động được chương trình đọc; nguyên nhân ghi ở {home / 'reader.log'}. Các tệp đã nhận không mất, còn chờ đọc."
        )


class NotRead(Refusal):
    """Pages that a person arranged could not be read again; nothing has changed."""

    def __init__(self, why: str) -> None:
        """Take what the reading broke off of."""
        super().__init__(f"Chưa đọc lại được các trang: {why}. Chưa thay đổi gì; đề nghị thử lại.")


NUMBERS: dict[type[Exception], tuple[int, int]] = {
    # error: (exit code of the terminal, HTTP status)
    Unreadable: (3, 422),
    NotYours: (2, 403),
    NoSuchFile: (2, 400),
    TooManyBytes: (3, 413),
    NoRoom: (6, 507),
    TooManyWait: (6, 429),
    Buried: (2, 422),
    NoHome: (2, 404),
    NoEngines: (5, 500),
    NotRead: (5, 500),
    Refusal: (2, 400),
    BadSettings: (2, 500),
    NotFound: (4, 404),
    NotAllowed: (2, 422),
    Damaged: (5, 500),
    StoreError: (5, 500),
    PermissionError: (5, 500),
    OSError: (6, 507),
}
UNKNOWN = (1, 500)


def exit_code(error: BaseException) -> int:
    """Give the terminal's exit code for an error; 1 for one that is not in the table."""
    return _numbers(error)[0]


def status(error: BaseException) -> int:
    """Give the HTTP status for an error; 500 for one that is not in the table."""
    return _numbers(error)[1]


def is_known(error: BaseException) -> bool:
    """Say whether the error's own text is meant for people."""
    return isinstance(error, (Unreadable, Refusal, BadSettings, StoreError))


def _numbers(error: BaseException) -> tuple[int, int]:
    return next((NUMBERS[kind] for kind in type(error).__mro__ if kind in NUMBERS), UNKNOWN)
