"""The screen on which a person confirms what was read: queues, what must be seen first, what is told first, undo."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from api.comparing import rows_of, written
from store.answers import Viewer
from store.corrections import correct
from store.database import begin, look
from store.documents import document
from store.review import put_off, take_up
from tests.api.test_web import Tags
from tests.store.making import directive, put, reference

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def words(client, path):
    """Give the words of a page on one line."""
    return " ".join(" ".join(Tags(client.get(path).text).words).split())


def form_of(client, path):
    """Give what the form of the screen sends if nobody touches it, without what is to be seen."""
    page = Tags(client.get(path).text)
    inputs = [one for one in page.all("input") if "name" in one and not one.get("form", "").startswith("form-")]
    sent = {one["name"]: one.get("value", "") for one in inputs if one.get("type") not in {"checkbox", "radio"}}
    sent |= {one["name"]: one["data-was"] for one in page.all("textarea") if "form" not in one}
    sent |= {one["name"]: one["value"] for one in inputs if one.get("type") == "radio" and "checked" in one}
    return {name: value for name, value in sent.items() if name not in ("ly-do", "tu", "da")} | {"viec": "xac-nhan"}


def marks(client, made, *keys):
    """Look at places as a browser does, and give the marks that came with them."""
    pages = [client.get(f"/doi-chieu/{made}/cho/{key}").text for key in keys]
    return [re.search(r'name="da-xem" value="([^"]+)"', page)[1] for page in pages]


def view_of(workshop, document_id):
    """Give a document as it stands."""
    with look(workshop.engine) as session:
        return document(session, document_id, home=workshop.settings.home, as_of=date(2026, 11, 21), seen_by=Viewer("thử"))


def with_field(view, name, **changes):
    """Give a document with one field otherwise."""
    return replace(view, fields=tuple(replace(one, **changes) if one.name == name else one for one in view.fields))


@pytest.mark.parametrize("queue", ["the-thuc", "nhiem-vu"])
def test_both_queues_are_pages_of_their_own(client, filed, queue):
    """Each line says why it waits and leads to its screen; a screen is well made, whatever the document says."""
    page = Tags(client.get(f"/doi-chieu?hang={queue}").text)
    links = {one["href"] for one in page.all("a")}
    assert {f"/doi-chieu/{one}?hang={queue}" for one in filed} <= links
    assert ("số chưa chắc" if queue == "the-thuc" else "1 nhiệm vụ chưa xác nhận") in " ".join(page.words)
    for one in filed:
        screen = Tags(client.get(f"/doi-chieu/{one}?hang={queue}").text)
        assert len(screen.all("h1")) == 1 and len(screen.ids) == len(set(screen.ids))
        named = {label["for"] for label in screen.all("label") if "for" in label}
        loose = [tag for kind in ("input", "textarea") for tag in screen.all(kind) if tag.get("type") not in {"hidden", "radio"}]
        assert [tag for tag in loose if tag.get("id") not in named] == []
        assert [tag for tag, attrs in screen.tags if [name for name in attrs if name.startswith("on") or name == "style"]] == []
        assert all(script["src"].startswith("/scripts/") for script in screen.all("script"))


def test_an_empty_queue_teaches(client):
    """It says what will come here, and where from."""
    assert "Văn bản mới đọc xong xuất hiện ở đây" in words(client, "/doi-chieu")
    assert "Nhiệm vụ máy đọc được xuất hiện ở đây" in words(client, "/doi-chieu?hang=nhiem-vu")


def test_what_was_misread_comes_first(client, workshop):
    """Of ten letters, the three whose reading is in doubt or does not hold lead the queue."""
    planted = {"12-CV/ĐU": ("number",), "15-CV/ĐU": ("issued_on",), "17-CV/ĐU": ("agency",)}
    with begin(workshop.engine) as session:
        for serial in range(10, 20):
            number = f"{serial}-CV/ĐU"
            put(
                session,
                directive(number, "02/11/2026", "Đảng ủy xã Suối Ngàn", type="Công văn", to_verify=planted.get(number, ())),
                now=NOW,
            )
    page = client.get("/doi-chieu").text
    order = re.findall(r">(\d+-CV/ĐU)</a>", page)
    assert len(order) == 10 and set(order[:3]) == set(planted)


@pytest.mark.parametrize("missing", ["number", "issued_on"])
@pytest.mark.parametrize("at", [0, 1])
def test_number_and_date_are_seen_before_they_are_confirmed(client, workshop, filed, missing, at):
    """Each needs the mark that came with its own place; its name, a made-up mark, another field's or paper's is none."""
    here = f"/doi-chieu/{filed[at]}"
    (other,) = {"number", "issued_on"} - {missing}
    (right,) = marks(client, filed[at], other)
    for wrong in (
        [],
        [missing],
        [f"{missing}.9999999999.{'0' * 64}"],
        [right.replace(other, missing)],
        marks(client, filed[1 - at], missing),
    ):
        refused = client.post(here, data=form_of(client, here) | {"da-xem": [right, *wrong], "f.place": "Nơi khác"})
        assert refused.status_code == 422
        assert f"Chưa xem chỗ ghi {'số, ký hiệu' if missing == 'number' else 'ngày ban hành'} trên trang." in refused.text
        assert 'value="Nơi khác"' in refused.text and len(re.findall(r'name="da-xem" value="[^"]+" checked', refused.text)) == 1
    view = view_of(workshop, filed[at])
    assert view.line.state == "Cần đối chiếu" and next(one for one in view.fields if one.name == "place").value == "Suối Ngàn"


@pytest.mark.parametrize(("queue", "places"), [("the-thuc", 2), ("nhiem-vu", 1)])
def test_a_screen_itself_shows_no_place_that_counts_as_seen(client, filed, queue, places):
    """A place is asked for when it comes into sight; without script a link brings places and marks together."""
    here = f"/doi-chieu/{filed[1]}?hang={queue}"
    plain = client.get(here).text
    assert plain.count('data-cut="/doi-chieu/') == places and re.search(r'name="da-xem" value="[^"]', plain) is None
    assert f'href="?hang={queue}&amp;xem=tat-ca"' in plain
    at_once = client.get(f"{here}&xem=tat-ca").text
    assert 'data-cut="/doi-chieu/' not in at_once and len(re.findall(r'name="da-xem" value="[^"]+"', at_once)) == places
    assert client.get(f"/doi-chieu/{filed[1]}/cho/type").status_code == client.get("/doi-chieu/99/cho/number").status_code == 404


def test_confirming_opens_the_next_and_is_undone_whole(client, workshop, filed):
    """Values that were changed are corrections, the rest is confirmed; one press takes both back."""
    here = f"/doi-chieu/{filed[0]}"
    seen = {"da-xem": marks(client, filed[0], "number", "issued_on")}
    sent = form_of(client, here) | seen | {"f.number": "254-CV/ĐU", "f.recipients": "Sở A\nSở B", "giay": "14"}
    done = client.post(here, data=sent, follow_redirects=False)
    assert (done.status_code, done.headers["location"]) == (303, f"/doi-chieu/{filed[1]}?hang=the-thuc&da=xac-nhan-{filed[0]}")
    view = view_of(workshop, filed[0])
    number = next(one for one in view.fields if one.name == "number")
    assert (number.value, number.read, number.corrected_by is not None) == ("254-CV/ĐU", "245-CV/ĐU", True)
    assert [one.value for one in view.recipients] == ["Sở A", "Sở B"]
    assert next(one for one in view.fields if one.name == "place").confirmed_by and view.line.state == "Đã đối chiếu"
    assert "Đã xác nhận 254-CV/ĐU" in words(client, done.headers["location"])
    back = client.post(f"{here}/hoan-tac", data={"token": sent["token"], "hang": "the-thuc", "da": "xac-nhan"}, follow_redirects=False)
    assert back.headers["location"] == f"{here}?hang=the-thuc"
    view = view_of(workshop, filed[0])
    assert (view.line.number, view.line.state, [one.value for one in view.recipients]) == (
        "245-CV/ĐU",
        "Cần đối chiếu",
        ["Văn phòng Đảng ủy"],
    )


def test_the_last_of_a_queue_leads_back_to_it(client, filed):
    """With nothing left that is free, the queue says so."""
    for one in filed:
        sent = form_of(client, f"/doi-chieu/{one}") | {"da-xem": marks(client, one, "number", "issued_on")}
        done = client.post(f"/doi-chieu/{one}", data=sent, follow_redirects=False)
    assert done.headers["location"] == f"/doi-chieu?hang=the-thuc&da=xac-nhan-{filed[1]}"
    assert "Không còn văn bản nào chờ đối chiếu" in words(client, done.headers["location"])


def test_leaving_for_later_needs_a_reason_and_keeps_what_was_written(client, workshop, filed):
    """It comes last in its queue, with the reason; undone, it is back."""
    here = f"/doi-chieu/{filed[0]}"
    sent = form_of(client, here) | {"viec": "de-sau", "f.place": "Nơi khác"}
    assert "Đề nghị ghi lý do để lại sau." in client.post(here, data=sent).text
    assert view_of(workshop, filed[0]).line.state == "Cần đối chiếu"
    done = client.post(here, data=sent | {"ly-do": "Chờ bản rõ hơn"}, follow_redirects=False)
    assert done.headers["location"].startswith(f"/doi-chieu/{filed[1]}?")
    assert next(one for one in view_of(workshop, filed[0]).fields if one.name == "place").value == "Nơi khác"
    assert "Để lại sau: Chờ bản rõ hơn" in words(client, "/doi-chieu")
    client.post(f"{here}/hoan-tac", data={"token": sent["token"], "hang": "the-thuc", "da": "de-sau"})
    assert "Chờ bản rõ hơn" not in words(client, "/doi-chieu")
    assert next(one for one in view_of(workshop, filed[0]).fields if one.name == "place").value == "Suối Ngàn"


def test_what_does_not_fit_is_told_once_before_it_is_confirmed(client, workshop, filed):
    """A date after the day of arrival is told; confirmed again, it is the person's word."""
    here = f"/doi-chieu/{filed[0]}"
    with begin(workshop.engine) as session:
        correct(session, filed[0], "arrived_on", "2026-11-04", by="An", now=NOW)
    sent = form_of(client, here) | {"da-xem": marks(client, filed[0], "number", "issued_on"), "f.issued_on": "05/11/2026"}
    told = client.post(here, data=sent)
    assert told.status_code == 422 and "Ngày đến 04/11/2026 trước ngày ban hành 05/11/2026." in told.text
    assert view_of(workshop, filed[0]).line.issued_on == date(2026, 11, 2)
    again = {"da-bao": [one["value"] for one in Tags(told.text).all("input") if one.get("name") == "da-bao"]}
    assert client.post(here, data=sent | again, follow_redirects=False).status_code == 303
    assert "Ngày đến 04/11/2026 trước ngày ban hành 05/11/2026." in words(client, here)


