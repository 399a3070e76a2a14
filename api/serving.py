"""How does the program serve browsers, read meanwhile what was handed in, and stop without leaving anything half done?"""

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import typer
import uvicorn

from api.app import make_app
from api.errors import Refusal
from api.guard import check_host
from api.logs import configure, gather
from api.pipeline import Workshop
from api.trail import keep_seal
from api.users import let_the_first_in
from api.worker import Worker


def serve(workshop: Workshop, host: str, port: int) -> None:
    """Serve until the process is told to stop (SIGINT, SIGTERM); what is being read then waits for the next start.

    Raises Refusal for an address that other machines reach where that is not allowed, or a port that is taken.
    """
    configure()
    gather()
    config = uvicorn.Config(make_app(workshop), log_config=None, access_log=False, server_header=False)
    keep_seal(workshop)
    with _until_told(), _listen(check_host(host, workshop.settings), port) as listener, Worker(workshop):
        if not workshop.settings.demo:
            let_the_first_in(workshop)
        shown = f"[{host}]" if ":" in host else host
        typer.echo(f"Trang làm việc: http://{shown}:{listener.getsockname()[1]}  (Ctrl-C để dừng)")
        uvicorn.Server(config).run(sockets=[listener])
    keep_seal(workshop)


def work(workshop: Workshop) -> None:
    """Read what was handed in, on this machine beside those that serve, until the process is told to stop. Raises NoEngines."""
    configure()
    gather()
    with _until_told(), Worker(workshop) as worker:
        typer.echo(f"Đang đọc các tệp chờ của kho {workshop.settings.home}, {workshop.settings.processes} tệp cùng lúc  (Ctrl-C để dừng)")
        while worker.fault is None:
            threading.Event().wait(1.0)
        raise worker.fault


@contextmanager
def _until_told() -> Iterator[None]:
    """Let SIGTERM and Ctrl-C end what runs in order: a reader's work goes back to the ledger, and another takes it up at once."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host.strip("[]"), port), family=family)
    except OSError as error:
        raise Refusal(
            f"Không mở được cổng {port} tại {host} ({error.strerror}). Đề nghị chọn cổng khác: vanthu serve --port {port + 1}"
        ) from error
