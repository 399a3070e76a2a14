"""The ledger loses nothing: what is taken and never comes back is taken up again, and late results are refused."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from store.answers import Viewer
from store.database import begin
from store.errors import NotFound
from store.ledger import cancel, claim, counts, fail, finish, job, jobs, progress, receive, renew, retry, waiting
from store.tables import DocumentRow

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
ALL = Viewer("test")
SHA = "a" * 64


def later(seconds):
    """Give a moment after NOW."""
    return NOW + timedelta(seconds=seconds)


def hand_in(session, sha256=SHA, purpose="daily", name="cv.pdf", by="thử", unit=None):
    """Hand in one file."""
    return receive(session, name=name, sha256=sha256, size=10, purpose=purpose, received_by=by, now=NOW, unit=unit)


def document(session, sha256=SHA):
    """Make a held document to finish with."""
    row = DocumentRow(held=True, identity="", sha256=sha256, purpose="daily", filed_at=NOW)
    session.add(row)
    session.flush()
    return row.id


def take(engine, owner="A", seconds=0):
    """Claim with a lease of 60 s."""
    with begin(engine) as session:
        return claim(session, owner=owner, now=later(seconds), lease_s=60)


def test_a_receipt_waits_to_be_read(engine):
    """What is received is a waiting job, and says when it came."""
    with begin(engine) as session:
        receipt = hand_in(session)
        assert counts(session, seen_by=ALL)["waiting"] == 1
        (found,) = jobs(session, seen_by=ALL)
    assert (found.receipt_id, found.state, found.received_at, found.pages) == (receipt.id, "waiting", NOW, None)


def test_two_owners_never_hold_one_job(engine):
    """A job whose lease runs is nobody else's."""
    with begin(engine) as session:
        hand_in(session)
    assert take(engine, "A") is not None
    assert take(engine, "B", seconds=59) is None


def test_an_expired_lease_is_taken_over_and_the_late_owner_is_refused(engine):
    """Results of an owner who lost the lease are not written, even when both owners have one name."""
    with begin(engine) as session:
        hand_in(session)
    first, second = take(engine, "A"), take(engine, "A", seconds=61)
    assert (first.attempts, second.attempts) == (1, 2)
    with begin(engine) as session:
        made = document(session)
        assert not finish(session, first.id, owner="A", attempt=1, document_ids=[made])
        assert not renew(session, first.id, owner="A", attempt=1, now=later(62), lease_s=60)
        assert not fail(session, first.id, owner="A", attempt=1, error="muộn")
        assert finish(session, second.id, owner="A", attempt=2, document_ids=[made])
    with begin(engine) as session:
        done = job(session, first.id, seen_by=ALL)
    assert (done.state, done.document_ids) == ("done", (made,))


def test_a_renewed_lease_holds(engine):
    """Renewing keeps others away."""
    with begin(engine) as session:
        hand_in(session)
    held = take(engine)
    with begin(engine) as session:
        assert renew(session, held.id, owner="A", attempt=1, now=later(50), lease_s=60)
    assert take(engine, "B", seconds=100) is None
    assert take(engine, "B", seconds=111).attempts == 2


def test_three_times_killed_is_dead_and_says_so(engine):
    """A job that kills its reader three times stays visible, with its error, and does not hold up the next one."""
    with begin(engine) as session:
        hand_in(session)
        hand_in(session, "b" * 64)
    for attempt in range(3):
        assert take(engine, seconds=100 * attempt).sha256 == SHA
    following = take(engine, seconds=300)
    assert following.sha256 == "b" * 64
    with begin(engine) as session:
        dead = job(session, 1, seen_by=ALL)
        assert (dead.state, dead.attempts) == ("dead", 3) and "3 lần" in dead.error
        retry(session, dead.id)
    again = take(engine, "B", seconds=301)
    assert (again.id, again.attempts, again.error) == (1, 1, None)


