"""No text takes a pattern much longer than its length asks for."""

import re

import pytest

from bench.patterns import Found, patterns, slowest


@pytest.mark.parametrize("text", [r"(a+)+$", r"(?:a|a)*b", r"(\w*)*!", r"(?:x+x+)+y", r"(?:\w+\s?)+\w+\s?!"])
def test_a_pattern_that_explodes_is_found(text):
    """Nested repeats, the classical trap, are seen for what they are."""
    assert slowest(Found(re.compile(text), "here", anywhere=True), short=12, long=24, ratio=30, slow=0.02)


@pytest.mark.slow
def test_no_pattern_explodes():
    """On short texts made from its own parse tree no pattern of any room takes longer than a search of a page may."""
    assert [one for one in patterns() if slowest(one, short=24, long=48, ratio=16.0, slow=0.03)] == []
