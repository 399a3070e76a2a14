"""Nobody comes in without being let in, nor does what is not theirs to do."""

import re
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from api.app import APIS, ROUTERS, make_app
from api.pipeline import open_workshop
from api.roles import OPEN, OWN, roles
from api.settings import Settings
from ingest.transcript import Page, Transcript
from store.account_tables import LoginRow, TokenRow
from store.accounts import ROLES, Wanted, add_account, change_password, lock
from store.answers import Deed
from store.audit_tables import AuditRow
from store.database import begin, look
from store.filing import file
from store.ledger import receive
from store.logins import TRIES, add_token
from store.originals import keep
from store.transcripts import keep_head, keep_page
from store.units import set_units
from store.work import take
from tests.store.making import sha

BASE = "http://127.0.0.1:8000"
PASSWORD = "bốn chữ dễ nhớ"
OF_THE_FRAMEWORK = {"GET /static/{path:path}", "GET /api/openapi.json"}


@pytest.fixture(scope="module")
def peopled(tmp_path_factory):
    """A home to copy from, with one account of each role, named after it, all in one unit."""
    home = tmp_path_factory.mktemp("peopled")
    workshop = open_workshop(Settings(home=home, demo=False))
    now = datetime.now(UTC)
    with begin(workshop.engine) as session:
        set_units(session, "own", ["Phòng Một"], now=now.date())
    with begin(workshop.engine) as session:
        for role in ROLES:
            made, first = add_account(session, role, Wanted("", (role,), 1), now=now)
            change_password(session, made, first, PASSWORD)
    workshop.engine.dispose()
    return home


@pytest.fixture
def guarded(tmp_path, peopled):
    """The workshop of an office where everybody logs in."""
    shutil.copytree(peopled, tmp_path / "home")
    workshop = open_workshop(Settings(home=tmp_path / "home", demo=False))
    yield workshop
    workshop.engine.dispose()


@pytest.fixture
def visit(guarded):
    """A maker of browsers: as a role, or as nobody."""
    app = make_app(guarded)

    def browser(role=None):
        client = TestClient(app, base_url=BASE, follow_redirects=False, raise_server_exceptions=False)
        client.get("/dang-nhap")
        if role:
            assert enter(client, role).status_code == 303
            client.get("/tai-khoan")
        return client

    return browser


def enter(client, name, password=PASSWORD, **more):
    """Fill in the form of the log-in."""
    return client.post("/dang-nhap", data={"token": client.cookies["vanthu-token"], "ten": name, "mat_khau": password, **more})


def every_route():
    """Give method and path of every route of the application."""
    routers = [*(noun.pages for noun in ROUTERS), *(noun.api for noun in APIS)]
    return {f"{method} {route.path}" for router in routers for route in router.routes for method in route.methods - {"HEAD"}}


def test_every_route_has_its_right():
    """A route without a row in roles.toml would be refused to all; a row without a route says nothing."""
    assert every_route() | OF_THE_FRAMEWORK == set(roles().routes)


def test_every_right_has_its_roles():
    """Rights name roles that exist, and rows name rights that exist."""
    table = roles()
    assert {role for held in table.rights.values() for role in held} == set(ROLES)
    assert {*table.routes.values(), *table.deeds.values()} <= {*table.rights, OPEN, OWN}


@pytest.mark.parametrize("role", [None, *ROLES])
def test_each_role_comes_as_far_as_the_table_says(visit, role):
    """Of all routes a person gets those of their roles; nobody else gets more than the log-in."""
    client = visit(role)
    for route, right in roles().routes.items():
        method, path = route.split(" ")
        asked = re.sub(r"\{[^}]*\}", "1", path)
        if route in ("POST /dang-xuat", "GET /api/health"):
            continue
        answer = client.request(method, asked, headers={"sec-fetch-site": "same-origin"})
        told = (answer.status_code, answer.headers.get("location", ""))
        stopped = told[0] == 401 or told[1].startswith("/dang-nhap") or "không được giao việc này" in answer.text
        may = right == OPEN or (role is not None and roles().may([role], right))
        assert stopped != may, (route, told)


@pytest.mark.parametrize(("role", "kind", "may"), [("officer", "report", True), ("officer", "assign", False), ("leader", "assign", True)])
def test_a_deed_needs_its_own_right(role, kind, may):
    """The same form reports on a duty and assigns it: the deed decides."""
    assert roles().may([role], roles().deeds[kind]) is may


