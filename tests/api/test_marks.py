"""Where marks begin and end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.marks import Mark, boxes_on, parts, stretches
from ingest.transcript import Box
from store.answers import Evidence, PageView


def mark(key, start, end, boxes=()):
    return Mark(key, key, Evidence(1, boxes, "", start, end, "a rule", 0.9))


def page(text, start=0):
    return PageView(1, 0, 0, text, start, ())


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], [("abcdef", ())]),
        ([("x", 1, 3)], [("a", ()), ("bc", ("x",)), ("def", ())]),
        ([("x", 0, 6)], [("abcdef", ("x",))]),
        ([("x", 1, 4), ("y", 2, 3)], [("a", ()), ("b", ("x",)), ("c", ("x", "y")), ("d", ("x",)), ("ef", ())]),
        ([("x", 1, 3), ("y", 2, 5)], [("a", ()), ("b", ("x",)), ("c", ("x", "y")), ("de", ("y",)), ("f", ())]),
        ([("x", 4, 99)], [("abcd", ()), ("ef", ("x",))]),
        ([("x", 50, 60)], [("abcdef", ())]),
        ([("x", 2, 2)], [("abcdef", ())]),
        ([("x", None, None)], [("abcdef", ())]),
    ],
)
def test_a_text_is_cut_where_marks_begin_and_end(marks, expected):
    """Marks may overlap, lie inside each other, run out of the page or be empty."""
    found = stretches(page("abcdef"), [mark(*one) for one in marks])
    assert [(one.text, one.keys) for one in found] == expected


@given(st.text(max_size=40), st.integers(0, 30), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=8))
def test_stretches_together_are_the_text(text, start, spans):
    """No letter is lost or doubled, whatever is marked."""
    marks = [mark(f"m{at}", min(span), max(span)) for at, span in enumerate(spans)]
    assert "".join(one.text for one in stretches(page(text, start), marks)) == text


def test_a_span_counts_from_the_whole_text():
    """A page's own offset is taken off: evidence counts characters of the whole text."""
    found = stretches(page("bốn năm", start=100), [mark("x", 104, 107)])
    assert [(one.text, one.keys) for one in found] == [("bốn ", ()), ("năm", ("x",))]


def test_the_larger_box_lies_below():
    """A box inside another stays clickable."""
    small, large = Box(10, 10, 20, 20), Box(0, 0, 100, 100)
    assert [box for _, box in boxes_on(1, [mark("s", 0, 1, (small,)), mark("l", 0, 9, (large,))])] == [large, small]
    assert boxes_on(2, [mark("s", 0, 1, (small,))]) == []


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], [("abcdef", False)]),
        ([(1, 3)], [("a", False), ("bc", True), ("def", False)]),
        ([(4, 6), (0, 2)], [("ab", True), ("cd", False), ("ef", True)]),
        ([(1, 4), (2, 5)], [("a", False), ("bcd", True), ("e", True), ("f", False)]),
        ([(5, 50), (9, 3)], [("abcde", False), ("f", True)]),
    ],
)
def test_a_snippet_is_cut_where_it_matched(marks, expected):
    """Pairs out of order, over each other or past the end do no harm."""
    assert parts("abcdef", marks) == expected
