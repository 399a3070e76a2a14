"""Who looks after the program sees whether it is well, what failed, what was done and how much room it takes."""

import os
import shutil
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from api import health as state
from api import page_cache
from api.admin_settings import WORDS
from api.here import viewer
from api.page_cache import Size
from api.pulse import Pulse
from api.settings import Settings
from api.worker import Worker
from store import ledger
from store.database import begin, look
from store.tables import JobRow
from store.trail import Sought, trail

NOW = datetime.now(UTC)


def hand_in(workshop, name, job_state="waiting", ago=0, error=None):
    """Take in a file so many seconds ago and give its job a state."""
    now = datetime.now(UTC)
    with begin(workshop.engine) as session:
        sha256 = name.encode().hex().ljust(64, "0")[:64]
        number = ledger.receive(
            session, name=name, sha256=sha256, size=1, purpose="daily", received_by="An", now=now - timedelta(seconds=ago)
        ).id
        row = session.get(JobRow, number)
        row.state, row.error = job_state, error
        if job_state == "reading":
            row.owner, row.lease_until, row.pages, row.pages_done = "x", now + timedelta(minutes=1), 9, 4
        return number


# Whether it is well


def test_a_fresh_program_is_well(client):
    """200, no problem, the versions; the page says so too."""
    answer = client.get("/api/health")
    told = answer.json()
    assert (answer.status_code, told["problems"], told["reads"]) == (200, [], False)
    assert told["queue"] == {"waiting": 0, "reading": 0, "stuck": 0, "oldest": None, "held": 0}
    assert told["version"] and told["free"] > 0
    page = client.get("/quan-tri").text
    assert "hoạt động bình thường" in page and "Không thấy hỏng" in page


def test_a_file_that_nobody_reads_is_a_trouble(client, workshop):
    """After a minute; not where a reader beats, nor where one elsewhere holds a lease."""
    hand_in(workshop, "mới.pdf")
    assert client.get("/api/health").status_code == 200
    hand_in(workshop, "cũ.pdf", ago=120)
    answer = client.get("/api/health")
    assert (answer.status_code, answer.json()["problems"][0].split(".")[0]) == (
        503,
        "2 tệp đang chờ mà không có chương trình đọc nào chạy",
    )
    assert "2 tệp đang chờ" in client.get("/quan-tri").text
    workshop.pulse.beat()
    assert client.get("/api/health").status_code == 200
    workshop.pulse.beat_at = None
    hand_in(workshop, "đọc.pdf", "reading")
    assert client.get("/api/health").json()["reads"] is True


def test_engines_that_do_not_start_and_a_full_disk_are_troubles(client, workshop, monkeypatch):
    """Each in its sentence."""
    workshop.pulse.fault = "Không khởi động được chương trình đọc."
    monkeypatch.setattr(state.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 9, 0))
    answer = client.get("/api/health")
    assert answer.status_code == 503
    assert [one.split(".")[0].split(",")[0] for one in answer.json()["problems"]] == [
        "Không khởi động được chương trình đọc",
        "Máy chủ sắp hết dung lượng",
    ]


def test_a_database_that_does_not_answer_is_a_trouble(client, workshop):
    """503 with a sentence, not an error."""
    workshop.engine.dispose()
    database = workshop.settings.home / "vanthu.db"
    for beside in ("-wal", "-shm"):
        database.with_name(database.name + beside).unlink(missing_ok=True)
    database.write_bytes(b"not a database at all, though it is long enough to be asked" * 99)
    answer = client.get("/api/health")
    assert (answer.status_code, answer.json()["queue"]) == (503, None)
    assert "Không mở được cơ sở dữ liệu" in answer.json()["problems"][0]


def test_a_pulse_beats_and_stops():
    """Who never came round does not beat; who came round lately does, and has no fault any more."""
    pulse = Pulse(fault="x")
    assert not pulse.beats
    pulse.beat()
    assert pulse.beats and pulse.fault is None
    pulse.beat_at -= 31
    assert not pulse.beats