def test_a_planted_cookie_is_worth_nothing(visit):
    """Session fixation: the log-in gives out a cookie of its own, and ends the one that was there."""
    planted = visit("clerk").cookies["vanthu-phien"]
    victim = visit()
    victim.cookies.set("vanthu-phien", planted, domain="127.0.0.1")
    answer = enter(victim, "leader")
    assert answer.status_code == 303
    assert answer.cookies["vanthu-phien"] != planted
    again = visit()
    again.cookies.set("vanthu-phien", planted)
    assert again.get("/van-ban").headers["location"].startswith("/dang-nhap")


def test_the_cookie_is_for_this_server_alone(visit):
    """No script reads it, no other site sends it along."""
    answer = enter(visit(), "clerk")
    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("vanthu-phien="))
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Secure" not in cookie
    secure = TestClient(visit().app, base_url="https://127.0.0.1:8000", follow_redirects=False)
    secure.get("/dang-nhap")
    assert "Secure" in enter(secure, "clerk").headers["set-cookie"]


def test_logging_out_ends_the_login(visit):
    """A cookie that was copied before is worth nothing after."""
    client = visit("clerk")
    copied = client.cookies["vanthu-phien"]
    client.post("/dang-xuat", data={"token": client.cookies["vanthu-token"]})
    client.cookies.set("vanthu-phien", copied)
    assert client.get("/van-ban").status_code == 303


def test_what_is_kept_lets_nobody_in(guarded, visit):
    """Neither cookie nor token nor password is in the database."""
    client = visit("clerk")
    with begin(guarded.engine) as session:
        token = add_token(session, 1, "máy", ["read"], days=1, now=datetime.now(UTC))
    raw = (guarded.settings.home / "vanthu.db").read_bytes() + (guarded.settings.home / "vanthu.db-wal").read_bytes()
    for secret in (client.cookies["vanthu-phien"], token, PASSWORD):
        assert secret.encode() not in raw


def test_guessing_ends_soon(guarded, visit):
    """After a few wrong passwords nobody is let in under the name for a while, not even with the right one; others are."""
    client = visit()
    for _ in range(TRIES):
        assert enter(client, "clerk", "sai").status_code == 401
    assert enter(client, "clerk").status_code == 429
    assert enter(client, "CLERK").status_code == 429
    assert enter(client, "leader").status_code == 303
    with look(guarded.engine) as session:
        acts = session.scalars(select(AuditRow.act)).all()
    assert acts.count("fail log in") == TRIES


def test_names_are_not_told(visit):
    """A name that exists and one that does not are refused in the same words."""
    answers = [enter(visit(), name, "sai") for name in ("clerk", "khong-co")]
    assert answers[0].status_code == answers[1].status_code == 401
    assert re.findall(r'role="alert"[^>]*>([^<]*)', answers[0].text) == re.findall(r'role="alert"[^>]*>([^<]*)', answers[1].text)


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "/%2F/evil.example", "\t/x", "/dang-nhap"])
def test_the_way_back_stays_here(visit, back):
    """A log-in leads to no other site."""
    assert enter(visit(), "clerk", tiep=back).headers["location"] in ("/", "/%2F/evil.example")[:1]


def test_a_first_password_opens_only_the_change(guarded, visit):
    """What another person gave out lets in to choose a password of one's own, and nowhere else."""
    with begin(guarded.engine) as session:
        _, first = add_account(session, "moi", Wanted("", ("admin",)), now=datetime.now(UTC))
    client = visit()
    assert enter(client, "moi", first).headers["location"] == "/tai-khoan"
    client.get("/tai-khoan")
    assert client.get("/van-ban").headers["location"] == "/tai-khoan"
    assert client.get("/quan-tri/nguoi-dung").headers["location"] == "/tai-khoan"


def test_changing_the_password_logs_out_everywhere(visit):
    """Whoever has an old cookie is out; easy passwords are refused."""
    one, other = visit("leader"), visit("leader")
    form = {"token": one.cookies["vanthu-token"], "cu": PASSWORD}
    for easy in ("ngắn", "aaaaaaaaaaaa", PASSWORD):
        assert one.post("/tai-khoan/mat-khau", data={**form, "moi": easy, "lai": easy}).status_code == 422
    assert one.post("/tai-khoan/mat-khau", data={**form, "moi": "một mật khẩu khác", "lai": "lệch"}).status_code == 422
    assert one.post("/tai-khoan/mat-khau", data={**form, "moi": "một mật khẩu khác", "lai": "một mật khẩu khác"}).status_code == 303
    assert other.get("/van-ban").status_code == 303


