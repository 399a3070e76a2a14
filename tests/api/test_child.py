"""A file is read where it can do no harm, and whoever reads it is watched."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from api.child import Child, Died, Read, Stopped, Understood
from api.errors import NoEngines
from api.hold import Hold, Strings
from api.settings import Settings
from nlp.directive import Directive

ROOT = Path(__file__).parents[2]


# The child


def fake_reader(*lines):
    """Give a command that says it is ready and then does these lines of Python for each order."""
    body = "\n    ".join(lines)
    head = (
        "import sys, os, json, time\ndef say(**r): print(json.dumps(r), flush=True)\nsay(**{'is': 'ready'})\nfor line in sys.stdin:\n    "
    )
    return [sys.executable, "-c", head + body]


@pytest.fixture
def child(tmp_path):
    """Make children with a fake reader; all are closed in the end."""
    made = []

    def make(*lines, **settings):
        made.append(Child(Settings(home=tmp_path / "home", **settings), fake_reader(*lines)))
        return made[-1]

    yield make
    for each in made:
        each.close()


def read(child, heard=lambda *_: None):
    """Have a child read."""
    return child.read(Path("/khong-co"), "cv.pdf", heard)


GOOD = """json.dumps({'family': 'party'})"""


@pytest.mark.parametrize(
    ("why", "line"),
    [
        ("dừng đột ngột", "os._exit(3)"),
        ("chương trình đọc bị lỗi", "say(**{'is': 'ended', 'status': 1})"),
        ("làm chương trình đọc phải dừng", "say(**{'is': 'ended', 'status': -11})"),
        ("làm chương trình đọc phải dừng", "say(**{'is': 'ended', 'status': -6, 'memory_mb': 'nhiều'})"),
        ("máy thiếu bộ nhớ", "say(**{'is': 'ended', 'status': -9})"),
        ("đọc quá lâu", "say(**{'is': 'ended', 'status': -24})"),
        ("cần quá nhiều", "say(**{'is': 'broke', 'why': 'cần quá nhiều bộ nhớ'})"),
        ("sai khuôn", "say(**{'is': 'read', 'transcript': 'x', 'documents': [{'pages': [1], 'directive': '{}'}]})"),
        ("sai khuôn", "say(**{'is': 'read', 'transcript': 'x', 'documents': []})"),
        ("sai khuôn", f"say(**{{'is': 'read', 'transcript': 'x', 'documents': 2 * [{{'pages': [1], 'directive': {GOOD}}}]}})"),
        ("sai khuôn", "say(**{'is': 'read'})"),
        ("sai khuôn", "print('no JSON', flush=True)"),
        ("sai khuôn", "print('[]', flush=True)"),
        ("sai khuôn", "print('{}', flush=True)"),
    ],
)
def test_a_child_that_breaks_is_a_death_with_a_reason(child, why, line):
    """However a child ends without an answer, the reading died, and a fresh child can be started."""
    broken = child(line)
    with pytest.raises(Died, match=why):
        read(broken)
    with pytest.raises(Died, match=why):
        read(broken)


def test_a_child_tells_how_it_goes_and_answers(child):
    """Pages are heard as they are done; the answer comes when the fork has ended."""
    heard = []
    good = child(
        "say(**{'is': 'pages', 'done': 1, 'pages': 2})",
        "say(**{'is': 'read', 'transcript': 'abc', 'documents': [{'pages': [1, 2], 'directive': json.dumps({'family': 'party'})}]})",
        "say(**{'is': 'ended', 'status': 0})",
    )
    assert read(good, lambda *progress: heard.append(progress)) == Read("abc", (Understood((1, 2), Directive(family="party")),))
    assert heard == [(0, None), (1, 2)]


def test_a_child_is_stopped_with_a_reason(child):
    """kill() from another thread ends the reading, which dies of the reason given."""
    slow = child("time.sleep(60)")
    slow.ready()
    threading.Timer(0.3, slow.kill, ["đọc quá lâu"]).start()
    with pytest.raises(Died, match="đọc quá lâu"):
        read(slow)


def test_a_child_that_is_closed_is_no_death(child):
    """close() from another thread is our doing, not the file's; afterwards nothing is read."""
    slow = child("time.sleep(60)")
    slow.ready()
    threading.Timer(0.3, slow.close).start()
    with pytest.raises(Stopped):
        read(slow)
    with pytest.raises(Stopped):
        read(slow)


