"""The pages speak English where a browser asks for it; what documents say stays as it is."""

import re

import pytest

from api import wording
from api.desk import NAVIGATION, PAGES, SCRIPTS, STATIC
from api.english import english, value

VIETNAMESE = re.compile(r"(?![×÷])[À-ỹ]")
CODE = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
TABLES = ("FIELDS", "PARTS", "REGIONS", "JOB_STATES", "PURPOSES", "FAMILIES", "INFERRED")


def phrases(source, between):
    """Give the Vietnamese phrases of a source, its parts told by what stands between them."""
    return {" ".join(part.split()) for part in re.split(between, source) if VIETNAMESE.search(part)}


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.html")), ids=lambda page: page.name)
def test_no_phrase_of_a_page_is_without_english(page):
    """Whatever a template says between tags or in an attribute stands in the catalogue."""
    source = CODE.sub("<", page.read_text("utf-8"))
    assert phrases(source, r'[<>"]') - english().pages.keys() == set()


@pytest.mark.parametrize("name", sorted(SCRIPTS.values()))
def test_no_phrase_of_a_script_is_without_english(name):
    """Whatever a script says stands in the catalogue; `đ` alone is a letter that a script compares."""
    source = re.sub(r"//.*|/[^/\n]+/[a-z]+", "", (STATIC / name).read_text("utf-8"))
    assert phrases(source, r'["`{}$\n]') - english().scripts.keys() - {"đ"} == set()


def test_no_label_is_without_english():
    """The names of pages, and every table of the trade's words."""
    labels = {name for _, name in NAVIGATION}.union(*(getattr(wording, table).values() for table in TABLES))
    labels |= {side for both in wording.RELATIONS.values() for side in both}
    assert {label for label in labels if VIETNAMESE.search(label)} - english().values.keys() == set()


def test_a_sentence_keeps_what_it_names():
    """Its English names the same things, in the same number."""
    assert [said for said, other in english().values.items() if said.count("{}") != other.count("{}")] == []


@pytest.mark.parametrize(
    ("said", "english_words"),
    [
        ("Quá hạn 3 ngày", "3 days overdue"),
        ("Hôm nay, thứ hai, ngày 05/01/2026", "Today, Monday, 05/01/2026"),
        ("Báo cáo kết quả đăng ký mô hình", "Báo cáo kết quả đăng ký mô hình"),
        ("Chuyển Văn phòng", "Forwarded to Văn phòng"),
        ("Chuyển đổi số trong Đảng", "Chuyển đổi số trong Đảng"),
        ("Quá hạn 3 ngày " * 40, "Quá hạn 3 ngày " * 40),
        (7, 7),
    ],
)
def test_values_are_put_into_english(said, english_words):
    """Labels and sentences of the program; the words of a document, numbers and long texts stay."""
    assert value(said) == english_words


def test_a_browser_is_asked_once(client, token, filed):  # noqa: ARG001  letters are filed
    """The choice comes back to its page, holds for the next, and is taken back as easily; documents keep their words."""
    answer = client.post("/ngon-ngu", data={"token": token, "tongue": "en", "back": "/nhiem-vu?xem=thang"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/nhiem-vu?xem=thang")
    page = client.get("/nhiem-vu?ngay=01/12/2026").text
    assert '<html lang="en">' in page and "Duties by limit" in page and "Nhiệm vụ, xếp theo hạn" not in page
    assert "đăng ký" in page
    client.post("/ngon-ngu", data={"token": token, "tongue": "vi"})
    assert '<html lang="vi">' in client.get("/nhiem-vu?ngay=01/12/2026").text


@pytest.mark.parametrize("back", ["//example.com", "/\\example.com", "https://example.com", "example.com"])
def test_the_choice_leads_to_no_other_site(client, token, back):
    """Whatever the form asks to go back to, it is a page of this server."""
    answer = client.post("/ngon-ngu", data={"token": token, "tongue": "en", "back": back}, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_scripts_speak_the_language_of_the_page(client):
    """The same script under two addresses; no other file is given out there."""
    assert "Waiting to be sent" in client.get("/scripts/en/intake.js").text
    assert "Chờ gửi" in client.get("/scripts/vi/intake.js").text
    assert client.get("/scripts/en/style.css").status_code == 404
