"""Which is the document's own number and symbol?

It stands under the issuer (`Số: 833/QĐ-UBND`, `Số 07-NQ/HU`); the serial is often written by hand, or stands only in a
signature stamp or alone on a line of the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.transcript import Span
from nlp.directive import Found, Place
from nlp.letters import bare
from nlp.lines import Printed
from nlp.number import with_its_bars
from nlp.zones import Zones

_LABEL = re.compile(r"(?:^|\s)(?:luat\s+|nghi quyet\s+)?[s5$][o0óeé]\s*[:.;,]?\s*(?=\S)")
_SYMBOL = re.compile(
    r"(?P<sep>[/\-|\\])\s*(?:(?P<year>(?:19|20)\d\d)\s*/\s*)?"
    r"(?P<symbol>[A-ZĐƯÔÂ][A-Za-zĐđƯÔÂÁÀ0-9&.]*(?:\s?,\s?[A-ZĐ][A-Za-zĐ&]*)*(?:\s*[-/]\s*[A-ZĐƯa-z][\wĐđƯ&.]*(?:\s?,\s?[A-ZĐ]{2,}[A-Za-zĐ&]*)*)*)"
)
# A digit of the serial may cover the slash: `Số 1849BGDĐT-GDPT`.
_GLUED = re.compile(r"(?<![-/A-ZĐ])(?P<symbol>(?:[A-ZĐ]{3,}[A-Za-zĐ&]*|QĐ|CĐ|CT|KH|TB|BC|HD|NQ|GM|BB|QC|PA|ĐA)(?:-[A-ZĐ][\wĐđ&.]*)+)")
_DIGITS = str.maketrans("OoQDlI|!iSsZzBbgqÓØ", "00001111155228899" + "00")
_WITH = re.compile(
    r"[Kk]èm theo [^()\n]{0,60}?[Ss][ốôó]\s*:?\s*(?P<serial>\d{1,5}[a-z]?)\s*(?P<symbol>[-/]\s*[^\s,;)]{2,30}(?:\s*-\s*[A-ZĐ]{2,})?)"
)
_CODES = {
    "QD": "QĐ",
    "ND": "NĐ",
    "CD": "CĐ",
    "HDND": "HĐND",
    "UBNĐ": "UBND",
    "ƯBND": "UBND",
    "UBNP": "UBND",
    "VBND": "UBND",
    "DU": "ĐU",
    "TTG": "TTg",
    "CTR": "CTr",
    "TTR": "TTr",
}


@dataclass(frozen=True, slots=True)
class Numbered:
    """The number line: serial as digits (None where blank or unreadable), what stood there, the symbol with its separator."""

    serial: str | None
    raw: str
    symbol: str
    span: Span
    serial_span: Span

    @property
    def number(self) -> str:
        """Give the number and symbol without spaces."""
        return f"{self.serial or ''}{self.symbol}"


def read_number_line(head: Sequence[Printed]) -> Numbered | None:
    """Find the number line in the head; the label `Số` goes before a bare number."""
    for labelled in (True, False):
        for line in head:
            found = _read(line, labelled=labelled)
            if found:
                return found
    return None


def _read(line: Printed, *, labelled: bool) -> Numbered | None:
    label = _LABEL.search(line.bare)
    if labelled:
        if not label or label.start() > 25:
            return None
        at = label.end()
    else:
        match = re.match(r"\s*(?=\d|[-/]\s*[A-ZĐ])", line.plain)
        if not match:
            return None
        at = match.end()
    match = _GLUED.search(line.plain, at) if labelled else None
    if match is None or match.start() - at > 8:
        match = next((found for found in _SYMBOL.finditer(line.plain, at) if _is_symbol(found["symbol"])), None)
    if not match or match.start() - at > 14:
        return None
    raw = line.plain[at : match.start()].strip(" .:;,_")
    parts = match.groupdict()
    year = f"{parts['year']}/" if parts.get("year") else ""
    sep = "/" if parts.get("sep", "/") in "|\\" else parts.get("sep", "/")
    start = line.span.start
    return Numbered(
        serial=serial_in(raw),
        raw=raw,
        symbol=sep + year + canonical_symbol(match["symbol"]),
        span=Span(start + at, start + match.end()),
        serial_span=Span(start + at, start + match.start()),
    )


def _is_symbol(text: str) -> bool:
    return bool(re.search(r"[A-ZĐƯ]{2}", text)) and (bool(re.search(r"[-/]", text)) or len(text) <= 12)


def serial_in(raw: str) -> str | None:
    """Read a serial: digits with an optional letter (`15a`), OCR's letters for digits mended; None where it is none."""
    text = re.sub(r"[\s,_:…]+|\.(?!\d)|(?<!\d)\.", "", raw)
    match = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)([a-zđ]?)", text)
    if match:
        return match[1] + match[2]
    mended = text.translate(_DIGITS)
    if re.fullmatch(r"\d{1,5}", mended) and re.search(r"\d", text):
        return mended
    return None


