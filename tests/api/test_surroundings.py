"""The drawing of what is around a document: every document a link, every colour a word, nothing over something else."""

import re
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest

from api.layers import drawn
from nlp.directive import NOWHERE, Directive, Found, Reference
from store.answers import DocumentLine, Link, Node, Surroundings
from store.database import begin
from store.filing import file
from tests.store.making import sha, transcript

NOW = datetime(2026, 1, 5, tzinfo=UTC)


def put(workshop, number, day, *cited, kind="Nghị định", agency="Chính phủ"):
    """File a document that names others, given as (number, relation); give its id."""
    references = tuple(Reference(None, other, None, None, None, relation, (NOWHERE,), 0.9, "thử") for other, relation in cited)
    head = {"number": number, "type": kind, "agency": agency, "issued_on": day, "subject": f"về <việc> {number}"}
    read = Directive(family="state", references=references, **{name: Found(value, NOWHERE, 0.9, "thử") for name, value in head.items()})
    with begin(workshop.engine) as session:
        return file(session, sha256=sha(number), transcript=transcript(number), directive=read, purpose="daily", now=NOW)


@pytest.fixture
def filed_graph(workshop):
    """A decree that was replaced, and two papers that rest on it, one after its end; it rests on a law that nobody holds."""
    law = put(workshop, "10/2015/NĐ-CP", date(2015, 3, 1), ("68/2014/QH13", "based_on"))
    early = put(workshop, "5-QĐ/TW", date(2016, 1, 1), ("10/2015/NĐ-CP", "based_on"), kind="Quyết định", agency="Bộ Chính trị")
    put(workshop, "20/2020/NĐ-CP", date(2020, 6, 1), ("10/2015/NĐ-CP", "replaces"))
    put(workshop, "30/2021/NĐ-CP", date(2021, 6, 1), ("10/2015/NĐ-CP", "based_on"), ("5-QĐ/TW", "implements"))
    return law, early


def test_the_page_draws_lists_and_tells_validity(client, filed_graph):
    """What the drawing shows stands in the table as well; validity is written out, with the day and the document that ended it."""
    page = client.get(f"/luoc-do/{filed_graph[0]}?ngay=05/01/2026").text
    svg = page[page.index("<svg xmlns") : page.index("</svg>", page.index("<svg xmlns"))]
    table = page[page.index("<table") : page.index("</table>")]
    for number in ("68/2014/QH13", "5-QĐ/TW", "20/2020/NĐ-CP", "30/2021/NĐ-CP"):
        assert number in svg and number in table
    assert svg.count("Hết hiệu lực") == 1 and "Chưa có trong kho" in svg
    assert "bị thay thế bởi" in page and "01/06/2020" in page
    assert "<b>4</b> văn bản" in page and "<việc>" not in page


def test_choices_narrow_the_drawing(client, filed_graph):
    """Direction, relation, depth and day are the address; what is not known means all; a day before the change shows it in force."""
    law, early = filed_graph
    count = lambda query: int(re.search(r"<b>(\d+)</b> văn bản", client.get(f"/luoc-do/{law}?{query}").text)[1])  # noqa: E731
    assert [count(query) for query in ("", "chieu=can-cu", "chieu=theo", "quan_he=thay-doi", "quan_he=xyz&chieu=xyz")] == [4, 1, 3, 1, 4]
    assert "Còn hiệu lực" in client.get(f"/luoc-do/{law}?ngay=01/01/2019").text
    deep = client.get(f"/luoc-do/{early}?bac=2&chieu=can-cu").text
    assert "68/2014/QH13" in deep
    assert client.get(f"/luoc-do/{law}?bac=9").status_code == 422
    assert client.get("/luoc-do/999").status_code == 404


def test_what_rests_on_it_comes_with_the_way(client, filed_graph):
    """The list of what would fall is there, each with how it rests on the document."""
    page = client.get(f"/luoc-do/{filed_graph[0]}").text
    resting = page[page.index("Nếu văn bản này hết hiệu lực") :]
    assert "5-QĐ/TW" in resting and "căn cứ 10/2015/NĐ-CP" in resting


def test_the_way_to_another_document_is_drawn_and_told(client, filed_graph):
    """The page of a drawing leads there; a number in any spelling names the end; what is not found, or not joined, is said."""
    law, early = filed_graph
    assert f'href="/luoc-do/{law}/duong"' in client.get(f"/luoc-do/{law}").text
    page = client.get(f"/luoc-do/{early}/duong?so=20/2020/nđ-cp").text
    told = page[page.index('<ol class="list">') :]
    assert told.index("5-QĐ/TW") < told.index("10/2015/NĐ-CP") < told.index("20/2020/NĐ-CP")
    assert "Qua <b>2</b> quan hệ" in page and "bị thay thế bởi" in told and "<svg xmlns" in page
    assert "Không tìm thấy văn bản khác mang số 999/X" in client.get(f"/luoc-do/{law}/duong?so=999/X").text
    assert client.get(f"/luoc-do/{law}/duong").status_code == 200 and client.get("/luoc-do/999/duong").status_code == 404


