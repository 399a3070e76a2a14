"""Where in the program was an error raised?"""

from traceback import extract_tb
from types import TracebackType

NEAREST = 12  # places that are told


def places(trace: TracebackType | None) -> list[str]:
    """Give the last places of a traceback: file, line, function. The error's own text may quote a document and is left out."""
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in extract_tb(trace)[-NEAREST:]]
