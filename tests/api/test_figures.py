"""Every figure of a period leads to the documents behind it; every chart has its table."""

import re
from datetime import date
from itertools import pairwise

import pytest

from api.charts import HIGH, WIDE, columns
from tests.api.test_surroundings import put

YEAR = "tu=01/01/2016&den=31/12/2021"


@pytest.fixture
def cited(workshop):
    """A decree that was replaced, a paper that rests on it before and one after; a law that nobody holds; a letter alone."""
    law = put(workshop, "10/2015/NĐ-CP", date(2015, 3, 1), ("68/2014/QH13", "based_on"))
    early = put(workshop, "5-QĐ/TW", date(2016, 1, 1), ("10/2015/NĐ-CP", "based_on"), kind="Quyết định", agency="Bộ Chính trị")
    put(workshop, "20/2020/NĐ-CP", date(2020, 6, 1), ("10/2015/NĐ-CP", "replaces"))
    late = put(workshop, "30/2021/NĐ-CP", date(2021, 6, 1), ("10/2015/NĐ-CP", "based_on"))
    put(workshop, "7-CV/HU", date(2021, 6, 2), kind="Công văn", agency="Huyện ủy A")
    return law, early, late


@pytest.mark.usefixtures("cited")
def test_the_figures_of_a_period_lead_to_their_documents(client):
    """Each address of the page that lists documents answers, and lists as many as the figure says."""
    page = client.get(f"/thong-ke?{YEAR}").text
    listed = {address.replace("&amp;", "&") for address in re.findall(r'href="(/thong-ke/danh-sach[^"]+)"', page)}
    kinds = {re.search(r"muc=([a-z-]+)", address)[1] for address in listed}
    assert kinds == {"vien-dan", "can-cu", "chua-co", "dung-rieng", "het-hieu-luc", "het-khi-dan"}
    assert all(client.get(address).status_code == 200 for address in listed)
    ended = re.search(r"<b>(\d+)</b> lần dựa vào văn bản đã hết", page)[1], re.search(r"<b>(\d+)</b> lần dựa vào văn bản nay", page)[1]
    assert ended == ("1", "2")
    then = client.get(f"/thong-ke/danh-sach?muc=het-khi-dan&{YEAR}").text
    assert "30/2021/NĐ-CP" in then and "5-QĐ/TW" not in then


def test_the_documents_behind_one_base(client, cited):
    """Those of the period that rest on it, and no other."""
    page = client.get(f"/thong-ke/danh-sach?muc=can-cu&van_ban={cited[0]}&tu=01/01/2016&den=31/12/2019").text
    assert "Văn bản dựa vào 10/2015/NĐ-CP" in page and "5-QĐ/TW" in page and "30/2021/NĐ-CP" not in page


@pytest.mark.usefixtures("cited")
def test_a_chart_has_its_table(client):
    """What a column shows stands in a row with the same address; months between that have nothing are there too."""
    page = client.get("/thong-ke?tu=01/04/2020&den=31/12/2021").text
    drawn = re.findall(r"<title>(\d\d/\d{4}): (\d+)</title>", page)
    told = re.findall(r'<th scope="row"><a href="[^"]+">(\d\d/\d{4})</a></th><td class="figure">(\d+)</td>', page)
    assert drawn == told
    assert drawn[0] == ("06/2020", "1") and drawn[-1] == ("06/2021", "1") and len(drawn) == 13


@pytest.mark.parametrize(
    ("status", "query"),
    [
        (200, ""),
        (200, "?tu=x&den=y"),
        (200, "?tu=31/12/2021&den=01/01/2016"),
        (200, "?tu=01/01/0001&den=31/12/9999"),
        (404, "/danh-sach?muc=gi"),
        (404, "/danh-sach?muc=da-sua&truong=gi"),
        (200, "/danh-sach?muc=da-sua&truong=number"),
        (200, "/danh-sach?muc=chua-co&tu_dong=50"),
        (422, "/danh-sach?muc=can-cu&van_ban=0"),
    ],
)
def test_any_address_is_answered(client, status, query):
    """What is no day means the usual period, in an empty store too; what is no list is not found."""
    page = client.get(f"/thong-ke{query}")
    assert page.status_code == status
    assert ("không phải là ngày" in page.text) == ("tu=x" in query or "9999" in query)


def test_an_empty_store_teaches(client):
    """Each part says what is missing, and where to begin."""
    page = client.get("/thong-ke").text
    assert 'href="/tiep-nhan">Tiếp nhận văn bản</a>' in page and 'href="/doi-chieu">Đối chiếu</a>' in page


@pytest.mark.parametrize("figures", [[], [0], [5], [1, 0, 7], list(range(40))])
def test_columns_stand_side_by_side_on_the_sheet(figures):
    """None lies over another or beyond the edge; the greatest is the highest, nothing has no height."""
    found = columns((str(at), count, "/") for at, count in enumerate(figures))
    assert [one.count for one in found] == figures
    assert all(one.x + one.wide <= other.x for one, other in pairwise(found))
    assert all(one.x >= 0 and one.x + one.wide <= WIDE and one.y >= 0 and one.y + one.high <= HIGH for one in found)
    assert all((one.high == 0) == (one.count == 0) for one in found)
    assert max(found, key=lambda one: one.high, default=None) in (None, *(one for one in found if one.count == max(figures)))
