"""Words that an extractor glued together are parted again, and right words are left alone: counted on official texts."""

import gzip
import itertools
import json
import random
import re
from pathlib import Path

import pytest

from ingest.characters import clean
from ingest.syllables import unglued

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "vbpl.jsonl.gz"
TEXTS, LONGEST = 120, 3000
WORD = re.compile(r"[^\W\d_]+")

pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of official texts is not here")


@pytest.fixture(scope="module")
def passages():
    """Give stretches of official texts as lists of words, the same ones each time."""
    rng = random.Random(7)
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        texts = [clean(json.loads(line)["text"]) for line in itertools.islice(lines, 0, 4 * TEXTS, 4)]
    starts = [rng.randrange(max(1, len(text) - LONGEST)) for text in texts]
    return [text[at : at + LONGEST].split()[1:-1] for text, at in zip(texts, starts, strict=True)]


def glued(passages):
    """Yield groups of two to four plain words that stand side by side, about one word in eight."""
    rng = random.Random(11)
    for words in passages:
        for i in range(0, len(words) - 4, 5):
            group = words[i : i + rng.choice((2, 2, 3, 4))]
            if all(WORD.fullmatch(word) and not word.isupper() for word in group):
                yield group


def test_glued_words_are_parted_as_they_were_written(passages):
    """At least 97 in 100 groups; hardly one is parted wrongly: what is not sure stays glued."""
    groups = list(glued(passages))
    parted = [unglued("".join(group)) for group in groups]
    right = sum(text == " ".join(group) for text, group in zip(parted, groups, strict=True))
    wrong = sum(" " in text and text != " ".join(group) for text, group in zip(parted, groups, strict=True))
    assert len(groups) > 5000 and right / len(groups) > 0.97 and wrong / len(groups) < 0.002


def test_right_words_are_left_alone(passages):
    """At most one in ten thousand is parted."""
    words = [word for passage in passages for word in passage]
    assert sum(unglued(word) != word for word in words) <= len(words) / 10_000