def test_a_date_that_is_none_is_given_back(client, filed):
    """What was typed stays in the form."""
    here = f"/doi-chieu/{filed[0]}"
    answer = client.post(
        here, data=form_of(client, here) | {"da-xem": marks(client, filed[0], "number", "issued_on"), "f.issued_on": "hôm qua"}
    )
    assert answer.status_code == 422 and 'value="hôm qua"' in answer.text and "không phải là ngày" in answer.text


def test_a_document_is_with_one_person_at_a_time(client, workshop, filed):
    """Who has it open is said in words, on the queue and on the screen; nothing is written meanwhile."""
    with begin(workshop.engine) as session:
        assert take_up(session, filed[0], by="Chị Mẫu", now=datetime.now(UTC)) is None
    here = f"/doi-chieu/{filed[0]}"
    assert "Đang mở: Chị Mẫu" in words(client, "/doi-chieu")
    screen = client.get(here).text
    assert "Chị Mẫu đang đối chiếu văn bản này" in screen and 'id="xac-nhan"' not in screen
    answer = client.post(here, data=form_of(client, here) | {"da-xem": marks(client, filed[0], "number", "issued_on")})
    assert answer.status_code == 422 and "chưa ghi gì" in answer.text
    assert view_of(workshop, filed[0]).line.state == "Cần đối chiếu"