def test_a_login_ends(guarded, visit):
    """Unused for two hours, or at the end of a day's work."""
    client = visit("clerk")
    with begin(guarded.engine) as session:
        session.scalars(select(LoginRow)).one().until = datetime.now(UTC) - timedelta(seconds=1)
    assert client.get("/van-ban").status_code == 303


def test_a_locked_account_is_out_at_once(guarded, visit):
    """Its browsers, its tokens and its password."""
    client = visit("leader")
    with begin(guarded.engine) as session:
        token = add_token(session, 3, "máy", ["read"], days=1, now=datetime.now(UTC))
        lock(session, 3, now=datetime.now(UTC))
    assert client.get("/van-ban").status_code == 303
    assert visit().get("/api/due", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert enter(visit(), "leader").status_code == 401


def test_a_token_does_what_it_is_for_until_it_ends(guarded, visit):
    """Reading does not hand in; pages take none; revoked or run out it is worth nothing."""
    client, now = visit(), datetime.now(UTC)
    with begin(guarded.engine) as session:
        reading = add_token(session, 1, "đọc", ["read"], days=1, now=now)
        handing = add_token(session, 1, "nạp", ["hand in"], days=1, now=now)

    def ask(method, path, token):
        return client.request(method, path, headers={"Authorization": f"Bearer {token}"}).status_code

    assert ask("GET", "/api/due", reading) == 200
    assert ask("POST", "/api/ingest", reading) == 401
    assert ask("GET", "/van-ban", reading) == 303
    assert ask("GET", "/api/due", handing) == 401
    assert ask("POST", "/api/ingest", handing) == 422
    assert ask("GET", "/api/due", reading + "x") == 401
    with begin(guarded.engine) as session:
        session.scalars(select(TokenRow).where(TokenRow.name == "đọc")).one().revoked_at = now
        session.scalars(select(TokenRow).where(TokenRow.name == "nạp")).one().until = now
    assert ask("GET", "/api/due", reading) == 401
    assert ask("POST", "/api/ingest", handing) == 401


def test_an_administrator_makes_changes_and_shuts_accounts(guarded, visit):
    """The first password is shown once; the last administrator stays; all is in the log, no password is."""
    client = visit("admin")
    form = {"token": client.cookies["vanthu-token"]}
    lan = {"ten": "nguyen.lan", "ho_ten": "Nguyễn Lan", "vai_tro": "officer", "don_vi": "1"}
    made = client.post("/quan-tri/nguoi-dung", data=form | lan)
    password = re.search(r'class="secret">([^<]+)<', made.text)[1]
    assert password not in client.get("/quan-tri/nguoi-dung").text
    assert enter(visit(), "nguyen.lan", password).status_code == 303
    assert client.post("/quan-tri/nguoi-dung", data={**form, "ten": "Nguyen.Lan", "vai_tro": "clerk"}).status_code == 422
    assert client.post("/quan-tri/nguoi-dung/5", data={**form, "vai_tro": "leader"}).status_code == 303
    assert client.post("/quan-tri/nguoi-dung/5/khoa", data=form).status_code == 303
    assert client.post("/quan-tri/nguoi-dung/5/mo", data=form).status_code == 303
    assert client.post("/quan-tri/nguoi-dung/5/mat-khau", data=form).status_code == 200
    own = next(number for number, role in enumerate(ROLES, 1) if role == "admin")
    assert client.post(f"/quan-tri/nguoi-dung/{own}/khoa", data=form).status_code == 422
    assert client.post(f"/quan-tri/nguoi-dung/{own}", data={**form, "vai_tro": "clerk"}).status_code == 422
    with look(guarded.engine) as session:
        log = session.scalars(select(AuditRow).where(AuditRow.of_id == 5, AuditRow.kind == "account")).all()
    assert {(row.who, row.act) for row in log} == {("admin", "add account"), ("nguyen.lan", "log in"), ("admin", "change account")}
    assert password not in str([row.said for row in log])


def test_the_demonstration_says_so(client):
    """Whoever sits at the machine is in, and every page says that this is for trying only."""
    assert "Chế độ dùng thử" in client.get("/").text
    assert "Đăng xuất" not in client.get("/").text


@pytest.fixture
def parted(guarded):
    """Two papers of two units, with a word of its own in every field of the second; what a clerk did with it."""
    from tests.store.test_scope import SECRET, _hidden, _open, _worked_on

    with begin(guarded.engine) as session:
        set_units(session, "own", ["Phòng Một", "Phòng Hai"], now=datetime.now(UTC).date())
    transcripts = []
    for text, directive in ((SECRET, _hidden()), ("mở", _open())):
        page = Page(1, 0, 0, text, ())
        (guarded.settings.home / "cv.txt").write_text(text, "utf-8")
        keep(guarded.settings.home, guarded.settings.home / "cv.txt")
        read = Transcript(sha(text) + "-1", "cv.txt", "text/plain", (page,))
        keep_head(guarded.settings.home, read)
        keep_page(guarded.settings.home, read.id, page)
        transcripts.append((text, read, directive))
    with begin(guarded.engine) as session:
        receive(session, name=f"{SECRET}.pdf", sha256=sha(SECRET), size=1, purpose="daily", received_by="văn thư", now=datetime.now(UTC))
        hidden, shown = [
            file(session, sha256=sha(text), transcript=read, directive=told, purpose="daily", now=datetime.now(UTC))
            for text, read, told in transcripts
        ]
        _worked_on(session, hidden)
    return SECRET, hidden, shown


def test_no_page_tells_of_another_units_paper(parted, visit):
    """Every address, with every number guessed: pages, exports, calendars, pictures, downloads, JSON."""
    secret, hidden, shown = parted
    officer, clerk = visit("officer"), visit("clerk")
    told = set()
    for route in roles().routes:
        method, path = route.split(" ")
        if method != "GET" or "{path" in path:
            continue
        for number in (hidden, shown, 1, 2):
            asked = secret.lower()
            address = re.sub(r"\{[^}]*\}", str(number), path) + f"?tu={asked}&so=33-CV/TU&number=33-CV/TU&q={asked}&words={asked}"
            answer = officer.get(address)
            assert answer.status_code < 500, address
            assert secret not in answer.text, address
            if secret in clerk.get(address.partition("?")[0]).text:
                told.add(route)
    assert len(told) > 10
    assert officer.get(f"/van-ban/{shown}").status_code == 200
    assert officer.get(f"/van-ban/{hidden}").status_code == 404


def test_who_may_not_see_a_paper_may_not_act_on_it(parted, visit):
    """A guessed number is answered as one that is not there; a deed that is a leader's is refused."""
    _, _, shown = parted
    officer = visit("officer")
    form = {"token": officer.cookies["vanthu-token"], "kind": "report", "note": "x"}
    assert officer.post("/nhiem-vu/1/viec", data=form).status_code == 404
    assert officer.post("/nhiem-vu/1/hoan-tac", data=form).status_code == 404
    assert officer.post("/nhiem-vu/1/viec", data=form | {"kind": "assign"}).status_code in (403, 404)
    other = visit("leader")
    assert other.post("/nhiem-vu/1/viec", data=form | {"token": other.cookies["vanthu-token"], "kind": "comment"}).status_code == 303
    assert officer.post(f"/van-ban/{shown}/sua", data=form | {"field": "subject", "value": "x"}).status_code == 403


@pytest.mark.usefixtures("parted")
def test_a_chuyen_vien_reports_on_duties_of_the_unit(guarded, visit):
    """What is given to the unit is theirs to report and to take back; what others did is not."""
    with begin(guarded.engine) as session:
        take(session, 1, Deed("assign", units=(1,)), by="leader", now=datetime.now(UTC))
    officer = visit("officer")
    form = {"token": officer.cookies["vanthu-token"], "kind": "report", "note": "xong"}
    assert officer.post("/nhiem-vu/1/hoan-tac", data=form).status_code == 403
    assert officer.post("/nhiem-vu/1/viec", data=form | {"kind": "extend", "day": "01/03/2026"}).status_code == 403
    assert officer.post("/nhiem-vu/1/viec", data=form).status_code == 303
    assert 'value="assign"' not in officer.get("/nhiem-vu/1").text
    assert 'value="assign"' in visit("leader").get("/nhiem-vu/1").text
    assert officer.post("/nhiem-vu/1/hoan-tac", data=form).status_code == 303
