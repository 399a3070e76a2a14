"""Searching in the browser: by words and by facets, in an address that can be sent on."""

import re

import pytest

from tests.api.test_web import Tags


def told(client, address):
    """Give the text of a page in one line."""
    return " ".join(" ".join(Tags(client.get(address).text).words).split())


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("/tra-cuu?tu=dang+ky+mo+hinh", "2 văn bản"),
        ("/tra-cuu?tu=245-CV/ĐU", "1 văn bản"),
        ("/tra-cuu?tu=dang+ky&nam=2026&loai=Công văn", "2 văn bản"),
        ("/tra-cuu?tu=dang+ky&nam=1999", "Không có văn bản nào."),
        ("/tra-cuu?kho=0", "1 văn bản"),
        ("/tra-cuu?kho=0&kho=0&kho=sai", "1 văn bản"),
        ("/tra-cuu?he=party", "2 văn bản"),
    ],
)
@pytest.mark.usefixtures("filed")
def test_the_address_is_the_question(client, address, count):
    """Words, a number in any spelling, values of facets: all in the address, with the count said."""
    assert count in told(client, address)


@pytest.mark.usefixtures("filed")
def test_a_facet_turns_a_value_on_and_off(client):
    """Its link adds the value to the address; of a chosen one, takes it away."""
    page = Tags(client.get("/tra-cuu").text)
    on = next(one["href"] for one in page.all("a") if "kho=0" in one.get("href", ""))
    chosen = Tags(client.get(on).text)
    off = next(one["href"] for one in chosen.all("a") if one.get("aria-current") == "true" and "/tra-cuu" in one["href"])
    assert "kho" not in off and "Được viện dẫn, chưa có" in " ".join(chosen.words)


@pytest.mark.usefixtures("filed")
def test_a_fragment_is_the_answer_alone(client):
    """What is fetched as somebody types is part of the page, and no page of its own."""
    part = client.get("/tra-cuu/ket-qua?tu=dang+ky").text
    assert (
        "<html" not in part and part.strip()[-6:] == "</div>" and part.strip() in client.get("/tra-cuu?tu=dang+ky").text.replace("\r", "")
    )


def test_nothing_found_says_what_to_do(client):
    """An empty store asks for papers; words that stand nowhere, for fewer of them."""
    assert "Tiếp nhận văn bản" in told(client, "/tra-cuu")
    assert "mọi từ phải cùng đứng trên một trang" in told(client, "/tra-cuu?tu=xyz")


@pytest.mark.usefixtures("filed")
def test_a_search_is_kept_and_forgotten(client, token):
    """It stands above the hits as a link, and goes again with one press."""
    kept = client.post("/tra-cuu/luu", data={"token": token, "asked": "tu=dang+ky", "name": "Đăng ký"}, follow_redirects=False)
    assert kept.headers["location"] == "/tra-cuu?tu=dang+ky"
    assert "Đã lưu Đăng ký" in told(client, "/tra-cuu")
    (forget,) = re.findall(r"/tra-cuu/bo-luu/\d+", client.get("/tra-cuu").text)
    client.post(forget, data={"token": token})
    assert "Đã lưu" not in told(client, "/tra-cuu")


@pytest.mark.parametrize("asked", ["//nơi khác", "\r\nX-Y: 1", "https://example.org"])
def test_a_kept_search_leads_nowhere_else(client, token, asked):
    """Whatever a form says, the way back is to the search."""
    kept = client.post("/tra-cuu/luu", data={"token": token, "asked": asked, "name": "a"}, follow_redirects=False)
    assert kept.headers["location"].startswith("/tra-cuu?") and "x-y" not in kept.headers
