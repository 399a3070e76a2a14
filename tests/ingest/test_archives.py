"""An archive is opened without harm: its files come out under names that are only shown, or it is refused with the way out."""

import stat
import tracemalloc
import zipfile

import pytest

from bench.bombs import listed
from ingest import archives
from ingest.archives import is_archive, members, unpack
from ingest.errors import BrokenFile, LockedFile, TooLarge, Unreadable, UnsupportedFile


def zipped(path, entries, method=zipfile.ZIP_DEFLATED):
    """Write an archive; an entry is a name or a ZipInfo, and its bytes."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return path


def flagged(path, flag):
    """Set a flag on all entries of an archive, in both places where it stands."""
    data = bytearray(path.read_bytes())
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        where = data.find(magic)
        while where >= 0:
            data[where + at] |= flag
            where = data.find(magic, where + 4)
    path.write_bytes(data)


def link(name):
    """Make an entry that is a link."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def test_the_files_of_an_archive_come_out_whole(tmp_path):
    """Each file is there with its bytes, in order, under the archive's name and its own; what systems add is passed over."""
    entries = [
        ("cv.txt", b"mot"), ("thu muc/cv.txt", b"hai"), ("__MACOSX/._cv.txt", b"x"), (".DS_Store", b"x"), ("a/Thumbs.db", b"x"),
        (link("lien-ket"), b"/etc/passwd"), ("thu muc/", b""),
    ]  # fmt: skip
    path = zipped(tmp_path / "ho-so.zip", entries)
    found = members(path, "ho-so.zip")
    assert [member.name for member in found] == ["ho-so.zip › cv.txt", "ho-so.zip › thu muc › cv.txt"]
    for member, data in zip(found, (b"mot", b"hai"), strict=True):
        unpack(path, member, tmp_path / "tep")
        assert (tmp_path / "tep").read_bytes() == data


@pytest.mark.parametrize("name", ["../../tron.txt", "/etc/tron.txt", "..\\tron.txt", "C:\\tron.txt"])
def test_a_name_is_never_a_path(tmp_path, name):
    """A name that leads out of the folder is only shown: the bytes go where the program says."""
    path = zipped(tmp_path / "a.zip", [(name, b"x")])
    (member,) = members(path, "a.zip")
    (tmp_path / "in").mkdir()
    unpack(path, member, tmp_path / "in" / "tep")
    assert "/" not in member.name and "\\" not in member.name
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["a.zip", "in", "tep"]


@pytest.mark.parametrize(("flag", "written"), [(0x800, "Công văn.txt"), (0, "Công văn.txt")])
def test_vietnamese_names_are_read(tmp_path, flag, written):
    """A name is UTF-8 whether the archive says so or not."""
    path = zipped(tmp_path / "a.zip", [("Cong van.txt", b"x")])
    data = path.read_bytes()
    name = written.encode()
    path.write_bytes(data.replace(b"Cong van.txt", name[:12])) if len(name) == 12 else zipped(path, [(written, b"x")])
    if not flag:
        raw = bytearray(path.read_bytes())
        for magic, at in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
            raw[raw.find(magic) + at] &= ~0x08
        path.write_bytes(raw)
    assert [member.name for member in members(path, "a.zip")] == [f"a.zip › {written}"]


def nested(path):
    """Write an archive in an archive."""
    inner = zipped(path.with_suffix(".in"), [("a.txt", b"x")])
    zipped(path, [("trong.zip", inner.read_bytes())])


def damaged(path):
    """Write an archive whose only file has other bytes than it should."""
    zipped(path, [("a.txt", b"mot hai ba")], zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"mot hai ba", b"mot hai bo"))


def locked(path):
    """Write an archive that says it has a password."""
    zipped(path, [("a.txt", b"x")])
    flagged(path, 1)


@pytest.mark.parametrize(
    ("error", "write"),
    [
        (BrokenFile, lambda path: path.write_bytes(b"PK\x03\x04" + b"\0" * 90)),
        (BrokenFile, damaged),
        (LockedFile, locked),
        (UnsupportedFile, lambda path: zipped(path, [])),
        (UnsupportedFile, lambda path: zipped(path, [("thu muc/", b"")])),
        (UnsupportedFile, nested),
        (TooLarge, lambda path: zipped(path, [("a.txt", b"0" * 9_000_000)])),
        (TooLarge, lambda path: zipped(path, [(f"{n}.txt", b"") for n in range(1001)])),
    ],
)
def test_what_cannot_be_taken_out_is_refused_with_the_way_out(tmp_path, error, write):
    """Damage, a password, an archive in it, nothing, too many files and swelling are named, before or while it is unpacked."""
    path = tmp_path / "a.zip"
    write(path)
    with pytest.raises(error, match=r"^a\.zip.*Đề nghị") as caught:
        [unpack(path, member, tmp_path / "tep") for member in members(path, "a.zip")]
    assert isinstance(caught.value, Unreadable)


def test_an_archive_larger_than_all_that_is_unpacked_is_refused(tmp_path, monkeypatch):
    """The size of all files together is bounded, however well they are packed."""
    monkeypatch.setattr(archives, "MOST_BYTES", 100)
    with pytest.raises(TooLarge):
        members(zipped(tmp_path / "a.zip", [("a.txt", b"ab" * 60)], zipfile.ZIP_STORED), "a.zip")


@pytest.mark.parametrize(
    ("expected", "entries"),
    [
        (True, ["a.txt"]),
        (True, []),
        (False, ["word/document.xml"]),
        (False, ["xl/workbook.xml", "a.txt"]),
        (False, ["mimetype", "content.xml"]),
    ],
)
def test_documents_that_are_archives_are_no_archives(tmp_path, expected, entries):
    """A Word file, a table and an OpenDocument are ZIPs too, and are read, or refused, as what they are."""
    assert is_archive(zipped(tmp_path / "a.zip", [(name, b"x") for name in entries])) is expected


def test_other_bytes_are_no_archive(tmp_path):
    """A file that does not begin as a ZIP is none, whatever it is called."""
    (tmp_path / "a.zip").write_bytes(b"%PDF-1.4")
    assert not is_archive(tmp_path / "a.zip")


def test_a_list_without_end_is_not_read(tmp_path):
    """An archive that lists more files than any that is taken in costs no memory: its list is not read."""
    path = tmp_path / "a.zip"
    path.write_bytes(listed(100_000))
    tracemalloc.start()
    assert is_archive(path)
    with pytest.raises(TooLarge, match=r"^a\.zip có quá nhiều tệp.*Đề nghị chia"):
        members(path, "a.zip")
    assert tracemalloc.get_traced_memory()[1] < 2 << 20
    tracemalloc.stop()
