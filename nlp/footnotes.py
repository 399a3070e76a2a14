"""What does the body say at the mark of a footnote about the documents that the footnote lists?"""

import re

from nlp.issuing import read_body
from nlp.zones import Zones

_MARK = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]")
_BEFORE = re.compile(r"(?<=\w)\s?(?P<mark>[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2})\s{0,9}(?:của|do)\s{1,9}")
_AFTER = re.compile(r"(?:của|do)\s{1,9}(?P<body>[^¹²³⁴⁵⁶⁷⁸⁹⁰.;]{3,120}?)\s?(?P<mark>[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2})(?!\w)")


def issuers_at_anchors(zones: Zones) -> dict[str, str]:
    """Give mark → issuer for `các Quy định¹ của Ban Thường vụ Tỉnh ủy` and `Hướng dẫn của Ban Tổ chức Tỉnh ủy²`."""
    found: dict[str, str] = {}
    if not _MARK.search(zones.plain):
        return found
    for match in _BEFORE.finditer(zones.plain):
        body = read_body(zones.plain, match.end())
        if body:
            found.setdefault(match["mark"], body[0])
    for match in _AFTER.finditer(zones.plain):
        body = read_body(zones.plain, match.start("body"))
        if body and body[1] >= match.end("body"):
            found.setdefault(match["mark"], body[0])
    return found
