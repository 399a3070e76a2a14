"""Pages are arranged by hand: told before, shown everywhere as arranged, undone at once; nothing of a person is lost."""

import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from api.paging import mark_of
from api.pipeline import PIPELINE, open_workshop, take_in, work_one
from api.rereading import reread_store
from api.settings import Settings
from store.corrections import correct
from store.database import begin, look
from store.documents import document, documents
from store.paging import leaves
from store.registers import enter, open_register
from store.review import confirm
from store.tables import DocumentRow, ValueRow

pytestmark = pytest.mark.slow
SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(scope="module")
def read_once(homes, tmp_path_factory):
    """A home with a scan of two letters, three pages in one file, and a resolution of its own file, read once for all tests."""
    home, folder = tmp_path_factory.mktemp("papers") / "home", tmp_path_factory.mktemp("scan")
    shutil.copytree(homes["empty"], home)
    joined = pikepdf.new()
    for name in ("cv-402-ubnd", "bc-312-ubnd"):
        with pikepdf.open(SAMPLES / name / "source.pdf") as letter:
            joined.pages.extend(letter.pages)
    joined.save(folder / "dot-quet.pdf")
    workshop = open_workshop(Settings(home=home, memory_mb=2048))
    for name, path in (("dot-quet.pdf", folder / "dot-quet.pdf"), ("nq-08.pdf", SAMPLES / "nq-08-dang-uy" / "source.pdf")):
        take_in(workshop, path, name, "daily", "An")
        assert work_one(workshop, "thử")
    workshop.engine.dispose()
    return home


@pytest.fixture
def workshop(tmp_path, homes, request):
    """A home of the test's own: with the letters that were read, or as other tests have it."""
    kind = "filled" if "filed" in request.fixturenames else "empty"
    shutil.copytree(request.getfixturevalue("read_once") if "letters" in request.fixturenames else homes[kind], tmp_path / "home")
    workshop = open_workshop(Settings(home=tmp_path / "home", memory_mb=2048))
    yield workshop
    workshop.engine.dispose()


@pytest.fixture
def letters(workshop):
    """The ids of the letters by number."""
    return numbers(workshop)


def numbers(workshop):
    """Give the ids of the documents that are held, by number."""
    with look(workshop.engine) as session:
        return {line.number: line.id for line in documents(session, seen_by=PIPELINE)}


def view(workshop, number):
    """Give everything about a document."""
    with look(workshop.engine) as session:
        return document(session, number, home=workshop.settings.home, as_of=date(2026, 11, 21), seen_by=PIPELINE)


def own(workshop, number):
    """Give the pages of a document."""
    with look(workshop.engine) as session:
        return leaves(session, session.get_one(DocumentRow, number))


def act(client, token, number, deed, positions=(), **more):
    """Send the form as the page does, told and meant."""
    data = {"token": token, "viec": deed, "trang": [str(at) for at in positions], "chac": "1", **more}
    return client.post(f"/van-ban/{number}/sap-xep", data=data, follow_redirects=False)


def undo(client, token, number):
    """Take the last step back."""
    answer = client.post(f"/van-ban/{number}/sap-xep/hoan-tac", data={"token": token}, follow_redirects=False)
    assert answer.status_code == 303, answer.text


def field(seen, name):
    """Give a field of a document."""
    return next(one for one in seen.fields if one.name == name)


def test_a_scan_is_joined_and_parted_again(client, token, workshop, letters):
    """What a person confirmed, corrected and registered stands; places are on the right pages; undone, all is as before."""
    first, second = letters["402/UBND-VHXH"], letters["312/BC-UBND"]
    now = datetime.now(UTC)
    with begin(workshop.engine) as session:
        correct(session, first, "place", "Suối Cạn", by="An", now=now)
        confirm(session, first, by="An", now=now)
        book = open_register(session, "in", "Văn bản đến", "2026")
        serial = enter(session, book, second, on=date(2026, 11, 21), by="An", now=now).serial
    before = {one: view(workshop, one) for one in (first, second)}
    assert act(client, token, first, "ghep", voi=str(second)).status_code == 303
    joined = view(workshop, first)
    assert [page.number for page in joined.pages] == [1, 2, 3] and "312/BC-UBND" in joined.pages[1].text
    assert field(joined, "place").value == "Suối Cạn" and field(joined, "number").confirmed_by == "An"
    assert letters.keys() - numbers(workshop).keys() == {"312/BC-UBND"}
    closed = client.get(f"/van-ban/{second}")
    assert "nay ở" in closed.text and f"số {serial}" in closed.text and "402/UBND-VHXH" in closed.text
    assert act(client, token, first, "tach", [2]).status_code == 303
    new = next(number for number in numbers(workshop).values() if number not in letters.values())
    assert field(view(workshop, new), "number").value == "312/BC-UBND" and field(view(workshop, new), "number").evidence.page == 1
    undo(client, token, first)
    undo(client, token, first)
    for one, was in before.items():
        again = view(workshop, one)
        assert (again.fields, again.recipients, again.pages, again.file_pages) == (was.fields, was.recipients, was.pages, was.file_pages)
    assert numbers(workshop) == letters


