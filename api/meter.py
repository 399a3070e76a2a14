"""What does a person see on the screen while files are read: a bar for the batch, and one for each file under way."""

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from api.worker import ENDED
from store.answers import Job

NAME_WIDTH = 40


class Bars:
    """Progress bars on the error channel; what is printed meanwhile stands above them."""

    def __init__(self, files: int) -> None:
        """Take the number of files in the batch."""
        self._progress = Progress(
            TextColumn(f"{{task.description:<{NAME_WIDTH}}}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[unit]}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            redirect_stdout=sys.stdout.isatty(),
            transient=True,
        )
        self._all = self._progress.add_task("Cả đợt", total=files, unit="tệp")
        self._bars: dict[int, TaskID] = {}

    def __enter__(self) -> Self:
        """Show the bars."""
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Take the bars away."""
        self._progress.stop()

    def moved(self, job: Job) -> None:
        """Move the bar of a job; one that ended counts for the batch."""
        if job.state in ENDED:
            self._progress.advance(self._all)
            if job.id in self._bars:
                self._progress.remove_task(self._bars.pop(job.id))
        elif job.state == "reading":
            if job.id not in self._bars:
                self._bars[job.id] = self._progress.add_task(job.name[:NAME_WIDTH], total=job.pages, unit="trang")
            self._progress.update(self._bars[job.id], completed=job.pages_done, total=job.pages)
