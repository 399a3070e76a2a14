"""Is the measure of what is stated right: which values are right, what is learned of them, how they are put into bins?"""

import random

import pytest

from bench.calibrating import Seen, learn, observed
from bench.copies import copies, damaged
from bench.measures import REAL
from bench.reliability import ECE, Judged, bins, expected_error, left_out, wilson
from bench.rightness import judged
from nlp.calibration import learned
from nlp.signs import SIGNS, Signs

needs_judge = pytest.mark.skipif(not REAL.exists(), reason="the judge of the real documents is not here")


def seen(right, doubt=0.0, origin="a", field="number"):
    """Make a value that one sign speaks against so much."""
    signs = Signs(field, "quy tắc", tuple(doubt if sign == "unsound" else 0.0 for sign in SIGNS))
    return Seen(origin, "as it is", field, signs, right)


def drawn(count=1600):
    """Draw values of eight documents: nine in ten right where nothing speaks against them, half where something does."""
    chance = random.Random(7)
    doubts = [chance.choice([0.0, 1.0]) for _ in range(count)]
    return [seen(chance.random() < (0.5 if doubt else 0.9), doubt, origin=f"d{at % 8}") for at, doubt in enumerate(doubts)]


def test_what_is_learned_is_the_share_that_is_right():
    """The chance comes near the share in which such values were drawn right."""
    worths = learn(drawn())
    assert worths.chance(seen(True, 0.0).signs) == pytest.approx(0.9, abs=0.03)
    assert worths.chance(seen(True, 1.0).signs) == pytest.approx(0.5, abs=0.05)


def test_a_sign_that_goes_with_right_values_is_worth_nothing():
    """What seems to make values surer is left out: it can only be chance."""
    worths = learn([seen(one.signs.values[SIGNS.index("unsound")] > 0 or one.right, 1.0 - one.right, one.origin) for one in drawn(400)])
    turned = learn([seen(at % 4 != 0 or at % 2 == 0, float(at % 2 == 0), f"d{at % 8}") for at in range(400)])
    for made in (worths, turned):
        assert made.chance(seen(True, 1.0).signs) <= made.chance(seen(True, 0.0).signs)


def test_a_document_is_stated_by_the_others_alone():
    """A document whose values are all wrong is stated as the others are."""
    others = [one for one in drawn(800) if one.origin != "d0"]
    found = left_out([*others, *(seen(False, 0.0, origin="d0") for _ in range(100))])
    stated = [one.stated for one in found if one.seen.origin == "d0"]
    assert min(stated) > 0.85


def test_bins_hold_a_hundred_values_and_say_where_they_are_off():
    """Values of like confidence go together; what is stated far from what is right is outside, and its distance is the error."""
    honest = [Judged(seen(at % 10 != 0), 0.92) for at in range(400)]
    boasting = [Judged(seen(at % 2 == 0), 0.96) for at in range(200)]
    few = [Judged(seen(True), 0.999) for _ in range(50)]
    one, other = bins([*honest, *boasting, *few])
    assert (one.values, one.holds) == (400, True) and (other.values, other.holds) == (250, False)
    assert expected_error([one, other]) == pytest.approx((400 * 0.02 + 250 * abs(0.9678 - 0.6)) / 650, abs=1e-3)


@pytest.mark.parametrize(
    ("interval", "right", "of"), [((0.0, 0.2775), 0, 10), ((0.4038, 0.5962), 50, 100), ((0.9630, 1.0), 100, 100), ((0.2366, 0.7634), 5, 10)]
)
def test_the_interval_is_wilsons(interval, right, of):
    """The interval is the published one, never outside 0 to 1."""
    assert wilson(right, of) == pytest.approx(interval, abs=1e-3)


def test_damage_changes_only_letters_that_look_alike():
    """A damaged text has the same length, lines and spaces; without damage it is itself."""
    text = "Số 245-CV/ĐU\nbáo cáo trước ngày 20/11/2026 về Văn phòng Đảng ủy"
    worn = damaged(text, 0.5, random.Random(1))
    assert worn != text and len(worn) == len(text) and [c.isspace() for c in worn] == [c.isspace() for c in text]
    assert damaged(text, 0.0, random.Random(1)) == text


@needs_judge
def test_values_are_right_or_wrong_as_the_judge_says():
    """A number with a leading nought is right, a recipient twice is wrong once, a part is judged where the whole was found."""
    cited = {"type": "Kế hoạch", "number": "21-KH/ĐU", "issued_on": "2026-03-12", "agency": "Đảng ủy xã", "relation": "implements"}
    gold = {
        "number": "5-CV/ĐU", "urgency": None, "recipients": ["Ban Tổ chức Tỉnh ủy"], "references": [cited],
        "deadlines": [{"date": "2026-11-20", "text": "trước ngày 20/11/2026", "assignee": "các chi bộ", "task": "báo cáo kết quả"}],
    }  # fmt: skip
    found = {
        "number": "05-CV/ĐU", "urgency": "Khẩn", "recipients": ["Ban Tổ chức Tỉnh ủy", "Ban Tổ chức Tỉnh ủy"],
        "references": [{**cited, "relation": "basis"}, {**cited, "number": "22-KH/ĐU"}],
        "deadlines": [{"date": "2026-11-20", "text": "trước ngày 20/11/2026", "assignee": "các chi bộ", "task": "gửi danh sách"}],
    }  # fmt: skip
    assert dict(judged(gold, found)) == {
        "number": True, "urgency": False, "recipients[0]": True, "recipients[1]": False,
        "references[0]": True, "references[0].issued_on": True, "references[0].agency": True, "references[0].relation": False,
        "references[1]": False, "deadlines[0]": True, "deadlines[0].task": False, "deadlines[0].assignee": True,
    }  # fmt: skip


@needs_judge
@pytest.mark.slow
def test_what_is_kept_is_what_is_right():
    """On texts as they are, rewritten and damaged, what is stated lies near the share that is right, and what is wrong is stated lower."""
    found = [Judged(one, learned().chance(one.signs)) for copy in copies(pictures=False) for one in observed(copy)]
    wrong, right = ([one.stated for one in found if one.seen.right is state] for state in (False, True))
    assert expected_error(bins(found)) <= ECE
    assert sum(wrong) / len(wrong) < sum(right) / len(right) - 0.03
