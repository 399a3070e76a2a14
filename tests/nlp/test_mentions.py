"""The text as a Doc with span groups."""

from dataclasses import replace
from datetime import date

import pytest

from ingest.transcript import Span
from nlp.directive import Directive, Found, Place, Reference
from nlp.mentions import annotate, mentions, pipeline


@pytest.mark.parametrize(
    "number", ["07-NQ/HU", "123/2020/NĐ-CP", "1842b/CTPH-BVHTTDL-TLĐLĐVN", "02/HD-BDVTU", "28/02/2023", "16h30", "38-CT/TTg"]
)
def test_a_number_is_one_token(number):
    """No number or date is split, also before a comma or inside brackets."""
    for text in (f"theo {number}, về", f"({number})", f"số {number}."):
        assert number in [token.text for token in pipeline()(text)]


def test_bodies_are_marked_and_found_values_keep_their_place():
    """The ruler marks bodies of the lexicon; a value's span group covers its words."""
    text = "Số 07-NQ/HU. Giao Ban Tổ chức phối hợp với Văn phòng Chính phủ báo cáo."
    directive = Directive("party", number=Found("07-NQ/HU", Place(Span(3, 11)), 0.9, "rule"))
    doc = annotate(text, list(mentions(directive)))
    assert [span.text for span in doc.spans["fields"]] == ["07-NQ/HU"]
    assert {"Ban Tổ chức", "Văn phòng Chính phủ"} <= {span.text for span in doc.spans["bodies"]}


def test_what_was_not_taken_and_how_sure_parts_are_is_told():
    """Other readings of a value stand beside it, days as people write them; a reference keeps its misprints and its parts."""
    cited = Reference("Kế hoạch", "7-KH/TU", None, None, None, "mentions", (Place(Span(42, 49)),), 0.9, "q", misprints=("7-KH/TƯ",))
    directive = Directive(
        "party",
        number=Found("34-CV/HU", Place(Span(3, 11)), 0.6, "q", ("84-CV/HU",)),
        issued_on=Found(date(2026, 1, 5), Place(Span(17, 27)), 0.6, "q", (date(2026, 1, 6),)),
        references=(replace(cited, parts=(("relation", 0.7),)),),
    )
    number, issued, reference = mentions(directive)
    assert (number.others, issued.others) == (("84-CV/HU",), ("06/01/2026",))
    assert (reference.others, reference.parts) == (("7-KH/TƯ",), (("relation", 0.7),))


@pytest.mark.parametrize(
    ("value", "kind", "number", "title"),
    [
        ("Kế hoạch 7-KH/TU", "Kế hoạch", "7-KH/TU", None),
        ("Nghị quyết Trung ương 4 khóa XII", "Nghị quyết", None, "Nghị quyết Trung ương 4 khóa XII"),
        ("Luật Đất đai năm 2013", "Luật", None, "Luật Đất đai năm 2013"),
    ],
)
def test_a_kind_is_said_once(value, kind, number, title):
    """A document that is cited by its title is shown by it alone, for it begins with the kind."""
    cited = Reference(kind, number, None, None, title, "mentions", (Place(Span(0, 3)),), 0.9, "q")
    assert [one.value for one in mentions(Directive("state", references=(cited,)))] == [value]
