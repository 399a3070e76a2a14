"""Where does a sentence stop saying who and begin saying what to do? (underthesea, for single sentences only)

The tagger's cost is quadratic in the length of its input and it knows no agencies, so it is asked only about one
sentence at a time, and only where the rules found no verb of their own.
"""

import re
from functools import lru_cache

_LONGEST = 400  # characters of one sentence handed to the tagger
_KEPT = 4_096  # sentences whose answer is remembered
_INSIDE_NAMES = frozenset(
    {"trực thuộc", "thuộc", "phụ trách", "liên quan", "có", "được", "quản lý", "chuyên môn", "giúp việc", "dự án", "đầu tư"}
)
_HOW = ("R", "A")  # adverbs and adjectives right before a verb say how it is done: `đầy đủ`, `nghiêm túc`


@lru_cache(maxsize=_KEPT)
def first_verb(sentence: str) -> int | None:
    """Give the offset of the first verb that can be a task's, with the adverbs before it; verbs inside names are passed over."""
    from underthesea import pos_tag

    text = sentence[:_LONGEST]
    at, how = 0, None
    for word, tag in pos_tag(text):
        found = re.compile(r"\s+".join(map(re.escape, word.split()))).search(text, at)
        if not found:
            continue
        at = found.end()
        if found.start() == 0 or not word.islower():
            how = None
        elif tag == "V" and word not in _INSIDE_NAMES:
            return found.start() if how is None else how
        elif tag not in _HOW:
            how = None
        elif how is None:
            how = found.start()
    return None