def test_duties_are_decided_at_once(client, workshop, filed):
    """A limit is seen before it is confirmed; a duty is declined with a reason; both are undone."""
    here = f"/doi-chieu/{filed[1]}"
    (duty,) = view_of(workshop, filed[1]).duties
    sent = form_of(client, f"{here}?hang=nhiem-vu")
    assert sent[f"d.{duty.id}"] == "nhan"
    for wrong in ([], [f"duty-{duty.id}"], marks(client, filed[1], "number")):
        assert "Chưa xem chỗ ghi hạn này trên trang." in client.post(here, data=sent | {"da-xem": wrong}).text
    assert "đề nghị ghi lý do" in client.post(here, data=sent | {f"d.{duty.id}": "khong"}).text
    done = client.post(here, data=sent | {"da-xem": marks(client, filed[1], f"duty-{duty.id}")}, follow_redirects=False)
    assert done.headers["location"] == f"/doi-chieu/{filed[0]}?hang=nhiem-vu&da=xac-nhan-{filed[1]}"
    assert view_of(workshop, filed[1]).duties[0].accepted_by
    assert view_of(workshop, filed[1]).line.state == "Cần đối chiếu"
    client.post(f"{here}/hoan-tac", data={"token": sent["token"], "hang": "nhiem-vu", "da": "xac-nhan"})
    assert view_of(workshop, filed[1]).duties[0].accepted_by is None
    left = client.post(here, data=sent | {f"d.{duty.id}": "sau"}, follow_redirects=False)
    assert left.headers["location"] == f"/doi-chieu/{filed[0]}?hang=nhiem-vu"
    client.post(here, data=sent | {f"d.{duty.id}": "khong", f"l.{duty.id}": "việc của đơn vị khác"})
    assert view_of(workshop, filed[1]).duties[0].state == "Không thuộc trách nhiệm"


