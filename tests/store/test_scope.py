"""Nobody is shown what is not theirs to see, whatever they ask."""

import importlib
import inspect
import pkgutil
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

import store
from nlp.directive import NOWHERE, Attachment, Event, Signer
from store.account_tables import SightRow
from store.agenda import Near, Wanted
from store.answers import Deed, Narrowing, Viewer
from store.corrections import correct
from store.database import begin, look
from store.documents import by_number, documents
from store.dossiers import Cover, open_dossier, put_in
from store.errors import NotFound
from store.forwarding import Receivers
from store.graph import citations
from store.handling import enter_paper, instruct, pass_on, submit, undo
from store.ledger import receive
from store.papers import Wanted as Papers
from store.registers import open_register
from store.review import put_off
from store.scope import ANYBODYS, _criteria, see_as, seen_as
from store.sight import mark_touched
from store.surroundings import Around
from store.tables import Base, DocumentRow, DutyRow
from store.trail import Sought
from store.units import set_units
from store.work import take
from tests.store.making import ALL, NOW, directive, duty, found, put, reference, sha

SECRET = "Zylokhan"
TODAY = date(2026, 1, 5)
NUMBER = "33-CV/TU"
LAN = Viewer("lan", sees_all=False, unit=1)
PLENTY = {
    "wanted": lambda name: Papers() if name in ("papers", "stages") else Wanted(TODAY),
    "near": lambda _: Near(TODAY - timedelta(400), TODAY + timedelta(400), 50, 50, 50),
    "as_of": lambda _: TODAY,
    "words": lambda _: f"{SECRET} kiem diem",
    "number": lambda _: NUMBER,
    "narrow": lambda _: Narrowing(),
    "now": lambda _: NOW,
    "since": lambda _: NOW - timedelta(400),
    "until": lambda _: NOW + timedelta(400),
    "days": lambda _: (TODAY - timedelta(800), TODAY + timedelta(800)),
    "came": lambda _: (NOW - timedelta(800), NOW + timedelta(800)),
    "first": lambda _: TODAY - timedelta(400),
    "last": lambda _: TODAY + timedelta(400),
    "weeks": lambda _: 200,
    "field": lambda _: "subject",
    "limit": lambda _: 50,
    "way": lambda _: "in",
    "around": lambda _: Around(4),
    "mark": lambda _: "không",
    "sought": lambda _: Sought(),
    "agency_id": lambda _: 1, "dossier_id": lambda _: 1, "duty_id": lambda _: 1, "job_id": lambda _: 1, "product_id": lambda _: 1,
    "register_id": lambda _: 1,
}  # fmt: skip
"""Something to ask each question with, by the name of what it wants to know."""


def questions():
    """Give every function of the store that takes who is asking."""
    for module in pkgutil.iter_modules(store.__path__, "store."):
        if not module.ispkg:
            for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
                if not name.startswith("_") and function.__module__ == module.name and "seen_by" in inspect.signature(function).parameters:
                    yield f"{module.name.removeprefix('store.')}.{name}", function