def test_a_reader_that_has_nothing_to_do_beats_all_the_same(workshop):
    """From its first round on; the health of a server that rests is good."""
    with Worker(workshop):
        until = time.monotonic() + 20
        while not workshop.pulse.beats and time.monotonic() < until:
            time.sleep(0.02)
        assert workshop.pulse.beats


def test_a_large_database_is_looked_through_only_when_asked(client, monkeypatch):
    """The page stays quick; one link does it."""
    monkeypatch.setattr("api.admin.AT_ONCE", 0)
    assert "Chưa kiểm tra lần này" in client.get("/quan-tri").text
    assert "Không thấy hỏng" in client.get("/quan-tri?kiem-tra=1").text


def test_documents_of_older_rules_are_counted(client, filed):
    """They were filed here without a mark: the way to read them again is named."""
    page = client.get("/quan-tri").text
    assert f"{len(filed)} văn bản<span" in page and "vanthu reread --changed-rules" in page


# The work


def test_what_failed_is_shown_with_its_reason_and_read_again(client, workshop, token):
    """One, or all by one press; each is told to the log, with who did it."""
    first = hand_in(workshop, "một.pdf", "failed", error="một.pdf có mật khẩu.")
    hand_in(workshop, "hai.pdf", "dead", error="Dừng.")
    hand_in(workshop, "ba.pdf", "failed", error="Hỏng.")
    page = client.get("/quan-tri/cong-viec").text
    assert "một.pdf có mật khẩu." in page and "3 tệp" in page
    assert "một.pdf" not in client.get("/quan-tri").text and "ba.pdf" in client.get("/quan-tri").text
    again = client.post("/quan-tri/cong-viec/doc-lai", data={"token": token, "tep": first})
    assert "1 tệp được đọc lại" in again.text and workshop.bell.is_set()
    assert "2 tệp được đọc lại" in client.post("/quan-tri/cong-viec/doc-lai", data={"token": token}).text
    with look(workshop.engine) as session:
        assert ledger.counts(session, seen_by=viewer())["waiting"] == 3
        told = trail(session, Sought(act="retry"), seen_by=viewer())
    assert {one.who for one in told} == {viewer().name} and len(told) == 3


def test_what_waits_is_called_off_and_what_is_read_shows_its_pages(client, workshop, token):
    """One that a worker took first goes on, and the page says so."""
    waits, is_read = hand_in(workshop, "chờ.pdf"), hand_in(workshop, "đang.pdf", "reading")
    page = client.get("/quan-tri/cong-viec").text
    assert "trang 4/9" in page and f"/quan-tri/cong-viec/{waits}/huy" in page
    assert "chờ.pdf" not in client.post(f"/quan-tri/cong-viec/{waits}/huy", data={"token": token}).text
    assert "đang.pdf đã được lấy ra đọc trước khi hủy" in client.post(f"/quan-tri/cong-viec/{is_read}/huy", data={"token": token}).text


@pytest.mark.parametrize("address", ["cong-viec/doc-lai", "cong-viec/1/huy", "nhat-ky", "du-lieu/don-anh"])
def test_a_form_of_another_site_does_nothing(client, workshop, address):
    """Without the token."""
    hand_in(workshop, "a.pdf")
    assert client.post(f"/quan-tri/{address}").status_code == 403


# The log


