"""How does the program serve browsers of this machine and read meanwhile what was handed in?"""

import socket
import sys

import structlog
import typer
import uvicorn

from api.app import make_app
from api.errors import Refusal
from api.guard import check_host
from api.pipeline import Workshop
from api.trail import keep_seal
from api.worker import Worker


def serve(workshop: Workshop, host: str, port: int) -> None:
    """Serve until the process is told to stop (SIGINT, SIGTERM); what is being read then waits for the next start.

    Raises Refusal for an address that other machines reach or a port that is taken.
    """
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    config = uvicorn.Config(make_app(workshop), log_level="warning", access_log=False, server_header=False)
    keep_seal(workshop)
    with _listen(check_host(host), port) as listener, Worker(workshop):
        shown = f"[{host}]" if ":" in host else host
        typer.echo(f"Trang làm việc: http://{shown}:{listener.getsockname()[1]}  (Ctrl-C để dừng)")
        uvicorn.Server(config).run(sockets=[listener])
    keep_seal(workshop)


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host.strip("[]"), port), family=family)
    except OSError as error:
        raise Refusal(
            f"Không mở được cổng {port} tại {host} ({error.strerror}). Đề nghị chọn cổng khác: vanthu serve --port {port + 1}"
        ) from error
