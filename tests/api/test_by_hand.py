"""References, duties and recipients that were not read are added on the pages, wrong ones taken out; each is undone."""

from datetime import date

import pytest

from store.answers import Viewer
from store.database import look
from store.documents import document
from tests.api.test_web import Tags


def view_of(workshop, document_id):
    """Give a document as it stands."""
    with look(workshop.engine) as session:
        return document(session, document_id, home=workshop.settings.home, as_of=date(2026, 11, 21), seen_by=Viewer("thử"))


def cited(view):
    """Give what a document cites."""
    return [(one.relation, one.target.number, one.target.type) for one in view.cites]


def send(client, token, document_id, what, **fields):
    """Send a form of the page."""
    sent = {name.replace("_", "-"): value for name, value in fields.items()}
    return client.post(f"/van-ban/{document_id}/{what}", data=sent | {"token": token}, follow_redirects=False)


@pytest.mark.parametrize("back", ["", "doi-chieu"])
def test_a_reference_is_added_and_undone(client, workshop, token, filed, back):
    """From both pages; number, day and kind are read from the phrase, and it is linked; undone, it is gone."""
    phrase = "Quyết định số 15-QĐ/ĐU, ngày 05/10/2026 của Đảng ủy xã Suối Ngàn"
    done = send(client, token, filed[1], "them-vien-dan", van_ban=phrase, quan_he="based_on", ve=back, cho="1:50,60,74,74")
    assert done.headers["location"] == (
        f"/doi-chieu/{filed[1]}?hang=nhiem-vu#them-vien-dan" if back else f"/van-ban/{filed[1]}#them-vien-dan"
    )
    view = view_of(workshop, filed[1])
    assert cited(view)[-1] == ("based_on", "15-QĐ/ĐU", "Quyết định")
    assert (view.cites[-1].target.issued_on, view.cites[-1].evidence.words) == (date(2026, 10, 5), "ĐẢNG")
    (act,) = view.by_hand
    for page in (f"/van-ban/{filed[1]}", f"/doi-chieu/{filed[1]}?hang=nhiem-vu"):
        assert f"{act.by} thêm" in " ".join(Tags(client.get(page).text).words)
    send(client, token, filed[1], "hoan-tac-muc", muc=act.id, ve=back)
    assert "15-QĐ/ĐU" not in str(cited(view_of(workshop, filed[1]))) and view_of(workshop, filed[1]).by_hand == ()


def test_a_duty_is_added_with_all_its_parts(client, workshop, token, filed):
    """It stands as confirmed; its words are those that were chosen."""
    fields = {"noi_dung": "lập danh sách", "han": "trước ngày 15/12", "chu_tri": "Chi bộ 1", "gui_den": "Đảng ủy", "qua": "Văn phòng"}
    send(client, token, filed[1], "them-nhiem-vu", **fields, phoi_hop="Đoàn xã; Hội", san_pham="danh sách", cho="1:48,58,112,76")
    duty = view_of(workshop, filed[1]).duties[-1]
    assert (duty.task, duty.assignee, duty.to_whom, duty.through, duty.product) == (
        "lập danh sách",
        "Chi bộ 1",
        "Đảng ủy",
        "Văn phòng",
        "danh sách",
    )
    assert (duty.due_on, duty.bound, duty.co_ordinators) == (date(2026, 12, 15), "before", ("Đoàn xã", "Hội"))
    assert (duty.stands, duty.added_by is not None, duty.evidence.words) == (True, True, "ĐẢNG ỦY XÃ")


def test_what_was_read_wrongly_is_taken_out_and_put_back(client, workshop, token, filed):
    """A reference, a duty; both come back by one press each."""
    view = view_of(workshop, filed[1])
    send(client, token, filed[1], "bo-vien-dan", muc=view.cites[0].reference_id)
    send(client, token, filed[1], "bo-nhiem-vu", muc=view.duties[0].id, ve="doi-chieu")
    without = view_of(workshop, filed[1])
    assert (without.cites, without.duties, len(without.by_hand)) == ((), (), 2)
    for act in without.by_hand:
        send(client, token, filed[1], "hoan-tac-muc", muc=act.id)
    again = view_of(workshop, filed[1])
    assert (cited(again), [one.task for one in again.duties]) == (cited(view), [one.task for one in view.duties])