def canonical_symbol(text: str) -> str:
    """Give a symbol without spaces, with the codes that OCR damages put right (`QD-UBND` → `QĐ-UBND`)."""
    text = re.sub(r"\s+", "", text).strip(".,;:")
    return re.sub(r"[^\W\d_]+", lambda m: _CODES.get(m[0]) or with_its_bars(m[0]) or m[0], text)


def lone_serial(zones: Zones, pages: int) -> tuple[str, Span] | None:
    """Find a serial that stands alone on a line of the text: a number too high for a page number, and the only one of its kind."""
    lone = [
        (line.plain.strip(), line.span)
        for line, zone in zones.printed
        if zone not in ("head", "title") and re.fullmatch(r"\s*\d{1,5}\s*", line.plain)
    ]
    highest = max(pages, len(zones.plain) // 1800 + 2)
    fitting = [(text, span) for text, span in lone if int(text) > highest]
    if len({text for text, _ in fitting}) == 1:
        return fitting[0]
    return None


def told_by_attachment(symbol: str, zones: Zones) -> tuple[str, Span] | None:
    """Find the serial that an attachment prints in `(Kèm theo Công văn số 12/UBND-VX …)`, with the same symbol."""
    sought = bare(re.sub(r"\s", "", symbol))
    for paragraph in zones.within("attachment"):
        text = zones.text(paragraph.span)
        match = _WITH.search(text)
        if match and bare(re.sub(r"\s", "", match["symbol"])).startswith(sought):
            start = paragraph.span.start
            return match["serial"], Span(start + match.start("serial"), start + match.end("serial"))
    return None


def _beside(numbered: Numbered, head: Sequence[Printed]) -> tuple[str, Span] | None:
    """Find a serial that stands alone on a line next to the number line: a signature's stamp puts it there."""
    at = next((i for i, line in enumerate(head) if line.span.start <= numbered.span.start < line.span.end), None)
    for line in head[max(0, at - 1) : at + 3] if at is not None else ():
        if re.fullmatch(r"\s*\d{1,5}\s*", line.plain) and line.kind != "right column":
            return line.plain.strip(), line.span
    return None


def _by_hand(numbered: Numbered, looked: Found[str] | None) -> Found[str]:
    """Give a number whose serial a hand wrote, by a second look if one was taken."""
    if looked is None:
        return Found(numbered.number, Place(numbered.span), 0.55, "dòng số, ký hiệu; số viết tay")
    others = tuple(serial + numbered.symbol for serial in looked.candidates)
    return replace(looked, value=looked.value + numbered.symbol, candidates=others)


def own_number(numbered: Numbered, zones: Zones, pages: int, looked: Found[str] | None = None) -> tuple[Found[str], str | None]:
    """Give the number and, where the serial is missing, why; a serial that stands elsewhere fills a blank or a hand's.

    looked is the serial as a second look at its place read it.
    """
    place, written = Place(numbered.span), bool(re.search(r"\w", numbered.raw))
    if numbered.serial and numbered.serial == numbered.raw and looked is None:
        return Found(numbered.number, place, 0.92, "dòng số, ký hiệu"), None
    beside = _beside(numbered, zones.printed_in("head"))
    if beside:
        return Found(beside[0] + numbered.symbol, Place(beside[1]), 0.9, "ký hiệu ở đầu văn bản; số trong dấu ký số"), None
    told = told_by_attachment(numbered.symbol, zones)
    if told and (looked is None or told[0] in looked.candidates):
        return Found(told[0] + numbered.symbol, Place(told[1]), 0.75, "ký hiệu ở đầu văn bản; số ghi ở phần kèm theo"), None
    if looked is not None or numbered.serial:
        return _by_hand(numbered, looked), None
    lone = None if written else lone_serial(zones, pages)
    if lone:
        return Found(lone[0] + numbered.symbol, Place(lone[1]), 0.8, "ký hiệu ở đầu văn bản; số đứng riêng một dòng"), None
    why = f"Không đọc được số: “{numbered.raw}”." if written else "Văn bản để trống số."
    return Found(numbered.symbol, place, 0.5 if written else 0.9, "dòng số, ký hiệu"), why


def symbol_kind(number: str) -> str | None:
    """Give the code of the kind in a number's symbol (`QĐ` in 84/QĐ-UBND, `CV` in 833-CV/HU); None for a State letter."""
    symbol = re.sub(r"^\d+[a-zđ]?", "", number).lstrip("-/")
    symbol = re.sub(r"^(?:19|20)\d\d/", "", symbol)
    return re.split(r"[-/]", symbol)[0] or None


def is_party_shape(number: str) -> bool:
    """Say whether a number has the Party's shape: hyphen before the kind, slash before the body."""
    return bool(re.match(r"\d*[a-z]?-[^-/]+/", number))
