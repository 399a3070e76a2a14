"""Which files does a person hand in: the file itself, or each one in an archive?"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from api.errors import Refusal
from api.pipeline import Workshop, check_size, plain_name
from ingest.archives import Member, is_archive, members, unpack
from ingest.errors import Unreadable

Trouble = Refusal | Unreadable | OSError


def files_handed(workshop: Workshop, path: Path, name: str) -> Iterator[tuple[str, Path | Trouble]]:
    """Yield name and path of each file to take in, or what hinders it; a file of an archive is there until the next is asked for."""
    try:
        found = members(path, plain_name(name)) if path.is_file() and is_archive(path) else None
    except (Unreadable, OSError) as error:
        yield name, error
        return
    if found is None:
        yield name, path
        return
    for member in found:
        with tempfile.TemporaryDirectory(dir=workshop.settings.home, prefix="nap-") as folder:
            yield member.name, _unpacked(workshop, path, member, Path(folder) / "tep")


def _unpacked(workshop: Workshop, path: Path, member: Member, target: Path) -> Path | Trouble:
    try:
        check_size(workshop.settings, member.name, member.entry.file_size)
        unpack(path, member, target)
    except (Refusal, Unreadable, OSError) as error:
        return error
    return target