def test_a_failed_job_is_not_tried_again(engine):
    """A file that cannot be read is failed once, with its sentence."""
    with begin(engine) as session:
        hand_in(session)
    held = take(engine)
    with begin(engine) as session:
        assert fail(session, held.id, owner="A", attempt=1, error="cv.pdf bị hỏng")
    assert take(engine, seconds=1000) is None
    with begin(engine) as session:
        assert job(session, held.id, seen_by=ALL).error == "cv.pdf bị hỏng"


def test_the_same_bytes_are_read_once(engine):
    """A second receipt of bytes names the first; it is done with the same documents, at once or when its turn comes."""
    with begin(engine) as session:
        hand_in(session)
        hand_in(session, name="trong cùng đợt.pdf")
    held = take(engine)
    assert take(engine, "B") is None, "two workers read the same bytes"
    with begin(engine) as session:
        made = document(session)
        finish(session, held.id, owner="A", attempt=1, document_ids=[made])
    assert take(engine, "B") is None
    with begin(engine) as session:
        third = hand_in(session, name="đợt sau.pdf")
        assert third.duplicate_of == 1
        assert [(j.state, j.document_ids) for j in jobs(session, seen_by=ALL)] == [("done", (made,))] * 3


@pytest.mark.parametrize(
    ("before", "now", "state"), [("archive", "daily", "waiting"), ("daily", "archive", "done"), ("archive", "archive", "done")]
)
def test_an_archive_copy_that_comes_as_daily_paper_is_filed_again(engine, before, now, state):
    """Only the step from archive to daily changes anything."""
    with begin(engine) as session:
        hand_in(session, purpose=before)
    held = take(engine)
    with begin(engine) as session:
        finish(session, held.id, owner="A", attempt=1, document_ids=[document(session)])
        hand_in(session, purpose=now)
        assert jobs(session, seen_by=ALL)[0].state == state


def test_progress_is_seen(engine):
    """Pages done and in all are shown while a file is read."""
    with begin(engine) as session:
        hand_in(session)
        progress(session, 1, pages_done=3, pages=9)
        assert (job(session, 1, seen_by=ALL).pages_done, job(session, 1, seen_by=ALL).pages) == (3, 9)


def test_who_may_not_see_gets_nothing(engine):
    """A viewer without the right to see is not told that there is anything."""
    nobody = Viewer("khách", sees_all=False)
    with begin(engine) as session:
        hand_in(session)
        assert jobs(session, seen_by=nobody) == ()
        assert sum(counts(session, seen_by=nobody).values()) == 0
        with pytest.raises(NotFound, match="Không tìm thấy"):
            job(session, 1, seen_by=nobody)


def test_what_waits_can_be_called_off_and_taken_up_again(engine):
    """A cancelled job is claimed by nobody; its receipt stays, and it can be read after all."""
    with begin(engine) as session:
        first = hand_in(session)
        assert cancel(session, first.id) and not cancel(session, first.id)
        assert job(session, first.id, seen_by=ALL).state == "cancelled"
    assert take(engine) is None
    with begin(engine) as session:
        retry(session, first.id)
    assert take(engine).id == first.id


@pytest.mark.parametrize("ended", [True, False])
def test_a_job_that_a_worker_has_is_not_called_off(engine, ended):
    """What is being read, or was read, stays as it is: the worker's result holds."""
    with begin(engine) as session:
        receipt = hand_in(session)
    held = take(engine)
    with begin(engine) as session:
        if ended:
            assert finish(session, held.id, owner="A", attempt=held.attempts, document_ids=[document(session)])
        assert not cancel(session, receipt.id)
        assert job(session, receipt.id, seen_by=ALL).state == ("done" if ended else "reading")


