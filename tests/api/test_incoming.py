"""A paper that came in gets its number, goes to a leader and to units, and comes back; nothing is confirmed that nobody looked at."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from api.shown import HOURS, mark_of, shown
from api.wording import day, today
from ingest.transcript import Box
from store.answers import Evidence, Viewer
from store.database import begin, look
from store.documents import document
from store.handling import handling
from store.papers import paper
from store.registers import enter, open_register
from store.review import take_up
from store.units import set_units
from tests.api.test_review import form_of

ALL = Viewer("thử")
NOW = datetime.now(UTC)
PLACE = Evidence(1, (Box(1, 2, 3, 4),), "245-CV", 0, 6, "r", 0.9)


@pytest.fixture
def book(workshop, filed):  # noqa: ARG001  the letters come first
    """An office with units and a register that begins with 15."""
    with begin(workshop.engine) as session:
        set_units(session, "own", ("Văn phòng", "Ban Xây dựng Đảng"), now=today())
        return open_register(session, "in", "Văn bản đến", "2026", first=15)


@pytest.fixture
def send(client, token):
    """Send a form and give the page that follows."""

    def send(address, **values):
        return client.post(address, data={"token": token, **values}, follow_redirects=True)

    return send


def marks(client, made, *keys):
    """Look at places as a browser does, and give the marks that came with them."""
    pages = [client.get(f"/den/{made}/cho/{key}").text for key in keys]
    return [re.search(r'name="da-xem" value="([^"]+)"', page)[1] for page in pages]


def keys_of(workshop, made):
    """Give the names of the places that have to be on the screen: number, day, and each limit."""
    with look(workshop.engine) as session:
        view = document(session, made, home=workshop.settings.home, as_of=today(), seen_by=ALL)
    return ["number", "issued_on", *(f"duty-{duty.id}" for duty in view.duties)]


def line_of(workshop, made):
    """Give a paper as the list tells of it."""
    with look(workshop.engine) as session:
        return paper(session, made, seen_by=ALL)


@pytest.mark.parametrize("at", [0, 1])
def test_nothing_is_confirmed_whose_place_was_not_on_the_screen(client, workshop, filed, book, at):  # noqa: ARG001  the register is open
    """Number, day and limit each need the mark that came with their own place; a made-up one, another field's or paper's is none."""
    made, other = filed[at], filed[1 - at]
    keys = keys_of(workshop, made)
    form = form_of(client, f"/den/{made}")
    right = marks(client, made, *keys)
    for missing, said in zip(
        range(3), ("Chưa xem chỗ ghi số, ký hiệu", "Chưa xem chỗ ghi ngày ban hành", "Chưa xem chỗ ghi hạn này"), strict=True
    ):
        others = [mark for place, mark in enumerate(right) if place != missing]
        key = keys[missing]
        for wrong in ([], [key], [f"{key}.9999999999.{'0' * 64}"], [right[missing].replace(key, "type")], marks(client, other, "number")):
            answer = client.post(f"/den/{made}", data=form | {"da-xem": [*others, *wrong]})
            assert (answer.status_code, said in answer.text) == (422, True), (key, wrong)
    assert (line_of(workshop, made).stage, line_of(workshop, made).document.state) == ("Chờ vào sổ", "Cần đối chiếu")
    done = client.post(f"/den/{made}", data=form | {"da-xem": right}, follow_redirects=False)
    assert done.status_code == 303
    assert (line_of(workshop, made).serial, line_of(workshop, made).document.state) == ("15", "Đã đối chiếu")


def test_the_page_itself_shows_no_place_that_counts_as_seen(client, filed, book):  # noqa: ARG001  as above
    """Its picture is asked for when it is on the screen; without script a link brings places and marks together."""
    plain = client.get(f"/den/{filed[1]}").text
    assert plain.count('data-cut="/den/') == 3 and 'name="da-xem" value="number' not in plain
    at_once = client.get(f"/den/{filed[1]}?xem=tat-ca").text
    assert 'data-cut="/den/' not in at_once and len(re.findall(r'name="da-xem" value="[^"]+"', at_once)) == 3
    assert client.get(f"/den/{filed[1]}/cho/type").status_code == 404
    assert client.get("/den/99/cho/number").status_code == 404


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        ({}, True),
        ({"viewer": "Bình"}, False),
        ({"document_id": 2}, False),
        ({"now": NOW + timedelta(hours=HOURS, seconds=1)}, False),
        ({"now": NOW + timedelta(hours=HOURS) - timedelta(seconds=5)}, True),
        ({"places": {"number": Evidence(1, (Box(1, 2, 3, 5),), "245-CV", 0, 6, "r", 0.9)}}, False),
        ({"places": {"issued_on": PLACE}}, False),
        ({"places": {}}, False),
    ],
)
def test_a_mark_holds_for_its_own_place_and_a_days_work(change, counts):
    """Another person, paper, field or place, or another day: it has to be looked at again."""
    mark = mark_of(PLACE, viewer="An", document_id=1, key="number", now=NOW)
    asked = {"places": {"number": PLACE}, "viewer": "An", "document_id": 1, "now": NOW} | change
    assert bool(shown({mark}, **asked)) is counts


@pytest.mark.parametrize("wrong", ["", "number", "number.", "number.x.y", "number.٣.y", f"number.{'9' * 30}.y", "..", "number.1.é"])
def test_what_is_no_mark_counts_for_nothing(wrong):
    """Whatever is sent in its place."""
    assert shown({wrong}, {"number": PLACE}, viewer="An", document_id=1, now=NOW) == set()


def test_a_paper_is_entered_submitted_and_forwarded_in_one_press_and_taken_back_in_one(client, workshop, filed, book, send):  # noqa: ARG001
    """The next paper opens and says what was done; undoing leaves the paper waiting as it was."""
    made = filed[1]
    form = form_of(client, f"/den/{made}") | {"da-xem": marks(client, made, *keys_of(workshop, made)), "giay": "14"}
    page = client.post(f"/den/{made}", data=form | {"trinh": "Bí thư", "chu-tri": "ban xay dung dang", "phoi-hop": "văn phòng"})
    assert page.url.path == f"/den/{filed[0]}"
    assert "Vào sổ số 15, trình Bí thư, chuyển Ban Xây dựng Đảng; Văn phòng" in page.text
    line = line_of(workshop, made)
    assert (line.stage, line.holder) == ("Đã chuyển", "Ban Xây dựng Đảng; Văn phòng")
    assert "Một nửa số văn bản mất không quá" in client.get("/den").text
    again = send(f"/den/{made}/hoan-tac")
    assert again.url.path == f"/den/{made}" and "Vào sổ và mở tiếp" in again.text
    assert (line_of(workshop, made).stage, line_of(workshop, made).document.state) == ("Chờ vào sổ", "Cần đối chiếu")


def test_what_the_leader_wrote_on_the_paper_goes_with_it(client, workshop, filed, book):  # noqa: ARG001  the register is open
    """Instruction, unit and limit are kept as the leader's; the unit's duty bears the leader's limit beside the document's."""
    made = filed[1]
    form = form_of(client, f"/den/{made}") | {"da-xem": marks(client, made, *keys_of(workshop, made))}
    client.post(f"/den/{made}", data=form | {"y-kien": "Giao tham mưu", "chu-tri": "Văn phòng", "han": "30/11/2026"})
    with look(workshop.engine) as session:
        steps = [(one.kind, one.note, one.day) for one in handling(session, made, seen_by=ALL)][1:]
        (duty,) = document(session, made, home=workshop.settings.home, as_of=today(), seen_by=ALL).duties
    limit = date(2026, 11, 30)
    assert steps == [("instruct", "Giao tham mưu", limit), ("forward", "Giao tham mưu", limit)]
    assert (duty.unit, duty.leader_limit, duty.due_on) == ("Văn phòng", limit, date(2026, 12, 5))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"f.arrived_as": "mười"}, "Số đến là một số."),
        ({"f.arrived_as": "14"}, "Số đến 14 đã dùng"),
        ({"f.arrived_as": "900"}, "quá xa"),
        ({"f.arrived_on": "hôm qua"}, "không phải là ngày"),
        ({"f.arrived_on": day(today() + timedelta(days=1))}, "không sau ngày hôm nay"),
        ({"f.issued_on": "31/02/2026"}, "không phải là ngày"),
        ({"chu-tri": "Phòng <b>"}, "Không có đơn vị “Phòng &lt;b&gt;”."),
        ({"chu-tri": "n"}, "Có nhiều đơn vị khớp"),
        ({"chu-tri": "Văn phòng; Ban Xây dựng Đảng"}, "một đơn vị chủ trì"),
        ({"han": "mai"}, "không phải là ngày"),
        ({"han": "20/12/2026"}, "Đề nghị ghi ý kiến chỉ đạo"),
        ({"so": ""}, "Chưa có sổ văn bản đến đang mở."),
        ({"so": "99"}, None),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_written(client, workshop, filed, book, typed, said):  # noqa: ARG001  as above
    """The sentence stands on the page with all that was typed, and what was looked at stays seen."""
    made = filed[0]
    form = form_of(client, f"/den/{made}") | {"da-xem": marks(client, made, *keys_of(workshop, made)), "f.place": "Nơi khác"}
    page = client.post(f"/den/{made}", data=form | typed, follow_redirects=False)
    line = line_of(workshop, made)
    assert (line.stage, line.document.state) == ("Chờ vào sổ", "Cần đối chiếu")
    if said is None:
        assert page.status_code == 404
        return
    assert page.status_code == 422 and said in page.text and 'value="Nơi khác"' in page.text
    assert len(re.findall(r'name="da-xem" value="[^"]+" checked', page.text)) == 3


def test_the_stamps_number_is_proposed_beside_the_registers_next(client, workshop, filed, book):  # noqa: ARG001  as above
    """Without a stamp the next number and today; with one both, and the register's first where the stamp cannot be right."""
    plain = form_of(client, f"/den/{filed[0]}")
    assert (plain["f.arrived_as"], plain["f.arrived_on"]) == ("15", day(today()))
    client.post(f"/van-ban/{filed[0]}/sua", data={"token": plain["token"], "field": "arrived_as", "value": "17"})
    near = client.get(f"/den/{filed[0]}").text
    assert 'value="17"' in near and 'data-value="15"' in near
    client.post(f"/van-ban/{filed[0]}/sua", data={"token": plain["token"], "field": "arrived_as", "value": "4170"})
    assert form_of(client, f"/den/{filed[0]}")["f.arrived_as"] == "15"


