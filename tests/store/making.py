"""Makers of what the store is given: transcripts of plain text and directives of plain values."""

import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path

from ingest.transcript import Box, Page, Span, Transcript, Word
from nlp.directive import NOWHERE, Deadline, Directive, Duty, Found, Place, Reference, Signer
from store.answers import Viewer
from store.filing import file
from store.queues import duties_in_order, heads_in_order, lines_of_duties, lines_of_heads

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
ALL = Viewer("thử")
NOBODY = Viewer("khách", sees_all=False)
SHARED = Path(__file__).parents[2].parent / "shared"


def day(text):
    """Read DD/MM/YYYY or an ISO date; None stays None."""
    if not text:
        return None
    return date.fromisoformat(text) if "-" in text else datetime.strptime(text, "%d/%m/%Y").replace(tzinfo=UTC).date()


def found(value, span=None, confidence=0.9):
    """Wrap a value as found; None stays None."""
    return None if value is None else Found(value, Place(Span(*span)) if span else NOWHERE, confidence, "thử")


def reference(number=None, issued_on=None, agency=None, **more):
    """Make a reference; type from the usual letters when it is not given."""
    values = {"type": None, "title": None, "relation": "mentions", "mentions": (NOWHERE,), "confidence": 0.9, "rule": "thử", **more}
    return Reference(number=number, issued_on=day(issued_on), agency=agency, **values)


def duty(task, on=None, who="Ban Tổ chức Huyện ủy", **more):
    """Make a duty that is due before a day, or has no limit."""
    limit = Deadline("date", f"trước ngày {on}", NOWHERE, "before", day(on)) if on else None
    return Duty(task, confidence=0.9, rule="thử", **{"place": NOWHERE, "assignee": who, "deadline": limit, **more})


def recurring(task, rule, who="Các chi bộ", text="hằng năm"):
    """Make a duty that comes again."""
    return Duty(task, NOWHERE, 0.9, "thử", assignee=who, deadline=Deadline("recurring", text, NOWHERE, "every", recurrence=rule))


def directive(number=None, issued_on=None, agency=None, references=(), duties=(), **more):
    """Make a directive; plain values are wrapped as found."""
    plain = {name: found(more.pop(name, None)) for name in ("type", "place", "parent_agency", "subject", "urgency", "filed_at")}
    return Directive(
        family=more.pop("family", "party"),
        number=found(number),
        issued_on=found(day(issued_on)),
        agency=found(agency),
        references=tuple(references),
        duties=tuple(duties),
        **plain,
        **more,
    )


def transcript(text="Kính gửi: Các tổ chức cơ sở đảng.", name="cv.txt"):
    """Make a transcript with one page for each form feed, its words as boxes of 10 points, one line for each line of text."""
    pages = []
    for number, part in enumerate(text.split("\f"), 1):
        words, at = [], 0
        for row, line in enumerate(part.split("\n")):
            for column, word in enumerate(line.split(" ")):
                box = Box(column * 40, row * 12, column * 40 + 36, row * 12 + 10)
                words += [Word(Span(at, at + len(word)), box, "text layer", 1.0)] if word else []
                at += len(word) + 1
        pages.append(Page(number, 595, 842, part, tuple(words), reading="text layer"))
    return Transcript(f"{sha(text)}-1", name, "application/pdf", tuple(pages))


def sha(text):
    """Give the hash of a text's bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def put(session, read, text=None, purpose="daily", now=NOW, rules=None):
    """File a directive under bytes of its own; the same text is the same bytes."""
    text = text or f"{read.number and read.number.value} {read.issued_on and read.issued_on.value} {read.agency and read.agency.value}"
    return file(session, sha256=sha(text), transcript=transcript(text), directive=read, purpose=purpose, now=now, rules=rules)


def gold(name, **more):
    """Make the directive that a careful reader takes from one of the three seeds."""
    record = json.loads((SHARED / "eval" / "dev" / name / "gold.json").read_text("utf-8"))
    relations = {"basis": "based_on", "attached": "attaches"}
    references = [
        reference(
            r["number"], r["issued_on"], r["agency"], type=r["type"], title=r["title"], relation=relations.get(r["relation"], r["relation"])
        )
        for r in record["references"]
    ]
    duties = [
        duty(d["task"], d["date"], d["assignee"])
        if d["kind"] == "date"
        else recurring(d["task"], more["rules"].pop(0), d["assignee"], d["text"])
        for d in record["deadlines"]
    ]
    signer = Signer(*(found(record["signer"][part]) for part in ("name", "position", "authority")))
    heads = {name: record[name] for name in ("type", "place", "parent_agency", "subject", "filed_at")}
    bodies = {role: tuple(map(found, record[role])) for role in ("addressees", "recipients")}
    return directive(record["number"], record["issued_on"], record["agency"], references, duties, signer=signer, **heads, **bodies)


def head_queue(session, now, seen_by):
    """List the documents whose heads wait, all of them."""
    return lines_of_heads(session, heads_in_order(session, now=now, seen_by=seen_by), seen_by=seen_by)


def duty_queue(session, now, seen_by):
    """List the documents whose duties wait, all of them."""
    return lines_of_duties(session, duties_in_order(session, now=now, seen_by=seen_by), seen_by=seen_by)
