"""A person finds the names that documents give to agencies, says which are one, and takes it back."""

import pytest

from store.agency_list import agencies
from store.answers import Viewer
from store.database import begin, look
from store.tables import AgencyRow, DocumentRow

BASE = "/quan-tri/co-quan-ban-hanh"


@pytest.fixture
def two(workshop, filed):
    """Give the agency of the filed letters, and a second name for it without its place."""
    with begin(workshop.engine) as session:
        session.add(bare := AgencyRow(name="Đảng ủy <b>", folded="dang uy|||", scope="x", placed=False))
        session.flush()
        session.add(DocumentRow(held=False, identity="x", agency_id=bare.id))
    assert filed
    with look(workshop.engine) as session:
        named = {line.name: line.id for line in agencies(session, seen_by=Viewer("An"))}
    return named["Đảng ủy xã Suối Ngàn"], named["Đảng ủy <b>"]


def test_agencies_are_listed_found_and_paired(client, two):
    """What may be one is offered above the list; a search narrows the list; names are escaped."""
    page = client.get(BASE).text
    assert "Có thể là một cơ quan" in page and "Đảng ủy &lt;b&gt;" in page and "<b>Đảng ủy <b>" not in page
    assert f'action="{BASE}/{two[1]}/gop"' in page
    assert "Không có cơ quan nào" in client.get(f"{BASE}?tim=khong+co").text
    assert f'name="into" value="{two[0]}"' in client.get(f"{BASE}?gop={two[1]}&tim=suoi+ngan").text


def test_agencies_are_merged_and_parted(client, token, two):
    """The page says what was merged, with one press back; merged twice it says why not; parted, each stands alone."""
    kept, other = two
    page = client.post(f"{BASE}/{other}/gop", data={"token": token, "into": kept}, follow_redirects=True).text
    assert 'id="hoan-tac"' in page and "gồm cả" in page
    again = client.post(f"{BASE}/{other}/gop", data={"token": token, "into": kept}, follow_redirects=True)
    assert again.status_code == 422 and "tách trước" in again.text
    parted = client.post(f"{BASE}/{other}/tach", data={"token": token}, follow_redirects=True).text
    assert "gồm cả" not in parted


@pytest.mark.parametrize("address", [f"{BASE}?gop=99", f"{BASE}?xong=99", f"{BASE}/99/gop", f"{BASE}/99/tach"])
def test_what_is_not_there_is_not_found(client, token, address):
    """An agency that no document names can be neither chosen nor merged nor parted."""
    answer = client.get(address) if "?" in address else client.post(address, data={"token": token, "into": "98"})
    assert answer.status_code == 404


def test_a_form_of_another_site_writes_nothing(client, two):
    """Without the token nothing is merged."""
    assert client.post(f"{BASE}/{two[1]}/gop", data={"into": two[0]}).status_code == 403