def test_words_of_a_page_come_in_reading_order(client, filed):
    """Each with its corners; a page that is not of the document has none."""
    found = client.get(f"/doi-chieu/{filed[1]}/chu/1.json").json()["words"]
    assert [one[0] for one in found[:4]] == ["ĐẢNG", "ỦY", "XÃ", "SUỐI"]
    assert found[0][1:] == [50, 60, 74, 74]
    assert client.get(f"/doi-chieu/{filed[1]}/chu/2.json").status_code == 404
    assert client.get(f"/doi-chieu/{filed[0]}/chu/1.json").json()["words"] == []


@pytest.mark.parametrize("path", ["/doi-chieu/99", "/doi-chieu/2/chu/1.json?x", "/doi-chieu/3"])
def test_what_is_not_held_is_not_found(client, path):
    """Nor is a document that is only cited."""
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("way", ["", "/hoan-tac", "/giu"])
def test_a_form_from_elsewhere_writes_nothing(client, token, filed, way):
    """Without the token it is refused; of a document that is not held nothing is said; a text without end is no field."""
    assert client.post(f"/doi-chieu/{filed[0]}{way}", data={"viec": "xac-nhan", "da-xem": ["number", "issued_on"]}).status_code == 403
    assert client.post(f"/doi-chieu/99{way}", data={"token": token}).status_code == 404
    assert client.post(f"/doi-chieu/{filed[0]}", data={"token": token, "f.place": "x" * 20_001}).status_code == 422


def test_a_document_stays_with_who_keeps_it(client, workshop, token, filed):
    """The open screen says that it is still there; lost to another, it is told whom."""
    assert client.post(f"/doi-chieu/{filed[0]}/giu", data={"token": token}).json() == {"holder": None}
    with begin(workshop.engine) as session:
        put_off(session, filed[0], "chờ", by="Chị Mẫu", now=NOW)
        take_up(session, filed[0], by="Chị Mẫu", now=datetime.now(UTC))
    assert client.post(f"/doi-chieu/{filed[0]}/giu", data={"token": token}).json() == {"holder": "Chị Mẫu"}


def test_the_next_page_is_fetched_ahead(client, filed):
    """The browser is told of the first page of the document that comes next, where it has one."""
    links = [one for one in Tags(client.get(f"/doi-chieu/{filed[0]}").text).all("link") if one["rel"] == "prefetch"]
    assert [one["href"].partition("&v=")[0] for one in links] == [f"/van-ban/{filed[1]}/trang/1.png?w=1400"]
    assert links[0]["href"].replace("&", "&amp;") in client.get(f"/doi-chieu/{filed[1]}").text
    assert 'rel="prefetch"' not in client.get(f"/doi-chieu/{filed[1]}").text


def test_fields_stand_in_the_order_of_the_page(workshop, filed):
    """What is needed and missing first, then from top to bottom, then what the document does not say."""
    view = view_of(workshop, filed[1])
    rows = [row for row in rows_of(view) if row.value]
    assert [row.name for row in rows[:2]] == ["type", "agency"] or rows[0].name == "agency"
    tops = [row.evidence.boxes[0].y0 for row in rows if row.evidence and row.evidence.boxes]
    assert tops == sorted(tops)
    without = replace(
        view, fields=tuple(replace(one, value=None, evidence=None) if one.name == "issued_on" else one for one in view.fields)
    )
    assert rows_of(without)[0].name == "issued_on" and rows_of(without)[0].needs_eyes
    assert not rows_of(without)[0].must_be_seen


