"""Originals are kept once, whole, and a change to one is noticed."""

import hashlib

import pytest

from store.errors import Damaged
from store.originals import check, keep, path_of


def test_the_bytes_come_back_under_their_hash(tmp_path):
    """What is kept is what was given, found by its SHA-256."""
    source = tmp_path / "cv.pdf"
    source.write_bytes(b"%PDF" * 1000)
    kept = keep(tmp_path / "home", source)
    assert kept.sha256 == hashlib.sha256(b"%PDF" * 1000).hexdigest() and kept.size == 4000
    assert kept.path == path_of(tmp_path / "home", kept.sha256)
    assert kept.path.read_bytes() == source.read_bytes()
    check(tmp_path / "home", kept.sha256)


def test_the_same_bytes_are_kept_once(tmp_path):
    """Two files of the same bytes are one original, and nothing is left lying about."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Kính gửi", "utf-8")
    assert keep(tmp_path / "home", tmp_path / "a.txt") == keep(tmp_path / "home", tmp_path / "b.txt")
    assert len([p for p in (tmp_path / "home").rglob("*") if p.is_file()]) == 1


def test_a_copy_that_was_cut_off_is_made_whole(tmp_path):
    """A kept file of the wrong length is replaced by the right bytes."""
    (tmp_path / "a.txt").write_text("Kính gửi", "utf-8")
    kept = keep(tmp_path / "home", tmp_path / "a.txt")
    kept.path.chmod(0o644)
    kept.path.write_bytes(b"K")
    keep(tmp_path / "home", tmp_path / "a.txt")
    check(tmp_path / "home", kept.sha256)


@pytest.mark.parametrize(("change", "words"), [(lambda p: p.unlink(), "không còn"), (lambda p: p.write_bytes(b"khac"), "bị thay đổi")])
def test_a_change_is_noticed(tmp_path, change, words):
    """An original that is gone or changed is said to be."""
    (tmp_path / "a.txt").write_text("Kính gửi", "utf-8")
    kept = keep(tmp_path / "home", tmp_path / "a.txt")
    kept.path.chmod(0o644)
    change(kept.path)
    with pytest.raises(Damaged, match=words):
        check(tmp_path / "home", kept.sha256)
