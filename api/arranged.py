"""What does a document say whose pages a person arranged?

Its pages were read when their files came in, and are not read again; only a page that lies another way up now is. What must not be
wrong is looked at closely, as in any document, each place in the file that it is from.
"""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from api.child import Sheet
from ingest.look_again import look_again
from ingest.second_reading import read_again
from ingest.transcript import Look, Span, Transcript
from ingest.turning import read_turned, turned_copy
from nlp.critical import critical_spans
from nlp.directive import Attachment, Directive, Place
from nlp.extract import believed, blanks_of, extract, is_pictured
from nlp.split import part_of
from store.transcripts import called, compose, keep_page, pages_done

MOST_TITLE = 160  # characters by which an annex is called
Sources = Mapping[int, tuple[Path, int]]
"""For each page of a document the file in which it lies as it is held, and its number there."""


def understood(home: Path, sheets: Sequence[Sheet]) -> Directive:
    """Read what is turned otherwise than before, and say what the document says. Raises Unreadable, NotFound."""
    for sheet in sheets:
        _read(home, sheet)
    whole = compose(home, {sheet.number: sheet.leaf for sheet in sheets})
    looks: tuple[Look, ...] = ()
    if is_pictured(whole):
        with tempfile.TemporaryDirectory() as folder:
            sources = {sheet.number: _source(sheet, Path(folder)) for sheet in sheets}
            whole = _read_again(whole, sources)
            looks = _look_again(whole, sources)
        _keep(home, whole, sheets)
    annex = {sheet.number for sheet in sheets if sheet.leaf.kind == "annex"}
    return _with_annex(whole, looks, annex) if annex else extract(whole, looks)


def _read(home: Path, sheet: Sheet) -> None:
    """Read a turned page, unless that was done before; text, which has no way up, is as it was."""
    leaf = sheet.leaf
    if leaf.turn and leaf.page not in pages_done(home, leaf.read_as):
        page = read_turned(Path(sheet.path), sheet.name, leaf.page, leaf.turn)
        as_it_was = compose(home, {leaf.page: replace(leaf, turn=0)}).pages[0]
        keep_page(home, leaf.read_as, called(page, leaf.page) if page else as_it_was)


def _source(sheet: Sheet, folder: Path) -> tuple[Path, int]:
    path = Path(sheet.path)
    if not sheet.leaf.turn:
        return path, sheet.leaf.page
    own = folder / str(sheet.number)
    own.mkdir()
    copy = turned_copy(path, sheet.leaf.page, sheet.leaf.turn, own)
    return (copy, 1) if copy else (path, sheet.leaf.page)


def _read_again(whole: Transcript, sources: Sources) -> Transcript:
    """Read what matters and was not read surely again, on each page by itself."""
    spans = critical_spans(believed(whole)[0], whole)
    pages = []
    for page, start in zip(whole.pages, whole.starts, strict=True):
        near = [span.moved(-start) for span in spans if start <= span.start <= start + len(page.text)]
        path, number = sources[page.number]
        alone = replace(whole, pages=(called(page, number),), signatures=())
        pages.append(called(read_again(path, alone, near).pages[0], page.number) if near else page)
    return replace(whole, pages=tuple(pages))


def _look_again(whole: Transcript, sources: Sources) -> tuple[Look, ...]:
    looks = []
    for blank in blanks_of(whole):
        path, number = sources[blank.page]
        looks += [replace(look, blank=blank) for look in look_again(path, (replace(blank, page=number),))]
    return tuple(looks)


def _keep(home: Path, whole: Transcript, sheets: Sequence[Sheet]) -> None:
    """Keep the pages that a second reading mended."""
    before = compose(home, {sheet.number: sheet.leaf for sheet in sheets}).pages
    for sheet, page, was in zip(sheets, whole.pages, before, strict=True):
        if page != was:
            keep_page(home, sheet.leaf.read_as, called(page, sheet.leaf.page))


def _with_annex(whole: Transcript, looks: Sequence[Look], annex: set[int]) -> Directive:
    """Read letter and annex each by itself: the head is the letter's, what is to be done, cited and called stands in both."""
    letter = extract(part_of(whole, {page.number for page in whole.pages} - annex), looks)
    other = part_of(whole, annex)
    begins = whole.starts[len(whole.pages) - len(other.pages)]
    said = extract(other, looks)
    line = next((line for line in other.text.splitlines() if line.strip()), "")
    at = begins + other.text.index(line)
    named = " ".join(found.value for found in (said.type, said.number) if found)
    title = (named if said.number else " ".join(line.split()))[:MOST_TITLE] or "Phụ lục"
    doubts = (name for name in said.to_verify if name.startswith("deadlines"))
    return replace(
        letter,
        references=(*letter.references, *_moved(said.references, begins)),
        duties=(*letter.duties, *_moved(said.duties, begins)),
        events=(*letter.events, *_moved(said.events, begins)),
        attachments=(*letter.attachments, Attachment(title, "appendix", Place(Span(at, at + len(line))))),
        to_verify=tuple(dict.fromkeys((*letter.to_verify, *(_counted_on(name, len(letter.duties)) for name in doubts)))),
    )


def _counted_on(doubt: str, by: int) -> str:
    """Name the doubt of an annex's limit (`deadlines[0].date`) by its place after those of the letter."""
    number, _, rest = doubt.removeprefix("deadlines[").partition("]")
    return f"deadlines[{int(number) + by}]{rest}" if number.isdigit() else doubt


def _moved(value: Any, by: int) -> Any:  # noqa: ANN401  a record of what was found, or a part of one
    """Give a record with all its places counted from another origin."""
    if isinstance(value, Place):
        return replace(value, span=value.span.moved(by)) if value.span else value
    if isinstance(value, tuple):
        return tuple(_moved(one, by) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{part.name: _moved(getattr(value, part.name), by) for part in fields(value)})
    return value
