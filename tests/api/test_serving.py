"""The server is reached the way the office means it to be, starts with the machine, and stops without leaving anything half done."""

import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from api.errors import NoSuchFile, Refusal
from api.operating import UNIT
from api.pipeline import take_in, work_one
from api.serving import Door, _ways
from store import ledger
from store.answers import Viewer
from store.database import look

ROOT = Path(__file__).parents[2]
ALL = Viewer("test")
VANTHU = [sys.executable, "-c", "from api.cli import main; main()"]


@pytest.fixture
def pem(tmp_path):
    """A certificate for 127.0.0.1, signed by itself, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl on this machine to make a certificate with")
    certificate, key = tmp_path / "coquan.pem", tmp_path / "coquan.key"
    made = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    subprocess.run([*made.split(), "-out", certificate, "-keyout", key], check=True, capture_output=True)
    return certificate, key


@pytest.mark.parametrize(
    ("door", "error", "said"),
    [
        (Door("10.0.0.5", 8000), Refusal, "chưa có HTTPS"),
        (Door("0.0.0.0", 8000), Refusal, "chưa có HTTPS"),
        (Door("127.0.0.1", 8000, certificate=UNIT), Refusal, "cả chứng thư và khóa"),
        (Door("10.0.0.5", 8000, key=UNIT), Refusal, "cả chứng thư và khóa"),
        (Door("10.0.0.5", 8000, certificate=UNIT, key=Path("/khong-co.key")), NoSuchFile, "khong-co.key"),
    ],
)
def test_what_would_go_over_the_network_in_the_clear_is_refused(door, error, said):
    """Other machines come by the office's certificate or through its proxy, or not at all."""
    with pytest.raises(error, match=said):
        _ways(door)


@pytest.mark.parametrize(
    ("door", "told"),
    [
        (Door("127.0.0.1", 8000), {"proxy_headers": False, "forwarded_allow_ips": ""}),
        (Door("10.0.0.5", 8000, proxy="10.0.0.1"), {"proxy_headers": True, "forwarded_allow_ips": "10.0.0.1"}),
        (
            Door("10.0.0.5", 443, UNIT, UNIT),
            {"ssl_certfile": UNIT, "ssl_keyfile": UNIT, "proxy_headers": False, "forwarded_allow_ips": ""},
        ),
    ],
)
def test_who_asks_is_told_by_a_named_proxy_alone(door, told):
    """Nobody else's word is taken for the address and the scheme of a request."""
    assert _ways(door) == told


@pytest.mark.slow
def test_pages_come_over_https_by_the_office_s_certificate(workshop, pem):
    """A client that trusts the certificate is answered; the log is JSON; SIGTERM ends it with 0."""
    certificate, key = pem
    environment = os.environ | {"VANTHU_HOME": str(workshop.settings.home), "VANTHU_DEMO": "1", "VANTHU_PROCESSES": "1"}
    command = [*VANTHU, "serve", "--port", "0", "--certificate", str(certificate), "--key", str(key)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment, cwd=ROOT, **pipes) as server:
        address = re.search(r"https://\S+", server.stdout.readline())[0]
        with urllib.request.urlopen(f"{address}/api/health", context=ssl.create_default_context(cafile=certificate)) as answer:
            assert answer.status == 200
        server.terminate()
        _, log = server.communicate()
    assert server.returncode == 0
    (line,) = [json.loads(line) for line in log.splitlines() if "/api/health" in line]
    assert (line["event"], line["status"]) == ("request", 200)


@pytest.mark.parametrize(("words", "starts"), [([], "serve --host 127.0.0.1 --port 8000"), (["--worker"], "worker")])
def test_the_service_of_systemd_is_printed(tmp_path, words, starts):
    """The unit names this program, this home and this user, restarts it, and stops it in order; nothing is left unfilled."""
    environment = os.environ | {"VANTHU_HOME": str(tmp_path / "kho")}
    told = subprocess.run([*VANTHU, "service", *words], env=environment, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    unit = dict(line.split("=", 1) for line in told.splitlines() if "=" in line and not line.startswith("#"))
    assert unit["ExecStart"].endswith(f"/vanthu {starts}")
    assert (unit["Environment"], unit["ReadWritePaths"]) == (f"VANTHU_HOME={tmp_path / 'kho'}", str(tmp_path))
    assert (unit["Restart"], unit["KillSignal"], unit["WantedBy"]) == ("always", "SIGTERM", "multi-user.target")
    assert "$" not in told


def state(workshop):
    """Give the one job of the ledger."""
    with look(workshop.engine) as session:
        (job,) = ledger.jobs(session, seen_by=ALL)
    return job


@pytest.mark.slow
def test_a_program_that_is_brought_up_to_date_hands_its_work_back(workshop, tmp_path):
    """Told to stop in the midst of a file, a worker gives the attempt back; the next start goes on with the pages that were not read."""
    pages = []
    for number in range(1, 9):
        pages.append(Image.new("L", (1240, 1754), "white"))
        ImageDraw.Draw(pages[-1]).text((100, 100), f"Trang {number}", fill="black", font_size=60)
    pages[0].save(tmp_path / "quet.tiff", save_all=True, append_images=pages[1:])
    take_in(workshop, tmp_path / "quet.tiff", "quet.tiff", "daily", "An")
    environment = os.environ | {"VANTHU_HOME": str(workshop.settings.home), "VANTHU_PROCESSES": "1"}
    with subprocess.Popen([*VANTHU, "worker"], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as old:
        while state(workshop).pages_done < 2:
            assert old.poll() is None, old.stderr.read()
            time.sleep(0.02)
        old.send_signal(signal.SIGTERM)
    stopped = state(workshop)
    assert (old.returncode, stopped.state, stopped.attempts) == (0, "waiting", 0)
    assert work_one(workshop, "new")
    assert (state(workshop).state, state(workshop).attempts, state(workshop).pages_done) == ("done", 1, 8)
