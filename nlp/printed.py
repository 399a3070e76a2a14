"""How is a stretch of text shown as a value? On one line, with the spaces that a text layer lost after a marked vowel."""

import re

MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_VOWEL = f"[aeiouy{MARKED}]"
# A syllable has no consonant between two vowels; after a marked vowel that, a capital or a digit begins the next word.
LOST = re.compile(rf"(?<=[{MARKED}])(?=[A-ZĐ0-9]|(?:ngh?|nh|ch|kh|ph|th|tr|gh|gi|qu|[bcdđghklmnpqrstvx]){_VOWEL})")


def printed(words: str) -> str:
    """Give words as a value: one line, single spaces, lost spaces put back."""
    return " ".join(LOST.sub(" ", words).split())
