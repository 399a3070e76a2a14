"""How are answers set on a terminal: one line each, whole when piped, cut to the width of a screen?"""

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import typer

from api.wording import FAMILIES, FIELDS, JOB_STATES, LINK_STATUS, RELATIONS, clock, day, limit, moment, of_file, tone
from store.answers import Citation, Citations, DocumentLine, DocumentView, DutyLine, EventLine, FieldLine, Hit, Job, Office
from store.corrections import DAYS

COLOURS = {"late": typer.colors.RED, "today": typer.colors.YELLOW, "soon": typer.colors.YELLOW}
NARROWEST = 60


def width() -> int | None:
    """Give the columns of the screen, or None when the output is no screen: then nothing is cut."""
    return max(NARROWEST, shutil.get_terminal_size((120, 24)).columns) if sys.stdout.isatty() else None


def say(lines: Iterable[str]) -> None:
    """Print lines."""
    for line in lines:
        typer.echo(line)


def cut(text: str, room: int | None) -> str:
    """Give a text on one line that fits into room columns, with an ellipsis where it was cut; None is room for all."""
    text = " ".join(text.split())
    return text if room is None or len(text) <= room else text[: max(0, room - 1)].rstrip() + "…"


def duty_lines(duties: Sequence[DutyLine], room: int | None, *, numbered: bool = True) -> Iterator[str]:
    """Write each duty on one line: the document's number (where asked), limit and standing, who → to whom (qua whom): what."""
    rows = [((duty.number or "Không số",) if numbered else ()) + (_when(duty), duty.standing) for duty in duties]
    rows = [(*row[:-2], "  ".join(part for part in row[-2:] if part)) for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for duty, row in zip(duties, rows, strict=True):
        left = "  ".join(f"{cell:<{wide}}" for cell, wide in zip(row, widths, strict=True)) + _how_far(duty)
        line = f"{left}  {_who_what(duty, None if room is None else room - len(left) - 2)}"
        colour = COLOURS.get(tone(duty))
        yield typer.style(line, fg=colour) if colour else line


def _how_far(duty: DutyLine) -> str:
    """Write what people did about a duty, where they did: `  [Đang thực hiện; 98/127 đơn vị]`."""
    said = (
        duty.state if duty.state != "Chưa thực hiện" else "",
        f"giao {duty.unit}" if duty.unit else "",
        f"{duty.ticked}/{duty.members} đơn vị" if duty.members else "",
        f"hạn đầu {day(duty.first_limit)}" if duty.first_limit else "",
        f"lãnh đạo giao {day(duty.leader_limit)}" if duty.leader_limit else "",
    )
    return f"  [{'; '.join(filter(None, said))}]" if any(said) else ""


def _when(duty: DutyLine) -> str:
    """Give the day of the limit where one is known; the words of the other limits stand at the end of the line."""
    if duty.due_on is None:
        return ""
    return f"kỳ tới {day(duty.due_on)}" if duty.kind == "recurring" else limit(duty)


def _who_what(duty: DutyLine, room: int | None) -> str:
    who = duty.assignee or "Chưa rõ đơn vị"
    to_whom = (f"→ {duty.to_whom} " if duty.to_whom else "") + (f"(qua {duty.through})" if duty.through else "")
    limit_words = duty.limit_text if duty.kind != "date" and duty.limit_text and duty.limit_text not in duty.task else ""
    what = duty.task + (f" ({limit_words})" if limit_words else "")
    third = room and room // 3
    head = " ".join(part for part in (cut(who, third), cut(to_whom, third)) if part)
    return f"{head}: {cut(what, None if room is None else room - len(head) - 2)}"


def event_line(event: EventLine) -> str:
    """Write a meeting on one line."""
    when = " ".join(part for part in (clock(event.at), day(event.on)) if part) or "chưa rõ ngày"
    where = f", {event.venue}" if event.venue else ""
    return f"{when}: {event.title}{where}"


def document_line(line: DocumentLine, room: int | None = None) -> str:
    """Write a document on one line: number, type, date, agency, subject, whether it is held."""
    issued = f"ngày {day(line.issued_on)}" if line.issued_on else ""
    parts = [
        line.number or "Không số",
        line.type or "",
        issued,
        line.agency or "",
        f"«{' '.join(line.subject.split())}»" if line.subject else "",
    ]
    held = line.state or "Đã có trong kho" if line.held else "Được viện dẫn, chưa có"
    text = " · ".join(part for part in parts if part)
    return f"{cut(text, room and room - len(held) - 3)} [{held}]"


def citations_lines(citations: Citations, room: int | None) -> Iterator[str]:
    """Write what a document cites and what cites it, each on one line."""
    yield typer.style(document_line(citations.document, room), bold=True)
    if citations.cites:
        yield f"  Viện dẫn {len(citations.cites)} văn bản:"
    elif citations.document.held:
        yield "  Không viện dẫn văn bản nào."
    yield from (_edge(edge, edge.target, 0, room) for edge in citations.cites)
    yield f"  Được {len(citations.cited_by)} văn bản viện dẫn:" if citations.cited_by else "  Chưa có văn bản nào trong kho viện dẫn."
    yield from (_edge(edge, edge.source, 1, room) for edge in citations.cited_by)


def _edge(edge: Citation, other: DocumentLine, side: int, room: int | None) -> str:
    """Write one edge from the side of the document that is looked at: 0 it cites, 1 it is cited."""
    words = RELATIONS[edge.relation][side]
    scope = f" ({edge.scope})" if edge.scope else ""
    note = f" [{LINK_STATUS['ambiguous']}]" if edge.status == "ambiguous" else ""
    left = f"    {words}{scope}: "
    return left + document_line(other, room and room - len(left) - len(note)) + note


def view_lines(view: DocumentView, room: int | None) -> Iterator[str]:
    """Write all about one document, a field or a thing a line."""
    yield typer.style(document_line(view.line, room), bold=True)
    if view.names:
        part = f" ({of_file(view.file_pages)}, tách thành {len(view.same_file)} văn bản)" if view.same_file and view.file_pages else ""
        yield f"  Tệp: {', '.join(view.names)}{part}"
    for line in view.fields:
        if line.value is not None or line.reason:
            yield "  " + cut(f"{FIELDS.get(line.name, line.name)}: {_field(line)}", room and room - 2)
    for name, lines in (("addressees", view.addressees), ("recipients", view.recipients)):
        if lines:
            yield f"  {FIELDS[name]}: {'; '.join(line.value for line in lines if line.value)}"
    yield from _section("Nhiệm vụ", duty_lines(view.duties, room and room - 4, numbered=False))
    yield from _section("Lịch họp", map(event_line, view.events))
    yield from _section("Kèm theo", view.attachments)
    yield from _section("Viện dẫn", (_edge(edge, edge.target, 0, room).strip() for edge in view.cites))
    yield from _section("Được viện dẫn", (_edge(edge, edge.source, 1, room).strip() for edge in view.cited_by))
    yield from _section("Lưu ý", view.notes)


def _field(line: FieldLine) -> str:
    if line.value is None:
        return line.reason or ""
    value = day(date.fromisoformat(line.value)) if line.name in DAYS else line.value
    marks = [f"máy đọc: {line.read or 'không có'}, {line.corrected_by} sửa"] if line.corrected_by else []
    marks += ["cần đối chiếu"] if line.to_verify else []
    return value + (f"  [{'; '.join(marks)}]" if marks else "")


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    for at, line in enumerate(lines):
        if at == 0:
            yield f"  {title}:"
        yield f"    {line}"


def hit_lines(hits: Iterable[Hit], room: int | None) -> Iterator[str]:
    """Write each hit: the document, then the words around what matched."""
    for hit in hits:
        yield typer.style(document_line(hit.document, room), bold=True)
        page = f"trang {hit.page}: " if hit.page else ""
        yield f"    {page}{_marked(hit)}"


def _marked(hit: Hit) -> str:
    text, at = "", 0
    for start, end in sorted(hit.marks):
        if start >= at:
            text += hit.snippet[at:start] + typer.style(hit.snippet[start:end], bold=True, fg=typer.colors.GREEN)
            at = end
    return " ".join((text + hit.snippet[at:]).split())


def office_lines(office: Office | None) -> Iterator[str]:
    """Write what is known of the office."""
    if office is None:
        yield "Chưa ghi cơ quan dùng chương trình. Đề nghị ghi: vanthu office --name … --family party|state|mass_org"
        return
    yield f"Cơ quan: {office.name} ({FAMILIES[office.family]})"
    yield f"Cấp trên: {office.parent or 'chưa ghi'}"
    yield f"Địa danh: {office.place or 'chưa ghi'}"
    yield f"Nhiệm kỳ: {office.term or 'chưa ghi'}"


def job_line(job: Job, room: int | None) -> str:
    """Write one line of the ledger."""
    pages = f"{job.pages_done}/{job.pages} trang" if job.pages else ""
    found = f"tách thành {len(job.document_ids)} văn bản" if len(job.document_ids) > 1 else ""
    parts = [f"{job.id:>5}", moment(job.received_at), f"{JOB_STATES[job.state]:<22}", job.name, pages, found, job.error or ""]
    text = "  ".join(part for part in parts if part)
    return text if room is None or len(text) <= room else text[: room - 1] + "…"
