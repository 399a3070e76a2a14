"""What of a document may not be there: a page, the end, what it says comes with it?

Each doubt is one sentence for the person who checks. What is not sure is not said: a page that OCR numbers wrongly, a document that
only asks others to enclose something.
"""

import re
from collections.abc import Iterator, Sequence
from textwrap import shorten

from ingest.transcript import Page, Transcript
from nlp.borders import ATTACHMENT
from nlp.directive import Signer
from nlp.letters import bare, one_line
from nlp.lines import Printed
from nlp.zones import ZoneKind, Zones

_EDGE = 3  # lines at the top and at the foot of a page among which its number stands
_LEAP = 5  # pages that may be missing at once; a larger leap is a number misread
_SURE = 0.85  # confidence of a printed number that no other page bears out
_LONE = re.compile(r"\s*(?:Trang\s+)?[-–]?\s*(\d{1,3})(?:\s*/\s*\d{1,3})?\s*[-–]?\s*")
_QUOTED = 90  # letters of what is announced that are quoted
_MAY_ENCLOSE = re.compile(r"k[eè]m\b")
_ENCLOSED = re.compile(
    r"\((?P<note>(?=[^()]*\b(?:dinh kem|gui kem|kem theo)\b)(?!\s*(?:co )?kem theo)(?![^()]*ban hanh kem)[^()]{8,160})\)"
    r"|(?P<order>\b(?:ban hanh|gui|phe duyet)\s+kem\s+theo\s+(?:[^\s.;]{1,9}\s+){1,3}nay\b[^.;:()]{0,200})"
)


def find_doubts(zones: Zones, transcript: Transcript, signer: Signer, recipients: int) -> tuple[str, ...]:
    """Give the sentences; recipients is how many were found."""
    numbered = _numbers(zones, transcript)
    return (
        *_missing_pages(numbered, transcript, zones),
        *_missing_end(zones, transcript, signer, recipients),
        *_missing_attachments(zones),
        *_blank_pages(transcript.pages),
    )


def _numbers(zones: Zones, transcript: Transcript) -> list[tuple[Page, dict[int, Printed]]]:
    """Give each written page of the document, up to what is attached, with the numbers that may be its own, by the line they stand on."""
    by_page: dict[int, list[tuple[Printed, ZoneKind]]] = {}
    for line, kind in zones.printed:
        if not line.is_blank and kind != "stamp":
            by_page.setdefault(line.page, []).append((line, kind))
    found = []
    for page in transcript.pages:
        lines = by_page.get(page.number, [])
        if lines and lines[0][1] == "attachment":
            break
        edges = [line for line, _ in (*lines[:_EDGE], *lines[-_EDGE:])]
        if lines:
            found.append((page, {int(match[1]): line for line in edges if (match := _LONE.fullmatch(line.plain))}))
    return found


def _missing_pages(numbered: Sequence[tuple[Page, dict[int, Printed]]], transcript: Transcript, zones: Zones) -> Iterator[str]:
    """Follow the printed numbers: a leap that another page bears out, or that was read surely, leaves pages out."""
    ahead = 0
    for at, (_, numbers) in enumerate(numbered, 1):
        if at + ahead in numbers or len(numbers) != 1:
            continue
        number, line = next(iter(numbers.items()))
        leap = number - at - ahead
        later = any(number + further in others for further, (_, others) in enumerate(numbered[at:], 1))
        sure = all(word.confidence >= _SURE for _, word in transcript.words_in(line.span))
        if not 0 < leap <= _LEAP or not (later or sure):
            continue
        if at == 1:
            if any(kind == "head" and not one.is_furniture and not one.is_blank for one, kind in zones.printed):
                continue
            yield f"Có thể thiếu trang đầu: trang đầu tiên trong tệp in số {number}."
        else:
            gone = str(number - 1) if leap == 1 else f"{number - leap}–{number - 1}"
            yield f"Có thể thiếu trang {gone}: sau trang {number - leap - 1} là trang {number} (theo số trang in)."
        ahead += leap


def _missing_end(zones: Zones, transcript: Transcript, signer: Signer, recipients: int) -> Iterator[str]:
    tail = any(not line.is_blank for line in zones.printed_in("signature", "recipients"))
    if transcript.text.strip() and not (tail or recipients or signer.name or signer.position or transcript.signatures):
        yield "Không thấy chữ ký và nơi nhận ở cuối văn bản; có thể thiếu trang cuối."


def _missing_attachments(zones: Zones) -> Iterator[str]:
    """Say what a document announces when nothing stands behind its signature."""
    if any(not line.is_blank and not line.is_furniture for line in zones.printed_in("attachment")) or _has_appendix(zones):
        return
    for paragraph in zones.within("body", "opening"):
        text = zones.text(paragraph.span)
        if _MAY_ENCLOSE.search(text) and (match := _ENCLOSED.search(bare(text))):
            group = "note" if match["note"] else "order"
            said = shorten(one_line(text[match.start(group) : match.end(group)]), _QUOTED, placeholder="…")
            yield f"Văn bản nêu có tài liệu kèm theo («{said}») nhưng không thấy trong tệp."
            return


def _has_appendix(zones: Zones) -> bool:
    """Say whether a later page begins with the heading of an appendix, or a line in capitals is one: the signature may be unread."""
    top: dict[int, int] = {}
    for line, _ in zones.printed:
        if line.is_blank or line.is_stamp:
            continue
        top[line.page] = top.get(line.page, 0) + 1
        begins = top[line.page] <= _EDGE and line.page > zones.printed[0][0].page  # OCR may leave specks before the heading
        if ATTACHMENT.search(line.bare) if begins else line.is_caps and ATTACHMENT.match(line.bare):
            return True
    return False


def _blank_pages(pages: Sequence[Page]) -> Iterator[str]:
    blank = [str(page.number) for page in pages if not page.text.strip() and not page.regions]
    if blank and len(blank) < len(pages):
        yield f"Trang {', '.join(blank)} không có chữ; có thể là mặt sau để trắng."