QUESTIONS = dict(questions())


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office with two units, a secret of the second in every field that there is, and a paper of the first that cites it."""
    from tests.store.conftest import database

    folder = tmp_path_factory.mktemp("scope")
    with database(folder) as engine:
        with begin(engine) as session:
            set_units(session, "own", ["Phòng Một", "Phòng Hai"], now=TODAY)
        with begin(engine) as session:
            receive(session, name=f"{SECRET}.pdf", sha256=sha(SECRET), size=1, purpose="daily", received_by="văn thư", now=NOW)
            hidden = put(session, _hidden(), SECRET)
            open_one = put(session, _open(), "mở")
            _worked_on(session, hidden)
        with begin(engine) as session:
            put(session, _hidden(number="34-CV/TU"), f"{SECRET} hai")
        yield engine, hidden, open_one, folder


def _hidden(number=NUMBER):
    told = f"{SECRET} kiểm điểm"
    return directive(
        number, "02/01/2026", f"Tỉnh ủy {SECRET}", type="Công văn", subject=told, place=SECRET, parent_agency=SECRET, urgency="Hỏa tốc",
        filed_at=SECRET, signer=Signer(name=found(SECRET), position=found(SECRET)),
        references=[reference(f"99-QĐ/{SECRET}", "01/01/2025", SECRET, title=told, type="Quyết định", relation="based_on")],
        duties=[duty(told, "30/01/2026", who="Phòng Hai", product=SECRET, giver=SECRET)],
        addressees=(found("Phòng Hai"),), recipients=(found(SECRET),), attachments=(Attachment(told, "form", NOWHERE),),
        events=(Event(told, NOWHERE, date(2026, 2, 1), None, SECRET, (SECRET,), 0.9, "thử"),),
    )  # fmt: skip


def _open():
    cited = reference(NUMBER, "02/01/2026", relation="based_on", type="Công văn")
    return directive(
        "5-CV/ĐU", "04/01/2026", "Đảng ủy xã", type="Công văn", subject="mở", references=[cited], addressees=(found("Phòng Một"),)
    )


def _worked_on(session, hidden):
    """Let people say all that they can say of a document."""
    correct(session, hidden, "subject", f"{SECRET} sửa", by="văn thư", now=NOW)
    put_off(session, hidden, SECRET, by="văn thư", now=NOW)
    book = open_register(session, "in", "Văn bản đến", "2026")
    enter_paper(session, hidden, book, on=TODAY, by="văn thư", now=NOW)
    submit(session, hidden, SECRET, by="văn thư", now=NOW, note=SECRET)
    instruct(session, hidden, SECRET, Receivers(2), leader=SECRET, day=TODAY, by="văn thư", now=NOW)
    made = session.scalars(select(DutyRow.id).where(DutyRow.document_id == hidden)).one()
    take(session, made, Deed("comment", SECRET), by=SECRET, now=NOW)
    dossier = open_dossier(session, Cover(2026, "01", SECRET), by="văn thư", now=NOW)
    put_in(session, dossier, hidden, by="văn thư", now=NOW)


def asked(engine, name, seen_by, document, home):
    """Ask a question about a document, with something for everything that it wants to know."""
    function = QUESTIONS[name]
    wants = [one for one, told in inspect.signature(function).parameters.items() if told.default is inspect.Parameter.empty]
    told = {want: PLENTY[want](name.partition(".")[2]) for want in wants if want in PLENTY}
    told |= {"document_id": document, "home": home} if "home" in wants else {"document_id": document} if "document_id" in wants else {}
    told |= {"one": document, "other": document + 1 if document == 1 else document - 1} if "other" in wants else {}
    with look(engine) as session:
        if "waiting" in wants:
            told["waiting"] = QUESTIONS[name.replace("lines_of_", "") + "_in_order"](session, now=NOW, seen_by=ALL)
        answer = function(session, seen_by=seen_by, **told)
        return repr(list(answer) if inspect.isgenerator(answer) else answer)


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_tells_of_what_is_hidden(office, name):
    """Asked of the hidden paper and of the one that cites it, by one who may see only the second."""
    engine, hidden, open_one, home = office
    for document in (hidden, open_one):
        try:
            answer = asked(engine, name, LAN, document, home)
        except (NotFound, FileNotFoundError):
            continue
        assert SECRET not in answer
        assert SECRET.lower() not in answer.lower()


def test_the_same_questions_tell_all_to_who_may_see_it(office):
    """Else the test above would prove nothing."""
    engine, hidden, _, home = office
    telling = 0
    for name in QUESTIONS:
        try:
            telling += SECRET in asked(engine, name, ALL, hidden, home)
        except (NotFound, FileNotFoundError):
            continue
    assert telling > len(QUESTIONS) / 3


def test_every_table_is_narrowed_or_tells_of_no_document(office):  # noqa: ARG001  all tables are known once a store is open
    """A table that somebody adds is narrowed in store/scope.py, or named there as one that holds nothing of a document."""
    narrowed = {one.entity.class_ for one in _criteria(("all",), "")}
    tables = {mapper.class_.__tablename__ for mapper in Base.registry.mappers if mapper.class_ not in narrowed}
    assert tables == ANYBODYS


def test_the_engine_narrows_what_takes_no_viewer(office):
    """A plain question through a person's engine gets what is theirs, and a function that sees all for others widens nothing."""
    engine, hidden, open_one, _ = office
    for viewer, ids in ((LAN, {open_one}), (replace(LAN, unit=2), {hidden})):
        with look(seen_as(engine, viewer)) as session:
            see_as(session, ALL)
            seen = set(session.scalars(select(DocumentRow.id).where(DocumentRow.held)))
            assert ids <= seen and not seen & ({hidden, open_one} - ids)
            assert session.get(DocumentRow, hidden if viewer == LAN else open_one) is None


def test_viewers_do_not_get_each_others_answers(office):
    """SQLAlchemy keeps statements: asked in turns, each one gets their own."""
    engine, *_ = office
    for _ in range(3):
        for viewer, numbers in ((LAN, {"5-CV/ĐU"}), (replace(LAN, unit=2), {NUMBER, "34-CV/TU"}), (replace(LAN, unit=None), set())):
            with look(engine) as session:
                assert {line.number for line in documents(session, seen_by=viewer)} == numbers


def test_a_hidden_document_is_cited_by_its_words_alone(office):
    """The paper that cites it says so as it is printed there: number and date, nothing of the document itself."""
    engine, hidden, open_one, _ = office
    with look(engine) as session:
        (cited,) = citations(session, open_one, seen_by=LAN).cites
        assert (cited.target.number, cited.target.id, cited.target.held, cited.target.subject) == (NUMBER, 0, False, None)
        (whole,) = citations(session, open_one, seen_by=ALL).cites
        assert whole.target.id == hidden


def sight(session, document):
    """Give who may see a document."""
    return set(session.scalars(select(SightRow.who).where(SightRow.document_id == document)))


def test_forwarding_and_assigning_show_a_document_and_taking_back_hides_it(session):
    """Each act and its undoing, in the transaction that does it."""
    set_units(session, "own", ["Phòng Một", "Phòng Hai"], now=TODAY)
    paper = put(session, directive("1-CV/TU", "02/01/2026", "Tỉnh ủy", type="Công văn"))
    book = open_register(session, "in", "Văn bản đến", "2026")
    enter_paper(session, paper, book, on=TODAY, by="An", now=NOW)
    mark_touched(session)
    assert sight(session, paper) == set()
    pass_on(session, paper, Receivers(1, helping=(2,)), note="", day=None, by="An", now=NOW + timedelta(1), on=TODAY)
    mark_touched(session)
    assert sight(session, paper) == {"unit 1", "unit 2"}
    undo(session, paper, by="An", now=NOW + timedelta(2))
    mark_touched(session)
    assert sight(session, paper) == set()


def test_a_count_counts_what_may_be_seen(office):
    """How many cite a document is told of those that the viewer may see, whatever the row keeps."""
    engine, hidden, *_ = office
    with look(engine) as session:
        (line,) = by_number(session, NUMBER, seen_by=ALL)
        (narrowed,) = by_number(session, NUMBER, seen_by=replace(LAN, unit=2))
    assert (line.id, line.cited_by) == (hidden, 1)
    assert (narrowed.id, narrowed.cited_by) == (hidden, 0)