def test_the_log_is_narrowed_by_its_address_and_read_page_by_page(client, workshop, filed, monkeypatch):
    """Person, act, document by its number in any spelling, day; the filters stay in the form and in the way to older lines."""
    monkeypatch.setattr("api.admin_log.A_PAGE", 2)
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        hand_in(workshop, name)
    page = client.get("/quan-tri/nhat-ky?ai=An").text
    assert page.count('<th scope="row">Tiếp nhận tệp</th>') == 2
    assert 'value="An" selected' in page and "ai=An&amp;truoc=" in page
    older = client.get(page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")).text
    assert older.count('<th scope="row">Tiếp nhận tệp</th>') == 1 and "Mới nhất" in older
    for asked in ("van-ban=245 CV/DU", f"van-ban={filed[0]}", "viec=file&van-ban=245-CV/ĐU"):
        found = client.get(f"/quan-tri/nhat-ky?{asked}").text
        assert "245-CV/ĐU" in found and "246-CV/ĐU" not in found, asked
    assert "Không có dòng nào như vậy" in client.get("/quan-tri/nhat-ky?van-ban=999").text
    assert "Không có dòng nào như vậy" in client.get("/quan-tri/nhat-ky?den-ngay=01/01/2020").text
    assert "“hôm qua” không phải là ngày" in client.get("/quan-tri/nhat-ky?tu-ngay=hôm qua").text


@pytest.mark.usefixtures("filed")
def test_the_log_is_checked_by_a_button(client, workshop, token):
    """Whole: said with the count; altered past the triggers: the row is named in an alert."""
    assert "Nhật ký nguyên vẹn: 2 dòng" in client.post("/quan-tri/nhat-ky", data={"token": token}).text
    with workshop.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_no_update"))
        connection.execute(text("UPDATE audit SET who = 'Chi' WHERE id = 1"))
    page = client.post("/quan-tri/nhat-ky", data={"token": token}).text
    assert 'role="alert">Dòng 1 của nhật ký đã bị sửa' in page


# Room


def draw(home, name, size, seen):
    """Keep a picture of a size that was last looked at so many seconds ago."""
    path = page_cache.folder(home) / name[:2] / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    os.utime(path, (NOW.timestamp() - seen, NOW.timestamp()))
    return path


def test_the_pictures_looked_at_longest_ago_go_first(tmp_path):
    """Under the bound nothing goes; over it, until four fifths are left; one that was just looked at stays."""
    old, middle, new = (draw(tmp_path, name, 40, seen) for name, seen in (("aa1", 300), ("ab2", 200), ("aa3", 100)))
    assert page_cache.prune(tmp_path, 120) == Size(0, 0)
    page_cache.used(old)
    assert page_cache.prune(tmp_path, 119) == Size(1, 40)
    assert [path.exists() for path in (old, middle, new)] == [True, False, True]
    assert page_cache.size(tmp_path) == Size(2, 80)
    assert page_cache.prune(tmp_path, 0) == Size(2, 80)
    assert page_cache.prune(tmp_path / "none", 0) == Size(0, 0)


def test_the_cache_is_held_against_its_bound_while_pages_are_drawn(tmp_path):
    """Not at each picture: a look at the whole costs."""
    draw(tmp_path, "aa1", 40, 300)
    for _ in range(page_cache.EVERY - 1):
        page_cache.grown(tmp_path, 10)
    page_cache.grown(tmp_path, 10)
    assert page_cache.size(tmp_path) == Size(0, 0)


@pytest.mark.usefixtures("filed")
def test_how_much_is_kept_is_shown_and_pictures_are_cleared(client, workshop, token):
    """Documents, pages, originals, database, pictures with their bound; clearing says what went."""
    draw(workshop.settings.home, "aa1", 2048, 5)
    page = client.get("/quan-tri/du-lieu").text
    assert "2 kB" in page and "vanthu backup" in page and str(workshop.settings.home) in page
    assert "Đã dọn 1 ảnh trang, 2 kB" in client.post("/quan-tri/du-lieu/don-anh", data={"token": token}).text


# Settings and people


@pytest.fixture
def typed(client, token):
    """Send the form of the office's settings; give the page that follows."""

    def send(**values):
        usual = {"muc_dich": "daily", "theo_doi": "", "nghi": "", "lam": ""}
        return client.post("/quan-tri/thiet-lap", data={"token": token, **usual, **values})

    return send


def test_what_the_office_sets_is_kept_shown_and_told(client, workshop, typed):
    """The whole form at once; typed again as it is shown, it stays; the log names what changed."""
    said = {"muc_dich": "archive", "theo_doi": "1/7/2026", "nghi": "30/10/2026 Lễ của xã\n\n2-11-2026", "lam": "07/11/2026"}
    page = typed(**said).text
    assert "Đã lưu" in page and "30/10/2026 Lễ của xã\n02/11/2026</textarea>" in page and 'value="01/07/2026"' in page
    assert 'value="archive" checked' in client.get("/tiep-nhan").text
    with look(workshop.engine) as session:
        before = trail(session, Sought(act="change setting"), seen_by=viewer())
        assert before[0].more["fields"] == ["days", "purpose", "tracked_since"]
    typed(**said)
    with look(workshop.engine) as session:
        assert trail(session, Sought(act="change setting"), seen_by=viewer()) == before


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"theo_doi": "hôm qua"}, "“hôm qua” không phải là ngày"),
        ({"nghi": "30/04/2026\nTết"}, "“Tết” không phải là ngày"),
        ({"lam": "31/02/2026 làm bù"}, "“31/02/2026 làm bù” không phải là ngày"),
        ({"nghi": "30/04/2026", "lam": "30/4/2026"}, "Có ngày được ghi hai lần"),
        ({"muc_dich": "x"}, "Đề nghị chọn mục đích nạp"),
    ],
)
def test_what_cannot_be_set_is_said_and_stays_in_the_form(client, typed, wrong, why):
    """Nothing of the form is kept then."""
    page = typed(**{"nghi": "02/09/2026 Quốc khánh", **wrong})
    assert page.status_code == 422 and why in page.text
    assert all(value.split("\n")[0] in page.text for name, value in wrong.items() if name != "muc_dich")
    assert "02/09/2026" not in client.get("/quan-tri/thiet-lap").text


