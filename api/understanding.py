"""Which documents does a file hold, and what does each of them say? The one place where what was read meets the language."""

from dataclasses import replace
from pathlib import Path

from ingest.look_again import look_again
from ingest.second_reading import read_again
from ingest.transcript import Look, Transcript
from nlp.critical import critical_spans
from nlp.directive import Directive
from nlp.extract import believed, blanks_of, extract, is_pictured
from nlp.split import between, part_of, split

PARTING = "Sau văn bản này có trang không có chữ (trang {} của tệp), được coi là tờ ngăn, không thuộc văn bản nào."


def documents_in(transcript: Transcript, path: Path | None = None) -> tuple[tuple[Transcript, Directive], ...]:
    """Give each document of a file with the part of the transcript that is its own, in the order of the pages; at least one.

    path is the file itself: what must not be wrong and was read from a picture is looked at a second time in it.
    """
    parts = split(transcript)
    left_out = between(transcript, parts)
    return tuple(_understood(part_of(transcript, part.pages), left_out[part], path) for part in parts)


def _understood(transcript: Transcript, left_out: tuple[int, ...], path: Path | None) -> tuple[Transcript, Directive]:
    looks: tuple[Look, ...] = ()
    if path and is_pictured(transcript):
        transcript = read_again(path, transcript, critical_spans(believed(transcript)[0], transcript))
        looks = look_again(path, blanks_of(transcript))
    directive = extract(transcript, looks)
    if left_out:
        directive = replace(directive, notes=(*directive.notes, PARTING.format(", ".join(map(str, left_out)))))
    return transcript, directive
