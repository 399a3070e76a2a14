"""Who may ask, and under which headers an answer goes out."""

import pytest
from starlette.datastructures import Headers

from api.guard import HEADERS, NotLoopback, check_host, same_origin
from api.settings import Settings

PAGES = (
    "/",
    "/tiep-nhan",
    "/tiep-nhan/danh-sach",
    "/van-ban",
    "/van-ban?kho=chua",
    "/van-ban/1",
    "/nhiem-vu",
    "/nhiem-vu?xem=thang",
    "/nhiem-vu/1",
    "/nhiem-vu/bang.xlsx",
    "/co-quan",
    "/lich-hop",
    "/vien-dan",
    "/luoc-do",
    "/luoc-do/1",
    "/thong-ke",
    "/thong-ke/danh-sach?muc=vien-dan",
    "/vien-dan/1",
    "/tra-cuu?tu=a",
    "/api/docs",
    "/api/openapi.json",
    "/api/documents",
    "/api/due",
    "/api/jobs",
    "/static/style.css",
    "/static/vanthu.js",
)
REFUSED = (
    ("GET", "/khong-co", 404),
    ("GET", "/van-ban/99999", 404),
    ("GET", "/van-ban/khong", 404),
    ("GET", "/van-ban/99999999999999999999999", 404),
    ("GET", "/van-ban/1/trang/7.png", 404),
    ("GET", "/api/documents/99999", 404),
    ("GET", "/api/due?within=x", 422),
    ("GET", "/api/cites?number=1-NQ/TW", 404),
    ("GET", "/static/../app.py", 404),
    ("PUT", "/van-ban", 405),
    ("POST", "/tiep-nhan/99999/doc-lai", 403),
    ("POST", "/van-ban/1/sua", 403),
    ("GET", "/nhiem-vu/99999", 404),
    ("POST", "/nhiem-vu/1/viec", 403),
    ("POST", "/co-quan", 403),
)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "localhost", "::1", "[::1]"])
def test_loopback_is_served(host):
    """This machine alone can reach these."""
    assert check_host(host, Settings(demo=True)) == host


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org", "localhost.example.org", "127.0.0.1.nip.io", ""])
def test_other_addresses_are_refused(host):
    """Without accounts the server answers no other machine, and says so in one sentence."""
    with pytest.raises(NotLoopback, match="chỉ phục vụ ngay trên máy này"):
        check_host(host, Settings(hosts="vanthu.vn", demo=True))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.usefixtures("filed")
def test_every_answer_is_sealed(client, path):
    """The security headers stand on every page, file and JSON answer."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "unsafe" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize(("method", "path", "status"), REFUSED)
@pytest.mark.usefixtures("filed")
def test_every_refusal_is_sealed_and_calm(client, method, path, status):
    """A refusal carries the headers, a Vietnamese sentence and nothing of the machine."""
    answer = client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    assert "Traceback" not in answer.text and "sqlalchemy" not in answer.text


def test_a_fault_is_sealed_and_calm(app, client):
    """Even an error of our own goes out under the headers, without its details."""

    def fault():
        raise RuntimeError("secret detail")

    app.add_api_route("/thong-ke", fault)
    app.router.routes.insert(0, app.router.routes.pop())
    answer = client.get("/thong-ke")
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    assert "secret detail" not in answer.text and "Máy chủ gặp lỗi" in answer.text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "192.168.1.5:8000", ""])
def test_a_foreign_name_is_not_answered(client, host):
    """A page elsewhere whose name is pointed at this machine reads nothing."""
    assert client.get("/van-ban", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:9000"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_from_elsewhere_changes_nothing(client, token, headers):
    """Not even with the token: the request must come from a page of this server."""
    answer = client.post("/api/ingest", headers=headers, files={"files": ("a.txt", b"a")}, data={"token": token})
    assert answer.status_code == 403
    assert client.get("/api/jobs").json() == []


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),
        ({"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}, True),
        ({"host": "localhost:8000", "origin": "http://127.0.0.1:8000"}, False),
        ({"host": "127.0.0.1:8000", "origin": ""}, False),
    ],
)
def test_a_program_has_no_origin_and_a_page_has_ours(headers, allowed):
    """curl sends neither header; a browser always says where a form comes from."""
    assert same_origin(Headers(headers)) is allowed


@pytest.mark.parametrize("given", ["", "wrong", "é"])
def test_a_form_without_our_token_changes_nothing(client, filed, given):
    """The token in the form must be the one in the cookie."""
    answer = client.post(f"/van-ban/{filed[0]}/sua", data={"field": "subject", "value": "khác", "token": given})
    assert answer.status_code == 403
    assert "khác" not in client.get(f"/van-ban/{filed[0]}").text


def test_an_empty_token_opens_nothing(client, filed):
    """A browser without the cookie cannot send a form with an empty token."""
    client.cookies.clear()
    assert client.post(f"/van-ban/{filed[0]}/sua", data={"field": "subject", "value": "khác", "token": ""}).status_code == 403


def test_a_body_is_counted_whatever_its_length_claims(client):
    """A body that says nothing of its length is stopped at the limit."""

    def endless():
        for _ in range(40):
            yield b"x" * 65536

    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/van-ban/1/sua", content=endless(), headers=kind).status_code == 413
    assert client.post("/van-ban/1/sua", content=b"x" * (2 << 20), headers=kind).status_code == 413