def test_every_view_follows_the_arrangement(client, token, workshop, letters):
    """Picture, words to pick and captions are those of the page that stands there now; no kept picture is shown for another."""
    number = letters["312/BC-UBND"]
    address = f"/van-ban/{number}/trang/2.png?w=300"
    before = client.get(address)
    words = client.get(f"/doi-chieu/{number}/chu/2.json").json()["words"]
    assert act(client, token, number, "xuong", [1]).headers["location"] == f"/van-ban/{number}/sap-xep?trang=2&xong=1"
    after = client.get(f"/van-ban/{number}/trang/1.png?w=300")
    assert after.status_code == 200 and after.content != before.content
    assert client.get(f"/van-ban/{number}/trang/2.png?w=300", headers={"If-None-Match": after.headers["etag"]}).status_code == 200
    assert client.get(f"/doi-chieu/{number}/chu/2.json").json()["words"] == words
    assert [page.number for page in view(workshop, number).pages] == [1, 2]
    for path in (f"/van-ban/{number}", f"/doi-chieu/{number}", f"/van-ban/{number}/sap-xep"):
        page = client.get(path)
        assert page.status_code == 200 and "của tệp (" not in page.text


def test_an_annex_leaves_the_letters_head_alone(client, token, workshop, letters):
    """Number and day are those of the letter, though the annex has its own; its duties and pages are the letter's then."""
    letter, annex = letters["08-NQ/ĐU"], letters["312/BC-UBND"]
    head, duties = field(view(workshop, letter), "number").value, view(workshop, annex).duties
    plan = client.get(f"/van-ban/{letter}/sap-xep?viec=kem&voi={annex}").text
    assert "Kèm 2 trang của văn bản 312/BC-UBND" in plan and "được đóng lại" in plan
    assert act(client, token, letter, "kem", voi=str(annex)).status_code == 303
    both = view(workshop, letter)
    assert field(both, "number").value == head and any("312" in name for name in both.attachments)
    assert duties and {duty.task for duty in duties} <= {duty.task for duty in both.duties}
    assert {duty.evidence.page for duty in both.duties if duty.task == duties[0].task} == {3}
    assert "Lưu tệp gốc nq-08.pdf" in client.get(f"/van-ban/{letter}/sap-xep").text
    file = client.get(f"/van-ban/{letter}/sap-xep/tep/3")
    assert file.content.startswith(b"%PDF") and "dot-quet.pdf" in file.headers["content-disposition"]
    assert client.get(f"/van-ban/{letter}/sap-xep/tep/9").status_code == 404
    undo(client, token, annex)
    assert numbers(workshop) == letters


def test_a_page_is_replaced_by_a_new_scan(client, token, workshop, letters, tmp_path):
    """The file is taken in and read like any other, then its page takes the place; the old one is kept and shown, until the undo."""
    number = letters["312/BC-UBND"]
    old = own(workshop, number)[1]
    with Image.open(SAMPLES / "kl-31-tinh-uy" / "source.jpg") as picture:
        picture.convert("L").resize((300, 420)).save(tmp_path / "lai.png")
    files = {"tep": ("lai.png", (tmp_path / "lai.png").read_bytes(), "image/png")}
    data = {"token": token, "viec": "thay", "trang": "2"}
    waiting = client.post(f"/van-ban/{number}/sap-xep/tep", data=data, files=files, follow_redirects=False).headers["location"]
    assert "Trang này tự mở tiếp khi đọc xong" in client.get(waiting).text
    assert work_one(workshop, "thử")
    ready = client.get(waiting, follow_redirects=False)
    scan = int(re.search(r"voi=(\d+)", ready.headers["location"])[1])
    assert "Thay trang 2 bằng trang 1" in client.get(ready.headers["location"]).text
    assert act(client, token, number, "thay", [2], voi=str(scan), **{"trang-kia": "1"}).status_code == 303
    now = own(workshop, number)
    assert [leaf.kind for leaf in now] == ["page", "page", "set aside"] and (now[2].sha256, now[2].page) == (old.sha256, old.page)
    assert "Giữ bên cạnh" in client.get(f"/van-ban/{number}/sap-xep").text
    assert client.get(f"/van-ban/{number}/trang/3.png?w=300").status_code == 200
    undo(client, token, number)
    assert own(workshop, number)[1] == old and len(own(workshop, scan)) == 1


@pytest.mark.parametrize(
    ("deed", "positions", "more", "sentence"),
    [
        ("tach", [1], {}, "mỗi văn bản phải còn ít nhất một trang"),
        ("xuong", [], {}, "Chưa chọn trang nào"),
        ("xoay-phai", [9], {}, "Chưa chọn trang nào"),
        ("ghep", [], {}, "Chưa chọn văn bản kia"),
        ("len", [2], {"dau": "0" * 16}, "vừa được sắp xếp lại ở nơi khác"),
        ("no-such", [1], {}, "Chưa chọn việc cần làm"),
    ],
)
def test_what_cannot_be_done_is_said_on_the_page(client, token, workshop, filed, deed, positions, more, sentence):  # noqa: PLR0917  a table
    """Nothing has changed then, and what was chosen is chosen still."""
    before = own(workshop, filed[1])
    answer = act(client, token, filed[1], deed, positions, **more)
    assert answer.status_code == 422 and sentence in answer.text
    assert own(workshop, filed[1]) == before and mark_of(before) in answer.text


