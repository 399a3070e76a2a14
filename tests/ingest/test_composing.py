"""Laws of what pages are composed of."""

import pytest

from ingest.composing import many, union
from ingest.transcript import Box, Span, Word

FIRST, SECOND = Box(10.0, 5.0, 20.0, 15.0), Box(2.0, 8.0, 12.0, 18.0)


@pytest.mark.parametrize(
    ("made", "columns"),
    [
        ([FIRST, SECOND], ([10.0, 2.0], [5.0, 8.0], [20.0, 12.0], [15.0, 18.0])),
        ([Span(0, 3), Span(4, 9)], ([0, 4], [3, 9])),
        ([Word(Span(0, 3), None, "text", 1.0)], ([Span(0, 3)], [None], ["text"], [1.0])),
        ([], ([], [], [], [])),
    ],
)
def test_records_made_at_once_equal_those_made_one_by_one(made, columns):
    """Records made of columns are equal to those that are made one after the other, and as frozen."""
    kind = type(made[0]) if made else Box
    found = many(kind, *columns)
    assert found == made and [hash(record) for record in found] == [hash(record) for record in made]
    for record in found:
        with pytest.raises(AttributeError):
            setattr(record, kind.__slots__[0], 0)


@pytest.mark.parametrize(
    ("around", "boxes"),
    [
        (Box(2.0, 5.0, 20.0, 18.0), [FIRST, SECOND]),
        (Box(2.0, 5.0, 20.0, 18.0), [None, SECOND, None, FIRST]),
        (FIRST, [FIRST]),
        (Box(3.0, 3.0, 3.0, 3.0), [Box(3.0, 3.0, 3.0, 3.0)]),
        (None, [None]),
        (None, []),
    ],
)
def test_union_is_the_smallest_box_around_all(around, boxes):
    """The union is the smallest box around all that are boxes, and none where there is none."""
    assert union(boxes) == around