def test_after_its_number_a_paper_is_submitted_instructed_and_forwarded(client, workshop, filed, book, send):
    """One page: the leader's words, units and limit come over into the forwarding; each step stands in the history and is undone."""
    made = filed[0]
    with begin(workshop.engine) as session:
        enter(session, book, made, on=today(), by="An", now=NOW)
    here = f"/den/{made}"
    assert "Chờ trình" in client.get(here).text
    assert "Chờ ý kiến" in send(f"{here}/trinh", to="Bí thư <b>").text
    told = send(f"{here}/y-kien", words="Giao tham mưu", to="Bí thư", lead="Ban Xây dựng Đảng", helping="Văn phòng", day="20/12/2026").text
    assert "Chờ chuyển" in told and 'name="lead" value="Ban Xây dựng Đảng"' in told and 'name="day" value="20/12/2026"' in told
    last = send(f"{here}/chuyen", words="Giao tham mưu", lead="Ban Xây dựng Đảng", helping="Văn phòng", day="20/12/2026").text
    assert "Đã chuyển" in last and "Hạn lãnh đạo giao: 20/12/2026" in last and "Bí thư &lt;b&gt;" in last
    assert "Chờ chuyển" in send(f"{here}/hoan-tac").text
    with look(workshop.engine) as session:
        stands = [(one.kind, one.stands) for one in handling(session, made, seen_by=ALL)]
    assert stands == [("enter", True), ("submit", True), ("instruct", True), ("forward", False)]


