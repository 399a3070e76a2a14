"""Pages are split, joined, moved, turned: none is lost, none doubled, and each stands where the person put it."""

import pytest

from store.answers import Leaf
from store.arranging import add_annex, bring_back, join, keep_beside, move, shift, split, substitute, turn
from store.errors import NotAllowed


def of(pages, kind="page", file="a"):
    """Give leaves by the digits of their pages."""
    return tuple(Leaf(file, int(page), f"{file}-1", kind=kind) for page in pages)


def told(*documents):
    """Write documents as `12|3*`: an annex in brackets, what is kept aside with a star, a turn behind a quotation mark."""
    marks = {"page": "{}", "annex": "({})", "set aside": "{}*"}
    return "|".join("".join(marks[one.kind].format(f"{one.page}'" if one.turn else one.page) for one in own) for own in documents)


OWN = (*of("123"), *of("4", "annex"), *of("5", "set aside"))
SCAN = of("78", file="b")


@pytest.mark.parametrize(
    ("after", "done"),
    [
        ("15*|234", lambda: split(OWN, 2)),
        ("1235*|4", lambda: split(OWN, 4)),
        ("12378(4)5*", lambda: [join(OWN, SCAN)]),
        ("123(4)(7)(8)5*", lambda: [add_annex(OWN, SCAN)]),
        ("123(4)5*7*8*", lambda: [keep_beside(OWN, SCAN)]),
        ("2(4)5*|7813", lambda: move(OWN, SCAN, {1, 3})),
        ("|78123(4)5*", lambda: move(OWN, SCAN, {1, 2, 3})),
        ("123(4)|785", lambda: move(OWN, SCAN, {5})),
        ("173(4)5*2*|8", lambda: substitute(OWN, 2, SCAN, {1})),
        ("1783(4)5*2*|", lambda: substitute(OWN, 2, SCAN, {1, 2})),
        ("123(8)5*4*|7", lambda: substitute(OWN, 4, SCAN, {2})),
        ("1235(4)", lambda: [bring_back(OWN, {5})]),
        ("213(4)5*", lambda: [shift(OWN, {2}, "up")]),
        ("123(4)5*", lambda: [shift(OWN, {1, 4, 5}, "up")]),
        ("231(4)5*", lambda: [shift(OWN, {2, 3}, "up")]),
        ("312(4)5*", lambda: [shift(OWN, {1, 2}, "down")]),
        ("123(4)5*", lambda: [shift(OWN, {3}, "down")]),
        ("12'3(4)5*", lambda: [turn(OWN, {2}, 90)]),
        ("123(4)5*", lambda: [turn(turn(OWN, {2}, 90), {2}, 270)]),
    ],
)
def test_what_becomes_of_pages(after, done):
    """Pages come first, then annexes, then what is kept aside; a document without a page of its own gives up the rest."""
    assert told(*done()) == after


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: split(OWN, 1),
        lambda: split(OWN, 5),
        lambda: split(of("1"), 2),
        lambda: move(OWN, SCAN, set()),
        lambda: move(OWN, SCAN, {6}),
        lambda: turn(OWN, {0}, 90),
        lambda: substitute(OWN, 5, SCAN, {1}),
        lambda: substitute(OWN, 9, SCAN, {1}),
        lambda: shift(OWN, {7}, "up"),
    ],
)
def test_what_cannot_be_is_refused(wrong):
    """A page that is not there, a split that leaves nothing, a scan in the place of what is no longer used."""
    with pytest.raises(NotAllowed):
        wrong()
