"""The README says what is so: its commands run, its settings and commands are all there are, its files exist."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from api.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
SHOWN = re.findall(r"^\$ (vanthu .+)$", README, re.MULTILINE)
SETTINGS = dict(re.findall(r"^\| `VANTHU_(\w+)` \| `?(.*?)`? \|", README, re.MULTILINE))
VANTHU = Path(sys.executable).with_name("vanthu")


def run(line, home):
    """Run a line of the README as a person at the checkout would, on a home of its own, in a folder that has the samples."""
    environment = os.environ | {"VANTHU_HOME": str(home), "PATH": f"{VANTHU.parent}:{os.environ['PATH']}"}
    beside = home.parent / "samples"
    if not beside.exists():
        beside.symlink_to(ROOT / "samples")
    return subprocess.run(["bash", "-c", line], cwd=home.parent, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_each_command_that_is_shown_runs(tmp_path):
    """The commands run in their order on one fresh home, each with something to say (serve, which waits, is only asked for its help)."""
    for line in SHOWN:
        done = run(line if " serve" not in line else f"{line} --help", tmp_path / "home")
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        assert done.stdout.strip(), line


def test_each_command_is_named(tmp_path):
    """Every command that `vanthu --help` lists is named in the README, and no other is shown."""
    listed = set(re.findall(r"^ {2,4}([a-z]+) {2,}", run("vanthu --help", tmp_path).stdout, re.MULTILINE))
    assert listed
    assert {name for name in listed if not re.search(rf"`{name}`|vanthu {name}\b", README)} == set()
    assert {line.split()[1] for line in SHOWN} <= listed


def test_each_setting_is_in_the_table():
    """The table has a row for each setting, with its default where that is a plain number."""
    assert {name.lower() for name in SETTINGS} == set(Settings.model_fields)
    for name, field in Settings.model_fields.items():
        if isinstance(field.default, int | float):
            assert float(SETTINGS[name.upper()]) == field.default, name


def test_each_file_that_is_linked_exists():
    """A link or picture of the README leads to a file of the checkout."""
    assert [path for path in re.findall(r"\]\(([^)]+)\)", README) if not (ROOT / path).is_file()] == []


def test_each_target_is_described():
    """Every target of the README's prose is one of the Makefile, described there."""
    described = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`?make ([a-z]+)", README)) <= described


def test_no_registry_is_named():
    """The pinned packages bear hashes and no address, so that each machine's own configuration decides where they come from."""
    for lock in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / lock).read_text("utf-8")
        assert "://" not in text
        assert len(re.findall(r"^\S+==", text, re.MULTILINE)) <= text.count("--hash=sha256:")