def test_two_clerks_do_not_open_the_same_paper(client, workshop, filed, book):  # noqa: ARG001  the register is open
    """What another has open is not offered as the next; its own screen says who has it and writes nothing."""
    with begin(workshop.engine) as session:
        take_up(session, filed[0], by="Bình", now=NOW)
        take_up(session, filed[1], by="Bình", now=NOW)
    assert "Vào sổ văn bản tiếp theo" not in client.get("/den").text
    page = client.get(f"/den/{filed[0]}").text
    assert "Bình đang đối chiếu văn bản này" in page and 'id="xac-nhan"' not in page
    with begin(workshop.engine) as session:
        take_up(session, filed[1], by="Bình", now=NOW - timedelta(hours=1))
    assert f'<a class="button" href="/den/{filed[1]}"' in client.get("/den").text


@pytest.mark.parametrize(
    ("what", "typed", "said"),
    [
        ("trinh", {"to": " "}, "Đề nghị ghi tên hoặc chức vụ"),
        ("y-kien", {}, "Đề nghị ghi ý kiến chỉ đạo"),
        ("y-kien", {"words": "Đồng ý", "day": "mai"}, "không phải là ngày"),
        ("chuyen", {}, "Đề nghị chọn đơn vị nhận văn bản."),
        ("chuyen", {"lead": "Ban lạ"}, "Không có đơn vị “Ban lạ”."),
        ("hoan-tac", {}, "Không có việc nào để hoàn tác."),
    ],
)
def test_what_a_step_lacks_is_said_beside_it(workshop, filed, book, send, what, typed, said):  # noqa: PLR0917  fixtures and a table
    """Nothing is written, and what was typed stays."""
    with begin(workshop.engine) as session:
        enter(session, book, filed[0], on=today(), by="An", now=NOW)
    page = send(f"/den/{filed[0]}/{what}", **typed)
    assert page.status_code == 422 and said in page.text
    assert all(value.strip() in page.text for value in typed.values())


