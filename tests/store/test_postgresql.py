"""The store's laws hold on a real PostgreSQL server as on SQLite: the same tests, run again with databases of that server."""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NOBODY = 65534
SAME = (
    "amending", "by_hand", "corrections", "differences", "duties", "duty", "facets", "filing", "finding", "ledger", "links", "merging",
    "registers", "review", "surroundings", "validity",
)  # fmt: skip
"""What is told of by these tests holds on both; the others say what is SQLite's own, or need no database."""
pytestmark = pytest.mark.slow


def _as_somebody(folder):
    """PostgreSQL refuses to be run by root."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, NOBODY, NOBODY)
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


@contextmanager
def server(folder):
    """Yield the address of an empty server of the tests' own, reached by a socket alone and stopped with them."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (the extra `postgresql`)")
    if not (shutil.which("initdb") and shutil.which("pg_ctl")):
        pytest.skip("no PostgreSQL server on this machine (initdb, pg_ctl)")
    own, data = _as_somebody(folder), folder / "data"
    run = lambda *words: subprocess.run([*own, *words], check=True, stdout=subprocess.DEVNULL)  # noqa: E731
    run("initdb", "-D", data, "-U", "vanthu", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    run("pg_ctl", "-D", data, "-o", f"-k {folder} -c listen_addresses='' -c fsync=off", "-w", "-l", folder / "log", "start")
    try:
        yield f"postgresql+psycopg://vanthu@/postgres?host={folder}"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def test_the_same_laws_hold_on_postgresql():
    """Filing, linking, corrections, duties, registers, review, search, validity and impact pass their tests on a server."""
    with tempfile.TemporaryDirectory(prefix="vanthu-", ignore_cleanup_errors=True) as folder, server(Path(folder)) as address:
        asked = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-x",
            "-p",
            "no:cacheprovider",
            "-m",
            "not slow",
            *(HERE / f"test_{name}.py" for name in SAME),
        ]
        there = {**os.environ, "VANTHU_TEST_SERVER": address}
        run = subprocess.run(asked, check=False, env=there, capture_output=True, text=True, cwd=HERE.parents[1])
    assert run.returncode == 0, run.stdout[-4_000:]