def test_a_child_is_fresh_after_its_share_of_files(child):
    """No process serves for ever."""
    answer = "say(**{'is': 'refused', 'why': str(os.getpid())})"
    served = child(answer, "say(**{'is': 'ended', 'status': 0})", recycle_after=2)
    assert len({read(served).why for _ in range(3)}) == 2


def test_engines_that_do_not_load_are_no_file_s_fault(tmp_path):
    """A child that ends before it is ready says that the installation is broken."""
    broken = Child(Settings(home=tmp_path / "home"), [sys.executable, "-c", "raise SystemExit(1)"])
    with pytest.raises(NoEngines, match=r"reader\.log"):
        broken.ready()


def test_a_reading_has_no_more_memory_than_allowed():
    """The limit binds the fork that reads: what needs more breaks off, and the child lives on."""
    script = (
        "from api.reader import limit; from api.child import Order; limit(Order('', '', '', 1, 1, 600, 1))\n"
        "try: bytearray(700 << 20)\nexcept MemoryError: print('bound')"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert result.stdout.strip() == "bound"


def test_a_reading_has_no_network():
    """Where the system allows it, not even this machine's own address can be reached."""
    script = (
        "import socket; from api.reader import cut_network; server = socket.create_server(('127.0.0.1', 0)); cut_network()\n"
        "try: socket.create_connection(server.getsockname())\nexcept OSError: print('cut')"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    if result.stdout.strip() != "cut":
        pytest.skip("this system allows no network of one's own")


# The hold


def strings(**changes):
    """Give strings that note what is pulled."""
    pulled = []
    known = {
        "renew": lambda: pulled.append("renew") or True,
        "write": lambda done, pages: pulled.append((done, pages)),
        "stop": pulled.append,
    }
    return pulled, Strings(**(known | changes))


def wait_for(condition):
    """Wait until a condition holds, at most five seconds."""
    for _ in range(100):
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_a_hold_renews_and_writes_progress():
    """The lease is renewed and progress written beside the reading thread."""
    pulled, known = strings()
    with Hold(known, renew_every=0.1, silence=60) as hold:
        hold.heard(3, 7)
        assert wait_for(lambda: "renew" in pulled and (3, 7) in pulled)
    assert not hold.lost


def test_a_hold_stops_a_reading_whose_lease_is_lost():
    """Another has the job: the reading is ended."""
    pulled, known = strings(renew=lambda: False)
    with Hold(known, renew_every=0.1, silence=60) as hold:
        assert wait_for(lambda: pulled == ["đọc quá lâu"])
    assert hold.lost


def test_a_hold_stops_a_silent_reading():
    """A page that takes longer than any should is ended, signs of life put it off."""
    pulled, known = strings()
    with Hold(known, renew_every=60, silence=0.8) as hold:
        for done in range(4):
            time.sleep(0.4)
            hold.heard(done, 9)
        assert "đọc quá lâu" not in pulled
        assert wait_for(lambda: "đọc quá lâu" in pulled)


def test_a_hold_outlives_a_busy_database():
    """An error at one look is no reason to stop."""
    tries = []

    def busy():
        tries.append(1)
        raise TimeoutError

    pulled, known = strings(renew=busy)
    with Hold(known, renew_every=0.1, silence=60):
        assert wait_for(lambda: len(tries) > 1)
    assert pulled == []
