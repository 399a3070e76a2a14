"""What an accessibility checker asks first of every page: names, order of headings, landmarks, one id for one thing."""

import re
from itertools import pairwise

import pytest
from starlette.testclient import TestClient

from tests.api.test_web import Tags

PLAIN = (
    "/", "/tiep-nhan", "/doi-chieu", "/doi-chieu?hang=nhiem-vu", "/van-ban", "/van-ban?kho=chua", "/nhiem-vu", "/nhiem-vu?xem=thang",
    "/nhiem-vu?xem=dong-thoi-gian&ngay=01/12/2026", "/bao-cao?ngay=23/11/2026", "/thong-ke", "/thong-ke?tu=x&den=31/12/2026",
    "/thong-ke/danh-sach?muc=vien-dan", "/thong-ke/danh-sach?muc=het-khi-dan",
    "/lich-hop", "/den", "/den?trang-thai=cho-trinh", "/di", "/so", "/ho-so",
    "/vien-dan", "/luoc-do", "/tra-cuu", "/tra-cuu?tu=dang+ky", "/tra-cuu?tu=xyz", "/co-quan",
    "/quan-tri", "/quan-tri/cong-viec", "/quan-tri/thiet-lap", "/quan-tri/nguoi-dung", "/quan-tri/nhat-ky", "/quan-tri/du-lieu",
    "/quan-tri/co-quan-ban-hanh", "/quan-tri/co-quan-ban-hanh?gop=1",
    "/api/docs", "/khong-co-trang-nay", "/dang-nhap", "/tai-khoan",
)  # fmt: skip
OF_ONE = (
    "/van-ban/{}", "/van-ban/{}/sap-xep", "/van-ban/{}/sap-xep?trang=1&viec=giu", "/doi-chieu/{}", "/den/{}", "/vien-dan/{}", "/luoc-do/{}",
    "/luoc-do/{}/duong?so=1",
    "/ho-so?van-ban={}",
)  # fmt: skip
VOID = {"input", "img", "br", "meta", "link", "hr", "source", "col", "image", "rect", "circle", "path", "area", "wbr"}


class Tree(Tags):
    """A page as elements with their attributes, their own words and those of what they hold."""

    def __init__(self, html):
        self.open, self.found = [], []
        super().__init__(html)

    def handle_starttag(self, tag, attrs):
        super().handle_starttag(tag, attrs)
        one = {"tag": tag, "attrs": dict(attrs), "words": "", "within": [parent["tag"] for parent in self.open]}
        self.found.append(one)
        if one["attrs"].get("aria-label"):
            for parent in self.open:
                parent["words"] += one["attrs"]["aria-label"]
        if tag == "img":
            for parent in self.open:
                parent["words"] += one["attrs"].get("alt") or ""
        if tag not in VOID:
            self.open.append(one)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        while self.open and self.open.pop()["tag"] != tag:
            pass

    def handle_data(self, data):
        super().handle_data(data)
        for parent in self.open:
            parent["words"] += data


@pytest.fixture
def pages(client, filed):
    """Every kind of page, with the letter filed."""
    return {path: Tree(client.get(path).text) for path in (*PLAIN, *(form.format(one) for form in OF_ONE for one in filed))}


def named(page, one):
    """Say whether an element has a name of its own, or one that another gives it."""
    attrs = one["attrs"]
    if one["words"].strip() or attrs.get("aria-label", "").strip() or attrs.get("title", "").strip():
        return True
    return attrs.get("aria-labelledby") in page.ids or any(
        label["attrs"].get("for") == attrs.get("id") and label["words"].strip() for label in page.found if label["tag"] == "label"
    )


