"""Which requests may come in, and what may an answer do in a browser?

The server answers this machine, and others only under the names that the office gave it: by the address it binds to, and by the Host
that a request names (a foreign name that resolves to 127.0.0.1 would let a web page read the documents). A request that
changes something must come from a page of this server (Fetch Metadata, Origin); bodies are counted as they arrive.
"""

import re
from collections.abc import Callable, Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import HTTPException
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import Refusal
from api.settings import Settings

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; frame-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
UPLOADS = re.compile(r"/tiep-nhan|/api/ingest|/nhiem-vu/[0-9]{1,19}/viec")
SMALL_BODY = 1 << 20  # bytes: no form but those with files carries more than a paragraph

Refuse = Callable[..., Response]
"""Takes the request, the status and, where there is a better one, the sentence."""


class NotLoopback(Refusal):
    """The server was asked to answer other machines, and nobody said under which name they may ask, or anybody would be let in."""


def check_host(host: str, settings: Settings) -> str:
    """Give back an address to serve at; raise NotLoopback for one that other machines reach, unless the office said under which names."""
    if is_loopback(host):
        return host
    if settings.demo:
        raise NotLoopback(
            f"Không mở máy chủ tại địa chỉ {host}: ở chế độ dùng thử ai cũng vào được, nên chỉ phục vụ ngay trên máy này. "
            "Đề nghị dùng địa chỉ 127.0.0.1, hoặc bỏ VANTHU_DEMO."
        )
    if not settings.hosts.split():
        raise NotLoopback(
            f"Không mở máy chủ tại địa chỉ {host}: chưa ghi tên mà các máy khác dùng để gọi máy chủ này. "
            "Đề nghị đặt VANTHU_HOSTS, ví dụ VANTHU_HOSTS=vanthu.coquan.vn, hoặc dùng địa chỉ 127.0.0.1."
        )
    return host


def is_loopback(host: str) -> bool:
    """Say whether a name or an address means this machine alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def secure(headers: MutableHeaders) -> None:
    """Set the headers that every answer carries; what shows documents is kept by no cache unless its route says so."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("Cache-Control", "no-store")


def same_origin(headers: Headers) -> bool:
    """Say whether a request that changes something comes from a page of this server, or from a program that is no browser."""
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


class Guard:
    """Stands before the application (ASGI): refuses foreign hosts and origins and bodies over max_upload bytes."""

    def __init__(self, app: ASGIApp, *, max_upload: int, refuse: Refuse, hosts: Collection[str] = ()) -> None:
        """Keep the application, the limit for one upload in bytes, how a refusal is shown, and the names that requests may give."""
        self.app, self.max_upload, self.refuse, self.hosts = app, max_upload, refuse, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it with a refusal; either way the answer carries the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                secure(MutableHeaders(scope=message))
            await send(message)

        limit = self.max_upload if UPLOADS.fullmatch(scope["path"]) else SMALL_BODY
        status = refused(scope, limit, self.hosts)
        if status:
            await self.refuse(Request(scope, receive), status)(scope, receive, sealed)
        else:
            await self.app(scope, counted(receive, limit), sealed)


def refused(scope: Scope, limit: int, hosts: Collection[str] = ()) -> int | None:
    """Give the status with which a request is refused before its body is read, or None to let it in."""
    headers = Headers(scope=scope)
    try:
        host = urlsplit(f"//{headers.get('host', '')}").hostname or ""
    except ValueError:
        host = ""
    if not (is_loopback(host) or host in hosts):
        return 421
    if scope["method"] not in SAFE and not same_origin(headers):
        return 403
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()):
        return 400
    return 413 if int(length) > limit else None


def counted(receive: Receive, limit: int) -> Receive:
    """Give a receive that stops a body once it is over limit bytes, whatever its length claimed."""
    seen = 0

    async def counting() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise HTTPException(413)
        return message

    return counting
