"""Intake stops, in a sentence, before the disk is full or more waits than can be read; what has a receipt stays."""

import pytest
from starlette.testclient import TestClient

from api.app import make_app
from api.pipeline import Workshop
from api.settings import Settings

FILES = [("files", (f"{name}.txt", f"thư {name}".encode(), "text/plain")) for name in ("a", "b", "c")]


def browser(workshop, **limits):
    """Open the pages of a workshop with other limits; gives the browser and the token of its forms."""
    narrow = Workshop(Settings(home=workshop.settings.home, **limits), workshop.engine)
    client = TestClient(make_app(narrow), base_url="http://127.0.0.1:8000", raise_server_exceptions=False)
    client.get("/tiep-nhan")
    return client, client.cookies["vanthu-token"]


@pytest.mark.parametrize(
    ("limits", "status", "said"),
    [
        ({"free_mb": 1 << 40}, 507, "Máy chủ sắp hết dung lượng, tạm dừng tiếp nhận."),
        ({"max_waiting": 1}, 429, "Đang có 1 tệp chờ đọc, tạm dừng tiếp nhận. Các tệp đã nhận không mất"),
    ],
)
def test_intake_says_why_it_stops(workshop, limits, status, said):
    """A program gets the status of the trade, a person the page with the sentence beside the file's name."""
    if "max_waiting" in limits:
        assert browser(workshop)[0].post("/api/ingest", files=FILES[:1]).status_code == 200
    client, token = browser(workshop, **limits)
    told = client.post("/api/ingest", files=FILES[1:])
    assert told.status_code == status and told.json()["detail"].startswith(said)
    page = client.post("/tiep-nhan", files=FILES[1:], data={"token": token})
    assert page.status_code == status and said in page.text and "b.txt" in page.text
    assert len(client.get("/api/jobs").json()) == (1 if "max_waiting" in limits else 0)


def test_what_was_taken_before_keeps_its_receipt(workshop):
    """Of several files those that came before the queue was full have receipts, each of the others its sentence."""
    client, _ = browser(workshop, max_waiting=2)
    told = client.post("/api/ingest", files=FILES)
    assert told.status_code == 200
    assert [bool(one["receipt"]) for one in told.json()] == [True, True, False]
    assert told.json()[2]["refused"].startswith("Đang có 2 tệp chờ đọc")
