"""The net tells digits as hands write them, and what is none."""

from importlib.resources import files

import numpy as np
import pytest

from ingest.digits import MODEL, NONE, log_chances
from ingest.digits_build import _digit, _other, _shapes


@pytest.fixture(scope="module")
def shapes():
    """Give the ways in which hands write."""
    return _shapes()


@pytest.mark.parametrize("digit", range(10))
def test_a_digit_is_told_in_every_way_it_is_written(digit, shapes):
    """Of digits drawn anew at most one in fourteen is taken for another or for none."""
    random = np.random.default_rng(100 + digit)
    chances = log_chances([_digit(random, shapes[digit]) for _ in range(140)])
    assert (chances.argmax(axis=1) == digit).mean() >= 13 / 14


def test_what_is_no_digit_is_mostly_told(shapes):
    """Of halves, pairs, letters and dots at most one in five is taken for a digit: the half of an 8 is a 0 to anybody."""
    random = np.random.default_rng(99)
    chances = log_chances([_other(random, shapes) for _ in range(300)])
    assert (chances.argmax(axis=1) == NONE).mean() >= 0.8


def test_chances_add_up_to_one(shapes):
    """What is given are logarithms of chances."""
    random = np.random.default_rng(1)
    assert np.allclose(np.exp(log_chances([_digit(random, shapes[4])])).sum(axis=1), 1.0, atol=1e-4)


def test_the_net_is_small():
    """It comes with the program: under 300 kB."""
    assert len(files("ingest").joinpath(MODEL).read_bytes()) < 300_000