def test_a_recipient_is_added_and_taken_out(client, workshop, token, filed):
    """The others keep where they were read; undone, the list is as it was read."""
    send(client, token, filed[1], "them-noi", vai="recipients", ten=" Huyện  ủy ")
    view = view_of(workshop, filed[1])
    assert [(one.value, one.evidence is not None) for one in view.recipients] == [("Văn phòng Đảng ủy", True), ("Huyện ủy", False)]
    send(client, token, filed[1], "bo-noi", vai="recipients", ten="Văn phòng Đảng ủy")
    assert [one.value for one in view_of(workshop, filed[1]).recipients] == ["Huyện ủy"]
    client.post(f"/van-ban/{filed[1]}/hoan-tac", data={"token": token, "field": "recipients"})
    assert [one.value for one in view_of(workshop, filed[1]).recipients] == ["Văn phòng Đảng ủy"]


@pytest.mark.parametrize("back", ["", "doi-chieu"])
@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (("them-vien-dan", {"van_ban": "", "quan_he": "guides"}), "Đề nghị ghi số, ký hiệu hoặc tên"),
        (("them-vien-dan", {"van_ban": "7-QĐ/ĐU", "quan_he": "guides", "ngay": "mai"}), "“mai” không phải là ngày"),
        (("them-vien-dan", {"van_ban": "7-QĐ/ĐU", "quan_he": "thích"}), "Đề nghị chọn quan hệ"),
        (("them-nhiem-vu", {"noi_dung": " ", "chu_tri": "Chi bộ 9"}), "Đề nghị ghi nội dung nhiệm vụ."),
    ],
)
def test_what_is_refused_stays_in_its_form(client, token, filed, back, form, sentence):
    """The sentence stands at the form, which is open, and nothing is written."""
    what, fields = form
    answer = send(client, token, filed[1], what, **fields, ve=back)
    page = Tags(answer.text)
    assert answer.status_code == 422 and sentence in " ".join(page.words)
    assert next(one for one in page.all("details") if one.get("id") == what).keys() >= {"open"}
    kept = {one.get("value") for one in page.all("input")}
    assert {value for value in fields.values() if value.strip() and value not in ("guides", "thích")} <= kept
    assert "thêm" not in Tags(client.get(f"/van-ban/{filed[1]}").text).words


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("bo-vien-dan", {"muc": "999"}),
        ("bo-vien-dan", {"muc": "x"}),
        ("bo-nhiem-vu", {"muc": "999"}),
        ("bo-nhiem-vu", {}),
        ("hoan-tac-muc", {"muc": "1"}),
        ("bo-noi", {"vai": "recipients", "ten": "ai đó"}),
        ("bo-noi", {"vai": "number", "ten": "x"}),
        ("them-noi", {"vai": "number", "ten": "x"}),
    ],
)
def test_what_is_not_there_is_not_found(client, token, filed, what, fields):
    """A row of another document, a list that there is not; and a form from elsewhere writes nothing."""
    assert send(client, token, filed[1], what, **fields).status_code == 404
    assert send(client, "", filed[1], what, **fields).status_code == 403
    assert send(client, token, 99, what, **fields).status_code == 404


@pytest.mark.parametrize("place", ["", "x", "9:1,2,3,4", "1:1,2,3", "1:nan,0,1,1", "1:1,2,3,99999", "1:" + "0,0,1,1;" * 2000])
def test_a_place_that_is_none_is_no_place(client, workshop, token, filed, place):
    """The addition stands without it."""
    send(client, token, filed[1], "them-vien-dan", van_ban="7-QĐ/ĐU", quan_he="guides", cho=place)
    last = view_of(workshop, filed[1]).cites[-1]
    assert (last.target.number, last.evidence.page, last.evidence.boxes) == ("7-QĐ/ĐU", None, ())


def test_words_in_a_box_are_told(client, filed):
    """In reading order, a line for each line; no words is said by none; a box that is none is refused."""
    here = f"/doi-chieu/{filed[1]}/chu/1.json?khung="
    assert client.get(f"{here}48,58,112,100").json()["text"] == "ĐẢNG ỦY XÃ\nSố 246-CV/ĐU"
    assert client.get(f"{here}300,500,400,540").json() == {"words": [], "text": ""}
    assert client.get(f"{here}1,2").status_code == 422