def test_text_is_not_turned(client, token, filed):
    """What has no image has no way up."""
    answer = act(client, token, filed[0], "xoay-phai", [1])
    assert answer.status_code == 422 and "không có ảnh để xoay" in answer.text


def test_only_the_pages_own_form_changes_pages(client, filed):
    """A form from elsewhere is refused; what is not there is not found."""
    assert client.post(f"/van-ban/{filed[1]}/sap-xep", data={"viec": "len", "trang": "1"}).status_code == 403
    assert client.get("/van-ban/999999/sap-xep").status_code == 404


def test_a_scan_is_split_by_keyboard_and_undone(page, address, workshop, tmp_path):
    """Three pages that were taken for one document: arrow, space, Alt+T, Enter make two of them; Alt+Z makes it one again."""
    with Image.open(SAMPLES / "kl-31-tinh-uy" / "source.jpg") as picture:
        paper = picture.convert("L").resize((827, 1169))
    blank = Image.new("L", paper.size, 255)
    blank.paste(paper.crop((0, 500, 827, 800)), (0, 300))
    paper.save(tmp_path / "quet.pdf", save_all=True, append_images=[blank, blank], resolution=100)
    take_in(workshop, tmp_path / "quet.pdf", "quet.pdf", "daily", "An")
    assert work_one(workshop, "thử")
    (number,) = numbers(workshop).values()
    pages = own(workshop, number)
    assert len(pages) == 3
    page.set_default_timeout(60_000)
    page.goto(f"{address}/van-ban/{number}/sap-xep")
    for key in ("ArrowRight", "ArrowRight", "Space", "Alt+t"):
        page.keyboard.press(key)
    page.wait_for_selector("#se-lam:has-text('trang 1–2 ở lại, trang 3 thành văn bản mới')")
    page.wait_for_selector("#se-lam button:focus")
    page.keyboard.press("Enter")
    page.wait_for_selector("#viec-da-lam:has-text('Vừa làm')")
    page.wait_for_load_state()  # the script hears keys from then on
    other = next(one for one in numbers(workshop).values() if one != number)
    assert [own(workshop, one) for one in (number, other)] == [pages[:2], pages[2:]]
    page.keyboard.press("Alt+z")
    page.wait_for_selector("#viec-da-lam", state="detached")
    assert own(workshop, number) == pages and list(numbers(workshop).values()) == [number]
    page.wait_for_selector("input[name=trang]:focus")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    assert page.locator("input[name=trang]:checked").count() == 2


def test_a_later_reading_keeps_what_was_arranged(client, token, workshop, letters, capsys):
    """The pages stay as the person put them and are understood by today's rules; a correction stays, a changed value is told and filed."""
    first, second = letters["402/UBND-VHXH"], letters["312/BC-UBND"]
    assert act(client, token, first, "chuyen", [1], voi=str(second)).status_code == 303
    before = view(workshop, second)
    assert [page.number for page in before.pages] == [1, 2, 3] and not own(workshop, first)
    with begin(workshop.engine) as session:
        correct(session, second, "place", "Suối Cạn", by="An", now=datetime.now(UTC))
        session.query(ValueRow).filter_by(document_id=second, name="agency").one().value = "Cơ quan khác"
        session.get_one(DocumentRow, second).rules = "of old"
    assert reread_store(workshop, changed_rules=True, may_file=lambda: True)
    told = capsys.readouterr().out
    assert "Cơ quan ban hành: Cơ quan khác → " in told and "văn bản mới tách ra" not in told
    again = view(workshop, second)
    assert field(again, "place").value == "Suối Cạn" and field(again, "agency") == field(before, "agency")
    assert again.pages == before.pages and numbers(workshop).keys() == {"312/BC-UBND", "08-NQ/ĐU"}
    assert reread_store(workshop, changed_rules=True, may_file=lambda: True)
    assert "0 tệp đã đọc lại" in capsys.readouterr().out


def test_a_second_scan_of_a_registered_paper_is_offered_to_it(client, workshop, filed):
    """Where the number is that of another document, the review screen leads to keeping this one as another scan of it; told first."""
    with begin(workshop.engine) as session:
        correct(session, filed[1], "number", "245-CV/ĐU", by="An", now=datetime.now(UTC))
    screen = client.get(f"/doi-chieu/{filed[1]}").text
    address = f"/van-ban/{filed[0]}/sap-xep?viec=giu&amp;voi={filed[1]}"
    assert address in screen
    assert "Giữ 1 trang của văn bản 245-CV/ĐU làm bản quét khác" in client.get(address.replace("&amp;", "&")).text
