"""The log tells what happened, to which request and which job, and never a word of a document, a name or a search."""

import io
import json
import logging

import pytest
import structlog
from starlette.testclient import TestClient

from api.app import make_app
from api.child import Died
from api.logs import configure, gather
from api.pipeline import take_in, work_one

PLANTED = ("Bí mật Hồng Hà", "Nguyễn Văn Mẫu", "ke hoach rieng", "đơn xin nghỉ")
LETTER = f"UBND XÃ THỬ\nSố: 7/UBND-VP\nThử, ngày 05 tháng 01 năm 2026\nV/v {PLANTED[0]}\nKính gửi: {PLANTED[1]}.\n"


@pytest.fixture
def written():
    """What is logged from here on; the loggers are as before afterwards."""
    stream, root = io.StringIO(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers = []
    configure(stream)
    gather(stream)
    yield stream
    structlog.reset_defaults()
    root.handlers, root.level = handlers, level


def lines(written):
    """Give the lines as records; each is JSON."""
    return [json.loads(line) for line in written.getvalue().splitlines()]


class Breaks:
    """Quotes what it reads when it breaks."""

    def __init__(self, error):
        self.error = error

    def ready(self):
        """Be ready."""

    def read(self, *_, **__):
        """Break."""
        raise self.error

    def kill(self, reason=None):
        """Nothing runs."""


def test_requests_and_jobs_are_told_by_their_ids(workshop, written, tmp_path):
    """A request's id is in its answer and its line, with route, status and time; a job's lines have its id, attempt, end and pages."""
    client = TestClient(make_app(workshop), base_url="http://127.0.0.1:8000")
    answer = client.get("/api/jobs")
    (line,) = [one for one in lines(written) if one["event"] == "request"]
    assert line["request"] == answer.headers["X-Request-Id"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "/api/jobs", answer.status_code) and line["ms"] >= 0
    letter = tmp_path / "thu.txt"
    letter.write_text(LETTER, "utf-8")
    take_in(workshop, letter, "thu.txt", "daily", "An")
    work_one(workshop, "A", Breaks(Died("hỏng")))
    begins, ends = [one for one in lines(written) if one["event"].startswith("job")]
    assert (begins["job"], begins["attempt"]) == (ends["job"], ends["attempt"]) == (1, 1)
    assert (ends["state"], ends["pages"]) == ("waiting", 0) and ends["timestamp"].endswith("Z")


def test_nothing_that_a_document_or_a_person_says_is_logged(workshop, written, tmp_path):
    """Planted in a file's words and name, in searches, in form fields, in errors of ours and of others: none of it is in the log."""
    client = TestClient(make_app(workshop), base_url="http://127.0.0.1:8000", raise_server_exceptions=False)
    for word in PLANTED:
        client.get("/tra-cuu", params={"tu": word})
        logging.getLogger("khac").warning("cannot read %s", word)
        client.get(f"/khong-co/{word}")
        client.post("/api/ingest", files={"files": (f"{word}.txt", LETTER.encode(), "text/plain")}, data={"purpose": word})
    letter = tmp_path / f"{PLANTED[3]}.txt"
    letter.write_text(LETTER, "utf-8")
    take_in(workshop, letter, letter.name, "daily", PLANTED[1])
    with pytest.raises(ValueError, match=PLANTED[0]):
        work_one(workshop, "A", Breaks(ValueError(LETTER)))
    try:
        Breaks(ValueError(LETTER)).read()
    except ValueError:
        structlog.get_logger().exception("job")
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application: %s", LETTER)
    work_one(workshop, "A")
    told = written.getvalue()
    assert [word for word in PLANTED if word in told or json.dumps(word)[1:-1] in told] == []
    assert {one["error"] for one in lines(written) if "error" in one} == {"ValueError"}
    assert all(one["at"][-1].startswith("test_logs.py:") for one in lines(written) if "error" in one)
