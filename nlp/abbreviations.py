"""Which abbreviations does the document itself introduce?

`trật tự, an toàn xã hội (viết tắt là TTATXH)`: the words whose first letters make the abbreviation, as many as it has letters.
"""

import re

from nlp.letters import bare

_INTRODUCED = re.compile(
    r"\((?:sau đây\s{1,3})?(?:được\s{1,3})?(?:viết tắt|gọi tắt)\s{1,3}là\s*:?\s{1,3}[“\"]?(?P<short>[A-ZĐƯ]{3,10})[”\"]?\)"
)
_WORD = re.compile(r"[^\s,()]+")
_LONGEST = 120  # characters of what is abbreviated


def introduced(text: str) -> dict[str, str]:
    """Give abbreviation → words for each that a text introduces with all its words before it."""
    found: dict[str, str] = {}
    for match in _INTRODUCED.finditer(text):
        short, end = match["short"], match.start()
        words = list(_WORD.finditer(text, max(0, end - _LONGEST), end))[-len(short) :]
        initials = "".join(bare(word[0])[0] for word in words)
        if len(words) == len(short) and initials == bare(short):
            found.setdefault(short, text[words[0].start() : end].strip())
    return found


def written_out(name: str, known: dict[str, str]) -> str:
    """Give a name with the abbreviations in it written out."""
    return re.sub(r"(?<!\w)[A-ZĐƯ]{3,10}(?!\w)", lambda match: known.get(match[0], match[0]), name)
