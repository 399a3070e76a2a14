"""A passage on standard input becomes its edges, as JSON and nothing else."""

import io
import json
import sys
import unicodedata

import pytest

from api.cli import main
from api.relations import edges
from ingest.errors import Unreadable

PASSAGE = "2. Thông tư này thay thế Thông tư số 24/2019/TT-BMT, được sửa đổi bởi\nThông tư số 3/2020/TT-BMT."
EXPECTED = {
    ("self", "24/2019/TT-BMT", "replaces"),
    ("self", "3/2020/TT-BMT", "mentions"),
    ("3/2020/TT-BMT", "24/2019/TT-BMT", "amends"),
}


def read(passage):
    """Give the edges as (source, target, relation)."""
    return {(edge["source"], edge["target"], edge["relation"]) for edge in edges(passage, "11/2025/TT-BMT", "Thông tư")}


@pytest.mark.parametrize(
    "passage",
    [
        PASSAGE.encode(),
        PASSAGE.encode("utf-16"),
        PASSAGE.replace("\n", "\r\n").encode(),
        unicodedata.normalize("NFD", PASSAGE).encode(),
        b"\xef\xbb\xbf" + PASSAGE.encode(),
    ],
)
def test_a_passage_is_read_in_any_spelling(passage):
    """Encoding, line ends and composition of the letters make no difference."""
    assert read(passage) == EXPECTED


@pytest.mark.parametrize("passage", [b"", b"  \n", "Căn cứ tình hình thực tế.".encode()])
def test_a_passage_may_name_nothing(passage):
    """Where no other document is named there is no edge."""
    assert read(passage) == set()


def test_bytes_that_are_no_text_are_refused():
    """A picture is no passage."""
    with pytest.raises(Unreadable):
        edges(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x81\x8d" * 20, None, None)


def test_the_command_prints_json_and_nothing_else(monkeypatch, capfd):
    """Number and kind of the document itself are options; what is printed is one JSON object."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Bãi bỏ Điều 3 Thông tư số 24/2019/TT-BMT.".encode())))
    monkeypatch.setattr(sys, "argv", ["vanthu", "relations", "--self", "11/2025/TT-BMT", "--type", "Thông tư"])
    with pytest.raises(SystemExit) as ended:
        main()
    out, err = capfd.readouterr()
    edge = {"source": "self", "target": "24/2019/TT-BMT", "relation": "repeals", "scope": "Điều 3"}
    assert (ended.value.code, err, json.loads(out)) == (0, "", {"edges": [edge]})