@pytest.mark.usefixtures("filed")
def test_duties_of_older_documents_are_not_followed(client, typed):
    """Those of documents issued before the day are in no list and no figure; of later ones, and without the day, they are."""
    asked = "/nhiem-vu?ngay=20/11/2026"
    assert "gửi văn bản đăng ký" in client.get(asked).text
    typed(theo_doi="03/11/2026")
    assert "gửi văn bản đăng ký" not in client.get(asked).text
    typed(theo_doi="02/11/2026")
    assert "gửi văn bản đăng ký" in client.get(asked).text


@pytest.mark.usefixtures("filed")
def test_the_offices_own_days_count(client, typed):
    """A working week that it does not work brings a limit near; the month shows its days; the limit itself never moves."""
    near, month = "/api/due?as_of=2026-11-25&within=30", "/nhiem-vu?ngay=20/11/2026&xem=thang&thang=2026-12"
    assert {line["standing"] for line in client.get(near).json()} == {"Trong hạn"}
    typed(nghi="\n".join(f"{day}/12/2026" for day in range(1, 5)) + "\n27/11/2026\n30/11/2026", lam="05/12/2026")
    lines = client.get(near).json()
    assert {line["standing"] for line in lines} == {"Sắp đến hạn"} and {line["due_on"] for line in lines} == {"2026-12-05"}
    assert "Nghỉ" in client.get(month).text and "Làm bù" in client.get(month).text


def test_each_setting_is_shown_with_where_it_comes_from(client, workshop):
    """The home was set by the test; the rest are defaults, each with the name under which it is changed."""
    page = client.get("/quan-tri/thiet-lap").text
    assert WORDS.keys() >= Settings.model_fields.keys()
    for name in Settings.model_fields:
        assert f"VANTHU_{name.upper()}" in page
    assert page.count("Biến môi trường") == len(workshop.settings.model_fields_set)


def test_the_demonstration_lets_nobody_else_in(client):
    """The page of accounts says what each role may do, and that none is used while whoever sits here is in."""
    page = client.get("/quan-tri/nguoi-dung").text
    assert "chế độ dùng thử" in page and "Văn thư, lưu trữ" in page and "Chưa có tài khoản nào" in page


@pytest.mark.parametrize("address", ["", "/cong-viec", "/thiet-lap", "/nguoi-dung", "/nhat-ky", "/du-lieu"])
def test_each_part_shows_where_it_stands(client, address):
    """The navigation and the parts mark it; the office is one of the parts."""
    for path in (f"/quan-tri{address}", "/co-quan"):
        page = client.get(path).text
        assert '<a href="/quan-tri" aria-current="' in page.split("<main")[0]
        parts = page.split('aria-label="Các phần của quản trị"')[1].split("</nav>")[0]
        assert parts.count("aria-current") == 1 and f'<a href="{path}" aria-current="page">' in parts
