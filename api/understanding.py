"""Which documents does a file hold, and what does each of them say? The one place where what was read meets the language."""

from dataclasses import replace

from ingest.transcript import Transcript
from nlp.directive import Directive
from nlp.extract import extract
from nlp.split import between, part_of, split

PARTING = "Sau văn bản này có trang không có chữ (trang {} của tệp), được coi là tờ ngăn, không thuộc văn bản nào."


def documents_in(transcript: Transcript) -> tuple[tuple[Transcript, Directive], ...]:
    """Give each document of a file with the part of the transcript that is its own, in the order of the pages; at least one."""
    parts = split(transcript)
    left_out = between(transcript, parts)
    return tuple(_understood(part_of(transcript, part.pages), left_out[part]) for part in parts)


def _understood(transcript: Transcript, left_out: tuple[int, ...]) -> tuple[Transcript, Directive]:
    directive = extract(transcript)
    if left_out:
        directive = replace(directive, notes=(*directive.notes, PARTING.format(", ".join(map(str, left_out)))))
    return transcript, directive
