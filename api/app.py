"""How is the web application put together?"""

from http import HTTPStatus

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from api import (
    admin,
    admin_log,
    admin_settings,
    agency_list,
    by_hand,
    calendars,
    citations,
    corrections,
    documents,
    dossiers,
    duties,
    duty,
    duty_products,
    entering,
    figures,
    handling,
    health,
    incoming,
    intake,
    logging_in,
    manual,
    meetings,
    office,
    overview,
    paging,
    people,
    picking,
    pictures,
    registers,
    reports,
    review,
    search,
    standing_record,
    surroundings,
    tongue,
)
from api.described import describe, refusals
from api.desk import STATIC, Desk, set_desk
from api.errors import Refusal, status
from api.gate import Gate
from api.guard import Guard, secure
from api.logs import Logged
from api.pipeline import Workshop
from store.errors import StoreError

UPLOAD_FILES = 4  # times the largest file: what one request may carry; a browser with the script sends its files one by one
ROUTERS = (
    overview,
    intake,
    documents,
    pictures,
    corrections,
    review,
    incoming,
    entering,
    handling,
    picking,
    by_hand,
    paging,
    duties,
    duty,
    duty_products,
    calendars,
    reports,
    meetings,
    office,
    citations,
    surroundings,
    figures,
    search,
    registers,
    dossiers,
    admin,
    admin_log,
    admin_settings,
    agency_list,
    people,
    logging_in,
    manual,
    tongue,
)
APIS = (intake, documents, standing_record, duties, meetings, citations, search, health)
SENTENCES = {
    400: "Yêu cầu không đọc được. Đề nghị quay lại trang trước và thử lại.",
    401: "Đề nghị đăng nhập.",
    403: "Yêu cầu không đến từ trang của chương trình, hoặc trang đã mở quá lâu. Đề nghị tải lại trang rồi thử lại.",
    404: "Không tìm thấy trang này.",
    405: "Trang này không nhận yêu cầu như vậy.",
    413: "Dữ liệu gửi lên quá lớn. Đề nghị chia nhỏ rồi gửi lại.",
    421: "Máy chủ không phục vụ dưới tên này. Trên máy này, đề nghị dùng địa chỉ 127.0.0.1.",
    422: "Yêu cầu có giá trị không hợp lệ. Đề nghị kiểm tra lại.",
    500: "Máy chủ gặp lỗi khi xử lý yêu cầu này. Dữ liệu đã nhận không mất; đề nghị thử lại.",
}


def make_app(workshop: Workshop) -> FastAPI:
    """Put pages and API over a workshop. Nothing is fetched from outside; every answer carries the security headers."""
    app = FastAPI(
        title="Văn thư",
        summary="Đọc văn bản chỉ đạo, cho biết ai phải làm gì, trước ngày nào, theo văn bản nào.",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.desk = set_desk(workshop)
    app.add_middleware(Gate, refuse=refuse)
    app.add_middleware(
        Guard, max_upload=workshop.settings.max_bytes * UPLOAD_FILES, refuse=refuse, hosts=workshop.settings.hosts.lower().split()
    )
    app.add_middleware(Logged)
    app.mount("/static", StaticFiles(directory=STATIC), "static")
    for noun in ROUTERS:
        app.include_router(noun.pages)
    for noun in APIS:
        app.include_router(noun.api, responses=refusals(SENTENCES))
    describe(app)
    app.add_exception_handler(StarletteHTTPException, _on_http)
    app.add_exception_handler(StoreError, _on_own)
    app.add_exception_handler(Refusal, _on_own)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(Exception, _on_fault)
    return app


def refuse(request: Request, number: int, sentence: str | None = None) -> Response:
    """Answer with a calm sentence: a page for people, JSON for programs."""
    text = sentence or SENTENCES.get(number) or HTTPStatus(number).phrase
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": text}, number)
    desk: Desk = getattr(request.state, "desk", request.app.state.desk)
    return desk.page(request, "error.html", status=number, sentence=text, number=number)


def _on_http(request: Request, error: Exception) -> Response:
    if not isinstance(error, StarletteHTTPException):
        raise error
    own = isinstance(error, HTTPException) and error.status_code != 400 and error.detail != HTTPStatus(error.status_code).phrase
    answer = refuse(request, error.status_code, error.detail if own else None)
    answer.headers.update(error.headers or {})
    return answer


def _on_own(request: Request, error: Exception) -> Response:
    """Say what the program itself says about an error of its own, under the status of the one table."""
    return refuse(request, status(error), str(error))


def _on_invalid(request: Request, error: Exception) -> Response:
    """Refuse a request with a value that cannot be (in an address: nothing is there); what was sent is not sent back."""
    if isinstance(error, RequestValidationError) and all(one["loc"][0] == "path" for one in error.errors()):
        return refuse(request, 404)
    if request.url.path.startswith("/api/") and isinstance(error, RequestValidationError):
        wrong = [{"loc": list(one["loc"]), "type": one["type"]} for one in error.errors()]
        return JSONResponse({"detail": SENTENCES[422], "errors": wrong}, 422)
    return refuse(request, 422)


def _on_fault(request: Request, error: Exception) -> Response:  # noqa: ARG001  the server logs it; a person gets no traceback
    answer = refuse(request, 500)
    secure(answer.headers)
    return answer