def test_the_lists_are_narrowed_by_their_address(client, workshop, filed, book):
    """Stage, words, who has it and days stand in the address; what is not there is said; outgoing papers have their own list."""
    with begin(workshop.engine) as session:
        enter(session, book, filed[0], on=today(), by="An", now=NOW)
    both = client.get("/den").text
    assert both.index(f"/den/{filed[1]}") < both.index(f'<a class="number" href="/den/{filed[0]}"')
    assert "245-CV" not in client.get("/den?trang-thai=cho-vao-so").text
    assert "246-CV" not in client.get("/den?trang-thai=da-vao-so").text
    assert "246-CV" in client.get("/den?tim=dang ky mo hinh").text
    assert "Không có văn bản nào như vậy." in client.get("/den?tim=xyz&tu-ngay=hôm+qua").text
    assert "Không có văn bản nào như vậy." in client.get("/den?den-ngay=01/01/2020").text
    assert "Chưa có văn bản nào" in client.get("/di").text
    assert client.get("/den?da=99").status_code == client.get("/den?da=x").status_code == 200


def test_an_empty_list_teaches(client):
    """It says what will stand here, and how a register is opened."""
    page = client.get("/den").text
    assert "Văn bản tiếp nhận hằng ngày xuất hiện ở đây" in page and 'href="/so"' in page


@pytest.mark.parametrize("address", ["/den/99", "/den/99/trinh", "/den/99/hoan-tac"])
def test_what_is_not_there_is_not_found(client, send, address):
    """No paper, no steps."""
    page = client.get(address) if address == "/den/99" else send(address, to="x")
    assert page.status_code == 404


@pytest.mark.parametrize("what", ["", "/trinh", "/y-kien", "/chuyen", "/hoan-tac"])
def test_a_form_of_another_site_writes_nothing(client, filed, what):
    """Without the token everything is refused."""
    assert client.post(f"/den/{filed[0]}{what}", data={"to": "x"}).status_code == 403
