"""Which lines belong to one paragraph?

A line goes on in the next one unless something speaks against it: the next begins with its own marker, a heading ends
without a full stop, a sentence ends before the right margin.
"""

import re

from nlp.letters import LOWER
from nlp.lines import MARKER, Printed

_ENDS = re.compile(r"""[.;:!?…]["”')\]]*\s*$|\./\.\s*$""")
_OPENERS = re.compile(
    r"\s*(?:(?:can cu|theo de nghi|xet|kinh gui|noi nh|thuc hien|tran trong|phan|chuong)\s|luu:|quyet (?:dinh|nghi)|dieu \d)"
)
_LABELLED = re.compile(r"\s*(?:thoi gian|dia diem|thanh phan|noi dung|chu tri|toi du)\b[^:.]{0,30}:")  # of an invitation
_NEVER_WRAPPED = 140  # characters: more than a printed line holds, so that it is a paragraph as it was typed
_SMALL = re.compile(rf"\s*[\"“(]?[{LOWER}]")


def goes_on(line: Printed, following: Printed, *, blank_between: bool) -> bool:
    """Say whether the paragraph that holds line goes on in the following line."""
    if following.is_caps != line.is_caps and (following.is_caps or line.is_caps) and not _tiny(following):
        return False
    if starts_item(line, following):
        return False
    ended = bool(_ENDS.search(line.plain))
    if _SMALL.match(following.plain):
        return not ended or line.wide
    if blank_between:
        return False
    if ended and (_OPENERS.match(following.bare) or (line.box is None and len(line.plain) > _NEVER_WRAPPED)):
        return False
    return line.wide and not _LABELLED.match(following.bare)


def starts_item(line: Printed, following: Printed) -> bool:
    """Say whether the following line begins an item of its own, and not with a dash or number inside a sentence."""
    match = MARKER.match(following.plain)
    if not match:
        return False
    marker, rest = match["marker"].strip(), following.plain[match.end() :].lstrip()
    ended = bool(_ENDS.search(line.plain)) or line.plain.rstrip().endswith(",")
    if marker in "-+*•●▪~":
        return ended or not line.wide or rest[:1].isupper() or rest[:1] in '"“('
    if marker.startswith(("Điều", "Chương", "Mục", "Phần", "PHẦN", "CHƯƠNG", "MỤC")):
        return ended or not line.wide
    return ended or not line.wide or not rest[:1].islower()


def _tiny(line: Printed) -> bool:
    """A line of one or two short words in capitals (`UBND`, `TW;`) is no heading."""
    return len(line.plain.split()) <= 2 and len(line.plain.strip()) <= 10
