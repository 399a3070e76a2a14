"""The words on the screen."""

from datetime import UTC, date, datetime, time
from typing import get_args

import pytest

from api import wording
from nlp.directive import Bound, Family, Relation
from store.answers import DutyLine, JobState, Purpose


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (wording.RELATIONS, Relation),
        (wording.BOUNDS, Bound),
        (wording.JOB_STATES, JobState),
        (wording.PURPOSES, Purpose),
        (wording.FAMILIES, Family),
    ],
)
def test_every_value_has_its_words(table, values):
    """A value that a record can hold is never shown as its English name."""
    assert set(table) == set(get_args(values))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("05/01/2026", date(2026, 1, 5)),
        (" 5-1-2026 ", date(2026, 1, 5)),
        ("05.01.2026", date(2026, 1, 5)),
        ("2026-01-05", date(2026, 1, 5)),
        ("31/02/2026", None),
        ("05/01", None),
        ("05/01/0", None),
        ("hôm nay", None),
        ("٠٥/٠١/٢٠٢٦", None),
        ("31/12/9999", None),
        ("01/01/0001", None),
        ("1/1/1", None),
        (f"{'9' * 5000}/1/1", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_write_it(text, day):
    """Day, month, year, or ISO; all else is no day."""
    assert wording.parse_day(text) == day


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 byte"),
        (1023, "1023 byte"),
        (2048, "2 kB"),
        (1572864, "1,5 MB"),
        (524288000, "500 MB"),
        (2 << 30, "2 GB"),
        (77_200_000_000, "71,9 GB"),
    ],
)
def test_a_size_is_written_in_its_unit(count, text):
    """The decimal sign is a comma, and a round number has none."""
    assert wording.size(count) == text


def test_a_moment_is_shown_in_vietnam_time():
    """An evening in UTC is the next day's morning in Hà Nội."""
    assert wording.moment(datetime(2026, 1, 4, 20, 5, tzinfo=UTC)) == "05/01/2026, 03:05"


def duty(**given):
    """Give a duty line with only what a test is about."""
    blank = dict.fromkeys(DutyLine.__dataclass_fields__)
    return DutyLine(**blank | {"bound": "none", "standing": "Trong hạn"} | given)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"due_on": date(2023, 1, 30), "bound": "before"}, "trước 30/01/2023"),
        ({"due_on": date(2023, 1, 30), "bound": "at latest", "due_at": time(16, 30)}, "chậm nhất 16:30 30/01/2023"),
        ({"due_on": date(2023, 1, 30), "bound": "on"}, "30/01/2023"),
        ({"limit_text": "đúng thời gian quy định"}, "đúng thời gian quy định"),
        ({}, ""),
    ],
)
def test_a_limit_keeps_its_bound(given, text):
    """“trước” is always printed: the named day itself is too late."""
    assert wording.limit(duty(**given)) == text


@pytest.mark.parametrize(
    ("left", "standing", "tone"),
    [
        (-3, "Quá hạn 3 ngày", "late"),
        (0, "Đến hạn hôm nay", "today"),
        (2, "Sắp đến hạn", "soon"),
        (9, "Trong hạn", "calm"),
        (None, "Không nêu hạn", "open"),
    ],
)
def test_a_standing_has_its_tone(left, standing, tone):
    """Only what is late or due today is red, and nothing that is done."""
    assert wording.tone(duty(days_left=left, standing=standing)) == tone
    assert wording.tone(duty(days_left=left, standing=standing, state="Đã hoàn thành")) == "good"


@pytest.mark.parametrize(
    ("said", "confidence"), [("97%", 0.97), ("99%", 0.999), ("80%", 0.8), ("79%, nên xem lại", 0.79), ("1%, nên xem lại", 0.01)]
)
def test_no_value_is_called_wholly_sure(said, confidence):
    """A share is told, never a hundred in a hundred; below four in five a person is told to look."""
    assert wording.sureness(confidence) == said