def test_candidates_come_with_what_was_read_first(workshop, filed):
    """Each once; a field with one reading has none."""
    view = view_of(workshop, filed[1])
    number = next(one for one in view.fields if one.name == "number")
    disputed = replace(
        view, fields=(replace(number, candidates=("264-CV/ĐU", "246-CV/ĐU")), *(one for one in view.fields if one.name != "number"))
    )
    row = next(row for row in rows_of(disputed) if row.name == "number")
    assert [one.value for one in row.candidates] == ["246-CV/ĐU", "264-CV/ĐU"]
    assert next(row for row in rows_of(view) if row.name == "number").candidates == ()


@pytest.mark.parametrize(
    ("name", "value", "shown"), [("issued_on", "2026-11-02", "02/11/2026"), ("issued_on", None, ""), ("number", "2-CV/ĐU", "2-CV/ĐU")]
)
def test_a_value_is_edited_as_people_write_it(name, value, shown):
    """Days by day, month, year."""
    assert written(name, value) == shown


def test_witnesses_and_who_confirmed_are_shown(client, workshop, token):
    """What another document tells of a number in doubt stands beside it, on both pages; once confirmed, its person does."""
    with begin(workshop.engine) as session:
        doubtful = directive("21-KH/ĐU", "01/09/2026", "Đảng ủy xã Suối Ngàn", type="Kế hoạch", to_verify=("number",))
        disputed = replace(doubtful, number=replace(doubtful.number, candidates=("27-KH/ĐU",)))
        made = put(session, disputed, text="a", now=NOW)
        cited = [reference("21-KH/ĐU", "01/09/2026", "Đảng ủy xã Suối Ngàn")]
        put(session, directive("245-CV/ĐU", "02/11/2026", "Đảng ủy xã Suối Ngàn", cited, type="Công văn"), text="b", now=NOW)
    told = "Công văn 245-CV/ĐU viện dẫn 21-KH/ĐU ngày 01/09/2026."
    assert f"Khớp: {told}" in words(client, f"/doi-chieu/{made}")
    assert f"21-KH/ĐU khớp: {told}" in words(client, f"/van-ban/{made}")
    client.post(f"/doi-chieu/{made}", data={"token": token, "hang": "the-thuc", "viec": "xac-nhan"})
    page = words(client, f"/van-ban/{made}")
    assert "đã xác nhận" in page and told not in page and "Đối chiếu lại" in page


def test_a_duty_is_corrected_and_confirmed_at_once(client, workshop, filed):
    """Its limit, unit and words are the person's; who corrects does not decline; one press takes all back."""
    here = f"/doi-chieu/{filed[1]}"
    (duty,) = view_of(workshop, filed[1]).duties
    sent = form_of(client, f"{here}?hang=nhiem-vu") | {
        "da-xem": marks(client, filed[1], f"duty-{duty.id}"),
        f"h.{duty.id}": "15/12/2026",
        f"c.{duty.id}": "Chi bộ 1",
    }
    assert "“mai” không phải là ngày" in client.post(here, data=sent | {f"h.{duty.id}": "mai"}).text
    refused = client.post(here, data=sent | {f"d.{duty.id}": "sau"})
    assert "đã được sửa" in refused.text and 'value="15/12/2026"' in refused.text
    assert client.post(here, data=sent, follow_redirects=False).status_code == 303
    (now,) = view_of(workshop, filed[1]).duties
    assert (now.due_on, now.assignee, now.task, bool(now.accepted_by)) == (date(2026, 12, 15), "Chi bộ 1", duty.task, True)
    client.post(f"{here}/hoan-tac", data={"token": sent["token"], "hang": "nhiem-vu", "da": "xac-nhan"})
    (back,) = view_of(workshop, filed[1]).duties
    assert (back.due_on, back.assignee, back.accepted_by) == (duty.due_on, duty.assignee, None)


def test_what_is_short_and_sure_takes_one_line(workshop, filed):
    """So that number and date of a clean letter are on the screen at once; what is in doubt has its snippet over its value."""
    view = with_field(view_of(workshop, filed[1]), "number", to_verify=False)
    short = {row.name for row in rows_of(view) if row.is_short}
    assert {"number", "issued_on", "place"} <= short and not short & {"subject", "recipients"}
    assert "number" not in {row.name for row in rows_of(with_field(view, "number", to_verify=True)) if row.is_short}
