"""The log is asked by person, act, document and day, a page at a time."""

from store import audit
from store.acts import Act
from store.database import begin, look
from store.trail import Sought, people, trail
from tests.store.making import ALL, NOBODY
from tests.store.test_chain import fill


def test_the_log_is_asked_by_person_act_document_day_and_page(engine):
    """Each narrows; the newest first; who may not see gets nothing."""
    fill(engine, 3)
    with begin(engine) as session:
        audit.note(session, Act("confirm", "document", 2, "Bình", 2))
    with look(engine) as session:
        ids = lambda sought, **more: [one.id for one in trail(session, sought, seen_by=ALL, **more)]  # noqa: E731  said once, used below
        middle = trail(session, Sought(), seen_by=ALL)[1].at
        assert ids(Sought()) == [4, 3, 2, 1]
        assert ids(Sought(who="Bình")) == ids(Sought(act="confirm")) == [4]
        assert ids(Sought(documents=[2])) == [4, 2]
        assert ids(Sought(since=middle)) == [4, 3] and ids(Sought(until=middle)) == [2, 1]
        assert ids(Sought(), limit=2) == [4, 3] and ids(Sought(), before=3) == [2, 1]
        assert people(session, seen_by=ALL) == ("An", "Bình")
        assert trail(session, Sought(), seen_by=NOBODY) == people(session, seen_by=NOBODY) == ()
