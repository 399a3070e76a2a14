"""How is this installation set up?

Every setting has a default that suits one office on one machine; the environment changes it (`VANTHU_HOME`, ...).
"""

import os
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_AT_ONCE = 4  # processes that read one file: with 150 MB for what hands it out, all of them hold 750
_HELD = 150  # MB that a process holds while it reads a scanned page


class BadSettings(Exception):  # noqa: N818 - a plain word says it
    """A setting in the environment cannot be used; the text names it."""


class Settings(BaseSettings):
    """The settings; home is absolute, and database names a SQLite file in it unless the environment says otherwise."""

    model_config = SettingsConfigDict(env_prefix="VANTHU_", frozen=True)

    home: Path = Path("vanthu-home")
    """The folder of the database, the originals and what was read of them."""
    database: str = ""
    processes: int = Field(default_factory=lambda: usual_processes(len(os.sched_getaffinity(0)), _memory()), ge=1, le=64)
    """Files (or pages of one file) that are read at the same time."""
    page_seconds: int = Field(default=120, ge=1)
    """A reading that gives no sign for so long is stopped."""
    memory_mb: int = Field(default=4096, ge=512)
    """Address space of one reading process."""
    max_pages: int = Field(default=2_000, ge=1)
    max_bytes: int = Field(default=500 * 1024 * 1024, ge=1)
    """Of one file."""
    max_waiting: int = Field(default=50_000, ge=1)
    """Files that may wait to be read; intake stops until they are fewer."""
    demo: bool = False
    """Whoever sits at this machine is let in without a log-in, in every role: to try the program, never to work with it."""
    hosts: str = ""
    """Names and addresses, with spaces between, under which other machines ask for the pages; none: this machine alone."""
    secrecy: Literal["quarantine", "keep"] = "quarantine"
    """What happens to a document with a mark of secrecy: it is set apart, or kept where an office may hold such on this machine."""
    quarantine: Path = Path()
    """The folder, outside home, of what was set apart; beside home unless the environment says otherwise."""
    tombstones: Path = Path()
    """The file, outside home, of what was lawfully deleted; beside home unless the environment says otherwise."""
    free_mb: int = Field(default=256, ge=0)
    """Room on the disk that intake leaves free."""
    cache_mb: int = Field(default=2048, ge=64)
    """Room for pictures of pages that were drawn to be looked at; the least recently looked at go first."""
    lease_seconds: float = Field(default=30, gt=0)
    """How long a job stays with a worker that gives no sign."""
    recycle_after: int = Field(default=200, ge=1)
    """Files that one reading process serves before a fresh one takes its place."""

    @model_validator(mode="after")
    def _fill(self) -> Self:
        """Make home absolute: the reading process stands in another folder."""
        home = self.home.expanduser().absolute()
        object.__setattr__(self, "home", home)
        apart = self.quarantine.expanduser().absolute() if self.quarantine != Path() else home.with_name(f"{home.name}-quarantine")
        object.__setattr__(self, "quarantine", apart)
        graves = self.tombstones.expanduser().absolute() if self.tombstones != Path() else home.with_name("vanthu-tombstones")
        object.__setattr__(self, "tombstones", graves)
        object.__setattr__(self, "database", self.database or f"sqlite:///{home / 'vanthu.db'}")
        return self


def usual_processes(cores: int, memory: float) -> int:
    """Give one process a core, but no more than a fourth of the memory (MB) holds, nor than keep a long scan under 800 MB."""
    return max(1, min(cores, _AT_ONCE, int(memory / 4 / _HELD)))


def _memory() -> float:
    """Give the machine's memory in MB."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**20


def load_settings() -> Settings:
    """Read the settings from the environment. Raises BadSettings, naming the first that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "VANTHU_" + "_".join(str(part) for part in first["loc"]).upper()
        raise BadSettings(f"Cấu hình {name}={first.get('input')} không dùng được. Đề nghị sửa biến môi trường này rồi chạy lại.") from error
