"""Where does a sentence stop saying who and begin saying what to do? (underthesea, for single sentences only)

The tagger's cost is quadratic in the length of its input and it knows no agencies, so it is asked only about one
sentence at a time, and only where the rules found no verb of their own.
"""

import re
from functools import cache

_LONGEST = 400  # characters of one sentence handed to the tagger
_INSIDE_NAMES = frozenset({"trực thuộc", "thuộc", "ủy", "ban nhân dân", "phụ trách", "liên quan", "có", "được"})


@cache
def first_verb(sentence: str) -> int | None:
    """Give the offset of the first verb that can be a task's, or None; names of bodies at the start are passed over."""
    from underthesea import pos_tag

    text = sentence[:_LONGEST]
    at = 0
    for word, tag in pos_tag(text):
        found = re.compile(r"\s+".join(map(re.escape, word.split()))).search(text, at)
        if not found:
            continue
        at = found.end()
        if tag == "V" and found.start() > 0 and word.lower() not in _INSIDE_NAMES and word.islower():
            return found.start()
    return None
