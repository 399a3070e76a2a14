"""The first page: what waits today, each figure a link to its list."""

import re

import pytest

from store.answers import Office
from store.database import begin
from store.office import set_office
from tests.api.test_search import told
from tests.api.test_web import Tags


def test_the_first_start_teaches_three_steps(client):
    """Office, papers, duties; nothing else asks for attention yet."""
    page = told(client, "/")
    assert re.search(r"Khai báo cơ quan .* Nạp văn bản .* Xem nhiệm vụ", page)
    assert "nhiệm vụ quá hạn" not in page


@pytest.mark.usefixtures("filed")
def test_a_step_that_is_done_says_so_and_goes(client, workshop):
    """With papers but no office the first step is left; with both there is nothing to begin."""
    assert "Nạp văn bản Đã xong" in told(client, "/")
    with begin(workshop.engine) as session:
        set_office(session, Office("Đảng ủy xã Suối Ngàn", "party", None, None, None))
    assert "Khai báo cơ quan" not in told(client, "/")


@pytest.mark.usefixtures("filed")
def test_each_figure_opens_its_list(client):
    """Every tile is a link that answers, and the list says the same number."""
    tiles = [one["href"] for one in Tags(client.get("/").text).all("a") if re.search(r"hien=|hang=|kho=", one.get("href", ""))]
    assert len(tiles) >= 6
    assert {client.get(tile).status_code for tile in tiles} == {200}
    page = told(client, "/")
    assert "2 văn bản chờ đối chiếu" in page and "1 được viện dẫn, chưa có" in page
    assert "1 văn bản" in told(client, "/tra-cuu?kho=0")


@pytest.mark.usefixtures("filed")
def test_what_is_cited_and_missing_is_named(client):
    """With how many cite it."""
    assert "21-KH/ĐU 2 văn bản viện dẫn" in told(client, "/")
