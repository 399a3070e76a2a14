"""A clerk opens a case file, puts documents in and takes them out, prints its table of contents and closes it."""

import pytest

COVER = {"year": "2026", "mark": "01.TH", "title": "Chuyển đổi số <b>", "keeper": "Văn phòng", "years": "20"}


@pytest.fixture
def file(sent):
    """Open a case file and give its address."""
    page = sent("/ho-so", **COVER)
    assert page.status_code == 200
    return page.url.path


def test_the_first_case_file_is_taught_and_opened_in_one_form(client, file):
    """The list shows it with its retention; it says how documents come in; what was typed is escaped."""
    listed = client.get("/ho-so?nam=2026").text
    assert "01.TH" in listed and "20 năm" in listed and "Đang lập" in listed
    page = client.get(file).text
    assert "Hồ sơ chưa có văn bản nào" in page
    assert "Chuyển đổi số &lt;b&gt;" in page and "Chuyển đổi số <b>" not in page


@pytest.mark.parametrize("wrong", [{"year": "nay"}, {"mark": ""}, {"title": " "}, {"years": "7"}])
def test_a_case_file_that_cannot_be_opened_says_why_and_keeps_what_was_typed(sent, wrong):
    """The sentence stands above the form."""
    page = sent("/ho-so", **COVER | wrong)
    assert page.status_code == 422
    assert 'role="alert"' in page.text and 'value="Văn phòng"' in page.text


def test_a_document_is_found_put_in_remarked_and_taken_out(client, filed, sent, file):
    """A search in the file offers it; it stands in the table of contents; taken out, one press puts it back."""
    offered = client.get(f"{file}?tim=245-CV/ĐU").text
    assert f'name="document" value="{filed[0]}"' in offered and 'type="search" value="245-CV/ĐU"' in offered
    inside = sent(f"{file}/them", document=filed[0]).text
    assert f'id="vb-{filed[0]}"' in inside and "Đã có trong hồ sơ" in client.get(f"{file}?tim=245-CV/ĐU").text
    assert "bản sao" in sent(f"{file}/ghi-chu", document=filed[0], note="bản sao").text
    gone = sent(f"{file}/bo", document=filed[0]).text
    assert 'id="hoan-tac"' in gone and f'id="vb-{filed[0]}"' not in gone
    assert 'id="hoan-tac"' not in client.get(file).text


def test_from_a_document_its_case_file_is_chosen_or_opened(client, filed, sent, file):
    """The document's page leads to the list; there each open file takes it, and a new one is opened with it."""
    assert f'href="/ho-so?van-ban={filed[0]}"' in client.get(f"/van-ban/{filed[0]}").text
    assert f'action="{file}/them"' in client.get(f"/ho-so?van-ban={filed[0]}").text
    made = sent("/ho-so", **COVER | {"mark": "02.TH"}, document=filed[0])
    assert f'id="vb-{filed[0]}"' in made.text
    assert f'href="{made.url.path}"' in client.get(f"/van-ban/{filed[0]}").text


def test_a_case_file_is_closed_with_a_day_and_opened_again(filed, sent, file):
    """Closed it says until when it is kept and handed over, and takes nothing; a day that is none is asked for again."""
    assert sent(f"{file}/ket-thuc").status_code == 422
    sent(f"{file}/them", document=filed[0])
    assert sent(f"{file}/ket-thuc", on="mai").status_code == 422
    closed = sent(f"{file}/ket-thuc", on="05/12/2026").text
    assert "đến hết năm 2046" in closed and "nộp lưu trữ chậm nhất 05/12/2027" in closed and f'action="{file}/bo"' not in closed
    refused = sent(f"{file}/bo", document=filed[0])
    assert refused.status_code == 422 and "đã kết thúc ngày 05/12/2026" in refused.text
    assert f'action="{file}/bo"' in sent(f"{file}/mo-lai").text


def test_a_cover_is_written_anew(sent, file):
    """Kept for ever; a mark that another has is refused, with what was typed."""
    assert "Vĩnh viễn" in sent(f"{file}/sua", **COVER | {"years": "vinh-vien"}).text
    sent("/ho-so", **COVER | {"mark": "02.TH"})
    refused = sent(f"{file}/sua", **COVER | {"mark": "02.TH"})
    assert refused.status_code == 422 and 'value="02.TH"' in refused.text


@pytest.mark.parametrize("address", ["/ho-so/99", "/ho-so/99/them", "/ho-so/99/sua", "/ho-so?van-ban=999"])
def test_what_is_not_there_is_not_found(client, sent, address):
    """A case file that nobody opened has no page; nor has a document that is not there."""
    page = sent(address, document="1", **COVER) if address.count("/") == 3 else client.get(address)
    assert page.status_code == 404


def test_a_form_of_another_site_writes_nothing(client, file):
    """Without the token nothing is put in."""
    assert client.post(f"{file}/them", data={"document": "1"}).status_code == 403
