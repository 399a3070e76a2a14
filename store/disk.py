"""How does a file reach the disk so that a power cut leaves all of it or nothing?"""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last: a file's own sync does not save its name."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, each name synced."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def write(path: Path, data: bytes) -> None:
    """Write a file whole: beside its place first, then moved there, file and folder synced."""
    make_folder(path.parent)
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)
