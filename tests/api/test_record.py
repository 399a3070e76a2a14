"""A RECORD says what was read under the agreed names, and where each value stands."""

from dataclasses import replace
from datetime import date, time

import pytest

from api.record import record
from ingest.transcript import Block, Box, Line, Page, Span, Transcript, Word
from nlp.directive import Attachment, Deadline, Directive, Duty, Event, Found, Place, Reference, Signer

TEXT = "Số: 12-CV/HU\nBảo Lâm, ngày 05 tháng 01 năm 2026\nThực hiện Kế hoạch số 3-KH/TU\nbáo cáo trước ngày 20/01/2026"


def transcript():
    """One page whose words stand 50 points apart, line under line."""
    words, lines, at = [], [], 0
    for row, line in enumerate(TEXT.split("\n")):
        lines.append(Line(Span(at, at + len(line)), None))
        start = at
        for column, word in enumerate(line.split(" ")):
            box = Box(50 * column, 20 * row, 50 * column + 45, 20 * row + 12)
            words.append(Word(Span(start, start + len(word)), box, "OCR", 0.9))
            start += len(word) + 1
        at += len(line) + 1
    page = Page(1, 595, 842, TEXT, tuple(words), tuple(lines), (Block(Span(0, len(TEXT)), None, "text"),), reading="OCR")
    return Transcript("id", "cv.pdf", "application/pdf", (page,))


def at(words):
    """Give the place of these words in TEXT."""
    start = TEXT.index(words)
    return Place(Span(start, start + len(words)))


def found(value, place, confidence=0.9):
    """Make a Found."""
    return Found(value, place, confidence, "quy tắc")


def duty(kind, **changes):
    """Make a duty whose limit is of this kind (None: no limit at all)."""
    limit = Deadline(kind, "trước ngày 20/01/2026", at("trước ngày 20/01/2026"), **changes) if kind else None
    return Duty("báo cáo", at("báo cáo"), 0.8, "q", assignee="các xã", deadline=limit)


DIRECTIVE = Directive(
    family="party",
    number=found("12-CV/HU", at("12-CV/HU")),
    issued_on=found(date(2026, 1, 5), at("ngày 05 tháng 01 năm 2026")),
    signer=Signer(name=found("Trần Thử", Place(page=1, box=Box(1, 2, 3, 4)))),
    recipients=(found("Các xã", Place()), found("Ban A", Place())),
    references=(
        Reference("Kế hoạch", "3-KH/TU", None, None, None, "implements", (at("3-KH/TU"),), 0.9, "q"),
        Reference("Luật", None, None, None, "Luật B", "amends", (), 0.9, "q", source="Luật A"),
    ),
    duties=(duty("none"), duty("date", date=date(2026, 1, 20)), duty("recurring"), duty("elsewhere"), duty(None)),
    events=(Event("họp", at("báo cáo"), date(2026, 1, 6), time(8, 30), "Hội trường", (), 0.9, "q"),),
    attachments=(Attachment("Phụ lục", "appendix", Place()),),
    missing={"subject": "Không thấy trích yếu."},
    to_verify=("deadlines[0].date",),
)
RECORD = record(transcript(), DIRECTIVE)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("number", "12-CV/HU"),
        ("issued_on", "2026-01-05"),
        ("subject", None),
        ("signer", {"name": "Trần Thử", "position": None, "authority": None}),
        ("addressees", []),
        ("recipients", ["Các xã", "Ban A"]),
        ("to_verify", ["deadlines[0].date"]),
        ("attachments", ["Phụ lục"]),
    ],
)
def test_a_record_holds_plain_values(key, value):
    """Each key holds the value as the guide has it; what is not there is null."""
    assert RECORD[key] == value


def test_only_what_the_document_itself_cites_is_a_reference():
    """An edge between two other documents stays out of the references."""
    (reference,) = RECORD["references"]
    assert reference == {
        "type": "Kế hoạch",
        "number": "3-KH/TU",
        "issued_on": None,
        "agency": None,
        "title": None,
        "relation": "implements",
    }


def test_a_duty_without_a_time_limit_is_no_deadline():
    """Deadlines are the duties whose limit is a date, recurring or relative; the others stand beside them."""
    assert [(line["kind"], line["date"]) for line in RECORD["deadlines"]] == [("date", "2026-01-20"), ("recurring", None)]
    assert len(RECORD["duties"]) == 3


@pytest.mark.parametrize(
    ("key", "page", "boxes", "words"),
    [
        ("number", 1, [[50, 0, 95, 12]], "12-CV/HU"),
        ("issued_on", 1, [[100, 20, 395, 32]], "ngày 05 tháng 01 năm 2026"),
        ("signer.name", 1, [[1, 2, 3, 4]], ""),
        ("recipients[1]", None, [], ""),
        ("references[0]", 1, [[250, 40, 295, 52]], "3-KH/TU"),
        ("deadlines[0]", 1, [[100, 60, 245, 72]], "trước ngày 20/01/2026"),
        ("events[0]", 1, [[0, 60, 95, 72]], "báo cáo"),
    ],
)
def test_each_value_says_where_it_stands(key, page, boxes, words):
    """Evidence has the page, one box a line, and the words; a value that stands nowhere has none."""
    evidence = RECORD["evidence"][key]
    assert (evidence["page"], evidence["boxes"], evidence["words"]) == (page, boxes, words)
    assert 0 <= evidence["confidence"] <= 1 and evidence["rule"]


def test_parts_of_references_and_duties_say_how_sure_they_are():
    """Beside the whole stand the parts, under their names; what has none says nothing of parts."""
    cited = Reference("Kế hoạch", "3-KH/TU", None, "Ban A", None, "implements", (), 0.9, "q", parts=(("agency", 0.6), ("relation", 0.95)))
    task = replace(duty("date", date=date(2026, 1, 20)), parts=(("task", 0.7),))
    made = record(transcript(), replace(DIRECTIVE, references=(cited,), duties=(task, duty(None))))["evidence"]
    assert made["references[0]"]["parts"] == {"agency": 0.6, "relation": 0.95} and made["deadlines[0]"]["parts"] == {"task": 0.7}
    assert "parts" not in made["duties[0]"] and "parts" not in made["number"]


def test_every_value_has_evidence():
    """No value without the place it was read."""
    keys = {"number", "issued_on", "signer.name", "recipients[0]", "recipients[1]", "references[0]", "events[0]"}
    keys |= {f"deadlines[{n}]" for n in range(2)} | {f"duties[{n}]" for n in range(3)}
    assert set(RECORD["evidence"]) == keys


def test_an_arrival_stamp_is_no_part_of_what_is_judged():
    """Its values, and which of them are to verify, stand in an object of their own; the document's own keys stay as they are."""
    read = Directive(
        family="party",
        number=found("12-CV/HU", at("12-CV/HU")),
        arrived_as=found("417", at("20/01/2026")),
        to_verify=("number", "arrived_as"),
    )
    made = record(transcript(), read)
    assert (made["number"], made["to_verify"]) == ("12-CV/HU", ["number"])
    assert made["arrival"] == {"arrived_as": "417", "arrived_on": None, "forwarded_to": None, "to_verify": ["arrived_as"]}
    assert made["evidence"]["arrived_as"]["page"] == 1
