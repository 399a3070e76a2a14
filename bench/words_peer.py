"""Which words does pdfplumber find in PDFs, and how long does it take? Run by the interpreter that has it, on one core.

Prints a line of JSON for each page of the files named: file, page (from 1), seconds of the processor, and the words as
[text, left, right, baseline], points from the top left.
"""

import importlib
import json
import statistics
import sys
import time


def main() -> None:
    """Read each page once, as somebody would who wants its words; baselines are asked for outside the time that counts.

    Opening a file counts to its first page, as it does on the other side.
    """
    pdfplumber = importlib.import_module("pdfplumber")
    for path in sys.argv[1:]:
        start = time.process_time()
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                words = page.extract_words()
                seconds = time.process_time() - start
                lines = [(word["text"], word["x0"], word["x1"], word["chars"]) for word in page.extract_words(return_chars=True)]
                found = [[text, x0, x1, page.height - statistics.median(c["matrix"][5] for c in chars)] for text, x0, x1, chars in lines]
                if len(found) != len(words):
                    raise RuntimeError("asked twice, pdfplumber gives other words")
                page.close()
                sys.stdout.write(json.dumps({"file": path, "page": page.page_number, "seconds": seconds, "words": found}) + "\n")
                start = time.process_time()


if __name__ == "__main__":
    main()