def test_the_start_page_leads_on(client, filed_graph):
    """A number in any spelling opens its drawing; what rests on something that has ended is told as an error or a task."""
    assert client.get("/luoc-do?so=10/2015/nđ-cp", follow_redirects=False).headers["location"] == f"/luoc-do/{filed_graph[0]}"
    assert "Không tìm thấy văn bản số 999/X" in client.get("/luoc-do?so=999/X").text
    page = client.get("/luoc-do").text
    assert "2 văn bản dựa vào" in page and "Đã hết hiệu lực khi viện dẫn" in page and "Nay đã hết hiệu lực" in page


def test_the_start_page_of_an_empty_store_teaches(client):
    """Without citations the page says when there will be drawings."""
    assert "Lược đồ vẽ được khi kho có văn bản viện dẫn lẫn nhau" in client.get("/luoc-do").text


def test_the_drawing_can_be_kept(client, filed_graph):
    """The file is an SVG of its own: well-formed, with its colours, a document for each box."""
    kept = client.get(f"/luoc-do/{filed_graph[0]}/hinh.svg")
    assert kept.headers["content-type"] == "image/svg+xml" and "attachment" in kept.headers["content-disposition"]
    root = ET.fromstring(kept.text)
    assert len(root.findall("{http://www.w3.org/2000/svg}a")) == 5 and "style=" not in kept.text


def test_two_documents_are_merged_and_parted_by_a_person(client, token, filed_graph):
    """By its number, another document becomes this one, and comes apart again; a number that several or none bear is refused."""
    law, early = filed_graph
    answer = client.post(f"/luoc-do/{law}/gop", data={"token": token, "so": "5-qđ/tw"}, follow_redirects=False)
    assert answer.headers["location"] == f"/luoc-do/{law}#cung-mot"
    assert f'action="/luoc-do/{early}/tach"' in client.get(f"/luoc-do/{law}").text
    assert "Đã gộp vào" in client.get(f"/luoc-do/{early}").text
    client.post(f"/luoc-do/{early}/tach", data={"token": token})
    assert "Đã gộp vào" not in client.get(f"/luoc-do/{early}").text
    assert "Có 0 văn bản khác mang số" in client.post(f"/luoc-do/{law}/gop", data={"token": token, "so": "999/X"}).text
    assert client.post(f"/luoc-do/{law}/gop", data={"so": "5-QĐ/TW"}).status_code == 403
    assert client.post(f"/luoc-do/{early}/tach", data={"token": token}).status_code == 404


def node(known, depth):
    """Make a node."""
    return Node(DocumentLine(known, f"{known}-QĐ/HU", "Quyết định", None, None, None, True, None, None, 0), depth, "Chưa rõ hiệu lực")


@pytest.mark.parametrize("count", [1, 2, 7, 8, 40, 300])
def test_no_box_lies_over_another(count):
    """However many stand around a document, each has its own place on the sheet, left or right of it by its direction."""
    nodes = [node(0, 0), *(node(n, 1 if n % 3 else -1) for n in range(1, count + 1))]
    links = [Link(n, 0, "based_on", None, False) if n % 3 else Link(0, n, "based_on", None, False) for n in range(1, count + 1)]
    drawing = drawn(Surroundings(tuple(nodes), tuple(links), False, ()))
    places = {(box.x, box.y) for box in drawing.boxes}
    assert len(places) == len(nodes) == len(drawing.boxes)
    for box in drawing.boxes:
        near = [
            other
            for other in drawing.boxes
            if other is not box and abs(other.x - box.x) < drawing.wide and abs(other.y - box.y) < drawing.high
        ]
        assert not near
        assert box.x + drawing.wide <= drawing.width and box.y + drawing.high <= drawing.height and min(box.x, box.y) >= 0
    middle = next(box.x for box in drawing.boxes if box.node.depth == 0)
    assert all((box.x > middle) == (box.node.depth > 0) for box in drawing.boxes if box.node.depth)
    assert drawing.width < 6 * drawing.height + 2000


def test_lines_run_between_facing_sides():
    """A line begins at the citing document and ends at the cited one; few lines are labelled, many are not."""
    nodes = tuple(node(n, d) for n, d in ((0, 0), (1, 1), (2, -1), (3, 1)))
    links = tuple(Link(a, b, "based_on", None, False) for a, b in ((1, 0), (0, 2), (3, 1)))
    drawing = drawn(Surroundings(nodes, links, False, ()))
    at = {box.node.document.id: box for box in drawing.boxes}
    starts = [tuple(map(float, re.match(r"M([\d.]+) ([\d.]+)", line.path).groups())) for line in drawing.lines]
    assert starts[0] == (at[1].x, at[1].y + drawing.high / 2) and starts[1][0] == at[0].x and starts[2][0] == at[3].x + drawing.wide
    assert drawing.is_labelled and [line.kind for line in drawing.lines] == ["base"] * 3
