"""How does the program serve browsers, read meanwhile what was handed in, and stop without leaving anything half done?"""

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
import uvicorn

from api.app import make_app
from api.errors import NoSuchFile, Refusal
from api.guard import check_host, is_loopback
from api.logs import configure, gather
from api.pipeline import Workshop
from api.trail import keep_seal
from api.users import let_the_first_in
from api.worker import Worker


@dataclass(frozen=True, slots=True)
class Door:
    """Where the server is reached: address, port, the office's certificate and key (PEM), the proxy that takes HTTPS in its place."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None
    proxy: str | None = None


def serve(workshop: Workshop, door: Door) -> None:
    """Serve until the process is told to stop (SIGINT, SIGTERM); what is being read then waits for the next start.

    Raises Refusal for an address that other machines reach where that is not allowed, or a port that is taken.
    """
    configure()
    gather()
    config = uvicorn.Config(make_app(workshop), log_config=None, access_log=False, server_header=False, **_ways(door))
    keep_seal(workshop)
    with _until_told(), _listen(check_host(door.host, workshop.settings), door.port) as listener, Worker(workshop):
        if not workshop.settings.demo:
            let_the_first_in(workshop)
        shown = f"[{door.host}]" if ":" in door.host else door.host
        scheme = "https" if door.certificate else "http"
        typer.echo(f"Trang làm việc: {scheme}://{shown}:{listener.getsockname()[1]}  (Ctrl-C để dừng)")
        uvicorn.Server(config).run(sockets=[listener])
    keep_seal(workshop)


def _ways(door: Door) -> dict[str, Any]:
    """Give what the server is told of HTTPS. Raises Refusal where other machines would send passwords and papers for all to read."""
    if bool(door.certificate) != bool(door.key):
        raise Refusal("Cần cả chứng thư và khóa: vanthu serve --certificate TỆP --key TỆP.")
    for path in filter(None, (door.certificate, door.key)):
        if not path.is_file():
            raise NoSuchFile(str(path))
    if not (is_loopback(door.host) or door.certificate or door.proxy):
        raise Refusal(
            f"Không mở máy chủ tại địa chỉ {door.host} khi chưa có HTTPS: mật khẩu và văn bản sẽ đi qua mạng không mã hóa. "
            "Đề nghị thêm --certificate và --key, hoặc --proxy nếu đã có máy chủ proxy nhận HTTPS."
        )
    told = {"ssl_certfile": door.certificate, "ssl_keyfile": door.key} if door.certificate else {}
    return told | {"proxy_headers": door.proxy is not None, "forwarded_allow_ips": door.proxy or ""}


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
