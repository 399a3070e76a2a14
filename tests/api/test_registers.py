"""A clerk opens a register, enters what came, writes down who got it, and prints it."""

import pytest


@pytest.fixture
def book(sent):
    """Open a register and give its address."""
    page = sent("/so", way="in", name="Văn bản đến", period="2026", first="15")
    assert page.status_code == 200
    return page.url.path


def test_the_first_register_is_taught_and_opened_in_one_form(client, book):
    """An empty shelf says how numbers run; the register stands on it with its next number."""
    shelf = client.get("/so").text
    assert "Văn bản đến" in shelf and "<b>15</b>" in shelf
    assert "Sổ chưa có số nào; số đầu tiên là 15." in client.get(book).text


@pytest.mark.parametrize("wrong", [{"first": "0"}, {"first": "mười"}, {"name": " "}, {"period": ""}])
def test_a_register_that_cannot_be_opened_says_why_and_keeps_what_was_typed(sent, wrong):
    """The sentence stands above the form."""
    page = sent("/so", **({"way": "out", "name": "Công văn đi", "period": "2026", "first": "1"} | wrong))
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert wrong.get("name", "Công văn đi").strip() in page.text


def test_a_document_that_waits_is_entered_with_its_own_columns(client, filed, sent, book):
    """One press gives it the next number; it waits no more; sent twice it keeps its number."""
    assert f'value="{filed[0]}"' in client.get(book).text
    page = sent(f"{book}/vao-so", document=filed[0])
    assert f'name="document" value="{filed[0]}"' not in page.text
    assert "245-CV/ĐU" in page.text and ">15</th>" in page.text
    again = sent(f"{book}/vao-so", document=filed[0])
    assert again.text.count('scope="row" class="number"') == 1


def test_a_line_is_put_in_between_forwarded_cancelled(sent, book):
    """15a follows 15; who got it and why it was cancelled stand in the line; what is missing is asked for."""
    page = sent(f"{book}/vao-so", subject="Giấy mời họp", author="Huyện ủy <b>A</b>")
    assert "Huyện ủy &lt;b&gt;A&lt;/b&gt;" in page.text
    entry = page.text.split('id="dong-')[1].split('"')[0]
    assert ">15a</th>" in sent(f"{book}/vao-so", after=entry, subject="bổ sung").text
    forwarded = sent(f"{book}/{entry}/chuyen", to="Phòng Nội vụ", on="06/01/2026")
    assert "Phòng Nội vụ" in forwarded.text and "06/01/2026" in forwarded.text
    assert "Đã hủy" in sent(f"{book}/{entry}/huy", note="ghi nhầm").text
    for refused in (sent(f"{book}/{entry}/huy", note=""), sent(f"{book}/vao-so", subject=" ")):
        assert refused.status_code == 422
        assert 'role="alert"' in refused.text
    assert "Số được giữ" in sent(f"{book}/giu-so").text
    assert "Đã khóa" in sent(f"{book}/khoa").text
    assert sent(f"{book}/giu-so").status_code == 422


@pytest.mark.parametrize("address", ["/so/99", "/so/99/vao-so", "/so/99/1/huy"])
def test_what_is_not_there_is_not_found(client, sent, address):
    """A register that nobody opened has no page and no lines."""
    page = client.get(address) if address == "/so/99" else sent(address, subject="x", note="x")
    assert page.status_code == 404
    assert "Không tìm thấy" in page.text


def test_a_form_of_another_site_writes_nothing(client, book):
    """Without the token nothing is entered."""
    assert client.post(f"{book}/vao-so", data={"subject": "x"}).status_code == 403
