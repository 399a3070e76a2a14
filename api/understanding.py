"""Which documents does a file hold, and what does each of them say? The one place where what was read meets the language."""

from ingest.transcript import Transcript
from nlp.directive import Directive
from nlp.extract import extract
from nlp.split import part_of, split


def documents_in(transcript: Transcript) -> tuple[tuple[Transcript, Directive], ...]:
    """Give each document of a file with the part of the transcript that is its own, in the order of the pages; at least one."""
    parts = [part_of(transcript, part.pages) for part in split(transcript)]
    return tuple((part, extract(part)) for part in parts)
