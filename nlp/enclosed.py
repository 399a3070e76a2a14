"""Which titled document came with a cited one (`Quy chế thi … ban hành kèm theo Thông tư số 17/2023/TT-BGDĐT`)?

A regulation, a charter or a plan that a decision issues has a title of its own and no number: it is known by the decision's.
"""

import re

_KINDS = (
    r"(?:[Qq]uy (?:chế|định|chuẩn|trình|hoạch|ước)|[ĐđÐ]iều lệ|[Nn]ội quy|[Cc]hương trình|[Kk]ế hoạch|[ĐđÐ]ề án|[Dd]anh mục|[Hh]ướng dẫn"
    r"|[Đđ]ịnh mức|[Cc]hiến lược|[Bb]ộ (?:tiêu chí|chỉ số|thủ tục|quy tắc)|[Tt]iêu chuẩn|[Pp]hương án|[Cc]hế độ báo cáo)"
)
_WITH = re.compile(r"\s(?:được\s)?(?:ban hành\s)?(?:đính\s)?kèm theo\s?(?:các\s)?$")
_TITLE = re.compile(rf"(?<!\w){_KINDS}\s")
_CUT = re.compile(r'[;:.“”"()\n]')
_FARTHEST, _SHORTEST = 220, 12  # letters: how far a title begins before the words that end it, how short it may be
REACH = _FARTHEST + 41  # letters before a citation that are looked at
_OTHER = re.compile(r"\d[/-][A-ZĐ]")  # a number: the words after it are its subject, not a title beside it


def enclosed_title(before: str) -> str | None:
    """Give the title that ends in the words before a citation, if these say that it came with the cited document.

    The nearest word of a kind that begins a title counts; what stands in lower case inside a title (`quy định`) begins none.
    """
    end = _WITH.search(before[-40:])
    if end is None:
        return None
    said = before[: len(before) - len(before[-40:]) + end.start()]
    said = said[max(0, len(said) - _FARTHEST) :]
    cuts = [match.end() for match in _CUT.finditer(said)]
    said = said[cuts[-1] :] if cuts else said
    starts = [match.start() for match in _TITLE.finditer(said)]
    large = [start for start in starts if said[start].isupper()]
    start = next(iter(large[-1:] or starts[-1:]), None)
    if start is None:
        return None
    title = said[start:].strip(" ,")
    return None if len(title) < _SHORTEST or _OTHER.search(title) else title
