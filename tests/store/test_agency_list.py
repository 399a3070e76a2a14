"""Agencies are listed with what they issued; those that may be one are told, and a merging is seen and taken back."""

import pytest

from store.agency_list import agencies, alike, get_agency
from store.errors import NotFound
from store.merging import merge_agencies, split_agencies
from tests.store.making import ALL, NOBODY, NOW, directive, put, reference

HU = "Huyện ủy Bảo Lâm"
BARE = "Ban Tổ chức"


@pytest.fixture
def known(session):
    """File two letters of one committee, one that names a board without its place, and give the agencies by name."""
    put(session, directive("1-CV/HU", "05/02/2023", HU, [reference("07-NQ/HU", "26/12/2022", HU)]))
    put(session, directive("2-CV/HU", "06/02/2023", HU))
    put(session, directive("3-CV/BTC", "06/02/2023", BARE))
    put(session, directive("4-CV/BTCHU", "06/02/2023", "Ban Tổ chức Huyện ủy Bảo Lâm"))
    return {line.name: line.id for line in agencies(session, seen_by=ALL)}


def test_agencies_are_listed_by_what_they_issued(session, known):
    """Held and only cited documents are counted apart; words find a name with marks or without, from the beginning of words."""
    first = agencies(session, seen_by=ALL)[0]
    assert (first.name, first.held, first.cited, first.merged) == (HU, 2, 1, ())
    assert [line.name for line in agencies(session, seen_by=ALL, words="bao lam huyen")] == [HU, "Ban Tổ chức Huyện ủy Bảo Lâm"]
    assert agencies(session, seen_by=ALL, words="am") == ()
    assert get_agency(session, known[HU], seen_by=ALL) == first


def test_a_merged_agency_stands_with_the_other(session, known):
    """Its documents are the other's; it is no line of its own until it is parted again."""
    other = known["Ban Tổ chức Huyện ủy Bảo Lâm"]
    merge_agencies(session, known[BARE], other, by="Lan", now=NOW)
    line = get_agency(session, other, seen_by=ALL)
    assert (line.held, line.merged) == (2, ((known[BARE], BARE),))
    with pytest.raises(NotFound):
        get_agency(session, known[BARE], seen_by=ALL)
    split_agencies(session, known[BARE], by="Lan", now=NOW)
    assert [get_agency(session, one, seen_by=ALL).held for one in (other, known[BARE])] == [1, 1]


def test_a_name_without_its_place_may_be_one_with_a_place(session):
    """The same words with a place are offered; other words are not, nor one that was merged."""
    put(session, directive("1-CV/ĐU", "05/02/2023", "Đảng ủy xã Suối Ngàn"))
    put(session, directive("2-CV/HU", "06/02/2023", HU))
    put(session, directive("3-CV/ĐU", "06/02/2023", "Đảng ủy"))
    (bare, placed), *more = alike(session, seen_by=ALL)
    assert (bare.name, placed.name, more) == ("Đảng ủy", "Đảng ủy xã Suối Ngàn", [])
    merge_agencies(session, bare.id, placed.id, by="Lan", now=NOW)
    assert alike(session, seen_by=ALL) == ()


def test_who_sees_nothing_is_told_nothing(session, known):
    """No agency, no pair."""
    assert agencies(session, seen_by=NOBODY) == () and alike(session, seen_by=NOBODY) == ()
    with pytest.raises(NotFound):
        get_agency(session, known[HU], seen_by=NOBODY)
