"""Why can a file not be read?

Each error carries the file's name and is itself the sentence for the person who handed it in: what is wrong with which
file, and the way out (wording of the trade).
"""


class Unreadable(Exception):  # noqa: N818  a plain word says it
    """The file cannot be read, now or later; name is the file's name, the text a sentence in Vietnamese."""

    def __init__(self, name: str, text: str) -> None:
        """Take the file's name as the person knows it, and the sentence."""
        super().__init__(text)
        self.name = name

    def __reduce__(self) -> tuple[object, ...]:
        """Cross the border of a process whole."""
        return _again, (type(self), self.name, str(self))


def _again(kind: type[Unreadable], name: str, text: str) -> Unreadable:
    error = kind.__new__(kind)
    Unreadable.__init__(error, name, text)
    return error


class EmptyFile(Unreadable):
    """The file holds not one byte."""

    def __init__(self, name: str) -> None:
        """Say it."""
        super().__init__(name, f"{name} là tệp rỗng (0 byte). Đề nghị lấy lại tệp; các tệp khác vẫn được tiếp nhận.")


class BrokenFile(Unreadable):
    """The file is damaged, cut short, or not what its name says."""

    def __init__(self, name: str) -> None:
        """Say it."""
        super().__init__(name, f"{name} bị hỏng hoặc tải chưa xong, không mở được. Đề nghị lấy lại tệp; các tệp khác vẫn được tiếp nhận.")


class LockedFile(Unreadable):
    """The file asks for a password before it opens."""

    def __init__(self, name: str) -> None:
        """Say it."""
        super().__init__(name, f"{name} có mật khẩu. Đề nghị bỏ mật khẩu rồi nạp lại.")


class UnsupportedFile(Unreadable):
    """The file is of a kind that is not read; advice says what to hand in instead."""

    def __init__(self, name: str, kind: str, advice: str) -> None:
        """Take the kind as people call it, and what to do."""
        super().__init__(name, f"{name} là {kind}, chưa đọc được. Đề nghị {advice} rồi nạp lại.")


class TooLarge(Unreadable):
    """The file would take more pages, pixels or bytes than one reading may; what says how many and how many are allowed."""

    def __init__(self, name: str, what: str, advice: str = "tách tệp") -> None:
        """Take the measure that is too large and the way out."""
        super().__init__(name, f"{name} {what}. Đề nghị {advice} rồi nạp lại.")