def test_a_job_is_called_off_or_taken_but_never_both(engine):
    """Many workers and many people at the same moment: each job ends with one of them."""
    with begin(engine) as session:
        ids = [hand_in(session, sha256=f"{at:064x}").id for at in range(40)]
    taken, called_off = [], []

    def work():
        while (found := take(engine, owner=threading.current_thread().name)) is not None:
            taken.append(found.id)

    def stop():
        for one in reversed(ids):
            with begin(engine) as session:
                if cancel(session, one):
                    called_off.append(one)

    threads = [threading.Thread(target=task) for task in (work, stop, work)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted([*taken, *called_off]) == ids


def test_the_ledger_is_listed_by_state_and_counted_by_day(engine):
    """Only what failed; only what came since a moment; page by page."""
    with begin(engine) as session:
        first, second = hand_in(session), hand_in(session, sha256="b" * 64)
        cancel(session, first.id)
        assert [one.id for one in jobs(session, seen_by=ALL, states=("cancelled",))] == [first.id]
        assert [one.id for one in jobs(session, seen_by=ALL, offset=1)] == [first.id]
        assert [one.id for one in jobs(session, seen_by=ALL, states=("waiting", "reading"))] == [second.id]
        assert counts(session, seen_by=ALL, since=NOW)["waiting"] == 1
        assert sum(counts(session, seen_by=ALL, since=later(1)).values()) == 0


def test_a_duplicate_names_the_receipt_that_came_before(engine):
    """The line of the second file says when and under which name the same bytes came."""
    with begin(engine) as session:
        first = hand_in(session, name="một.pdf")
        hand_in(session, name="hai.pdf")
        second, earliest = jobs(session, seen_by=ALL)
    assert (second.earlier.id, second.earlier.name, earliest.earlier) == (first.id, "một.pdf", None)


def in_turn(engine, handed):
    """Hand in files, each (by whom, unit, purpose), then read them one by one; give the numbers of the files in the order of reading."""
    with begin(engine) as session:
        for at, (by, unit, purpose) in enumerate(handed):
            hand_in(session, sha256=f"{at:064x}", by=by, unit=unit, purpose=purpose)
    taken = []
    while (held := take(engine, seconds=len(taken))) is not None:
        taken.append(int(held.sha256, 16))
        with begin(engine) as session:
            fail(session, held.id, owner="A", attempt=1, error="hỏng")
    return taken


@pytest.mark.parametrize(
    ("handed", "order"),
    [
        ([("An", None, "archive"), ("An", None, "daily")], [1, 0]),
        ([("An", None, "archive"), ("Bình", None, "archive"), ("Bình", None, "daily")], [2, 0, 1]),
        ([("An", None, "daily")] * 4 + [("Bình", None, "daily")] * 2, [0, 4, 1, 5, 2, 3]),
        ([("An", "Ban Tổ chức", "daily"), ("Bình", "Ban Tổ chức", "daily"), ("Chi", "Văn phòng", "daily")], [0, 2, 1]),
        ([("An", None, "daily")] * 3, [0, 1, 2]),
    ],
)
def test_people_go_before_the_load_and_senders_take_turns(engine, handed, order):
    """A paper that somebody waits for is read before an archive's; a unit with many files does not hold up one with few."""
    assert in_turn(engine, handed) == order


def test_turns_last_while_more_comes(engine):
    """Who was served a moment ago waits, however early his files came; a line that was quiet for long has no turns saved up."""
    first = in_turn(engine, [("An", None, "daily")] * 3)
    with begin(engine) as session:
        for at, by in enumerate(("An", "An", "Bình", "Bình", "An"), 10):
            hand_in(session, sha256=f"{at:064x}", by=by)
    found = [int(take(engine, seconds=20 + at).sha256, 16) for at in range(5)]
    assert (first, found) == ([0, 1, 2], [12, 10, 13, 11, 14])


def test_a_clock_that_is_put_back_holds_nothing_up(engine):
    """A lease given before the clock went back an hour would last an hour: it is as good as over."""
    with begin(engine) as session:
        hand_in(session)
    assert take(engine, "A", seconds=3600).attempts == 1
    assert take(engine, "B", seconds=3605) is None, "a lease that runs was taken"
    assert take(engine, "B", seconds=0).attempts == 2


def test_what_waits_is_counted(engine):
    """Intake is told how many files wait; what is read or done is not among them."""
    with begin(engine) as session:
        for at in range(3):
            hand_in(session, sha256=f"{at:064x}")
    take(engine)
    with begin(engine) as session:
        assert waiting(session) == 2
