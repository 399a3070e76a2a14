"""Where a duty stands follows from its steps, and taking the last one back is as if it had not been taken."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.progress import Progress, Step, last_standing, may, progress_of, standing_steps

TODAY = date(2026, 1, 5)
KINDS = ["accept", "start", "assign", "report", "complete", "send back", "extend", "instruct", "pause", "resume", "decline", "comment",
         "share", "tick", "untick", "urge"]  # fmt: skip


def steps(*kinds, **more):
    """Make steps of one person, a day apart."""
    return [Step(i, kind, "An", TODAY + timedelta(i), **more.get(kind.replace(" ", "_"), {})) for i, kind in enumerate(kinds, 1)]


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        ("Chưa thực hiện", []),
        ("Chưa thực hiện", ["accept", "comment", "urge"]),
        ("Đang thực hiện", ["start"]),
        ("Chờ xác nhận", ["start", "report"]),
        ("Trả lại", ["report", "send back"]),
        ("Chờ xác nhận", ["report", "send back", "report"]),
        ("Đã hoàn thành", ["report", "complete"]),
        ("Đã hoàn thành", ["complete"]),
        ("Tạm dừng", ["start", "pause"]),
        ("Đang thực hiện", ["start", "pause", "resume"]),
        ("Không thuộc trách nhiệm", ["decline"]),
    ],
)
def test_each_step_leads_to_its_state(state, kinds):
    """The states are those of the screen."""
    assert progress_of(steps(*kinds)).state == state


@pytest.mark.parametrize(
    ("kind", "kinds", "allowed"),
    [
        ("report", [], True),
        ("report", ["report"], False),
        ("complete", ["report"], True),
        ("send back", [], False),
        ("extend", ["complete"], False),
        ("comment", ["complete"], True),
        ("resume", [], False),
        ("start", ["start"], False),
        ("tick", ["decline"], False),
    ],
)
def test_a_step_is_taken_only_where_it_makes_sense(kind, kinds, allowed):
    """What is done cannot be put off, what was not reported cannot be sent back."""
    assert may(kind, progress_of(steps(*kinds))) is allowed


def test_a_duty_keeps_the_day_it_was_reported_done():
    """Confirming later does not make it late; sending it back forgets the day."""
    assert progress_of(steps("report", "complete")).done_on == TODAY + timedelta(1)
    assert progress_of(steps("report", "send back")).done_on is None
    assert progress_of(steps("complete", complete={"day": TODAY})).done_on == TODAY


def test_only_members_tick():
    """Who is no member has nothing to tick; who left the group is not counted."""
    shared = Step(1, "share", "An", TODAY, units=(1, 2, 3))
    ticked = Step(2, "tick", "An", TODAY, units=(2, 3, 9))
    assert progress_of([shared, ticked]).ticked == {2, 3}
    assert progress_of([shared, ticked, Step(3, "untick", "An", TODAY, units=(2,))]).ticked == {3}
    assert progress_of([shared, ticked, Step(3, "share", "An", TODAY, units=(3, 4))]).ticked == {3}


walks = st.lists(st.sampled_from([*KINDS, "undo"]), max_size=25)


@given(walks)
def test_undoing_gives_back_what_was(walk):
    """After any walk of steps and undos the state is that of the steps that stand, and one more undo gives the state before the last."""
    taken, before = [], [Progress()]
    for i, kind in enumerate(walk, 1):
        if kind == "undo":
            last = last_standing(taken)
            if last is None:
                continue
            taken.append(Step(i, "undo", "Bình", TODAY, undoes=last.id))
            before.pop()
        elif may(kind, progress_of(taken)):
            taken.append(Step(i, kind, "An", TODAY, day=TODAY + timedelta(i), units=(i % 3, 1)))
            before.append(progress_of(taken))
        assert progress_of(taken) == before[-1]
        assert progress_of(standing_steps(taken)) == progress_of(taken)
