"""What does a version of the reader find in the corpus, a line for each thing? `python bench/outline.py TREE CORPUS STEP`

TREE is a folder with the packages ingest and nlp of the version that is asked; STEP takes every so manieth document. Prints JSON:
number of the document → what was found. The script imports the version in TREE only, so that two versions can be compared.
"""

import gzip
import importlib
import json
import sys
from typing import Any


def outline(directive: Any) -> list[str]:  # noqa: ANN401  the Directive of another version
    """Give what a directive holds as lines that can be compared."""
    fields = [f"{name} {found.value}" for name in ("number", "type", "subject") if (found := getattr(directive, name))]
    references = [f"dẫn {r.number or r.title} {r.relation}" for r in directive.references]
    duties = [f"hạn {d.deadline.text} {d.assignee}" for d in directive.duties if d.deadline]
    return [*fields, *references, *duties]


def main() -> None:
    """Read every STEP-th document of the corpus with the version in TREE and print what it found."""
    tree, corpus, step = sys.argv[1:4]
    sys.path.insert(0, tree)
    transcript, extract = importlib.import_module("ingest.transcript"), importlib.import_module("nlp.extract").extract
    found = {}
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for i, line in enumerate(lines):
            if i % int(step) == 0:
                text = json.loads(line)["text"]
                page = transcript.Page(1, 0, 0, text)
                found[str(i)] = outline(extract(transcript.Transcript("t", "t", "text/plain", (page,))))
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
