"""What is to be done, for whom, through whom, with whom, and what comes of it? Read from the words of one clause."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from nlp.assignees import is_body, name_at, next_verb, phrases
from nlp.letters import UPPER
from nlp.lexicon import load
from nlp.printed import printed

_SHORT, _LONG = 22, 36  # words of a task that is never cut, and of the longest
_NOTE = re.compile(r"\((?!\s*(?:thông\s+)?[Qq]ua\b)[^()\n]{0,160}\)")
_THROUGH = re.compile(rf"(?:\(\s*|,\s*|\s)(?:[Tt]hông\s+)?[Qq]ua\s*:?\s+(?=[{UPPER}])")
_TO = re.compile(
    rf"(?<![^\W\d_])(?:gửi|nộp|báo\s*cáo|trình|đăng\s*ký|tổng\s*hợp)(?:\s+(?:kết\s*quả|bằng\s*văn\s*bản|hồ\s*sơ|danh\s*sách|báo\s*cáo))?\s*(?:về\s+|cho\s+|đến\s+|tới\s+|lên\s+|với\s+)?(?=[{UPPER}])|"
    rf"(?:gửi|nộp|đăng\s*ký|báo\s*cáo)[^.;()]{{0,60}}?\s(?:về|cho|đến|tới)\s*(?=[{UPPER}])|"
    r"(?<![^\W\d_])(?:gửi|nộp|báo\s*cáo|trình|đăng\s*ký)\s+(?:(?:về|cho|đến|tới|lên|với)\s+)?(?=cấp ủy|thủ trưởng|lãnh đạo|người đứng đầu)"
)
_WITH = re.compile(r"phối\s*hợp(?:\s+chặt\s*chẽ)?(?:\s*,?\s*(?:cùng\s+)?với|\s+cùng)?\s+(?=[^\W\d_])")
_PRODUCT_ENDS = re.compile(r"[,;.:(]|\s(?:gửi|trình|để|nhằm|theo|bằng|và|của|trên|báo cáo|qua|về(?= [A-ZĐ]))\s")
_RECEIVER_ENDS = re.compile(
    r"[,;.:()]|\s(?:để|trước|chậm|theo|bằng|qua|về|trong|đúng|xem|tại|tiến độ|thông qua|tổng hợp|tình hình|kết quả|làm|việc|những"
    r"|nội dung|các|hoặc(?! thủ trưởng| lãnh đạo)|và (?=[a-zđ]))(?!\w)"
)
_LEADS = re.compile(r"\W*(?:chủ\s*trì|chủ\s*động|khẩn\s*trương|tiếp\s*thu[^,;]{0,40},\s*chủ\s*trì)?\W*(?:và\s+)?")
_EMPTY = re.compile(
    r"(?:[,;.] (?:[Tt]hời (?:gian|hạn) )?(?:hoàn thành|xong|thực hiện))?[\s,;:./\-–(]*(?:và|hoặc|thì|để|từ đó)?[\s,;:./\-–]+$|[\s,;:\-–(]+$"
)
_HAND_IN = re.compile(rf"(?:gửi|trình|nộp|(?:hoàn thành và )?báo cáo)\s+(?:kết quả\s+)?(?:về\s+|cho\s+|đến\s+)?[{UPPER}]")
_OPENS = re.compile(r"^[\s,;:.)\-–•+*]+(?:(?:và|hoặc|thì)\s+)?")
_MODAL = re.compile(r"^(?:đều\s*phải|phải|cần(?:\s+phải)?|có\s*trách\s*nhiệm|chịu\s*trách\s*nhiệm|sẽ)\s+(?=\w)")


@dataclass(frozen=True, slots=True)
class Work:
    """The parts of a clause besides who and by when."""

    task: str
    product: str | None
    to_whom: str | None
    through: str | None
    co_ordinators: tuple[str, ...]


def work_of(text: str, pieces: Sequence[tuple[int, int]], holes: Sequence[tuple[int, int]]) -> Work:
    """Read pieces (start, end) of the plain text, leaving out holes: limits that stand in them."""
    words = printed(" ".join(_without(text, piece, holes) for piece in pieces))
    others, behind = _co_ordinators(words)
    return Work(
        task=shortened(_tidy(words[behind:])),
        product=_product(words),
        to_whom=_body_behind(_TO, words),
        through=_body_behind(_THROUGH, words),
        co_ordinators=others,
    )


def is_generic(words: str) -> bool:
    """Say whether a clause says no more than that it is to be finished or handed in (`hoàn thành và báo cáo UBND tỉnh`)."""
    rest = re.sub(r"\([^()]*\)?", " ", words)[:400]
    while True:
        rest = rest.lstrip(" \n\t,;:.)-")
        empty = _generic().match(rest.lower())
        if empty:
            rest = rest[empty.end() :]
        elif is_body(rest, 0):
            stop = re.search(r"[,;.:]|\svà\s", rest)
            rest = rest[stop.end() :] if stop else ""
        else:
            return len(rest.split()) < 2


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(rf"{phrases(load('verbs')['generic'])}(?![^\W\d_])")


def _without(text: str, piece: tuple[int, int], holes: Sequence[tuple[int, int]]) -> str:
    kept, at = [], piece[0]
    for start, end in sorted(holes):
        if at <= start < piece[1]:
            kept.append(text[at:start])
            at = min(end, piece[1])
    kept.append(text[at : piece[1]])
    return " ".join(kept)


def _tidy(words: str) -> str:
    words = re.sub(r"\(\s*(?:\)|$)", " ", _NOTE.sub(" ", words))
    words = re.sub(r"\s+([,;.)])", r"\1", re.sub(r"\(\s+", "(", words))
    words = _MODAL.sub("", _OPENS.sub("", re.sub(r"\s+", " ", words)))
    words = re.sub(r"([,;])(?:\s*[,;.])+", r"\1", words)
    words = _EMPTY.sub("", words)
    return words + ")" if words.count("(") > words.count(")") else words


def shortened(words: str) -> str:
    """Cut a long task where it goes on to say why, on what basis, or what else; keep to whom it is handed in at its end."""
    if len(words.split()) <= _SHORT:
        return words
    head = _head(words)
    last = None if head == words else next(iter(_HAND_IN.finditer(words, max(len(head), len(words) - 160))), None)
    return f"{head}, {words[last.start() :]}" if last else head


def _head(words: str) -> str:
    for tail in _tails().finditer(words):
        if len(words[: tail.start()].split()) >= _SHORT // 2 + 3:
            return _EMPTY.sub("", words[: tail.start()])
    parts = words.split(" ")
    if len(parts) <= _LONG:
        return words
    cut = " ".join(parts[:_LONG])
    at = max(cut.rfind(", "), cut.rfind("; "))
    return _EMPTY.sub("", cut[:at] if at > len(cut) // 2 else cut)


@cache
def _tails() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(tail) for tail in load("verbs")["tails"]))


def _product(words: str) -> str | None:
    """`xây dựng báo cáo kết quả …` makes a báo cáo; with the few words that tell which one."""
    found = _made().search(words.lower())
    if not found:
        return None
    rest = _PRODUCT_ENDS.split(words[found.start("what") :], maxsplit=1)[0]
    return " ".join(rest.split()[:9]) or None


@cache
def _made() -> re.Pattern[str]:
    verbs = load("verbs")
    return re.compile(rf"(?<![^\W]){phrases(verbs['makes'])}\s*(?:các\s+|những\s+)?(?P<what>{phrases(verbs['products'])})(?![a-zđ])")


def _body_behind(pattern: re.Pattern[str], words: str) -> str | None:
    low = words.lower()
    for match in pattern.finditer(words):
        if is_body(words, match.end()):
            end = min(len(words), match.end() + 160)
            stop = _RECEIVER_ENDS.search(words[match.end() : end])
            named = name_at(words, low, match.end(), match.end() + stop.start() if stop else end)
            if named:
                return words[named[0][0] : named[0][1]]
    return None


def _co_ordinators(words: str) -> tuple[tuple[str, ...], int]:
    """`chủ trì, phối hợp với Y, Z làm`: the bodies up to the next verb, and where the task goes on behind them (else 0)."""
    low = words.lower()
    match = _WITH.search(low)
    if not match or not is_body(words, match.end()):
        return (), 0
    end = min(len(words), match.end() + 300)
    stop = re.search(r"[;.](?!\w)|\(", words[match.end() : end])
    limit = match.end() + stop.start() if stop else end
    found = next_verb(low, match.end() + 2, limit)
    while found is not None and words[found].isupper():  # `Công ty Đầu tư …`: a name's own word
        found = next_verb(low, found + 1, limit)
    names = tuple(_split(words[match.end() : limit if found is None else found].strip(" ,;")))
    leads = found is not None and _LEADS.fullmatch(low[: match.start()]) is not None
    return names, found or 0 if leads else 0


def _split(names: str) -> list[str]:
    """Part a list of bodies where a new name begins behind a comma, a semicolon or `và`."""
    parts = [""]
    for piece in re.split(r"(;\s*|,\s*(?:và\s+)?|\s+và\s+)", names):
        goes_on = parts[-1].startswith("các ") and piece[:1].islower() and not piece.startswith("các ")  # `các cơ quan, đơn vị`
        if parts[-1] and is_body(piece, 0) and not goes_on and not re.match(r"(?:và|,|;)", piece):
            parts.append(piece)
        else:
            parts[-1] += piece
    return [re.sub(r"^(?:và|,|;)\s*|[\s,;]*(?:\bvà)?[\s,;]*$", "", part).strip() for part in parts if part.strip(" ,;")]
