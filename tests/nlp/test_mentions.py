"""The text as a Doc with span groups."""

import pytest

from ingest.transcript import Page, Span, Transcript
from nlp.directive import Directive, Found, Place
from nlp.mentions import annotate, pipeline


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
    page = Page(1, 0, 0, text)
    directive = Directive("party", number=Found("07-NQ/HU", Place(Span(3, 11)), 0.9, "rule"))
    doc = annotate(Transcript("t", "t", "text/plain", (page,)).text, directive)
    assert [span.text for span in doc.spans["fields"]] == ["07-NQ/HU"]
    assert {"Ban Tổ chức", "Văn phòng Chính phủ"} <= {span.text for span in doc.spans["bodies"]}
