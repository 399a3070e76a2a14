"""Each person keeps searches of their own."""

import pytest

from store.answers import Viewer
from store.errors import NotAllowed
from store.saved import MOST, forget, save, saved

MINE, OTHERS = Viewer("một"), Viewer("hai")


def test_a_search_is_kept_named_anew_and_forgotten(session):
    """By name; what is asked twice is kept once, under the newer name."""
    save(session, "tu=b", "Sau", by="một")
    save(session, "tu=a", "  Đầu \n tiên ", by="một")
    save(session, "tu=b", "Cuối", by="một")
    assert [(one.name, one.asked) for one in saved(session, seen_by=MINE)] == [("Cuối", "tu=b"), ("Đầu tiên", "tu=a")]
    forget(session, saved(session, seen_by=MINE)[0].id, by="một")
    assert [one.asked for one in saved(session, seen_by=MINE)] == ["tu=a"]


def test_nobody_sees_or_forgets_what_others_keep(session):
    """A search is its person's own."""
    save(session, "tu=a", "Riêng", by="một")
    (mine,) = saved(session, seen_by=MINE)
    forget(session, mine.id, by="hai")
    assert saved(session, seen_by=OTHERS) == () and saved(session, seen_by=MINE) == (mine,)


def test_there_is_an_end_to_it(session):
    """A list that nobody can read helps nobody."""
    for at in range(MOST):
        save(session, f"tu={at}", str(at), by="một")
    with pytest.raises(NotAllowed, match="xóa bớt"):
        save(session, "tu=mới", "mới", by="một")
