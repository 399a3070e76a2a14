"""Words are found with marks and without; those whose marks agree come first."""

import pytest

from store.documents import by_number, documents
from store.finding import search
from store.spelling import fold, key, spoken
from tests.store.making import ALL, NOBODY, directive, put, reference

PAGES = {
    "1-CV/HU": "Về đấu thầu và đầu tư công\fTrang hai nói về chuyện khác",
    "2-CV/HU": "Ve dau thau, dau tu cong",
    "3-CV/HU": "Đảng ủy xã; đầu thấu",
    "4-CV/HU": "Công tác văn thư\fĐăng ký mô hình, uỷ quyền",
}


@pytest.fixture
def filed(session):
    """Four papers."""
    for number, text in PAGES.items():
        put(session, directive(number, "12/01/2023"), text)
    return session


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (["1-CV/HU", "3-CV/HU", "2-CV/HU"], "đấu thầu"),
        (["3-CV/HU", "1-CV/HU", "2-CV/HU"], "đầu thấu"),
        (["2-CV/HU", "3-CV/HU", "1-CV/HU"], "dau thau"),
        (["4-CV/HU"], "đăng ký"),
        (["4-CV/HU"], "dang ky"),
        (["4-CV/HU"], "ĐĂNG KÝ"),
        (["4-CV/HU"], "ủy quyền"),
        (["4-CV/HU"], "uỷ quyền"),
        (["4-CV/HU"], "mo hin"),
        (["3-CV/HU"], "dang uy xa"),
        ([], "đấu giá"),
        ([], "văn thư đăng ký"),
        ([], ""),
        ([], '"" AND NEAR( * - ^'),
        ([], "…"),
    ],
)
def test_words_find_their_documents(filed, numbers, words):
    """All words stand on one page; same marks first, then the newest; the last word may be begun only; signs mean nothing."""
    assert [hit.document.number for hit in search(filed, words, seen_by=ALL)] == numbers


def test_the_last_word_may_go_on_only_where_few_pages_hold_it_whole(session, monkeypatch):
    """All pages with a word that goes on are gathered first, which a word of half an archive is not worth."""
    monkeypatch.setattr("store.matching._ENOUGH", 2)
    for at, text in enumerate(("công tác dân vận", "công tác dân cư", "công tác danh dự"), 1):
        put(session, directive(f"{at}-CV/HU", "12/01/2023"), text)
    assert [hit.document.number for hit in search(session, "tác dân", seen_by=ALL)] == ["2-CV/HU", "1-CV/HU"]
    assert [hit.document.number for hit in search(session, "tác danh d", seen_by=ALL)] == ["3-CV/HU"]


@pytest.mark.parametrize("words", ["4-CV/HU", "04 - cv/hu", "4 CV HU"])
def test_a_number_in_any_spelling_comes_first(filed, words):
    """The document that bears the number is the first hit, before those that print it."""
    put(filed, directive("9-CV/HU", "12/02/2023"), "Thực hiện Công văn số 4-CV/HU")
    hits = search(filed, words, seen_by=ALL)
    assert hits[0].document.number == "4-CV/HU"


def test_a_document_that_is_only_cited_is_found_by_its_number(session):
    """A node without text is a hit too."""
    put(session, directive("1-CV/HU", "12/01/2023", None, [reference("132-QĐ/TW", "08/3/2018", title="về kiểm điểm")]), "abc")
    (hit,) = search(session, "132-qd/tw", seen_by=ALL)
    assert (hit.document.number, hit.document.held, hit.snippet, hit.page) == ("132-QĐ/TW", False, "về kiểm điểm", None)


def test_a_snippet_marks_what_was_found(filed):
    """The marks cover the words as printed, on the page named."""
    (hit,) = search(filed, "dang ky mo hinh", seen_by=ALL)
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["Đăng ký mô hình"] and hit.page == 2


def test_a_snippet_of_a_long_page_is_short(session):
    """A snippet shows the words in their surroundings, not the page."""
    put(session, directive("1-CV/HU"), "chữ " * 2000 + "đấu\nthầu " + "chữ " * 2000)
    (hit,) = search(session, "đấu thầu", seen_by=ALL)
    assert len(hit.snippet) < 300 and [hit.snippet[start:end] for start, end in hit.marks] == ["đấu thầu"]


def test_each_document_is_one_hit_and_no_more_than_asked(session):
    """A document with many pages of the word is listed once."""
    for n in range(5):
        put(session, directive(f"{n + 1}-CV/HU"), f"đấu thầu {n}\fđấu thầu")
    assert len(search(session, "đấu thầu", seen_by=ALL)) == 5
    assert len(search(session, "đấu thầu", seen_by=ALL, limit=3)) == 3


def test_a_new_reading_is_found_and_the_old_one_is_not(session):
    """The index follows the text when bytes are read again."""
    from store.filing import file
    from tests.store.making import NOW, sha, transcript

    for text in ("đấu thầu", "đăng ký"):
        file(session, sha256=sha("bytes"), transcript=transcript(text), directive=directive("1-CV/HU"), purpose="daily", now=NOW)
    assert search(session, "đấu thầu", seen_by=ALL) == () and len(search(session, "đăng ký", seen_by=ALL)) == 1


def test_who_may_not_see_finds_nothing(filed):
    """No question tells a viewer without the right that there is anything."""
    assert search(filed, "đấu thầu", seen_by=NOBODY) == ()
    assert documents(filed, seen_by=NOBODY) == by_number(filed, "1-CV/HU", seen_by=NOBODY) == ()


@pytest.mark.parametrize(
    ("folded", "text"), [("dang uy", "Đảng ủy"), ("dang uy", "ĐẢNG UỶ"), ("ðo".replace("ð", "d"), "ðo"), ("nd-cp", "NĐ-CP"), ("ﬁ", "ﬁ")]
)
def test_folding_keeps_the_length(folded, text):
    """Marks go, đ is d, and each character stays one, so that offsets hold."""
    assert fold(text) == folded or len(fold(text)) == len(text)
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("same", "one", "other"), [(True, "uỷ", "ủy"), (True, "Hòa", "hoà"), (False, "uy", "ủy"), (False, "da", "đa"), (False, "đâu", "đấu")]
)
def test_a_word_is_the_same_wherever_its_tone_stands(same, one, other):
    """The place of the tone mark is a habit, the tone is not."""
    assert (spoken(one) == spoken(other)) is same


def test_keys_of_names_leave_out_signs():
    """Spaces, case, marks and signs are not part of a name's key."""
    assert key(" Uỷ ban  nhân dân - tỉnh Lâm Đồng;") == "uy ban nhan dan tinh lam dong"