def nameless(page):
    """Give the elements of a page that have no name and need one."""
    return [
        (one["tag"], one["attrs"])
        for one in page.found
        if (one["tag"] in {"a", "button", "summary", "select", "textarea", "progress", "meter", "legend"} and not named(page, one))
        or (one["tag"] == "img" and "alt" not in one["attrs"])
        or (one["tag"] == "input" and one["attrs"].get("type") != "hidden" and "label" not in one["within"] and not named(page, one))
        or (one["tag"] == "svg" and not {"aria-hidden", "aria-label"} & set(one["attrs"]) and not one["words"].strip())
    ]


def test_everything_that_is_used_has_a_name(pages):
    """Links, buttons, fields, disclosures, pictures and bars say what they are."""
    assert {path: nameless(page) for path, page in pages.items() if nameless(page)} == {}
    assert all(len(page.found) > 30 for page in pages.values())


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<button></button>", 1),
        ("<a href='/'><svg aria-hidden='true'></svg></a>", 1),
        ("<a href='/'><img src='x' alt='Về đầu'></a>", 0),
        ("<input id='a'><label for='b'>tên</label>", 1),
        ("<label>tên <input></label>", 0),
        ("<img src='x'>", 1),
        ("<progress max='3'></progress>", 1),
        ("<button>×<span>bỏ</span></button>", 0),
    ],
)
def test_a_planted_lack_of_a_name_is_seen(html, count):
    """The check sees what it is there for."""
    assert len(nameless(Tree(html))) == count


def test_headings_go_down_one_step_at_a_time(pages):
    """One first heading, and no level is left out on the way down."""
    for path, page in pages.items():
        levels = [int(one["tag"][1]) for one in page.found if re.fullmatch(r"h[1-6]", one["tag"])]
        assert levels[0] == 1 and levels.count(1) == 1, (path, levels)
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)


def test_landmarks_are_there_and_told_apart(pages):
    """One main part; navigations, complements and named sections have names of their own."""
    for path, page in pages.items():
        assert [one["tag"] for one in page.found].count("main") == 1, path
        names = [
            one["attrs"].get("aria-label") or one["attrs"].get("aria-labelledby") for one in page.found if one["tag"] in {"nav", "aside"}
        ]
        assert all(names) and len(names) == len(set(names)), (path, names)


def test_an_id_is_one_and_what_points_to_it_finds_it(pages):
    """No id twice; labels, descriptions and links within the page lead somewhere."""
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), (path, sorted(one for one in page.ids if page.ids.count(one) > 1))
        for one in page.found:
            pointed = [
                one["attrs"].get("for"),
                *one["attrs"].get("aria-labelledby", "").split(),
                *one["attrs"].get("aria-describedby", "").split(),
            ]
            if one["tag"] == "a" and one["attrs"].get("href", "").startswith("#"):
                pointed.append(one["attrs"]["href"][1:])
            assert [name for name in pointed if name and name not in page.ids] == [], (path, one["tag"], one["attrs"])


def test_lists_and_tables_are_what_they_say(pages):
    """Items stand in lists, terms in their lists, and a table's cells have heads."""
    for path, page in pages.items():
        for one in page.found:
            if one["tag"] == "li":
                assert {"ul", "ol", "menu"} & set(one["within"][-1:]), (path, one)
            if one["tag"] in {"dt", "dd"}:
                assert "dl" in one["within"][-2:], (path, one)
            if one["tag"] == "th":
                assert one["attrs"].get("scope"), (path, one)
            if one["tag"] in {"a", "button"}:
                assert not {"a", "button", "summary"} & set(one["within"]), (path, one)


def test_titles_tell_pages_apart(pages):
    """The title of the window says which page it is."""
    titles = {path: next(one["words"] for one in page.found if one["tag"] == "title") for path, page in pages.items()}
    assert all(title.strip() and not title.startswith(" · ") for title in titles.values()), titles


def test_an_empty_store_is_as_well_made(client: TestClient):
    """The first start too."""
    for path in PLAIN:
        page = Tree(client.get(path).text)
        levels = [int(one["tag"][1]) for one in page.found if re.fullmatch(r"h[1-6]", one["tag"])]
        assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)
        assert len(page.ids) == len(set(page.ids)), path
